"""How many rows of each entry of the trail should be there, by what the entries themselves say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from bearwitness.vault.trail import TrailEntry


def expected_rows(entries: Iterable[TrailEntry]) -> Counter[int]:
    """By entry: the rows that it wrote, less those that later ones took away. Entries that left none are 0."""
    expected: Counter[int] = Counter()
    for entry in entries:
        expected[entry.number] += sum(entry.wrote.values())
        for earlier, count in entry.removed.items():
            expected[earlier] -= count
    return expected


def first_difference(entries: Iterable[TrailEntry], written: Mapping[int, int]) -> tuple[int, int, int] | None:
    """The first entry whose rows are not those it says: its number, how many there should be, how many there are."""
    expected = expected_rows(entries)
    for number in sorted(expected.keys() | written.keys()):
        wanted, there = expected.get(number, 0), written.get(number, 0)
        if wanted != there:
            return number, wanted, there
    return None
