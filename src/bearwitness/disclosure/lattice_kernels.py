"""Compiled loops of the lattice: counting cells, summing out one attribute, gathering equal cells, class sizes."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from numba import njit

IntArray = npt.NDArray[np.int64]
CountArray = npt.NDArray[np.uint32]

# Cells that are summed and looked at while they lie in a core's nearest cache (4 kB).
_PIECE = 1024
# 2**64 divided by the golden ratio: spreads neighbouring keys over the table (Knuth, TAOCP 3, 6.4).
_SPREAD = np.uint64(0x9E3779B97F4A7C15)


@njit(nogil=True, cache=True)
def add_column(
    cells: npt.NDArray[np.integer], column: npt.NDArray[np.integer], width: np.integer, last: np.integer
) -> int:
    """``cells * width + column`` in place; returns the first row whose code is not from 0 to ``last``, else -1.

    ``width`` is of the type of the cells and ``last`` of that of the column, so that many are done at once.
    """
    wrong = False
    for i in range(cells.shape[0]):
        cells[i] = cells.dtype.type(cells[i] * width + cells.dtype.type(column[i]))
        wrong |= (column[i] > last) | (column[i] < 0)
    if wrong:
        for i in range(cells.shape[0]):
            if column[i] < 0 or column[i] > last:
                return i
    return -1


@njit(nogil=True, cache=True)
def count_cells(cells: npt.NDArray[np.integer], counts: CountArray) -> None:
    """Add one to the count of every cell; each must have one."""
    for i in range(cells.shape[0]):
        counts[np.uintp(cells[i])] += np.uint32(1)


@njit(nogil=True, cache=True)
def gather(keys: IntArray, weights: CountArray, slots: int) -> tuple[IntArray, CountArray]:
    """Equal keys gathered, in the order in which they were first met, with the sum of their weights.

    ``slots`` is a power of two, at least twice the number of different keys; open addressing.
    """
    table = np.full(slots, -1, np.int64)
    found = np.empty(min(slots, keys.shape[0]), np.int64)
    totals = np.zeros(found.shape[0], np.uint32)
    mask = np.uint64(slots - 1)
    shift = np.uint64(32)
    used = 0
    for i in range(keys.shape[0]):
        mixed = np.uint64(keys[i]) * _SPREAD
        at = (mixed ^ (mixed >> shift)) & mask
        while table[at] >= 0 and found[table[at]] != keys[i]:
            at = (at + np.uint64(1)) & mask
        place = table[at]
        if place < 0:
            place = used
            table[at] = place
            found[place] = keys[i]
            used += 1
        totals[place] += weights[i]
    return found[:used], totals[:used]


@njit(nogil=True, cache=True)
def move_cells(cells: IntArray, width: int, after: int, step: IntArray, new_width: int) -> IntArray:
    """The flat cells after one attribute (``after`` cells per code) was mapped by ``step`` to a coarser level."""
    moved = np.empty(cells.shape[0], np.int64)
    for i in range(cells.shape[0]):
        rest, low = cells[i] // after, cells[i] % after
        high = rest // width
        moved[i] = (high * new_width + step[rest - high * width]) * after + low
    return moved


@njit(nogil=True, cache=True)
def tally_sizes(counts: CountArray, sizes: IntArray) -> int:
    """Add to ``sizes[s]`` the cells with exactly ``s`` rows, and to its last place all that have more.

    Returns the rows of the smallest cell that has any; 0 where none has.
    """
    places = sizes.shape[0]
    last = np.uint32(places - 1)
    one = np.uint32(1)
    # Four tallies in turn: two additions to one number would wait for each other.
    parts = np.zeros(4 * places, np.int64)
    least = np.uint32(0xFFFFFFFF)
    for begin in range(0, counts.shape[0], _PIECE):
        end = min(begin + _PIECE, counts.shape[0])
        # One less: an empty cell becomes the greatest number, and those at or past the last place stay there.
        lowest, empty = np.uint32(0xFFFFFFFF), False
        for i in range(begin, end):
            below = np.uint32(counts[i] - one)
            if below < lowest:
                lowest = below
            empty |= counts[i] == 0
        if lowest < least:
            least = lowest
        if not empty and lowest >= last:
            sizes[places - 1] += end - begin
            continue
        whole = begin + (end - begin) // 4 * 4
        for i in range(begin, whole, 4):
            parts[np.uintp(min(counts[i], last))] += 1
            parts[np.uintp(places + min(counts[i + 1], last))] += 1
            parts[np.uintp(2 * places + min(counts[i + 2], last))] += 1
            parts[np.uintp(3 * places + min(counts[i + 3], last))] += 1
        for i in range(whole, end):
            parts[np.uintp(min(counts[i], last))] += 1
    for i in range(4 * places):
        sizes[i % places] += parts[i]
    return int(np.uint32(least + one))


@njit(nogil=True, cache=True)
def sum_out(parent: CountArray, before: int, after: int, children: IntArray, starts: IntArray, out: CountArray) -> None:
    """One attribute a level coarser: ``out[a, j, b]`` is the sum of ``parent[a, i, b]`` over the children i of j.

    ``children[starts[j] : starts[j + 1]]`` are the codes that become j; none is without any.
    """
    width, new_width = children.shape[0], starts.shape[0] - 1
    for a in range(before):
        for j in range(new_width):
            to = np.uintp((a * new_width + j) * after)
            if after == 1:
                total = np.uint32(0)
                for c in range(starts[j], starts[j + 1]):
                    total += parent[np.uintp(a * width + children[c])]
                out[to] = total
                continue
            for c in range(starts[j], starts[j + 1]):
                source = np.uintp((a * width + children[c]) * after)
                if c == starts[j]:
                    for b in range(np.uintp(after)):
                        out[to + b] = parent[source + b]
                else:
                    for b in range(np.uintp(after)):
                        out[to + b] += parent[source + b]
