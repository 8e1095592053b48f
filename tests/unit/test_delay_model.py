"""The delay model: against brute force, calibrated on its own prior, and what it refuses."""

from __future__ import annotations

import math
from dataclasses import fields, replace

import numpy as np
import pytest

from bearwitness.engines import delay_model
from bearwitness.engines.delay_model import DelaySettings, delay_draws, estimate_delays
from bearwitness.errors import EstimationError
from bearwitness.estimation.chain_ladder import chain_ladder
from bearwitness.estimation.delay_priors import DelayPriors, TailPrior
from bearwitness.estimation.triangle import triangle_of

TAIL = TailPrior(late=2.0, in_time=38.0)
TOY = [[100, 55, 30, 12], [70, 40, 24, 8], [80, 50, 25, 10], [100, 50, 20, None], [90, 45, None, None],
       [110, None, None, None], [95, None, None, None]]  # fmt: skip
SETTINGS = DelaySettings(warm_up=200, least=200, most=1200)
needs_numpyro = pytest.mark.skipif(delay_model.find_spec("numpyro") is None, reason="numpyro is not installed")


def toy(last=None):
    rows = [list(row) for row in TOY]
    rows[5][1] = 50
    return {"a": triangle_of([f"2001-{m:02d}" for m in range(1, 8)], rows)} if last is None else last


@needs_numpyro
def test_the_posterior_is_that_of_brute_force():
    """A tiny triangle: what is still to come agrees with 300,000 draws from the prior, weighed by the likelihood."""
    priors = DelayPriors(acts=6.0, acts_spread=0.6)
    triangle = triangle_of(["2001-01", "2001-02", "2001-03"], [[3, 2], [4, 1], [2, None]])
    drawn = delay_draws({"a": triangle}, tail=TAIL, seed=5, settings=replace(SETTINGS, priors=priors, least=400))
    rng, size = np.random.default_rng(9), 300_000
    scale = {n: np.exp(np.log(getattr(priors, n)) + s * rng.normal(size=size)) for n, s in (
        ("swing", priors.spread), ("burst", priors.spread), ("clumping", priors.clumping_spread),
        ("channel_apart", priors.shape_spread))}  # fmt: skip
    memory = rng.beta(priors.memory_stay, priors.memory_leave, size=size)
    level = math.log(priors.acts) + priors.acts_spread * rng.normal(size=size)
    start = priors.delay_start + rng.normal(size=size) + scale["channel_apart"] * rng.normal(size=size)
    swing, logs = scale["swing"] * rng.normal(size=size), np.zeros(size)
    from scipy.stats import nbinom

    for row in ([3, 2], [4, 1], [2]):
        burst = scale["burst"] * rng.logistic(scale=math.sqrt(3) / math.pi, size=size)
        chance, mean = 1 / (1 + np.exp(-start - burst)), np.exp(level + swing)
        for count, part in zip(row, (chance, 1 - chance), strict=False):
            logs += nbinom.logpmf(count, mean * part / scale["clumping"], 1 / (1 + scale["clumping"]))
        swing = memory * swing + scale["swing"] * np.sqrt(1 - memory**2) * rng.normal(size=size)
    weights = np.exp(logs - logs.max())
    weights /= weights.sum()
    come = rng.negative_binomial(mean * (1 - chance) / scale["clumping"], 1 / (1 + scale["clumping"]))
    assert 1 / (weights**2).sum() > 2_000
    for most in (0, 1, 3, 6, 10):
        exact = weights[come <= most].sum()
        assert (drawn.in_time[:, 2] - 2 <= most).mean() == pytest.approx(exact, abs=0.04)
    assert np.log(drawn.scales["clumping"]).mean() == pytest.approx(weights @ np.log(scale["clumping"]), abs=0.12)
    assert drawn.scales["level"].mean() == pytest.approx(weights @ level, abs=0.1)


