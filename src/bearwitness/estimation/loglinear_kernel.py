"""Newton's method for log-linear models, compiled: a bootstrap fits thousands of small ones."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from numba import njit

FloatArray = npt.NDArray[np.float64]


@njit(cache=True, nogil=True)
def solve(terms: FloatArray, weights: FloatArray, right: FloatArray, out: FloatArray) -> bool:
    """Solve the weighted normal equations of the terms into ``out``; False where they have no single solution."""
    cells, size = terms.shape
    factor = np.zeros((size, size))
    for cell in range(cells):
        for one in range(size):
            if terms[cell, one] != 0.0:
                for other in range(one + 1):
                    factor[one, other] += weights[cell] * terms[cell, one] * terms[cell, other]
    # The lower triangle of Cholesky's decomposition, in place.
    for one in range(size):
        for other in range(one + 1):
            value = factor[one, other]
            for k in range(other):
                value -= factor[one, k] * factor[other, k]
            if one == other:
                # What is left of a term that others explain is rounding.
                if not value > 1e-14 * factor[one, one]:
                    return False
                factor[one, one] = np.sqrt(value)
            else:
                factor[one, other] = value / factor[other, other]
    for one in range(size):
        value = right[one]
        for k in range(one):
            value -= factor[one, k] * out[k]
        out[one] = value / factor[one, one]
    for one in range(size - 1, -1, -1):
        value = out[one]
        for k in range(one + 1, size):
            value -= factor[k, one] * out[k]
        out[one] = value / factor[one, one]
    return True


@njit(cache=True, nogil=True)
def climb(
    terms: FloatArray, counts: FloatArray, wanted: FloatArray, residual: float, steps: int
) -> tuple[bool, FloatArray, FloatArray]:
    """Climb to the largest likelihood.

    Returns whether it was reached, the terms' values and the fitted cells.
    """
    near = residual * counts.sum()
    size = terms.shape[1]
    values, step = np.zeros(size), np.zeros(size)
    start = counts + 0.5
    if not solve(terms, start, terms.T @ (start * np.log(start)), values):
        return False, values, start
    best, stepped, settled = -np.inf, False, False
    fitted = start
    for _ in range(steps):
        fitted = np.exp(terms @ values)
        likelihood = (wanted * values).sum() - fitted.sum()
        if settled or not (np.isfinite(likelihood) or stepped):
            break
        if stepped and not likelihood >= best - 1e-9 * (1 + abs(best)):
            # Too far: the likelihood is concave, so half the way is better in the end.
            step = step / 2
            values = values - step
            continue
        best = likelihood
        gradient = wanted - terms.T @ fitted
        # One more step from where it is settled makes the fit as exact as numbers are.
        settled = np.abs(gradient).max() <= near
        step = np.zeros(size)
        if not solve(terms, fitted, gradient, step):
            return False, values, fitted
        stepped = True
        values = values + step
    return settled, values, fitted
