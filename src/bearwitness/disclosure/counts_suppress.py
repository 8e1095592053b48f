"""The least that must be hidden so that no reader of all tables can compute what must stay open.

The exact method of Fischetti and Salazar (2001, Management Science 47, 1008, doi:10.1287/mnsc.47.7.1008.9805): a
master problem chooses the cells to hide; the reader's linear programme looks for a way around; the multipliers of its
optimum are a proof that holds for every choice that leaves the same figures printed, and become a cut of the master.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, hstack

from bearwitness.disclosure.counts_attack import MANY, SMALL, Attack, FloatArray, Impossible, Optimum, System

# After so many rounds of cuts a choice is constructed, with no proof that it is the cheapest.
MOST_ROUNDS: Final = 60
# A table with more cells is large: fewer rounds then, since each takes seconds and most large tables need hundreds.
LARGE: Final = 500
MOST_ROUNDS_LARGE: Final = 10
# Tables are looked for that meet many targets at once, as long as they meet such a share of them.
WORTHWHILE: Final = 0.2
# So many of the dearest cells of a choice without proof are tried in print again.
MOST_TRIMMED: Final = 300
# Nodes of one master problem; a bound on the work that does not depend on the clock.
MOST_NODES: Final = 2000


class Target(NamedTuple):
    """What must stay possible for the reader: a table in which a sum of parts is at least ``need``.

    With weights of -1 and need 0: that nothing is there. ``cell`` names whom it is for.
    """

    cell: str
    weights: tuple[tuple[int, float], ...]
    need: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Hideable:
    """The cells that may be hidden: their rows in the system, true counts and costs, those hidden in any case."""

    rows: tuple[int, ...]
    counts: Mapping[int, int]
    costs: Mapping[int, float]
    forced: frozenset[int] = frozenset()

    def cost(self, rows: Iterable[int]) -> float:
        """What hiding some rows costs."""
        return sum(self.costs[r] for r in rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Suppression:
    """Which rows are hidden, what that costs, a lower bound of what anything safe costs, and whether they meet."""

    hidden: frozenset[int]
    cost: float
    bound: float
    proved: bool
    rounds: int


class Cut(NamedTuple):
    """Sum of ``coefficients`` (in [0, 1]) over hidden rows must be at least 1."""

    coefficients: dict[int, float]


def holds(attack: Attack, target: Target) -> bool:
    """Whether a target holds over tables of whole numbers."""
    weights = dict(target.weights)
    if not attack.is_bounded(weights):
        return True
    return -attack.lowest({c: -w for c, w in weights.items()}) >= target.need


def suppress(
    system: System, hideable: Hideable, targets: Sequence[Target], *, excluded: Sequence[frozenset[int]] = (),
    cuts: list[Cut] | None = None,
) -> Suppression | None:  # fmt: skip
    """The cheapest cells to hide so that every target holds.

    Parameters
    ----------
    system : System
        Everything printed, with the new table as it would be printed in full; rows hidden earlier have no bounds.
    hideable : Hideable
        The cells of the new table.
    targets : sequence of Target
        What must stay possible.
    excluded : sequence of frozenset of int
        Choices that are not wanted again: at least one cell of each is printed.
    cuts : list of Cut, optional
        Found before for the same system and hideable rows, and some of the same targets; those found now are added.

    Returns
    -------
    Suppression or None
        None where even hiding every cell leaves a target unmet, or everything is excluded. ``proved`` where no
        cheaper choice exists: then ``cost`` equals ``bound``.
    """
    everything = Attack(system.without(hideable.rows))
    if not all(holds(everything, t) for t in targets):
        return None
    cuts = [] if cuts is None else cuts
    bound, number, found = 0.0, 0, None
    rounds = MOST_ROUNDS if len(hideable.rows) <= LARGE else MOST_ROUNDS_LARGE
    while number < rounds:
        number += 1
        found = _master(hideable, cuts, excluded)
        if found is None:
            return None
        hidden, value, solved = found
        bound = max(bound, value)
        new = _separate(system, hideable, targets, hidden)
        if not new and solved:
            return Suppression(
                hidden=hidden, cost=hideable.cost(hidden), bound=bound, proved=True, rounds=number
            )  # fmt: skip
        if not new:
            break
        cuts += new
    if excluded:
        return None
    hidden = construct(system, hideable, targets)
    cost = hideable.cost(hidden)
    return Suppression(hidden=hidden, cost=cost, bound=bound, proved=cost <= bound + SMALL, rounds=number)


def _master(
    hideable: Hideable, cuts: Sequence[Cut], excluded: Sequence[frozenset[int]]
) -> tuple[frozenset[int], float, bool] | None:
    rows = hideable.rows
    at = {row: i for i, row in enumerate(rows)}
    lower = np.array([1.0 if r in hideable.forced else 0.0 for r in rows])
    data = [(n, at[r], v) for n, cut in enumerate(cuts) for r, v in cut.coefficients.items()]
    # At least one of the cells of an unwanted choice is printed: it, and whatever holds it, is no answer.
    data += [(len(cuts) + n, at[r], -1.0) for n, one in enumerate(excluded) for r in one]
    low = np.array([1.0 - SMALL] * len(cuts) + [1.0 - len(one) for one in excluded])
    constraints: tuple[LinearConstraint, ...] = ()
    if len(low):
        index = np.array([(a, b) for a, b, _ in data], dtype=np.int64).reshape(-1, 2)
        matrix = csr_array(([v for *_, v in data], (index[:, 0], index[:, 1])), shape=(len(low), len(rows)))
        constraints = (LinearConstraint(matrix, low, np.inf),)
    found = milp(
        np.array([hideable.costs[r] for r in rows]), integrality=np.ones(len(rows), dtype=np.int64),
        bounds=Bounds(lower, 1.0), constraints=constraints, options={"node_limit": MOST_NODES, "mip_rel_gap": 0.0},
    )  # fmt: skip
    if found.x is None:
        return None
    hidden = frozenset(r for r, v in zip(rows, found.x, strict=True) if v > 0.5)
    bound = found.mip_dual_bound if found.mip_dual_bound is not None else found.fun
    return hidden, float(bound), found.status == 0


def _separate(
    system: System, hideable: Hideable, targets: Sequence[Target], hidden: frozenset[int], *, first: bool = False
) -> list[Cut]:
    """A cut for every target that a reader gets around (for the first only); none where all hold over whole numbers."""
    attack = Attack(system.without(sorted(hidden)))
    waiting = _not_met_together(attack, dict(enumerate(targets)))
    cuts: list[Cut] = []
    wholes: list[Target] = []
    while waiting and not (first and cuts):
        number, target = next(iter(waiting.items()))
        del waiting[number]
        best = attack.highest(dict(target.weights), target.need)
        if best.value < target.need - SMALL:
            cuts.append(_cut_of(system, hideable, target, best, hidden))
        elif not np.any(np.abs(best.x - np.round(best.x)) >= SMALL):
            # A table of whole numbers that meets this target may meet others that hang together with it.
            waiting = {n: t for n, t in waiting.items() if not _meets(best.x, t)}
        else:
            wholes.append(target)
    if not cuts:
        cuts = [_whole_cut(hideable, hidden) for t in wholes if not holds(attack, t)][:1]
    return cuts


def _meets(table: FloatArray, target: Target) -> bool:
    return bool(sum(w * table[c] for c, w in target.weights) >= target.need - SMALL)


def _not_met_together(attack: Attack, waiting: dict[int, Target]) -> dict[int, Target]:
    """Those targets that no table met which was made to meet as many as it can; a few tables serve for most."""
    while len(waiting) >= MANY:
        left = dict(waiting)
        for empty in (True, False):
            kind = [t for t in left.values() if (t.need <= 0) == empty]
            if kind:
                table = attack.together([(dict(t.weights), t.need) for t in kind])
                left = {n: t for n, t in left.items() if not _meets(table, t)}
        if len(left) > len(waiting) * (1.0 - WORTHWHILE):
            return left
        waiting = left
    return waiting


def _whole_cut(hideable: Hideable, hidden: frozenset[int]) -> Cut:
    """Something more must be hidden: real numbers leave room that whole ones do not."""
    return Cut({r: 1.0 for r in hideable.rows if r not in hidden})


def _cut_of(system: System, hideable: Hideable, target: Target, best: Optimum, hidden: frozenset[int]) -> Cut:
    """The cut of a proof: hiding a row lets the sum grow by any amount (multiplier > 0), or by at most its count."""
    matrix = system.matrix
    left = np.zeros(matrix.shape[1])
    for column, weight in target.weights:
        left[column] = weight
    multipliers = best.multipliers.copy()
    left -= matrix.T @ multipliers
    # A cell of one part alone takes over what the other rows leave of its weight.
    taken: set[int] = set()
    order = np.flatnonzero(np.diff(matrix.indptr) == 1)
    for row in sorted(order.tolist(), key=lambda r: (r in hidden, r)):
        column = int(matrix.indices[matrix.indptr[row]])
        exact = system.low[row] == system.high[row]
        if column not in taken and exact and abs(left[column]) > SMALL:
            taken.add(column)
            multipliers[row] += left[column]
    reach = 0.0
    for row in np.flatnonzero(np.abs(multipliers) > SMALL).tolist():
        reach += multipliers[row] * (system.high[row] if multipliers[row] > 0 else system.low[row])
    short = target.need - reach
    if short <= SMALL:
        return _whole_cut(hideable, hidden)
    found: dict[int, float] = {}
    for row in hideable.rows:
        by = multipliers[row]
        if by > SMALL:
            found[row] = 1.0
        elif by < -SMALL and hideable.counts[row]:
            found[row] = min(1.0, -by * hideable.counts[row] / short)
    if sum(found.get(r, 0.0) for r in hidden) >= 1.0 - SMALL:
        return _whole_cut(hideable, hidden)
    return Cut(found)


def construct(system: System, hideable: Hideable, targets: Sequence[Target]) -> frozenset[int]:
    """A choice that holds, with no proof that it is the cheapest.

    Target by target the figures are looked for that least must be changed for the target to be met (a linear
    programme; those hidden already are free), and hidden. At the end the dearest that need not be hidden are printed.
    """
    chosen = set(hideable.forced)
    for target in targets:
        attack = Attack(system.without(sorted(chosen)))
        if attack.highest(dict(target.weights), target.need).value < target.need - SMALL:
            chosen |= _cheapest_way(system, hideable, target, chosen)
    while new := _separate(system, hideable, targets, frozenset(chosen)):
        for cut in new:
            open_ones = [r for r in cut.coefficients if r not in chosen]
            if open_ones:
                chosen.add(min(open_ones, key=lambda r: (hideable.costs[r] / cut.coefficients[r], r)))
    extra = sorted(chosen - hideable.forced, key=lambda r: (-hideable.costs[r], r))
    for row in extra[:MOST_TRIMMED]:
        if not _separate(system, hideable, targets, frozenset(chosen - {row}), first=True):
            chosen.discard(row)
    return frozenset(chosen)


def _cheapest_way(system: System, hideable: Hideable, target: Target, chosen: set[int]) -> set[int]:
    """The rows whose figures change in the cheapest table that meets a target; cost counts per unit of change."""
    rows = [r for r in hideable.rows if r not in chosen]
    seen = system.without(sorted(chosen))
    columns = system.matrix.shape[1]
    change = csr_array(
        (np.ones(len(rows)), (rows, range(len(rows)))), shape=(system.matrix.shape[0], len(rows))
    )  # fmt: skip
    matrix = csr_array(hstack([seen.matrix, change, -change], format="csr"))
    weights = np.zeros(columns + 2 * len(rows))
    for column, weight in target.weights:
        weights[column] = weight
    costs = np.array([hideable.costs[r] for r in rows])
    found = milp(
        np.concatenate([np.zeros(columns), costs, costs]), bounds=Bounds(0.0, np.inf),
        constraints=(
            LinearConstraint(matrix, seen.low, seen.high), LinearConstraint(weights.reshape(1, -1), target.need, np.inf)
        ),
    )  # fmt: skip
    if found.x is None:
        raise ArithmeticError(f"the solver stopped with status {found.status}")
    moved = found.x[columns : columns + len(rows)] + found.x[columns + len(rows) :]
    return {rows[i] for i in np.flatnonzero(moved > SMALL).tolist()}


def possible(system: System) -> bool:
    """Whether any table of whole numbers fits everything printed."""
    try:
        Attack(system).check()
    except Impossible:
        return False
    return True
