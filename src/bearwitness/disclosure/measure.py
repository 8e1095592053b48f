"""One household seen by one adversary: candidates, risk and its upper bound, the draft alone and joined."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from bearwitness.disclosure.crowd import Constraint, Crowd, FloatArray, Said
from bearwitness.disclosure.jigsaw import Household, Part, crowds_of, joined_parts
from bearwitness.disclosure.risk import expected_bystanders, flipping_odds, pursuit_risk, weighted_pursuit_risk
from bearwitness.model.assessment import ClaimHelp, HouseholdRisk, Risk, Step
from bearwitness.model.claims import ClaimId
from bearwitness.model.publication import Policy

# The bound that is compared with the threshold: the risk that 95 % of the posterior draws do not exceed.
UPPER_SHARE: Final = 0.95
_SMALLEST_ON_GRID: Final = 2.0**-20
_POINTS_PER_DOUBLING: Final = 16
_MOST_REMEMBERED: Final = 50_000


class Spread(NamedTuple):
    """Two ranks of the draws of a crowd: 5 % of the draws are smaller than ``low``, half smaller than ``middle``."""

    low: float
    middle: float


def low_rank(draws: int) -> int:
    """Index of the draw, counted from the smallest crowd, whose risk is the upper 95 % bound."""
    return max(0, int(np.ceil((1.0 - UPPER_SHARE) * draws)) - 1)


def spread(others: FloatArray) -> Spread:
    """The unfavourable end and the middle of a crowd's draws; of an even number the smaller of the two middle ones."""
    low, middle = low_rank(len(others)), (len(others) - 1) // 2
    ranked = np.partition(others, (low, middle))
    return Spread(float(ranked[low]), float(ranked[middle]))


def spread_of(crowd: Crowd, constraints: Sequence[Constraint]) -> Spread:
    """The spread of the others that fit what is said; remembered, since drafts are assessed again and again."""
    said: Said = tuple((c.attribute, c.about, c.allowed, c.trust) for c in constraints)
    found: Spread | None = crowd.remembered.get(said)
    if found is None:
        if len(crowd.remembered) >= _MOST_REMEMBERED:
            crowd.remembered.clear()
        found = crowd.remembered[said] = spread(crowd.others(constraints))
    return found


def low_crowd(others: FloatArray) -> float:
    """The crowd at the unfavourable end."""
    rank = low_rank(len(others))
    return float(np.partition(others, rank)[rank])


def risk_at(others: float, capacity: int, odds: float) -> float:
    """Pursuit risk for one mean number of others and a prior odds ratio."""
    if odds == 1.0:
        return float(pursuit_risk(np.float64(others), capacity))
    return weighted_pursuit_risk(others, capacity, odds)


def risks_at(crowd: Spread, capacity: int, odds: float) -> tuple[float, float]:
    """Pursuit risks at the unfavourable end and the middle of a crowd."""
    if odds == 1.0:
        low, middle = pursuit_risk(np.array(crowd), capacity)
        return float(low), float(middle)
    return risk_at(crowd.low, capacity, odds), risk_at(crowd.middle, capacity, odds)


def risk_of(crowds: Sequence[tuple[float, FloatArray]], capacity: int, odds: float = 1.0) -> Risk:
    """Candidates, median risk and upper 95 % bound over draws for a mixture of ways to link releases.

    Parameters
    ----------
    crowds : sequence of (float, float64 array of shape (draws,))
        Probability of each way of linking, and the expected others then; probabilities add to 1.
    capacity : int
        Households the adversary can pursue.
    odds : float
        Prior odds ratio of the household against each other one.

    Returns
    -------
    Risk
        ``candidates`` is the median of the smallest crowd among the ways of linking, the true household included.
    """
    if len(crowds) == 1:
        return _risk_in(spread(crowds[0][1]), capacity, odds)
    candidates = 1.0 + min(spread(others).middle for _, others in crowds)
    draws = np.zeros(len(crowds[0][1]))
    for probability, others in crowds:
        draws += probability * _risk_draws(others, capacity, odds)
    fallen = spread(-draws)
    return Risk(candidates=candidates, risk=-fallen.middle, upper=-fallen.low)


