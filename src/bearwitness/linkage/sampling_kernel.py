"""Compiled loop of the sampler of clusterings: one node after the other is moved together with what holds to it."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
from numba import njit

IntArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]
SeedArray = npt.NDArray[np.uint64]

# SplitMix64 (Steele, Lea and Flood 2014, OOPSLA): a generator whose state is one number, so that every component of
# every sample has one of its own.
_STEP: Final = np.uint64(0x9E3779B97F4A7C15)
_FIRST: Final = np.uint64(0xBF58476D1CE4E5B9)
_SECOND: Final = np.uint64(0x94D049BB133111EB)


@njit(nogil=True, cache=True)
def mix_seed(value: np.uint64) -> np.uint64:
    """Spread a number over all 64 bits; different numbers stay different."""
    value = (value ^ (value >> np.uint64(30))) * _FIRST
    value = (value ^ (value >> np.uint64(27))) * _SECOND
    return value ^ (value >> np.uint64(31))


@njit(nogil=True, cache=True)
def _uniform(state: SeedArray) -> float:
    state[0] += _STEP
    return np.float64(mix_seed(state[0]) >> np.uint64(11)) * 2.0**-53


@njit(nogil=True, cache=True)
def _held(
    node: int, least: float, state: SeedArray, labels: IntArray, start: IntArray, other: IntArray, chance: FloatArray,
    marks: IntArray, mark: int, block: IntArray,
) -> int:  # fmt: skip
    """Write into ``block`` what holds to a node within its cluster; returns how many.

    A pair holds with its probability, if that is above ``least``.
    """
    block[0], count, at, label = node, 1, 0, labels[node]
    marks[node] = mark
    while at < count:
        for e in range(start[block[at]], start[block[at] + 1]):
            near = other[e]
            if labels[near] == label and marks[near] != mark and chance[e] > least and _uniform(state) < chance[e]:
                marks[near] = mark
                block[count] = near
                count += 1
        at += 1
    return count


@njit(nogil=True, cache=True)
def _weigh(
    block: IntArray, count: int, least: float, labels: IntArray, start: IntArray, other: IntArray, chance: FloatArray,
    bar_start: IntArray, bar_other: IntArray, marks: IntArray, mark: int, weights: FloatArray, seen: IntArray,
    touched: IntArray,
) -> int:  # fmt: skip
    """Write the log weight of the block in every cluster beside it; returns how many there are.

    Odds of the pairs between them, times the chance that those pairs would not have held: with it the move back is as
    probable as the move (Barbu and Zhu 2005, IEEE Trans. PAMI 27, 1239, theorem 2). Barred ones weigh -inf.
    """
    number = 0
    for i in range(count):
        for e in range(start[block[i]], start[block[i] + 1]):
            near = other[e]
            if marks[near] == mark:
                continue
            label = labels[near]
            if seen[label] != mark:
                seen[label] = mark
                weights[label] = 0.0
                touched[number] = label
                number += 1
            weights[label] += np.log(chance[e])
            if chance[e] <= least:
                weights[label] -= np.log1p(-chance[e])
    for i in range(count):
        for e in range(bar_start[block[i]], bar_start[block[i] + 1]):
            if marks[bar_other[e]] != mark and seen[labels[bar_other[e]]] == mark:
                weights[labels[bar_other[e]]] = -np.inf
    return number


@njit(nogil=True, cache=True)
def _choose(weights: FloatArray, touched: IntArray, number: int, state: SeedArray) -> int:
    """A touched label, or -1 for a cluster of its own (log weight 0), in proportion to the weights."""
    top = 0.0
    for i in range(number):
        top = max(top, weights[touched[i]])
    total = np.exp(-top)
    for i in range(number):
        total += np.exp(weights[touched[i]] - top)
    rest = _uniform(state) * total - np.exp(-top)
    if rest < 0.0:
        return -1
    last = -1
    for i in range(number):
        weight = np.exp(weights[touched[i]] - top)
        if weight > 0.0:
            last = touched[i]
            rest -= weight
            if rest < 0.0:
                break
    return last


@njit(nogil=True, cache=True)
def _is_whole(
    label: int, size: int, block: IntArray, count: int, labels: IntArray, start: IntArray, other: IntArray,
    marks: IntArray, mark: int, queue: IntArray,
) -> bool:  # fmt: skip
    """Whether what a block of ``count`` leaves of its cluster of ``size`` is still connected; marks it ``mark + 1``."""
    found = 0
    for i in range(count):
        for e in range(start[block[i]], start[block[i] + 1]):
            if labels[other[e]] == label and marks[other[e]] != mark:
                queue[0], found = other[e], 1
                break
        if found:
            break
    marks[queue[0]] = mark + 1
    at = 0
    while at < found:
        for e in range(start[queue[at]], start[queue[at] + 1]):
            near = other[e]
            if labels[near] == label and marks[near] < mark:
                marks[near] = mark + 1
                queue[found] = near
                found += 1
        at += 1
    return found == size - count


@njit(nogil=True, cache=True)
def sample_components(
    nodes: IntArray, bounds: IntArray, first: int, last: int, start: IntArray, other: IntArray, chance: FloatArray,
    bar_start: IntArray, bar_other: IntArray, seeds: SeedArray, sweeps: int, labels: IntArray,
) -> None:  # fmt: skip
    """Sample the clusters of components ``first`` to ``last - 1`` in place.

    Component c has the nodes ``nodes[bounds[c]:bounds[c + 1]]``; its labels are numbers of nodes of its own. Pairs and
    bars of node v are at ``start[v]`` to ``start[v + 1] - 1``, and ``bar_start`` likewise.
    """
    count = labels.shape[0]
    marks, seen = np.full(count, -1, np.int64), np.full(count, -1, np.int64)
    sizes, weights = np.zeros(count, np.int64), np.zeros(count)
    block, queue, touched, free = (
        np.empty(count, np.int64), np.empty(count, np.int64), np.empty(count, np.int64), np.empty(count, np.int64),
    )  # fmt: skip
    state = np.zeros(1, np.uint64)
    mark = 0
    for component in range(first, last):
        low, high = bounds[component], bounds[component + 1]
        if high - low < 2:
            continue
        state[0] = seeds[component]
        for i in range(low, high):
            sizes[labels[nodes[i]]] += 1
        spare = 0
        for i in range(low, high):
            if sizes[nodes[i]] == 0:
                free[spare] = nodes[i]
                spare += 1
        for step in range(sweeps * (high - low)):
            node = nodes[low + step % (high - low)]
            mark += 2
            least, label = _uniform(state), labels[node]
            held = _held(node, least, state, labels, start, other, chance, marks, mark, block)
            number = _weigh(
                block, held, least, labels, start, other, chance, bar_start, bar_other, marks, mark, weights, seen,
                touched,
            )  # fmt: skip
            target, all_of_it = _choose(weights, touched, number, state), held == sizes[label]
            if target == label or (target < 0 and all_of_it):
                continue
            if not all_of_it and not _is_whole(
                label, sizes[label], block, held, labels, start, other, marks, mark, queue
            ):
                continue
            if target < 0:
                spare -= 1
                target = free[spare]
            elif all_of_it:
                free[spare] = label
                spare += 1
            sizes[label] -= held
            sizes[target] += held
            for i in range(held):
                labels[block[i]] = target
