"""Tables into microdata: distinct rows counted, hierarchies that are none refused, nothing said of the content."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from microdata_worlds import as_microdata, tiny_tables

from bearwitness.disclosure.microdata import Hierarchy, Microdata, hierarchy, joined, microdata
from bearwitness.errors import TableError

PLACE = hierarchy("place", [["Hyesan", "north", "*"], ["Musan", "north", "*"], ["Haeju", "south", "*"]])


@settings(max_examples=80, deadline=None)
@given(tiny_tables())
def test_distinct_rows_are_counted(table):
    """Each distinct row stands once with its number, and sensitive values and households are counted by row."""
    rows, columns = table
    data = as_microdata(rows, columns, household=True)
    labels = [tuple(h.labels[0][c] for h, c in zip(data.hierarchies, code, strict=True)) for code in data.codes]
    names = list(rows)
    plain = Counter(zip(*(columns[n] for n in names), strict=True))
    assert dict(zip(labels, data.counts.tolist(), strict=True)) == plain
    for detail, name in ((data.sensitive[0], "s"), (data.household, "h")):
        cells = {
            (*labels[r], detail.values[c]): n
            for r, c, n in zip(detail.row, detail.code, detail.count.tolist(), strict=True)
        }
        assert cells == Counter(zip(*(columns[n] for n in [*names, name]), strict=True))


def test_a_hierarchy_knows_its_values():
    """Height, widths, shares of the domain and what an exact value reads at each level."""
    assert PLACE.height == 2
    assert [PLACE.width(level) for level in range(3)] == [3, 2, 1]
    assert PLACE.shares(1).tolist() == pytest.approx([2 / 3, 1 / 3])
    assert [PLACE.labels[1][c] for c in PLACE.levels[1]] == ["north", "north", "south"]


@pytest.mark.parametrize(
    ("rows", "what"),
    [
        ([], "no rows"),
        ([["Hyesan", "north"], ["Musan"]], "different length"),
        ([["Hyesan", "north"], ["Hyesan", "south"]], "a value twice"),
        ([["Hyesan", "north", "a"], ["Musan", "north", "b"]], "level 2 .* splits"),
    ],
)
def test_hierarchies_that_are_none(rows, what):
    """A hierarchy with gaps, doubles, or a level that splits what was joined is refused, naming no value."""
    with pytest.raises(TableError, match=what) as refused:
        hierarchy("place", rows)
    assert "Hyesan" not in str(refused.value)


def test_values_that_no_hierarchy_lists():
    """Unknown values are counted in the message, never quoted."""
    with pytest.raises(TableError, match="2 rows have a value of place") as refused:
        microdata({"place": ["Hyesan", "Sinuiju", "Sinuiju"]}, [PLACE])
    assert "Sinuiju" not in str(refused.value)


@pytest.mark.parametrize(
    ("columns", "roles"),
    [({"other": ["x"]}, {}), ({"place": ["Hyesan"]}, {"sensitive": ["act"]}), ({"place": []}, {}),
     ({"place": ["Hyesan"]}, {"household": "home"})],
)  # fmt: skip
def test_columns_that_are_not_there(columns, roles):
    """A role without its column, and a table without rows, are refused."""
    with pytest.raises(TableError):
        microdata(columns, [PLACE], **roles)


def test_counts_instead_of_rows():
    """A table that is counted already gives the same data as its rows written out."""
    columns = {"place": ["Musan", "Haeju", "Musan"], "act": ["a", "b", "a"]}
    counted = microdata(columns, [PLACE], sensitive=["act"], records=[2, 1, 3])
    assert counted.records == 6
    assert counted.weights[0].tolist() == [0, 5, 1]
    assert sorted(counted.sensitive[0].count.tolist()) == [1, 5]


def test_numbers_for_very_wide_rows_stay_apart():
    """Rows of more columns than one number can hold are still told apart, and only where they differ."""
    rng = np.random.default_rng(8)
    columns = [rng.integers(0, 1000, 500) for _ in range(12)]
    columns = [np.concatenate([c, c]) for c in columns]
    keys = joined(columns, [1000] * 12, 1000)
    assert len(np.unique(keys)) == 500
    assert np.array_equal(keys[:500], keys[500:])


def test_mistakes_of_a_caller():
    """Codes, labels and counts that do not belong together are refused when they are made."""
    with pytest.raises(ValueError, match="level 0"):
        Hierarchy(name="x", labels=(("a", "b"),), levels=(np.array([1, 0]),))
    with pytest.raises(ValueError, match="splits"):
        Hierarchy(name="x", labels=(("a", "b"), ("*",), ("c", "d")),
                  levels=(np.array([0, 1]), np.array([0, 0]), np.array([0, 1])))  # fmt: skip
    with pytest.raises(ValueError, match="counted once"):
        Microdata(hierarchies=(PLACE,), codes=np.array([[0]]), counts=np.array([0]))
