"""All decomposable graphs of a few nodes.

A graph is decomposable, or chordal, when its nodes can be taken away one by one so that the neighbours that a node
still has are all joined to each other (a perfect elimination order; Lauritzen 1996, Graphical Models, section 2.1).
The probability of a table under such a graph is, for each node as it is taken away, that of the node with those
neighbours over that of the neighbours alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from typing import Final

# With six nodes there are 18,154 graphs; their average takes over twenty times as long.
MOST_NODES: Final = 5

Edge = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChordalGraph:
    """A decomposable graph: its edges, smaller node first, and its factors.

    ``factors`` are sets of nodes with an exponent each, other than 0: positive for the maximal sets of joined nodes,
    negative for what separates them. The empty set is left out.
    """

    edges: tuple[Edge, ...]
    factors: tuple[tuple[frozenset[int], int], ...]


@cache
def chordal_graphs(nodes: int) -> tuple[ChordalGraph, ...]:
    """Every decomposable graph on labelled nodes, those with fewer edges first.

    Parameters
    ----------
    nodes : int
        How many, 1 to 5.

    Returns
    -------
    tuple of ChordalGraph
        1, 2, 8, 61 and 822 graphs.

    Raises
    ------
    ValueError
        ``nodes`` is outside.
    """
    if not 1 <= nodes <= MOST_NODES:
        raise ValueError(f"graphs are listed for 1 to {MOST_NODES} nodes")
    every = list(combinations(range(nodes), 2))
    found = []
    for size in range(len(every) + 1):
        for edges in combinations(every, size):
            factors = _factors(nodes, edges)
            if factors is not None:
                found.append(ChordalGraph(edges=edges, factors=factors))
    return tuple(found)


def _factors(nodes: int, edges: Sequence[Edge]) -> tuple[tuple[frozenset[int], int], ...] | None:
    """The factors of a graph, or None where it is not decomposable."""
    near: dict[int, set[int]] = {node: set() for node in range(nodes)}
    for one, other in edges:
        near[one].add(other)
        near[other].add(one)
    exponents: Counter[frozenset[int]] = Counter()
    while near:
        # In a chordal graph any node whose neighbours are joined may go first; where there is none, it is not chordal.
        node = next((node for node, beside in near.items() if _joined(beside, near)), None)
        if node is None:
            return None
        beside = near.pop(node)
        for other in beside:
            near[other].discard(node)
        exponents[frozenset(beside | {node})] += 1
        exponents[frozenset(beside)] -= 1
    return tuple((subset, power) for subset, power in exponents.items() if power and subset)


def _joined(subset: set[int], near: dict[int, set[int]]) -> bool:
    return all(other in near[one] for one, other in combinations(subset, 2))
