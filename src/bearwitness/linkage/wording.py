"""The words that go before what an act's accounts say: as much as its corroboration bears, and no more."""

from __future__ import annotations

from typing import Final

from bearwitness.linkage.independence import Corroboration
from bearwitness.model.claims import Language

_WORDS: Final[dict[str, tuple[str, str]]] = {
    "inferred": (
        "it is inferred, though nobody is known to have seen it, that",
        "직접 본 사람은 알려지지 않았으나 추정에 따르면",
    ),
    "document": ("according to a document whose author is not known,", "작성자를 알 수 없는 한 문서에 따르면"),
    "one_account": ("according to one account,", "한 증언에 따르면"),
    "one_present": ("one person who was there says that", "직접 겪거나 본 한 사람의 증언에 따르면"),
    "several": ("{number} independent accounts say that", "서로 독립된 {number} 증언에 따르면"),
    "several_first_hand": (
        "{number} independent accounts, at least one of them by somebody who was there, say that",
        "직접 겪거나 본 사람의 증언을 포함해 서로 독립된 {number} 증언에 따르면",
    ),
}
_NUMBERS: Final = (
    ("two", "두"), ("three", "세"), ("four", "네"), ("five", "다섯"), ("six", "여섯"), ("seven", "일곱"),
    ("eight", "여덟"), ("nine", "아홉"), ("ten", "열"),
)  # fmt: skip


def attribute(corroboration: Corroboration, language: Language) -> str:
    """The words with which a text may begin to say what happened, without the space after them.

    Parameters
    ----------
    corroboration : Corroboration
        From ``corroborate``; its lower bound is the number that is said.
    language : {"en", "ko"}
        Of the text.

    Raises
    ------
    ValueError
        If no account tells of the act: there is nothing that it could be said with.
    """
    if corroboration.level == "no_account":
        raise ValueError("no account tells of this act")
    count = corroboration.independence.lower
    key: str = corroboration.level
    if count >= 2:
        key = "several_first_hand" if corroboration.first_hand else "several"
    at = 0 if language == "en" else 1
    return _WORDS[key][at].format(number=_number(count, at))


def _number(count: int, at: int) -> str:
    if 2 <= count <= len(_NUMBERS) + 1:
        return _NUMBERS[count - 2][at]
    return f"{count:,}" if at == 0 else f"{count:,}건의"
