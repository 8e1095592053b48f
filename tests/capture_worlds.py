"""Invented worlds whose number of acts is known, and the capture tables that channels would make of them.

Every world draws its own number of acts and its own chances of the channels, so that no method can be right by a
constant. The seeds of the campaign were set before its first run.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit

from bearwitness.estimation.lists import CaptureTable, capture_table

LISTS = ("clinic", "church", "radio", "border", "press")
Seen = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptureWorld:
    """The acts that there are, which channel saw which (one row an act), and the table of those that one saw."""

    acts: int
    seen: Seen
    table: CaptureTable


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A kind of world: its name, what is drawn, and how many acts there are at least and at most."""

    name: str
    draw: Callable[[np.random.Generator, int], Seen]
    fewest: int
    most: int


def tabulate(stratum: str, seen: Seen) -> CaptureTable:
    """The table of the acts that at least one channel saw."""
    lists = seen.shape[1]
    places = seen @ (1 << np.arange(lists)[::-1])
    counts = np.bincount(places, minlength=2**lists)
    cells = {format(place, f"0{lists}b"): float(count) for place, count in enumerate(counts) if place and count}
    return capture_table(stratum, LISTS[:lists], cells)


def capture_world(scenario: Scenario, seed: int, index: int) -> CaptureWorld:
    """One world, a function of the scenario, the seed and the index alone."""
    rng = np.random.default_rng([seed, index])
    acts = int(rng.integers(scenario.fewest, scenario.most + 1))
    seen = scenario.draw(rng, acts)
    return CaptureWorld(acts=acts, seen=seen, table=tabulate(f"{scenario.name}-{index}", seen))


def _chances(rng: np.random.Generator, low: float, high: float, lists: int = 4) -> NDArray[np.float64]:
    return rng.uniform(low, high, lists)


def independent(rng: np.random.Generator, acts: int) -> Seen:
    """Four channels that know nothing of each other, acts all alike."""
    return rng.random((acts, 4)) < _chances(rng, 0.15, 0.45)


def dependent_pair(rng: np.random.Generator, acts: int) -> Seen:
    """Two of four channels hear of the same acts: what the first saw, the second sees at two to four times the odds."""
    chances = _chances(rng, 0.15, 0.45)
    seen = rng.random((acts, 4)) < chances
    odds = np.log(rng.uniform(2, 4)) * (seen[:, 0] - chances[0])
    seen[:, 1] = rng.random(acts) < expit(logit(chances[1]) + odds)
    return seen


def two_kinds(rng: np.random.Generator, acts: int) -> Seen:
    """Acts of two kinds: public ones, and such behind walls, which every channel hears of at a third of the odds."""
    hidden = rng.random(acts) < rng.uniform(0.3, 0.6)
    chances = logit(_chances(rng, 0.3, 0.55))
    return rng.random((acts, 4)) < expit(chances - np.log(3) * hidden[:, None])


def uneven(rng: np.random.Generator, acts: int) -> Seen:
    """Every act has a visibility of its own, the same for all four channels: odds with a log-normal spread of 0.5."""
    visible = rng.normal(0, 0.5, acts)
    return rng.random((acts, 4)) < expit(logit(_chances(rng, 0.15, 0.45)) + visible[:, None])


def sparse(rng: np.random.Generator, acts: int) -> Seen:
    """Channels that see one act in ten, and two of them, one on each side of a border, never the same act."""
    seen = rng.random((acts, 4)) < _chances(rng, 0.06, 0.16)
    seen[seen[:, 2], 3] = False
    return seen


SCENARIOS = (
    Scenario(name="independent", draw=independent, fewest=150, most=1500),
    Scenario(name="dependent pair", draw=dependent_pair, fewest=150, most=1500),
    Scenario(name="two kinds of acts", draw=two_kinds, fewest=150, most=1500),
    Scenario(name="uneven visibility", draw=uneven, fewest=150, most=1500),
    Scenario(name="sparse overlaps", draw=sparse, fewest=600, most=3000),
)


def small_world(seed: int, index: int) -> CaptureWorld:
    """A stratum as most of a record are: a few acts to a few dozen, three or four channels of uneven reach."""
    rng = np.random.default_rng([seed, index])
    acts = 1 + int(rng.negative_binomial(0.8, 0.8 / 25))
    lists = int(rng.integers(3, 5))
    seen = rng.random((acts, lists)) < rng.uniform(0.05, 0.5, lists)
    return CaptureWorld(acts=acts, seen=seen, table=tabulate(f"place-{index}", seen))
