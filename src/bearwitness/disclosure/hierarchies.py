"""Hierarchies of an attribute's codes: from level to level some are put together, and none is ever split.

A node of the lattice of generalisations is a choice of one level per attribute.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

IntArray = npt.NDArray[np.int64]
# One level per attribute, 0 being the finest.
Node = tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Hierarchy:
    """The levels of one attribute: ``levels[l][c]`` is the code at level ``l`` of the finest code ``c``.

    Raises
    ------
    ValueError
        If the first level is not the identity, a level has gaps, or one is not a function of the one before it.
    """

    levels: tuple[IntArray, ...]

    def __post_init__(self) -> None:
        if not self.levels or not np.array_equal(self.levels[0], np.arange(len(self.levels[0]))):
            raise ValueError("the first level of a hierarchy must be the codes themselves")
        for level, (finer, coarser) in enumerate(pairwise(self.levels), start=1):
            if coarser.shape != finer.shape or not np.array_equal(np.unique(coarser), np.arange(coarser.max() + 1)):
                raise ValueError(f"level {level} of a hierarchy must give every code one of 0, 1, ... without gaps")
            if not np.array_equal(self.step(level)[finer], coarser):
                raise ValueError(f"level {level} of a hierarchy splits what the level before it had put together")

    @property
    def height(self) -> int:
        """The number of the last level."""
        return len(self.levels) - 1

    def width(self, level: int) -> int:
        """How many codes a level has."""
        return int(self.levels[level].max()) + 1

    def step(self, level: int) -> IntArray:
        """The code at a level of every code of the level before it."""
        found = np.zeros(self.width(level - 1), dtype=np.int64)
        found[self.levels[level - 1]] = self.levels[level]
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Grouping:
    """How the codes of one level become those of a coarser one: per new code its old ones, in CSR form."""

    step: IntArray
    children: IntArray
    starts: IntArray

    @staticmethod
    def of(step: IntArray, width: int) -> Grouping:
        """From the new code of every old one."""
        starts = np.concatenate([[0], np.cumsum(np.bincount(step, minlength=width))])
        return Grouping(step, np.argsort(step, kind="stable"), starts.astype(np.int64))

    @property
    def width(self) -> int:
        """How many new codes there are."""
        return len(self.starts) - 1


def check_node(hierarchies: Sequence[Hierarchy], node: Node) -> None:
    """Refuse a node that is not of the lattice.

    Raises
    ------
    ValueError
        If it has not one level per attribute, or a level that its hierarchy has not.
    """
    if len(node) != len(hierarchies) or any(not 0 <= n <= h.height for n, h in zip(node, hierarchies, strict=True)):
        raise ValueError(f"node {node} is not of this lattice")
