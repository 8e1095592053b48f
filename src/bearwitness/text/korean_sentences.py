"""A Korean text cut into sentences and quotations."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence of normalised text and the number of its paragraph."""

    start: int
    end: int
    paragraph: int


# A full stop after a digit is part of a date ("2024. 2. 5."), one after a capital part of an initial.
_BOUNDARY: Final = re.compile(r"(?<![0-9A-Z])[.!?]+['\")]*(?:\s+|$)|\n+")
_QUOTATION: Final = re.compile(r'"[^"\n]{2,}(?:"|$|(?=\n))')


def split_sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of normalised text; a line is a paragraph.

    Parameters
    ----------
    text : str
        Normalised text.
    """
    found: list[Sentence] = []
    start = paragraph = 0
    for match in [*_BOUNDARY.finditer(text), None]:
        end = match.start() if match else len(text)
        if text[start:end].strip():
            found.append(Sentence(start=start, end=end, paragraph=paragraph))
        if match is None:
            break
        start = match.end()
        if "\n" in match.group():
            paragraph += 1
    return tuple(found)


def find_quotations(text: str) -> tuple[tuple[int, int], ...]:
    """The quotations of a text, marks included, in order; one that is not closed ends with its line."""
    return tuple(m.span() for m in _QUOTATION.finditer(text))
