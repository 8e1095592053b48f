"""Calendar units (thirds of a month, months, seasons, years) as intervals of day ordinals."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import MAXYEAR, MINYEAR, date
from typing import Final

from bearwitness.model.values import Days

Interval = tuple[int, int]

# First and last day of each third of a month: "early", "middle", "late" (초/상순, 중순, 말/하순); None is the end.
THIRDS: Final = ((1, 10), (11, 20), (21, None))
# Seasons in the order of the EDTF codes 21 to 24: spring, summer, autumn, winter; winter ends in the next year.
SEASON_FIRST_MONTH: Final = (3, 6, 9, 12)
# Level -> how many years it holds, each block beginning at a multiple of its length.
YEAR_BLOCKS: Final = {"year": 1, "five": 5, "decade": 10}
LEVELS: Final = ("day", "third", "month", "season", "year", "five", "decade")


def merge_intervals(intervals: Iterable[Interval]) -> Days:
    """The days of all intervals together, sorted; intervals that overlap or touch become one."""
    merged: list[Interval] = []
    for first, last in sorted(intervals):
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(merged[-1][1], last))
        else:
            merged.append((first, last))
    return Days(tuple(merged))


def months_interval(year: int, first_month: int, count: int) -> Interval:
    """``count`` months beginning with a month; ``first_month`` may lie outside 1 to 12 and then counts on."""
    first_year, first = _month_of(year, first_month)
    last_year, last = _month_of(year, first_month + count - 1)
    return date(first_year, first, 1).toordinal(), date(last_year, last, monthrange(last_year, last)[1]).toordinal()


def _month_of(year: int, month: int) -> tuple[int, int]:
    """The year and month that a counted-on month is, held within the calendar."""
    months = min(max(year * 12 + month - 1, MINYEAR * 12), MAXYEAR * 12 + 11)
    return months // 12, months % 12 + 1


def third_interval(year: int, month: int, third: int) -> Interval:
    """One third of a month: 0 the first ten days, 1 the second ten, 2 the rest."""
    first, last = THIRDS[third]
    return date(year, month, first).toordinal(), date(year, month, last or monthrange(year, month)[1]).toordinal()


def season_interval(year: int, season: int) -> Interval:
    """A season, 0 spring to 3 winter; the winter of a year is December of that year to the next February."""
    return months_interval(year, SEASON_FIRST_MONTH[season], 3)


def years_interval(first_year: int, last_year: int) -> Interval:
    """Whole years, both included, held within the calendar."""
    return (
        date(max(first_year, MINYEAR), 1, 1).toordinal(),
        date(min(last_year, MAXYEAR), 12, 31).toordinal(),
    )


def unit_around(ordinal: int, level: str) -> Interval:
    """The one unit of a level in which a day lies.

    Raises
    ------
    ValueError
        If the level is not one of ``LEVELS``.
    """
    day = date.fromordinal(ordinal)
    if level == "day":
        return ordinal, ordinal
    if level == "third":
        return third_interval(day.year, day.month, min((day.day - 1) // 10, 2))
    if level == "month":
        return months_interval(day.year, day.month, 1)
    if level == "season":
        # January and February belong to the winter that began in the year before.
        return months_interval(day.year, day.month // 3 * 3, 3)
    if level in YEAR_BLOCKS:
        length = YEAR_BLOCKS[level]
        first = day.year // length * length
        return years_interval(first, first + length - 1)
    raise ValueError(f"no calendar unit is called {level!r}")


def units_of(days: Days, level: str) -> tuple[Interval, ...]:
    """All units of a level that share a day with ``days``, in order, each once."""
    found: list[Interval] = []
    for first, last in days.spans:
        day = max(first, found[-1][1] + 1) if found else first
        while day <= last:
            unit = unit_around(day, level)
            found.append(unit)
            day = unit[1] + 1
    return tuple(found)


def widen_days(days: Days, level: str) -> Days:
    """The smallest set of whole calendar units that includes the days.

    Parameters
    ----------
    days : Days
        The days to include.
    level : str
        ``day`` (unchanged), ``third`` (1-10, 11-20, 21-end), ``month``, ``season`` (March-May and so on; winter is
        December-February), ``year``, ``five`` (years 1985-1989 and so on) or ``decade``.

    Returns
    -------
    Days
        Whole units, merged where they touch.

    Raises
    ------
    ValueError
        If the level is not one of these.
    """
    widened = []
    for first, last in days.spans:
        widened.append((unit_around(first, level)[0], unit_around(last, level)[1]))
    if not widened and level not in LEVELS:
        raise ValueError(f"no calendar unit is called {level!r}")
    return merge_intervals(widened)
