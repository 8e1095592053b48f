"""Class sizes of a lattice: what is summed up is what a grouping of the rows finds."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bearwitness.disclosure import lattice_counts
from bearwitness.disclosure.hierarchies import Hierarchy
from bearwitness.disclosure.lattice_counts import Histogram, class_counts, count_rows, row_cells
from bearwitness.disclosure.lattice_nodes import node_summaries

SEEDS = st.integers(0, 2**32 - 1)
TYPES = (np.uint8, np.uint16, np.int64)


def hierarchy(rng, width):
    """A random hierarchy: every level puts some codes of the one before together, not only neighbours."""
    levels = [np.arange(width)]
    while levels[-1].max() > 0 and len(levels) < 5:
        above = rng.permutation(np.concatenate([np.arange(n := int(rng.integers(1, levels[-1].max() + 1))),
                                                rng.integers(0, n, levels[-1].max() + 1 - n)]))  # fmt: skip
        levels.append(above[levels[-1]])
    return Hierarchy(tuple(levels))


def world(rng, most_rows=400):
    """Rows of a few attributes with their hierarchies."""
    shape = tuple(int(w) for w in rng.integers(1, 9, rng.integers(1, 5)))
    rows = int(rng.integers(1, most_rows))
    columns = [rng.integers(0, rng.integers(1, w + 1), rows).astype(TYPES[rng.integers(3)]) for w in shape]
    return shape, columns, [hierarchy(rng, w) for w in shape]


def sparse(histogram):
    """The same counts as a list of the combinations that occur."""
    return histogram.occupied()


def grouped(columns, hierarchies, node):
    """How often each combination of level codes occurs, row by row."""
    coded = [h.levels[level][c] for c, h, level in zip(columns, hierarchies, node, strict=True)]
    return Counter(zip(*(c.tolist() for c in coded), strict=True))


@settings(max_examples=40, deadline=None)
@given(SEEDS)
def test_classes_of_every_node_are_those_of_a_grouping_of_the_rows(seed):
    """Classes, their sizes, the smallest and the small ones equal those counted row by row, at every node."""
    rng = np.random.default_rng(seed)
    shape, columns, hierarchies = world(rng)
    histogram = count_rows(columns, shape, threads=int(rng.integers(1, 4)))
    assert histogram.rows == len(columns[0])
    for counted in (histogram, sparse(histogram)):
        threads = int(rng.integers(1, 4))
        found = node_summaries(counted, hierarchies, small=5, threads=threads)
        assert len(found.nodes) == np.prod([h.height + 1 for h in hierarchies])
        for i, node in enumerate(map(tuple, found.nodes.tolist())):
            expected = grouped(columns, hierarchies, node)
            sizes = Counter(expected.values())
            assert found.classes[i] == len(expected)
            assert found.smallest[i] == min(expected.values())
            assert found.sizes[i].tolist() == [sizes[s] for s in range(5)]
            if i % 7 == 0:
                classes = class_counts(counted, hierarchies, node)
                codes = map(tuple, classes.codes().tolist())
                assert dict(zip(codes, classes.counts.tolist(), strict=True)) == expected
                assert (np.diff(classes.cells) > 0).all()
        assert found.rows_below(4).tolist() == (found.sizes[:, 1:4] @ [1, 2, 3]).tolist()


@settings(max_examples=20, deadline=None)
@given(SEEDS)
def test_chosen_nodes_are_those_of_the_whole_lattice(seed):
    """Any nodes, in any order and twice, get the figures that the whole lattice gives them."""
    rng = np.random.default_rng(seed)
    shape, columns, hierarchies = world(rng, 60)
    histogram = count_rows(columns, shape)
    every = node_summaries(histogram, hierarchies, small=3)
    chosen = rng.integers(0, len(every.nodes), 4)
    some = node_summaries(histogram, hierarchies, [tuple(every.nodes[i].tolist()) for i in chosen], small=3)
    for name in ("nodes", "classes", "smallest", "sizes"):
        assert np.array_equal(getattr(some, name), getattr(every, name)[chosen])


def test_many_attributes_are_counted_as_the_combinations_that_occur():
    """Where combinations are far more than rows only those that occur are kept, in pieces and by threads alike."""
    rng = np.random.default_rng(5)
    shape = (100,) * 9
    columns = [rng.integers(0, 3, 3000).astype(np.uint8) for _ in shape]
    by_hand = Counter(row_cells(columns, shape).tolist())
    before = lattice_counts._GATHERED_ROWS
    for threads, piece in ((1, before), (1, 500), (3, 500)):
        lattice_counts._GATHERED_ROWS = piece
        try:
            found = count_rows(columns, shape, threads=threads)
        finally:
            lattice_counts._GATHERED_ROWS = before
        assert found.cells.tolist() == sorted(by_hand)
        assert found.counts.tolist() == [by_hand[c] for c in sorted(by_hand)]
    assert found.codes().tolist() == sorted(map(list, {tuple(r) for r in np.stack(columns, axis=1).tolist()}))


def test_a_sparse_histogram_becomes_dense_where_few_combinations_are_left():
    """The top of a lattice is one class of all rows, however many combinations its finest node has."""
    rng = np.random.default_rng(6)
    shape = (5000, 5000)
    columns = [rng.integers(0, w, 20_000).astype(np.uint16) for w in shape]
    steps = (np.arange(5000), np.arange(5000) // 50, np.arange(5000) // 2500, np.zeros(5000, dtype=np.int64))
    hierarchies = [Hierarchy(steps), Hierarchy(steps)]
    histogram = count_rows(columns, shape)
    assert histogram.cells is not None
    found = node_summaries(histogram, hierarchies, threads=2)
    for i, node in enumerate(map(tuple, found.nodes.tolist())):
        assert found.classes[i] == len(grouped(columns, hierarchies, node))
    assert found.smallest[-1] == 20_000


def test_large_counts_of_many_pieces_are_tallied_whole():
    """Small and empty cells are found wherever they lie among large ones."""
    counts = np.full(5000, 77, dtype=np.uint32)
    counts[[3, 1500, 4999]] = 2
    counts[[7, 2048]] = 0
    flat = Hierarchy((np.arange(5000),))
    found = node_summaries(Histogram((5000,), None, counts), [flat], small=78)
    assert found.classes.tolist() == [4998]
    assert found.smallest.tolist() == [2]
    assert {s: n for s, n in enumerate(found.sizes[0].tolist()) if n} == {2: 3, 77: 4995}


@pytest.mark.parametrize("levels", [
    (),
    ([1, 0],),
    ([0, 1, 2], [0, 0, 2]),
    ([0, 1, 2], [0, 0]),
    ([0, 1, 2, 3], [0, 0, 1, 1], [0, 1, 1, 1]),
])  # fmt: skip
def test_levels_that_are_no_hierarchy_are_refused(levels):
    """No level, a first one that is no identity, gaps, other lengths, and a level that splits are refused."""
    with pytest.raises(ValueError, match="hierarchy"):
        Hierarchy(tuple(np.array(level) for level in levels))


@pytest.mark.parametrize(("columns", "shape"), [
    ([], ()),
    ([np.zeros(2, np.uint8)], (0,)),
    ([np.zeros(2, np.uint8)], (1, 1)),
    ([np.zeros(2, np.uint8), np.zeros(3, np.uint8)], (1, 1)),
    ([np.zeros(2)], (1,)),
    ([np.array([0, 3], np.uint8)], (3,)),
    ([np.array([0, -1])], (3,)),
    ([np.array([0, 2**32 + 1])], (3,)),
    ([np.zeros(2, np.uint8)] * 8, (256,) * 8),
])  # fmt: skip
def test_rows_that_cannot_be_counted_are_refused(columns, shape):
    """Codes out of range, other lengths, broken numbers and too many combinations are errors and not counts."""
    with pytest.raises(ValueError, match=r"column|combinations"):
        count_rows(columns, shape)


def test_nodes_and_hierarchies_must_be_those_of_the_lattice():
    """A node past a hierarchy, a hierarchy of other codes, and sizes that were not counted are refused."""
    histogram = count_rows([np.array([0, 1, 1], np.uint8)], (2,))
    two = Hierarchy((np.arange(2), np.zeros(2, dtype=np.int64)))
    for node in ((2,), (-1,), (0, 0)):
        with pytest.raises(ValueError, match="not of this lattice"):
            class_counts(histogram, [two], node)
    with pytest.raises(ValueError, match="one hierarchy per attribute"):
        node_summaries(histogram, [Hierarchy((np.arange(3),))])
    with pytest.raises(ValueError, match="counted up to"):
        node_summaries(histogram, [two], small=2).rows_below(3)
