"""What was believed beforehand about the number of acts on no list; always said, never hidden in a model."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import gammaln

from bearwitness.estimation.lists import CaptureTable

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class UnseenPrior:
    """What was believed beforehand about the number of acts on no list.

    ``log_weight`` has the logarithm of the probability, up to a constant, of ``first`` unseen acts, of one more, and
    so on; more than the last is impossible.
    """

    first: int
    log_weight: FloatArray

    def __post_init__(self) -> None:
        if self.first < 0 or not len(self.log_weight) or not np.isfinite(self.log_weight).all():
            raise ValueError("a prior has a finite weight for each number of unseen acts, from 0 or more on")

    @property
    def unseen(self) -> FloatArray:
        """The numbers of unseen acts that are possible."""
        return np.arange(self.first, self.first + len(self.log_weight), dtype=float)


def falling_prior(table: CaptureTable, *, fewest: int, most: int) -> UnseenPrior:
    """A prior on N, seen and unseen, in inverse proportion to N.

    Parameters
    ----------
    table : CaptureTable
        Whose acts are the seen ones.
    fewest, most : int
        Bounds of the number of unseen acts.

    Raises
    ------
    ValueError
        The bounds are negative or in the wrong order, or nothing at all was seen and may be unseen.
    """
    unseen = _between(fewest, most)
    if not table.observed + fewest:
        raise ValueError("no act at all has no probability here")
    return UnseenPrior(first=fewest, log_weight=-np.log(table.observed + unseen))


def gamma_poisson_prior(table: CaptureTable, *, shape: float, scale: float, fewest: int, most: int) -> UnseenPrior:
    """A prior on N, seen and unseen: Poisson with a gamma-distributed mean.

    Parameters
    ----------
    table : CaptureTable
        Whose acts are the seen ones.
    shape, scale : float
        Of the gamma distribution; the mean of N is their product.
    fewest, most : int
        Bounds of the number of unseen acts.

    Raises
    ------
    ValueError
        A parameter is not positive, or the bounds are negative or in the wrong order.
    """
    if not (0 < shape < np.inf and 0 < scale < np.inf):
        raise ValueError("a gamma distribution has a positive shape and scale")
    size = table.observed + _between(fewest, most)
    weight = gammaln(size + shape) - gammaln(size + 1) + size * (np.log(scale) - np.log1p(scale))
    return UnseenPrior(first=fewest, log_weight=weight)


def _between(fewest: int, most: int) -> FloatArray:
    if not 0 <= fewest <= most:
        raise ValueError("a number of unseen acts is between 0 and a most that is no less than the fewest")
    return np.arange(fewest, most + 1, dtype=float)
