"""The syllables that Korean given names are made of: what a Latin spelling is read against where no record is given."""

from __future__ import annotations

from typing import Final

# The Sino-Korean readings of the characters that names are written with, in the Southern order, and native syllables
# that given names use. A name with another syllable is still found where its Hangul is known.
SYLLABLES: Final = frozenset(
    "가각간갈감갑강개객갱거건걸검겁게격견결겸경계고곡곤골공과곽관광괘괴굉교구국군굴궁권궐궤귀규균귤극근금급긍기긴길김"
    "나낙난남납낭내냉녀년념녕노농뇌누눈눌뉴능니다단달담답당대덕도독돈돌동두둔득등라락란람랍랑래량려력련렬렴령례로록론롱"
    "뢰료룡루류륙륜률륭륵름릉리린림립마막만말망매맥맹면멸명모목몽묘무묵문물미민밀박반발방배백번범법벽변별병보복본봉부북분"
    "불붕비빈빙사산살삼상새색생서석선설섬섭성세소속손솔송쇄수숙순술숭슬습승시식신실심십쌍씨아악안알암압앙애액앵야약양어"
    "억언엄업여역연열염엽영예오옥온올옹와완왈왕왜외요욕용우욱운울웅원월위유육윤율융은을음읍응의이익인일임입자작잔잠잡장재"
    "쟁저적전절점접정제조족존종좌주죽준중즉즐즙증지직진질집징차착찬찰참창채책처척천철첨첩청체초촉촌총최추축춘출충취측층치"
    "칙친칠침칭쾌타탁탄탈탐탑탕태택토통투특파판팔패팽편평폐포폭표품풍필하학한할함합항해핵행향허헌헐험혁현혈협형혜호혹혼홀"
    "홍화확환활황회획횡효후훈휘휴흑흔흠흡흥희히"
    "꽃끝늘단달들람롬름빛별봄봉샘솔슬쁨아얀옹울웃은잎찬참찮큰터틀푸픔한힘"
)
