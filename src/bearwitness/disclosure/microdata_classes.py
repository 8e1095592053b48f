"""The classes of one generalisation: rows that read alike once it is applied, counted without touching the rows.

The quasi-identifiers are split into two groups. Each group has far fewer distinct combinations than there are rows, and
generalising those is cheap and kept; a class of rows is then a pair of group classes, counted in one pass.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import prod
from typing import Final

import numpy as np

from bearwitness.disclosure.microdata import BoolArray, Detail, FloatArray, IntArray, Levels, Microdata, joined

# Pairs are counted in a table as long as it is not much larger than what is counted; beyond it they are sorted.
_CELLS_PER_ROW: Final = 24
_SMALLEST_TABLE: Final = 1 << 16
# Generalised groups that are kept; one holds a few numbers per distinct combination of its group.
_MOST_KEPT: Final = 4096


def _told_apart(columns: list[IntArray], widths: list[int], rows: int) -> tuple[IntArray, IntArray]:
    """Number the distinct rows of code columns: the number of each row, and the codes of each number."""
    key = joined(columns, widths, rows)
    if not widths:
        return key, np.zeros((1, 0), dtype=np.int64)
    if prod(widths) > max(_SMALLEST_TABLE, _CELLS_PER_ROW * rows):
        _, first, number = np.unique(key, return_index=True, return_inverse=True)
        return number, np.stack([c[first] for c in columns], axis=1)
    occurs = np.zeros(prod(widths), dtype=np.bool_)
    occurs[key] = True
    held = np.flatnonzero(occurs)
    numbers = np.empty(len(occurs), dtype=np.int64)
    numbers[held] = np.arange(len(held))
    return numbers.take(key), np.stack(np.unravel_index(held, widths), axis=1)


class Group:
    """Some quasi-identifiers and their distinct combinations."""

    __slots__ = ("_columns", "_combinations", "_hierarchies", "_kept", "columns", "of_row")

    def __init__(self, data: Microdata, columns: tuple[int, ...]) -> None:
        self.columns = columns
        self._hierarchies = [data.hierarchies[j] for j in columns]
        exact = [data.codes[:, j] for j in columns]
        self.of_row, found = _told_apart(exact, [h.width(0) for h in self._hierarchies], len(data.codes))
        self._combinations = len(found)
        self._columns = [np.ascontiguousarray(found[:, place]) for place in range(len(columns))]
        self._kept: dict[Levels, tuple[IntArray, IntArray]] = {}

    def at(self, levels: Levels) -> tuple[IntArray, IntArray]:
        """Generalise the group.

        Returns
        -------
        classes : int64 array of shape (combinations,)
            The class of each distinct combination.
        values : int64 array of shape (classes, quasi-identifiers of the group)
            The generalised codes of each class.
        """
        found = self._kept.get(levels)
        if found is None:
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            coded = [
                h.levels[level].take(c) for h, level, c in zip(self._hierarchies, levels, self._columns, strict=True)
            ]
            widths = [h.width(level) for h, level in zip(self._hierarchies, levels, strict=True)]
            found = self._kept[levels] = _told_apart(coded, widths, self._combinations)
        return found


# A group at its levels: the class of each of its combinations, and the generalised codes of each class.
_Side = tuple[IntArray, IntArray]


class Classes:
    """The classes of one generalisation.

    Attributes
    ----------
    levels : tuple of int
        The level of each quasi-identifier.
    sizes : int64 array of shape (classes,)
        Records per class; none is empty.
    """

    __slots__ = ("_counter", "_keys", "_of_row", "_sides", "levels", "sizes")

    def __init__(
        self, counter: ClassCounter, levels: Levels, sides: tuple[_Side, _Side], keys: IntArray, sizes: IntArray
    ) -> None:
        self._counter = counter
        self._sides = sides
        self._keys = keys
        self._of_row: IntArray | None = None
        self.levels = levels
        self.sizes = sizes

    @property
    def data(self) -> Microdata:
        """The data set."""
        return self._counter.data

    @property
    def of_rows(self) -> IntArray:
        """The class of each distinct row."""
        if self._of_row is None:
            self._of_row = np.searchsorted(self._keys, self._counter.keys_of_rows(self._sides))
        return self._of_row

    def values(self, attribute: int) -> IntArray:
        """The generalised code of one quasi-identifier per class."""
        first, second = self._counter.groups
        (_, ones), (_, others) = self._sides
        if attribute in first.columns:
            return ones[:, first.columns.index(attribute)].take(self._keys // len(others))
        return others[:, second.columns.index(attribute)].take(self._keys % len(others))

    def weighed(self, tables: Sequence[FloatArray], chosen: BoolArray) -> float:
        """Add what ``tables[attribute][generalised code]`` says of each value of the chosen classes' records."""
        first, second = self._counter.groups
        (_, ones), (_, others) = self._sides
        one, other = (
            sum((tables[j][values[:, place]] for place, j in enumerate(group.columns)), np.zeros(len(values)))
            for group, values in ((first, ones), (second, others))
        )
        keys, sizes = self._keys[chosen], self.sizes[chosen]
        return float(sizes @ one[keys // len(others)] + sizes @ other[keys % len(others)])

    @property
    def households(self) -> IntArray:
        """How many who are told apart a class holds: households where the data knows them, else records."""
        household = self.data.household
        if household is None:
            return self.sizes
        classes, _, _ = self.cells(household)
        return np.bincount(classes, minlength=len(self.sizes)).astype(np.int64)

    def cells(self, detail: Detail) -> tuple[IntArray, IntArray, IntArray]:
        """Count a column by class: class, value and records of every pair that occurs, by class and then value."""
        width = len(detail.values)
        pairs, place = np.unique(self.of_rows[detail.row] * width + detail.code, return_inverse=True)
        counts = np.bincount(place, weights=detail.count).astype(np.int64)
        return pairs // width, pairs % width, counts


class ClassCounter:
    """Counts the classes of any generalisation of one data set."""

    __slots__ = ("_weights", "data", "groups")

    def __init__(self, data: Microdata) -> None:
        self.data = data
        one, other = _split(data)
        self.groups = Group(data, one), Group(data, other)
        self._weights = data.counts.astype(np.float64)

    def keys_of_rows(self, sides: tuple[_Side, _Side]) -> IntArray:
        """Give a number per distinct row, equal where the rows read alike once the groups are at these levels."""
        first, second = self.groups
        (ones, _), (others, values) = sides
        keys: IntArray = (ones * len(values)).take(first.of_row)
        keys += others.take(second.of_row)
        return keys

    def at(self, levels: Levels) -> Classes:
        """The classes of one generalisation."""
        first, second = self.groups
        sides = first.at(tuple(levels[j] for j in first.columns)), second.at(tuple(levels[j] for j in second.columns))
        keys = self.keys_of_rows(sides)
        room = len(sides[0][1]) * len(sides[1][1])
        if room <= max(_SMALLEST_TABLE, _CELLS_PER_ROW * len(keys)):
            table = np.bincount(keys, weights=self._weights, minlength=room)
            held = np.flatnonzero(table > 0.0)
            return Classes(self, levels, sides, held, table[held].astype(np.int64))
        held, place = np.unique(keys, return_inverse=True)
        return Classes(self, levels, sides, held, np.bincount(place, weights=self._weights).astype(np.int64))


def _split(data: Microdata) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Two groups of quasi-identifiers, the widest first, so that both have about as many values."""
    groups: tuple[list[int], list[int]] = ([], [])
    values = [1, 1]
    for j in sorted(range(len(data.hierarchies)), key=lambda j: -data.hierarchies[j].width(0)):
        side = 0 if values[0] <= values[1] else 1
        groups[side].append(j)
        values[side] *= data.hierarchies[j].width(0)
    return tuple(groups[0]), tuple(groups[1])
