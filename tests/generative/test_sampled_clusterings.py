"""Sampled clusterings: against all partitions on small sets, decisions obeyed, the same whatever the split."""

import itertools
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bearwitness.linkage.sampling import prepare_sampling, sample_clustering, sample_clusterings

IDS = "abcdef"
PAIRS = list(itertools.combinations(IDS, 2))


def partitions(items):
    if not items:
        yield []
        return
    for rest in partitions(items[1:]):
        yield [[items[0]], *rest]
        for i in range(len(rest)):
            yield [*rest[:i], [items[0], *rest[i]], *rest[i + 1 :]]


def is_connected(group, links):
    seen, waiting = {group[0]}, [group[0]]
    while waiting:
        here = waiting.pop()
        near = {one for one in group if one not in seen and frozenset((here, one)) in links}
        seen |= near
        waiting += near
    return len(seen) == len(group)


def enumerate_all(pairs, must=(), cannot=()):
    """The probability of every clustering that obeys: odds of all scored pairs together, clusters connected."""
    chance = {frozenset((a, b)): p for a, b, p in pairs}
    must, cannot = {frozenset(x) for x in must}, {frozenset(x) for x in cannot}
    weight = {}
    for parts in partitions(list(IDS)):
        together = {frozenset(x) for part in parts for x in itertools.combinations(part, 2)}
        links = (set(chance) - cannot) | must
        if must <= together and not cannot & together and all(is_connected(part, links) for part in parts):
            odds = [chance[x] / (1 - chance[x]) for x in together - must if x in chance]
            weight[tuple(sorted(tuple(sorted(part)) for part in parts))] = float(np.prod(odds))
    return {parts: w / sum(weight.values()) for parts, w in weight.items()}


CASES = {
    "any": (lambda _a, _b, rng: rng.random(), 1.0, (), ()),
    "sparse with decisions": (lambda _a, _b, rng: rng.random(), 0.6, [("a", "b")], [("c", "f"), ("a", "d")]),
    "two raids": (lambda a, b, _: 0.97 if (a < "d") == (b < "d") else 0.55, 1.0, (), ()),
    "three couples": (lambda a, b, _: 0.99 if (a, b) in {("a", "b"), ("c", "d"), ("e", "f")} else 0.5, 1.0, (), ()),
}


@pytest.mark.parametrize("name", CASES)
def test_samples_are_distributed_as_all_partitions_enumerated(name):
    """Total variation within what that many independent draws would show (mean and three deviations)."""
    draw, share, must, cannot = CASES[name]
    rng = np.random.default_rng(8)
    pairs = [(a, b, float(draw(a, b, rng))) for a, b in PAIRS if rng.random() < share]
    exact, number = enumerate_all(pairs, must, cannot), 6000
    task = prepare_sampling(IDS, pairs, must, cannot)
    seen = Counter(sample_clustering(task, 1, i) for i in range(number))
    assert set(seen) <= set(exact)
    ways = np.array(list(exact.values()))
    distance = 0.5 * sum(abs(seen[parts] / number - p) for parts, p in exact.items())
    drawn = 0.5 * np.abs(rng.multinomial(number, ways, 2000) / number - ways).sum(axis=1)
    assert distance < drawn.mean() + 3 * drawn.std()


def test_where_pairs_form_no_circle_each_is_together_with_its_probability():
    """Nothing is assumed of the pairs that were not scored."""
    given_ = {("a", "b"): 0.9, ("b", "c"): 0.3, ("b", "d"): 0.6, ("e", "f"): 0.5}
    task = prepare_sampling(IDS, [(a, b, p) for (a, b), p in given_.items()])
    drawn = [sample_clustering(task, 2, i) for i in range(4000)]
    for (a, b), p in given_.items():
        share = np.mean([any(a in group and b in group for group in one) for one in drawn])
        assert share == pytest.approx(p, abs=4 * np.sqrt(p * (1 - p) / 4000))


