"""Whether acts changed after a date, when their reporting may have changed as well.

The model is in ``change_model``, its fit in ``change_fit``, dates on which nothing happened in ``change_placebo``, the
rules in ``change_rules``. Uncertain dates are drawn many times (``dated``), and each draw is fitted; what they differ
by widens the intervals (``imputed``). Days drawn on both sides of the date blur the step, so uncertain dates make
"changed" rarer, never more frequent.

No reporting triangle can tell of acts that never reach anyone. Slower reporting is likely to lose more of them, and a
fall that this could explain is no fall that is known: see ``Settings.lost``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri
from scipy.stats import t

from bearwitness.estimation.change_cells import cells_of
from bearwitness.estimation.change_fit import Steps, fit_spread, fit_steps, mean_spread, scatter_factors
from bearwitness.estimation.change_model import Cells, Priors, Spread
from bearwitness.estimation.change_placebo import (
    LEAST_AFTER,
    LEAST_PLACEBOS,
    excess,
    fit_placebos,
    months_after,
    placebo_rows,
    placebo_share,
)
from bearwitness.estimation.change_rules import Interval, Verdict, judge, refused
from bearwitness.estimation.imputed import combine
from bearwitness.estimation.outcome import Check
from bearwitness.estimation.triangle import ReportingTriangle

FloatArray = npt.NDArray[np.float64]

_LEAST_REPORTS: Final = 50
_MOST_CORRELATION: Final = 0.8
_MOST_PRIOR_WIDTH: Final = 0.5
_MOST_APART: Final = 3.5
# The scatter is estimated from so many draws of the dates.
_SPREAD_FROM: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What is decided before the data are looked at.

    ``level`` is the probability of the intervals. ``region`` holds the ratios that are as good as no change. Of all
    dates tried, at most the share ``extreme`` may have as large a step for a change. ``lost`` is the share of acts
    that before the date may have been lost for good; how many are lost is supposed to go with the pace of reporting,
    and the answer has to hold both if none are lost and if so many are.
    """

    level: float = 0.95
    region: tuple[float, float] = (0.8, 1.25)
    extreme: float = 0.05
    lost: float = 0.3
    priors: Priors = field(default_factory=Priors)

    def __post_init__(self) -> None:
        low, high = self.region
        if not (0 < self.level < 1 and 0 < self.extreme < 1 and 0 <= self.lost < 1 and 0 < low < 1 < high):
            raise ValueError("level, extreme and lost are shares, and the region of no change is around 1")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeVerdict:
    """What is said of a date. Where that is "not identified", ``ratio`` is no finding: it shows how little is known.

    ``ratio`` is the intensity after the date by that before it; ``if_lost``, the same if slower reporting loses acts
    for good; ``delay_step``, the odds, at any delay, of being reported then if not before, after the date by before
    (above 1: faster). All are None where nothing could be fitted. ``placebo_ratio`` and ``placebo_delay`` are the
    shares of dates, the real one among them, with as large a step; ``placebos`` are the other dates.
    ``correlation`` is that of the two steps. ``after`` is how many months from the date on are read.
    ``fraction_missing`` is the share of what could be known of the ratio that uncertain dates take away.
    """

    verdict: Verdict
    month: str
    reasons: tuple[str, ...]
    changes: tuple[str, ...]
    checks: tuple[Check, ...]
    after: int
    placebos: tuple[str, ...]
    ratio: Interval | None = None
    if_lost: Interval | None = None
    delay_step: Interval | None = None
    placebo_ratio: float | None = None
    placebo_delay: float | None = None
    correlation: float | None = None
    fraction_missing: float = 0.0
    spread: Spread | None = None


