"""The vault: import, opening and showing a case, searching, and what sealing costs."""

from __future__ import annotations

import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from large_vault import PASSPHRASE, make_vault, write_accounts, write_case, write_sheet
from measuring import record

from bearwitness.services.importing import import_file
from bearwitness.services.intake import use_case
from bearwitness.services.search import search
from bearwitness.services.unlocking import VaultPlace, unlock

SEED = 17
ACTS = 100_000
ACCOUNTS = 50_000


def _in_a_process(step: str, folder: Path) -> dict[str, float]:
    """Run one step of this script in a process of its own, so that its memory is its own."""
    done = subprocess.run([sys.executable, __file__, step, str(folder)], capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def _tell(**found: float) -> None:
    print(json.dumps({**found, "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))


def imports(folder: Path, name: str) -> None:
    """Import one file into a new vault beside it."""
    vault = make_vault(folder)
    began = time.perf_counter()
    done = import_file(vault, folder / name)
    _tell(seconds=time.perf_counter() - began, acts=ACTS, added=done.added)


def opens(folder: Path) -> None:
    """Open a vault and show a case of 600; the passphrase is cheap, so that the derivation is not counted."""
    began = time.perf_counter()
    vault = unlock(
        VaultPlace(where=str(folder / "vault"), state=folder / "state"), passphrase=lambda: PASSPHRASE
    )  # fmt: skip
    shown = use_case(vault, "small", action="case.show")
    _tell(seconds=time.perf_counter() - began, acts=len(shown.case.acts))


def searches(folder: Path) -> None:
    """Search accounts in both languages, with common words and with words that only one has."""
    vault = make_vault(folder)
    import_file(vault, folder / "accounts.yaml")
    seconds = []
    for words in ("보위원", "강아지", "OFFICER", "umbrella", "말없이"):
        began = time.perf_counter()
        found = search(vault, words)
        seconds.append(time.perf_counter() - began)
        if not found:
            raise SystemExit(f"nothing found for {words}")
    _tell(first=seconds[0], seconds=max(seconds[1:]))


def measure_imports() -> None:
    """100,000 acts from a case file, a workbook and a CSV file."""
    for name, what in (("large.yaml", "CASE.yaml"), ("large.xlsx", "XLSX"), ("acts.csv", "CSV")):
        with tempfile.TemporaryDirectory() as tmp:
            folder = Path(tmp)
            write = write_case if name.endswith("yaml") else write_sheet
            write(folder / name, random.Random(SEED), ACTS)
            found = _in_a_process(f"import {name}", folder)
        rate = ACTS / found["seconds"]
        record(
            f"vault_import_{what.lower().replace('.', '_')}", what=f"import {ACTS:,} acts from {what}",
            asked="over 5,000 acts a second, under 1 GB",
            measured=f"{rate:,.0f} acts a second, {found['mb']:.0f} MB", reached=rate > 5000 and found["mb"] < 1000,
            seed=SEED,
        )  # fmt: skip


def measure_opening() -> None:
    """A vault of 100,000 acts in which one case has 600."""
    with tempfile.TemporaryDirectory() as tmp:
        folder = Path(tmp)
        write_case(folder / "large.yaml", random.Random(SEED), ACTS - 600)
        write_case(folder / "small.yaml", random.Random(SEED), 600)
        vault = make_vault(folder)
        import_file(vault, folder / "large.yaml", name="large")
        import_file(vault, folder / "small.yaml", name="small")
        vault.close()
        found = min((_in_a_process("open", folder) for _ in range(3)), key=lambda f: f["seconds"])
    record(
        "vault_open", what="open a vault of 100,000 acts and show a case of 600, after the key derivation",
        asked="under 1 s", measured=f"{found['seconds']:.2f} s", reached=found["seconds"] < 1.0,
        seed=SEED,
    )  # fmt: skip


def measure_search() -> None:
    """Accounts of about 500 bytes, half of them Korean."""
    with tempfile.TemporaryDirectory() as tmp:
        folder = Path(tmp)
        write_accounts(folder / "accounts.yaml", random.Random(SEED), ACCOUNTS)
        found = _in_a_process("search", folder)
    record(
        "vault_search",
        what=f"search {ACCOUNTS:,} accounts, English and Korean, the slowest of four searches of an open case",
        asked="under 0.5 s",
        measured=f"{found['seconds']:.2f} s; the first, which decrypts the case, {found['first']:.1f} s",
        reached=found["seconds"] < 0.5, seed=SEED,
    )  # fmt: skip


if __name__ == "__main__":
    os.environ.setdefault("PYTHONHASHSEED", "0")
    if len(sys.argv) > 1:
        step, _, what = sys.argv[1].partition(" ")
        where = Path(sys.argv[2])
        if step == "import":
            imports(where, what)
        elif step == "open":
            opens(where)
        else:
            searches(where)
    else:
        measure_imports()
        measure_opening()
        measure_search()
