"""Dates on which nothing is known to have happened: what the model says of them is what chance alone says.

Every month of the time before the date that is far enough from both ends is taken as a date. Each is read as the real
one is: what was known as many months after it, and not more. So nothing that the real date did can show, and recent
months are as open in one as in the other. Where the model is too sure, because counts scatter in a way it does not
know, the steps of placebo dates are too large for the errors it claims; intervals are widened by so much. The
assumption is that nothing changed on those dates; where something did, a real change is harder to see, not easier.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from bearwitness.estimation.change_fit import Steps, fit_steps
from bearwitness.estimation.change_model import Cells, Priors, Spread, places

FloatArray = npt.NDArray[np.float64]

# A year and a half before a date tells a season from a step.
LEAST_BEFORE: Final = 18
LEAST_AFTER: Final = 6
MOST_AFTER: Final = 24
# Of so many the most extreme one is met by chance once in twenty times.
LEAST_PLACEBOS: Final = 19


def months_after(before: int, after: int) -> int:
    """How many months after a date are read: all, but no more than two years, and than leaves enough placebo dates.

    It depends on the number of months alone, not on what is in them.
    """
    longest = min(after, MOST_AFTER)
    return min(longest, max(LEAST_AFTER, before - LEAST_BEFORE - LEAST_PLACEBOS + 1))


def placebo_rows(step: int, after: int) -> range:
    """The rows that may be taken as dates, if so many months after each are read."""
    return range(LEAST_BEFORE, max(LEAST_BEFORE, step - after + 1))


def fit_placebos(
    cells: Cells, priors: Priors, spread: Spread, after: int, mode: FloatArray, rows: Sequence[int]
) -> list[Steps]:
    """Both steps at each placebo date.

    Parameters
    ----------
    cells : Cells
        With the real date.
    after : int
        How many months after a date are read.
    mode : array
        The mode of ``cells``, from where the search begins.
    rows : sequence of int
        Of ``placebo_rows``.
    """
    return [fit_steps(cells.until(row + after, row), priors, spread, _cut(cells, mode, row + after)) for row in rows]


def placebo_share(score: float, others: Sequence[float]) -> float:
    """The share of dates, the real one among them, whose step is as far from none as the real one's, or further."""
    beyond = sum(abs(other) >= abs(score) for other in others)
    return (1 + beyond) / (1 + len(others))


def excess(scores: Sequence[float]) -> float:
    """How many times larger placebo steps are than their errors say, at least 1."""
    return max(1.0, float(np.sqrt(np.mean(np.square(scores)))) if len(scores) else 1.0)


def _cut(cells: Cells, mode: FloatArray, months: int) -> FloatArray:
    """The mode without later months, and without steps."""
    channels, all_months, _ = cells.shape
    _, _, hazards, bursts = places(cells)
    kept = mode[bursts].reshape(channels, all_months)[:, :months]
    shares = mode[all_months : all_months + channels]
    return np.concatenate([mode[:months], shares, np.zeros(2), mode[hazards], kept.ravel()])