def change_after(
    imputations: Sequence[Mapping[str, ReportingTriangle]], *, month: str, settings: Settings | None = None
) -> ChangeVerdict:
    """Judge whether acts changed from a month on.

    Parameters
    ----------
    imputations : sequence of mappings
        Reporting triangles by channel: one mapping where all dates are known, at least 20 where they are drawn. All
        have the same channels, months and delays. A last month that is not over is left out.
    month : str
        The first month after the date, by its label in the triangles.
    settings : Settings, optional
        To be fixed before the data are looked at.

    Raises
    ------
    EstimationError
        The month is not among those that are over; there are no reports; cells are no counts; draws do not fit
        together.
    """
    settings = settings or Settings()
    draws = cells_of(imputations, month)
    periods = next(iter(imputations[0].values())).periods
    before, all_months = draws[0].step, draws[0].shape[1]
    after = months_after(before, all_months - before)
    rows = placebo_rows(before, after)
    placebos = tuple(periods[row] for row in rows)
    draws = tuple(cells.until(before + after, before) for cells in draws)
    reports = float(np.mean([cells.counts[:, :before].sum() for cells in draws]))
    checks = (
        Check(name="months_after", value=after, limit=LEAST_AFTER, least=True),
        Check(name="placebo_dates", value=len(rows), limit=LEAST_PLACEBOS, least=True),
        Check(name="reports_before", value=reports, limit=_LEAST_REPORTS, least=True),
    )
    failed = [check.name for check in checks if not check.holds]
    if failed:
        judged = refused(failed)
        return ChangeVerdict(verdict="not identified", month=month, reasons=judged.reasons, changes=judged.changes,
                             checks=checks, after=after, placebos=placebos)  # fmt: skip
    return _judged(_fitted(draws, settings, after, rows), settings, month, checks, placebos)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Fitted:
    """Fits of all draws: of the real date, of each placebo date, under each other prior, of each channel alone."""

    real: tuple[Steps, ...]
    placebos: tuple[tuple[Steps, ...], ...]
    others: tuple[tuple[Steps, ...], ...]
    alone: tuple[tuple[Steps, ...], ...]
    spread: Spread
    after: int
    factors: FloatArray

    @property
    def unsure(self) -> int:
        """How many fits did not settle."""
        return sum(not each.sure for fits in (self.real, *self.placebos, *self.others, *self.alone) for each in fits)


def _fitted(draws: Sequence[Cells], settings: Settings, after: int, rows: Sequence[int]) -> _Fitted:
    priors = settings.priors
    scatters = [fit_spread(cells, priors) for cells in draws[:_SPREAD_FROM]]
    spread = mean_spread([scatter.spread for scatter in scatters])
    real: list[Steps] = []
    by_draw: list[list[Steps]] = []
    for cells in draws:
        real.append(fit_steps(cells, priors, spread, real[-1].mode if real else None))
        by_draw.append(fit_placebos(cells, priors, spread, after, real[-1].mode, rows))
    others = [
        tuple(fit_steps(c, other, spread, fit.mode) for c, fit in zip(draws, real, strict=True))
        for other in _other_priors(priors)
    ]
    return _Fitted(real=tuple(real), placebos=tuple(zip(*by_draw, strict=True)), others=tuple(others),
                   alone=_alone(draws, priors, spread), spread=spread, after=after,
                   factors=scatter_factors(draws[0], priors, replace(scatters[0], spread=spread), real[0]))  # fmt: skip


def _other_priors(priors: Priors) -> tuple[Priors, ...]:
    """Half and twice the delay step, and a third and three times the share that comes late."""
    return (
        replace(priors, delay_step=priors.delay_step / 2), replace(priors, delay_step=priors.delay_step * 2),
        replace(priors, tail=priors.tail / 3), replace(priors, tail=min(priors.tail * 3, 0.5)),
    )  # fmt: skip


