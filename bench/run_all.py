"""Run every benchmark, then write the README's performance table from what they measured."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
README = HERE.parent / "README.md"
BEGIN, END = "<!-- performance: written by bench/run_all.py -->", "<!-- end of performance -->"


def table() -> str:
    """The table of bench/results.json as Markdown."""
    results = json.loads((HERE / "results.json").read_text(encoding="utf-8"))
    lines = ["| what | asked | measured |", "| --- | --- | --- |"]
    for entry in results.values():
        mark = "" if entry["reached"] else " (not reached)"
        lines.append(f"| {entry['what']} | {entry['asked']} | {entry['measured']}{mark} |")
    machines = sorted({f"{e['machine']}, {e['date']}" for e in results.values()})
    return "\n".join([*lines, "", "Measured on " + "; ".join(machines) + ". Again with `python3 dev.py bench`."])


def write_table() -> None:
    """Put the table between the README's marks."""
    text = README.read_text(encoding="utf-8")
    pattern = re.compile(re.escape(BEGIN) + ".*?" + re.escape(END), re.DOTALL)
    README.write_text(pattern.sub(lambda _: f"{BEGIN}\n{table()}\n{END}", text), encoding="utf-8")


if __name__ == "__main__":
    scripts = sorted(HERE.glob("bench_*.py"))
    failed = [s.name for s in scripts if subprocess.run([sys.executable, s], check=False).returncode]
    write_table()
    raise SystemExit(f"failed: {', '.join(failed)}" if failed else 0)
