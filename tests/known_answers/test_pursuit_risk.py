"""The measure itself: closed forms, known values, and a reference with many digits."""

import math

import mpmath
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bearwitness.disclosure import pursuit_risk
from bearwitness.disclosure.risk import expected_bystanders, flipping_odds, weighted_pursuit_risk


@pytest.mark.parametrize(
    ("others", "capacity", "expected"),
    [(4.995, 1, 0.1988445002804869), (4.995, 5, 0.8249166147472939), (100.0, 20, 0.2)],
)
def test_known_values(others, capacity, expected):
    """The three published values of the model."""
    assert float(pursuit_risk(others, capacity)) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("capacity", [1, 2, 50, 10_000])
def test_nobody_else_is_certainty(capacity):
    """Where nobody else is expected the true household is pursued."""
    assert float(pursuit_risk(0.0, capacity)) == 1.0


def exact(others, capacity):
    """Rc by the closed form with 60 digits (the regularised gamma function is the Poisson distribution function)."""
    with mpmath.workdps(60):
        lam = mpmath.mpf(others)
        at_most = mpmath.gammainc(capacity, lam, mpmath.inf, regularized=True)
        more = mpmath.gammainc(capacity + 1, 0, lam, regularized=True)
        return float(at_most + capacity / lam * more)


@settings(max_examples=150, deadline=None)
@given(st.floats(-12, 9), st.integers(1, 300))
def test_agrees_with_many_digits(exponent, capacity):
    """Relative error under 1e-9 against 60 digits, for one value and in arrays."""
    others = 10.0**exponent
    expected = pytest.approx(exact(others, capacity), rel=1e-9)
    assert float(pursuit_risk(others, capacity)) == expected
    assert float(pursuit_risk(np.full(2, others), capacity)[0]) == expected


@pytest.mark.parametrize("capacity", [1, 3, 100, 10_000])
@pytest.mark.parametrize("ratio", [0.3, 0.9, 0.99, 1.0, 1.01, 1.1, 3.0])
def test_agrees_where_crowd_and_capacity_are_alike(capacity, ratio):
    """The transition, where the tails cancel most."""
    others = capacity * ratio
    expected = pytest.approx(exact(others, capacity), rel=1e-9)
    assert float(pursuit_risk(others, capacity)) == expected
    assert float(pursuit_risk(np.full(2, others), capacity)[0]) == expected


@given(st.floats(0, 50), st.integers(1, 20))
def test_equals_the_sum_it_stands_for(others, capacity):
    """E[min(1, c / (1 + X))] summed term by term."""
    total, term = 0.0, math.exp(-others)
    for x in range(400):
        total += term * min(1.0, capacity / (1 + x))
        term *= others / (x + 1)
    assert float(pursuit_risk(others, capacity)) == pytest.approx(total, rel=1e-9)


@given(st.floats(0, 1e6), st.floats(1, 1e3), st.integers(1, 500))
def test_falls_with_the_crowd_and_grows_with_capacity(others, more, capacity):
    """A larger crowd never raises the risk, a larger capacity never lowers it."""
    here = float(pursuit_risk(others, capacity))
    assert float(pursuit_risk(others * more, capacity)) <= here * (1 + 1e-12)
    assert float(pursuit_risk(others, capacity + 1)) >= here * (1 - 1e-12)


def test_keeps_the_shape_and_refuses_nonsense():
    """Arrays keep their shape; negative or infinite crowds and a capacity below 1 are programmer's errors."""
    assert pursuit_risk(np.ones((2, 3, 4)), 2).shape == (2, 3, 4)
    for bad in (-1.0, np.inf, np.nan):
        with pytest.raises(ValueError, match="finite"):
            pursuit_risk(bad)
    with pytest.raises(ValueError, match="capacity"):
        pursuit_risk(1.0, 0)


@given(st.floats(0.01, 300), st.integers(1, 30))
def test_bystanders_and_the_pursued_make_up_the_capacity(others, capacity):
    """Expected uninvolved households pursued, E[min(c, K)] less the chance of the true one, by their own sum."""
    total, term = 0.0, math.exp(-others)
    for x in range(int(others + 40 * math.sqrt(others) + 60)):
        total += term * min(capacity, x)
        term *= others / (x + 1)
    assert expected_bystanders(others, capacity) == pytest.approx(total, rel=1e-8, abs=1e-12)


@given(st.floats(0.01, 5e4), st.integers(1, 50))
def test_equal_suspicion_is_the_plain_risk(others, capacity):
    """Odds of one change nothing."""
    assert weighted_pursuit_risk(others, capacity, 1.0) == pytest.approx(
        float(pursuit_risk(others, capacity)), rel=2e-3
    )


def test_suspicion_raises_the_risk_and_the_verdict_flips_where_it_says():
    """At the odds returned the risk crosses the threshold."""
    odds = flipping_odds(5000.0, 20, 0.1)
    assert odds is not None
    assert weighted_pursuit_risk(5000.0, 20, odds * 1.01) > 0.1 > weighted_pursuit_risk(5000.0, 20, odds * 0.99)
    assert flipping_odds(0.0, 20, 0.1) is None
