"""What recent periods will come to: a Bayesian nowcast under delays that are seen cut off.

The model is that of Höhle and an der Heiden (2014, Biometrics 70, 993), method with truncation. An act is reported
with a delay of 0 to D periods, of probabilities that do not change over time. Read backwards, from long delays to
short ones, "reported at d, given reported by d" has a chance g(d) that the cells seen tell of without looking at what
is not seen (Lawless 1994): a binomial for each d, so with a Dirichlet prior for the delays each g(d) has a beta
posterior, and all together a generalised Dirichlet one. The share of acts that is reported by delay a is the product
of 1 - g(d) over d > a. The number of acts of a period is Poisson with a mean of its own from a gamma prior; given the
share it has a posterior in closed form, and that is averaged over draws of the delays.

Two posteriors can be asked for. The paper's lets only the shape of the rows tell of the delays (``totals=False``). The
full one lets the sizes of the rows do so too: many recent acts make a short delay more probable
(``totals=True``). It is the one that follows from the model by Bayes' rule, but leans on the prior for the number.

Assumptions that fail in this field, so that the answer is too sure: delays change when people flee, reports come in
bursts that many periods share, and reports of different periods depend on each other. Nothing comes later than D.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.special import logsumexp

from bearwitness.errors import EstimationError
from bearwitness.estimation.count_posterior import CountPrior, count_posterior, posterior_errors, within_cap
from bearwitness.estimation.triangle import ReportingTriangle

FloatArray = npt.NDArray[np.float64]

# More of a posterior than this above 95 % of the largest number allowed, and the number allowed decides the answer.
_AT_CAP: Final = 0.005
_NEAR_CAP: Final = 0.95
# Fewer effective draws than this do not carry a 95 % interval.
_LEAST_DRAWS: Final = 400


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class NowcastPeriod:
    """One period that is still open, and the posterior of the number of its acts.

    ``probability`` has shape (most + 1,): of 0, 1, ... acts. ``low`` and ``high`` are the limits of the central
    interval. Each quantile is the smallest number up to which there is at least that much probability. ``error`` is
    the largest Monte Carlo standard error of the distribution function at the three. ``prior_width`` is the width of
    the interval over that of the prior: near 1 or above, the answer is the prior's and not the data's.
    """

    period: str
    reported: int
    median: int
    low: int
    high: int
    mean: float
    error: float
    prior_width: float
    probability: FloatArray


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Nowcast:
    """Open periods, oldest first; what is reported of older ones is taken as all there is.

    ``reported_by`` is the posterior mean of the share reported by each delay, shape (longest delay + 1,).
    ``effective`` is how many independent draws the answer rests on. ``left_out`` is the last period where it was not
    over, else None.
    """

    periods: tuple[NowcastPeriod, ...]
    reported_by: FloatArray
    effective: float
    left_out: str | None


def delay_posterior(triangle: ReportingTriangle, concentration: float) -> tuple[FloatArray, FloatArray]:
    """The beta posteriors of the chance that an act is reported at a delay, given that it is by then.

    Parameters
    ----------
    triangle : ReportingTriangle
        Only cells that are seen whole are read.
    concentration : float
        Weight of each delay in the symmetric Dirichlet prior, in acts.

    Returns
    -------
    two arrays of float
        Both parameters of the beta distributions of delays 1 to the longest, shape (longest delay,).
    """
    counts = np.where(triangle.cells, triangle.counts, 0)
    delays = np.arange(1, triangle.longest + 1)
    at = np.array([counts[triangle.seen > d, d].sum() for d in delays], dtype=float)
    below = np.array([counts[triangle.seen > d, :d].sum() for d in delays], dtype=float)
    return concentration + at, concentration * delays + below


def nowcast(
    triangle: ReportingTriangle, prior: CountPrior, *, seed: int, concentration: float = 0.1, level: float = 0.95,
    draws: int = 10_000, totals: bool = False,
) -> Nowcast:  # fmt: skip
    """Estimate the number of acts of each period that is still open.

    Parameters
    ----------
    triangle : ReportingTriangle
        A last period that is not over is left out.
    prior : CountPrior
        For the number of acts of any period.
    seed : int
        Same seed, same answer.
    concentration : float
        Weight of each delay in the symmetric Dirichlet prior, in acts. The answer depends on it where there are few
        reports.
    level : float
        Probability of the interval, between 0 and 1.
    draws : int
        How many times the delays are drawn.
    totals : bool
        Whether the sizes of rows tell of the delays too.

    Raises
    ------
    EstimationError
        The longest delay was never seen, a period has more reports than the prior allows, the largest number allowed
        decides the answer, or too few effective draws are left.
    ValueError
        A setting is out of range.
    """
    if not (concentration > 0 and 0 < level < 1 and draws >= _LEAST_DRAWS):
        raise ValueError(f"concentration must be above 0, level within 0 and 1, draws at least {_LEAST_DRAWS}")
    whole = triangle.whole()
    if whole.seen[0] <= whole.longest:
        raise EstimationError(f"the oldest period, {whole.periods[0]}, is not seen up to the longest delay.",
                              hint="Take earlier periods in, or a shorter delay.")  # fmt: skip
    if whole.reported.max() > prior.most:
        raise EstimationError(f"{whole.periods[int(whole.reported.argmax())]}: more is reported than the prior allows.",
                              hint="Take a larger largest number.")  # fmt: skip
    shares = _draw_shares(whole, concentration, draws, np.random.default_rng(seed))
    weights = _weights(whole, prior, shares) if totals else np.full(draws, 1 / draws)
    effective = float(1 / (weights**2).sum())
    if effective < _LEAST_DRAWS:
        raise EstimationError(f"only {effective:.0f} of {draws} draws count.",
                              hint="Draw more often, or let the sizes of rows not tell of the delays.")  # fmt: skip
    open_rows = np.flatnonzero(whole.seen <= whole.longest)
    return Nowcast(
        periods=tuple(_period(whole, int(row), prior, shares, weights, level) for row in open_rows),
        reported_by=weights @ shares[:, 1:], effective=effective,
        left_out=triangle.periods[-1] if triangle.partial else None,
    )  # fmt: skip


def _draw_shares(
    whole: ReportingTriangle, concentration: float, draws: int, rng: np.random.Generator
) -> FloatArray:
    """The share reported before each delay, shape (draws, longest delay + 2): 0 before any, 1 at the end."""
    at, below = delay_posterior(whole, concentration)
    shares = np.ones((draws, whole.longest + 2))
    shares[:, 0] = 0
    for delay in range(whole.longest, 0, -1):
        shares[:, delay] = shares[:, delay + 1] * rng.beta(below[delay - 1], at[delay - 1], size=draws)
    return shares


def _weights(whole: ReportingTriangle, prior: CountPrior, shares: FloatArray) -> FloatArray:
    """How well each draw of the delays fits the sizes of all rows; they sum to 1."""
    logs = np.zeros(len(shares))
    with np.errstate(divide="ignore"):  # a draw that cannot be has weight 0
        for seen, count in zip(whole.seen, whole.reported, strict=True):
            reported, share = int(count), shares[:, seen]
            # A number thinned at random is again Poisson with a gamma mean; the cap leaves the right part of it out.
            logs += reported * np.log(share) if reported else 0.0
            logs -= (prior.shape + reported) * np.log(prior.rate + share)
            logs += np.log(within_cap(prior, reported, share))
    if not np.isfinite(logs.max()):
        raise EstimationError("no draw of the delays fits the sizes of the rows.",
                              hint="Take a larger largest number.")  # fmt: skip
    return np.asarray(np.exp(logs - logsumexp(logs)))


def _period(
    whole: ReportingTriangle, row: int, prior: CountPrior, shares: FloatArray, weights: FloatArray, level: float
) -> NowcastPeriod:  # fmt: skip
    name, reported = whole.periods[row], int(whole.reported[row])
    share = shares[:, whole.seen[row]]
    probability = count_posterior(prior, reported, share, weights)
    sums = probability.cumsum()
    near = int(_NEAR_CAP * prior.most)
    at_cap = 1 - sums[near] + weights @ (1 - within_cap(prior, reported, share))
    if at_cap > _AT_CAP:
        raise EstimationError(f"{name}: {at_cap:.1%} of the posterior is near or above {prior.most}, the largest "
                              "number allowed.", hint="Take a larger one, and see whether it decides.")  # fmt: skip
    levels = ((1 - level) / 2, 0.5, (1 + level) / 2)
    low, median, high = (_quantile(sums, at) for at in levels)
    before = count_posterior(prior, 0, np.zeros(1)).cumsum()
    return NowcastPeriod(
        period=name, reported=reported, median=median, low=low, high=high, probability=probability,
        mean=float(probability @ np.arange(prior.most + 1)),
        error=float(posterior_errors(prior, reported, share, weights, (low, median, high)).max()),
        prior_width=(high - low) / max(1, _quantile(before, levels[2]) - _quantile(before, levels[0])),
    )  # fmt: skip


def _quantile(sums: FloatArray, level: float) -> int:
    return int(np.searchsorted(sums, level - 1e-12))
