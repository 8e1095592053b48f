"""Judges from the record of a case whether acts changed from a month on, when their reporting may have changed too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

import numpy as np

from bearwitness.errors import UsageError
from bearwitness.estimation.change_verdict import ChangeVerdict, Settings, change_after
from bearwitness.estimation.triangle import ReportingTriangle, all_channels
from bearwitness.services.estimate_change_shown import ChangeEstimated, MonthShown
from bearwitness.services.estimate_reports import RecordReports, ReportWindow, read_reports
from bearwitness.services.unlocked import Unlocked

# So much time before a month is read where nothing else is said: enough dates to try, and not more than is needed.
YEARS_BEFORE: Final = 7


def estimate_change(
    vault: Unlocked, name: str, *, month: date, as_of: date | None = None, since: date | None = None,
    longest: int = 24, level: float = 0.95, seed: int = 0,
) -> ChangeEstimated:  # fmt: skip
    """Judge whether acts changed from a month on; leaves an entry.

    Parameters
    ----------
    vault : Unlocked
        By a member with identity, chain and content of the case.
    name : str
        The case.
    month : date
        A day of the first month after the date.
    as_of : date, optional
        The last day that is counted; today.
    since : date, optional
        A day of the first month that is counted; seven years before ``month``.
    longest : int
        How many months after it an act may be reported; what came later is left out of all months alike.
    level : float
        Of the intervals.
    seed : int
        The same seed gives the same answer of the same record.

    Raises
    ------
    UsageError
        The months are not in order.
    EstimationError, AccessDenied, LinkageError
        As of `read_reports` and `change_after`.
    """
    last = as_of or vault.today()
    first = since or month.replace(year=month.year - YEARS_BEFORE, day=1)
    if not first <= month <= last:
        raise UsageError("the month lies outside of what is counted.", hint="Check --month, --since and --as-of.")
    window = ReportWindow(first=first, as_of=last, longest=longest)
    found = read_reports(vault, name, window=window, seed=seed, action="estimate.change")
    verdict = change_after(found.imputations, month=f"{month:%Y-%m}", settings=Settings(level=level))
    return _shown(verdict, found, window, level, seed)


def _shown(
    verdict: ChangeVerdict, found: RecordReports, window: ReportWindow, level: float, seed: int
) -> ChangeEstimated:
    told = verdict.verdict != "not identified"
    return ChangeEstimated(
        month=verdict.month, verdict=verdict.verdict, reasons=verdict.reasons, changes=verdict.changes,
        ratio=verdict.ratio if told else None, if_lost=verdict.if_lost if told else None,
        delay_step=verdict.delay_step if told else None, checks=verdict.checks, placebos=len(verdict.placebos),
        after=verdict.after, level=level, seed=seed, first=window.first, as_of=window.as_of, longest=window.longest,
        imputations=len(found.imputations), clusterings=found.clusterings, counted=found.counted,
        undated=found.undated, before=found.before, late=found.late, merged=found.channels.merged,
        months=_months(found.imputations),
    )  # fmt: skip


def _months(imputations: Sequence[Mapping[str, ReportingTriangle]]) -> tuple[MonthShown, ...]:
    sums = [all_channels(triangles) for triangles in imputations]
    mean = np.mean([one.counts.sum(axis=1) for one in sums], axis=0)
    first = sums[0]
    return tuple(
        MonthShown(month=period, acts=float(acts), open=bool(seen <= first.longest))
        for period, acts, seen in zip(first.periods, mean, first.seen, strict=True)
    )
