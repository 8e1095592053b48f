"""Korean ways to write a day, a third of a month, a month and a year."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from bearwitness.text.dates_ko import JUCHE_EPOCH
from bearwitness.text.surface_holidays import korean_distances
from bearwitness.text.surface_numbers import korean_numbers, native_numbers

WEEKDAYS: Final = "월화수목금토일"
_THIRDS: Final = (("초", "초순", "상순"), ("중순",), ("말", "하순"))
# Two months whose names lose a sound.
_MONTH_WORDS: Final = {6: "유월", 10: "시월"}


def korean_day(day: date, *, with_year: bool = True) -> Iterator[str]:
    """Every way to write a day; without a year only those that name no year and no day of the week.

    Parameters
    ----------
    day : date
        A day.
    with_year : bool
        Whether its year is known.
    """
    bare = tuple(dict.fromkeys(_month_and_day(day)))
    yield from bare
    if not with_year:
        yield from korean_distances(day, with_year=False)
        return
    weekday = WEEKDAYS[day.weekday()]
    # With the year before them these overlap the forms below, and both are found.
    for form in bare:
        yield from (f"{form} {weekday}요일", f"{form}({weekday})", f"{form}({weekday}요일)", f"{form} ({weekday})")
        yield from (f"{form} ({weekday}요일)", f"{form}, {weekday}요일")
    for year in korean_year(day.year, bare=False):
        for form in bare:
            yield from (f"{year} {form}", f"{year}, {form}") if " " in form else (f"{year}{form}", f"{year} {form}")
    yield from _points(day)
    yield from korean_distances(day)


def _month_and_day(day: date) -> Iterator[str]:
    for gap in (" ", ""):
        yield f"{day.month}월{gap}{day.day}일"
        yield f"{day.month:02d}월{gap}{day.day:02d}일"
        yield f"{_month_word(day.month)}{gap}{_sino(day.day)}일"


def _sino(number: int) -> str:
    return next(w for w in korean_numbers(number) if w not in native_numbers(number))


def _month_word(month: int) -> str:
    return _MONTH_WORDS.get(month, _sino(month) + "월")


def _points(day: date) -> Iterator[str]:
    short = f"{day.year % 100:02d}"
    juche = day.year - JUCHE_EPOCH
    eras = (f"주체{juche}", f"주체 {juche}", f"주체{juche}({day.year})") if juche > 0 else ()
    for year in (str(day.year), short, f"'{short}", *eras):
        for month in dict.fromkeys((str(day.month), f"{day.month:02d}")):
            for number in dict.fromkeys((str(day.day), f"{day.day:02d}")):
                for mark in (". ", "."):
                    yield mark.join((year, month, number)) + "."
                    yield mark.join((year, month, number))


def korean_third(first: date) -> Iterator[str]:
    """Ways to write the beginning, middle or end of a month, by the first of its days."""
    for month in korean_month(first.year, first.month):
        if month.endswith("월"):
            for part in _THIRDS[min((first.day - 1) // 10, 2)]:
                yield from (f"{month} {part}", f"{month}{part}")


def korean_month(year: int, month: int) -> Iterator[str]:
    """Ways to write a month of a year."""
    for said in korean_year(year, bare=False):
        for name in dict.fromkeys((f"{month}월", f"{month:02d}월", _month_word(month))):
            yield from (f"{said} {name}", f"{said}{name}")
    for number in dict.fromkeys((str(month), f"{month:02d}")):
        yield from (f"{year}. {number}", f"{year}.{number}", f"'{year % 100:02d}.{number}")


def korean_year(year: int, *, bare: bool = True) -> Iterator[str]:
    """Ways to write a year; not ``bare``: those only that a month may follow."""
    short = f"{year % 100:02d}"
    yield from (f"{year}년", f"{year} 년")
    yield f"'{short}년"
    if not bare:
        yield f"{short}년"
    juche = year - JUCHE_EPOCH
    if juche > 0:
        yield from (f"주체{juche}년", f"주체 {juche}년", f"주체{juche}({year})년", f"주체 {juche}({year})년")
