"""A case as it lies in the vault, and as the model has it: taken apart into sealed parts, and put together again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

from bearwitness.data.load import load_place_tree, load_vocabulary
from bearwitness.errors import DamagedVault
from bearwitness.model.codec.context import Context
from bearwitness.model.codec.yaml_reading import Number
from bearwitness.model.places import PlaceTree
from bearwitness.model.records import Case, Person
from bearwitness.services.record_shapes import KNOWN_KINDS, SHAPES, Gone, Plain, Shape, translate
from bearwitness.services.unlocked import OpenCase, Unlocked
from bearwitness.vault.parts import UnitKeys, open_part, read_carriers
from bearwitness.vault.rows import COMPARTMENTS, Compartment, RecordRow
from bearwitness.vault.sealing import Unsealable

# Stands for a teller whose name the member may not know.
WITHHELD: Final = "withheld"


@dataclass(slots=True)
class Stored:
    """A record as it lies in the vault: its row, its newest parts that this member can read, who carries it.

    ``plain`` names others by row; ``hidden`` are compartments it has parts in that this member does not hold.
    """

    row: str
    kind: str
    version: int
    place: int
    plain: Plain = field(default_factory=dict)
    carriers: tuple[str, ...] = ()
    hidden: frozenset[str] = frozenset()
    readable: bool = False
    name: str = ""


@dataclass(slots=True, kw_only=True)
class Archive:
    """A case put together: its value, its records by kind and id, and the rows that did not open."""

    case: Case
    records: dict[tuple[str, str], Stored]
    damaged: tuple[str, ...]

    def row_of(self, kind: str, name: str) -> str | None:
        """The row of a record, by the id people know."""
        stored = self.records.get((kind, name))
        return stored.row if stored else None

    def place_after(self, kind: str) -> int:
        """Where the next record of a kind stands."""
        return 1 + max((s.place for s in self.records.values() if s.kind == kind), default=-1)


def load_case(vault: Unlocked, opened: OpenCase, *, tolerant: bool = False) -> Archive:
    """Put a case together from what this member can read of it.

    Parameters
    ----------
    vault : Unlocked
        The vault.
    opened : OpenCase
        The case.
    tolerant : bool
        Whether records that are damaged are left out and named, so that they do not hide the others.

    Raises
    ------
    DamagedVault
        If a record does not open and the reader is not tolerant.
    """
    # All kinds are looked at: a record that became one of another kind, or of none, would else only be missing.
    # Keys are read after the records: what somebody else writes meanwhile must not look as if its key was missing.
    rows = vault.store.records(opened.id)
    every, damaged = read_stored(rows, vault.unit_keys(opened))
    stored = [s for s in every if s.kind in SHAPES]
    if damaged and not tolerant:
        raise DamagedVault(
            f"{len(damaged)} records are damaged: {', '.join(damaged[:5])}.",
            hint="Run bearwitness vault check to see all; restore a backup.",
        )
    case = _put_together(opened.id, stored)
    records = {(s.kind, s.name): s for s in stored if s.name}
    return Archive(case=case, records=records, damaged=tuple(damaged))


def read_stored(rows: Iterable[RecordRow], keys: UnitKeys) -> tuple[list[Stored], list[str]]:
    """The records of rows, each with its newest readable parts; and the ids of those that did not open.

    A later version holds only the parts that changed. A record of which no part can be read is left out: it was
    destroyed, or the member holds none of its compartments.
    """
    found: dict[str, Stored] = {}
    parts: dict[str, dict[Compartment, tuple[int, bytes]]] = {}
    damaged: list[str] = []
    for row in sorted(rows, key=lambda r: r.version):
        before = found.get(row.id)
        if row.kind not in KNOWN_KINDS or (before is not None and before.kind != row.kind):
            damaged.append(row.id)
        found[row.id] = Stored(row.id, row.kind, row.version, row.place)
        newest = parts.setdefault(row.id, {})
        for compartment in COMPARTMENTS:
            sealed = getattr(row, compartment)
            if sealed is not None:
                newest[compartment] = (row.version, sealed)
    damaged += [name for name, stored in found.items() if not _open_parts(stored, parts[name], keys)]
    broken = dict.fromkeys(damaged)
    whole = (s for s in found.values() if s.readable and s.row not in broken)
    return sorted(whole, key=lambda s: (s.place, s.row)), list(broken)


def _open_parts(stored: Stored, parts: Mapping[Compartment, tuple[int, bytes]], keys: UnitKeys) -> bool:
    """Fill in what can be read; False where something is damaged."""
    hidden = set()
    for compartment, (version, sealed) in parts.items():
        try:
            plain = open_part(sealed, row=(stored.kind, stored.row, version), compartment=compartment, keys=keys)
            stored.carriers = stored.carriers or tuple(unit for unit, _ in read_carriers(sealed))
            if plain is None:
                hidden.add(compartment)
            else:
                stored.plain.update(read_json(plain))
                stored.readable = True
        except (Unsealable, DamagedVault, ValueError):
            return False
    stored.hidden = frozenset(hidden)
    return True


def read_json(text: bytes) -> Any:
    """Plain values as a file's reader gives them: numbers keep their text."""
    return json.loads(text, parse_int=Number, parse_float=Number)


