"""Numbers that must be counts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from bearwitness.errors import EstimationError

# Doubles hold every whole number up to this one.
_MOST: Final = 2.0**53


def counted(names: Sequence[str], counts: Sequence[float | None]) -> npt.NDArray[np.float64]:
    """Check that numbers are counts.

    Parameters
    ----------
    names : sequence of str
        What an error calls each of them.
    counts : sequence of float or None
        As many numbers.

    Returns
    -------
    array of float
        Whole numbers of 0 or more.

    Raises
    ------
    EstimationError
        One is negative, no whole number, infinite or missing.
    ValueError
        There are more or fewer numbers than names.
    """
    if len(names) != len(counts):
        raise ValueError("there must be one count for each name")
    values = np.array([np.nan if count is None else count for count in counts], dtype=float)
    with np.errstate(invalid="ignore"):
        wrong = ~((values >= 0) & (values <= _MOST) & (values == np.floor(values)))
    if wrong.any():
        place = int(np.argmax(wrong))
        raise EstimationError(f"{names[place]}: {_fault(float(values[place]))}.",
                              hint="A cell is a number of events: 0, 1, 2 and so on. Correct it.")  # fmt: skip
    return values


def _fault(value: float) -> str:
    if np.isnan(value):
        return "the count is missing"
    if value < 0:
        return "the count is negative"
    if value > _MOST:
        return "the count is too large"
    return "the count is not a whole number"
