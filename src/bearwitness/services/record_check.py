"""Reads every part of every version of every record of a case, and names by id what does not open."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from bearwitness.errors import DamagedVault
from bearwitness.services.archive import read_json
from bearwitness.services.record_shapes import KNOWN_KINDS
from bearwitness.vault.parts import UnitKeys, open_part, read_carriers
from bearwitness.vault.rows import COMPARTMENTS, Compartment, RecordRow, SealedKeys
from bearwitness.vault.sealing import Unsealable
from bearwitness.vault.seats import SubKeys

RESTORE: Final = "Restore it from a backup (bearwitness vault restore)."
KeyId = tuple[str, Compartment, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing found: where (a kind of thing and its id), what is wrong, and what to do."""

    where: str
    what: str
    do: str


class RecordCheck:
    """Checks the rows of one case against its unit keys.

    Parameters
    ----------
    case : str
        Its id.
    sub_keys : mapping
        What the member holds of it, by compartment and epoch. What they do not hold is not read.
    stored : mapping
        The sealed unit keys of the case.
    keys : UnitKeys
        The same, as they open.
    destroyed : collection of str
        The units of the case that were withdrawn.
    """

    def __init__(
        self, case: str, sub_keys: SubKeys, stored: SealedKeys, keys: UnitKeys, destroyed: Collection[str]
    ) -> None:
        self._case = case
        self._sub_keys = sub_keys
        self._stored = stored
        self._keys = keys
        self._destroyed = frozenset(destroyed)
        self._carrying: set[KeyId] = set()
        self._faults: dict[str, str] = {}
        self.records = 0

    def read(self, rows: Collection[RecordRow]) -> Iterator[Finding]:
        """What is damaged, a finding for each record and each key."""
        for row in rows:
            if row.kind not in KNOWN_KINDS:
                self._faults[row.id] = "it is of a kind that there is not"
            for compartment in COMPARTMENTS:
                sealed = getattr(row, compartment)
                if sealed is not None and not self._opens(row, compartment, sealed):
                    words = f"its {compartment} (version {row.version}) does not open"
                    self._faults.setdefault(row.id, words)
        self.records = len({row.id for row in rows})
        for name, words in self._faults.items():
            yield Finding(where=f"record {name} of case {self._case}", what=words, do=RESTORE)
        yield from self._read_keys()

    def _opens(self, row: RecordRow, compartment: Compartment, sealed: bytes) -> bool:
        """Whether a part opens, or is not for this member, or was withdrawn."""
        try:
            carriers = read_carriers(sealed)
            self._carrying |= {(unit, compartment, epoch) for unit, epoch in carriers}
            place = (row.kind, row.id, row.version)
            plain = open_part(sealed, row=place, compartment=compartment, keys=self._keys)
            if plain is not None:
                read_json(plain)
        except (Unsealable, DamagedVault, ValueError):
            return False
        return True

    def _read_keys(self) -> Iterator[Finding]:
        for unit, compartment, epoch in sorted(self._carrying - self._stored.keys()):
            if unit not in self._destroyed:
                yield self._key(unit, compartment, epoch, "is missing, and was not withdrawn")
        for unit, compartment, epoch in sorted(self._stored):
            if (compartment, epoch) not in self._sub_keys:
                continue
            try:
                self._keys.get(unit, compartment, epoch)
            except DamagedVault:
                yield self._key(unit, compartment, epoch, "does not open")

    def _key(self, unit: str, compartment: Compartment, epoch: int, words: str) -> Finding:
        where = f"key of unit {unit} ({compartment}, epoch {epoch}) of case {self._case}"
        return Finding(where=where, what=words, do=RESTORE)

    def warnings(self) -> Iterator[Finding]:
        """Keys that are there and should not be."""
        for unit, compartment, epoch in sorted(self._stored):
            where = f"key of unit {unit} ({compartment}, epoch {epoch}) of case {self._case}"
            if unit in self._destroyed:
                yield Finding(
                    where=where, what="was withdrawn, and is there again",
                    do="Somebody put it back: withdraw the account again, and keep the trail.",
                )  # fmt: skip
            elif (unit, compartment, epoch) not in self._carrying:
                yield Finding(where=where, what="opens no record", do="Nothing; it harms nobody.")
