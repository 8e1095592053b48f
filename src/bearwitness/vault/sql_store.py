"""The one implementation of the store, on SQLAlchemy Core: an SQLCipher file or a PostgreSQL database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import fields
from typing import Any, Final, TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from bearwitness.vault.rows import (
    Card,
    CaseRow,
    Change,
    Compartment,
    Entry,
    Grant,
    Head,
    Progress,
    RecordRow,
    SealedKeys,
    SealedPart,
    Shred,
    TrailRow,
    taken,
)
from bearwitness.vault.store_errors import translate
from bearwitness.vault.tables import CARD, CASE_FILE, GRANT, PROGRESS, RECORD, SHRED, TRAIL, UNIT_KEY, WRITTEN

Row = TypeVar("Row")
# Any number: all who write to one database wait for the same lock, so that the trail has one order.
_WRITERS: Final = 7_283_101
_CHUNK: Final = 500


class SqlStore:
    """Sealed rows in a database.

    Parameters
    ----------
    engine : sqlalchemy.engine.Engine
        Connected to a database whose tables are there (``opening.py``).
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        try:
            with self.engine.connect() as connection:
                yield connection
        except sa.exc.SQLAlchemyError as error:
            raise translate(error) from None

    def _read(self, query: sa.Select[Any], make: Callable[..., Row]) -> list[Row]:
        with self._reading() as connection:
            found = connection.execute(query)
            names = list(found.keys())
            return [make(**dict(zip(names, row, strict=True))) for row in found.all()]

    def write(self, change: Change, *, entry: Entry) -> TrailRow:
        """Write a change and its entry in one transaction (see :class:`bearwitness.vault.rows.Store`)."""
        try:
            with self.engine.connect().execution_options(writing=True) as connection, connection.begin():
                if connection.dialect.name == "postgresql":
                    connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_WRITERS)))
                head = _head(connection)
                removed = _remove(connection, change)
                row = entry(head, removed)
                _add(connection, TRAIL, (row,))
                _add_change(connection, change, row.number)
                return row
        except sa.exc.IntegrityError:
            raise taken("this") from None
        except sa.exc.SQLAlchemyError as error:
            raise translate(error) from None

    def head(self) -> Head:
        """The last entry of the trail."""
        with self._reading() as connection:
            return _head(connection)

    def trail(self, first: int = 1) -> Iterator[TrailRow]:
        """The entries from a number on, in order, read in pages."""
        while True:
            query = sa.select(TRAIL).where(TRAIL.c.number >= first).order_by(TRAIL.c.number).limit(_CHUNK)
            page = self._read(query, TrailRow)
            yield from page
            if len(page) < _CHUNK:
                return
            first = page[-1].number + 1

    def cards(self) -> Sequence[Card]:
        """All cards in the order they were written."""
        return self._read(sa.select(*_columns(CARD, Card)).order_by(CARD.c.entry, CARD.c.id), Card)

    def grants(self, mailbox: str) -> Sequence[Grant]:
        """The grants of one mailbox."""
        query = sa.select(*_columns(GRANT, Grant)).where(GRANT.c.mailbox == mailbox).order_by(GRANT.c.entry, GRANT.c.id)
        return self._read(query, Grant)

    def cases(self, ids: Iterable[str] | None = None) -> Sequence[CaseRow]:
        """The newest version of cases."""
        newest = sa.select(CASE_FILE.c.id, sa.func.max(CASE_FILE.c.version).label("version")).group_by(CASE_FILE.c.id)
        if ids is not None:
            newest = newest.where(CASE_FILE.c.id.in_(list(ids)))
        found = newest.subquery()
        joined = (CASE_FILE.c.id == found.c.id) & (CASE_FILE.c.version == found.c.version)
        query = sa.select(*_columns(CASE_FILE, CaseRow)).join(found, joined).order_by(CASE_FILE.c.id)
        return self._read(query, CaseRow)

    def case_history(self, ids: Iterable[str]) -> Sequence[CaseRow]:
        """All versions of cases, by case and version."""
        query = sa.select(*_columns(CASE_FILE, CaseRow)).where(CASE_FILE.c.id.in_(list(ids)))
        return self._read(query.order_by(CASE_FILE.c.id, CASE_FILE.c.version), CaseRow)

    def unit_keys(
        self, case: str, compartments: Sequence[Compartment] | None = None, units: Sequence[str] | None = None
    ) -> SealedKeys:
        """The sealed unit keys of a case."""
        columns = UNIT_KEY.c.unit, UNIT_KEY.c.compartment, UNIT_KEY.c.epoch, UNIT_KEY.c.sealed
        query = sa.select(*columns).where(UNIT_KEY.c.case == case)
        if compartments is not None:
            query = query.where(UNIT_KEY.c.compartment.in_(compartments))
        if units is not None:
            query = query.where(UNIT_KEY.c.unit.in_(units))
        with self._reading() as connection:
            rows = connection.execute(query).all()
        return {(unit, what, epoch): sealed for unit, what, epoch, sealed in rows}

    def parts(self, case: str, compartment: Compartment, kinds: Sequence[str]) -> Sequence[SealedPart]:
        """Row, version, kind and sealed part of every record of some kinds that has a part there."""
        part = RECORD.c[compartment]
        query = sa.select(RECORD.c.id, RECORD.c.version, RECORD.c.kind, part)
        query = query.where(RECORD.c.case == case, part.is_not(None), RECORD.c.kind.in_(kinds))
        query = query.order_by(RECORD.c.id, RECORD.c.version)
        with self._reading() as connection:
            return connection.execute(query).all()

    def records(
        self, case: str, kinds: Sequence[str] | None = None, ids: Sequence[str] | None = None
    ) -> Sequence[RecordRow]:
        """All versions of every record of a case; of one record, oldest first."""
        query = sa.select(*_columns(RECORD, RecordRow)).where(RECORD.c.case == case)
        if kinds is not None:
            query = query.where(RECORD.c.kind.in_(kinds))
        if ids is not None:
            query = query.where(RECORD.c.id.in_(ids))
        return self._read(query.order_by(RECORD.c.id, RECORD.c.version), RecordRow)

    def versions(self, case: str) -> Sequence[tuple[str, str, int]]:
        """Row, kind and newest version of every record of a case, by row."""
        newest = sa.func.max(RECORD.c.version)
        query = sa.select(RECORD.c.id, RECORD.c.kind, newest).where(RECORD.c.case == case)
        with self._reading() as connection:
            found = connection.execute(query.group_by(RECORD.c.id, RECORD.c.kind).order_by(RECORD.c.id))
            return [(str(row[0]), str(row[1]), int(row[2])) for row in found]

    def shreds(self) -> Sequence[Shred]:
        """Everything that was destroyed."""
        return self._read(sa.select(SHRED.c.case, SHRED.c.unit).order_by(SHRED.c.entry, SHRED.c.unit), Shred)

    def progress(self, run: str) -> Progress | None:
        """How far an import came."""
        found = self._read(sa.select(PROGRESS).where(PROGRESS.c.id == run), Progress)
        return found[0] if found else None

    def written_by(self, number: int) -> int:
        """How many rows that an entry of the trail wrote are there."""
        counts = (sa.select(sa.func.count()).select_from(t).where(t.c.entry == number) for t in WRITTEN.values())
        with self._reading() as connection:
            return sum(connection.execute(query).scalar_one() for query in counts)

    def written(self) -> tuple[Head, Mapping[int, int]]:
        """How many rows of each entry of the trail are there, and up to which entry: both of one moment."""
        with self._reading() as connection:
            if connection.dialect.name == "postgresql":
                connection = connection.execution_options(isolation_level="REPEATABLE READ")
            return _head(connection), count_written(connection)

    def damage(self) -> Sequence[str]:
        """What SQLCipher finds wrong with its pages; PostgreSQL checks pages as it reads them."""
        if self.engine.dialect.name == "postgresql":
            return ()
        with self._reading() as connection:
            found = connection.exec_driver_sql("PRAGMA cipher_integrity_check").cursor
            pages = [str(row[0]) for row in found.fetchall()] if found is not None and found.description else []
            if pages:
                return pages
            rows = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA quick_check")]
        return () if rows == ["ok"] else rows

    def close(self) -> None:
        """Let go of the database; SQLite writes its log into the file then."""
        self.engine.dispose()


