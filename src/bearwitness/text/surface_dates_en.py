"""English ways to write a day, a third of a month, a month and a year."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from bearwitness.text.date_words import MONTHS
from bearwitness.text.date_words_en import ORDINALS
from bearwitness.text.surface_holidays import english_distances

JUCHE_EPOCH: Final = 1911
WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SHORT_DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_ROMAN: Final = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_ORDINAL_WORDS: Final = {n: word for word, n in ORDINALS.items()}
_THIRDS: Final = (
    ("early {}", "beginning of {}", "start of {}", "first days of {}"), ("mid-{}", "middle of {}", "mid {}"),
    ("late {}", "end of {}", "last days of {}"),
)  # fmt: skip


def english_day(day: date, *, with_year: bool = True) -> Iterator[str]:
    """Every way to write a day; without a year only those that name no year and no day of the week.

    Parameters
    ----------
    day : date
        A day.
    with_year : bool
        Whether its year is known.
    """
    bare = tuple(_month_and_day(day))
    yield from bare
    if not with_year:
        yield from english_distances(day, with_year=False)
        return
    short = f"{day.year % 100:02d}"
    for form in bare:
        yield from (f"{form} {day.year}", f"{form}, {day.year}", f"{form} of {day.year}", f"{form} '{short}")
    for number in _numbers(day.day):
        yield from (f"{number} {_short_month(day)} {short}", f"{number}{_short_month(day)}{short}")
        yield f"{number}{_short_month(day)}{day.year}"
    # With the year after them these overlap the forms above, and both are found.
    for name in (WEEKDAYS[day.weekday()], _SHORT_DAYS[day.weekday()]):
        for form in bare:
            yield from (f"{name}, {form}", f"{name} {form}", f"{name} the {form}", f"{name}, the {form}")
    yield from _figures(day)
    yield from english_distances(day)


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 4th, 11th."""
    ending = "th" if number in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _numbers(number: int) -> tuple[str, ...]:
    return tuple(dict.fromkeys((str(number), f"{number:02d}")))


def _short_month(day: date) -> str:
    return MONTHS[day.month - 1][:3]


def _month_names(month: int) -> tuple[str, ...]:
    name = MONTHS[month - 1]
    more = ("Sept", "Sept.") if month == 9 else ()
    return tuple(dict.fromkeys((name, name[:3], f"{name[:3]}.", *more)))


def _month_and_day(day: date) -> Iterator[str]:
    nth, word = ordinal(day.day), _ORDINAL_WORDS[day.day]
    full, *short = _month_names(day.month)
    for said in (*_numbers(day.day), nth, word):
        yield from (f"{said} {full}", f"{full} {said}")
    for said in (nth, word):
        yield from (f"{said} of {full}", f"{said} day of {full}", f"{full} the {said}")
    for month in short:
        for said in (*_numbers(day.day), nth):
            yield from (f"{said} {month}", f"{month} {said}")
        yield f"{nth} of {month}"


def _figures(day: date) -> Iterator[str]:
    """Days in figures: by day, month and year in every order that is in use."""
    short = f"{day.year % 100:02d}"
    for d in _numbers(day.day):
        for m in _numbers(day.month):
            yield from (f"{day.year}-{m}-{d}", f"{day.year}/{m}/{d}", f"{day.year}.{m}.{d}", f"{day.year}. {m}. {d}")
            for year in (str(day.year), short, f"'{short}"):
                for mark in ("/", ".", "-", ". ", " "):
                    # Spaces alone between two figures each ("12 4 19") are more often a list than a date.
                    if mark != " " or year == str(day.year):
                        yield mark.join((d, m, year))
                yield from (f"{m}/{d}/{year}", f"{m}-{d}-{year}", f"{m}.{d}.{year}")
        yield from (f"{d}.{_ROMAN[day.month - 1]}.{day.year}", f"{d}. {_ROMAN[day.month - 1]}. {day.year}")
    yield f"{day:%Y%m%d}" if day.year >= 1000 else f"{day.year:04d}{day.month:02d}{day.day:02d}"
    juche = day.year - JUCHE_EPOCH
    if juche > 0:
        yield from (f"Juche {juche}.{day.month}.{day.day}", f"Juche {juche} ({day.year}).{day.month}.{day.day}")


def english_third(first: date) -> Iterator[str]:
    """Ways to write the beginning, middle or end of a month, by the first of its days."""
    for pattern in _THIRDS[min((first.day - 1) // 10, 2)]:
        for month in _month_names(first.month):
            yield from (pattern.format(f"{month} {first.year}"), pattern.format(f"{month}, {first.year}"))
            yield pattern.format(f"{month} of {first.year}")


def english_month(year: int, month: int) -> Iterator[str]:
    """Ways to write a month of a year."""
    for name in _month_names(month):
        yield from (f"{name} {year}", f"{name}, {year}", f"{name} of {year}", f"{name} '{year % 100:02d}")
        yield from (f"{name} in {year}", f"{name}-{year % 100:02d}") if "." not in name else ()
    for number in _numbers(month):
        yield from (f"{number}/{year}", f"{number}.{year}", f"{year}-{number}", f"{year}/{number}")


def english_year(year: int) -> Iterator[str]:
    """Ways to write a year."""
    yield str(year)
    if year > JUCHE_EPOCH:
        juche = year - JUCHE_EPOCH
        yield from (f"Juche {juche}", f"Juche year {juche}", f"Juche {juche} ({year})")
