"""A case taken apart into sealed rows: what is new or changed of it, and nothing of what stayed as it was."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from bearwitness.errors import AccessDenied, CaseError
from bearwitness.model.codec.case_checks import check_case
from bearwitness.model.codec.claims import mark_persons
from bearwitness.model.codec.format_error import FileFormatError
from bearwitness.model.records import Case
from bearwitness.services.archive import WITHHELD, Archive, Stored, write_json
from bearwitness.services.record_shapes import SHAPES, Plain, Shape, translate
from bearwitness.services.unlocked import OpenCase, Unlocked
from bearwitness.vault.parts import UnitKeys, seal_part
from bearwitness.vault.rows import CASE_UNIT, COMPARTMENTS, Change, Compartment, RecordRow
from bearwitness.vault.trail import Act

# A part carried by more units than this is carried by the case: nobody's withdrawal could take it away anyway.
_MOST_CARRIERS: Final = 64
NewRow = Callable[[str, str], str]


def random_row(_: str, __: str) -> str:
    """An opaque id for a new row, whatever its kind and name."""
    return os.urandom(16).hex()


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What a save wrote: how many records were new and how many changed."""

    added: int
    changed: int


class Taking:
    """Takes a case apart into rows.

    Parameters
    ----------
    opened : OpenCase
        The case they go into.
    keys : UnitKeys
        Its unit keys; those that are made on the way are in ``keys.made``.
    archive : Archive, optional
        What the case is now; nothing where it is new.
    new_row : callable
        Gives the row of a record that has none, by its kind and name.
    sealed_only : mapping, optional
        What a new record holds that no model has, by its kind and name: where an attachment's file lies, and its key.
    """

    def __init__(
        self, opened: OpenCase, keys: UnitKeys, archive: Archive | None = None, new_row: NewRow = random_row,
        sealed_only: Mapping[tuple[str, str], Plain] | None = None,
    ) -> None:  # fmt: skip
        self._sealed_only = sealed_only or {}
        self._held = opened.compartments
        self._case = opened.id
        self._keys = keys
        self._archive = archive
        self._new_row = new_row
        self._rows: dict[tuple[str, str], str] = {}
        self._carried: dict[tuple[str, str], list[str]] = {}
        self._persons: frozenset[str] = frozenset()

    def rows(self, case: Case) -> Iterator[tuple[RecordRow, bool] | None]:
        """One item for each record of the case, in a fixed order: its row and whether it is new; None where unchanged.

        Raises
        ------
        AccessDenied
            If a record needs a compartment that the member does not hold.
        """
        self._persons = frozenset(p.id for p in case.persons)
        self._carried = self._carriers(case)
        for kind, shape in SHAPES.items():
            values = getattr(case, shape.attribute)
            if kind == "claim":
                values = mark_persons(values, self._persons)
            start = self._archive.place_after(kind) if self._archive else 0
            for value in values:
                plain = shape.record.write(value)
                name = str(plain[shape.id_key])
                stored = self._archive.records.get((kind, name)) if self._archive else None
                if kind == "person" and name == WITHHELD and stored is None:
                    continue
                yield self._row(shape, name, plain, stored, stored.place if stored else start)
                start += stored is None

    def _row(
        self, shape: Shape, name: str, plain: Plain, stored: Stored | None, place: int
    ) -> tuple[RecordRow, bool] | None:
        kind = shape.kind
        row = stored.row if stored else self._row_of(kind, name)
        held_back = {k: stored.plain[k] for k in shape.sealed_only if k in stored.plain} if stored else {}
        held_back |= self._sealed_only.get((kind, name), {})
        parts = self._parts(shape, {**translate(plain, shape, self._row_of), **held_back}, stored)
        carriers = tuple(self._carried.get((kind, name), ())) or self._own(kind, row, plain)
        if stored is not None:
            if carriers == stored.carriers:
                before = self._parts(shape, stored.plain, stored)
                parts = {c: p for c, p in parts.items() if before.get(c) != p}
            if not parts:
                return None
        missing = [c for c in parts if c not in self._held]
        if missing:
            raise AccessDenied(
                f"the compartment {missing[0]} of case {self._case} was not granted to you.",
                hint="Ask somebody who holds it: bearwitness case show names them.",
            )
        version = stored.version + 1 if stored else 1
        sealed: dict[str, Any] = {
            c: seal_part(p, row=(kind, row, version), compartment=c, carriers=carriers, keys=self._keys)
            for c, p in parts.items()
        }
        made = RecordRow(case=self._case, id=row, version=version, kind=kind, place=place, **sealed)
        return made, stored is None

    def _parts(self, shape: Shape, plain: Plain, stored: Stored | None) -> dict[Compartment, bytes]:
        """What each compartment holds; content always, so that a record is seen by whoever holds only that."""
        found: dict[Compartment, Plain] = {"content": {}}
        for key, value in plain.items():
            found.setdefault(shape.compartment(key), {})[key] = value
        hidden = stored.hidden if stored else frozenset()
        return {c: write_json(found[c]) for c in COMPARTMENTS if c in found and c not in hidden}

    def _row_of(self, kind: str, name: str) -> str:
        if name == WITHHELD:
            return WITHHELD
        known = self._archive.row_of(kind, name) if self._archive else None
        if known is None:
            known = self._rows.get((kind, name))
        if known is None:
            known = self._rows[kind, name] = self._new_row(kind, name)
        return known

    def _own(self, kind: str, row: str, plain: Plain) -> tuple[str, ...]:
        """The unit that carries a record which no other does: itself, the person it is of, or the case."""
        if kind in ("person", "testimony"):
            return (row,)
        if kind == "attachment" and "testimony" in plain:
            return (self._row_of("testimony", plain["testimony"]),)
        of = {"consent": plain.get("giver"), "claim": plain.get("person")}.get(kind)
        return (self._row_of("person", of),) if of else (CASE_UNIT,)

    def _carriers(self, case: Case) -> dict[tuple[str, str], list[str]]:
        """Acts are carried by the accounts that tell of them, households by the people who are in them."""
        found: dict[tuple[str, str], list[str]] = {}
        for testimony in case.testimonies:
            for act in testimony.acts:
                found.setdefault(("act", act), []).append(self._row_of("testimony", testimony.id))
        for person in case.persons:
            if person.household is not None:
                found.setdefault(("household", person.household), []).append(self._row_of("person", person.id))
        return {key: sorted(set(rows)) if len(rows) <= _MOST_CARRIERS else [] for key, rows in found.items()}


