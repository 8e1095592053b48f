"""What a file is read against: places, terms and dates, each looked up once however often it is written."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from bearwitness.model.calendar_units import merge_intervals
from bearwitness.model.claims import KIN_LEAVES, Language
from bearwitness.model.codec.format_error import FileFormatError
from bearwitness.model.dates import DateFormatError, FuzzyDate, parse_edtf
from bearwitness.model.places import PlaceTree
from bearwitness.model.values import ValueSet
from bearwitness.model.vocabulary import Vocabulary

# The lists of the vocabulary whose codes are nodes of a tree: any node may be meant, also one without a term.
TREES: Final = frozenset({"occupation", "route"})
# A day of the lunar calendar falls 18 to 51 days after the solar day of the same figures (New Year lies between
# 21 January and 21 February, a leap month stands at most one month apart); taken a little wider.
LUNAR_SHIFT: Final = (15, 55)
# Acts whose code goes on with the relative they were done to.
ACTS_BY_RELATIVE: Final = frozenset({"detention"})

NO_PLACES: Final = PlaceTree(places={}, regions={})
NO_TERMS: Final = Vocabulary(lists={})


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The place tree and vocabulary of one reading, with what was looked up before.

    ``places`` maps a folded name to paths; places of the case, and ``persons`` of it, are added as they are read.
    """

    tree: PlaceTree = NO_PLACES
    vocabulary: Vocabulary = NO_TERMS
    paths: set[str] = field(default_factory=set)
    places: dict[str, set[str]] = field(default_factory=dict)
    persons: set[str] = field(default_factory=set)
    dates: dict[str, FuzzyDate] = field(default_factory=dict)
    terms: dict[str, Mapping[str, frozenset[str]]] = field(default_factory=dict)
    values: dict[tuple[str, tuple[str, ...]], ValueSet] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for place in self.tree.places.values():
            self.add_place(place.path, (name for names in place.names.values() for name in names))

    def add_place(self, path: str, names: Iterable[str]) -> None:
        """Let a place be found by its path and each of its names."""
        self.paths.add(path)
        for name in names:
            self.places.setdefault(fold(name), set()).add(path)

    def find_place(self, written: str) -> str:
        """The one path that a path or name means, as ``PlaceTree.find`` has it, places of the case included.

        Raises
        ------
        FileFormatError
            If no place is called so, or several are: the paths to choose from are named.
        """
        if written in self.paths:
            return written
        found = sorted(self.places.get(fold(written), ()))
        if len(found) == 1:
            return found[0]
        if found:
            raise FileFormatError(f"{len(found)} places have this name.", f"Write {' or '.join(found)}.")
        raise FileFormatError(
            "no place has this name.", "Write a path such as pyongbuk/sinuiju, or add the place under places."
        )

    def find_places(self, written: str) -> frozenset[str]:
        """The paths that a path, a name or the name of a region allows."""
        folded = fold(written)
        if written not in self.paths and folded not in self.places:
            for region in self.tree.regions.values():
                words = (*region.labels.values(), *(name for names in region.names.values() for name in names))
                if written == region.id or any(fold(word) == folded for word in words):
                    return region.provinces
        return frozenset({self.find_place(written)})

    def find_date(self, written: str) -> FuzzyDate:
        """The date an EDTF text stands for.

        Raises
        ------
        FileFormatError
            If there is no such date.
        """
        found = self.dates.get(written)
        if found is None:
            try:
                found = parse_edtf(written)
            except DateFormatError as error:
                raise FileFormatError(
                    f"the date cannot be read: {error.reason}.",
                    "Write it as 2024-02-05, 2024-02, 2024~ or 2023/2024-02.",
                ) from None
            self.dates[written] = found
        return found

    def find_codes(self, name: str, written: str) -> frozenset[str]:
        """The codes of a list that a code, or a label or form of a term in either language, stands for.

        Raises
        ------
        FileFormatError
            If the list has no such term.
        """
        known = self.terms.get(name)
        if known is None:
            known = self.terms[name] = _terms_of(name, self.vocabulary)
        found = known.get(written) or known.get(fold(written))
        if found is None:
            raise FileFormatError(f"the list {name} has no such term.", "See its codes in docs/reference/files.md.")
        return found


def fold(text: str) -> str:
    """A name as it is compared: composed, without outer spaces, without case."""
    return unicodedata.normalize("NFC", text).strip().casefold()


def lunar(found: FuzzyDate) -> FuzzyDate:
    """A date of the lunar calendar: the solar days it may be, and the flag that it is one."""
    if found.days is None:
        return replace(found, lunar=True)
    first, last = LUNAR_SHIFT
    end = date.max.toordinal()
    shifted = ((min(a + first, end), min(b + last, end)) for a, b in found.days.spans)
    return replace(found, days=merge_intervals(shifted), lunar=True)


def _terms_of(name: str, vocabulary: Vocabulary) -> Mapping[str, frozenset[str]]:
    codes = set(vocabulary.lists.get(name, {}))
    if name == "act":
        codes |= {f"{act}/{leaf}" for act in ACTS_BY_RELATIVE & codes for leaf in KIN_LEAVES}
    if name in TREES:
        codes |= {code[:i] for code in codes for i, c in enumerate(code) if c == "/"}
    found: dict[str, set[str]] = {}
    languages: tuple[Language, ...] = ("en", "ko")
    for language in languages:
        for form, meant in vocabulary.forms(name, language).items():
            found.setdefault(fold(form), set()).update(meant)
    # A code always means itself, whatever a form of another term looks like.
    return {form: frozenset(meant) for form, meant in found.items()} | {code: frozenset({code}) for code in codes}
