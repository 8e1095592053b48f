"""What pairs of accounts are of, by Bayes' rule and by what an archive teaches."""

from itertools import product
from math import log2

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bearwitness.linkage.act_model import SAME_ACT_OF_ONE_HOUSEHOLD, act_model
from bearwitness.linkage.archive_fit import ComparedPairs, share_pairs
from bearwitness.linkage.conditions import Same
from bearwitness.linkage.model import Comparison, Level, LinkModel

STATED = act_model(of_one_household=True)
TRUE = {"when": (0.9, 0.2), "where": (0.95, 0.8), "what": (0.7, 0.3), "whom": (0.8, 0.4)}


def of_levels(patterns, pattern, apart):
    return ComparedPairs(
        patterns=tuple(patterns), pattern=np.array(pattern, dtype=np.int64), apart=np.array(apart, dtype=float)
    )


def two_levels(chances):
    """A model of which each comparison agrees or not."""
    return LinkModel(layer="act", prior=0.5, blocks=(), comparisons=tuple(
        Comparison(name, (name,), (Level("yes", Same(name), m, u, ""), Level("no", None, 1 - m, 1 - u, "")))
        for name, (m, u) in chances.items()
    ))  # fmt: skip


@given(
    st.lists(st.integers(0, 5), min_size=len(STATED.comparisons), max_size=len(STATED.comparisons)),
    st.floats(-80, 80), st.floats(0.0001, 0.9),
)  # fmt: skip
def test_the_three_cases_share_one_probability(places, apart, chance):
    """Odds by the formula, against multiplying them out; what one of the two does not tell says nothing."""
    chosen = zip(STATED.comparisons, places, strict=True)
    levels = [(c.name, c.levels[at] if at < len(c.levels) else None) for c, at in chosen]
    pattern = tuple((name, level.name if level else "missing") for name, level in levels)
    shares = share_pairs(
        of_levels([pattern], [0], [apart]), STATED, chance=chance, same=SAME_ACT_OF_ONE_HOUSEHOLD, every=None
    )
    told = [level for _, level in levels if level]
    one, again = SAME_ACT_OF_ONE_HOUSEHOLD, 1 - SAME_ACT_OF_ONE_HOUSEHOLD
    for level in told:
        one, again = one * level.m, again * level.u
    assert shares.act[0] == pytest.approx(one / (one + again))
    against = (1 - chance) / chance * 2.0**apart / (one + again)
    assert shares.household[0] == pytest.approx(1 / (1 + against))


def drawn(number, seed, same=0.3, home=0.02):
    """Pairs whose truth is known: how they agree, what the people say, and whether they are one act."""
    rng = np.random.default_rng(seed)
    one_home = rng.random(number) < home
    one_act = one_home & (rng.random(number) < same)
    chances = np.array([(m, u, 0.1) for m, u in TRUE.values()])
    case = np.where(one_act, 0, np.where(one_home, 1, 2))
    agree = rng.random((number, len(TRUE))) < chances[:, case].T
    people = rng.normal(np.where(one_home, 9.0, -9.0), np.sqrt(2 * 9.0 / np.log2(np.e)))
    # Normal about +-9 bits with this variance, the ratio of the two densities is what was drawn.
    patterns = list(product((True, False), repeat=len(TRUE)))
    by_chance = sum(np.where(agree[:, at], log2(0.1), log2(0.9)) for at in range(len(TRUE)))
    named = [tuple((name, "yes" if a else "no") for name, a in zip(TRUE, p, strict=True)) for p in patterns]
    place = {p: at for at, p in enumerate(patterns)}
    return of_levels(named, [place[tuple(bool(x) for x in row)] for row in agree], by_chance - people), one_act


def off(shares, truth):
    """The greatest difference of stated and true shares over fifths of the doubtful pairs."""
    p = shares.household * shares.act
    order = np.argsort(p)
    order = order[p[order] > 0.02]
    return max(abs(p[part].mean() - truth[part].mean()) for part in np.array_split(order, 5))


def test_an_archive_teaches_how_its_accounts_agree():
    """Stated probabilities that are far off are learnt, so that what is said to be 0.5 is right in half."""
    pairs, truth = drawn(400_000, 1)
    wrong = two_levels({"when": (0.6, 0.5), "where": (0.6, 0.5), "what": (0.6, 0.5), "whom": (0.6, 0.5)})
    stated = share_pairs(pairs, wrong, chance=0.005, same=0.35, every=None)
    learnt = share_pairs(pairs, wrong, chance=0.005, same=0.35, every=400_000)
    right = share_pairs(pairs, two_levels(TRUE), chance=0.02, same=0.3, every=None)
    assert off(stated, truth) > 0.25
    assert off(right, truth) < 0.09
    assert off(learnt, truth) < 0.12
    assert (learnt.household * learnt.act).sum() == pytest.approx(truth.sum(), rel=0.2)


def test_a_few_accounts_teach_nothing():
    """Of ten pairs the stated probabilities stay what they are, to a few hundredths."""
    pairs, _ = drawn(10, 2, home=0.4)
    stated, learnt = (
        share_pairs(pairs, two_levels(TRUE), chance=0.2, same=0.35, every=every) for every in (None, 10)
    )
    assert np.abs(stated.act - learnt.act).max() < 0.06
    assert np.abs(stated.household - learnt.household).max() < 0.06


def test_no_pairs_are_no_error():
    """Where nothing was compared there is nothing to say."""
    shares = share_pairs(of_levels([], [], []), STATED, chance=0.1, same=0.35, every=0)
    assert len(shares.household) == len(shares.act) == 0
