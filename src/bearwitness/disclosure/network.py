"""A Bayesian network of count tables, asked by summing out exactly.

Every attribute has a table of shares given its parents (Dirichlet draws of published counts). What a release allows of
an attribute weighs its cells; the probability that a household fits is the sum over all cells of the product of
tables and weights. Attributes that nothing is said of, and that no attribute in question depends on, sum to one and
are left out (barren nodes; Shachter 1986, Oper. Res. 34, 871). The others are summed out one by one, the one that makes
the smallest product first (variable elimination; Zhang and Poole 1996, JAIR 5, 301). Cells that nothing allows are cut
away before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from bearwitness.errors import FrameError

FloatArray = npt.NDArray[np.float64]
# So many numbers may one product of tables hold (400 MB).
MOST_NUMBERS: Final = 50_000_000


class Node(NamedTuple):
    """A table: ``shares`` has shape (draws, cells of each parent ..., own cells), adding to one over the last axis."""

    parents: tuple[str, ...]
    shares: FloatArray


class _Factor(NamedTuple):
    """Numbers over some attributes, the draws first."""

    over: tuple[str, ...]
    numbers: FloatArray


def check_network(parents: Mapping[str, Sequence[str]], name: str) -> None:
    """Refuse a network in which an attribute depends on itself, or on one that has no table.

    Parameters
    ----------
    parents : mapping of str to sequence of str
        Per attribute those that its table is given.
    name : str
        The frame, for the message.

    Raises
    ------
    FrameError
        Naming the attributes.
    """
    for attribute, given in parents.items():
        if lacking := sorted(set(given) - set(parents)):
            raise FrameError(
                f"table {attribute} of frame {name} is given {lacking[0]}, which has no table.", hint="Add it."
            )
    order = sorted(parents)
    seen: set[str] = set()
    while ready := [a for a in order if a not in seen and set(parents[a]) <= seen]:
        seen.update(ready)
    if len(seen) < len(order):
        around = ", ".join(a for a in order if a not in seen)
        raise FrameError(f"tables {around} of frame {name} depend on each other in a circle.", hint="Cut it.")


def connect(parents: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """For each attribute the first, by name, of all those that it hangs together with.

    Parameters
    ----------
    parents : mapping of str to sequence of str
        Per attribute those that its table is given.
    """
    root = {a: a for a in parents}

    def find(attribute: str) -> str:
        while root[attribute] != attribute:
            attribute = root[attribute]
        return attribute

    for attribute, given in parents.items():
        for parent in given:
            first, last = sorted((find(attribute), find(parent)))
            root[last] = first
    return {a: find(a) for a in parents}


def probability(nodes: Mapping[str, Node], weights: Mapping[str, FloatArray]) -> FloatArray:
    """P(a household fits what is allowed of all attributes) per draw.

    Parameters
    ----------
    nodes : mapping of str to Node
        Every attribute asked for, and all that they depend on.
    weights : mapping of str to float64 array, shape (cells,) or (draws, cells)
        How far each cell of an attribute is allowed, in [0, 1].

    Returns
    -------
    float64 array, shape (draws,)

    Raises
    ------
    FrameError
        If a product of tables would be too large to be held.
    """
    asked = _ancestors(nodes, weights)
    kept = {a: _allowed_cells(weights.get(a)) for a in asked}
    factors = [_weighed(a, nodes[a], weights.get(a), kept) for a in asked]
    left = set(asked)
    draws = next(iter(nodes.values())).shares.shape[0]
    while left:
        attribute = min(sorted(left), key=lambda a: _size_without(factors, a))
        touching = [f for f in factors if attribute in f.over]
        factors = [f for f in factors if attribute not in f.over] + [_sum_out(touching, attribute)]
        left.remove(attribute)
    answer = np.ones(draws)
    for factor in factors:
        answer = answer * factor.numbers
    return answer


def _ancestors(nodes: Mapping[str, Node], asked: Mapping[str, object]) -> list[str]:
    found: dict[str, None] = {}
    waiting = sorted(asked)
    while waiting:
        attribute = waiting.pop()
        if attribute not in found:
            found[attribute] = None
            waiting += nodes[attribute].parents
    return sorted(found)


def _allowed_cells(weights: FloatArray | None) -> npt.NDArray[np.intp] | None:
    """The cells that are allowed in any draw; None where all are."""
    if weights is None:
        return None
    some = weights > 0.0 if weights.ndim == 1 else (weights > 0.0).any(axis=0)
    return np.flatnonzero(some)


def _weighed(
    attribute: str, node: Node, weights: FloatArray | None, kept: Mapping[str, npt.NDArray[np.intp] | None]
) -> _Factor:
    """A table without the cells that nothing allows, weighed by what is allowed."""
    over = (*node.parents, attribute)
    numbers = node.shares
    for axis, name in enumerate(over, start=1):
        cells = kept[name]
        if cells is not None and len(cells) < numbers.shape[axis]:
            numbers = np.take(numbers, cells, axis=axis)
    if weights is not None:
        own = weights[..., kept[attribute]]
        draws = own.shape[0] if own.ndim > 1 else 1
        numbers = numbers * own.reshape((draws, *(1,) * len(node.parents), own.shape[-1]))
    return _Factor(over, numbers)


def _joint(factors: Sequence[_Factor], attribute: str) -> dict[str, int]:
    """The attributes of the factors that hold one, with their numbers of cells."""
    cells: dict[str, int] = {}
    for factor in factors:
        if attribute in factor.over:
            cells.update(zip(factor.over, factor.numbers.shape[1:], strict=True))
    return cells


def _size_without(factors: Sequence[_Factor], attribute: str) -> int:
    cells = _joint(factors, attribute)
    del cells[attribute]
    return int(np.prod(list(cells.values()), dtype=np.int64)) if cells else 1


def _sum_out(factors: Sequence[_Factor], attribute: str) -> _Factor:
    cells = _joint(factors, attribute)
    over = tuple(a for a in sorted(cells) if a != attribute)
    draws = max(f.numbers.shape[0] for f in factors)
    size = draws * int(np.prod([cells[a] for a in over], dtype=np.int64)) if over else draws
    if size > MOST_NUMBERS:
        raise FrameError(
            f"the tables of {', '.join(sorted(cells))} are too large to be asked together.",
            hint="Give them fewer cells, or fewer parents.",
        )
    place = {a: i for i, a in enumerate(("", *over, attribute))}
    operands: list[object] = []
    for factor in factors:
        operands += [factor.numbers, [0, *(place[a] for a in factor.over)]]
    return _Factor(over, np.einsum(*operands, [0, *(place[a] for a in over)], optimize="greedy"))  # type: ignore[call-overload]
