"""The least that must change: the cheapest choice of rungs that makes every household safe for every adversary.

Each demand says by how much (in nats of crowd size) a choice falls short, and bounds how much each rung can make up.
The search is best first over the decisions: a node's bound is its cost plus the cheapest fractional way to make up
what is missing (the linear relaxation of the multiple-choice knapsack problem; Sinha and Zoltners 1979, Oper. Res.
27, 503), so the first choice taken from the queue that meets every demand is optimal, and is proved to be. Before
that, each decision is put on its sharpest rung that is safe while all others are at their vaguest: no safe choice is
sharper there.
Households that share no passage are solved apart.
"""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence
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


class Missing(NamedTuple):
    """What a demand lacks under a choice: ``exact`` is at most 0 where it is met; ``relaxed`` goes with the gains."""

    exact: float
    relaxed: float


class Demand(Protocol):
    """One thing that must hold: a household is safe for an adversary, joined with the ledger.

    What is missing falls as rungs grow vaguer. If at most ``moving`` decisions move from their rung in ``base`` to a
    vaguer one, the relaxed shortfall less the sum of their gains is at most the exact shortfall that is left.
    """

    @property
    def decisions(self) -> frozenset[int]:
        """Indices of the decisions it depends on."""
        ...

    def missing(self, choice: Choice, moving: int) -> Missing:
        """How much is missing under a choice, while so many decisions are still to be made."""
        ...

    def gain(self, decision: int, rung: int, base: Choice) -> float:
        """Upper bound of what a rung makes up against that in ``base``, the others being as vague as there or more."""
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


class _Node(NamedTuple):
    """A partial choice: decisions before ``depth`` (in the search's order) are made, the others say what they say.

    Nodes are compared by their bound, then the deeper first. ``state`` is what was missing at the parent, ``changed``
    the decision that was made since (-1: nothing changed).
    """

    bound: float
    height: int
    choice: Choice
    cost: float
    state: tuple[Missing, ...]
    changed: int


