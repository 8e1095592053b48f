"""What a case keeps beside its records: drafts and what happened to them, and what left, with whom. Only added to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from bearwitness.errors import DamagedVault
from bearwitness.services.archive import read_stored, write_json
from bearwitness.services.record_shapes import DEPARTURE
from bearwitness.services.saving import random_row
from bearwitness.services.unlocked import OpenCase, Unlocked
from bearwitness.vault.parts import UnitKeys, seal_part
from bearwitness.vault.rows import CASE_UNIT, RecordRow

_NOTES_A_STEP: Final = 1_000_000
_DEPARTURE_KEYS: Final = ("what", "of", "recipient", "purpose", "at", "testimonies")


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A note of a case: its row and what it says."""

    row: str
    kind: str
    plain: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure:
    """Something that left: an export or a release, with whom, when, for what, and the rows of the accounts it used."""

    what: str
    of: str
    recipient: str
    purpose: str
    at: str
    testimonies: tuple[str, ...]


def read_notes(vault: Unlocked, opened: OpenCase, kinds: Sequence[str]) -> list[Note]:
    """The notes of some kinds, in the order in which they were added.

    Raises
    ------
    DamagedVault
        If one does not open.
    """
    stored, damaged = read_stored(vault.store.records(opened.id, kinds), vault.unit_keys(opened))
    if damaged:
        raise DamagedVault(
            f"{len(damaged)} notes of case {opened.id} are damaged: {', '.join(damaged[:5])}.",
            hint="Run bearwitness vault check; restore a backup.",
        )
    return [Note(row=s.row, kind=s.kind, plain=s.plain) for s in stored]


def make_note(
    opened: OpenCase, keys: UnitKeys, kind: str, plain: Mapping[str, Any], *, place: int, row: str | None = None
) -> RecordRow:
    """A note as a row to be written; it is content, carried by the case. New unit keys are in ``keys.made``."""
    name = row or random_row(kind, "")
    sealed = seal_part(
        write_json(dict(plain)), row=(kind, name, 1), compartment="content", carriers=(CASE_UNIT,), keys=keys
    )  # fmt: skip
    return RecordRow(case=opened.id, id=name, version=1, kind=kind, place=place, content=sealed)


def departure_note(
    vault: Unlocked, opened: OpenCase, keys: UnitKeys, departure: Departure
) -> RecordRow:
    """A departure as a row to be written."""
    plain = {key: getattr(departure, key) for key in _DEPARTURE_KEYS}
    return make_note(opened, keys, DEPARTURE, plain, place=next_place(vault))


def next_place(vault: Unlocked) -> int:
    """Where the next note stands: after everything that the trail knows of; those of one step follow it by one each."""
    return vault.store.head().number * _NOTES_A_STEP


def list_departures(vault: Unlocked, opened: OpenCase) -> list[Departure]:
    """Everything that left a case, oldest first."""
    return [
        Departure(**{k: note.plain[k] for k in _DEPARTURE_KEYS[:-1]}, testimonies=tuple(note.plain["testimonies"]))
        for note in read_notes(vault, opened, (DEPARTURE,))
    ]
