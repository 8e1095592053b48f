"""Population uniqueness: each estimator against its own definition, computed another way."""

import mpmath
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import hypergeom

from bearwitness.disclosure.microdata_uniqueness import pitman, population_uniqueness, sample_uniqueness, snb, zayatz

SIZES = st.lists(st.integers(1, 30), min_size=1, max_size=60).map(np.array)
FRACTIONS = st.floats(0.01, 1.0)


@settings(max_examples=100, deadline=None)
@given(SIZES, FRACTIONS)
def test_estimates_are_shares(sizes, fraction):
    """Whatever the classes, an estimate is a share or absent, and nothing unique in the sample means nothing unique."""
    for estimate in (pitman(sizes, fraction), zayatz(sizes, fraction), snb(sizes, fraction)):
        assert estimate is None or 0.0 <= estimate <= 1.0
        if 1 not in sizes:
            assert estimate == 0.0
    assert 0.0 <= population_uniqueness(sizes, fraction).share <= 1.0


@settings(max_examples=60, deadline=None)
@given(SIZES, st.sampled_from([0.05, 0.25, 0.5, 1.0]))
def test_zayatz_by_the_hypergeometric_distribution(sizes, fraction):
    """The closed form equals the definition with scipy's distribution."""
    sample = int(sizes.sum())
    population = round(sample / fraction)
    chance = hypergeom.pmf(1, population, sizes, sample)
    ones = sizes == 1
    expected = ones.sum() * chance[ones].sum() / chance.sum() / sample if ones.any() else 0.0
    assert zayatz(sizes, fraction) == pytest.approx(float(expected), rel=1e-9)


def likelihood(theta, alpha, sizes):
    """Pitman's sampling formula, its logarithm, with many digits."""
    classes = mpmath.fsum(mpmath.log(theta + i * alpha) for i in range(1, len(sizes)))
    records = mpmath.fsum(mpmath.log(theta + i) for i in range(1, int(sum(sizes))))
    within = mpmath.fsum(mpmath.log(i - alpha) for size in sizes for i in range(1, size))
    return classes - records + within


def test_pitman_is_the_likeliest():
    """The estimate is that of the point where the sampling formula, written out, is largest."""
    sizes = [1] * 60 + [2] * 20 + [3] * 10 + [5] * 4 + [12, 20]
    n = sum(sizes)
    with mpmath.workdps(30):
        theta, alpha = mpmath.findroot(
            lambda t, a: (
                mpmath.diff(lambda x: likelihood(x, a, sizes), t), mpmath.diff(lambda x: likelihood(t, x, sizes), a),
            ), (mpmath.mpf(20), mpmath.mpf("0.5")),
        )  # fmt: skip
        peak = likelihood(theta, alpha, sizes)
        for t, a in [(theta * 1.05, alpha), (theta, alpha * 1.05), (theta * 0.95, alpha * 1.02)]:
            assert likelihood(t, a, sizes) < peak
        population = mpmath.mpf(n) * 20
        uniques = mpmath.gamma(theta + 1) / mpmath.gamma(theta + alpha) * population**alpha
        assert pitman(np.array(sizes), 0.05) == pytest.approx(float(uniques / population), rel=1e-9)


def test_snb_finds_the_distribution_that_made_the_sample():
    """From a large sample of a population that follows the model, the estimate is near the truth."""
    rng = np.random.default_rng(3)
    alpha, beta, fraction = 0.6, 0.15, 0.3
    population = 1 + rng.negative_binomial(alpha, beta, 400_000)
    sample = rng.binomial(population, fraction)
    truth = float((population == 1).sum() / population.sum())
    assert snb(sample[sample > 0], fraction) == pytest.approx(truth, rel=0.05)


def test_the_whole_population_is_its_own_sample():
    """At a fraction of 1 Zayatz and the negative binomial give what is there."""
    sizes = np.array([1, 1, 1, 2, 4])
    assert zayatz(sizes, 1.0) == snb(sizes, 1.0) == sample_uniqueness(sizes) == pytest.approx(3 / 9)


def test_no_guess_where_the_model_has_none():
    """All unique, all alike, or no pairs at all: no estimate, and the rule falls back on the one that always is."""
    assert pitman(np.ones(50, dtype=np.int64), 0.05) is None
    assert pitman(np.array([1]), 0.05) is None
    assert snb(np.ones(50, dtype=np.int64), 0.5) is None
    assert population_uniqueness(np.ones(50, dtype=np.int64), 0.05).model == "zayatz"
    assert population_uniqueness(np.ones(50, dtype=np.int64), 0.05).share == 1.0


@pytest.mark.parametrize("fraction", [0.0, -0.1, 1.1, float("nan")])
def test_fractions_that_are_none(fraction):
    """A sampling fraction outside (0, 1] is refused."""
    with pytest.raises(ValueError, match="sampling fraction"):
        population_uniqueness(np.array([1, 2]), fraction)


def test_empty_classes_are_refused():
    """No classes, or an empty one, are a mistake of the caller."""
    for sizes in ([], [0, 1]):
        with pytest.raises(ValueError, match="classes"):
            zayatz(np.array(sizes, dtype=np.int64), 0.5)
