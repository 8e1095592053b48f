"""A case as a spreadsheet: a workbook of all its tables, or one table as CSV. Nothing in it is ever run."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, Final

from bearwitness.documents.files import write_atomically, write_through
from bearwitness.documents.spreadsheet_csv import write_rows
from bearwitness.documents.spreadsheet_tables import TABLES, Table, find_table
from bearwitness.errors import OutputError
from bearwitness.model.records import Case

# What a sheet and a cell of Excel can hold; a character outside of the first plane counts twice.
MOST_ROWS: Final = 1_048_575
MOST_CELL_UNITS: Final = 32_767

_WIDTH: Final = 18
# The same whenever it is written, so that a file does not tell when that was.
_CREATED: Final = datetime(2000, 1, 1)
_NO_TEXT: Final = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff]")
# Characters that XML lacks, and what Excel's own way of writing them makes of a text that looks like it.
_NOT_IN_WORKBOOK: Final = re.compile("[\ufffe\uffff]|_x[0-9A-Fa-f]{4}_x[0-9A-Fa-f]{4}_")

Row = list[str | bool | int]


def write_workbook(
    case: Case, path: str | Path, *, forbidden: Sequence[str | Path] = (), replace: bool = False
) -> None:
    """Write a case as an Excel workbook, one sheet a table, each with its headings even where it has no rows.

    Everything but flags and numbers of hops is text in cells of the format Text, so that a spreadsheet program
    neither computes it nor takes it for a date. A case's id and its claims are in no table. The same case gives the
    same bytes, and nothing in them tells who wrote it, or when.

    Parameters
    ----------
    case : Case
        What is written.
    path, forbidden, replace
        As in :func:`bearwitness.documents.files.write_atomically`; only the owner can read the file.

    Raises
    ------
    OutputError
        If the file must not or cannot be written, or a value is larger than what a cell or a sheet can hold.
    """
    where = os.fspath(path)
    tables = [(table, _rows(table, case)) for table in TABLES.values()]
    for table, rows in tables:
        _check_sizes(table, rows, where)

    def write(file: BinaryIO) -> None:
        # The rows wait in plain text until the sheet is closed: beside the target, not in a folder of the system.
        with tempfile.TemporaryDirectory(prefix=".bearwitness-", dir=os.path.dirname(where) or ".") as folder:
            _fill(file, tables, folder)

    write_through(path, write, forbidden=forbidden, replace=replace)


def _fill(file: BinaryIO, tables: Sequence[tuple[Table, list[Row]]], folder: str) -> None:
    import xlsxwriter  # type: ignore[import-untyped]

    workbook = xlsxwriter.Workbook(file, {"constant_memory": True, "tmpdir": folder})
    workbook.set_properties({"created": _CREATED})
    as_text = workbook.add_format({"num_format": "@", "valign": "top"})
    heading = workbook.add_format({"num_format": "@", "bold": True})
    for table, rows in tables:
        sheet = workbook.add_worksheet(table.name)
        sheet.set_column(0, len(table.columns) - 1, _WIDTH, as_text)
        sheet.freeze_panes(1, 0)
        for at, column in enumerate(table.columns):
            sheet.write_string(0, at, column.field.key, heading)
        for number, row in enumerate(rows, 1):
            for at, cell in enumerate(row):
                if isinstance(cell, bool):
                    sheet.write_boolean(number, at, cell)
                elif isinstance(cell, int):
                    sheet.write_number(number, at, cell)
                elif cell:
                    sheet.write_string(number, at, cell, as_text)
    workbook.close()


def write_csv(
    case: Case, table: str, path: str | Path, *, forbidden: Sequence[str | Path] = (), replace: bool = False
) -> None:
    """Write one table of a case as CSV, in UTF-8 with its mark, with an apostrophe before what could be run.

    Parameters
    ----------
    case : Case
        What is written.
    table : str
        Which of its tables: places, households, persons, acts, testimonies, chain or consents.
    path, forbidden, replace
        As in :func:`bearwitness.documents.files.write_atomically`; only the owner can read the file.

    Raises
    ------
    OutputError
        If the file must not or cannot be written, or a text holds what no file of text can.
    ValueError
        If there is no such table.
    """
    found = find_table(table)
    if found is None:
        raise ValueError(f"no table is called {table}")
    rows = _rows(found, case)
    for row in rows:
        for at, cell in enumerate(row):
            if isinstance(cell, str) and _NO_TEXT.search(cell):
                raise _unwritable(found, row, at, os.fspath(path), "a control character", "Take it out.")
    heading: Row = [column.field.key for column in found.columns]
    write_atomically(path, write_rows([heading, *rows]), forbidden=forbidden, replace=replace)


def _rows(table: Table, case: Case) -> list[Row]:
    return [list(_cells(table, value)) for value in table.values_of(case)]


def _cells(table: Table, value: Any) -> Iterator[str | bool | int]:
    for column in table.columns:
        held = column.field.value_in(value)
        is_told = column.field.required or held != column.field.default
        yield column.form.write(column.field.kind.write(held)) if is_told else ""


def _check_sizes(table: Table, rows: list[Row], where: str) -> None:
    if len(rows) > MOST_ROWS:
        raise OutputError(f"the table {table.name} has more rows than a sheet.", hint="Write it as CSV.", where=where)
    for row in rows:
        for at, cell in enumerate(row):
            if not isinstance(cell, str):
                continue
            if _NO_TEXT.search(cell):
                raise _unwritable(table, row, at, where, "a control character", "Take it out.")
            if _NOT_IN_WORKBOOK.search(cell):
                raise _unwritable(table, row, at, where, "characters that a workbook cannot keep", "Write it as CSV.")
            if len(cell) > MOST_CELL_UNITS // 2 and len(cell.encode("utf-16-le")) > 2 * MOST_CELL_UNITS:
                raise _unwritable(table, row, at, where, f"more than {MOST_CELL_UNITS} characters", "Write it as CSV.")


def _unwritable(table: Table, row: Row, at: int, where: str, what: str, hint: str) -> OutputError:
    key = table.columns[at].field.key
    name = f" of {row[0]}" if table.name != "places" and key != "id" else ""
    return OutputError(f"the column {key}{name} in the table {table.name} holds {what}.", hint=hint, where=where)
