"""Back up a vault and restore it: two archives, data and keys, kept apart; what was withdrawn stays destroyed.

The keys' archive begins with the book of slots, as it lies beside the vault: a member's passphrase, or enough
officers' kits, open the vault's keys in it. All the rest of both archives is sealed under a key derived from those.
The data's archive alone opens for nobody; the keys' archive alone holds no record. Inside, every record is sealed as
in the vault itself.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import shutil
import tempfile
from base64 import b64decode, b64encode
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final, cast

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from bearwitness.documents.files import write_through
from bearwitness.errors import DamagedAttachment, DamagedVault, UsageError, VaultError
from bearwitness.services.unlocked import Clock, Unlocked
from bearwitness.services.unlocking import VaultPlace, utc_now
from bearwitness.vault.attachment_files import AttachmentFolder
from bearwitness.vault.attachment_stream import open_stream, seal_stream
from bearwitness.vault.backup_rows import DATA_TABLES, KEY_TABLES, Line, LineReader, dump_rows, restore_rows, snapshot
from bearwitness.vault.heads import Seen
from bearwitness.vault.opening import open_file, open_url
from bearwitness.vault.parts import read_carriers
from bearwitness.vault.rows import COMPARTMENTS, Entry, Head, TrailRow
from bearwitness.vault.sealing import SecretKey, Unsealable
from bearwitness.vault.slot_places import SlotFile, SlotPlace, SlotRow
from bearwitness.vault.slots import Opened, dump_book, load_book, open_slot
from bearwitness.vault.sql_store import SqlStore
from bearwitness.vault.tables import RECORD, SHRED, TRAIL, UNIT_KEY, WRITTEN
from bearwitness.vault.trail import Act, Seals, entry_maker, read_entry

_HEAD: Final = b"bearwitness backup 1\n"
_PIECE: Final = 1 << 20
_DAMAGED: Final = "the backup is damaged or cut short; nothing was restored.", "Use another copy of it."


@dataclass(frozen=True, slots=True, kw_only=True)
class BackedUp:
    """The two archives, and the head of the trail they hold; write it down with them."""

    data: str
    keys: str
    head: str
    files: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What a restoring brought back, and what of the trail's rows it could not."""

    organisation: str
    member: str
    entries: int
    records: int
    files: int
    destroyed_again: int
    rows_missing: int


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
    OutputError
        If they cannot be written.
    DamagedVault
        If what was written does not read back.
    """
    row = vault.record(Act(action="vault.backup"))
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    engine = _engine(vault)
    name = f"bearwitness-{vault.organisation}-{row.number}"
    paths = folder / f"{name}.data", folder / f"{name}.keys"
    files = AttachmentFolder(vault.files) if vault.files is not None else None
    names = files.names() if files is not None else ()

    def write(connection: Connection) -> None:
        keys = dump_rows(connection, KEY_TABLES)
        data = _chain(dump_rows(connection, DATA_TABLES), _file_lines(files, names))
        book = dump_book(vault.place.load())
        write_through(paths[1], lambda file: _seal(vault.vault_keys.database, "keys", keys, file, head=book))
        write_through(paths[0], lambda file: _seal(vault.vault_keys.database, "data", data, file))

    snapshot(engine, write)
    for path, what in zip(paths, ("data", "keys"), strict=True):
        with tempfile.TemporaryFile() as plain, path.open("rb") as file:
            _read_head(file)
            _open(file, plain, vault.vault_keys.database, what)
    return BackedUp(data=str(paths[0]), keys=str(paths[1]), head=f"{row.number}:{row.hash}", files=len(names))


def _engine(vault: Unlocked) -> Engine:
    if not isinstance(vault.store, SqlStore):
        raise ValueError("only an SQL store is backed up")
    return vault.store.engine


def _chain(*parts: Iterable[Line]) -> Iterator[Line]:
    for part in parts:
        yield from part


def _file_lines(files: AttachmentFolder | None, names: Iterable[str]) -> Iterator[Line]:
    for name in names:
        if files is not None:
            with files.open(name) as source:
                while piece := source.read(_PIECE):
                    yield {"file": name, "piece": b64encode(piece).decode()}


def _seal(database: SecretKey, what: str, lines: Iterable[Line], target: BinaryIO, *, head: bytes = b"") -> None:
    target.write(_HEAD + len(head).to_bytes(8, "big") + head)
    source = cast(BinaryIO, io.BufferedReader(LineReader(lines), _PIECE))
    seal_stream(source, target, key=_key(database, what).raw, file_id=what.encode())


def _key(database: SecretKey, what: str) -> SecretKey:
    return database.derive(f"backup {what}")


def _read_head(file: BinaryIO) -> bytes:
    if file.read(len(_HEAD)) != _HEAD:
        raise DamagedVault("this is no backup of a vault.", hint="Give the archives in their order: data, then keys.")
    size = int.from_bytes(file.read(8), "big")
    if size > 50_000_000:
        raise DamagedVault(_DAMAGED[0], hint=_DAMAGED[1])
    return file.read(size)


def _open(file: BinaryIO, target: BinaryIO, database: SecretKey, what: str) -> None:
    try:
        open_stream(file, target, key=_key(database, what).raw, file_id=what.encode())
    except DamagedAttachment:
        raise DamagedVault(_DAMAGED[0], hint=_DAMAGED[1]) from None


def restore(
    place: VaultPlace, data: Path, keys: Path, *, passphrase: Callable[[], str], member: str | None = None,
    clock: Clock = utc_now,
) -> Restored:  # fmt: skip
    """Restore both archives into a place where there is no vault: a folder, or an empty database.

    What the keys' archive knows to be destroyed is destroyed again before anybody can read it, also where the data's
    archive is older. The trail says that it was restored and what was missing; this machine forgets the later head it
    had seen.

    Parameters
    ----------
    place : VaultPlace
        Where to.
    data, keys : Path
        The archives; that of the keys must be as new as that of the data, or newer.
    passphrase : callable
        Of the member who restores, as it was then.
    member : str, optional
        Who; whoever last worked at this machine if not given.
    clock : callable
        The time.

    Raises
    ------
    DamagedVault
        If an archive is damaged or the two do not belong together. Nothing is there then.
    """
    with tempfile.TemporaryFile() as plain_keys, tempfile.TemporaryFile() as plain_data:
        with _source(keys) as file:
            book = load_book(_read_head(file))
            who = member or place.seen(book.organisation).load().member
            opened = open_slot(book, who, passphrase())
            _open(file, plain_keys, opened.vault_keys.database, "keys")
        with _source(data) as file:
            _read_head(file)
            _open(file, plain_data, opened.vault_keys.database, "data")
        plain_keys.seek(0)
        plain_data.seek(0)
        engine, slots, finish = _new_place(place, opened)
        try:
            files = _Files(place.files_folder() if place.in_database else slots_folder(slots) / "files")
            lines = _chain(_lines(plain_keys), files.take(_lines(plain_data)))
            settled = _Settled(book.organisation, opened.vault_keys.organisation)
            entry = _entry(opened, book.organisation, who, clock, settled)
            row = restore_rows(engine, lines, settle=settled.settle, entry=entry)
            slots.save(book)
            engine.dispose()
            finish()
        except BaseException:
            engine.dispose()
            if not place.in_database:
                shutil.rmtree(slots_folder(slots), ignore_errors=True)
            raise
    seen = place.seen(book.organisation)
    seen.forget()
    seen.remember(Seen(head=Head(number=row.number, hash=row.hash), member=who))
    return Restored(
        organisation=book.organisation, member=who, entries=row.number, records=settled.records, files=files.count,
        destroyed_again=settled.destroyed, rows_missing=sum(settled.missing.values()),
    )  # fmt: skip


def _source(path: Path) -> BinaryIO:
    try:
        return cast(BinaryIO, path.open("rb"))
    except OSError:
        raise UsageError("the archive cannot be read.", hint="Check its name.", where=str(path)) from None


def slots_folder(slots: SlotPlace) -> Path:
    """The folder of an embedded vault that is being made."""
    if not isinstance(slots, SlotFile):
        raise ValueError("a database has no folder")
    return slots.folder


def _new_place(place: VaultPlace, opened: Opened) -> tuple[Engine, SlotPlace, Callable[[], object]]:
    """An empty store, where its book goes, and what makes it appear at its place."""
    if place.in_database:
        engine = open_url(place.where)
        return engine, SlotRow(engine), lambda: None
    folder = place.folder
    if folder.exists() and any(folder.iterdir()):
        raise VaultError("there is something in this folder.", hint="Restore into a new one.", where=str(folder))
    beside = folder.with_name(f".{folder.name}.{os.getpid()}.restoring")
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True, mode=0o700)
    engine = open_file(beside, opened.vault_keys.database, make=True)

    def finish() -> None:
        if folder.exists():
            folder.rmdir()
        beside.rename(folder)

    return engine, SlotFile(beside), finish


def _lines(file: BinaryIO) -> Iterator[Line]:
    try:
        for line in file:
            yield json.loads(line)
    except ValueError:
        raise DamagedVault(_DAMAGED[0], hint=_DAMAGED[1]) from None


class _Files:
    """Puts the sealed files of a backup back under their names, and lets the rows pass."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = AttachmentFolder(folder) if folder is not None else None
        self.count = 0

    def take(self, lines: Iterable[Line]) -> Iterator[Line]:
        """The lines that are rows."""
        name = ""
        with tempfile.TemporaryFile() as pieces:
            for line in lines:
                if "file" not in line:
                    yield line
                    continue
                if line["file"] != name:
                    self._put(name, pieces)
                    name = line["file"]
                pieces.write(b64decode(line["piece"]))
            self._put(name, pieces)

    def _put(self, name: str, pieces: Any) -> None:
        if name and self._folder is not None:
            pieces.seek(0)
            self._folder.write_as(name, lambda target: shutil.copyfileobj(pieces, target))
            self.count += 1
        pieces.seek(0)
        pieces.truncate()


