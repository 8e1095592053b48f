"""The accounts of a case as flat records that linkage compares: persons, households, acts.

Names are compared by what they may be read as, whatever script they were written in; places by their paths; dates by
the days they allow. What is not recorded is None, never guessed.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from bearwitness.data.load import load_frame_specs, load_place_tree, load_surnames
from bearwitness.linkage.conditions import Record, Value
from bearwitness.linkage.households import LEFT
from bearwitness.model.dates import FuzzyDate
from bearwitness.model.places import PlaceTree
from bearwitness.model.records import Act, Case, Name, Person
from bearwitness.text.name_parts import split_name
from bearwitness.text.name_readings import reading_keys, readings
from bearwitness.text.romanisation import canonical, is_hangul

# What somebody was called is compared; a pseudonym was made up, by whomever.
_COMPARED = frozenset({"full", "former", "given", "nickname"})


class Accounts(NamedTuple):
    """What the accounts of a case say, one record per person, household and act, in the order of the case."""

    persons: tuple[Record, ...]
    households: tuple[Record, ...]
    acts: tuple[Record, ...]


def records_of(case: Case) -> Accounts:
    """The records of a case as linkage takes them.

    Parameters
    ----------
    case : Case
        As far as the member may read it: names that are withheld are unknown.

    Returns
    -------
    Accounts
        ``kin`` of a person holds the roles towards the one who left ("left" for that person). ``accounts`` of an act
        are the testimonies that tell it.
    """
    tree = load_place_tree()
    leavers = _leavers(case)
    told = accounts_by_act(case)
    homes = _homes(case, tree)
    return Accounts(
        persons=tuple(_person(p, leavers, tree) for p in case.persons),
        households=tuple({"id": str(h.id), "home": homes.get(str(h.id))} for h in case.households),
        acts=tuple(_act(a, tuple(told.get(str(a.id), ())), tree) for a in case.acts),
    )


def accounts_by_act(case: Case) -> dict[str, list[str]]:
    """The ids of the testimonies that tell of each act, in the order of the case."""
    told: dict[str, list[str]] = {}
    for testimony in case.testimonies:
        for act in testimony.acts:
            told.setdefault(str(act), []).append(testimony.id)
    return told


def _leavers(case: Case) -> frozenset[str]:
    """Ids of those who left: whom others are kin of, whose deed is punished, or who have a way or day of leaving."""
    found = {str(k.of) for p in case.persons for k in p.kin}
    found |= {str(a.because_of) for a in case.acts if a.because_of}
    found |= {str(p.id) for p in case.persons if p.route or p.departure}
    return frozenset(found)


def _homes(case: Case, tree: PlaceTree) -> Mapping[str, str]:
    """Where a household lives, where its members' homes leave no doubt."""
    found: dict[str, set[str]] = {}
    for person in case.persons:
        path = path_of(person.home, tree)
        if person.household and path:
            found.setdefault(str(person.household), set()).add(path)
    return {home: next(iter(paths)) for home, paths in found.items() if len(paths) == 1}


def _person(person: Person, leavers: frozenset[str], tree: PlaceTree) -> Record:
    roles = {LEFT} if str(person.id) in leavers else {k.relation for k in person.kin}
    birth, departure = days_of(person.birth), days_of(person.departure)
    return {
        "id": str(person.id), "household": str(person.household) if person.household else "",
        **_names(tuple(n for n in person.names if n.kind in _COMPARED)),
        "sex": person.sex, "birth_lo": birth[0], "birth_hi": birth[1], "home": path_of(person.home, tree),
        "occupation": person.occupation, "kin": tuple(sorted(roles)) or None,
        "departure_lo": departure[0], "departure_hi": departure[1],
    }  # fmt: skip


def _names(names: tuple[Name, ...]) -> dict[str, Value]:
    """What a person's names may be read as: full names, keys for filing, surnames, given names."""
    surnames = load_surnames()
    full: set[str] = set()
    keys: set[str] = set()
    family: set[str] = set()
    given: set[str] = set()
    for name in names:
        whole = name.kind in ("full", "former")
        for reading in readings(name.text, surnames):
            given.add(reading.given)
            if whole and reading.surname:
                full.add(f"{reading.surname}/{reading.given}")
                family.add(reading.surname)
        keys |= reading_keys(name.text, surnames) if whole else set()
    first = next((n.text for n in names if n.kind in ("full", "former") and is_hangul(n.text)), "")
    surname, own = split_name(first) if first else ("", "")
    one = surname or (next(iter(family)) if len(family) == 1 else "")
    return {
        "readings": tuple(sorted(full)) or None, "name_keys": tuple(sorted(keys)) or None,
        "surnames": tuple(sorted(family)) or None, "givens": tuple(sorted(given)) or None,
        # 리 in the North is 이 in the South, of which the shares are.
        "family": _one_spelling(one) or None, "given": own or None,
    }  # fmt: skip


def _act(act: Act, accounts: tuple[str, ...], tree: PlaceTree) -> Record:
    low, high = days_of(act.date)
    count = act.count or len(act.victims) or None
    return {
        "id": str(act.id), "household": str(act.household), "accounts": accounts, "kind": act.kind,
        "when_lo": low, "when_hi": high, "place": path_of(act.place, tree),
        "victims": tuple(sorted(str(v) for v in act.victims)) or None, "by": act.perpetrator, "count": count,
        "ordinal": act.ordinal,
    }  # fmt: skip


def days_of(written: FuzzyDate | None) -> tuple[int | None, int | None]:
    """First and last day that a date allows, as ordinals."""
    if written is None or written.days is None or not written.days.spans:
        return None, None
    return written.days.spans[0][0], written.days.spans[-1][1]


def path_of(place: str | None, tree: PlaceTree) -> str | None:
    """The path of a place, where its name leaves no doubt."""
    if not place:
        return None
    if "/" in place:
        return place
    found = tree.find(place)
    return found[0] if len(found) == 1 else None


@cache
def county_shares() -> Mapping[str, float]:
    """The share of the population in each county (2008), by path."""
    places = load_place_tree().places
    people = {path: p.population for path, p in places.items() if path.count("/") == 1 and p.population}
    total = sum(people.values())
    return {path: number / total for path, number in people.items()}


@cache
def surname_shares() -> Mapping[str, float]:
    """The share of the population that has each surname, each in one spelling for North and South."""
    table = load_frame_specs()[0]["tables"]["surname"]
    numbers, = table["alpha"]
    found: dict[str, float] = {}
    for surname, number in zip(table["values"], numbers, strict=True):
        if is_hangul(surname):
            spelling = _one_spelling(surname)
            found[spelling] = found.get(spelling, 0.0) + number / sum(numbers)
    return found


def _one_spelling(surname: str) -> str:
    """A surname as the readings of names write it."""
    return "".join(canonical(syllable) for syllable in surname)
