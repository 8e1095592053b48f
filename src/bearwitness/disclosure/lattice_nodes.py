"""The class sizes of many nodes of a lattice at once, each node summed up from one that is a level finer."""

from __future__ import annotations

import math
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

import numpy as np

from bearwitness.disclosure.hierarchies import Grouping, Hierarchy, Node, check_node
from bearwitness.disclosure.lattice_counts import Histogram, check_hierarchies, coarsen, gather_cells
from bearwitness.disclosure.lattice_kernels import CountArray, IntArray, tally_sizes

# Below so many cells per code an attribute is summed cell by cell, which is slow; it is then done first and seldom.
_SHORT: Final = 16
# The levels of so many attributes are shared out among threads.
_SHARED_DEPTH: Final = 3


@dataclass(frozen=True, slots=True, eq=False)
class NodeSummaries:
    """Class sizes of nodes, one entry per node in the order asked for.

    ``nodes`` (nodes, attributes); ``classes``: how many classes have rows; ``smallest``: rows of the smallest, 0
    where there are no rows; ``sizes`` (nodes, small): entry s is the number of classes with exactly s rows.
    """

    nodes: IntArray
    classes: IntArray
    smallest: IntArray
    sizes: IntArray

    def rows_below(self, k: int) -> IntArray:
        """Rows in classes of fewer than ``k`` rows, per node: what suppression must take out for k-anonymity.

        Raises
        ------
        ValueError
            If classes of that size were not counted.
        """
        if not 1 <= k <= self.sizes.shape[1]:
            raise ValueError(f"classes were counted up to {self.sizes.shape[1] - 1} rows")
        return self.sizes[:, :k] @ np.arange(k)


def node_summaries(
    histogram: Histogram, hierarchies: Sequence[Hierarchy], nodes: Sequence[Node] | None = None, *,
    small: int = 16, threads: int = 1,
) -> NodeSummaries:  # fmt: skip
    """Class sizes of nodes of a lattice, without reading the rows again.

    Parameters
    ----------
    histogram : Histogram
        Counts of the finest codes. Summing is fastest where the last attribute has many codes.
    hierarchies : sequence of Hierarchy
        One per attribute.
    nodes : sequence of nodes, optional
        Which nodes; the whole lattice in C order if not given.
    small : int
        Class sizes below this are counted one by one; at least 1.
    threads : int
        Threads that share the nodes; the figures do not depend on it.

    Returns
    -------
    NodeSummaries

    Raises
    ------
    ValueError
        If hierarchies do not fit the histogram, or a node is not of the lattice.
    """
    check_hierarchies(histogram, hierarchies)
    if small < 1 or threads < 1:
        raise ValueError("at least one size must be counted, by at least one thread")
    wanted = list(np.ndindex(*(h.height + 1 for h in hierarchies))) if nodes is None else list(nodes)
    for node in wanted:
        check_node(hierarchies, node)
    walk = _Walk.over(histogram, hierarchies, wanted, small)
    if threads == 1:
        walk.visit(histogram, (), {})
    else:
        _Sharing(walk, threads).run(histogram)
    sizes = walk.sizes[:, :small].copy()
    sizes[:, 0] = 0
    return NodeSummaries(
        nodes=np.array(wanted, dtype=np.int64).reshape(len(wanted), len(hierarchies)),
        classes=walk.sizes[:, 1:].sum(axis=1), smallest=walk.smallest, sizes=sizes,
    )  # fmt: skip


# Where sums are written, per attribute and parity of the level: fresh memory would cost more than the sums.
Rooms = dict[tuple[int, int], CountArray]


