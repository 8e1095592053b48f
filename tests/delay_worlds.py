"""Invented worlds of acts and of how news of them comes out: by channels of their own slowness, and in bursts.

Nothing here is drawn from the model that is tested: delays are lengths of time, not chances by month, and bursts are
persons. An act by the channel "arrivals" is known to one witness, who tells all he knows on the day he reaches safety;
in some months the border is open, and many do. The other channels lose and regain their line: what was held back comes
on the day it is back. Some acts come very late, whatever their channel.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from bearwitness.estimation.triangle import Report

CHANNELS = ("phone", "letters", "arrivals")
FIRST = date(2010, 1, 1)
DAYS = 30.4375


@dataclass(frozen=True)
class DelayWorld:
    """Settings: months of acts, acts a month, channel shares, mean days until a report, bursts, and the tail.

    ``raid`` is the mean number of acts that happen together. ``late`` is the share of acts that come more than
    ``late_days`` after they happened. ``silence`` is the chance that a channel's line is down in a month.
    """

    months: int = 110
    acts: float = 14.0
    swing: float = 0.35
    raid: float = 1.8
    shares: tuple[float, ...] = (0.4, 0.3, 0.3)
    slowness: tuple[float, ...] = (40.0, 110.0, 0.0)
    silence: float = 0.12
    escape: float = 0.15
    open_border: float = 0.08
    knows: float = 4.0
    late: float = 0.05
    late_days: int = 590


def make_reports(world: DelayWorld, seed: int) -> tuple[Report, ...]:
    """All reports of a world, whenever they come, in the order of acts."""
    rng = np.random.default_rng(seed)
    acts = _act_days(world, rng)
    channel = rng.choice(len(CHANNELS), size=len(acts), p=world.shares)
    reported = np.zeros(len(acts))
    for place in range(len(CHANNELS) - 1):
        mine = channel == place
        waits = rng.gamma(1.3, world.slowness[place] / 1.3, size=int(mine.sum()))
        reported[mine] = _held_back(acts[mine] + waits, world, rng)
    mine = channel == len(CHANNELS) - 1
    reported[mine] = _carried(acts[mine], world, rng)
    late = rng.random(len(acts)) < world.late
    reported[late] = acts[late] + world.late_days + rng.exponential(365.0, size=int(late.sum()))
    return tuple(
        Report(id=f"a{number}", act=FIRST + timedelta(days=int(day)), reported=FIRST + timedelta(days=int(came)),
               channel=CHANNELS[by])
        for number, (day, came, by) in enumerate(zip(acts, np.maximum(acts, reported), channel, strict=True))
    )  # fmt: skip


def known_by(reports: Sequence[Report], as_of: date, longest: int) -> tuple[Report, ...]:
    """What is known on a day, without what came later than the longest delay."""
    return tuple(r for r in reports if r.reported <= as_of and months_between(r.act, r.reported) <= longest)


def final_counts(reports: Sequence[Report], labels: Sequence[str], longest: int | None) -> list[int]:
    """How many acts of each month are ever reported, or within the longest delay."""
    kept = [r.act.strftime("%Y-%m") for r in reports
            if longest is None or months_between(r.act, r.reported) <= longest]  # fmt: skip
    return [kept.count(label) for label in labels]


def months_between(one: date, other: date) -> int:
    """Whole calendar months from one day's month to another's."""
    return (other.year - one.year) * 12 + other.month - one.month


def month_end(number: int) -> date:
    """The last day of a month, counted from the world's first."""
    later = number + 1
    return date(FIRST.year + later // 12, later % 12 + 1, 1) - timedelta(days=1)


def _act_days(world: DelayWorld, rng: np.random.Generator) -> np.ndarray:
    """Days of acts: raids at a rate that wanders, and jumps for some months; each raid hits several families."""
    wander = np.zeros(world.months)
    for month in range(1, world.months):
        wander[month] = 0.85 * wander[month - 1] + rng.normal(0, world.swing * np.sqrt(1 - 0.85**2))
    for start in np.flatnonzero(rng.random(world.months) < 0.03):
        wander[start : start + int(rng.integers(1, 4))] += 0.7
    days: list[float] = []
    for month, rate in enumerate(world.acts / world.raid * np.exp(wander)):
        for day in rng.uniform(month * DAYS, (month + 1) * DAYS, size=rng.poisson(rate)):
            days += [day] * int(rng.geometric(1 / world.raid))
    return np.array(sorted(days))


def _held_back(came: np.ndarray, world: DelayWorld, rng: np.random.Generator) -> np.ndarray:
    """What comes while the line is down comes on the day it is back."""
    down = rng.random(world.months + 60) < world.silence
    for _ in range(12):
        month = np.minimum((came / DAYS).astype(int), len(down) - 1)
        came = np.where(down[month], (month + 1) * DAYS + 1, came)
    return came


def _carried(acts: np.ndarray, world: DelayWorld, rng: np.random.Generator) -> np.ndarray:
    """Each witness knows some acts that lie near each other in time, and tells all on the day of safety."""
    border = np.where(rng.random(world.months + 240) < world.open_border, 6.0, 0.7) * world.escape
    reported, place = np.zeros(len(acts)), 0
    order = np.argsort(acts + rng.exponential(60.0, size=len(acts)))
    while place < len(order):
        mine = order[place : place + int(rng.geometric(1 / world.knows))]
        place += len(mine)
        month = int(acts[mine].max() / DAYS)
        while month < len(border) - 1 and rng.random() > border[month]:
            month += 1
        reported[mine] = np.maximum(acts[mine].max(), month * DAYS + rng.uniform(0, DAYS))
    return reported
