"""What Korean name a spelling may be: sets of readings, for telling whether two records mean the same name.

Redaction asks whether a word of a draft may be a name of the record (``may_be``; over whole texts ``NameIndex``);
linkage asks whether two spellings may be one name (``same_name``) and, before that, which pairs are worth asking about
(``reading_keys``). All of them read by syllables with sound changes, in both orders; none compares letters by likeness.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import Final

from bearwitness.text.name_parts import SurnameVariants, split_name, surname_spellings
from bearwitness.text.name_syllables import SYLLABLES
from bearwitness.text.romanisation import (
    HEARD,
    LONGEST_NAME,
    Segments,
    Speller,
    canonical,
    fold_latin,
    is_hangul,
    sounds_of,
)
from bearwitness.text.romanisation_sounds import heard_name

# A name in Latin letters is short; longer text is no name, which also bounds how many readings there can be.
MOST_LETTERS: Final = 32
MOST_WORDS: Final = 5
_LETTERS = re.compile(r"[a-z]+")
# Letters of one family are one in a key: a spelling seldom tells them apart, and a key must not either.
_FAMILY: Final = {c: family for family in ("ㄱㄲㅋ", "ㄷㄸㅌ", "ㅂㅃㅍ", "ㅈㅉㅊ", "ㅅㅆ") for c in family}


@dataclass(frozen=True, slots=True, kw_only=True)
class NameReading:
    """One name that a spelling may be.

    Both are Hangul, each syllable ``canonical`` (one of 리, 니, 이 for all three), so that Northern and Southern
    spelling are one reading; ``surname`` is empty where none was written.
    """

    surname: str
    given: str


def readings(written: str, surnames: SurnameVariants) -> frozenset[NameReading]:
    """Every name that a spelling may be, surname first or last or absent.

    Parameters
    ----------
    written : str
        A name in Hangul or in Latin letters of any system: "Choe Un Sim", "Eunsim Choi", "최은심".
    surnames : mapping of str to sequence of str
        Hangul surname to its Latin spellings (``data.load_surnames``). Where neither end of a Latin name is one of
        them, any syllable may be the surname.

    Returns
    -------
    frozenset of NameReading
        Empty for what can be no Korean name. Given names of one to four syllables out of ``name_syllables``.
    """
    bare = re.sub(r"\s", "", written)
    if is_hangul(bare):
        return _hangul_readings(bare)
    found: set[NameReading] = set()
    for surname, words in _splits(written, surnames):
        codes = _codes(surname, surnames) if surname else frozenset({""})
        for given in _givens(words):
            found.update(NameReading(surname=code, given=given) for code in codes)
    return frozenset(found)


def may_be(written: str, hangul: str, surnames: SurnameVariants) -> bool:
    """Whether a spelling may be a certain Hangul name.

    Parameters
    ----------
    written : str
        A name in Hangul or Latin letters.
    hangul : str
        A full name, or a given name: "최은심", "은심". A full name is not recognised by its given name alone.
    surnames : mapping of str to sequence of str
        See ``readings``.
    """
    bare, other = (re.sub(r"\s", "", text) for text in (hangul, written))
    if not is_hangul(bare):
        raise ValueError("the name to compare with must be Hangul")
    if is_hangul(other):
        return _text(bare) == _text(other)
    surname, given = split_name(bare)
    folded, speller = surname_spellings(surname, surnames), _speller_of(bare)
    wanted = {form for form in (tuple(map(canonical, given)), heard_name(given)) if form}
    alone = {form for form in (tuple(map(canonical, bare)), heard_name(bare)) if form}
    for word, words in _cuts(written):
        forms = alone if not word else wanted if word in folded else set()
        if any(choice in forms for cut in _syllables(words, speller) for choice in product(*cut)):
            return True
    return False


def same_name(a: str, b: str, surnames: SurnameVariants) -> bool:
    """Whether two spellings may be one name: each in Hangul or Latin letters, by whatever system and order.

    A given name and a full name are not the same name; compare the given names.
    """
    bare_a, bare_b = re.sub(r"\s", "", a), re.sub(r"\s", "", b)
    if is_hangul(bare_a):
        return may_be(b, a, surnames)
    if is_hangul(bare_b):
        return may_be(a, b, surnames)
    return _words(a) == _words(b) != () or not readings(a, surnames).isdisjoint(readings(b, surnames))


def reading_keys(written: str, surnames: SurnameVariants) -> frozenset[str]:
    """Blocking keys: two spellings of one name share at least one.

    Parameters
    ----------
    written : str
        A name in Hangul or Latin letters.
    surnames : mapping of str to sequence of str
        See ``readings``.

    Returns
    -------
    frozenset of str
        One key per surname and pattern of consonants of a reading; a shared key says that two names are worth
        comparing, not that they are the same. Empty for what can be no Korean name.
    """
    return frozenset(f"{r.surname}/{'.'.join(map(_pattern, r.given))}" for r in readings(written, surnames))


def _hangul_readings(bare: str) -> frozenset[NameReading]:
    """A Hangul name with its first syllable as the surname; a short one also as a given name alone."""
    found = set()
    surname, given = split_name(bare)
    if given and len(given) <= LONGEST_NAME:
        found.add(NameReading(surname=_text(surname), given=_text(given)))
    if len(bare) <= LONGEST_NAME:
        found.add(NameReading(surname="", given=_text(bare)))
    return frozenset(found)


def _text(hangul: str) -> str:
    return "".join(map(canonical, hangul))


def _words(written: str) -> tuple[str, ...]:
    return tuple(_LETTERS.findall(fold_latin(written)))


def _cuts(written: str) -> Iterator[tuple[str, Sequence[str]]]:
    """Every way to take a surname (or none) off the words of a name; before a comma stands the surname."""
    words = _words(written)
    if not words or len(words) > MOST_WORDS or sum(map(len, words)) > MOST_LETTERS:
        return
    family, comma, _ = written.partition(",")
    if comma:
        if len(_words(family)) == 1 < len(words):
            yield words[0], words[1:]
        return
    yield "", words
    if len(words) > 1:
        yield words[0], words[1:]
        yield words[-1], words[:-1]
        return
    for at in range(1, len(words[0])):
        yield words[0][:at], [words[0][at:]]
        yield words[0][at:], [words[0][:at]]


def _splits(written: str, surnames: SurnameVariants) -> list[tuple[str, Sequence[str]]]:
    """The cuts whose surname is a known one; where there is none, those with any syllable, of separate words only."""
    cuts = list(_cuts(written))
    listed = _listed(tuple((s, tuple(v)) for s, v in surnames.items()))
    known = [cut for cut in cuts if not cut[0] or cut[0] in listed]
    if any(surname for surname, _ in known) or len(_words(written)) < 2:
        return known
    return cuts


@lru_cache(maxsize=8)
def _listed(surnames: tuple[tuple[str, tuple[str, ...]], ...]) -> dict[str, frozenset[str]]:
    """Every Latin spelling of the surnames, with the canonical surnames it may be."""
    variants = dict(surnames)
    found: dict[str, set[str]] = {}
    for surname in variants:
        for spelling in surname_spellings(surname, variants):
            found.setdefault(spelling, set()).add(_text(surname))
    return {spelling: frozenset(codes) for spelling, codes in found.items()}


def _codes(word: str, surnames: SurnameVariants) -> frozenset[str]:
    known = _listed(tuple((s, tuple(v)) for s, v in surnames.items())).get(word)
    if known:
        return known
    return frozenset(s for s in _any_speller().syllables(word) if not s.startswith(HEARD))


def _givens(words: Sequence[str]) -> Iterator[str]:
    for cut in _syllables(words, _any_speller()):
        for choice in product(*cut):
            ways = [_behind(choice[at], choice[at + 1 : at + 2]) for at in range(len(choice))]
            yield from map("".join, product(*ways))


def _behind(syllable: str, following: tuple[str, ...]) -> tuple[str, ...]:
    """The syllables that a syllable stands for: itself, or where it is one that is heard, those heard so here."""
    if not syllable.startswith(HEARD):
        return (syllable,)
    initial = sounds_of(following[0].removeprefix(HEARD))[0] if following else ""
    return _changes().get((syllable, initial), ())


@lru_cache(maxsize=1)
def _changes() -> dict[tuple[str, str], tuple[str, ...]]:
    """Heard syllable and initial consonant of the next one (ㄹ counts as ㄴ, as in ``canonical``) to what it may be."""
    found: dict[tuple[str, str], set[str]] = {}
    for syllable in map(canonical, SYLLABLES):
        for following, initial in (("나", "ㄴ"), ("라", "ㄴ"), ("마", "ㅁ")):
            changed = heard_name(syllable + following)
            if changed and changed[0].startswith(HEARD):
                found.setdefault((changed[0], initial), set()).add(syllable)
    return {heard: tuple(sorted(syllables)) for heard, syllables in found.items()}


@lru_cache(maxsize=1)
def _any_speller() -> Speller:
    return Speller({*map(canonical, SYLLABLES), *(heard for heard, _ in _changes())})


@lru_cache(maxsize=256)
def _speller_of(hangul: str) -> Speller:
    return Speller({*map(canonical, hangul), *heard_name(hangul), *heard_name(split_name(hangul)[1])})


def _syllables(words: Sequence[str], speller: Speller) -> list[Segments]:
    found: list[Segments] = [()]
    for word in words:
        cuts = speller.segments(word)
        found = [(*before, *cut) for before in found for cut in cuts if len(before) + len(cut) <= LONGEST_NAME]
    return [cut for cut in found if cut]


def _pattern(syllable: str) -> str:
    initial, _, final = sounds_of(syllable)
    return _FAMILY.get(initial, initial) + ("-" if not final else "")
