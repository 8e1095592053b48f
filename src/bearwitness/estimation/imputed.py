"""One estimate from many imputations: Rubin's rules.

What is not known for certain, a day within a month or a missing field, is drawn several times, each completed record
is estimated from as if it were known, and the estimates are combined: their variance is the average variance of one
of them, plus what they differ by (Rubin 1987, Multiple Imputation for Nonresponse in Surveys, section 3.1). Positive
numbers, such as a number of acts or a ratio, are combined as logarithms: hand those in, with the variances of the
logarithms. The assumption is that each estimate is nearly normal, and that the draws are what the estimates' model
would have drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import norm, t

from bearwitness.errors import EstimationError


@dataclass(frozen=True, slots=True, kw_only=True)
class Combined:
    """What imputations say together.

    ``value`` is their mean and ``variance`` its total variance. ``degrees`` are those of the t distribution that
    ``value`` follows, infinite where imputations agree. ``fraction_missing`` is the share of the information that is
    missing because of what had to be drawn, 0 to 1.
    """

    value: float
    variance: float
    degrees: float
    fraction_missing: float

    def interval(self, level: float) -> tuple[float, float]:
        """The central interval of this probability.

        Raises
        ------
        ValueError
            The level is not between 0 and 1.
        """
        if not 0 < level < 1:
            raise ValueError("the level must be between 0 and 1")
        upper = (1 + level) / 2
        reach = float(t.ppf(upper, self.degrees) if np.isfinite(self.degrees) else norm.ppf(upper))
        return self.value - reach * self.variance**0.5, self.value + reach * self.variance**0.5


def combine(values: Sequence[float], variances: Sequence[float]) -> Combined:
    """Combine the estimates of several imputations.

    Parameters
    ----------
    values : sequence of float
        One estimate of each imputation, two at least; logarithms where the number is positive.
    variances : sequence of float
        The variance of each, on the same scale.

    Raises
    ------
    EstimationError
        An imputation gave no number, or no variance.
    ValueError
        There are fewer than two, or not as many variances as values.
    """
    if len(values) != len(variances) or len(values) < 2:
        raise ValueError("two imputations at least, and a variance for each, are needed")
    drawn, within = np.asarray(values, dtype=float), np.asarray(variances, dtype=float)
    wrong = ~(np.isfinite(drawn) & np.isfinite(within) & (within >= 0))
    if wrong.any():
        raise EstimationError(f"imputation {int(np.argmax(wrong)) + 1} of {len(drawn)} gave no number.",
                              hint="See why it has none; leaving it out would hide what is not known.")  # fmt: skip
    # Equal numbers differ in their last digit once their mean is taken.
    spread = float(drawn.var(ddof=1)) if np.ptp(drawn) > 0 else 0.0
    between, average = (1 + 1 / len(drawn)) * spread, float(within.mean())
    if between == 0:
        return Combined(value=float(drawn.mean()), variance=average, degrees=float("inf"), fraction_missing=0.0)
    share = between / (between + average)
    degrees = (len(drawn) - 1) / share**2
    missing = share + 2 / (degrees + 3) * (1 - share)
    return Combined(value=float(drawn.mean()), variance=between + average, degrees=degrees, fraction_missing=missing)
