"""Rubin's rules: against a worked example by hand, their limits, and that they keep what they promise."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bearwitness.errors import EstimationError
from bearwitness.estimation.imputed import combine

NUMBERS = st.lists(st.tuples(st.floats(-50, 50), st.floats(0.01, 20)), min_size=2, max_size=30)


def test_by_hand():
    """Three estimates 1, 2, 6 of variance 2: mean 3, between 7, total 2 + 4/3 * 7, degrees 2 * (34/28)^2."""
    found = combine([1, 2, 6], [2, 2, 2])
    assert found.value == pytest.approx(3)
    assert found.variance == pytest.approx(34 / 3)
    assert found.degrees == pytest.approx(2 * (34 / 28) ** 2)
    share, degrees = 28 / 34, 2 * (34 / 28) ** 2
    relative = share / (1 - share)
    # Rubin 1987, equation 3.1.10.
    assert found.fraction_missing == pytest.approx((relative + 2 / (degrees + 3)) / (relative + 1))


@given(NUMBERS, st.floats(-30, 30), st.floats(0.1, 10))
@settings(max_examples=60, deadline=None)
def test_scale_and_place_do_not_matter(pairs, shift, scale):
    """Estimates on another scale are combined to the same on that scale; the variance is never below the average."""
    values, variances = zip(*pairs, strict=True)
    found = combine(values, variances)
    other = combine([shift + scale * v for v in values], [scale**2 * v for v in variances])
    assert other.value == pytest.approx(shift + scale * found.value, abs=1e-6)
    assert other.variance == pytest.approx(scale**2 * found.variance, rel=1e-6)
    assert found.variance >= np.mean(variances) - 1e-9
    assert 0 <= found.fraction_missing <= 1
    assert found.degrees >= len(values) - 1 - 1e-9


def test_agreement_is_no_missing_information():
    """Equal estimates have the normal interval of one of them; estimates without error have a wider one, by t."""
    found = combine([0.1] * 7, [0.04] * 7)
    assert (found.degrees, found.fraction_missing) == (math.inf, 0)
    assert found.interval(0.95) == pytest.approx((0.1 - 1.959964 * 0.2, 0.1 + 1.959964 * 0.2))
    bare = combine([0, 2], [0, 0])
    assert (bare.variance, bare.degrees, bare.fraction_missing) == (3, 1, 1)
    assert bare.interval(0.5) == pytest.approx((1 - 3**0.5, 1 + 3**0.5))  # quartiles of t with one degree: -1, 1


def test_intervals_hold_what_they_promise():
    """Of 2,000 samples with two fifths missing and drawn, 95 % intervals hold the mean in 93 to 97 %."""
    rng, shape = np.random.default_rng(5), (2000, 20)
    seen = rng.normal(size=(2000, 1, 30))
    # A draw from the posterior: variance first, then mean, then what is missing.
    variance = seen.var(axis=2, ddof=1) * 29 / rng.chisquare(29, shape)
    mean = rng.normal(seen.mean(axis=2), np.sqrt(variance / 30))
    drawn = rng.normal(mean[..., None], np.sqrt(variance)[..., None], (*shape, 20))
    full = np.concatenate([np.broadcast_to(seen, (*shape, 30)), drawn], axis=2)
    means, variances = full.mean(axis=2), full.var(axis=2, ddof=1) / 50
    held = sum(low <= 0 <= high for low, high in (
        combine(m, v).interval(0.95) for m, v in zip(means.tolist(), variances.tolist(), strict=True)
    ))  # fmt: skip
    assert 0.93 <= held / 2000 <= 0.97


def test_what_cannot_be_combined():
    """An imputation without a number is named; one estimate alone and a level outside are a programmer's mistakes."""
    for values, variances in (([1, math.nan], [1, 1]), ([1, 2], [1, -1]), ([1, 2], [1, math.inf])):
        with pytest.raises(EstimationError, match="imputation 2 of 2"):
            combine(values, variances)
    for values, variances in (([1], [1]), ([1, 2], [1])):
        with pytest.raises(ValueError, match="two imputations"):
            combine(values, variances)
    with pytest.raises(ValueError, match="level"):
        combine([1, 2], [1, 1]).interval(1)
