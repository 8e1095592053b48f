"""The order in which many conjunctions are counted, so that what several of them share is joined once.

The claims of each persona are ordered, those that most personas make first; the personas then form a tree (a trie),
and only where it branches is the AND of all claims up to there kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

import numpy as np
import numpy.typing as npt

from bearwitness.disclosure.bitmap_kernels import WIDEST_STEP, IntArray


@dataclass(frozen=True, slots=True, eq=False)
class Steps:
    """What ``bitmap_kernels.run_steps`` does: six operands and a target per step, and how many buffers it needs."""

    operands: npt.NDArray[np.int32]
    targets: IntArray
    buffers: int


@dataclass(slots=True)
class _Planner:
    claims: int
    rows: list[list[int]] = field(default_factory=list)
    targets: list[int] = field(default_factory=list)
    buffers: int = 0

    def add(self, operands: list[int], target: int) -> None:
        self.rows.append(operands + operands[-1:] * (WIDEST_STEP - len(operands)))
        self.targets.append(target)

    def keep(self, operands: list[int], level: int) -> list[int]:
        """Join operands in the buffer of a level of the tree, if they are several; where the result lies."""
        if len(operands) == 1:
            return operands
        self.buffers = max(self.buffers, level + 1)
        buffer = self.claims + level
        first, rest = operands[:WIDEST_STEP], operands[WIDEST_STEP:]
        self.add(first, -1 - level)
        while rest:
            first, rest = [buffer, *rest[: WIDEST_STEP - 1]], rest[WIDEST_STEP - 1 :]
            self.add(first, -1 - level)
        return [buffer]

    def finish(self, operands: list[int], level: int, persona: int) -> None:
        """Count a persona."""
        if len(operands) > WIDEST_STEP:
            operands = [*self.keep(operands[: 1 - WIDEST_STEP], level), *operands[1 - WIDEST_STEP :]]
        self.add(operands, persona)

    def branch(self, group: Sequence[tuple[list[int], int]], depth: int, joined: list[int], level: int) -> None:
        """Plan personas that share their first ``depth`` claims, whose AND is ``joined``."""
        for said, persona in group:
            if len(said) == depth:
                self.add(joined, persona)
        longer = [one for one in group if len(one[0]) > depth]
        for _, members in groupby(longer, key=lambda one: one[0][depth]):
            below = list(members)
            first, last = below[0][0], below[-1][0]
            if len(below) == 1:
                self.finish([*joined, *first[depth:]], level, below[0][1])
                continue
            shared = next((i for i, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), len(first))
            self.branch(below, shared, self.keep([*joined, *first[depth:shared]], level), level + 1)


def plan_steps(personas: Sequence[Sequence[int]], claims: int) -> Steps:
    """The steps that count personas given as the numbers of their claims.

    Parameters
    ----------
    personas : sequence of sequences of int
        Per persona at least one claim, each below ``claims``, none twice.
    claims : int
        How many different claims there are.
    """
    often = Counter(claim for persona in personas for claim in persona)
    rank = {claim: place for place, (claim, _) in enumerate(sorted(often.items(), key=lambda c: (-c[1], c[0])))}
    said = [(sorted(persona, key=rank.__getitem__), i) for i, persona in enumerate(personas)]
    ordered = sorted(said, key=lambda one: [rank[claim] for claim in one[0]])
    planner = _Planner(claims)
    planner.branch(ordered, 0, [], 0)
    return Steps(
        np.array(planner.rows, dtype=np.int32), np.array(planner.targets, dtype=np.int64), planner.buffers
    )
