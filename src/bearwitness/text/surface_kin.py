"""The words by which somebody who speaks calls a relative, in both languages, and names by way of a relative.

A kin word is somebody only from where its speaker stands: "his sister", 언니. Another speaker, another person.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from bearwitness.text.surface_numbers import english_numbers, native_numbers

Sex = str | None
_POSSESSIVES: Final[Mapping[Sex, tuple[str, ...]]] = {
    "female": ("her", "my", "their", "our"), "male": ("his", "my", "their", "our"),
    None: ("her", "his", "my", "their", "our"),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class KinWords:
    """Words for one relation: English ones that say it alone, wider ones; Korean by the sex of the speaker, wider."""

    english: tuple[str, ...]
    wider: tuple[str, ...]
    said_by: Mapping[str, tuple[str, ...]]
    korean_wider: tuple[str, ...]


def _words(english: str, wider: str, korean: str, korean_wider: str, *, by_man: str = "", by_woman: str = "") -> KinWords:  # noqa: E501
    return KinWords(
        english=tuple(english.split("|")), wider=tuple(w for w in wider.split("|") if w),
        said_by={"any": tuple(korean.split()), "male": tuple(by_man.split()), "female": tuple(by_woman.split())},
        korean_wider=tuple(korean_wider.split()),
    )  # fmt: skip


_SISTER, _BROTHER = "sister|sibling", "brother|sibling"
WORDS: Final[Mapping[str, KinWords]] = {
    "elder_brother": _words(
        "elder brother|older brother|big brother|eldest brother|oldest brother", _BROTHER, "", "형제 오누이 남매",
        by_man="형 형님 큰형 큰형님 맏형 작은형", by_woman="오빠 오라버니 오라비 큰오빠 작은오빠",
    ),
    "younger_brother": _words(
        "younger brother|little brother|kid brother|baby brother|youngest brother", _BROTHER,
        "남동생 막내동생 사내동생", "동생 형제 오누이 남매",
    ),
    "elder_sister": _words(
        "elder sister|older sister|big sister|eldest sister|oldest sister", _SISTER, "", "자매 오누이 남매",
        by_man="누나 누님 누이 큰누나 큰누이 작은누나", by_woman="언니 큰언니 작은언니",
    ),
    "younger_sister": _words(
        "younger sister|little sister|kid sister|baby sister|youngest sister", _SISTER,
        "여동생 막내동생 누이동생", "동생 자매 오누이 남매",
    ),
    "father": _words("father|dad|daddy|papa", "parent|parents", "아버지 아버님 부친 아빠 친아버지", "부모 부모님"),
    "mother": _words("mother|mom|mum|mama", "parent|parents", "어머니 어머님 모친 엄마 친어머니", "부모 부모님"),
    "son": _words("son|eldest son|oldest son|youngest son|only son", "child|children|kid", "아들 맏아들 큰아들 막내아들", "자식 자녀 아이"),  # noqa: E501
    "daughter": _words("daughter|eldest daughter|oldest daughter|youngest daughter|only daughter", "child|children|kid", "딸 맏딸 큰딸 막내딸 외동딸", "자식 자녀 아이"),  # noqa: E501
    "husband": _words("husband", "spouse|partner", "남편 세대주 바깥양반", "배우자"),
    "wife": _words("wife", "spouse|partner", "아내 안해 부인 집사람 처", "배우자"),
    "grandparent": _words(
        "grandmother|grandfather|grandma|grandpa|grandparent|grandparents", "relative",
        "할머니 할아버지 외할머니 외할아버지 친할머니 친할아버지", "조부모",
    ),
    "other_relative": _words(
        "aunt|uncle|cousin|nephew|niece|in-law", "relative|relatives",
        "이모 고모 삼촌 외삼촌 사촌 조카 숙부 숙모 시어머니 시아버지 며느리 사위 처남 처제 매부 형수 올케", "친척 친지",
    ),
}  # fmt: skip
_PARENTS: Final = ("mother", "father")
_TEKNONYMS: Final[Mapping[str, tuple[str, ...]]] = {
    "mother": ("엄마", "어머니", "어머님", "에미"), "father": ("아빠", "아버지", "아버님", "애비"),
    "elder_sister": ("언니", "누나", "누이"), "elder_brother": ("오빠", "형"), "younger_sister": ("동생", "여동생"),
    "younger_brother": ("동생", "남동생"), "husband": ("남편", "신랑"), "wife": ("아내", "안해", "처"),
    "son": ("아들",), "daughter": ("딸",), "grandparent": ("할머니", "할아버지"),
}  # fmt: skip


def kin_forms(relation: str, speaker: Sex, called: tuple[str, ...] = ()) -> Iterator[tuple[str, int]]:
    """The words by which a person calls a relative, with a rung: 0 where they say the relation, 1 where they say less.

    Parameters
    ----------
    relation : str
        What the relative is to the person (a KIN leaf).
    speaker : {"female", "male"} or None
        Sex of the person, where it is recorded.
    called : tuple of str
        What the person is called in the text ("nurse"), for "the nurse's sister".
    """
    words = WORDS.get(relation)
    if words is None:
        return
    owners = (*_POSSESSIVES.get(speaker, _POSSESSIVES[None]), *(f"{the} {c}'s" for c in called for the in ("the", "a")))
    for said, rung in ((words.english, 0), (words.wider, 1)):
        for word in said:
            yield from ((f"{owner} {word}", rung) for owner in owners)
            if " " in word:
                yield word, rung
    sexes = (speaker,) if speaker in ("female", "male") else ("female", "male")
    for sex in ("any", *sexes):
        yield from ((word, 0) for word in words.said_by[sex])
    yield from ((word, 1) for word in words.korean_wider)


def teknonyms(relation: str, given: str, latin: tuple[str, ...]) -> Iterator[str]:
    """Somebody named by way of a relative: "은심이 엄마", "Unsim's mother", "mother of Unsim".

    Parameters
    ----------
    relation : str
        What the person is to the relative (a KIN leaf).
    given : str
        The relative's given name in Hangul; empty where it is not known.
    latin : tuple of str
        Latin spellings of it.
    """
    if given:
        closed = (ord(given[-1]) - 0xAC00) % 28 != 0
        for name in (given + "이", given) if closed else (given,):
            yield from (f"{name}{joint}{word}" for word in _TEKNONYMS.get(relation, ()) for joint in (" ", "네 ", ""))
            if relation in _PARENTS:
                yield f"{name}네"
    words = WORDS.get(relation)
    for name in latin if words else ():
        for word in words.english[:2] if words else ():
            yield from (f"{name}'s {word}", f"{word} of {name}")


def birth_order_forms(elder: int, younger: int, sexes: frozenset[Sex]) -> Iterator[str]:
    """"The eldest of three", 삼남매: where somebody stands among the brothers and sisters that a record has.

    Parameters
    ----------
    elder, younger : int
        How many of them are older and younger.
    sexes : frozenset
        Sexes of all of them and of the person.
    """
    count = elder + younger + 1
    if count < 2 or count > len(_SINO) - 1:
        return
    which = ("eldest", "oldest") if not elder else ("youngest",) if not younger else ("middle",) if elder == younger else ()  # noqa: E501
    numbers = (str(count), *english_numbers(count)[:1])
    for number in numbers:
        for word in which:
            yield from (f"{word} of {number}", f"{word} child of {number}", f"{word} of {number} children")
            yield f"{word} of {number} siblings"
        yield f"one of {number} siblings"
    noun = "자매" if sexes == {"female"} else "형제" if sexes == {"male"} else "남매"
    yield from (f"{number} {noun}" for number in native_numbers(count))
    yield from (f"{number}{noun}" for number in (_SINO[count], str(count), *native_numbers(count)))
    rank = "맏이" if not elder else "막내" if not younger else ""
    if rank:
        yield from (f"{number}{noun} 중 {rank}" for number in (_SINO[count], str(count)))
        yield from (f"{number}{noun}의 {rank}" for number in (_SINO[count], str(count)))


_SINO: Final = "영일이삼사오육칠팔구"
