"""Dates as written, with the days they allow: a reader of EDTF (ISO 8601-2), levels 0 and 1 and part of level 2.

Read: days, months, years; seasons 21 to 24 (25 to 28 mean the same), quarters 33 to 36, thirds of a year 37 to 39,
halves 40 and 41; intervals; unspecified digits anywhere (``202X``, ``2024-1X-XX``); ``~ ? %`` after a date or at one
of its parts; sets ``[a, b]`` and ``{a, b}``, also with ``a..b``; significant digits (``1950S2``). Refused: days that
do not exist, reversed intervals, open ends, years outside 1 to 9999, a month or day without any year.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date
from typing import Final

from bearwitness.model.calendar_units import (
    Interval,
    merge_intervals,
    months_interval,
    season_interval,
    years_interval,
)
from bearwitness.model.calendar_units import widen_days as widen_days
from bearwitness.model.values import Days


@dataclass(frozen=True, slots=True, kw_only=True)
class FuzzyDate:
    """A date string as written and the days it allows; ``days`` is None for an unknown date, never "any date"."""

    written: str
    days: Days | None
    approximate: bool = False
    uncertain: bool = False
    lunar: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Widening:
    """By how much "approximately" widens each way: a day by days, a month or season by months, a year by years."""

    days: int = 3
    months: int = 1
    years: int = 1


class DateFormatError(ValueError):
    """A date that cannot be read; ``reason`` says why without repeating the date."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


USUAL_WIDENING: Final = Widening()
UNKNOWN: Final = frozenset({"", "unknown", "?", "XXXX", "XXXX-XX", "XXXX-XX-XX"})
# A masked year with a month or day gives one interval per year; beyond a century that says nothing any more.
MOST_MASKED_YEARS: Final = 100

_PART = re.compile(
    r"(?P<yq>[~?%]?)(?P<y>[0-9X]{4})(?:S(?P<s>[1-3]))?(?P<yr>[~?%]?)"
    r"(?:-(?P<mq>[~?%]?)(?P<m>[0-9X]{2})(?P<mr>[~?%]?)(?:-(?P<dq>[~?%]?)(?P<d>[0-9X]{2})(?P<dr>[~?%]?))?)?"
)
_TIME = re.compile(r"(?<=[0-9])T[0-2][0-9]:[0-5][0-9](?::[0-5][0-9])?(?:Z|[+-][0-2][0-9](?::?[0-5][0-9])?)?$")
# Level 2 sub-year groupings: code -> (first month, number of months).
_GROUPS: Final = {
    33: (1, 3), 34: (4, 3), 35: (7, 3), 36: (10, 3), 37: (1, 4), 38: (5, 4), 39: (9, 4), 40: (1, 6), 41: (7, 6),
}  # fmt: skip


def parse_edtf(text: str, *, widen: Widening = USUAL_WIDENING) -> FuzzyDate:
    """Read a date in EDTF.

    Parameters
    ----------
    text : str
        The date, for example ``2019-04-12``, ``2024-02~``, ``202X``, ``2023-24`` (winter), ``2018/2019-06``.
    widen : Widening
        What ``~`` and ``%`` add each way. A qualifier after a date widens its finest part only: ``2023-10~`` is
        September to November 2023. ``?`` is kept as a mark and adds nothing.

    Returns
    -------
    FuzzyDate
        With ``days`` None where the date is unknown (empty, ``unknown``, ``XXXX``).

    Raises
    ------
    DateFormatError
        If the text is not such a date, or no such day exists, or an interval runs backwards or has an open end.

    Notes
    -----
    Source: Library of Congress, Extended Date/Time Format (EDTF) Specification, 2019. A time of day is dropped, and
    the day stays the written one.
    """
    stripped = text.strip()
    if stripped in UNKNOWN:
        return FuzzyDate(written=text, days=None, uncertain=stripped == "?")
    if stripped[0] in "[{":
        found = _read_set(stripped, widen)
    elif "/" in stripped:
        found = [_read_interval(stripped.split("/"), widen)]
    else:
        found = _read_date(stripped, widen)
    return FuzzyDate(
        written=text,
        days=merge_intervals(found),
        approximate="~" in stripped or "%" in stripped,
        uncertain="?" in stripped or "%" in stripped,
    )


def _read_set(text: str, widen: Widening) -> list[Interval]:
    if text[-1] != {"[": "]", "{": "}"}[text[0]] or len(text) < 3:
        raise DateFormatError("a set of dates must end with the bracket that fits its first one")
    found: list[Interval] = []
    for member in text[1:-1].split(","):
        member = member.strip()
        if ".." in member:
            found.append(_read_interval(member.split(".."), widen))
        else:
            found.extend(_read_date(member, widen))
    return found


def _read_interval(ends: list[str], widen: Widening) -> Interval:
    if len(ends) != 2:
        raise DateFormatError("an interval has two ends")
    if any(end.strip() in {"", ".."} for end in ends):
        raise DateFormatError("an open end allows any day; give the latest (or earliest) day it can be")
    exact = Widening(days=0, months=0, years=0)
    first, last = (_read_date(end.strip(), exact) for end in ends)
    if first[0][0] > last[-1][1]:
        raise DateFormatError("the interval ends before it begins")
    first, last = (_read_date(end.strip(), widen) for end in ends)
    return min(i[0] for i in first), max(i[1] for i in last)


