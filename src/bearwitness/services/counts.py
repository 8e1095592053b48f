"""A table of counts before it is published, beside everything that was: what to hide or round, and the verdict."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

import numpy as np

from bearwitness.data.load import load_place_tree, load_vocabulary
from bearwitness.disclosure.counts_accounts import accounts_of
from bearwitness.disclosure.counts_findings import Protection
from bearwitness.disclosure.counts_plan import protect_table
from bearwitness.disclosure.counts_risk import CellKey, Contribution, Measure
from bearwitness.disclosure.counts_world import Rules
from bearwitness.disclosure.ledger_index import index_ledger
from bearwitness.documents.count_table_csv import CountSheet, read_count_sheet
from bearwitness.documents.files import read_text
from bearwitness.errors import LedgerError, TableError, UsageError
from bearwitness.model.claims import HouseholdId
from bearwitness.model.codec import dump_case
from bearwitness.model.codec.claim_values import read_values
from bearwitness.model.codec.context import Context
from bearwitness.model.counts import EVERYTHING, UNKNOWN, CountCell, CountTable
from bearwitness.model.publication import Ledger, LedgerEntry, Policy
from bearwitness.model.records import Act, Case
from bearwitness.model.values import Paths, ValueSet, intersect_values, values_include
from bearwitness.release.ledger import ledger_head
from bearwitness.services.domain import load_domain
from bearwitness.services.world import crowds_of

MOST_TABLE_BYTES: Final = 16 * 2**20


def read_table(path: Path, case: Case | None = None, *, as_of: date | None = None) -> CountSheet:
    """The table of counts in a CSV file; places of the case may be named in it.

    Raises
    ------
    TableError
        If it is none.
    """
    text = read_text(path, kind=TableError, most_bytes=MOST_TABLE_BYTES)
    return read_count_sheet(text, where=str(path), context=_context(case), as_of=as_of)


def protect_counts(
    sheet: CountSheet, case: Case | None = None, ledger: Ledger | None = None, policy: Policy | None = None, *,
    release: str, rules: Rules | None = None, bases: Sequence[int] = (), rng: np.random.Generator | None = None,
) -> Protection:  # fmt: skip
    """What of a table may be printed beside everything published before.

    Parameters
    ----------
    sheet : CountSheet
        The table with its true counts.
    case : Case, optional
        The record: who is counted where, so that a household's cells and the accounts told of it are joined.
    ledger : Ledger, optional
        Everything published so far, tables and narratives.
    policy : Policy, optional
        Threshold, adversaries, links.
    release : str
        The id under which the table would enter the ledger.
    rules : Rules, optional
        The classic rules.
    bases : sequence of int
        Bases of roundings that are tried as well.
    rng : numpy Generator, optional
        For the roundings. If not given, with a record one that follows from table, ledger and record, so that the
        same table is always rounded the same way; without a record, where nothing is secret, one drawn anew.

    Raises
    ------
    BearwitnessError
        If the table does not add up, contradicts an earlier one, or a claim fits no household.
    """
    ledger, policy = ledger or Ledger(), policy or Policy()
    if any(e.id == release for e in ledger.entries):
        raise UsageError(f"the ledger has a release {release} already.", hint="Give another --id.")
    if case is None and any(e.personas for e in ledger.entries):
        raise UsageError(
            "a ledger without a case cannot be joined: only the record says whose households its releases are about.",
            hint="Give the case too; earlier tables alone need none.",
        )
    table = sheet.table
    earlier = [
        (e.id, e.table) for e in sorted(ledger.entries, key=lambda e: (e.published, e.id))
        if e.table is not None and e.table.unit == table.unit
    ]  # fmt: skip
    contributions = contributions_of(case, [*earlier, (release, table)]) if case else {}
    measure = Measure(
        crowds=crowds_of(policy), policy=policy, ledger=index_ledger(_narratives(ledger)),
        contributions=contributions,
    )  # fmt: skip
    found = protect_table(
        release, table, earlier=earlier, measure=measure, domain=load_domain(),
        accounts=accounts_of(ledger, table.unit), rules=rules or Rules(), bases=bases,
        rng=rng or np.random.default_rng(_seed_of(sheet, case, ledger)),
    )  # fmt: skip
    other = any(e.table is not None and e.table.unit != table.unit for e in ledger.entries)
    return replace(found, notes=(*found.notes, "other_unit")) if other else found


def _narratives(ledger: Ledger) -> Ledger:
    """What the ledger tells in words; its tables are joined with the new one as figures."""
    return replace(ledger, entries=tuple(replace(e, table=None) for e in ledger.entries))


def _seed_of(sheet: CountSheet, case: Case | None, ledger: Ledger) -> int:
    """What the rounding of a table is drawn from.

    Each run that draws anew rounds another way, and the mean of many runs is the true count. So the draw follows from
    the table's own bytes and the ledger: whoever runs it again, or prints it twice, tells nothing more. But a reader
    must not know the seed either: who does can round every table it holds possible and see which gives what was
    printed. Ledgers may have nothing but printed tables, so the record, which no reader has, belongs to it; a release's
    id does not, or another id would be another draw. Without a record there is no secret to take, and it is drawn.
    """
    if case is None:
        return secrets.randbits(128)
    parts = [[list(row) for row in sheet.rows], ledger_head(ledger), dump_case(case)]
    return int.from_bytes(hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).digest(), "big")


def figures_of(sheet: CountSheet, found: Protection, *, base: int = 0) -> dict[str, int | None]:
    """What would be printed of each cell: its count, a rounded figure, or None where it is hidden.

    Raises
    ------
    ValueError
        If the table is not safe so.
    """
    if base:
        rounded = next((r for r in found.rounded if r.base == base), None)
        if rounded is None or not rounded.safe:
            raise ValueError("the rounded table is not safe")
        return dict(rounded.figures)
    if not found.safe:
        raise ValueError("the table is not safe")
    hidden = frozenset(found.hide)
    return {c.id: None if c.id in hidden else c.count for c in sheet.table.cells}


def enter_table(
    ledger: Ledger | None, sheet: CountSheet, figures: Mapping[str, int | None], *, release: str, outlet: str,
    published: date, title: str = "", base: int = 0,
) -> Ledger:  # fmt: skip
    """The ledger with the table as it is printed; nothing of what was hidden is kept.

    Raises
    ------
    LedgerError
        If the release has no outlet.
    """
    if not outlet.strip():
        raise LedgerError(f"release {release} has no outlet.", hint="Say where it appears.")
    cells = tuple(replace(c, count=figures[c.id]) for c in sheet.table.cells)
    table = replace(sheet.table, cells=cells, rounded_to=base)
    entry = LedgerEntry(id=release, outlet=outlet, published=published, title=title, personas=(), table=table)
    before = ledger or Ledger()
    after = replace(before, entries=(*before.entries, entry))
    return replace(after, head=ledger_head(after)) if before.head else after


def contributions_of(
    case: Case, tables: Sequence[tuple[str, CountTable]]
) -> dict[CellKey, tuple[Contribution, ...]]:
    """Which acts of the record are counted in which smallest cells of some tables.

    Parameters
    ----------
    case : Case
        The record.
    tables : sequence of (release, CountTable)
        All of one unit.

    Returns
    -------
    dict of CellKey to tuple of Contribution
        Not certain where the record leaves open in which cell an act falls, or which act of a household is counted.
    """
    context = _context(case)
    found: dict[CellKey, list[Contribution]] = {}
    for release, table in tables:
        homes: dict[HouseholdId, list[tuple[Act, list[CountCell]]]] = {}
        for act in case.acts:
            homes.setdefault(act.household, []).append((act, _cells_of(table, _said_of(case, act, context))))
        for home, placed in homes.items():
            where = {c.id for _, cells in placed for c in cells}
            for act, cells in placed:
                certain = len(cells) == 1 if table.unit == "acts" else len(where) == 1
                for cell in cells:
                    one = Contribution(release, cell.id, home, act.id, certain)
                    found.setdefault((release, cell.id), []).append(one)
    return {key: tuple(ones) for key, ones in found.items()}


def _said_of(case: Case, act: Act, context: Context) -> dict[str, ValueSet]:
    """What the record knows of an act, by attribute."""
    said: dict[str, ValueSet] = {"act": read_values("act", (act.kind,), context)}
    if act.date is not None and act.date.days is not None:
        said["act_date"] = act.date.days
    place = act.place or next((p.home for p in case.persons if p.household == act.household and p.home), None)
    if place is not None:
        said["home"] = Paths(frozenset({place}))
    return said


def _cells_of(table: CountTable, said: Mapping[str, ValueSet]) -> list[CountCell]:
    """The cells in which something may be counted, without those around smaller ones."""
    meanings = [dict(m) for m in table.values]
    has_unknown = [any(c.at[d] == UNKNOWN for c in table.cells) for d in range(len(table.dimensions))]

    def may_hold(cell: CountCell) -> bool:
        for at, attribute in enumerate(table.dimensions):
            category, value = cell.at[at], said.get(attribute)
            if category == EVERYTHING or (value is None and not has_unknown[at]):
                continue
            if category == UNKNOWN or value is None:
                if not (category == UNKNOWN and value is None):
                    return False
            elif intersect_values(meanings[at][category], value).is_empty:
                return False
        return True

    def within(inner: CountCell, outer: CountCell) -> bool:
        pairs = zip(inner.at, outer.at, meanings, strict=True)
        return inner.at != outer.at and all(
            o in (i, EVERYTHING) or (i in m and o in m and values_include(m[o], m[i])) for i, o, m in pairs
        )

    held = [c for c in table.cells if c.count != 0 and may_hold(c)]
    return [c for c in held if not any(within(o, c) for o in held)]


def _context(case: Case | None) -> Context:
    context = Context(tree=load_place_tree(), vocabulary=load_vocabulary())
    for place in case.places if case else ():
        context.add_place(place.path, place.names)
    return context
