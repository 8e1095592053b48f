"""Surname codes: what a surname as written, in Hangul or Latin letters, may be."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from bearwitness.model.records import Name
from bearwitness.text.name_parts import SurnameVariants, hangul_spellings, split_name
from bearwitness.text.romanisation import fold_latin, is_hangul


class Surnames:
    """The surname table, to be asked both ways.

    Parameters
    ----------
    listed : iterable of (str, tuple of str)
        Hangul surname, as the South writes it (the code), and its usual Latin spellings.
    """

    __slots__ = ("_codes", "_latin")

    def __init__(self, listed: Iterable[tuple[str, tuple[str, ...]]]) -> None:
        self._codes: dict[str, set[str]] = {}
        self._latin: dict[str, set[str]] = {}
        for code, spellings in listed:
            for hangul in hangul_spellings(code):
                self._codes.setdefault(hangul, set()).add(code)
            for spelling in spellings:
                self._latin.setdefault(fold_latin(spelling), set()).add(code)

    def codes_of(self, written: str) -> frozenset[str]:
        """The codes that a surname as written may mean: 리 is 이; Hangul of no table itself; none for other words."""
        if is_hangul(written):
            own = {written} if written in self._codes.get(written, ()) else self._codes.get(written)
            return frozenset(own or {written})
        return frozenset(self._latin.get(fold_latin(written), ()))

    def codes_in(self, name: Name) -> frozenset[str]:
        """The codes of the surname in a full name; none where it has none that is known."""
        if name.kind not in ("full", "former"):
            return frozenset()
        if is_hangul(name.text.replace(" ", "")):
            return self.codes_of(split_name(name.text)[0])
        word = self.word_in(name.text)
        return self.codes_of(word) if word else frozenset()

    def word_in(self, latin: str) -> str:
        """The word of a Latin full name that is its surname: the first that can be one, else the last; or none."""
        words = latin.replace(",", " ").split()
        if len(words) < 2:
            return ""
        return next((w for w in (words[0], words[-1]) if fold_latin(w) in self._latin), "")


def surname_table(variants: SurnameVariants) -> Surnames:
    """The table for a mapping of surnames; built once for the same content."""
    return _table(tuple((s, tuple(latin)) for s, latin in variants.items()))


@lru_cache(maxsize=8)
def _table(listed: tuple[tuple[str, tuple[str, ...]], ...]) -> Surnames:
    return Surnames(listed)
