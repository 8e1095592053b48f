"""People, then households, then acts: how probable it is that two accounts tell of one act.

Two accounts may tell of one act (S), of two acts against one household (H), or of two households (D). With w the
bits that the persons give for one household, a the bits of the acts for "one act" against "two acts of one household",
d those against "two households", q the chance that two accounts taken at random are of one household and p that two
of one household are of one act:

    S : H : D  =  q p  :  q (1 - p) 2^-a  :  (1 - q) 2^-(d + w)

An archive moves p, q and a from what is stated (``archive_fit``). Taking the three together keeps a shared household
from being mistaken for a shared act. Acts that one account tells apart are never compared with each other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from math import log2
from typing import Final, NamedTuple

import numpy as np

from bearwitness.linkage.act_model import SAME_ACT_OF_ONE_HOUSEHOLD, act_model
from bearwitness.linkage.archive_fit import ComparedPairs, PairShares, share_pairs
from bearwitness.linkage.background import fit_background
from bearwitness.linkage.conditions import Record, Value
from bearwitness.linkage.households import by_household, compare_households
from bearwitness.linkage.matching import pair_one_to_one
from bearwitness.linkage.model import LinkModel
from bearwitness.linkage.scoring import Scored, score_all, weight_of

# How pairs of records are scored: the reference, or an engine.
Scorer = Callable[[LinkModel, Sequence[Record]], Sequence[Scored]]
# Up to so many accounts of acts every pair is compared, whatever they have in common.
ALL_PAIRS: Final = 300
# Whoever took the accounts down wrote one household.
_ONE_HOUSEHOLD: Final = 200.0


class LinkedPair(NamedTuple):
    """Two accounts of acts: how probable one act is, and one household; the agreement of the acts, per comparison."""

    one: str
    other: str
    act: float
    household: float
    levels: tuple[tuple[str, str], ...]


def link_acts(
    persons: Sequence[Record], households: Sequence[Record], acts: Sequence[Record], *, people: LinkModel,
    counties: Mapping[str, float] | None = None, score: Scorer = score_all, least: float = 0.001, learn: bool = True,
) -> list[LinkedPair]:  # fmt: skip
    """Compare every two accounts of acts that may be of one act.

    Parameters
    ----------
    persons : sequence of Record
        ``id``, ``household`` and the columns of the model of persons; ``kin`` holds "left" for the one who left.
    households : sequence of Record
        ``id``, ``home`` (a path or None), as accounts describe them; what is recorded as one household is one.
    acts : sequence of Record
        ``id``, ``household``, ``accounts`` (ids of the accounts that tell it) and the columns of ``act_model`` but
        ``near`` and ``county``; ``victims`` are ids of persons.
    people : LinkModel
        The model of persons, complete.
    counties : mapping of str to float, optional
        The share of the population in each county, by path.
    score : callable
        The reference scorer or an engine's.
    least : float
        Pairs of which one act is less probable are left out.
    learn : bool
        Whether how accounts agree is learnt from the pairs too (``archive_fit``). Only where ``score`` looks at all
        pairs; without it, stated probabilities are taken.

    Returns
    -------
    list of LinkedPair
        By ids. Accounts that share nothing that could be compared are in no pair.
    """
    about = _Described(persons, households, acts)
    records = [about.record(act) for act in acts]
    everything = len(records) <= ALL_PAIRS
    apart = fit_background(act_model(of_one_household=False, counties=counties), records)
    model = replace(apart, blocks=()) if everything else apart
    by_chance = _ByChance(apart)
    by_id = {str(r["id"]): r for r in records}
    # Accounts of one household are few however many there are: two at random are of one about once in their number.
    chance = 1.0 / max(len(households), 2)
    kinship = _Remembered(by_household(persons), people)
    compared, patterns, of, against = [], dict[tuple[tuple[str, str], ...], int](), [], []
    for pair in score(model, records):
        one, other = by_id[pair.one], by_id[pair.other]
        if set(_told_by(one)).isdisjoint(_told_by(other)):
            compared.append(pair)
            of.append(patterns.setdefault(pair.levels, len(patterns)))
            people_bits = kinship.of(str(one["household"]), str(other["household"]))
            against.append(by_chance.bits(pair, one, other) - people_bits)
    pairs = ComparedPairs(
        patterns=tuple(patterns), pattern=np.array(of, dtype=np.int64), apart=np.array(against, dtype=float)
    )
    number = len(records) * (len(records) - 1) // 2
    shares = share_pairs(
        pairs, act_model(of_one_household=True), chance=chance, same=SAME_ACT_OF_ONE_HOUSEHOLD,
        every=number if learn else None,
    )  # fmt: skip
    found = (
        LinkedPair(pair.one, pair.other, household * act, household, pair.levels)
        for pair, household, act in _one_each(compared, shares, by_id)
    )
    return sorted((p for p in found if p.act >= least), key=lambda p: (p.one, p.other))


def _one_each(
    pairs: Sequence[Scored], shares: PairShares, acts: Mapping[str, Record]
) -> Iterator[tuple[Scored, float, float]]:
    """The pairs with their shares, that of one act taken over all that two accounts tell."""
    between: dict[tuple[tuple[str, ...], ...], list[tuple[tuple[str, str], int]]] = defaultdict(list)
    for at, pair in enumerate(pairs):
        told, ids = zip(*sorted((_told_by(acts[x]) or (x,), x) for x in (pair.one, pair.other)), strict=True)
        between[told].append((ids, at))
    for together in between.values():
        chances = pair_one_to_one({ids: float(shares.act[at]) for ids, at in together})
        yield from ((pairs[at], float(shares.household[at]), chances[ids]) for ids, at in together)


class _ByChance:
    """How probable it is that two households agree so well by chance, in bits; counties by how common they are."""

    def __init__(self, model: LinkModel) -> None:
        self._levels = {(c.name, x.name): (x, log2(x.m or 0.0)) for c in model.comparisons for x in c.levels}
        self._frequencies = model.frequencies

    def bits(self, pair: Scored, one: Record, other: Record) -> float:
        known = (self._levels[level] for level in pair.levels if level in self._levels)
        return sum(m - weight_of(level, one, other, self._frequencies) for level, m in known)


class _Remembered:
    """Households compared once, however many acts were told of them."""

    def __init__(self, members: Mapping[str, Sequence[Record]], people: LinkModel) -> None:
        self._members, self._people = members, people
        self._known: dict[tuple[str, str], float] = {}

    def of(self, one: str, other: str) -> float:
        if one == other:
            return _ONE_HOUSEHOLD
        key = (one, other) if one < other else (other, one)
        found = self._known.get(key)
        if found is None:
            a, b = (self._members.get(h, ()) for h in key)
            found = self._known[key] = compare_households(a, b, self._people)
        return found


class _Described:
    """What an account says around an act: where the household lives, who the victims are to the one who left."""

    def __init__(self, persons: Sequence[Record], households: Sequence[Record], acts: Sequence[Record]) -> None:
        self._home = {str(h["id"]): h.get("home") for h in households}
        self._roles = {str(p["id"]): p.get("kin") for p in persons}
        self._keys: dict[str, set[str]] = defaultdict(set)
        for person in persons:
            keys = person.get("name_keys")
            self._keys[str(person["household"])] |= set(keys) if isinstance(keys, tuple) else set()
        for act in acts:
            if str(act["household"]) not in self._home:
                raise ValueError(f"act {act['id']} is of no household that is given")

    def record(self, act: Record) -> Record:
        """An account of an act as it is compared."""
        home = str(act["household"])
        place = act.get("place") or self._home.get(home)
        found: dict[str, Value] = {**act, "place": place, "victims": self._victims(act)}
        path = str(place).split("/") if place else []
        found["county"] = "/".join(path[:2]) if len(path) > 1 else None
        found["near"] = tuple(sorted({f"household {home}", *self._keys[home], *_near(path, act)}))
        return found

    def _victims(self, act: Record) -> tuple[str, ...] | None:
        """What the victims are to the one who left; None where of none that is known."""
        victims = act.get("victims")
        if not isinstance(victims, tuple):
            return None
        told = [self._roles.get(v) for v in victims]
        roles = {role for kin in told if isinstance(kin, tuple) for role in kin}
        return tuple(sorted(roles)) or None


def _told_by(act: Record) -> tuple[str, ...]:
    accounts = act.get("accounts")
    return accounts if isinstance(accounts, tuple) else ()


def _near(path: Sequence[str], act: Record) -> Iterator[str]:
    """Keys of place and time: the county; and the province with the year, for those who know no more."""
    if len(path) > 1:
        yield "county " + "/".join(path[:2])
    low, high = act.get("when_lo"), act.get("when_hi")
    if path and isinstance(low, int) and isinstance(high, int):
        for year in {date.fromordinal(low).year, date.fromordinal(high).year}:
            yield f"province {path[0]} {year}"


def candidates(pairs: Sequence[LinkedPair], account: str, most: int = 3) -> list[tuple[str, LinkedPair]]:
    """The accounts likeliest to be of the same act as one account, the likeliest first."""
    found = [(p.other if p.one == account else p.one, p) for p in pairs if account in (p.one, p.other)]
    return sorted(found, key=lambda f: (-f[1].act, f[0]))[:most]
