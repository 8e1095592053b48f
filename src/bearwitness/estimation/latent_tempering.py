"""Parallel tempering of the latent-class model: levels from the prior to the whole table, changing places.

The posterior of N has several modes that a chain alone does not leave: on the five lists of the Netherlands one near
49,000 and one near 140,000. At level ``beta`` the likelihood of the table, with the unseen acts summed out, is raised
to this power; at 0 a level draws from the prior, so that every state that comes from there is new. Neighbours offer to
exchange their states, odd and even pairs in turn (Okabe and others 2001, Chemical Physics Letters 335, 435; Syed and
others 2022, JRSS B 84, 321). Levels are spaced so that all pairs refuse equally often.

A sweep needs whole counts. A level sweeps over ``beta`` times the counts, rounded, and the sweep, which is reversible,
is accepted by what rounding left out (the surrogate transition of Liu 2001, Monte Carlo Strategies in Scientific
Computing, 9.4.3). At the last level nothing is left out.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from numba import njit

from bearwitness.estimation.latent_kernel import draw_prior, log_cells, stretch, sweep
from bearwitness.estimation.latent_unseen import draw_unseen, log_room
from bearwitness.estimation.lists import CaptureTable

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BitArray = npt.NDArray[np.uint8]

# The spacing of levels is set anew after each of these numbers of rounds; those are no draws.
_TRIALS: Final = (50, 100, 200, 400)
# Levels for each unit of log acts: neighbours then refuse about half of the time.
_DENSITY: Final = 1.5
# A pair that never refuses still has a place.
_LEAST_REFUSED: Final = 0.02
# A cell with less than this expected at a level is left to the correction alone.
_ROUNDED_UP: Final = 0.5
# Offers to stretch a class after each sweep; with two Kosovo's independent draws a second rise by half.
_STRETCHES: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Problem:
    """What is sampled from.

    ``on`` and ``counts`` are the cells with any act; ``room`` the most unseen acts; ``prior`` the shape and rate of
    the concentration, and the parameter of the symmetric beta distribution of every list in every class.
    """

    on: BitArray
    counts: IntArray
    room: int
    classes: int
    prior: FloatArray


@dataclass(slots=True, kw_only=True, eq=False)
class Replicate:
    """One ladder of levels, and the only thing here that changes.

    ``draws`` are the numbers N and ``log_chance`` the logarithms of the chance of being seen, both at the last level
    and one for each round since the ladder was set.
    """

    problem: Problem
    rng: np.random.Generator
    betas: FloatArray
    lam: FloatArray
    logw: FloatArray
    alpha: FloatArray
    place: IntArray
    draws: FloatArray
    log_chance: FloatArray


def problem_of(
    table: CaptureTable, *, most: int, classes: int, shape: float, rate: float, list_parameter: float = 1.0
) -> Problem:
    """The cells of a table that have acts, with the prior."""
    place = np.flatnonzero(table.counts)
    return Problem(
        on=np.ascontiguousarray(table.on_lists[place], dtype=np.uint8),
        counts=table.counts[place].astype(np.int64),
        room=most - table.observed,
        classes=classes,
        prior=np.array([shape, rate, list_parameter]),
    )


def start(problem: Problem, rng: np.random.Generator) -> Replicate:
    """A ladder whose levels all start from the prior, with its spacing set."""
    acts, lists = int(problem.counts.sum()), problem.on.shape[1]
    levels = 3 + math.ceil(_DENSITY * math.log(acts + 1))
    replicate = Replicate(
        problem=problem, rng=rng, betas=np.append(0.0, np.geomspace(min(1.0, 2 / (acts + 1)), 1.0, levels - 1)),
        lam=np.empty((levels, lists, problem.classes)), logw=np.empty((levels, problem.classes)),
        alpha=np.empty(levels), place=np.arange(levels), draws=np.empty(0), log_chance=np.empty(0),
    )  # fmt: skip
    for r in range(levels):
        replicate.alpha[r] = draw_prior(rng, problem.prior, replicate.lam[r], replicate.logw[r])
    for rounds in _TRIALS:
        refused = _run(replicate, rounds)[2][:-1] / (rounds / 2)
        _space(replicate, refused)
    return replicate


def go_on(replicate: Replicate, rounds: int) -> None:
    """Add so many draws."""
    draws, log_chance, _ = _run(replicate, rounds)
    replicate.draws = np.concatenate([replicate.draws, draws])
    replicate.log_chance = np.concatenate([replicate.log_chance, log_chance])


def _space(replicate: Replicate, refused: FloatArray) -> None:
    """Space the levels so that all neighbours would refuse each other equally often."""
    old = replicate.betas
    # The prior has no logarithm; its place is below the first level that has one.
    scale = np.log(np.append(old[1] / 4, old[1:]))
    barrier = np.append(0.0, np.cumsum(np.maximum(refused, _LEAST_REFUSED)))
    betas = np.exp(np.interp(np.linspace(0.0, barrier[-1], len(old)), barrier, scale))
    betas[0], betas[-1] = 0.0, 1.0
    replicate.betas = betas


def _run(replicate: Replicate, rounds: int) -> tuple[FloatArray, FloatArray, FloatArray]:
    problem = replicate.problem
    expected = replicate.betas[:, None] * problem.counts
    whole = np.where(expected < _ROUNDED_UP, 0, np.maximum(1, np.rint(expected))).astype(np.int64)
    rooms = (problem.room * (whole.sum(axis=1) / problem.counts.sum())).astype(np.int64)
    rooms[-1] = problem.room
    draws, log_chance, refused = np.empty(rounds), np.empty(rounds), np.zeros(len(whole))
    _temper(
        replicate.rng, problem.on, problem.counts.astype(float), replicate.betas, whole, expected - whole, rooms,
        problem.prior, replicate.lam, replicate.logw, replicate.alpha, replicate.place, draws, log_chance, refused,
    )  # fmt: skip
    return draws, log_chance, refused


@njit(nogil=True, cache=True)
def _fit(counts: FloatArray, logs: FloatArray) -> float:
    """The log likelihood of so many acts in each cell, each known to be on a list."""
    cells, total = counts.shape[0], 0.0
    for c in range(cells):
        total += counts[c] * (logs[c] - logs[cells])
    return total


@njit(nogil=True, cache=True)
def _level(counts: FloatArray, beta: float, seen: int, room: int, logs: FloatArray) -> float:
    """The log likelihood at a level, with what the cap cuts off of its rounded table."""
    if seen == 0:
        return beta * _fit(counts, logs)
    return beta * _fit(counts, logs) + log_room(seen, room, logs[-1])


@njit(nogil=True, cache=True)
def _exchange(
    rng: np.random.Generator, counts: FloatArray, betas: FloatArray, seen: IntArray, rooms: IntArray,
    logs: FloatArray, place: IntArray, at: int, refused: FloatArray,
) -> None:  # fmt: skip
    """Let a level and the next change states, or not; note the probability that not."""
    low, high = place[at], place[at + 1]
    ratio = _level(counts, betas[at], seen[at], rooms[at], logs[high])
    ratio -= _level(counts, betas[at], seen[at], rooms[at], logs[low])
    ratio += _level(counts, betas[at + 1], seen[at + 1], rooms[at + 1], logs[low])
    ratio -= _level(counts, betas[at + 1], seen[at + 1], rooms[at + 1], logs[high])
    refused[at] += 1.0 - math.exp(min(ratio, 0.0))
    if math.log(1.0 - rng.random()) < ratio:
        place[at], place[at + 1] = high, low


@njit(nogil=True, cache=True)
def _temper(
    rng: np.random.Generator, on: BitArray, counts: FloatArray, betas: FloatArray, whole: IntArray, left: FloatArray,
    rooms: IntArray, prior: FloatArray, lam: FloatArray, logw: FloatArray, alpha: FloatArray, place: IntArray,
    draws: FloatArray, log_chance: FloatArray, refused: FloatArray,
) -> None:  # fmt: skip
    """In each round sweep every level once, then let neighbours exchange; ``place`` has the state of each level."""
    levels, cells = whole.shape
    lists, classes = lam.shape[1:]
    new_lam, new_logw, new_logs = np.empty((lists, classes)), np.empty(classes), np.empty(cells + 1)
    logs, seen = np.empty((levels, cells + 1)), whole.sum(axis=1)
    for r in range(levels):
        log_cells(on, lam[r], logw[r], logs[r])
    for t in range(draws.shape[0]):
        for level in range(levels):
            r = place[level]
            if level == 0:
                alpha[r] = draw_prior(rng, prior, lam[r], logw[r])
                log_cells(on, lam[r], logw[r], logs[r])
                continue
            new_lam[:], new_logw[:] = lam[r], logw[r]
            if seen[level] == 0:
                new_alpha = draw_prior(rng, prior, new_lam, new_logw)
            else:
                new_alpha = sweep(rng, on, whole[level], rooms[level], prior, alpha[r], new_lam, new_logw)
            log_cells(on, new_lam, new_logw, new_logs)
            ratio = _fit(left[level], new_logs) - _fit(left[level], logs[r])
            if ratio >= 0.0 or math.log(1.0 - rng.random()) < ratio:
                lam[r], logw[r], alpha[r], logs[r] = new_lam, new_logw, new_alpha, new_logs
            for _ in range(_STRETCHES):
                ratio = stretch(rng, prior, alpha[r], lam[r], logw[r], new_lam, new_logw)
                if ratio == -np.inf:
                    continue
                log_cells(on, new_lam, new_logw, new_logs)
                ratio += _level(counts, betas[level], seen[level], rooms[level], new_logs)
                ratio -= _level(counts, betas[level], seen[level], rooms[level], logs[r])
                if ratio >= 0.0 or math.log(1.0 - rng.random()) < ratio:
                    lam[r], logw[r], logs[r] = new_lam, new_logw, new_logs
        for level in range(t % 2, levels - 1, 2):
            _exchange(rng, counts, betas, seen, rooms, logs, place, level, refused)
        last = logs[place[-1]]
        log_chance[t] = last[cells]
        draws[t] = seen[-1] + draw_unseen(rng, seen[-1], math.exp(last[cells]), rooms[-1])
