"""How likely the true household is to be pursued, given how many others fit.

The others that fit are X ~ Poisson(lambda); with the true household K = 1 + X fit; an adversary that can afford
``capacity`` households pursues min(capacity, K) of them, chosen blindly. Source: the release-risk model
(docs/explanation/risk.md); for capacity 1 it is the expected 1/K of statistical disclosure control
(Skinner and Elliot 2002, J. R. Statist. Soc. B 64, 855).
"""

from __future__ import annotations

import math
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]

# Beyond these exponents of the Chernoff bound the neglected tail is under 1e-13 of the result.
_LOWER_TAIL_EXPONENT: Final = 32.0
_UPPER_TAIL_EXPONENT: Final = 60.0
# Below this share of the capacity, 1 - F - p would cancel; the tail is then computed by itself.
_CANCELLATION_SHARE: Final = 0.2
_CHUNK: Final = 1 << 16
_DEVIATIONS: Final = 12.0
# Crowds beyond this are weighed on a grid of so many points where the weights are not equal.
_LARGEST_EXACT: Final = 2000.0
_GRID: Final = 241
_THREADS: Final = 2


def pursuit_risk(expected_others: npt.ArrayLike, capacity: int = 1) -> FloatArray:
    """Probability that the true household is among those an adversary pursues.

    ``Rc = P(X <= c-1) + (c / lambda) P(X >= c+1)`` for X Poisson with mean lambda: the sum of min(1, c / (1+x))
    over x, where the second part uses ``p(x) / (x+1) = p(x+1) / lambda``.

    Parameters
    ----------
    expected_others : float64 array, any shape
        Mean number of other households that fit every checkable claim; >= 0 and finite.
    capacity : int
        Households the adversary can afford to pursue; >= 1.

    Returns
    -------
    float64 array, same shape
        Probability in (0, 1]; 1 where nobody else is expected.

    Raises
    ------
    ValueError
        If a mean is negative or not finite, or the capacity is below 1.
    """
    lam = np.asarray(expected_others, dtype=np.float64)
    if isinstance(capacity, bool) or int(capacity) != capacity or capacity < 1:
        raise ValueError("capacity must be a whole number of households, at least 1")
    if lam.size and not (np.min(lam) >= 0 and np.isfinite(np.max(lam))):
        raise ValueError("expected_others must be finite and not negative")
    if lam.size == 1:
        return np.array(_pursuit_risk_of(float(lam.reshape(())), int(capacity))).reshape(lam.shape)
    flat = np.ascontiguousarray(lam).reshape(-1)
    risk = np.empty_like(flat)
    pieces = [slice(i, i + _CHUNK) for i in range(0, flat.size, _CHUNK)]
    bounds = _transition(int(capacity))

    def fill(piece: slice) -> None:
        risk[piece] = _pursuit_risk_chunk(flat[piece], int(capacity), bounds)

    if len(pieces) > _THREADS:
        with ThreadPoolExecutor(_THREADS) as pool:
            list(pool.map(fill, pieces))
    else:
        for piece in pieces:
            fill(piece)
    return risk.reshape(lam.shape)


def _pursuit_risk_chunk(lam: FloatArray, capacity: int, bounds: tuple[float, float]) -> FloatArray:
    if capacity == 1:
        with np.errstate(divide="ignore", invalid="ignore"):
            single = -np.expm1(-lam) / lam
        single[lam == 0] = 1.0
        return single
    low, high = bounds
    with np.errstate(divide="ignore", over="ignore"):
        risk = np.minimum(1.0, capacity / lam)
    middle = np.flatnonzero((lam > low) & (lam < high))
    if middle.size:
        risk[middle] = _transition_risk(lam[middle], capacity)
    risk[lam <= low] = 1.0
    return risk


def _pursuit_risk_of(lam: float, capacity: int) -> float:
    """One value, summed term by term over all x that weigh anything: without the array functions of scipy.

    Those take longer to load than a whole assessment does.
    """
    if lam == 0.0:
        return 1.0
    if capacity == 1:
        return -math.expm1(-lam) / lam
    low, high = _transition(capacity)
    if lam <= low:
        return 1.0
    if lam >= high:
        return capacity / lam
    others, mass = _poisson_terms(lam)
    return min(1.0, float(np.sum(mass * np.minimum(1.0, capacity / (1.0 + others)))))


