"""The chain ladder: its margins, where it has no number, and what it refuses."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bearwitness.errors import EstimationError
from bearwitness.estimation.chain_ladder import chain_ladder
from bearwitness.estimation.triangle import triangle_of


@st.composite
def triangles(draw, least):
    delays = draw(st.integers(2, 5))
    periods = draw(st.integers(delays, 9))
    rows = [[draw(st.integers(least, 50)) if delay < periods - row else None for delay in range(delays)]
            for row in range(periods)]  # fmt: skip
    return triangle_of([f"m{row}" for row in range(periods)], rows)


@given(triangles(1))
@settings(max_examples=80, deadline=None)
def test_the_margins_are_those_of_the_data(triangle):
    """Spread over the delays by the factors, the estimates give back the sum of every column and every row seen.

    That is what makes the chain ladder the maximum of the Poisson likelihood of rows times columns.
    """
    found = chain_ladder(triangle)
    by = np.cumprod(np.array((1.0, *found.factors))[::-1])[::-1]
    share = np.diff([0.0, *(1 / np.append(by[1:], 1.0))])
    fitted = np.array([p.estimate for p in found.periods])[:, None] * share
    cells = triangle.cells
    assert np.where(cells, fitted, 0).sum(axis=0) == pytest.approx(triangle.counts.sum(axis=0), rel=1e-9)
    assert np.where(cells, fitted, 0).sum(axis=1) == pytest.approx(triangle.reported, rel=1e-9)
    assert found.total == pytest.approx(sum(p.estimate for p in found.periods))


@given(triangles(0))
@settings(max_examples=80, deadline=None)
def test_no_number_is_nan(triangle):
    """Every triangle gives numbers that are numbers, None, or a refusal; no estimate is below what is reported."""
    try:
        found = chain_ladder(triangle)
    except EstimationError:
        assert not triangle.counts.cumsum(axis=1)[triangle.seen > 1, 0].all()
        return
    for period in found.periods:
        assert period.estimate is None or period.reported <= period.estimate < math.inf
        assert period.error is None or 0 <= period.error < math.inf
        assert period.error is None or period.estimate is not None
    assert found.total_error is None or 0 <= found.total_error < math.inf


def test_equal_growth_has_no_error():
    """Where all rows grew alike the standard error is 0, and it is not where one did not."""
    alike = [[10, 5, 5], [20, 10, 10], [40, 20, None], [30, None, None]]
    assert chain_ladder(triangle_of("abcd", alike)).total_error == 0
    alike[1][1] = 12
    assert chain_ladder(triangle_of("abcd", alike)).total_error > 0


def test_nothing_reported_is_no_estimate():
    """A recent period without reports has no estimate, and neither has the total; old ones keep theirs."""
    found = chain_ladder(triangle_of("abcd", [[10, 5, 5], [20, 11, 9], [40, 22, None], [0, None, None]]))
    assert (found.periods[3].estimate, found.periods[3].error) == (None, None)
    assert (found.total, found.total_error) == (None, None)
    assert found.periods[2].estimate > 62


def test_a_row_that_grew_out_of_nothing_leaves_no_error():
    """Where a row had nothing at first and something later, the estimates stay and their errors are withheld."""
    found = chain_ladder(triangle_of("abcd", [[0, 5, 5], [20, 11, 9], [40, 22, None], [9, None, None]]))
    assert found.periods[3].estimate > 9
    assert found.periods[3].error is None
    assert found.periods[2].error is not None
    assert found.total_error is None


def test_a_period_that_is_not_over_is_left_out():
    """The last period is named as left out, and what is seen of its diagonal changes nothing."""
    whole = triangle_of("abc", [[10, 5], [20, 11], [40, None]])
    counts = np.array([[10, 5], [20, 11], [40, 7], [3, 0]])
    begun = replace(whole, periods=("a", "b", "c", "d"), counts=counts, seen=np.array([2, 2, 1, 0]), partial=True)
    found = chain_ladder(begun)
    assert found.left_out == "d"
    assert found.periods == chain_ladder(whole).periods


def test_what_was_never_seen_is_refused():
    """A longest delay that no row shows, and a delay up to which nothing came, are refused."""
    with pytest.raises(EstimationError, match="oldest period, a, is not seen up to the longest delay"):
        chain_ladder(triangle_of("ab", [[3, 1, None], [2, None, None]]))
    with pytest.raises(EstimationError, match="nothing is reported up to delay 0"):
        chain_ladder(triangle_of("abc", [[0, 2, 1], [0, 3, None], [1, None, None]]))
