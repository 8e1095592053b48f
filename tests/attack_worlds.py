"""Simulated worlds for the attack: a register of residents, who left, and what was done to their families.

Nothing here knows the model. A world's laws are read from frame files as plain data (shares of counties, surnames,
years of birth, occupations, relatives ...), either their means or, for a world that differs from what the files say,
one truth drawn from the spread that they state. Columns are small integers: 26 million residents take 170 MB.

A household has a householder and one row for each relative it has. A relative is a resident like any other, which is
what the frames say. Who leaves is a householder; those who left are chosen so that their composition is the law's.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

KIN = ("elder_brother", "younger_brother", "elder_sister", "younger_sister", "father", "mother", "son", "daughter",
       "husband", "wife", "grandparent", "other_relative")  # fmt: skip
# All days are counted from here, so that they fit sixteen bits.
EPOCH = date(1900, 1, 1).toordinal()


@dataclass(frozen=True)
class Shares:
    """Shares of named values; one row for each sex, or one row."""

    names: tuple[str, ...]
    rows: np.ndarray

    def draw(self, rng, number, sex=None):
        """Values as small integers, by sex where there is a row for each."""
        if len(self.rows) == 1:
            return _draw(rng, self.rows[0], number).astype(np.uint8)
        drawn = np.empty(number, dtype=np.uint8)
        for s, row in enumerate(self.rows):
            here = np.flatnonzero(sex == s)
            drawn[here] = _draw(rng, row, len(here))
        return drawn


@dataclass(frozen=True)
class Spans(Shares):
    """Shares of periods between ``edges`` (days since the epoch, one more than periods), even within each."""

    edges: np.ndarray

    def draw(self, rng, number, sex=None):
        period = Shares.draw(self, rng, number, sex)
        wide = np.diff(self.edges)
        inside = np.floor(rng.random(number, dtype=np.float32) * wide[period].astype(np.float32))
        inside = np.minimum(inside, wide[period] - 1)
        return (self.edges[period] + inside).astype(np.uint16)

    def period_of_day(self):
        """A table from day to period."""
        return (np.searchsorted(self.edges, np.arange(1 << 16), side="right") - 1).clip(0, len(self.names) - 1)


@dataclass(frozen=True)
class Things:
    """Things a household has or not: P(class), and P(has it) by class and thing."""

    names: tuple[str, ...]
    classes: np.ndarray
    present: np.ndarray

    def draw(self, rng, number):
        """One bit for each thing."""
        kind = _draw(rng, self.classes, number) if len(self.classes) > 1 else None
        bits = np.zeros(number, dtype=np.uint32)
        for i in range(len(self.names)):
            share = self.present[:, i].astype(np.float32)
            has = rng.random(number, dtype=np.float32) < (share[0] if kind is None else share[kind])
            bits |= has.astype(np.uint32) << np.uint32(i)
        return bits


def _draw(rng, shares, number):
    cut = np.cumsum(shares)
    # Single floats are exact to 6e-8, and sort three times as fast.
    found = np.searchsorted((cut / cut[-1]).astype(np.float32), rng.random(number, dtype=np.float32), side="right")
    return found.astype(np.uint8).clip(0, len(shares) - 1)


def _simplex(alpha, rng, worth=1.0):
    """The mean of a Dirichlet distribution, or one draw from it."""
    alpha = np.asarray(alpha, dtype=float)
    drawn = alpha if rng is None else rng.gamma(alpha * worth) + 1e-12
    return drawn / drawn.sum(axis=-1, keepdims=True)


def _leaves(node, rng, worth, prefix="", above=1.0):
    names, shares = list(node["alpha"]), _simplex(list(node["alpha"].values()), rng, worth)
    for name, share in zip(names, shares, strict=True):
        below = node.get("below", {}).get(name)
        if below is None:
            yield prefix + name, above * share
        else:
            yield from _leaves(below, rng, worth, f"{prefix}{name}/", above * share)


def read_law(table, rng=None, worth=1.0):
    """The law of one table of a frame file: its mean, or a truth drawn from its spread.

    With ``worth`` below 1 the truth is drawn as if every count were worth so much less than the file says.
    """
    if table["kind"] == "paths":
        names, shares = zip(*_leaves(table["tree"], rng, worth), strict=True)
        return Shares(names, np.array([shares]))
    if table["kind"] == "categorical":
        return Shares(tuple(table["values"]), _simplex(table["alpha"], rng, worth))
    if table["kind"] == "interval":
        edges = np.array([date.fromisoformat(e).toordinal() - EPOCH for e in table["edges"]])
        return Spans(tuple(table["edges"][:-1]), _simplex(table["alpha"], rng, worth), edges)
    classes = _simplex(table.get("classes", {}).get("alpha", [1.0]), rng, worth)
    names, columns = [], []
    for group in table["groups"].values():
        a, b = (np.broadcast_to(np.asarray(group[k], dtype=float), classes.shape) for k in ("a", "b"))
        share = np.maximum.accumulate(a / (a + b) if rng is None else rng.beta(a * worth, b * worth))
        for name, weight in group["leaves"].items():
            names.append(name)
            columns.append(np.minimum(1.0, share * weight))
    return Things(tuple(names), classes, np.array(columns).T)


@dataclass(frozen=True)
class Laws:
    """What a world is drawn from: sizes of the three populations in households, and a law for each of their tables."""

    sizes: tuple[float, float, float]
    residents: dict
    left: dict
    acted: dict


def read_laws(files, rng=None, known=None, worth=1.0):
    """The laws of three frame files; ``known`` laws keep their residents, and those who left are drawn anew."""
    median = [f["size"]["median"] for f in files]
    spread = [f["size"]["sigma"] / np.sqrt(worth) for f in files]
    sizes = [m if rng is None else m * np.exp(s * rng.standard_normal()) for m, s in zip(median, spread, strict=True)]
    tables = [{name: read_law(t, rng, worth) for name, t in f["tables"].items() if t["kind"] != "rare"} for f in files]
    if known is not None:
        sizes[0], tables[0] = known.sizes[0], known.residents
    for name in ("home", "occupation"):
        # Two files may list the same places in another order.
        names, law = tables[0][name].names, tables[1][name]
        tables[1][name] = Shares(names, law.rows[:, [law.names.index(n) for n in names]])
    left = min(sizes[1], sizes[0])
    return Laws((sizes[0], left, min(sizes[2], left)), *tables)


@dataclass(frozen=True)
class Register:
    """Every resident: householders by household, kept county by county; relatives one after the other."""

    laws: Laws
    columns: dict[str, np.ndarray]
    first_relative: np.ndarray
    relatives: dict[str, np.ndarray]
    counties: np.ndarray

    @property
    def households(self):
        return len(self.first_relative)

    @property
    def residents(self):
        """How many people there are."""
        return self.households + len(self.relatives["birth"])


def make_register(rng, laws, *, generations=False):
    """A register with as many households as the law says.

    With ``generations`` a relative has the sex and the age of what he or she is to the householder, which no frame
    knows of; else a relative is a resident like any other.
    """
    law, number = laws.residents, round(laws.sizes[0])
    sex = law["sex"].draw(rng, number)
    columns = {
        # The order of households means nothing, so they may lie county by county.
        "home": np.sort(law["home"].draw(rng, number)), "surname": law["surname"].draw(rng, number), "sex": sex,
        "birth": law["birth"].draw(rng, number, sex), "occupation": law["occupation"].draw(rng, number),
        "kin": law["kin"].draw(rng, number).astype(np.uint16),
    }  # fmt: skip
    many = np.bitwise_count(columns["kin"])
    first = np.zeros(number, dtype=np.int32)
    first[1:] = np.cumsum(many[:-1], dtype=np.int32)
    total = int(many.sum(dtype=np.int64))
    sexes = law["sex"].draw(rng, total)
    births = _births_by_generation(rng, columns) if generations else law["birth"].draw(rng, total, sexes)
    relatives = {"birth": births, "occupation": law["occupation"].draw(rng, total)}
    counties = np.concatenate([[0], np.cumsum(np.bincount(columns["home"], minlength=256))])
    return Register(laws, columns, first, relatives, counties)


# How many years after the householder a relative was born: middle and spread.
_YEARS_AFTER = {
    "elder_brother": (-4, 3), "younger_brother": (4, 3), "elder_sister": (-4, 3), "younger_sister": (4, 3),
    "father": (-30, 5), "mother": (-27, 5), "son": (27, 5), "daughter": (27, 5), "husband": (-3, 3), "wife": (3, 3),
    "grandparent": (-56, 8), "other_relative": (0, 20),
}  # fmt: skip


def _births_by_generation(rng, columns):
    household, kind = np.nonzero(columns["kin"][:, None] >> np.arange(len(KIN), dtype=np.uint16) & 1)
    middle, spread = (np.array([_YEARS_AFTER[k][i] for k in KIN], dtype=np.float32)[kind] for i in range(2))
    years = middle + spread * rng.standard_normal(len(kind), dtype=np.float32)
    days = columns["birth"][household] + np.float32(365.25) * years
    return days.clip(date(1915, 1, 1).toordinal() - EPOCH, date(2027, 12, 31).toordinal() - EPOCH).astype(np.uint16)


@dataclass(frozen=True)
class Departures:
    """The households of those who left: which they are, and what is known of the departure and of acts after it."""

    register: Register
    household: np.ndarray
    columns: dict[str, np.ndarray]
    acted: np.ndarray
    act_dates: np.ndarray


def chances_of_leaving(register, laws):
    """How likely each household is one of those of people who left."""
    res, left, columns = laws.residents, laws.left, register.columns
    chance = laws.sizes[1] / laws.sizes[0] * (left["home"].rows / res["home"].rows)[0][columns["home"]]
    chance *= (left["occupation"].rows / res["occupation"].rows)[0][columns["occupation"]]
    ratio = left["sex"].rows[0][:, None] / res["sex"].rows[0][:, None] * left["birth"].rows / res["birth"].rows
    period = res["birth"].period_of_day()[columns["birth"]]
    return chance * ratio[columns["sex"], period]


def draw_departures(rng, register, chance, laws):
    """Who left, by their chances; and of these, whose families were acted upon."""
    household = np.flatnonzero(rng.random(register.households) < chance)
    number = len(household)
    columns = {name: column[household] for name, column in register.columns.items()}
    columns["departure"] = laws.left["departure"].draw(rng, number, columns["sex"])
    columns["route"] = laws.left["route"].draw(rng, number)
    columns["trait"] = laws.left["trait"].draw(rng, number)
    acted = rng.random(number) < laws.sizes[2] / laws.sizes[1]
    columns["act"] = np.where(acted, laws.acted["act"].draw(rng, number), 0).astype(np.uint32)
    kinds = len(laws.acted["act"].names)
    dates = laws.acted["act_date"].draw(rng, number * kinds).reshape(number, kinds)
    return Departures(register, household, columns, acted, dates)
