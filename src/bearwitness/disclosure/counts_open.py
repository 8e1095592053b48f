"""Published tables as a reader of narratives uses them: in which cells an act that is told can still be counted.

A cell that is certainly empty holds nobody, and one that other published accounts certainly fill holds nobody else.
What no table prints says nothing. Accounts count only where they must be in a printed cell wherever they are; those of
the household that is looked at are left out, since what is told of it now may be the same act.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from bearwitness.disclosure.counts_accounts import Account, make_system, pieces_touched
from bearwitness.disclosure.counts_attack import Attack, System
from bearwitness.disclosure.counts_regions import Axis, Domain, Joint, join_tables, union_of
from bearwitness.disclosure.counts_suppress import possible
from bearwitness.disclosure.told_cells import Side, Slice
from bearwitness.errors import TableError
from bearwitness.model.counts import CountTable
from bearwitness.model.values import Days, ValueSet, values_include

# Several of these may be true of one household, of its victims one: a dimension cut by them is read as if it were not.
_NOT_COMPARED: Final = frozenset({"kin", "trait"})
_NOT_PRINTED: Final = -2
_EMPTY: Final = -1

Table = tuple[str, CountTable]
Pieces = tuple[frozenset[int], ...]


class _Filler(NamedTuple):
    """The household of an account that is certainly counted, and the parts in which it may be."""

    household: str
    parts: frozenset[int]


class _Piece(NamedTuple):
    """What a piece of a dimension is: a value not known, what cannot be said in claims, or no value at all."""

    is_unknown: bool
    is_rest: bool
    is_nothing: bool


@dataclass(frozen=True, slots=True, eq=False)
class OpenCells:
    """Tables of one unit that can all be true, and the accounts that are certainly among what they count."""

    joint: Joint
    _state: npt.NDArray[np.int64] = field(repr=False)
    _fillers: tuple[_Filler, ...] = field(repr=False)
    _sides: tuple[tuple[_Piece, ...], ...] = field(repr=False)
    _open: dict[tuple[tuple[frozenset[int], int], ...], frozenset[int]] = field(default_factory=dict, repr=False)
    _slices: dict[frozenset[int], tuple[Slice, ...]] = field(default_factory=dict, repr=False)

    def slices(self, household: str, *, filled: bool = True) -> tuple[Slice, ...]:
        """Where something told of a household can be counted, by when it was recorded.

        Parameters
        ----------
        household : str
            Its id; what was told of it before fills no cell.
        filled : bool
            Whether accounts of others fill cells.

        Returns
        -------
        tuple of Slice
            One for every stretch of days of recording that a table covers, earlier ones first.
        """
        fills = Counter(f.parts for f in self._fillers if filled and f.household != household)
        everybody = Counter(f.parts for f in self._fillers)
        # Where all accounts together fill nothing that none would, some of them fill nothing either.
        parts = self._open_parts({})
        if fills and (fills == everybody or self._open_parts(everybody) != parts):
            parts = self._open_parts(fills)
        if parts not in self._slices:
            self._slices[parts] = tuple(self._slice(at, last, parts) for at, last in self._stretches())
        return self._slices[parts]

    def _open_parts(self, fills: dict[frozenset[int], int]) -> frozenset[int]:
        """The parts that can hold somebody besides the accounts."""
        key = tuple(sorted(fills.items(), key=lambda f: sorted(f[0])))
        if key not in self._open:
            self._open[key] = _positive(self.joint, make_system(self.joint, list(fills), list(fills.values())))
        return self._open[key]

    def _stretches(self) -> list[tuple[int, int]]:
        """The pieces of the days of recording for which anything is printed, each with its last day."""
        axis = self.joint.axes[-1]
        return [
            (at, piece.values.spans[-1][1]) for at, piece in enumerate(axis.pieces)
            if isinstance(piece.values, Days) and (self._state[..., at] != _NOT_PRINTED).any()
        ]  # fmt: skip

    def _slice(self, at: int, last: int, parts: frozenset[int]) -> Slice:
        state = self._state[..., at]
        can_hold = np.isin(state, sorted(parts)) | (state == _NOT_PRINTED)
        axes = [a.attribute for a in self.joint.axes[:-1]]
        can_hold = can_hold.any(axis=tuple(i for i, a in enumerate(axes) if a in _NOT_COMPARED))
        kept = [i for i, a in enumerate(axes) if a not in _NOT_COMPARED]
        boxes: list[Pieces] = [tuple(frozenset({int(p)}) for p in combo) for combo in np.argwhere(can_hold)]
        # Acts first: what lies in one place and time is then one box, so that no two boxes have a household in common.
        for axis in sorted(range(len(kept)), key=lambda i: (axes[kept[i]] != "act", axes[kept[i]] != "act_date")):
            boxes = _merged(boxes, axis)
        return Slice(last, tuple(tuple(self._side(kept[i], p) for i, p in enumerate(box)) for box in boxes))

    def _side(self, at: int, pieces: frozenset[int]) -> Side:
        axis, sides = self.joint.axes[at], self._sides[at]
        values = [v for p in sorted(pieces) if (v := axis.pieces[p].values) is not None and not v.is_empty]
        known = [v for p in axis.pieces if (v := p.values) is not None and not v.is_empty]
        needed = {p for p, piece in enumerate(sides) if not (piece.is_unknown or piece.is_nothing)}
        return Side(
            attribute=axis.attribute, values=union_of(values) if values else None,
            may_be_unknown=any(sides[p].is_unknown for p in pieces), may_be_rest=any(sides[p].is_rest for p in pieces),
            sayable=union_of(known) if known else None, is_everything=needed <= pieces,
        )  # fmt: skip


def read_tables(
    tables: Sequence[Table], accounts: Sequence[Account], domain: Domain
) -> tuple[tuple[OpenCells, ...], frozenset[str]]:
    """The tables of one unit, gathered so that those of one gathering can all be true.

    Parameters
    ----------
    tables : sequence of (release, CountTable)
        In the order of publication; each is put to the first earlier ones with which it can be true.
    accounts : sequence of Account
        What was told of acts or households, in the unit of the tables.
    domain : Domain
        To say what is left of a node or of everything.

    Returns
    -------
    tuple of (tuple of OpenCells, frozenset of str)
        The gatherings, and the releases whose tables cannot be true by themselves or cannot be compared.
    """
    groups: list[_Gathering] = []
    left: set[str] = set()
    for table in tables:
        for at, group in enumerate(groups):
            # Taken as it was taken by itself: one more table takes nothing away from what is known.
            joint = _possible_joint([*group.tables, table], domain, complete=group.complete)
            if joint is not None:
                groups[at] = _Gathering((*group.tables, table), group.complete, joint)
                break
        else:
            ways = ((c, _possible_joint([table], domain, complete=c)) for c in (True, False))
            alone = next((_Gathering((table,), c, j) for c, j in ways if j is not None), None)
            if alone is None:
                left.add(table[0])
            else:
                groups.append(alone)
    return tuple(_open_cells(g.joint, accounts) for g in groups), frozenset(left)


class _Gathering(NamedTuple):
    """Tables that can all be true; ``complete`` as ``join_tables`` takes it."""

    tables: tuple[Table, ...]
    complete: bool
    joint: Joint


def _possible_joint(tables: Sequence[Table], domain: Domain, *, complete: bool) -> Joint | None:
    """The tables joined, as a reader takes them; None where they cannot all be true, or cannot be compared."""
    try:
        joint = join_tables(tables, domain, complete=complete)
    except TableError:
        return None
    return joint if possible(make_system(joint)) else None


def _open_cells(joint: Joint, accounts: Sequence[Account]) -> OpenCells:
    state = np.full(tuple(len(a.pieces) for a in joint.axes), _NOT_PRINTED, dtype=np.int64)
    for part, combos in enumerate(joint.parts):
        state[tuple(np.array(combos).T)] = part
    if joint.empty:
        state[tuple(np.array(joint.empty).T)] = _EMPTY
    sides = tuple(
        tuple(_Piece(p.values is None, not p.sayable and not p.nothing, p.nothing) for p in a.pieces)
        for a in joint.axes
    )
    fillers = [f for a in accounts if (f := _filler(joint, sides, state, a)) is not None]
    return OpenCells(joint, state, tuple(_countable(joint, fillers)), sides)


def _filler(
    joint: Joint, sides: Sequence[Sequence[_Piece]], state: npt.NDArray[np.int64], account: Account
) -> _Filler | None:
    """An account that is in a printed cell wherever it is; None where it need not be in one."""
    allows = dict(account.allows)
    wanted = []
    for axis, pieces in zip(joint.axes, sides, strict=True):
        told = allows.get(axis.attribute)
        touched = {p for p in pieces_touched(axis, told) if not pieces[p].is_nothing}
        if told is not None and any(p.is_rest for p in pieces) and not _is_within(told, axis):
            return None
        wanted.append(sorted(touched))
    if not all(wanted):
        return None
    held = state[np.ix_(*wanted)]
    parts = frozenset(held[held >= 0].tolist())
    return _Filler(account.household, parts) if parts and not (held == _NOT_PRINTED).any() else None


def _is_within(told: ValueSet, axis: Axis) -> bool:
    known = [v for p in axis.pieces if (v := p.values) is not None and not v.is_empty]
    return bool(known) and values_include(union_of(known), told)


def _countable(joint: Joint, fillers: Sequence[_Filler]) -> list[_Filler]:
    """The accounts that can all be among what is counted; of those that cannot, as many as can be taken in in order."""
    kept: list[_Filler] = []
    todo = [list(fillers)] if fillers else []
    while todo:
        more = todo.pop()
        both = Counter(f.parts for f in (*kept, *more))
        if possible(make_system(joint, list(both), list(both.values()))):
            kept += more
        elif len(more) > 1:
            half = len(more) // 2
            todo += [more[half:], more[:half]]
    return kept


def _positive(joint: Joint, system: System) -> frozenset[int]:
    """The parts that hold somebody in at least one table of whole numbers."""
    attack = Attack(system)
    parts = range(len(joint.parts))
    found = {p for p in parts if not attack.is_bounded({p: 1.0})}
    todo = set(parts) - found
    while todo:
        _, table = attack.table(dict.fromkeys(sorted(todo), -1.0))
        held = {p for p in todo if table[p] > 0.0}
        if not held:
            break
        found |= held
        todo -= held
    return frozenset(found)


def _merged(boxes: Sequence[Pieces], axis: int) -> list[Pieces]:
    """Boxes that differ in one dimension only become one."""
    found: dict[tuple[Pieces, Pieces], frozenset[int]] = {}
    for box in boxes:
        key = (box[:axis], box[axis + 1 :])
        found[key] = found.get(key, frozenset()) | box[axis]
    return [(*before, pieces, *after) for (before, after), pieces in found.items()]
