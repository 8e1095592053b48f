"""How much the cap on N makes of a latent-class number, from the draws under one cap."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from bearwitness.estimation.latent_tempering import Problem
from bearwitness.estimation.latent_unseen import draw_unseen, log_room

FloatArray = npt.NDArray[np.float64]


def cap_ratio(draws: FloatArray, log_chance: FloatArray, problem: Problem, seeds: np.random.SeedSequence) -> float:
    """How many times half or twice the cap moves the middle or the upper end of the draws, the largest.

    Infinite where half of it leaves nothing.
    Under half the cap the posterior is that of the draws below it. Under twice, each state has the weight of what the
    cap had cut off, and its unseen acts are drawn anew.
    """
    seen = int(problem.counts.sum())
    levels = np.array([0.5, 0.975])
    usual = np.quantile(draws, levels)
    below = draws[draws <= (seen + problem.room) / 2]
    if not len(below):
        return np.inf
    rng = np.random.default_rng(seeds.spawn(1)[0])
    room, chances = 2 * problem.room + seen, log_chance.ravel()
    weights = np.exp([log_room(seen, room, x) - log_room(seen, problem.room, x) for x in chances])
    wider = np.array([seen + draw_unseen(rng, seen, x, room) for x in np.exp(chances)], dtype=float)
    order = np.argsort(wider)
    reached = np.cumsum(weights[order])
    doubled = wider[order][np.minimum(np.searchsorted(reached, levels * reached[-1]), len(order) - 1)]
    halved = np.quantile(below, levels)
    moved = np.concatenate([doubled / usual, halved / usual])
    return float(np.max(np.maximum(moved, 1.0 / moved)))
