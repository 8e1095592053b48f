"""Which sentences identify a household: the smallest sets of statements that together break the limit.

The risk grows with every statement, so "these together break the limit" is a monotone property of sets of
statements, and its minimal sets are looked for by growing size: a set that holds a smaller one found before is not
asked. All statements are taken as linked, the worst case, whatever the policy says of links.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import Final, NamedTuple

from bearwitness.disclosure.crowd import Constraint, Crowd
from bearwitness.disclosure.crowd_risk import risk_together
from bearwitness.disclosure.told_cells import HouseholdTables
from bearwitness.model.assessment import Risk

# More sets of sentences than an editor reads.
MOST_SETS: Final = 5
# So many sets are asked; past it one more is made by leaving statements out, and the list is said not to be complete.
MOST_ASKED: Final = 3000


class Told(NamedTuple):
    """One statement: where it stands, its words, and what it says as the adversary uses it.

    A table that is printed is one statement too: ``table`` are then its dimensions, and it has no constraints.
    """

    release: str
    words: str
    constraints: tuple[Constraint, ...]
    table: tuple[str, ...] = ()


class Identifying(NamedTuple):
    """Indices of statements that together break the limit, and the risk that they make."""

    statements: tuple[int, ...]
    risk: Risk


def identifying_sets(
    told: Sequence[Told], crowd: Crowd, *, threshold: float, odds: float = 1.0, most: int = MOST_SETS,
    tables: HouseholdTables | None = None,
) -> tuple[tuple[Identifying, ...], bool]:
    """The minimal sets of statements whose joint risk is above the threshold.

    Parameters
    ----------
    told : sequence of Told
        All statements about one household.
    crowd : Crowd
        The adversary and its frames.
    threshold : float
        Highest upper 95 % bound of the pursuit risk that is accepted.
    odds : float
        Prior odds ratio of the household.
    most : int
        How many sets are returned.
    tables : HouseholdTables, optional
        What the tables among the statements tell of the household.

    Returns
    -------
    tuple of (tuple of Identifying, bool)
        Sets of fewest statements first, of equal size the one that leaves the smallest crowd; and whether every
        minimal set is among them. An empty set of statements is one of them where the frame itself is too small.
    """
    search = _Search(told, crowd, threshold, odds, tables)
    if not search.breaks(tuple(search.usable)):
        return (), True
    found, complete = search.minimal_sets()
    ordered = sorted(found, key=lambda f: (len(f.statements), f.risk.candidates, f.statements))
    return tuple(ordered[:most]), complete and len(ordered) <= most


class _Search:
    def __init__(
        self, told: Sequence[Told], crowd: Crowd, threshold: float, odds: float, tables: HouseholdTables | None
    ) -> None:
        self._told = told
        self._crowd = crowd
        self._threshold = threshold
        self._odds = odds
        self._tables = tables
        self.asked = 0
        # What the adversary cannot check itself may still tell it which cell of a table is meant.
        self.usable = [i for i, t in enumerate(told) if tables or any(crowd.checkable(c) for c in t.constraints)]

    def risk(self, chosen: Sequence[int]) -> Risk:
        constraints = [c for i in chosen for c in self._told[i].constraints]
        printed = frozenset(self._told[i].release for i in chosen if self._told[i].table)
        known = self._tables.only(printed) if self._tables and printed else None
        return risk_together(constraints, self._crowd.knowing(known), self._odds)

    def breaks(self, chosen: Sequence[int]) -> bool:
        self.asked += 1
        return self.risk(chosen).upper > self._threshold

    def minimal_sets(self) -> tuple[list[Identifying], bool]:
        found: list[frozenset[int]] = []
        for size in range(len(self.usable) + 1):
            for chosen in combinations(self.usable, size):
                if any(f <= set(chosen) for f in found):
                    continue
                if self.asked >= MOST_ASKED:
                    return [self._named(f) for f in found or [self._thinned()]], False
                if self.breaks(chosen):
                    found.append(frozenset(chosen))
            if frozenset() in found:
                break
        return [self._named(f) for f in found], True

    def _named(self, chosen: frozenset[int]) -> Identifying:
        return Identifying(tuple(sorted(chosen)), self.risk(sorted(chosen)))

    def _thinned(self) -> frozenset[int]:
        """One minimal set: statements are left out one by one as long as the limit stays broken."""
        kept = list(self.usable)
        for i in self.usable:
            without = [k for k in kept if k != i]
            if self.breaks(without):
                kept = without
        return frozenset(kept)
