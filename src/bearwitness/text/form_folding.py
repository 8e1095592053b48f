"""Text in the one shape in which forms are compared, with the way back to the offsets of the text that was given.

Letters lose capitals and marks, each to one letter; white space and hyphens in a row become one space, so that
"Un-sim" and "Un sim", at a line end or not, are one.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

Script = Literal["letter", "digit", "hangul", ""]
# Letters with a mark that Unicode does not take apart.
_WHOLE: Final = dict(zip("øłđħŧıʼς", "oldhti'σ", strict=True))
_MARKED: Final = re.compile("[\u00c0-\u024f\u02bc\u0390-\u03ff\u1e00-\u1fff]")
_GAPS: Final = re.compile(" {2,}")
_SPACES: Final = "\t\n\r\v\f\x85-"
_IDEOGRAPHS: Final = 0x2E80


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text. After the code point ``at[i]`` of it, ``by[i]`` code points of the text given are left out."""

    text: str
    at: Sequence[int] = ()
    by: Sequence[int] = ()

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """Where ``text[start:end]``, which is not empty and does not end with a space, stood before folding."""
        if not self.at:
            return start, end
        # A space that stands for several begins with the first of them.
        before = bisect_left(self.at, start)
        inside = bisect_right(self.at, end - 1)
        return start + (self.by[before - 1] if before else 0), end + (self.by[inside - 1] if inside else 0)


def fold_text(text: str) -> Folded:
    """Fold normalised text.

    Parameters
    ----------
    text : str
        Text from ``text.normalise``.

    Returns
    -------
    Folded
        As long as the text, but where several spaces and hyphens follow one another.
    """
    folded = _lower(text)
    if not text.isascii():
        folded = _MARKED.sub(lambda m: _plain(m.group()), folded)
    for space in _SPACES:
        folded = folded.replace(space, " ")
    if "  " not in folded:
        return Folded(folded)
    at: list[int] = []
    by: list[int] = []
    pieces: list[str] = []
    done = left_out = 0
    for gap in _GAPS.finditer(folded):
        pieces.append(folded[done : gap.start() + 1])
        at.append(gap.start() - left_out)
        left_out += gap.end() - gap.start() - 1
        by.append(left_out)
        done = gap.end()
    pieces.append(folded[done:])
    return Folded("".join(pieces), at, by)


def _lower(text: str) -> str:
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(c if len(c.lower()) != 1 else c.lower() for c in text)


def _plain(letter: str) -> str:
    if letter in _WHOLE:
        return _WHOLE[letter]
    base = unicodedata.normalize("NFD", letter)[0].lower()
    return base if len(base) == 1 else letter


@lru_cache(maxsize=4096)
def script_of(character: str) -> Script:
    """What a character is where words are told apart: a letter of an alphabet, a digit, Hangul, or none of these.

    Ideographs are none: they are written without spaces.
    """
    if character.isdecimal():
        return "digit"
    if "가" <= character <= "힣" or "ㄱ" <= character <= "ㅎ":
        return "hangul"
    return "letter" if character.isalpha() and ord(character) < _IDEOGRAPHS else ""
