"""Reports whose days are known only within an interval: drawn, so that uncertainty of dates is kept.

"In the spring" is an interval of days, and so is "heard of it in May or June". A day is drawn for each, many times
over, and every draw is estimated from (``imputed.combine``). The assumption is that each pair of days that can be is
as probable as any other: the act on or before the day it was reported, both in their intervals, and the report no
later than the as-of day, since it is known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from bearwitness.errors import EstimationError
from bearwitness.estimation.triangle import IntArray, Report

# Of a long list of ids an error names so many.
_NAMED: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class UncertainReport:
    """One act, as one channel made it known: the first and last day it can have happened and been reported on."""

    id: str
    act_earliest: date
    act_latest: date
    reported_earliest: date
    reported_latest: date
    channel: str


def draw_reports(
    reports: Sequence[UncertainReport], *, as_of: date, rng: np.random.Generator
) -> tuple[Report, ...]:
    """Draw both days of each report.

    Parameters
    ----------
    reports : sequence of UncertainReport
        In this order they are drawn.
    as_of : date
        The last day that is counted; no later day of reporting is drawn.
    rng : numpy.random.Generator
        What it draws from; the same state, the same days.

    Raises
    ------
    EstimationError
        Reports have no pair of days that can be; they are named.
    """
    bounds = np.array(
        [[day.toordinal() for day in (r.act_earliest, r.act_latest, r.reported_earliest, min(r.reported_latest, as_of))]
         for r in reports], dtype=np.int64,
    ).reshape(-1, 4)  # fmt: skip
    first, last, known, latest = bounds.T
    last = np.minimum(last, latest)
    impossible = [r.id for r, wrong in zip(reports, (first > last) | (known > latest), strict=True) if wrong]
    if impossible:
        more = f" and {len(impossible) - _NAMED} more" if len(impossible) > _NAMED else ""
        raise EstimationError(
            f"{'reports' if len(impossible) > 1 else 'report'} {', '.join(impossible[:_NAMED])}{more}: no day of the "
            "act and day of the report, in this order and up to the as-of date, are within the dates given.",
            hint="Correct the dates, take a later as-of date, or leave later reports out.")  # fmt: skip
    acts, days = _pairs(first, last, known, latest, rng)
    return tuple(
        Report(id=r.id, act=date.fromordinal(int(act)), reported=date.fromordinal(int(day)), channel=r.channel)
        for r, act, day in zip(reports, acts, days, strict=True)
    )


def _pairs(
    first: IntArray, last: IntArray, known: IntArray, latest: IntArray, rng: np.random.Generator
) -> tuple[IntArray, IntArray]:  # fmt: skip
    """One pair of days for each report, each pair as probable as any other.

    Act days up to ``known`` leave all days of reporting free, a rectangle; later ones leave fewer and fewer, a
    triangle beside it. Both are counted, one number is drawn, and it is read as a pair.
    """
    width = latest - known + 1
    free = np.clip(np.minimum(last, known) - first + 1, 0, None)
    start = np.maximum(first, known + 1)
    # Acts on ``start`` leave ``longest`` days, those on ``last`` leave ``latest - last + 1``.
    longest, steps = latest - start + 1, np.clip(last - start + 1, 0, None)
    triangle = steps * longest - steps * (steps - 1) // 2
    drawn = rng.integers(0, free * width + triangle)
    inside = drawn < free * width
    rest = np.where(inside, 0, drawn - free * width)
    # The largest step whose pairs before it are no more than ``rest``; the root is one off at most.
    step = ((2 * longest + 1 - np.sqrt(np.maximum((2 * longest + 1) ** 2 - 8 * rest, 0))) // 2).astype(np.int64)
    step += rest >= _before(step + 1, longest)
    step -= rest < _before(step, longest)
    acts = np.where(inside, first + drawn // width, start + step)
    days = np.where(inside, known + drawn % width, start + step + rest - _before(step, longest))
    return acts, days


def _before(step: IntArray, longest: IntArray) -> IntArray:
    """How many pairs the first ``step`` days of the triangle have."""
    return step * longest - step * (step - 1) // 2
