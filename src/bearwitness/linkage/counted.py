"""Which chains of an act stand for its independent sources, for those who look at the chains themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bearwitness.linkage.chains import Chain
from bearwitness.linkage.disjoint import most_disjoint


def pick_counted(chains: Sequence[Chain], same: Mapping[str, str], least: int) -> frozenset[int]:
    """Chains that show why an act has at least so many independent sources: no two have anybody in common.

    There may be other choices as large. Chains with somebody unknown are left out, as in ``count_independent``; where
    there are no others, the first chain stands for the one source that there is.

    Parameters
    ----------
    chains : sequence of Chain
        All chains of all testimonies that tell of the act.
    same : mapping
        The key of a person -> the key of whoever they may be; who is missing is nobody else.
    least : int
        The lower bound of ``count_independent``: no more chains than this are picked.

    Returns
    -------
    frozenset of int
        Places in ``chains``. Fewer than ``least`` only where the largest choice cannot be told (thousands of chains).
    """
    people = {
        at: frozenset((*(same.get(h, h) for h in c.hops if h is not None), (c.testimony,)))
        for at, c in enumerate(chains)
        if None not in c.hops
    }
    open_ = list(people)
    wanted = min(least, most_disjoint([sorted(people[at], key=str) for at in open_]).found)
    picked: list[int] = []
    while open_ and len(picked) < wanted:
        at, *others = open_
        apart = [n for n in others if not people[at] & people[n]]
        # Taken where as many can still be reached with it as without.
        if len(apart) == len(others) or _most(people, apart) >= wanted - len(picked) - 1:
            picked.append(at)
            open_ = apart
        else:
            open_ = others
    return frozenset(picked or ([0] if chains and least else []))


def _most(people: Mapping[int, frozenset[object]], places: Sequence[int]) -> int:
    return most_disjoint([sorted(people[at], key=str) for at in places]).found
