"""When acts happened by when they became known: the reporting triangle.

A row is a period (a month, or a day) in which acts happened, a column a delay in whole periods until they were
reported. What is reported in a period that has not yet passed is missing, so the rows get shorter towards the end.
A report period that has begun and not ended is seen in part: its counts are a lower bound, and no model here reads
them. Such a triangle is cut back to the last period that is over, and says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

import numpy as np
import numpy.typing as npt

from bearwitness.errors import EstimationError
from bearwitness.estimation.counted import counted

IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]
# Of a long list of ids an error names so many.
_NAMED: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One act, as one channel made it known: the day it happened and the day the report came."""

    id: str
    act: date
    reported: date
    channel: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ReportingTriangle:
    """Counts by act period (rows, oldest first) and delay (columns, from 0).

    ``counts`` has shape (periods, longest delay + 1), 0 where nothing can be seen. ``seen`` has, for each row, how
    many delays from 0 on are seen whole; it never grows from one row to the next. ``partial`` says that the last
    period has not ended; then the cell after those seen whole holds what came so far.
    """

    periods: tuple[str, ...]
    counts: IntArray
    seen: IntArray
    partial: bool = False

    @property
    def longest(self) -> int:
        """The longest delay, in periods."""
        return int(self.counts.shape[1]) - 1

    @property
    def cells(self) -> BoolArray:
        """Which cells are seen whole; same shape as ``counts``."""
        return np.arange(self.longest + 1)[None, :] < self.seen[:, None]

    @property
    def reported(self) -> IntArray:
        """What is reported of each period so far."""
        return np.asarray(self.counts.sum(axis=1))

    def whole(self) -> ReportingTriangle:
        """The triangle up to the last period that is over; itself where the last one is.

        Raises
        ------
        EstimationError
            No period is over.
        """
        if not self.partial:
            return self
        if len(self.periods) == 1:
            raise EstimationError(f"{self.periods[0]} is not over, and there is no earlier period.",
                                  hint="Wait until it is over, or take earlier periods in.")  # fmt: skip
        counts = np.where(self.cells, self.counts, 0)[:-1]
        return replace(self, periods=self.periods[:-1], counts=counts, seen=self.seen[:-1], partial=False)


def triangle_of(periods: Sequence[str], rows: Sequence[Sequence[float | None]]) -> ReportingTriangle:
    """Take a triangle of counts that somebody else made; all its periods are over.

    Parameters
    ----------
    periods : sequence of str
        The label of each row, oldest first, each once; no period is left out.
    rows : sequence of sequences of float or None
        New reports by delay, not summed up. None for what is not seen yet, which is the end of a row; a later row is
        never seen further than an earlier one, and none further than up to the last period.

    Raises
    ------
    EstimationError
        A cell is negative or no whole number, is missing in the middle, or is there though it cannot be seen; rows
        differ in length; a period is there twice.
    """
    if not periods or len(periods) != len(rows) or not len(rows[0]):
        raise EstimationError("a triangle needs a row of counts for each period.", hint="Give both, or neither.")
    if len(set(periods)) != len(periods):
        raise EstimationError("a period of the triangle is there twice.", hint="Give each period once.")
    width = len(rows[0])
    counts, seen = np.zeros((len(rows), width), dtype=np.int64), np.zeros(len(rows), dtype=np.int64)
    for place, (period, row) in enumerate(zip(periods, rows, strict=True)):
        if len(row) != width:
            raise EstimationError(f"{period}: the row has {len(row)} delays, the first row {width}.",
                                  hint="Give all rows the same length.")  # fmt: skip
        there = max((delay for delay, cell in enumerate(row) if cell is not None), default=-1) + 1
        counts[place, :there] = counted([f"{period}, delay {delay}" for delay in range(there)], row[:there])
        if there > len(rows) - place:
            raise EstimationError(f"{period}, delay {there - 1}: the count is of a time that has not come yet.",
                                  hint="Leave cells after the last period empty.")  # fmt: skip
        if place and there > seen[place - 1]:
            raise EstimationError(f"{period}: the row is seen up to a longer delay than the row before it.",
                                  hint="Fill in the row before, or leave the longer delays of both empty.")  # fmt: skip
        seen[place] = there
    return ReportingTriangle(periods=tuple(periods), counts=counts, seen=seen)


