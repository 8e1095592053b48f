"""Log-linear models: their existence, fit, choice and interval."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog
from scipy.stats import poisson

from bearwitness.errors import EstimationError
from bearwitness.estimation.lists import CaptureTable, capture_table
from bearwitness.estimation.loglinear import choose_model, estimate_loglinear, estimate_model
from bearwitness.estimation.loglinear_interval import bootstrap_loglinear
from bearwitness.estimation.loglinear_model import check_model, fit_model, overlaps, pairs_of

MODELS = [model for size in range(4) for model in combinations(pairs_of(3), size)]
STEADY = {"100": 60, "010": 55, "001": 70, "110": 30, "101": 40, "011": 25, "111": 20}


def table(cells, lists="abc"):
    return capture_table("s1", tuple(lists), cells)


def left_over(counts, model):
    """By hand for three lists: the cells that remain, and the terms of each."""
    sets = [(), (0,), (1,), (2,), *model]
    on = [tuple(place for place in range(3) if n >> (2 - place) & 1) for n in range(8)]
    empty = [s for s in sets if not sum(counts[n] for n in range(8) if set(s) <= set(on[n]))]
    cells = [n for n in range(1, 8) if not any(set(s) <= set(on[n]) for s in empty)]
    terms = np.array([[float(set(s) <= set(on[n])) for s in sets if s not in empty] for n in cells])
    return cells, terms.reshape(len(cells), -1)


def exists_by_directions(counts, cells, terms):
    """Whether no direction leaves the likelihood to grow for ever: the other side of the linear programme."""
    zero = np.array([counts[n] == 0 for n in cells])
    if not zero.any():
        return True
    many = terms.shape[1]
    solved = linprog(
        -terms[zero].sum(axis=0), A_ub=np.vstack([-terms[zero], terms[zero]]),
        b_ub=np.r_[np.zeros(zero.sum()), np.ones(zero.sum())],
        A_eq=terms[~zero] if (~zero).any() else np.zeros((1, many)), b_eq=np.zeros(max(1, (~zero).sum())),
        bounds=[(None, None)] * many, method="highs",
    )  # fmt: skip
    return solved.fun > -1e-6


@settings(max_examples=25, deadline=None)
@given(counts=st.lists(st.integers(0, 3), min_size=7, max_size=7))
def test_existence_against_directions(counts):
    """A model is fitted exactly where no direction of infinite growth is left and its terms are independent."""
    counts = np.array([0, *counts], dtype=float)
    assume(counts.sum() > 0)
    for model in MODELS:
        cells, terms = left_over(counts, model)
        exists = bool(cells) and exists_by_directions(counts, cells, terms)
        one = bool(cells) and np.linalg.matrix_rank(terms) == terms.shape[1]
        check = check_model(counts, model)
        assert (check.exists, check.identifiable) == (exists, one)
        assert (fit_model(counts, model) is not None) == (exists and one)


@settings(max_examples=40, deadline=None)
@given(counts=st.lists(st.integers(1, 400), min_size=7, max_size=7))
def test_closed_forms(counts):
    """Fits of three lists are the closed forms: all pairs, and two pairs (the third pair's lists independent)."""
    counts = np.array([0, *counts], dtype=float)
    _, c, b, bc, a, ac, ab, abc = counts
    every = fit_model(counts, pairs_of(3))
    assert every.expected[0] == pytest.approx(abc * a * b * c / (ab * ac * bc), rel=1e-6)
    assert every.expected[1:] == pytest.approx(counts[1:], rel=1e-6)
    # A and C depend on B each, not on each other: among acts that are not on B, A and C are independent.
    two = fit_model(counts, [(0, 1), (1, 2)])
    assert two.expected[0] == pytest.approx(a * c / ac, rel=1e-6)


@settings(max_examples=30, deadline=None)
@given(counts=st.lists(st.integers(0, 50), min_size=15, max_size=15))
def test_a_fit_has_the_statistics_of_the_table(counts):
    """Every fit of four lists keeps the totals of lists and of its pairs, and a pair without acts stays without."""
    counts = np.array([0, *counts], dtype=float)
    assume(counts.sum() > 0)
    model = [(0, 1), (0, 3), (1, 2)]
    fit = fit_model(counts, model)
    if fit is None:
        check = check_model(counts, model)
        assert not (check.exists and check.identifiable)
        return
    seen = fit.expected.copy()
    seen[0] = 0
    on = CaptureTable(stratum="s", lists=tuple("abcd"), counts=counts).on_lists
    assert seen @ on == pytest.approx(counts @ on, abs=1e-6)
    chosen = [place for place, pair in enumerate(pairs_of(4)) if pair in model]
    assert overlaps(seen)[chosen] == pytest.approx(overlaps(counts)[chosen], abs=1e-6)
    assert np.isfinite(fit.expected).all()


def test_the_first_pair_by_hand():
    """The first pair that is added is the least probable under independence, and only if under the threshold."""
    counts = table({**STEADY, "110": 100}).counts
    expected = overlaps(fit_model(counts, ()).expected)
    common = overlaps(counts)
    chance = np.minimum(poisson.cdf(common, expected), poisson.sf(common - 1, expected))
    first = pairs_of(3)[int(np.argmin(chance))]
    assert chance.min() < 0.02
    assert first in choose_model(counts, 0.02).pairs
    assert choose_model(counts, float(chance.min())).pairs == ()
    assert choose_model(counts, float(chance.min()) * 1.0001).pairs == (first,)


def test_independent_lists_are_left_alone():
    """Lists that are independent to the digit get the model of independent lists and the true number."""
    found = estimate_loglinear(table(dict.fromkeys(["111", "110", "101", "011", "100", "010", "001"], 125)))
    assert found.total == pytest.approx(1000)
    assert found.dependent == ()


def test_lists_that_share_no_act():
    """A pair without common acts where many were to be expected enters the model and is named as apart."""
    found = estimate_loglinear(table({"100": 80, "010": 90, "001": 70, "110": 40, "011": 35}))
    assert ("a", "c") in found.dependent
    assert found.apart == (("a", "c"),)
    # What is left is five cells and four terms; with b apart from neither, b's overlaps alone tell what all missed.
    fitted = fit_model(table({"100": 80, "010": 90, "001": 70, "110": 40, "011": 35}).counts, [(0, 2)])
    assert found.total == pytest.approx(315 + fitted.expected[0])
    assert fitted.expected[5] == fitted.expected[7] == 0
    # Of the acts off b and on it, the same share is on a or c: 150 of 150 and what is sought, 75 of 165.
    assert fitted.expected[0] == pytest.approx(150 * 90 / 75, rel=1e-6)


def test_a_model_that_is_named():
    """A model can be named in any order; one that has no estimate is refused with why; an unknown list is an error."""
    made = table(STEADY)
    all_pairs = (("b", "a"), ("c", "a"), ("c", "b"))
    assert estimate_model(made, all_pairs).total == pytest.approx(300 + 20 * 60 * 55 * 70 / (30 * 40 * 25))
    with pytest.raises(EstimationError, match="s1: a pair has a list that the table has not"):
        estimate_model(made, (("a", "d"),))
    thin = table({"100": 40, "010": 30, "001": 20, "110": 6, "101": 3})
    with pytest.raises(EstimationError, match="s1: the model has no finite estimate"):
        estimate_model(thin, (("a", "b"), ("a", "c")))
    fewer = table({"1000": 9, "0100": 8, "0010": 7, "0001": 6, "1100": 3, "0110": 2, "0011": 2}, "abcd")
    with pytest.raises(EstimationError, match="s1: the model has many estimates"):
        estimate_model(fewer, (("a", "b"), ("b", "c"), ("c", "d"), ("a", "c"), ("a", "d"), ("b", "d")))


def test_the_interval_is_the_generators():
    """The same generator gives the same interval, another one another; ends are in order around the number."""
    made = table(STEADY)
    one, same, other = (bootstrap_loglinear(made, rng=np.random.default_rng(seed), replicates=150, levels=(0.1, 0.9))
                        for seed in (5, 5, 6))  # fmt: skip
    assert one == same
    assert one.ends != other.ends
    assert one.ends[0] < one.estimate.total < one.ends[1]


def test_the_interval_covers_a_true_number():
    """Of 60 tables of 1,000 acts on three independent lists, intervals at 90 % cover 1,000 in 49 or more."""
    rng = np.random.default_rng(12)
    covered = 0
    for _ in range(60):
        drawn = rng.multinomial(1000, [0.125] * 8)
        made = table({format(place, "03b"): int(n) for place, n in enumerate(drawn) if place})
        low, high = bootstrap_loglinear(made, rng=rng, replicates=100, levels=(0.05, 0.95)).ends
        covered += low <= 1000 <= high
    assert covered >= 49


def test_an_end_below_what_was_seen():
    """No end is under the number of acts that were seen, however few they are."""
    made = table({"100": 2, "010": 3, "001": 2, "110": 1, "101": 1, "011": 1, "111": 1})
    low, high = bootstrap_loglinear(made, rng=np.random.default_rng(1), replicates=400, levels=(0.025, 0.9)).ends
    assert low == made.observed == 11
    assert high > 15


@pytest.mark.parametrize(
    ("cells", "levels", "message"),
    [
        ({"100": 30, "010": 30, "001": 30, "111": 1}, (0.1, 0.9), "without one single act there would be no estimate"),
        ({"100": 30, "010": 30, "001": 30, "110": 2, "101": 1, "011": 1}, (0.2, 0.993), "end at 0.993 is infinite"),
        ({"100": 30, "010": 30, "001": 30, "110": 2, "101": 2, "011": 2}, (0.0001, 0.9), "lies beyond the 100 tables"),
        (STEADY, (0.00001, 0.9), "lies beyond the 100 tables"),
        ({"100": 9, "010": 7, "001": 8, "110": 1, "011": 1}, (0.1, 0.9), "of 100 tables drawn anew have no estimate"),
    ],
)
def test_no_interval(cells, levels, message):
    """Where overlaps are too few for an interval, or too few tables were drawn, there is none."""
    with pytest.raises(EstimationError, match=f"s1: .*({message})"):
        bootstrap_loglinear(table(cells), rng=np.random.default_rng(3), replicates=100, levels=levels)


def test_arguments_that_do_not_fit():
    """Too few replicates, levels and thresholds outside, and pairs of no lists are a programmer's mistake."""
    made, rng = table(STEADY), np.random.default_rng(1)
    for wrong in (
        lambda: bootstrap_loglinear(made, rng=rng, replicates=99),
        lambda: bootstrap_loglinear(made, rng=rng, levels=(0.0, 0.5)),
        lambda: bootstrap_loglinear(made, rng=rng, levels=()),
        lambda: estimate_loglinear(made, threshold=1.5),
        lambda: check_model(made.counts, [(1, 0)]),
        lambda: check_model(made.counts[:7], ()),
    ):
        with pytest.raises(ValueError, match=r"interval|threshold|pairs"):
            wrong()
