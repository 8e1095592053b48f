"""LibreOffice as a stranger who opens what is written, and as a maker of files."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest


def convert_all(files: Mapping[str, bytes], into: str, folder: Path) -> dict[str, bytes]:
    """Several files opened and saved in another format by one run of LibreOffice, with a profile of its own.

    Skips the test where LibreOffice is not installed.
    """
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed")
    given, made = folder / "given", folder / "made"
    given.mkdir(parents=True)
    for name, content in files.items():
        (given / name).write_bytes(content)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", into, "--outdir", str(made)]
    subprocess.run([*command, *(str(given / name) for name in files)], check=True, capture_output=True, timeout=180)
    return {name: (made / name).with_suffix(f".{into}").read_bytes() for name in files}
