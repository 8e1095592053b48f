"""Spellings of places that no rule gives: provinces, districts without a published Latin name, old names, doubles."""

from __future__ import annotations

from typing import Final

# Korean province name: path, how wording calls it in English and in Korean.
PROVINCES: Final = {
    "평양직할시": ("pyongyang", "Pyongyang", "평양"),
    "라선특별시": ("rason", "Rason", "라선"),
    "남포특별시": ("nampo", "Nampo", "남포"),
    "개성특별시": ("kaesong", "Kaesong", "개성"),
    "평안남도": ("pyongnam", "South Pyongan Province", "평안남도"),
    "평안북도": ("pyongbuk", "North Pyongan Province", "평안북도"),
    "자강도": ("jagang", "Jagang Province", "자강도"),
    "황해남도": ("hwangnam", "South Hwanghae Province", "황해남도"),
    "황해북도": ("hwangbuk", "North Hwanghae Province", "황해북도"),
    "강원도": ("kangwon", "Kangwon Province", "강원도"),
    "함경남도": ("hamnam", "South Hamgyong Province", "함경남도"),
    "함경북도": ("hambuk", "North Hamgyong Province", "함경북도"),
    "량강도": ("ryanggang", "Ryanggang Province", "량강도"),
}  # fmt: skip

# Whole provinces that share a name: the Latin spellings of it, the short forms "Xnam", "Xbuk", the Korean ones.
HALVES: Final = {
    "pyongnam": (("Pyongan", "Phyongan", "P'yŏngan", "P'yongan", "Pyeongan", "Pyong-an", "Pyungan", "Pyungahn"),
                 "South", ("Pyongnam", "Phyongnam", "Pyeongnam", "P'yŏngnam"), ("평남", "평안 남도")),
    "pyongbuk": (("Pyongan", "Phyongan", "P'yŏngan", "P'yongan", "Pyeongan", "Pyong-an", "Pyungan", "Pyungahn"),
                 "North", ("Pyongbuk", "Phyongbuk", "Pyeongbuk", "Pyongpuk", "P'yŏngbuk"), ("평북", "평안 북도")),
    "hwangnam": (("Hwanghae", "Whanghae"), "South", ("Hwangnam",), ("황남", "황해 남도")),
    "hwangbuk": (("Hwanghae", "Whanghae"), "North", ("Hwangbuk", "Hwangpuk"), ("황북", "황해 북도")),
    "hamnam": (("Hamgyong", "Hamgyŏng", "Hamgyeong", "Hamkyong", "Hamkyung", "Hamgyung"),
               "South", ("Hamnam",), ("함남", "함경 남도")),
    "hambuk": (("Hamgyong", "Hamgyŏng", "Hamgyeong", "Hamkyong", "Hamkyung", "Hamgyung"),
               "North", ("Hambuk", "Hampuk"), ("함북", "함경 북도")),
}  # fmt: skip
WHOLES: Final = {
    "jagang": (("Jagang", "Chagang", "Jakang", "Chakang"), ("자강",)),
    "kangwon": (("Kangwon", "Kangwŏn", "Gangwon"), ("강원",)),
    "ryanggang": (("Ryanggang", "Yanggang", "Ryangkang", "Yangkang", "Lyanggang"), ("량강", "양강도")),
}  # fmt: skip
CITIES: Final = {
    "pyongyang": (("Pyongyang", "P'yŏngyang", "P'yongyang", "Phyongyang", "Pyeongyang", "Pyong-yang", "Pyongyang City",
                   "North Korean capital", "North Korea's capital", "capital of North Korea"),
                  ("평양직할시", "평양시", "평양", "북한의 수도", "북한 수도", "혁명의 수도")),
    "rason": (("Rason", "Raseon", "Rasŏn", "Naseon", "Nason", "Nasŏn", "Rason City", "Rajin-Sonbong", "Najin-Sonbong",
               "Rajin-Sŏnbong", "Najin-Sŏnbong", "Najin-Seonbong", "Rason Special City"),
              ("라선특별시", "라선시", "라선", "나선특별시", "나선시", "라진선봉", "나진선봉", "라진-선봉", "나진-선봉",
               "라진·선봉", "나진·선봉", "나선 출신")),
    "nampo": (("Nampo", "Nampho", "Namp'o", "Nampo City", "Nampho City"), ("남포특별시", "남포시", "남포")),
    "kaesong": (("Kaesong", "Kaesŏng", "Gaeseong", "Kaesong City", "Gaesong"), ("개성특별시", "개성시", "개성")),
}  # fmt: skip