def risk_together(constraints: Sequence[Constraint], crowd: Crowd, odds: float = 1.0) -> Risk:
    """The risk of all that is said of a household, taken as linked.

    Parameters
    ----------
    constraints : sequence of Constraint
        Everything said.
    crowd : Crowd
        The adversary and its frames.
    odds : float
        Prior odds ratio of the household.
    """
    return _risk_in(spread_of(crowd, constraints), crowd.adversary.capacity, odds)


def _risk_in(crowd: Spread, capacity: int, odds: float) -> Risk:
    """The risk in one crowd: it falls with the crowd, so its quantiles are the risks of the crowd's quantiles."""
    upper, middle = risks_at(crowd, capacity, odds)
    return Risk(candidates=1.0 + crowd.middle, risk=middle, upper=upper)


def _risk_of_parts(parts: Sequence[Part], crowd: Crowd, odds: float) -> Risk:
    if len(parts) == 1:
        return risk_together(parts[0].constraints, crowd, odds)
    return risk_of(crowds_of(parts, crowd), crowd.adversary.capacity, odds)


def _risk_draws(others: FloatArray, capacity: int, odds: float) -> FloatArray:
    if odds == 1.0:
        return pursuit_risk(others, capacity)
    # On a fixed grid of crowd sizes, each crowd taken down to the next point: never below the exact risk.
    steps = np.floor(np.log2(np.maximum(others, _SMALLEST_ON_GRID)) * _POINTS_PER_DOUBLING).astype(np.int64)
    known = {int(k): weighted_pursuit_risk(2.0 ** (k / _POINTS_PER_DOUBLING), capacity, odds) for k in np.unique(steps)}
    found = np.array([known[int(k)] for k in steps])
    found[others < _SMALLEST_ON_GRID] = weighted_pursuit_risk(0.0, capacity, odds)
    return found


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
    parts = joined_parts(household, crowd)
    alone = risk_together(household.draft, crowd, odds)
    joined = _risk_of_parts(parts, crowd, odds) if household.releases else alone
    smallest = min((spread_of(crowd, p.constraints) for p in parts), key=lambda s: s.middle)
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
    """The risk of what is said of a household, joined with the earlier releases about it.

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
    return _risk_of_parts(joined_parts(household, crowd, without=without), crowd, odds)


def _costliest(household: Household, crowd: Crowd, joined: Risk, odds: float) -> str | None:
    """The earlier release without which the risk would fall most; of equal ones that with the larger crowd gain."""
    best: tuple[float, float, str] | None = None
    for release in household.releases:
        spared = joined_risk(household, crowd, odds, without=release.id)
        gain = (joined.upper - spared.upper, spared.candidates - joined.candidates, release.id)
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


def measure_help(household: Household, crowd: Crowd) -> tuple[ClaimHelp, ...]:
    """How far each claim of a draft helps the adversary: on top of everything else said (joined), and by itself."""
    everything = [*household.draft, *(c for r in household.releases for c in r.constraints)]
    used = [c for c in everything if crowd.checkable(c)]
    whole, level = 1.0 + spread_of(crowd, used).middle, crowd.level(used)
    searched = 1.0 + spread(crowd.count(level, [])).middle
    found = []
    for c in (c for c in household.draft if crowd.checkable(c)):
        spared = 1.0 + spread_of(crowd, [o for o in used if o is not c]).middle
        found.append(
            ClaimHelp(
                claim=_claim_id(c), adversary=crowd.adversary.id, bits=max(0.0, float(np.log2(spared / whole))),
                alone_before=searched, alone_after=1.0 + spread(crowd.count(level, [c])).middle,
            )
        )  # fmt: skip
    return tuple(found)


def _claim_id(c: Constraint) -> ClaimId:
    return ClaimId(c.claim)
