"""Spark on this machine: quiet, no web page, bound to this machine only; what it writes for itself is encrypted.

It pays off where records do not fit one machine's memory; below that DuckDB is faster.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from bearwitness.engines.quiet import quietly, silent_start
from bearwitness.engines.splink_engine import SplinkEngine
from bearwitness.errors import LinkageError
from bearwitness.linkage.conditions import Dialect

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import SparkSession

_AT_ONCE: Final = 100_000
_THIS_MACHINE: Final = "127.0.0.1"


@contextmanager
def spark_engine(*, threads: int = 2, memory_gb: float = 2.0) -> Iterator[SplinkEngine]:
    """Splink on Spark, stopped and its files removed afterwards.

    Parameters
    ----------
    threads : int
        Cores used.
    memory_gb : float
        GiB of Spark's heap. What does not fit is put on the disk, encrypted with a key that is never written.

    Raises
    ------
    LinkageError
        pyspark or Java is missing, or Spark does not start.
    """
    with spark_session(threads=threads, memory_gb=memory_gb) as session:
        yield SplinkEngine(_Spark(session, threads))


@contextmanager
def spark_session(*, threads: int, memory_gb: float) -> Iterator[SparkSession]:
    """Spark for anything else; parameters and errors as of `spark_engine`."""
    _require_installed()
    place = Path(tempfile.mkdtemp(prefix="bearwitness-"))
    try:
        with quietly():
            session = _start(place, threads, memory_gb)
        try:
            yield session
        finally:
            with quietly():
                session.stop()
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _require_installed() -> None:
    if find_spec("pyspark") is None:
        raise LinkageError("The engine Spark is not installed.", hint="Install it: pip install 'bearwitness[spark]'")
    home = os.environ.get("JAVA_HOME")
    if not (shutil.which(str(Path(home, "bin", "java"))) if home else shutil.which("java")):
        raise LinkageError(
            "Spark needs Java, which was not found.", hint="Install Java 17 or later, or use the engine DuckDB."
        )


def _start(place: Path, threads: int, memory_gb: float) -> SparkSession:
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master(f"local[{threads}]").appName("bearwitness")
    for name, value in {
        "spark.driver.memory": f"{round(memory_gb * 1024)}m",
        "spark.driver.host": _THIS_MACHINE, "spark.driver.bindAddress": _THIS_MACHINE,
        "spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false",
        "spark.local.dir": str(place), "spark.sql.warehouse.dir": str(place / "warehouse"),
        "spark.sql.catalogImplementation": "in-memory", "spark.io.encryption.enabled": "true",
        "spark.sql.shuffle.partitions": str(2 * threads), "spark.default.parallelism": str(2 * threads),
        "spark.sql.autoBroadcastJoinThreshold": "-1", "spark.driver.maxResultSize": "0",
    }.items():  # fmt: skip
        builder = builder.config(name, value)
    with silent_start():
        session = builder.getOrCreate()
        session.sparkContext.setLogLevel("OFF")
    return session


class _Spark:
    """A session as a backend."""

    def __init__(self, session: SparkSession, threads: int) -> None:
        self._session, self._threads = session, threads

    @property
    def dialect(self) -> Dialect:
        return "spark"

    def api(self) -> Any:
        from splink import SparkAPI

        return SparkAPI(  # type: ignore[no-untyped-call]
            spark_session=self._session, break_lineage_method="persist", register_udfs_automatically=False,
            num_partitions_on_repartition=2 * self._threads,
        )  # fmt: skip

    def load(self, name: str, schema: pa.Schema, rows: Iterable[pa.RecordBatch]) -> None:
        import pyarrow as pa

        # Its stubs do not know tables of Arrow yet, which it takes since version 4.
        frame = self._session.createDataFrame(pa.Table.from_batches(rows, schema))
        frame.createOrReplaceTempView(name)

    def read(self, table: str, columns: Sequence[str]) -> Iterator[Mapping[str, Sequence[Any]]]:
        found = self._session.table(table).select(*columns).toArrow()
        for batch in found.to_batches(max_chunksize=_AT_ONCE):
            yield batch.to_pydict()

    def clear(self) -> None:
        self._session.catalog.clearCache()
        for table in self._session.catalog.listTables():
            if table.isTemporary:
                self._session.catalog.dropTempView(table.name)
