"""The latent-class sampler: against exact sums, on published tables, and what it refuses."""

import numpy as np
import pytest
from capture_tables import published
from latent_exact import exact_posterior
from scipy.special import betainc
from scipy.stats import nbinom

from bearwitness.errors import EstimationError
from bearwitness.estimation.latent_class import Effort, LatentEstimate, estimate_latent, latent_number
from bearwitness.estimation.latent_diagnostics import effective, r_hat, tail_effective
from bearwitness.estimation.latent_kernel import draw_prior, stretch
from bearwitness.estimation.latent_tempering import go_on, problem_of, start
from bearwitness.estimation.latent_unseen import draw_unseen, log_room
from bearwitness.estimation.lists import capture_table
from bearwitness.estimation.outcome import ModelNumber, Refusal


@pytest.mark.parametrize(
    ("cells", "most", "shape", "rate", "list_parameter"),
    [
        ({"110": 1, "001": 2, "011": 1}, 12, 0.25, 0.25, 1.0),
        ({"111": 2, "100": 1, "010": 2}, 14, 2.0, 1.0, 1.0),
        ({"100": 1, "010": 1, "001": 1}, 9, 0.25, 0.25, 0.5),
    ],
)
def test_tiny_tables_agree_with_the_sum_over_all_allocations(cells, most, shape, rate, list_parameter):
    """Every N has the probability that summing over all allocations gives, within four Monte Carlo errors."""
    table = capture_table("s1", ("a", "b", "c"), cells)
    exact = exact_posterior(table, most=most, shape=shape, rate=rate, list_parameter=list_parameter)
    problem = problem_of(table, most=most, classes=2, shape=shape, rate=rate, list_parameter=list_parameter)
    replicates = [start(problem, np.random.default_rng(seed)) for seed in (1, 2)]
    for replicate in replicates:
        go_on(replicate, 30_000)
    draws = np.array([replicate.draws for replicate in replicates])
    for size, probability in enumerate(exact, start=table.observed):
        hits = (draws == size).astype(float)
        error = np.sqrt(probability * (1 - probability) / effective(draws))
        assert hits.mean() == pytest.approx(probability, abs=4 * error)
    assert effective(draws) > 5000


@pytest.mark.parametrize("list_parameter", [1.0, 0.5])
def test_a_stretch_leaves_the_prior_as_it_is(list_parameter):
    """States from the prior are still from the prior after offers of a stretch that are taken by their ratio."""
    rng, prior, states = np.random.default_rng(8), np.array([2.0, 1.0, list_parameter]), 20_000
    lam, logw, new_lam, new_logw = np.empty((2, 3)), np.empty(3), np.empty((2, 3)), np.empty(3)
    changes, moved = np.empty((states, 7)), 0
    for state in range(states):
        alpha = draw_prior(rng, prior, lam, logw)
        before = np.concatenate([np.exp(logw), lam[0], [np.exp(logw) @ lam[1]]])
        for _ in range(4):
            if np.log(1.0 - rng.random()) < stretch(rng, prior, alpha, lam, logw, new_lam, new_logw):
                lam[:], logw[:], moved = new_lam, new_logw, moved + 1
        changes[state] = np.concatenate([np.exp(logw), lam[0], [np.exp(logw) @ lam[1]]]) - before
    assert moved > states
    assert np.exp(logw).sum() == pytest.approx(1.0)
    assert (np.abs(changes.mean(axis=0)) < 4 * changes.std(axis=0) / np.sqrt(states)).all()


@pytest.mark.parametrize(("seen", "room", "chance"), [(3, 20, 0.05), (40, 60, 0.4), (5, 4, 0.01), (200, 90, 0.7)])
def test_unseen_acts_are_negative_binomial_below_the_cap(seen, room, chance):
    """What the cap cuts off is the incomplete beta function, and draws have the cut-off distribution."""
    assert log_room(seen, room, np.log(chance)) == pytest.approx(np.log(betainc(seen, room + 1, chance)), rel=1e-9)
    rng = np.random.default_rng(5)
    draws = np.array([draw_unseen(rng, seen, chance, room) for _ in range(4000)])
    weights = nbinom.pmf(np.arange(room + 1), seen, chance)
    weights /= weights.sum()
    mean = weights @ np.arange(room + 1)
    spread = np.sqrt(weights @ (np.arange(room + 1) - mean) ** 2)
    assert draws.max() <= room
    assert draws.mean() == pytest.approx(mean, abs=4 * spread / np.sqrt(4000))


