"""The words people put into a spreadsheet: names of sheets, headings, and answers, in English and Korean."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

# Table -> further names of its sheet, or of its file without the ending.
SHEET_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "places": ("place", "장소", "지명"),
    "households": ("household", "families", "family", "가구", "세대", "가족"),
    "persons": ("person", "people", "인물", "사람", "인적 사항"),
    "acts": ("act", "events", "incidents", "행위", "사건"),
    "testimonies": ("testimony", "accounts", "account", "증언", "진술"),
    "chain": ("chains", "source chain", "전달 경로", "전언 경로"),
    "consents": ("consent", "동의", "동의서"),
}
# Table -> key of a column -> further headings.
HEADINGS: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "places": {
        "path": ("place path", "경로"),
        "parent": ("lies in", "상위 장소", "상위 지역"),
        "names": ("name", "이름", "지명", "장소 이름"),
    },
    "households": {
        "id": ("household", "household id", "가구", "가구 번호", "세대 번호", "번호"),
        "label": ("name", "이름", "가구 이름"),
    },
    "persons": {
        "id": ("person", "person id", "인물", "인물 번호", "번호"),
        "household": ("household id", "가구", "가구 번호", "세대 번호"),
        "names": ("name", "이름", "성명"),
        "sex": ("gender", "성별"),
        "birth": ("born", "date of birth", "birth date", "생년월일", "출생", "생년"),
        "home": ("place of residence", "거주지", "고향", "사는 곳"),
        "occupation": ("job", "work", "직업"),
        "route": ("escape route", "탈북 경로"),
        "departure": ("left", "date of departure", "탈북 시기", "탈북일", "떠난 날"),
        "kin": ("relatives", "relations", "가족 관계", "친족", "관계"),
        "traits": ("trait", "특징", "특성"),
        "protected": ("보호", "보호 대상"),
    },
    "acts": {
        "id": ("act id", "행위 번호", "사건 번호", "번호"),
        "kind": ("kind of act", "type", "type of act", "행위", "행위 종류", "유형", "종류"),
        "household": ("household id", "가구", "가구 번호", "세대 번호"),
        "victims": ("victim", "피해자"),
        "date": ("when", "date of act", "날짜", "일자", "발생일", "시기"),
        "place": ("where", "장소", "발생 장소", "지역"),
        "perpetrator": ("perpetrators", "by whom", "가해자", "가해 기관"),
        "because_of": ("reason person", "punished for", "원인 인물", "누구 때문"),
        "count": ("number of victims", "how many", "피해자 수", "인원"),
        "ordinal": ("which time", "how manieth", "몇 번째", "차수"),
    },
    "testimonies": {
        "id": ("testimony", "testimony id", "증언 번호", "번호"),
        "teller": ("given by", "witness", "증언자", "진술자"),
        "language": ("언어",),
        "told": ("date", "date given", "날짜", "증언 날짜", "증언일"),
        "directness": ("how they know", "직접성", "인지 경위"),
        "text": ("account", "내용", "증언 내용", "본문"),
        "acts": ("act", "행위", "행위 번호", "사건"),
        "collected_by": ("collector", "desk", "수집 단체", "수집 기관"),
    },
    "chain": {
        "testimony": ("testimony id", "증언", "증언 번호"),
        "hop": ("number", "step", "순서", "단계"),
        "teller": ("who told", "전달자", "말한 사람"),
        "hearer": ("to whom", "들은 사람"),
        "medium": ("means", "by what means", "수단", "전달 수단"),
        "date": ("when", "날짜", "일자"),
        "contactable": ("reachable", "연락 가능"),
    },
    "consents": {
        "id": ("consent", "consent id", "동의 번호", "번호"),
        "giver": ("given by", "동의자"),
        "purpose": ("for what", "목적"),
        "identifiability": ("how shown", "식별 수준", "공개 수준"),
        "quoting": ("quotation", "인용", "인용 범위"),
        "persons": ("people", "대상자", "관련 인물"),
        "asked": ("date asked", "date", "동의 날짜", "물은 날", "날짜"),
        "expires": ("ends", "만료일", "만료"),
        "withdrawn": ("date withdrawn", "철회일", "철회"),
    },
}
FLAGS: Final[Mapping[str, bool]] = {
    **dict.fromkeys(("true", "yes", "예", "네"), True),
    **dict.fromkeys(("false", "no", "아니요", "아니오"), False),
}
# Answers that the vocabulary lacks.
SEXES: Final = {"여": "female", "남": "male", "여자": "female", "남자": "male", "f": "female", "m": "male"}
LANGUAGES: Final = {"korean": "ko", "english": "en", "한국어": "ko", "조선어": "ko", "영어": "en"}
NAME_KINDS: Final = {
    "full name": "full", "성명": "full", "본명": "full", "given name": "given", "한자": "hanja", "별명": "nickname",
    "별칭": "nickname", "가명": "pseudonym", "옛 이름": "former", "former name": "former", "개명 전": "former",
}  # fmt: skip
