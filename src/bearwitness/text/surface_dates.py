"""Ways to write a day, a month, a season or a year, in both languages; no form means another day than it is made of.

Left out: days of the lunar calendar (they need tables of its months) and whatever depends on when a text is read
("last Friday"). Days near a holiday of North Korea are also written by their distance from it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date
from typing import Final

from bearwitness.model.calendar_units import LEVELS, Interval, units_of, widen_days
from bearwitness.model.claims import Language
from bearwitness.model.values import Days
from bearwitness.text.date_words import SEASONS
from bearwitness.text.surface_dates_en import english_day, english_month, english_third, english_year
from bearwitness.text.surface_dates_ko import korean_day, korean_month, korean_third, korean_year

# Where the days of a record are more than so many units of a level, the next wider level says them.
MOST_UNITS: Final = 3
_WIDEST: Final = LEVELS.index("year")


@dataclass(frozen=True, slots=True, kw_only=True)
class DateForm:
    """One way to write a date; ``rung`` counts how much wider than the record its calendar unit is, 0 not at all.

    ``days`` are the days that it stands for.
    """

    text: str
    rung: int
    days: Days


def date_forms(days: Days) -> tuple[DateForm, ...]:
    """Every way to write the days of a record, and the wider units around them.

    Parameters
    ----------
    days : Days
        The days that the record allows.

    Returns
    -------
    tuple of DateForm
        From the level of the record (a day, a month, a year) up to the year: each unit of a level that shares a day
        with the record, with its rung. A day and month without a year is of rung 0 too.
    """
    if days.is_empty:
        return ()
    own = _own_level(days)
    found: dict[tuple[str, int], DateForm] = {}
    for index in range(own, _WIDEST + 1):
        for unit in units_of(days, LEVELS[index]):
            for text in _WRITERS[LEVELS[index]](unit):
                found.setdefault((text, unit[0]), DateForm(text=text, rung=index - own, days=Days((unit,))))
    return tuple(found.values())


def _own_level(days: Days) -> int:
    """The finest level whose units are the days themselves, else the finest that needs few units to hold them."""
    for exact in (True, False):
        for index, level in enumerate(LEVELS[:_WIDEST]):
            units = units_of(days, level) if exact or level in ("day", "month") else ()
            if 0 < len(units) <= MOST_UNITS and (not exact or widen_days(days, level) == days):
                return index
    return _WIDEST


def day_forms(day: date) -> tuple[str, ...]:
    """Every way to write one day, with its year and without.

    Parameters
    ----------
    day : date
        A day.
    """
    return tuple(dict.fromkeys((*english_day(day), *korean_day(day))))


def yearless_forms(month: int, day: int) -> tuple[str, ...]:
    """Every way to write a day and month whose year is not said.

    Parameters
    ----------
    month, day : int
        A day that exists in some year.
    """
    leap = date(2000, month, day)
    return tuple(dict.fromkeys((*english_day(leap, with_year=False), *korean_day(leap, with_year=False))))


def _day(unit: Interval) -> Iterable[str]:
    return day_forms(date.fromordinal(unit[0]))


def _third(unit: Interval) -> Iterator[str]:
    first = date.fromordinal(unit[0])
    yield from english_third(first)
    yield from korean_third(first)


def _month(unit: Interval) -> Iterator[str]:
    first = date.fromordinal(unit[0])
    yield from english_month(first.year, first.month)
    yield from korean_month(first.year, first.month)


def _season(unit: Interval) -> Iterator[str]:
    first, last = date.fromordinal(unit[0]), date.fromordinal(unit[1])
    names: dict[Language, str] = {lang: SEASONS[lang][first.month // 3 - 1] for lang in ("en", "ko")}
    english = [names["en"], "fall"] if names["en"] == "autumn" else [names["en"]]
    for name in english:
        yield from (f"{name} {first.year}", f"{name} of {first.year}", f"{name}, {first.year}")
        if last.year != first.year:
            yield from (f"{name} {first.year}-{last.year % 100:02d}", f"{name} {first.year}-{last.year}")
            yield from (f"{name} {first.year}/{last.year % 100:02d}", f"{name} {first.year}/{last.year}")
    for year in korean_year(first.year, bare=False):
        yield from (f"{year} {names['ko']}", f"{year}{names['ko']}")
    if last.year != first.year:
        yield from (f"{first.year}~{last.year}년 {names['ko']}", f"{first.year}-{last.year}년 {names['ko']}")


def _year(unit: Interval) -> Iterator[str]:
    year = date.fromordinal(unit[0]).year
    if MINYEAR <= year <= MAXYEAR:
        yield from english_year(year)
        yield from korean_year(year)


_WRITERS: Final[dict[str, Callable[[Interval], Iterable[str]]]] = {
    "day": _day, "third": _third, "month": _month, "season": _season, "year": _year,
}  # fmt: skip
