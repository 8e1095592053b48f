"""The characters of a PDF page as lines, and lines as paragraphs: a PDF knows neither."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from bearwitness.documents.content import Paragraph, Run
from bearwitness.documents.pdf_glyphs import Glyph

# What stands before an item of a list, on a line of its own as far as the file is concerned.
_MARKER: Final = re.compile(r"[•◦▪‣·*–-]|\(?[0-9]{1,3}[.)]|[a-z][.)]")
# A gap between two lines that is larger than this share of their height parts paragraphs.
_GAP: Final = 0.85
# A font larger than the page's usual one by this factor makes a heading of a short line.
_HEADING: Final = 1.15
_MOST_HEADING: Final = 200
# A line that ends before this share of the widest one's length ended on purpose.
_FULL: Final = 0.9
_OTHER_SIZE: Final = 0.15


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its characters, its box in points, its size, and whether a space stood at its end."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    size: float
    spaced: bool
    marker: str = ""


def lines_of(glyphs: Iterable[Glyph]) -> tuple[Line, ...]:
    """Lines in the order of reading, without empty ones.

    Parameters
    ----------
    glyphs : iterable of Glyph
        The characters of a page; those that mark the end of a line part them.
    """
    found: list[Line] = []
    current: list[Glyph] = []
    for glyph in glyphs:
        if glyph.character in "\r\n":
            found += _line(current)
            current = []
        else:
            current.append(glyph)
    return (*found, *_line(current))


def _line(glyphs: Sequence[Glyph]) -> list[Line]:
    text = "".join(" " if g.character.isspace() else g.character for g in glyphs)
    inked = [g for g in glyphs if not g.character.isspace()]
    if not inked:
        return []
    return [
        Line(
            text=" ".join(text.split()), left=min(g.box[0] for g in inked), right=max(g.box[2] for g in inked),
            bottom=min(g.box[1] for g in inked), top=max(g.box[3] for g in inked),
            size=sorted(g.size for g in inked)[len(inked) // 2],
            spaced=text.endswith(" ") and not glyphs[-1].made_up,
        )
    ]  # fmt: skip


def paragraphs_from(lines: Sequence[Line], usual_size: float) -> tuple[Paragraph, ...]:
    """Lines that belong together as paragraphs; a short one in larger letters is a heading.

    Parameters
    ----------
    lines : sequence of Line
        The lines of one page.
    usual_size : float
        The size of most characters of the document, in points.
    """
    width = max((line.right - line.left for line in lines), default=0.0)
    groups: list[list[Line]] = []
    for line in _with_markers(lines):
        if groups and not line.marker and _goes_on(groups[-1][-1], line, width):
            groups[-1].append(line)
        else:
            groups.append([line])
    return tuple(_paragraph(group, usual_size, width) for group in groups)


def _with_markers(lines: Sequence[Line]) -> list[Line]:
    """Lines without those that are markers of lists only; each marker goes to the line at its height, right of it."""
    markers = [line for line in lines if all(_MARKER.fullmatch(part) for part in line.text.split())]
    found: list[Line] = []
    for line in lines:
        if line in markers and any(_beside(line, other) for other in lines if other not in markers):
            continue
        own = next((m for m in markers if line not in markers and _beside(m, line)), None)
        found.append(replace(line, marker=own.text.split()[0]) if own else line)
    return found


def _beside(marker: Line, line: Line) -> bool:
    middle = (line.bottom + line.top) / 2
    return marker.bottom <= middle <= marker.top and marker.left < line.left


def _goes_on(before: Line, line: Line, width: float) -> bool:
    height = max(before.top - before.bottom, 1.0)
    gap = before.bottom - line.top
    if gap > _GAP * height or gap < -2 * height or abs(before.size - line.size) > _OTHER_SIZE * before.size:
        return False
    ended = before.right - before.left < _FULL * width and before.text.endswith((".", "!", "?", ":", "다.", "”", '"'))
    return not ended


def _paragraph(group: Sequence[Line], usual_size: float, width: float) -> Paragraph:
    text = group[0].text
    for before, line in pairwise(group):
        text += _joint(before, line, width) + line.text
    if group[0].marker:
        ordered = any(c.isalnum() for c in group[0].marker)
        return Paragraph(runs=(Run(text=text),), kind="list_item", ordered=ordered)
    size = group[0].size
    if usual_size and size > _HEADING * usual_size and len(text) <= _MOST_HEADING:
        level = 1 if size > 1.6 * usual_size else 2 if size > 1.35 * usual_size else 3
        return Paragraph(runs=(Run(text=text),), kind="heading", level=level)
    return Paragraph(runs=(Run(text=text),))


def _joint(before: Line, line: Line, width: float) -> str:
    """A space, or none inside a Korean word that was cut where the line was full."""
    full = before.right - before.left >= _FULL * width
    cut = "가" <= before.text[-1] <= "힣" and "가" <= line.text[0] <= "힣"
    return "" if cut and full and not before.spaced else " "
