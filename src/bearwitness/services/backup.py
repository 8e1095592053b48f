"""Back up a vault and restore it: two archives, data and keys, kept apart; what was withdrawn stays destroyed.

Who opens what. The keys' archive begins with the book of slots, as it lies beside the vault: a member's passphrase, or
enough officers' kits, open the vault's keys in it. All the rest of both archives is sealed under keys derived from the
vault's database key, which only these hold (and those who left: they keep what they knew). So the data's archive
alone opens for nobody. The keys' archive alone holds no record. Both together give whoever opens them what the vault
itself gives them: every record is sealed inside as it is there, and a member reads the cases they are in.
"""

from __future__ import annotations

import contextlib
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from sqlalchemy.engine import Connection, Engine

from bearwitness.documents.files import write_through
from bearwitness.errors import AttachmentError, DamagedVault, OutputError, UsageError
from bearwitness.services.restored_place import IncomingFiles, Making
from bearwitness.services.restoring import enter, later_vault, open_by_kits, open_by_passphrase
from bearwitness.services.unlocked import Clock, Unlocked
from bearwitness.services.unlocking import VaultPlace, utc_now
from bearwitness.vault.attachment_files import AttachmentFolder
from bearwitness.vault.backup_files import DATA, KEYS, Line, open_archive, read_book, write_archive
from bearwitness.vault.backup_rows import Later, dump_data, dump_keys, filling, has_attachments, snapshot
from bearwitness.vault.heads import Seen
from bearwitness.vault.process import forbid_core_dumps
from bearwitness.vault.rows import Head
from bearwitness.vault.slots import dump_book, load_book
from bearwitness.vault.sql_store import SqlStore
from bearwitness.vault.trail import Act

