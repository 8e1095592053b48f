"""The persons of a record as a reading compares them with a text: where they stand and what is recorded of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from bearwitness.model.claims import HouseholdId, PersonId
from bearwitness.model.dates import FuzzyDate
from bearwitness.model.places import PlaceTree
from bearwitness.model.records import Case, Person
from bearwitness.model.values import Codes, Paths, ValueSet
from bearwitness.text.name_surnames import Surnames
from bearwitness.text.record_kin import Relatives, compile_relatives

Stands = Literal["left", "relative", "carrier"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """A person of the record, compiled.

    ``facts`` are the recorded values by attribute, absent where nothing is recorded: sex, birth, home, occupation,
    route, departure, and status. ``names`` are full names without spaces, in lower case; ``surnames`` surname
    codes. ``kin`` is what a relative is to the one who left.
    """

    id: PersonId
    household: HouseholdId | None
    stands_as: Stands
    protected: bool
    kin: frozenset[str]
    names: frozenset[str]
    surnames: frozenset[str]
    facts: Mapping[str, ValueSet]
    traits: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """All persons of a record by id, and who is whose relative."""

    persons: Mapping[PersonId, Recorded]
    relatives: Relatives


def compile_people(case: Case, tree: PlaceTree, surnames: Surnames) -> People:
    """Compile the persons of a case.

    Parameters
    ----------
    case : Case
        The record.
    tree : PlaceTree
        To find the homes that are recorded by name.
    surnames : Surnames
        The surname table.

    Returns
    -------
    People
        A person stands as the one who left if a departure or a way of leaving is recorded, or relatives or acts
        refer to them; as a carrier if a link of a source chain of another household's account; as a relative if
        they are related to somebody; else, where nothing says otherwise, as one who left.
    """
    left, carriers = _left(case), _carriers(case)
    stands: dict[PersonId, Stands] = {}
    for person in case.persons:
        if person.id in left:
            stands[person.id] = "left"
        elif person.id in carriers:
            stands[person.id] = "carrier"
        else:
            stands[person.id] = "relative" if person.kin else "left"
    homes = {p.home: _home(p.home, tree) for p in case.persons if p.home}
    persons = {p.id: _compile(p, stands, homes, surnames) for p in sorted(case.persons, key=lambda p: p.id)}
    return People(persons=persons, relatives=compile_relatives(case.persons))


def _left(case: Case) -> set[PersonId]:
    """Who left: by their own departure, by an act that punishes it, or since relatives are recorded as theirs."""
    left = {p.id for p in case.persons if p.departure or p.route}
    left |= {a.because_of for a in case.acts if a.because_of}
    anchors = {k.of for p in case.persons for k in p.kin}
    left |= {p.id for p in case.persons if p.id in anchors and not p.kin}
    tellers = {t.teller for t in case.testimonies}
    # Two who name each other as kin: the one who told an account lives in safety.
    for person in sorted(case.persons, key=lambda p: (p.id not in tellers, p.id)):
        if person.id in anchors and not any(k.of in left for k in person.kin):
            left.add(person.id)
    return left


def _carriers(case: Case) -> set[PersonId]:
    """Links of a source chain who are neither of the teller's household nor of one that the account is about."""
    homes = {p.id: p.household for p in case.persons}
    acts = {a.id: a.household for a in case.acts}
    found: set[PersonId] = set()
    for testimony in case.testimonies:
        concerned = {homes.get(testimony.teller), *(acts.get(a) for a in testimony.acts)}
        for link in testimony.chain:
            found |= {p for p in (link.teller, link.hearer) if homes.get(p) not in concerned}
    return found


def _home(home: str, tree: PlaceTree) -> Paths | None:
    paths = tree.find(home) or ((home,) if "/" in home else ())
    return Paths(frozenset(paths)) if paths else None


def _compile(
    person: Person, stands: Mapping[PersonId, Stands], homes: Mapping[str, Paths | None], surnames: Surnames
) -> Recorded:
    stands_as = stands[person.id]
    full = [n for n in person.names if n.kind in ("full", "former")]
    leaves = {k.relation if stands.get(k.of) == "left" else "other_relative" for k in person.kin}
    return Recorded(
        id=person.id, household=person.household, stands_as=stands_as, protected=person.protected,
        kin=frozenset(leaves) if stands_as == "relative" else frozenset(),
        names=frozenset(n.text.replace(" ", "").casefold() for n in full),
        surnames=frozenset(code for n in full for code in surnames.codes_in(n)),
        facts=_facts(person, stands_as, homes), traits=person.traits,
    )  # fmt: skip


def _facts(person: Person, stands_as: Stands, homes: Mapping[str, Paths | None]) -> dict[str, ValueSet]:
    facts: dict[str, ValueSet | None] = {
        "sex": Codes(frozenset({person.sex})) if person.sex else None,
        "birth": _days(person.birth),
        "home": homes.get(person.home) if person.home else None,
        "occupation": Paths(frozenset({person.occupation})) if person.occupation else None,
        "route": Paths(frozenset({person.route})) if person.route else None,
        "departure": _days(person.departure),
        "status": Codes(frozenset({"left"})) if stands_as == "left" else None,
    }
    return {attribute: values for attribute, values in facts.items() if values is not None}


def _days(written: FuzzyDate | None) -> ValueSet | None:
    return written.days if written else None
