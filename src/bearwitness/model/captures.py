"""Tables of captures as people write them in a file: how many acts each combination of lists has."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptureStratum:
    """The acts of one stratum. ``cells`` are pairs of a pattern, a 0 or 1 for each list in order, and a number.

    Nothing of it has been checked but its form: whether it is a table to estimate from is for the estimate to say,
    which names the stratum by its id.
    """

    id: str
    lists: tuple[str, ...]
    cells: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptureFile:
    """A file of such tables."""

    strata: tuple[CaptureStratum, ...]
