"""Every form in which what a record protects is written, in both languages, each with what it says of whom.

Forms are as sensitive as the record itself: they are made in memory for one case and written down nowhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from bearwitness.model.claims import Language
from bearwitness.model.dates import FuzzyDate
from bearwitness.model.publication import Decisions, ProtectedRole
from bearwitness.model.records import Case, Person
from bearwitness.text.dates import find_dates
from bearwitness.text.english_bodies import is_generic
from bearwitness.text.normalise import normalise
from bearwitness.text.surface_ages import age_forms, read_age
from bearwitness.text.surface_codes import expand_code
from bearwitness.text.surface_dates import date_forms
from bearwitness.text.surface_kin import kin_forms, teknonyms
from bearwitness.text.surface_names import name_surface
from bearwitness.text.surface_nations import nation_words, with_other_nation_words
from bearwitness.text.surface_organisations import expand_organisation
from bearwitness.text.surface_people import latin_name_forms
from bearwitness.text.surface_places import expand_place, place_ladder
from bearwitness.text.surface_quantities import expand_quantity
from bearwitness.text.surface_terms import term_ladder
from bearwitness.text.world import World

# A date decided as protected is read as of this day; without a year it stays without one.
_DAY: Final = date(2100, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class SurfaceForm:
    """One way to write something of the record.

    ``rung`` counts how much wider than the record the wording is, 0 not at all. ``source`` is the kind of form
    ("hangul", "romanised", "place", "date", "term", "kin").
    """

    text: str
    person: str
    attribute: str
    value: str
    rung: int
    source: str


def expand_case(case: Case, *, world: World) -> tuple[SurfaceForm, ...]:
    """The surface forms of everybody protected in a case.

    Parameters
    ----------
    case : Case
        The record.
    world : World
        Places, terms and surnames.

    Returns
    -------
    tuple of SurfaceForm
        Names, kin, homes with what they lie in, occupations, dates of births, departures and acts. An act's date is
        its victims'; where none is recorded it is nobody's ("" as person).
    """
    protected = [p for p in case.persons if p.protected]
    found: list[SurfaceForm] = []
    for person in protected:
        found += _of_person(person, case, world)
    shown = {p.id for p in protected}
    for act in case.acts:
        whose = [str(v) for v in act.victims if v in shown] or [""]
        for owner in whose:
            found += _dates(act.date, owner, "act_date")
    return tuple(dict.fromkeys(found))


def _of_person(person: Person, case: Case, world: World) -> Iterator[SurfaceForm]:
    owner = str(person.id)
    for name in person.names:
        for text, source in name_surface(name, world.surnames):
            yield SurfaceForm(text=text, person=owner, attribute="name", value=name.text, rung=0, source=source)
    yield from _dates(person.birth, owner, "birth")
    yield from _dates(person.departure, owner, "departure")
    if person.home:
        for text, value, rung in place_ladder(person.home, world.tree, case.places):
            yield SurfaceForm(text=text, person=owner, attribute="home", value=value, rung=rung, source="place")
    if person.occupation:
        for text, value, rung in term_ladder("occupation", person.occupation, world.vocabulary):
            yield SurfaceForm(text=text, person=owner, attribute="occupation", value=value, rung=rung, source="term")
    yield from _kin(person, case)


def _kin(person: Person, case: Case) -> Iterator[SurfaceForm]:
    """What a person is called by way of a relative who tells, and a relative by way of the person."""
    others = {p.id: p for p in case.persons}
    for kin in person.kin:
        other = others.get(kin.of)
        words = [*kin_forms(kin.relation, other.sex if other else None)]
        for name in other.names if other else ():
            given = name.text[1:] if len(name.text) == 3 else name.text
            words += [(form, 0) for form in teknonyms(kin.relation, given, ())]
        for text, rung in words:
            yield SurfaceForm(
                text=text, person=str(person.id), attribute="kin", value=kin.relation, rung=rung, source="kin"
            )


def _dates(when: FuzzyDate | None, owner: str, attribute: str) -> Iterator[SurfaceForm]:
    days = when.days if when is not None else None
    if days is None:
        return
    for form in date_forms(days):
        value = date.fromordinal(form.days.spans[0][0]).isoformat()
        yield SurfaceForm(
            text=form.text, person=owner, attribute=attribute, value=value, rung=form.rung, source="date"
        )


def expand_protected(form: str, role: ProtectedRole) -> tuple[str, ...]:
    """The other ways in which a form that an editor decided to be protected is usually written, itself first.

    Parameters
    ----------
    form : str
        As the decision has it, in either language.
    role : str
        What it names.
    """
    form = " ".join(normalise(form).text.split())
    more = (f for f in _EXPANDERS[role](form) if not is_generic(f))
    return tuple(dict.fromkeys(f for f in (form, *more) if any(c.isalnum() for c in f)))


def _expand_date(form: str) -> Iterator[str]:
    languages: tuple[Language, ...] = ("en", "ko")
    for language in languages:
        for mention in find_dates(form, language=language, published=_DAY):
            whole = mention.start == 0 and mention.end == len(form)
            if whole and mention.days is not None and any(c.isdigit() for c in form) and mention.days.spans:
                yield from (f.text for f in date_forms(mention.days) if not f.rung)


def _expand_description(form: str) -> Iterator[str]:
    yield from nation_words(form)
    yield from with_other_nation_words(form)
    age = read_age(form)
    if age is not None:
        yield from age_forms(age)


def _expand_place(form: str) -> Iterator[str]:
    yield from expand_place(form)
    yield from nation_words(form)


def _expand_organisation(form: str) -> Iterator[str]:
    yield from expand_organisation(form)
    yield from with_other_nation_words(form)


_EXPANDERS: Final[Mapping[ProtectedRole, Callable[[str], tuple[str, ...] | Iterator[str]]]] = {
    "person": latin_name_forms, "place": _expand_place, "organisation": _expand_organisation, "date": _expand_date,
    "code": expand_code, "quantity": expand_quantity, "description": _expand_description, "other": lambda _: (),
}  # fmt: skip


def expand_decisions(decisions: Decisions) -> Iterator[tuple[str, str, ProtectedRole]]:
    """Every form of every protected decision: how it is written, the decided form, its role."""
    for decision in decisions.decisions:
        if decision.kind == "protected":
            for text in expand_protected(decision.form, decision.role):
                yield text, decision.form, decision.role
