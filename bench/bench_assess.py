"""assess: the worked case in a warm process, the whole command from the shell, and a large case."""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from large_case import large_case, large_draft, large_ledger
from measuring import best_of, record

from bearwitness import assess
from bearwitness.cli.worked_case import worked_case_arguments
from bearwitness.data.load import worked_case_path
from bearwitness.services.inputs import read_inputs

SEED = 5


def warm() -> None:
    """The worked case in a process that has assessed before."""
    worst = 0.0
    for language in ("en", "ko"):
        inputs = read_inputs(
            worked_case_path(f"draft.{language}.txt"), case=worked_case_path("case.yaml"),
            ledger=worked_case_path("ledger.yaml"), policy=worked_case_path("policy.yaml"),
        )  # fmt: skip
        seconds = best_of(lambda i=inputs: assess(i.draft, i.case, i.ledger, i.policy), times=9)[1]
        worst = max(worst, seconds)
    record(
        "assess_warm", what="assess on the worked case, warm process, median, the slower language",
        asked="under 100 ms (50 ms wanted)", measured=f"{worst * 1e3:.0f} ms", reached=worst < 0.1,
    )  # fmt: skip


def shell() -> None:
    """The whole command, with start-up, as a user calls it."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "bearwitness", *worked_case_arguments("en", Path(folder) / "report.html")]
        seconds, _ = best_of(lambda: subprocess.run(command, capture_output=True, check=False), times=5)
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    record(
        "assess_shell", what="the whole command from the shell, with the page",
        asked="under 1.5 s, under 250 MB", measured=f"{seconds:.2f} s, {memory:.0f} MB",
        reached=seconds < 1.5 and memory < 250,
    )  # fmt: skip


def large() -> None:
    """A 2,000-word draft, a case of 2,000 persons, a ledger of 1,000 releases."""
    rng = random.Random(SEED)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        case, leavers = large_case(rng)
        texts = {"case.yaml": case, "ledger.yaml": large_ledger(rng), "draft.txt": large_draft(rng, leavers)}
        for name, text in texts.items():
            (root / name).write_text(text, encoding="utf-8")

        def read() -> object:
            return read_inputs(root / "draft.txt", case=root / "case.yaml", ledger=root / "ledger.yaml")

        reading, _ = best_of(read, times=3)
        inputs = read_inputs(root / "draft.txt", case=root / "case.yaml", ledger=root / "ledger.yaml")
        began = time.perf_counter()
        found = assess(inputs.draft, inputs.case, inputs.ledger)
        first = time.perf_counter() - began
        seconds, _ = best_of(lambda: assess(inputs.draft, inputs.case, inputs.ledger), times=3)
    shown = len({h.household for h in found.households})
    record(
        "assess_large", what="2,000-word draft, case of 2,000 persons, ledger of 1,000 releases",
        asked="under 1 s",
        measured=f"{seconds:.2f} s ({shown} households shown; {first:.2f} s the first time; files read in "
        f"{reading:.2f} s before)",
        reached=seconds < 1.0, seed=SEED,
    )  # fmt: skip


if __name__ == "__main__":
    warm()
    shell()
    large()
