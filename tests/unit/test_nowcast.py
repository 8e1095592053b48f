"""The nowcast: against enumeration and quadrature, its calibration, and what it refuses."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace

import numpy as np
import pytest
from scipy.special import gammaln
from scipy.stats import beta, binom, chi2, nbinom

from bearwitness.errors import EstimationError
from bearwitness.estimation.count_posterior import CountPrior, count_posterior
from bearwitness.estimation.nowcast import delay_posterior, nowcast
from bearwitness.estimation.triangle import triangle_of

TINY = [[1, 1, 0], [1, 0, None], [2, None, None]]
PRIOR = CountPrior(mean=2, variance=1.5, most=9)


def number_of_acts(prior):
    """The distribution of the number of acts beforehand, from the library's negative binomial."""
    return nbinom(prior.shape, prior.rate / (1 + prior.rate))


def enumerated(rows, prior, concentration):
    """The full posterior of each open row, by weighing every way in which the triangle can be completed."""
    open_cells = [(row, delay) for row, cells in enumerate(rows) for delay, cell in enumerate(cells) if cell is None]
    result = {row: np.zeros(prior.most + 1) for row, _ in open_cells}
    before = number_of_acts(prior).logpmf(np.arange(prior.most + 1))
    for filling in itertools.product(range(prior.most + 1), repeat=len(open_cells)):
        table = np.array([[cell or 0 for cell in cells] for cells in rows])
        for cell, count in zip(open_cells, filling, strict=True):
            table[cell] = count
        sizes, columns = table.sum(axis=1), table.sum(axis=0)
        if sizes.max() > prior.most:
            continue
        weight = before[sizes].sum() + gammaln(sizes + 1).sum() - gammaln(table + 1).sum()
        weight += gammaln(concentration + columns).sum() - gammaln(concentration * table.shape[1] + columns.sum())
        for row in result:
            result[row][sizes[row]] += math.exp(weight)
    return {row: chances / chances.sum() for row, chances in result.items()}


@pytest.mark.parametrize("concentration", [1.0, 0.3])
def test_the_full_posterior_is_that_of_enumeration(concentration):
    """With the sizes of rows used, it agrees with all completions of a tiny triangle, within four standard errors."""
    wide = replace(PRIOR, most=12)
    found = nowcast(triangle_of("abc", TINY), wide, seed=3, concentration=concentration, draws=20_000, totals=True)
    exact = enumerated(TINY, wide, concentration)
    for row, period in zip((1, 2), found.periods, strict=True):
        sums, expected = period.probability.cumsum(), exact[row].cumsum()
        for number in (period.low, period.median, period.high):
            assert sums[number] == pytest.approx(expected[number], abs=4 * period.error)
        assert np.abs(sums - expected).max() < 0.01


def test_the_posterior_of_the_paper_is_that_of_quadrature():
    """Without them, it agrees with Bayes' rule for each share, averaged over both betas on a fine grid."""
    wide = replace(PRIOR, most=12)
    triangle = triangle_of("abc", TINY)
    found = nowcast(triangle, wide, seed=3, concentration=1.0, draws=20_000)
    at, below = delay_posterior(triangle, 1.0)
    # Delay 1: one of the 3 acts that rows a and b show by then; delay 2: none of the 2 that row a shows.
    assert (list(at), list(below)) == ([2, 1], [1 + 2, 2 + 2])
    levels = (np.arange(400) + 0.5) / 400
    not_1, not_2 = (beta.ppf(levels, b, a) for a, b in zip(at, below, strict=True))
    numbers = np.arange(wide.most + 1)
    before = number_of_acts(wide).pmf(numbers)
    for reported, shares, period in (
        (1, not_2, found.periods[0]), (2, np.multiply.outer(not_1, not_2).ravel(), found.periods[1])
    ):  # fmt: skip
        each = before * binom.pmf(reported, numbers, shares[:, None])
        expected = (each / each.sum(axis=1, keepdims=True)).mean(axis=0).cumsum()
        sums = period.probability.cumsum()
        for number in (period.low, period.median, period.high):
            assert sums[number] == pytest.approx(expected[number], abs=4 * period.error + 1e-4)


@pytest.mark.parametrize("share", [0.0, 1e-300, 0.004, 0.5, 1.0])
def test_the_closed_form_is_bayes_rule(share):
    """For a share that is known, the posterior is prior times binomial, also at both ends."""
    prior = CountPrior(mean=50, variance=3000, most=300)
    reported = 0 if share < 0.001 else 7
    numbers = np.arange(301)
    expected = number_of_acts(prior).pmf(numbers) * binom.pmf(reported, numbers, share)
    found = count_posterior(prior, reported, np.array([share]))
    assert found == pytest.approx(expected / expected.sum(), rel=1e-8, abs=1e-14)


