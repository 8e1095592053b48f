"""The table of a frame of rows, column by column as codes: only what its description lists is ever taken.

A cell says one of the listed values, word for word; days are written as the first day of their bin, so that a table
with exact days of real people is refused and not rounded in silence. Rows are numbered as a spreadsheet shows them,
the headings being row 1.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np
import numpy.typing as npt

from bearwitness.documents.dataset_reading import headings, scan_table, unreadable
from bearwitness.documents.spreadsheet_lists import split_texts
from bearwitness.errors import TableError
from bearwitness.model.codec.format_error import FileFormatError
from bearwitness.model.frame_rows import FrameColumn, FrameRows, row_kind

if TYPE_CHECKING:
    import polars as pl

CodeArray: TypeAlias = npt.NDArray[np.unsignedinteger]
# Cells that list things; more different ones than this are as good as an identifier.
_MOST_LISTS: Final = 2**16
_FIRST_ROW: Final = 2


def read_rows(path: Path, described: FrameRows) -> dict[str, CodeArray]:
    """The codes of every described column.

    Parameters
    ----------
    path : Path
        CSV, plain or gzip, or Parquet, with exactly the described columns.
    described : FrameRows
        Its description.

    Returns
    -------
    dict of attribute to unsigned integer array
        The place of each row's value in the list of values (of its bin among the bins), shape (rows,); of what a
        household can have several of 0 and 1, shape (values, rows).

    Raises
    ------
    TableError
        If the file cannot be read, has other columns, or a cell says something else: names row and column.
    """
    known = headings(path)
    wanted = [c.attribute for c in described.columns]
    missing = [name for name in wanted if name not in known]
    if missing:
        raise TableError(
            f"there is no column {missing[0]}.", hint="Its heading is the attribute's name.", where=str(path)
        )
    if len(known) > len(wanted):
        raise TableError(
            f"{len(known) - len(wanted)} columns of the table are not described.",
            hint="Describe them, or take them out of the table.", where=str(path),
        )  # fmt: skip
    return {c.attribute: _lists(path, c) if row_kind(c.attribute) == "existence" else _codes(path, c)
            for c in described.columns}  # fmt: skip


def _codes(path: Path, column: FrameColumn) -> CodeArray:
    labels = column.labels or tuple(day.isoformat() for day in column.edges[:-1])
    found = _placed(path, column.attribute, labels)
    if found.null_count():
        raise _unlisted(path, column, int(found.is_null().arg_max() or 0))
    return _as_codes(found)


def _lists(path: Path, column: FrameColumn) -> CodeArray:
    """Of a column whose cells list things: for every thing whether a row has it."""
    import polars as pl

    try:
        cells = _cells(path, column.attribute).unique().collect(engine="streaming")[column.attribute].to_list()
    except (pl.exceptions.PolarsError, OSError) as error:
        raise unreadable(path, error) from None
    if len(cells) > _MOST_LISTS:
        raise TableError(
            f"column {column.attribute} tells its rows apart, as an identifier does.",
            hint="Describe and keep fewer of its values.", where=str(path),
        )  # fmt: skip
    cells.sort()
    codes = _as_codes(_placed(path, column.attribute, cells))
    held = np.zeros((len(column.labels), len(cells)), dtype=np.uint8)
    wrong = []
    for at, cell in enumerate(cells):
        try:
            places = [column.labels.index(label) for label in split_texts(cell)]
        except (ValueError, FileFormatError):
            wrong.append(at)
        else:
            held[places, at] = 1
    if wrong:
        raise _unlisted(path, column, int(np.flatnonzero(np.isin(codes, wrong))[0]))
    return held[:, codes]


def _cells(path: Path, attribute: str) -> pl.LazyFrame:
    import polars as pl

    return scan_table(path).select(pl.col(attribute).cast(pl.String).fill_null(""))


def _placed(path: Path, attribute: str, labels: tuple[str, ...] | list[str]) -> pl.Series:
    """The place of every cell in a list of texts; nothing where it is none of them."""
    import polars as pl

    place = pl.col(attribute).cast(pl.Enum(labels), strict=False).to_physical()
    try:
        return _cells(path, attribute).select(place).collect(engine="streaming")[attribute]
    except (pl.exceptions.PolarsError, OSError) as error:
        raise unreadable(path, error) from None


def _as_codes(places: pl.Series) -> CodeArray:
    codes: CodeArray = places.to_numpy()
    return codes


def _unlisted(path: Path, column: FrameColumn, at: int) -> TableError:
    days = row_kind(column.attribute) == "days"
    return TableError(
        f"row {at + _FIRST_ROW} of column {column.attribute} says what its description does not list.",
        hint="Write the first day of the bin it belongs to." if days else "Write one of the values, or list it.",
        where=str(path),
    )  # fmt: skip
