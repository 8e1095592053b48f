"""The Adult census extract and its hierarchies, as bench/adult keeps them."""

from __future__ import annotations

import csv
import gzip
from itertools import groupby
from pathlib import Path

from bearwitness.disclosure.microdata import Hierarchy, Microdata, hierarchy, microdata

FOLDER = Path(__file__).resolve().parent / "adult"


def adult_hierarchies() -> list[Hierarchy]:
    """The nine hierarchies, in the order of the extract's columns."""
    with (FOLDER / "hierarchies.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[1:]
    return [hierarchy(name, [row[1:] for row in group]) for name, group in groupby(rows, key=lambda row: row[0])]


def adult_columns() -> dict[str, list[str]]:
    """The 30,162 rows by columns."""
    with gzip.open(FOLDER / "adult.csv.gz", "rt", encoding="utf-8", newline="") as file:
        names, *rows = csv.reader(file)
    return dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))


def adult() -> Microdata:
    """The extract with all nine columns as quasi-identifiers."""
    return microdata(adult_columns(), adult_hierarchies())