def save_case(
    vault: Unlocked, opened: OpenCase, archive: Archive, new: Case, act: Act,
    sealed_only: Mapping[tuple[str, str], Plain] | None = None,
) -> Saved:  # fmt: skip
    """Write what is new or changed in a case, with one entry of the trail.

    Parameters
    ----------
    vault, opened
        The vault and the case.
    archive : Archive
        The case as it was read.
    new : Case
        As it is to be. Records that it lacks stay: nothing is taken out this way.
    act : Act
        For the trail; the rows written are added to its things.
    sealed_only : mapping, optional
        As for ``Taking``.

    Raises
    ------
    CaseError
        If the case would contradict itself; nothing is written.
    AccessDenied
        If the member lacks a compartment, or somebody who left still has a seat.
    """
    with vault.refusing(act, case=opened):
        vault.check_may_write(opened)
        check_consistent(new)
        keys = vault.unit_keys(opened)
        taking = Taking(opened, keys, archive, sealed_only=sealed_only)
        written = [row for row in taking.rows(new) if row is not None]
        check_not_shredded(vault, opened, keys)
    things = {**act.things, "records": [row.id for row, _ in written]}
    change = Change(records=[row for row, _ in written], unit_keys=keys.made)
    vault.record(Act(action=act.action, case=opened.id, things=things), change, case=opened)
    return Saved(added=sum(new for _, new in written), changed=sum(not new for _, new in written))


def check_not_shredded(vault: Unlocked, opened: OpenCase, keys: UnitKeys) -> None:
    """Refuse to give a unit that was destroyed a new key."""
    gone = {s.unit for s in vault.store.shreds() if s.case == opened.id}
    again = sorted({k.unit for k in keys.made} & gone)
    if again:
        raise AccessDenied(f"what {again[0]} carried was withdrawn and destroyed.", hint="Record a new account.")


def check_consistent(case: Case) -> None:
    """Refuse a case that contradicts itself.

    Raises
    ------
    CaseError
        Naming ids only.
    """
    try:
        check_case(case)
    except FileFormatError as problem:
        raise CaseError(problem.message, hint=problem.hint) from None


def record_head(vault: Unlocked, opened: OpenCase) -> str:
    """SHA-256 (hex) over which version of which record a case holds: it moves with every change of the record."""
    rows = [f"{row} {version}" for row, kind, version in vault.store.versions(opened.id) if kind in SHAPES]
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()


def named_rows(archive: Archive) -> Mapping[str, str]:
    """The id people know of every row."""
    return {stored.row: name for (_, name), stored in archive.records.items()}
