"""Draft text in one form, with the way back: which passage of the original each code point came from.

Names hide from a plain search behind decomposed Hangul, a zero-width space, a soft hyphen, a full-width letter, a
letter of another script that looks the same, or a line break inside a word. All of these are undone here.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

# Default-ignorable code points (Unicode DerivedCoreProperties) and control characters that are no white space.
_IGNORABLE: Final = (
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_SINGLE_QUOTES: Final = "\u2018\u2019\u201a\u201b\u02b9\u02bb\u02bc\u02bd\u02c8\u2032\u2035\u00b4\u0060\uff07\ua78c"
_DOUBLE_QUOTES: Final = "\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033\u2036\u301d\u301e\u301f\uff02"
# The em dash separates clauses and stays what it is; everything shorter joins.
_HYPHENS: Final = "\u2010\u2011\u2012\u2013\u2212\u2043\u02d7\ufe58\ufe63\uff0d\u00af\u1806"
_SPACES: Final = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
# Forms that NFKC folds to the letters they stand for: ligatures, full width, mathematical letters, Roman numerals.
_COMPATIBLE: Final = "\u2160-\u217f\ufb00-\ufb06\uff01-\uff5e\uffa1-\uffdc\uffe0-\uffe6\U0001d400-\U0001d7ff"
_ODD = re.compile(f"[{_IGNORABLE}{_SINGLE_QUOTES}{_DOUBLE_QUOTES}{_HYPHENS}{_SPACES}{_COMPATIBLE}\u2028\u2029\u2015]")
_IGNORED = re.compile(f"[{_IGNORABLE}]")
_FOLDED: Final = (
    dict.fromkeys(_SINGLE_QUOTES, "'") | dict.fromkeys(_DOUBLE_QUOTES, '"') | dict.fromkeys(_HYPHENS, "-")
    | {"\u2028": "\n", "\u2029": "\n", "\u2015": "\u2014"}
)  # fmt: skip
_OVERRIDE = re.compile("[\u202d\u202e\u2066-\u2068][^\u202c\u2069\n]*")
# What NFC may change: conjoining jamo, a letter with combining marks, characters with a canonical single form.
_COMPOSABLE = re.compile(
    "[\u1100-\u115e\ua960-\ua97c][\u1161-\u11a7\ud7b0-\ud7c6][\u11a8-\u11ff\ud7cb-\ud7fb]?"
    "|[\uac00-\ud7a3][\u11a8-\u11c2]"
    "|[^\n][\u0300-\u036f\u0483-\u0487\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
    "|[\u0340\u0341\u0343\u0344\u0374\u037e\u0387\u1f71-\u1fff\u2126\u212a\u212b\uf900-\ufaff\U0002f800-\U0002fa1f]"
)
_BROKEN_WORD = re.compile(r"(?<=[^\W\d_])-[ \t]*\r?\n[ \t]*(?=[^\W\d_])")
_FOREIGN = re.compile("[\u0370-\u03ff\u0400-\u052f\u0251\u0261\u0131]")
_WORD = re.compile(r"[^\W\d_]+")
_LOOK_ALIKES: Final = dict(
    zip(
        "АВЕЅІЈКМНОРСТУХҮԚԜаеѕіјорсухһԁԛԝѵгпкΑΒΕΖΗΙΚΜΝΟΡΤΥΧαοινυκρɑɡıЁёЇї",
        "ABESIJKMHOPCTYXYQWaesijopcyxhdqwvrnkABEZHIKMNOPTYXaoivukpagiEeIi",
        strict=True,
    )
)


@dataclass(frozen=True, slots=True)
class Normalised:
    """Normalised text and its way back.

    ``starts[i]`` and ``ends[i]`` are the passage of the original from which code point ``i`` of ``text`` came.
    ``suspicious`` are passages (of ``text``) in which scripts that look alike were mixed, or whose reading order
    was overridden: an editor should see them.
    """

    text: str
    starts: Sequence[int]
    ends: Sequence[int]
    suspicious: tuple[tuple[int, int], ...] = ()

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """The passage of the original that ``text[start:end]`` came from.

        Parameters
        ----------
        start, end : int
            Offsets in ``text``, in code points, end excluded.

        Returns
        -------
        tuple of (int, int)
            Offsets in the original. An empty passage stays empty.

        Raises
        ------
        ValueError
            If the passage does not lie within the text.
        """
        if not 0 <= start <= end <= len(self.text):
            raise ValueError("the passage does not lie within the text")
        if start == end:
            at = self.starts[start] if start < len(self.text) else (self.ends[-1] if self.text else 0)
            return at, at
        return self.starts[start], self.ends[end - 1]


def normalise(text: str) -> Normalised:
    """Bring text into the form in which names, places and dates are looked for.

    Composes (NFC), drops invisible characters, folds full-width, no-break and typographic forms, joins words that
    were hyphenated at a line end (before a capital the hyphen stays), and folds Cyrillic and Greek letters that
    look like the Latin ones around them.

    Parameters
    ----------
    text : str
        The draft as its author wrote it.

    Returns
    -------
    Normalised
        The text with offsets back to the original; linear in the length of the text.
    """
    plain = range(len(text))
    result = Normalised(text, plain, range(1, len(text) + 1))
    overridden: list[tuple[int, int]] = []
    if not text.isascii():
        overridden = [m.span() for m in _OVERRIDE.finditer(text)]
        result = _replace(result, _ODD, lambda m: _fold(m.group()))
        if not unicodedata.is_normalized("NFC", result.text):
            result = _replace(result, _COMPOSABLE, lambda m: unicodedata.normalize("NFC", m.group()))
    elif _IGNORED.search(text) or "`" in text:
        result = _replace(result, _ODD, lambda m: _fold(m.group()))
    if "-" in result.text:
        result = _replace(result, _BROKEN_WORD, lambda m: "-" if result.text[m.end()].isupper() else "")
    folded, suspicious = _fold_look_alikes(result.text) if not text.isascii() else (result.text, [])
    suspicious.extend(_to_normalised(result, overridden))
    return Normalised(folded, result.starts, result.ends, tuple(sorted(suspicious)))


def _fold(character: str) -> str:
    if character in _FOLDED:
        return _FOLDED[character]
    if _IGNORED.match(character):
        return ""
    return unicodedata.normalize("NFKC", character)


def _replace(before: Normalised, pattern: re.Pattern[str], change: Callable[[re.Match[str]], str]) -> Normalised:
    """Replace every match; each new code point points to the whole passage that it replaced."""
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    done = 0
    for match in pattern.finditer(before.text):
        new = change(match)
        start, end = match.span()
        if new == match.group():
            continue
        pieces += (before.text[done:start], new)
        starts += before.starts[done:start]
        ends += before.ends[done:start]
        starts += [before.starts[start]] * len(new)
        ends += [before.ends[end - 1]] * len(new)
        done = end
    if not done:
        return before
    pieces.append(before.text[done:])
    starts += before.starts[done:]
    ends += before.ends[done:]
    return Normalised("".join(pieces), starts, ends)


def _fold_look_alikes(text: str) -> tuple[str, list[tuple[int, int]]]:
    """Fold words that mix Latin letters with ones that look Latin, or hold nothing but such letters."""
    if not _FOREIGN.search(text):
        return text, []
    pieces: list[str] = []
    found: list[tuple[int, int]] = []
    done = 0
    for match in _WORD.finditer(text):
        word = match.group()
        if word.isascii() or not _FOREIGN.search(word):
            continue
        folded = "".join(_LOOK_ALIKES.get(c, c) for c in word)
        mixed = any(c.isascii() for c in word)
        if not mixed and not (folded.isascii() and len(word) > 1):
            continue
        found.append(match.span())
        pieces += (text[done : match.start()], folded)
        done = match.end()
    pieces.append(text[done:])
    return "".join(pieces), found


def _to_normalised(result: Normalised, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Passages of the original as passages of the normalised text."""
    found = []
    for start, end in spans:
        inside = bisect_left(result.starts, start), bisect_left(result.starts, end)
        if inside[0] < inside[1]:
            found.append(inside)
    return found
