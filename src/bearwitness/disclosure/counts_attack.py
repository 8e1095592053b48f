"""What a reader of all published tables can compute: the exact bounds of any sum of parts, by whole numbers.

The unknowns are the parts (``counts_regions``) and, for every account told before that is counted, which part it is
counted in; a part's count is then that of the others. Everything printed is a row of one system of linear bounds.
Bounds are integer optima (HiGHS through scipy), so they are what enumerating every possible table would give.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_array, eye_array, hstack, vstack
from scipy.sparse.csgraph import connected_components

FloatArray = npt.NDArray[np.float64]
# A sum of unknowns: column -> weight.
Sum = Mapping[int, float]
SMALL: Final = 1e-7
# From so many sums on it pays to look for a table that serves many of them.
MANY: Final = 12
# Possible tables that are kept, to answer whether a region can be empty.
MOST_TABLES: Final = 400


class Impossible(Exception):
    """No table of whole numbers fits everything that was printed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class System:
    """Everything printed as bounds: ``low <= matrix @ x <= high`` with x >= 0 whole; inf for no upper end."""

    matrix: csr_array[Any]
    low: FloatArray
    high: FloatArray

    def without(self, hidden: Sequence[int]) -> System:
        """The system when some of its rows are not printed."""
        low, high = self.low.copy(), self.high.copy()
        low[list(hidden)], high[list(hidden)] = 0.0, np.inf
        return System(matrix=self.matrix, low=low, high=high)


class Optimum(NamedTuple):
    """The largest value of a sum, a table that has it, and the multiplier of every row (its proof).

    Of the table only what hangs together with the sum is known; the rest is NaN.
    """

    value: float
    x: FloatArray
    multipliers: FloatArray


class _Piece(NamedTuple):
    """The rows and columns that hang together with a sum."""

    rows: npt.NDArray[np.int64]
    columns: npt.NDArray[np.int64]
    matrix: csr_array[Any]


