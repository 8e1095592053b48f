"""What releases say of a household, written from its rows: some of it vague, some about relatives, acts as news.

A release is a tuple of ``Said``, plain data that both the attacker and the model are given.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from attack_worlds import KIN

# News of an act comes at most so many days after it.
LAG = 30
# Where news is fast, how likely it is to come so many days after the act: half of it within three days.
FAST = 0.8 ** np.arange(LAG + 1) / np.sum(0.8 ** np.arange(LAG + 1))
# Share of releases that do not say that anybody left.
SILENT = 0.15
_RELATIVE = ("birth", "occupation")


class Said(NamedTuple):
    """One claim. ``about``: "" the one who left, else the kind of relative or of act; a day may lie ``lag`` earlier."""

    attribute: str
    names: frozenset[str] = frozenset()
    days: tuple[int, int] | None = None
    about: str = ""
    lag: int = 0


def write_release(rng, departures, row, *, most=4, vague_kin=False, fast_news=False):
    """A release about the household in a row of the departures: everything it says is true of it.

    With ``vague_kin`` a relative is "a brother" or "a parent" even where more is said of him. News takes any time up
    to the lag; with ``fast_news``, mostly a few days, and every release tells news.
    """
    silent = not fast_news and rng.random() < SILENT
    writer = _Writer(rng, departures, row, vague_kin, fast_news)
    topics = ["home", "surname", "sex", "birth", "occupation", "kin", "relative"]
    if not silent:
        topics += ["departure", "route", "trait", "act", "act"]
    # Whole populations are large: a release that does not say that anybody left is dull unless it says a lot.
    number = int(rng.integers(1, most + 1)) + (2 if silent else 0)
    chosen = list(rng.permutation(topics)[:number])
    said = [] if silent else [Said("status")]
    if fast_news:
        # Those acted upon are few: more would point at one household.
        chosen = chosen[: int(rng.integers(0, 2))]
        said += writer.dated_act(LAG)
    for topic in chosen:
        said += getattr(writer, str(topic))()
    return tuple(dict.fromkeys(said))


class _Writer:
    """Writes what is said of one household, topic by topic."""

    def __init__(self, rng, departures, row, vague_kin, fast_news):
        self.rng, self.departures, self.row = rng, departures, row
        self.vague_kin, self.fast_news = vague_kin, fast_news
        self.laws = departures.register.laws

    def _true(self, attribute):
        return int(self.departures.columns[attribute][self.row])

    def _around(self, day, lengths):
        """Some days, the true one among them."""
        length = int(self.rng.choice(lengths))
        first = max(0, day - int(self.rng.integers(0, length)))
        return first, first + length - 1

    def _place(self, attribute, names, value):
        """A leaf, one of a few leaves, or what lies above it."""
        leaf, kind = names[value], self.rng.random()
        if kind < 0.45:
            said = {leaf}
        elif kind < 0.65:
            said = {leaf, *self.rng.choice(names, int(self.rng.integers(1, 3)))}
        else:
            said = {leaf.split("/")[0]}
        return Said(attribute, frozenset(map(str, said)))

    def home(self):
        return [self._place("home", self.laws.residents["home"].names, self._true("home"))]

    def occupation(self):
        return [self._place("occupation", self.laws.residents["occupation"].names, self._true("occupation"))]

    def route(self):
        return [self._place("route", self.laws.left["route"].names, self._true("route"))]

    def surname(self):
        names = self.laws.residents["surname"].names
        name = names[self._true("surname")]
        if name == "(other)":
            return []
        more = {str(self.rng.choice(names[:10]))} if self.rng.random() < 0.2 else set()
        return [Said("surname", frozenset({name} | more))]

    def sex(self):
        return [Said("sex", frozenset({self.laws.residents["sex"].names[self._true("sex")]}))]

    def birth(self):
        return [Said("birth", days=self._around(self._true("birth"), (365, 1096, 3653)))]

    def departure(self):
        return [Said("departure", days=self._around(self._true("departure"), (30, 90, 365, 1826)))]

    def _some(self, attribute, names, vague):
        """One of the things the household has, alone or as one of a few that the wording allows."""
        has = [n for i, n in enumerate(names) if self._true(attribute) >> i & 1]
        if not has:
            return []
        name = str(self.rng.choice(has))
        more = self.rng.choice(names, int(self.rng.integers(1, 4))) if self.rng.random() < vague else ()
        return [Said(attribute, frozenset({name, *map(str, more)}))]

    def kin(self):
        return self._some("kin", KIN, 0.4)

    def trait(self):
        return self._some("trait", self.laws.left["trait"].names, 0.2)

    def relative(self):
        """A relative, and when he was born or what he does."""
        has = [i for i in range(len(KIN)) if self._true("kin") >> i & 1]
        if not has:
            return []
        kind = int(self.rng.choice(has))
        owner = int(self.departures.household[self.row])
        register = self.departures.register
        at = register.first_relative[owner] + (self._true("kin") & ((1 << kind) - 1)).bit_count()
        if self.rng.random() < 0.5:
            told = Said("birth", days=self._around(int(register.relatives["birth"][at]), (365, 1826, 3653)))
        else:
            names = self.laws.residents["occupation"].names
            told = self._place("occupation", names, int(register.relatives["occupation"][at]))
        kinds = {KIN[kind]}
        if self.vague_kin and self.rng.random() < 0.5:
            kinds.add(KIN[kind ^ 1])
        return [Said("kin", frozenset(kinds)), told._replace(about=KIN[kind])]

    def act(self):
        """An act of some kinds; or of one kind with a date, its own or that of the news of it."""
        names = self.laws.acted["act"].names
        if self.rng.random() < 0.5:
            return self._some("act", names, 0.4)
        return self.dated_act(None)

    def dated_act(self, lag):
        """An act of one kind with its date, or, with a lag, with that of the news of it; None leaves it to chance."""
        names = self.laws.acted["act"].names
        found = self._some("act", names, 0.0)
        if not found:
            return []
        name, = found[0].names
        day = int(self.departures.act_dates[self.row, names.index(name)])
        if lag is None:
            lag = LAG if self.rng.random() < 0.6 else 0
        delay = int(self.rng.choice(LAG + 1, p=FAST)) if self.fast_news else int(self.rng.integers(0, LAG + 1))
        heard = day + min(delay, lag)
        return [*found, Said("act_date", days=self._around(heard, (1, 10, 31, 365)), about=name, lag=lag)]


def pick_households(rng, departures, number):
    """Rows of the households that are written about: none twice, so that each is attacked once in a world."""
    return rng.choice(len(departures.household), min(number, len(departures.household)), replace=False)


def is_silent(release):
    """Whether a release does not say that anybody left."""
    return not any(s.attribute == "status" for s in release)


def as_days(said):
    """First and last day on which what is said may have been, the lag of news counted."""
    assert said.days is not None
    return max(0, said.days[0] - said.lag), said.days[1]


def mask_of(names, allowed):
    """The bits of the named things."""
    return np.uint32(sum(1 << i for i, n in enumerate(names) if n in allowed))