_PIECE: Final = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class BackedUp:
    """The two archives, and the head of the trail they hold; write it down with them."""

    data: str
    keys: str
    head: str
    files: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What a restoring brought back, and what it did not.

    ``destroyed_again`` counts records that an archive held and that were withdrawn since; ``rows_missing`` and
    ``files_missing`` what the keys' archive speaks of and the data's, being older, lacks. ``forgot`` is a head that
    this machine had seen and that is not in the trail now: what came after the backup is lost.
    """

    organisation: str
    member: str
    entries: int
    records: int
    files: int
    destroyed_again: int
    rows_missing: int
    files_missing: int = 0
    forgot: str = ""


def backup(vault: Unlocked, folder: Path) -> BackedUp:
    """Write both archives, each in full or not at all, and read them back.

    Parameters
    ----------
    vault : Unlocked
        The vault. The backup holds all cases, also those this member is not in; it opens none of them.
    folder : Path
        Where to; made where it is missing.

    Raises
    ------
    UsageError
        If there are attachments and this machine was not told where their files lie.
    OutputError
        If the archives cannot be written. Neither is there then.
    DamagedVault
        If what was written does not read back. Neither is there then.
    """
    row = vault.record(Act(action="vault.backup"))
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        raise OutputError("the folder cannot be made.", hint="Name another folder.", where=str(folder)) from None
    name = f"bearwitness-{vault.organisation}-{row.number}"
    data, keys = folder / f"{name}.data", folder / f"{name}.keys"
    files = AttachmentFolder(vault.files) if vault.files is not None else None

    def write(connection: Connection, head: Head) -> int:
        if files is None and has_attachments(connection):
            raise UsageError(
                "this machine does not know where the vault's files lie.", hint="Name their folder with --files."
            )
        # After the moment of the rows: nothing that they speak of is left out, whoever goes on writing.
        names = files.names() if files is not None else ()
        book = dump_book(vault.place.load())
        pieces = _Pieces(files, names)
        _write_verified(keys, vault, KEYS, dump_keys(connection, head, names), book)
        _write_verified(data, vault, DATA, pieces.after(dump_data(connection, head)), b"")
        return pieces.files

    try:
        count = snapshot(_engine(vault), write)
    except BaseException:
        for path in (data, keys):
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)
        raise
    return BackedUp(data=str(data), keys=str(keys), head=f"{row.number}:{row.hash}", files=count)


def _write_verified(path: Path, vault: Unlocked, what: str, lines: Iterable[Line], book: bytes) -> None:
    """Write an archive, then read it back from the disk to its end."""
    database = vault.vault_keys.database
    written: list[int] = []
    write_through(path, lambda file: written.append(write_archive(file, database, what, lines, book=book)))
    with path.open("rb") as file:
        if read_book(file) != book or open_archive(file, database, what, lambda _: None) != written[0]:
            raise DamagedVault("the backup that was written does not read back.", hint="Write it to another disk.")


def _engine(vault: Unlocked) -> Engine:
    if not isinstance(vault.store, SqlStore):
        raise ValueError("only an SQL store is backed up")
    return vault.store.engine


class _Pieces:
    """The sealed files as lines; one that is withdrawn while the backup is written is left out."""

    def __init__(self, folder: AttachmentFolder | None, names: Sequence[str]) -> None:
        self._folder = folder
        self._names = names
        self.files = 0

    def after(self, lines: Iterable[Line]) -> Iterator[Line]:
        """These lines, then those of the files."""
        yield from lines
        for name in self._names:
            yield from self._of(name)

    def _of(self, name: str) -> Iterator[Line]:
        if self._folder is None:
            return
        try:
            source = self._folder.open(name)
        except AttachmentError:
            if name in self._folder.names():
                raise
            return
        with source:
            while piece := source.read(_PIECE):
                yield {"file": name, "piece": b64encode(piece).decode()}
        self.files += 1


def restore(
    place: VaultPlace, data: Path, keys: Path, *, passphrase: Callable[[], str], member: str | None = None,
    kits: Sequence[str] = (), later: VaultPlace | None = None, clock: Clock = utc_now,
) -> Restored:  # fmt: skip
    """Restore both archives into a place where there is no vault: a folder, or an empty database.

    What the keys' archive knows to be destroyed is left out before anything is written, also where the data's archive
    is older; a vault that is newer than both can be named too. The whole trail is verified. It then says who restored
    and what was missing; this machine forgets the later head it had seen.

    Parameters
    ----------
    place : VaultPlace
        Where to.
    data, keys : Path
        The archives; that of the keys must be as new as that of the data, or newer.
    passphrase : callable
        Of the member who restores, as it was then. Not asked for where kits are given.
    member : str, optional
        Who; whoever last worked at this machine if not given.
    kits : sequence of str, optional
        Officers' kits instead: for an organisation that has no member left. ``recovery.use`` then goes on.
    later : VaultPlace, optional
        The vault that the backup takes the place of, as far as it opens still: what was withdrawn there since the
        backup stays destroyed.
    clock : callable
        The time.

    Raises
    ------
    DamagedVault
        If an archive is damaged, the two do not belong together, or the trail was changed.
    VaultError
        If there is a vault already, or the later one does not open.
    UsageError
        If an archive cannot be read, or nobody said where the files go. Whatever is raised, nothing is there then.
    """
    forbid_core_dumps()
    with _source(keys) as keys_file, _source(data) as data_file:
        book = load_book(read_book(keys_file))
        read_book(data_file)
        seen = place.seen(book.organisation)
        before = seen.load()
        opener = open_by_kits(book, kits) if kits else open_by_passphrase(book, member or before.member, passphrase)
        known = later_vault(later, book.organisation, opener) if later is not None else Later()
        with Making(place, opener.vault_keys.database) as making, filling(making.engine, known) as rows:
            database = opener.vault_keys.database
            open_archive(keys_file, database, KEYS, rows.take_key)
            files = IncomingFiles(making.files_for(rows.files), rows)
            open_archive(data_file, database, DATA, files.take)
            files.finish()
            rows.finish()
            entered = enter(rows, book.organisation, opener, clock, before.head)
            making.put_book(rows, book)
    head = Head(number=entered.row.number, hash=entered.row.hash)
    seen.forget()
    seen.remember(Seen(head=head, member=before.member if kits else opener.actor))
    return Restored(
        organisation=book.organisation, member=opener.actor, entries=head.number, records=rows.records,
        files=files.count, destroyed_again=rows.destroyed, rows_missing=entered.missing,
        files_missing=len(rows.files) - files.count, forgot=entered.forgot,
    )  # fmt: skip


def _source(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError:
        raise UsageError("the archive cannot be read.", hint="Check its name.", where=str(path)) from None
