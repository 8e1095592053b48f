"""Prosecutor, journalist and marketer: the figures by counting attackers' guesses, person by person."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from microdata_worlds import as_microdata, plain_classes, tiny_tables

from bearwitness.disclosure.microdata_classes import ClassCounter
from bearwitness.disclosure.microdata_risks import household_prosecutor, journalist, marketer, prosecutor

PAIRS = st.lists(st.tuples(st.integers(1, 20), st.integers(0, 40)), min_size=1, max_size=30)


@settings(max_examples=100, deadline=None)
@given(PAIRS, st.floats(0.01, 0.99))
def test_by_counting_records(pairs, threshold):
    """Every record once: its chance is one over those who fit it."""
    sample = [s for s, _ in pairs]
    population = [s + more for s, more in pairs]
    chances = [1 / p for s, p in zip(sample, population, strict=True) for _ in range(s)]
    found = journalist(np.array(sample), np.array(population), threshold)
    assert found.at_risk == pytest.approx(sum(c > threshold for c in chances) / len(chances))
    assert found.highest == max(chances)
    by_record, by_person = sum(chances) / len(chances), len(pairs) / sum(population)
    assert found.average == pytest.approx(max(by_record, by_person))
    assert marketer(np.array(sample), np.array(population)) == pytest.approx(by_record)
    alone = prosecutor(np.array(sample), threshold)
    assert alone.average == pytest.approx(len(sample) / sum(sample))
    assert alone.highest >= found.highest


@settings(max_examples=80, deadline=None)
@given(tiny_tables(), st.floats(0.05, 0.95), st.data())
def test_a_household_is_as_safe_as_its_worst_member(table, threshold, data):
    """A household's risk is the greatest among its published members, each looked for among households."""
    rows, columns = table
    node = tuple(data.draw(st.integers(0, len(of[0]) - 1)) for of in rows.values())
    least = data.draw(st.integers(1, 3))
    classes = ClassCounter(as_microdata(rows, columns, household=True)).at(node)
    published = classes.sizes >= least
    worst = {}
    for members in plain_classes(rows, columns, node).values():
        homes = {columns["h"][m] for m in members}
        if len(members) >= least:
            for home in homes:
                worst[home] = max(worst.get(home, 0.0), 1 / len(homes))
    if not worst:
        return
    found = household_prosecutor(classes, published, threshold)
    assert found.highest == max(worst.values())
    assert found.average == pytest.approx(sum(worst.values()) / len(worst))
    assert found.at_risk == pytest.approx(sum(w > threshold for w in worst.values()) / len(worst))


@pytest.mark.parametrize("threshold", [0.0, 1.0, float("nan")])
def test_thresholds_that_decide_nothing(threshold):
    """A threshold of 0 or 1 is refused, not answered."""
    with pytest.raises(ValueError, match="threshold"):
        prosecutor(np.array([3]), threshold)


def test_a_population_smaller_than_its_sample():
    """A class that is larger in the data set than in the population is refused."""
    with pytest.raises(ValueError, match="population"):
        journalist(np.array([3, 2]), np.array([3, 1]), 0.2)
