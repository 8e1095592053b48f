"""All rows of a store as lines and back: one format for SQLCipher and PostgreSQL, so that a vault can move.

The lines of the keys also list which records and files there were, by opaque ids: what an older archive of the data
holds besides was destroyed since, and stays so.
"""

from __future__ import annotations

import binascii
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final, TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from bearwitness.errors import DamagedVault, VaultError
from bearwitness.vault.backup_files import Line
from bearwitness.vault.parts import read_carriers
from bearwitness.vault.rows import COMPARTMENTS, Card, Head, TrailRow
from bearwitness.vault.sealing import Unsealable
from bearwitness.vault.store_errors import translate
from bearwitness.vault.tables import CARD, CASE_FILE, GRANT, PROGRESS, RECORD, SHRED, SLOTS, TRAIL, UNIT_KEY

T = TypeVar("T")
# What is needed to open anything. What was destroyed comes first: nothing of it is even written.
_KEY_TABLES: Final = (TRAIL, SHRED, CARD, GRANT, CASE_FILE, UNIT_KEY, PROGRESS)
_BY_NAME: Final = {t.name: t for t in (*_KEY_TABLES, RECORD)}
_AT_ONCE: Final = 1000
_FOREIGN: Final = "the backup holds what no vault has.", "Use another backup."
Version = tuple[str, str, int]
Unit = tuple[str, str]


def dump_keys(connection: Connection, head: Head, files: Sequence[str]) -> Iterator[Line]:
    """The lines of the keys' archive: every row but records, and which records and files there are."""
    yield {"head": head.number}
    yield from _dump(connection, _KEY_TABLES)
    for version in sorted(present_records(connection)):
        yield {"record": version}
    yield {"files": list(files)}


def dump_data(connection: Connection, head: Head) -> Iterator[Line]:
    """The lines of the data's archive, but for its files."""
    yield {"head": head.number}
    yield from _dump(connection, (RECORD,))


def present_records(connection: Connection) -> frozenset[Version]:
    """Case, id and version of every record."""
    query = sa.select(RECORD.c.case, RECORD.c.id, RECORD.c.version)
    return frozenset((case, name, version) for case, name, version in connection.execute(query))


def has_attachments(connection: Connection) -> bool:
    """Whether any record speaks of a file."""
    return connection.execute(sa.select(RECORD.c.id).where(RECORD.c.kind == "attachment").limit(1)).first() is not None


def _dump(connection: Connection, tables: Iterable[sa.Table]) -> Iterator[Line]:
    """Every row of some tables, in one order whatever the database."""
    for table in tables:
        query = sa.select(table).order_by(*table.primary_key.columns)
        for row in connection.execution_options(yield_per=_AT_ONCE).execute(query):
            yield {"table": table.name, "row": [_written(v) for v in row]}


def _written(value: Any) -> Any:
    return {"b": b64encode(value).decode()} if isinstance(value, bytes | memoryview) else value


def snapshot(engine: Engine, use: Callable[[Connection, Head], T]) -> T:
    """Run ``use`` on a connection that sees the store as it is at one moment, whatever others write meanwhile."""
    try:
        with engine.connect() as connection:
            if connection.dialect.name == "postgresql":
                connection = connection.execution_options(isolation_level="REPEATABLE READ")
            with connection.begin():
                # The first statement fixes the moment.
                return use(connection, _head(connection))
    except sa.exc.SQLAlchemyError as error:
        raise translate(error) from None


def _head(connection: Connection) -> Head:
    last = sa.select(TRAIL.c.number, TRAIL.c.hash).order_by(TRAIL.c.number.desc()).limit(1)
    row = connection.execute(last).one_or_none()
    return Head(number=row.number, hash=row.hash) if row is not None else Head()


@dataclass(frozen=True, slots=True, kw_only=True)
class Later:
    """What a later vault knows: what was destroyed there, and which records it has (None where that is not sure)."""

    shreds: frozenset[Unit] = frozenset()
    records: frozenset[Version] | None = None


@contextmanager
def filling(engine: Engine, later: Later) -> Iterator[Filling]:
    """An empty store to be filled in one transaction: all that was done is undone where an error is raised.

    Raises
    ------
    VaultError
        If the store is not empty.
    """
    try:
        with engine.connect().execution_options(writing=True) as connection, connection.begin():
            if connection.execute(sa.select(sa.func.count()).select_from(TRAIL)).scalar_one():
                raise VaultError("there is a vault already.", hint="Restore into a place where there is none.")
            yield Filling(connection, later)
    except sa.exc.SQLAlchemyError as error:
        raise translate(error) from None