@dataclass(frozen=True, slots=True, eq=False)
class _Walk:
    """Goes through the lattice one attribute after the other, from level to level.

    ``order`` is the order of attributes; ``reach`` has, for levels of the first of them that some wanted node has,
    the last level of the next one that is needed; ``numbers`` the places of whole nodes in the answer.
    """

    order: tuple[int, ...]
    groupings: tuple[tuple[Grouping, ...], ...]
    reach: dict[tuple[int, ...], int]
    numbers: dict[tuple[int, ...], list[int]]
    sizes: IntArray
    smallest: IntArray

    @staticmethod
    def over(histogram: Histogram, hierarchies: Sequence[Hierarchy], nodes: Sequence[Node], small: int) -> _Walk:
        after = [math.prod(histogram.shape[a + 1 :]) for a in range(len(histogram.shape))]
        # Where all levels together have many times the codes of the finest, subtrees are alike and easily shared out.
        widths = [[h.width(level) for level in range(h.height + 1)] for h in hierarchies]
        order = sorted(range(len(after)), key=lambda a: (after[a] >= _SHORT, -sum(widths[a]) / widths[a][0]))
        reach: dict[tuple[int, ...], int] = {}
        numbers: dict[tuple[int, ...], list[int]] = {}
        for number, node in enumerate(nodes):
            levels = tuple(node[a] for a in order)
            for depth, level in enumerate(levels):
                reach[levels[:depth]] = max(level, reach.get(levels[:depth], 0))
            numbers.setdefault(levels, []).append(number)
        groupings = tuple(
            tuple(Grouping.of(h.step(level), h.width(level)) for level in range(1, h.height + 1)) for h in hierarchies
        )
        return _Walk(
            tuple(order), groupings, reach, numbers, np.zeros((len(nodes), small + 1), dtype=np.int64),
            np.zeros(len(nodes), dtype=np.int64),
        )  # fmt: skip

    def visit(self, table: Histogram, levels: tuple[int, ...], rooms: Rooms) -> None:
        """All wanted nodes that have these levels, from the counts there."""
        if len(levels) == len(self.order):
            self._look_at(table, self.numbers[levels])
            return
        for level in range(self.reach[levels] + 1):
            if level:
                table = self.next_level(table, levels, level, rooms)
            if self.is_wanted((*levels, level)):
                self.visit(table, (*levels, level), rooms)

    def is_wanted(self, levels: tuple[int, ...]) -> bool:
        """Whether a wanted node has these levels."""
        return levels in self.reach or levels in self.numbers

    def next_level(self, table: Histogram, levels: tuple[int, ...], level: int, rooms: Rooms | None) -> Histogram:
        """The counts with the next attribute at ``level``, from those at the level before."""
        axis = self.order[len(levels)]
        grouping = self.groupings[axis][level - 1]
        room = None
        if rooms is not None and table.cells is None:
            length = len(table.counts) // table.shape[axis] * grouping.width
            room = rooms.get((axis, level % 2))
            if room is None or len(room) < length:
                room = rooms[axis, level % 2] = np.empty(length, dtype=np.uint32)
        return gather_cells(coarsen(table, axis, grouping, room))

    def _look_at(self, table: Histogram, numbers: Sequence[int]) -> None:
        sizes = np.zeros(self.sizes.shape[1], dtype=np.int64)
        smallest = tally_sizes(table.counts, sizes)
        for number in numbers:
            self.sizes[number] = sizes
            self.smallest[number] = smallest


class _Sharing:
    """Shares the subtrees of the first attributes among threads."""

    def __init__(self, walk: _Walk, threads: int) -> None:
        self._walk = walk
        self._threads = threads
        self._depth = min(_SHARED_DEPTH, len(walk.order))
        self._futures: list[Future[None]] = []
        self._rooms: list[Rooms] = []

    def run(self, table: Histogram) -> None:
        """Visit everything; raises what a thread raised."""
        with ThreadPoolExecutor(self._threads) as self._pool:
            self._later(table, (), 0)
            # A thread adds what is left to do before it is done itself.
            for future in self._futures:
                future.result()

    def _later(self, table: Histogram, levels: tuple[int, ...], level: int) -> None:
        self._futures.append(self._pool.submit(self._level, table, levels, level))

    def _level(self, table: Histogram, levels: tuple[int, ...], level: int) -> None:
        """One level of the next attribute, from the counts at the level before."""
        if level:
            table = self._walk.next_level(table, levels, level, None)
        if level < self._walk.reach[levels]:
            self._later(table, levels, level + 1)
        here = (*levels, level)
        if not self._walk.is_wanted(here):
            return
        if len(here) < self._depth:
            self._later(table, here, 0)
            return
        rooms = self._rooms.pop() if self._rooms else {}
        self._walk.visit(table, here, rooms)
        self._rooms.append(rooms)
