"""Which lists saw how many acts together, and whether a number of unseen ones may be estimated from that at all.

A list is an independent channel, not a collector: two collectors fed by one broker are one list, and are to be put
together before. Every act is on each list or not; the acts on no list are what is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from bearwitness.errors import EstimationError
from bearwitness.estimation.counted import counted

FloatArray = npt.NDArray[np.float64]

# Two lists give a number for every degree of dependence between them and nothing to tell which is right.
FEWEST_LISTS: Final = 3
# More lists than this have thousands of cells, nearly all of them empty for any number of acts that is documented.
MOST_LISTS: Final = 10
# A list with more than this share of all acts leaves the estimate to the few acts that it missed.
DOMINATING: Final = 0.95


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CaptureTable:
    """How many acts have each pattern of lists.

    ``counts`` has ``2 ** len(lists)`` whole numbers. The place of a pattern is the pattern read as a binary number,
    with the first list as its first digit; place 0, the acts on no list, is always 0.
    """

    stratum: str
    lists: tuple[str, ...]
    counts: FloatArray

    @property
    def observed(self) -> int:
        """The number of acts on at least one list."""
        return int(self.counts.sum())

    @property
    def on_lists(self) -> npt.NDArray[np.bool_]:
        """For each place of ``counts`` and each list, whether the pattern has that list."""
        return patterns(len(self.lists))


def patterns(lists: int) -> npt.NDArray[np.bool_]:
    """Every pattern of so many lists in the order of `CaptureTable`, one a row."""
    places = np.arange(2**lists)[:, None]
    return np.asarray((places >> np.arange(lists)[::-1]) & 1, dtype=bool)


def capture_table(stratum: str, lists: Sequence[str], cells: Mapping[str, float | None]) -> CaptureTable:
    """Make a table of capture patterns.

    Parameters
    ----------
    stratum : str
        The id of the stratum, by which errors name it.
    lists : sequence of str
        The ids of the independent channels.
    cells : mapping of str to float
        The number of acts for each pattern: a digit for each list in order, 1 where the act is on it. A pattern that
        is left out has none.

    Returns
    -------
    CaptureTable
        What it says may still be too little to estimate from; see `check_estimable`.

    Raises
    ------
    EstimationError
        There are fewer than three or more than ten lists, or two of one name; a pattern does not fit them, or has no
        list; a number is no count.
    """
    where = f"Stratum {stratum}"
    if len(lists) < FEWEST_LISTS:
        raise EstimationError(f"{where}: {len(lists)} independent lists are too few; no number can be given.",
                              hint="Three channels that do not feed each other are the least.")  # fmt: skip
    if len(lists) > MOST_LISTS:
        raise EstimationError(f"{where}: {len(lists)} lists are too many: nearly all their patterns are empty.",
                              hint=f"Put lists of one kind together until there are at most {MOST_LISTS}.")  # fmt: skip
    if len(set(lists)) != len(lists):
        raise EstimationError(f"{where}: two lists have one name.", hint="Each list is one channel; name it once.")
    for pattern in cells:
        if len(pattern) != len(lists) or not set(pattern) <= {"0", "1"}:
            raise EstimationError(f"{where}: a pattern does not fit the {len(lists)} lists.",
                                  hint="A pattern is a 0 or a 1 for each list, in their order.")  # fmt: skip
    values = counted([f"{where}, pattern {pattern}" for pattern in cells], list(cells.values()))
    counts = np.zeros(2 ** len(lists))
    for pattern, value in zip(cells, values, strict=True):
        counts[int(pattern, 2)] = value
    if counts[0]:
        raise EstimationError(f"{where}: there are acts on no list.",
                              hint="Whoever saw them is a list too; name it, or leave these acts out.")  # fmt: skip
    return CaptureTable(stratum=stratum, lists=tuple(lists), counts=counts)


def check_estimable(table: CaptureTable) -> None:
    """Refuse a table from which no model could estimate honestly.

    Assumption: none. What passes may still be refused by a model. Nothing is estimated here.

    Parameters
    ----------
    table : CaptureTable
        The table.

    Raises
    ------
    EstimationError
        No act at all; a list without acts; all acts of one pattern; two lists with the same acts; one list with
        nearly all acts; lists that share no act with the others.
    """
    where = f"Stratum {table.stratum}"
    observed, on_lists = table.observed, table.on_lists
    if not observed:
        raise EstimationError(f"{where}: there is no act on any list.", hint="Nothing can be estimated from nothing.")
    totals = table.counts @ on_lists
    for name, total in zip(table.lists, totals, strict=True):
        if not total:
            raise EstimationError(f"{where}: list {name} is empty.", hint="Leave it out if three others remain.")
    if np.count_nonzero(table.counts) == 1:
        raise EstimationError(f"{where}: all acts are on the same lists.",
                              hint="Lists that never differ are one list; they say nothing about what all missed."
                              )  # fmt: skip
    seen = on_lists[table.counts > 0]
    for one in range(len(table.lists)):
        for other in range(one):
            if (seen[:, one] == seen[:, other]).all():
                raise EstimationError(
                    f"{where}: lists {table.lists[other]} and {table.lists[one]} have the same acts.",
                    hint="They are one list, or one was copied from the other; put them together.",
                )
    largest = int(np.argmax(totals))
    if totals[largest] > DOMINATING * observed:
        outside = observed - int(totals[largest])
        raise EstimationError(
            f"{where}: list {table.lists[largest]} has nearly all acts; {outside} of {observed} are on others alone.",
            hint="Any number would rest on those few, and on how the others depend on that list. More acts that other "
            "channels tell of on their own would change this.",
        )
    _check_joined(table, seen)


def _check_joined(table: CaptureTable, seen: npt.NDArray[np.bool_]) -> None:
    """Refuse lists that share no act with the rest: small overlap by chance and separate worlds look the same."""
    group = seen[int(np.argmax(seen[:, 0]))]
    while True:
        wider = seen[(seen & group).any(axis=1)].any(axis=0)
        if (wider == group).all():
            break
        group = wider
    if not group.all():
        # The first list is always in the group; name the smaller side.
        apart = group if 2 * group.sum() <= len(group) else ~group
        names = ", ".join(name for name, out in zip(table.lists, apart, strict=True) if out)
        raise EstimationError(
            f"Stratum {table.stratum}: no act of {names} is on any other list.",
            hint="Whether such lists see other acts, or whether nearly all acts were missed, cannot be told. "
            "Leave them out if three others remain.",
        )