def monthly_triangles(
    reports: Iterable[Report], *, as_of: date, channels: Sequence[str], longest: int, first: date | None = None
) -> dict[str, ReportingTriangle]:
    """Count reports by the month of the act and the months until the report, for each channel.

    Parameters
    ----------
    reports : iterable of Report
        Each act once, with its first report. Dates are known to the day: draw uncertain ones first.
    as_of : date
        The last day that is counted, whole. Where it is not the last of its month, that month is seen in part.
    channels : sequence of str
        The channels there are; one without reports gets a triangle of zeros.
    longest : int
        The longest delay, in months. The assumption is that nothing comes later; a report that did is refused, not
        put into the last column, where young months could not have it yet.
    first : date, optional
        A day of the first month counted; without it, the month of the earliest act.

    Returns
    -------
    dict of str to ReportingTriangle
        In the order of ``channels``, all of the same shape.

    Raises
    ------
    EstimationError
        A report names an unknown channel, is dated after ``as_of`` or before its act, came later than ``longest``
        allows, or is of an act before ``first``; an id is there twice; there are no reports and no ``first``.
    ValueError
        ``longest`` is negative, or a channel is named twice.
    """
    if longest < 0 or len(set(channels)) != len(channels):
        raise ValueError("longest must not be negative, and channels must differ")
    kept = list(reports)
    start = _month(first) if first is not None else min((_month(r.act) for r in kept), default=None)
    end = _month(as_of)
    if start is None or start > end:
        raise EstimationError("there is no month to count.", hint="Say which month is the first, up to the as-of date.")
    _check_reports(kept, as_of, frozenset(channels), longest, start)
    months = end - start + 1
    counts = {channel: np.zeros((months, longest + 1), dtype=np.int64) for channel in channels}
    for report in kept:
        counts[report.channel][_month(report.act) - start, _delay(report)] += 1
    labels = tuple(f"{number // 12:04d}-{number % 12 + 1:02d}" for number in range(start, end + 1))
    partial = (as_of + timedelta(days=1)).day != 1
    seen = np.minimum(np.arange(months, 0, -1) - int(partial), longest + 1)
    return {c: ReportingTriangle(periods=labels, counts=table, seen=seen, partial=partial)
            for c, table in counts.items()}  # fmt: skip


def all_channels(triangles: Mapping[str, ReportingTriangle]) -> ReportingTriangle:
    """Sum triangles of several channels up.

    Raises
    ------
    ValueError
        There is none, or they are not of the same periods and delays.
    """
    each = list(triangles.values())
    if not each or any(
        (t.periods, t.partial, t.longest) != (each[0].periods, each[0].partial, each[0].longest)
        or (t.seen != each[0].seen).any() for t in each
    ):  # fmt: skip
        raise ValueError("only triangles of the same periods and delays can be summed up")
    return replace(each[0], counts=np.sum([t.counts for t in each], axis=0))


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1


def _delay(report: Report) -> int:
    return _month(report.reported) - _month(report.act)


def _check_reports(reports: Sequence[Report], as_of: date, channels: frozenset[str], longest: int, start: int) -> None:
    twice = [name for name, times in Counter(r.id for r in reports).items() if times > 1]
    faults = (
        (twice, "there twice", "Count each act once, with its first report."),
        ([r.id for r in reports if r.channel not in channels], "from an unknown channel",
         "Name all channels, or correct the report."),
        ([r.id for r in reports if max(r.act, r.reported) > as_of], "dated after the as-of date",
         "Correct the date, take a later as-of date, or leave later reports out."),
        ([r.id for r in reports if r.reported < r.act], "dated before the act", "Correct one of the two dates."),
        ([r.id for r in reports if _month(r.act) < start], "of an act before the first month",
         "Take an earlier first month, or leave them out."),
        ([r.id for r in reports if _delay(r) > longest], f"later than {longest} months after the act",
         "Take a longer delay in."),
    )  # fmt: skip
    for ids, fault, hint in faults:
        if ids:
            named = ", ".join(ids[:_NAMED]) + (f" and {len(ids) - _NAMED} more" if len(ids) > _NAMED else "")
            raise EstimationError(f"{'reports' if len(ids) > 1 else 'report'} {named}: {fault}.", hint=hint)