def _read_date(text: str, widen: Widening) -> list[Interval]:
    """The intervals of one date, in order where nothing is approximate."""
    if "T" in text:
        text = _TIME.sub("", text)
    match = _PART.fullmatch(text)
    if match is None:
        raise DateFormatError("not a date of the form 2024, 2024-02 or 2024-02-05 (with X, ~, ?, %, / or a set)")
    year, month, day = match["y"], match["m"], match["d"]
    about_day, about_month, about_year = _approximate_parts(match)
    if match["s"]:
        if month or "X" in year:
            raise DateFormatError("significant digits (S) stand after a bare year only")
        length = 10 ** (4 - int(match["s"]))
        first = int(year) // length * length
        return [years_interval(first, first + length - 1)]
    if month is None:
        first, last = _year_bounds(year)
        more = widen.years if about_year else 0
        return [years_interval(first - more, last + more)]
    years = _years(year, widen.years if about_year else 0)
    if month.isdigit() and int(month) > 12:
        if day is not None:
            raise DateFormatError("a season has no day")
        return [_grouped(y, int(month), widen.months if about_month else 0) for y in years]
    months = _masked(month, 1, 12, "month")
    more = widen.months if about_month else 0
    if day is None:
        return [_months_around(y, m, more) for y in years for m in months]
    return _days(years, months, more, _masked(day, 1, 31, "day"), widen.days if about_day else 0)


def _approximate_parts(match: re.Match[str]) -> tuple[bool, bool, bool]:
    """Which parts are approximate. One right of a part also covers those left of it, but widens only that part."""
    about_day = _is_about(match["dq"]) or _is_about(match["dr"])
    about_month = _is_about(match["mq"]) or _is_about(match["mr"])
    about_year = _is_about(match["yq"]) or _is_about(match["yr"])
    return about_day, about_month, about_year


def _is_about(mark: str | None) -> bool:
    return mark == "~" or mark == "%"


def _year_bounds(year: str) -> tuple[int, int]:
    if year == "XXXX":
        raise DateFormatError("the year is missing; give at least its century (20XX)")
    if "X" in year.rstrip("X"):
        raise DateFormatError("a year can leave its last digits open only")
    first, last = int(year.replace("X", "0")), int(year.replace("X", "9"))
    if last < MINYEAR:
        raise DateFormatError("years run from 1 to 9999")
    return max(first, MINYEAR), last


def _years(year: str, more: int) -> Iterable[int]:
    first, last = _year_bounds(year)
    if last - first >= MOST_MASKED_YEARS:
        raise DateFormatError("a month needs a year known to its century at least")
    return range(max(first - more, MINYEAR), min(last + more, MAXYEAR) + 1)


def _masked(digits: str, lowest: int, highest: int, name: str) -> list[int]:
    """The numbers that digits with X can be."""
    if "X" not in digits:
        found = [int(digits)] if lowest <= int(digits) <= highest else []
    else:
        found = [
            n for n in range(lowest, highest + 1) if all(a in ("X", b) for a, b in zip(digits, f"{n:02d}", strict=True))
        ]
    if not found:
        raise DateFormatError(f"there is no such {name}")
    return found


def _months_around(year: int, month: int, more: int) -> Interval:
    return months_interval(year, month - more, 1 + 2 * more)


def _grouped(year: int, code: int, more: int) -> Interval:
    if 21 <= code <= 28:
        first, last = season_interval(year, (code - 21) % 4)
    elif code in _GROUPS:
        first, last = months_interval(year, *_GROUPS[code])
    else:
        raise DateFormatError("months run from 01 to 12, seasons from 21 to 24")
    if more:
        start, end = date.fromordinal(first), date.fromordinal(last)
        first, last = _months_around(start.year, start.month, more)[0], _months_around(end.year, end.month, more)[1]
    return first, last


def _days(years: Iterable[int], months: list[int], more_months: int, days: list[int], more: int) -> list[Interval]:
    """Every existing day of the years, months and days that the parts allow, each widened by ``more`` days."""
    found: list[Interval] = []
    lowest, highest = date.min.toordinal(), date.max.toordinal()
    existing = False
    for year in years:
        for month in months:
            for shift in range(-more_months, more_months + 1):
                index = year * 12 + month - 1 + shift
                if not MINYEAR <= index // 12 <= MAXYEAR:
                    continue
                length = monthrange(index // 12, index % 12 + 1)[1]
                start = date(index // 12, index % 12 + 1, 1).toordinal() - 1
                existing = existing or (shift == 0 and days[0] <= length)
                found.extend(
                    (max(start + d - more, lowest), min(start + d + more, highest)) for d in days if d <= length
                )
    if not existing:
        raise DateFormatError("there is no such day in that month")
    return found
