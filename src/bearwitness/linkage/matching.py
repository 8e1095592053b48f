"""Acts that one account tells apart are different, so that of another account each is one of them at most.

Two accounts of a raid and a detention on one day agree crosswise as well: the raid of the one with the detention of the
other. Taken together, the pairs that go straight take probability from those that cross.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Final

# Ways to pair are summed over sets of acts of the smaller side; accounts that tell of more are left as they are.
MOST_ACTS: Final = 12
# Nothing is certain before it was compared with the rest.
_SURE: Final = 1.0 - 1e-9


def pair_one_to_one(chances: Mapping[tuple[str, str], float]) -> dict[tuple[str, str], float]:
    """The probability of each pair, given that no act is of two pairs.

    Parameters
    ----------
    chances : mapping of (act of one account, act of the other) to float
        How probable each pair is by itself; a pair that is not named is none.

    Returns
    -------
    dict of pair to float
        The sum over all ways to pair that hold the pair, of the product of the odds of their pairs, by that over all
        ways. A single pair keeps its probability; the sum over the pairs of an act is at most 1.
    """
    rows, columns = (sorted({pair[side] for pair in chances}) for side in (0, 1))
    if min(len(rows), len(columns)) > MOST_ACTS:
        return dict(chances)
    turned = len(columns) > len(rows)
    if turned:
        rows, columns = columns, rows
    place = {column: i for i, column in enumerate(columns)}
    odds: dict[str, dict[int, float]] = defaultdict(dict)
    for (one, other), chance in chances.items():
        row, column = (other, one) if turned else (one, other)
        p = min(chance, _SURE)
        odds[row][place[column]] = p / (1.0 - p)
    before = [{0: 1.0}]
    for row in rows:
        before.append(_add(before[-1], odds[row]))
    after = [{0: 1.0}]
    for row in reversed(rows):
        after.append(_add(after[-1], odds[row]))
    after.reverse()
    total = sum(before[-1].values())
    found: dict[tuple[str, str], float] = {}
    for i, row in enumerate(rows):
        for at, weight in odds[row].items():
            rest = _disjoint(before[i], after[i + 1], 1 << at)
            found[(columns[at], row) if turned else (row, columns[at])] = weight * rest / total
    return found


def _add(sums: Mapping[int, float], odds: Mapping[int, float]) -> dict[int, float]:
    """Sums of products by the set of columns that are taken, with one row more."""
    found: dict[int, float] = defaultdict(float, sums)
    for taken, total in sums.items():
        for column, weight in odds.items():
            if not taken >> column & 1:
                found[taken | 1 << column] += total * weight
    return dict(found)


def _disjoint(one: Mapping[int, float], other: Mapping[int, float], without: int) -> float:
    """The sum over two sets that share no column and do not hold one."""
    return sum(
        a * b for x, a in one.items() if not x & without for y, b in other.items() if not y & without and not x & y
    )
