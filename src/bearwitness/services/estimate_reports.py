"""From the record of a case to reporting triangles: when acts happened by when the first account of each was given.

Clusterings are drawn from the doubt that is left, and within each every date that is not known to the day. An act
counts as reported by the account that was given first, in the channel of that account.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from bearwitness.errors import EstimationError
from bearwitness.estimation.dated import UncertainReport, draw_reports
from bearwitness.estimation.triangle import Report, ReportingTriangle, monthly_triangles
from bearwitness.linkage.channels import Channels
from bearwitness.services.accounts import accounts_by_act, days_of
from bearwitness.services.estimate_record import channels_of
from bearwitness.services.review_acts import WHOLE
from bearwitness.services.review_facts import ReviewDesk, open_review
from bearwitness.services.review_samples import SAMPLES, draw
from bearwitness.services.unlocked import Unlocked
from bearwitness.vault.trail import Act as Step

# The channel of accounts that are on no list; no desk has brackets.
NO_LIST: Final = "(no list)"

Span = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportWindow:
    """What is counted: acts from the month of ``first`` on, known on ``as_of``, reported within ``longest`` months."""

    first: date
    as_of: date
    longest: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordReports:
    """What a case gives to the models of delay and change.

    ``imputations`` has a triangle for each channel, once for each clustering; one alone where nothing is in doubt.
    The numbers are of acts, at the least and at the most over the clusterings: those that are counted; those without a
    day of the act or of any account; those from before the window; those of which the first account came later than
    the longest delay.
    """

    imputations: tuple[Mapping[str, ReportingTriangle], ...]
    channels: Channels
    clusterings: int
    counted: Span
    undated: Span
    before: Span
    late: Span


def read_reports(
    vault: Unlocked, name: str, *, window: ReportWindow, seed: int, action: str, count: int = SAMPLES
) -> RecordReports:
    """Make the triangles of a case; leaves an entry with the action.

    Parameters, roles and errors as of `estimate_record.read_record`, and

    Raises
    ------
    EstimationError
        An act is later than the first account of it, whatever days their dates allow; it is named.
    """
    desk = open_review(vault, name, needs=WHOLE)
    step = Step(action=action, case=desk.opened.id, things={"samples": count})
    with vault.refusing(step, case=desk.opened):
        channels = channels_of(desk)
        acts = [_first_reports(desk, c, channels, window) for c in draw(desk, seed=seed, count=count)]
        found = _triangles(acts, channels, window, seed)
    vault.record(step, case=desk.opened)
    return found


def _first_reports(
    desk: ReviewDesk, clustering: Sequence[Sequence[str]], channels: Channels, window: ReportWindow
) -> tuple[list[UncertainReport], int]:
    """The acts of a clustering with their first report, and how many have none, or no day."""
    told, accounts = accounts_by_act(desk.case), {t.id: t for t in desk.case.testimonies}
    acts = {str(a.id): a for a in desk.case.acts}
    found, undated = [], 0
    for cluster in clustering:
        days = [s for act in cluster if (s := _span(days_of(acts[act].date))) is not None]
        given = sorted(
            (span[0], span[1], t) for act in cluster for t in told.get(act, ())
            if (span := _span(days_of(accounts[t].told))) is not None
        )  # fmt: skip
        if not days or not given:
            undated += 1
            continue
        when = _together(days)
        if len(cluster) > 1:
            # Drawn as one, and perhaps not one: an account that was given before the act is of another.
            given = [g for g in given if g[1] >= when[0]] or given
        if given[0][0] <= window.as_of.toordinal() and when[0] <= window.as_of.toordinal():
            low, high, account = given[0]
            found.append(UncertainReport(
                id=cluster[0], act_earliest=date.fromordinal(when[0]), act_latest=date.fromordinal(when[1]),
                reported_earliest=date.fromordinal(low), reported_latest=date.fromordinal(high),
                channel=channels.list_of.get(account, NO_LIST),
            ))  # fmt: skip
    return found, undated


def _triangles(
    acts: Sequence[tuple[list[UncertainReport], int]], channels: Channels, window: ReportWindow, seed: int
) -> RecordReports:
    drawn = [
        draw_reports(reports, as_of=window.as_of, rng=np.random.default_rng((seed, at)))
        for at, (reports, _) in enumerate(acts)
    ]
    kept = [[r for r in reports if not _is_before(r, window) and not _is_late(r, window)] for reports in drawn]
    if not any(kept):
        raise EstimationError("no act of the window has a first account within the longest delay.",
                              hint="Take earlier months in with --since, or a longer --longest.")  # fmt: skip
    used = {r.channel for reports in kept for r in reports}
    names = [name for name in (*channels.lists, NO_LIST) if name in used]
    made = [
        monthly_triangles(r, as_of=window.as_of, channels=names, longest=window.longest, first=window.first)
        for r in kept
    ]
    same = all(_alike(one, made[0]) for one in made[1:])
    before = [sum(_is_before(r, window) for r in reports) for reports in drawn]
    late = [sum(_is_late(r, window) and not _is_before(r, window) for r in reports) for reports in drawn]
    return RecordReports(
        imputations=tuple(made[:1] if same else made), channels=channels, clusterings=len(made),
        counted=_ends([len(reports) for reports in kept]), undated=_ends([number for _, number in acts]),
        before=_ends(before), late=_ends(late),
    )  # fmt: skip


def _alike(one: Mapping[str, ReportingTriangle], other: Mapping[str, ReportingTriangle]) -> bool:
    return all(np.array_equal(one[channel].counts, other[channel].counts) for channel in one)


def _is_before(report: Report, window: ReportWindow) -> bool:
    return _month(report.act) < _month(window.first)


def _is_late(report: Report, window: ReportWindow) -> bool:
    return _month(report.reported) - _month(report.act) > window.longest


def _month(day: date) -> int:
    return day.year * 12 + day.month


def _span(days: tuple[int | None, int | None]) -> Span | None:
    low, high = days
    return None if low is None or high is None else (low, high)


def _together(spans: Sequence[Span]) -> Span:
    """The days that all dates of an act allow; all that any allows, where they contradict each other."""
    low, high = max(s[0] for s in spans), min(s[1] for s in spans)
    return (low, high) if low <= high else (min(s[0] for s in spans), max(s[1] for s in spans))


def _ends(numbers: Sequence[int]) -> Span:
    return min(numbers), max(numbers)
