"""Find the names of a record in text: Hangul with its particles, Latin in every spelling and order, hanja.

Each passage found is tagged with the persons it may mean. Names that merely resemble one of the record are not
found; what nobody accounts for is for the fail-closed rest of a reading.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence
from typing import Final

from bearwitness.model.records import Name
from bearwitness.text.name_parts import Form as Form
from bearwitness.text.name_parts import SurnameVariants, hangul_spellings, split_name, surname_spellings
from bearwitness.text.name_parts import name_forms as name_forms
from bearwitness.text.name_parts import romanisations as romanisations
from bearwitness.text.name_surnames import Surnames, surname_table
from bearwitness.text.name_tables import NameMatch as NameMatch
from bearwitness.text.name_tables import NameTables, make_match
from bearwitness.text.names_hangul import find_hangul
from bearwitness.text.names_latin import find_latin
from bearwitness.text.romanisation import Speller, canonical, fold_latin, is_hangul
from bearwitness.text.romanisation_sounds import heard_name

_KIND_RANK: Final[dict[str, int]] = {"full": 0, "initials": 1, "given": 2, "surname_title": 3, "surname": 4}


class NameIndex:
    """All names of a record, ready to be found.

    Parameters
    ----------
    names : iterable of (str, Name)
        A key (a person id) and a name of that person; a person may come several times.
    surname_variants : mapping of str to sequence of str
        Hangul surname to its Latin spellings (surnames.csv, column romanised_variants).
    """

    __slots__ = ("_literals", "_tables")

    def __init__(self, names: Iterable[tuple[str, Name]], surname_variants: SurnameVariants) -> None:
        self._tables = _build(list(names), surname_variants)
        literal = sorted(self._tables.literal, key=len, reverse=True)
        self._literals = re.compile("|".join(map(re.escape, literal))) if literal else None

    def find(self, text: str, ordinary: Container[str] = ()) -> tuple[NameMatch, ...]:
        """The names in normalised text, in order, without overlap; of two that overlap the longer one.

        Parameters
        ----------
        text : str
            Text from ``text.normalise``; offsets of the matches are offsets in it.
        ordinary : container of str
            Ordinary words in lower case: "Yesterday Choe" shows a Choe, "Sonhui Choe" shows somebody else.

        Returns
        -------
        tuple of NameMatch
            A surname alone counts only where no other name stands beside it ("Choe Son-hui" is not a Choe of the
            record); a given name alone needs two syllables.
        """
        latin = find_latin(text, self._tables, ordinary)
        found = [*find_hangul(text, self._tables), *latin, *self._find_literals(text)]
        kept: list[NameMatch] = []
        for match in sorted(found, key=lambda m: (m.start, -m.end, _KIND_RANK[m.kind])):
            if not kept or match.start >= kept[-1].end:
                kept.append(match)
        return tuple(kept)

    def _find_literals(self, text: str) -> list[NameMatch]:
        if self._literals is None:
            return []
        return [
            make_match(text, m.start(), m.end(), self._tables.literal[m.group()], "full", "other")
            for m in self._literals.finditer(text)
        ]


def _build(names: Sequence[tuple[str, Name]], variants: SurnameVariants) -> NameTables:
    tables = NameTables(
        speller=Speller(()), all_surnames=frozenset(s for h in variants for s in hangul_spellings(h)),
        listed_surnames=frozenset(fold_latin(v) for spellings in variants.values() for v in spellings),
    )  # fmt: skip
    listed = surname_table(variants)
    for key, name in names:
        bare = name.text.replace(" ", "")
        if is_hangul(bare):
            _add_hangul(tables, key, bare, alone=name.kind in ("given", "nickname"))
        elif any(c.isascii() and c.isalpha() for c in bare):
            _add_latin(tables, key, name, listed)
        elif bare:
            tables.literal.setdefault(bare, set()).add(key)
    for surname in tuple(tables.hangul_surnames):
        for spelling in surname_spellings(surname, variants):
            tables.surname_latin.setdefault(spelling, set()).add(_canonical_text(surname))
    tables.speller = Speller({s for given in (*tables.given, *(g for _, g in tables.full)) for s in given})
    return tables


def _canonical_text(hangul: str) -> str:
    return "".join(map(canonical, hangul))


def _add_hangul(tables: NameTables, key: str, hangul: str, *, alone: bool) -> None:
    surname, given = ("", hangul) if alone else split_name(hangul)
    forms = [form for form in (tuple(map(canonical, given)), heard_name(given)) if form]
    if len(given) > 1 or alone:
        for syllables in forms:
            tables.given.setdefault(syllables, set()).add(key)
        for spelling in hangul_spellings(given):
            tables.hangul_given.setdefault(spelling, set()).add(key)
    if not surname:
        return
    tables.surnames.setdefault(_canonical_text(surname), set()).add(key)
    for spelling in hangul_spellings(surname):
        tables.hangul_surnames.setdefault(spelling, set()).add(key)
    if given:
        for syllables in forms:
            tables.full.setdefault((_canonical_text(surname), syllables), set()).add(key)
        for spelling in hangul_spellings(hangul):
            tables.hangul_full.setdefault(spelling, set()).add(key)


def _add_latin(tables: NameTables, key: str, name: Name, listed: Surnames) -> None:
    """A name recorded in Latin letters: as written, with its first or last word at the other end, its surname alone."""
    words = tuple(re.findall(r"[^\W\d_]+", fold_latin(name.text)))
    for order in {words, (*words[1:], words[0]), (words[-1], *words[:-1])} if words else ():
        tables.latin_literal.setdefault(order, set()).add(key)
    word = fold_latin(listed.word_in(name.text)) if name.kind in ("full", "former", "pseudonym") else ""
    for surname in listed.codes_of(word) if word else ():
        tables.surname_latin.setdefault(word, set()).add(_canonical_text(surname))
        tables.surnames.setdefault(_canonical_text(surname), set()).add(key)
        for spelling in hangul_spellings(surname):
            tables.hangul_surnames.setdefault(spelling, set()).add(key)
