"""How exactly something is said: the levels of the ladders, from the finest to nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

# How vague a level is, to compare levels of different attributes: "a relative" tells no sex.
RANKS: Final[Mapping[str, int]] = {
    "exact": 0, "third": 1, "county": 1, "group": 1, "month": 2, "province": 2, "broad": 2, "relative": 2,
    "season": 3, "region": 3, "year": 4, "five": 5, "decade": 6, "none": 9,
}  # fmt: skip
LEVELS: Final = tuple(RANKS)
