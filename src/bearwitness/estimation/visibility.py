"""Whether a table shows that acts differ in how hard they are to see, by how lists agree about acts seen elsewhere.

Where some acts are harder to see for every list at once, nearly every two lists share more acts than they would by
chance, and the acts that all lists missed are more than any model finds: how many more, a table cannot tell (Link
2003, Biometrics 59, 1123: models that fit the same table equally well have different numbers). Among acts that a third
list saw, two lists that know nothing of each other agree by chance only if acts are alike. One dependent pair moves
its own ratio, uneven acts move all of them. So the most dependent pair is left out, and the others are asked together.

For every two lists the odds ratio of Mantel and Haenszel (1959) over the patterns of the other lists that have at least
one; then the mean of their logarithms but for the largest, over its standard error, from tables drawn anew from this
one. Assumption: at most one pair of lists depends on each other for other reasons. Three lists have one stratum a pair.
"""

from __future__ import annotations

from functools import cache
from itertools import combinations
from typing import Final

import numpy as np
import numpy.typing as npt

from bearwitness.estimation.lists import CaptureTable, patterns

FloatArray = npt.NDArray[np.float64]

# One table in six whose acts are alike is past this by chance. Missing uneven acts is the worse error.
MOST_UNEVEN: Final = 1.0
_DRAWS: Final = 400


def unevenness(table: CaptureTable, *, seed: int) -> float:
    """How many standard errors the lists agree beyond chance about acts seen elsewhere, their most dependent pair apart.

    Parameters
    ----------
    table : CaptureTable
        Three to ten lists.
    seed : int
        Of the tables drawn anew for the standard error.

    Returns
    -------
    float
        About standard normal where acts are alike and at most one pair depends; 0 where no two lists can be compared.
    """
    lists = len(table.lists)
    found = _mean(table.counts[None, :], lists)
    if np.isnan(found[0]):
        return 0.0
    rng = np.random.default_rng(seed)
    drawn = rng.multinomial(table.observed, table.counts / table.counts.sum(), size=_DRAWS).astype(float)
    means = _mean(drawn, lists)
    spread = float(np.nanstd(means, ddof=1)) if np.isfinite(means).sum() > 1 else 0.0
    return float(found[0] / spread) if spread > 0 else 0.0


def _mean(tables: FloatArray, lists: int) -> FloatArray:
    """The mean log odds ratio of each table, but for the largest; shape (tables,), not a number where there is none."""
    logs = []
    for both, one, other, neither in _places(lists):
        # Half an act in each cell of a stratum that has any keeps single acts from deciding it.
        cells = [tables[:, place] for place in (both, one, other, neither)]
        total = sum(cells)
        told = total > 0
        a, b, c, d = (cell + 0.5 * told for cell in cells)
        weight = np.where(told, total + 2, 1.0)
        above, below = (told * a * d / weight).sum(axis=1), (told * b * c / weight).sum(axis=1)
        with np.errstate(divide="ignore", invalid="ignore"):
            logs.append(np.where((above > 0) & (below > 0), np.log(above / below), np.nan))
    ratios = np.sort(np.array(logs), axis=0)
    # The largest of those that can be compared is left out; those that cannot stand last.
    number = np.isfinite(ratios).sum(axis=0)
    kept = np.arange(len(ratios))[:, None] < number - 1
    with np.errstate(invalid="ignore"):
        return np.asarray(np.where(kept, ratios, 0.0).sum(axis=0) / np.where(number > 1, number - 1, np.nan))


@cache
def _places(lists: int) -> tuple[tuple[npt.NDArray[np.int64], ...], ...]:
    """For every two lists, the places of cells with both, one, the other and neither, by what other lists have."""
    on = patterns(lists)
    found = []
    for i, j in combinations(range(lists), 2):
        elsewhere = np.delete(on, (i, j), axis=1).any(axis=1) & ~on[:, i] & ~on[:, j]
        neither = np.flatnonzero(elsewhere)
        first, second = 2 ** (lists - 1 - i), 2 ** (lists - 1 - j)
        found.append((neither + first + second, neither + first, neither + second, neither))
    return tuple(found)
