"""Of two accounts each act is one of the other's at most: straight pairs take probability from crossed ones."""

from itertools import combinations
from math import prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bearwitness.linkage.matching import pair_one_to_one


def by_hand(chances):
    """Going through every set of pairs."""
    pairs = sorted(chances)
    odds = {p: chances[p] / (1.0 - chances[p]) for p in pairs}
    ways = [
        chosen for size in range(len(pairs) + 1) for chosen in combinations(pairs, size)
        if all(len({p[side] for p in chosen}) == len(chosen) for side in (0, 1))
    ]  # fmt: skip
    weight = {way: prod(odds[p] for p in way) for way in ways}
    return {p: sum(w for way, w in weight.items() if p in way) / sum(weight.values()) for p in pairs}


GRIDS = st.integers(1, 3).flatmap(
    lambda n: st.dictionaries(
        st.tuples(st.sampled_from([f"a{i}" for i in range(n)]), st.sampled_from(["b0", "b1", "b2", "b3"])),
        st.floats(0.001, 0.999), min_size=1, max_size=9,
    )
)  # fmt: skip


@given(GRIDS)
def test_every_way_to_pair_is_counted(chances):
    """The same as going through all sets of pairs; no act is of two, and no pair gains from being one of several."""
    found = pair_one_to_one(chances)
    assert found == pytest.approx(by_hand(chances), abs=1e-9)
    for side in (0, 1):
        for act in {p[side] for p in chances}:
            assert sum(c for p, c in found.items() if p[side] == act) <= 1.0 + 1e-9


def test_a_single_pair_keeps_its_probability():
    """There is nothing it could be instead."""
    assert pair_one_to_one({("a", "b"): 0.3})["a", "b"] == pytest.approx(0.3)


def test_straight_pairs_take_from_those_that_cross():
    """Raid and raid, detention and detention leave little for raid and detention."""
    alone = {("a", "x"): 0.8, ("b", "y"): 0.9, ("a", "y"): 0.43, ("b", "x"): 0.43}
    found = pair_one_to_one(alone)
    assert found["a", "x"] > 0.75
    assert found["b", "y"] > 0.85
    assert found["a", "y"] < 0.05


def test_what_is_certain_stays_certain_and_more_acts_than_can_be_summed_stay_as_they_are():
    """No division by nothing, and no endless sum."""
    assert pair_one_to_one({("a", "x"): 1.0, ("a", "y"): 0.5})["a", "y"] == pytest.approx(0.0, abs=1e-6)
    many = {(f"a{i}", f"b{i}"): 0.5 for i in range(13)}
    assert pair_one_to_one(many) == many
