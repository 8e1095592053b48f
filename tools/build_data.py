"""Make the package's data files from the public counts: python tools/build_data.py SOURCES (a folder of CSV files)."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from data_build.arrivals import read_arrivals
from data_build.frame_acted import build_acted
from data_build.frame_left import build_left
from data_build.frame_residents import build_residents
from data_build.frames_page import frames_page
from data_build.places import build_places
from data_build.public_days import build_public_days
from data_build.surnames import build_surnames, read_surname_rows

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "src" / "bearwitness" / "data"
PAGE = ROOT / "docs" / "explanation" / "frames.md"


def main() -> None:
    """Build every file that has a source, then the page that says what each number rests on."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "sources", type=Path, nargs="?",
        help="folder with places.csv, arrivals.csv, surnames.csv, policy-timeline.csv; without it only the page",
    )  # fmt: skip
    sources = parser.parse_args().sources
    if sources is not None:
        build_files(sources)
    PAGE.write_text(build_page(), encoding="utf-8")


def build_files(sources: Path) -> None:
    """Every data file made from public counts."""
    places = build_places(sources / "places.csv")
    rows = read_arrivals(sources / "arrivals.csv")
    surnames = read_surname_rows(sources / "surnames.csv")
    write_json(DATA / "places.json", places)
    write_json(DATA / "surnames.json", build_surnames(surnames))
    write_json(DATA / "public_days.json", build_public_days(sources / "policy-timeline.csv"))
    write_json(DATA / "frames" / "residents.json", build_residents(places["places"], surnames))
    write_json(DATA / "frames" / "left.json", build_left(places["places"], rows))
    write_json(DATA / "frames" / "acted.json", build_acted(rows))


def build_page() -> str:
    """The page of the frames, from the data files as they stand."""
    frames = [read_json(DATA / "frames" / f"{name}.json") for name in ("residents", "left", "acted")]
    adversaries = [read_json(DATA / "adversaries" / f"{n}.json") for n in ("state_security", "informant", "reader")]
    return frames_page(frames, adversaries, read_json(DATA / "places.json")["source"])


def read_json(path: Path) -> Any:
    """One data file."""
    return json.loads(path.read_text(encoding="utf-8"))


def write_json(path: Path, value: Any) -> None:
    """Write one file, one entry a line where that reads well, always in the same bytes."""
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
