"""Attachments: a file of 1 GiB sealed into a folder and opened again, each in a process of its own, median of 3.

The disk is part of what is measured: sealing ends when the sealed file is durable.
"""

from __future__ import annotations

import json
import os
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from measuring import record

from bearwitness.vault.attachment_files import AttachmentFolder
from bearwitness.vault.attachment_stream import Sealed, open_stream, seal_stream

SEED = 11
SIZE = 2**30
PIECE = 2**20
TIMES = 3
KEY, FILE_ID = bytes(range(32)), b"bench"
LEAST_SPEED, MOST_MEMORY = 200.0, 64.0


def make_file(path: Path) -> None:
    """Pseudo-random bytes, written a piece at a time."""
    rng = random.Random(SEED)
    with path.open("wb") as file:
        for _ in range(SIZE // PIECE):
            file.write(rng.randbytes(PIECE))
        # On the disk before anything is timed, or the first step would pay for it.
        file.flush()
        os.fsync(file.fileno())


def seal(root: Path) -> tuple[str, Sealed]:
    with (root / "plain").open("rb") as source:
        return AttachmentFolder(root / "sealed").write(
            lambda target: seal_stream(source, target, key=KEY, file_id=FILE_ID)
        )


def unseal(root: Path) -> tuple[str, Sealed]:
    folder = AttachmentFolder(root / "sealed")
    (name,) = folder.names()
    with folder.open(name) as source, (root / "opened").open("wb") as target:
        return name, open_stream(source, target, key=KEY, file_id=FILE_ID)


def run_step(step: str, root: Path) -> None:
    """One step in this process; its seconds, memory and hash as JSON."""
    began = time.perf_counter()
    _, done = {"seal": seal, "open": unseal}[step](root)
    seconds = time.perf_counter() - began
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "memory": memory, "sha256": done.sha256}))


def measure(step: str, root: Path) -> dict[str, float | str]:
    words = [sys.executable, __file__, step, str(root)]
    answer: dict[str, float | str] = json.loads(subprocess.run(words, capture_output=True, check=True).stdout)
    return answer


def main() -> None:
    found: dict[str, list[dict[str, float | str]]] = {"seal": [], "open": []}
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        make_file(root / "plain")
        for _ in range(TIMES):
            for step, runs in found.items():
                runs.append(measure(step, root))
            shutil.rmtree(root / "sealed")
            (root / "opened").unlink()
    assert len({run["sha256"] for runs in found.values() for run in runs}) == 1, "the file did not come back as it was"
    for step, name in (("seal", "attachment_in"), ("open", "attachment_out")):
        speeds = [SIZE / 2**20 / float(run["seconds"]) for run in found[step]]
        speed, memory = statistics.median(speeds), max(float(run["memory"]) for run in found[step])
        way = "sealed into the vault's folder" if step == "seal" else "opened from it into a file"
        record(
            name, what=f"an attachment of 1 GiB {way}, median of {TIMES}, the whole process's memory",
            asked="over 200 MiB/s, under 64 MiB",
            measured=f"{speed:.0f} MiB/s ({min(speeds):.0f} to {max(speeds):.0f}), {memory:.0f} MiB",
            reached=speed > LEAST_SPEED and memory < MOST_MEMORY, seed=SEED,
        )  # fmt: skip


if __name__ == "__main__":
    if len(sys.argv) == 3:
        run_step(sys.argv[1], Path(sys.argv[2]))
    else:
        main()
