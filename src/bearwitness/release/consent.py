"""Consent decides: whether a person may be shown in a release for a purpose, and why not.

Rule of the record (docs/explanation/consent.md): a release may rest on a relative who cannot be asked only where the
threshold is met for that person's household; no consent is no consent; a withdrawn or expired one is none.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Final

from bearwitness.model.assessment import ConsentGap
from bearwitness.model.claims import Claim, HouseholdId, Persona, PersonId
from bearwitness.model.dates import FuzzyDate
from bearwitness.model.records import Case, Consent

PUBLICATION: Final = "publication"
# What a release may show of a person, from least to most.
SHOWS: Final = ("internal", "aggregate", "role", "pseudonym", "full_name")


def permits(consent: Consent, purpose: str, on: date) -> bool:
    """Whether a consent is for a purpose and in force on a day.

    An expiry counts from its first possible day, a withdrawal from its first possible day on: where a date is vague
    the reading that protects is taken, and an unknown date is not any date.
    """
    if consent.purpose != purpose or _has_begun(consent.withdrawn, on):
        return False
    return not _has_begun(consent.expires, on)


def _has_begun(day: FuzzyDate | None, on: date) -> bool:
    if day is None:
        return False
    return day.days is None or day.days.spans[0][0] <= on.toordinal()


def find_consent_gaps(
    case: Case,
    personas: Iterable[Persona],
    claims: Iterable[Claim],
    *,
    unsafe: Collection[HouseholdId],
    on: date,
    purpose: str = PUBLICATION,
) -> tuple[ConsentGap, ...]:
    """The persons of the record whom a draft shows without a consent that covers it.

    Parameters
    ----------
    case : Case
        The record with its consents.
    personas, claims
        As read from the draft.
    unsafe : collection of HouseholdId
        Households for which the threshold is not met.
    on : date
        The day on which the draft would leave.
    purpose : str
        What the release is for.

    Returns
    -------
    tuple of ConsentGap
        One per person, in the order shown; empty where everybody is covered.
    """
    named = {c.persona for c in claims if c.attribute == "name"}
    protected = {p.id: p.protected for p in case.persons}
    gaps: dict[PersonId, ConsentGap] = {}
    for persona in personas:
        person = persona.person
        if person is None or not protected.get(person, True) or person in gaps:
            continue
        needs = "full_name" if persona.id in named else "pseudonym"
        if persona.stands_as == "carrier" and persona.id not in named:
            # Somebody on the way is shown by what they did only ("an acquaintance"): their risk is measured, and
            # a consent of their own is not expected to exist.
            continue
        why = _gap(case, person, needs, persona.household in unsafe, on, purpose)
        if why:
            gaps[person] = ConsentGap(person=person, why=why)
    return tuple(gaps.values())


def _gap(case: Case, person: PersonId, needs: str, is_unsafe: bool, on: date, purpose: str) -> str:
    """Why a person is not covered; empty where they are."""
    states: list[tuple[str, Consent]] = []
    for consent in case.consents:
        state = dict(consent.persons).get(person)
        if state:
            states.append((state, consent))
    if any(state == "refused" for state, _ in states):
        return "refused"
    valid = [(s, c) for s, c in states if permits(c, purpose, on)]
    if not states:
        return "no consent covers this person"
    if not valid:
        return f"no consent for {purpose} is in force"
    if any(s == "given" and SHOWS.index(c.identifiability) >= SHOWS.index(needs) for s, c in valid):
        return ""
    if any(s == "given" for s, _ in valid):
        return f"consent was given to less than this draft shows ({needs.replace('_', ' ')})"
    if needs == "full_name":
        return "shown by full name without having agreed to it"
    return "could not be asked, and the threshold is not met for the household" if is_unsafe else ""
