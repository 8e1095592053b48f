"""The least that must change: the cheapest choice of rungs that makes every household safe for every adversary.

Risk is monotone in the rungs, which are nested, so the search is exact: depth first over the decisions, a branch
is cut when even the vaguest wording of what is left is not safe, when the exact wording of what is left already
is, or when it cannot beat the best that is known. Households that share no passage are solved apart.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from bearwitness.model.assessment import Rung
from bearwitness.model.claims import ClaimId

ALTERNATIVES: Final = 10
# So many evaluations without an end, and the answer is the best known one, said not to be proved optimal.
MOST_EVALUATIONS: Final = 200_000

Choice = tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One passage (or passages that say one thing): the claims it makes and the rungs it can stand on."""

    claims: tuple[ClaimId, ...]
    rungs: tuple[Rung, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """One thing that must hold: a household, an adversary, the draft alone or joined. ``met`` is monotone."""

    decisions: frozenset[int]
    met: Callable[[Choice], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Solution:
    """A choice of rungs with its cost; ``proved`` says whether nothing cheaper can exist."""

    choice: Choice
    cost: float
    possible: bool
    proved: bool
    alternatives: tuple[tuple[float, Choice], ...]
    evaluations: int


@dataclass(slots=True)
class _Search:
    decisions: Sequence[Decision]
    demands: list[Demand]
    order: list[int]
    best: list[tuple[float, Choice]] = field(default_factory=list)
    evaluations: int = 0
    limit: int = MOST_EVALUATIONS

    def met(self, choice: list[int]) -> bool:
        """Whether all demands hold; the one that failed last is asked first next time."""
        fixed = tuple(choice)
        for i, demand in enumerate(self.demands):
            self.evaluations += 1
            if not demand.met(fixed):
                if i:
                    self.demands.insert(0, self.demands.pop(i))
                return False
        return True

    def bound(self) -> float:
        return self.best[-1][0] if len(self.best) == ALTERNATIVES else float("inf")

    def keep(self, cost: float, choice: list[int]) -> None:
        self.best = sorted({*self.best, (cost, tuple(choice))})[:ALTERNATIVES]

    def descend(self, depth: int, cost: float, choice: list[int]) -> None:
        """``choice``: chosen rungs before ``depth``, the exact rung for everything after it."""
        if cost >= self.bound() or self.evaluations > self.limit:
            return
        if self.met(choice):
            self.keep(cost, choice)
            return
        if depth == len(self.order):
            return
        here = self.order[depth]
        for i in self.order[depth:]:
            choice[i] = len(self.decisions[i].rungs) - 1
        reachable = self.met(choice)
        for i in self.order[depth:]:
            choice[i] = 0
        if not reachable:
            return
        for rung, option in enumerate(self.decisions[here].rungs):
            choice[here] = rung
            self.descend(depth + 1, cost + option.cost, choice)
        choice[here] = 0


def least_change(decisions: Sequence[Decision], demands: Sequence[Demand]) -> Solution:
    """The cheapest choice of rungs under which all demands are met.

    Parameters
    ----------
    decisions : sequence of Decision
        Rung 0 of each is its own wording, at cost 0; costs grow from rung to rung.
    demands : sequence of Demand
        Each grows more easily met the vaguer the rungs.

    Returns
    -------
    Solution
        With ``possible`` False, and the vaguest choice, where nothing short of dropping the passage is safe.
    """
    parts = [_solve(decisions, part) for part in _components(len(decisions), demands)]
    choice = [0] * len(decisions)
    cost, evaluations, possible, proved = 0.0, 0, True, True
    alternatives: list[tuple[float, Choice]] = [(0.0, tuple(choice))]
    for involved, part in parts:
        for i in involved:
            choice[i] = part.choice[i]
        cost, evaluations = cost + part.cost, evaluations + part.evaluations
        possible, proved = possible and part.possible, proved and part.proved
        alternatives = _cheapest_sums(alternatives, part.alternatives, involved)
    return Solution(
        choice=tuple(choice),
        cost=cost,
        possible=possible,
        proved=proved and possible,
        alternatives=tuple(a for a in alternatives if a[1] != tuple(choice))[: ALTERNATIVES - 1] if possible else (),
        evaluations=evaluations,
    )


def _components(count: int, demands: Sequence[Demand]) -> list[tuple[list[int], list[Demand]]]:
    """Demands that share a decision belong together (union of overlapping sets)."""
    groups: list[tuple[set[int], list[Demand]]] = []
    for demand in demands:
        touching = [g for g in groups if g[0] & demand.decisions]
        merged: set[int] = set(demand.decisions).union(*(g[0] for g in touching))
        together = [d for g in touching for d in g[1]] + [demand]
        groups = [g for g in groups if g not in touching] + [(merged, together)]
    return [(sorted(i for i in involved if i < count), found) for involved, found in groups]


def _solve(decisions: Sequence[Decision], part: tuple[list[int], list[Demand]]) -> tuple[list[int], Solution]:
    involved, demands = part
    # The costliest decisions first: what they leave open decides most of what the others can do.
    order = sorted((i for i in involved if len(decisions[i].rungs) > 1), key=lambda i: -decisions[i].rungs[-1].cost)
    search = _Search(decisions, list(demands), order)
    search.descend(0, 0.0, [0] * len(decisions))
    if not search.best:
        vaguest = [0] * len(decisions)
        for i in involved:
            vaguest[i] = len(decisions[i].rungs) - 1
        cost = sum(decisions[i].rungs[-1].cost for i in involved)
        return involved, Solution(
            choice=tuple(vaguest), cost=cost, possible=False, proved=False, alternatives=(),
            evaluations=search.evaluations,
        )  # fmt: skip
    cost, choice = search.best[0]
    return involved, Solution(
        choice=choice,
        cost=cost,
        possible=True,
        proved=search.evaluations <= search.limit,
        alternatives=tuple(search.best),
        evaluations=search.evaluations,
    )


def _cheapest_sums(
    before: list[tuple[float, Choice]], more: Sequence[tuple[float, Choice]], involved: Sequence[int]
) -> list[tuple[float, Choice]]:
    joined = []
    for cost, choice in before:
        for extra, other in more:
            mixed = list(choice)
            for i in involved:
                mixed[i] = other[i]
            joined.append((cost + extra, tuple(mixed)))
    return sorted(set(joined))[:ALTERNATIVES]
