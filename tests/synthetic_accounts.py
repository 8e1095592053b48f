"""Synthetic accounts of invented reprisals with known truth, for judging how well accounts are put together.

It shares nothing with the models that are judged by it: they see flat records, as they are made of a case's record;
what really happened is kept apart. ``synthetic_accounts_parameters`` holds every number with its reason.
"""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from synthetic_accounts_parameters import Parameters
from synthetic_accounts_people import describe_person, draw_chain
from synthetic_accounts_telling import (
    believed_day,
    days_allowed,
    say_count,
    say_day,
    say_kind,
    say_ordinal,
    say_perpetrator,
    say_place,
)
from synthetic_accounts_world import LEFT, Happened, make_world

ACT_FIELDS = ("kind", "when_lo", "place", "victims", "by", "count", "ordinal")


@dataclass(frozen=True, kw_only=True)
class Account:
    """One testimony. ``hops``: through whom word came, None where unknown; ``teller`` is truth, as is its kind."""

    id: str
    teller: str
    kind: str
    day: int
    hops: tuple[str | None, ...]


@dataclass(frozen=True, kw_only=True)
class Truth:
    """What no model may see: the world, and of which act, household and person each record is."""

    world: Happened
    act_of: dict[str, str]
    household_of: dict[str, str]
    person_of: dict[str, str]

    def true_pairs(self, *, apart=None):
        """Pairs of records of acts, ids in order, that tell of one act.

        Parameters
        ----------
        apart : mapping of str to str, optional
            The account of each record: pairs within one account are left out.
        """
        by_act = defaultdict(list)
        for record, act in self.act_of.items():
            by_act[act].append(record)
        return {
            pair for records in by_act.values() for pair in combinations(sorted(records), 2)
            if apart is None or apart[pair[0]] != apart[pair[1]]
        }  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Synthetic:
    """Flat records as linkage takes them, the accounts they come from, and the truth."""

    persons: tuple[dict, ...]
    households: tuple[dict, ...]
    acts: tuple[dict, ...]
    accounts: tuple[Account, ...]
    truth: Truth


def make_accounts(seed, parameters=None):
    """Draw a world and what is told of it.

    Parameters
    ----------
    seed : int
        The same seed and parameters give the same records.
    parameters : Parameters, optional
        The stated ones: some 600 households acted upon and 1,500 accounts.

    Returns
    -------
    Synthetic
        Records in the order of their accounts, whose numbers say nothing.
    """
    rng = random.Random(seed)
    parameters = parameters or Parameters()
    world = make_world(rng, parameters.world)
    telling = _Telling(rng, parameters, world)
    told = telling.all_accounts()
    rng.shuffle(told)
    return _Records(rng, parameters.telling).write(told, world)


class _Telling:
    """Who tells of which acts, with the day that each believes."""

    def __init__(self, rng, parameters, world):
        self._rng, self._telling, self._world = rng, parameters.telling, world
        self._last = date(parameters.world.last_day_year, 12, 31).toordinal()
        self._believed = {}

    def all_accounts(self):
        acts = defaultdict(list)
        for act in self._world.acts:
            acts[act.household].append(act)
        found = []
        for household in self._world.households:
            for number, teller in enumerate(self._telling.tellers):
                if acts[household.id] and self._rng.random() < teller.tells:
                    found += self._told_by(teller, number, household, acts[household.id])
        return found

    def _told_by(self, teller, number, household, acts):
        """The accounts of one teller: one, two where another organisation asked again, none who know of nothing."""
        rng = self._rng
        may = [a for a in acts if not teller.only or a.kind.split("/")[0] in teller.only]
        known = [a for a in may if rng.random() < teller.knows]
        if not known:
            return []
        brokers = self._world.brokers[household.home.split("/")[0]]
        other = f"T{household.id}.{number}"
        who = {LEFT: household.people[0].id, "broker": rng.choice(brokers)}.get(teller.kind, other)
        source = rng.choice(household.people[1:]).id
        chain = draw_chain(rng, teller, self._telling, source, who, brokers)
        found = []
        for _ in range(1 + (rng.random() < self._telling.asked_again)):
            day = min(self._last, max(a.day for a in known) + 30 + round(rng.expovariate(1 / 500)))
            days = {a.id: self._day(teller, chain, a) for a in known}
            found.append((teller, who, day, chain, household, known, days))
        return found

    def _day(self, teller, chain, act):
        """The day as the first carrier passed it on; whoever heard it of the same one believes the same."""
        carried = next((h for h in chain if h is not None and h.startswith("B")), None) or chain[-1]
        key = carried, act.id
        if key not in self._believed:
            self._believed[key] = believed_day(self._rng, teller, self._telling, act.day)
        return self._believed[key]