class _Search:
    """One component: decisions that share demands."""

    def __init__(self, decisions: Sequence[Decision], involved: Sequence[int], demands: Sequence[Demand]) -> None:
        self.decisions = decisions
        self.demands = list(demands)
        self.evaluations = 0
        self.order = sorted(i for i in involved if len(decisions[i].rungs) > 1)
        self.loosest = self._with((0,) * len(decisions), {i: len(decisions[i].rungs) - 1 for i in self.order})
        self.is_possible = self.met(self.loosest)
        self.base: Choice = self._sharpest() if self.is_possible else self.loosest
        self.base_cost = sum(decisions[i].rungs[self.base[i]].cost for i in involved)
        self.start = tuple(d.missing(self.base, len(d.decisions)) for d in self.demands)
        self.segments = [
            _segments(decisions, self.order, self.base, d, m.exact)
            for d, m in zip(demands, self.start, strict=True)
        ]
        best_slope = {i: min((s.slope for part in self.segments for s in part if s.decision == i), default=1e300)
                      for i in involved}  # fmt: skip
        self.order.sort(key=lambda i: (best_slope[i], i))
        self.depth_of = {i: depth for depth, i in enumerate(self.order)}

    @staticmethod
    def _with(choice: Choice, rungs: Mapping[int, int]) -> Choice:
        return tuple(rungs.get(i, rung) for i, rung in enumerate(choice))

    def _sharpest(self) -> Choice:
        """Every decision on its sharpest rung that is safe while all others are at their vaguest."""
        found = {}
        for i in self.order:
            choices = (self._with(self.loosest, {i: rung}) for rung in range(self.loosest[i]))
            found[i] = next((c[i] for c in choices if self.met(c)), self.loosest[i])
        return self._with(self.loosest, found)

    def met(self, choice: Choice) -> bool:
        """Whether all demands hold; stops at the first that does not."""
        self.evaluations += 1
        return all(d.missing(choice, 0).exact <= 0.0 for d in self.demands)

    def bound(self, lacking: Sequence[float], depth: int) -> float:
        """Least cost, in the relaxation, of making up what is lacking with the decisions from ``depth`` on."""
        worst = 0.0
        for needed, segments in zip(lacking, self.segments, strict=True):
            if needed <= 0.0:
                continue
            cost = 0.0
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
        if not self.is_possible:
            return found, True
        lower = self.bound([m.relaxed for m in self.start], 0)
        queue = [_Node(self.base_cost + lower, 0, self.base, self.base_cost, self.start, -1)]
        limit = MOST_EVALUATIONS
        while queue and len(found) < ALTERNATIVES and self.evaluations < limit:
            node = heapq.heappop(queue)
            state = self._state(node)
            if all(m.exact <= 0.0 for m in state):
                if not found:
                    limit = min(limit, self.evaluations + MORE_FOR_ALTERNATIVES)
                if not found or self._is_minimal(node.choice):
                    found.append((node.cost, node.choice))
            elif -node.height < len(self.order):
                self._branch(queue, node, state)
        if found:
            return found, True
        return [self._greedy()], False

    def _state(self, node: _Node) -> tuple[Missing, ...]:
        """What each demand lacks; only those are asked again that the last decision matters to."""
        if node.changed < 0:
            return node.state
        self.evaluations += 1
        undecided = self.order[-node.height :]
        return tuple(
            d.missing(node.choice, len(d.decisions.intersection(undecided))) if node.changed in d.decisions else known
            for d, known in zip(self.demands, node.state, strict=True)
        )

    def _branch(self, queue: list[_Node], node: _Node, state: tuple[Missing, ...]) -> None:
        here, depth = self.order[-node.height], 1 - node.height
        rungs, own = self.decisions[here].rungs, self.base[here]
        for rung in range(own, len(rungs)):
            # What this rung can make up at most is taken off before the rest is bounded.
            lacking = [m.relaxed - (d.gain(here, rung, self.base) if rung > own else 0.0)
                       for m, d in zip(state, self.demands, strict=True)]  # fmt: skip
            lower = self.bound(lacking, depth)
            if lower == float("inf"):
                continue
            cost = node.cost + rungs[rung].cost - rungs[own].cost
            child = self._with(node.choice, {here: rung})
            heapq.heappush(queue, _Node(cost + lower, -depth, child, cost, state, here if rung > own else -1))

    def _is_minimal(self, choice: Choice) -> bool:
        """Whether no single change can be taken back by one rung."""
        return not any(
            self.met(self._with(choice, {i: choice[i] - 1})) for i in self.order if choice[i] > self.base[i]
        )

    def _greedy(self) -> tuple[float, Choice]:
        """From the vaguest wording, take back what can be taken back, the costliest first."""
        choice = self.loosest
        for i in sorted(self.order, key=lambda i: -self.decisions[i].rungs[-1].cost):
            for rung in range(choice[i]):
                sharper = self._with(choice, {i: rung})
                if self.met(sharper):
                    choice = sharper
                    break
        return sum(self.decisions[i].rungs[choice[i]].cost for i in self.order), choice


def _segments(
    decisions: Sequence[Decision], involved: Sequence[int], base: Choice, demand: Demand, missing: float
) -> tuple[_Segment, ...]:
    """The hull steps of every decision for one demand, the most efficient first.

    Gains are cut at what is missing exactly at the start: no node lacks more, whatever is set aside there.
    """
    if missing <= 0.0:
        return ()
    found: list[_Segment] = []
    for i in sorted(set(involved) & demand.decisions):
        rungs, own = decisions[i].rungs, base[i]
        vaguer = range(own + 1, len(rungs))
        found += _hull(i, [(min(demand.gain(i, r, base), missing), rungs[r].cost - rungs[own].cost) for r in vaguer])
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
            found = [(search.base_cost, search.loosest)]
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
