"""Several drafts as one reader knows them: what all of them say of a household is joined for certain.

One organisation publishes them, so nobody has to guess that they belong together. What the record has (households,
persons, acts) is the same in all of them; what only a draft has is called by the draft, so that nobody of two drafts is
taken for one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from math import prod
from typing import Final

from bearwitness.disclosure.jigsaw import Household, gather_households
from bearwitness.disclosure.ledger_index import LedgerIndex
from bearwitness.errors import ClaimError, UsageError
from bearwitness.model.claims import Claim, ClaimId, HouseholdId, Persona, PersonaId, Reading, Span
from bearwitness.model.publication import Policy
from bearwitness.model.records import Case

# Past so many ways to choose one open person of each draft, all of them together are taken: the risk is no lower then.
MOST_CHOSEN: Final = 256
# So many sets of open persons are tried for one household; past it somebody has to say who is meant.
MOST_TRIED: Final = 2_000


def name_draft(number: int, name: str) -> str:
    """What something of one draft is called in the series; drafts count from 1."""
    return f"draft-{number}/{name}"


def place_in_series(reading: Reading, number: int, at: int, case: Case | None) -> Reading:
    """What one draft says, with names that are its own in a series.

    Parameters
    ----------
    reading : Reading
        What the draft says.
    number : int
        Which draft it is, from 1.
    at : int
        Where its text begins in that of the series (code points): its passages are moved there.
    case : Case or None
        The record: its persons, households and acts keep their names.

    Returns
    -------
    Reading
        The same personas and claims, in the same order.
    """
    names = _Names(reading.personas, number, case)
    personas = {p.id: p for p in reading.personas}
    return replace(
        reading,
        personas=tuple(
            replace(
                p, id=names.persona(p.id), household=names.household(p), mentions=_moved(p.mentions, at),
                names=_moved(p.names, at), alternative=name_draft(number, p.alternative) if p.alternative else "",
            )
            for p in reading.personas
        ),
        claims=tuple(
            replace(
                c, id=ClaimId(name_draft(number, c.id)), persona=names.persona(c.persona), spans=_moved(c.spans, at),
                about=names.about(c, personas[c.persona]),
            )
            for c in reading.claims
        ),
        unresolved=tuple(replace(u, span=_moved((u.span,), at)[0]) for u in reading.unresolved),
    )  # fmt: skip


def _moved(spans: Sequence[Span], by: int) -> tuple[Span, ...]:
    return tuple(replace(s, start=s.start + by, end=s.end + by) for s in spans)


class _Names:
    """What the things that one draft speaks of are called in a series."""

    def __init__(self, personas: Sequence[Persona], number: int, case: Case | None) -> None:
        self._number = number
        self._shown = {str(p.id) for p in personas}
        self._homes = {h.id for h in case.households} if case else set()
        self._persons = {str(p.id) for p in case.persons} if case else set()
        self._acts = {(a.household, str(a.id)) for a in case.acts} if case else set()

    def persona(self, persona: PersonaId) -> PersonaId:
        """Everybody shown is shown by one draft."""
        return PersonaId(name_draft(self._number, persona))

    def household(self, persona: Persona) -> HouseholdId:
        """As recorded; somebody of the record without a household is the same in all drafts."""
        if persona.household in self._homes:
            return persona.household
        if persona.person is not None:
            return HouseholdId(f"of-{persona.person}")
        return HouseholdId(name_draft(self._number, persona.household))

    def about(self, claim: Claim, persona: Persona) -> str:
        """Whom or what a claim is about: a person or act of the record, kin, or something of this draft only."""
        if claim.attribute == "act_date":
            about = claim.about or "act"
            return about if (persona.household, about) in self._acts else name_draft(self._number, about)
        is_own = claim.about == persona.id and persona.person is None
        if is_own or (claim.about in self._shown and claim.about not in self._persons):
            return name_draft(self._number, claim.about)
        return claim.about


def extend_suspicion(policy: Policy, before: Sequence[Persona], after: Sequence[Persona]) -> Policy:
    """The policy with a suspicion of each household under the name that it has in the series.

    Parameters
    ----------
    policy : Policy
        As given.
    before, after : sequence of Persona
        The personas of a draft, and the same as :func:`place_in_series` names them.
    """
    suspicion = dict(policy.suspicion)
    for one, other in zip(before, after, strict=True):
        odds = policy.suspicion.get(str(one.household))
        if odds is not None:
            suspicion[str(other.household)] = max(odds, suspicion.get(str(other.household), 0.0))
    return replace(policy, suspicion=suspicion)


def gather_series(
    readings: Sequence[Reading], ledger: LedgerIndex, policy: Policy, text: str = ""
) -> tuple[Household, ...]:
    """The households that a series of drafts speaks of, each with what all drafts and the ledger say of it.

    Parameters
    ----------
    readings : sequence of Reading
        What each draft says, from :func:`place_in_series`.
    ledger : LedgerIndex
        Everything published so far.
    policy : Policy
        As ``gather_households`` takes it.
    text : str
        All drafts, to recognise quotations.

    Returns
    -------
    tuple of Household
        In the order of their first persona. Where it is open who is meant, one for each way to take one open person of
        every draft, or of as many drafts as can be true together: risks grow with what is said, so no smaller choice
        is worse. Of one draft as ``gather_households`` has it.

    Raises
    ------
    ClaimError
        If what is said of one household cannot all be true; claims are named ``draft-N/...``.
    UsageError
        If too many persons are open for all combinations to be tried.
    """
    personas = tuple(p for r in readings for p in r.personas)
    claims = tuple(c for r in readings for c in r.claims)
    found: list[Household] = []
    placed: frozenset[str] = frozenset()
    problems: dict[str, ClaimError] = {}
    for home in dict.fromkeys(p.household for p in personas):
        members = [tuple(p for p in r.personas if p.household == home) for r in readings]
        combined = _Combined(members, claims, ledger, policy, text)
        here = combined.largest()
        found += [h for keys in here if (h := combined.household(keys)) is not None]
        placed = placed.union(*here)
        for key in combined.open.difference(*here):
            if (problem := combined.problem(frozenset({key}))) is not None:
                problems[key] = problem
    # Whoever is of none of the households that they may be of was not read rightly.
    for key in sorted(problems.keys() - placed):
        raise problems[key]
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Tried:
    """One household with some of the open persons: gathered, or why not."""

    household: Household | None
    problem: ClaimError | None


class _Combined:
    """One household with any set of the persons of whom it is open whether they are of it."""

    def __init__(
        self, drafts: Sequence[Sequence[Persona]], claims: Sequence[Claim], ledger: LedgerIndex, policy: Policy,
        text: str,
    ) -> None:  # fmt: skip
        self._members = [p for members in drafts for p in members]
        ids = {p.id for p in self._members}
        self._claims = [c for c in claims if c.persona in ids]
        self._surroundings = (ledger, policy, text)
        self._tried: dict[frozenset[str], _Tried] = {}
        by_draft = [tuple(dict.fromkeys(p.alternative for p in members if p.alternative)) for members in drafts]
        self._choices = [keys for keys in by_draft if keys]
        self._is_sure = any(not p.alternative for p in self._members)

    @property
    def open(self) -> frozenset[str]:
        """All open persons, by their alternative."""
        return frozenset(key for keys in self._choices for key in keys)

    def largest(self) -> list[frozenset[str]]:
        """The largest choices of open persons with whom all that is said can be true, none within another.

        Whatever can be true lacks somebody of every set that cannot: they are found by leaving out one member of a
        smallest contradiction at a time (Reiter 1987, Artif. Intell. 32, 57).
        """
        found: list[frozenset[str]] = []
        rank = {key: at for at, key in enumerate(key for keys in self._choices for key in keys)}
        many = prod(map(len, self._choices)) > MOST_CHOSEN
        todo = [self.open] if many else [frozenset(chosen) for chosen in product(*self._choices)]
        while todo:
            todo.sort(key=lambda keys: (-len(keys), sorted(rank[k] for k in keys)))
            keys = todo.pop(0)
            if any(keys <= larger for larger in found) or not (keys or self._is_sure):
                continue
            if (problem := self.problem(keys)) is None:
                found.append(keys)
                continue
            contradiction = self._contradiction(keys)
            if not contradiction:
                raise problem
            todo += [less for key in contradiction if (less := keys - {key}) not in todo]
        return found

    def _contradiction(self, keys: frozenset[str]) -> frozenset[str]:
        """A smallest set within one that contradicts itself: without any one of it nothing contradicts."""
        for key in sorted(keys):
            if self.problem(keys - {key}) is not None:
                keys = keys - {key}
        return keys

    def household(self, keys: frozenset[str]) -> Household | None:
        """The household with these persons; None where they cannot be of it together."""
        return self._try(keys).household

    def problem(self, keys: frozenset[str]) -> ClaimError | None:
        """Why these persons cannot be of it together."""
        return self._try(keys).problem

    def _try(self, keys: frozenset[str]) -> _Tried:
        known = self._tried.get(keys)
        if known is None:
            if len(self._tried) >= MOST_TRIED:
                raise UsageError(
                    f"it is open of too many persons whether household {self._members[0].household} is meant.",
                    hint="Say in the case file who is meant, or plan fewer drafts together.",
                )
            known = self._tried[keys] = self._gather(keys)
        return known

    def _gather(self, keys: frozenset[str]) -> _Tried:
        sure = [p for p in self._members if not p.alternative]
        group = [*sure, *(replace(p, alternative="") for p in self._members if p.alternative in keys)]
        if not group:
            return _Tried(None, None)
        try:
            (made,) = gather_households(group, self._claims, *self._surroundings)
        except ClaimError as error:
            return _Tried(None, error)
        return _Tried(made, None)


def origins(readings: Mapping[int, Reading]) -> dict[ClaimId, tuple[int, ClaimId]]:
    """Of every claim as it is named in a series: its draft, and its id there.

    Parameters
    ----------
    readings : mapping of int to Reading
        What each draft says under its own names, by number.
    """
    return {
        ClaimId(name_draft(number, c.id)): (number, c.id)
        for number, reading in readings.items()
        for c in reading.claims
    }
