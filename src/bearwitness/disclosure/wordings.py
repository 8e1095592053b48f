"""What each claim of a draft demands under every way to word it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from bearwitness.disclosure.crowd import Constraint, Crowd, constrain
from bearwitness.disclosure.decisions import Choice, Decision
from bearwitness.disclosure.jigsaw import Household
from bearwitness.model.publication import Policy


class Wording(NamedTuple):
    """What one claim demands under each rung of its decision; None where nothing is said any more."""

    decision: int
    constraints: tuple[Constraint | None, ...]

    @property
    def attribute(self) -> str:
        """What the claim is about."""
        return next(c.attribute for c in self.constraints if c)


def said_under(options: Iterable[Wording], choice: Choice) -> list[Constraint]:
    """What is said under a choice of rungs."""
    found = (o.constraints[choice[o.decision]] for o in options)
    return [c for c in found if c is not None]


def checkable_wordings(options: Iterable[Wording], crowd: Crowd) -> tuple[Wording, ...]:
    """What the adversary can check of each claim; a claim of which it can check no wording is left out."""
    found = [
        Wording(o.decision, tuple(c if c is not None and crowd.checkable(c) else None for c in o.constraints))
        for o in options
    ]
    return tuple(o for o in found if any(o.constraints))


def wordings_of(household: Household, decisions: Sequence[Decision], policy: Policy) -> tuple[Wording, ...]:
    """The claims of a household's draft as their decisions may word them, in the order of the claims."""
    where = {claim: (i, j) for i, d in enumerate(decisions) for j, claim in enumerate(d.claims)}
    abouts: Mapping[str, Constraint] = {c.claim: c for c in household.draft}
    found = []
    for claim in household.claims:
        decision, place = where[claim.id]
        exact = abouts[str(claim.id)]
        constraints: list[Constraint | None] = []
        for joint in decisions[decision].rungs:
            values = joint.rungs[place].values
            if values is None:
                constraints.append(None)
            elif values == claim.values:
                constraints.append(exact)
            else:
                constraints.append(
                    constrain(claim, about=exact.about, lag_share=policy.lag_share, allowed=values)
                )
        found.append(Wording(decision, tuple(constraints)))
    return tuple(found)
