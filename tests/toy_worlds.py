"""Small worlds for tests: random registers that multiply out of independent blocks, and frames with the same counts.

A toy register is a list of (household, multiplicity); the frame has exactly its shares, so what the engine computes
can be counted by going through the register row by row.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import product

import numpy as np

from bearwitness.disclosure.adversaries import Adversary
from bearwitness.disclosure.crowd import Crowd
from bearwitness.disclosure.frames import Frame, Frames
from bearwitness.disclosure.tables import Categorical, Existence, Interval, Tree
from bearwitness.model.claims import Claim, HouseholdId, Persona
from bearwitness.model.values import Codes, Days, Paths

DAY0 = date(1960, 1, 1).toordinal()
HOMES = ("north/a", "north/b", "south/c", "south/d")
SURNAMES = ("김", "이", "박")
SEXES = ("female", "male")
TRAITS = ("phone", "remittance", "broker")
ACTS = ("raid", "threat", "detention/younger_brother", "detention/mother")
CHECKS = ("status", "home", "surname", "sex", "birth", "trait", "act", "act_date", "kin", "departure")


@dataclass(frozen=True)
class ToyRegister:
    """Every household of a toy world with how often it occurs, and the crowd the engine builds from its counts."""

    rows: tuple[tuple[dict[str, object], int], ...]
    crowd: Crowd

    @property
    def size(self):
        return sum(n for _, n in self.rows)

    def count(self, claims):
        return sum(n for row, n in self.rows if all(fits(row, c) for c in claims))


def fits(row, claim):
    """Whether a household of the register fits a claim, written without the engine."""
    value = row[claim.attribute]
    if claim.attribute == "trait":
        return bool(value & claim.values.codes)
    if isinstance(claim.values, Codes):
        return value in claim.values.codes
    if isinstance(claim.values, Paths):
        return any(value == p or value.startswith(p + "/") for p in claim.values.paths)
    return any(a <= value <= b for a, b in claim.values.spans)


def toy_register(rng, capacity=1):
    """A random register: home x surname x (sex, birth day) x traits, each block with whole counts."""
    homes = rng.integers(1, 5, len(HOMES))
    surnames = rng.integers(1, 4, len(SURNAMES))
    births = rng.integers(0, 4, (len(SEXES), 4)) + np.eye(2, 4, dtype=int)
    out_of, has = 3, rng.integers(1, 3, len(TRAITS))
    rows = []
    for (h, nh), (s, ns), (x, b), pattern in product(
        enumerate(homes), enumerate(surnames), product(range(2), range(4)), product((0, 1), repeat=len(TRAITS))
    ):
        times = nh * ns * births[x, b]
        for bit, k in zip(pattern, has, strict=True):
            times *= k if bit else out_of - k
        if times:
            traits = frozenset(t for t, bit in zip(TRAITS, pattern, strict=True) if bit)
            rows.append((
                {"home": HOMES[h], "surname": SURNAMES[s], "sex": SEXES[x], "birth": DAY0 + int(b), "trait": traits},
                int(times),
            ))  # fmt: skip
    tables = {
        "home": Tree(HOMES, (homes / homes.sum())[None, :], np.array([0.1])),
        "surname": Categorical(SURNAMES, (surnames / surnames.sum())[None, :]),
        "sex": Categorical(SEXES, (births.sum(axis=1) / births.sum())[None, :]),
        "birth": Interval(
            np.arange(DAY0, DAY0 + 5), (births / np.maximum(births.sum(axis=1, keepdims=True), 1))[None], "sex"
        ),
        "trait": Existence(TRAITS, (has / out_of)[None, None, :], np.ones((1, 1))),
    }
    size = np.array([float(sum(n for _, n in rows))])
    frames = Frames(tuple(
        Frame(name, level, size / 4.0**level, dict(tables)) for level, name in enumerate(("residents", "left", "acted"))
    ))  # fmt: skip
    return ToyRegister(tuple(rows), Crowd(frames, adversary(capacity)))


def adversary(capacity=1, checks=CHECKS, acts=ACTS, name="state_security"):
    """An adversary that checks these attributes without error."""
    return Adversary(
        id=name, capacity=capacity, checks=dict.fromkeys(checks, 0.0), act_leaves=frozenset(acts), labels={"en": name}
    )


def toy_frames(rng, draws=60):
    """Random nested frames with uncertain counts, large enough to hide in."""

    def shares(alpha):
        drawn = rng.gamma(np.broadcast_to(alpha, (draws, *np.shape(alpha)))) + 1e-9
        return drawn / drawn.sum(axis=-1, keepdims=True)

    def classes(leaves):
        """Two classes of households, the second with everything more often."""
        return np.sort(rng.uniform(0.05, 0.8, (draws, 2, leaves)), axis=1), shares(rng.uniform(2, 9, 2))

    def layer(level):
        tables = {
            "home": Tree(HOMES, shares(rng.uniform(1, 20, 4)), rng.uniform(0.01, 0.2, draws)),
            "surname": Categorical(SURNAMES, shares(rng.uniform(1, 20, 3))),
            "sex": Categorical(SEXES, shares(rng.uniform(5, 20, 2))),
            "birth": Interval(np.arange(DAY0, DAY0 + 9, 2), shares(rng.uniform(1, 9, (2, 4))), "sex"),
            "trait": Existence(TRAITS, *classes(3)),
            "kin": Existence(("elder_brother", "younger_brother", "mother"), *classes(3)),
        }
        if level >= 1:
            tables["departure"] = Interval(np.arange(DAY0, DAY0 + 9, 2), shares(rng.uniform(1, 9, (2, 4))), "sex")
        if level >= 2:
            tables["act"] = Existence(ACTS, *classes(4))
            tables["act_date"] = Interval(np.arange(DAY0, DAY0 + 9, 2), shares(rng.uniform(1, 9, 4)))
        return tables

    size = rng.lognormal(np.log(rng.uniform(2e4, 2e5)), 0.1, draws)
    frames, tables = [], {}
    for level, name in enumerate(("residents", "left", "acted")):
        tables = {**tables, **layer(level)}
        frames.append(Frame(name, level, size / rng.uniform(3, 12) ** level, dict(tables)))
    return Frames(tuple(frames))


VALUES = {
    "home": [Paths(frozenset({p})) for p in (*HOMES, "north", "south")] + [Paths(frozenset({"north/a", "south"}))],
    "surname": [Codes(frozenset({s})) for s in SURNAMES] + [Codes(frozenset(SURNAMES[:2]))],
    "sex": [Codes(frozenset({s})) for s in SEXES],
    "birth": [Days(((DAY0 + a, DAY0 + b),)) for a in range(4) for b in range(a, 4)],
    "trait": [Codes(frozenset({t})) for t in TRAITS] + [Codes(frozenset(TRAITS[:2]))],
    "kin": [Codes(frozenset({"mother"})), Codes(frozenset({"elder_brother", "younger_brother"}))],
    "departure": [Days(((DAY0 + a, DAY0 + b),)) for a in range(8) for b in range(a, 8)],
    "act": [Codes(frozenset({a})) for a in ACTS] + [Codes(frozenset(ACTS[2:]))],
    "act_date": [Days(((DAY0 + a, DAY0 + b),)) for a in range(8) for b in range(a, 8)],
    "status": [Codes(frozenset({"left"}))],
}


def claim(attribute, values, name="c", persona="p1", **more):
    """A claim of a test."""
    return Claim(
        id=name, persona=persona, attribute=attribute, values=values, says="", spans=(), origin="pattern", **more
    )


def persona(name="p1", household="h1"):
    """A persona of a test: one who left."""
    return Persona(id=name, label=name, household=HouseholdId(household))


def random_claims(rng, attributes, most=6, prefix="c", like=None):
    """Random claims that one household can fit: at most one value per attribute but for things it can have several of.

    ``like`` holds claims of the same household whose attributes are not used again.
    """
    used = {c.attribute for c in like or ()}
    chosen = [a for a in rng.permutation(list(attributes)) if a in ("trait", "kin", "act") or a not in used][:most]
    return tuple(
        claim(str(a), VALUES[a][rng.integers(len(VALUES[a]))], f"{prefix}{i}",
              about="act1" if a == "act_date" else "")
        for i, a in enumerate(chosen)
    )  # fmt: skip
