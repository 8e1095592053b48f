"""Change after a date, judged in simulated worlds of known truth: false alarms, and how often a change is found.

The worlds are those of tests/change_worlds.py, five years before the date and fifteen months after it, some 25 acts a
month; each scenario has worlds of its own. The seeds were set before the first run.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

# One thread each: the matrices are small, and worlds run side by side.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
sys.path[:0] = [str(Path(__file__).resolve().parent.parent / "tests")]

from change_worlds import World, month_of, triangles_of  # noqa: E402
from measuring import record  # noqa: E402

from bearwitness.estimation.change_verdict import ChangeVerdict, change_after  # noqa: E402

SEED = 61_000
WORLDS = 200
MOST_FALSE = 0.05
WILD = World(scatter=0.4, bursts=0.8, wander=0.06)
# What did not change, and what did.
STILL = {
    "nothing changed": World(),
    "nothing changed, wild scatter and bursts": WILD,
    "reporting half as fast": World(reporting=0.5),
    "reporting twice as fast": World(reporting=2.0),
    "reporting half as fast, and acts lost": World(reporting=0.5, lost=0.25),
    "one of two channels silent": World(closes=True),
}
MOVED = {
    "acts halved": World(acts=0.5),
    "acts doubled": World(acts=2.0),
    "acts halved, wild scatter and bursts": replace(WILD, acts=0.5),
}


@dataclass(frozen=True)
class Told:
    """What was said of one scenario."""

    world: World
    verdicts: list[ChangeVerdict]

    def share(self, verdict: str) -> float:
        """The share of worlds with this verdict."""
        return Counter(v.verdict for v in self.verdicts)[verdict] / len(self.verdicts)

    @property
    def wrong_way(self) -> int:
        """Changes found that go the other way."""
        return sum(v.verdict == "changed" and v.ratio is not None and (v.ratio.median > 1) != (self.world.acts > 1)
                   for v in self.verdicts)  # fmt: skip

    @property
    def covered(self) -> float:
        """How often the interval, where there is one, holds the true ratio."""
        given = [v.ratio for v in self.verdicts if v.ratio is not None]
        return sum(r.low <= self.world.acts <= r.high for r in given) / max(1, len(given))

    @property
    def words(self) -> str:
        """All of it in a line."""
        shares = ", ".join(f"{v} {self.share(v):.1%}" for v in ("changed", "not changed", "not identified"))
        return f"{shares}; interval holds the truth {self.covered:.1%}"


def judge(task: tuple[World, int]) -> ChangeVerdict:
    """The verdict on one world."""
    world, seed = task
    return change_after([triangles_of(world, seed)], month=month_of(world.before))


def measure(scenarios: dict[str, World], first: int) -> dict[str, Told]:
    """All worlds of these scenarios, two at a time."""
    found = {}
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        for place, (name, world) in enumerate(scenarios.items()):
            seeds = range(first + 1000 * place, first + 1000 * place + WORLDS)
            found[name] = Told(world, pool.map(judge, [(world, seed) for seed in seeds], chunksize=5))
            print(f"{name}: {found[name].words}", flush=True)
    return found


def main() -> None:
    """Measure, and keep two figures."""
    still = measure(STILL, SEED)
    worst = max(still, key=lambda name: still[name].share("changed"))
    record(
        "change_false_alarms",
        what=f"change after a date: false “changed”, worst of {len(still)} scenarios of {WORLDS} worlds",
        asked="5 % or less", measured=f"{still[worst].share('changed'):.1%} ({worst})",
        reached=still[worst].share("changed") <= MOST_FALSE, seed=SEED,
    )  # fmt: skip
    moved = measure(MOVED, SEED + 1000 * len(STILL))
    record(
        "change_power", what=f"change after a date: changes found, {WORLDS} worlds each", asked="none the wrong way",
        measured="; ".join(f"{name} {told.share('changed'):.0%}" for name, told in moved.items()),
        reached=not any(told.wrong_way for told in moved.values()), seed=SEED + 1000 * len(STILL),
    )  # fmt: skip


if __name__ == "__main__":
    main()
