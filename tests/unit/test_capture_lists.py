"""Tables of lists, and which of them say too little."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bearwitness.errors import EstimationError
from bearwitness.estimation.lists import capture_table, check_estimable

GOOD = {"100": 9, "010": 7, "001": 8, "110": 3, "101": 2, "011": 2, "111": 1}


def table(cells, lists=("monks", "market", "radio"), stratum="north-2019"):
    return capture_table(stratum, lists, cells)


def test_a_pattern_is_at_its_binary_place():
    """A pattern's count stands where its digits say, the first list's digit first; what is left out is 0."""
    made = table({"100": 9, "011": 2, "001": 1})
    assert made.counts.tolist() == [0, 1, 0, 2, 9, 0, 0, 0]
    assert made.observed == 12
    assert made.on_lists[4].tolist() == [True, False, False]
    assert (made.counts @ made.on_lists).tolist() == [9, 2, 3]


@pytest.mark.parametrize("fault", [-1, 2.5, float("nan"), float("inf"), None])
def test_a_cell_that_is_no_count(fault):
    """A negative, fractional, infinite or missing cell is an error with the stratum and the pattern."""
    with pytest.raises(EstimationError, match="north-2019, pattern 011: "):
        table({**GOOD, "011": fault})


@pytest.mark.parametrize(
    ("cells", "lists", "message"),
    [
        ({"10": 4, "01": 3, "11": 2}, ("monks", "market"), "2 independent lists are too few"),
        ({}, tuple(f"list {n}" for n in range(20)), "20 lists are too many"),
        (GOOD, ("monks", "monks", "radio"), "two lists have one name"),
        ({**GOOD, "1111": 2}, ("monks", "market", "radio"), "a pattern does not fit the 3 lists"),
        ({**GOOD, "1x1": 2}, ("monks", "market", "radio"), "a pattern does not fit the 3 lists"),
        ({**GOOD, "000": 2}, ("monks", "market", "radio"), "acts on no list"),
    ],
)
def test_a_table_that_cannot_be(cells, lists, message):
    """Too few or too many lists, lists of one name and patterns that do not fit are errors that name the stratum."""
    with pytest.raises(EstimationError, match=f"Stratum north-2019: .*{message}") as caught:
        table(cells, lists)
    assert caught.value.status == 26
    assert caught.value.hint


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ({}, "there is no act on any list"),
        ({"100": 5, "010": 5, "110": 5}, "list radio is empty"),
        ({"111": 50}, "all acts are on the same lists"),
        ({"110": 20, "001": 9, "111": 4}, "lists monks and market have the same acts"),
        ({"100": 960, "110": 30, "101": 20, "010": 3}, "list monks has nearly all acts; 3 of 1013 are on others alone"),
        ({"100": 9, "010": 7, "001": 8, "110": 3}, "no act of radio is on any other list"),
        ({"100": 9, "010": 7, "001": 8, "011": 3}, "no act of monks is on any other list"),
    ],
)
def test_a_table_that_says_too_little(cells, message):
    """Each way in which lists say nothing about unseen acts is refused, with the stratum's id and what to do."""
    with pytest.raises(EstimationError, match=f"Stratum north-2019: {message}") as caught:
        check_estimable(table(cells))
    assert caught.value.hint


def test_two_worlds_of_lists():
    """Two pairs of lists that share no act across are refused, though each list shares acts with one other."""
    cells = {"1000": 5, "0100": 5, "1100": 3, "0010": 5, "0001": 5, "0011": 2}
    with pytest.raises(EstimationError, match="no act of a, b is on any other list"):
        check_estimable(table(cells, ("a", "b", "c", "d")))
    check_estimable(table({**cells, "0110": 1}, ("a", "b", "c", "d")))


@given(order=st.permutations(range(3)), counts=st.lists(st.integers(0, 3), min_size=7, max_size=7))
def test_the_order_of_lists_is_no_matter(order, counts):
    """Whether a table is refused does not depend on the order of its lists."""
    patterns = [format(place, "03b") for place in range(1, 8)]
    one = table(dict(zip(patterns, counts, strict=True)))
    names = [one.lists[place] for place in order]
    turned = {"".join(pattern[place] for place in order): n for pattern, n in zip(patterns, counts, strict=True)}
    assert refused(one) == refused(table(turned, names))
    assert np.sort(one.counts).tolist() == np.sort(table(turned, names).counts).tolist()


def refused(made):
    try:
        check_estimable(made)
    except EstimationError:
        return True
    return False
