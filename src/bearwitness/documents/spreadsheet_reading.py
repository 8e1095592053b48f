"""Spreadsheets to values of the record: CSV or Excel in, the tables of a case out, or a refusal that names the cell."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from bearwitness.documents.files import decode_text, read_bytes
from bearwitness.documents.spreadsheet_cells import Cell, is_empty
from bearwitness.documents.spreadsheet_chains import with_chains
from bearwitness.documents.spreadsheet_csv import read_rows
from bearwitness.documents.spreadsheet_headings import Headings, letter_of, read_headings
from bearwitness.documents.spreadsheet_origins import Origin, Tables, check_ids
from bearwitness.documents.spreadsheet_tables import TABLES, Column, Table, find_table
from bearwitness.documents.spreadsheet_workbook import Sheet, is_binary, open_workbook
from bearwitness.errors import TableError
from bearwitness.model.codec.context import Context
from bearwitness.model.codec.format_error import FileFormatError, nearest
from bearwitness.model.codec.yaml_reading import Plain
from bearwitness.model.records import Household

MOST_FILE_BYTES: Final = 200_000_000
# So many rows lie between two reports of progress.
STEP: Final = 1000

Progress = Callable[[int, int | None], None]


def read_tables(
    path: str | Path,
    *,
    context: Context,
    table: str | None = None,
    known_households: Collection[str] = (),
    progress: Progress | None = None,
) -> Tables:
    """The tables of a case that a spreadsheet holds.

    Parameters
    ----------
    path : str or Path
        An Excel workbook (XLSX), each sheet named after its table, or a CSV file of one table: UTF-8 or, with its
        mark, UTF-16; separated by commas, semicolons or tabs. Told apart by what is in it, not by its name.
    context : Context
        Places and terms it may name. Places and persons that are read are added to it, so that one context serves
        the files of one case, in the order places, households, persons, acts, testimonies, chain, consents.
    table : str, optional
        Which table a CSV file is, or which one of a workbook to read; a CSV file's own name says it otherwise.
    known_households : collection of str
        Ids of households that are on record already. One that a person or an act names, and that is neither known
        nor listed, is made.
    progress : callable, optional
        Called now and then with the rows read and the rows there are.

    Returns
    -------
    Tables
        An act without an id is called after its row (``row-7``). References to persons, acts and testimonies are not
        checked but for chains: they may be on record already. ``Tables.place_of`` tells where a value stood.

    Raises
    ------
    TableError
        With file, sheet, column and row, never what is in the cell.
    """
    where = os.fspath(path)
    wanted = _table_called(table)
    content = read_bytes(path, kind=TableError, most_bytes=MOST_FILE_BYTES)
    if is_binary(content):
        sheets = open_workbook(content, where=where, table=wanted)
    else:
        sheets = [_read_csv(content, where, wanted or _table_of_file(where))]
    del content
    order = list(TABLES)
    sheets.sort(key=lambda sheet: order.index(sheet.table.name))
    total, before = sum(sheet.height for sheet in sheets), 0
    read = {}
    for sheet in sheets:
        read[sheet.table.name] = _read_sheet(sheet, _told(sheet, before, total, progress), context)
        before += sheet.height
    if progress is not None and total % STEP:
        progress(total, total)
    return _put_together(read, known_households)


def _table_called(table: str | None) -> Table | None:
    if table is None:
        return None
    found = find_table(table)
    if found is None:
        near = nearest(table, TABLES)
        raise TableError("there is no such table.", hint=f"The tables are {', '.join(TABLES)}." if not near else
                         f"The nearest is {near}.")  # fmt: skip
    return found


def _table_of_file(where: str) -> Table:
    found = find_table(Path(where).stem)
    if found is None:
        raise TableError(
            "the name of the file does not tell which table it is.",
            hint=f"Say which, or call the file acts.csv; the tables are {', '.join(TABLES)}.",
            where=where,
        )
    return found


def _read_csv(content: bytes, where: str, table: Table) -> Sheet:
    text = decode_text(content, where=where, kind=TableError)
    rows = read_rows(text, where=where, knows=lambda cell: table.find_key(cell) is not None)
    return Sheet(table=table, where=where, rows=rows, height=len(rows))


def _told(sheet: Sheet, before: int, total: int, progress: Progress | None) -> Iterator[Sequence[Cell]]:
    """The rows of a sheet, told to ``progress`` now and then; ``before`` rows were read of other sheets."""
    if progress is None:
        yield from sheet.rows
        return
    for done, row in enumerate(sheet.rows, before + 1):
        if done % STEP == 0:
            progress(done, total)
        yield row


def _read_sheet(sheet: Sheet, rows: Iterable[Sequence[Cell]], context: Context) -> tuple[list[Any], Origin]:
    headings: Headings | None = None
    values: list[Any] = []
    numbers: list[int] = []
    for number, row in enumerate(rows, 1):
        if all(is_empty(cell) for cell in row):
            continue
        if headings is None:
            headings = read_headings(sheet.table, row, where=sheet.where, number=number)
            continue
        values.append(_read_row(sheet, headings, row, number, context))
        numbers.append(number)
    if headings is None:
        raise TableError("the sheet is empty.", hint="Write the names of the columns into its first row.",
                         where=sheet.where)  # fmt: skip
    return values, Origin(where=sheet.where, rows=tuple(numbers), columns=headings.letters)


def _read_row(sheet: Sheet, headings: Headings, row: Sequence[Cell], number: int, context: Context) -> Any:
    nameless = headings.without_name(row)
    if nameless is not None:
        raise TableError("this column has no name.", hint="Write its name into the first row, or empty it.",
                         where=f"{sheet.where}!{letter_of(nameless)}{number}")  # fmt: skip
    raw: dict[str, Any] = {}
    reading: Column | None = None
    try:
        for at, column in headings.columns:
            reading = column
            cell = row[at] if at < len(row) else None
            if not is_empty(cell):
                raw[column.field.key] = column.form.read(cell, context)
            elif column.needed:
                raw[column.field.key] = _blank(column)
        reading = None
        if sheet.table.name == "acts":
            raw.setdefault("id", f"row-{number}")
        return sheet.table.record.read(raw, context)
    except FileFormatError as problem:
        key = reading.field.key if reading else problem.path[0] if problem.path else ""
        hint = problem.hint
        if len(problem.path) > 1:
            hint = f"{hint} Put a semicolon between several.".lstrip()
        place = f"{sheet.where}!{headings.letters.get(str(key), '')}{number}"
        raise TableError(problem.message, hint=hint, where=place) from None


def _blank(column: Column) -> Plain:
    if column.blank is None:
        raise FileFormatError("this cell is empty.", f"Write {column.field.means}.")
    return column.blank


def _put_together(read: dict[str, tuple[list[Any], Origin]], known_households: Collection[str]) -> Tables:
    values = {name: tuple(found) for name, (found, _) in read.items() if name != "chain"}
    found = Tables(**values, origins={name: (origin,) for name, (_, origin) in read.items()})
    for name in values.keys() - {"places"}:
        check_ids(name, found)
    listed = {h.id for h in found.households} | set(known_households)
    named = dict.fromkeys([*(p.household for p in found.persons), *(a.household for a in found.acts)])
    made = tuple(Household(id=name) for name in named if name is not None and name not in listed)
    found = replace(found, households=(*found.households, *made))
    return with_chains(found, *read["chain"]) if "chain" in read else found
