"""Jigsaw identification: what a draft says of a household joined with what earlier releases said of it.

We know which personas of different releases stand for one household; the adversary does not. The probability that
it links a pair is 1 where they share a pseudonym in one outlet, an image or a quotation, or where the union of
their claims leaves fewer than 20 candidates; else the policy's (1 by default: the worst case). Earlier releases that
are linked with each other are one persona, joined with the draft all or none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from typing import Final, NamedTuple

import numpy as np

from bearwitness.disclosure.crowd import LEAVER, Constraint, Crowd, FloatArray, check_constraints, constrain
from bearwitness.disclosure.crowd_risk import CANDIDATES_THAT_LINK, LinkedCrowd
from bearwitness.disclosure.ledger_index import LedgerIndex, index_ledger
from bearwitness.disclosure.told_cells import HouseholdTables, tellings_of
from bearwitness.errors import ClaimError
from bearwitness.model.claims import Claim, HouseholdId, Persona
from bearwitness.model.publication import Ledger, LedgerEntry, LedgerPersona, Policy

# Up to so many releases of uncertain link every combination is weighed; beyond, those that narrow the crowd least
# are taken as linked for certain, which only raises the risk.
MOST_UNCERTAIN: Final = 8
# A link as probable as this is one.
_SURELY: Final = 1.0 - 1e-9


class Release(NamedTuple):
    """An earlier release as it speaks of one household.

    ``bound`` is the probability of a link with the draft that is known beforehand. Releases that have one of their
    ``traces`` in common (a name in one outlet, an image, a quotation) are one persona to whoever reads them.
    """

    id: str
    constraints: tuple[Constraint, ...]
    bound: float
    traces: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Household:
    """All that is said of one household: by the draft, and by each earlier release about it.

    ``changed`` is what the draft says of it that was changed on purpose: it narrows nothing for who knows that.
    ``tables`` is what tables published before tell of it; None where there are none.
    """

    id: HouseholdId
    label: str
    claims: tuple[Claim, ...]
    draft: tuple[Constraint, ...]
    releases: tuple[Release, ...]
    owners: Mapping[str, str]
    changed: tuple[Constraint, ...] = ()
    tables: HouseholdTables | None = field(default=None, compare=False, repr=False)

    @property
    def told(self) -> tuple[Constraint, ...]:
        """Everything told of it, in the draft and before."""
        return (*self.draft, *(c for r in self.releases for c in r.constraints))


class Part(NamedTuple):
    """One way in which the adversary may have linked releases: its probability, per draw, and what it then has.

    ``counted`` is the share of that probability with which it linked because it counted fewer than twenty candidates;
    it then knows that they are so few.
    """

    probability: float | FloatArray
    constraints: tuple[Constraint, ...]
    counted: float | FloatArray = 0.0


def owner_of(claim: Claim, owners: Mapping[str, str], persona: str = "") -> str:
    """Whose variable a claim is about: the one who left, a relative, or an act.

    ``persona`` is of whom the draft says it; the personas of earlier releases are not the draft's, and are left out.
    """
    if claim.attribute == "act_date":
        return claim.about or "act"
    about = claim.about or owners.get(persona, LEAVER)
    return owners.get(about, about)


def gather_households(
    personas: Sequence[Persona], claims: Sequence[Claim], ledger: Ledger | LedgerIndex, policy: Policy, draft: str = ""
) -> tuple[Household, ...]:
    """The households a draft speaks of, each with its claims and the earlier releases about it.

    Parameters
    ----------
    personas, claims
        As read from the draft.
    ledger : Ledger or LedgerIndex
        Everything published so far, in any order; indexed where many drafts are joined with it.
    policy : Policy
        Its outlet, images and link probability decide which earlier releases are surely linked.
    draft : str
        The text, to recognise quotations that an earlier release printed too.

    Returns
    -------
    tuple of Household
        In the order of their first persona. One id comes several times where the text leaves open who is meant: each
        is a way to read it, and the worst of them counts.

    Raises
    ------
    ClaimError
        If claims about one household contradict each other, within the draft or with an earlier release.
    """
    index = index_ledger(ledger) if isinstance(ledger, Ledger) else ledger
    households: list[Household] = []
    placed: set[str] = set()
    problems: dict[str, ClaimError] = {}
    for home in dict.fromkeys(p.household for p in personas):
        members = [p for p in personas if p.household == home]
        certain = [p for p in members if not p.alternative]
        before = len(households)
        for key in dict.fromkeys(p.alternative for p in members if p.alternative):
            group = [*certain, *(p for p in members if p.alternative == key)]
            try:
                households.append(_household(home, group, claims, index, policy, draft))
                placed.add(key)
            except ClaimError as error:
                # Somebody of whom it is open whose household it is cannot be of one that what is said contradicts.
                problems[key] = error
        if certain and len(households) == before:
            households.append(_household(home, certain, claims, index, policy, draft))
    for key in problems.keys() - placed:
        raise problems[key]
    return tuple(households)


def _household(
    home: HouseholdId, members: Sequence[Persona], claims: Sequence[Claim],
    index: LedgerIndex, policy: Policy, draft: str,
) -> Household:  # fmt: skip
    owners = _owners(members)
    ids = {p.id for p in members}
    said = tuple(c for c in claims if c.persona in ids and not c.changed)
    changed = tuple(c for c in claims if c.persona in ids and c.changed)
    found = Household(
        id=home,
        label=next((p.label for p in members if p.stands_as == "left"), members[0].label),
        claims=said,
        draft=tuple(constrain(c, about=owner_of(c, owners, str(c.persona)), lag_share=policy.lag_share) for c in said),
        releases=tuple(_release(e, home, owners, policy, members, draft) for e in index.by_household.get(home, ())),
        owners=owners,
        changed=tuple(
            constrain(c, about=owner_of(c, owners, str(c.persona)), lag_share=policy.lag_share) for c in changed
        ),
    )
    check_constraints(found.told)
    # Of a household of which no act is told, tables tell nothing.
    return replace(found, tables=index.tables.about(home)) if index.tables and tellings_of(found.told) else found


def _owners(members: Sequence[Persona]) -> dict[str, str]:
    """Names under which claims speak of the one who left; with several, the first by id stands for the variable."""
    left = sorted(
        (p for p in members if p.stands_as != "relative"), key=lambda p: (p.stands_as != "left", str(p.person or p.id))
    )
    owners: dict[str, str] = {"": LEAVER, LEAVER: LEAVER}
    for persona in left:
        anchor = LEAVER if persona is left[0] or _is_same(persona, left[0]) else str(persona.person or persona.id)
        owners[str(persona.id)] = anchor
        if persona.person:
            owners[str(persona.person)] = anchor
    for persona in members:
        if persona.stands_as == "relative":
            owners[str(persona.id)] = str(persona.person or persona.id)
    return owners


def _is_same(one: Persona, other: Persona) -> bool:
    return one.person is not None and one.person == other.person


def _release(
    entry: LedgerEntry, home: HouseholdId, owners: Mapping[str, str], policy: Policy, members: Iterable[Persona],
    draft: str,
) -> Release:  # fmt: skip
    shown = [p for p in entry.personas if p.household == home]
    labels = {p.label for p in members if p.label}
    same_name = bool(policy.outlet) and entry.outlet == policy.outlet and any(p.label in labels for p in shown)
    traced = any(p.images & policy.images or any(q and q in draft for q in p.quotations) for p in shown)
    constraints = tuple(
        constrain(c, about=owner_of(c, owners), lag_share=policy.lag_share)._replace(claim=f"{entry.id}/{c.id}")
        for p in shown
        for c in p.claims
        if not c.changed
    )
    return Release(entry.id, constraints, 1.0 if same_name or traced else policy.link, traces_of(entry.outlet, shown))


def traces_of(outlet: str, shown: Iterable[LedgerPersona]) -> frozenset[str]:
    """By what somebody is recognised from one release to the next: a name in one outlet, an image, a quotation."""
    names = {f"{outlet}\n{p.label}" for p in shown if p.label}
    return frozenset(names).union(*(p.images | p.quotations for p in shown))


def joined_parts(household: Household, crowd: Crowd, *, without: str | None = None) -> tuple[Part, ...]:
    """The ways in which an adversary may have linked the earlier releases with the draft, probabilities adding to 1.

    Parameters
    ----------
    household : Household
        With its earlier releases.
    crowd : Crowd
        The adversary's frames.
    without : str, optional
        An earlier release to leave out.
    """
    releases = [r for r in household.releases if r.id != without]
    if all(r.bound >= 1.0 for r in releases):
        return (Part(1.0, (*household.draft, *(c for r in releases for c in r.constraints))),)
    certain: list[Constraint] = []
    uncertain: list[_Persona] = []
    for persona in _personas(releases):
        linked = _link_probability(household, persona, crowd)
        if float(linked.min()) >= _SURELY:
            certain += persona.constraints
        elif float(linked.max()) > 1.0 - _SURELY:
            uncertain.append(persona._replace(linked=linked))
    if len(uncertain) > MOST_UNCERTAIN:
        # Those that narrow the crowd most are weighed; the others are taken as linked for certain.
        uncertain.sort(key=lambda p: float(np.median(crowd.others([*household.draft, *p.constraints]))))
        certain += [c for p in uncertain[MOST_UNCERTAIN:] for c in p.constraints]
    parts: list[Part] = []
    weighed = uncertain[:MOST_UNCERTAIN]
    for chosen in product((True, False), repeat=len(weighed)):
        probability: float | FloatArray = 1.0
        uncounted: float | FloatArray = 1.0
        constraints = [*household.draft, *certain]
        for is_linked, persona in zip(chosen, weighed, strict=True):
            probability = probability * (persona.linked if is_linked else 1.0 - persona.linked)
            if is_linked:
                constraints += persona.constraints
                uncounted = uncounted * (persona.bound / persona.linked)
        parts.append(Part(probability, tuple(constraints), 1.0 - uncounted))
    return tuple(parts)


class _Persona(NamedTuple):
    """Earlier releases that the adversary takes for one persona: joined with the draft all or none."""

    releases: tuple[Release, ...]
    constraints: tuple[Constraint, ...]
    linked: FloatArray

    @property
    def bound(self) -> float:
        """The probability of a link with the draft that is known beforehand."""
        return max(r.bound for r in self.releases)


def _personas(releases: Sequence[Release]) -> list[_Persona]:
    """Releases that share a trace, at first or second hand, are one persona; so are all that are surely the draft's."""
    groups: list[list[Release]] = []
    for release in releases:
        touching = [g for g in groups if any(_are_one(release, other) for other in g)]
        groups = [g for g in groups if g not in touching] + [[*(r for g in touching for r in g), release]]
    return [_Persona(tuple(g), tuple(c for r in g for c in r.constraints), np.zeros(0)) for g in groups]


def _are_one(one: Release, other: Release) -> bool:
    return bool(one.traces & other.traces) or min(one.bound, other.bound) >= 1.0


def _link_probability(household: Household, persona: _Persona, crowd: Crowd) -> FloatArray:
    """Per draw, how probable it is that a persona is joined with the draft.

    By the policy's probability; and whatever that says, where fewer than twenty candidates are counted for the union.
    Of their number only the mean is known, so that is probable as far as a Poisson number is below twenty.
    """
    from scipy.special import pdtr  # loads slowly, and links are mostly certain

    others = crowd.others([*household.draft, *persona.constraints])
    joined: FloatArray = persona.bound + (1.0 - persona.bound) * pdtr(CANDIDATES_THAT_LINK - 2, others)
    return joined


def crowds_of(parts: Sequence[Part], crowd: Crowd) -> tuple[LinkedCrowd, ...]:
    """For each way of linking: its probability, the expected others, and how far these were counted to be few."""
    return tuple(LinkedCrowd(p.probability, crowd.others(p.constraints), p.counted) for p in parts)
