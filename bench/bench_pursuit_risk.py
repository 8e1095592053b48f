"""pursuit_risk: relative error against 40 digits over the whole range, and values a second beside a plain version."""

from __future__ import annotations

import time

import mpmath
import numpy as np
from measuring import best_of, record
from scipy.stats import poisson

from bearwitness.disclosure import pursuit_risk

SEED = 7
VALUES = 10_000_000
POINTS = 1000


def exact(others: float, capacity: int) -> float:
    """E[min(1, c / (1 + X))] summed term by term with 40 digits, over all x that weigh more than 1e-40."""
    with mpmath.workdps(40):
        lam = mpmath.mpf(others)
        spread = 15 * int(np.sqrt(others)) + 150
        first, last = max(0, int(others) - spread), int(others) + spread
        term = mpmath.exp(first * mpmath.log(lam) - lam - mpmath.loggamma(first + 1))
        total = mpmath.mpf(0)
        for x in range(first, last + 1):
            total += term if x < capacity else term * capacity / (1 + x)
            term = term * lam / (x + 1)
        return float(total)


def worst_error(points: int) -> float:
    """The largest relative error over a grid and random points, lambda 1e-12 to 1e9, capacity 1 to 10,000."""
    rng = np.random.default_rng(SEED)
    worst = 0.0
    for _ in range(points):
        capacity = int(np.exp(rng.uniform(0, np.log(10_000))).round())
        # Half of the points lie where crowd and capacity are alike, which is where the tails cancel.
        near = rng.random() < 0.5
        others = capacity * float(np.exp(rng.normal(0, 0.5))) if near else 10.0 ** float(rng.uniform(-12, 9))
        one, many = float(pursuit_risk(others, capacity)), float(pursuit_risk(np.full(2, others), capacity)[0])
        # Past this the part that c / lambda leaves out is below exp(-1000).
        reference = capacity / others if others > 50.0 * capacity + 2000.0 else exact(others, capacity)
        # One value and arrays take different ways to the same sum.
        worst = max(worst, abs(one - reference) / reference, abs(many - reference) / reference)
    return worst


def plain(others: np.ndarray, capacity: int) -> np.ndarray:
    """The closed form through scipy.stats, as one would write it first."""
    return poisson.cdf(capacity - 1, others) + capacity / others * poisson.sf(capacity, others)


def main() -> None:
    """Measure and record."""
    began = time.perf_counter()
    error = worst_error(POINTS)
    record(
        "pursuit_risk_error", what="pursuit_risk, relative error, lambda 1e-12 to 1e9, capacity 1 to 10,000",
        asked="under 1e-9", measured=f"{error:.1e} at worst of {POINTS:,} points", reached=error < 1e-9, seed=SEED,
    )  # fmt: skip
    rng = np.random.default_rng(SEED)
    others = 10.0 ** rng.uniform(-12, 9, VALUES)
    slowest, ratio = float("inf"), 0.0
    for capacity in (1, 20, 1000):
        seconds, _ = best_of(lambda c=capacity: pursuit_risk(others, c), times=3)
        slowest = min(slowest, VALUES / seconds)
        if capacity == 20:
            part = others[:1_000_000]
            peer, _ = best_of(lambda p=part: plain(p, 20), times=3)
            ours, _ = best_of(lambda p=part: pursuit_risk(p, 20), times=3)
            ratio = peer / ours
    record(
        "pursuit_risk_speed", what="pursuit_risk, values a second, slowest of capacity 1, 20, 1,000",
        asked="10 million", measured=f"{slowest / 1e6:.0f} million; {ratio:.1f} times a plain scipy.stats version",
        reached=slowest >= 10e6, seed=SEED,
    )  # fmt: skip
    print(f"{time.perf_counter() - began:.0f} s", flush=True)


if __name__ == "__main__":
    main()