def _alone(draws: Sequence[Cells], priors: Priors, spread: Spread) -> tuple[tuple[Steps, ...], ...]:
    """Both steps by each channel alone, if there are several; what months share is left out of their errors."""
    channels = draws[0].shape[0]
    if channels == 1:
        return ()
    own, free = replace(spread, walk=0.005, month=0.01), replace(priors, step=3.0, delay_step=3.0)
    return tuple(
        tuple(fit_steps(replace(c, counts=c.counts[[channel]]), free, own) for c in draws)
        for channel in range(channels)
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Joint:
    """Both steps over all draws: mean, covariance, degrees of freedom of the t distribution, missing information."""

    mean: FloatArray
    covariance: FloatArray
    degrees: float
    missing: float

    @property
    def scores(self) -> tuple[float, float]:
        one, other = self.mean / np.sqrt(np.diag(self.covariance))
        return float(one), float(other)


def _joint(fits: Sequence[Steps]) -> _Joint:
    if len(fits) == 1:
        return _Joint(mean=fits[0].mean, covariance=fits[0].covariance, degrees=float("inf"), missing=0.0)
    means = np.stack([fit.mean for fit in fits])
    one = combine(means[:, 0].tolist(), [float(fit.covariance[0, 0]) for fit in fits])
    between = (1 + 1 / len(fits)) * np.cov(means.T)
    within = np.mean([fit.covariance for fit in fits], axis=0)
    return _Joint(mean=means.mean(axis=0), covariance=within + between, degrees=one.degrees,
                  missing=one.fraction_missing)  # fmt: skip


def _judged(
    fitted: _Fitted, settings: Settings, month: str, checks: tuple[Check, ...], placebos: tuple[str, ...]
) -> ChangeVerdict:  # fmt: skip
    checks += (Check(name="not_converged", value=fitted.unsure, limit=0),)
    if fitted.unsure:
        none = refused(["not_converged"])
        return ChangeVerdict(verdict="not identified", month=month, reasons=none.reasons, changes=none.changes,
                             checks=checks, after=fitted.after, placebos=placebos, spread=fitted.spread)  # fmt: skip
    real = _joint(fitted.real)
    scores = np.array([_joint(fits).scores for fits in fitted.placebos])
    wider = np.maximum(fitted.factors, [excess(column.tolist()) for column in scores.T])
    ratio, if_lost = (_ratio(real, wider, settings.level, lost) for lost in (0.0, settings.lost))
    sides = [_ratio(_joint(fits), wider, settings.level, 0.0).side for fits in fitted.others]
    correlation = float(real.covariance[0, 1] / np.sqrt(real.covariance.diagonal().prod()))
    checks += (
        Check(name="correlation", value=abs(correlation), limit=_MOST_CORRELATION),
        Check(name="prior_width", value=float(real.covariance[0, 0] ** 0.5) / settings.priors.step,
              limit=_MOST_PRIOR_WIDTH),
        Check(name="priors_that_flip", value=sum(side != ratio.side for side in sides), limit=0),
        Check(name="channels_apart", value=_apart([_joint(fits) for fits in fitted.alone]), limit=_MOST_APART),
    )  # fmt: skip
    shares = [placebo_share(score, others.tolist()) for score, others in zip(real.scores, scores.T, strict=True)]
    extreme = Check(name="placebo_ratio", value=shares[0], limit=settings.extreme)
    judged = judge(ratio, if_lost, extreme, checks, settings.region)
    return ChangeVerdict(
        verdict=judged.verdict, month=month, reasons=judged.reasons, changes=judged.changes,
        checks=(*checks, extreme), after=fitted.after, placebos=placebos, ratio=ratio, if_lost=if_lost,
        delay_step=_interval(float(real.mean[1]), float(real.covariance[1, 1] ** 0.5 * wider[1]), real.degrees,
                             settings.level),
        placebo_ratio=shares[0], placebo_delay=shares[1], correlation=correlation, fraction_missing=real.missing,
        spread=fitted.spread,
    )  # fmt: skip


def _ratio(joint: _Joint, wider: FloatArray, level: float, lost: float) -> Interval:
    """The intensity ratio, if before the date this share of acts is lost, at a pace of its own.

    The odds of being lost rather than reported then go up as the pace of reporting goes down. The error of that is
    taken at the mean (delta method).
    """
    odds = lost / (1 - lost)
    slower = odds * float(np.exp(-joint.mean[1]))
    mean = float(joint.mean[0]) + float(np.log1p(slower) - np.log1p(odds))
    slope = np.array([1.0, -slower / (1 + slower)]) * wider
    return _interval(mean, float(slope @ joint.covariance @ slope) ** 0.5, joint.degrees, level)


def _interval(mean: float, error: float, degrees: float, level: float) -> Interval:
    upper = (1 + level) / 2
    reach = error * float(t.ppf(upper, degrees) if np.isfinite(degrees) else ndtri(upper))
    low, median, high = (float(np.exp(mean + off)) for off in (-reach, 0.0, reach))
    return Interval(low=low, median=median, high=high)


def _apart(alone: Sequence[_Joint]) -> float:
    """How far channels' steps are from each other, both steps together, in errors; the worst pair of channels."""
    worst = 0.0
    for place, one in enumerate(alone):
        for other in alone[place + 1 :]:
            gap = one.mean - other.mean
            worst = max(worst, float(gap @ np.linalg.solve(one.covariance + other.covariance, gap)) ** 0.5)
    return worst
