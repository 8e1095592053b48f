"""A demand as sums: the log of a crowd is a sum over blocks of claims, draw by draw, in each frame where it counts.

This is what makes a mixed-integer program of the least change possible. It holds where all claims are fully believed
and all links certain; elsewhere a demand has no such form.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]


class Block(NamedTuple):
    """Claims whose tables are asked together: which decisions word them, and the log factor per draw for rungs."""

    decisions: tuple[int, ...]
    log_factor: Callable[[tuple[int, ...]], FloatArray]


class Level(NamedTuple):
    """The crowd counted in one frame: ``constant`` per draw plus the blocks.

    ``open_at`` are the rungs on which a decision says nothing that leads further in; the frame counts only where every
    decision named there is on one of them.
    """

    constant: FloatArray
    blocks: tuple[Block, ...]
    open_at: Mapping[int, frozenset[int]]


class SumForm(NamedTuple):
    """Met where at most ``most_short`` draws have, in every frame that counts, a log crowd below ``needed``."""

    needed: float
    most_short: int
    levels: tuple[Level, ...]
