"""A new table beside everything published before: what its reader meets, and which figures cannot all be true."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from bearwitness.disclosure.counts_accounts import Account, make_system, touched_parts
from bearwitness.disclosure.counts_attack import System
from bearwitness.disclosure.counts_regions import Domain, Joint, join_tables
from bearwitness.disclosure.counts_risk import Measure
from bearwitness.disclosure.counts_suppress import possible
from bearwitness.disclosure.counts_told import Reader
from bearwitness.errors import TableError
from bearwitness.model.counts import CountTable


def hidden_count(count: int) -> float:
    """What hiding a cell loses: the count that is no longer seen; of an empty cell as much as of one."""
    return float(max(count, 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The classic rules beside the household measure.

    ``least``: a cell with fewer, and not none, is hidden, and a reader must not be able to exclude that it holds so
    many. ``dominance``: so is one of whose acts one household has more than this share. ``cost`` is what hiding a
    cell with a count loses.
    """

    least: int = 3
    dominance: float = 0.8
    cost: Callable[[int], float] = hidden_count


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """One table beside the earlier ones: ``own`` are its rows, ``places`` where each account told before may be."""

    joint: Joint
    system: System
    reader: Reader
    own: tuple[int, ...]
    places: tuple[frozenset[int], ...]
    measure: Measure
    rules: Rules

    @property
    def threshold(self) -> float:
        """The highest pursuit risk that the policy accepts."""
        return self.measure.policy.threshold

    def hidden_before(self) -> frozenset[int]:
        """Rows that earlier releases did not print."""
        return frozenset(i for i, r in enumerate(self.joint.rows) if r.high is None)


def make_world(
    tables: Sequence[tuple[str, CountTable]], measure: Measure, domain: Domain, accounts: Sequence[Account],
    rules: Rules,
) -> World:  # fmt: skip
    """The world of the last of some tables.

    Raises
    ------
    TableError
        If a count of the new table is missing, or figures cannot all be true; names cells or releases by their ids.
    """
    table = tables[-1][1]
    missing = [c.id for c in table.cells if c.count is None]
    if missing or table.rounded_to:
        raise TableError(
            f"cell {missing[0]} has no count." if missing else "the table is rounded.",
            hint="Give the table with its true counts; what is hidden or rounded is decided here.",
        )
    joint = _possible_joint(tables, domain)
    named = {str(c.household) for found in measure.contributions.values() for c in found}
    wanted = [a for a in accounts if not named or a.household in named]
    places = _counted(joint, [p for a in wanted if (p := touched_parts(joint, a))])
    touched = frozenset().union(*places)
    plain = frozenset(i for i in range(len(joint.rows)) if not touched.intersection(joint.parts_of(i)))
    return World(
        joint=joint, system=make_system(joint, places), own=tuple(i for i, r in enumerate(joint.rows) if r.own),
        reader=Reader(joint=joint, measure=measure, unit=table.unit, plain=plain), places=places, measure=measure,
        rules=rules,
    )  # fmt: skip


def _possible_joint(tables: Sequence[tuple[str, CountTable]], domain: Domain) -> Joint:
    """The tables joined; a reader takes a node all of whose children are listed for their sum, where that can be."""
    for complete in (True, False):
        joint = join_tables(tables, domain, complete=complete)
        if possible(make_system(joint)):
            return joint
    own = join_tables(tables[-1:], domain, complete=False)
    if not possible(make_system(own)):
        wrong = _wrong_sum(own)
        raise TableError(
            f"cell {wrong} is not the sum of the cells within it." if wrong else "the cells do not add up.",
            hint="Correct the counts, or list what is missing within the cell too (- is what is not known).",
        )
    alone = [
        name for name, table in tables[:-1]
        if not possible(make_system(join_tables([(name, table), tables[-1]], domain, complete=False)))
    ]  # fmt: skip
    said = f"those of release {', '.join(alone)}" if alone else "those of the earlier releases together"
    raise TableError(
        f"the counts of this table and {said} cannot all be true.",
        hint="Count again what was counted then, or correct as_of, so that what is recorded only grows.",
    )


def _wrong_sum(joint: Joint) -> str:
    """The first cell whose count is not that of the cells of one part within it; empty where it is not that plain."""
    lengths = np.diff(joint.matrix.indptr)
    counts = np.array([float(r.low) for r in joint.rows])
    known = np.full(joint.matrix.shape[1], np.nan)
    for row in np.flatnonzero(lengths == 1).tolist():
        known[joint.matrix.indices[joint.matrix.indptr[row]]] = counts[row]
    for row in np.flatnonzero(lengths > 1).tolist():
        total = known[list(joint.parts_of(row))].sum()
        if not np.isnan(total) and total != counts[row]:
            return joint.rows[row].cell
    return ""


def _counted(joint: Joint, places: Sequence[frozenset[int]]) -> tuple[frozenset[int], ...]:
    """The accounts that can be among what is counted, all together or taken in one by one."""
    if not places or possible(make_system(joint, places)):
        return tuple(places)
    kept: list[frozenset[int]] = []
    for one in places:
        if possible(make_system(joint, [*kept, one])):
            kept.append(one)
    return tuple(kept)
