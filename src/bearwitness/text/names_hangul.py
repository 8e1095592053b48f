"""Names in Hangul: full, given, surname with a title; particles attach on the right and are left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bearwitness.text.name_parts import TITLES
from bearwitness.text.name_tables import NameMatch, NameTables, make_match
from bearwitness.text.particles import are_particles

_RUN = re.compile("[가-힣]+")
# "이모" and "고모" are aunts, "이양" and "정양" ordinary words only rarely.
_AUNTS: Final = frozenset(["이모", "고모"])
_SORTED_TITLES: Final = sorted(TITLES, key=len, reverse=True)
_MASKED = re.compile(r" ?(?:[○〇◯●□×*Xx]{1,3}|[Oo0]{2,3})(?![A-Za-z0-9])")
_AGE = re.compile(r" ?모? ?\([^()\n]{1,20}\) ?(?=씨|군|양|여인|노인)")


def find_hangul(text: str, tables: NameTables) -> Iterator[NameMatch]:
    """Every Hangul name of the tables in normalised text; overlapping ones too."""
    if not tables.hangul_full and not tables.hangul_given:
        return
    lengths = sorted({len(name) for name in tables.hangul_full}, reverse=True)
    previous: re.Match[str] | None = None
    for run in _RUN.finditer(text):
        yield from _full(text, run, lengths, tables)
        spaced = previous is not None and re.fullmatch(r"\s", text[previous.end() : run.start()]) is not None
        surname = tables.hangul_surnames.get(previous.group()) if spaced and previous else None
        yield from _given(text, run, previous.start() if surname and previous else None, surname, tables)
        yield from _surname(text, run, tables)
        previous = run


def _full(text: str, run: re.Match[str], lengths: list[int], tables: NameTables) -> Iterator[NameMatch]:
    word, start = run.group(), run.start()
    for at in range(len(word)):
        for length in lengths:
            keys = tables.hangul_full.get(word[at : at + length]) if at + length <= len(word) else None
            # Two syllables inside a longer word are not a name; at its beginning only particles may follow.
            if keys is None or (length == 2 and (at or not _ends(word[length:], word[:length]))):
                continue
            yield make_match(text, start + at, start + at + length, keys, "full", "hangul")
            break


def _ends(rest: str, stem: str) -> bool:
    """Whether what follows a name in its word is particles or a title with particles."""
    return are_particles(rest, after=stem) or any(
        rest.startswith(t) and are_particles(rest[len(t) :], after=t) for t in _SORTED_TITLES
    )


def _given(
    text: str, run: re.Match[str], surname_at: int | None, surname_keys: set[str] | None, tables: NameTables
) -> Iterator[NameMatch]:
    """A given name at the beginning of a word, alone or after a surname and a space."""
    word = run.group()
    for length in range(min(len(word), 4), 0, -1):
        stem = word[:length]
        keys = tables.hangul_given.get(stem)
        if keys is None or not _ends(word[length:], stem):
            continue
        if surname_at is not None and surname_keys and keys & surname_keys:
            yield make_match(text, surname_at, run.start() + length, keys & surname_keys, "full", "hangul")
        yield make_match(text, run.start(), run.start() + length, keys, "given", "hangul")
        return


def _surname(text: str, run: re.Match[str], tables: NameTables) -> Iterator[NameMatch]:
    """A surname with a title, an age or mask signs; the surname and its title are one passage."""
    word = run.group()
    for length in (2, 1):
        keys = tables.hangul_surnames.get(word[:length])
        if keys is None:
            continue
        after = run.start() + length
        rest = word[length:]
        masked = _MASKED.match(text, after)
        if masked:
            yield make_match(text, run.start(), masked.end(), keys, "initials", "hangul")
            return
        end = _titled(text, word, rest, after)
        if end:
            yield make_match(text, run.start(), end, keys, "surname_title", "hangul")
            return


def _titled(text: str, word: str, rest: str, after: int) -> int | None:
    """Where the title after a surname ends: joined to it, or the next word, or after an age in brackets."""
    aged = _AGE.match(text, after)
    if aged:
        return aged.end() + len(next(t for t in _SORTED_TITLES if text.startswith(t, aged.end())))
    if rest:
        title = next((t for t in _SORTED_TITLES if rest.startswith(t)), None)
        if title is None or not are_particles(rest[len(title) :], after=title):
            return None
        if word[: len(word) - len(rest) + len(title)] in _AUNTS and not text.startswith(" 씨", after + len(title)):
            return None
        after += len(title)
        return after + 2 if title == "모" and text.startswith(" 씨", after) else after
    following = _RUN.match(text, after + 1) if text[after : after + 1].isspace() else None
    if following is None:
        return None
    title = next((t for t in _SORTED_TITLES if following.group().startswith(t)), None)
    if title is None or not are_particles(following.group()[len(title) :], after=title):
        return None
    end = following.start() + len(title)
    return end + 2 if title == "모" and text.startswith(" 씨", end) else end
