"""The row of headings: which column of a sheet fills which field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bearwitness.documents.spreadsheet_cells import Cell, is_empty
from bearwitness.documents.spreadsheet_tables import Column, Table
from bearwitness.errors import TableError
from bearwitness.model.codec.format_error import nearest


@dataclass(frozen=True, slots=True, kw_only=True)
class Headings:
    """The columns of a sheet: position and what it fills, letters by key, and which positions have no heading."""

    columns: tuple[tuple[int, Column], ...]
    letters: Mapping[str, str]
    unnamed: tuple[int, ...]
    width: int

    def without_name(self, row: Sequence[Cell]) -> int | None:
        """The position of the first cell of a row that holds something below no heading."""
        for at in self.unnamed:
            if at < len(row) and not is_empty(row[at]):
                return at
        for at in range(self.width, len(row)):
            if not is_empty(row[at]):
                return at
        return None


def read_headings(table: Table, row: Sequence[Cell], *, where: str, number: int) -> Headings:
    """The headings in a row of a sheet; ``where`` is the sheet, ``number`` the row's, for messages.

    Raises
    ------
    TableError
        If a heading is unknown (the nearest known one is named) or stands twice, or a needed one is missing.
    """
    found: dict[str, int] = {}
    unnamed = []
    for at, cell in enumerate(row):
        if is_empty(cell):
            unnamed.append(at)
            continue
        place = f"{where}!{letter_of(at)}{number}"
        key = table.find_key(cell) if isinstance(cell, str) else None
        if key is None:
            raise _unknown(table, cell, place)
        if key in found:
            raise TableError(f"this is a second column for {key}.", hint="Take one out.", where=place)
        found[key] = at
    for column in table.columns:
        key = column.field.key
        if column.needed and key not in found:
            hint = f"Add a column headed {key}: {column.field.means}."
            raise TableError(f"the column {key} is missing.", hint=hint, where=f"{where}!{number}")
    return Headings(
        columns=tuple((found[c.field.key], c) for c in table.columns if c.field.key in found),
        letters={key: letter_of(at) for key, at in found.items()},
        unnamed=tuple(unnamed),
        width=len(row),
    )


def _unknown(table: Table, cell: Cell, place: str) -> TableError:
    """Without the heading itself: where there is none, the first row of a table holds what is recorded of somebody."""
    near = nearest(cell, _known(table)) if isinstance(cell, str) else ""
    keys = ", ".join(c.field.key for c in table.columns)
    hint = f"The nearest is {table.find_key(near)}." if near else f"The columns of {table.name} are {keys}."
    return TableError(f"the table {table.name} has no column of this name.", hint=hint, where=place)


def _known(table: Table) -> Iterable[str]:
    return {*(column.field.key for column in table.columns), *table.headings}


def letter_of(at: int) -> str:
    """What spreadsheet programs call the column at a position: A for 0, AA for 26."""
    letters = ""
    left = at + 1
    while left:
        left, digit = divmod(left - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return letters
