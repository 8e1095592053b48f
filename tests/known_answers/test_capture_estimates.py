"""Numbers that others got from published capture tables.

Decomposable graphs: R package dga, prior as said at each. Log-linear: R package SparseMSE 2.0.1, threshold 0.02;
its intervals are of 200 drawn tables, so ours must enclose each of its ends when our level is moved by 0.6 standard
deviations either way, a bit over twice the Monte Carlo error of such an end.
"""

from itertools import combinations
from math import isclose

import numpy as np
import pytest
from capture_tables import published
from scipy.special import ndtr, ndtri

from bearwitness.errors import EstimationError
from bearwitness.estimation.decomposable import average_decomposable, check_spread, vary_delta
from bearwitness.estimation.latent_class import Effort, estimate_latent, latent_number
from bearwitness.estimation.loglinear import estimate_loglinear, estimate_model
from bearwitness.estimation.loglinear_interval import bootstrap_loglinear
from bearwitness.estimation.loglinear_model import ModelCheck, check_model, pairs_of
from bearwitness.estimation.outcome import ModelNumber, Refusal
from bearwitness.estimation.unseen_prior import falling_prior, gamma_poisson_prior

AB, AC, BC = ("A", "B"), ("A", "C"), ("B", "C")


def test_three_lists_of_madigan_and_york():
    """The average over eight graphs has the published mean, mode and quantiles, and every graph its probability."""
    table = published("madigan_york")
    prior = gamma_poisson_prior(table, shape=13.14, scale=55.17, fewest=1, most=300)
    found = average_decomposable(table, prior, delta=1.0)
    assert table.observed == 626
    assert found.mean == pytest.approx(733.4524, abs=0.0001)
    assert found.mode == 728
    assert [found.quantile(level) for level in (0.025, 0.5, 0.975)] == [682, 731, 797]
    known = {
        (): 1.457e-11, (BC,): 0.3737674, (AC,): 2.521e-12, (AB,): 3.536e-10, (AC, BC): 0.2818099, (AB, BC): 0.3098953,
        (AB, AC): 1.964e-10, (AB, AC, BC): 0.03452738,
    }  # fmt: skip
    assert {graph.dependent for graph in found.graphs} == set(known)
    for graph in found.graphs:
        assert graph.probability == pytest.approx(known[graph.dependent], rel=0.0005)


def test_kosovo_moves_with_the_prior_and_is_refused():
    """Kosovo has the known quantiles at each weight of the prior, and so no number by this model."""
    table = published("kosovo")
    spread = vary_delta(table, falling_prior(table, fewest=1, most=40000))
    known = [(12749, 9827, 12595, 16544), (11031, 4500, 11323, 14486), (4829, 4408, 4617, 6860)]
    for found, (mean, *quantiles) in zip(spread.estimates, known, strict=True):
        assert round(found.mean) == mean
        assert [found.quantile(level) for level in (0.025, 0.5, 0.975)] == quantiles
        assert found.near_cap < 1e-6
    assert spread.ratio == pytest.approx(12595 / 4617)
    with pytest.raises(EstimationError, match=r"kosovo: the prior makes the number.* 2\.7 times"):
        check_spread(table, spread)


def test_kosovo_by_latent_classes():
    """Quantiles within four standard errors, by the four replicates, of those of 16 million sweeps."""
    found = estimate_latent(published("kosovo"), seed=5)
    assert isinstance(latent_number(found), ModelNumber)
    for level, known in ((0.025, 9_042), (0.5, 10_430), (0.975, 13_870)):
        each = np.quantile(found.draws, level, axis=1)
        error = float(each.std(ddof=1)) / len(each) ** 0.5
        assert error < 0.03 * known
        assert found.quantile(level) == pytest.approx(known, abs=4 * error)


@pytest.mark.parametrize("seed", [1, 2])
def test_the_netherlands_are_refused_from_every_seed(seed):
    """Two modes whose weights cannot be told are no number; one chain would say 49,000 or 140,000."""
    found = latent_number(estimate_latent(published("netherlands"), seed=seed, effort=Effort(rounds=3_000)))
    assert isinstance(found, Refusal)


@pytest.mark.parametrize(
    ("name", "known"),
    [("uk_five", 11312.99), ("uk_six", 11417.99), ("netherlands", 121521.6), ("new_orleans", 1034.151)],
)
def test_log_linear_points(name, known):
    """The stepwise choice ends at the published number."""
    assert isclose(estimate_loglinear(published(name)).total, known, rel_tol=2e-6)


@pytest.mark.parametrize(
    ("name", "replicates", "known"),
    [
        ("uk_five", 600, {0.16: 10155.63, 0.84: 12276.03, 0.9: 12892.85, 0.975: 15652.81}),
        ("uk_six", 600, {0.16: 9960.08, 0.84: 12301.16, 0.9: 13056.96, 0.975: 15035.94}),
        ("netherlands", 300, {0.025: 45539.33, 0.05: 49016.82, 0.16: 111239.55}),
        ("new_orleans", 600, {0.84: 1195.8615, 0.95: 1612.3113, 0.975: 1910.6302}),
    ],
)
def test_log_linear_intervals(name, replicates, known):
    """The ends of the interval are the published ones within the Monte Carlo error of 200 drawn tables."""
    levels = [float(ndtr(ndtri(level) + move)) for level in known for move in (-0.6, 0.6)]
    found = bootstrap_loglinear(published(name), rng=np.random.default_rng(8), replicates=replicates, levels=levels)
    for place, end in enumerate(known.values()):
        low, high = found.ends[2 * place : 2 * place + 2]
        assert low <= end <= high
        assert high < 3 * low  # The Netherlands have two answers, 45,000 and 120,000.
    assert found.without == 0
    assert found.models > 1


def test_the_artificial_table():
    """Which models of the artificial table have an estimate, and only one, is as published; no number is given."""
    table = published("artificial")
    refused = {
        (AB,): ModelCheck(exists=False, identifiable=True),
        (AB, AC): ModelCheck(exists=False, identifiable=True),
        (AB, BC): ModelCheck(exists=False, identifiable=True),
        (AB, AC, BC): ModelCheck(exists=True, identifiable=False),
    }
    for size in range(4):
        for model in combinations(pairs_of(3), size):
            named = tuple((table.lists[one], table.lists[other]) for one, other in model)
            wanted = refused.get(named, ModelCheck(exists=True, identifiable=True))
            assert check_model(table.counts, model) == wanted
    for estimate in (estimate_loglinear, lambda given: estimate_model(given, (AB, AC, BC))):
        with pytest.raises(EstimationError, match="artificial: no act of C is on any other list"):
            estimate(table)
