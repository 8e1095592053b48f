"""What every benchmark shares: how a figure is taken, written down and compared with what was asked for."""

from __future__ import annotations

import json
import os
import platform
import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

RESULTS = Path(__file__).resolve().parent / "results.json"


def best_of(run: Callable[[], object], *, times: int = 7) -> tuple[float, float]:
    """Shortest and median wall-clock seconds of several runs, after one that warms up."""
    run()
    seconds = []
    for _ in range(times):
        began = time.perf_counter()
        run()
        seconds.append(time.perf_counter() - began)
    return min(seconds), statistics.median(seconds)


def machine() -> str:
    """The machine in words: processor, cores, memory, Python."""
    model = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        names = [line.split(":", 1)[1].strip() for line in cpuinfo.read_text().splitlines() if "model name" in line]
        model = names[0] if names else model
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{model}, {os.cpu_count()} cores, {memory:.0f} GiB, Python {platform.python_version()}"


def record(name: str, *, what: str, asked: str, measured: str, reached: bool, seed: int | None = None) -> None:
    """Keep the figure of one benchmark in bench/results.json, from which the README's table is written."""
    known = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    known[name] = {
        "what": what, "asked": asked, "measured": measured, "reached": reached, "seed": seed,
        "machine": machine(), "date": datetime.now(UTC).date().isoformat(),
    }  # fmt: skip
    RESULTS.write_text(json.dumps(known, ensure_ascii=False, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    print(f"{'reached    ' if reached else 'NOT REACHED'}  {what}: {measured} (asked: {asked})", flush=True)
