"""Acts with a visibility of their own: the sampled posterior against brute force, and what is refused."""

import numpy as np
import pytest
from capture_worlds import SCENARIOS, capture_world
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import nbinom, norm

from bearwitness.errors import EstimationError
from bearwitness.estimation.lists import capture_table
from bearwitness.estimation.outcome import ModelNumber, Refusal
from bearwitness.estimation.uneven import (
    CENTRE,
    SPREAD,
    WIDTH,
    _gradient,
    _log_target,
    _Problem,
    estimate_uneven,
    uneven_number,
)

TINY = {"100": 9, "010": 7, "001": 6, "110": 4, "101": 3, "011": 2, "111": 2}


def brute_force(cells, numbers):
    """P(N <= each number) by grids over the three betas, sigma and the visibility, with none of the module's code."""
    beta = np.linspace(-6.5, 4.0, 43)
    grid = np.stack(np.meshgrid(beta, beta, beta, indexing="ij"), axis=-1).reshape(-1, 3)
    node = np.linspace(-5, 5, 61)
    share = norm.pdf(node) / norm.pdf(node).sum()
    observed = sum(cells.values())
    total, below = 0.0, np.zeros(len(numbers))
    for sigma in np.linspace(0.0, 3.0, 31)[:-1] + 0.05:
        chance = 1 / (1 + np.exp(-(grid[:, None, :] + sigma * node[:, None])))
        log = norm.logpdf(grid, CENTRE, WIDTH).sum(axis=1) + norm.logpdf(sigma, 0, SPREAD)
        for pattern, count in cells.items():
            each = np.prod([chance[:, :, j] if on == "1" else 1 - chance[:, :, j] for j, on in enumerate(pattern)], 0)
            log = log + count * np.log(each @ share)
        unseen = np.prod(1 - chance, axis=2) @ share
        weight = np.exp(log - observed * np.log1p(-unseen) + 120)
        total += weight.sum()
        for place, number in enumerate(numbers):
            below[place] += weight @ nbinom.cdf(number - observed, observed, 1 - unseen)
    return below / total


def test_the_posterior_is_that_of_brute_force():
    """On a tiny table the chance of at most so many acts is the sum over fine grids, within the error of the draws."""
    table = capture_table("tiny", "abc", TINY)
    numbers = (42, 48, 55, 65, 80, 100)
    wanted = brute_force(TINY, numbers)
    found = estimate_uneven(table, seed=5, most=10**7)
    got = np.array([found.weights[found.sizes <= number].sum() for number in numbers])
    assert 0.02 < wanted[0] < wanted[-1] < 0.99
    assert found.effective > 1000
    # Four standard errors of so many effective draws, and the width of the grids.
    assert np.abs(got - wanted).max() < 4 * 0.5 / found.effective**0.5 + 0.01


@settings(max_examples=20, deadline=None)
@given(st.lists(st.floats(-3, 2), min_size=4, max_size=4), st.floats(0, 2))
def test_the_gradient_is_that_of_the_target(beta, sigma):
    """Against differences, at any beta and sigma."""
    table = capture_world(SCENARIOS[0], 9, 1).table
    seen = np.flatnonzero(table.counts)
    problem = _Problem(on=table.on_lists[seen].astype(float), counts=table.counts[seen])
    at = np.array(beta)
    step = 1e-5
    for place, slope in enumerate(_gradient(problem, at, sigma)):
        moved = np.stack([at, at])
        moved[:, place] += (step, -step)
        (high, low), _ = _log_target(problem, moved, sigma)
        assert (high - low) / (2 * step) == pytest.approx(slope, rel=1e-4, abs=1e-2)


def test_uneven_acts_are_more_than_lists_alone_tell():
    """Over worlds of uneven visibility the interval holds nearly every truth, and the middle is not always below."""
    worlds = [capture_world(SCENARIOS[3], 77, place) for place in range(25)]
    numbers = [uneven_number(estimate_uneven(w.table, seed=1, most=21 * w.table.observed)) for w in worlds]
    given_ = [(n, w.acts) for n, w in zip(numbers, worlds, strict=True) if isinstance(n, ModelNumber)]
    assert len(given_) > 20
    assert sum(n.low <= acts <= n.high for n, acts in given_) >= len(given_) - 4
    assert 0.2 < np.mean([n.median < acts for n, acts in given_]) < 0.8


def test_the_same_seed_gives_the_same_draws():
    """And another one others, a little."""
    table = capture_table("tiny", "abc", TINY)
    one, same, other = (estimate_uneven(table, seed=seed, most=1000) for seed in (1, 1, 2))
    assert (one.sizes == same.sizes).all()
    assert (one.weights == same.weights).all()
    assert (one.sizes != other.sizes).any()
    assert one.quantile(0.5) == pytest.approx(other.quantile(0.5), rel=0.1)


@pytest.mark.parametrize(("cells", "most", "reason"), [
    ({"100": 60, "010": 55, "001": 50, "111": 30, "110": 3, "101": 3, "011": 3}, 40_000, "prior_dominates"),
    (TINY, 60, "at_cap"),
])  # fmt: skip
def test_what_the_table_does_not_carry_is_refused(cells, most, reason):
    """Where the supposed spread or the cap would make the number, there is none, and the stratum is named."""
    found = uneven_number(estimate_uneven(capture_table("west", "abc", cells), seed=1, most=most))
    assert isinstance(found, Refusal)
    assert found.reason == reason
    assert "Stratum west" in found.what
    assert found.change


def test_a_table_of_nothing_is_an_error():
    """As for every model."""
    with pytest.raises(EstimationError, match="no act"):
        estimate_uneven(capture_table("none", "abc", {}), seed=1, most=10)
