"""Synthetic households by the million: rows of codes in which attributes go together."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

ROWS = 26_000_000
CLASSES = 4
_PIECE = 1_000_000


def draw_rows(values: Sequence[int], rng: np.random.Generator, rows: int = ROWS) -> list[npt.NDArray[np.uint8]]:
    """One column of codes per attribute, drawn from a mixture of a few classes of households.

    Parameters
    ----------
    values : sequence of int
        How many codes each attribute has, at most 256; some are many times as frequent as others.
    rng : numpy Generator
        Source of randomness.
    rows : int
        How many rows.
    """
    shares = [rng.dirichlet(np.full(v, 2.0), CLASSES) for v in values]
    columns = [np.empty(rows, dtype=np.uint8) for _ in values]
    for begin in range(0, rows, _PIECE):
        count = min(_PIECE, rows - begin)
        of_class = rng.integers(0, CLASSES, count)
        for column, share in zip(columns, shares, strict=True):
            for number in range(CLASSES):
                mine = np.flatnonzero(of_class == number)
                column[begin + mine] = rng.choice(len(share[number]), len(mine), p=share[number])
    return columns