def _poisson_terms(lam: float) -> tuple[FloatArray, FloatArray]:
    """All values of a Poisson variable that weigh more than 1e-20 or so, and their probabilities."""
    spread = _DEVIATIONS * math.sqrt(lam) + _DEVIATIONS**2 / 2.0
    first, last = max(0, math.floor(lam - spread)), math.ceil(lam + spread)
    others = np.arange(first, last + 1, dtype=np.float64)
    logs = np.empty_like(others)
    logs[0] = first * math.log(lam) - lam - math.lgamma(first + 1)
    logs[1:] = math.log(lam) - np.log(others[1:])
    return others, np.exp(np.cumsum(logs))


def _transition_risk(lam: FloatArray, capacity: int) -> FloatArray:
    from scipy.special import gammainc, gammaincc

    at_most = gammaincc(capacity, lam)
    log_point = capacity * np.log(lam) - lam - math.lgamma(capacity + 1)
    more = 1.0 - at_most - np.exp(log_point)
    few = lam < _CANCELLATION_SHARE * capacity
    if few.any():
        more[few] = gammainc(capacity + 1, lam[few])
    return np.clip(at_most + capacity / lam * np.maximum(more, 0.0), 0.0, 1.0)


@lru_cache(maxsize=4096)
def _transition(capacity: int) -> tuple[float, float]:
    """The means between which neither Rc = 1 nor Rc = c / lambda holds to double precision (Chernoff 1952)."""

    def exponent(lam: float) -> float:
        return capacity * math.log(capacity / lam) - capacity + lam

    low, high = 1e-300, float(capacity)
    for _ in range(200):
        middle = math.sqrt(low * high)
        low, high = (middle, high) if exponent(middle) > _LOWER_TAIL_EXPONENT else (low, middle)
    lower = low
    low, high = float(capacity), 4.0 * capacity + 400.0
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (low, middle) if exponent(middle) > _UPPER_TAIL_EXPONENT else (middle, high)
    return lower, high


def expected_bystanders(expected_others: float, capacity: int) -> float:
    """Expected number of uninvolved households that fit and would be pursued, ``E[min(c, X)]``.

    ``E[min(c, X)] = lambda P(X <= c-2) + c P(X >= c)``.

    Parameters
    ----------
    expected_others : float
        Mean number of other households that fit; >= 0.
    capacity : int
        Households the adversary can afford to pursue; >= 1.

    Returns
    -------
    float
        Households, between 0 and the capacity.
    """
    if expected_others <= 0:
        return 0.0
    if expected_others >= _transition(capacity)[1]:
        return float(capacity)
    others, mass = _poisson_terms(expected_others)
    return float(np.sum(mass * np.minimum(others, capacity)))


def weighted_pursuit_risk(expected_others: float, capacity: int, odds: float) -> float:
    """Pursuit risk of a household that is more (or less) suspect than the others: ``E[min(1, c w / (w + X))]``.

    Parameters
    ----------
    expected_others : float
        Mean number of other households that fit; >= 0.
    capacity : int
        Households the adversary can afford to pursue; >= 1.
    odds : float
        Prior odds ratio w of the true household against each other one; > 0; 1 gives ``pursuit_risk``.

    Returns
    -------
    float
        Probability in (0, 1].
    """
    if odds <= 0 or expected_others < 0:
        raise ValueError("odds must be positive and expected_others not negative")
    return _weighted_mean(*_poisson_grid(expected_others), capacity, odds)


def _weighted_mean(others: FloatArray, mass: FloatArray, capacity: int, odds: float) -> float:
    return float(np.clip(np.sum(mass * np.minimum(1.0, capacity * odds / (odds + others))), 0.0, 1.0))


def _poisson_grid(expected: float) -> tuple[FloatArray, FloatArray]:
    """Values of a Poisson variable and their mass; past some hundreds each point stands for a step of the grid."""
    if expected == 0:
        return np.zeros(1), np.ones(1)
    if expected < _LARGEST_EXACT:
        return _poisson_terms(expected)
    # Far from zero the terms are those of a normal density to a relative error of 1 / sqrt(expected).
    deviations = np.linspace(-_DEVIATIONS, _DEVIATIONS, _GRID)
    mass = np.exp(-deviations * deviations / 2.0)
    return expected + deviations * math.sqrt(expected), mass / mass.sum()


def flipping_odds(expected_others: float, capacity: int, threshold: float) -> float | None:
    """The prior odds ratio at which the risk crosses the threshold; None where no ratio in [1e-4, 1e6] does."""
    others, mass = _poisson_grid(expected_others)

    def over(odds: float) -> bool:
        return _weighted_mean(others, mass, capacity, odds) > threshold

    low, high = 1e-4, 1e6
    if over(low) or not over(high):
        return None
    for _ in range(24):
        middle = math.sqrt(low * high)
        low, high = (low, middle) if over(middle) else (middle, high)
    return math.sqrt(low * high)
