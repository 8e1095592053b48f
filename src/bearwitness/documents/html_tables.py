"""Reads a table of a page into rows of one width, as a browser would place its cells."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from bearwitness.documents.content import Paragraph, Picture, Table
from bearwitness.documents.html_findings import name_of
from bearwitness.documents.html_story import Context, Story
from bearwitness.documents.office_story import EMPTY_CELL, as_paragraphs
from bearwitness.errors import DocumentError

MOST_CELLS: Final = 100_000
_MOST_COLUMNS: Final = 1000
_GROUPS: Final = ("thead", "tbody", "tfoot")
Cell = tuple[Paragraph, ...]
Read = Callable[[Story, Any, Context], None]
Inner = Callable[[Story, Any, str, Mapping[str, str], Context], Context]


def read_table(story: Story, table: Any, context: Context, *, read_children: Read, inner: Inner) -> None:
    """Read a table; its caption stands before it, pictures in it after it.

    Parameters
    ----------
    story : Story
        The page.
    table : Element
        The table.
    context : Context
        What holds within it.
    read_children, inner : callable
        How the contents of an element are read, and what holds within one.

    Raises
    ------
    DocumentError
        If it has more than ``MOST_CELLS`` places.
    """
    def within(element: Any, around: Context) -> Context:
        return inner(story, element, name_of(element), story.styles.get(id(element), {}), around)

    story.say(table, context)
    for child in table:
        if name_of(child) == "caption":
            read_children(story, child, within(child, context))
            story.close()
    groups = [(child, within(child, context)) for child in table if name_of(child) in _GROUPS]
    heads = [group for group, _ in groups if name_of(group) == "thead"][:1]
    feet = [group for group, _ in groups if name_of(group) == "tfoot"][:1]
    order = sorted(groups, key=lambda g: -1 if g[0] in heads else 1 if g[0] in feet else 0)
    rows: list[list[Cell]] = []
    pictures: list[Picture] = []
    header_rows = 0
    for group, held in order:
        placed = _read_group(story, group, held, within, read_children, pictures)
        # Without a head, rows of headings at the top are one.
        if group in heads:
            header_rows = len(placed)
        elif not heads and header_rows == len(rows):
            names = [[name_of(c) for c in row if name_of(c) in ("td", "th")] for row in group if name_of(row) == "tr"]
            header_rows += next((at for at, row in enumerate(names) if not row or "td" in row), len(names))
        rows += placed
        if sum(map(len, rows)) > MOST_CELLS:
            raise _too_large()
    for child in table:
        if name_of(child) not in (*_GROUPS, "caption"):
            # Nothing else stays in a table once it is parsed, but for scripts and the like.
            read_children(story, child, within(child, context)) if name_of(child) else None
        story.say(child, context, behind=True)
    story.close()
    width = max(map(len, rows), default=0)
    if width * len(rows) > MOST_CELLS:
        raise _too_large()
    if width:
        squared = tuple((*row, *[EMPTY_CELL] * (width - len(row))) for row in rows)
        story.blocks.append(Table(rows=squared, header_rows=min(header_rows, len(squared))))
    story.blocks += pictures


def _read_group(
    story: Story, group: Any, context: Context, within: Callable[[Any, Context], Context], read_children: Read,
    pictures: list[Picture],
) -> list[list[Cell]]:  # fmt: skip
    """The rows of a head, body or foot; a cell that spans several places stands at the first."""
    trs = [child for child in group if name_of(child) == "tr"]
    story.say(group, context)
    rows: list[list[Cell]] = []
    places = 0
    # Of each column that a cell of an earlier row reaches down into, how many rows it still takes.
    reaching: dict[int, int] = {}
    for at, tr in enumerate(trs):
        held = within(tr, context)
        story.say(tr, held)
        row: dict[int, Cell] = dict.fromkeys((c for c, left in reaching.items() if left), EMPTY_CELL)
        begun: dict[int, int] = {}
        column = 0
        for cell, wide, high in _cells(tr, len(trs) - at):
            while column in row:
                column += 1
            with story.aside() as blocks:
                read_children(story, cell, within(cell, held))
            row[column] = as_paragraphs(blocks) or EMPTY_CELL
            pictures += [block for block in blocks if isinstance(block, Picture)]
            for place in range(column, column + wide):
                row.setdefault(place, EMPTY_CELL)
                begun[place] = high - 1
        places += len(row)
        if places > MOST_CELLS:
            raise _too_large()
        for child in tr:
            story.say(child, held, behind=True)
        reaching = {c: left - 1 for c, left in reaching.items() if left > 1} | {c: n for c, n in begun.items() if n}
        rows.append([row.get(c, EMPTY_CELL) for c in range(max(row, default=-1) + 1)])
    for child in group:
        story.say(child, context, behind=True)
    return rows


def _cells(tr: Any, rows_left: int) -> Iterator[tuple[Any, int, int]]:
    """The cells of a row, each with how many columns and rows it takes."""
    for cell in tr:
        if name_of(cell) in ("td", "th"):
            high = _span(cell, "rowspan", lowest=0)
            yield cell, min(_span(cell, "colspan"), _MOST_COLUMNS), min(high or rows_left, rows_left)


def _span(cell: Any, name: str, *, lowest: int = 1) -> int:
    value = (cell.get(name) or "").strip()
    return max(int(value[:6]), lowest) if value.isascii() and value.isdecimal() else 1


def _too_large() -> DocumentError:
    return DocumentError("a table of the page has too many cells.", hint="Give the table in parts.")

