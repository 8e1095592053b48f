"""The reporting triangle: what is counted where, what is seen, and what is refused by id."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bearwitness.errors import EstimationError
from bearwitness.estimation.triangle import Report, all_channels, monthly_triangles, triangle_of

CHANNELS = ("broker", "phone")
AS_OF = date(2024, 6, 30)


def report(name="a-1", act=date(2024, 5, 9), reported=date(2024, 6, 2), channel="phone"):
    return Report(id=name, act=act, reported=reported, channel=channel)


def counted(reports, as_of=AS_OF, longest=4, **more):
    return monthly_triangles(reports, as_of=as_of, channels=CHANNELS, longest=longest, **more)


@given(st.lists(st.tuples(st.integers(0, 400), st.integers(0, 90), st.sampled_from(CHANNELS)), min_size=1, max_size=40),
       st.integers(0, 40))  # fmt: skip
@settings(max_examples=60, deadline=None)
def test_every_report_is_in_its_cell(drawn, later):
    """Each cell has the reports of its channel, month and delay; together they are all reports."""
    reports = [Report(id=f"a-{n}", act=date(2023, 1, 5) + timedelta(days=day), channel=channel,
                      reported=date(2023, 1, 5) + timedelta(days=day + wait))
               for n, (day, wait, channel) in enumerate(drawn)]  # fmt: skip
    last = max(r.reported for r in reports)
    found = counted(reports, as_of=last + timedelta(days=later))
    expected = Counter(
        (r.channel, r.act.strftime("%Y-%m"), (r.reported.year - r.act.year) * 12 + r.reported.month - r.act.month)
        for r in reports
    )
    cells = {(channel, period, delay): int(t.counts[row, delay]) for channel, t in found.items()
             for row, period in enumerate(t.periods) for delay in range(t.longest + 1)}  # fmt: skip
    assert {cell: count for cell, count in cells.items() if count} == expected
    both = all_channels(found)
    assert both.reported.sum() == len(reports)
    # Outside of what is seen, whole or in part, nothing can be.
    edge = both.seen + int(both.partial)
    assert not both.counts[np.arange(both.longest + 1)[None, :] >= edge[:, None]].any()


def test_a_month_that_has_not_ended_is_seen_in_part():
    """One day before the end of the month its reports are not seen whole; on the last day they are."""
    reports = [report(), report("a-2", date(2024, 4, 1), date(2024, 5, 1)), report("a-3", date(2024, 6, 3))]
    reports[2] = report("a-3", date(2024, 6, 3), date(2024, 6, 20))
    ended = all_channels(counted(reports, as_of=date(2024, 6, 30)))
    assert (ended.partial, ended.periods, list(ended.seen)) == (False, ("2024-04", "2024-05", "2024-06"), [3, 2, 1])
    assert ended.whole() is ended
    begun = all_channels(counted(reports, as_of=date(2024, 6, 29)))
    assert (begun.partial, list(begun.seen)) == (True, [2, 1, 0])
    assert begun.counts.tolist() == ended.counts.tolist()
    whole = begun.whole()
    assert (whole.partial, whole.periods, list(whole.seen)) == (False, ("2024-04", "2024-05"), [2, 1])
    assert whole.counts.tolist() == [[0, 1, 0, 0, 0], [0, 0, 0, 0, 0]]
    assert not counted([report("a", date(2024, 2, 1), date(2024, 2, 9))], as_of=date(2024, 2, 29))["phone"].partial


def test_a_month_without_acts_is_a_row_of_zeros():
    """Months between, before and after acts, and channels without reports, are there."""
    found = counted([report("a", date(2024, 1, 2), date(2024, 1, 3))], first=date(2023, 12, 9))
    assert found["phone"].periods == ("2023-12", "2024-01", "2024-02", "2024-03", "2024-04", "2024-05", "2024-06")
    assert list(found["phone"].reported) == [0, 1, 0, 0, 0, 0, 0]
    assert found["broker"].reported.sum() == 0


@pytest.mark.parametrize(("wrong", "fault"), [
    (report("x-1", reported=date(2024, 7, 1)), "report x-1: dated after the as-of date"),
    (report("x-1", act=date(2024, 7, 2), reported=date(2024, 7, 3)), "report x-1: dated after the as-of date"),
    (report("x-1", channel="radio"), "report x-1: from an unknown channel"),
    (report("x-1", reported=date(2024, 5, 8)), "report x-1: dated before the act"),
    (report("x-1", act=date(2024, 1, 31)), "report x-1: later than 4 months after the act"),
    (report("x-1", act=date(2023, 12, 31), reported=date(2024, 1, 1)), "report x-1: of an act before the first month"),
    (report("a-1"), "report a-1: there twice"),
])  # fmt: skip
def test_a_report_that_does_not_fit_is_named(wrong, fault):
    """A report that cannot be counted is refused by its id, with what to do."""
    with pytest.raises(EstimationError, match=fault) as caught:
        counted([report(), wrong], first=date(2024, 1, 1))
    assert caught.value.hint
    counted([report()], first=date(2024, 1, 1))


def test_many_wrong_reports_are_not_all_listed():
    """Of many ids the first five are named, and how many more there are."""
    wrong = [report(f"x-{n}", channel="radio") for n in range(12)]
    with pytest.raises(EstimationError, match=r"reports x-0, x-1, x-2, x-3, x-4 and 7 more: from"):
        counted(wrong)


def test_there_must_be_something_to_count():
    """No reports and no first month, or a first month after the last, are refused."""
    with pytest.raises(EstimationError, match="no month"):
        counted([])
    with pytest.raises(EstimationError, match="no month"):
        counted([], first=date(2024, 7, 1))
    with pytest.raises(EstimationError, match="2024-06 is not over"):
        counted([report("a", date(2024, 6, 1), date(2024, 6, 2))], as_of=date(2024, 6, 9))["phone"].whole()
    with pytest.raises(ValueError, match="longest"):
        counted([report()], longest=-1)


@pytest.mark.parametrize(("rows", "fault"), [
    ([[3, 1, 1], [2, -1, None], [1, None, None]], "b, delay 1: the count is negative"),
    ([[3, 1, 0.5], [2, 1, None], [1, None, None]], "a, delay 2: the count is not a whole number"),
    ([[3, None, 1], [2, None, None], [1, None, None]], "a, delay 1: the count is missing"),
    ([[3, 1, 1], [2, 1, 1], [1, None, None]], "b, delay 2: the count is of a time that has not come"),
    ([[3, None, None], [2, 1, None], [1, None, None]], "b: the row is seen up to a longer delay"),
    ([[3, 1, 1], [2, 1], [1, None, None]], "b: the row has 2 delays"),
    ([[3, 1, 1], [2, 1, None]], "a row of counts for each period"),
])  # fmt: skip
def test_a_triangle_that_is_none_is_refused(rows, fault):
    """A made triangle with a wrong, missing or impossible cell is refused by its period and delay."""
    with pytest.raises(EstimationError, match=fault):
        triangle_of("abc", rows)


def test_only_alike_triangles_are_summed():
    """Triangles of other periods or delays are not summed up."""
    one = triangle_of("ab", [[1, 2], [3, None]])
    with pytest.raises(ValueError, match="same periods"):
        all_channels({"x": one, "y": triangle_of("ac", [[1, 2], [3, None]])})
    with pytest.raises(ValueError, match="same periods"):
        all_channels({"x": one, "y": triangle_of("ab", [[1, 2], [None, None]])})
    with pytest.raises(EstimationError, match="twice"):
        triangle_of("aa", [[1, 2], [3, None]])
