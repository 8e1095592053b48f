"""Adversaries: what one can check, how often its records err, and how many households it can pursue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from bearwitness.disclosure.frames import INNERMOST, LEVELS, Frames
from bearwitness.errors import FrameError
from bearwitness.model.claims import ATTRIBUTES


@dataclass(frozen=True, slots=True, kw_only=True)
class Adversary:
    """Who reads the release with records of its own.

    ``checks`` maps an attribute to the rate at which the adversary's record of it errs or is missing. The rate is
    stated for the reader and never lowers a risk (see ``disclosure.crowd``). ``act_leaves`` are the acts it has a
    log of; a claim that allows any other act excludes nobody.
    """

    id: str
    capacity: int
    checks: Mapping[str, float]
    act_leaves: frozenset[str]
    labels: Mapping[str, str]


def read_adversary(spec: Mapping[str, Any]) -> Adversary:
    """An adversary from the contents of its file.

    Raises
    ------
    FrameError
        If a key is missing, an attribute unknown, a rate outside [0, 1) or the capacity below 1.
    """
    name = str(spec.get("id", "?"))
    checks = {str(k): float(v) for k, v in dict(spec.get("checks") or {}).items()}
    unknown = sorted(set(checks) - set(ATTRIBUTES))
    if unknown:
        raise FrameError(f"adversary {name} checks an unknown attribute {unknown[0]}.", hint="See the reference.")
    if any(not 0.0 <= rate < 1.0 for rate in checks.values()):
        raise FrameError(f"adversary {name} has an error rate outside [0, 1).", hint="Leave out what it cannot check.")
    capacity = spec.get("capacity")
    if isinstance(capacity, bool) or not isinstance(capacity, int) or capacity < 1:
        raise FrameError(f"adversary {name} needs a capacity of at least 1.", hint="Give a whole number.")
    leaves = frozenset(str(leaf) for leaf in spec.get("act_leaves") or ())
    return Adversary(
        id=name, capacity=capacity, checks=checks, act_leaves=leaves, labels=dict(spec.get("label") or {})
    )


def check_adversary(adversary: Adversary, frames: Frames) -> None:
    """Refuse an adversary that the frames cannot answer for.

    Raises
    ------
    FrameError
        If it checks an attribute of which no frame has a table, or can pursue more households than the smallest frame
        has (then everybody is pursued, and no wording protects anybody).
    """
    known = {"status"}.union(*(frames.at(level).tables for level in range(len(LEVELS))))
    if lacking := sorted(set(adversary.checks) - known):
        raise FrameError(
            f"adversary {adversary.id} checks {lacking[0]}, of which no frame has a table.",
            hint="Add a table to a frame, or drop it from the adversary.",
        )
    smallest = float(np.median(frames.at(INNERMOST).size))
    if adversary.capacity >= smallest:
        raise FrameError(
            f"adversary {adversary.id} can pursue {adversary.capacity} households, and frame {LEVELS[INNERMOST]} has"
            f" about {smallest:.0f}.", hint="Correct the capacity: with such a one every household is pursued.",
        )  # fmt: skip
