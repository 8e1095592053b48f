"""A clustering obeys every decision, is a partition, and is what joining the nearest two again and again gives."""

import itertools
import time

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bearwitness.errors import LinkageError
from bearwitness.linkage.clusters import UNSCORED, cluster

IDS = "abcdefgh"
PAIRS = list(itertools.combinations(IDS, 2))


@st.composite
def problems(draw):
    """Items with some scored pairs, and decisions that do not contradict each other."""
    scores = draw(st.dictionaries(st.sampled_from(PAIRS), st.floats(0.0, 1.0)))
    must = draw(st.lists(st.sampled_from(PAIRS), max_size=3))
    group = {one: {one} for one in IDS}
    for a, b in must:
        joined = group[a] | group[b]
        group.update(dict.fromkeys(joined, joined))
    cannot = [(b, a) for a, b in draw(st.lists(st.sampled_from(PAIRS), max_size=6)) if b not in group[a]]
    return [(a, b, p) for (a, b), p in scores.items()], must, cannot


def nearest_first(pairs, must, cannot, threshold):
    """The plain way: all means anew at every step."""
    chance, groups = {frozenset((a, b)): p for a, b, p in pairs}, [{one} for one in IDS]
    for a, b in must:
        joined = next(g for g in groups if a in g) | next(g for g in groups if b in g)
        groups = [g for g in groups if not g & joined] + [joined]
    while True:
        best = None
        for g, h in itertools.combinations(groups, 2):
            scored = [chance[key] for x in g for y in h if (key := frozenset((x, y))) in chance]
            barred = any((x in g and y in h) or (x in h and y in g) for x, y in cannot)
            mean = sum(scored) / (len(scored) + UNSCORED * (len(g) * len(h) - len(scored))) if scored else 0.0
            if not barred and mean >= threshold and (best is None or mean > best[0]):
                best = (mean, g, h)
        if best is None:
            return sorted(tuple(sorted(g)) for g in groups)
        groups = [g for g in groups if g is not best[1] and g is not best[2]] + [best[1] | best[2]]


# The graph library is loaded by the first call.
@settings(deadline=None)
@given(problems(), st.floats(0.01, 1.0), st.randoms(use_true_random=False))
def test_every_item_is_in_one_cluster_and_every_decision_is_obeyed(problem, threshold, order):
    """Whatever the probabilities say; and the order in which things are given changes nothing."""
    pairs, must, cannot = problem
    found = cluster(IDS, pairs, must, cannot, threshold)
    assert sorted(one for group in found for one in group) == list(IDS)
    of = {one: i for i, group in enumerate(found) for one in group}
    assert all(of[a] == of[b] for a, b in must)
    assert all(of[a] != of[b] for a, b in cannot)
    shuffled = [(b, a, p) if order.random() < 0.5 else (a, b, p) for a, b, p in pairs]
    order.shuffle(shuffled)
    assert cluster(order.sample(IDS, len(IDS)), shuffled, must[::-1], cannot[::-1], threshold) == found


@settings(deadline=None)
@given(problems(), st.integers(1, 9), st.randoms(use_true_random=False))
def test_it_is_what_joining_the_nearest_two_gives(problem, tenth, order):
    """Against the plain way, with probabilities of which no two are alike."""
    pairs, must, cannot = problem
    scores = order.sample(range(1, 10_000), len(pairs))
    pairs = [(a, b, score / 10_000 + order.random() * 1e-5) for (a, b, _), score in zip(pairs, scores, strict=True)]
    assert list(cluster(IDS, pairs, must, cannot, tenth / 10)) == nearest_first(pairs, must, cannot, tenth / 10)


@settings(deadline=None)
@given(problems())
def test_contradicting_decisions_are_refused(problem):
    """What must be together over any number of steps and must not be."""
    pairs, must, cannot = problem
    assume(must)
    with pytest.raises(LinkageError, match="kept apart"):
        cluster(IDS, pairs, must, [*cannot, must[0]])


def test_one_pair_that_happens_to_be_alike_does_not_join_two_raids():
    """Single linkage would."""
    raids = [("a", "b", 0.9), ("c", "d", 0.9), ("a", "c", 0.1), ("a", "d", 0.2), ("b", "c", 0.1), ("b", "d", 0.8)]
    assert cluster("abcd", raids) == (("a", "b"), ("c", "d"))


def test_a_chain_is_joined_only_while_it_is_dense():
    """Unscored pairs count a fifth: of a chain of 0.9, two and one give 0.9 / 1.2, three and three 0.9 / 2.6."""
    chain = [(a, b, 0.9) for a, b in itertools.pairwise("abcdef")]
    assert cluster("abc", chain[:2]) == (("a", "b", "c"),)
    assert cluster("abc", chain[:2], threshold=0.76) == (("a", "b"), ("c",))
    assert cluster("abcdef", [*chain[:2], ("c", "d", 0.6), *chain[3:]]) == (("a", "b", "c"), ("d", "e", "f"))


@pytest.mark.parametrize(("pairs", "threshold"), [
    ([("a", "b", 1.5)], 0.5), ([("a", "b", float("nan"))], 0.5), ([("a", "a", 0.5)], 0.5),
    ([("a", "b", 0.5), ("b", "a", 0.6)], 0.5), ([], 0.0), ([], 1.1), ([], float("nan")),
])  # fmt: skip
def test_what_is_no_pair_or_threshold_is_a_mistake(pairs, threshold):
    """Never guessed at."""
    with pytest.raises(ValueError, match=r"."):
        cluster("ab", pairs, threshold=threshold)


@pytest.mark.parametrize("where", ["pairs", "must", "cannot"])
def test_an_unknown_item_is_refused_by_name(where):
    """A decision about an item that is not there could join others that are."""
    with pytest.raises(LinkageError, match="zz"):
        cluster("ab", **{"pairs": []} | {where: [("a", "zz", 0.5) if where == "pairs" else ("a", "zz")]})


def test_nothing_gives_nothing():
    """No items, no clusters."""
    assert cluster([], []) == ()


def test_ten_thousand_items_take_a_moment():
    """No step looks at all clusters: a tenth of the size asked for, with room for a busy machine."""
    rng = np.random.default_rng(3)
    ends = np.sort(rng.integers(0, 10_000, (50_000, 2)), axis=1)
    ends = np.unique(ends[ends[:, 0] < ends[:, 1]], axis=0)
    pairs = [(f"i{a}", f"i{b}", p) for (a, b), p in zip(ends.tolist(), rng.beta(0.3, 1, len(ends)), strict=True)]
    begun = time.perf_counter()
    found = cluster([f"i{i}" for i in range(10_000)], pairs)
    assert time.perf_counter() - begun < 5.0
    assert sum(map(len, found)) == 10_000