class _Records:
    """Writes what is told as records with ids of their own."""

    def __init__(self, rng, telling):
        self._rng, self._telling = rng, telling
        self._persons, self._households, self._acts, self._accounts = [], [], [], []
        self._act_of, self._household_of, self._person_of = {}, {}, {}

    def write(self, told, world):
        for number, (teller, who, day, hops, household, known, days) in enumerate(told):
            account = Account(id=f"t{number}", teller=who, kind=teller.kind, day=day, hops=hops)
            self._accounts.append(account)
            self._one(account, teller, household, known, days)
        return Synthetic(
            persons=tuple(self._persons), households=tuple(self._households), acts=tuple(self._acts),
            accounts=tuple(self._accounts),
            truth=Truth(
                world=world, act_of=self._act_of, household_of=self._household_of, person_of=self._person_of
            ),
        )  # fmt: skip

    def _one(self, account, teller, household, known, days):
        rng, telling = self._rng, self._telling
        home = f"h{len(self._households)}"
        self._household_of[home] = household.id
        struck = {a.id: self._struck(a, household) for a in known}
        wanted = {p for whom in struck.values() for p in whom}
        described = {}
        for person in household.people:
            share = telling.leaver_told if person.role == LEFT else teller.mentions
            if person.id in wanted or rng.random() < share:
                name = described[person.id] = f"p{len(self._persons)}"
                self._person_of[name] = person.id
                columns = describe_person(rng, teller, telling, person, household)
                self._persons.append({"id": name, "account": account.id, "household": home, **columns})
        self._households.append({
            "id": home, "account": account.id, "persons": tuple(described.values()),
            "home": say_place(rng, teller, household.home),
        })  # fmt: skip
        before = defaultdict(int)
        for act in known:
            name = f"a{len(self._acts)}"
            self._act_of[name] = act.id
            victims = tuple(described[p] for p in struck[act.id]) or None
            self._acts.append({
                "id": name, "household": home, "accounts": (account.id,),
                **self._act(account, teller, act, days[act.id], victims, before[act.kind.split("/")[0]]),
            })  # fmt: skip
            before[act.kind.split("/")[0]] += 1

    def _struck(self, act, household):
        """The victims as told: some left out, one taken for another."""
        rng, telling = self._rng, self._telling
        found = []
        for person in act.victims:
            if rng.random() < telling.victim_told:
                others = [p.id for p in household.people if p.role != LEFT and p.id not in act.victims]
                wrong = others and rng.random() < telling.wrong_victim
                found.append(rng.choice(others) if wrong else person)
        return tuple(dict.fromkeys(found))

    def _act(self, account, teller, act, day, victims, before):
        rng, telling = self._rng, self._telling
        low, high = days_allowed(say_day(rng, teller, telling, day, account.day))
        found = {
            "kind": say_kind(rng, teller, act.kind), "when_lo": low, "when_hi": high,
            "place": say_place(rng, teller, act.place), "victims": victims,
            "by": say_perpetrator(rng, telling, act.by), "count": say_count(rng, telling, len(act.victims)),
            "ordinal": say_ordinal(rng, telling, act, before),
        }  # fmt: skip
        if rng.random() < telling.bare:
            kept = rng.choice([f for f in ACT_FIELDS if found[f] is not None])
            keep = {kept, "when_hi"} if kept == "when_lo" else {kept}
            found = {f: v if f in keep else None for f, v in found.items()}
        return found
