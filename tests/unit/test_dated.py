"""Days drawn within intervals: each possible pair as often as any other, impossible ones named."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.stats import chisquare

from bearwitness.errors import EstimationError
from bearwitness.estimation.dated import UncertainReport, draw_reports

START = date(2024, 2, 20)
SPAN = st.tuples(st.integers(0, 30), st.integers(0, 14))


def uncertain(act=(0, 0), reported=(5, 0), name="a-1", channel="phone"):
    """A report whose act and report are known to be within so many days after a day of February 2024."""
    days = [START + timedelta(days=number) for number in (act[0], sum(act), reported[0], sum(reported))]
    return UncertainReport(id=name, act_earliest=days[0], act_latest=days[1], reported_earliest=days[2],
                           reported_latest=days[3], channel=channel)  # fmt: skip


def possible(report, as_of):
    """All pairs of days that can be, one by one."""
    def days_of(first, last):
        return [first + timedelta(days=n) for n in range((last - first).days + 1)]

    acts = days_of(report.act_earliest, report.act_latest)
    days = days_of(report.reported_earliest, report.reported_latest)
    return [(act, day) for act, day in product(acts, days) if act <= day <= as_of]


@given(SPAN, SPAN, st.integers(0, 50), st.integers(0, 2**32))
@settings(max_examples=40, deadline=None)
def test_pairs_are_as_frequent_as_each_other(act, reported, as_of, seed):
    """Whatever the intervals, only possible pairs are drawn, all of them, equally often."""
    report, end = uncertain(act, reported), START + timedelta(days=as_of)
    pairs = possible(report, end)
    assume(pairs)
    times = 20 * len(pairs) + 50
    drawn = draw_reports([report] * times, as_of=end, rng=np.random.default_rng(seed))
    found = Counter((r.act, r.reported) for r in drawn)
    assert set(found) <= set(pairs)
    if len(pairs) > 1:
        # Of 40 examples one below a millionth is no chance.
        assert chisquare([found[pair] for pair in pairs]).pvalue > 1e-6


def test_known_days_stay():
    """Days that are known for certain are not moved; ids, channels and the order stay."""
    reports = [uncertain(name=f"a-{n}", act=(n, 0), reported=(n + 3, 0), channel=c) for n, c in enumerate("xyz")]
    drawn = draw_reports(reports, as_of=date(2024, 6, 1), rng=np.random.default_rng(1))
    assert [(r.id, r.channel, r.act, r.reported) for r in drawn] == [
        (u.id, u.channel, u.act_earliest, u.reported_earliest) for u in reports
    ]
    assert draw_reports([], as_of=date(2024, 6, 1), rng=np.random.default_rng(1)) == ()


def test_the_same_seed_draws_the_same():
    """The same state of the generator draws the same days, another one other days."""
    reports = [uncertain(act=(0, 20), reported=(10, 30), name=f"a-{n}") for n in range(50)]
    one, again, other = (
        draw_reports(reports, as_of=date(2024, 12, 1), rng=np.random.default_rng(seed)) for seed in (1, 1, 2)
    )
    assert one == again
    assert one != other


def test_impossible_days_are_named():
    """Reports that can have no pair of days are named, the first five of them, whatever is wrong."""
    end, fine = START + timedelta(days=20), uncertain(name="fine")
    wrong = [
        uncertain(name="after-as-of", reported=(21, 5)), uncertain(name="before-act", act=(10, 3), reported=(2, 7)),
        uncertain(name="act-backwards", act=(4, -1)), uncertain(name="report-backwards", reported=(9, -1)),
        uncertain(name="act-after-as-of", act=(21, 2), reported=(21, 9)),
    ]  # fmt: skip
    for report in wrong:
        with pytest.raises(EstimationError, match=f"report {report.id}: no day") as caught:
            draw_reports([fine, report], as_of=end, rng=np.random.default_rng(1))
        assert caught.value.hint
        assert "fine" not in str(caught.value)
    many = [replace(wrong[0], id=f"w-{n}") for n in range(7)]
    with pytest.raises(EstimationError, match="reports w-0, w-1, w-2, w-3, w-4 and 2 more: no day"):
        draw_reports(many, as_of=end, rng=np.random.default_rng(1))
