"""Whether chains agree and tell enough: rank-normalised R-hat, effective draws of the middle and of the tails.

After Vehtari, Gelman, Simpson, Carpenter and Bürkner (2021, Bayesian Analysis 16, 667): each chain is split in two, and
draws are replaced by normal scores of their ranks, so that heavy tails do not hide that chains disagree.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

import numpy as np
import numpy.typing as npt
from numpyro.diagnostics import effective_sample_size, gelman_rubin
from scipy.special import ndtri
from scipy.stats import rankdata

from bearwitness.estimation.outcome import Check

FloatArray = npt.NDArray[np.float64]

MOST_R_HAT: Final = 1.01
LEAST_EFFECTIVE: Final = 400
# Chosen by hand: none at all would be better, and refused most triangles when this was written.
MOST_DIVERGED: Final = 0.005
_TAILS: Final = (0.05, 0.95)


def checks_of(named: Mapping[str, FloatArray], divergences: int, draws: int) -> tuple[Check, ...]:
    """The worst of each diagnostic over all numbers that the answer is made of, and the draws that diverged.

    Parameters
    ----------
    named : mapping of str to array of float
        Shape (chains, draws, ...). Numbers that do not vary at all, and are known, are left out.
    divergences, draws : int
        How many of the draws diverged, of how many.
    """
    flat = np.concatenate([_columns(values) for values in named.values()], axis=2)
    # What is no number stays, and fails. Where nothing varies the chains never moved, and nothing can be said of them.
    flat = flat[:, :, ~(np.ptp(flat, axis=(0, 1)) == 0)]
    diverged = Check(name="diverged", value=divergences / draws, limit=MOST_DIVERGED)
    if not flat.size or not np.isfinite(flat).all():
        return _failed(diverged)
    halves = _split(flat)
    folded = np.abs(halves - np.median(halves, axis=(0, 1)))
    r_hat = np.maximum(gelman_rubin(_scores(halves)), gelman_rubin(_scores(folded)))
    bulk = effective_sample_size(_scores(halves))
    cuts = np.quantile(halves, _TAILS, axis=(0, 1))
    tail = np.minimum(*(effective_sample_size((halves <= cut).astype(float)) for cut in cuts))
    return (
        Check(name="r_hat", value=_worst(r_hat, np.max), limit=MOST_R_HAT),
        Check(name="bulk_effective", value=_worst(bulk, np.min), limit=LEAST_EFFECTIVE, least=True),
        Check(name="tail_effective", value=_worst(tail, np.min), limit=LEAST_EFFECTIVE, least=True),
        diverged,
    )


def _failed(diverged: Check) -> tuple[Check, ...]:
    """The checks of chains that stood still, or went where there are no numbers."""
    return (
        Check(name="r_hat", value=np.inf, limit=MOST_R_HAT),
        Check(name="bulk_effective", value=0.0, limit=LEAST_EFFECTIVE, least=True),
        Check(name="tail_effective", value=0.0, limit=LEAST_EFFECTIVE, least=True), diverged,
    )  # fmt: skip


def _columns(values: FloatArray) -> FloatArray:
    return np.asarray(values, dtype=float).reshape(*values.shape[:2], -1)


def _split(values: FloatArray) -> FloatArray:
    half = values.shape[1] // 2
    return np.concatenate([values[:, :half], values[:, half : 2 * half]])


def _scores(values: FloatArray) -> FloatArray:
    flat = values.reshape(-1, values.shape[2])
    ranks = rankdata(flat, axis=0)
    return np.asarray(ndtri((ranks - 0.375) / (len(flat) + 0.25))).reshape(values.shape)


def _worst(values: FloatArray, of: Callable[[FloatArray], float]) -> float:
    """The worst of them; NaN where one is, which no limit holds."""
    return float(of(np.asarray(values)))
