"""How many acts a period had, given how many are reported and what share that may be.

The number is Poisson with a mean of its own from a gamma prior. Each act is reported by now with the same chance, the
share; given it, the number of acts not reported has a negative binomial posterior in closed form, which is averaged
over draws of the share.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.special import betaincc, gammaln

FloatArray = npt.NDArray[np.float64]

# A chance below this is taken as none.
_NOTHING: Final = 1e-14
# Draws are worked through in blocks, so that memory stays small.
_BLOCK: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class CountPrior:
    """What is known of the number of acts of any period beforehand, and the largest number that is allowed.

    The number is Poisson with a mean that is gamma distributed; ``mean`` and ``variance`` are those of the gamma, so
    the number itself has variance ``mean + variance``. Larger numbers than ``most`` are left out of the posterior.
    """

    mean: float
    variance: float
    most: int

    def __post_init__(self) -> None:
        if not (0 < self.mean < np.inf and 0 < self.variance < np.inf and self.most > 0):
            raise ValueError("the prior needs a mean, a variance and a largest number above 0")

    @property
    def rate(self) -> float:
        """The rate of the gamma prior, per period."""
        return self.mean / self.variance

    @property
    def shape(self) -> float:
        """The shape of the gamma prior."""
        return self.mean * self.rate


def count_posterior(
    prior: CountPrior, reported: int, shares: FloatArray, weights: FloatArray | None = None
) -> FloatArray:
    """The posterior of the number of acts of a period, of which a share that is not known exactly was reported.

    Parameters
    ----------
    prior : CountPrior
        For the number of acts.
    reported : int
        How many are reported, at most ``prior.most``.
    shares : array of float
        Draws of the share that is reported by now, each from 0 to 1.
    weights : array of float, optional
        The weight of each draw; all the same without.

    Returns
    -------
    array of float
        Probabilities of 0, 1, ... ``prior.most`` acts.
    """
    shared = np.full(len(shares), 1 / len(shares)) if weights is None else weights
    result = np.zeros(prior.most + 1)
    for start in range(0, len(shares), _BLOCK):
        block = slice(start, start + _BLOCK)
        result[reported:] += shared[block] @ _given_share(prior, reported, shares[block])
    return np.asarray(result / result.sum())


def within_cap(prior: CountPrior, reported: int, share: FloatArray) -> FloatArray:
    """The chance that a number of acts is at most the largest one allowed, if larger ones were possible.

    Parameters
    ----------
    prior : CountPrior
        For the number of acts.
    reported : int
        How many are reported, at most ``prior.most``.
    share : array of float
        Draws of the share that is reported by now, each from 0 to 1.

    Returns
    -------
    array of float
        One chance for each share.
    """
    far = prior.most - reported + 1, prior.shape + reported

    def chance(at: FloatArray | float) -> FloatArray:
        return np.asarray(betaincc(*far, (1 - np.asarray(at)) / (1 + prior.rate)))

    # It grows with the share; from some share on it is 1, and the slow function need not be asked.
    below, above = 0.0, 1.0
    for _ in range(20):
        middle = (below + above) / 2
        below, above = (below, middle) if 1 - chance(middle) < _NOTHING else (middle, above)
    result = np.ones(len(share))
    near = share < above
    result[near] = chance(share[near])
    return result


def posterior_errors(
    prior: CountPrior, reported: int, share: FloatArray, weights: FloatArray, numbers: Sequence[int]
) -> FloatArray:
    """The Monte Carlo standard errors of `count_posterior`, as probabilities of at most these numbers of acts.

    Parameters
    ----------
    prior, reported, share, weights
        As there; the weights sum to 1.
    numbers : sequence of int
        Numbers from ``reported`` to ``prior.most``.

    Returns
    -------
    array of float
        One error for each number.
    """
    below = np.zeros((len(share), len(numbers)))
    for start in range(0, len(share), _BLOCK):
        given = _given_share(prior, reported, share[start : start + _BLOCK]).cumsum(axis=1)
        below[start : start + _BLOCK] = given[:, [number - reported for number in numbers]]
    return np.asarray(np.sqrt((weights**2) @ (below - weights @ below) ** 2))


def _given_share(prior: CountPrior, reported: int, share: FloatArray) -> FloatArray:
    """The posterior of the number of unreported acts for each share, up to the cap; shape (shares, numbers)."""
    extra = np.arange(prior.most - reported + 1)
    with np.errstate(divide="ignore"):
        chance = np.log1p(-share) - np.log1p(prior.rate)
    # Where all are surely reported the chance of one more is 0, and of none it is 1.
    logs = np.zeros((len(share), len(extra)))
    np.multiply(chance[:, None], extra, where=extra > 0, out=logs)
    # Factors that all numbers share are left out, for the sum becomes 1.
    logs += gammaln(prior.shape + reported + extra) - gammaln(extra + 1)
    logs -= logs.max(axis=1, keepdims=True)
    np.exp(logs, out=logs)
    return np.asarray(logs / logs.sum(axis=1, keepdims=True))
