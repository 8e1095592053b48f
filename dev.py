#!/usr/bin/env python3
"""Set up and use bearwitness with nothing but Python 3.11 or newer.

    python3 dev.py run      set up, then do the main job on the worked case, in a vault that is made for it
    python3 dev.py test     set up, then run every check
    python3 dev.py bench    set up, then measure every figure and write the README's table
    python3 dev.py docs     set up, then write again what is generated (docs/reference, docs/explanation/frames.md)
    python3 dev.py prove    set up, then run the long proofs in full and publish them under docs/
    python3 dev.py python   set up, then run the environment's Python with the words that follow

The environment lies in .venv beside this file; it is made from uv.lock, every package checked against its hash.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
UV_HOME = ROOT / ".uv"
OLDEST = (3, 11)
STAMP = VENV / "bearwitness-lock.sha256"


def fail(message: str) -> int:
    """Say what is missing and what to do."""
    print(f"dev.py: {message}", file=sys.stderr)
    return 1


def bin_of(home: Path, name: str) -> Path:
    """A program of a virtual environment."""
    return home / ("Scripts" if os.name == "nt" else "bin") / (name + (".exe" if os.name == "nt" else ""))


def call(*words: str | Path, quiet: bool = False, env: dict[str, str] | None = None) -> int:
    """Run a program in the root of the project and return its exit status."""
    stream = subprocess.DEVNULL if quiet else None
    return subprocess.run(
        [str(w) for w in words], cwd=ROOT, env={**os.environ, **(env or {})}, stdout=stream, stderr=stream, check=False
    ).returncode


def lock_digest() -> str:
    """What the environment depends on; a change of any of it makes the environment anew."""
    found = hashlib.sha256(sys.version.encode())
    for name in ("uv.lock", "pyproject.toml", "requirements.lock"):
        found.update((ROOT / name).read_bytes())
    return found.hexdigest()


def make_venv(home: Path) -> bool:
    """A virtual environment with pip; False where Debian's package for it is missing."""
    if bin_of(home, "python").exists() and call(bin_of(home, "python"), "-m", "pip", "--version", quiet=True) == 0:
        return True
    return call(sys.executable, "-m", "venv", "--clear", home) == 0


def sync_with_uv() -> bool:
    """Install from uv.lock with the uv whose hash tools/uv.txt names."""
    uv = bin_of(UV_HOME, "uv")
    wanted = (ROOT / "tools" / "uv.txt").read_text(encoding="utf-8").split("==")[1].split()[0]
    have = subprocess.run([uv, "--version"], capture_output=True, text=True, check=False).stdout if uv.exists() else ""
    if have.split()[1:2] != [wanted]:
        pip = bin_of(UV_HOME, "python")
        if not make_venv(UV_HOME) or call(
            pip, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes",
            "--only-binary", ":all:", "-r", ROOT / "tools" / "uv.txt",
        ):  # fmt: skip
            return False
    env = {"UV_PYTHON_DOWNLOADS": "never", "UV_PROJECT_ENVIRONMENT": str(VENV)}
    return call(uv, "sync", "--locked", "--quiet", "--python", sys.executable, env=env) == 0


def sync_with_pip() -> bool:
    """Install the same versions with pip, every file checked against its hash (requirements.lock)."""
    if not make_venv(VENV):
        return False
    pip = [bin_of(VENV, "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    if call(*pip, "--require-hashes", "-r", ROOT / "requirements.lock"):
        return False
    return call(*pip, "--no-deps", "-e", ROOT) == 0


def set_up() -> int:
    """Make the environment if it is not there or no longer fits the lock."""
    if sys.version_info < OLDEST:
        return fail(f"Python {OLDEST[0]}.{OLDEST[1]} or newer is needed; this is {sys.version.split()[0]}.")
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        name = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
        return fail(f"Python's venv module is missing. On Debian or Ubuntu: apt-get install python3-venv (or {name}).")
    digest = lock_digest()
    if STAMP.exists() and STAMP.read_text(encoding="utf-8") == digest and bin_of(VENV, "python").exists():
        return 0
    print("setting up .venv from uv.lock ...", file=sys.stderr, flush=True)
    began = time.monotonic()
    if not sync_with_uv():
        print("uv could not do it; trying pip with the same lock ...", file=sys.stderr, flush=True)
        if not sync_with_pip():
            return fail("the packages could not be installed. Is a package index reachable? See the lines above.")
    STAMP.write_text(digest, encoding="utf-8")
    print(f"set up in {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
    return 0


def run_worked_case(words: list[str]) -> int:
    """The main job on the worked case, from a vault: who the draft gives away, what to change, the report's page."""
    return call(bin_of(VENV, "python"), "-m", "bearwitness.cli.worked_case", *words)


def run_checks(words: list[str]) -> int:
    """Every check, the cheap ones first; all are run, and the last line is pytest's."""
    python = bin_of(VENV, "python")
    failed: list[str] = []
    checks: list[tuple[str, list[str | Path]]] = [
        ("ruff", [bin_of(VENV, "ruff"), "check", "."]),
        ("mypy --strict", [python, "-m", "mypy"]),
        ("import contracts", [bin_of(VENV, "lint-imports"), "--no-logo"]),
        ("tests", [python, "-m", "pytest", "-ra", *words]),
    ]
    for name, command in checks:
        began = time.monotonic()
        print(f"== {name}", flush=True)
        if call(*command):
            failed.append(name)
        print(f"   {name}: {'FAILED' if name in failed else 'passed'} in {time.monotonic() - began:.1f} s", flush=True)
    return fail(f"failed: {', '.join(failed)}") if failed else 0


def run_python(words: list[str]) -> int:
    """The environment's Python."""
    return call(bin_of(VENV, "python"), *words)


def run_bench(words: list[str]) -> int:
    """Every figure, each a script under bench/; the README's table is written from the last run."""
    return call(bin_of(VENV, "python"), ROOT / "bench" / "run_all.py", *words)


def run_docs(words: list[str]) -> int:
    """What is generated, written again."""
    return call(bin_of(VENV, "python"), ROOT / "tools" / "write_docs.py", *words)


def run_proofs(words: list[str]) -> int:
    """The long proofs in full size (or those named: calibration, vault); results go to docs/proofs."""
    return call(bin_of(VENV, "python"), ROOT / "tools" / "prove.py", *words)


COMMANDS = {
    "run": run_worked_case, "test": run_checks, "bench": run_bench, "docs": run_docs, "prove": run_proofs,
    "python": run_python,
}  # fmt: skip


def main(words: list[str]) -> int:
    """Set up, then do what the first word says."""
    if not words or words[0] not in COMMANDS:
        print(__doc__, file=sys.stderr)
        return 0 if words[:1] in (["--help"], ["-h"]) else 2
    return set_up() or COMMANDS[words[0]](words[1:])


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
