"""Excel workbooks to rows of cells: each sheet as its users see it, merged cells filled, nothing passed over."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from bearwitness.documents.binary_forms import HEAD_BYTES, name_binary
from bearwitness.documents.spreadsheet_archive import Flaw, check_archive, named_parts
from bearwitness.documents.spreadsheet_cells import Cell
from bearwitness.documents.spreadsheet_tables import TABLES, Table, find_table
from bearwitness.errors import TableError

_SAVE: Final = "Open it in the program that wrote it and save it as an Excel workbook (XLSX) or as CSV in UTF-8."
_OLD: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")

Merged = Sequence[tuple[tuple[int, int], tuple[int, int]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The rows of one table; ``where`` is what messages call the sheet, ``height`` the number of rows."""

    table: Table
    where: str
    rows: Iterable[Sequence[Cell]]
    height: int


def is_binary(content: bytes) -> bool:
    """Whether a file is something else than text: a workbook, or what cannot be read here."""
    return bool(name_binary(content[:HEAD_BYTES]))


def open_workbook(content: bytes, *, where: str, table: Table | None) -> list[Sheet]:
    """The sheets of a workbook that hold tables, in its order; all its sheets must, but empty ones.

    Parameters
    ----------
    content : bytes
        The file.
    where : str
        What messages call it.
    table : Table, optional
        The one table wanted: only the sheet named after it is read, or the only sheet, whatever it is called.

    Raises
    ------
    TableError
        If the file is no Excel workbook, is damaged, encrypted or too large unpacked, or if a sheet has a name that
        is no table's, a cell that shows an error, a formula that was never computed or a cell far away.
    """
    _check_kind(content, where)
    flaws = check_archive(content, where=where)
    workbook = _opened(content, where)
    names = tuple(workbook.sheet_names)
    if len(names) != len(flaws):
        raise _unreadable(where)
    sheets: list[Sheet] = []
    for at, called in enumerate(names):
        meant = find_table(called)
        # The name of a sheet may say something of somebody; that of a table does not.
        place = f"{where}:{called if meant else f'sheet {at + 1}'}"
        if table is not None and len(names) == 1:
            meant = table
        if table is not None and meant is not table:
            continue
        found = _load(workbook, at, flaws[at], place)
        if found is None:
            continue
        if meant is None:
            raise _unknown(place)
        if any(sheet.table is meant for sheet in sheets):
            raise TableError(f"two sheets are the table {meant.name}.", hint="Put their rows into one.", where=place)
        rows, height = found
        sheets.append(Sheet(table=meant, where=place, rows=rows, height=height))
    if not sheets:
        what = f"no sheet called {table.name} with anything in it" if table else "nothing in any sheet"
        raise TableError(f"the workbook has {what}.", hint="Give a workbook with rows in it.", where=where)
    return sheets


def _check_kind(content: bytes, where: str) -> None:
    if content.startswith(_OLD) and _ENCRYPTED in content:
        raise TableError(
            "the workbook is locked with a password.",
            hint="Open it in a spreadsheet program and save it without a password; protect the file otherwise.",
            where=where,
        )
    parts = named_parts(content)
    if "xl/workbook.xml" in parts:
        return
    what = "a binary Excel workbook (XLSB)" if "xl/workbook.bin" in parts else name_binary(content[:HEAD_BYTES])
    if what.startswith("an Excel"):
        raise _unreadable(where)
    raise TableError(f"this is {what}, not an Excel workbook (XLSX) or CSV.", hint=_SAVE, where=where)


def _unreadable(where: str) -> TableError:
    return TableError("the workbook is damaged, or is none.", hint=_SAVE, where=where)


def _unknown(place: str) -> TableError:
    return TableError(
        "the name of this sheet is not that of a table.",
        hint=f"Call it one of {', '.join(TABLES)}, or name the one table to read.",
        where=place,
    )


def _opened(content: bytes, where: str) -> Any:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(content))
    except (CalamineError, OSError, ValueError):
        raise _unreadable(where) from None
    except BaseException as error:
        raise _reader_stopped(error, where) from None


def _reader_stopped(error: BaseException, where: str) -> BaseException:
    """A refusal where the reader gave up in the middle of a damaged file: its error is of no class that has a name."""
    return _unreadable(where) if type(error).__name__ == "PanicException" else error


def _load(workbook: Any, at: int, flaw: Flaw | None, place: str) -> tuple[Iterable[Sequence[Cell]], int] | None:
    """The rows of a sheet and how many there are; None where it is empty or holds no cells (a chart)."""
    from python_calamine import CalamineError, SheetTypeEnum

    if workbook.sheets_metadata[at].typ is not SheetTypeEnum.WorkSheet:
        return None
    if flaw is not None:
        raise TableError(flaw.message, hint=flaw.hint, where=f"{place}!{flaw.cell}" if flaw.cell else place)
    try:
        sheet = workbook.get_sheet_by_index(at)
        merged: Merged = sheet.merged_cell_ranges or ()
    except (CalamineError, OSError, ValueError):
        raise _unreadable(place) from None
    except BaseException as error:
        raise _reader_stopped(error, place) from None
    if sheet.start is None:
        return None
    return _filled(sheet.iter_rows(), merged), sheet.total_height + 1


def _filled(rows: Iterable[list[Cell]], merged: Merged) -> Iterator[Sequence[Cell]]:
    """The rows, with the value of a merged cell in every row it spans below the headings."""
    begins: dict[int, list[tuple[int, int]]] = {}
    for (top, left), (bottom, _) in merged:
        if bottom > top:
            begins.setdefault(top, []).append((bottom, left))
    if not begins:
        yield from rows
        return
    spanning: dict[int, tuple[int, Cell]] = {}
    headed = False
    for at, row in enumerate(rows):
        is_empty = all(cell in ("", None) for cell in row)
        for column, (bottom, value) in list(spanning.items()):
            if bottom < at:
                del spanning[column]
            elif not is_empty:
                row[column] = value
        if headed:
            spanning |= {column: (bottom, row[column]) for bottom, column in begins.get(at, ()) if column < len(row)}
        headed = headed or not is_empty
        yield row
