"""The least that must change: the cheapest choice of rungs that makes every household safe for every adversary.

Each demand says by how much (in nats of crowd size) a choice falls short, and bounds how much each rung can make up.
The search is best first over the decisions: a node's bound is its cost plus the cheapest fractional way to make up
what is missing (the linear relaxation of the multiple-choice knapsack problem; Sinha and Zoltners 1979, Oper. Res.
27, 503), so the first choice taken from the queue that meets every demand is optimal, and is proved to be.
Households that share no passage are solved apart.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple, Protocol

from bearwitness.model.assessment import Rung
from bearwitness.model.claims import ClaimId

ALTERNATIVES: Final = 10
# So many evaluated choices without an end, and the answer is the best known one, said not to be proved optimal.
MOST_EVALUATIONS: Final = 50_000
# Once the optimum is known, so many more are spent on the next best.
MORE_FOR_ALTERNATIVES: Final = 400

Choice = tuple[int, ...]


class JointRung(NamedTuple):
    """One way to word all claims of a decision: a rung per claim, and what the reader loses."""

    level: str
    rungs: tuple[Rung, ...]
    cost: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Claims that the same words make: they are worded together. Rung 0 is the draft's own wording, at cost 0."""

    claims: tuple[ClaimId, ...]
    rungs: tuple[JointRung, ...]


class Demand(Protocol):
    """One thing that must hold: a household is safe for an adversary, joined with the ledger.

    ``decisions`` are those it depends on. ``shortfall`` is at most 0 where it is met, and falls as rungs grow
    vaguer. ``gain`` bounds by how much a rung of a decision can lower the shortfall, whatever the others are.
    """

    @property
    def decisions(self) -> frozenset[int]:
        """Indices of the decisions it depends on."""
        ...

    def shortfall(self, choice: Choice) -> float:
        """How much is missing."""
        ...

    def gain(self, decision: int, rung: int) -> float:
        """Upper bound of what a rung makes up, against the decision's own wording."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Solution:
    """A choice of rungs with its cost; ``proved`` says whether nothing cheaper can exist."""

    choice: Choice
    cost: float
    possible: bool
    proved: bool
    alternatives: tuple[tuple[float, Choice], ...]
    evaluations: int


class _Segment(NamedTuple):
    """A step up the convex hull of one decision's (gain, cost) points."""

    slope: float
    decision: int
    gain: float
    cost: float


