"""English dates in running text."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Final

from bearwitness.model.calendar_units import merge_intervals, season_interval, third_interval
from bearwitness.model.values import Days
from bearwitness.text import rules_date_forms
from bearwitness.text.date_atoms import (
    BACKWARDS,
    LUNAR,
    OPEN_ENDED,
    RELATIVE,
    Atom,
    DateMention,
    Level,
    day_in,
    join_ranges,
    months_in,
    resolve,
    share_years,
    widen_about,
    widest,
)
from bearwitness.text.date_patterns_en import PATTERNS
from bearwitness.text.date_words_en import (
    DECADE_WORDS,
    HOLIDAYS,
    NUMBERS,
    SEASON_NUMBERS,
    day_number,
    month_number,
)

AMBIGUOUS: Final = rules_date_forms.AMBIGUOUS.why_en
PART_OF_PERIOD: Final = rules_date_forms.PART_OF_PERIOD.why_en
NAME_OR_MONTH: Final = rules_date_forms.NAME_OR_MONTH.why_en
SEASON_YEARS: Final = rules_date_forms.SEASON_YEARS.why_en
BARE_SEASON: Final = rules_date_forms.BARE_SEASON.why_en
JUCHE: Final = rules_date_forms.JUCHE.why_en

_CONNECTOR = re.compile(r",? (?:and|or|to|through|until|till) (?:the |in |on )?| ?- ?|, (?:the |in |on )?")
_BETWEEN = re.compile(r" (?P<both>and) (?:the |on |in )?| (?:to|through|until|till|up to) (?:the )?| ?- ?")
_OPENING = re.compile(r"\b(?:[Bb]etween|[Ff]rom)(?: the)? $")
_NOTHING = re.compile("")
_OPEN_BEFORE = re.compile(
    r"(?:^|[^A-Za-z])(?i:before|after|until|till|by|prior to|as early as|as late as|no later than|following|pre-|post-"
    r"|later than|earlier than|through|up to|not)(?: the)?(?: [a-z]+ of)? ?$"
)
_ABOUT_BEFORE = re.compile(r"(?:^|[^A-Za-z])(?i:around|about|circa|ca\.|c\.|approximately|roughly|near|or so)(?:"
        r" the)? $")
_MONTH_BEFORE = re.compile(
    r"(?i:in|since|by|until|till|of|during|from|to|and|or|between|through|after|before|around|about|each|every|late"
        r"|early"
    r"|mid)[ -]$|[0-9]-$"
)
_SENTENCE_END = re.compile(r"[.!?]['\")]*\s|\n\s*\n")
_COUNTED = re.compile(
    r" (?i:people|persons?|men|women|households?|families|yuan|won|dollars?|euros?|km|kilomet|met(?:er|re)s?|miles?|kg"
    r"|kilograms?|tons?|times|hours|days|cases|prisoners|defectors|escapees|refugees|soldiers|USD|CNY|KPW|RMB)"
)


def find_english_dates(text: str, published: date | None) -> tuple[DateMention, ...]:
    """All dates in normalised English text (see ``text.dates.find_dates``)."""
    atoms: list[Atom] = []
    for name, pattern in PATTERNS.items():
        read = _READERS[name]
        for match in pattern.finditer(text):
            atom = read(match)
            if atom is not None:
                atoms.append(atom)
    chosen = share_years(text, widest(atoms), _CONNECTOR, forward=False)
    mentions = [resolve(text, atom, published, _years_near(text, atom, chosen)) for atom in chosen]
    ranges = join_ranges(text, mentions, _BETWEEN, _OPENING, _NOTHING)
    return tuple(_in_context(text, mention) for mention in ranges)


def _years_near(text: str, atom: Atom, atoms: list[Atom]) -> frozenset[int]:
    """The years that the sentence of a date without a year names; an empty set for any other date."""
    if not atom.is_yearless:
        return frozenset()
    ends = [m.end() for m in _SENTENCE_END.finditer(text, max(0, atom.start - 400), atom.start)]
    first = ends[-1] if ends else max(0, atom.start - 400)
    after = _SENTENCE_END.search(text, atom.end)
    last = after.start() + 1 if after else len(text)
    return frozenset(
        a.year for a in atoms if a.year is not None and first <= a.start and a.end <= last and a.level != "decade"
    )


def _in_context(text: str, mention: DateMention) -> DateMention:
    """"Before" and the like leave the end open; "about" widens."""
    if mention.days is None or (mention.level == "range" and text[mention.start].lower() in "bf"):
        return mention
    before = text[max(0, mention.start - 24) : mention.start]
    if _OPEN_BEFORE.search(before):
        return replace(mention, days=None, resolved=False, why=OPEN_ENDED)
    if _ABOUT_BEFORE.search(before):
        return replace(mention, days=widen_about(mention.days, mention.level), level="range")
    return mention


def _atom(match: re.Match[str], level: Level, in_year: Callable[[int], Days | None], year: str | None) -> Atom:
    return Atom(start=match.start(), end=match.end(), level=level, in_year=in_year, year=int(year) if year else None)


def _unresolved(level: Level | None, why: str) -> Callable[[re.Match[str]], Atom]:
    return lambda match: Atom(start=match.start(), end=match.end(), level=level, why=why)


def _day(match: re.Match[str]) -> Atom:
    return _atom(match, "day", day_in(month_number(match["m"]), day_number(match["d"])), match["y"])


def _day_range(match: re.Match[str]) -> Atom:
    month = month_number(match["m"])
    first, last = day_in(month, day_number(match["d"])), day_in(month, day_number(match["e"]))

    def in_year(year: int) -> Days | None:
        one, other = first(year), last(year)
        if one is None or other is None or one.spans[0][0] > other.spans[0][0]:
            return None
        # "5 and 7 February" are two days; "5-7 February" all between. The smaller set is the safer reading.
        if re.search(r"\b(?:and|or)\b", match.group()):
            return merge_intervals((*one.spans, *other.spans))
        return Days(((one.spans[0][0], other.spans[0][1]),))

    return _atom(match, "range", in_year, match["y"])


def _iso(match: re.Match[str]) -> Atom:
    return _atom(match, "day", day_in(int(match["m"]), int(match["d"])), match["y"])


def _numeric(match: re.Match[str]) -> Atom:
    one, other = int(match["a"]), int(match["b"])
    if len(match["y"]) < 4 or (one <= 12 and other <= 12 and one != other):
        return Atom(start=match.start(), end=match.end(), level="day", why=AMBIGUOUS)
    day, month = (one, other) if other <= 12 else (other, one)
    return _atom(match, "day", day_in(month, day), match["y"])


def _month(match: re.Match[str]) -> Atom:
    return _atom(match, "month", months_in(month_number(match["m"]), 1), match["y"])


def _month_part(match: re.Match[str]) -> Atom:
    month = month_number(match["m"])
    part = {"e": 0, "b": 0, "s": 0, "m": 1, "l": 2}[match["p"][0].lower()]
    part = 2 if match["p"].lower() == "end" else part
    return _atom(match, "third", lambda y: merge_intervals([third_interval(y, month, part)]), match["y"])


def _bare_month(match: re.Match[str]) -> Atom | None:
    """A month without day and year; "May" and "March" need a word before them that dates take."""
    text, name = match.string, match["m"]
    before = text[max(0, match.start() - 12) : match.start()]
    if name.rstrip(".").lower() in ("may", "march", "mar", "sep", "jan", "dec") and not _MONTH_BEFORE.search(before):
        starts_sentence = not before.strip() or re.search(r"[.!?:\n]['\")]*\s*['\"(]*$", before)
        if starts_sentence and name.lower() in ("may", "march"):
            return None
        return Atom(start=match.start(), end=match.end(), level="month", why=NAME_OR_MONTH)
    return _atom(match, "month", months_in(month_number(name), 1), None)


def _season(match: re.Match[str]) -> Atom:
    season, year, second = SEASON_NUMBERS[match["s"].lower()], int(match["y"]), match["z"]
    if second and (season != 3 or int(second[-2:]) != (year + 1) % 100):
        return Atom(start=match.start(), end=match.end(), level="season", why=SEASON_YEARS)
    return _atom(match, "season", lambda y: merge_intervals([season_interval(y, season)]), match["y"])


def _bare_season(match: re.Match[str]) -> Atom:
    return Atom(start=match.start(), end=match.end(), level="season", why=BARE_SEASON)


def _year_part(match: re.Match[str]) -> Atom:
    first = {"e": 1, "m": 5, "l": 9}[match["p"][0].lower()]
    return _atom(match, "range", months_in(first, 4), match["y"])


def _year(match: re.Match[str]) -> Atom | None:
    if _COUNTED.match(match.string, match.end()):
        return None
    return _atom(match, "year", months_in(1, 12), match["y"])


def _years(match: re.Match[str]) -> Atom:
    first, digits = int(match["y"]), match["z"]
    count = (int(digits) if len(digits) == 4 else first // 100 * 100 + int(digits)) - first + 1
    if count < 2:
        return Atom(start=match.start(), end=match.end(), level="range", why=BACKWARDS)
    return _atom(match, "range", months_in(1, 12 * count), match["y"])


def _decade(match: re.Match[str]) -> Atom:
    first, count = {"e": (0, 4), "m": (4, 3), "l": (7, 3), "": (0, 10)}[(match["p"] or "")[:1].lower()]
    if match.groupdict().get("w"):
        start = 1900 + DECADE_WORDS[match["w"].lower()]
    else:
        digits = match["y"].strip("'")
        start = int(digits) + (1900 if len(digits) == 2 else 0)
    level: Level = "range" if match["p"] else "decade"
    return _atom(match, level, months_in(1 + 12 * first, 12 * count), str(start))


def _juche(match: re.Match[str]) -> Atom:
    year = 1911 + int(match["j"])
    if match["y"] and int(match["y"]) != year:
        return Atom(start=match.start(), end=match.end(), level="year", why=JUCHE)
    return _atom(match, "year", months_in(1, 12), str(year))


def _juche_day(match: re.Match[str]) -> Atom:
    return _atom(match, "day", day_in(int(match["m"]), int(match["d"])), str(1911 + int(match["j"])))


def _holiday(match: re.Match[str]) -> Atom:
    on = day_in(*HOLIDAYS[match["h"].lower()])
    number = (match["n"] or "0").lower()
    if not number.isdigit() and number not in NUMBERS:
        return Atom(start=match.start(), end=match.end(), level="day", why=RELATIVE)
    shift = (int(number) if number.isdigit() else NUMBERS[number]) * (-1 if match["w"] == "before" else 1)

    def in_year(year: int) -> Days | None:
        days = on(year)
        return Days(tuple((a + shift, b + shift) for a, b in days.spans)) if days else None

    return _atom(match, "day", in_year, match["y"])


_READERS: Final[dict[str, Callable[[re.Match[str]], Atom | None]]] = {
    "day_first": _day, "month_first": _day, "days_first": _day_range, "days_after": _day_range, "iso": _iso,
    "iso_month": lambda m: _atom(m, "month", months_in(int(m["m"]), 1), m["y"]), "numeric": _numeric,
    "month_part": _month_part, "month": _month, "bare_month": _bare_month, "in_may": lambda m: _atom(m, "month",
    months_in(month_number(m["m"]), 1), None),
    "piece": _unresolved(None, PART_OF_PERIOD), "season": _season, "season_part": _unresolved("season", PART_OF_PERIOD),
    "bare_season": _bare_season, "year_part": _year_part, "year_piece": _unresolved(None, PART_OF_PERIOD),
    "decade": _decade, "decade_short": _decade, "juche": _juche, "juche_day": _juche_day, "year": _year,
    "years": _years,
    "holiday": _holiday, "lunar": _unresolved("day", LUNAR), "relative": _unresolved(None, RELATIVE),
    "adverb": _unresolved(None, RELATIVE), "offset": _unresolved(None, RELATIVE),
    "weekday": _unresolved("day", RELATIVE),
}  # fmt: skip
