"""Small tables of counts for tests, and an opponent of its own that goes through every table that could be true.

The opponent shares no code with the engine: it knows cells as sets of combinations of plain words, and enumerates.
"""

from __future__ import annotations

from itertools import combinations, product

import numpy as np

from bearwitness.model.counts import EVERYTHING, CountCell, CountTable
from bearwitness.model.values import Codes

ATTRIBUTES = ("act", "kin", "trait", "sex")


def count_table(shape, counts, *, margins=True, unit="households", merge=None):
    """A table cut by as many attributes as ``shape`` has entries, each with categories c0, c1, ...

    ``counts`` maps a tuple of category numbers to a count; with margins every total is a cell too. ``merge`` is a
    list, per dimension, of groups of categories that are printed as one.
    """
    groups = merge or [[(i,) for i in range(n)] for n in shape]
    sides = [[*g, tuple(range(n))] if margins else g for g, n in zip(groups, shape, strict=True)]
    cells, values = [], [{} for _ in shape]
    for number, chosen in enumerate(product(*sides)):
        total = sum(n for key, n in counts.items() if all(k in c for k, c in zip(key, chosen, strict=True)))
        at = []
        for dimension, (group, n) in enumerate(zip(chosen, shape, strict=True)):
            if len(group) == n and margins:
                at.append(EVERYTHING)
                continue
            name = "+".join(f"c{i}" for i in group)
            values[dimension][name] = Codes(frozenset(f"c{i}" for i in group))
            at.append(name)
        cells.append(CountCell(id=f"k{number}", at=tuple(at), count=total))
    # With one category a margin is the same cell again.
    seen, kept = set(), []
    for cell in cells:
        if cell.at not in seen:
            kept.append(cell)
        seen.add(cell.at)
    return CountTable(
        unit=unit, dimensions=ATTRIBUTES[: len(shape)], cells=tuple(kept),
        values=tuple(tuple(sorted(v.items())) for v in values),
    )  # fmt: skip


class Opponent:
    """Knows every table of whole numbers with a total within bounds, and which of them fit what is printed.

    Parameters
    ----------
    shape : tuple of int
        Categories per dimension.
    least, most : int
        Bounds of the total, which is always printed.
    """

    def __init__(self, shape, least, most):
        self.combinations = list(product(*(range(n) for n in shape)))
        self.tables = np.concatenate([_with_total(len(self.combinations), n) for n in range(least, most + 1)])

    def sums(self, cell):
        """The sum over a cell (a set of combinations) in every table."""
        return self.tables[:, [c in cell for c in self.combinations]].sum(axis=1)

    def fitting(self, printed):
        """Which tables fit every printed (cell, low, high)."""
        fit = np.ones(len(self.tables), dtype=bool)
        for cell, low, high in printed:
            found = self.sums(cell)
            fit &= (found >= low) & (found <= high)
        return fit

    def knows(self, printed, cell):
        """The least and the greatest count of a cell over all tables that fit."""
        found = self.sums(cell)[self.fitting(printed)]
        return int(found.min()), int(found.max())


def _with_total(places, total):
    """Every way to put a total into some places, by where the bars between them stand."""
    bars = np.array(list(combinations(range(total + places - 1), places - 1)), dtype=np.int64)
    bars = bars.reshape(-1, places - 1)
    ends = np.hstack([np.full((len(bars), 1), -1), bars, np.full((len(bars), 1), total + places - 1)])
    return np.diff(ends, axis=1) - 1


def combinations_of(cell, shape):
    """The combinations in a cell, from the words of its categories."""
    sides = []
    for category, n in zip(cell.at, shape, strict=True):
        sides.append(range(n) if category == EVERYTHING else [int(word[1:]) for word in category.split("+")])
    return frozenset(product(*sides))


def random_counts(rng, shape, most=3, total=9):
    """Small counts, many of them none, with a total that can be gone through."""
    while True:
        counts = {key: int(rng.choice([0, 0, 1, 2, most])) for key in product(*(range(n) for n in shape))}
        if 2 <= sum(counts.values()) <= total:
            return counts
