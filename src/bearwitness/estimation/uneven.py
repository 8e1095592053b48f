"""The number of acts where each act has a visibility of its own, the same for every list: a Rasch model.

An act is seen by list j with odds exp(beta_j + sigma t), t standard normal and its own (Rasch 1960; for captures
Darroch et al. 1993, JASA 88, 1137). How far acts differ, sigma, is nearly free in a table: tables that fit alike
under different sigma have different numbers (Link 2003, Biometrics 59, 1123). So it has a stated prior, half-normal,
and the number carries that doubt; the other models set it to 0, or let a few classes of acts stand for it, and are
too sure of too few.

With a prior on N in inverse proportion to N, N can be summed out: the beta have the likelihood of the seen patterns
given that an act is seen, and the unseen are negative binomial given them. Visibility is integrated by Gauss-Hermite
quadrature, sigma over a grid, the beta by importance sampling from a t distribution around
their mode at each sigma. What the answer would be under half and double the spread of the prior is read off the same
draws; where it differs too much, the prior makes the number and none is given.

Assumption: lists are independent given the visibility; two that feed each other look like visibility.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.special import gammaln, logsumexp, ndtri

from bearwitness.estimation.lists import CaptureTable, check_estimable
from bearwitness.estimation.outcome import Check, ModelNumber, Refusal

FloatArray = npt.NDArray[np.float64]

# Of the half-normal prior of sigma: at 0.7, of two acts one standard deviation apart one has twice the odds to be seen.
SPREAD: Final = 0.7
# The normal prior of each beta: chances from one in a hundred to nine in ten.
CENTRE: Final = -1.0
WIDTH: Final = 1.7
# The most that a prior of half or twice the spread may move the middle.
MOST_PRIOR_RATIO: Final = 1.5
MOST_NEAR_CAP: Final = 0.005
LEAST_EFFECTIVE: Final = 400.0
_NEAR_CAP: Final = 0.95
_SIGMAS: Final = 40
_DRAWS: Final = 250
_NODES: Final = 21
_DEGREES: Final = 5.0
_AT_ONCE: Final = 2_000
_NODE, _WEIGHT = np.polynomial.hermite_e.hermegauss(_NODES)
_LOG_WEIGHT: Final[FloatArray] = np.log(_WEIGHT / _WEIGHT.sum())


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class UnevenEstimate:
    """Weighted draws of N: ``sizes``, ``weights`` (they sum to 1) and the ``sigma`` of each; ``most`` is the cap."""

    stratum: str
    sizes: FloatArray
    weights: FloatArray
    sigma: FloatArray
    most: int

    @property
    def effective(self) -> float:
        """How many independent draws the weights are worth."""
        return float(1.0 / (self.weights**2).sum())

    @property
    def near_cap(self) -> float:
        """The probability that N is within 5 % of the cap or, were it allowed, above."""
        return float(self.weights[self.sizes > _NEAR_CAP * self.most].sum())

    def quantile(self, level: float, *, spread: float = SPREAD) -> float:
        """The number that N is below with this probability, also under another spread of the prior of sigma."""
        # Both half-normal densities, over each other.
        logs = np.log(SPREAD / spread) + self.sigma**2 / 2 * (1 / SPREAD**2 - 1 / spread**2)
        weights = self.weights * np.exp(logs - logs.max())
        order = np.argsort(self.sizes, kind="stable")
        sums = np.cumsum(weights[order])
        place = int(np.searchsorted(sums, level * sums[-1]))
        return float(self.sizes[order[min(place, len(order) - 1)]])


def estimate_uneven(table: CaptureTable, *, seed: int, most: int) -> UnevenEstimate:
    """Draw from the posterior of N.

    Parameters
    ----------
    table : CaptureTable
        Three to ten lists.
    seed : int
        Same seed, same draws.
    most : int
        The cap on N.

    Raises
    ------
    EstimationError
        The table says too little (`check_estimable`).
    """
    check_estimable(table)
    rng = np.random.default_rng(seed)
    seen = np.flatnonzero(table.counts)
    problem = _Problem(on=table.on_lists[seen].astype(float), counts=table.counts[seen])
    # Equal shares of a half-normal twice as wide, each by its middle, so that the tail of the prior is there too.
    sigmas = 2 * SPREAD * ndtri(0.5 + (np.arange(_SIGMAS) + 0.5) / (2 * _SIGMAS))
    logs, unseen, of = [], [], []
    start = np.full(len(table.lists), CENTRE)
    for sigma in sigmas:
        start = _mode(problem, start, float(sigma))
        beta, log_proposal = _propose(problem, start, float(sigma), rng)
        value, chance = _log_target(problem, beta, float(sigma))
        logs.append(value - log_proposal - sigma**2 / 2 * (1 / SPREAD**2 - 1 / (2 * SPREAD) ** 2))
        unseen.append(rng.negative_binomial(table.observed, np.clip(1.0 - chance, 1e-12, 1.0)))
        of.append(np.full(len(beta), sigma))
    weights = np.concatenate(logs)
    return UnevenEstimate(
        stratum=table.stratum, sizes=np.concatenate(unseen).astype(np.float64) + float(table.observed),
        weights=np.exp(weights - logsumexp(weights)), sigma=np.concatenate(of), most=most,
    )  # fmt: skip


def uneven_number(estimate: UnevenEstimate, *, level: float = 0.95) -> ModelNumber | Refusal:
    """The number of this model, or why it gives none."""
    middle = [estimate.quantile(0.5, spread=SPREAD * times) for times in (0.5, 1.0, 2.0)]
    ratio = max(middle) / min(middle)
    checks = (
        Check(name="effective", value=estimate.effective, limit=LEAST_EFFECTIVE, least=True),
        Check(name="near_cap", value=estimate.near_cap, limit=MOST_NEAR_CAP),
        Check(name="prior", value=ratio, limit=MOST_PRIOR_RATIO),
    )
    where = f"Stratum {estimate.stratum}"
    if not checks[0].holds:
        return Refusal(
            reason="not_converged", model="uneven", what=f"{where}: the draws of uneven visibility are too few.",
            change="More acts on two and three lists at once.",
        )  # fmt: skip
    if not checks[1].holds:
        return Refusal(
            reason="at_cap", model="uneven", what=f"{where}: with uneven visibility the cap makes the number.",
            change="More acts on two and three lists at once; or a larger cap, where so many acts are possible.",
        )  # fmt: skip
    if not checks[2].holds:
        return Refusal(
            reason="prior_dominates", model="uneven",
            what=f"{where}: how far acts differ in visibility is supposed and not seen, and moves the number "
            f"{ratio:.1f} times.", change="More acts on three lists and more at once.",
        )  # fmt: skip
    logs = np.log(estimate.sizes)
    centre = float(estimate.weights @ logs)
    low, median, high = (estimate.quantile(at) for at in ((1 - level) / 2, 0.5, (1 + level) / 2))
    return ModelNumber(
        model="uneven", low=low, median=median, high=high, level=level,
        log_spread=float(np.sqrt(estimate.weights @ (logs - centre) ** 2)), checks=checks,
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Problem:
    """The seen patterns, one a row, and how many acts each has."""

    on: FloatArray
    counts: FloatArray


def _log_target(problem: _Problem, beta: FloatArray, sigma: float) -> tuple[FloatArray, FloatArray]:
    """Log posterior of each row of beta at a sigma, up to a constant of the table; and the chance to be unseen."""
    logs, chances = np.empty(len(beta)), np.empty(len(beta))
    for first in range(0, len(beta), _AT_ONCE):
        part = slice(first, first + _AT_ONCE)
        odds = beta[part, None, :] + sigma * _NODE[:, None]
        none = _LOG_WEIGHT - np.logaddexp(0.0, odds).sum(axis=2)
        each = logsumexp(none[:, :, None] + odds @ problem.on.T, axis=1)
        chances[part] = np.exp(logsumexp(none, axis=1))
        logs[part] = each @ problem.counts - problem.counts.sum() * np.log1p(-np.minimum(chances[part], 1 - 1e-12))
    return logs - ((beta - CENTRE) ** 2).sum(axis=1) / (2 * WIDTH**2), chances


def _gradient(problem: _Problem, beta: FloatArray, sigma: float) -> FloatArray:
    """The gradient of the log posterior at one beta."""
    odds = beta + sigma * _NODE[:, None]
    chance = 1.0 / (1.0 + np.exp(-odds))
    none = _LOG_WEIGHT - np.logaddexp(0.0, odds).sum(axis=1)
    logs = none[:, None] + odds @ problem.on.T
    share = np.exp(logs - logsumexp(logs, axis=0))
    told = problem.counts @ (problem.on - share.T @ chance)
    unseen = np.exp(none)
    lost = unseen @ chance / max(1.0 - unseen.sum(), 1e-12)
    return np.asarray(told - problem.counts.sum() * lost - (beta - CENTRE) / WIDTH**2)


def _mode(problem: _Problem, start: FloatArray, sigma: float) -> FloatArray:
    """The beta of the highest posterior at a sigma."""

    def both(beta: FloatArray) -> tuple[float, FloatArray]:
        return -float(_log_target(problem, beta[None, :], sigma)[0][0]), -_gradient(problem, beta, sigma)

    found = minimize(both, start, jac=True, method="BFGS", options={"gtol": 1e-4})
    return np.asarray(found.x, dtype=float)


def _propose(
    problem: _Problem, mode: FloatArray, sigma: float, rng: np.random.Generator
) -> tuple[FloatArray, FloatArray]:
    """Draws of a multivariate t distribution around the mode, and the log density of each."""
    size, step = len(mode), 1e-4
    moved = np.eye(size) * step
    curvature = np.array([
        (_gradient(problem, mode - shift, sigma) - _gradient(problem, mode + shift, sigma)) / (2 * step)
        for shift in moved
    ])  # fmt: skip
    values, vectors = np.linalg.eigh((curvature + curvature.T) / 2)
    # Where the posterior is flat the prior is not.
    scales = 1.0 / np.sqrt(np.maximum(values, 0.1 / WIDTH**2))
    normal = rng.standard_normal((_DRAWS, size))
    wide = np.sqrt(_DEGREES / rng.chisquare(_DEGREES, _DRAWS))
    drawn = normal * wide[:, None]
    log_density = (
        gammaln((_DEGREES + size) / 2) - gammaln(_DEGREES / 2) - size / 2 * np.log(_DEGREES * np.pi)
        - np.log(scales).sum() - (_DEGREES + size) / 2 * np.log1p((drawn**2).sum(axis=1) / _DEGREES)
    )  # fmt: skip
    return mode + (drawn * scales) @ vectors.T, np.asarray(log_density)
