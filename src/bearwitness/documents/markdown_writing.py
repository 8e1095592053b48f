"""Writes a document as Markdown that any program reads as the same page."""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final

from bearwitness.documents.content import Block, Document, Note, Paragraph, Picture, Run, Table
from bearwitness.documents.markdown_escaping import Place, escape, write_runs
from bearwitness.documents.office_text import picture_kind, writable
from bearwitness.documents.widthless import drop_widthless

_DEEPEST_LEVEL: Final = 20
_BACKTICKS: Final = re.compile("`+")


def write_markdown(document: Document) -> bytes:
    """The text of a document in Markdown: CommonMark, with tables and footnotes as they are usual.

    ``read_markdown`` gives the document back. What Markdown cannot say is said otherwise, and no word is left out: a
    caption becomes a paragraph; headers and footers stand as paragraphs at the end; a table has exactly one row of
    headings, rows of one length, and in a cell one paragraph with line breaks for several; words in code have no look;
    a footnote that no word names, or only one in code, is named by a last paragraph. A list goes down to level 20. Of
    links only those to pages and mail stay. Empty paragraphs go, control characters and characters without width too.
    Notes are numbered anew.

    Parameters
    ----------
    document : Document
        Its pictures, in the text as they are, have to be PNG or JPEG: give rebuilt ones.

    Returns
    -------
    bytes
        UTF-8; the same for the same document.

    Raises
    ------
    ValueError
        If a picture is of another kind.
    """
    writer = _Writer(notes={note.id: note for note in document.notes})
    parts = _blocks(writer, (*document.blocks, *(_as_paragraph(p) for p in document.margins)))
    written: list[str] = []
    # Notes may name further notes; those that nothing names are named at the end of the page.
    while len(written) < len(writer.notes):
        if len(written) == len(writer.numbers):
            rest = [id_ for id_ in writer.notes if id_ not in writer.numbers]
            parts.append(write_runs([Run(text="", note=id_) for id_ in rest], "lines", writer.number))
        id_ = list(writer.numbers)[len(written)]
        written.append(_note(writer, writer.notes[id_]))
    text = "\n\n".join([*parts, *written])
    return f"{text}\n".encode()


@dataclass(slots=True, kw_only=True)
class _Writer:
    """The notes of a document, and the numbers of those that were named."""

    notes: dict[str, Note]
    numbers: dict[str, int] = field(default_factory=dict)

    def number(self, note: str) -> str:
        """The number of a note; empty where there is no such note."""
        return str(self.numbers.setdefault(note, len(self.numbers) + 1)) if note in self.notes else ""


@dataclass(slots=True, kw_only=True)
class _List:
    """A list that is open: the number of its last item, and where the words of that begin."""

    ordered: bool
    number: int = 0
    column: int = 0


def _as_paragraph(paragraph: Paragraph) -> Paragraph:
    return Paragraph(runs=paragraph.runs)


def _blocks(writer: _Writer, blocks: Sequence[Block]) -> list[str]:
    """Each block as lines without a last line break; a list is one."""

    def is_item(block: Block) -> bool:
        return isinstance(block, Paragraph) and block.kind == "list_item"

    found: list[str] = []
    for in_list, together in groupby(blocks, is_item):
        if in_list:
            found.append(_list(writer, [b for b in together if isinstance(b, Paragraph)]))
            continue
        for block in together:
            if isinstance(block, Paragraph):
                found.append(_paragraph(writer, block))
            elif isinstance(block, Table):
                found.append(_table(writer, block))
            else:
                found.append(_picture(block))
    return [part for part in found if part]


def _paragraph(writer: _Writer, paragraph: Paragraph) -> str:
    if paragraph.kind == "code":
        return _code(paragraph)
    if paragraph.kind == "heading":
        level = min(max(paragraph.level, 1), 6)
        return f"{'#' * level} {_runs(writer, paragraph, 'heading')}".rstrip(" ")
    text = _runs(writer, paragraph, "lines")
    return text.replace("\n", "\n> ").join(("> ", "")) if text and paragraph.kind == "quote" else text


def _runs(writer: _Writer, paragraph: Paragraph, place: Place) -> str:
    return write_runs(paragraph.runs, place, writer.number)


def _code(paragraph: Paragraph) -> str:
    text = drop_widthless(writable(paragraph.text))
    if not text:
        return ""
    fence = "`" * max(3, 1 + max((len(m.group()) for m in _BACKTICKS.finditer(text)), default=0))
    return f"{fence}\n{text}\n{fence}"


def _list(writer: _Writer, items: Sequence[Paragraph]) -> str:
    lines: list[str] = []
    lists: list[_List] = []
    has_words = False
    for item in items:
        level = min(max(item.level, 0), _DEEPEST_LEVEL)
        del lists[level + 1 :]
        if len(lists) == level + 1 and lists[level].ordered != item.ordered:
            del lists[level:]
        begin = marks = lists[min(level, len(lists)) - 1].column if level and lists else 0
        line = " " * begin
        # Items that have no words of their own lead down to a deeper level.
        for depth in range(min(level, len(lists)), level + 1):
            if depth == len(lists):
                lists.append(_List(ordered=item.ordered and depth == level))
            lists[depth].number += 1
            # A row of one sign would be a line across the page.
            mark = f"{lists[depth].number}. " if lists[depth].ordered else "-+"[depth % 2] + " "
            marks += len(mark)
            lists[depth].column = marks
            line += mark
        text = _runs(writer, item, "lines").replace("\n", "\n" + " " * marks)
        # Below words, the mark alone would be a line under a heading.
        lines += [""] if lines and has_words and not text else []
        lines.append((line + text).rstrip(" "))
        has_words = bool(text)
    return "\n".join(lines)


def _table(writer: _Writer, table: Table) -> str:
    width = max((len(row) for row in table.rows), default=0)
    if not width:
        return ""
    rows = [[_cell(writer, cell) for cell in row] + [""] * (width - len(row)) for row in table.rows]
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([lines[0], f"|{' --- |' * width}", *lines[1:]])


def _cell(writer: _Writer, cell: Sequence[Paragraph]) -> str:
    return "<br>".join(_runs(writer, paragraph, "cell") for paragraph in cell)


def _picture(picture: Picture) -> str:
    content = base64.b64encode(picture.content).decode("ascii")
    return f"![{escape(picture.alternative, 'heading')}](data:image/{picture_kind(picture.content)};base64,{content})"


def _note(writer: _Writer, note: Note) -> str:
    parts = _blocks(writer, note.paragraphs)
    is_plain = bool(note.paragraphs) and note.paragraphs[0].kind in ("paragraph", "caption") and bool(parts)
    # A list or a code begins on a line of its own.
    text = "\n\n".join(parts) if is_plain else "\n" + "\n\n".join(parts)
    indented = "\n".join(" " * 4 + line if line else "" for line in text.split("\n"))
    return f"[^{writer.number(note.id)}]:{indented[3:] if is_plain else indented}".rstrip()