def test_diagnostics_tell_apart_what_is_apart():
    """Replicates in two places have a large R-hat; independent draws are worth their number, sticky ones fewer."""
    rng = np.random.default_rng(3)
    independent = rng.standard_normal((4, 1000))
    assert r_hat(independent) < 1.01
    assert effective(independent) == pytest.approx(4000, rel=0.15)
    assert tail_effective(independent) == pytest.approx(4000, rel=0.2)
    assert r_hat(independent + np.arange(4)[:, None]) > 1.5
    assert r_hat(independent * np.array([1, 1, 1, 9])[:, None]) > 1.05
    assert r_hat(np.repeat([[1.0], [2.0]], 50, axis=1)) == np.inf
    sticky = np.empty((4, 4000))
    sticky[:, 0] = rng.standard_normal(4)
    for t in range(1, 4000):
        sticky[:, t] = 0.9 * sticky[:, t - 1] + np.sqrt(0.19) * rng.standard_normal(4)
    assert effective(sticky) == pytest.approx(16000 / 19, rel=0.25)
    with pytest.raises(ValueError, match="replicates"):
        r_hat(np.full((4, 20), np.nan))


def test_madigan_and_york_from_two_seeds():
    """A table that decides has a number, the same bit for bit from one seed and nearly so from another."""
    table = published("madigan_york")
    one, again, other = (estimate_latent(table, seed=seed) for seed in (1, 1, 2))
    assert (one.draws == again.draws).all()
    assert one.prior_ratio == again.prior_ratio
    assert other.quantile(0.5) == pytest.approx(one.quantile(0.5), rel=0.02)
    number = latent_number(one, level=0.9)
    assert isinstance(number, ModelNumber)
    assert number.low < number.median < number.high
    assert number.level == 0.9
    assert all(check.holds for check in number.checks)
    assert [check.name for check in number.checks] == ["r_hat", "tail_effective", "near_cap", "prior"]


def test_new_orleans_has_the_known_median():
    """The median is that of the published package (828 to 843 in four runs) within Monte Carlo error."""
    found = estimate_latent(published("new_orleans"), seed=4)
    assert found.quantile(0.5) == pytest.approx(836, rel=0.04)
    assert found.most == 21 * 185


def test_a_number_at_the_cap_is_refused():
    """Where hardly any acts are shared the cap makes the number; a lower cap is found out by doubling it."""
    table = capture_table("s7", ("a", "b", "c"), {"100": 30, "010": 40, "001": 35, "110": 1, "011": 1})
    found = latent_number(estimate_latent(table, seed=1, effort=Effort(rounds=1500, second=400)))
    assert isinstance(found, Refusal)
    assert found.reason == "at_cap"
    assert "s7" in found.what
    tight = estimate_latent(published("madigan_york"), seed=1, most=700, effort=Effort(rounds=1500, second=400))
    assert tight.draws.max() <= 700
    assert latent_number(tight).reason == "at_cap"


def made(**changed):
    """An estimate that passes, but for what is changed."""
    usual = {
        "stratum": "s3", "draws": np.full((4, 50), 90.0), "most": 1000, "classes": 3, "rhat": 1.0, "effective": 900.0,
        "tail_effective": 800.0, "near_cap": 0.0, "cap_ratio": 1.0, "prior_ratio": 1.1, "seed": 0,
    }  # fmt: skip
    return LatentEstimate(**{**usual, **changed})


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"rhat": 1.02}, "not_converged"), ({"rhat": np.inf}, "not_converged"), ({"effective": 300.0}, "not_converged"),
        ({"tail_effective": 399.0}, "not_converged"), ({"near_cap": 0.01}, "at_cap"), ({"cap_ratio": 1.3}, "at_cap"),
        ({"cap_ratio": np.inf}, "at_cap"), ({"prior_ratio": 2.1}, "prior_dominates"),
        ({"prior_ratio": None}, "not_converged"), ({"near_cap": 0.01, "rhat": 2.0}, "at_cap"),
    ],
)  # fmt: skip
def test_each_check_refuses(changed, reason):
    """Each check on its own takes the number away, with its reason."""
    assert isinstance(latent_number(made()), ModelNumber)
    found = latent_number(made(**changed))
    assert isinstance(found, Refusal)
    assert found.reason == reason
    assert found.model == "latent_class"
    assert found.change


def test_work_that_ends_too_early_is_refused():
    """With too few rounds to agree there is a refusal and no number."""
    found = latent_number(estimate_latent(published("kosovo"), seed=2, effort=Effort(rounds=100, second=100)))
    assert isinstance(found, Refusal)
    assert found.reason == "not_converged"


def test_what_is_no_table_or_no_setting():
    """A table that says too little is refused by name; settings outside are a programmer's mistake."""
    with pytest.raises(EstimationError, match="Stratum artificial: no act of C"):
        estimate_latent(published("artificial"), seed=1)
    table = published("madigan_york")
    for wrong in ({"seed": -1}, {"classes": 0}, {"alpha_shape": 0.0}, {"alpha_rate": np.inf}, {"most": 600}):
        with pytest.raises(ValueError, match="is"):
            estimate_latent(table, **{"seed": 1, **wrong})
    for level in (0.0, 1.0):
        with pytest.raises(ValueError, match="level"):
            latent_number(made(), level=level)
        with pytest.raises(ValueError, match="level"):
            made().quantile(level)
    with pytest.raises(ValueError, match="rounds"):
        Effort(rounds=10)
