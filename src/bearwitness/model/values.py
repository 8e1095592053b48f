"""What a wording still allows: sets of values, each with an intersection and an inclusion.

Four kinds are enough. ``Codes`` is a set of leaf codes (surname, sex, kinds of relative, acts). ``Paths`` is a
set of nodes of a tree written as paths (``pyongbuk/sinuiju``): a node stands for itself and all that lies below
it (places, occupations, routes). ``Days`` is a union of closed day intervals as proleptic ordinals (dates).
``NoneOf`` is a set of leaf codes that are all absent, of what a household can have several of at once.
What is not said allows everything; that is the absence of a claim, never an empty set.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
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
    """A union of closed intervals of days, as ordinals of the proleptic Gregorian calendar, sorted, disjoint.

    ``counted``: of these days at most so many may be counted, since some are likelier than others and an adversary
    may try those first; None where all are alike.
    """

    spans: tuple[tuple[int, int], ...]
    counted: int | None = None

    @staticmethod
    def between(first: date, last: date) -> Days:
        """All days from ``first`` to ``last``, both included."""
        return Days(((first.toordinal(), last.toordinal()),))

    def intersect(self, other: Days) -> Days:
        """The days that both allow."""
        found = [
            (max(a, c), min(b, d)) for a, b in self.spans for c, d in other.spans if max(a, c) <= min(b, d)
        ]
        limits = [n for n in (self.counted, other.counted) if n is not None]
        return Days(tuple(sorted(found)), min(limits, default=None))

    def includes(self, other: Days) -> bool:
        """Whether every interval of ``other`` lies within one of ours, and no more of them is counted."""
        wide = self.counted is None or self.counted >= min(other.number, other.counted or other.number)
        return wide and all(any(a <= c and d <= b for a, b in self.spans) for c, d in other.spans)

    @property
    def number(self) -> int:
        """How many days there are."""
        return sum(b - a + 1 for a, b in self.spans)

    def stretches(self, edges: Iterable[int] = ()) -> tuple[Days, ...]:
        """Every run of as many of the days as are counted that may hold most, where what the days hold is even between
        the ``edges``: those that begin or end at an edge, or where an interval does.

        Parameters
        ----------
        edges : iterable of int
            First days of the cells of a table.
        """
        counted = self.counted
        if counted is None or counted >= self.number:
            return (Days(self.spans),)
        firsts = [a for a, _ in self.spans] + [e for e in edges if any(a < e <= b for a, b in self.spans)]
        before = [sum(min(b, f - 1) - a + 1 for a, b in self.spans if a < f) for f in firsts] + [self.number]
        starts = {s for n in before for s in (n, n - counted) if 0 <= s <= self.number - counted}
        return tuple(self._run(start, counted) for start in sorted(starts))

    def _run(self, start: int, length: int) -> Days:
        """So many of the days one after the other, from one of them on."""
        found = []
        for a, b in self.spans:
            first, last = max(a, a + start), min(b, a + start + length - 1)
            if first <= last:
                found.append((first, last))
            start -= b - a + 1
        return Days(tuple(found))

    def reaching_back(self, days: int, share: float = 1.0) -> Days:
        """The same intervals, each beginning ``days`` earlier (news travels after the act); merged where they meet.

        Parameters
        ----------
        days : int
            The longest delay.
        share : float
            In (0, 1]: no delay is likelier than if it took this share of the longest with even chances. So many of
            the days are counted, and no fewer than the news itself is dated to.

        Notes
        -----
        If an adversary tries c of the others in any order and the true act lies on day d with probability f(d), where
        the others lie with density g(d), it succeeds at most as often as blindly among 1/M of them, M = max f/g. For
        news of a day in a period of m days and a delay of which no day is likelier than one in n, max f <= 1/max(m, n).
        """
        merged: list[tuple[int, int]] = []
        for first, last in sorted((a - days, b) for a, b in self.spans):
            if merged and first <= merged[-1][1] + 1:
                merged[-1] = (merged[-1][0], max(merged[-1][1], last))
            else:
                merged.append((first, last))
        reached = Days(tuple(merged))
        counted = max(self.number, int(share * (days + 1)), 1)
        return replace(reached, counted=counted) if share < 1.0 and counted < reached.number else reached

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