# Districts for which the sources print no Latin name: North Korean spelling, further spellings.
DISTRICTS: Final = {
    "만경대구역": ("Mangyongdae", "Man'gyŏngdae", "Mankyongdae"), "락랑구역": ("Rangnang", "Raknang", "Rakrang"),
    "대동강구역": ("Taedonggang", "Daedonggang"), "룡성구역": ("Ryongsong", "Ryongsŏng"),
    "평천구역": ("Phyongchon", "P'yŏngch'ŏn", "Pyongchon"), "형제산구역": ("Hyongjesan", "Hyŏngjesan"),
    "선교구역": ("Songyo", "Sŏn'gyo", "Sonkyo"), "서성구역": ("Sosong", "Sŏsŏng"),
    "동대원구역": ("Tongdaewon", "Tongdaewŏn", "Dongdaewon"), "모란봉구역": ("Moranbong", "Moranbong"),
    "사동구역": ("Sadong", "Sadong"), "중구역": ("Jung", "Chung"),
    "대성구역": ("Taesong", "Taesŏng", "Daesong"), "보통강구역": ("Pothonggang", "Pot'onggang", "Potonggang"),
    "순안구역": ("Sunan", "Sunan"), "력포구역": ("Ryokpho", "Ryŏkp'o", "Ryokpo"), "삼석구역": ("Samsok", "Samsŏk"),
    "항구구역": ("Hanggu", "Hanggu"), "라진구역": ("Rajin", "Rajin"), "선봉구역": ("Sonbong", "Sŏnbong"),
    "개풍구역": ("Kaephung", "Kaep'ung", "Kaepung"), "판문구역": ("Phanmun", "P'anmun", "Panmun"),
    "승호구역": ("Sungho", "Sŭngho"),
}  # fmt: skip

# What the South's rule of initial sounds makes of a name in Latin letters (the Korean form follows from a rule).
SOUTHERN: Final = {
    "룡천군": ("Yongchon", "Yongcheon", "Yongch'ŏn"), "녕변군": ("Yongbyon", "Yeongbyeon", "Yŏngbyŏn", "Nyongbyon"),
    "녕원군": ("Yongwon", "Yeongwon", "Yŏngwŏn"), "린산군": ("Insan",), "룡연군": ("Yongyon", "Yongyeon", "Yongyŏn"),
    "리원군": ("Iwon", "Iwŏn", "Leewon"), "락원군": ("Nagwon", "Nakwon", "Nagwŏn"), "랑림군": ("Nangnim", "Nangrim"),
    "룡림군": ("Yongnim", "Yongrim"), "락랑구역": ("Nangnang", "Naknang"), "룡성구역": ("Yongsong", "Yongseong"),
    "력포구역": ("Yokpo", "Yeokpo", "Yŏkp'o"), "라진구역": ("Najin",), "룡강군": ("Yonggang",),
    "은률군": ("Unyul", "Eunyul", "Ŭnyul"), "재령군": ("Jaeryong", "Jaeryeong", "Chaeryong"),
}  # fmt: skip

# Earlier names still used: Korean, Latin.
FORMER: Final = {
    "김책시": (("성진시", "성진"), ("Songjin", "Sŏngjin", "Seongjin", "Kimchaek", "Kimch'aek", "Gimchaek")),
    "경원군": (("새별군", "새별"), ("Saebyol", "Saebyŏl", "Saebyeol")),
    "경흥군": (("은덕군", "은덕"), ("Undok", "Ŭndŏk", "Eundeok", "Aoji", "Undeok")),
    "명간군": (("화성군", "영안군"), ("Hwasong County", "Hwaseong County")),
    "김형직군": (("후창군", "후창"), ("Huchang", "Huch'ang", "Kimhyongjik", "Kim Hyong-jik County")),
    "김정숙군": (("신파군", "신파"), ("Sinpa", "Sinp'a", "Sinpha", "Kimjongsuk", "Kim Jong-suk County")),
    "김형권군": (("풍산군", "풍산"), ("Phungsan", "P'ungsan", "Pungsan", "Kimhyonggwon", "Kim Hyong-gwon County")),
    "금야군": (("영흥군", "영흥"), ("Yonghung", "Yŏnghŭng", "Yeongheung")),
    "영광군": (("오로군",), ("Oro County",)),
    "락원군": (("퇴조군",), ("Toejo County",)),
    "삼지연시": (("삼지연군",), ("Samjiyon County",)),
    "중구역": ((), ("Central District of Pyongyang",)),
}  # fmt: skip

# Bare Korean names that are ordinary words: only with a suffix, a province before them or "출신" after them.
ORDINARY_KO: Final = frozenset([
    "고원", "온천", "과일", "연안", "위원", "운전", "상원", "부전", "영광", "신도", "자성", "이천", "신흥", "강령",
    "우시", "화평", "고산", "동창", "구장", "신원", "고풍", "수동", "항구", "중화", "대안", "평원", "세포", "대동",
    "대성", "안주", "시중", "삼천", "영원", "낙원", "락원", "연사", "금강", "송원", "대관", "정평", "장강", "인산",
    "수안", "법동", "전천", "중", "강남", "창성", "천마", "은정", "사동", "개천", "선봉", "고성", "경성", "천리마",
    "김정숙", "김형직", "김형권", "보통강", "서성", "선교", "평산", "이원", "동신", "대흥", "판교", "통천",
])  # fmt: skip
# Bare Latin names that are surnames, persons, or places in the South: only with a suffix (alone they stay in doubt).
DOUBLE_EN: Final = frozenset({
    "Jung", "Chung", "Kim Hyong Jik", "Kim Jong Suk", "Kim Hyong Gwon", "Gangnam", "Gangdong", "Gangseo",
    "Pangyo", "Icheon", "Suncheon", "Insan",
})  # fmt: skip

