"""Scores of forecasts, and draws of several imputations put together."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bearwitness.errors import EstimationError
from bearwitness.estimation.delay_priors import DelayPriors, TailPrior
from bearwitness.estimation.delay_result import DelayDraws, read_off
from bearwitness.estimation.delay_scores import covers, ladder_draws, ranked_probability_score
from bearwitness.estimation.outcome import Check

NUMBERS = st.lists(st.integers(0, 50), min_size=1, max_size=30)


@given(NUMBERS, st.integers(0, 50))
def test_the_score_is_that_of_its_definition(draws, truth):
    """It is the integral of the squared distance between the forecast's and the truth's distribution functions."""
    steps = [(np.mean(np.array(draws) <= at) - (truth <= at)) ** 2 for at in range(51)]
    assert ranked_probability_score(np.array(draws), truth) == pytest.approx(sum(steps))


def test_an_interval_that_misses_does_not_cover():
    """A truth outside the central interval is not held, one inside is."""
    draws = np.arange(101)
    assert covers(draws, 50, 0.9)
    assert not covers(draws, 99, 0.9)


def test_the_chain_ladder_is_drawn_with_its_own_mean_and_error():
    """Draws have the estimate as mean and Mack's error as standard deviation, and never less than is reported."""
    draws = ladder_draws(10, 30.0, 9.0, 40_000, np.random.default_rng(1))
    assert draws.min() >= 10
    assert draws.mean() == pytest.approx(30, abs=0.3)
    assert draws.std() == pytest.approx(9, abs=0.3)
    assert ladder_draws(10, 30.0, 0.1, 40_000, np.random.default_rng(1)).std() == pytest.approx(20**0.5, abs=0.1)
    assert set(ladder_draws(10, 10.0, None, 5, np.random.default_rng(1))) == {10}


def drawn(shift, r_hat):
    """Draws of one open month, all the same but for a shift."""
    in_time = np.full((4, 1), 10 + shift)
    return DelayDraws(
        periods=("2001-01",), channels=("a",), reported=np.array([8 + shift]), open_months=np.array([True]),
        in_time=in_time, ever=in_time + 1, reported_by=np.tile([0.5, 1.0], (4, 1, 1)), scales={},
        checks=(Check(name="r_hat", value=r_hat, limit=1.01),), left_out=None,
    )  # fmt: skip


def test_imputations_are_put_together_and_the_worst_check_is_kept():
    """The interval spans what both imputations say, and the check is that of the worse one."""
    priors, tail = DelayPriors(), TailPrior(late=1, in_time=19)
    found = read_off([drawn(0, 1.001), drawn(4, 1.005)], level=0.9, tail=tail, priors=priors, seed=1)
    month = found.months[0]
    assert (month.in_time.low, month.in_time.high, month.reported) == (10, 14, 10)
    assert (found.checks[0].value, found.draws, found.imputations) == (1.005, 8, 2)
    assert (found.to_come.median, found.to_come_in_time.median, found.tail) == (3, 2, tail)
    with pytest.raises(EstimationError, match="same months"):
        read_off([drawn(0, 1), replace(drawn(0, 1), channels=("b",))], level=0.9, tail=tail, priors=priors, seed=1)


@pytest.mark.parametrize("late", [0.0, -1.0, float("nan"), float("inf")])
def test_a_tail_that_is_no_distribution_is_refused(late):
    """Both parameters of the tail's prior must be positive numbers."""
    with pytest.raises(ValueError, match="tail"):
        TailPrior(late=late, in_time=1)
