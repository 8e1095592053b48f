"""What a wording still allows: sets of values, each with an intersection and an inclusion.

Four kinds are enough. ``Codes`` is a set of leaf codes (surname, sex, kinds of relative, acts). ``Paths`` is a
set of nodes of a tree written as paths (``pyongbuk/sinuiju``): a node stands for itself and all that lies below
it (places, occupations, routes). ``Days`` is a union of closed day intervals as proleptic ordinals (dates).
``NoneOf`` is a set of leaf codes that are all absent, of what a household can have several of at once.
What is not said allows everything; that is the absence of a claim, never an empty set.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Codes:
    """A set of leaf codes: one of these holds."""

    codes: frozenset[str]

    def intersect(self, other: Codes) -> Codes:
        """The codes that both allow."""
        return Codes(self.codes & other.codes)

    def includes(self, other: Codes) -> bool:
        """Whether everything that ``other`` allows is allowed here too."""
        return other.codes <= self.codes

    @property
    def is_empty(self) -> bool:
        """Whether nothing is allowed any more."""
        return not self.codes


def _is_at_or_below(path: str, ancestor: str) -> bool:
    return path == ancestor or path.startswith(ancestor + "/")


@dataclass(frozen=True, slots=True)
class Paths:
    """A set of tree nodes; each stands for its whole subtree."""

    paths: frozenset[str]

    def intersect(self, other: Paths) -> Paths:
        """The nodes that lie within both: of two on one branch the lower one."""
        kept = {p for p in self.paths if any(_is_at_or_below(p, q) for q in other.paths)}
        kept |= {q for q in other.paths if any(_is_at_or_below(q, p) for p in self.paths)}
        return Paths(frozenset(kept))

    def includes(self, other: Paths) -> bool:
        """Whether every node of ``other`` lies at or below one of ours."""
        return all(any(_is_at_or_below(q, p) for p in self.paths) for q in other.paths)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is allowed any more."""
        return not self.paths


@dataclass(frozen=True, slots=True)
class Days:
    """A union of closed intervals of days, as ordinals of the proleptic Gregorian calendar, sorted, disjoint."""

    spans: tuple[tuple[int, int], ...]

    @staticmethod
    def between(first: date, last: date) -> Days:
        """All days from ``first`` to ``last``, both included."""
        return Days(((first.toordinal(), last.toordinal()),))

    def intersect(self, other: Days) -> Days:
        """The days that both allow."""
        found = [
            (max(a, c), min(b, d)) for a, b in self.spans for c, d in other.spans if max(a, c) <= min(b, d)
        ]
        return Days(tuple(sorted(found)))

    def includes(self, other: Days) -> bool:
        """Whether every interval of ``other`` lies within one of ours."""
        return all(any(a <= c and d <= b for a, b in self.spans) for c, d in other.spans)

    def reaching_back(self, days: int) -> Days:
        """The same intervals, each beginning ``days`` earlier (news travels after the act); merged where they meet."""
        merged: list[tuple[int, int]] = []
        for first, last in sorted((a - days, b) for a, b in self.spans):
            if merged and first <= merged[-1][1] + 1:
                merged[-1] = (merged[-1][0], max(merged[-1][1], last))
            else:
                merged.append((first, last))
        return Days(tuple(merged))

    @property
    def is_empty(self) -> bool:
        """Whether nothing is allowed any more."""
        return not self.spans


@dataclass(frozen=True, slots=True)
class NoneOf:
    """Leaf codes of which a household has not one: "no son or daughter". What leaves out more codes allows more."""

    codes: frozenset[str]

    def intersect(self, other: NoneOf) -> NoneOf:
        """What both allow: neither the codes of the one nor of the other."""
        return NoneOf(self.codes | other.codes)

    def includes(self, other: NoneOf) -> bool:
        """Whether everything that ``other`` allows is allowed here too."""
        return self.codes <= other.codes

    @property
    def is_empty(self) -> bool:
        """Never: a household may have none of anything."""
        return False


ValueSet = Codes | Paths | Days | NoneOf


def intersect_values(one: ValueSet, other: ValueSet) -> ValueSet:
    """What both sets allow; they must be of one kind.

    Raises
    ------
    ValueError
        If the two sets are of different kinds.
    """
    if isinstance(one, Codes) and isinstance(other, Codes):
        return one.intersect(other)
    if isinstance(one, Paths) and isinstance(other, Paths):
        return one.intersect(other)
    if isinstance(one, Days) and isinstance(other, Days):
        return one.intersect(other)
    if isinstance(one, NoneOf) and isinstance(other, NoneOf):
        return one.intersect(other)
    raise ValueError("two claims about one attribute must allow values of one kind")


def values_include(wider: ValueSet, narrower: ValueSet) -> bool:
    """Whether ``wider`` allows everything that ``narrower`` does (False for different kinds)."""
    if isinstance(wider, Codes) and isinstance(narrower, Codes):
        return wider.includes(narrower)
    if isinstance(wider, Paths) and isinstance(narrower, Paths):
        return wider.includes(narrower)
    if isinstance(wider, Days) and isinstance(narrower, Days):
        return wider.includes(narrower)
    if isinstance(wider, NoneOf) and isinstance(narrower, NoneOf):
        return wider.includes(narrower)
    return False
