"""Make a vault, and unlock it: by a folder (an SQLCipher file) or by the address of a PostgreSQL database."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.engine import Engine

from bearwitness.errors import DamagedVault, UnlockError, VaultError
from bearwitness.services.unlocked import Clock, Unlocked
from bearwitness.vault import passphrase as stretching
from bearwitness.vault.cards import MEMBER, Member, make_card, member_body
from bearwitness.vault.heads import Seen, SeenFile, check_not_older, state_folder
from bearwitness.vault.member_keys import MemberKeys
from bearwitness.vault.opening import is_url, open_file, open_url
from bearwitness.vault.passphrase import Cost, check_new_passphrase
from bearwitness.vault.process import forbid_core_dumps
from bearwitness.vault.rows import Change
from bearwitness.vault.sealing import SecretKey
from bearwitness.vault.slot_places import SlotFile, SlotPlace, SlotRow
from bearwitness.vault.slots import Book, Opened, VaultKeys, fill_up, make_slot, new_id, open_slot, put_slot
from bearwitness.vault.sql_store import SqlStore
from bearwitness.vault.trail import Act

FILES: str = "files"


@dataclass(frozen=True, slots=True, kw_only=True)
class VaultPlace:
    """Where a vault is: a folder, or the address of a database; ``files`` is where its attachments lie."""

    where: str
    files: Path | None = None
    state: Path | None = None

    @property
    def in_database(self) -> bool:
        """Whether it is a PostgreSQL database."""
        return is_url(self.where)

    @property
    def folder(self) -> Path:
        """The folder of an embedded vault."""
        return Path(self.where)

    def files_folder(self) -> Path | None:
        """Where attachments lie; None where nobody said so for a database."""
        return self.files if self.files is not None else None if self.in_database else self.folder / FILES

    def seen(self, organisation: str) -> SeenFile:
        """What this machine last saw of the organisation's vault at this place; a copy elsewhere is another."""
        where = self.where if self.in_database else str(self.folder.resolve())
        return SeenFile(self.state or state_folder(), organisation, where)


def utc_now() -> datetime:
    """The time of now."""
    return datetime.now(UTC)


def create_vault(
    place: VaultPlace, *, name: str, passphrase: str, clock: Clock = utc_now, cost: Cost | None = None
) -> Unlocked:
    """Make a vault with its first member, who administers it, and unlock it.

    Parameters
    ----------
    place : VaultPlace
        Where; there must be none yet.
    name : str
        What the first member is called; sealed, for the other members only.
    passphrase : str
        Theirs.
    clock : callable
        The time.
    cost : Cost, optional
        Of a guess at the passphrase; the usual one if not given.

    Raises
    ------
    VaultError
        If there is a vault already, or it cannot be made. Then nothing is left behind.
    UsageError
        If the passphrase is too short.
    """
    check_new_passphrase(passphrase)
    forbid_core_dumps()
    if place.in_database:
        engine = open_url(place.where)
        row = SlotRow(engine)
        if row.exists() and SqlStore(engine).head().number:
            engine.dispose()
            raise _exists()
        return _begin(place, engine, row, name, passphrase, clock, cost, VaultKeys(*_new_keys()))
    return _create_folder(place, name, passphrase, clock, cost)


def _new_keys() -> tuple[SecretKey, tuple[SecretKey, ...]]:
    return SecretKey.generate(), (SecretKey.generate(),)


def _exists() -> VaultError:
    return VaultError("there is a vault already.", hint="Open it, or name another place with --vault.")


def _create_folder(place: VaultPlace, name: str, passphrase: str, clock: Clock, cost: Cost | None) -> Unlocked:
    """Made under another name and renamed at the end: whoever looks finds a whole vault or none."""
    folder = place.folder
    if folder.exists() and any(folder.iterdir()):
        if SlotFile(folder).exists():
            raise _exists()
        raise VaultError("the folder is not empty.", hint="Name a folder that does not exist yet.", where=str(folder))
    beside = folder.with_name(f".{folder.name}.{os.getpid()}.new")
    try:
        shutil.rmtree(beside, ignore_errors=True)
        beside.mkdir(parents=True, mode=0o700)
        keys = VaultKeys(*_new_keys())
        engine = open_file(beside, keys.database, make=True)
        _begin(place, engine, SlotFile(beside), name, passphrase, clock, cost, keys).close()
        if folder.exists():
            folder.rmdir()
        beside.rename(folder)
    except OSError:
        raise VaultError(
            "the vault cannot be made here.", hint="Check your right to the folder and the space on the disk.",
            where=str(folder),
        ) from None  # fmt: skip
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    book = SlotFile(folder).load()
    member = place.seen(book.organisation).load().member
    return _unlock_with(place, SlotFile(folder), book, member, open_slot(book, member, passphrase), clock)


