"""The Ministry of Unification's published counts of people who arrived in the South."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

MINISTRY: Final = "Ministry of Unification (Republic of Korea)"
# Periods that the ministry prints as one, and the years they cover. Before 1994 few came; they stand with 1994.
PERIODS: Final = {"to1998": range(1994, 1999), "1999-2001": range(1999, 2002)}
FIRST_YEAR: Final = 1994

Rows = Sequence[Mapping[str, str]]


def read_arrivals(table: Path) -> list[dict[str, str]]:
    """All rows of the table."""
    return list(csv.DictReader(table.open(encoding="utf-8")))


def count_of(rows: Rows, dimension: str, period: str, category: str, sex: str = "total") -> int:
    """One published (or derived) count.

    Raises
    ------
    ValueError
        If the table has not exactly one such row.
    """
    found = [
        r for r in rows
        if (r["dimension"], r["period"], r["category"], r["sex"]) == (dimension, period, category, sex) and r["n"]
    ]  # fmt: skip
    if len(found) != 1:
        raise ValueError(f"the table has {len(found)} rows for {dimension}, {period}, {category}, {sex}")
    return int(found[0]["n"])


def by_year(rows: Rows, sex: str) -> dict[int, float]:
    """Arrivals of one sex by year; a period printed as one is spread evenly over its years."""
    found: dict[int, float] = {}
    for row in rows:
        if row["dimension"] != "arrivals" or row["sex"] != sex:
            continue
        years = PERIODS.get(row["period"]) or [int(row["period"])]
        for year in years:
            found[year] = int(row["n"]) / len(years)
    return dict(sorted(found.items()))


def ages(rows: Rows, sex: str) -> dict[tuple[int, int], int]:
    """Persons of one sex by age at arrival (first age, first age of the next group), cumulative to September 2020."""
    found: dict[tuple[int, int], int] = {}
    for row in rows:
        if (row["dimension"], row["period"], row["sex"]) == ("age at arrival", "cumulative Sept 2020", sex):
            low = row["category"].split("-")[0].rstrip("+")
            found[int(low), int(low) + (25 if row["category"].endswith("+") else 10)] = int(row["n"])
    return found
