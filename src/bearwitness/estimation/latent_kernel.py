"""Compiled loops of the latent-class sampler: one sweep over classes, and what a state says of each cell.

A state is the chances of each list in each class (``lam``, lists by classes), the logarithms of the classes' weights
(``logw``) and the concentration ``alpha``. A sweep draws the unseen acts and the class of every act given these, cell
by cell, and then these given the counts: it costs as much for a million acts as for a thousand. Given ``alpha`` it is
reversible (counts given the state, exchanges that are reversible, the state given the counts), which the correction
of tempered levels relies on (`bearwitness.estimation.latent_tempering`).
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
from numba import njit

from bearwitness.estimation.latent_unseen import draw_unseen

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BitArray = npt.NDArray[np.uint8]

# Chances stay off 0 and 1, and alpha off 0, by less than anything can feel.
_TINY = 1e-300
_EDGE = 1e-15
# Binomial draws cost as much as this many single ones.
_FEW = 4
_EXCHANGES = 3
# How far, on the log scale, a stretch goes.
_STRIDES = (0.03, 0.15, 0.6)


@njit(nogil=True, cache=True)
def _log_gamma(rng: np.random.Generator, shape: float) -> float:
    """The logarithm of a gamma variate; the variate itself is 0 in doubles where the shape is near 0."""
    if shape < 1.0:
        return math.log(rng.standard_gamma(shape + 1.0)) + math.log(1.0 - rng.random()) / shape
    return math.log(rng.standard_gamma(shape))


@njit(nogil=True, cache=True)
def _chance(rng: np.random.Generator, one: float, other: float) -> float:
    return min(max(rng.beta(one, other), _EDGE), 1.0 - _EDGE)


@njit(nogil=True, cache=True)
def draw_prior(rng: np.random.Generator, prior: FloatArray, lam: FloatArray, logw: FloatArray) -> float:
    """Overwrite a state by one from the prior (shape and rate of alpha, both parameters of lists); returns alpha."""
    lists, classes = lam.shape
    alpha = max(math.exp(_log_gamma(rng, prior[0]) - math.log(prior[1])), _TINY)
    left = 0.0
    for k in range(classes):
        for j in range(lists):
            lam[j, k] = _chance(rng, prior[2], prior[2])
        logw[k] = left
        if k < classes - 1:
            # One minus a Beta(1, alpha) is a uniform to the power 1 / alpha.
            rest = math.log(1.0 - rng.random()) / alpha
            logw[k] += math.log(max(-math.expm1(rest), _TINY))
            left += rest
    return alpha


@njit(nogil=True, cache=True)
def _cell(on: BitArray, lam: FloatArray, weight: FloatArray, cell: FloatArray) -> float:
    """The chance of one pattern in each class times the class's weight; returns their sum."""
    for k in range(weight.shape[0]):
        cell[k] = weight[k]
    for j in range(on.shape[0]):
        if on[j]:
            for k in range(weight.shape[0]):
                cell[k] *= lam[j, k]
        else:
            for k in range(weight.shape[0]):
                cell[k] *= 1.0 - lam[j, k]
    total = 0.0
    for k in range(weight.shape[0]):
        total += cell[k]
    return total


@njit(nogil=True, cache=True)
def _seen(lam: FloatArray, weight: FloatArray) -> float:
    """The chance of being on any list: summed up, not one minus that of none, which loses a small chance."""
    chance = 0.0
    for k in range(weight.shape[0]):
        caught = 0.0
        for j in range(lam.shape[0]):
            caught += (1.0 - caught) * lam[j, k]
        chance += weight[k] * caught
    return max(chance, _TINY)


@njit(nogil=True, cache=True)
def log_cells(on: BitArray, lam: FloatArray, logw: FloatArray, logs: FloatArray) -> None:
    """Write the logarithm of each cell's chance, and last that of being on any list."""
    weight = np.exp(logw)
    cell = np.empty(weight.shape[0])
    for c in range(on.shape[0]):
        logs[c] = math.log(max(_cell(on[c], lam, weight, cell), _TINY))
    logs[on.shape[0]] = math.log(_seen(lam, weight))


@njit(nogil=True, cache=True)
def _place(
    rng: np.random.Generator, acts: int, total: float, cell: FloatArray, order: IntArray, on: BitArray,
    sums: IntArray, hits: IntArray,
) -> None:  # fmt: skip
    """Give each act of a cell a class; the likely classes first, so that most others are never asked."""
    classes = cell.shape[0]
    if acts <= _FEW:
        for _ in range(acts):
            at, i = rng.random() * total, 0
            while i < classes - 1 and at >= cell[order[i]]:
                at -= cell[order[i]]
                i += 1
            sums[order[i]] += 1
            for j in range(on.shape[0]):
                hits[j, order[i]] += on[j]
        return
    for i in range(classes):
        k = order[i]
        got = acts
        if i < classes - 1 and cell[k] < total:
            got = rng.binomial(acts, cell[k] / total)
        total -= cell[k]
        acts -= got
        sums[k] += got
        for j in range(on.shape[0]):
            hits[j, k] += got * on[j]
        if acts == 0:
            return


@njit(nogil=True, cache=True)
def _stick(acts: int, after: int, alpha: float) -> float:
    """Log of a stick's part of the probability of the classes' sizes, the stick integrated out."""
    return math.lgamma(1.0 + acts) + math.lgamma(alpha + after) - math.lgamma(1.0 + acts + alpha + after)