def _begin(
    place: VaultPlace, engine: Engine, slots: SlotPlace, name: str, passphrase: str, clock: Clock,
    cost: Cost | None, vault_keys: VaultKeys,
) -> Unlocked:  # fmt: skip
    """The first member, their slot, and the first entry of the trail."""
    cost = cost or stretching.USUAL_COST
    keys, member, organisation = MemberKeys.generate(), new_id("m"), new_id("o")
    founder = keys.public.fingerprint()
    book = Book(organisation=organisation)
    slot = make_slot(book, member, keys, founder, vault_keys, passphrase, cost)
    slots.save(fill_up(put_slot(book, slot), frozenset({member}), cost))
    at = clock().astimezone(UTC).isoformat(timespec="seconds")
    first = Member(id=member, name=name, administrator=True, keys=keys.public, added_by=member, added_at=at)
    # Before anything is written: whoever was stopped here can still say who they are.
    place.seen(organisation).remember(Seen(member=member))
    unlocked = Unlocked(
        store=SqlStore(engine), place=slots, organisation=organisation, member=member, keys=keys, founder=founder,
        vault_keys=vault_keys, clock=clock, seen=place.seen(organisation), files=place.files_folder(),
    )  # fmt: skip
    card = make_card(
        new_id("s"), MEMBER, member_body(first), organisation=organisation, signer=member, keys=keys,
        seals=vault_keys.organisation,
    )  # fmt: skip
    unlocked.record(Act(action="vault.init", things={"member": member}), Change(cards=[card]))
    unlocked.refresh()
    return unlocked


def slots_of(place: VaultPlace) -> SlotPlace:
    """Where a vault's book of slots lies."""
    return SlotRow(open_url(place.where)) if place.in_database else SlotFile(place.folder)


def open_store(place: VaultPlace, keys: VaultKeys) -> SqlStore:
    """A vault's store."""
    return SqlStore(open_url(place.where) if place.in_database else open_file(place.folder, keys.database))


def unlock(
    place: VaultPlace, *, passphrase: Callable[[], str], member: str | None = None, clock: Clock = utc_now
) -> Unlocked:
    """Unlock a vault.

    Parameters
    ----------
    place : VaultPlace
        Where it is.
    passphrase : callable
        Asked once, when the vault was found.
    member : str, optional
        Who; whoever last worked at this machine if not given.
    clock : callable
        The time.

    Raises
    ------
    VaultError
        If there is none.
    UnlockError
        If the member or the passphrase is wrong, or the member was revoked.
    DamagedVault
        If it is damaged, or older than this machine last saw it.
    """
    forbid_core_dumps()
    slots = slots_of(place)
    try:
        book = slots.load()
        who = member or place.seen(book.organisation).load().member
        if not who:
            raise UnlockError("nobody has worked at this machine yet.", hint="Say who you are with --member.")
        return _unlock_with(place, slots, book, who, open_slot(book, who, passphrase()), clock)
    except BaseException:
        slots.close()
        raise


def _unlock_with(
    place: VaultPlace, slots: SlotPlace, book: Book, member: str, opened: Opened, clock: Clock
) -> Unlocked:
    store = open_store(place, opened.vault_keys)
    try:
        seen = place.seen(book.organisation)
        check_not_older(store, seen.load().head)
        unlocked = Unlocked(
            store=store, place=slots, organisation=book.organisation, member=member, keys=opened.keys,
            founder=opened.founder, vault_keys=opened.vault_keys, clock=clock, seen=seen, files=place.files_folder(),
        )  # fmt: skip
        known = unlocked.directory.members.get(member)
        if known is None or known.keys != opened.keys.public:
            raise DamagedVault("the vault does not know this member.", hint="Compare it with its backup.")
        if not known.active:
            raise UnlockError("the member or the passphrase is wrong.", hint="Check both, then try again.")
        unlocked.record(Act(action="vault.unlock"))
    except BaseException:
        store.close()
        raise
    return unlocked
