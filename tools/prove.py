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
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "bench"), str(ROOT / "tools")]

from measuring import machine  # noqa: E402

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
of web pages, Markdown, DOCX, ODT and PDF files; the verifier names each that was planted, and what is then set anew
from the cleaned page, in any form that is written, holds none in any encoding. Fuzz: sound files of every form that is
read are broken, byte by byte and part by part; each reader ends in a document or in one error of our own. Written by
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
    """Run and publish all proofs, or those that are named: ``calibration``, ``vault``, ``documents``, ``estimates``."""
    if not words or "calibration" in words:
        prove_calibration()
    if not words or "vault" in words:
        prove_vault()
    if not words or "documents" in words:
        prove_documents()
    if not words or "estimates" in words:
        prove_estimates()


def prove_estimates() -> None:
    """Coverage of intervals and calibration of samplers; raises where ranks are uneven."""
    from estimate_proofs import write_page

    # A run that was stopped goes on from here.
    cache = ROOT / "out" / "coverage"
    cache.mkdir(parents=True, exist_ok=True)
    page, even = write_page(f"{datetime.now(UTC).date().isoformat()}, {machine()}", cache)
    target = ROOT / "docs" / "proofs" / "estimates.md"
    target.write_text(page, encoding="utf-8")
    print(target.relative_to(ROOT))
    if not even:
        raise SystemExit("truths do not rank evenly: see the page")


TOY_WORLDS = 10_000


def prove_calibration() -> None:
    """The calibration by attack and the toy worlds, in full; raises where a scenario is not as claimed."""
    # They load numpy, which the other proofs do without.
    import bench_calibration
    from calibration_page import write_page
    from calibration_plot import draw

    found = bench_calibration.measure_all()
    for m in found:
        print(f"{m.scenario.name}: {m.outside} of 10 deciles not as claimed, p = {m.chance:.3f}", flush=True)
    began = time.monotonic()
    test = "tests/generative/test_brute_force.py"
    env = {**os.environ, "BEARWITNESS_TOY_WORLDS": str(TOY_WORLDS)}
    subprocess.run([sys.executable, "-m", "pytest", "-q", test], cwd=ROOT, env=env, check=True)
    brute = (
        f"{TOY_WORLDS:,} random toy worlds, gone through row by row: the share that fits and the risk equal the\n"
        f"model's, and {TOY_WORLDS:,} random drafts whose least change is what trying every choice gives "
        f"({time.monotonic() - began:.0f} s).\n"
    )
    said = f"{datetime.now(UTC).date().isoformat()}, {machine()}"
    target = ROOT / "docs" / "proofs" / "calibration.md"
    target.write_text(write_page(found, said, brute), encoding="utf-8")
    panels = [(m.scenario.name, m.scenario.claim, m.rows) for m in bench_calibration.claimed(found)]
    target.with_suffix(".svg").write_text(draw(panels), encoding="utf-8")
    bench_calibration.publish(found)
    print(target.relative_to(ROOT))
    if not bench_calibration.holds(found):
        raise SystemExit("a scenario is not as claimed: see the page")


if __name__ == "__main__":
    main(sys.argv[1:])
