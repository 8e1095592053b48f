"""Find the dates that running text says, and the days that each of them allows. Nothing relative is guessed."""

from __future__ import annotations

from datetime import date

from bearwitness.model.claims import Language
from bearwitness.text.date_atoms import DateMention as DateMention
from bearwitness.text.dates_en import find_english_dates
from bearwitness.text.dates_ko import find_korean_dates


def find_dates(text: str, *, language: Language, published: date | None) -> tuple[DateMention, ...]:
    """All dates in a text, in order, without overlap.

    Parameters
    ----------
    text : str
        Normalised text (``text.normalise``); the offsets of the mentions are offsets in it.
    language : {"en", "ko"}
        Whose wording to look for.
    published : date or None
        A date without a year is the latest such date that began on or before this day; without it such a date
        stays unresolved (level ``month_day`` for a day).

    Returns
    -------
    tuple of DateMention
        Also the unresolved ones: relative dates, days of the lunar calendar, weekdays, open-ended periods, and
        numbers that can be read two ways. English mentions exclude the preposition ("on", "in") before them,
        Korean ones the particle after them.

    Notes
    -----
    Early, middle and late in a month are its days 1-10, 11-20 and 21-end; in a year its thirds; in a decade the
    years 0-3, 4-6 and 7-9. Winter of a year is December to the next February. "About" widens as in EDTF.
    """
    if language == "ko":
        return find_korean_dates(text, published)
    return find_english_dates(text, published)
