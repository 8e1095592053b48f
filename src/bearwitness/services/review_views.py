"""Two records side by side as a reviewer sees them: where they differ first, and never how probable it is."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from bearwitness.model.dates import FuzzyDate
from bearwitness.model.records import Act, Case, Person
from bearwitness.model.review import Layer
from bearwitness.services.review_pairs import CandidatePair, model_of, worst_first


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An account that tells of it: when it was given, and how whoever told it says that they know."""

    testimony: str
    told: str
    directness: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the two: its id, its household, who tells of it, and who belongs to the household."""

    id: str
    household: str
    told_by: tuple[Told, ...]
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What was compared, how far it agrees, and both values as they are recorded; empty where nothing is."""

    what: str
    how: str
    one: str
    other: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """Something that was done to one of the two households; ``of``: one, other, or both where it is one household."""

    date: str
    id: str
    kind: str
    of: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PairView:
    """Two records that may be of one thing.

    ``waiting``: how many pairs wait for this reviewer, this one included. ``names_seen``: whether the reviewer may
    know names; without them less can be compared.
    """

    layer: str
    one: Side
    other: Side
    differences: tuple[Comparison, ...]
    agreements: tuple[Comparison, ...]
    unknown: tuple[str, ...]
    timeline: tuple[Moment, ...]
    waiting: int
    names_seen: bool


def view_pair(case: Case, layer: Layer, candidate: CandidatePair, *, waiting: int, names_seen: bool) -> PairView:
    """A pair side by side, from the record as the reviewer reads it."""
    sides = tuple(_side(case, layer, name) for name in candidate.pair)
    compared: dict[str, list[Comparison]] = {"differs": [], "agrees": [], "unknown": []}
    for comparison, level, word in worst_first(candidate.levels, model_of(layer)):
        one, other = (value_of(case, layer, name, comparison) for name in candidate.pair)
        compared[word].append(Comparison(what=comparison, how=level, one=one, other=other))
    return PairView(
        layer=layer, one=sides[0], other=sides[1], differences=tuple(compared["differs"]),
        agreements=tuple(compared["agrees"]), unknown=tuple(c.what for c in compared["unknown"]),
        timeline=_timeline(case, sides[0].household, sides[1].household), waiting=waiting, names_seen=names_seen,
    )  # fmt: skip


def value_of(case: Case, layer: Layer, name: str, comparison: str) -> str:
    """What a record says for a comparison, as it was written down."""
    if layer == "act":
        act = next(a for a in case.acts if a.id == name)
        return _OF_ACT[comparison](act, case) if comparison in _OF_ACT else ""
    person = next(p for p in case.persons if str(p.id) == name)
    return _OF_PERSON[comparison](person) if comparison in _OF_PERSON else ""


def _side(case: Case, layer: Layer, name: str) -> Side:
    if layer == "act":
        act = next(a for a in case.acts if a.id == name)
        household = str(act.household)
        told = tuple(
            Told(testimony=t.id, told=_written(t.told), directness=t.directness)
            for t in case.testimonies if name in t.acts
        )  # fmt: skip
    else:
        person = next(p for p in case.persons if str(p.id) == name)
        household, told = str(person.household or ""), ()
    people = tuple(_who(p) for p in case.persons if household and str(p.household) == household)
    return Side(id=name, household=household, told_by=told, people=people)


def _timeline(case: Case, one: str, other: str) -> tuple[Moment, ...]:
    """What was done to the households, in order; what has no day that is known comes last."""
    found = []
    for act in case.acts:
        household = str(act.household)
        if household not in (one, other):
            continue
        of = "both" if one == other else "one" if household == one else "other"
        days = act.date.days.spans if act.date is not None and act.date.days is not None else ()
        moment = Moment(date=_written(act.date), id=str(act.id), kind=act.kind, of=of)
        found.append((not days, days[0] if days else (0, 0), moment.id, moment))
    return tuple(moment for *_, moment in sorted(found, key=lambda f: f[:3]))


def _written(date: FuzzyDate | None) -> str:
    return date.written if date is not None else ""


def _who(person: Person) -> str:
    """A person by id, with what they are called and what they are to whom, as far as the reviewer may know."""
    kin = (f"{k.relation} of {k.of}" for k in person.kin)
    return " ".join(x for x in (str(person.id), _names(person), ", ".join(kin)) if x)


def _names(person: Person) -> str:
    return ", ".join(n.text for n in person.names)


def _victims(act: Act, case: Case) -> str:
    ids: Collection[str] = {str(v) for v in act.victims}
    return "; ".join(_who(p) for p in case.persons if str(p.id) in ids)


def _where(act: Act, case: Case) -> str:
    if act.place:
        return act.place
    homes = {p.home for p in case.persons if p.home and p.household == act.household}
    # An act without a place is compared by where the household lives, if that leaves no doubt.
    return f"{next(iter(homes))} (home)" if len(homes) == 1 else ""


_OF_ACT: Mapping[str, Callable[[Act, Case], str]] = {
    "when": lambda a, _: _written(a.date), "where": _where, "what": lambda a, _: a.kind, "whom": _victims,
    "by whom": lambda a, _: a.perpetrator or "", "how many": lambda a, _: str(a.count or len(a.victims) or ""),
    "how often": lambda a, _: str(a.ordinal or ""),
}  # fmt: skip
_OF_PERSON: Mapping[str, Callable[[Person], str]] = {
    "name": _names, "surname": _names, "given name": _names, "sex": lambda p: p.sex or "",
    "birth": lambda p: _written(p.birth), "home": lambda p: p.home or "", "occupation": lambda p: p.occupation or "",
    "kin": lambda p: ", ".join(f"{k.relation} of {k.of}" for k in p.kin),
    "departure": lambda p: _written(p.departure),
}  # fmt: skip
