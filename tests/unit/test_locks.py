"""The two locks say the same, so that a machine without uv gets what every other machine has."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_pip_installs_what_uv_would():
    """Every package, version and hash of requirements.lock stands in uv.lock, and none is missing but our own."""
    locked = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))["package"]
    ours = {(p["name"], p["version"]) for p in locked if "registry" in p["source"]}
    hashes = {
        file["hash"] for p in locked for file in (*p.get("wheels", ()), *([p["sdist"]] if "sdist" in p else ()))
    }
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    theirs = set(re.findall(r"^([a-z0-9-]+)==([^ ;\\]+)", text, re.MULTILINE))
    on_linux = {p for p in ours if p[0] not in {"colorama", "exceptiongroup", "tomli"}}
    assert theirs <= ours
    assert on_linux <= theirs | {p for p in ours if p[0] in text}
    assert set(re.findall(r"--hash=(sha256:[0-9a-f]+)", text)) <= hashes


def test_uv_itself_is_pinned_by_hash():
    """tools/uv.txt names one version of uv with its hashes."""
    text = (ROOT / "tools" / "uv.txt").read_text(encoding="utf-8")
    assert re.match(r"uv==\d+\.\d+\.\d+ \\\n", text)
    assert len(re.findall(r"--hash=sha256:[0-9a-f]{64}", text)) > 5