@dataclass(frozen=True, slots=True)
class Attack:
    """A reader of one system. Columns that a row of their own fixes are taken out; the rest falls into components."""

    system: System
    fixed: FloatArray = field(init=False)
    free: npt.NDArray[np.bool_] = field(init=False)
    single: npt.NDArray[np.int64] = field(init=False)
    _low: FloatArray = field(init=False)
    _high: FloatArray = field(init=False)
    _labels: npt.NDArray[np.int64] = field(init=False)
    _row_labels: npt.NDArray[np.int64] = field(init=False)
    _printed: npt.NDArray[np.bool_] = field(init=False)
    _bounded: npt.NDArray[np.bool_] = field(init=False)
    _memo: dict[frozenset[int], _Piece] = field(init=False, default_factory=dict)
    _tables: list[FloatArray] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        matrix, low, high = self.system.matrix, self.system.low, self.system.high
        rows, columns = matrix.shape
        lengths = np.diff(matrix.indptr)
        exact = np.flatnonzero((lengths == 1) & (low == high))
        single = np.full(columns, -1, dtype=np.int64)
        fixed = np.zeros(columns)
        for row in exact.tolist():
            column = int(matrix.indices[matrix.indptr[row]])
            if single[column] >= 0 and fixed[column] != low[row]:
                raise Impossible
            single[column], fixed[column] = row, low[row]
        free = single < 0
        known = matrix @ fixed
        rest = csr_array(matrix[:, np.flatnonzero(free)])
        has_free = np.diff(rest.indptr) > 0
        printed = has_free & ((low > 0) | np.isfinite(high))
        if (~has_free & ((known < low) | (known > high))).any():
            raise Impossible
        low, high = np.maximum(low - known, 0.0), high - known
        if (high < 0).any() or (low > high).any():
            raise Impossible
        whole = matrix[np.flatnonzero(printed)].tocoo()
        used = free[whole.col]
        graph = csr_array(
            (np.ones(int(used.sum())), (whole.row[used], int(printed.sum()) + whole.col[used])),
            shape=(int(printed.sum()) + columns,) * 2,
        )
        _, labels = connected_components(graph, directed=False)
        row_labels = np.full(rows, -1, dtype=np.int64)
        row_labels[printed] = labels[: int(printed.sum())]
        above = matrix[np.flatnonzero(printed & np.isfinite(high))]
        bounded = ~free
        bounded[np.unique(above.indices)] = True
        values = {
            "fixed": fixed, "free": free, "single": single, "_low": low, "_high": high, "_bounded": bounded,
            "_labels": labels[int(printed.sum()) :].astype(np.int64), "_row_labels": row_labels, "_printed": printed,
        }  # fmt: skip
        for name, value in values.items():
            object.__setattr__(self, name, value)

    def is_bounded(self, weights: Sum) -> bool:
        """Whether a sum has a largest value."""
        return all(w <= 0 or self._bounded[c] for c, w in weights.items())

    def check(self) -> None:
        """Refuse a system that no table of whole numbers fits.

        Raises
        ------
        Impossible
        """
        for label in np.unique(self._row_labels[self._printed]).tolist():
            column = int(np.flatnonzero(self.free & (self._labels == label))[0])
            self.lowest({column: 1.0})

    def bounds(self, weights: Sum) -> tuple[int, int | None]:
        """The least and the greatest value of a sum over all tables of whole numbers; None for no upper end.

        Raises
        ------
        Impossible
            If no table fits what was printed.
        """
        highest = None if not self.is_bounded(weights) else -self.lowest({c: -w for c, w in weights.items()})
        return self.lowest(weights), highest

    def lowest(self, weights: Sum) -> int:
        """The least value of a sum over all tables of whole numbers; the sum must be bounded below."""
        return self.table(weights)[0]

    def table(self, weights: Sum) -> tuple[int, FloatArray]:
        """The least value of a sum, and a table that has it (NaN where nothing hangs together with it).

        Raises
        ------
        Impossible
            If no table fits what was printed.
        """
        known, unknown = self._split(weights)
        x = self._known()
        if not unknown:
            return round(known), x
        piece = self._piece(unknown)
        if not len(piece.rows) and min(unknown.values()) >= 0:
            x[piece.columns] = 0.0
            return round(known), x
        cost = self._cost(piece, unknown)
        found = self._real(piece, cost)
        if np.any(np.abs(found - np.round(found)) >= SMALL):
            found = self._whole(piece, cost)
        x[piece.columns] = np.round(found)
        if len(self._tables) < MOST_TABLES:
            self._tables.append(x)
        return round(known + float(cost @ np.round(found))), x

    def at_least(self, columns: Sequence[int]) -> int:
        """How many some columns hold together at the least; answered from a table met before where one shows none."""
        wanted = list(columns)
        if any(t[wanted].sum() == 0 for t in self._tables):
            return 0
        return self.lowest(dict.fromkeys(wanted, 1.0))

    def _real(self, piece: _Piece, cost: FloatArray) -> FloatArray:
        """A corner of all tables of real numbers with the least cost; most corners are whole."""
        low, high = self._low[piece.rows], self._high[piece.rows]
        equal = low == high
        above, below = np.flatnonzero(~equal & np.isfinite(high)), np.flatnonzero(~equal & (low > 0))
        found = linprog(
            cost, A_eq=piece.matrix[equal] if equal.any() else None, b_eq=low[equal] if equal.any() else None,
            A_ub=vstack([piece.matrix[above], -piece.matrix[below]], format="csr") if not equal.all() else None,
            b_ub=np.concatenate([high[above], -low[below]]) if not equal.all() else None, method="highs-ds",
        )  # fmt: skip
        return _solution(found)

    def _whole(self, piece: _Piece, cost: FloatArray) -> FloatArray:
        """A table of whole numbers with the least cost."""
        found = milp(
            cost, integrality=np.ones(len(cost), dtype=np.int64), bounds=Bounds(0.0, np.inf),
            constraints=LinearConstraint(piece.matrix, self._low[piece.rows], self._high[piece.rows]),
            options={"mip_rel_gap": 0.0},
        )  # fmt: skip
        return _solution(found)

    def highest(self, weights: Sum, most: float) -> Optimum:
        """The largest value, up to ``most``, that a sum has over all tables of real numbers, with its proof.

        Raises
        ------
        Impossible
            If no table fits what was printed.
        """
        known, unknown = self._split(weights)
        x, multipliers = self._known(), np.zeros(len(self.system.low))
        if not unknown:
            return Optimum(known, x, multipliers)
        piece = self._piece(unknown)
        cost = -self._cost(piece, unknown)
        low, high = self._low[piece.rows], self._high[piece.rows]
        equal = low == high
        above, below = np.flatnonzero(~equal & np.isfinite(high)), np.flatnonzero(~equal & (low > 0))
        cap = np.concatenate([high[above], -low[below], [most - known]])
        found = linprog(
            cost, A_eq=piece.matrix[equal] if equal.any() else None, b_eq=low[equal] if equal.any() else None,
            A_ub=vstack([piece.matrix[above], -piece.matrix[below], csr_array(-cost.reshape(1, -1))], format="csr"),
            b_ub=cap, method="highs-ds",
        )  # fmt: skip
        x[piece.columns] = _solution(found)
        # Marginals are of the minimum of the negative; the multiplier of a row is how much more it lets the sum have.
        if equal.any():
            multipliers[piece.rows[equal]] = -found.eqlin.marginals
        multipliers[piece.rows[above]] += -found.ineqlin.marginals[: len(above)]
        multipliers[piece.rows[below]] += found.ineqlin.marginals[len(above) : len(above) + len(below)]
        return Optimum(known - float(cost @ x[piece.columns]), x, multipliers)

    def together(self, wanted: Sequence[tuple[Sum, float]]) -> FloatArray:
        """A table of whole numbers in which many of some sums are at least what is wanted of each, if it can be.

        Parameters
        ----------
        wanted : sequence of (Sum, float)
            Each sum with the least it should be. How far they fall short is made small in total, not to the optimum.

        Returns
        -------
        float64 array, shape (columns,)
            NaN where nothing hangs together with them, and everywhere where no table was found.
        """
        piece = self._piece({c: w for sums, _ in wanted for c, w in sums.items() if self.free[c]})
        x = self._known()
        at = {int(c): i for i, c in enumerate(piece.columns)}
        inner = [(n, at[c], w) for n, (sums, _) in enumerate(wanted) for c, w in sums.items() if self.free[c]]
        if not inner:
            return x
        index = np.array([(n, c) for n, c, _ in inner], dtype=np.int64)
        sums = csr_array(([w for *_, w in inner], (index[:, 0], index[:, 1])), shape=(len(wanted), len(at)))
        short = np.array([need - self._split(weights)[0] for weights, need in wanted])
        slack = csr_array((piece.matrix.shape[0], len(wanted)))
        rows = vstack([hstack([piece.matrix, slack]), hstack([sums, eye_array(len(wanted))])], format="csr")
        found = milp(
            np.concatenate([np.zeros(len(at)), np.ones(len(wanted))]),
            integrality=np.concatenate([np.ones(len(at)), np.zeros(len(wanted))]).astype(np.int64),
            bounds=Bounds(0.0, np.inf),
            constraints=LinearConstraint(
                rows, np.concatenate([self._low[piece.rows], short]),
                np.concatenate([self._high[piece.rows], np.full(len(wanted), np.inf)]),
            ),
            options={"mip_rel_gap": 0.2, "node_limit": 1},
        )  # fmt: skip
        x[piece.columns] = np.nan if found.x is None else np.round(found.x[: len(at)])
        if found.x is not None and len(self._tables) < MOST_TABLES:
            self._tables.append(x)
        return x

    def _known(self) -> FloatArray:
        return np.where(self.free, np.nan, self.fixed)

    def _split(self, weights: Sum) -> tuple[float, dict[int, float]]:
        known = sum(w * self.fixed[c] for c, w in weights.items() if not self.free[c])
        return float(known), {c: w for c, w in weights.items() if self.free[c]}

    def _piece(self, unknown: Sum) -> _Piece:
        labels = frozenset(int(self._labels[c]) for c in unknown)
        if labels not in self._memo:
            wanted = list(labels)
            rows = np.flatnonzero(self._printed & np.isin(self._row_labels, wanted))
            columns = np.flatnonzero(self.free & np.isin(self._labels, wanted))
            self._memo[labels] = _Piece(rows, columns, csr_array(csr_array(self.system.matrix[rows])[:, columns]))
        return self._memo[labels]

    def _cost(self, piece: _Piece, unknown: Sum) -> FloatArray:
        cost = np.zeros(len(piece.columns))
        at = np.searchsorted(piece.columns, list(unknown))
        cost[at] = list(unknown.values())
        return cost


def _solution(found: Any) -> FloatArray:
    if found.status == 2:
        raise Impossible
    if not found.success:
        raise ArithmeticError(f"the solver stopped with status {found.status}")
    return np.asarray(found.x, dtype=np.float64)
