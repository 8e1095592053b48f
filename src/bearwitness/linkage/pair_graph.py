"""Scored pairs and decisions as one graph: what must be together is one node, what must not is a bar between nodes.

Ids are put in order first, so that nothing depends on the order in which they were given.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from bearwitness.errors import LinkageError

IdPair = tuple[str, str]
ScoredPair = tuple[str, str, float]
# Every id in exactly one cluster; ids within a cluster and clusters among each other in order.
Clustering = tuple[tuple[str, ...], ...]
IntArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]

_KNOWN: Final = "Give every id that a pair or a decision names, or leave those pairs and decisions out."


class PairGraph(NamedTuple):
    """Nodes are ids that must be together; a node's number goes up with its first id.

    ``ids`` are in order; ``node`` has the node of each. ``first < second`` are the nodes of a scored pair, ``chance``
    its probability; pairs within a node are left out, two pairs between the same nodes stay two. ``barred`` has shape
    (bars, 2): nodes that may not be in one cluster.
    """

    ids: tuple[str, ...]
    node: IntArray
    sizes: IntArray
    first: IntArray
    second: IntArray
    chance: FloatArray
    barred: IntArray


def build_pair_graph(
    ids: Collection[str], pairs: Sequence[ScoredPair], must: Iterable[IdPair], cannot: Iterable[IdPair]
) -> PairGraph:
    """Check pairs and decisions and join what must be together.

    Parameters
    ----------
    ids : collection of str
        All items, each once.
    pairs : sequence of (str, str, float)
        Two different ids and the probability, from 0 to 1, that they are of one thing; each pair once.
    must, cannot : iterable of (str, str)
        Pairs that are always, or never, in one cluster.

    Raises
    ------
    LinkageError
        A pair or a decision names an id that is not among the ids; what must be together must also not be.
    ValueError
        An id or a pair is given twice, a pair is of one id, or a probability is none.
    """
    ordered = tuple(sorted(ids))
    place = {one: i for i, one in enumerate(ordered)}
    if len(place) != len(ordered):
        raise ValueError("an id is given twice")
    left, right = _places((a for a, _, _ in pairs), place), _places((b for _, b, _ in pairs), place)
    chance = np.fromiter((p for _, _, p in pairs), np.float64, len(pairs))
    if not ((chance >= 0.0) & (chance <= 1.0)).all():
        raise ValueError("a probability is from 0 to 1")
    low, high = np.minimum(left, right), np.maximum(left, right)
    if (low == high).any():
        raise ValueError("a pair is of two different ids")
    order = np.lexsort((high, low))
    low, high, chance = low[order], high[order], chance[order]
    if ((np.diff(low) == 0) & (np.diff(high) == 0)).any():
        raise ValueError("a pair is given twice")
    node = _joined(len(ordered), _pair_places(must, place))
    barred = _bars(ordered, node, _pair_places(cannot, place))
    between = node[low] != node[high]
    ends = np.sort(np.column_stack((node[low], node[high]))[between], axis=1)
    # Stable: two pairs between the same nodes stay in the order of their ids.
    order = np.lexsort((ends[:, 1], ends[:, 0]))
    return PairGraph(
        ids=ordered, node=node, sizes=np.bincount(node, minlength=0).astype(np.int64),
        first=ends[order, 0], second=ends[order, 1], chance=chance[between][order], barred=barred,
    )  # fmt: skip


def first_labels(count: int, first: IntArray, second: IntArray) -> IntArray:
    """The connected component of each of ``count`` nodes; components are numbered by their first node."""
    # Loaded late: it is not needed to assess a draft.
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    links = coo_array((np.ones(len(first), np.int8), (first, second)), shape=(count, count))
    labels = connected_components(links, directed=False)[1]
    _, where, back = np.unique(labels, return_index=True, return_inverse=True)
    rank = np.empty(len(where), np.int64)
    rank[np.argsort(where)] = np.arange(len(where))
    return rank[back]


def gather_ids(ids: Sequence[str], labels: IntArray) -> Clustering:
    """The ids of each label, as a clustering; ``ids`` are in order."""
    found: dict[int, list[str]] = {}
    for one, label in zip(ids, labels.tolist(), strict=True):
        found.setdefault(label, []).append(one)
    return tuple(tuple(group) for group in found.values())


def _places(names: Iterable[str], place: dict[str, int]) -> IntArray:
    try:
        return np.fromiter((place[name] for name in names), np.int64)
    except KeyError as error:
        raise LinkageError(f"{error.args[0]} is not among the items that are put together.", hint=_KNOWN) from None


def _pair_places(pairs: Iterable[IdPair], place: dict[str, int]) -> IntArray:
    listed = sorted({(min(pair), max(pair)) for pair in pairs})
    if any(a == b for a, b in listed):
        raise ValueError("a decision is about two different ids")
    return np.column_stack((_places((a for a, _ in listed), place), _places((b for _, b in listed), place)))


def _joined(count: int, must: IntArray) -> IntArray:
    return first_labels(count, must[:, 0], must[:, 1]) if count else np.zeros(0, np.int64)


def _bars(ordered: Sequence[str], node: IntArray, cannot: IntArray) -> IntArray:
    barred = np.sort(node[cannot], axis=1)
    if (broken := np.flatnonzero(barred[:, 0] == barred[:, 1])).size:
        a, b = (ordered[i] for i in cannot[broken[0]])
        raise LinkageError(
            f"{a} and {b} must be kept apart, and other decisions put them together.",
            hint="Check the decisions: that names the ones that contradict each other.",
        )
    return np.unique(barred, axis=0)
