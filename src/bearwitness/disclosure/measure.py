"""One household seen by one adversary: candidates, risk and its upper bound, the draft alone and joined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from bearwitness.disclosure.crowd import Constraint, Crowd
from bearwitness.disclosure.crowd_risk import risk_of, risk_together, spread_in, spread_of
from bearwitness.disclosure.jigsaw import Household, Part, crowds_of, joined_parts
from bearwitness.disclosure.risk import expected_bystanders, flipping_odds
from bearwitness.errors import ClaimError
from bearwitness.model.assessment import ClaimHelp, HouseholdRisk, Misled, Risk, Step
from bearwitness.model.claims import ClaimId
from bearwitness.model.publication import Policy


def measure_all(
    households: Sequence[Household], crowds: Sequence[Crowd], policy: Policy
) -> tuple[tuple[HouseholdRisk, ...], tuple[ClaimHelp, ...]]:
    """Every household before every adversary, and how far each claim helps.

    Parameters
    ----------
    households : sequence of Household
        As gathered; one id may come several times, for different readings of who is meant.
    crowds : sequence of Crowd
        One per adversary.
    policy : Policy
        Threshold, suspicion, links.

    Returns
    -------
    tuple of (tuple of HouseholdRisk, tuple of ClaimHelp)
        One row per household id and adversary: that of its worst reading.
    """
    helps: dict[tuple[str, str], ClaimHelp] = {}
    for household in households:
        for crowd in crowds:
            for found in measure_help(household, crowd):
                name = (str(found.claim), found.adversary)
                if name not in helps or found.bits > helps[name].bits:
                    helps[name] = found
    return measure_households(households, crowds, policy), tuple(helps.values())


def measure_households(
    households: Sequence[Household], crowds: Sequence[Crowd], policy: Policy
) -> tuple[HouseholdRisk, ...]:
    """Every household before every adversary: one row per household id and adversary, that of its worst reading.

    Parameters
    ----------
    households, crowds, policy
        As for :func:`measure_all`.
    """
    rows: dict[tuple[str, str], HouseholdRisk] = {}
    for household in households:
        for crowd in crowds:
            row = measure_household(household, crowd, policy)
            key = (str(household.id), crowd.adversary.id)
            if key not in rows or _exposure(row) > _exposure(rows[key]):
                rows[key] = row
    return tuple(rows.values())


def _exposure(row: HouseholdRisk) -> tuple[float, float]:
    return row.joined.upper, -row.joined.candidates


def measure_household(household: Household, crowd: Crowd, policy: Policy) -> HouseholdRisk:
    """The risk of one household before one adversary, the draft alone and joined with the ledger.

    Parameters
    ----------
    household : Household
        All that is said of it.
    crowd : Crowd
        The adversary and its frames.
    policy : Policy
        Threshold, prior suspicion and link probability.

    Returns
    -------
    HouseholdRisk
        ``safe`` where the upper bound, joined, is at or below the threshold (the joined risk is never below that
        of the draft alone).

    Raises
    ------
    ClaimError
        If no household fits what is said.
    """
    adversary = crowd.adversary
    odds = policy.suspicion.get(str(household.id), 1.0)
    knowing = crowd.knowing(household.tables)
    parts = joined_parts(household, knowing)
    alone = risk_together(household.draft, crowd, odds)
    joined = _risk_of_parts(parts, knowing, odds) if household.releases or household.tables else alone
    smallest = min((spread_of(knowing, p.constraints) for p in parts), key=lambda s: s.middle)
    used = [c for c in household.draft if crowd.checkable(c)]
    return HouseholdRisk(
        household=household.id,
        adversary=adversary.id,
        frame=crowd.frames.at(crowd.level(used)).id,
        capacity=adversary.capacity,
        alone=alone,
        joined=joined,
        costliest_release=_costliest(household, crowd, joined, odds),
        flips_at_suspicion=flipping_odds(smallest.low, adversary.capacity, policy.threshold),
        bystanders=expected_bystanders(joined.candidates - 1.0, adversary.capacity),
        steps=_steps(household.draft, crowd),
        safe=joined.upper <= policy.threshold,
    )


def joined_risk(household: Household, crowd: Crowd, odds: float = 1.0, *, without: str | None = None) -> Risk:
    """The risk of what is said of a household, joined with the earlier releases about it and the tables printed.

    Parameters
    ----------
    household : Household
        All that is said of it.
    crowd : Crowd
        The adversary and its frames.
    odds : float
        Prior odds ratio of the household.
    without : str, optional
        An earlier release to leave out.
    """
    knowing = crowd.knowing(household.tables.without(without) if household.tables else None)
    return _risk_of_parts(joined_parts(household, knowing, without=without), knowing, odds)


def _costliest(household: Household, crowd: Crowd, joined: Risk, odds: float) -> str | None:
    """The earlier release without which the risk would fall most; of equal ones that with the larger crowd gain."""
    best: tuple[float, float, str] | None = None
    tables: tuple[str, ...] = ()
    if household.tables and joined_risk(replace(household, tables=None), crowd, odds) != joined:
        tables = household.tables.ids
    for release in (*(r.id for r in household.releases), *tables):
        spared = joined_risk(household, crowd, odds, without=release)
        gain = (joined.upper - spared.upper, spared.candidates - joined.candidates, release)
        if spared.candidates > joined.candidates and (best is None or gain > best):
            best = gain
    return best[2] if best else None


def _steps(draft: Sequence[Constraint], crowd: Crowd) -> tuple[Step, ...]:
    """Candidates left as the claims that the adversary can check add up in the order of the draft."""
    return tuple(
        Step(claim=_claim_id(c), candidates=1.0 + spread_of(crowd, draft[: i + 1]).middle)
        for i, c in enumerate(draft)
        if crowd.checkable(c) and not _is_repeated(draft[:i], c)
    )


def _is_repeated(before: Sequence[Constraint], c: Constraint) -> bool:
    return any(b[:4] == c[:4] for b in before)


def measure_misled(household: Household, crowd: Crowd) -> Misled | None:
    """Whom the claims of a draft that were changed on purpose lead to, by what one adversary can check of all it says.

    Returns
    -------
    Misled or None
        None where nothing was changed that this adversary can check, or nobody fits what was made of it.
    """
    changed = [c for c in household.changed if crowd.checkable(c)]
    if not changed:
        return None
    # What is true and contradicted by the change is not what the text says.
    replaced = {(c.attribute, c.about) for c in changed}
    said = [c for c in household.draft if (c.attribute, c.about) not in replaced] + changed
    try:
        others = spread_of(crowd, said).middle
    except ClaimError:
        return None
    return Misled(
        household=household.id, adversary=crowd.adversary.id, claims=tuple(_claim_id(c) for c in changed),
        others=expected_bystanders(others, crowd.adversary.capacity),
    )  # fmt: skip


def measure_help(household: Household, crowd: Crowd) -> tuple[ClaimHelp, ...]:
    """How far each claim of a draft helps the adversary: on top of everything else said (joined), and by itself."""
    knowing = crowd.knowing(household.tables)
    # What the adversary cannot check itself may still tell it which cell of a table is meant.
    used = list(household.told) if household.tables else [c for c in household.told if crowd.checkable(c)]
    whole, level = 1.0 + spread_of(knowing, used).middle, crowd.level([c for c in used if crowd.checkable(c)])
    searched = 1.0 + spread_in(crowd, level, []).middle
    found = []
    for c in (c for c in household.draft if crowd.checkable(c)):
        spared = 1.0 + spread_of(knowing, [o for o in used if o is not c]).middle
        found.append(
            ClaimHelp(
                claim=_claim_id(c), adversary=crowd.adversary.id, bits=max(0.0, float(np.log2(spared / whole))),
                alone_before=searched, alone_after=1.0 + spread_in(crowd, level, [c]).middle,
            )
        )  # fmt: skip
    return tuple(found)


def _claim_id(c: Constraint) -> ClaimId:
    return ClaimId(c.claim)


def _risk_of_parts(parts: Sequence[Part], crowd: Crowd, odds: float) -> Risk:
    if len(parts) == 1:
        return risk_together(parts[0].constraints, crowd, odds)
    return risk_of(crowds_of(parts, crowd), crowd.adversary.capacity, odds)