class _Search:
    """One component: decisions that share demands."""

    def __init__(self, decisions: Sequence[Decision], involved: Sequence[int], demands: Sequence[Demand]) -> None:
        self.decisions = decisions
        self.demands = list(demands)
        self.base: Choice = (0,) * len(decisions)
        self.evaluations = 0
        self.missing = [d.shortfall(self.base) for d in self.demands]
        self.segments = [_segments(decisions, involved, d, m) for d, m in zip(demands, self.missing, strict=True)]
        best_slope = {i: min((s.slope for part in self.segments for s in part if s.decision == i), default=1e300)
                      for i in involved}  # fmt: skip
        self.order = sorted((i for i in involved if len(decisions[i].rungs) > 1), key=lambda i: (best_slope[i], i))
        self.depth_of = {i: depth for depth, i in enumerate(self.order)}

    def shortfalls(self, choice: Choice) -> list[float]:
        """What each demand misses under a choice."""
        self.evaluations += 1
        return [d.shortfall(choice) for d in self.demands]

    def met(self, choice: Choice) -> bool:
        """Whether all demands hold; stops at the first that does not."""
        self.evaluations += 1
        return all(d.shortfall(choice) <= 0.0 for d in self.demands)

    def vaguest(self, choice: Choice, depth: int) -> Choice:
        """The choice with everything from ``depth`` on said as vaguely as can be."""
        changed = list(choice)
        for i in self.order[depth:]:
            changed[i] = len(self.decisions[i].rungs) - 1
        return tuple(changed)

    def bound(self, missing: Sequence[float], depth: int) -> float:
        """Least cost, in the relaxation, of making up what is missing with the decisions from ``depth`` on."""
        worst = 0.0
        for lacking, segments in zip(missing, self.segments, strict=True):
            if lacking <= 0.0:
                continue
            cost, needed = 0.0, lacking
            for segment in segments:
                if self.depth_of[segment.decision] < depth:
                    continue
                if segment.gain >= needed:
                    cost += segment.slope * needed
                    needed = 0.0
                    break
                cost, needed = cost + segment.cost, needed - segment.gain
            if needed > 1e-9:
                return float("inf")
            worst = max(worst, cost)
        return worst

    def run(self) -> tuple[list[tuple[float, Choice]], bool]:
        """The cheapest minimal choices that meet all demands, and whether the first is proved optimal."""
        found: list[tuple[float, Choice]] = []
        if not self.met(self.vaguest(self.base, 0)):
            return found, True
        queue: list[tuple[float, int, Choice, float]] = [(self.bound(self.missing, 0), 0, self.base, 0.0)]
        limit = MOST_EVALUATIONS
        while queue and len(found) < ALTERNATIVES and self.evaluations < limit:
            _, depth, choice, cost = heapq.heappop(queue)
            missing = self.shortfalls(choice)
            if all(m <= 0.0 for m in missing):
                if not found:
                    limit = min(limit, self.evaluations + MORE_FOR_ALTERNATIVES)
                if not found or self._is_minimal(choice):
                    found.append((cost, choice))
                continue
            if depth < len(self.order):
                self._branch(queue, depth, choice, cost, missing)
        if found:
            return found, True
        return [self._greedy()], False

    def _branch(
        self, queue: list[tuple[float, int, Choice, float]], depth: int, choice: Choice, cost: float,
        missing: Sequence[float],
    ) -> None:  # fmt: skip
        here = self.order[depth]
        for rung, option in enumerate(self.decisions[here].rungs):
            child = (*choice[:here], rung, *choice[here + 1 :])
            if rung == 0:
                lower = self.bound(missing, depth + 1)
            else:
                # What this rung can make up at most is taken off before the rest is bounded.
                left = [m - d.gain(here, rung) for m, d in zip(missing, self.demands, strict=True)]
                lower = self.bound(left, depth + 1)
            if lower < float("inf"):
                heapq.heappush(queue, (cost + option.cost + lower, depth + 1, child, cost + option.cost))

    def _is_minimal(self, choice: Choice) -> bool:
        """Whether no single change can be taken back by one rung."""
        return not any(
            self.met((*choice[:i], rung - 1, *choice[i + 1 :])) for i, rung in enumerate(choice) if rung > 0
        )

    def _greedy(self) -> tuple[float, Choice]:
        """From the vaguest wording, take back what can be taken back, the costliest first."""
        choice = self.vaguest(self.base, 0)
        for i in sorted(self.order, key=lambda i: -self.decisions[i].rungs[-1].cost):
            for rung in range(choice[i]):
                sharper = (*choice[:i], rung, *choice[i + 1 :])
                if self.met(sharper):
                    choice = sharper
                    break
        return sum(self.decisions[i].rungs[r].cost for i, r in enumerate(choice)), choice


def _segments(
    decisions: Sequence[Decision], involved: Sequence[int], demand: Demand, missing: float
) -> tuple[_Segment, ...]:
    """The hull steps of every decision for one demand, the most efficient first; gains are cut at what is missing."""
    if missing <= 0.0:
        return ()
    found: list[_Segment] = []
    for i in sorted(set(involved) & demand.decisions):
        points = [(0.0, 0.0)]
        for rung, option in enumerate(decisions[i].rungs):
            points.append((min(demand.gain(i, rung), missing) if rung else 0.0, option.cost))
        found += _hull(i, points)
    return tuple(sorted(found))


def _hull(decision: int, points: Sequence[tuple[float, float]]) -> list[_Segment]:
    steps: list[_Segment] = []
    gain, cost = 0.0, 0.0
    while True:
        ahead = [(g, c) for g, c in points if g > gain + 1e-15]
        if not ahead:
            return steps
        slope, further, dearer = min((max(c - cost, 0.0) / (g - gain), -g, c) for g, c in ahead)
        steps.append(_Segment(slope, decision, -further - gain, slope * (-further - gain)))
        gain, cost = -further, max(dearer, cost)


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
    choice = [0] * len(decisions)
    cost, evaluations, possible, proved = 0.0, 0, True, True
    alternatives: list[tuple[float, Choice]] = [(0.0, tuple(choice))]
    for involved, part in _components(len(decisions), demands):
        search = _Search(decisions, involved, part)
        found, is_proved = search.run()
        evaluations += search.evaluations
        if not found:
            possible = False
            vague = search.vaguest(search.base, 0)
            found = [(sum(decisions[i].rungs[vague[i]].cost for i in involved), vague)]
        proved = proved and is_proved
        cost += found[0][0]
        for i in involved:
            choice[i] = found[0][1][i]
        alternatives = _cheapest_sums(alternatives, found, involved)
    best = tuple(choice)
    return Solution(
        choice=best,
        cost=cost,
        possible=possible,
        proved=proved and possible,
        alternatives=tuple(a for a in alternatives if a[1] != best)[: ALTERNATIVES - 1] if possible else (),
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
