"""The long proofs in full size; results go to docs/proofs with date, seed and machine."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "attack"), str(ROOT / "bench")]

import numpy as np  # noqa: E402
from measuring import machine  # noqa: E402
from scipy.stats import binom  # noqa: E402
from test_calibration import campaign, deciles  # noqa: E402

SEEDS = (1001, 1002, 1003, 1004)
ATTACKED = 5000
HEAD = """# Calibration by attack

An attacker that shares no code with the model searches a simulated register of households. Predicted: the mean of the
model's pursuit risk in a decile. Achieved: the share of attacked households that were among those pursued. The band is
the binomial 95 % interval around the prediction. Correlated attributes (sex with age and year of leaving) are part of
the worlds. Written by `python3 dev.py prove`.
"""


def calibration_table(title: str, *, linked: bool, errors: float) -> tuple[str, int]:
    """A table of deciles over several worlds, and how many deciles lie outside the band."""
    campaigns = [campaign(s, linked=linked, errors=errors, attacked=ATTACKED) for s in SEEDS]
    predicted, hit = (np.concatenate(part) for part in zip(*campaigns, strict=True))
    rows, outside = [], 0
    for number, mean, successes in deciles(predicted, hit):
        low, high = binom.interval(0.95, number, mean)
        inside = low <= successes <= high
        outside += not inside
        word = "inside" if inside else ("below" if successes < low else "ABOVE")
        rows.append(
            f"| {mean:.4f} | {successes / number:.4f} | {low / number:.4f} to {high / number:.4f} | {word} |"
        )
    head = "| predicted | achieved | band | |\n| --- | --- | --- | --- |"
    return "\n".join([f"## {title}", "", f"{len(predicted):,} households attacked.", "", head, *rows, ""]), outside


VAULT_HEAD = """# The vault under attack, at length

The same tests as in `python3 dev.py test`, longer. Kills: a process that writes is killed with SIGKILL at counted
steps and at random moments; afterwards the trail verifies, the vault is as before or as after the step, and nothing
that was there is lost. Machine: members add, grant, revoke, record, withdraw, export and search in random order,
against a plain account of who was granted what. Written by `python3 dev.py prove vault`.
"""
KILLS = 1000
RUNS, STEPS = 24, 40


def prove_vault() -> None:
    """The kills and the state machine of the vault, at length; raises where one fails."""
    proofs = (
        (f"{KILLS:,} kills of each store", "tests/integration/test_vault_kill.py", {"BEARWITNESS_KILL_POINTS": KILLS}),
        (f"{RUNS} runs of {STEPS} steps", "tests/generative/test_vault_machine.py",
         {"BEARWITNESS_MACHINE_RUNS": RUNS, "BEARWITNESS_MACHINE_STEPS": STEPS}),
    )  # fmt: skip
    _publish("vault.md", VAULT_HEAD, proofs)


def _publish(name: str, head: str, proofs: Iterable[tuple[str, str, Mapping[str, int]]]) -> None:
    """Run tests at length, each with settings in its environment, and write down how long each one held."""
    rows = ["| proof | result | seconds |", "| --- | --- | --- |"]
    for title, path, settings in proofs:
        began = time.monotonic()
        env = {**os.environ, **{name: str(value) for name, value in settings.items()}}
        subprocess.run([sys.executable, "-m", "pytest", "-q", path], cwd=ROOT, env=env, check=True)
        rows.append(f"| {title} | held | {time.monotonic() - began:.0f} |")
    said = f"{datetime.now(UTC).date().isoformat()}, {machine()}\n"
    target = ROOT / "docs" / "proofs" / name
    target.write_text("\n".join([head, said, *rows, ""]), encoding="utf-8")
    print(target.relative_to(ROOT))


DOCUMENTS_HEAD = """# Documents under attack, at length

The same tests as in `python3 dev.py test`, longer. Canaries: forty words are planted on the page and in hidden places
of DOCX, ODT and PDF files; the verifier names each that was planted, and what is then set anew from the cleaned page,
as plain text, DOCX, ODT or PDF, holds none in any encoding. Fuzz: sound files of every form that is read are broken,
byte by byte and part by part; each reader ends in a document or in one error of our own. Written by
`python3 dev.py prove documents`.
"""
CANARY_FILES = 1000
FUZZ_INPUTS = 100_000


def prove_documents() -> None:
    """The canaries and the broken files, at length; raises where one fails."""
    proofs = (
        (f"{CANARY_FILES:,} files with canaries", "tests/attack/test_canaries.py",
         {"BEARWITNESS_CANARY_FILES": CANARY_FILES}),
        (f"{FUZZ_INPUTS:,} broken files", "tests/attack/test_reader_fuzz.py", {"BEARWITNESS_FUZZ_INPUTS": FUZZ_INPUTS}),
    )  # fmt: skip
    _publish("documents.md", DOCUMENTS_HEAD, proofs)


def main(words: list[str]) -> None:
    """Run and publish all proofs, or those that are named: ``calibration``, ``vault``, ``documents``."""
    if not words or "calibration" in words:
        prove_calibration()
    if not words or "vault" in words:
        prove_vault()
    if not words or "documents" in words:
        prove_documents()


def prove_calibration() -> None:
    """The calibration by attack."""
    parts = [HEAD, f"{datetime.now(UTC).date().isoformat()}, seeds {SEEDS}, {machine()}\n"]
    for title, linked, errors in (
        ("One release", False, 0.0),
        ("Two linked releases", True, 0.0),
        ("One release, 20 % of records missing", False, 0.2),
    ):
        table, outside = calibration_table(title, linked=linked, errors=errors)
        parts.append(table)
        print(f"{title}: {outside} of 10 deciles outside the 95 % band", flush=True)
    target = ROOT / "docs" / "proofs" / "calibration.md"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text("\n".join(parts), encoding="utf-8")
    print(target.relative_to(ROOT))


if __name__ == "__main__":
    main(sys.argv[1:])
