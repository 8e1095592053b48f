"""Tables of counts as CSV: a row for each cell, a column for each dimension, and one for the count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from bearwitness.documents.spreadsheet_csv import read_rows, write_rows
from bearwitness.errors import TableError
from bearwitness.model.codec.context import Context
from bearwitness.model.codec.count_tables import MOST_COUNT, read_categories
from bearwitness.model.codec.format_error import FileFormatError
from bearwitness.model.counts import CUT_BY, EVERYTHING, UNKNOWN, CountCell, CountTable, Unit

HIDDEN: Final = "x"
_DIMENSIONS: Final = {
    "place": "home", "month": "act_date", "date": "act_date", "year": "act_date",
    "지역": "home", "곳": "home", "월": "act_date", "날짜": "act_date", "연도": "act_date", "행위": "act",
} | {a: a for a in CUT_BY}  # fmt: skip
_UNITS: Final[Mapping[str, Unit]] = {
    "households": "households", "acts": "acts", "가구 수": "households", "건수": "acts",
}  # fmt: skip
_ID: Final = "cell"
_SAME: Final = {"total": EVERYTHING, "all": EVERYTHING, "합계": EVERYTHING, "unknown": UNKNOWN, "모름": UNKNOWN}


@dataclass(frozen=True, slots=True, kw_only=True)
class CountSheet:
    """A table with the rows of its file, in which the figures can be replaced."""

    table: CountTable
    rows: tuple[tuple[str, ...], ...]
    count_column: int

    def written(self, figures: Mapping[str, int | None]) -> str:
        """The file again with other figures by cell; None where a cell is hidden."""
        head, *body = self.rows
        out: list[Sequence[str | bool | int]] = [head]
        for row, cell in zip(body, self.table.cells, strict=True):
            figure = figures[cell.id]
            new: list[str | bool | int] = list(row)
            new[self.count_column] = HIDDEN if figure is None else figure
            out.append(new)
        return write_rows(out)


def read_count_sheet(text: str, *, where: str, context: Context, as_of: date | None = None) -> CountSheet:
    """A table of counts from the text of its file.

    Parameters
    ----------
    text : str
        The first row names the dimensions (``place``, ``month``, ``act`` or any attribute a table may be cut by) and
        the count (``households`` or ``acts``); a column ``cell`` gives ids, which are the rows' numbers otherwise.
        ``*`` or ``total`` is everything, ``-`` or ``unknown`` what is not known; several values are joined by ``|``.
    where : str
        What messages call the file.
    context : Context
        Places and terms.
    as_of : date, optional
        The day up to which it counts what was recorded.

    Raises
    ------
    TableError
        With file and line, never with a value.
    """
    known = frozenset(_DIMENSIONS) | frozenset(_UNITS) | {_ID}
    rows = read_rows(text, where=where, knows=lambda cell: cell.strip().casefold() in known)
    filled = [(n, [c.strip() for c in row]) for n, row in enumerate(rows, 1) if any(c.strip() for c in row)]
    if len(filled) < 2:
        raise TableError("the table has no cells.", hint="Give a row of headings and a row for each cell.", where=where)
    line, head = filled[0]
    columns, count, ids = _columns([h.casefold() for h in head], f"{where}:{line}")
    cells = []
    for number, row in filled[1:]:
        at = f"{where}:{number}"
        if len(row) != len(head):
            raise TableError(f"the row has {len(row)} columns, and the first {len(head)}.",
                             hint="Give every row a value in each column.", where=at)  # fmt: skip
        if any(not row[c] for c in columns):
            raise TableError("a category is empty.", hint="Write * for everything, - for what is not known.", where=at)
        name = row[ids] if ids is not None else f"row-{number}"
        said = tuple(_SAME.get(row[c].casefold(), row[c]) for c in columns)
        cells.append(CountCell(id=_id_of(name, at), at=said, count=_count_of(row[count], at)))
    twice = {c.id for c in cells if sum(o.id == c.id for o in cells) > 1} if ids is not None else set()
    if twice:
        raise TableError(f"the cell id {min(twice)} stands twice.", hint="Rename one.", where=where)
    dimensions = tuple(columns.values())
    try:
        values = read_categories(dimensions, cells, context)
    except FileFormatError as problem:
        found = problem.path[0] if problem.path else 0
        at = f"{where}:{filled[1 + found][0]}" if isinstance(found, int) else where
        raise TableError(problem.message, hint=problem.hint, where=at) from None
    table = CountTable(
        unit=_UNITS[head[count].casefold()], dimensions=dimensions, cells=tuple(cells), values=values, as_of=as_of
    )
    return CountSheet(table=table, rows=tuple(tuple(row) for _, row in filled), count_column=count)


def _columns(head: Sequence[str], where: str) -> tuple[dict[int, str], int, int | None]:
    """Which columns are dimensions, and which are the count and the ids."""
    unknown = [n for n, h in enumerate(head, 1) if h not in _DIMENSIONS and h not in _UNITS and h != _ID]
    if unknown:
        raise TableError(
            f"column {unknown[0]} is no dimension and no count.",
            hint=f"Name it place, month, act or another of {', '.join(CUT_BY)}; the count is households or acts.",
            where=where,
        )
    columns = {n: _DIMENSIONS[h] for n, h in enumerate(head) if h in _DIMENSIONS}
    counts = [n for n, h in enumerate(head) if h in _UNITS]
    ids = [n for n, h in enumerate(head) if h == _ID]
    if len(counts) != 1 or len(ids) > 1 or not columns or len(set(columns.values())) != len(columns):
        raise TableError(
            "the headings do not make one table.",
            hint="Give every dimension once, and one column of counts: households or acts.", where=where,
        )  # fmt: skip
    return columns, counts[0], ids[0] if ids else None


def _id_of(name: str, where: str) -> str:
    if not 1 <= len(name) <= 64 or not set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-"):
        raise TableError("this is not an id.", hint="Use 1 to 64 lower-case letters a-z, digits and hyphens.",
                         where=where)  # fmt: skip
    return name


def _count_of(written: str, where: str) -> int:
    if not (written.isascii() and written.isdigit()) or len(written) > 10 or int(written) > MOST_COUNT:
        raise TableError("the count is not a whole number.", hint="Write the true count in figures, 0 for none.",
                         where=where)  # fmt: skip
    return int(written)
