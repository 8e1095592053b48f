"""How good forecasts were, once the truth is known: coverage and the continuous ranked probability score.

The score is the mean distance of a draw to the truth, less half the mean distance between two draws (Gneiting and
Raftery 2007, JASA 102, 359); it is in acts, and smaller is better. Only a forecast that is right on average and no
wider than it has to be scores well.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.stats import nbinom, poisson

FloatArray = npt.NDArray[np.float64]


def ranked_probability_score(draws: npt.NDArray[np.generic], truth: float) -> float:
    """The score of one forecast.

    Parameters
    ----------
    draws : array
        At least one draw from the forecast.
    truth : float
        What came.
    """
    ordered = np.sort(np.asarray(draws, dtype=float))
    number = len(ordered)
    if not number:
        raise ValueError("a forecast without draws has no score")
    # The sum over all pairs of distances, from the order alone.
    between = 2 * (ordered @ (2 * np.arange(1, number + 1) - number - 1)) / number**2
    return float(np.abs(ordered - truth).mean() - between / 2)


def covers(draws: npt.NDArray[np.generic], truth: float, level: float) -> bool:
    """Whether the central interval of whole numbers at this level holds the truth."""
    low, high = np.quantile(np.asarray(draws, dtype=float), ((1 - level) / 2, (1 + level) / 2), method="inverted_cdf")
    return bool(low <= truth <= high)


def ladder_draws(
    reported: int, estimate: float, error: float | None, draws: int, rng: np.random.Generator
) -> npt.NDArray[np.int64]:
    """A chain ladder's forecast of a month as draws: reported, and a count still to come.

    That count has the mean the ladder says, and Mack's error as its standard deviation where it is larger than that
    of independent acts: negative binomial; else it is Poisson, as also where the ladder has no error.
    """
    mean = max(estimate - reported, 0.0)
    if mean == 0:
        return np.full(draws, reported)
    variance = max(error**2 if error is not None else 0.0, mean)
    if variance <= mean * (1 + 1e-9):
        return np.asarray(reported + poisson.rvs(mean, size=draws, random_state=rng))
    return np.asarray(reported + nbinom.rvs(mean**2 / (variance - mean), mean / variance, size=draws, random_state=rng))
