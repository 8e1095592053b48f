"""The least change of a series: what several drafts say of one thing is worded together.

Two passages that say the same of one household (or one of them the same, less exactly) narrow its crowd as the sharper
of them does. Let the ladder of the vaguer one be the end of the other's. If one stands on a vaguer rung than the other,
taking it back to the other's rung changes no crowd and costs the reader nothing. So there is an optimum in which both
stand on the same rung, or the vaguer one on its own wording while the other is sharper still: the two are one decision,
whose rungs cost what both lose there. Articles that repeat one another are planned about as fast as one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bearwitness.disclosure.crowd import Crowd
from bearwitness.disclosure.decisions import Choice, Decision, JointRung
from bearwitness.disclosure.demands import CrowdDemand
from bearwitness.disclosure.generalise import least_change
from bearwitness.disclosure.jigsaw import Household
from bearwitness.disclosure.ladders import Ladders
from bearwitness.disclosure.plan import Plan, decide_on
from bearwitness.model.claims import ClaimId
from bearwitness.model.publication import Policy
from bearwitness.model.values import ValueSet

# Of what a claim is, as far as a crowd depends on it: per household the attribute, whose it is, how far it is believed,
# and how far the values reach back.
_Slot = frozenset[tuple[int, str, str, float, int]]
_Ladder = tuple[tuple[ValueSet | None, ...], ...]


def plan_series_changes(
    households: Sequence[Household],
    crowds: Sequence[Crowd],
    policy: Policy,
    ladders: Ladders,
    bundles: Sequence[Sequence[ClaimId]],
) -> Plan:
    """The cheapest wording of all drafts under which every household is safe for every adversary.

    Parameters
    ----------
    households : sequence of Household
        From ``disclosure.series.gather_series``.
    crowds, policy, ladders, bundles
        As ``disclosure.plan.plan_changes`` takes them; its answer costs the same, and takes longer.

    Returns
    -------
    Plan
        Over all decisions of all drafts.
    """
    decisions = decide_on(households, crowds, policy, ladders, bundles)
    groups = _group(decisions, _slots(households))
    kept = {claim for group in groups for claim in decisions[group.first].claims}
    fewer = [
        replace(
            h, claims=tuple(c for c in h.claims if c.id in kept), draft=tuple(c for c in h.draft if c.claim in kept)
        )
        for h in households
    ]
    merged = [group.merge(decisions) for group in groups]
    solution = least_change(merged, [CrowdDemand(h, crowd, policy, merged) for h in fewer for crowd in crowds])

    def spread(choice: Choice) -> Choice:
        rungs = {i: max(0, at - shift) for g, at in zip(groups, choice, strict=True) for i, shift in g.members}
        return tuple(rungs[i] for i in range(len(decisions)))

    return Plan(
        decisions=decisions,
        solution=replace(
            solution, choice=spread(solution.choice),
            alternatives=tuple((cost, spread(choice)) for cost, choice in solution.alternatives),
        ),
        demands=tuple(CrowdDemand(h, crowd, policy, decisions) for h in households for crowd in crowds),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Group:
    """Decisions that are one: the first has the longest ladder, and each member begins so many rungs further down."""

    first: int
    members: list[tuple[int, int]]

    def merge(self, decisions: Sequence[Decision]) -> Decision:
        """One decision, with the costs of all."""
        first = decisions[self.first]
        return Decision(
            claims=first.claims,
            rungs=tuple(
                JointRung(r.level, r.rungs, sum(decisions[i].rungs[max(0, at - s)].cost for i, s in self.members))
                for at, r in enumerate(first.rungs)
            ),
        )


def _slots(households: Sequence[Household]) -> Mapping[ClaimId, _Slot]:
    found: dict[ClaimId, set[tuple[int, str, str, float, int]]] = {}
    for at, household in enumerate(households):
        for claim, c in zip(household.claims, household.draft, strict=True):
            found.setdefault(claim.id, set()).add((at, c.attribute, c.about, c.trust, claim.lag_days))
    return {claim: frozenset(slots) for claim, slots in found.items()}


def _group(decisions: Sequence[Decision], slots: Mapping[ClaimId, _Slot]) -> list[_Group]:
    by_slots: dict[tuple[_Slot, ...], list[int]] = {}
    for i, decision in enumerate(decisions):
        by_slots.setdefault(tuple(slots[c] for c in decision.claims), []).append(i)
    found: list[_Group] = []
    for alike in by_slots.values():
        groups: list[tuple[_Ladder, _Group]] = []
        for i in sorted(alike, key=lambda i: (-len(decisions[i].rungs), i)):
            ladder: _Ladder = tuple(tuple(r.values for r in joint.rungs) for joint in decisions[i].rungs)
            for longer, group in groups:
                if longer[-len(ladder) :] == ladder:
                    group.members.append((i, len(longer) - len(ladder)))
                    break
            else:
                groups.append((ladder, _Group(i, [(i, 0)])))
        found += [group for _, group in groups]
    return sorted(found, key=lambda g: g.first)