class _Settled:
    """Takes out of restored rows what was destroyed, and counts what is missing of what the trail speaks of."""

    def __init__(self, organisation: str, keys: tuple[SecretKey, ...]) -> None:
        self._organisation = organisation
        self._keys = keys
        self.destroyed = 0
        self.records = 0
        self.missing: dict[int, int] = {}

    def settle(self, connection: Connection) -> dict[int, int]:
        """How many rows of each entry are not there, once the shred list was replayed."""
        last = connection.execute(sa.select(sa.func.max(TRAIL.c.number))).scalar_one() or 0
        newest = connection.execute(sa.select(sa.func.max(RECORD.c.entry))).scalar_one() or 0
        if newest > last:
            raise DamagedVault(
                "the archive of the keys is older than that of the data; nothing was restored.",
                hint="Give the keys' archive of the same day, or a later one.",
            )
        self._replay(connection)
        wanted = self._wanted(connection)
        present: Counter[int] = Counter()
        for table in WRITTEN.values():
            counts = sa.select(table.c.entry, sa.func.count()).group_by(table.c.entry)
            present.update(dict(connection.execute(counts).all()))
        if any(count > wanted[number] for number, count in present.items()):
            raise DamagedVault("the backup holds rows that no entry of its trail wrote.", hint="Use another backup.")
        self.missing = {n: count - present[n] for n, count in sorted(wanted.items()) if count > present[n]}
        self.records = connection.execute(sa.select(sa.func.count()).select_from(RECORD)).scalar_one()
        return self.missing

    def _replay(self, connection: Connection) -> None:
        """Destroy again the keys of every unit on the list, and every record that only such units carry."""
        gone: dict[str, set[str]] = {}
        for case, unit in connection.execute(sa.select(SHRED.c.case, SHRED.c.unit)).all():
            gone.setdefault(case, set()).add(unit)
            connection.execute(sa.delete(UNIT_KEY).where(UNIT_KEY.c.case == case, UNIT_KEY.c.unit == unit))
        for case, units in gone.items():
            for row in self._carried(connection, case, units):
                connection.execute(sa.delete(RECORD).where(RECORD.c.case == case, RECORD.c.id == row))
                self.destroyed += 1

    @staticmethod
    def _carried(connection: Connection, case: str, units: set[str]) -> set[str]:
        parts = [RECORD.c[c] for c in COMPARTMENTS]
        carriers: dict[str, set[str]] = {}
        for row, *sealed in connection.execute(sa.select(RECORD.c.id, *parts).where(RECORD.c.case == case)).all():
            for part in sealed:
                if part is not None:
                    with contextlib.suppress(Unsealable):
                        carriers.setdefault(row, set()).update(unit for unit, _ in read_carriers(bytes(part)))
        return {row for row, found in carriers.items() if found <= units} | (carriers.keys() & units)

    def _wanted(self, connection: Connection) -> Counter[int]:
        wanted: Counter[int] = Counter()
        for row in connection.execute(sa.select(TRAIL).order_by(TRAIL.c.number)):
            entry = read_entry(
                TrailRow(**row._mapping), organisation=self._organisation, keys=self._keys, rosters={}
            )
            wanted[entry.number] += sum(entry.wrote.values())
            for earlier, count in entry.removed.items():
                wanted[earlier] -= count
        return wanted


def _entry(opened: Opened, organisation: str, member: str, clock: Clock, settled: _Settled) -> Entry:
    """The entry of the restoring; its counts are known only when all rows are in."""

    def make(head: Head, missing: dict[int, int]) -> TrailRow:
        things = {"rows_missing": sum(missing.values()), "destroyed_again": settled.destroyed}
        maker = entry_maker(
            Act(action="vault.restore", things=things), actor=member, keys=opened.keys,
            seals=Seals(organisation=organisation, keys=opened.vault_keys.organisation), wrote={}, now=clock,
        )  # fmt: skip
        return maker(head, missing)

    return make
