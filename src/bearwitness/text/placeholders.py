"""Words that stand in a redacted text for what was taken out, by its role: "[person 1]", "[날짜 2]".

A placeholder tells no more than its role and, by its number, where the same is meant again in this text. What stands
around a name would tell more: "an" before a vowel, 은 or 는 after a consonant or a vowel. Both go.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, Literal

from bearwitness.model.claims import Language

HoleRole = Literal["person", "name", "place", "date", "number", "amount", "work", "detail", "words"]

_WORDS: Final[Mapping[HoleRole, tuple[str, str]]] = {
    "person": ("person", "사람"),
    "name": ("name", "이름"),
    "place": ("place", "장소"),
    "date": ("date", "날짜"),
    "number": ("number", "숫자"),
    "amount": ("amount", "금액"),
    "work": ("work", "직업"),
    "detail": ("detail", "사항"),
    "words": ("words", "인용"),
}
PLACEHOLDER: Final = re.compile(
    r"\[(?P<role>" + "|".join(w for pair in _WORDS.values() for w in pair) + r") (?P<number>[1-9][0-9]*)\]"
)
# Articles and titles before a passage tell its first sound or a sex; they go with it.
_BEFORE_EN: Final = re.compile(r"\b(?:[Aa]n? |(?:Mr|Mrs|Ms|Miss|Madam|Mister)\.? )$")
# Forms of one particle after a consonant and after a vowel, and how both are written together.
_PARTICLES: Final[Mapping[str, str]] = {
    form: both
    for both, forms in (
        ("은(는)", "은 는 이는"), ("이(가)", "이 가 이가"), ("을(를)", "을 를 이를"), ("과(와)", "과 와 이와"),
        ("(으)로", "으로 로"), ("(으)로부터", "으로부터 로부터"), ("(이)나", "이나 나"), ("(이)랑", "이랑 랑"),
        ("아(야)", "아 야"), ("(이)라고", "이라고 라고"), ("(이)라는", "이라는 라는"), ("이었다(였다)", "이었다 였다"),
        ("(이)며", "이며 며"), ("(이)고", "이고 고"), ("에게", "이에게"), ("의", "이의"), ("도", "이도"),
    )
    for form in forms.split()
}  # fmt: skip
_PARTICLE_AFTER: Final = re.compile(
    "(?:" + "|".join(sorted(_PARTICLES, key=len, reverse=True)) + r")(?=[\s.,!?;:\"')\]]|$)"
)


def placeholder(role: HoleRole, number: int, language: Language) -> str:
    """The words that stand for the ``number``-th thing of a role (from 1) in a text of a language."""
    return f"[{_WORDS[role][language == 'ko']} {number}]"


def hide_placeholders(text: str) -> tuple[str, tuple[tuple[int, int, str], ...]]:
    """A text with its placeholders blank, so that nobody reads a number in them, and where those of persons stand.

    Parameters
    ----------
    text : str
        Normalised text.

    Returns
    -------
    tuple of (str, tuple of (int, int, str))
        Text of the same length, and start, end and words of every placeholder of a person.
    """
    if "[" not in text:
        return text, ()
    persons = tuple((*m.span(), m.group()) for m in PLACEHOLDER.finditer(text) if role_of(m["role"]) == "person")
    return PLACEHOLDER.sub(lambda m: " " * len(m.group()), text), persons


def highest_numbers(text: str) -> dict[HoleRole, int]:
    """The highest number of each role that placeholders of a text have.

    Parameters
    ----------
    text : str
        Any text.
    """
    found: dict[HoleRole, int] = {}
    for match in PLACEHOLDER.finditer(text):
        role = role_of(match["role"])
        found[role] = max(found.get(role, 0), int(match["number"]))
    return found


def role_of(written: str) -> HoleRole:
    """The role that a placeholder's word names; ValueError for a word of no placeholder."""
    for role, pair in _WORDS.items():
        if written in pair:
            return role
    raise ValueError("this is no placeholder's word")


def widen(text: str, start: int, end: int) -> tuple[int, int, str]:
    """The passage with what around it tells its sound or somebody's sex, and what stands after it instead.

    Parameters
    ----------
    text : str
        The draft.
    start, end : int
        The passage that is to be taken out.

    Returns
    -------
    tuple of (int, int, str)
        Start, end, and the particle that fits whatever stood there ("" where there is none).
    """
    before = _BEFORE_EN.search(text, max(0, start - 8), start)
    if before is not None:
        start = before.start()
    if end and "가" <= text[end - 1] <= "힣" and (after := _PARTICLE_AFTER.match(text, end)):
        return start, after.end(), _PARTICLES[after.group()]
    return start, end, ""