@needs_numpyro
def test_a_plain_triangle_comes_out_near_the_chain_ladder():
    """Where news is regular and acts are many, medians lie near the chain ladder's numbers; same seed, same answer."""
    found = estimate_delays([toy()], tail=TAIL, seed=3, level=0.9, settings=SETTINGS)
    ladder = chain_ladder(toy()["a"]).periods
    for month, period in zip(found.months, ladder, strict=True):
        assert month.in_time.low <= period.estimate <= month.in_time.high
        assert month.in_time.median == pytest.approx(period.estimate, rel=0.2)
        assert month.reported <= month.in_time.low <= month.in_time.median <= month.in_time.high
        assert month.in_time.median <= month.ever.median
        assert month.open or month.in_time.low == month.in_time.high == month.reported
    assert found.tail == TAIL
    assert all(check.holds for check in found.checks)
    by = [reported.median for reported in found.channels[0].reported_by]
    assert by == sorted(by)
    assert by[-1] == 1
    assert estimate_delays([toy()], tail=TAIL, seed=3, level=0.9, settings=SETTINGS) == found
    late = TailPrior(late=10, in_time=10)
    wider = estimate_delays([toy()], tail=late, seed=3, level=0.9, settings=SETTINGS)
    assert wider.months[0].ever.median > 1.5 * found.months[0].ever.median


def test_what_cannot_be_estimated_is_refused_by_name(monkeypatch):
    """Empty and unlike channels, negative cells, no whole month and one month are errors that name the channel."""
    monkeypatch.setattr(delay_model, "require_numpyro", lambda: None)
    good = toy()["a"]
    empty = replace(good, counts=np.zeros_like(good.counts))
    negative = replace(good, counts=np.where(good.counts == 55, -1, good.counts))
    one = triangle_of(["2001-01"], [[3, None]])
    for given, words in (
        ({"a": good, "b": empty}, "channel b: nothing"), ({"a": empty}, "channel a: nothing"),
        ({"a": negative}, "channel a, 2001-01: a count is negative"), ({"a": one}, "seen up to 1 months"),
        ({"a": good, "b": one}, "not of the same months"), ({}, "not of the same months"),
    ):  # fmt: skip
        with pytest.raises(EstimationError, match=words):
            delay_draws(given, tail=TAIL, seed=1)


def test_without_numpyro_it_says_what_to_install(monkeypatch):
    """Where the extra is missing the error names it."""
    monkeypatch.setattr(delay_model, "find_spec", lambda _: None)
    with pytest.raises(EstimationError, match=r"bearwitness\[bayes\]"):
        estimate_delays([toy()], tail=TAIL, seed=1)


@needs_numpyro
def test_chains_that_do_not_agree_give_no_number(monkeypatch):
    """One check that does not hold, and there is an error instead of an interval."""
    from bearwitness.engines import delay_checks

    monkeypatch.setattr(delay_checks, "LEAST_EFFECTIVE", 1e9)
    with pytest.raises(EstimationError, match="bulk_effective"):
        delay_draws(toy(), tail=TAIL, seed=1, settings=replace(SETTINGS, most=200))


@pytest.mark.parametrize("name", [f.name for f in fields(DelayPriors) if f.name != "delay_start"])
def test_priors_out_of_range_are_refused(name):
    """A scale of 0 or no number is a programmer's mistake."""
    for value in (0.0, float("nan")):
        with pytest.raises(ValueError, match=name):
            DelayPriors(**{name: value})


@needs_numpyro
@pytest.mark.parametrize("value", [3.0, np.nan])
def test_chains_that_never_moved_or_left_the_numbers_fail_every_check(value):
    """Draws that are all one number, or none, are no answer; one number among others that move is known, and passes."""
    from bearwitness.engines.delay_checks import checks_of

    still = np.full((4, 500, 2), value)
    found = checks_of({"mean": still}, 0, 2000)
    assert [c.holds for c in found] == [False, False, False, True]
    moving = np.random.default_rng(1).normal(size=(4, 500, 2))
    both = checks_of({"mean": moving, "known": still}, 0, 2000)
    assert all(c.holds for c in both) == bool(np.isfinite(value))
