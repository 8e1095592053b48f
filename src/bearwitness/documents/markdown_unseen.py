"""What a Markdown text holds and its page does not show: its head, characters without width, and whatever is left."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from typing import Final

from bearwitness.documents.content import Hidden

_HEAD: Final = re.compile(r"(---|\+\+\+)[ \t]*\n((?:[^\n]*\n)*?)(?:\1|\.\.\.)[ \t]*(?:\n|\Z)")
_HEAD_LINE: Final = re.compile(r"[^\s:=#-][^:=]*[:=](?:\s|$)|-\s|#|\s|\[|$")
# A reference to a character by its name, or a word: whatever is no sign of ASCII's and no space.
_PIECE: Final = re.compile(r"&#?\w{1,32};|[^\s!-/:-@\[-`{-~]+")
# Beside one of these a word may go on, on the page, with what stands beyond the sign.
_SIGNS_BEFORE: Final = frozenset("*_~`[]\\&;<>|)")
_SIGNS_AFTER: Final = ("*", "_", "~", "`", "[", "]", "\\", "&", ";", "<", ">", "|", "![")


def split_head(text: str) -> tuple[str, str]:
    """The block of properties at the very beginning of a text, and the rest; an empty head where there is none.

    It is one between two lines ``---`` or ``+++`` in which every line is a key with a value, an entry, or indented.
    """
    found = _HEAD.match(text)
    if found is None or not found[2].strip() or not all(_HEAD_LINE.match(line) for line in found[2].split("\n")):
        return "", text
    return found[0], text[found.end() :]


def find_left(lines: Sequence[str], told: str, excused: dict[int, set[str]]) -> Iterator[Hidden]:
    """Whatever of a text nobody told: the last net, for what its parser passes over.

    Parameters
    ----------
    lines : sequence of str
        The text.
    told : str
        Everything that is on the page or among what is hidden.
    excused : dict of int to set of str
        Words of a line (from 1) that say nothing: the number of a list's item, of a footnote.

    Yields
    ------
    Hidden
        A line and the words of it that are nowhere else.
    """
    words = {m.group() for m in _PIECE.finditer(told)}
    for number, line in enumerate(lines, 1):
        lost = [
            m.group()
            for m in _PIECE.finditer(line)
            if m.group() not in words
            and m.group() not in excused.get(number, ())
            and not (_is_inside(line, m) and _stands_in(m.group(), told))
        ]
        if lost:
            yield Hidden(kind="unread_part", where=f"line {number}", text=" ".join(lost))


def _is_inside(line: str, piece: re.Match[str]) -> bool:
    return (
        piece.group().startswith("&")
        or (piece.start() > 0 and line[piece.start() - 1] in _SIGNS_BEFORE)
        or line.startswith(_SIGNS_AFTER, piece.end())
    )


def _stands_in(piece: str, told: str) -> bool:
    if piece in told:
        return True
    character = html.unescape(piece)
    return piece.startswith("&") and character != piece and (character.isspace() or character in told)
