"""A step in a monthly series: a structural time series on the log scale, and a negative binomial regression beside it.

The first is a level that walks at random, a season that stays the same, regressors and noise, all on the logarithm of
counts, fitted by maximum likelihood with the Kalman filter (Harvey and Durbin 1986, J. R. Statist. Soc. A 149, 187).
The second has no walking level: a straight trend, months, regressors, and counts of variance mean + alpha * mean^2.
A Poisson regression is never given: it takes its errors from the mean, so where counts scatter more it is far too
sure. How much more they scatter is ``dispersion``; above ``MOST_DISPERSION`` a Poisson error would be refused.

Neither knows of reporting. Late reports look like a fall, so it is for periods whose reports are in; where reporting
may have changed as well, ``estimation.change_verdict`` is the one to ask.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from bearwitness.errors import EstimationError
from bearwitness.estimation.counted import counted

FloatArray = npt.NDArray[np.float64]

# Pearson's chi-square by its degrees of freedom around a Poisson regression; by chance it hardly is above it.
MOST_DISPERSION: Final = 1.5
# Errors of a normal distribution from the middle to the ends of the central 95 %.
_REACH: Final = 1.959963984540054
_LEAST_YEARS: Final = 3
_LEAST_AFTER: Final = 6
# A regressor of which less than this part is its own is as good as a sum of others.
_LEAST_OWN: Final = 1e-4
# The largest derivative of the log likelihood at its maximum, by the logarithm of a spread or a coefficient in errors.
_MOST_SLOPE: Final = 0.1
_LEAST_ALPHA: Final = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Coefficient:
    """A coefficient on the log scale with its standard error, and the central interval of probability 95 %."""

    value: float
    error: float

    @property
    def percent(self) -> tuple[float, float, float]:
        """The change in percent: low, middle, high."""
        low, middle, high = (float(np.expm1(self.value + off * self.error)) * 100 for off in (-_REACH, 0.0, _REACH))
        return low, middle, high


@dataclass(frozen=True, slots=True, kw_only=True)
class CountRegression:
    """The negative binomial regression: step, alpha, log likelihood, and how far a Poisson one is from true.

    ``dispersion`` is Pearson's chi-square by its degrees of freedom around the Poisson regression.
    ``poisson_refused`` says that it is above ``MOST_DISPERSION``. ``alpha`` is 0 where counts scatter no more than
    Poisson counts.
    """

    step: Coefficient
    alpha: float
    log_likelihood: float
    dispersion: float

    @property
    def poisson_refused(self) -> bool:
        """Whether a Poisson error would be too small."""
        return self.dispersion > MOST_DISPERSION


@dataclass(frozen=True, slots=True, kw_only=True)
class StructuralChange:
    """The step of the structural series, what its regressors come to, and the regression of counts beside it.

    ``level_spread`` and ``noise`` are the standard deviations of the walk of the log level a period, and of noise.
    ``ljung_box`` is the probability that chance alone makes residuals as dependent over two years as they are.
    """

    period: str
    step: Coefficient
    regressors: tuple[tuple[str, Coefficient], ...]
    log_likelihood: float
    level_spread: float
    noise: float
    ljung_box: float
    counts: CountRegression


def structural_change(
    counts: Sequence[float | None], *, periods: Sequence[str], step: str, season: int = 12,
    regressors: Mapping[str, Sequence[float]] | None = None,
) -> StructuralChange:  # fmt: skip
    """Estimate by how much a series of counts steps at a period.

    Parameters
    ----------
    counts : sequence of float or None
        Whole numbers above 0, one a period. Zeros are refused: on the log scale, whatever is put in their place
        decides the answer.
    periods : sequence of str
        Labels of periods of equal length, in the order of time, each once.
    step : str
        The first period after the change.
    season : int
        Periods in a year, or 1 for no season.
    regressors : mapping of sequences of float, optional
        By name; on the scale on which they are to act, as logarithms of prices.

    Raises
    ------
    EstimationError
        The series is short, has zeros or what is no count; the step is not in it or too near to an end; regressors
        are collinear with each other or with the step; a fit does not converge.
    ValueError
        Season is below 1, or a regressor is not as long as the series.
    """
    extra = dict(regressors or {})
    if season < 1 or any(len(each) != len(periods) for each in extra.values()):
        raise ValueError("season must be 1 or more, and regressors as long as the series")
    values = counted(periods, counts)
    place = _place(values, periods, step, season)
    after = (np.arange(len(values)) >= place).astype(float)
    outside = np.column_stack([after, *(np.asarray(each, dtype=float) for each in extra.values())])
    _check_regressors(outside, ("the step", *extra), season)
    fitted = _fit_series(np.log(values), outside, season)
    at = {name: number for number, name in enumerate(fitted.model.param_names)}
    found = [
        Coefficient(value=float(fitted.params[at[f"beta.x{n}"]]), error=float(fitted.bse[at[f"beta.x{n}"]]))
        for n in range(1, outside.shape[1] + 1)
    ]
    _check_errors(found, "structural series")
    return StructuralChange(
        period=step, step=found[0], regressors=tuple(zip(extra, found[1:], strict=True)),
        log_likelihood=float(fitted.llf), level_spread=float(np.sqrt(fitted.params[at["sigma2.level"]])),
        noise=float(np.sqrt(fitted.params[at["sigma2.irregular"]])),
        ljung_box=float(fitted.test_serial_correlation("ljungbox", lags=2 * max(season, 6))[0, 1, -1]),
        counts=_regress(values, outside, season),
    )  # fmt: skip


def _place(values: FloatArray, periods: Sequence[str], step: str, season: int) -> int:
    least = _LEAST_YEARS * season if season > 1 else _LEAST_YEARS * _LEAST_AFTER
    if len(set(periods)) != len(periods):
        twice = next(p for place, p in enumerate(periods) if p in periods[:place])
        raise EstimationError(f"period {twice} is there twice.", hint="Give each period once, in the order of time.")
    if len(values) < least:
        raise EstimationError(f"{len(values)} periods are too few to tell a step from season and level.",
                              hint=f"Give at least {least}.")  # fmt: skip
    if not values.any():
        raise EstimationError("there is no event in any period.", hint="A change needs events to change.")
    if not values.all():
        raise EstimationError(
            f"{periods[int(np.argmin(values))]}: a count of 0 has no logarithm.",
            hint="Take longer periods, or judge the change from the reporting triangle, which reads zeros.",
        )
    if step not in periods:
        raise EstimationError(f"{step} is not among the periods from {periods[0]} to {periods[-1]}.",
                              hint="Take a date within them.")  # fmt: skip
    place = list(periods).index(step)
    if min(place - max(season, _LEAST_AFTER), len(values) - place - _LEAST_AFTER) < 0:
        raise EstimationError(
            f"{step} is too near to an end of the series.",
            hint=f"At least {max(season, _LEAST_AFTER)} periods before it and {_LEAST_AFTER} from it on are needed.",
        )
    return place


def _check_regressors(outside: FloatArray, names: Sequence[str], season: int) -> None:
    """Refuse what a level and a season, or other regressors, already say."""
    if not np.isfinite(outside).all():
        bad = names[int(np.argmax(~np.isfinite(outside).all(axis=0)))]
        raise EstimationError(f"regressor {bad}: a value is missing or infinite.", hint="Give all its values.")
    known = np.column_stack([np.ones(len(outside)), _months(len(outside), season)])
    within = outside - known @ np.linalg.lstsq(known, outside, rcond=None)[0]
    for number, name in enumerate(names):
        others = np.delete(within, number, axis=1)
        left = within[:, number]
        if others.shape[1]:
            left = left - others @ np.linalg.lstsq(others, left, rcond=None)[0]
        if np.linalg.norm(left) <= np.linalg.norm(outside[:, number]) * _LEAST_OWN:
            raise EstimationError(
                f"{name}: it is a sum of the season and the other regressors, so what it does cannot be told.",
                hint="Leave one of them out.")  # fmt: skip


def _fit_series(logs: FloatArray, outside: FloatArray, season: int) -> Any:
    """Maximum likelihood; a fit that has not settled is tried once more, and then refused."""
    from statsmodels.tsa.statespace.structural import UnobservedComponents

    model = UnobservedComponents(
        logs, level="local level", seasonal=season if season > 1 else None, stochastic_seasonal=False, exog=outside
    )
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        fitted = model.fit(disp=0)
        if not _settled(model, fitted):
            fitted = model.fit(start_params=fitted.params, method="powell", disp=0, maxiter=200)
            fitted = model.fit(start_params=fitted.params, disp=0, maxiter=500)
        if not _settled(model, fitted):
            raise _unsettled("structural series")
    return fitted


def _settled(model: Any, fitted: Any) -> bool:
    """Whether it says so, and the likelihood is indeed flat there, but for a spread at its bound of 0."""
    if not fitted.mle_retvals["converged"] or not np.isfinite(fitted.llf):
        return False
    free = model.untransform_params(fitted.params)
    spreads = np.array([name.startswith("sigma2") for name in model.param_names])
    scale = np.where(spreads, np.abs(free), fitted.bse)
    return bool(np.abs(model.score(free, transformed=False) * scale).max() < _MOST_SLOPE)


def _months(length: int, season: int) -> FloatArray:
    """Indicators of the periods of a year but the first."""
    return np.asarray((np.arange(length)[:, None] % season == np.arange(1, season)[None, :]).astype(float))


def _regress(values: FloatArray, outside: FloatArray, season: int) -> CountRegression:
    from statsmodels.discrete.discrete_model import NegativeBinomial, Poisson

    length = len(values)
    trend = np.arange(length) / length
    columns = np.column_stack([outside, np.ones(length), trend, _months(length, season)])
    centre, scale = columns.mean(axis=0), columns.std(axis=0)
    constant = scale == 0
    # Scaled, since prices and distances are of different sizes; errors are scaled back.
    centre, scale = np.where(constant, 0, centre), np.where(constant, 1, scale)
    design = (columns - centre) / scale
    if np.linalg.matrix_rank(design) < design.shape[1]:
        raise EstimationError("a regressor is a sum of the trend, the season and others.", hint="Leave it out.")
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        poisson = Poisson(values, design).fit(disp=0, maxiter=200)
        expected = poisson.predict()
        dispersion = float(((values - expected) ** 2 / expected).sum() / (length - design.shape[1]))
        if not poisson.mle_retvals["converged"]:
            raise _unsettled("regression of counts")
        alpha = max(float((((values - expected) ** 2 - expected) / expected**2).mean()), 1e-3)
        fitted = NegativeBinomial(values, design).fit(
            start_params=[*poisson.params, alpha], method="bfgs", disp=0, maxiter=2000, gtol=1e-6
        )
        slope = float(np.abs(fitted.model.score(fitted.params) * fitted.bse).max())
    alpha = float(fitted.params[-1])
    if alpha < _LEAST_ALPHA:
        # No more scatter than of Poisson counts: the negative binomial one ends there, with that error.
        fitted, alpha, slope = poisson, 0.0, 0.0
    step = Coefficient(value=float(fitted.params[0] / scale[0]), error=float(fitted.bse[0] / scale[0]))
    if not slope < _MOST_SLOPE:
        raise _unsettled("regression of counts")
    _check_errors([step], "regression of counts")
    return CountRegression(step=step, alpha=alpha, log_likelihood=float(fitted.llf), dispersion=dispersion)


def _check_errors(found: Sequence[Coefficient], what: str) -> None:
    if not all(np.isfinite(c.value) and np.isfinite(c.error) and c.error > 0 for c in found):
        raise _unsettled(what)


def _unsettled(what: str) -> EstimationError:
    return EstimationError(f"the {what} did not converge.", hint="Give a longer series, or fewer regressors.")
