"""What sealing costs: the same services on SQLCipher with sealed parts, and on plain SQLite with parts in clear.

The plain version exists here only. It replaces the cipher and the driver underneath the services, so that everything
else is the same work: import, read a case, change an act, search.
"""

from __future__ import annotations

import json
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from large_vault import make_vault, write_accounts, write_case
from measuring import record

from bearwitness.services import unlocking
from bearwitness.services.importing import import_file
from bearwitness.services.intake import code_act, use_case
from bearwitness.services.search import search
from bearwitness.vault import opening
from bearwitness.vault.sealing import MAGIC, SecretKey

SEED = 23
ACTS, ACCOUNTS, CHANGES = 20_000, 5_000, 20


def be_plain() -> None:
    """No cipher and no SQLCipher, everything else as it is."""
    head, tag = MAGIC + bytes(12), bytes(16)

    def seal(_: SecretKey, plain: bytes, *, bound: bytes) -> bytes:  # noqa: ARG001
        return head + plain + tag

    def open_(_: SecretKey, sealed: bytes, *, bound: bytes) -> bytes:  # noqa: ARG001
        return sealed[len(head) : -len(tag)]

    def open_file(folder: Path, key: SecretKey, *, make: bool = False) -> sa.Engine:  # noqa: ARG001
        def connect() -> Any:
            connection = sqlite3.connect(folder / "vault.db", isolation_level=None, check_same_thread=False)
            for pragma in opening._PRAGMAS:
                connection.execute(f"PRAGMA {pragma}")
            return connection

        engine = sa.create_engine("sqlite://", creator=connect, poolclass=sa.pool.StaticPool)
        sa.event.listen(engine, "begin", opening._begin)
        return opening._ready(engine)

    SecretKey.seal, SecretKey.open = seal, open_  # type: ignore[method-assign]
    unlocking.open_file = open_file


def work(folder: Path) -> float:
    """The same work either way, in seconds."""
    vault = make_vault(folder)
    began = time.perf_counter()
    import_file(vault, folder / "large.yaml", name="large")
    import_file(vault, folder / "accounts.yaml", name="accounts")
    use_case(vault, "large", action="case.show")
    write_case(folder / "small.yaml", random.Random(SEED), 600)
    import_file(vault, folder / "small.yaml", name="small")
    for i in range(CHANGES):
        code_act(vault, "small", f"a{i}", {"kind": "threat"})
    for words in ("보위원", "강아지", "officer", "umbrella"):
        search(vault, words)
    return time.perf_counter() - began


if __name__ == "__main__":
    if len(sys.argv) > 1:
        if sys.argv[1] == "plain":
            be_plain()
        print(json.dumps(work(Path(sys.argv[2]))))
        raise SystemExit
    seconds: dict[str, list[float]] = {"sealed": [], "plain": []}
    for _ in range(3):
        for how, found in seconds.items():
            with tempfile.TemporaryDirectory() as tmp:
                write_case(Path(tmp) / "large.yaml", random.Random(SEED), ACTS)
                write_accounts(Path(tmp) / "accounts.yaml", random.Random(SEED), ACCOUNTS)
                done = subprocess.run([sys.executable, __file__, how, tmp], capture_output=True, text=True, check=True)
                found.append(float(done.stdout.splitlines()[-1]))
    ratio = min(seconds["sealed"]) / min(seconds["plain"])
    record(
        "vault_sealing", what=f"sealed vault against plain SQLite: {ACTS:,} acts and {ACCOUNTS:,} accounts in, read, "
        "changed, searched", asked="ratio under 2",
        measured=f"{ratio:.2f} ({min(seconds['sealed']):.1f} s against {min(seconds['plain']):.1f} s)",
        reached=ratio < 2.0, seed=SEED,
    )  # fmt: skip
