"""Whether pairs that are the same join a pair that is different, and over which shortest path."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Mapping


def find_contradiction(
    same: Collection[tuple[str, str]], different: Collection[tuple[str, str]]
) -> tuple[str, ...] | None:
    """The shortest path of pairs that are the same between two ids that are different.

    Parameters
    ----------
    same, different : collection of (str, str)
        Pairs of ids.

    Returns
    -------
    tuple of str or None
        The ids along the path, the first and the last being the pair that is different; of equally short ones always
        the same. None where nothing contradicts.
    """
    beside: dict[str, set[str]] = {}
    for a, b in same:
        beside.setdefault(a, set()).add(b)
        beside.setdefault(b, set()).add(a)
    group = _groups(beside)
    broken = sorted((a, b) for a, b in different if a in group and group[a] == group.get(b))
    paths = (_shortest(beside, a, b) for a, b in broken)
    return min(paths, key=lambda path: (len(path), path), default=None)


def _groups(beside: Mapping[str, set[str]]) -> dict[str, str]:
    """Of every id one id that stands for all it is joined to."""
    found: dict[str, str] = {}
    for first in beside:
        if first in found:
            continue
        found[first] = first
        waiting = [first]
        while waiting:
            for near in beside[waiting.pop()]:
                if near not in found:
                    found[near] = first
                    waiting.append(near)
    return found


def _shortest(beside: Mapping[str, set[str]], begin: str, end: str) -> tuple[str, ...]:
    """Breadth first; the two are joined."""
    before, waiting = {begin: ""}, deque([begin])
    while end not in before:
        here = waiting.popleft()
        for near in sorted(beside[here]):
            if near not in before:
                before[near] = here
                waiting.append(near)
    path = [end]
    while path[-1] != begin:
        path.append(before[path[-1]])
    return tuple(reversed(path))
