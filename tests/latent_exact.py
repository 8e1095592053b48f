"""The latent-class posterior of N on tiny tables, summed up; and simulation-based calibration of its sampler."""

from __future__ import annotations

from itertools import product
from math import comb, lgamma, log

import numpy as np
from scipy.integrate import quad
from scipy.special import betaln

from bearwitness.estimation.latent_tempering import go_on, problem_of, start
from bearwitness.estimation.lists import CaptureTable, capture_table, patterns


def _sticks(first: int, second: int, shape: float, rate: float) -> float:
    """The probability that so many acts are of each of two classes in one order, the concentration integrated out.

    With alpha = exp(t): E[B(1 + first, alpha + second) / B(1, alpha)].
    """

    def at(t: float) -> float:
        alpha = np.exp(t)
        weight = np.exp(shape * t - rate * alpha + shape * log(rate) - lgamma(shape))
        return weight * np.exp(betaln(1 + first, alpha + second) - betaln(1, alpha))

    return float(quad(at, -120, 8, limit=400, points=[-20, -5, 0, 3])[0])


def exact_posterior(
    table: CaptureTable, *, most: int, shape: float, rate: float, list_parameter: float = 1.0
) -> np.ndarray:
    """The probability of each N from the seen acts to ``most`` for two classes: a sum over all allocations of acts."""
    lists, cells = len(table.lists), np.flatnonzero(table.counts)
    counts, on = table.counts[cells].astype(int), patterns(lists)[cells].astype(int)
    seen, own = int(counts.sum()), betaln(list_parameter, list_parameter)
    sticks: dict[tuple[int, int], float] = {}
    weights = []
    for unseen in range(most - seen + 1):
        total = 0.0
        for split in product(*(range(c + 1) for c in counts), range(unseen + 1)):
            ways = np.prod([float(comb(n, a)) for n, a in zip([*counts, unseen], split, strict=True)])
            first, second = sum(split), seen + unseen - sum(split)
            mine = np.array(split[:-1]) @ on
            other = counts @ on - mine
            chance = sum(
                betaln(list_parameter + hits, list_parameter + size - hits) - own
                for size, each in ((first, mine), (second, other)) for hits in each
            )  # fmt: skip
            if (first, second) not in sticks:
                sticks[first, second] = _sticks(first, second, shape, rate)
            total += ways * sticks[first, second] * np.exp(chance)
        size = seen + unseen
        weights.append(total * np.exp(lgamma(size + 1) - lgamma(unseen + 1)) / size)
    return np.array(weights) / np.sum(weights)


def calibration_ranks(
    worlds: int, seed: int, *, lists: int = 3, classes: int = 4, most: int = 150, draws: int = 19, rounds: int = 1500
) -> np.ndarray:
    """The rank of the true N among draws of the sampler, for worlds drawn from the prior; uniform from 0 to ``draws``.

    The concentration, weights, chances and N (in inverse proportion to N, up to ``most``) are drawn, then a table;
    worlds in which nobody was seen are drawn again, which the sampler conditions on. Ties are broken at random.
    """
    rng = np.random.default_rng(seed)
    ranks = []
    sizes = np.arange(1, most + 1)
    while len(ranks) < worlds:
        alpha = max(rng.gamma(0.25, 4.0), 1e-12)
        taken = np.append(rng.beta(1.0, alpha, classes - 1), 1.0)
        weights = taken * np.append(1.0, np.cumprod(1.0 - taken[:-1]))
        chances = rng.random((classes, lists))
        size = int(rng.choice(sizes, p=(1 / sizes) / (1 / sizes).sum()))
        members = rng.choice(classes, size=size, p=weights / weights.sum())
        places = (rng.random((size, lists)) < chances[members]) @ (1 << np.arange(lists)[::-1])
        cells = {format(place, f"0{lists}b"): int((places == place).sum()) for place in range(1, 2**lists)}
        if not sum(cells.values()):
            continue
        table = capture_table("w", [f"l{j}" for j in range(lists)], cells)
        problem = problem_of(table, most=most, classes=classes, shape=0.25, rate=0.25)
        replicate = start(problem, np.random.default_rng(int(rng.integers(2**62))))
        go_on(replicate, rounds)
        thin = replicate.draws[np.linspace(rounds // 5, rounds - 1, draws).astype(int)]
        ranks.append(int((thin < size).sum()) + int(rng.integers(0, (thin == size).sum() + 1)))
    return np.array(ranks)
