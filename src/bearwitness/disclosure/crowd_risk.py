"""The risk in a crowd: over the draws of its size, the median and the upper bound that is compared with a limit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from bearwitness.disclosure.crowd import Constraint, Crowd, FloatArray, Said
from bearwitness.disclosure.risk import pursuit_risk, weighted_pursuit_risk
from bearwitness.model.assessment import Risk

# The bound that is compared with the threshold: the risk that 95 % of the posterior draws do not exceed.
UPPER_SHARE: Final = 0.95
_SMALLEST_ON_GRID: Final = 2.0**-20
_POINTS_PER_DOUBLING: Final = 16
_MOST_REMEMBERED: Final = 50_000


# Fewer candidates than this for the union of two releases, and the adversary is taken to have linked them.
CANDIDATES_THAT_LINK: Final = 20


class LinkedCrowd(NamedTuple):
    """The others that fit in one way of linking releases: how probable it is, and how many are expected.

    ``counted`` is the share of that probability in which the adversary linked because it counted fewer than twenty
    candidates; then they are known to be so few. Each is one number or one per draw.
    """

    probability: float | FloatArray
    others: FloatArray
    counted: float | FloatArray = 0.0


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


def spread_in(crowd: Crowd, level: int, constraints: Sequence[Constraint]) -> Spread:
    """The spread of the households of one frame that fit checkable constraints; remembered."""
    key = (level, *((c.attribute, c.about, c.allowed, c.trust) for c in constraints))
    found: Spread | None = crowd.remembered.get(key)
    if found is None:
        found = crowd.remembered[key] = spread(crowd.count(level, constraints))
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
    # One number at a time: what many at once take is slow to load.
    return risk_at(crowd.low, capacity, odds), risk_at(crowd.middle, capacity, odds)


def risk_of(crowds: Sequence[LinkedCrowd], capacity: int, odds: float = 1.0) -> Risk:
    """Candidates, median risk and upper 95 % bound over draws for a mixture of ways to link releases.

    Parameters
    ----------
    crowds : sequence of LinkedCrowd
        The ways of linking; their probabilities add to 1.
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
        return _risk_in(spread(crowds[0].others), capacity, odds)
    candidates = 1.0 + min(spread(c.others).middle for c in crowds)
    draws = np.zeros(len(crowds[0].others))
    for crowd in crowds:
        risk = _risk_draws(crowd.others, capacity, odds)
        if np.any(crowd.counted):
            risk = risk + crowd.counted * (_risk_of_few(crowd.others, capacity, odds) - risk)
        draws = draws + crowd.probability * risk
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


def _risk_of_few(others: FloatArray, capacity: int, odds: float) -> FloatArray:
    """The pursuit risk where fewer than twenty candidates were counted: ``E[min(1, c w / (w + X)) | 1 + X < 20]``."""
    from scipy.special import gammaln  # loads slowly, and links are mostly certain

    few = np.arange(CANDIDATES_THAT_LINK - 1)
    # Terms of the Poisson law but for what all have in common; the greatest is made 1.
    logs = few * np.log(np.maximum(others, 1e-300))[:, None] - gammaln(few + 1.0)
    terms = np.exp(logs - logs.max(axis=1, keepdims=True))
    found: FloatArray = (terms @ np.minimum(1.0, capacity * odds / (odds + few))) / terms.sum(axis=1)
    return found


def _risk_draws(others: FloatArray, capacity: int, odds: float) -> FloatArray:
    if odds == 1.0:
        return pursuit_risk(others, capacity)
    # On a fixed grid of crowd sizes, each crowd taken down to the next point: never below the exact risk.
    steps = np.floor(np.log2(np.maximum(others, _SMALLEST_ON_GRID)) * _POINTS_PER_DOUBLING).astype(np.int64)
    known = {int(k): weighted_pursuit_risk(2.0 ** (k / _POINTS_PER_DOUBLING), capacity, odds) for k in np.unique(steps)}
    found = np.array([known[int(k)] for k in steps])
    found[others < _SMALLEST_ON_GRID] = weighted_pursuit_risk(0.0, capacity, odds)
    return found
