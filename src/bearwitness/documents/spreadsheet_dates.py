"""What somebody meant who put a date into a cell of a spreadsheet: the same date in EDTF, or a refusal."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Final

from bearwitness.model.codec.format_error import FileFormatError

# Years that a bare number may mean; others are more likely a serial number or a slip.
YEARS: Final = range(1900, 2100)

_AS_TEXT: Final = "Write 2024, 2024-02 or 2024-02-05 as text."
_AS_DATE: Final = "Give the cell a date format in the spreadsheet program, or write 2024-02-05 as text."
_YEAR_FIRST: Final = re.compile(
    r"(?P<y>[0-9]{4})\s*(?P<s>[./-]|년)\s*(?P<m>[0-9]{1,2})"
    r"(?:\s*(?:[./-]|월)\s*(?P<d>[0-9]{1,2})\s*[.일]?|\s*[.월]?)(?:\s+00:00(?::00)?)?"
)
_YEAR_ALONE: Final = re.compile(r"([0-9]{4})\s*년")
_LUNAR_BEFORE: Final = re.compile(r"(?:lunar|음력)\s*:?\s*(.*)", re.IGNORECASE | re.DOTALL)
_LUNAR_AFTER: Final = re.compile(r"(.*\S)\s*[(（]\s*(?:lunar|음력|음)\s*[)）]", re.IGNORECASE | re.DOTALL)


def split_lunar(written: str) -> tuple[str, bool]:
    """The date without the word that it is one of the lunar calendar ("lunar 2024-01", "2024-01 (음력)")."""
    if written[:1].isdigit() and written[-1].isdigit():
        return written, False
    found = _LUNAR_BEFORE.fullmatch(written) or _LUNAR_AFTER.fullmatch(written)
    return (found[1] or "unknown", True) if found else (written, False)


def edtf_of(cell: object) -> str:
    """A cell's date in EDTF.

    Parameters
    ----------
    cell : str, number, date, datetime or anything else a cell may hold
        A date or datetime is the day. Text is taken as it stands, but for dates that begin with the year
        ("2019. 5. 12.", "2019년 5월", "2019/05/12"). A number is what somebody typed: 2019 a year, 201905 a month,
        20190512 a day, where it can be nothing else.

    Raises
    ------
    FileFormatError
        Where the cell holds no date, or may mean several. Text that is no date at all passes, for the reader of
        EDTF to refuse.
    """
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, str):
        return _of_text(cell.strip())
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        raise FileFormatError("a date belongs here, not a time of day or a true or false.", _AS_TEXT)
    if cell % 1 != 0:  # also for what is no number or endless
        # 2019.10 is kept as 2019.1: which month was typed cannot be told any more.
        raise FileFormatError("a number with decimals is not a date.", _AS_TEXT)
    return _of_digits(str(int(cell)))


def _of_text(text: str) -> str:
    if len(text) == 10 and text[4] == text[7] == "-":
        return text
    if text.isascii() and text.isdigit() and len(text) != 4:
        return _of_digits(text)
    alone = _YEAR_ALONE.fullmatch(text)
    if alone:
        return alone[1]
    found = _YEAR_FIRST.fullmatch(text)
    if found is None:
        return text
    month, day = found["m"].zfill(2), found["d"]
    if not 1 <= int(month) <= 12:
        if found["s"] == "-" and day is None and len(found["m"]) == 2:
            return text  # a season of EDTF
        raise FileFormatError("there is no such month.", _AS_TEXT)
    return f"{found['y']}-{month}" + (f"-{day.zfill(2)}" if day else "")


def _of_digits(digits: str) -> str:
    if len(digits) == 4 and int(digits) in YEARS:
        return digits
    if len(digits) == 8 and _is_day(digits[:4], digits[4:6], digits[6:]):
        return f"{digits[:4]}-{digits[4:6]}-{digits[6:]}"
    if len(digits) == 6 and int(digits[:4]) in YEARS and 1 <= int(digits[4:]) <= 12:
        if not _is_day("2000", digits[2:4], digits[4:]):
            return f"{digits[:4]}-{digits[4:]}"
        raise FileFormatError("this number may be a year and a month, or a short year, a month and a day.", _AS_TEXT)
    if len(digits) == 5:
        raise FileFormatError("this number may be a day as spreadsheets count them.", _AS_DATE)
    raise FileFormatError("this number is not a date.", _AS_TEXT)


def _is_day(year: str, month: str, day: str) -> bool:
    try:
        return date(int(year), int(month), int(day)).year in YEARS
    except ValueError:
        return False
