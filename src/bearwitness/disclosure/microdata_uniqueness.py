"""How many records of a sample are unique in the population it was drawn from, estimated from the sample alone.

All take the sizes of the sample's classes (records that read alike) and the sampling fraction, and give the expected
number of population uniques as a share of the population. An estimate that its model does not allow is None, never a
guess: an equation without a solution says that the model does not fit.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from bearwitness.disclosure.microdata import FloatArray, IntArray
from bearwitness.model.dataset_plan import Uniqueness, UniquenessModel


def _histogram(class_sizes: IntArray, fraction: float) -> tuple[FloatArray, FloatArray]:
    if not 0.0 < fraction <= 1.0:
        raise ValueError("the sampling fraction lies in (0, 1]")
    if not len(class_sizes) or int(class_sizes.min()) < 1:
        raise ValueError("there must be classes, and none of them empty")
    sizes, numbers = np.unique(class_sizes, return_counts=True)
    return sizes.astype(np.float64), numbers.astype(np.float64)


def sample_uniqueness(class_sizes: IntArray) -> float:
    """The share of the sample's records that are unique in the sample."""
    return float(np.count_nonzero(class_sizes == 1)) / float(class_sizes.sum())


def pitman(class_sizes: IntArray, fraction: float) -> float | None:
    """Estimate by Pitman's sampling formula, its two parameters by maximum likelihood.

    With u classes, of which c_j have j records, in a sample of n, the log-likelihood is

        sum_{i=1}^{u-1} log(theta + i alpha) - sum_{i=1}^{n-1} log(theta + i)
            + sum_j c_j sum_{i=1}^{j-1} log(i - alpha) + const,   0 <= alpha < 1, theta > -alpha,

    and a population of N then holds Gamma(theta + 1) / Gamma(theta + alpha) N^alpha uniques as N grows. If all records
    are unique, or all alike, the likelihood has no maximum and there is no estimate.

    Notes
    -----
    Hoshino (2001), "Applying Pitman's sampling formula to microdata disclosure risk assessment", J. Official Statistics
    17(4), equations 8 to 10 and his starting values.
    """
    from scipy.special import gammaln

    sizes, numbers = _histogram(class_sizes, fraction)
    if sizes[0] != 1.0:
        return 0.0
    if len(sizes) == 1 or numbers.sum() == 1.0:
        return None
    found = _pitman_likeliest(sizes, numbers, _pitman_start(sizes, numbers))
    if found is None:
        return None
    theta, alpha = found
    population = float(class_sizes.sum()) / fraction
    logarithm = gammaln(theta + 1.0) - gammaln(theta + alpha) + (alpha - 1.0) * np.log(population)
    share = float(np.exp(logarithm))
    return share if 0.0 <= share <= 1.0 else None


def _pitman_start(sizes: FloatArray, numbers: FloatArray) -> tuple[float, float]:
    """Hoshino's moment estimates, moved into the region that is allowed."""
    n, u, ones = float(sizes @ numbers), float(numbers.sum()), float(numbers[0])
    twos = float(numbers[sizes == 2.0].sum()) or 1.0
    c = ones * (ones - 1.0) / twos
    below = 2.0 * ones * u + ones * c - n * c
    theta = (n * u * c - ones * (n - 1.0) * (2.0 * u + c)) / below if below else 1.0
    alpha = (theta * (ones - n) + (n - 1.0) * ones) / (n * u)
    alpha = min(max(alpha, 1e-3), 1.0 - 1e-3)
    return max(theta, 1e-3 - alpha), alpha


def _pitman_likeliest(
    sizes: FloatArray, numbers: FloatArray, start: tuple[float, float]
) -> tuple[float, float] | None:
    from scipy.optimize import minimize
    from scipy.special import digamma, gammaln

    n, u = float(sizes @ numbers), float(numbers.sum())
    steps = np.arange(1.0, u)

    def cost(x: FloatArray) -> tuple[float, FloatArray]:
        # theta + alpha = exp(log_sum) and alpha = 1 / (1 + exp(-logit)): every pair of numbers is allowed.
        whole, alpha = np.exp(x[0]), 1.0 / (1.0 + np.exp(-x[1]))
        theta = whole - alpha
        value = (
            np.log(theta + steps * alpha).sum() - gammaln(theta + n) + gammaln(theta + 1.0)
            + float(numbers @ (gammaln(sizes - alpha) - gammaln(1.0 - alpha)))
        )  # fmt: skip
        by_theta = (1.0 / (theta + steps * alpha)).sum() - digamma(theta + n) + digamma(theta + 1.0)
        by_alpha = (steps / (theta + steps * alpha)).sum() - float(
            numbers @ (digamma(sizes - alpha) - digamma(1.0 - alpha))
        )
        return -float(value), -np.array([by_theta * whole, (by_alpha - by_theta) * alpha * (1.0 - alpha)])

    theta, alpha = start
    first: FloatArray = np.array([np.log(theta + alpha), np.log(alpha / (1.0 - alpha))])
    with np.errstate(all="ignore"):
        rough = minimize(cost, first, jac=True, method="BFGS", options={"gtol": 1e-6 * n})
        exact = _stationary(lambda x: cost(x)[1], rough.x, 1e-9 * n)
    if exact is None:
        return None
    alpha = float(1.0 / (1.0 + np.exp(-exact[1])))
    return float(np.exp(exact[0])) - alpha, alpha


