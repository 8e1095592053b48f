"""Makes runs of the pieces that a line of a page is put together from, with space drawn as a browser draws it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from bearwitness.documents.content import HiddenKind, Run

White = Literal["folded", "kept", "lines"]

_SPACES: Final = re.compile(r"[ \t\n\r\f]+")
_ROUND_BREAK: Final = re.compile(r"[ \t\f]*\n[ \t\f]*")
_BREAKS: Final = re.compile(r"\r\n?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Text of one look, or with ``note`` the mark of that footnote.

    ``white`` is what becomes of its space. ``unseen`` is as what, and where, it is told if it is not shown.
    """

    text: str = ""
    bold: bool = False
    italic: bool = False
    link: str = ""
    note: str = ""
    white: White = "folded"
    unseen: tuple[HiddenKind, str] | None = None


def runs_of(pieces: Sequence[Piece]) -> tuple[Run, ...]:
    """The runs of a line: space folded, none at its ends, pieces of one look joined."""
    runs: list[Run] = []
    for piece in _trimmed(_folded([part for whole in pieces for part in _parted(whole)])):
        last = runs[-1] if runs else None
        if piece.note:
            if last and not last.note:
                runs[-1] = replace(last, note=piece.note)
            else:
                runs.append(Run(text="", note=piece.note))
        else:
            runs = list(joined(runs, (Run(text=piece.text, bold=piece.bold, italic=piece.italic, link=piece.link),)))
    return tuple(runs)


def joined(runs: Sequence[Run], more: Sequence[Run]) -> tuple[Run, ...]:
    """Runs one after the other, neighbours of one look as one."""
    found = list(runs)
    for run in more:
        last = found[-1] if found else None
        if last and not last.note and (last.bold, last.italic, last.link) == (run.bold, run.italic, run.link):
            found[-1] = replace(last, text=last.text + run.text, note=run.note)
        else:
            found.append(run)
    return tuple(found)


def _parted(piece: Piece) -> list[Piece]:
    """A piece of which only line breaks are kept, as lines and breaks; a kept piece with one sort of break."""
    if piece.note or piece.white == "folded":
        return [piece]
    text = _BREAKS.sub("\n", piece.text)
    if piece.white == "kept":
        return [replace(piece, text=text)]
    parts: list[Piece] = []
    for at, line in enumerate(_ROUND_BREAK.split(text)):
        if at:
            parts.append(replace(piece, text="\n", white="kept"))
        parts.append(replace(piece, text=line, white="folded"))
    return parts


def _folded(pieces: Sequence[Piece]) -> list[Piece]:
    """Every stretch of space as one space; none at the beginning of a line."""
    found: list[Piece] = []
    after_space = True
    for piece in pieces:
        if piece.note:
            found.append(piece)
            after_space = False
            continue
        text = piece.text
        if piece.white == "folded":
            text = _SPACES.sub(" ", text)
            text = text[1:] if after_space and text.startswith(" ") else text
        if not text:
            continue
        found.append(replace(piece, text=text))
        after_space = text.endswith("\n") if piece.white == "kept" else text.endswith(" ")
    return found


def _trimmed(pieces: list[Piece]) -> list[Piece]:
    """Without the folded space before a line break and at the end, and without a break that nothing follows."""
    if pieces and pieces[-1].text.endswith("\n"):
        pieces[-1] = replace(pieces[-1], text=pieces[-1].text[:-1])
        pieces = [piece for piece in pieces if piece.text or piece.note]
    for at, piece in enumerate(pieces):
        following = pieces[at + 1] if at + 1 < len(pieces) else None
        ends = following is None or (following.white == "kept" and following.text.startswith("\n"))
        if ends and piece.white == "folded" and piece.text.endswith(" "):
            pieces[at] = replace(piece, text=piece.text[:-1])
    return [piece for piece in pieces if piece.text or piece.note]