@njit(nogil=True, cache=True)
def _exchange(rng: np.random.Generator, alpha: float, sums: IntArray, hits: IntArray) -> None:
    """Offer two classes to change places: sticks are in an order, and drawing alone hardly ever changes it."""
    classes = sums.shape[0]
    low = int(rng.random() * (classes - 1))
    high = low + 1 + int(rng.random() * (classes - 1 - low))
    if sums[low] == sums[high] == 0:
        return
    after = 0
    for k in range(high + 1, classes):
        after += sums[k]
    before, ratio = after, 0.0
    for k in range(high, low - 1, -1):
        old = sums[k]
        new = old
        if k == high:
            new = sums[low]
        elif k == low:
            new = sums[high]
        if k < classes - 1:
            ratio += _stick(new, after, alpha) - _stick(old, before, alpha)
        after += new
        before += old
    if math.log(1.0 - rng.random()) < ratio:
        sums[low], sums[high] = sums[high], sums[low]
        for j in range(hits.shape[0]):
            hits[j, low], hits[j, high] = hits[j, high], hits[j, low]


@njit(nogil=True, cache=True)
def _renew(
    rng: np.random.Generator, prior: FloatArray, alpha: float, sums: IntArray, hits: IntArray, lam: FloatArray,
    logw: FloatArray,
) -> float:  # fmt: skip
    """Draw the state given the counts; returns alpha, drawn last, given the sticks."""
    lists, classes = lam.shape
    after, left = sums.sum(), 0.0
    for k in range(classes):
        after -= sums[k]
        for j in range(lists):
            lam[j, k] = _chance(rng, prior[2] + hits[j, k], prior[2] + sums[k] - hits[j, k])
        logw[k] = left
        if k < classes - 1:
            taken = _log_gamma(rng, 1.0 + sums[k])
            rest = _log_gamma(rng, alpha + after)
            both = max(taken, rest) + math.log1p(math.exp(-abs(taken - rest)))
            logw[k] += taken - both
            left += rest - both
    return max(math.exp(_log_gamma(rng, prior[0] + classes - 1.0) - math.log(prior[1] - left)), _TINY)


@njit(nogil=True, cache=True)
def sweep(
    rng: np.random.Generator, on: BitArray, counts: IntArray, room: int, prior: FloatArray, alpha: float,
    lam: FloatArray, logw: FloatArray,
) -> float:  # fmt: skip
    """Draw classes for all acts, at most ``room`` unseen ones among them, and overwrite the state; returns alpha."""
    lists, classes = lam.shape
    weight, cell = np.exp(logw), np.empty(classes)
    sums, hits = np.zeros(classes, np.int64), np.zeros((lists, classes), np.int64)
    order = np.argsort(-weight)
    nowhere = np.zeros(lists, np.uint8)
    unseen = draw_unseen(rng, int(counts.sum()), _seen(lam, weight), room)
    _place(rng, unseen, _cell(nowhere, lam, weight, cell), cell, order, nowhere, sums, hits)
    for c in range(on.shape[0]):
        if counts[c]:
            _place(rng, counts[c], _cell(on[c], lam, weight, cell), cell, order, on[c], sums, hits)
    if classes > 1:
        for _ in range(_EXCHANGES):
            _exchange(rng, alpha, sums, hits)
    return float(_renew(rng, prior, alpha, sums, hits, lam, logw))


@njit(nogil=True, cache=True)
def _log_density(prior: FloatArray, alpha: float, lam: FloatArray, logw: FloatArray) -> float:
    """Log prior density of chances and weights given alpha, up to a constant: truncated stick breaking, telescoped."""
    classes = logw.shape[0]
    rest = logw[classes - 1]
    total = (alpha - 1.0) * rest
    for k in range(classes - 2, 0, -1):
        rest = max(rest, logw[k]) + math.log1p(math.exp(-abs(rest - logw[k])))
        total -= rest
    if prior[2] != 1.0:
        for k in range(classes):
            for j in range(lam.shape[0]):
                total += (prior[2] - 1.0) * math.log(lam[j, k] * (1.0 - lam[j, k]))
    return float(total)


@njit(nogil=True, cache=True)
def stretch(
    rng: np.random.Generator, prior: FloatArray, alpha: float, lam: FloatArray, logw: FloatArray, new_lam: FloatArray,
    new_logw: FloatArray,
) -> float:  # fmt: skip
    """Offer a class that is seen less often and is larger, or the reverse, so that about as many of it are seen.

    Returns the log ratio of prior densities and volumes, or minus infinity where the offer is impossible.
    """
    lists, classes = lam.shape
    weight = np.exp(logw)
    at, k = rng.random() * weight.sum(), 0
    while k < classes - 1 and at >= weight[k]:
        at -= weight[k]
        k += 1
    others = 1.0 - weight[k]
    if others < _EDGE or weight[k] < _EDGE:
        return -np.inf
    by = rng.standard_normal() * _STRIDES[int(rng.random() * len(_STRIDES))]
    factor = math.exp(by)
    new_lam[:], new_logw[:] = lam, logw
    for j in range(lists):
        new_lam[j, k] = lam[j, k] * factor
        if not _EDGE < new_lam[j, k] < 1.0 - _EDGE:
            return -np.inf
    # The odds of the class are divided by the factor; the others keep their proportions.
    scale = math.log(weight[k] / factor + others)
    for m in range(classes):
        new_logw[m] = logw[m] - scale
    new_logw[k] -= by
    new_others = others / math.exp(scale)
    ratio = _log_density(prior, alpha, new_lam, new_logw) - _log_density(prior, alpha, lam, logw)
    ratio += lists * by + new_logw[k] - logw[k] + (classes - 1) * (math.log(new_others) - math.log(others))
    # The class was picked with the probability of its weight.
    return float(ratio + new_logw[k] - logw[k])
