"""Controlled rounding: every figure to a multiple of a base near it, so that all sums still hold.

Each figure goes to one of the two multiples around it, a multiple stays (zero-restricted; Cox 1987, J. Amer. Statist.
Assoc. 82, 520). Which of the two is drawn: up with the probability that would leave the mean as it is, as far as the
sums allow. Always taking the nearest would tell more than the printed interval does.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, eye_array, hstack

from bearwitness.disclosure.counts_regions import Joint

BASES: Final = (3, 5)
_MOST_NODES: Final = 2000


def round_table(joint: Joint, base: int, rng: np.random.Generator) -> dict[int, int] | None:
    """The rounded figure of every row of the new table.

    Parameters
    ----------
    joint : Joint
        The tables; rows of the new one have exact counts.
    base : int
        At least 2.
    rng : numpy Generator
        Which way figures go; it must not be one that a reader could know.

    Returns
    -------
    dict of row to figure, or None
        None where no rounding of this kind keeps all sums, or none was found within the bound on the work.
    """
    if base < 2:
        raise ValueError("the base of a rounding is at least 2")
    own = [i for i, r in enumerate(joint.rows) if r.own]
    counts = np.array([joint.rows[i].low for i in own])
    below, over = counts // base, counts % base
    parts = joint.matrix.shape[1]
    # Unknowns: whole multiples of the base in every part, and whether each row goes up.
    matrix = csr_array(hstack([joint.matrix[own], -eye_array(len(own))], format="csr"))
    cost = np.concatenate([np.zeros(parts), rng.random(len(own)) - over / base])
    upper = np.concatenate([np.full(parts, np.inf), (over > 0).astype(np.float64)])
    found = milp(
        cost, integrality=np.ones(len(cost), dtype=np.int64), bounds=Bounds(0.0, upper),
        constraints=LinearConstraint(matrix, below, below), options={"node_limit": _MOST_NODES},
    )  # fmt: skip
    if found.x is None:
        return None
    up = np.round(found.x[parts:]).astype(int)
    return {row: int(base * (b + u)) for row, b, u in zip(own, below, up, strict=True)}
