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
    # What the rows from some row on come to, by what is taken before them.
    after = dict.fromkeys(before[-1], 1.0)
    total = sum(before[-1].values())
    found: dict[tuple[str, str], float] = {}
    for i in reversed(range(len(rows))):
        row, ways = rows[i], dict.fromkeys(odds[rows[i]], 0.0)
        earlier: dict[int, float] = {}
        for taken, weight in before[i].items():
            rest = after[taken]
            for at, odd in odds[row].items():
                if not taken >> at & 1:
                    more = odd * after[taken | 1 << at]
                    rest += more
                    ways[at] += weight * more
            earlier[taken] = rest
        after = earlier
        for at, sums in ways.items():
            found[(columns[at], row) if turned else (row, columns[at])] = sums / total
    return found


def _add(sums: Mapping[int, float], odds: Mapping[int, float]) -> dict[int, float]:
    """Sums of products by the set of columns that are taken, with one row more."""
    found: dict[int, float] = defaultdict(float, sums)
    for taken, total in sums.items():
        for column, weight in odds.items():
            if not taken >> column & 1:
                found[taken | 1 << column] += total * weight
    return dict(found)
