"""How tables are cut into the parts that no published cell divides."""

from datetime import date

import pytest
from count_tables import count_table

from bearwitness.disclosure.counts_regions import Domain, cut_axis, join_tables
from bearwitness.errors import TableError
from bearwitness.model.counts import CountCell, CountTable
from bearwitness.model.values import Codes, Days, Paths

TREE = Domain(below={"home": {"": ("a", "b"), "a": ("a/1", "a/2", "a/3")}})


def place_table(*cells, as_of=None):
    values = {place: Paths(frozenset(place.split("|"))) for place, _ in cells if place not in "*-"}
    return CountTable(
        unit="households", dimensions=("home",), as_of=as_of, values=(tuple(sorted(values.items())),),
        cells=tuple(CountCell(id=f"k{i}", at=(place,), count=n) for i, (place, n) in enumerate(cells)),
    )  # fmt: skip


def values_of(joint, part):
    return {joint.axes[0].pieces[combo[0]].values for combo in joint.parts[part]}


def test_every_cell_is_the_sum_of_its_parts():
    """In a table with margins the parts are the inner cells, and each margin holds exactly those in its line."""
    counts = {(i, j): 3 * i + j for i in range(2) for j in range(3)}
    table = count_table((2, 3), counts)
    joint = join_tables([("r", table)], Domain())
    assert len(joint.parts) == 6
    known = {joint.parts_of(i)[0]: c.count for i, c in enumerate(table.cells) if "*" not in c.at}
    for i, cell in enumerate(table.cells):
        assert sum(known[p] for p in joint.parts_of(i)) == cell.count


def test_what_an_earlier_table_leaves_of_a_place_is_said_by_its_other_children():
    """A province printed by one table and one county by another: the rest of the province is its other counties."""
    joint = join_tables([("old", place_table(("a", 5))), ("new", place_table(("a/1", 4)))], TREE)
    assert len(joint.parts) == 2
    rest = next(p for p in joint.parts_of(0) if p not in joint.parts_of(1))
    assert values_of(joint, rest) == {Paths(frozenset({"a/2", "a/3"}))}


def test_nothing_is_left_of_a_place_all_of_whose_children_are_listed():
    """A reader takes a province for the sum of its counties, where all of them are listed."""
    every = place_table(("a/1", 4), ("a/2", 1), ("a/3", 0))
    joint = join_tables([("old", place_table(("a", 5))), ("new", every)], TREE)
    assert len(joint.parts) == 3
    assert len(join_tables([("old", place_table(("a", 5))), ("new", every)], TREE, complete=False).parts) == 4


def test_a_divided_cell_holds_nothing_but_what_is_listed_within_it():
    """A total counts only the places that its table lists; without a tree the rest could not even be said."""
    joint = join_tables([("r", place_table(("*", 9), ("a", 5), ("b", 4)))], Domain())
    assert len(joint.parts) == 2
    assert joint.parts_of(0) == tuple(sorted(joint.parts_of(1) + joint.parts_of(2)))


def test_what_was_recorded_later_is_a_part_of_its_own():
    """Two tables of the same cells, a month apart: what came in between lies in the later one only."""
    one = place_table(("a", 5), as_of=date(2024, 1, 31))
    two = place_table(("a", 6), as_of=date(2024, 2, 29))
    joint = join_tables([("old", one), ("new", two)], TREE)
    assert set(joint.parts_of(0)) < set(joint.parts_of(1))
    assert len(joint.parts_of(1)) == 2


def test_days_are_cut_wherever_a_span_begins_or_ends():
    """Every span of days is the union of its pieces, and pieces do not overlap."""
    cuts = [Days(((10, 40),)), Days(((20, 30), (50, 60)))]
    axis = cut_axis("act_date", cuts, Domain())
    for cut in cuts:
        days = sorted(d for p in axis.members[cut] for a, b in axis.pieces[p].values.spans for d in range(a, b + 1))
        assert days == [d for a, b in cut.spans for d in range(a, b + 1)]


def test_codes_of_the_same_sets_are_one_piece():
    """Codes that no category tells apart stay together."""
    axis = cut_axis("act", [Codes(frozenset({"raid", "threat"})), Codes(frozenset({"exile"}))], Domain())
    said = [p.values.codes for p in axis.pieces if p.sayable and p.values is not None]
    assert sorted(map(sorted, said)) == [["exile"], ["raid", "threat"]]


def test_one_cell_twice_is_refused_by_its_ids():
    """Two rows that mean the same cell are an error that names both."""
    with pytest.raises(TableError, match="k0 and k1 are one cell"):
        join_tables([("r", place_table(("a", 5), ("a/1|a/2|a/3", 5)))], TREE)
