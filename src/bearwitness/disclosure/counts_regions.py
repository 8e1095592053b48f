"""Tables of counts cut into the parts that no published cell divides: the unknowns of whoever reads them all.

Every dimension is cut wherever any category of any table begins or ends, and the day on which something was recorded
is a dimension too, since a table counts what was recorded up to a day. A part is what lies in the same cells of all
tables; a cell's count is the sum of its parts. Where a table divides a cell further, the cell is taken as the sum of
what the table lists within it: that is what a reader takes it for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from bearwitness.errors import TableError
from bearwitness.model.calendar_units import merge_intervals
from bearwitness.model.claims import DAY_ATTRIBUTES, PATH_ATTRIBUTES
from bearwitness.model.counts import EVERYTHING, UNKNOWN, CountCell, CountTable
from bearwitness.model.values import Codes, Days, Paths, ValueSet

RECORDED: Final = "recorded"
LAST_DAY: Final = 3_652_059  # 9999-12-31
# More combinations of cut points than this are not compared.
MOST_COMBINATIONS: Final = 400_000
Members = dict[ValueSet | None, tuple[int, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Domain:
    """All values there are: what lies below a node of a tree (below ``""``, its roots), and the codes of a list.

    Needed only to say in claims what is left of a node, or of everything, when some of it is taken out.
    """

    below: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    codes: Mapping[str, frozenset[str]] = field(default_factory=dict)


class Piece(NamedTuple):
    """One piece of a dimension. ``values`` None: a value that is not known.

    ``sayable`` False: what it allows is not known to the domain; ``nothing``: the domain knows that it holds no value.
    """

    values: ValueSet | None
    sayable: bool
    nothing: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """One dimension with its pieces; ``members`` gives the pieces of every category by its values."""

    attribute: str
    pieces: tuple[Piece, ...]
    members: Mapping[ValueSet | None, tuple[int, ...]]


class Row(NamedTuple):
    """A cell of a table: whose, its id, its printed bounds (None for no upper end), and whether the table is new."""

    table: str
    cell: str
    low: int
    high: int | None
    own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Joint:
    """All tables together: ``matrix[i, p]`` is 1 where part p lies in the cell of row i.

    ``parts`` names for each part the combinations of pieces in it, one piece per axis; ``empty`` are combinations that
    a table leaves empty, since it divides what is around them and does not list them.
    """

    axes: tuple[Axis, ...]
    parts: tuple[tuple[tuple[int, ...], ...], ...]
    rows: tuple[Row, ...]
    matrix: csr_array[Any]
    empty: tuple[tuple[int, ...], ...] = ()

    def parts_of(self, row: int) -> tuple[int, ...]:
        """The parts of a cell."""
        span = slice(self.matrix.indptr[row], self.matrix.indptr[row + 1])
        return tuple(int(p) for p in np.sort(self.matrix.indices[span]))


def join_tables(
    tables: Sequence[tuple[str, CountTable]], domain: Domain, *, complete: bool = True
) -> Joint:  # fmt: skip
    """The parts of several tables of one unit; the last of them is the new one.

    Parameters
    ----------
    tables : sequence of (id, CountTable)
        Earlier ones first.
    domain : Domain
        To say what is left of a node or of everything.
    complete : bool
        Whether nothing is counted at a node of a tree all of whose children are named (what a reader assumes).

    Raises
    ------
    TableError
        If two cells of a table are one, a cell has nothing in it, or there are too many cut points.
    """
    attributes = tuple(dict.fromkeys(a for _, t in tables for a in t.dimensions))
    cuts: dict[str, list[ValueSet]] = {a: [] for a in attributes}
    for _, table in tables:
        for attribute, meanings in zip(table.dimensions, table.values, strict=True):
            cuts[attribute] += [values for _, values in meanings]
    recorded = [Days(((1, t.as_of.toordinal()),)) for _, t in tables if t.as_of]
    axes = (*(cut_axis(a, cuts[a], domain) for a in attributes), cut_axis(RECORDED, recorded, domain))
    shape = tuple(len(a.pieces) for a in axes)
    if np.prod(np.array(shape, dtype=np.float64)) > MOST_COMBINATIONS:
        raise TableError("the tables together have too many cut points to be compared.",
                         hint="Cut the new table where the earlier ones are cut.")  # fmt: skip
    numbers = np.arange(int(np.prod(shape))).reshape(shape)
    holds = [tuple(complete and p.nothing for p in a.pieces) for a in axes]
    rows: list[Row] = []
    places: list[npt.NDArray[np.int64]] = []
    for name, table in tables:
        for cell in table.cells:
            chosen = [
                tuple(p for p in pieces if not empty[p])
                for pieces, empty in zip(_pieces_of(table, cell, axes), holds, strict=True)
            ]
            if not all(chosen):
                raise TableError(f"cell {cell.id} allows nothing.", hint="Correct its categories.")
            places.append(numbers[np.ix_(*chosen)].ravel())
            low, high = table.interval(cell)
            rows.append(Row(name, cell.id, low, high, own=name == tables[-1][0]))
    return _grouped(axes, shape, tuple(rows), places)


def _pieces_of(table: CountTable, cell: CountCell, axes: Sequence[Axis]) -> list[tuple[int, ...]]:
    chosen = []
    for axis in axes:
        if axis.attribute == RECORDED:
            chosen.append(axis.members[Days(((1, table.as_of.toordinal()),)) if table.as_of else None])
        elif axis.attribute not in table.dimensions:
            chosen.append(axis.members[None])
        else:
            at = table.dimensions.index(axis.attribute)
            category = cell.at[at]
            if category == EVERYTHING:
                chosen.append(axis.members[None])
            elif category == UNKNOWN:
                chosen.append((len(axis.pieces) - 1,))
            else:
                chosen.append(axis.members[dict(table.values[at])[category]])
    return chosen


def _grouped(
    axes: tuple[Axis, ...], shape: tuple[int, ...], rows: tuple[Row, ...], places: Sequence[npt.NDArray[np.int64]]
) -> Joint:
    """Combinations that lie in the same cells become one part; those that a table leaves empty are taken out."""
    inside: dict[int, list[int]] = {}
    for row, found in enumerate(places):
        for number in found.tolist():
            inside.setdefault(number, []).append(row)
    parts: dict[tuple[int, ...], list[int]] = {}
    for number in sorted(inside):
        parts.setdefault(tuple(inside[number]), []).append(number)
    keys = list(parts)
    at = [(row, part) for part, key in enumerate(keys) for row in key]
    index = np.array(at, dtype=np.int64).reshape(-1, 2)
    matrix = csr_array((np.ones(len(at)), (index[:, 0], index[:, 1])), shape=(len(rows), len(keys)))
    left = _left_empty(matrix, rows)
    kept = np.flatnonzero(~left)
    members = [
        tuple(tuple(map(int, np.unravel_index(n, shape))) for n in parts[key]) for key in keys
    ]  # fmt: skip
    matrix = csr_array(matrix[:, kept])
    matrix.sort_indices()
    return Joint(
        axes=axes, parts=tuple(members[p] for p in kept.tolist()), rows=rows, matrix=matrix,
        empty=tuple(combo for p in np.flatnonzero(left).tolist() for combo in members[p]),
    )  # fmt: skip


def _left_empty(matrix: csr_array[Any], rows: Sequence[Row]) -> npt.NDArray[np.bool_]:
    """Parts of a cell that is divided further, and that none of the cells within it has: they count nothing."""
    empty = np.zeros(matrix.shape[1], dtype=bool)
    for table in dict.fromkeys(r.table for r in rows):
        mine = np.array([i for i, r in enumerate(rows) if r.table == table])
        cells = csr_array(matrix[mine])
        sizes = np.asarray(cells.sum(axis=1)).ravel()
        shared = (cells @ cells.T).tocoo()
        one, other, common = shared.row, shared.col, shared.data
        same = (one < other) & (common == sizes[one]) & (common == sizes[other])
        if same.any():
            first = int(np.flatnonzero(same)[0])
            names = rows[mine[one[first]]].cell, rows[mine[other[first]]].cell
            raise TableError(f"cells {names[0]} and {names[1]} are one cell.", hint="Keep one of the two.")
        within = (common == sizes[other]) & (sizes[other] < sizes[one])
        inside = csr_array((np.ones(int(within.sum())), (one[within], other[within])), shape=shared.shape)
        divided = np.asarray(inside.sum(axis=1)).ravel() > 0
        listed = ((inside @ cells) > 0).astype(np.float64)
        rest = (cells - cells.multiply(listed))[np.flatnonzero(divided)]
        empty |= np.asarray(rest.sum(axis=0)).ravel() > 0
    return empty


def cut_axis(attribute: str, cuts: Sequence[ValueSet], domain: Domain) -> Axis:
    """A dimension cut wherever one of some value sets begins or ends; the last piece is the value that is unknown."""
    different = tuple(dict.fromkeys(cuts))
    if attribute in DAY_ATTRIBUTES or attribute == RECORDED:
        pieces, members = _cut_days([v for v in different if isinstance(v, Days)])
    elif attribute in PATH_ATTRIBUTES:
        pieces, members = _cut_paths([v for v in different if isinstance(v, Paths)], domain.below.get(attribute, {}))
    else:
        pieces, members = _cut_codes([v for v in different if isinstance(v, Codes)], domain.codes.get(attribute))
    pieces.append(Piece(None, sayable=True))
    everything: Members = {None: tuple(range(len(pieces)))}
    return Axis(attribute=attribute, pieces=tuple(pieces), members=everything | members)


def _cut_days(cuts: Sequence[Days]) -> tuple[list[Piece], Members]:
    ends = sorted({1, LAST_DAY + 1, *(e for v in cuts for a, b in v.spans for e in (a, b + 1))})
    spans = [(a, b - 1) for a, b in pairwise(ends)]
    pieces = [Piece(Days((span,)), sayable=True) for span in spans]
    members: Members = {
        v: tuple(i for i, (a, b) in enumerate(spans) if any(c <= a and b <= d for c, d in v.spans)) for v in cuts
    }
    return pieces, members


def _cut_codes(
    cuts: Sequence[Codes], known: frozenset[str] | None
) -> tuple[list[Piece], Members]:
    """Codes in the same sets are one piece; all others are one more, which can only be said where all are known."""
    gathered: dict[tuple[bool, ...], set[str]] = {}
    for code in sorted(frozenset().union(*(v.codes for v in cuts))):
        gathered.setdefault(tuple(code in v.codes for v in cuts), set()).add(code)
    pieces = [Piece(Codes(frozenset(codes)), sayable=True) for codes in gathered.values()]
    members: Members = {
        v: tuple(i for i, key in enumerate(gathered) if key[at]) for at, v in enumerate(cuts)
    }
    others = (known or frozenset()) - frozenset().union(*gathered.values())
    pieces.append(Piece(Codes(others), sayable=bool(others), nothing=known is not None and not others))
    return pieces, members


def _cut_paths(
    cuts: Sequence[Paths], below: Mapping[str, tuple[str, ...]]
) -> tuple[list[Piece], Members]:
    """Each node that is named, without the named ones below it, is a piece; the rest of the tree is one more."""
    named = sorted(frozenset().union(*(v.paths for v in cuts)))
    rests = [_rest_of(node, frozenset(named), below) for node in (*named, "")]
    pieces = [Piece(Paths(rest or frozenset()), sayable=bool(rest), nothing=rest == frozenset()) for rest in rests]
    members: Members = {
        v: tuple(i for i, node in enumerate(named) if any(node == p or node.startswith(f"{p}/") for p in v.paths))
        for v in cuts
    }  # fmt: skip
    return pieces, members


def _rest_of(node: str, named: frozenset[str], below: Mapping[str, tuple[str, ...]]) -> frozenset[str] | None:
    """Nodes that together are a node without the named ones below it; None where the tree does not tell."""
    if node and not any(n.startswith(f"{node}/") for n in named):
        return frozenset({node})
    found: set[str] = set()
    for child in below.get(node, ()):
        if child not in named:
            rest = _rest_of(child, named, below)
            if rest is None:
                return None
            found |= rest
    # A named node that the tree lacks would be left in the rest of its parent.
    known = all(_has(n, node, below) for n in named if not node or n.startswith(f"{node}/"))
    return frozenset(found) if known and below.get(node) else None


def _has(path: str, node: str, below: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether a path is reached from a node step by step."""
    while path != node:
        parent = path.rpartition("/")[0]
        if path not in below.get(parent, ()):
            return False
        path = parent
    return True


def union_of(values: Sequence[ValueSet]) -> ValueSet:
    """What any of some value sets of one kind allows."""
    if isinstance(values[0], Days):
        return merge_intervals([span for v in values if isinstance(v, Days) for span in v.spans])
    if isinstance(values[0], Paths):
        return Paths(frozenset().union(*(v.paths for v in values if isinstance(v, Paths))))
    return Codes(frozenset().union(*(v.codes for v in values if isinstance(v, Codes))))
