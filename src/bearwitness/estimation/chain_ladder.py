"""The chain ladder: what recent periods will come to if reports go on coming as they came, with Mack's error.

It is the baseline that a better model has to beat. From each delay to the next, all that was reported grows by one
factor, the same for every period (Mack 1993, ASTIN Bulletin 23, 213). The standard error holds under Mack's
assumptions only: rows independent of each other, and a variance proportional to what is reported so far. A burst
of late reports breaks the first. A period of which nothing is reported yet has no estimate, for any factor times
nothing is nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bearwitness.errors import EstimationError
from bearwitness.estimation.triangle import ReportingTriangle

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class LadderPeriod:
    """One period: what is reported, what it comes to at the longest delay, and the standard error of that.

    ``estimate`` is None where nothing is reported of a period that is still open; ``error`` is None there, and where
    the triangle gives no variance: one row alone for a step, or a row that grew out of nothing.
    """

    period: str
    reported: int
    estimate: float | None
    error: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainLadder:
    """Periods, oldest first; the growth from each delay to the next; the total, None where a period has none.

    ``left_out`` is the last period where it was not over, else None.
    """

    periods: tuple[LadderPeriod, ...]
    factors: tuple[float, ...]
    total: float | None
    total_error: float | None
    left_out: str | None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Steps:
    """For each step of delay: its factor, Mack's variance parameter (NaN: none) and what the factor was made of."""

    factors: FloatArray
    variances: FloatArray
    bases: FloatArray


def chain_ladder(triangle: ReportingTriangle) -> ChainLadder:
    """Estimate what each period comes to at the longest delay.

    Parameters
    ----------
    triangle : ReportingTriangle
        A last period that is not over is left out.

    Raises
    ------
    EstimationError
        The triangle is too short to see its longest delay, or nothing was reported at a delay that a factor needs.
    """
    whole = triangle.whole()
    if whole.seen[0] <= whole.longest:
        raise EstimationError(f"the oldest period, {whole.periods[0]}, is not seen up to the longest delay.",
                              hint="Take earlier periods in, or a shorter delay.")  # fmt: skip
    steps = _steps(whole)
    full, risk = _project(whole, steps)
    given = (whole.reported > 0) | (whole.seen > whole.longest)
    periods = tuple(
        LadderPeriod(period=period, reported=int(reported), estimate=float(estimate) if there else None,
                     error=float(np.sqrt(square)) if there and not np.isnan(square) else None)
        for period, reported, estimate, square, there in zip(
            whole.periods, whole.reported, full[:, -1], risk, given, strict=True)
    )  # fmt: skip
    known = bool(given.all())
    square = risk.sum() + _shared(full[:, -1], whole.seen, steps)
    return ChainLadder(
        periods=periods, factors=tuple(float(f) for f in steps.factors),
        total=float(full[:, -1].sum()) if known else None,
        total_error=float(np.sqrt(square)) if known and not np.isnan(square) else None,
        left_out=triangle.periods[-1] if triangle.partial else None,
    )  # fmt: skip


def _steps(whole: ReportingTriangle) -> _Steps:
    """Factors are ratios of column sums; variances are the weighted squares around them."""
    sums = whole.counts.cumsum(axis=1).astype(float)
    factors, variances, bases = (np.zeros(whole.longest) for _ in range(3))
    for delay in range(whole.longest):
        rows = int((whole.seen > delay + 1).sum())
        now, later = sums[:rows, delay], sums[:rows, delay + 1]
        bases[delay] = now.sum()
        if bases[delay] == 0:
            raise EstimationError(f"nothing is reported up to delay {delay}, so no growth from there can be seen.",
                                  hint="Take longer periods, or more of them.")  # fmt: skip
        factors[delay] = later.sum() / bases[delay]
        variances[delay] = _variance(now, later, factors[delay])
    # Mack's rule for the last step, where one row alone is seen: no larger than what came before it.
    last = whole.longest - 1
    if (whole.seen > whole.longest).sum() == 1 and last >= 2:
        older, old = variances[last - 2], variances[last - 1]
        variances[last] = min(old**2 / older, older, old) if older > 0 else min(older, old)
    return _Steps(factors=factors, variances=variances, bases=bases)


def _variance(now: FloatArray, later: FloatArray, factor: float) -> float:
    rows = now > 0
    if rows.sum() < 2 or (later[~rows] > 0).any():
        return float("nan")
    squares = (later[rows] - factor * now[rows]) ** 2 / now[rows]
    return float(squares.sum() / (rows.sum() - 1))


def _project(whole: ReportingTriangle, steps: _Steps) -> tuple[FloatArray, FloatArray]:
    """The triangle filled up, summed over delays, and the square error of its last column."""
    full = whole.counts.cumsum(axis=1).astype(float)
    risk = np.zeros(len(full))
    for delay in range(whole.longest):
        open_rows = whole.seen <= delay + 1
        full[open_rows, delay + 1] = full[open_rows, delay] * steps.factors[delay]
        with np.errstate(divide="ignore", invalid="ignore"):
            share = steps.variances[delay] / steps.factors[delay] ** 2
            risk[open_rows] += share * (1 / full[open_rows, delay] + 1 / steps.bases[delay])
    with np.errstate(invalid="ignore"):
        risk = np.where(whole.seen > whole.longest, 0.0, risk * full[:, -1] ** 2)
    return full, risk


def _shared(last: FloatArray, seen: npt.NDArray[np.int64], steps: _Steps) -> float:
    """Twice the covariance of all pairs of periods, which share the factors of the steps both still have to go."""
    twice = 0.0
    for delay, (factor, variance, base) in enumerate(zip(steps.factors, steps.variances, steps.bases, strict=True)):
        open_rows = last[seen <= delay + 1]
        pairs = (open_rows.sum() ** 2 - (open_rows**2).sum()) / 2
        twice += 2 * pairs * variance / factor**2 / base if pairs else 0.0
    return float(twice)
