"""Speed over 4,000 small strata on two cores, once the processes are warm."""

from __future__ import annotations

import sys
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent.parent / "tests")]

from capture_worlds import small_world  # noqa: E402
from measuring import record  # noqa: E402

from bearwitness.engines.strata_processes import estimate_strata  # noqa: E402
from bearwitness.estimation.outcome import StratumOutcome  # noqa: E402
from bearwitness.estimation.strata import task_of  # noqa: E402

STRATA, CORES, SEED = 4_000, 2, 7401
# Until so many have an outcome, the processes start and load what they need.
WARM = 40


def measure(strata: int = STRATA) -> tuple[float, tuple[StratumOutcome, ...]]:
    """Strata a second after the first ones, and all outcomes."""
    tasks = [replace(task_of(small_world(SEED, i).table, seed=SEED), every_model=False) for i in range(strata)]
    times = {}

    def note(done: int, _of: int) -> None:
        times[done] = time.perf_counter()

    outcomes = estimate_strata(tasks, workers=CORES, progress=note)
    # Equal tables of different places are different tasks, so every stratum is counted.
    return (strata - WARM) / (times[strata] - times[WARM]), outcomes


def publish(rate: float, outcomes: tuple[StratumOutcome, ...]) -> None:
    """Keep the figure."""
    reasons = Counter(x.reason for outcome in outcomes for x in outcome.refusals if x.model is None)
    print(dict(reasons), flush=True)
    given = sum(outcome.given is not None for outcome in outcomes)
    record(
        "strata", what=f"{len(outcomes):,} small strata on {CORES} cores", asked="over 20 strata a second",
        measured=f"{rate:.1f} strata a second; {given} have a number", reached=rate > 20 and len(outcomes) >= STRATA,
        seed=SEED,
    )  # fmt: skip


if __name__ == "__main__":
    publish(*measure(int(sys.argv[1]) if sys.argv[1:] else STRATA))