def test_it_is_calibrated():
    """Over 120 worlds drawn from the model the truth falls evenly into the posterior."""
    rng = np.random.default_rng(20)
    prior = CountPrior(mean=12, variance=30, most=110)
    places = []
    for world in range(120):
        delays = rng.dirichlet([1.0] * 3)
        sizes = rng.poisson(rng.gamma(prior.shape, 1 / prior.rate, size=6))
        full = np.array([rng.multinomial(size, delays) for size in sizes])
        rows = [[int(c) if d < 6 - r else None for d, c in enumerate(cells)] for r, cells in enumerate(full)]
        found = nowcast(triangle_of("abcdef", rows), prior, seed=world, concentration=1.0, draws=5000, totals=True)
        period = found.periods[-1]
        below = period.probability[: sizes[-1]].sum()
        places.append(below + rng.random() * period.probability[sizes[-1]])
    counts = np.histogram(places, bins=6, range=(0, 1))[0]
    assert chi2.sf(((counts - 20) ** 2 / 20).sum(), 5) > 0.01


def test_same_seed_same_answer():
    """The answer is a function of its arguments, and another seed moves it by no more than its stated error."""
    triangle = triangle_of("abcde", [[9, 5, 2], [7, 6, 1], [12, 4, 3], [8, 6, None], [10, None, None]])
    prior = CountPrior(mean=20, variance=200, most=200)
    one, again, other = (nowcast(triangle, prior, seed=seed) for seed in (1, 1, 2))
    assert [(p.low, p.median, p.high, p.mean) for p in one.periods] == [
        (p.low, p.median, p.high, p.mean) for p in again.periods]  # fmt: skip
    for first, second in zip(one.periods, other.periods, strict=True):
        gap = abs(first.probability[: first.median + 1].sum() - second.probability[: first.median + 1].sum())
        assert 0 < gap < 6 * first.error
    assert [p.period for p in one.periods] == ["d", "e"]
    assert one.reported_by[-1] == pytest.approx(1)
    assert (np.diff(one.reported_by) > 0).all()


def test_an_answer_of_the_prior_shows():
    """Where next to nothing is reported at once, the interval of the last period is about as wide as the prior's."""
    triangle = triangle_of("abcde", [[0, 9, 8], [0, 7, 9], [0, 8, 8], [0, 9, None], [0, None, None]])
    found = nowcast(triangle, CountPrior(mean=20, variance=200, most=200), seed=1)
    assert found.periods[1].prior_width > 0.8
    assert found.periods[0].prior_width < 0.5


def test_a_period_that_is_not_over_is_left_out():
    """The last period is named as left out, and what is seen of its diagonal changes nothing."""
    whole = triangle_of("abc", [[10, 5], [20, 11], [40, None]])
    counts = np.array([[10, 5], [20, 11], [40, 7], [3, 0]])
    begun = replace(whole, periods=("a", "b", "c", "d"), counts=counts, seen=np.array([2, 2, 1, 0]), partial=True)
    prior = CountPrior(mean=30, variance=300, most=300)
    found = nowcast(begun, prior, seed=1)
    assert found.left_out == "d"
    assert found.periods[0].mean == nowcast(whole, prior, seed=1).periods[0].mean


def test_no_number_where_it_would_be_the_settings():
    """A cap that decides, more reports than allowed, an unseen delay and too few effective draws are refused."""
    triangle = triangle_of("abc", [[10, 5, 5], [20, 11, None], [40, None, None]])
    with pytest.raises(EstimationError, match=r"b: 1.0% of the posterior is near or above 70") as caught:
        nowcast(triangle, CountPrior(mean=30, variance=900, most=70), seed=1)
    assert caught.value.hint
    with pytest.raises(EstimationError, match="c: more is reported than the prior allows"):
        nowcast(triangle, CountPrior(mean=30, variance=900, most=39), seed=1)
    with pytest.raises(EstimationError, match="oldest period, a, is not seen up to the longest delay"):
        nowcast(triangle_of("ab", [[10, 5, None], [20, None, None]]), PRIOR, seed=1)
    odd = [[30, 30]] * 3 + [[60, None]] * 20
    with pytest.raises(EstimationError, match="draws count"):
        nowcast(triangle_of([f"p{n}" for n in range(23)], odd), CountPrior(mean=61, variance=0.1, most=400), seed=1,
                draws=500, totals=True)  # fmt: skip


def test_settings_out_of_range_are_refused():
    """A prior without spread, a level outside 0 and 1, and too few draws are a mistake of the caller."""
    triangle = triangle_of("ab", [[10, 5], [20, None]])
    for settings in ({"level": 1.0}, {"draws": 10}, {"concentration": 0.0}):
        with pytest.raises(ValueError, match="must be above 0"):
            nowcast(triangle, CountPrior(mean=30, variance=300, most=300), seed=1, **settings)
    for mean, variance, most in ((0, 1, 5), (3, 0, 5), (3, 1, 0), (math.inf, 1, 5)):
        with pytest.raises(ValueError, match="prior needs"):
            CountPrior(mean=mean, variance=variance, most=most)