def count_written(connection: Connection) -> Counter[int]:
    """How many rows of each entry of the trail are there; entries that wrote none are left out."""
    found: Counter[int] = Counter()
    for table in WRITTEN.values():
        counts = sa.select(table.c.entry, sa.func.count()).group_by(table.c.entry)
        found.update(dict(connection.execute(counts).all()))
    return found


def _columns(table: sa.Table, row: type[Any]) -> list[sa.Column[Any]]:
    return [table.c[f.name] for f in fields(row)]


def _head(connection: Connection) -> Head:
    row = connection.execute(
        sa.select(TRAIL.c.number, TRAIL.c.hash).order_by(TRAIL.c.number.desc()).limit(1)
    ).one_or_none()
    return Head(number=row.number, hash=row.hash) if row is not None else Head()


def _add(connection: Connection, table: sa.Table, rows: Sequence[Any], **more: Any) -> None:
    if rows:
        names = [f.name for f in fields(rows[0])]
        connection.execute(sa.insert(table), [{**{n: getattr(row, n) for n in names}, **more} for row in rows])


def _add_change(connection: Connection, change: Change, number: int) -> None:
    _add(connection, CARD, change.cards, entry=number)
    _add(connection, GRANT, change.grants, entry=number)
    _add(connection, CASE_FILE, change.cases, entry=number)
    _add(connection, UNIT_KEY, change.unit_keys, entry=number)
    _add(connection, RECORD, change.records, entry=number)
    known = set(connection.execute(sa.select(SHRED.c.case, SHRED.c.unit))) if change.shred else set()
    _add(connection, SHRED, [s for s in change.shred if (s.case, s.unit) not in known], entry=number)
    if change.progress is not None:
        connection.execute(sa.delete(PROGRESS).where(PROGRESS.c.id == change.progress.id))
        _add(connection, PROGRESS, (change.progress,))


def _remove(connection: Connection, change: Change) -> dict[int, int]:
    """Take away what the change destroys; how many rows of each earlier entry that were."""
    gone: Counter[int] = Counter()
    where: list[tuple[sa.Table, sa.ColumnElement[bool]]] = [
        (UNIT_KEY, (UNIT_KEY.c.case == s.case) & (UNIT_KEY.c.unit == s.unit)) for s in change.shred
    ]
    where += [(RECORD, (RECORD.c.case == case) & (RECORD.c.id == name)) for case, name in change.remove_records]
    where += [(GRANT, GRANT.c.id == name) for name in change.remove_grants]
    for table, condition in where:
        counts = sa.select(table.c.entry, sa.func.count()).where(condition).group_by(table.c.entry)
        gone.update(dict(connection.execute(counts).all()))
        connection.execute(sa.delete(table).where(condition))
    return dict(gone)