class Filling:
    """Takes the lines of the keys' archive, then those of the data's. What was destroyed since is never written.

    Parameters
    ----------
    connection : Connection
        In a transaction.
    later : Later
        What a vault that is newer than the backup knows besides.
    """

    def __init__(self, connection: Connection, later: Later) -> None:
        self.connection = connection
        self.head = 0
        self.files: frozenset[str] = frozenset()
        self.records = 0
        # Records that are not brought back; and rows that stay away by order of the later vault alone.
        self.destroyed = 0
        self.dropped = 0
        self._later = later
        self._known: set[Unit] = set()
        self._present: set[Version] = set()
        self._name = ""
        self._batch: list[Mapping[str, Any]] = []

    def take_key(self, line: Line) -> None:
        """A line of the keys' archive."""
        if "head" in line:
            self.head = int(line["head"])
        elif "files" in line:
            self.files = frozenset(str(name) for name in line["files"])
        elif "record" in line:
            case, name, version = line["record"]
            self._present.add((case, name, version))
        else:
            self._take_row(line, allowed=_KEY_TABLES)

    def take_data(self, line: Line) -> None:
        """A line of the data's archive, but for its files."""
        if "head" in line:
            if int(line["head"]) > self.head:
                raise DamagedVault(
                    "the archive of the keys is older than that of the data; nothing was restored.",
                    hint="Give the keys' archive of the same day, or a later one.",
                )
        else:
            self._take_row(line, allowed=(RECORD,))

    def finish(self) -> None:
        """Write what is still held back."""
        self._flush()
        missing = sorted(self._later.shreds - self._known)
        if missing:
            rows = [{"case": case, "unit": unit, "entry": self.head + 1} for case, unit in missing]
            self.connection.execute(sa.insert(SHRED), rows)

    def cards(self) -> list[Card]:
        """All cards that came in, in the order in which they were written."""
        query = sa.select(CARD.c.id, CARD.c.kind, CARD.c.sealed).order_by(CARD.c.entry, CARD.c.id)
        return [Card(id=row.id, kind=row.kind, sealed=bytes(row.sealed)) for row in self.connection.execute(query)]

    def trail(self) -> Iterator[TrailRow]:
        """The trail that came in."""
        for row in self.connection.execute(sa.select(TRAIL).order_by(TRAIL.c.number)):
            yield TrailRow(**row._mapping)

    def add_entry(self, row: TrailRow) -> None:
        """Add the entry of the restoring."""
        self.connection.execute(sa.insert(TRAIL), [{c.name: getattr(row, c.name) for c in TRAIL.columns}])

    def put_book(self, book: bytes) -> None:
        """Put the book of slots into its row, in the same transaction."""
        self.connection.execute(sa.delete(SLOTS))
        self.connection.execute(sa.insert(SLOTS), [{"id": 1, "version": 1, "book": book}])

    def _take_row(self, line: Line, *, allowed: Sequence[sa.Table]) -> None:
        table = _BY_NAME.get(line.get("table", ""))
        values = line.get("row", ())
        if table is None or table not in allowed or len(values) != len(table.columns):
            raise DamagedVault(_FOREIGN[0], hint=_FOREIGN[1])
        row = {c.name: _read(v) for c, v in zip(table.columns, values, strict=True)}
        if table is SHRED:
            self._known.add((row["case"], row["unit"]))
        elif table is UNIT_KEY and (row["case"], row["unit"]) in self._later.shreds:
            self.dropped += 1
            return
        elif table is RECORD:
            was_removed = (row["case"], row["id"], row["version"]) not in self._present
            if was_removed or self._is_gone(row):
                self.destroyed += 1
                self.dropped += not was_removed
                return
            self.records += 1
        if table.name != self._name or len(self._batch) >= _AT_ONCE:
            self._flush()
            self._name = table.name
        self._batch.append(row)

    def _is_gone(self, row: Mapping[str, Any]) -> bool:
        """Whether the later vault has taken a record away, or destroyed all that carry this version of it."""
        if self._later.records is not None:
            return (row["case"], row["id"], row["version"]) not in self._later.records
        carriers: set[str] = set()
        for compartment in COMPARTMENTS:
            if row[compartment] is not None:
                try:
                    carriers.update(unit for unit, _ in read_carriers(row[compartment]))
                except Unsealable:
                    # Damaged before it was backed up: who carries it is not known, and the check names it.
                    return False
        return bool(carriers) and all((row["case"], unit) in self._later.shreds for unit in carriers)

    def _flush(self) -> None:
        if self._batch:
            self.connection.execute(sa.insert(_BY_NAME[self._name]), list(self._batch))
            self._batch.clear()


def _read(value: Any) -> Any:
    try:
        return b64decode(value["b"], validate=True) if isinstance(value, dict) else value
    except (KeyError, TypeError, binascii.Error):
        raise DamagedVault(_FOREIGN[0], hint=_FOREIGN[1]) from None
