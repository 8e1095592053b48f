"""All anonymity sets of a lattice of generalisations, from one pass over the rows.

Rows of codes become a histogram of their finest combinations. Every node of the lattice (one level per attribute) is
then a sum of cells of a node that is one level finer in one attribute; the rows are not read again. The idea of
rolling counts up along the hierarchies is that of Incognito (LeFevre, DeWitt and Ramakrishnan 2005, SIGMOD, 49).

A histogram is dense (a count for every combination) where that is not much longer than the rows, and else a list of
the combinations that occur.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from bearwitness.disclosure.hierarchies import Grouping, Hierarchy, Node, check_node
from bearwitness.disclosure.lattice_kernels import (
    CountArray,
    IntArray,
    add_column,
    count_cells,
    gather,
    move_cells,
    sum_out,
)

CodeArray = npt.NDArray[np.integer[Any]]

# A dense histogram may be so many times as long as its rows, and is always allowed this length.
_DENSE_PER_ROW: Final = 4
_ALWAYS_DENSE: Final = 1 << 12
_MOST_ROWS: Final = 1 << 32
_MOST_CELLS: Final = 1 << 62
_SHORT_CELLS: Final = 1 << 32
# Rows whose codes are put together at a time: 256 kB, which stay in the cache until they are counted.
_BLOCK_ROWS: Final = 1 << 16
_GATHERED_ROWS: Final = 1 << 20


@dataclass(frozen=True, slots=True, eq=False)
class Histogram:
    """How many rows have each combination of codes.

    ``shape`` is the number of codes per attribute; ``cells`` are flat codes in C order, ascending, and None where
    ``counts`` has an entry for every combination.
    """

    shape: tuple[int, ...]
    cells: IntArray | None
    counts: CountArray

    @property
    def rows(self) -> int:
        """How many rows were counted."""
        return int(self.counts.sum(dtype=np.int64))

    def occupied(self) -> Histogram:
        """Only the combinations that occur."""
        if self.cells is not None:
            return self
        cells = np.flatnonzero(self.counts)
        return Histogram(self.shape, cells, self.counts[cells])

    def codes(self) -> IntArray:
        """The code of each attribute of every cell: int64, shape (cells, attributes)."""
        cells = np.arange(len(self.counts)) if self.cells is None else self.cells
        return np.stack(np.unravel_index(cells, self.shape), axis=1)


def row_cells(columns: Sequence[CodeArray], shape: Sequence[int]) -> IntArray:
    """The cell of every row: its codes put together in C order.

    Parameters
    ----------
    columns : sequence of integer arrays, shape (rows,)
        One code per row and attribute.
    shape : sequence of int
        How many codes each attribute has; their product is below 2**62.

    Raises
    ------
    ValueError
        If columns differ in length or hold a code that is out of range.
    """
    _check(columns, shape)
    cells = np.empty(len(columns[0]), dtype=np.int64)
    _combined(columns, shape, 0, cells)
    return cells


def count_rows(columns: Sequence[CodeArray], shape: Sequence[int], *, threads: int = 1) -> Histogram:
    """Count how many rows have each combination of codes, in one pass.

    Parameters
    ----------
    columns : sequence of integer arrays, shape (rows,)
        One code per row and attribute. An attribute with many codes is best put last (see ``node_summaries``).
    shape : sequence of int
        How many codes each attribute has; their product is below 2**62.
    threads : int
        Threads that share the rows; the counts do not depend on it.

    Returns
    -------
    Histogram

    Raises
    ------
    ValueError
        If columns differ in length or hold a code that is out of range, or there are 2**32 rows or more.
    """
    _check(columns, shape)
    rows = len(columns[0])
    dense = math.prod(shape) <= max(_ALWAYS_DENSE, _DENSE_PER_ROW * rows)

    def count(part: tuple[int, int]) -> tuple[IntArray | None, CountArray]:
        return (_count_dense if dense else _count_sparse)(columns, shape, *part)

    if threads == 1:
        cells, counts = count((0, rows))
        return Histogram(tuple(shape), cells, counts)
    with ThreadPoolExecutor(threads) as pool:
        parts = list(pool.map(count, pairwise([rows * i // threads for i in range(threads + 1)])))
    if dense:
        counts = parts[0][1]
        for _, more in parts[1:]:
            counts += more
        return Histogram(tuple(shape), None, counts)
    return Histogram(tuple(shape), *_gathered([(c, n) for c, n in parts if c is not None]))


def _check(columns: Sequence[CodeArray], shape: Sequence[int]) -> None:
    if not columns or len(columns) != len(shape) or min(shape) < 1:
        raise ValueError("each column needs the number of its codes, at least 1")
    if any(c.ndim != 1 or len(c) != len(columns[0]) or c.dtype.kind not in "iu" for c in columns):
        raise ValueError("columns must be whole codes, as many in each")
    if len(columns[0]) >= _MOST_ROWS or math.prod(shape) >= _MOST_CELLS:
        raise ValueError("at most 2**32 - 1 rows and 2**62 - 1 combinations of codes can be counted")


def _combined(columns: Sequence[CodeArray], shape: Sequence[int], begin: int, cells: CodeArray) -> None:
    """The cells of the rows from ``begin`` on, written to ``cells``."""
    cells[:] = 0
    for number, (column, width) in enumerate(zip(columns, shape, strict=True)):
        last = column.dtype.type(min(width - 1, int(np.iinfo(column.dtype).max)))
        wrong = add_column(cells, column[begin : begin + len(cells)], cells.dtype.type(width), last)
        if wrong >= 0:
            raise ValueError(f"column {number} has a code in row {begin + wrong} that is none of its {width}")


def _count_dense(columns: Sequence[CodeArray], shape: Sequence[int], begin: int, end: int) -> tuple[None, CountArray]:
    counts = np.zeros(math.prod(shape), dtype=np.uint32)
    short = len(counts) < _SHORT_CELLS
    cells: CodeArray = np.empty(_BLOCK_ROWS, dtype=np.uint32) if short else np.empty(_BLOCK_ROWS, dtype=np.int64)
    for start in range(begin, end, _BLOCK_ROWS):
        part = cells[: end - start]
        _combined(columns, shape, start, part)
        count_cells(part, counts)
    return None, counts


def _count_sparse(
    columns: Sequence[CodeArray], shape: Sequence[int], begin: int, end: int
) -> tuple[IntArray, CountArray]:
    parts = []
    for start in range(begin, end, _GATHERED_ROWS):
        cells = np.empty(min(_GATHERED_ROWS, end - start), dtype=np.int64)
        _combined(columns, shape, start, cells)
        parts.append((cells, np.ones(len(cells), dtype=np.uint32)))
        if len(parts) > 1:
            parts = [_gathered(parts)]
    return _gathered(parts)


def _gathered(parts: Sequence[tuple[IntArray, CountArray]]) -> tuple[IntArray, CountArray]:
    """Equal cells put together, ascending."""
    if not parts:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.uint32)
    keys, weights = (np.concatenate([p[i] for p in parts]) for i in (0, 1))
    cells, counts = gather(keys, weights, 1 << (2 * len(keys)).bit_length())
    order = np.argsort(cells)
    return cells[order], counts[order]


def coarsen(table: Histogram, axis: int, grouping: Grouping, room: CountArray | None = None) -> Histogram:
    """The counts with one attribute made coarser; the cells of a sparse histogram are not gathered where it stays one.

    Parameters
    ----------
    table : Histogram
        Counts.
    axis : int
        Which attribute.
    grouping : Grouping
        How its codes become fewer.
    room : uint32 array, optional
        Where the counts of a dense result may be written; long enough.
    """
    shape = (*table.shape[:axis], grouping.width, *table.shape[axis + 1 :])
    after = math.prod(shape[axis + 1 :])
    if table.cells is None:
        length = math.prod(shape)
        out = np.empty(length, dtype=np.uint32) if room is None else room[:length]
        sum_out(table.counts, math.prod(shape[:axis]), after, grouping.children, grouping.starts, out)
        return Histogram(shape, None, out)
    moved = move_cells(table.cells, table.shape[axis], after, grouping.step, grouping.width)
    return Histogram(shape, moved, table.counts)


def gather_cells(table: Histogram) -> Histogram:
    """Equal cells of a sparse histogram put together; dense where few enough combinations are left."""
    if table.cells is None:
        return table
    length = math.prod(table.shape)
    if length <= max(_ALWAYS_DENSE, _DENSE_PER_ROW * len(table.cells)):
        # Sums of whole numbers below 2**32 are exact in float64.
        counts = np.bincount(table.cells, weights=table.counts, minlength=length).astype(np.uint32)
        return Histogram(table.shape, None, counts)
    return Histogram(table.shape, *_gathered([(table.cells, table.counts)]))


def class_counts(histogram: Histogram, hierarchies: Sequence[Hierarchy], node: Node) -> Histogram:
    """The classes of one node: the combinations of level codes that occur, and how many rows each has.

    Parameters
    ----------
    histogram : Histogram
        Counts of the finest codes.
    hierarchies : sequence of Hierarchy
        One per attribute.
    node : tuple of int
        One level per attribute.

    Returns
    -------
    Histogram
        Sparse; ``codes()`` are the level codes of the classes, ``counts`` their sizes.

    Raises
    ------
    ValueError
        If hierarchies do not fit the histogram, or the node is not of the lattice.
    """
    check_hierarchies(histogram, hierarchies)
    check_node(hierarchies, node)
    table = histogram
    for axis, (hierarchy, level) in enumerate(zip(hierarchies, node, strict=True)):
        if level:
            table = coarsen(table, axis, Grouping.of(hierarchy.levels[level], hierarchy.width(level)))
    return gather_cells(table).occupied()


def check_hierarchies(histogram: Histogram, hierarchies: Sequence[Hierarchy]) -> None:
    """Refuse hierarchies that are not those of a histogram's attributes.

    Raises
    ------
    ValueError
        If their number or their finest codes differ.
    """
    if tuple(len(h.levels[0]) for h in hierarchies) != histogram.shape:
        raise ValueError("there must be one hierarchy per attribute, over exactly its codes")
