"""A month's acts, how they become known, and a step of both at one date: the model, its derivatives, its priors.

What channel c reports of month t at a delay of d months is negative binomial, of variance mean + dispersion * mean^2,
with mean

    intensity(t) * share(c) * hazard(c, t, d) * product over k < d of (1 - hazard(c, t, k)).

The hazard is the chance that an act is reported at a delay, given that it was not before; its log odds are
``gamma[c, d] + burst[c, t + d]``, plus the delay step where the report month t + d is at or after the date. The log
intensity is a level, a slope, a random walk, a season and noise of single months, plus the intensity step where the
act month t is at or after the date. A step of reporting so shows in acts from before the date as well, which the
intensity step cannot touch: that tells the two apart.

What random walk, bursts and noise may do is estimated (``Spread``); everything else has the prior of ``Priors``. The
part of acts that comes later than the longest delay has an explicit prior, since nothing that is seen tells of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.special import expit, gammaln

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]

_MONTHS: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Cells:
    """Counts of shape (channels, months, delays), which are seen, shape (months, delays), and the month of the step.

    ``step`` is the row of the first month after the date. ``phase`` is the place in the year of the first row.
    """

    counts: FloatArray
    seen: BoolArray
    step: int
    phase: int = 0

    @property
    def shape(self) -> tuple[int, int, int]:
        """Channels, months, delays."""
        channels, months, delays = self.counts.shape
        return channels, months, delays

    def until(self, months: int, step: int) -> Cells:
        """What was there at the end of so many months, with another date."""
        delays = np.arange(self.counts.shape[2])
        seen = self.seen[:months] & (np.arange(months)[:, None] + delays < months)
        return Cells(counts=np.where(seen, self.counts[:, :months], 0), seen=seen, step=step, phase=self.phase)


@dataclass(frozen=True, slots=True, kw_only=True)
class Priors:
    """What is supposed before anything is seen; all are normal, with these standard deviations.

    ``step`` is of the logarithm of the intensity ratio, ``delay_step`` of the log odds ratio of the hazard. The share
    of acts that comes after the longest delay is ``tail``, give or take ``tail_spread`` on the scale of log odds.
    ``slope`` is of the growth of the log intensity a year; ``season``, of each month of the year, None for no season.
    """

    step: float = 1.0
    delay_step: float = 1.0
    tail: float = 0.05
    tail_spread: float = 1.0
    slope: float = 0.3
    season: float | None = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """How far things scatter: the walk of the log intensity a month, single months, bursts; and the dispersion."""

    walk: float = 0.05
    month: float = 0.2
    burst: float = 0.3
    dispersion: float = 0.1


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Prior:
    """The normal prior of all parameters together: mean, precision, half the log determinant of the precision."""

    mean: FloatArray
    precision: FloatArray
    half_log: float


def places(cells: Cells) -> tuple[int, int, slice, slice]:
    """Where in the parameters the intensity step, the delay step, the hazards and the bursts are.

    Months' log intensities come first, then channels' log shares.
    """
    channels, months, delays = cells.shape
    first = months + channels
    hazards = slice(first + 2, first + 2 + channels * delays)
    return first, first + 1, hazards, slice(hazards.stop, hazards.stop + channels * months)


def prior_of(cells: Cells, priors: Priors, spread: Spread) -> Prior:
    """The prior of all parameters of such cells."""
    channels, months, delays = cells.shape
    step, delay_step, hazards, bursts = places(cells)
    mean, precision = np.zeros(bursts.stop), np.zeros((bursts.stop, bursts.stop))
    mean[:months] = np.log(max(cells.counts.sum(), 1.0) / (channels * months))
    mean[hazards] = -1.0
    # Hazards walk from delay to delay, all channels together; each channel is off by a constant and by a bit at each.
    order = np.arange(delays)
    walk = 1.5**2 + 0.7**2 * np.minimum(order[:, None], order[None, :])
    own = 0.7**2 + 0.3**2 * np.eye(delays)
    half_log = 0.0
    for place, cover in (
        (slice(months), _intensity_covariance(months, cells.phase, priors, spread)),
        (hazards, np.kron(np.ones((channels, channels)), walk) + np.kron(np.eye(channels), own)),
    ):
        precision[place, place] = np.linalg.inv(cover)
        half_log -= float(np.linalg.slogdet(cover)[1]) / 2
    # Channels differ; their common level is that of the months.
    alone = {step: priors.step, delay_step: priors.delay_step} | dict.fromkeys(range(months, step), 1.5)
    alone |= dict.fromkeys(range(bursts.start, bursts.stop), spread.burst)
    rows = list(alone)
    precision[rows, rows] = 1 / np.array(list(alone.values())) ** 2
    half_log -= float(np.log(list(alone.values())).sum())
    return Prior(mean=mean, precision=(precision + precision.T) / 2, half_log=half_log)


def _intensity_covariance(months: int, phase: int, priors: Priors, spread: Spread) -> FloatArray:
    order = np.arange(months, dtype=float)
    centred = (order - order.mean()) / _MONTHS
    cover = 3.0**2 + priors.slope**2 * np.outer(centred, centred)
    cover += spread.walk**2 * np.minimum(order[:, None], order[None, :]) + spread.month**2 * np.eye(months)
    if priors.season is not None:
        year = (np.arange(months) + phase) % _MONTHS
        cover += priors.season**2 * (year[:, None] == year[None, :])
    return np.asarray(cover)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Terms:
    """The log posterior at some parameters (up to a constant), its gradient, and minus its second derivatives."""

    value: float
    gradient: FloatArray
    curvature: FloatArray


def log_posterior(at: FloatArray, cells: Cells, priors: Priors, prior: Prior, dispersion: float) -> float:
    """The logarithm of likelihood times prior, with all constants that depend on ``Spread``."""
    odds, base = _predictors(at, cells)
    mean = np.exp(np.clip(base[:, :, None] + _log_share(odds), -60, 40))
    return _value(at, cells, priors, prior, dispersion, mean)


def terms_at(
    at: FloatArray, cells: Cells, priors: Priors, prior: Prior, dispersion: float, *, exact: bool = True
) -> Terms:  # fmt: skip
    """Value and derivatives.

    Parameters
    ----------
    exact : bool
        Without, what may make the curvature indefinite is left out: good for a step uphill, not for a posterior.
    """
    odds, base = _predictors(at, cells)
    mean = np.exp(np.clip(base[:, :, None] + _log_share(odds), -60, 40))
    size, hazard = 1 / dispersion, expit(odds)
    score = np.where(cells.seen, size * (cells.counts - mean) / (size + mean), 0)
    weight = np.where(cells.seen, size * mean * (size + cells.counts) / (size + mean) ** 2, 0)
    score_on, weight_on = _from_on(score), _from_on(weight)
    by_odds = score - hazard * score_on
    cross = weight - hazard * weight_on
    bend = hazard * (1 - hazard) * score_on
    pair = np.triu(-hazard[..., :, None] * cross[..., None, :], 1)
    pair += np.swapaxes(pair, -1, -2)
    order = np.arange(cells.shape[2])
    pair[..., order, order] = weight - 2 * hazard * weight + hazard**2 * weight_on
    pair[..., order, order] += bend if exact else np.maximum(bend, 0)
    gradient = _gathered_gradient(by_odds, score_on[:, :, 0], cells) - prior.precision @ (at - prior.mean)
    curvature = _gathered_curvature(pair, cross, weight_on[:, :, 0], cells) + prior.precision
    _add_tail(at, cells, priors, gradient, curvature, exact=exact)
    return Terms(value=_value(at, cells, priors, prior, dispersion, mean), gradient=gradient, curvature=curvature)


def _value(
    at: FloatArray, cells: Cells, priors: Priors, prior: Prior, dispersion: float, mean: FloatArray
) -> float:  # fmt: skip
    size, counts = 1 / dispersion, cells.counts
    each = gammaln(counts + size) - gammaln(size) - gammaln(counts + 1)
    each += size * np.log(size) + counts * np.log(mean) - (counts + size) * np.log(size + mean)
    off = at - prior.mean
    value = np.where(cells.seen, each, 0).sum() + prior.half_log - 0.5 * off @ prior.precision @ off
    tails = np.array([tail for tail, _, _ in _tails(at, cells)])
    wanted = np.log(priors.tail) - np.log1p(-priors.tail)
    return float(value - ((tails - wanted) ** 2).sum() / (2 * priors.tail_spread**2))


def _after(cells: Cells) -> FloatArray:
    """1 where the report month is at or after the date, shape (months, delays)."""
    _, months, delays = cells.shape
    return (np.arange(months)[:, None] + np.arange(delays) >= cells.step).astype(float)


def _predictors(at: FloatArray, cells: Cells) -> tuple[FloatArray, FloatArray]:
    """The log odds of the hazards of all cells, and the log intensity of each channel and month."""
    channels, months, delays = cells.shape
    step, delay_step, hazards, bursts = places(cells)
    report = np.minimum(np.arange(months)[:, None] + np.arange(delays), months - 1)
    odds = at[hazards].reshape(channels, 1, delays) + at[bursts].reshape(channels, months)[:, report]
    odds = np.clip(odds + at[delay_step] * _after(cells), -30, 30)
    base = at[None, :months] + at[months : months + channels, None] + at[step] * (np.arange(months) >= cells.step)
    return odds, base


def _log_share(odds: FloatArray) -> FloatArray:
    """The logarithm of the share reported at each delay."""
    later = -np.logaddexp(0, odds)
    before = np.cumsum(later, axis=2) - later
    return np.asarray(before - np.logaddexp(0, -odds))


def _from_on(values: FloatArray) -> FloatArray:
    """Sums over this delay and all longer ones."""
    return np.asarray(np.cumsum(values[:, :, ::-1], axis=2)[:, :, ::-1])


def _gathered_gradient(by_odds: FloatArray, by_base: FloatArray, cells: Cells) -> FloatArray:
    channels, months, _ = cells.shape
    step, delay_step, hazards, bursts = places(cells)
    found = np.zeros(bursts.stop)
    found[:months], found[months : months + channels] = by_base.sum(axis=0), by_base.sum(axis=1)
    found[step], found[delay_step] = by_base[:, cells.step :].sum(), (by_odds * _after(cells)).sum()
    found[hazards] = by_odds.sum(axis=1).ravel()
    found[bursts] = _by_report(by_odds, cells).ravel()
    return found


def _by_report(values: FloatArray, cells: Cells) -> FloatArray:
    """Sums over cells of the same report month, shape (channels, months)."""
    channels, months, delays = cells.shape
    found = np.zeros((channels, months + delays))
    for delay in range(delays):
        found[:, delay : delay + months] += values[:, :, delay]
    return found[:, :months]


def _gathered_curvature(pair: FloatArray, cross: FloatArray, base: FloatArray, cells: Cells) -> FloatArray:
    """Second derivatives by log odds and log intensity of each row, summed up into those by the parameters."""
    channels, months, delays = cells.shape
    step, delay_step, hazards, bursts = places(cells)
    found = np.zeros((bursts.stop, bursts.stop))
    after, late = _after(cells), slice(cells.step, months)
    order, shares = np.arange(months), np.arange(months, months + channels)
    found[order, order], found[shares, shares] = base.sum(axis=0), base.sum(axis=1)
    found[:months, shares], found[step, step] = base.T, base[:, late].sum()
    found[late, step], found[shares, step] = base[:, late].sum(axis=0), base[:, late].sum(axis=1)
    moved = (pair * after[:, None, :]).sum(axis=3)
    both = cross * after
    found[delay_step, delay_step] = (moved * after).sum()
    found[:months, delay_step], found[shares, delay_step] = both.sum(axis=(0, 2)), both.sum(axis=(1, 2))
    found[step, delay_step] = both[:, late].sum()
    found[delay_step, hazards] = moved.sum(axis=1).ravel()
    found[delay_step, bursts] = _by_report(moved, cells).ravel()
    found[:months, hazards] = np.moveaxis(cross, 1, 0).reshape(months, -1)
    found[step, hazards] = cross[:, late].sum(axis=1).ravel()
    for channel in range(channels):
        own = slice(hazards.start + channel * delays, hazards.start + (channel + 1) * delays)
        found[shares[channel], own] = cross[channel].sum(axis=0)
        found[own, own] = pair[channel].sum(axis=0)
        wide = np.zeros((months + delays, months + delays))
        by_month, by_hazard = np.zeros((months, months + delays)), np.zeros((delays, months + delays))
        for month in range(months):
            to = slice(month, month + delays)
            wide[to, to] += pair[channel, month]
            by_month[month, to] = cross[channel, month]
            by_hazard[:, to] += pair[channel, month]
        here = slice(bursts.start + channel * months, bursts.start + (channel + 1) * months)
        found[here, here], found[own, here] = wide[:months, :months], by_hazard[:, :months]
        found[:months, here], found[shares[channel], here] = by_month[:, :months], by_month[:, :months].sum(axis=0)
        found[step, here] = by_month[late, :months].sum(axis=0)
    upper = np.triu(found)
    return upper + np.triu(upper, 1).T


def _tails(at: FloatArray, cells: Cells) -> list[tuple[float, FloatArray, FloatArray]]:
    """The log odds of coming after the longest delay, by channel, with gradient and second derivatives."""
    channels, _, delays = cells.shape
    found = []
    for odds in at[places(cells)[2]].reshape(channels, delays):
        hazard = expit(odds)
        log_tail = float(-np.logaddexp(0, odds).sum())
        early = -np.expm1(log_tail)
        gradient = -hazard / early
        bend = np.outer(hazard, hazard) * np.exp(log_tail) / early**2 - np.diag(hazard * (1 - hazard)) / early
        found.append((log_tail - float(np.log(early)), gradient, bend))
    return found


def _add_tail(
    at: FloatArray, cells: Cells, priors: Priors, gradient: FloatArray, curvature: FloatArray, *, exact: bool
) -> None:
    delays, start = cells.shape[2], places(cells)[2].start
    wanted, square = np.log(priors.tail) - np.log1p(-priors.tail), priors.tail_spread**2
    for channel, (tail, slope, bend) in enumerate(_tails(at, cells)):
        own = slice(start + channel * delays, start + (channel + 1) * delays)
        gradient[own] -= (tail - wanted) / square * slope
        curvature[own, own] += np.outer(slope, slope) / square
        if exact:
            curvature[own, own] += (tail - wanted) / square * bend
