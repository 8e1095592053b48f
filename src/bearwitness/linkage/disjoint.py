"""How many routes through people can be chosen so that no person is on two of them."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from itertools import chain
from typing import Any, Final, NamedTuple

Route = Sequence[Hashable]
# Up to here trying every choice is quicker than building a program of it.
_FEW: Final = 28
# An integer program of more routes than this may not end in a second; nodes, unlike seconds, give the same anywhere.
_MOST_SOLVED: Final = 2_000
_MOST_NODES: Final = 500


class Disjoint(NamedTuple):
    """The most routes without a common person: ``found`` were chosen, more than ``at_most`` there cannot be.

    The two are equal unless the routes are too many and too entangled to tell.
    """

    found: int
    at_most: int


def most_disjoint(routes: Iterable[Route]) -> Disjoint:
    """The largest choice of routes no two of which share a node.

    A maximum flow with split nodes [1]_ bounds it from above: every choice of disjoint routes is a flow. It may be
    more, for a flow may leave one route for another where they cross, and arrive by a way that nobody told of.
    Routes a-b, b-c and a-c have a flow of 2 and no two of them are disjoint. So the flow proves a choice to be the
    largest, and is never taken for it: what is ``found`` are whole routes. Choosing them is set packing, hard in
    general; components are solved apart, small ones by trying all choices, others by an integer program [2]_.
    Those of more than 2,000 routes are settled only where the flow proves the choice.

    Parameters
    ----------
    routes : iterable of sequences
        The nodes of each, at least one.

    Returns
    -------
    Disjoint
        The same for the same routes in the same order.

    References
    ----------
    .. [1] K. Menger, "Zur allgemeinen Kurventheorie", Fundamenta Mathematicae 10, 1927.
    .. [2] HiGHS, by ``scipy.optimize.milp``.
    """
    every = list(routes)
    if len(every) < 2 or sum(map(len, every)) == len(set(chain.from_iterable(every))):
        return Disjoint(len(every), len(every))
    parts = [_solve(part) for part in _components(every)]
    return Disjoint(sum(p.found for p in parts), sum(p.at_most for p in parts))


def _components(routes: Sequence[Route]) -> list[list[Route]]:
    """Routes that share people, directly or over others, together."""
    owner: dict[Hashable, int] = {}
    root = list(range(len(routes)))

    def find(at: int) -> int:
        while root[at] != at:
            root[at] = root[root[at]]
            at = root[at]
        return at

    for at, route in enumerate(routes):
        for node in route:
            root[find(owner.setdefault(node, at))] = find(at)
    parts: dict[int, list[Route]] = {}
    for at, route in enumerate(routes):
        parts.setdefault(find(at), []).append(route)
    return list(parts.values())


def _solve(routes: list[Route]) -> Disjoint:
    if len(routes) <= 2 or frozenset(routes[0]).intersection(*routes[1:]):
        return Disjoint(1, 1)
    if len(routes) <= _FEW:
        best = _try_all(_conflicts(routes), (1 << len(routes)) - 1)
        return Disjoint(best, best)
    bound, taken = _flow(routes)
    found = len(_choose(routes, taken))
    if found < bound and (plain := len(_choose(routes, ()))) > found:
        found = plain
    if found < bound and len(routes) <= _MOST_SOLVED:
        solved = _program(routes)
        return Disjoint(max(found, solved.found), min(bound, solved.at_most))
    return Disjoint(found, bound)


def _conflicts(routes: Sequence[Route]) -> list[int]:
    """For each route, as bits, the routes that share somebody with it, itself among them."""
    users: dict[Hashable, int] = {}
    for at, route in enumerate(routes):
        for node in route:
            users[node] = users.get(node, 0) | 1 << at
    masks = []
    for route in routes:
        mask = 0
        for node in route:
            mask |= users[node]
        masks.append(mask)
    return masks


def _try_all(conflicts: Sequence[int], open_: int) -> int:
    """The most of the open routes that can be taken: one of every neighbourhood is in a largest choice."""
    taken = 0
    while open_:
        # With the fewest neighbours the fewest branches.
        at = min(_bits(open_), key=lambda n: (conflicts[n] & open_).bit_count())
        near = conflicts[at] & open_
        # Whose neighbours all stand against each other can be taken without loss: it rules out the least.
        if all(not near & ~conflicts[n] for n in _bits(near)):
            taken += 1
            open_ &= ~near
            continue
        rest = open_
        return taken + 1 + max(_try_all(conflicts, rest & ~conflicts[n]) for n in _bits(near))
    return taken


def _bits(mask: int) -> Iterable[int]:
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


def _choose(routes: Sequence[Route], first: Iterable[int]) -> list[int]:
    """Disjoint routes taken one after the other: those proposed, then the shortest, then in order."""
    used: set[Hashable] = set()
    chosen = []
    for at in (*first, *sorted(range(len(routes)), key=lambda n: len(routes[n]))):
        if used.isdisjoint(routes[at]):
            used.update(routes[at])
            chosen.append(at)
    return chosen


def _flow(routes: Sequence[Route]) -> tuple[int, list[int]]:
    """The maximum flow through the people of all routes, and whole routes that its ways consist of, one for each."""
    import numpy as np
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import maximum_flow

    place: dict[Hashable, int] = {}
    nodes = np.array([place.setdefault(node, len(place)) for route in routes for node in route], dtype=np.int64)
    last = np.cumsum([len(route) for route in routes]) - 1
    first = np.append(0, last[:-1] + 1)
    count = len(place)
    source, sink, size = 2 * count, 2 * count + 1, 2 * count + 2
    # Node n is split: 2n is entered, 2n + 1 is left, and one unit goes between.
    entry, exit_ = 2 * nodes, 2 * nodes + 1
    within = np.delete(np.arange(len(nodes)), last)
    tails = np.concatenate((2 * np.arange(count), np.full(len(first), source), exit_[last], exit_[within]))
    heads = np.concatenate((2 * np.arange(count) + 1, entry[first], np.full(len(last), sink), entry[within + 1]))
    edges = np.unique(tails * size + heads)
    pairs = (edges // size).astype(np.int32), (edges % size).astype(np.int32)
    graph = coo_array((np.ones(len(edges), dtype=np.int32), pairs), shape=(size, size)).tocsr()
    result = maximum_flow(graph, source, sink)
    way = np.array(_ways(result.flow.tocoo(), count))[nodes]
    low, high = np.minimum.reduceat(way, first), np.maximum.reduceat(way, first)
    whole = np.flatnonzero((low == high) & (low >= 0))
    return int(result.flow_value), whole[np.unique(low[whole], return_index=True)[1]].tolist()


def _ways(flow: Any, count: int) -> list[int]:
    """For each node the way of the flow that it is on, by number; -1 where it is on none."""
    tails, heads = flow.row, flow.col
    moved = flow.data > 0
    starts = (heads[moved & (tails == 2 * count)] // 2).tolist()
    between = moved & (tails % 2 == 1) & (heads < 2 * count)
    after = dict(zip((tails[between] // 2).tolist(), (heads[between] // 2).tolist(), strict=True))
    way = [-1] * count
    for number, start in enumerate(starts):
        node: int | None = start
        while node is not None and way[node] < 0:
            way[node] = number
            node = after.get(node)
    return way


def _program(routes: Sequence[Route]) -> Disjoint:
    """As many routes as possible such that each person is on at most one: an integer program."""
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array

    place: dict[Hashable, int] = {}
    cells = [(place.setdefault(node, len(place)), at) for at, route in enumerate(routes) for node in set(route)]
    rows, columns = zip(*cells, strict=True)
    people = csr_array((np.ones(len(cells)), (rows, columns)), shape=(len(place), len(routes)))
    result = milp(
        -np.ones(len(routes)), integrality=np.ones(len(routes), dtype=np.int64), bounds=Bounds(0, 1),
        constraints=LinearConstraint(people, -np.inf, 1), options={"node_limit": _MOST_NODES, "mip_rel_gap": 0},
    )  # fmt: skip
    # The bounds are floats that stand for whole numbers, and nothing is known where the solver gave none.
    bound = len(routes) if result.mip_dual_bound is None else int(np.floor(-result.mip_dual_bound + 1e-6))
    if result.x is None:
        return Disjoint(0, bound)
    # What the solver says it chose is chosen again by our own rule, so that no tolerance of its can add one.
    return Disjoint(len(_choose(routes, np.flatnonzero(result.x > 0.5).tolist())), bound)
