"""Plan the least that must change: decisions from the claims of a draft, demands from its households, the optimum."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from bearwitness.disclosure.crowd import LEAVER, Crowd
from bearwitness.disclosure.decisions import Choice, Decision
from bearwitness.disclosure.demands import CrowdDemand
from bearwitness.disclosure.frames import INNERMOST
from bearwitness.disclosure.generalise import Solution, least_change
from bearwitness.disclosure.jigsaw import Household
from bearwitness.disclosure.ladders import Ladders, join_ladders
from bearwitness.model.assessment import Rung
from bearwitness.model.claims import Claim, ClaimId
from bearwitness.model.publication import Policy
from bearwitness.model.values import ValueSet

# What losing a bit of an attribute costs the story, where the policy does not say.
WEIGHTS: Final[Mapping[str, float]] = {"act": 3.0, "sex": 1.5, "status": 2.0, "kin": 1.2}
# What an attribute without a table of its own tells a reader.
BITS_WITHOUT_TABLE: Final = 4.0
# Nothing is free: of two choices that lose the same bits, the one that changes fewer passages is taken.
BITS_PER_CHANGE: Final = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The decisions of a draft, the choice that is optimal for them, and what each demand makes of a choice."""

    decisions: tuple[Decision, ...]
    solution: Solution
    demands: tuple[CrowdDemand, ...]

    def chosen(self, choice: Choice | None = None) -> dict[ClaimId, Rung]:
        """The rung of every claim under a choice."""
        at = self.solution.choice if choice is None else choice
        return {
            claim: rung
            for decision, chosen in zip(self.decisions, at, strict=True)
            for claim, rung in zip(decision.claims, decision.rungs[chosen].rungs, strict=True)
        }

    def worst_upper(self, decision: int, choice: Choice) -> float:
        """The highest upper bound, under a choice, of a household and adversary that a decision matters to."""
        return max((d.upper(choice) for d in self.demands if decision in d.decisions), default=0.0)


def plan_changes(
    households: Sequence[Household],
    crowds: Sequence[Crowd],
    policy: Policy,
    ladders: Ladders,
    bundles: Sequence[Sequence[ClaimId]],
) -> Plan:
    """Find the cheapest wording under which every household is safe for every adversary, joined with the ledger.

    Parameters
    ----------
    households : sequence of Household
        All that the draft and the ledger say of each.
    crowds : sequence of Crowd
        One per adversary.
    policy : Policy
        Threshold, weights, what the story must keep, links, suspicion.
    ladders : Ladders
        How values widen.
    bundles : sequence of sequences of ClaimId
        Claims that the same words make; every claim of a household in exactly one.

    Returns
    -------
    Plan
    """
    decisions = decide_on(households, crowds, policy, ladders, bundles)
    demands = [CrowdDemand(household, crowd, policy, decisions) for household in households for crowd in crowds]
    return Plan(decisions=decisions, solution=least_change(decisions, demands), demands=tuple(demands))


def decide_on(
    households: Sequence[Household],
    crowds: Sequence[Crowd],
    policy: Policy,
    ladders: Ladders,
    bundles: Sequence[Sequence[ClaimId]],
) -> tuple[Decision, ...]:
    """The decisions of a draft: for each bundle of claims the ways to word it, with what the reader loses.

    Parameters are those of :func:`plan_changes`.
    """
    claims = {c.id: c for h in households for c in h.claims}
    costs = _Costs(crowds[0], policy) if crowds else None
    return tuple(
        _decision([claims[i] for i in bundle if i in claims], ladders, policy, costs)
        for bundle in bundles
        if costs and any(i in claims for i in bundle)
    )


class _Costs:
    """What the reader loses on a rung, in bits of the innermost frame times the policy's weight."""

    def __init__(self, crowd: Crowd, policy: Policy) -> None:
        self._crowd = crowd
        self._policy = policy

    def of(self, claim: Claim, rung: Rung) -> float:
        if rung.values == claim.values:
            return 0.0
        weight = self._policy.weights.get(claim.attribute, WEIGHTS.get(claim.attribute, 1.0))
        left = 0.0 if rung.values is None else self._bits(claim, rung.values)
        return BITS_PER_CHANGE + max(0.0, self._bits(claim, claim.values) - left) * weight

    def _bits(self, claim: Claim, values: ValueSet) -> float:
        level = INNERMOST if claim.about in ("", LEAVER) or claim.attribute == "act_date" else 0
        frame = self._crowd.frames.at(level)
        if claim.attribute not in frame.tables:
            return BITS_WITHOUT_TABLE
        key = ("bits", level, claim.attribute, values)
        found: float | None = self._crowd.remembered.get(key)
        if found is None:
            share = float(np.median(frame.factor(((claim.attribute, (values,)),))))
            found = self._crowd.remembered[key] = -float(np.log2(max(share, 1e-12)))
        return found


def _decision(claims: Sequence[Claim], ladders: Ladders, policy: Policy, costs: _Costs | None) -> Decision:
    rungs = [ladders.of(c, keep=c.attribute in policy.keep) for c in claims]
    counted: set[tuple[str, object]] = set()
    prices: list[list[float]] = []
    for claim, ladder in zip(claims, rungs, strict=True):
        # One passage that speaks of several households is lost to the reader once.
        said = (claim.attribute, claim.values)
        price = [0.0] * len(ladder) if said in counted or costs is None else [costs.of(claim, r) for r in ladder]
        counted.add(said)
        prices.append(price)
    return Decision(claims=tuple(c.id for c in claims), rungs=join_ladders(rungs, prices))
