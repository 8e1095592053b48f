"""The parts of a record: what it says in one compartment, sealed under the keys of the consent units that carry it.

A consent unit is a person, a testimony, or the case itself. Its key is the unit of destruction: a part that one unit
carries is sealed under that unit's key; a part that several carry is sealed under a key of its own, which each of
them opens. When the last of them is destroyed, the part is nowhere.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from bearwitness.errors import DamagedVault
from bearwitness.vault.rows import Compartment, RecordRow, SealedKeys, UnitKey
from bearwitness.vault.sealing import SEALED_KEY_BYTES, SecretKey, Unsealable, bind, pad, unpad
from bearwitness.vault.seats import SubKeys

PART_MAGIC: Final = b"bp\x01"
_CARRIER_BYTES: Final = 20
_MOST_CARRIERS: Final = 255


class UnitKeys:
    """The unit keys of one case, as far as a member's sub-keys open them; new ones are made as they are needed.

    Parameters
    ----------
    organisation, case : str
        Their ids.
    epoch : int
        The epoch in which new keys are sealed.
    sub_keys : mapping
        What the member holds, by compartment and epoch.
    stored : mapping
        The sealed keys, as the store has them.
    destroyed : collection of str
        The units that were destroyed: only of these may a key be missing.
    """

    def __init__(
        self, organisation: str, case: str, epoch: int, sub_keys: SubKeys, stored: SealedKeys,
        destroyed: Collection[str] = (),
    ) -> None:  # fmt: skip
        self._destroyed = destroyed
        self._compartments = {compartment for compartment, _ in sub_keys}
        self.case = case
        self.epoch = epoch
        self.made: list[UnitKey] = []
        # What all contexts of a case begin with; a context is made for every part that is opened.
        self._unit_prefix = bind("unit-key", organisation, case)
        self.part_prefix = bind("record", organisation, case)
        self._sub_keys = sub_keys
        self._stored = stored
        self._open: dict[tuple[str, Compartment, int], SecretKey] = {}

    def exists(self, unit: str, compartment: Compartment, epoch: int) -> bool:
        """Whether a unit's key is stored (whoever can open it), or was made just now."""
        return (unit, compartment, epoch) in self._stored or (unit, compartment, epoch) in self._open

    def get(self, unit: str, compartment: Compartment, epoch: int) -> SecretKey | None:
        """A unit's key; None where it was destroyed or the member does not hold the sub-key.

        Raises
        ------
        DamagedVault
            If it is missing though nobody destroyed it, or does not open.
        """
        known = self._open.get((unit, compartment, epoch))
        if known is not None:
            return known
        stored = self._stored.get((unit, compartment, epoch))
        sub_key = self._sub_keys.get((compartment, epoch))
        # Whoever holds a compartment holds every epoch of it: one that is missing was never there.
        if compartment not in self._compartments or (stored is None and unit in self._destroyed):
            return None
        try:
            if stored is None or sub_key is None:
                raise Unsealable
            found = SecretKey(sub_key.open(stored, bound=self._context(unit, compartment, epoch)))
        except Unsealable:
            raise DamagedVault(
                f"the key of unit {unit} does not open.", hint="Run bearwitness vault check; restore a backup."
            ) from None
        self._open[unit, compartment, epoch] = found
        return found

    def need(self, unit: str, compartment: Compartment) -> SecretKey:
        """A unit's key in the epoch of now, made where there is none yet; it is then in ``made``, to be stored."""
        at = (unit, compartment, self.epoch)
        found = self.get(*at) if at in self._stored or at in self._open else None
        if found is None:
            found = SecretKey.generate()
            context = self._context(unit, compartment, self.epoch)
            sealed = self._sub_keys[compartment, self.epoch].seal(found.raw, bound=context)
            self.made.append(
                UnitKey(case=self.case, unit=unit, compartment=compartment, epoch=self.epoch, sealed=sealed)
            )
            self._open[unit, compartment, self.epoch] = found
        return found

    def _context(self, unit: str, compartment: Compartment, epoch: int) -> bytes:
        return self._unit_prefix + f"{unit}\0{compartment}\0{epoch}\0".encode()


def seal_part(
    plain: bytes, *, row: tuple[str | int, ...], compartment: Compartment, carriers: Sequence[str], keys: UnitKeys
) -> bytes:
    """A part of a record (kind, id and version), readable as long as one of its carriers is."""
    if not 1 <= len(carriers) <= _MOST_CARRIERS:
        raise ValueError("a part has 1 to 255 carriers")
    context = _context(keys, row, compartment)
    epoch = keys.epoch.to_bytes(4, "big")
    units = [keys.need(unit, compartment) for unit in carriers]
    head = PART_MAGIC + bytes([len(carriers)]) + b"".join(bytes.fromhex(unit) + epoch for unit in carriers)
    if len(units) == 1:
        return head + units[0].seal(pad(plain), bound=context)
    own = SecretKey.generate()
    return head + b"".join(unit.seal(own.raw, bound=context) for unit in units) + own.seal(pad(plain), bound=context)


def open_part(
    sealed: bytes, *, row: tuple[str | int, ...], compartment: Compartment, keys: UnitKeys
) -> bytes | None:
    """What a part says; None where it was destroyed, or the member does not hold its sub-key.

    Raises
    ------
    Unsealable
        If a key is at hand and the part does not open with it: it was changed, or moved here from elsewhere.
    """
    carriers = read_carriers(sealed)
    body = sealed[len(PART_MAGIC) + 1 + _CARRIER_BYTES * len(carriers) :]
    broken: DamagedVault | None = None
    for at, (unit, epoch) in enumerate(carriers):
        try:
            key = keys.get(unit, compartment, epoch)
        except DamagedVault as error:
            # Another carrier may still open it.
            broken = error
            continue
        if key is None:
            continue
        context = _context(keys, row, compartment)
        if len(carriers) > 1:
            wrapped = body[SEALED_KEY_BYTES * at : SEALED_KEY_BYTES * (at + 1)]
            key = SecretKey(key.open(wrapped, bound=context))
            body = body[SEALED_KEY_BYTES * len(carriers) :]
        return unpad(key.open(body, bound=context))
    if broken is not None:
        raise broken
    return None


def read_carriers(sealed: bytes) -> list[tuple[str, int]]:
    """The units that carry a part, each with the epoch of its key; raises Unsealable where this is no part."""
    start = len(PART_MAGIC) + 1
    count = sealed[start - 1] if sealed[: len(PART_MAGIC)] == PART_MAGIC and len(sealed) >= start else 0
    if count == 0 or len(sealed) < start + _CARRIER_BYTES * count:
        raise Unsealable
    starts = range(start, start + _CARRIER_BYTES * count, _CARRIER_BYTES)
    return [(sealed[at : at + 16].hex(), int.from_bytes(sealed[at + 16 : at + 20], "big")) for at in starts]


def _context(keys: UnitKeys, row: tuple[str | int, ...], compartment: Compartment) -> bytes:
    # The same bytes as bind() gives; rows, versions and compartments hold no NUL.
    return keys.part_prefix + "\0".join([*map(str, row), compartment, ""]).encode()


def damaged(row: RecordRow) -> DamagedVault:
    """The error that names a record whose part does not open."""
    return DamagedVault(
        f"the record {row.id} (version {row.version}) was damaged or moved.",
        hint="Run bearwitness vault check to see what else is; restore a backup.",
    )
