"""From changed pieces of a sentence to edits of the draft, with spaces, commas, articles and capitals put right."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

from bearwitness.model.assessment import Edit

# A character of the new text and where it stood in the draft; -1 for a new one.
Cell = tuple[str, int]

_MENDS: Final[tuple[tuple[re.Pattern[str], str], ...]] = (
    (re.compile(r"\( *\)"), ""), (re.compile(r" {2,}"), " "), (re.compile(r" +(?=[,.;:!?)])"), ""),
    (re.compile(r"(?<=\() +"), ""), (re.compile(r",(?: *,)+"), ","), (re.compile(r"[,;](?=[.;:!?)])"), ""),
    (re.compile(r"^[ ,;:]+(?=\S)"), ""), (re.compile(r" +(?=\n|$)"), ""),
)  # fmt: skip
_ARTICLE: Final = re.compile(r"\b([Aa])(n?) (?=([A-Za-z-]+))")
_LONG_U: Final = re.compile(r"(?:uni|use|usu|eu|one\b|once\b)", re.I)
_DANGLING: Final = re.compile(
    r"\b(?:of|in|on|at|from|via|by|for|with|through|into|and|or|but|that|who|which|a|an|the|as|to|between|named"
    r"|is|are|was|were|be)(?=\s*[,.;:!?]|\s*$)|\b(?:and|or|but) (?:and|or|but)\b|\b(?:a|an|the) (?:a|an|the|of|from|who"
    r"|and|is|was)\b|\b(?:of|from|in|at) (?:of|from|and|is|was)\b|\bwho (?:and|who)\b|,\"[.;]", re.I
)  # fmt: skip


def cells_of(text: str, start: int, end: int, changes: Iterable[tuple[int, int, str]]) -> list[Cell]:
    """A passage of a text with changes made: each kept character with its place, new ones without.

    Parameters
    ----------
    text : str
        The draft.
    start, end : int
        The passage.
    changes : iterable of (int, int, str)
        Sorted, without overlap.
    """
    cells: list[Cell] = []
    at = start
    for a, b, words in changes:
        cells += [(text[i], i) for i in range(at, a)]
        cells += [(c, -1) for c in words]
        at = max(at, b)
    cells += [(text[i], i) for i in range(at, end)]
    return cells


def mend(cells: Sequence[Cell], *, capital: bool) -> list[Cell]:
    """Spaces, commas and articles put right where something changed; ``capital``: the first letter becomes one."""
    found = list(cells)
    for pattern, words in _MENDS:
        found = _replace(found, pattern, words)
    found = _articles(found)
    if capital:
        for i, (c, _) in enumerate(found):
            if c.isalnum():
                if c.islower():
                    found[i] = (c.upper(), -1)
                break
    return found


def _replace(cells: list[Cell], pattern: re.Pattern[str], words: str) -> list[Cell]:
    written = "".join(c for c, _ in cells)
    for match in reversed(list(pattern.finditer(written))):
        old = cells[match.start() : match.end()]
        # Of several equal characters the first keeps its place.
        kept = [next(((c, at) for c, at in old if c == w and at >= 0), (w, -1)) for w in words]
        cells[match.start() : match.end()] = kept
    return cells


def _articles(cells: list[Cell]) -> list[Cell]:
    written = "".join(c for c, _ in cells)
    for match in reversed(list(_ARTICLE.finditer(written))):
        places = [at for _, at in cells[match.start() : match.end() + 1]]
        if all(b == a + 1 and a >= 0 for a, b in pairwise(places)):
            continue
        vowel = match[3][0].lower() in "aeiou" and not _LONG_U.match(match[3])
        if vowel and not match[2]:
            cells.insert(match.start() + 1, ("n", -1))
        elif match[2] and not vowel:
            del cells[match.start() + 1]
    return cells


def is_whole(cells: Sequence[Cell], original: str) -> bool:
    """Whether a changed sentence leaves no word hanging that the original did not leave hanging."""
    written = "".join(c for c, _ in cells)
    before = {m.group().lower() for m in _DANGLING.finditer(original)}
    return all(m.group().lower() in before for m in _DANGLING.finditer(written)) and written.count('"') % 2 == (
        original.count('"') % 2
    )


def edits_of(cells: Sequence[Cell], start: int, end: int) -> list[Edit]:
    """The edits that turn a passage of the draft into the cells made of it."""
    edits: list[Edit] = []
    at, new = start, ""
    for c, place in cells:
        if place < 0:
            new += c
            continue
        if place > at or new:
            edits.append(Edit(start=at, end=place, instead=new))
            new = ""
        at = place + 1
    if end > at or new:
        edits.append(Edit(start=at, end=end, instead=new))
    return edits
