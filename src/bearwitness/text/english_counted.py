"""What a number counts in an English text: "five years", "79 packages", "22,000 ecstasy tablets"."""

from __future__ import annotations

from typing import Final

from bearwitness.text.english_words import FUNCTION_WORDS, NUMBER_WORDS, Page

_SINGULAR: Final = frozenset(
    ["year", "month", "week", "day", "night", "hour", "minute", "time", "page", "percent", "person", "metre", "meter",
     "kilometre", "kilometer", "km", "mile", "kg", "kilo", "litre", "ton", "people", "men", "women", "children"]
)  # fmt: skip
# Words in -s after a number that are no noun it counts.
_NO_NOUN: Final = frozenset(["does", "says", "this", "thus", "always", "perhaps"])
_MOST_BETWEEN: Final = 1
_SHORTEST: Final = 3


def counted_end(page: Page, end: int) -> int:
    """Where the noun ends that the number ending at ``end`` counts; ``end`` itself where it counts none.

    Parameters
    ----------
    page : Page
        The text.
    end : int
        Where the number ends, as an offset.
    """
    index = page.index_at(end)
    at = end
    for step in range(_MOST_BETWEEN + 1):
        if index + step >= len(page.words):
            return end
        word = page.words[index + step]
        gap = page.text[at : word.start]
        if gap not in (" ", "-") or not word.raw.islower() or word.lower in NUMBER_WORDS:
            return end
        if word.lower in _SINGULAR or _is_plural(word.lower):
            return word.end
        if word.lower in FUNCTION_WORDS:
            return end
        at = word.end
    return end


def _is_plural(word: str) -> bool:
    known = word in _NO_NOUN or word in FUNCTION_WORDS
    return word.endswith("s") and len(word) > _SHORTEST and not known and not word.endswith(("ss", "ous", "sis"))
