"""A frame of rows as its file describes it: whom the rows stand for, and what each column may hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from bearwitness.model.claims import DAY_ATTRIBUTES, PATH_ATTRIBUTES

FrameName = Literal["residents", "left", "acted"]
RowsAre = Literal["synthetic", "public sample"]
RowKind = Literal["codes", "paths", "days", "existence"]

# What no row may have: names, sums in the words of a text; and what is membership of a frame.
NOT_FOR_ROWS: Final = frozenset({"name", "amount", "status"})
# What is in no list of values: a code of its own, of which a claim's unlisted value is taken to be a small share.
OTHER_VALUES: Final = "(other)"
_SEVERAL: Final = frozenset({"kin", "trait", "act"})


def row_kind(attribute: str) -> RowKind:
    """What a column of rows holds, by its attribute: codes, paths of a tree, days, or several things at once."""
    if attribute in DAY_ATTRIBUTES:
        return "days"
    if attribute in PATH_ATTRIBUTES:
        return "paths"
    return "existence" if attribute in _SEVERAL else "codes"


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameColumn:
    """One column.

    ``labels`` are the values as the table writes them, ``values`` the codes that claims use, in the same order;
    ``edges`` are the first days of the bins of a column of days and the day after the last; ``leaf_share`` is the
    share of a leaf of a tree that a node below it has.
    """

    attribute: str
    labels: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    edges: tuple[date, ...] = ()
    leaf_share: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameRows:
    """A frame of rows; ``rows`` names the table (CSV or Parquet) beside its file.

    ``stands_for``: how many households a public sample was drawn from. ``every_household``: synthetic rows that are
    the whole population, one row per household.
    """

    frame: FrameName
    sources: tuple[str, ...]
    rows_are: RowsAre
    rows: str
    columns: tuple[FrameColumn, ...]
    stands_for: int | None = None
    every_household: bool = False
