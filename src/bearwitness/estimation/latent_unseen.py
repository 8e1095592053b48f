"""The number of unseen acts given the chance of being seen, below a cap.

With a prior in inverse proportion to N, and ``seen`` acts that each had the chance q, the unseen ones are negative
binomial: failures before the ``seen``-th success. A cap on N cuts it off, and what it cuts off is a factor of the
likelihood of q: an incomplete beta function (Johnson, Kemp and Kotz 2005, Univariate Discrete Distributions, 5.6).
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit

_TINY = 1e-300
# How often a draw above the cap is thrown away before the cut-off distribution is summed up instead.
_TRIES = 100
# Above this a Poisson draw would not fit a whole number.
_HUGE = 1e15
# Where the cap is so many standard deviations above the mean, what it cuts off is nothing.
_FAR = 12.0


@njit(nogil=True, cache=True)
def draw_unseen(rng: np.random.Generator, seen: int, chance: float, room: int) -> int:
    """A number of unseen acts, at most ``room``."""
    odds = (1.0 - chance) / chance
    for _ in range(_TRIES):
        mean = rng.standard_gamma(float(seen)) * odds
        if mean < _HUGE:
            found = int(rng.poisson(mean))
            if found <= room:
                return found
    return _below(rng, seen, chance, room)


@njit(nogil=True, cache=True)
def _below(rng: np.random.Generator, seen: int, chance: float, room: int) -> int:
    """The same by inversion from the cap downwards, where nearly all is above the cap."""
    total, term, at = 0.0, 1.0, room
    while at >= 0 and term > 1e-17 * total:
        total += term
        term *= at / ((at + seen - 1.0) * (1.0 - chance)) if at else 0.0
        at -= 1
    lowest = at + 1
    left, term, at = rng.random() * total, 1.0, room
    while at > lowest:
        left -= term
        if left < 0.0:
            return at
        term *= at / ((at + seen - 1.0) * (1.0 - chance))
        at -= 1
    return lowest


@njit(nogil=True, cache=True)
def _off_zero(value: float) -> float:
    return value if abs(value) > _TINY else _TINY


@njit(nogil=True, cache=True)
def _fraction(a: float, b: float, x: float) -> float:
    """The continued fraction of the incomplete beta function, by the modified method of Lentz."""
    c, d = 1.0, 1.0 / _off_zero(1.0 - (a + b) * x / (a + 1.0))
    value = d
    for m in range(1, 100_000):
        step = m * (b - m) * x / ((a - 1.0 + 2 * m) * (a + 2 * m))
        d, c = 1.0 / _off_zero(1.0 + step * d), _off_zero(1.0 + step / c)
        value *= d * c
        step = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 1.0 + 2 * m))
        d, c = 1.0 / _off_zero(1.0 + step * d), _off_zero(1.0 + step / c)
        value *= d * c
        if abs(d * c - 1.0) < 1e-14:
            break
    return value


@njit(nogil=True, cache=True)
def log_room(seen: int, room: int, log_chance: float) -> float:
    """Log of the probability that the unseen are at most ``room``."""
    x = math.exp(log_chance)
    y = -math.expm1(log_chance)
    if y <= 0.0:
        return 0.0
    mean = seen * y / x
    if mean + _FAR * (math.sqrt(mean / x) + 5.0 / x) < room:
        return 0.0
    a, b = float(seen), room + 1.0
    front = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * log_chance + b * math.log(y)
    if x < (a + 1.0) / (a + b + 2.0):
        return front + math.log(_fraction(a, b, x) / a)
    return math.log1p(-min(math.exp(front) * _fraction(b, a, y) / b, 1.0 - 1e-16))
