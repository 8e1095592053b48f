"""Passages of a draft that repeat stored testimony word for word: a quotation identifies its speaker."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from bearwitness.model.dates import FuzzyDate
from bearwitness.model.records import Case, Consent, Testimony
from bearwitness.text.normalise import normalise

# Five words in a row, or six of which one may differ.
FEWEST_WORDS: Final = 5
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_PURPOSE: Final = "publication"
_ABSENT: Final = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """A passage of normalised text that repeats an account; ``testimonies`` are ids."""

    start: int
    end: int
    testimonies: tuple[str, ...]


def find_quotations(text: str, testimonies: Iterable[Testimony]) -> tuple[Quotation, ...]:
    """The passages that repeat testimony, in order; those that overlap are one.

    Parameters
    ----------
    text : str
        Normalised text.
    testimonies : iterable of Testimony
        The stored accounts, in any order.

    Notes
    -----
    A paraphrase is not found, nor a translation.
    """
    matches = list(_WORD.finditer(text))
    numbers: dict[str, int] = {}
    words = [numbers.setdefault(m.group().casefold(), len(numbers)) for m in matches]
    windows = _windows(words)
    found: list[tuple[int, int, str]] = []
    for testimony in testimonies:
        told = normalise(testimony.text).text
        stored = [numbers.get(w.casefold(), _ABSENT) for w in _WORD.findall(told)]
        for first, last in _repeated(stored, windows):
            found.append((matches[first].start(), matches[last].end(), testimony.id))
    return _merged(found)


Key = tuple[int, ...]


def _windows(words: Sequence[int]) -> dict[Key, list[int]]:
    """Where each five words in a row stand, and each six with one inner word left open."""
    found: dict[Key, list[int]] = {}
    for at in range(len(words) - FEWEST_WORDS + 1):
        found.setdefault(tuple(words[at : at + FEWEST_WORDS]), []).append(at)
        if at + FEWEST_WORDS < len(words):
            for key in _open_keys(words[at : at + FEWEST_WORDS + 1]):
                found.setdefault(key, []).append(at)
    return found


def _open_keys(six: Sequence[int]) -> Iterable[Key]:
    for hole in range(1, FEWEST_WORDS):
        yield (-2 - hole, *six[:hole], *six[hole + 1 :])


def _repeated(stored: Sequence[int], windows: dict[Key, list[int]]) -> Iterable[tuple[int, int]]:
    """First and last word, in the draft, of every window that an account shares with it."""
    for at in range(len(stored) - FEWEST_WORDS + 1):
        six = stored[at : at + FEWEST_WORDS + 1]
        absent = six.count(_ABSENT)
        if absent > 1:
            # Most windows of most accounts end here.
            continue
        if _ABSENT not in six[:FEWEST_WORDS]:
            for start in windows.get(tuple(six[:FEWEST_WORDS]), ()):
                yield start, start + FEWEST_WORDS - 1
        if len(six) > FEWEST_WORDS:
            for key in _open_keys(six):
                for start in windows.get(key, ()):
                    yield start, start + FEWEST_WORDS


def _merged(found: Iterable[tuple[int, int, str]]) -> tuple[Quotation, ...]:
    merged: list[tuple[int, int, set[str]]] = []
    for start, end, testimony in sorted(found):
        if merged and start < merged[-1][1]:
            before = merged.pop()
            merged.append((before[0], max(before[1], end), before[2] | {testimony}))
        else:
            merged.append((start, end, {testimony}))
    return tuple(Quotation(start=s, end=e, testimonies=tuple(sorted(ids))) for s, e, ids in merged)


def may_quote(case: Case, testimony: Testimony, published: date) -> bool:
    """Whether the teller of an account agreed to being quoted word for word in a publication of that day.

    Dates that are vague or unknown count against quoting: no consent is no consent.
    """
    return any(
        c.giver == testimony.teller and c.purpose == _PURPOSE and c.quoting == "verbatim" and _in_force(c, published)
        for c in case.consents
    )


def _in_force(consent: Consent, on: date) -> bool:
    return not _has_begun(consent.withdrawn, on) and not _has_begun(consent.expires, on)


def _has_begun(day: FuzzyDate | None, on: date) -> bool:
    return day is not None and (day.days is None or day.days.spans[0][0] <= on.toordinal())
