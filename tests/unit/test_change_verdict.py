"""Change after a date: derivatives, verdicts on worlds of known truth, rules, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from change_worlds import FIRST, LONGEST, World, last_day, month_of, reports_of, triangles_of

from bearwitness.errors import EstimationError
from bearwitness.estimation.change_fit import fit_steps
from bearwitness.estimation.change_model import Cells, Priors, Spread, log_posterior, prior_of, terms_at
from bearwitness.estimation.change_placebo import months_after, placebo_rows, placebo_share
from bearwitness.estimation.change_rules import Interval, judge
from bearwitness.estimation.change_verdict import Settings, change_after
from bearwitness.estimation.dated import UncertainReport, draw_reports
from bearwitness.estimation.outcome import Check
from bearwitness.estimation.triangle import ReportingTriangle, monthly_triangles, triangle_of

CALM = World(monthly=120, scatter=0.02, wander=0.004, bursts=0.1, season=0.05)
ONE = Interval(low=0.9, median=1.0, high=1.1)
DOWN = Interval(low=0.4, median=0.5, high=0.6)
HOLDS, FAILS = (Check(name="placebo_ratio", value=value, limit=0.05) for value in (0.04, 0.1))


def judged(world, seed):
    return change_after([triangles_of(world, seed)], month=month_of(world.before))


def small_cells(seed=0, step=8):
    rng = np.random.default_rng(seed)
    seen = np.arange(14)[:, None] + np.arange(5) < 14
    return Cells(counts=np.where(seen, rng.poisson(3, (2, 14, 5)), 0).astype(float), seen=seen, step=step, phase=4)


def test_derivatives_are_exact():
    """Gradient and curvature agree with numerical differences at a point drawn at random."""
    cells, priors = small_cells(), Priors()
    prior = prior_of(cells, priors, Spread())
    at = prior.mean + np.random.default_rng(1).normal(0, 0.3, len(prior.mean))
    found, moves = terms_at(at, cells, priors, prior, 0.1), 1e-5 * np.eye(len(at))
    def value(where):
        return log_posterior(where, cells, priors, prior, 0.1)

    def gradient(where):
        return terms_at(where, cells, priors, prior, 0.1).gradient

    assert found.value == value(at)
    slope = [(value(at + m) - value(at - m)) / 2e-5 for m in moves]
    assert found.gradient == pytest.approx(np.array(slope), abs=1e-5)
    bend = [(gradient(at - m) - gradient(at + m)) / 2e-5 for m in moves]
    assert found.curvature == pytest.approx(np.array(bend), abs=1e-5)
    sure = terms_at(at, cells, priors, prior, 0.1, exact=False).curvature
    assert np.linalg.eigvalsh(sure).min() > 0


def test_what_comes_later_does_not_reach_a_placebo_date():
    """Cells of an earlier as-of date are those that were known then, whatever came afterwards."""
    one, other = small_cells(), small_cells()
    other.counts[:, 9:] = 50
    other.counts[:, np.add.outer(np.arange(14), np.arange(5)) >= 9] = 50
    assert (one.until(9, 5).counts == other.until(9, 5).counts).all()
    assert (one.until(9, 5).seen.sum(axis=1) == [5, 5, 5, 5, 5, 4, 3, 2, 1]).all()


def test_no_report_leaves_the_prior():
    """Where nothing is seen after the date, the steps keep the width that was supposed beforehand."""
    found = fit_steps(small_cells(step=14), Priors(), Spread())
    assert found.sure
    assert np.sqrt(np.diag(found.covariance)) == pytest.approx([1, 1], abs=1e-6)


def test_acts_that_fall_are_found():
    """Of four worlds whose acts fall to two fifths it says changed in three at least; reporting has no step in any."""
    each = [judged(World(acts=0.4), seed) for seed in range(8, 12)]
    found = [one for one in each if one.verdict == "changed"]
    assert len(found) >= 3
    assert all(one.ratio.low < 0.4 < one.ratio.high < 1 for one in found)
    assert all(one.placebo_ratio <= 0.05 and one.changes == () for one in found)
    assert all(one.delay_step.low < 1 < one.delay_step.high for one in each)
    assert (each[0].after, len(each[0].placebos)) == (15, 28)
    assert each[0].placebos[-1] == month_of(45)  # fifteen months before the date; no later one is like it


@pytest.mark.parametrize("pace", [0.5, 2.0])
def test_reporting_alone_is_no_change_of_acts(pace):
    """Where only reporting becomes slower or faster, no change of acts is said, and the delay step is seen."""
    found = judged(World(reporting=pace), 12)
    assert found.verdict != "changed"
    assert found.ratio.low < 1 < found.ratio.high
    assert found.delay_step.side == (1 if pace > 1 else -1)
    assert found.placebo_delay <= 0.05


def test_calm_months_can_show_that_nothing_changed():
    """With many acts and little scatter it says not changed where nothing changed."""
    found = judged(CALM, 3)
    assert found.verdict == "not changed"
    assert found.ratio.within((0.8, 1.25))


def test_a_channel_that_falls_silent_is_no_change():
    """Where one of two channels stops, the channels are said to disagree, and nothing is identified."""
    found = judged(World(closes=True), 6)
    assert found.verdict == "not identified"
    assert any("channels do not agree" in reason for reason in found.reasons)


@pytest.mark.parametrize(("world", "reason"), [
    (World(after=4), "too few months after the date"),
    (World(before=40, after=8), "too few earlier months"),
    (World(monthly=0.4, before=50), "too few acts from before"),
])  # fmt: skip
def test_too_little_is_not_identified(world, reason):
    """Few months after, few placebo dates or few acts: not identified, with the reason, what to do, and no ratio."""
    found = judged(world, 2)
    assert found.verdict == "not identified"
    assert any(reason in told for told in found.reasons)
    assert found.changes
    assert found.ratio is None


def test_uncertain_dates_widen_the_interval():
    """Dates known to three months or so give a wider interval than the same dates known to the day."""
    world = World(before=44, after=7, acts=0.4)
    known = [r for r in reports_of(world, 5) if (r.reported - r.act).days < 120 and r.channel == "phone"]
    blurred = [UncertainReport(id=r.id, act_earliest=max(FIRST, r.act - timedelta(45)),
                               act_latest=r.act + timedelta(45), reported_earliest=r.reported,
                               reported_latest=r.reported, channel=r.channel)
               for r in known]  # fmt: skip
    rng = np.random.default_rng(4)
    drawn = [draw_reports(blurred, as_of=last_day(world), rng=rng) for _ in range(20)]
    sharp, wide = (
        change_after([monthly_triangles(d, as_of=last_day(world), channels=("phone",), longest=6, first=FIRST)
                      for d in draws], month=month_of(44))
        for draws in ([known], drawn)
    )  # fmt: skip
    assert sharp.fraction_missing == 0
    assert 0 < wide.fraction_missing < 1
    assert wide.ratio.median > sharp.ratio.median  # blurred towards no change


def test_the_rules():
    """Each verdict is given where its rule holds, and not where one part of it fails."""
    region, good = (0.8, 1.25), (Check(name="months_after", value=12, limit=6, least=True),)
    assert judge(DOWN, DOWN, HOLDS, good, region).verdict == "changed"
    assert judge(DOWN, DOWN, FAILS, good, region).verdict == "not identified"
    assert judge(DOWN, ONE, HOLDS, good, region).verdict == "not identified"
    assert judge(ONE, ONE, FAILS, good, region).verdict == "not changed"
    assert judge(ONE, Interval(low=0.9, median=1.1, high=1.3), HOLDS, good, region).verdict == "not identified"
    assert judge(Interval(low=0.7, median=1, high=1.2), ONE, HOLDS, good, region).verdict == "not identified"
    bad = (Check(name="correlation", value=0.9, limit=0.8),)
    for ratio in (DOWN, ONE):
        told = judge(ratio, ratio, HOLDS, (*good, *bad), region)
        assert told.verdict == "not identified"
        assert "cannot be told apart" in told.reasons[0]
        assert len(told.changes) == 1
    small = Interval(low=0.85, median=0.9, high=0.95)
    assert "small change" in judge(small, small, HOLDS, good, region).reasons[-1]


def test_placebo_arithmetic():
    """The share counts the real date; months after a date leave nineteen placebo dates where they can."""
    assert placebo_share(2.0, [0.1, -1.9, 1.0]) == 0.25
    assert placebo_share(-2.0, [2.0, -3.0, 1.0]) == 0.75
    assert [months_after(*each) for each in ((60, 15), (60, 40), (45, 30), (30, 30), (60, 3))] == [15, 24, 9, 6, 3]
    assert len(placebo_rows(60, 24)) == 19
    assert len(placebo_rows(20, 6)) == 0


def test_bad_input_is_refused():
    """A date not within the months, cells that are no counts, no reports, few draws: errors that say where."""
    world = World(before=24, after=8)
    good = triangles_of(world, 1)
    broker, phone = good["broker"], good["phone"]
    half, below = phone.counts.astype(float), phone.counts.copy()
    half[3, 1], below[3, 1] = 0.5, -1
    nothing = replace(phone, counts=np.zeros_like(phone.counts))
    other = triangle_of(["2016-01"], [[1, *[None] * LONGEST]])
    for draws, month, fault in (
        ([good], "2019-01", "2019-01 is not among the months from 2016-01 to 2018-08"),
        ([good | {"phone": replace(phone, counts=half)}], "2018-01", "phone, 2016-04, delay 1: .* not a whole number"),
        ([good | {"phone": replace(phone, counts=below)}], "2018-01", "phone, 2016-04, delay 1: .* negative"),
        ([{"phone": nothing}], "2018-01", "no channel has any report"),
        ([{}], "2018-01", "no channel to read"),
        ([good] * 3, "2018-01", "3 draws .* too few"),
        ([good] * 19 + [good | {"radio": phone}], "2018-01", "draw 20: channel radio is unknown"),
        ([{"broker": broker, "phone": other}], "2018-01", "channel phone: its months"),
    ):
        with pytest.raises(EstimationError, match=fault) as caught:
            change_after(draws, month=month)
        assert caught.value.hint
    for wrong in ({"level": 1.0}, {"region": (1.1, 1.3)}, {"lost": 1.0}):
        with pytest.raises(ValueError, match="region"):
            Settings(**wrong)


def test_a_month_that_is_not_over_is_no_date():
    """A date in the month that is not over is refused, for nothing after it is known."""
    counts = np.ones((2, 1), dtype=int)
    found = ReportingTriangle(periods=("a", "b"), counts=counts, seen=np.array([1, 0]), partial=True)
    with pytest.raises(EstimationError, match="b is not among the months from a to a"):
        change_after([{"phone": found}], month="b")
