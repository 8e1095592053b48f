"""Rows about to be published: quasi-identifiers with their hierarchies, sensitive values, households.

Rows that say the same are kept once with their number, so that nothing below depends on how many rows there are, only
on how many differ. Labels are kept for writing a file; everything else works on codes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

from bearwitness.errors import TableError

IntArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]
Levels = tuple[int, ...]

# Codes of several columns are joined into one number as long as it stays exact.
MOST_JOINED: Final = 2**62


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Hierarchy:
    """The ways to say one attribute less exactly.

    Parameters
    ----------
    name : str
        The attribute, as the file calls its column.
    labels : tuple of tuple of str
        ``labels[level][code]``: what is written at that level. Level 0 is the exact value.
    levels : tuple of int64 arrays of shape (values,)
        ``levels[level][code of the exact value]`` is the code at that level; ``levels[0]`` is the identity. Each level
        joins codes of the level before it and never splits one.
    """

    name: str
    labels: tuple[tuple[str, ...], ...]
    levels: tuple[IntArray, ...]

    def __post_init__(self) -> None:
        if not self.levels or len(self.labels) != len(self.levels) or not len(self.levels[0]):
            raise ValueError("a hierarchy needs labels and codes for every level, and one value at least")
        if not np.array_equal(self.levels[0], np.arange(len(self.levels[0]))):
            raise ValueError("level 0 of a hierarchy is the exact value")
        for finer, coarser, words in zip(self.levels, self.levels[1:], self.labels[1:], strict=False):
            if len(coarser) != len(finer) or len(words) != int(coarser.max()) + 1:
                raise ValueError("a level of a hierarchy has other values or labels than codes")
            if not _joins(finer, coarser):
                raise ValueError("a level of a hierarchy splits a value of the level before it")

    @property
    def height(self) -> int:
        """The coarsest level; the number of levels is one more."""
        return len(self.levels) - 1

    def width(self, level: int) -> int:
        """How many values the level tells apart."""
        return len(self.labels[level])

    def shares(self, level: int) -> FloatArray:
        """Per code of the level, the share of all exact values that it stands for (shape (width,), adds to 1)."""
        counts = np.bincount(self.levels[level], minlength=self.width(level))
        return counts / len(self.levels[0])


def _joins(finer: IntArray, coarser: IntArray) -> bool:
    """Whether the coarser codes are a function of the finer ones."""
    becomes = np.empty(int(finer.max()) + 1, dtype=np.int64)
    becomes[finer] = coarser
    return bool((becomes[finer] == coarser).all())


def hierarchy(name: str, rows: Sequence[Sequence[str]]) -> Hierarchy:
    """Build a hierarchy from one row per exact value: the value itself, then what to say instead, ever less exact.

    Raises
    ------
    TableError
        If rows differ in length, a value stands twice, or a level tells apart what the level before it joined.
    """
    if not rows or not rows[0] or any(len(row) != len(rows[0]) for row in rows):
        raise TableError(f"the hierarchy of {name} has no rows, or rows of different length.",
                         hint="Give one row per value, each with the same number of levels.")  # fmt: skip
    labels, levels = [], []
    for level in range(len(rows[0])):
        codes: dict[str, int] = {}
        levels.append(np.array([codes.setdefault(row[level], len(codes)) for row in rows], dtype=np.int64))
        labels.append(tuple(codes))
    if len(labels[0]) != len(rows):
        raise TableError(f"the hierarchy of {name} has a value twice.", hint="Keep one row per value.")
    for number, (finer, coarser) in enumerate(pairwise(levels), start=1):
        if not _joins(finer, coarser):
            raise TableError(f"level {number} of the hierarchy of {name} splits a value of the level before it.",
                             hint="Each level may only join what the level before tells apart.")  # fmt: skip
    return Hierarchy(name=name, labels=tuple(labels), levels=tuple(levels))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Detail:
    """A column that is not generalised, next to the distinct rows: how many records of a row have which value.

    ``row`` indexes the distinct rows, ``code`` the values, ``count`` the records; all of shape (cells,). Each pair of
    row and code stands once.
    """

    name: str
    values: tuple[str, ...]
    row: IntArray
    code: IntArray
    count: IntArray


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Microdata:
    """A data set, its equal rows counted.

    Parameters
    ----------
    hierarchies : tuple of Hierarchy
        One per quasi-identifier.
    codes : int64 array of shape (distinct rows, quasi-identifiers)
        Exact values; every row differs from every other.
    counts : int64 array of shape (distinct rows,)
        Records per distinct row, all above zero.
    sensitive : tuple of Detail
        What must not be learnt of a person.
    household : Detail or None
        Who belongs together. Where it is given, a household counts once however many members a class has.
    """

    hierarchies: tuple[Hierarchy, ...]
    codes: IntArray
    counts: IntArray
    sensitive: tuple[Detail, ...] = ()
    household: Detail | None = None

    def __post_init__(self) -> None:
        if not self.hierarchies or self.codes.shape != (len(self.counts), len(self.hierarchies)):
            raise ValueError("codes must have one row per count and one column per hierarchy, of which there is one")
        if not len(self.counts) or int(self.counts.min()) < 1:
            raise ValueError("a data set needs rows, each counted once at least")

    @property
    def records(self) -> int:
        """How many records there are."""
        return int(self.counts.sum())

    @property
    def shape(self) -> tuple[int, ...]:
        """Levels per quasi-identifier: the shape of the lattice of generalisations."""
        return tuple(h.height + 1 for h in self.hierarchies)

    @property
    def weights(self) -> tuple[IntArray, ...]:
        """Per quasi-identifier, how many records have each exact value."""
        return tuple(
            np.bincount(self.codes[:, j], weights=self.counts, minlength=h.width(0)).astype(np.int64)
            for j, h in enumerate(self.hierarchies)
        )


def joined(columns: Sequence[IntArray], widths: Sequence[int], rows: int) -> IntArray:
    """Give one number per row for any number of code columns, equal where all of them are; not free of gaps."""
    key = np.zeros(rows, dtype=np.int64)
    room = 1
    for column, width in zip(columns, widths, strict=True):
        if room * width >= MOST_JOINED:
            distinct, key = np.unique(key, return_inverse=True)
            room = len(distinct)
        key = key * width + column
        room *= width
    return key


def microdata(
    columns: Mapping[str, Sequence[str]],
    hierarchies: Sequence[Hierarchy],
    *,
    sensitive: Sequence[str] = (),
    household: str | None = None,
    records: Sequence[int] | None = None,
) -> Microdata:
    """Take a table of text apart into distinct rows.

    Parameters
    ----------
    columns : mapping of str to sequence of str
        The table by columns, all of the same length.
    hierarchies : sequence of Hierarchy
        One per quasi-identifier; its name is the column's.
    sensitive, household : names of columns
        Columns of these roles.
    records : sequence of int, optional
        How many records each row stands for (1 each by default).

    Raises
    ------
    TableError
        If a column is missing, empty, or holds a value that its hierarchy does not list (said by number, not by value).
    """
    for name in (*(h.name for h in hierarchies), *sensitive, *([household] if household is not None else [])):
        if name not in columns:
            raise TableError(f"the table has no column {name}.", hint="Compare the roles with the table's headings.")
    coded = [_coded(columns[h.name], h) for h in hierarchies]
    if not coded or not len(coded[0]):
        raise TableError("the table has no quasi-identifier or no rows.", hint="Nothing can be assessed without both.")
    numbers = np.ones(len(coded[0]), dtype=np.int64) if records is None else np.asarray(records, dtype=np.int64)
    key = joined(coded, [h.width(0) for h in hierarchies], len(coded[0]))
    _, first, row = np.unique(key, return_index=True, return_inverse=True)
    return Microdata(
        hierarchies=tuple(hierarchies),
        codes=np.stack([c[first] for c in coded], axis=1),
        counts=np.bincount(row, weights=numbers).astype(np.int64),
        sensitive=tuple(_detail(name, columns[name], row, numbers) for name in sensitive),
        household=None if household is None else _detail(household, columns[household], row, numbers),
    )


def _coded(values: Sequence[str], known: Hierarchy) -> IntArray:
    codes = {label: code for code, label in enumerate(known.labels[0])}
    found = np.fromiter((codes.get(v, -1) for v in values), dtype=np.int64, count=len(values))
    unknown = int((found < 0).sum())
    if unknown:
        raise TableError(f"{unknown} rows have a value of {known.name} that its hierarchy does not list.",
                         hint="Add the missing values to the hierarchy.")  # fmt: skip
    return found


def _detail(name: str, values: Sequence[str], row: IntArray, numbers: IntArray) -> Detail:
    codes: dict[str, int] = {}
    code = np.fromiter((codes.setdefault(v, len(codes)) for v in values), dtype=np.int64, count=len(values))
    pairs, place = np.unique(row * len(codes) + code, return_inverse=True)
    count = np.bincount(place, weights=numbers).astype(np.int64)
    return Detail(name=name, values=tuple(codes), row=pairs // len(codes), code=pairs % len(codes), count=count)