# Provinces named together. A vaguer wording uses the largest region that holds a province, of equal ones the first.
REGIONS: Final = (
    ("northern_border", "pyongbuk jagang ryanggang hambuk", "a northern border province", "북부 국경 지역",
     ("northern border province", "northern border provinces", "northern border region", "northern border regions",
      "northern border area", "northern border areas", "border province in the north", "province on the Chinese border",
      "province bordering China", "provinces bordering China", "province along the Chinese border",
      "border with China", "Chinese border", "border region", "border regions", "border area", "border areas",
      "borderland", "borderlands", "Sino-North Korean border", "China-North Korea border"),
     ("북부 국경 지역", "북부 국경지역", "북부 국경 지대", "북부국경", "북부 국경", "국경 지역", "국경지역",
      "국경 지대", "국경지대", "국경 연선", "국경연선", "국경 지방", "북중 국경", "조중 국경", "북중 접경",
      "북·중 접경", "접경 지역", "접경지역", "압록강 연안", "두만강 연안", "북중 국경 지역", "북·중 국경")),
    ("northeast", "hambuk hamnam ryanggang rason", "the northeast", "동북부 지역",
     ("northeast", "north-east", "northeastern province", "north-eastern province", "northeastern provinces",
      "north-eastern provinces", "northeastern region", "north-eastern region", "northeastern part of the country"),
     ("동북부 지역", "동북부", "동북 지방", "북동부 지역", "북동부", "동북 지역")),
    ("south", "kangwon hwangnam hwangbuk kaesong", "a southern province of the North", "북한 남부 지역",
     ("southern province of the North", "southern provinces of the North", "southern province of North Korea",
      "south of North Korea", "southern part of North Korea", "front-line province", "frontline province"),
     ("북한 남부 지역", "북한 남부", "전연 지역", "전연 지대")),
    ("northern", "pyongbuk jagang ryanggang hambuk rason", "a northern province", "북부 지역",
     ("northern province", "northern provinces", "northern region", "northern regions", "northern part of the country",
      "north of the country", "far north"),
     ("북부 지역", "북부 지방", "북부지역", "북쪽 지방", "북부 산간", "북부 내륙")),
    ("west", "pyongyang nampo pyongnam pyongbuk hwangnam", "the west of the country", "서부 지역",
     ("west of the country", "western province", "western provinces", "western part of the country", "west coast",
      "western region"),
     ("서부 지역", "서부 지방", "서해안", "서해안 지역")),
    ("northwest", "pyongbuk pyongnam jagang", "the northwest", "서북부 지역",
     ("northwest", "north-west", "northwestern province", "north-western province", "northwestern provinces",
      "northwestern region", "north-western region", "northwestern part of the country"),
     ("서북부 지역", "서북부", "북서부 지역", "북서부", "서북 지방")),
    ("east", "kangwon hamnam hambuk rason", "the east coast", "동해안 지역",
     ("east coast", "eastern province", "eastern provinces", "eastern coast"),
     ("동해안 지역", "동해안", "동부 지역", "동해 지구", "동부 지구")),
    ("hamgyong", "hamnam hambuk", "the Hamgyong provinces", "함경도",
     ("Hamgyong provinces", "Hamgyong Province", "Hamgyong", "Hamgyŏng", "Hamgyeong", "Hamgyong region",
      "North and South Hamgyong", "South and North Hamgyong", "Hamgyong-do"),
     ("함경도", "함경남북도", "함경남·북도", "함경도 지역", "함경")),
    ("pyongan", "pyongnam pyongbuk", "the Pyongan provinces", "평안도",
     ("Pyongan provinces", "Pyongan Province", "Pyongan", "P'yŏngan", "Pyeongan", "Phyongan", "Pyongan region",
      "North and South Pyongan", "South and North Pyongan", "Pyongan-do"),
     ("평안도", "평안남북도", "평안남·북도", "평안도 지역", "평안")),
    ("hwanghae", "hwangnam hwangbuk", "the Hwanghae provinces", "황해도",
     ("Hwanghae provinces", "Hwanghae Province", "Hwanghae", "Hwanghae region", "North and South Hwanghae",
      "South and North Hwanghae", "Hwanghae-do"),
     ("황해도", "황해남북도", "황해남·북도", "황해도 지역")),
    ("inland", "pyongyang nampo kaesong pyongnam hwangnam hwangbuk kangwon hamnam",
     "a province away from the border", "내륙 지역",
     ("province away from the border", "provinces away from the border", "inland province", "inland provinces",
      "inland region", "inland area", "interior of the country"),
     ("내륙 지역", "내륙 지방", "내륙지역", "앞쪽 지역", "앞지대")),
)  # fmt: skip
