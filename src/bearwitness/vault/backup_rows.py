"""All rows of a store as lines of text and back: one format for SQLCipher and PostgreSQL, so that a vault can move."""

from __future__ import annotations

import io
import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from bearwitness.errors import DamagedVault, VaultError
from bearwitness.vault.rows import Head, TrailRow
from bearwitness.vault.store_errors import translate
from bearwitness.vault.tables import CARD, CASE_FILE, GRANT, PROGRESS, RECORD, SHRED, TRAIL, UNIT_KEY

# What is needed to open anything, and what is to be opened.
KEY_TABLES: Final = (TRAIL, CARD, GRANT, CASE_FILE, UNIT_KEY, SHRED, PROGRESS)
DATA_TABLES: Final = (RECORD,)
_BY_NAME: Final = {t.name: t for t in (*KEY_TABLES, *DATA_TABLES)}
_AT_ONCE: Final = 1000

Line = dict[str, Any]


def dump_rows(connection: Connection, tables: Iterable[sa.Table]) -> Iterator[Line]:
    """Every row of some tables, in one order whatever the database."""
    for table in tables:
        query = sa.select(table).order_by(*table.primary_key.columns)
        for row in connection.execution_options(yield_per=_AT_ONCE).execute(query):
            yield {"table": table.name, "row": [_written(v) for v in row]}


def _written(value: Any) -> Any:
    return {"b": b64encode(value).decode()} if isinstance(value, bytes | memoryview) else value


def snapshot(engine: Engine, use: Callable[[Connection], Any]) -> Any:
    """Run ``use`` on a connection that sees the store as it is at one moment, whatever others write meanwhile."""
    try:
        with engine.connect() as connection:
            if connection.dialect.name == "postgresql":
                connection = connection.execution_options(isolation_level="REPEATABLE READ")
            with connection.begin():
                return use(connection)
    except sa.exc.SQLAlchemyError as error:
        raise translate(error) from None


def restore_rows(
    engine: Engine, lines: Iterable[Line], *, settle: Callable[[Connection], dict[int, int]],
    entry: Callable[[Head, dict[int, int]], TrailRow],
) -> TrailRow:  # fmt: skip
    """Fill an empty store with rows, let ``settle`` take out what must not come back, and add the entry of it.

    Parameters
    ----------
    engine : Engine
        Of a store without any entry.
    lines : iterable
        From :func:`dump_rows`.
    settle : callable
        Told the connection when all rows are in; it says how many rows of which entries are not there.
    entry : callable
        Makes the entry of the restoring.

    Raises
    ------
    VaultError
        If the store is not empty.
    DamagedVault
        If a line is not a row.
    """
    try:
        with engine.connect().execution_options(writing=True) as connection, connection.begin():
            if connection.execute(sa.select(sa.func.count()).select_from(TRAIL)).scalar_one():
                raise VaultError("there is a vault already.", hint="Restore into a place where there is none.")
            _insert(connection, lines)
            missing = settle(connection)
            last = connection.execute(sa.select(TRAIL.c.number, TRAIL.c.hash).order_by(TRAIL.c.number.desc()).limit(1))
            head = last.one_or_none()
            row = entry(Head(number=head.number, hash=head.hash) if head else Head(), missing)
            values = {c.name: getattr(row, c.name) for c in TRAIL.columns}
            connection.execute(sa.insert(TRAIL), [values])
            return row
    except sa.exc.SQLAlchemyError as error:
        raise translate(error) from None


def _insert(connection: Connection, lines: Iterable[Line]) -> None:
    name, batch = "", list[Mapping[str, Any]]()
    for line in lines:
        if line["table"] != name or len(batch) >= _AT_ONCE:
            _flush(connection, name, batch)
            name = line["table"]
        table = _BY_NAME.get(name)
        if table is None or len(line["row"]) != len(table.columns):
            raise DamagedVault("the backup holds what no vault has.", hint="Use another backup.")
        batch.append({c.name: _read(v) for c, v in zip(table.columns, line["row"], strict=True)})
    _flush(connection, name, batch)


def _flush(connection: Connection, name: str, batch: list[Mapping[str, Any]]) -> None:
    if batch:
        connection.execute(sa.insert(_BY_NAME[name]), list(batch))
        batch.clear()


def _read(value: Any) -> Any:
    return b64decode(value["b"], validate=True) if isinstance(value, dict) else value


class LineReader(io.RawIOBase):
    """Lines as a stream of bytes that can be sealed, one JSON document a line.

    Parameters
    ----------
    lines : iterable
        Taken one by one as they are read.
    """

    def __init__(self, lines: Iterable[Line]) -> None:
        self._lines = iter(lines)
        self._left = b""

    def readable(self) -> bool:
        """It is only read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer as far as lines reach; 0 at the end."""
        while not self._left:
            line = next(self._lines, None)
            if line is None:
                return 0
            self._left = json.dumps(line, separators=(",", ":")).encode() + b"\n"
        count = min(len(buffer), len(self._left))
        buffer[:count], self._left = self._left[:count], self._left[count:]
        return count
