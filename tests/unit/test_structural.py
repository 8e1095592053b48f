"""The step of a monthly series: on series made with a known step, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest

from bearwitness.engines import structural
from bearwitness.engines.structural import structural_change
from bearwitness.errors import EstimationError

MONTHS = [f"{2014 + n // 12}-{n % 12 + 1:02d}" for n in range(120)]
STEP = "2021-01"


def series(seed, step=0.0, scatter=0.0, level=200.0, months=120, walk=0.02):
    """Counts with a wandering level, a season and a step at ``STEP``; variance mean + (scatter * mean)^2."""
    rng, order = np.random.default_rng(seed), np.arange(months)
    logs = np.log(level) + np.cumsum(rng.normal(0, walk, months)) + 0.2 * np.sin(order / 12 * 2 * np.pi)
    means = np.exp(logs + step * (order >= MONTHS.index(STEP)))
    return rng.poisson(means * (rng.gamma(1 / scatter**2, scatter**2, months) if scatter else 1))


def changed(counts, **more):
    return structural_change([float(c) for c in counts], periods=MONTHS[: len(counts)], **{"step": STEP, **more})


def test_intervals_hold_the_step():
    """Of 6 series whose acts fall by 40 %, the interval of 95 % holds the step in 5 or more."""
    found = [changed(series(seed, step=np.log(0.6))).step.percent for seed in range(6)]
    assert sum(low <= -40 <= high for low, _, high in found) >= 5
    assert all(high < 0 for _, _, high in found)


def test_a_regressor_is_told_from_the_step():
    """What a regressor brings about is not taken for the step; its coefficient is near the truth."""
    rng = np.random.default_rng(3)
    price = rng.normal(0, 1, 120)
    counts = rng.poisson(np.exp(6 - 0.3 * price + 0.4 * (np.arange(120) >= 84)))
    found = changed(counts, regressors={"price": price})
    (name, coefficient), = found.regressors
    assert name == "price"
    assert coefficient.value == pytest.approx(-0.3, abs=4 * coefficient.error)
    assert found.step.value == pytest.approx(0.4, abs=4 * found.step.error)
    assert found.counts.step.value == pytest.approx(0.4, abs=4 * found.counts.step.error)
    assert found.ljung_box > 0.001


def test_poisson_is_refused_where_counts_scatter():
    """Counts that scatter refuse a Poisson error and have a larger one; alpha is near the truth."""
    wild = changed(series(4, scatter=0.3, walk=0)).counts
    tame = changed(series(4, scatter=0.0, walk=0)).counts
    assert wild.poisson_refused
    assert not tame.poisson_refused
    assert wild.alpha == pytest.approx(0.09, abs=0.04)
    assert wild.step.error > 2 * tame.step.error
    assert tame.dispersion == pytest.approx(1, abs=0.4)


def test_no_season():
    """A series without a season is fitted without one."""
    rng = np.random.default_rng(5)
    found = structural_change(rng.poisson(80, 40).tolist(), periods=MONTHS[:40], step=MONTHS[25], season=1)
    assert abs(found.step.value) < 4 * found.step.error


@pytest.mark.parametrize(("counts", "more", "fault"), [
    (series(1)[:30], {"step": MONTHS[20]}, "30 periods are too few"),
    (series(1)[:88], {}, "2021-01 is too near to an end"),
    (series(1), {"step": "2014-06"}, "2014-06 is too near to an end"),
    (series(1), {"step": "2031-01"}, "2031-01 is not among the periods"),
    ([0] * 120, {}, "no event in any period"),
    ([5] * 50 + [0] + [5] * 69, {}, "2018-03: a count of 0 has no logarithm"),
    ([5] * 50 + [-1] + [5] * 69, {}, "2018-03: the count is negative"),
    ([5] * 50 + [2.5] + [5] * 69, {}, "2018-03: the count is not a whole number"),
    (series(1), {"regressors": {"law": np.arange(120) >= 84}}, "the step: it is a sum"),
    (series(1), {"regressors": {"flat": np.ones(120)}}, "flat: it is a sum"),
    (series(1), {"regressors": {"month": np.arange(120) % 12 == 3}}, "month: it is a sum"),
    (series(1), {"regressors": {"one": np.sin(np.arange(120)), "two": 2 * np.sin(np.arange(120)) - 1}},
     "one: it is a sum"),
    (series(1), {"regressors": {"gap": [np.nan] + [1.0] * 119}}, "regressor gap: a value is missing"),
])  # fmt: skip
def test_bad_input_is_refused(counts, more, fault):
    """Short series, zeros, what is no count, a step near an end and collinear regressors are refused, with a way on."""
    with pytest.raises(EstimationError, match=fault) as caught:
        changed(counts, **more)
    assert caught.value.hint


def test_a_period_twice_and_wrong_lengths():
    """A period that is there twice is refused; lengths that differ are a programmer's mistake."""
    with pytest.raises(EstimationError, match="period 2014-02 is there twice"):
        structural_change([5.0] * 120, periods=[*MONTHS[:119], "2014-02"], step=STEP)
    with pytest.raises(ValueError, match="as long as"):
        changed(series(1), regressors={"short": [1.0]})


def test_a_fit_that_has_not_settled_is_refused(monkeypatch):
    """Where the likelihood is not flat at what is called its maximum, there is no number."""
    monkeypatch.setattr(structural, "_MOST_SLOPE", 1e-30)
    with pytest.raises(EstimationError, match="the structural series did not converge"):
        changed(series(2))
