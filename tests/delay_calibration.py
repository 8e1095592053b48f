"""Simulation-based calibration of the delay model (Talts and others 2018): what is true ranks evenly among draws.

Truths are drawn from the prior and data from the truths by code that shares nothing with the model's. `rank_truths` in
full is the proof; tests run it small.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bearwitness.engines.delay_model import DelaySettings, delay_draws
from bearwitness.estimation.delay_priors import DelayPriors, TailPrior
from bearwitness.estimation.triangle import ReportingTriangle

TAIL = TailPrior(late=2.0, in_time=38.0)
WATCHED = ("level", "swing", "clumping", "burst", "delay_step")


@dataclass(frozen=True)
class Truth:
    """One world of the prior: its scales, all counts by channel, month and delay, and all acts that come ever."""

    scales: dict[str, float]
    counts: np.ndarray
    ever: np.ndarray


def simulate(priors: DelayPriors, channels: int, months: int, longest: int, rng: np.random.Generator) -> Truth:
    """Draw a world from the prior, act by act of the description in words."""
    size = {name: float(np.exp(np.log(getattr(priors, name)) + spread * rng.normal())) for name, spread in (
        ("swing", priors.spread), ("burst", priors.spread), ("clumping", priors.clumping_spread),
        ("delay_step", priors.shape_spread), ("channel_apart", priors.shape_spread),
        ("channel_step", priors.shape_spread))}  # fmt: skip
    size["level"] = np.log(priors.acts) + priors.acts_spread * rng.normal()
    memory = rng.beta(priors.memory_stay, priors.memory_leave)
    swings = [size["swing"] * rng.normal()]
    while len(swings) < months:
        swings.append(memory * swings[-1] + size["swing"] * np.sqrt(1 - memory**2) * rng.normal())
    weights = np.exp(rng.normal(size=channels))
    common = priors.delay_start + rng.normal() + np.cumsum(
        np.concatenate([[0.0], size["delay_step"] * rng.normal(size=longest - 1)]))  # fmt: skip
    counts, ever = np.zeros((channels, months, longest + 1), dtype=np.int64), np.zeros(months, dtype=np.int64)
    late = rng.beta(TAIL.late, TAIL.in_time)
    for channel in range(channels):
        own = size["channel_apart"] * rng.normal() + np.cumsum(
            np.concatenate([[0.0], size["channel_step"] * rng.normal(size=longest - 1)]))  # fmt: skip
        bursts = size["burst"] * rng.logistic(scale=np.sqrt(3) / np.pi, size=months + longest)
        for month in range(months):
            mean = np.exp(size["level"] + swings[month]) * weights[channel] / weights.sum()
            waiting = 1.0
            for delay in range(longest + 1):
                odds = common[delay] + own[delay] + bursts[month + delay] if delay < longest else np.inf
                chance = 1 / (1 + np.exp(-odds))
                counts[channel, month, delay] = _clumped(mean * waiting * chance, size["clumping"], rng)
                waiting *= 1 - chance
            ever[month] += counts[channel, month].sum() + _clumped(mean * late / (1 - late), size["clumping"], rng)
    return Truth(scales=size, counts=counts, ever=ever)


def triangles_of(counts: np.ndarray) -> dict[str, ReportingTriangle]:
    """What is seen of a world at the end of its last month."""
    months, delays = counts.shape[1:]
    seen = np.minimum(np.arange(months, 0, -1), delays)
    cells = np.arange(delays)[None, :] < seen[:, None]
    periods = tuple(f"{2001 + m // 12}-{m % 12 + 1:02d}" for m in range(months))
    return {f"c{place}": ReportingTriangle(periods=periods, counts=np.where(cells, table, 0), seen=seen)
            for place, table in enumerate(counts)}  # fmt: skip


def rank_truths(
    worlds: int, *, seed: int, channels: int = 2, months: int = 8, longest: int = 3, bins: int = 20,
    priors: DelayPriors | None = None, settings: DelaySettings | None = None,
) -> tuple[dict[str, list[int]], int]:  # fmt: skip
    """The bin, from 0 to ``bins`` - 1, of each truth among the draws of its posterior, and how many checks failed.

    A world in which some channel reports nothing is drawn anew: that is part of the prior then, for the posterior given
    such a world is the same. A world whose checks do not hold is kept, for leaving it out would bias the rest.
    """
    given = priors or DelayPriors(acts=25.0, acts_spread=0.5)
    chosen = settings or DelaySettings(priors=given, chains=4, warm_up=200, least=200, most=600)
    rng = np.random.default_rng(seed)
    ranks: dict[str, list[int]] = {}
    failed = 0
    for number in range(worlds):
        truth = simulate(given, channels, months, longest, rng)
        while not all(t.counts.any() for t in triangles_of(truth.counts).values()):
            truth = simulate(given, channels, months, longest, rng)
        drawn = delay_draws(triangles_of(truth.counts), tail=TAIL, seed=seed + number, settings=chosen, strict=False)
        failed += not all(check.holds for check in drawn.checks)
        watched = {name: (drawn.scales[name], truth.scales[name]) for name in WATCHED}
        for age in range(longest):
            watched[f"in time, {age} old"] = (drawn.in_time[:, -1 - age], truth.counts[:, -1 - age].sum())
        watched["ever, 0 old"] = (drawn.ever[:, -1], truth.ever[-1])
        for name, (draws, value) in watched.items():
            # Equal numbers are put in order by chance, or counts would not rank evenly.
            below = (draws < value).mean() + rng.random() * (draws == value).mean()
            ranks.setdefault(name, []).append(min(int(below * bins), bins - 1))
    return ranks, failed


def _clumped(mean: float, clumping: float, rng: np.random.Generator) -> int:
    return int(rng.negative_binomial(mean / clumping, 1 / (1 + clumping))) if mean > 0 else 0
