"""What the delay model answers: draws, what is read off them, and draws of several imputations put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from bearwitness.errors import EstimationError
from bearwitness.estimation.delay_priors import DelayPriors, TailPrior
from bearwitness.estimation.outcome import Check

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """The median of what is believed, and the ends of the central interval."""

    low: float
    median: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class DelayMonth:
    """One month of acts: how many are reported so far, and how many will ever be.

    ``reported`` is the mean over imputations, where dates of acts are uncertain. ``in_time`` counts acts that come
    within the longest delay, ``ever`` those that come later too: there the prior of the tail speaks. ``open`` says
    that some of its delays lie ahead; where none do, ``in_time`` is what is reported.
    """

    period: str
    reported: float
    open: bool
    in_time: Range
    ever: Range


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelDelay:
    """One channel: the share of its acts reported by each delay, of those that come within the longest.

    It is that of months without bursts or silence. The last is 1.
    """

    channel: str
    reported_by: tuple[Range, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DelayEstimate:
    """Months, oldest first; channels, in their order; all that was assumed; and what the answer rests on.

    ``to_come`` is how many acts of these months are not reported yet and ever will be, ``to_come_in_time`` those of
    them within the longest delay. ``left_out`` is the last month where it was not over, else None. ``checks`` are
    the worst of each over the imputations.
    """

    level: float
    months: tuple[DelayMonth, ...]
    channels: tuple[ChannelDelay, ...]
    to_come: Range
    to_come_in_time: Range
    longest: int
    left_out: str | None
    tail: TailPrior
    priors: DelayPriors
    checks: tuple[Check, ...]
    imputations: int
    draws: int
    seed: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DelayDraws:
    """Draws from the posterior, given one set of dates.

    ``in_time`` and ``ever`` have shape (draws, months), ``reported_by`` (draws, channels, longest delay + 1), as in
    `DelayMonth` and `ChannelDelay`; ``reported`` and ``open_months`` shape (months,); ``scales``, named as in
    `DelayPriors`, shape (draws,).
    """

    periods: tuple[str, ...]
    channels: tuple[str, ...]
    reported: IntArray
    open_months: npt.NDArray[np.bool_]
    in_time: IntArray
    ever: IntArray
    reported_by: FloatArray
    scales: dict[str, FloatArray]
    checks: tuple[Check, ...]
    left_out: str | None


def read_off(
    each: Sequence[DelayDraws], *, level: float, tail: TailPrior, priors: DelayPriors, seed: int
) -> DelayEstimate:
    """Put draws of several imputations together, each counting the same, and read the answer off.

    Raises
    ------
    EstimationError
        Imputations are of different months or channels.
    ValueError
        There is none, they differ in draws, or the level is not within 0 and 1.
    """
    if not each or not 0 < level < 1:
        raise ValueError("there must be draws, and a level within 0 and 1")
    first = each[0]
    if any((d.periods, d.channels, d.left_out) != (first.periods, first.channels, first.left_out) for d in each):
        raise EstimationError("imputations are not of the same months and channels.",
                              hint="Count all of them from the same first month, up to the same day.")  # fmt: skip
    draws = min(len(d.in_time) for d in each)
    in_time = np.concatenate([_thin(d.in_time, draws) for d in each])
    ever = np.concatenate([_thin(d.ever, draws) for d in each])
    reported = np.concatenate([np.broadcast_to(d.reported, (draws, len(d.reported))) for d in each])
    by = np.concatenate([_thin(d.reported_by, draws) for d in each])
    months = tuple(
        DelayMonth(period=period, reported=float(np.mean([d.reported[place] for d in each])),
                   open=bool(first.open_months[place]), in_time=_range(in_time[:, place], level, whole=True),
                   ever=_range(ever[:, place], level, whole=True))
        for place, period in enumerate(first.periods)
    )  # fmt: skip
    channels = tuple(
        ChannelDelay(channel=name, reported_by=tuple(_range(by[:, place, d], level) for d in range(by.shape[2])))
        for place, name in enumerate(first.channels)
    )  # fmt: skip
    return DelayEstimate(
        level=level, months=months, channels=channels, tail=tail, priors=priors, seed=seed, longest=by.shape[2] - 1,
        to_come=_range((ever - reported).sum(axis=1), level, whole=True),
        to_come_in_time=_range((in_time - reported).sum(axis=1), level, whole=True),
        left_out=first.left_out, checks=_worst([d.checks for d in each]), imputations=len(each), draws=len(by),
    )  # fmt: skip


def _thin(values: npt.NDArray[Any], draws: int) -> npt.NDArray[Any]:
    """So many of the draws, evenly spread, so that no imputation counts more than another."""
    return np.asarray(values[np.linspace(0, len(values) - 1, draws).astype(int)])


def _range(values: npt.NDArray[Any], level: float, *, whole: bool = False) -> Range:
    at = ((1 - level) / 2, 0.5, (1 + level) / 2)
    numbers = np.asarray(values, dtype=float)
    low, median, high = np.quantile(numbers, at, method="inverted_cdf" if whole else "linear")
    return Range(low=float(low), median=float(median), high=float(high))


def _worst(each: Sequence[tuple[Check, ...]]) -> tuple[Check, ...]:
    kinds = zip(*each, strict=True)
    return tuple((min if same[0].least else max)(same, key=lambda check: check.value) for same in kinds)
