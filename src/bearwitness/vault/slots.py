"""The book of slots: for each member, what their passphrase opens. All that lies outside the sealed database.

A slot holds the member's private keys under their passphrase, and the vault's keys wrapped to those. The book is
filled up with decoys to a multiple of eight, which nobody can tell from slots, so that it does not say how many
members there are.
"""

from __future__ import annotations

import json
import os
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from bearwitness.errors import DamagedVault, UnlockError
from bearwitness.vault.member_keys import PRIVATE_BYTES, MemberKeys, PublicKeys
from bearwitness.vault.passphrase import SALT_BYTES, Cost, stretch
from bearwitness.vault.sealing import KEY_BYTES, MAGIC, SecretKey, Unsealable, bind

BOOK_VERSION: Final = 1
RECOVERY: Final = "recovery"
_GROUP: Final = 8
# The founder's fingerprint stands beside the private keys: the one thing about others that a member need not be told.
_PRIVATE: Final = PRIVATE_BYTES + KEY_BYTES
_SEALED: Final = len(MAGIC) + 12 + _PRIVATE + 16
# One more for everybody who leaves: 4 KiB a slot.
_MOST_ORG_KEYS: Final = 126
_VAULT_KEYS: Final = 1 + KEY_BYTES * (1 + _MOST_ORG_KEYS)
_ID_LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True, slots=True)
class VaultKeys:
    """What every member holds: the database's key, and the organisation's, the newest of which seals."""

    database: SecretKey
    organisation: tuple[SecretKey, ...]

    def to_bytes(self) -> bytes:
        """The keys at a fixed length."""
        if len(self.organisation) > _MOST_ORG_KEYS:
            raise ValueError("too many organisation keys")
        keys = b"".join(k.raw for k in (self.database, *self.organisation))
        return (bytes([len(self.organisation)]) + keys).ljust(_VAULT_KEYS, b"\0")

    @classmethod
    def from_bytes(cls, raw: bytes) -> VaultKeys:
        """What :meth:`to_bytes` gave."""
        count = raw[0]
        keys = [SecretKey(raw[1 + KEY_BYTES * i : 1 + KEY_BYTES * (i + 1)]) for i in range(count + 1)]
        return cls(keys[0], tuple(keys[1:]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """What one passphrase opens."""

    member: str
    cost: Cost
    salt: bytes
    private: bytes
    vault_keys: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """All slots of an organisation, decoys among them, and the vault's keys wrapped to the recovery pair, if any."""

    organisation: str
    slots: tuple[Slot, ...] = ()
    recovery: Mapping[str, Any] | None = None


def new_id(kind: str) -> str:
    """An opaque id that says nothing but its kind: ``m-7k2qd4wx``."""
    return f"{kind}-" + "".join(_ID_LETTERS[b % len(_ID_LETTERS)] for b in os.urandom(8))


def make_slot(
    book: Book, member: str, keys: MemberKeys, founder: bytes, vault_keys: VaultKeys, passphrase: str, cost: Cost
) -> Slot:
    """A slot that a passphrase opens."""
    salt = os.urandom(SALT_BYTES)
    private = stretch(passphrase, salt, cost).seal(
        keys.raw + founder, bound=_private_context(book.organisation, member, cost, salt)
    )
    return Slot(
        member=member, cost=cost, salt=salt, private=private,
        vault_keys=wrap_vault_keys(book.organisation, member, keys.public, vault_keys),
    )  # fmt: skip


def wrap_vault_keys(organisation: str, member: str, keys: PublicKeys, vault_keys: VaultKeys) -> bytes:
    """The vault's keys, for one member."""
    return keys.wrap(vault_keys.to_bytes(), context=bind("vault-keys", organisation, member))


def unwrap_vault_keys(organisation: str, member: str, keys: MemberKeys, wrapped: bytes) -> VaultKeys:
    """What :func:`wrap_vault_keys` wrapped; raises Unsealable."""
    return VaultKeys.from_bytes(keys.unwrap(wrapped, context=bind("vault-keys", organisation, member)))


@dataclass(frozen=True, slots=True)
class Opened:
    """What a slot held: the member's keys, the founder's fingerprint, the vault's keys."""

    keys: MemberKeys
    founder: bytes
    vault_keys: VaultKeys


def open_slot(book: Book, member: str, passphrase: str) -> Opened:
    """What a member's passphrase opens. A member who does not exist takes as long, and is answered the same.

    Raises
    ------
    UnlockError
        If the member or the passphrase is wrong.
    """
    slot = next((s for s in book.slots if s.member == member), None)
    known = slot or _decoy(max((s.cost for s in book.slots), key=lambda c: c.memory_kib, default=Cost()))
    key = stretch(passphrase, known.salt, known.cost)
    context = _private_context(book.organisation, known.member, known.cost, known.salt)
    try:
        raw = key.open(known.private, bound=context)
        keys = MemberKeys(raw[:PRIVATE_BYTES])
        found = unwrap_vault_keys(book.organisation, known.member, keys, known.vault_keys)
    except Unsealable:
        raise UnlockError("the member or the passphrase is wrong.", hint="Check both, then try again.") from None
    return Opened(keys, raw[PRIVATE_BYTES:], found)


def put_slot(book: Book, slot: Slot) -> Book:
    """The book with a slot put in: in place of the member's old one, or of a decoy."""
    at = next((i for i, s in enumerate(book.slots) if s.member == slot.member), None)
    slots = list(book.slots)
    if at is not None:
        slots[at] = slot
    else:
        slots.append(slot)
    return replace(book, slots=tuple(slots))


def fill_up(book: Book, members: frozenset[str], cost: Cost) -> Book:
    """The book with the slots of ``members`` kept in random places, and as many decoys as hide their number."""
    kept = [s for s in book.slots if s.member in members]
    decoys = [s for s in book.slots if s.member not in members]
    wanted = -len(kept) % _GROUP
    decoys = decoys[:wanted] + [_decoy(cost) for _ in range(wanted - len(decoys))]
    return replace(book, slots=tuple(sorted([*kept, *decoys], key=lambda s: s.member)))


def _decoy(cost: Cost) -> Slot:
    return Slot(
        member=new_id("m"), cost=cost, salt=os.urandom(SALT_BYTES),
        private=MAGIC + os.urandom(_SEALED - len(MAGIC)), vault_keys=wrap_for_nobody(),
    )  # fmt: skip


def wrap_for_nobody() -> bytes:
    """What looks like the vault's keys wrapped to a member, and is random bytes wrapped to keys that are forgotten.

    Random bytes alone would show: half of them are no point of X25519.
    """
    return MemberKeys.generate().public.wrap(os.urandom(_VAULT_KEYS), context=b"")


def _private_context(organisation: str, member: str, cost: Cost, salt: bytes) -> bytes:
    return bind("slot", organisation, member, cost.memory_kib, cost.passes, cost.lanes, salt.hex())


def dump_book(book: Book) -> bytes:
    """The text of a book (JSON)."""
    slots = [
        {
            "member": s.member, "memory_kib": s.cost.memory_kib, "passes": s.cost.passes, "lanes": s.cost.lanes,
            "salt": s.salt.hex(), "private": b64encode(s.private).decode(),
            "vault_keys": b64encode(s.vault_keys).decode(),
        }
        for s in book.slots
    ]  # fmt: skip
    found = {"bearwitness": "slots", "version": BOOK_VERSION, "organisation": book.organisation, "slots": slots,
             "recovery": book.recovery}  # fmt: skip
    return json.dumps(found, indent=1).encode()


def load_book(text: bytes) -> Book:
    """What :func:`dump_book` gave.

    Raises
    ------
    DamagedVault
        If it is something else.
    """
    try:
        found = json.loads(text)
        if found["bearwitness"] != "slots" or found["version"] != BOOK_VERSION:
            raise ValueError
        slots = tuple(
            Slot(
                member=str(s["member"]), salt=bytes.fromhex(s["salt"]), private=b64decode(s["private"], validate=True),
                cost=Cost(memory_kib=int(s["memory_kib"]), passes=int(s["passes"]), lanes=int(s["lanes"])),
                vault_keys=b64decode(s["vault_keys"], validate=True),
            )
            for s in found["slots"]
        )
        return Book(organisation=str(found["organisation"]), slots=slots, recovery=found["recovery"])
    except (ValueError, KeyError, TypeError):
        raise DamagedVault(
            "the book of slots cannot be read.", hint="Restore slots.json from the backup of the keys."
        ) from None
