"""The least that must change: the cheapest choice of rungs that makes every household safe for every adversary.

Each demand says by how much (in nats of crowd size) a choice falls short, and bounds how much each rung can make up.
The search is best first over the decisions: a node's bound is its cost plus the cheapest fractional way to make up
what is missing (the linear relaxation of the multiple-choice knapsack problem; Sinha and Zoltners 1979, Oper. Res.
27, 503), so the first choice taken from the queue that meets every demand is optimal, and is proved to be. Before
that, each decision is put on its sharpest rung that is safe while all others are at their vaguest: no safe choice is
sharper there.
Where that does not end soon the same is solved as a mixed-integer program (``program.py``); both are exact.
Households that share no passage are solved apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bearwitness.disclosure.decisions import Choice, Decision, Demand
from bearwitness.disclosure.search import ALTERNATIVES, Found, Search

# Most drafts need fewer evaluated choices than this; past it a program is made, which takes a while to set up.
SOON: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Solution:
    """A choice of rungs with its cost; ``proved`` says whether nothing cheaper can exist."""

    choice: Choice
    cost: float
    possible: bool
    proved: bool
    alternatives: tuple[tuple[float, Choice], ...]
    evaluations: int


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
    # What is met by the draft's own words is mostly met by any vaguer ones; where it need not be, it is asked again.
    unmet = [d for d in demands if not d.is_met(tuple(choice))]
    if unmet:
        unmet += [d for d in demands if not d.is_monotone and d not in unmet]
    for involved, part in _components(len(decisions), unmet):
        search = Search(decisions, involved, part)
        found, is_proved, _ = _solve(search, decisions, involved, part)
        evaluations += search.evaluations
        if not found:
            possible = False
            found = [(search.base_cost, search.loosest)]
        # The search takes for granted that vaguer words are safer; where they need not be, it finds but does not prove.
        proved = proved and is_proved and all(d.is_monotone for d in part)
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


def _solve(
    search: Search, decisions: Sequence[Decision], involved: Sequence[int], demands: Sequence[Demand]
) -> Found:
    """One component: by the search where it is soon done, else as a program where the demands are sums."""
    found = search.run(SOON)
    if found.complete:
        return found
    # The solver takes a while to load, and few drafts need it.
    from bearwitness.disclosure.program import Program

    forms = [d.sum_form() for d in demands]
    sums = [f for f in forms if f is not None]
    if len(sums) == len(forms) and Program.is_possible(decisions, involved, sums):
        choices, complete = Program(decisions, involved, sums).best(search.loosest, ALTERNATIVES)
        if choices:
            return Found(choices, proved=True, complete=complete)
    return found if found.proved else search.run()


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
