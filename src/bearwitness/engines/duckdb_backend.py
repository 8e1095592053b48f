"""DuckDB in memory: no file is written, nothing is read but what is handed over, no extension is fetched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from bearwitness.engines.quiet import quietly
from bearwitness.engines.splink_engine import SplinkEngine
from bearwitness.linkage.conditions import Dialect

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

_AT_ONCE = 100_000


@contextmanager
def duckdb_engine(*, threads: int = 2, memory_gb: float = 4.0) -> Iterator[SplinkEngine]:
    """Splink on DuckDB, closed and forgotten afterwards.

    Parameters
    ----------
    threads : int
        Cores used.
    memory_gb : float
        GiB that DuckDB may hold. What does not fit is an error: nothing is put on the disk.
    """
    with quietly():
        import duckdb

        connection = duckdb.connect(":memory:", config={"threads": threads, "memory_limit": f"{memory_gb}GiB"})
        for setting in (
            "temp_directory = ''", "autoinstall_known_extensions = false", "autoload_known_extensions = false",
            "enable_progress_bar = false", "preserve_insertion_order = false", "enable_external_access = false",
        ):  # fmt: skip
            connection.execute(f"SET {setting}")
    try:
        yield SplinkEngine(_DuckDB(connection))
    finally:
        connection.close()


class _DuckDB:
    """A connection as a backend."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        self._handed_over: list[str] = []

    @property
    def dialect(self) -> Dialect:
        return "duckdb"

    def api(self) -> Any:
        from splink import DuckDBAPI

        return DuckDBAPI(self._connection)

    def load(self, name: str, schema: pa.Schema, rows: Iterable[pa.RecordBatch]) -> None:
        import pyarrow as pa

        # Read where it lies: Splink makes its own table of it, and a second copy takes a tenth of the whole time.
        self._connection.register(name, pa.Table.from_batches(rows, schema))
        self._handed_over.append(name)

    def read(self, table: str, columns: Sequence[str]) -> Iterator[Mapping[str, Sequence[Any]]]:
        named = ", ".join(f'"{c}"' for c in columns)
        # Read to the end before the next query, which would end this one.
        reader = self._connection.sql(f'SELECT {named} FROM "{table}"').to_arrow_reader(_AT_ONCE)
        for batch in reader:
            yield batch.to_pydict()

    def clear(self) -> None:
        while self._handed_over:
            self._connection.unregister(self._handed_over.pop())
        found = self._connection.execute(
            "SELECT table_name, table_type FROM information_schema.tables WHERE table_schema = 'main'"
        ).fetchall()
        for name, kind in found:
            self._connection.execute(f'DROP {"VIEW" if kind == "VIEW" else "TABLE"} IF EXISTS "{name}"')
