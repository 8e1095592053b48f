"""Best-first search for the cheapest safe choice of one component of decisions, with a proof."""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from bearwitness.disclosure.decisions import Choice, Decision, Demand, Missing

ALTERNATIVES: Final = 10
# So many evaluated choices without an end, and the answer is the best known one, said not to be proved optimal.
MOST_EVALUATIONS: Final = 20_000


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


class Found(NamedTuple):
    """Choices with their costs, the cheapest first.

    ``proved``: nothing cheaper than the first can exist. ``complete``: none is missing before the last.
    """

    choices: list[tuple[float, Choice]]
    proved: bool
    complete: bool


class Search:
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
        return all(d.is_met(choice) for d in self.demands)

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

    def run(self, most: int = MOST_EVALUATIONS) -> Found:
        """The cheapest minimal choices that meet all demands.

        Parameters
        ----------
        most : int
            So many choices are evaluated at most.
        """
        found: list[tuple[float, Choice]] = []
        if not self.is_possible:
            return Found([], proved=True, complete=True)
        lower = self.bound([m.relaxed for m in self.start], 0)
        queue = [_Node(self.base_cost + lower, 0, self.base, self.base_cost, self.start, -1)]
        while queue and len(found) < ALTERNATIVES and self.evaluations < most:
            node = heapq.heappop(queue)
            state = self._state(node)
            if all(m.exact <= 0.0 for m in state):
                if not found or self._is_minimal(node.choice):
                    found.append((node.cost, node.choice))
            elif -node.height < len(self.order):
                self._branch(queue, node, state)
        complete = not queue or len(found) >= ALTERNATIVES
        if found:
            return Found(found, proved=True, complete=complete)
        return Found([self.greedy()], proved=False, complete=False)

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

    def greedy(self) -> tuple[float, Choice]:
        """From the vaguest wording, take back what can be taken back, the costliest first: safe, not optimal."""
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
