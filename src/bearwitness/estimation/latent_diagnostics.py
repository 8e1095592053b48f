"""Whether independent replicates of a sampler agree, and how many independent draws theirs are worth.

Rank-normalised split R-hat, bulk and tail effective sample size (Vehtari, Gelman, Simpson, Carpenter and Bürkner 2021,
Bayesian Analysis 16, 667). Draws are an array, replicates by rounds.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.fft import irfft, next_fast_len, rfft
from scipy.special import ndtri
from scipy.stats import rankdata

FloatArray = npt.NDArray[np.float64]

# Fewer rounds than this have no autocorrelations to speak of.
_FEWEST = 8


def r_hat(draws: FloatArray) -> float:
    """How far replicates, and halves of them, are from one distribution; 1 is agreement.

    The larger of that of the ranks and that of the ranks of distances from the median. Draws that are all equal
    agree; replicates that each stand still at a value of their own do not, and have infinity.
    """
    halves = _halves(draws)
    folded = np.abs(halves - np.median(halves))
    return max(_plain_r_hat(_normal_ranks(halves)), _plain_r_hat(_normal_ranks(folded)))


def effective(draws: FloatArray) -> float:
    """How many independent draws have the same Monte Carlo error in the middle."""
    return _plain_effective(_normal_ranks(_halves(draws)))


def tail_effective(draws: FloatArray, low: float = 0.05, high: float = 0.95) -> float:
    """The same for two quantiles, the smaller of the two."""
    halves = _halves(draws)
    ends = np.quantile(halves, [low, high])
    return min(_plain_effective((halves <= end).astype(float)) for end in ends)


def _halves(draws: FloatArray) -> FloatArray:
    if draws.ndim != 2 or draws.shape[1] < _FEWEST or not np.isfinite(draws).all():
        raise ValueError(f"draws are replicates by at least {_FEWEST} rounds, all finite")
    half = draws.shape[1] // 2
    return np.concatenate([draws[:, :half], draws[:, -half:]])


def _normal_ranks(draws: FloatArray) -> FloatArray:
    ranks = rankdata(draws, axis=None).reshape(draws.shape)
    return np.asarray(ndtri((ranks - 0.375) / (draws.size + 0.25)), dtype=float)


def _plain_r_hat(draws: FloatArray) -> float:
    rounds = draws.shape[1]
    within = float(draws.var(axis=1, ddof=1).mean())
    between = float(draws.mean(axis=1).var(ddof=1))
    if within == 0.0:
        return 1.0 if between == 0.0 else np.inf
    return float(np.sqrt((rounds - 1) / rounds + between / within))


def _plain_effective(draws: FloatArray) -> float:
    """By Geyer's initial monotone sequence over replicates."""
    rounds = draws.shape[1]
    size = next_fast_len(2 * rounds)
    centred = draws - draws.mean(axis=1, keepdims=True)
    power = np.abs(rfft(centred, size, axis=1)) ** 2
    covariance = (irfft(power, size, axis=1)[:, :rounds] / rounds).mean(axis=0)
    within = float(covariance[0]) * rounds / (rounds - 1)
    total = within * (rounds - 1) / rounds + float(draws.mean(axis=1).var(ddof=1))
    if total == 0.0:
        return float(draws.size)
    correlation = 1.0 - (within - covariance) / total
    correlation[0] = 1.0
    pairs = correlation[0 : rounds - 1 : 2] + correlation[1:rounds:2]
    negative = np.flatnonzero(pairs <= 0.0)
    kept = np.minimum.accumulate(pairs[: int(negative[0])] if len(negative) else pairs)
    # Negative autocorrelation may make draws worth more than they are, within reason.
    time = max(-1.0 + 2.0 * float(kept.sum()), 1.0 / np.log10(draws.size))
    return float(draws.size / time)
