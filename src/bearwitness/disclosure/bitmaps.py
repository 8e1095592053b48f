"""A table of rows as packed bitmaps, and how many of its rows fit all that is said of a persona.

Every column is kept as cumulative bitmaps: bitmap ``v`` holds the rows whose code is at most ``v`` (O'Neil and Quass
1997, SIGMOD Record 26, 38; Chan and Ioannidis 1998, SIGMOD Record 27, 355). A run of codes - an interval of years,
the counties of a province in the order of their tree, or one single value - is then one AND-NOT of two bitmaps, and
what a claim allows is an OR of runs. A persona is the AND of its claims.

The words lie block by block, so that a block of all bitmaps stays in the cache while every persona is counted over
it; claims that personas have in common are joined once per block. For 26 million rows a bitmap is 3.25 MB.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from bearwitness.disclosure.bitmap_kernels import (
    BLOCK_WORDS,
    IntArray,
    PlaceArray,
    WordArray,
    find_rows,
    run_steps,
    set_bits,
)
from bearwitness.disclosure.bitmap_steps import plan_steps

CodeArray = npt.NDArray[np.unsignedinteger]

# The bitmaps before those of the columns.
_NO_ROW: Final = 0
_EVERY_ROW: Final = 1


class Run(NamedTuple):
    """The codes ``first`` to ``last`` of a column, both included."""

    column: int
    first: int
    last: int


# Any of the runs holds; they may belong to several columns (one column per thing a household may have).
AnyOf = tuple[Run, ...]
# All of these hold.
Conjunction = tuple[AnyOf, ...]

# What every row fits, where nothing is said.
_ANYBODY: Final[AnyOf] = (Run(-1, 0, 0),)


@dataclass(frozen=True, slots=True, eq=False)
class Bitmaps:
    """Rows as bitmaps.

    ``values[c]`` codes of column ``c``; its bitmaps begin at ``firsts[c]``; ``words`` has the shape (blocks, bitmaps,
    words of a block), bit ``i`` of word ``w`` of block ``k`` standing for row ``(k * block + w) * 64 + i``. Bits past
    the last row are zero in every bitmap.
    """

    rows: int
    values: tuple[int, ...]
    firsts: tuple[int, ...]
    words: WordArray


def pack_rows(columns: Sequence[CodeArray], values: Sequence[int]) -> Bitmaps:
    """Pack columns of codes.

    Parameters
    ----------
    columns : sequence of unsigned integer arrays, shape (rows,)
        One code per row; every code from 0 to below the column's number of values.
    values : sequence of int
        How many values each column has. Memory: (sum of values - columns + 2) * rows / 8 bytes.

    Returns
    -------
    Bitmaps

    Raises
    ------
    ValueError
        If columns differ in length, are not unsigned, or hold a code that is no value.
    """
    if not columns or len(columns) != len(values) or min(values) < 1:
        raise ValueError("each column needs the number of its values, at least 1")
    rows = len(columns[0])
    if rows < 1 or any(c.ndim != 1 or len(c) != rows or c.dtype.kind != "u" for c in columns):
        raise ValueError("columns must be unsigned codes, as many in each and at least one")
    firsts = np.cumsum([_EVERY_ROW + 1, *(v - 1 for v in values)])
    blocks = -(-rows // (64 * BLOCK_WORDS))
    words = np.zeros((blocks, int(firsts[-1]), BLOCK_WORDS), dtype=np.uint64)
    words[:, _EVERY_ROW] = _every_row(rows, blocks)
    for c, column in enumerate(columns):
        wrong = set_bits(column, values[c], int(firsts[c]), words)
        if wrong >= 0:
            raise ValueError(f"column {c} has a code in row {wrong} that is none of its {values[c]} values")
    return Bitmaps(rows, tuple(values), tuple(map(int, firsts[:-1])), words)


def _every_row(rows: int, blocks: int) -> WordArray:
    full = np.full(blocks * BLOCK_WORDS, ~np.uint64(0), dtype=np.uint64)
    full[rows // 64 :] = 0
    if rows % 64:
        full[rows // 64] = np.uint64((1 << rows % 64) - 1)
    return full.reshape(blocks, BLOCK_WORDS)


def any_of(column: int, codes: Iterable[int]) -> AnyOf:
    """The runs of a set of codes of one column; no run for an empty set, which no row fits."""
    ordered = sorted(set(codes))
    breaks = [i for i in range(1, len(ordered)) if ordered[i] > ordered[i - 1] + 1]
    pieces = pairwise([0, *breaks, len(ordered)]) if ordered else ()
    return tuple(Run(column, ordered[a], ordered[b - 1]) for a, b in pieces)


def count_candidates(bitmaps: Bitmaps, personas: Sequence[Conjunction], *, threads: int = 1) -> IntArray:
    """How many rows fit each persona.

    Parameters
    ----------
    bitmaps : Bitmaps
        The rows.
    personas : sequence of conjunctions
        What is said of each; a persona of whom nothing is said fits every row.
    threads : int
        Threads that share the rows; the counts do not depend on it.

    Returns
    -------
    int64 array, shape (personas,)

    Raises
    ------
    ValueError
        If a run names a column or a code that the rows do not have.
    """
    if not personas:
        return np.zeros(0, dtype=np.int64)
    numbers: dict[AnyOf, int] = {}
    said = [[numbers.setdefault(claim, len(numbers)) for claim in dict.fromkeys(p or (_ANYBODY,))] for p in personas]
    ends, begins, starts = _terms(bitmaps, list(numbers))
    steps = plan_steps(said, len(numbers))

    def count(part: tuple[int, int]) -> IntArray:
        return run_steps(
            bitmaps.words, *part, ends, begins, starts, steps.operands, steps.targets, steps.buffers, len(personas)
        )

    blocks = len(bitmaps.words)
    cuts = [blocks * i // threads for i in range(threads + 1)]
    if threads == 1:
        return count((0, blocks))
    with ThreadPoolExecutor(threads) as pool:
        total: IntArray = np.sum(list(pool.map(count, pairwise(cuts))), axis=0, dtype=np.int64)
    return total


def candidates(bitmaps: Bitmaps, persona: Conjunction) -> IntArray:
    """The rows that fit a persona.

    Parameters
    ----------
    bitmaps : Bitmaps
        The rows.
    persona : conjunction
        What is said of it.

    Returns
    -------
    int64 array
        Row numbers, ascending.

    Raises
    ------
    ValueError
        If a run names a column or a code that the rows do not have.
    """
    terms = _terms(bitmaps, persona or (_ANYBODY,))
    found = np.empty(int(count_candidates(bitmaps, [persona])[0]), dtype=np.int64)
    find_rows(bitmaps.words, *terms, found)
    return found


def _terms(bitmaps: Bitmaps, claims: Sequence[AnyOf]) -> tuple[PlaceArray, PlaceArray, IntArray]:
    """The runs of all claims as pairs of bitmaps (in the first, not in the second), and where each claim's begin."""
    pairs = [[_bitmaps_of(bitmaps, run) for run in claim] or [(_NO_ROW, _NO_ROW)] for claim in claims]
    ends, begins = (np.array([pair[i] for claim in pairs for pair in claim], dtype=np.int32) for i in (0, 1))
    return ends, begins, np.cumsum([0, *map(len, pairs)], dtype=np.int64)


def _bitmaps_of(bitmaps: Bitmaps, run: Run) -> tuple[int, int]:
    column, first, last = run
    if run is _ANYBODY[0]:
        return _EVERY_ROW, _NO_ROW
    if not 0 <= column < len(bitmaps.values) or not 0 <= first <= last < bitmaps.values[column]:
        raise ValueError(f"codes {first} to {last} of column {column} are not among the columns that were packed")
    begin = bitmaps.firsts[column]
    end = _EVERY_ROW if last == bitmaps.values[column] - 1 else begin + last
    return end, begin + first - 1 if first else _NO_ROW