def write_json(plain: Plain) -> bytes:
    """Plain values in the order of their table, so that the same record gives the same bytes."""
    return json.dumps(_jsonable(plain), ensure_ascii=False, separators=(",", ":")).encode()


def _jsonable(value: Any) -> Any:
    if type(value) is Number:
        return float(value) if not value.lstrip("-").isdigit() else int(value)
    if isinstance(value, dict):
        return {key: _jsonable(held) for key, held in value.items()}
    if isinstance(value, list | tuple):
        return [_jsonable(item) for item in value]
    return str(value) if isinstance(value, str) else value


def _put_together(case: str, stored: list[Stored]) -> Case:
    """The case that the records make; what is about something destroyed is left out, whatever refers to it too."""
    context = fresh_context()
    names: dict[str, str] = {}
    for record in stored:
        record.name = name_of(record)
        names[record.row] = record.name
    values: dict[str, list[Any]] = {shape.attribute: [] for shape in SHAPES.values()}
    needs_withheld = False
    for kind, shape in SHAPES.items():
        for record in (r for r in stored if r.kind == kind):
            plain = {k: v for k, v in record.plain.items() if k not in shape.sealed_only}
            plain[shape.id_key] = record.name
            if kind == "testimony" and "teller" not in plain and "chain" in record.hidden:
                plain["teller"] = WITHHELD
                needs_withheld = True
                names[WITHHELD] = WITHHELD
            try:
                if not _is_whole(plain, shape):
                    raise Gone
                value = shape.record.read(translate(plain, shape, lambda _, row: names.get(row)), context)
            except Gone:
                names.pop(record.row)
                record.name = ""
            else:
                values[shape.attribute].append(value)
    if needs_withheld:
        values["persons"].append(Person(id=WITHHELD, household=None, protected=False))  # type: ignore[arg-type]
    return Case(id=case, **{attribute: tuple(found) for attribute, found in values.items()})


@cache
def _shipped() -> Context:
    return Context(tree=load_place_tree(), vocabulary=load_vocabulary())


def fresh_context() -> Context:
    """What a case is read against, before its own places and people; folded once a process."""
    shipped = _shipped()
    regions = PlaceTree(places={}, regions=shipped.tree.regions)
    return Context(
        tree=regions, vocabulary=shipped.vocabulary, paths=set(shipped.paths),
        places={name: set(paths) for name, paths in shipped.places.items()}, dates=shipped.dates, terms=shipped.terms,
    )  # fmt: skip


def name_of(record: Stored) -> str:
    """The id people gave a record; one made of its row for whoever may not know that."""
    return str(record.plain.get(SHAPES[record.kind].id_key) or f"{record.kind}-{record.row[:12]}")


def _is_whole(plain: Plain, shape: Shape) -> bool:
    """Whether what can be read of a record is enough to make one."""
    return all(f.key in plain for f in shape.record.fields if f.required)