def zayatz(class_sizes: IntArray, fraction: float) -> float:
    """Estimate by turning the question round: how a unique record of the sample came about.

    If the population's classes were sized like the sample's, a class of j records would show one of them with the
    hypergeometric probability h(j); the share of c_1 h(1) in the sum of c_j h(j) is the chance that a sample unique is
    a population unique.

    Notes
    -----
    Zayatz (1991), "Estimation of the number of unique population elements using a sample", US Census Bureau SRD.
    """
    sizes, numbers = _histogram(class_sizes, fraction)
    if sizes[0] != 1.0:
        return 0.0
    sample = float(class_sizes.sum())
    population = float(round(sample / fraction))
    # h(j) = j n / N times the product over i < j of (N - n - i + 1) / (N - i).
    others = np.arange(1.0, sizes[-1])
    with np.errstate(divide="ignore"):
        missed = np.log(np.maximum(population - sample - others + 1.0, 0.0) / np.maximum(population - others, 1.0))
    all_missed = np.exp(np.concatenate([[0.0], np.cumsum(missed)]))
    shown = sizes * sample / population * all_missed[sizes.astype(np.int64) - 1]
    return float(numbers[0] * (numbers[0] * shown[0] / float(numbers @ shown)) / sample)


def snb(class_sizes: IntArray, fraction: float) -> float | None:
    """Estimate by a negative binomial distribution of class sizes that starts at one.

    A class of the population has 1 + Y records, Y negative binomial with parameters alpha and beta, of which each is
    sampled with probability f. With q = 1 - beta and s = (1 - f) q, K classes show

        c_1 = K f beta^alpha (1 - s)^(-alpha) (1 + alpha s / (1 - s))
        c_2 = K f^2 alpha q beta^alpha (2 - (1 - alpha) s) / (2 (1 - s)^(alpha + 2))

    classes with one and two sampled records. K is Shlosser's modified estimate; the two equations give alpha and beta,
    and K beta^alpha classes are unique in the population.

    Notes
    -----
    Chen and Keller-McNulty (1998), "Estimation of identification disclosure risk in microdata", J. Official Statistics
    14(1); Haas and Stokes (1998), "Estimating the number of classes in a finite population", JASA 93(444).
    """
    sizes, numbers = _histogram(class_sizes, fraction)
    if sizes[0] != 1.0:
        return 0.0
    population = float(class_sizes.sum()) / fraction
    if fraction == 1.0:
        return float(numbers[0]) / population
    classes = _shlosser(sizes, numbers, fraction)
    twos = float(numbers[sizes == 2.0].sum())
    found = _snb_parameters(classes, fraction, float(numbers[0]), twos)
    if found is None:
        return None
    log_alpha, log_odds = found
    share = float(np.exp(np.log(classes) - np.exp(log_alpha) * np.log1p(np.exp(-log_odds)))) / population
    return share if 0.0 <= share <= 1.0 else None


def _shlosser(sizes: FloatArray, numbers: FloatArray, f: float) -> float:
    seen = f * f * float((sizes * numbers) @ (1.0 - f * f) ** (sizes - 1.0))
    unseen = float(numbers @ ((1.0 - f) ** sizes * ((1.0 + f) ** sizes - 1.0)))
    ratio = float(numbers @ (1.0 - f) ** sizes) / (f * float((sizes * numbers) @ (1.0 - f) ** (sizes - 1.0)))
    return float(numbers.sum()) + float(numbers[0]) * seen / unseen * ratio**2


def _snb_parameters(classes: float, f: float, ones: float, twos: float) -> tuple[float, float] | None:
    """Solve for log alpha and log(beta / (1 - beta)), from several starts; None if no start leads to a solution."""
    if not twos:
        return None

    def gaps(x: FloatArray) -> FloatArray:
        alpha, log_beta = np.exp(x[0]), -np.log1p(np.exp(-x[1]))
        q = 1.0 / (1.0 + np.exp(x[1]))
        s = (1.0 - f) * q
        left = alpha * (log_beta - np.log1p(-s)) + np.log(classes * f)
        one = left + np.log1p(alpha * s / (1.0 - s)) - np.log(ones)
        two = left + np.log(f * alpha * q * (2.0 - (1.0 - alpha) * s) / (2.0 * (1.0 - s) ** 2)) - np.log(twos)
        return np.array([one, two])

    with np.errstate(all="ignore"):
        for alpha in (0.1, 0.01, 1.0, 0.001, 10.0):
            for odds in (1.0, 0.1, 0.01, 10.0, 0.001):
                found = _stationary(gaps, np.log(np.array([alpha, odds])), 1e-9)
                if found is not None:
                    return float(found[0]), float(found[1])
    return None


def _stationary(gaps: Callable[[FloatArray], FloatArray], start: FloatArray, tolerance: float) -> FloatArray | None:
    from scipy.optimize import root

    found = root(gaps, start, method="hybr", tol=1e-13)
    left = gaps(found.x)
    return found.x if np.all(np.isfinite(left)) and float(np.abs(left).max()) <= tolerance else None


def population_uniqueness(class_sizes: IntArray, fraction: float) -> Uniqueness:
    """Estimate by the model that fits the sampling fraction best.

    Up to a tenth, Pitman's; above it, the smaller of Zayatz's and the negative binomial's. Where a model has no answer,
    Zayatz's, which always has one.

    Notes
    -----
    Dankar, El Emam, Neisa and Roffey (2012), "Estimating the re-identification risk of clinical data sets", BMC Medical
    Informatics and Decision Making 12:66.
    """
    other: UniquenessModel = "pitman" if fraction <= 0.1 else "snb"
    estimate = pitman(class_sizes, fraction) if other == "pitman" else snb(class_sizes, fraction)
    if other == "pitman" and estimate is not None:
        return Uniqueness(share=estimate, model=other)
    certain = zayatz(class_sizes, fraction)
    if estimate is None or certain < estimate:
        return Uniqueness(share=certain, model="zayatz")
    return Uniqueness(share=estimate, model=other)
