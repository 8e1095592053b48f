"""What the date grammars of both languages share: a candidate date, its year, and how candidates become mentions."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal

from bearwitness.model.calendar_units import merge_intervals, months_interval
from bearwitness.model.values import Days
from bearwitness.text import rules_dates

Level = Literal["day", "third", "month", "season", "year", "decade", "range", "month_day"]

NO_YEAR: Final = rules_dates.NO_YEAR.why_en
YEAR_OPEN: Final = rules_dates.YEAR_OPEN.why_en
RELATIVE: Final = rules_dates.RELATIVE.why_en
LUNAR: Final = rules_dates.LUNAR.why_en
OPEN_ENDED: Final = rules_dates.OPEN_ENDED.why_en
IMPOSSIBLE: Final = rules_dates.IMPOSSIBLE.why_en
BACKWARDS: Final = rules_dates.BACKWARDS.why_en
# How far "about" widens each way, as for EDTF (model/dates.py): days, months, years.
ABOUT_DAYS: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class DateMention:
    """A passage of normalised text that says a date.

    ``days`` are the days that it allows; None where it is not ``resolved``, and ``why`` then says what is missing.
    ``level`` is the calendar unit of the wording; ``month_day`` is a day and month whose year is not known.
    ``why`` of a resolved mention says what was assumed, empty where nothing was.
    """

    start: int
    end: int
    quote: str
    days: Days | None
    level: Level | None
    resolved: bool
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Atom:
    """A candidate: ``in_year`` gives its days in a year; ``year`` is the one that the text says, None where it
    says none. ``why`` not empty: it cannot be resolved.
    """

    start: int
    end: int
    level: Level | None
    in_year: Callable[[int], Days | None] | None = None
    year: int | None = None
    why: str = ""
    assumed: str = ""

    @property
    def is_yearless(self) -> bool:
        """Whether only the year is missing."""
        return not self.why and self.year is None

    def days(self) -> Days | None:
        """The days in the year that the text says."""
        return self.in_year(self.year) if self.in_year and self.year is not None and not self.why else None


def day_in(month: int, day: int) -> Callable[[int], Days | None]:
    """A day of a month as a function of the year; None in years that do not have it."""

    def in_year(year: int) -> Days | None:
        try:
            found = date(year, month, day)
        except ValueError:
            return None
        return Days.between(found, found)

    return in_year


def months_in(first: int, count: int) -> Callable[[int], Days | None]:
    """Months as a function of the year."""
    return lambda year: merge_intervals([months_interval(year, first, count)])


def widest(atoms: Sequence[Atom]) -> list[Atom]:
    """Of candidates that overlap the leftmost, of those the longest; the first in the list wins a tie."""
    kept: list[Atom] = []
    for atom in sorted(atoms, key=lambda a: (a.start, -a.end)):
        if not kept or atom.start >= kept[-1].end:
            kept.append(atom)
    return kept


def share_years(text: str, atoms: list[Atom], connector: re.Pattern[str], *, forward: bool) -> list[Atom]:
    """Give a date without a year the year of the date it is joined to ("5 February and 7 March 2024").

    ``forward``: the year stands at the first date ("2024년 2월 5일~7일"), else at the last.
    """
    shared = list(atoms)
    order = range(1, len(shared)) if forward else range(len(shared) - 2, -1, -1)
    for i in order:
        other = i - 1 if forward else i + 1
        first, second = sorted((i, other))
        joined = connector.fullmatch(text, shared[first].end, shared[second].start)
        if joined and shared[i].is_yearless and shared[other].year is not None:
            year = shared[other].year
            candidate = replace(shared[i], year=year)
            days, fixed = candidate.days(), shared[other].days()
            if year is not None and days and fixed and (days.spans[0][0] > fixed.spans[0][0]) != forward:
                candidate = replace(candidate, year=year + 1 if forward else year - 1)
            shared[i] = candidate
    return shared


def resolve(text: str, atom: Atom, published: date | None, sentence_years: frozenset[int]) -> DateMention:
    """An atom as a mention; without a year it is the latest such date that began on or before publication."""
    quote = text[atom.start : atom.end]
    why, assumed = atom.why, atom.assumed
    days = atom.days()
    level = atom.level
    if atom.is_yearless and atom.in_year:
        if published is None:
            why = NO_YEAR
        else:
            days = _latest(atom.in_year, published)
            assumed = "the latest such date before publication"
            if days and sentence_years and not sentence_years & _years_of(days):
                days, why = None, YEAR_OPEN
        if why and level == "day":
            level = "month_day"
    if days is None and not why:
        why = IMPOSSIBLE
    resolved = days is not None
    return DateMention(
        start=atom.start, end=atom.end, quote=quote, days=days, level=level, resolved=resolved,
        why=assumed if resolved else why,
    )  # fmt: skip


def _latest(in_year: Callable[[int], Days | None], published: date) -> Days | None:
    # A leap day may be up to eight years back (1896 to 1904).
    for year in range(published.year, published.year - 9, -1):
        days = in_year(year)
        if days is not None and days.spans[0][0] <= published.toordinal():
            return days
    return None


def _years_of(days: Days) -> set[int]:
    return {date.fromordinal(o).year for span in days.spans for o in span}


def join_ranges(
    text: str, mentions: list[DateMention], between: re.Pattern[str], opening: re.Pattern[str],
    closing: re.Pattern[str],
) -> list[DateMention]:  # fmt: skip
    """Make one mention of two that a range joins ("from January to March 2024").

    ``opening`` matches what may stand right before the first (it belongs to the mention), ``closing`` right after
    the last; ``between`` says what joins the two, and its group ``both``, where it matched, needs an opening.
    """
    joined: list[DateMention] = []
    for mention in mentions:
        before = joined[-1] if joined else None
        middle = between.fullmatch(text, before.end, mention.start) if before else None
        if before is None or middle is None:
            joined.append(mention)
            continue
        opened = opening.search(text, max(0, before.start - 12), before.start)
        if middle.groupdict().get("both") and not opened:
            joined.append(mention)
            continue
        closed = closing.match(text, mention.end)
        start = opened.start() if opened else before.start
        joined[-1] = _range(text, before, mention, start, closed.end() if closed else mention.end)
    return joined


def _range(text: str, first: DateMention, last: DateMention, start: int, end: int) -> DateMention:
    days, why = None, next((m.why for m in (first, last) if not m.resolved), first.why or last.why)
    if first.days and last.days:
        low, high = first.days.spans[0][0], last.days.spans[-1][1]
        days, why = (Days(((low, high),)), why) if low <= high else (None, BACKWARDS)
    return DateMention(
        start=start, end=end, quote=text[start:end], days=days, level="range", resolved=days is not None, why=why
    )


def widen_about(days: Days, level: str | None) -> Days:
    """The days of "about" a date: three days, one month or one year more each way."""
    widened = []
    for first, last in days.spans:
        if level == "day":
            widened.append((first - ABOUT_DAYS, last + ABOUT_DAYS))
        else:
            months = 12 if level in ("year", "decade") else 1
            low, high = date.fromordinal(first), date.fromordinal(last)
            start = months_interval(low.year, low.month - months, 1)[0]
            widened.append((start, months_interval(high.year, high.month + months, 1)[1]))
    return merge_intervals(widened)
