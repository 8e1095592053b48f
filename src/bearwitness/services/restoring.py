"""The steps of a restoring: who opens the archives, what a later vault knows, what the trail says of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bearwitness.errors import BearwitnessError, DamagedVault, UnlockError, UsageError, VaultError
from bearwitness.services.kit_opening import open_kits
from bearwitness.services.unlocked import Clock
from bearwitness.services.unlocking import VaultPlace, open_store, slots_of
from bearwitness.vault.backup_rows import Filling, Later, present_records, snapshot
from bearwitness.vault.cards import Directory, read_directory
from bearwitness.vault.member_keys import MemberKeys
from bearwitness.vault.row_counts import expected_rows, first_difference
from bearwitness.vault.rows import Head, TrailRow
from bearwitness.vault.slots import Book, VaultKeys, open_slot
from bearwitness.vault.sql_store import count_written
from bearwitness.vault.trail import Act, Seals, entry_maker, verify_trail


@dataclass(frozen=True, slots=True, kw_only=True)
class Opener:
    """Whoever opens the archives: a member, or the recovery pair in the hands of some officers."""

    actor: str
    keys: MemberKeys
    founder: bytes
    vault_keys: VaultKeys
    officers: tuple[int, ...] = ()


def open_by_passphrase(book: Book, member: str, passphrase: Callable[[], str]) -> Opener:
    """A member, by the passphrase they had when the keys were backed up.

    Raises
    ------
    UnlockError
        If the member or the passphrase is wrong.
    """
    if not member:
        raise UnlockError("nobody has worked at this machine yet.", hint="Say who you are with --member.")
    opened = open_slot(book, member, passphrase())
    return Opener(actor=member, keys=opened.keys, founder=opened.founder, vault_keys=opened.vault_keys)


def open_by_kits(book: Book, kits: Sequence[str]) -> Opener:
    """The recovery pair, by enough officers' kits.

    Raises
    ------
    RecoveryError
        If they do not open it.
    """
    found = open_kits(book, kits)
    return Opener(
        actor=found.pair, keys=found.keys, founder=found.founder, vault_keys=found.vault_keys, officers=found.officers
    )


def later_vault(place: VaultPlace, organisation: str, opener: Opener) -> Later:
    """What a vault knows to be destroyed that a backup is to take the place of.

    Which records it still has counts only where its trail and its rows are whole: else what was lost there could
    never be brought back.

    Raises
    ------
    UsageError
        If it is another organisation's.
    VaultError
        If it does not open any more.
    """
    slots = slots_of(place)
    try:
        if slots.load().organisation != organisation:
            raise UsageError("that vault is another organisation's.", hint="Name the one the backup was made of.")
        store = open_store(place, opener.vault_keys)
        try:
            shreds = frozenset((s.case, s.unit) for s in store.shreds())
            records = snapshot(store.engine, lambda connection, _: present_records(connection))
            rows = list(store.trail())
            _, written = store.written()
            cards = store.cards()
        finally:
            store.close()
    except UsageError:
        raise
    except (BearwitnessError, OSError):
        raise VaultError(
            "the vault that was to be replaced does not open any more.",
            hint="Restore without naming it; what was withdrawn in it since the backup has to be withdrawn again.",
        ) from None
    finally:
        slots.close()
    try:
        keys = opener.vault_keys.organisation
        directory = read_directory(cards, organisation=organisation, founder=opener.founder, seals=keys)
        is_whole = first_difference(verify_trail(rows, directory=directory, keys=keys), written) is None
    except DamagedVault:
        is_whole = False
    return Later(shreds=shreds, records=records if is_whole else None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """The entry of a restoring, how many rows are missing, and the head that this machine had seen and is no more."""

    row: TrailRow
    missing: int
    forgot: str


def enter(rows: Filling, organisation: str, opener: Opener, clock: Clock, seen: Head) -> Entered:
    """Verify the trail that came in, and add the entry of the restoring.

    Raises
    ------
    DamagedVault
        If a link or a signature is broken, a row stands that no entry wrote, or the opener is none of the members.
    """
    keys = opener.vault_keys.organisation
    directory = read_directory(rows.cards(), organisation=organisation, founder=opener.founder, seals=keys)
    _check_opener(directory, opener)
    entries = verify_trail(rows.trail(), directory=directory, keys=keys)
    if not entries:
        raise DamagedVault("the backup has no trail; nothing was restored.", hint="Use another backup.")
    missing = _missing(expected_rows(entries), count_written(rows.connection))
    head = Head(number=entries[-1].number, hash=entries[-1].hash)
    is_there = seen.number <= head.number and (seen.number == 0 or entries[seen.number - 1].hash == seen.hash)
    # What is destroyed by order of a later vault was not lost.
    lost = sum(missing.values()) - rows.dropped
    things: dict[str, Any] = {"rows_missing": lost, "destroyed_again": rows.destroyed}
    if opener.officers:
        things["officers"] = list(opener.officers)
    if not is_there:
        things["forgot"] = seen.number
    make = entry_maker(
        Act(action="vault.restore", things=things), actor=opener.actor, keys=opener.keys,
        seals=Seals(organisation=organisation, keys=keys), wrote={}, now=clock,
    )  # fmt: skip
    row = make(head, missing)
    rows.add_entry(row)
    return Entered(row=row, missing=lost, forgot="" if is_there else f"{seen.number}:{seen.hash}")


def _check_opener(directory: Directory, opener: Opener) -> None:
    """Refuse whoever could not sign the entry of it: the trail would be broken from there on."""
    known = directory.signer(opener.actor)
    member = directory.members.get(opener.actor)
    in_force = member.active if member is not None else opener.actor == (directory.recovery and directory.recovery.id)
    if known is None or known != opener.keys.public or not in_force:
        raise DamagedVault(
            "the vault of this backup does not know you.", hint="Somebody who was a member then has to restore it."
        )


def _missing(expected: Mapping[int, int], written: Mapping[int, int]) -> dict[int, int]:
    """How many rows of each entry are not there."""
    if any(count > expected.get(number, 0) for number, count in written.items()):
        raise DamagedVault("the backup holds rows that no entry of its trail wrote.", hint="Use another backup.")
    missing = {number: count - written.get(number, 0) for number, count in sorted(expected.items())}
    return {number: count for number, count in missing.items() if count}
