"""Which Hangul words could be a Korean name, by the syllables that names are made of."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

# Readings of Chinese characters, of which nearly all names are made; without those of bad meaning and those that no
# character has (the particles 는 를 에 로서 and most verb endings are among the latter).
_SINO: Final = (
    "가각간갈감갑강개객거건걸검게격견결겸경계고곡곤골공과곽관광굉교구국군궁권규균귤극근글금급긍기긴길김나낙난날남낭내녀년념녕노농누눈능니"
    "다단달담답당대덕도독돈돌동두둔득등라락란람랑래량려력련렬렴령례로록롱룡루류륙륜률륭름릉리린림립마막만말매맥맹면명모목몽묘무묵문물미민밀"
    "박반발방배백번범법벽변별병보복본봉부북분불붕비빈빙사산삼상새색생서석선설섬섭성세소속손솔송수숙순술숭슬습승시식신실심아안알암앙애액야약양"
    "어억언엄업여역연열염엽영예오옥온옹와완왕왜요용우욱운울웅원월위유육윤율융은을음읍응의이익인일임자작잔장재저전절점접정제조족존종좌주죽준중"
    "즐증지직진질집징차착찬찰참창채책처척천철첨첩청체초촌총최추축춘출충취측층치칙친칠침칭쾌타탁탄탐태택토통특파판팔패팽편평포표품풍피필하학한"
    "할함합항해행향허헌혁현협형혜호혼홍화확환활황회효후훈훤휘흔흠흡흥희"
)
# Syllables of names that are plain Korean words, as they were and are given: 꽃님, 쇠돌, 끝순, 슬기, 샛별, 하늘, 빛나.
_NATIVE: Final = "꽃님쇠돌끝쌍뿐이봄별빛샘솔슬늘들샛새벼찬든참큰힘결울람름누벌뜰뜻맑밝푸른옥곱딸바겨레나래아라버터여똘"
NAME_SYLLABLES: Final = frozenset(_SINO + _NATIVE)

# The syllables of which most given names of the last hundred years consist, on both sides of the border.
USUAL_SYLLABLES: Final = frozenset(
    "가강건겸경계고관광교국권규균근금기길나남녀념다단달담대덕도동두득란람랑래려련례록룡루리린림만말매면명모목무문미민반배백범별병보복봉분비빈"
    "산삼상새서석선설섬성세소솔송수숙순슬승시식신실심아안애양언여연열영예옥온완용우욱운웅원월유윤율은을의이익인일임자장재정제조종주준중지직진"
    "찬창채천철초춘충치칠태택팔평표필하학한해행향헌혁현형혜호홍화환회효후훈휘흥희량률령론렬랭름룡류륜님빛봄별샘늘"
)
# Surnames that few bear and that are mostly other words; they count only before two usual syllables.
RARE_SURNAMES: Final = frozenset(
    "간갈감견경계국궁금기단당도동두등육모목반범복빈사설소선승시어연예온옹용운위은음인제종좌준초태판팽편평포"
    "피필학해형호화후흥"
)
DOUBLE_SURNAMES: Final = frozenset(["남궁", "황보", "선우", "제갈", "독고", "사공", "서문", "동방", "망절", "어금"])
LONGEST_NAME: Final = 4


def surname_of(word: str, surnames: Collection[str]) -> str:
    """The surname with which a word begins; empty where it begins with none, or nothing would follow."""
    if len(word) > 2 and word[:2] in DOUBLE_SURNAMES:
        return word[:2]
    return word[:1] if len(word) > 1 and word[:1] in surnames else ""


def could_be_name(word: str, surnames: Collection[str]) -> bool:
    """Whether a word of two to four syllables is a surname and syllables that names are made of."""
    if not 2 <= len(word) <= LONGEST_NAME:
        return False
    surname = surname_of(word, surnames)
    return bool(surname) and all(s in NAME_SYLLABLES for s in word[len(surname) :])


def is_usual_name(word: str, surnames: Collection[str]) -> bool:
    """Whether a word looks like most full names do: a surname and two usual syllables."""
    surname = surname_of(word, surnames) or (word[:1] if word[:1] in RARE_SURNAMES else "")
    return bool(surname) and len(word) == len(surname) + 2 and all(s in USUAL_SYLLABLES for s in word[len(surname) :])

# Surnames that the two sides of the border spell differently, the Southern spelling first.
_SOUTH_NORTH: Final = dict(zip("이임유양노나여염용육", "리림류량로라려렴룡륙", strict=True))
_BOTH: Final = _SOUTH_NORTH | {north: south for south, north in _SOUTH_NORTH.items()}


def surname_forms(surname: str) -> frozenset[str]:
    """A surname as the South and as the North writes it."""
    return frozenset({surname, _BOTH.get(surname, surname)})
