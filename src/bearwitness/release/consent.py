"""Consent decides: whether a person may be shown in a release for a purpose, and why not.

Rule of the record (docs/explanation/consent.md): a release may rest on a relative who cannot be asked only where the
threshold is met for that person's household; no consent is no consent; a withdrawn or expired one is none.
What of a whole record may be used for a purpose is decided by the same words in ``release/selection.py``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from bearwitness.errors import UsageError
from bearwitness.model.assessment import ConsentGap
from bearwitness.model.claims import Claim, HouseholdId, Persona, PersonId
from bearwitness.model.dates import FuzzyDate
from bearwitness.model.records import Case, Consent, ConsentState

# The organisation's own work inside: it needs no consent of its own, and a refused or ended one forbids it.
DOCUMENTATION: Final = "documentation"
# The purposes for which something leaves: each needs a consent in force.
PUBLICATION: Final = "publication"
SUBMISSION: Final = "submission"
SHARING: Final = "sharing"
STATISTICS: Final = "statistics"
LEAVING: Final = (PUBLICATION, SUBMISSION, SHARING, STATISTICS)
PURPOSES: Final = (DOCUMENTATION, *LEAVING)
# What a release may show of a person, from least to most.
SHOWS: Final = ("internal", "aggregate", "role", "pseudonym", "full_name")
# What a consent must allow to be shown before an account can leave; a figure shows less of it than anything else.
_LEAST_SHOWN: Final = {PUBLICATION: "role", SUBMISSION: "role", SHARING: "role", STATISTICS: "aggregate"}

# How it stands with a person in each consent that touches them; None where they only gave it.
States = Sequence[tuple[ConsentState | None, Consent]]


def check_purpose(purpose: str) -> None:
    """Refuse a purpose that nobody can have been asked about.

    Raises
    ------
    UsageError
        If it is not one of ``PURPOSES``.
    """
    if purpose not in PURPOSES:
        raise UsageError("this purpose is not known.", hint=f"Choose from: {', '.join(PURPOSES)}.")


def consent_states(case: Case) -> Mapping[PersonId, States]:
    """For every person whom a consent touches, how it stands with them in each.

    Parameters
    ----------
    case : Case
        The record.
    """
    found: dict[PersonId, list[tuple[ConsentState | None, Consent]]] = {}
    for consent in case.consents:
        for person, state in consent.persons:
            found.setdefault(person, []).append((state, consent))
        # Whoever gave a consent can withdraw it; that it covers them too has to be written down.
        if dict(consent.persons).get(consent.giver) not in ("given", "refused"):
            found.setdefault(consent.giver, []).append((None, consent))
    return found


def why_kept_out(states: States, purpose: str, on: date) -> str:
    """Why nothing of a person may be used for a purpose, whoever told it; empty where nobody objects.

    Parameters
    ----------
    states : States
        Of the person, from ``consent_states``.
    purpose : str
        One of ``PURPOSES``.
    on : date
        The day of the use.

    Returns
    -------
    str
        Not empty where they refused the purpose or documentation in any consent, or where what they agreed to for
        documentation is over: was withdrawn, or has run out, with no other in force.
    """
    if any(state == "refused" and consent.purpose in (purpose, DOCUMENTATION) for state, consent in states):
        return f"refused {purpose}"
    asked = [(s, c) for s, c in states if c.purpose == DOCUMENTATION and s in ("given", None)]
    in_force = [s for s, c in asked if permits(c, DOCUMENTATION, on)]
    if len(in_force) < len(asked) and "given" not in in_force:
        return "the consent to documentation was withdrawn or has run out"
    return ""


def why_not_covered(states: States, purpose: str, on: date) -> str:
    """Why what a person told must not be used for a purpose; empty where it may be.

    Parameters
    ----------
    states, purpose, on
        As for ``why_kept_out``.

    Returns
    -------
    str
        For documentation, what ``why_kept_out`` says. For a purpose by which something leaves, not empty unless also
        a consent for it is in force, in which their state is ``given`` and which lets enough of them be shown.
    """
    objection = why_kept_out(states, purpose, on)
    if objection or purpose == DOCUMENTATION:
        return objection
    given = [c for s, c in states if s == "given" and permits(c, purpose, on)]
    if not given:
        return f"no consent for {purpose} is in force"
    least = SHOWS.index(_LEAST_SHOWN[purpose])
    if all(SHOWS.index(c.identifiability) < least for c in given):
        return f"consent for {purpose} was given to less than it shows ({_LEAST_SHOWN[purpose]})"
    return ""


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

    Raises
    ------
    UsageError
        If the purpose is not known.
    """
    check_purpose(purpose)
    named = {c.persona for c in claims if c.attribute == "name"}
    protected = {p.id: p.protected for p in case.persons}
    states = consent_states(case)
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
        why = _gap(states.get(person, ()), needs, persona.household in unsafe, on, purpose)
        if why:
            gaps[person] = ConsentGap(person=person, why=why)
    return tuple(gaps.values())


def _gap(touching: States, needs: str, is_unsafe: bool, on: date, purpose: str) -> str:
    """Why a person is not covered; empty where they are."""
    states = [(state, consent) for state, consent in touching if state]
    if any(state == "refused" for state, _ in states):
        return "refused"
    objection = why_kept_out(touching, purpose, on)
    if objection:
        return objection
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
