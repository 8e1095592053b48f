"""Tables as text with separators, written so that a spreadsheet program runs nothing and the reader gets all back."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from bearwitness.errors import TableError

SEPARATORS: Final = (",", ";", "\t")

# A spreadsheet program runs a cell that begins with one of these; one that takes another character for the separator
# lets a cell begin in the middle of ours, after quotation marks perhaps.
_RUN: Final = "[=+\\-@\t\r\n＝＋－＠]"
_BEGINNING: Final = r"(?:(?<=[;\t\r\n])|\A)"
_TO_ESCAPE: Final = re.compile(f"{_BEGINNING}(?=['\"]*{_RUN})")
_ESCAPED: Final = re.compile(f"{_BEGINNING}'(?=['\"]*{_RUN})")


def escape_cell(text: str) -> str:
    """The text with an apostrophe before whatever a spreadsheet program would run."""
    return _TO_ESCAPE.sub("'", text)


def unescape_cell(text: str) -> str:
    """The text of a cell without the apostrophes that ``escape_cell`` puts in; it takes out exactly those."""
    return _ESCAPED.sub("", text) if "'" in text else text


def write_rows(rows: Iterable[Sequence[str | bool | int]]) -> str:
    """The text of rows: commas between, lines ended as RFC 4180 has it, marked as UTF-8 for spreadsheet programs."""
    text = io.StringIO(newline="")
    text.write("\ufeff")
    writer = csv.writer(text)
    writer.writerows([_written(cell) for cell in row] for row in rows)
    return text.getvalue()


def _written(cell: str | bool | int) -> str:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return escape_cell(cell) if isinstance(cell, str) else str(cell)


def read_rows(text: str, *, where: str, knows: Callable[[str], bool]) -> list[list[str]]:
    """The rows of a text; blank lines are rows without cells.

    Parameters
    ----------
    text : str
        The whole text, without a byte order mark.
    where : str
        What messages call the file.
    knows : callable
        Whether a cell is a known heading: the separator is that by which most of the first row are.

    Raises
    ------
    TableError
        With the line, if quotation marks do not stand around whole cells or are never closed.
    """
    usual = csv.field_size_limit()
    csv.field_size_limit(max(usual, len(text)))
    try:
        separator = max(SEPARATORS, key=lambda sign: sum(knows(cell) for cell in _first_row(text, sign)))
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
        try:
            return [[unescape_cell(cell) for cell in row] for row in reader]
        except csv.Error:
            raise TableError(
                "a quotation mark is not closed, or something stands beside it.",
                hint='Put the whole cell in quotation marks, and write "" for a mark in it.',
                where=f"{where}:{max(reader.line_num, 1)}",
            ) from None
    finally:
        csv.field_size_limit(usual)


def _first_row(text: str, separator: str) -> list[str]:
    for row in _rows_until_wrong(text, separator):
        if any(cell.strip() for cell in row):
            return row
    return []


def _rows_until_wrong(text: str, separator: str) -> Iterator[list[str]]:
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    except csv.Error:
        return
