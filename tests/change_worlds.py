"""Worlds in which it is known whether acts or their reporting changed at a date; no code of the model.

Days pass one by one. Acts of a day are Poisson around a level that wanders from month to month and has a season, with
a gamma factor for each month (``scatter``). Each act waits for its report: on every day one in ``wait`` waiting acts
of a channel is reported, after a first while in which nothing comes, by a chance that a channel's busy and quiet
months raise and lower (``bursts``). A witness who reaches safety brings several old acts at once. Some acts are lost
while they wait (``lost``), more of them the longer they wait. A channel may fall silent at the date (``closes``).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from bearwitness.estimation.triangle import Report, ReportingTriangle, monthly_triangles

FIRST = date(2016, 1, 1)
LONGEST = 12


@dataclass(frozen=True)
class World:
    """What a world is like; ``acts`` and ``reporting`` multiply what they name from the date on."""

    acts: float = 1.0
    reporting: float = 1.0
    scatter: float = 0.15
    bursts: float = 0.4
    wander: float = 0.03
    season: float = 0.15
    lost: float = 0.0
    closes: bool = False
    monthly: float = 25.0
    before: int = 60
    after: int = 15


def month_of(number: int) -> str:
    """The label of a month, counted from the first."""
    return f"{FIRST.year + number // 12:04d}-{number % 12 + 1:02d}"


def last_day(world: World) -> date:
    """The day before the first that is not counted."""
    months = world.before + world.after
    return date(FIRST.year + months // 12, months % 12 + 1, 1) - timedelta(days=1)


def reports_of(world: World, seed: int) -> list[Report]:
    """The acts of one world that were reported, each with its day and that of its report."""
    rng = np.random.default_rng(seed)
    months = world.before + world.after
    level = np.cumsum(rng.normal(0, world.wander, months)) + world.season * np.sin(
        2 * np.pi * (np.arange(months) + rng.integers(12)) / 12
    )
    factor = rng.gamma(1 / world.scatter**2, world.scatter**2, months) if world.scatter else np.ones(months)
    busy = np.exp(rng.normal(-(world.bursts**2) / 2, world.bursts, (2, months)))
    made: list[Report] = []
    for channel, (name, part, wait, quiet) in enumerate((("broker", 0.6, 55, 12), ("phone", 0.4, 30, 3))):
        waiting = np.zeros((0, 2), dtype=int)  # act day, first day it can be told
        for day in range((last_day(world) - FIRST).days + 1):
            today = FIRST + timedelta(days=day)
            month = (today.year - FIRST.year) * 12 + today.month - 1
            is_after = month >= world.before
            acts = world.monthly * part * (world.acts if is_after else 1.0)
            rate = acts * np.exp(level[month]) * factor[month] / 30.4
            new = rng.poisson(rate)
            waiting = np.vstack([waiting, np.column_stack([np.full(new, day), day + rng.poisson(quiet, new)])])
            pace = world.reporting if is_after else 1.0
            chance = 1 - np.exp(-busy[channel, month] * pace / wait)
            if world.bursts and rng.random() < 0.01 * pace:
                chance = 0.3
            if world.closes and is_after and name == "phone":
                chance = 0.0
            told = (rng.random(len(waiting)) < chance) & (waiting[:, 1] <= day)
            made += [
                Report(id=f"{name}-{len(made) + n}", act=FIRST + timedelta(days=int(act)), reported=today, channel=name)
                for n, act in enumerate(waiting[told, 0])
            ]
            # Lost at a pace of its own: where half of the pace is losing, a third is lost.
            gone = rng.random(len(waiting)) < world.lost / (1 - world.lost) / wait if world.lost else False
            waiting = waiting[~(told | gone)]
    return [r for r in made if (r.reported.year - r.act.year) * 12 + r.reported.month - r.act.month <= LONGEST]


def triangles_of(world: World, seed: int) -> dict[str, ReportingTriangle]:
    """The reports of one world, counted by channel."""
    return monthly_triangles(
        reports_of(world, seed), as_of=last_day(world), channels=("broker", "phone"), longest=LONGEST, first=FIRST
    )
