"""Many strata on one machine: a process for each core, and what is done is kept.

An outcome is a function of its task alone, so any number of processes, in any order, gives the same to the last
digit, and a run that was interrupted goes on where its cache ends.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context
from typing import TYPE_CHECKING, Final, TypeAlias

from bearwitness.errors import EstimationError

if TYPE_CHECKING:
    from bearwitness.engines.estimate_cache import EstimateCache
    from bearwitness.estimation.outcome import StratumOutcome
    from bearwitness.estimation.strata import StratumTask

Progress = Callable[[int, int], None]
Keyed: TypeAlias = "tuple[str, StratumTask]"
Work: TypeAlias = "Callable[[Sequence[Keyed]], Iterator[tuple[str, StratumOutcome]]]"

# One thread for each process: more would only get in each other's way.
_THREADS: Final = ("NUMBA_NUM_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
# How many tasks wait in the queue for each process; a million strata are not put there at once.
_AHEAD: Final = 8
# Small strata go to a process several at once, but never so many that progress or an interruption would wait long.
_AT_ONCE: Final = 4


def estimate_strata(
    tasks: Sequence[StratumTask], *, workers: int = 1, cache: EstimateCache | None = None,
    progress: Progress | None = None,
) -> tuple[StratumOutcome, ...]:  # fmt: skip
    """Estimate many strata.

    Parameters
    ----------
    tasks : sequence of StratumTask
        One for each; equal ones are estimated once.
    workers : int
        How many processes; with one the work is done in this one.
    cache : EstimateCache, optional
        Where outcomes are looked for, and kept as soon as they are known.
    progress : callable, optional
        Is told how many of the different tasks have an outcome, and how many there are.

    Returns
    -------
    tuple of StratumOutcome
        In the order of the tasks.

    Raises
    ------
    EstimationError
        A process ended before its work was done.
    OutputError
        The cache cannot be written to.
    ValueError
        There is not even one worker.
    """
    if workers < 1:
        raise ValueError("at least one process is needed")

    def work(left: Sequence[Keyed]) -> Iterator[tuple[str, StratumOutcome]]:
        return _in_processes(left, workers) if workers > 1 and len(left) > 1 else _here(left)

    return run_strata(tasks, work, cache=cache, progress=progress)


def run_strata(
    tasks: Sequence[StratumTask], work: Work, *, cache: EstimateCache | None, progress: Progress | None
) -> tuple[StratumOutcome, ...]:
    """As `estimate_strata`, by any means that estimates tasks with their keys, in whatever order."""
    from bearwitness.estimation.strata import task_key

    keys = [task_key(task) for task in tasks]
    distinct = dict(zip(keys, tasks, strict=True))
    found: dict[str, StratumOutcome] = {}
    for key, task in distinct.items():
        kept = cache.read(task) if cache is not None else None
        if kept is not None:
            found[key] = kept
    left = [(key, task) for key, task in distinct.items() if key not in found]
    if progress is not None and (found or not left):
        progress(len(found), len(distinct))
    for key, outcome in work(left):
        if cache is not None:
            cache.write(distinct[key], outcome)
        found[key] = outcome
        if progress is not None:
            progress(len(found), len(distinct))
    return tuple(found[key] for key in keys)


def estimate_keyed(batch: Sequence[Keyed]) -> list[tuple[str, StratumOutcome]]:
    """Estimate several tasks, each with its key; this is what a process does."""
    return list(_here(batch))


def _here(keyed: Sequence[Keyed]) -> Iterator[tuple[str, StratumOutcome]]:
    from bearwitness.estimation.side_by_side import estimate_stratum

    for key, task in keyed:
        yield key, estimate_stratum(task)


def _in_processes(keyed: Sequence[Keyed], workers: int) -> Iterator[tuple[str, StratumOutcome]]:
    """Outcomes as they come, in whatever order."""
    size = max(1, min(_AT_ONCE, len(keyed) // workers))
    batches = iter([keyed[start : start + size] for start in range(0, len(keyed), size)])
    pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"))
    running: set[Future[list[tuple[str, StratumOutcome]]]] = set()
    try:
        # Processes start as work comes in, and take what they find set then.
        with one_thread():
            while True:
                for batch in batches:
                    running.add(pool.submit(estimate_keyed, batch))
                    if len(running) >= _AHEAD * workers:
                        break
                if not running:
                    return
                done, running = wait(running, return_when=FIRST_COMPLETED)
                for future in done:
                    yield from future.result()
    except BrokenProcessPool as error:
        raise EstimationError(
            "A process that estimated strata ended before its work was done.",
            hint="Memory may have run out: use fewer processes. What was kept in a folder is not done again.",
        ) from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def one_thread() -> Iterator[None]:
    """Processes that are started meanwhile compute with one thread each, and with this Python."""
    wanted = dict.fromkeys(_THREADS, "1") | {"PYSPARK_PYTHON": sys.executable}
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
