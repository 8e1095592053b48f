"""The two steps of ``change_model``: where the posterior is highest, and how wide it is there.

The posterior of the parameters is taken as normal around its mode, with the exact second derivatives (Laplace's
approximation; Tierney and Kadane 1986). How far things scatter (``Spread``) is chosen where the same approximation of
the marginal likelihood, times priors, is highest; that it is not known for sure makes the steps' errors larger
(``scatter_factors``). What the model leaves out shows at placebo dates (``change_placebo``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.linalg import cho_factor, cho_solve
from scipy.optimize import minimize

from bearwitness.estimation.change_model import (
    Cells,
    Prior,
    Priors,
    Spread,
    Terms,
    log_posterior,
    places,
    prior_of,
    terms_at,
)

FloatArray = npt.NDArray[np.float64]

_MOST_STEPS: Final = 60
_MOST_HALVINGS: Final = 25
# How far the logarithm of a scatter is moved to see how sure it is.
_APART: Final = 0.3
# A step that would gain less than this is none; so far are two sums of thousands of logarithms off.
_SMALL: Final = 1e-8
# Priors of the logarithms of walk, month, burst and dispersion: median, standard deviation, least and largest.
_SCATTER: Final = np.array([
    (0.05, 0.7, 0.005, 0.5), (0.15, 0.8, 0.01, 1.5), (0.3, 0.8, 0.02, 2.0), (0.1, 1.0, 0.002, 5.0),
])  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Steps:
    """The posterior of both steps, on the log scale: their mean, shape (2,), and covariance, shape (2, 2).

    The first is the logarithm of the intensity ratio, the second that of the odds ratio of the hazard. ``sure`` says
    that the mode was found. ``mode`` is the mode of all parameters.
    """

    mean: FloatArray
    covariance: FloatArray
    sure: bool
    mode: FloatArray

    @property
    def correlation(self) -> float:
        """Of the two steps; near -1 or 1 they cannot be told apart."""
        return float(self.covariance[0, 1] / np.sqrt(self.covariance[0, 0] * self.covariance[1, 1]))

    @property
    def scores(self) -> tuple[float, float]:
        """Each step over its standard deviation."""
        one, other = self.mean / np.sqrt(np.diag(self.covariance))
        return float(one), float(other)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Mode:
    at: FloatArray
    value: float
    factor: tuple[FloatArray, bool] | None


def fit_steps(cells: Cells, priors: Priors, spread: Spread, start: FloatArray | None = None) -> Steps:
    """The posterior of both steps, with the scatter given.

    Parameters
    ----------
    start : array, optional
        Where to begin to look for the mode; of the shape of ``Steps.mode`` for cells of this shape.
    """
    mode = _mode(cells, priors, spread, prior_of(cells, priors, spread), start)
    step, delay_step = places(cells)[:2]
    both = [step, delay_step]
    if mode.factor is None:
        return Steps(mean=mode.at[both], covariance=np.full((2, 2), np.nan), sure=False, mode=mode.at)
    unit = np.zeros((len(mode.at), 2))
    unit[both, [0, 1]] = 1
    return Steps(mean=mode.at[both], covariance=cho_solve(mode.factor, unit)[both], sure=True, mode=mode.at)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Scatter:
    """How far things scatter, where that is most probable, and how sure that is.

    ``errors`` are the standard deviations of the logarithms of the four parts of ``spread``, each with the others
    held, shape (4,).
    """

    spread: Spread
    errors: FloatArray


def fit_spread(cells: Cells, priors: Priors) -> Scatter:
    """How far things scatter, both steps in the model, so that a step is not taken for scatter."""
    medians, widths, least, largest = _SCATTER.T
    last = prior_of(cells, priors, Spread()).mean

    def loss(logs: FloatArray) -> float:
        nonlocal last
        spread = _spread(logs)
        mode = _mode(cells, priors, spread, prior_of(cells, priors, spread), last)
        if mode.factor is None:
            return 1e10
        last = mode.at
        half_log = float(np.log(np.diag(mode.factor[0])).sum())
        own = (((logs - np.log(medians)) / widths) ** 2).sum() / 2
        return float(own + half_log - mode.value)

    found = minimize(
        loss, np.log(medians), method="L-BFGS-B", bounds=list(zip(np.log(least), np.log(largest), strict=True)),
        options={"maxiter": 15, "eps": 1e-3, "ftol": 1e-5},
    )  # fmt: skip
    bends = [(loss(found.x + side) + loss(found.x - side) - 2 * found.fun) / _APART**2 for side in _APART * np.eye(4)]
    # No surer than a tenth, and no less sure than before the data.
    errors = 1 / np.sqrt(np.clip(bends, 1 / widths**2, 100.0))
    return Scatter(spread=_spread(found.x), errors=errors)


def scatter_factors(cells: Cells, priors: Priors, scatter: Scatter, fit: Steps) -> FloatArray:
    """By how much the errors of both steps grow because the scatter is not known for sure, shape (2,), at least 1.

    The variance of a step is that expected over the scatter, plus that of its mean; each part of the scatter is
    averaged by three points of Gauss and Hermite, the others held.
    """
    own = np.diag(fit.covariance)
    more = np.zeros(2)
    for part, error in enumerate(scatter.errors):
        for side in (-np.sqrt(3), np.sqrt(3)):
            logs = np.log(_values(scatter.spread))
            logs[part] += side * error
            other = fit_steps(cells, priors, _spread(logs), fit.mode)
            if other.sure:
                more += (np.diag(other.covariance) - own + (other.mean - fit.mean) ** 2) / 6
    return np.sqrt(np.maximum(1 + more / own, 1.0))


def mean_spread(each: Sequence[Spread]) -> Spread:
    """The geometric mean of each part."""
    return _spread(np.log([_values(spread) for spread in each]).mean(axis=0))


def _values(spread: Spread) -> FloatArray:
    return np.array([spread.walk, spread.month, spread.burst, spread.dispersion])


def _spread(logs: FloatArray) -> Spread:
    walk, month, burst, dispersion = (float(value) for value in np.exp(logs))
    return Spread(walk=walk, month=month, burst=burst, dispersion=dispersion)


def _mode(cells: Cells, priors: Priors, spread: Spread, prior: Prior, start: FloatArray | None) -> _Mode:
    """Newton's method with halving; where second derivatives are no good, with those that always are."""
    at = prior.mean.copy() if start is None else start.copy()
    for _ in range(_MOST_STEPS):
        terms, factor, exact = _factored(at, cells, priors, prior, spread.dispersion)
        move = cho_solve(factor, terms.gradient)
        gain = float(move @ terms.gradient) / 2
        if gain < _SMALL and exact:
            return _Mode(at=at, value=terms.value, factor=factor)
        # Bounded, so that a far start does not run off.
        move *= min(1.0, 3.0 / float(np.abs(move).max(initial=1e-300)))
        for _ in range(_MOST_HALVINGS):
            value = log_posterior(at + move, cells, priors, prior, spread.dispersion)
            if value > terms.value - _SMALL:
                break
            move /= 2
        else:
            break
        at = at + move
    return _Mode(at=at, value=-np.inf, factor=None)


def _factored(
    at: FloatArray, cells: Cells, priors: Priors, prior: Prior, dispersion: float
) -> tuple[Terms, tuple[FloatArray, bool], bool]:  # fmt: skip
    terms = terms_at(at, cells, priors, prior, dispersion)
    try:
        return terms, cho_factor(terms.curvature, lower=True), True
    except np.linalg.LinAlgError:
        terms = terms_at(at, cells, priors, prior, dispersion, exact=False)
        return terms, cho_factor(terms.curvature, lower=True), False
