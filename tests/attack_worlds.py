"""Simulated worlds for the attack: a register, releases about some of its households, and an attacker that searches.

The world and the attacker share no code with the model: rows are numpy columns, and the attacker compares integers.
Sex and year of birth are correlated, as are sex and year of leaving.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

HOMES, SURNAMES, BIRTHS, ROUTES, YEARS, ACTS, DAYS = 12, 10, 8, 4, 10, 5, 24


@dataclass(frozen=True)
class World:
    """A register of households acted upon; ``shares`` are the probabilities it was drawn from."""

    rows: dict[str, np.ndarray]
    shares: dict[str, np.ndarray]

    @property
    def size(self):
        """How many households there are."""
        return len(self.rows["home"])


def make_world(rng, size):
    """A register drawn household by household from random shares."""

    def simplex(*shape):
        drawn = rng.gamma(0.8, size=shape) + 0.02
        return drawn / drawn.sum(axis=-1, keepdims=True)

    shares = {
        "home": simplex(HOMES), "surname": simplex(SURNAMES), "sex": np.array([0.7, 0.3]),
        "birth": simplex(2, BIRTHS), "route": simplex(ROUTES), "departure": simplex(2, YEARS),
        "act_date": simplex(DAYS), "act": rng.uniform(0.1, 0.6, ACTS),
    }  # fmt: skip
    rows = {a: rng.choice(len(shares[a]), size, p=shares[a]) for a in ("home", "surname", "sex", "route", "act_date")}
    for attribute in ("birth", "departure"):
        cut = shares[attribute].cumsum(axis=1)[rows["sex"]]
        rows[attribute] = (rng.random(size)[:, None] > cut).sum(axis=1)
    rows["act"] = rng.random((size, ACTS)) < shares["act"]
    return World(rows, shares)


def make_release(rng, world, household, most=5):
    """What a release says of a household: attribute to the set of values its wording allows, the true one included."""
    said = {}
    for attribute in rng.permutation(["home", "surname", "sex", "birth", "route", "departure", "act_date", "act"])[
        : int(rng.integers(1, most + 1))
    ]:
        if attribute == "act":
            suffered = np.flatnonzero(world.rows["act"][household])
            if len(suffered):
                said["act"] = frozenset({int(rng.choice(suffered))})
            continue
        true, top = int(world.rows[attribute][household]), world.shares[attribute].shape[-1]
        if attribute in ("birth", "departure", "act_date"):
            low, high = max(0, true - int(rng.integers(0, 3))), min(top - 1, true + int(rng.integers(0, 3)))
            said[str(attribute)] = frozenset(range(low, high + 1))
        else:
            others = rng.choice(top, int(rng.integers(0, 3)) if top > 3 else 0, replace=False)
            said[str(attribute)] = frozenset({true, *map(int, others)})
    return said


def attack(rng, world, releases, capacity, errors=0.0):
    """The households an attacker pursues: all that fit by its records, or as many as it can of them, blindly.

    With ``errors`` a share of its records of each attribute is missing. It ranks: households whose records all fit come
    first, then those that fit with one record missing, and so on.
    """
    fits = np.ones(world.size, dtype=bool)
    missing = np.zeros(world.size, dtype=int)
    for said in releases:
        for attribute, allowed in said.items():
            column = world.rows[attribute]
            here = column[:, sorted(allowed)].any(axis=1) if attribute == "act" else np.isin(column, sorted(allowed))
            unknown = rng.random(world.size) < errors
            fits &= here | unknown
            missing += unknown
    candidates = np.flatnonzero(fits)
    order = np.lexsort((rng.random(len(candidates)), missing[candidates]))
    return candidates[order[:capacity]]
