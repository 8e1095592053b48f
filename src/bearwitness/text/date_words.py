"""How a set of days is said at a level: "in early February 2024", "2024년 2월 초"; what is said can be read back."""

from __future__ import annotations

from datetime import date
from typing import Final

from bearwitness.model.calendar_units import Interval, units_of
from bearwitness.model.claims import Language
from bearwitness.model.values import Days

MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
SEASONS: Final = {"en": ("spring", "summer", "autumn", "winter"), "ko": ("봄", "여름", "가을", "겨울")}
THIRD_WORDS: Final = {"en": ("early", "mid-", "late"), "ko": ("초", "중순", "말")}


def word_date(days: Days, level: str, language: Language, *, with_year: bool = True) -> str:
    """Words for the units of a level in which the days lie.

    Parameters
    ----------
    days : Days
        The days to say; the words cover all units that share a day with them.
    level : str
        ``day``, ``third``, ``month``, ``season``, ``year``, ``five`` or ``decade``; ``range`` and ``exact`` say the
        first and the last day.
    language : {"en", "ko"}
        English words begin with their preposition ("in", "on", "between"); Korean ones end before the particle.
    with_year : bool
        Whether the year is said. A season always says it (without one no reader could tell which winter is meant),
        and so do ``year`` and wider, which have nothing else to say.

    Returns
    -------
    str
        The wording, empty for no days.

    Raises
    ------
    ValueError
        If the level is not a calendar unit.

    Notes
    -----
    Words without a year mean the latest such unit before publication. Who leaves the year out reads the words back
    (``text.dates.find_dates``) and says it after all where they mean other days: "March 20" of last year may become
    "in March 2023", but never "in March" once this year's March has begun.
    """
    if days.is_empty:
        return ""
    with_year = with_year or level == "season"
    if level in ("range", "exact"):
        level, units = "day", tuple((o, o) for o in dict.fromkeys((days.spans[0][0], days.spans[-1][1])))
    else:
        units = units_of(days, level)
    first, last = units[0], units[-1]
    if level == "five":
        years = date.fromordinal(first[0]).year, date.fromordinal(last[1]).year
        return f"{years[0]}년부터 {years[1]}년 사이" if language == "ko" else f"between {years[0]} and {years[1]}"
    if language == "ko":
        return _korean(first, last, level, with_year)
    if first == last:
        preposition = "on" if level == "day" else "in"
        return f"{preposition} {_english_unit(first, level, with_year)}"
    same_year = _year(first[0]) == _year(last[1]) and level in ("day", "third", "month")
    start = _english_unit(first, level, with_year and not same_year)
    return f"between {start} and {_english_unit(last, level, with_year)}"


def _year(ordinal: int) -> int:
    return date.fromordinal(ordinal).year


def _english_unit(unit: Interval, level: str, with_year: bool) -> str:
    first = date.fromordinal(unit[0])
    year = f" {first.year}" if with_year else ""
    month = MONTHS[first.month - 1]
    if level == "day":
        return f"{first.day} {month}{year}"
    if level == "third":
        word = THIRD_WORDS["en"][min((first.day - 1) // 10, 2)]
        return f"{word}{month}{year}" if word.endswith("-") else f"{word} {month}{year}"
    if level == "month":
        return month + year
    if level == "season":
        season = SEASONS["en"][first.month // 3 - 1]
        if season == "winter" and with_year:
            year = f" {first.year}-{_year(unit[1]) % 100:02d}"
        return season + year
    return f"the {first.year}s" if level == "decade" else f"{first.year}"


def _korean(first: Interval, last: Interval, level: str, with_year: bool) -> str:
    start = _korean_unit(first, level, with_year)
    if first == last:
        return start
    same_year = _year(first[0]) == _year(last[0]) and level in ("day", "third", "month")
    return f"{start}부터 {_korean_unit(last, level, with_year and not same_year)} 사이"


def _korean_unit(unit: Interval, level: str, with_year: bool) -> str:
    first = date.fromordinal(unit[0])
    year = f"{first.year}년 " if with_year else ""
    if level == "day":
        return f"{year}{first.month}월 {first.day}일"
    if level == "third":
        return f"{year}{first.month}월 {THIRD_WORDS['ko'][min((first.day - 1) // 10, 2)]}"
    if level == "month":
        return f"{year}{first.month}월"
    if level == "season":
        season = SEASONS["ko"][first.month // 3 - 1]
        if season == "겨울" and with_year:
            year = f"{first.year}~{_year(unit[1])}년 "
        return year + season
    return f"{first.year}년대" if level == "decade" else f"{first.year}년"
