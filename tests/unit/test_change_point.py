"""One change of a rate: against integration, its symmetries, and what it refuses."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.stats import gamma, poisson

from bearwitness.errors import EstimationError
from bearwitness.estimation.change_point import change_point

COUNTS = st.lists(st.integers(0, 30), min_size=2, max_size=25)


def labels(counts):
    return [f"p{number}" for number in range(len(counts))]


def integrated(counts, shape, rate):
    """The probability of the counts under one rate, by integrating over it."""
    def density(level):
        return math.prod(poisson.pmf(counts, level)) * gamma.pdf(level, shape, scale=1 / rate)

    return quad(density, 0, 60, epsabs=0, epsrel=1e-9, limit=200, points=[1, 5, 15])[0]


@pytest.mark.parametrize("counts", [[3, 4, 0, 1], [0, 0, 7], [2, 2]])
def test_it_is_what_integration_gives(counts):
    """Probabilities and Bayes factor agree with numerical integration over both rates."""
    found = change_point(labels(counts), counts, shape=1.5, rate=0.7)
    splits = [integrated(counts[:k], 1.5, 0.7) * integrated(counts[k:], 1.5, 0.7) for k in range(1, len(counts))]
    assert found.probability == pytest.approx(np.array(splits) / sum(splits), rel=1e-6)
    whole = integrated(counts, 1.5, 0.7)
    assert found.log_bayes_factor == pytest.approx(math.log(sum(splits) / len(splits) / whole), abs=1e-6)


@given(COUNTS, st.floats(0.1, 5), st.floats(0.01, 5))
@settings(max_examples=60, deadline=None)
def test_time_may_run_backwards(counts, shape, rate):
    """The series read backwards has the same change seen from the other side."""
    there = change_point(labels(counts), counts, shape=shape, rate=rate)
    back = change_point(labels(counts), counts[::-1], shape=shape, rate=rate)
    assert there.probability == pytest.approx(back.probability[::-1], abs=1e-9)
    assert there.rates == pytest.approx(back.rates[::-1], rel=1e-9)
    assert there.log_bayes_factor == pytest.approx(back.log_bayes_factor, abs=1e-8)


@given(COUNTS, st.floats(0.05, 1))
@settings(max_examples=60, deadline=None)
def test_sets_hold_what_they_promise(counts, level):
    """The highest-density set has the probability asked for, and one period fewer has not."""
    found = change_point(labels(counts), counts, shape=1, rate=1)
    inside = [found.probability[found.periods.index(p)] for p in found.highest_density(level)]
    assert sum(inside) >= level - 1e-9
    assert sum(inside) - min(inside) < level
    assert found.periods.index(found.quantile(level)) >= found.periods.index(found.quantile(level / 2))
    assert found.probability.sum() == pytest.approx(1)


def test_scatter_is_told():
    """Counts that scatter much more than Poisson counts show a dispersion well over 1, equal ones show none."""
    wild = [0, 40, 2, 55, 1, 38, 0, 61, 3, 44]
    assert change_point(labels(wild), wild, shape=1, rate=0.1).dispersion > 10
    even = [5, 5, 5, 9, 9, 9]
    assert change_point(labels(even), even, shape=1, rate=0.1).dispersion == 0
    assert change_point(["a", "b"], [4, 0], shape=1, rate=1).dispersion is None


@pytest.mark.parametrize(("counts", "fault"), [
    ([1, -2, 3], "p1: the count is negative"), ([1, 2, 2.5], "p2: the count is not a whole number"),
    ([None, 2, 3], "p0: the count is missing"), ([1, float("nan"), 3], "p1: the count is missing"),
    ([1, float("inf"), 3], "p1: the count is too large"),
])  # fmt: skip
def test_what_is_no_count_is_refused(counts, fault):
    """A cell that is no count is refused with the name of its period."""
    with pytest.raises(EstimationError, match=fault) as caught:
        change_point(labels(counts), counts, shape=1, rate=1)
    assert caught.value.status == 26
    assert caught.value.hint


def test_a_series_must_be_one():
    """One period alone, a period that is there twice, and an improper prior are refused."""
    with pytest.raises(EstimationError, match="two periods"):
        change_point(["a"], [3], shape=1, rate=1)
    with pytest.raises(EstimationError, match="period b is there twice"):
        change_point(["a", "b", "b"], [3, 1, 1], shape=1, rate=1)
    for shape, rate in ((0, 1), (1, 0), (1, math.inf), (math.nan, 1)):
        with pytest.raises(ValueError, match="above 0"):
            change_point(["a", "b"], [3, 1], shape=shape, rate=rate)
    with pytest.raises(ValueError, match="level"):
        change_point(["a", "b"], [3, 1], shape=1, rate=1).quantile(0)
