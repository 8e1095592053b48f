"""Shares turned into the cells of a frame file: pseudo-counts whose total says how much the shares are worth."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

_LEAST_FIRST_PARAMETER: Final = 2.0


class Assumption(NamedTuple):
    """A number that nobody published: its value, and why it is what it is. Printed on the page of the frames."""

    name: str
    value: float
    why: str


def pseudo_counts(shares: Mapping[str, float], worth: float) -> dict[str, float]:
    """Dirichlet parameters in proportion to the shares, adding to ``worth`` households.

    Parameters
    ----------
    shares : mapping of str to float
        Counts or shares, in any unit.
    worth : float
        How many independent households the shares are worth: the fewer, the wider.
    """
    total = sum(shares.values())
    return {name: round(worth * share / total, 4) for name, share in shares.items()}


def presence(mean: float, worth: float, leaves: Mapping[str, float]) -> dict[str, Any]:
    """A beta prior of a share, and what of it falls on each leaf.

    Parameters
    ----------
    mean : float
        Share of households, the middle of the prior.
    worth : float
        How many households the share is worth: the fewer, the wider. A rare share is worth more, so that its prior
        keeps a middle near its mean (a first parameter below 2 piles it up at zero): a factor of 3 up and 8 down.
    leaves : mapping of str to float
        Weight of each leaf: its share is the drawn share times the weight.
    """
    worth = max(worth, _LEAST_FIRST_PARAMETER / mean)
    return {"a": round(mean * worth, 4), "b": round((1 - mean) * worth, 4), "leaves": dict(leaves)}


def described(kind: str, *, source: str, status: str, uncertainty: str, **cells: Any) -> dict[str, Any]:
    """A table of a frame file with what it rests on; ``status`` is counted, derived or assumed."""
    if status not in ("counted", "derived", "assumed"):
        raise ValueError(f"a table is counted, derived or assumed, not {status}")
    return {"kind": kind, "source": source, "status": status, "uncertainty": uncertainty, **cells}
