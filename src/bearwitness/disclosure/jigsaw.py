"""Jigsaw identification: what a draft says of a household joined with what earlier releases said of it.

We know which personas of different releases stand for one household; the adversary does not. The probability that
it links a pair is 1 where they share a pseudonym in one outlet, an image or a quotation, or where the union of
their claims leaves fewer than 20 candidates; else the policy's (1 by default: the worst case).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from bearwitness.disclosure.crowd import LEAVER, Constraint, Crowd, check_constraints, constrain
from bearwitness.model.claims import Claim, HouseholdId, Persona
from bearwitness.model.publication import Ledger, LedgerEntry, LedgerPersona, Policy

# Fewer candidates than this for the union of two releases, and the adversary is taken to have linked them.
CANDIDATES_THAT_LINK: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Household:
    """All that is said of one household: by the draft, and by each earlier release about it."""

    id: HouseholdId
    label: str
    claims: tuple[Claim, ...]
    draft: tuple[Constraint, ...]
    releases: tuple[tuple[str, tuple[LedgerPersona, ...]], ...]
    owners: Mapping[str, str]


def owner_of(claim: Claim, owners: Mapping[str, str]) -> str:
    """Whose variable a claim is about: the one who left, a relative, or an act."""
    if claim.attribute == "act_date":
        return claim.about or "act"
    about = claim.about or owners.get(str(claim.persona), LEAVER)
    return owners.get(about, about)


def gather_households(
    personas: Sequence[Persona], claims: Sequence[Claim], ledger: Ledger
) -> tuple[Household, ...]:
    """The households a draft speaks of, each with its claims and the earlier releases about it.

    Parameters
    ----------
    personas, claims
        As read from the draft.
    ledger : Ledger
        Everything published so far, in any order.

    Returns
    -------
    tuple of Household
        In the order of their first persona.

    Raises
    ------
    ClaimError
        If claims about one household contradict each other.
    """
    entries = _entries_by_household(ledger)
    households: list[Household] = []
    for home in dict.fromkeys(p.household for p in personas):
        members = [p for p in personas if p.household == home]
        owners = _owners(members)
        ids = {p.id for p in members}
        said = tuple(c for c in claims if c.persona in ids)
        label = next((p.label for p in members if p.stands_as == "left"), members[0].label)
        found = Household(
            id=home,
            label=label,
            claims=said,
            draft=tuple(constrain(c, about=owner_of(c, owners)) for c in said),
            releases=tuple((e.id, tuple(p for p in e.personas if p.household == home)) for e in entries.get(home, ())),
            owners=owners,
        )
        check_constraints([*found.draft, *(c for r in release_constraints(found, 1.0) for c in r[1])])
        households.append(found)
    return tuple(households)


def _entries_by_household(ledger: Ledger) -> dict[HouseholdId, list[LedgerEntry]]:
    entries: dict[HouseholdId, list[LedgerEntry]] = {}
    for entry in sorted(ledger.entries, key=lambda e: e.id):
        for home in {p.household for p in entry.personas}:
            entries.setdefault(home, []).append(entry)
    return entries


def _owners(members: Sequence[Persona]) -> dict[str, str]:
    """Names under which claims speak of the one who left; with several, the first by id stands for the variable."""
    left = sorted(
        (p for p in members if p.stands_as != "relative"), key=lambda p: (p.stands_as != "left", str(p.person or p.id))
    )
    owners: dict[str, str] = {"": LEAVER, LEAVER: LEAVER}
    for persona in left:
        anchor = LEAVER if (persona.person or persona.id) == (left[0].person or left[0].id) else str(persona.person)
        owners[str(persona.id)] = anchor
        if persona.person:
            owners[str(persona.person)] = anchor
    for persona in members:
        if persona.stands_as == "relative" and persona.person:
            owners[str(persona.id)] = str(persona.person)
    return owners


def release_constraints(
    household: Household, link: float, links: Mapping[str, float] | None = None
) -> list[tuple[str, tuple[Constraint, ...]]]:
    """The constraints of each earlier release about a household, weighted by the probability that it is linked."""
    found = []
    for release, personas in household.releases:
        weight = link if links is None else links.get(release, link)
        constraints = tuple(
            constrain(c, about=owner_of(c, household.owners), weight=weight)._replace(claim=f"{release}/{c.id}")
            for p in personas
            for c in p.claims
        )
        found.append((release, constraints))
    return found


def link_weights(
    household: Household, crowd: Crowd, policy: Policy, outlets: Mapping[str, str], personas: Iterable[Persona]
) -> dict[str, float]:
    """The probability, per earlier release, that the adversary links it with the draft's persona."""
    if policy.link >= 1.0:
        return {release: 1.0 for release, _ in household.releases}
    labels = {p.label for p in personas if p.household == household.id}
    weights = {}
    for release, constraints in release_constraints(household, 1.0):
        shown = next(found for r, found in household.releases if r == release)
        same_name = outlets.get(release) == policy.outlet and any(p.label in labels for p in shown)
        traced = any(p.images or p.quotations for p in shown)
        few = 1.0 + float(np.median(crowd.others([*household.draft, *constraints]))) < CANDIDATES_THAT_LINK
        weights[release] = 1.0 if same_name or traced or few else policy.link
    return weights

