"""Many strata on Spark, for more of them than one machine's processes get done; the same outcomes to the last digit."""

from __future__ import annotations

import json
import pickle
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING

from bearwitness.engines.quiet import silent_start
from bearwitness.engines.spark_backend import spark_session
from bearwitness.engines.strata_processes import Keyed, Progress, one_thread, run_strata
from bearwitness.errors import BearwitnessError, EstimationError

if TYPE_CHECKING:
    import pandas as pd  # type: ignore[import-untyped]

    from bearwitness.engines.estimate_cache import EstimateCache
    from bearwitness.estimation.outcome import StratumOutcome
    from bearwitness.estimation.strata import StratumTask

# Parts that the work is cut into, for each core: so that one with hard strata does not leave the others waiting.
_PARTS = 8


def estimate_strata_on_spark(
    tasks: Sequence[StratumTask], *, threads: int = 2, memory_gb: float = 2.0, cache: EstimateCache | None = None,
    progress: Progress | None = None,
) -> tuple[StratumOutcome, ...]:  # fmt: skip
    """As `bearwitness.engines.strata_processes.estimate_strata`, on Spark.

    Parameters
    ----------
    tasks, cache, progress
        As there.
    threads : int
        Cores used, each with a process of its own.
    memory_gb : float
        GiB of Spark's heap.

    Raises
    ------
    LinkageError
        pyspark or Java is missing, or Spark does not start.
    EstimationError
        pandas is missing, or Spark gave up.
    OutputError
        The cache cannot be written to.
    """
    if find_spec("pandas") is None:
        raise EstimationError("Spark needs pandas to estimate strata.", hint="pip install 'bearwitness[spark]' pandas")

    def work(left: Sequence[Keyed]) -> Iterator[tuple[str, StratumOutcome]]:
        return _on_spark(left, threads, memory_gb) if left else iter(())

    return run_strata(tasks, work, cache=cache, progress=progress)


def _on_spark(keyed: Sequence[Keyed], threads: int, memory_gb: float) -> Iterator[tuple[str, StratumOutcome]]:
    import pandas as pd

    from bearwitness.estimation.outcome_values import outcome_from

    frame = pd.DataFrame({"key": [key for key, _ in keyed], "task": [pickle.dumps(task) for _, task in keyed]})
    with one_thread(), spark_session(threads=threads, memory_gb=memory_gb) as session:
        try:
            with silent_start():
                parts = session.createDataFrame(frame, "key string, task binary").repartition(_PARTS * threads)
                rows = parts.mapInPandas(_estimate_frames, "key string, outcome string").toLocalIterator()
                first = next(rows, None)
            while first is not None:
                yield first["key"], outcome_from(json.loads(first["outcome"]))
                first = next(rows, None)
        except BearwitnessError:
            raise
        except Exception as error:
            # The words of the error may quote a table.
            raise EstimationError(
                f"Spark could not estimate the strata ({type(error).__name__}).",
                hint="Estimate with processes on this machine; what was kept in a folder is not done again.",
            ) from None


def _estimate_frames(frames: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
    """What a Spark process does with its part."""
    import pandas as pd

    from bearwitness.estimation.outcome_values import outcome_values
    from bearwitness.estimation.side_by_side import estimate_stratum

    for frame in frames:
        # These tasks were made by the process that started Spark, and came over its authenticated connection.
        found = [json.dumps(outcome_values(estimate_stratum(pickle.loads(task)))) for task in frame["task"]]
        yield pd.DataFrame({"key": frame["key"], "outcome": found})