def test_what_a_weak_pair_contradicts_is_not_closed_over():
    """0.9, 0.9 and 0.1: drawn one by one and closed, the third would be together in 0.83 of the samples."""
    pairs = [("a", "b", 0.9), ("b", "c", 0.9), ("a", "c", 0.1)]
    task = prepare_sampling("abc", pairs)
    drawn = [sample_clustering(task, 4, i) for i in range(4000)]
    # Odds: all together 9 * 9 / 9, each of two couples 9, the third 1 / 9, none 1.
    assert np.mean([one == (("a", "b", "c"),) for one in drawn]) == pytest.approx(9 / (28 + 1 / 9), abs=0.03)


@st.composite
def problems(draw):
    scores = draw(st.dictionaries(st.sampled_from(PAIRS), st.floats(0.0, 1.0)))
    must = draw(st.lists(st.sampled_from(PAIRS), max_size=2))
    group = {one: {one} for one in IDS}
    for a, b in must:
        joined = group[a] | group[b]
        group.update(dict.fromkeys(joined, joined))
    cannot = [(b, a) for a, b in draw(st.lists(st.sampled_from(PAIRS), max_size=5)) if b not in group[a]]
    return [(a, b, p) for (a, b), p in scores.items()], must, cannot


@settings(deadline=None)
@given(problems(), st.integers(0, 2**64 - 1), st.integers(0, 50), st.data())
def test_decisions_are_obeyed_and_any_split_gives_the_same(problem, seed, index, data):
    """A sample is a function of seed and index; its parts are the whole."""
    pairs, must, cannot = problem
    task = prepare_sampling(IDS, pairs, must, cannot)
    whole = sample_clustering(task, seed, index)
    assert sorted(one for group in whole for one in group) == list(IDS)
    of = {one: i for i, group in enumerate(whole) for one in group}
    assert all(of[a] == of[b] for a, b in must)
    assert all(of[a] != of[b] for a, b in cannot)
    cut = data.draw(st.integers(0, task.components))
    parts = sample_clustering(task, seed, index, 0, cut) + sample_clustering(task, seed, index, cut)
    assert tuple(sorted(parts)) == whole
    again = prepare_sampling(IDS[::-1], [(b, a, p) for a, b, p in pairs[::-1]], must[::-1], cannot[::-1])
    assert sample_clustering(again, seed, index) == whole


def test_items_of_other_components_change_nothing():
    """A new account changes the samples of what it may belong to only, wherever its id comes in order."""
    pairs = [("c", "d", 0.5), ("d", "e", 0.6), ("c", "e", 0.4)]
    small = prepare_sampling("cde", pairs)
    large = prepare_sampling("abcdefg", [*pairs, ("a", "b", 0.5), ("f", "g", 0.5)])
    for index in range(50):
        part = [group for group in sample_clustering(large, 6, index) if group[0] in "cde"]
        assert tuple(part) == sample_clustering(small, 6, index)


def test_components_and_samples_are_drawn_independently():
    """Two pairs of 0.5 agree in half of the samples; so do a sample and the next."""
    task = prepare_sampling("abcd", [("a", "b", 0.5), ("c", "d", 0.5)])
    samples = [sample_clustering(task, 7, i) for i in range(2000)]
    drawn = np.array([[("a", "b") in one, ("c", "d") in one] for one in samples])
    assert np.mean(drawn[:, 0] == drawn[:, 1]) == pytest.approx(0.5, abs=0.045)
    assert np.mean(drawn[1:, 0] == drawn[:-1, 0]) == pytest.approx(0.5, abs=0.045)


def test_a_generator_gives_the_seed_of_all_samples():
    """The same generator, the same samples; another, others."""
    pairs = [(a, b, 0.5) for a, b in PAIRS]
    one, same, other = (sample_clusterings(IDS, pairs, (), (), np.random.default_rng(s)) for s in (1, 1, 2))
    assert len(one) == 20
    assert one == same
    assert one != other


def test_what_is_out_of_range_is_a_mistake():
    """Components that are not there, negative seeds."""
    task = prepare_sampling("ab", [("a", "b", 0.5)])
    assert prepare_sampling([], []).components == 0
    for asked in ({"first": 0, "last": 2}, {"seed": -1}, {"index": -1}, {"sweeps": 0}):
        with pytest.raises(ValueError, match="out of range"):
            sample_clustering(task, **{"seed": 1, "index": 0} | asked)
