"""One change in a series of counts, exactly: when it was, what the rates were, and whether there was one at all.

Counts are Poisson with one rate up to some period and another from the next on; each rate has the same gamma prior,
and every period but the last may be the last one of the first rate, all equally probable beforehand. Gamma priors are
conjugate, so the posterior over the period is a finite sum without simulation (Raftery and Akman 1986, Biometrika 73,
85; Carlin, Gelfand and Smith 1992).

What it does not do: counts that scatter more than Poisson counts, or that depend on each other, look like a change
where there is none. ``dispersion`` says how far they scatter around the two rates; where it is well over 1 the
posterior is too narrow and the Bayes factor too large. Late reports look like a fall; use it on periods whose reports
are in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import gammaln, logsumexp

from bearwitness.errors import EstimationError
from bearwitness.estimation.counted import counted

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ChangePoint:
    """The posterior of one change.

    ``periods`` are the labels of all periods but the last; ``probability`` has, for each, the probability that it is
    the last one of the first rate, given that there was one change. ``rates`` are the posterior means before and
    after, per period. ``log_bayes_factor`` is the natural logarithm of the odds of one change against none.
    ``dispersion`` is Pearson's chi-square over its degrees of freedom around the two rates at the most probable
    period, 1 where counts scatter as Poisson counts do; None where there are too few counts to tell.
    """

    periods: tuple[str, ...]
    probability: FloatArray
    rates: tuple[float, float]
    log_bayes_factor: float
    dispersion: float | None

    @property
    def most_probable(self) -> str:
        """The most probable last period of the first rate; the earliest where several are."""
        return self.periods[int(np.argmax(self.probability))]

    @property
    def mean_place(self) -> float:
        """The posterior mean of the number of periods at the first rate."""
        return float(self.probability @ np.arange(1, len(self.periods) + 1))

    def quantile(self, level: float) -> str:
        """The first period up to which the change has happened with at least this probability.

        Parameters
        ----------
        level : float
            Above 0, at most 1.

        Raises
        ------
        ValueError
            The level is outside.
        """
        _check_level(level)
        place = int(np.searchsorted(np.cumsum(self.probability), level - 1e-12))
        return self.periods[min(place, len(self.periods) - 1)]

    def highest_density(self, level: float) -> tuple[str, ...]:
        """The smallest set of periods, in order, that holds the change with at least this probability.

        Of two equally probable periods at its edge the earlier one is taken.

        Parameters
        ----------
        level : float
            Above 0, at most 1.

        Raises
        ------
        ValueError
            The level is outside.
        """
        _check_level(level)
        order = np.argsort(-self.probability, kind="stable")
        needed = int(np.searchsorted(np.cumsum(self.probability[order]), level - 1e-12)) + 1
        return tuple(self.periods[place] for place in sorted(order[:needed]))


def change_point(periods: Sequence[str], counts: Sequence[float | None], *, shape: float, rate: float) -> ChangePoint:
    """Find when one change of the rate happened, exactly.

    Parameters
    ----------
    periods : sequence of str
        Labels of periods of equal length, in the order of time, each once, two at least.
    counts : sequence of float or None
        How many events each had, whole numbers.
    shape, rate : float
        The gamma prior of both rates: mean ``shape / rate`` events a period. A vague prior makes "no change" look
        better than it is (Lindley's paradox), so say which one was taken.

    Raises
    ------
    EstimationError
        A count is missing, negative or no whole number; periods are fewer than two, or one is there twice.
    ValueError
        The prior is not proper.
    """
    if not (0 < shape < np.inf and 0 < rate < np.inf):
        raise ValueError("shape and rate must be above 0 and finite")
    if len(set(periods)) != len(periods):
        twice = next(p for place, p in enumerate(periods) if p in periods[:place])
        raise EstimationError(f"period {twice} is there twice.", hint="Give each period once, in the order of time.")
    values = counted(periods, counts)
    length = len(values)
    if length < 2:
        raise EstimationError("a change needs at least two periods.", hint="Give a longer series.")
    places = np.arange(1, length)
    before = np.cumsum(values)[:-1]
    after = values.sum() - before
    logs = _log_marginal(before, places, shape, rate) + _log_marginal(after, length - places, shape, rate)
    evidence = logsumexp(logs)
    probability = np.exp(logs - evidence)
    none = _log_marginal(values.sum(), length, shape, rate)
    return ChangePoint(
        periods=tuple(periods[:-1]),
        probability=probability / probability.sum(),
        rates=(
            float(probability @ ((shape + before) / (rate + places))),
            float(probability @ ((shape + after) / (rate + length - places))),
        ),
        log_bayes_factor=float(evidence - np.log(length - 1) - none),
        dispersion=_dispersion(values, int(np.argmax(probability)) + 1),
    )


def _log_marginal(
    total: FloatArray | float, length: npt.NDArray[np.int64] | int, shape: float, rate: float
) -> FloatArray:
    """The logarithm of the probability of counts with this total; the factorials of the counts are left out.

    They are the same for every split of one series, and so cancel.
    """
    at = shape + np.asarray(total, dtype=float)
    return np.asarray(shape * np.log(rate) - gammaln(shape) + gammaln(at) - at * np.log(rate + length))


def _dispersion(values: FloatArray, place: int) -> float | None:
    """Pearson's chi-square by its degrees of freedom, with a mean for either side."""
    parts = [part for part in (values[:place], values[place:]) if part.sum() > 0]
    freedom = sum(len(part) - 1 for part in parts)
    if freedom < 1:
        return None
    return float(sum(((part - part.mean()) ** 2).sum() / part.mean() for part in parts) / freedom)


def _check_level(level: float) -> None:
    if not 0 < level <= 1:
        raise ValueError("the level must be above 0 and at most 1")
