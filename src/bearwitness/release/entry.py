"""What the ledger keeps of a release: whom it showed, what it said of them, and on which accounts it rests."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from bearwitness.disclosure.crowd import LEAVER
from bearwitness.disclosure.jigsaw import gather_households, owner_of
from bearwitness.errors import ClaimError, ReleaseError
from bearwitness.model.assessment import Assessment
from bearwitness.model.claims import Claim, ClaimId, HouseholdId, Persona, Span
from bearwitness.model.codec.claims import NOT_LOCATED
from bearwitness.model.publication import Ledger, LedgerEntry, LedgerPersona, Policy
from bearwitness.model.records import Case
from bearwitness.text.normalise import normalise
from bearwitness.text.record_quotes import FEWEST_WORDS, find_quotations
from bearwitness.text.sentences import sentence_around

_UNRECORDED_ACT: Final = re.compile("act[0-9]*")
_CONTROL: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
_LONGEST_ID: Final = 64


def ledger_entry(
    assessment: Assessment, *, id: str, outlet: str, published: date, title: str, case: Case | None = None,
    images: Collection[str] = (),
) -> LedgerEntry:  # fmt: skip
    """The entry of the ledger for a draft that leaves as it was assessed.

    Parameters
    ----------
    assessment : Assessment
        Of the text that leaves.
    id, outlet, published, title
        Id of the release, where it appears, on which day, its title.
    case : Case, optional
        The record it was assessed with: tells recorded households and acts from those that only the text has, and
        which words of its accounts the text quotes.
    images : collection of str
        Ids of the images that go out with it. Each is kept with everybody shown: who is in it is not known.

    Returns
    -------
    LedgerEntry
        A later draft that is joined with it meets at least the risk of what it says. What only this text names (an
        unrecorded household, act or person) gets a name of its own, since the next text counts its own from one too.

    Raises
    ------
    ReleaseError
        If the outlet is missing, or what is said of one household under different readings cannot all be true of it:
        such an entry would stand in the way of every later release about that household.
    """
    if not outlet.strip():
        raise ReleaseError(f"release {id} has no outlet.", hint="Say where it appears.")
    names = _Names(assessment, id, case)
    quoted = _quotations(assessment.draft, case)
    upper: dict[HouseholdId, float] = {}
    for row in assessment.households:
        upper[row.household] = max(row.joined.upper, upper.get(row.household, 0.0))
    numbers: Counter[str] = Counter()
    personas = tuple(
        LedgerPersona(
            id=persona.id,
            household=names.household(persona),
            label=_plain(persona.label),
            claims=tuple(
                _published(c, names, numbers, assessment.draft) for c in assessment.claims if c.persona == persona.id
            ),
            images=frozenset(images),
            quotations=quoted.get(persona.household, frozenset()),
            upper=upper.get(persona.household),
        )
        for persona in assessment.personas
        if names.is_possible(persona)
    )
    entry = LedgerEntry(id=id, outlet=_plain(outlet), published=published, title=_plain(title), personas=personas)
    _check_possible(assessment, entry)
    return entry


def rests_on(assessment: Assessment, case: Case) -> tuple[str, ...]:
    """Ids of the accounts that a release rests on, in the order of the case.

    An account is one of them if its teller is shown, or is of a household that is; if one of its acts was done to
    such a household or person, or because of one; or if the text quotes it.
    """
    homes = {p.household for p in assessment.personas}
    shown = {p.person for p in assessment.personas if p.person is not None}
    people = shown | {p.id for p in case.persons if p.household in homes}
    acts = {
        a.id for a in case.acts if a.household in homes or any(p in people for p in (*a.victims, a.because_of))
    }
    quoted = {i for q in find_quotations(normalise(assessment.draft).text, case.testimonies) for i in q.testimonies}
    return tuple(
        t.id for t in case.testimonies if t.teller in people or t.id in quoted or any(a in acts for a in t.acts)
    )


class _Names:
    """What the things a text speaks of are called once it has left.

    Parameters
    ----------
    assessment : Assessment
        Of the text.
    release : str
        Its id.
    case : Case or None
        The record.
    """

    def __init__(self, assessment: Assessment, release: str, case: Case | None) -> None:
        self._release = release
        self._personas = {p.id: p for p in assessment.personas}
        self._recorded = (
            {h.id for h in case.households} if case else {p.household for p in assessment.personas if p.person}
        )
        self._acts = {str(a.id) for a in case.acts} if case else None
        self._leavers = leavers_of(case) if case else {}
        # The readings that the engine takes as possible, with whose variable each name is in them.
        self._owners = [
            (h.id, h.owners)
            for h in gather_households(assessment.personas, assessment.claims, Ledger(), Policy(), assessment.draft)
        ]

    def is_possible(self, persona: Persona) -> bool:
        """Whether somebody can be of their household by what is said of them; of open readings some cannot."""
        return self._owners_of(persona) is not None

    def household(self, persona: Persona) -> HouseholdId:
        """The household as recorded; of somebody who is not, one that no later release can be taken to be about."""
        home = persona.household
        if home in self._recorded or home == f"of-{persona.person}":
            return home
        return HouseholdId("unrecorded-" + hashlib.sha256(f"{self._release}/{home}".encode()).hexdigest()[:16])

    def about(self, claim: Claim) -> str:
        """Whom or what a claim is about, said so that it means the same beside any later draft."""
        if claim.attribute == "act_date":
            return self._act(claim.about or "act")
        persona = self._personas[claim.persona]
        owner = owner_of(claim, self._owners_of(persona) or {}, str(persona.id))
        if owner == LEAVER:
            # Where several of a household left, the one who is meant must be named.
            several = len(self._leavers.get(persona.household, ())) > 1
            return str(persona.person) if several and persona.person and persona.stands_as == "left" else ""
        return f"{self._release}-{owner}" if owner in self._personas else owner

    def _act(self, about: str) -> str:
        known = about in self._acts if self._acts is not None else not _UNRECORDED_ACT.fullmatch(about)
        return about if known else f"{self._release}-{about}"

    def _owners_of(self, persona: Persona) -> Mapping[str, str] | None:
        return next((o for home, o in self._owners if home == persona.household and str(persona.id) in o), None)


def leavers_of(case: Case) -> dict[HouseholdId, set[str]]:
    """Those of each household who left, as far as the record says so outright."""
    punished = {a.because_of for a in case.acts}
    found: dict[HouseholdId, set[str]] = {}
    for person in case.persons:
        if person.household is not None and (person.departure or person.route or person.id in punished):
            found.setdefault(person.household, set()).add(str(person.id))
    return found


def _published(claim: Claim, names: _Names, numbers: Counter[str], draft: str) -> Claim:
    """The claim as the ledger keeps it: the text that its passages count in is gone, its sentences stay."""
    numbers[str(claim.id)] += 1
    number = numbers[str(claim.id)]
    own = str(claim.id) if number == 1 else f"{str(claim.id)[: _LONGEST_ID - 6]}--{number}"
    said = dict.fromkeys(_plain(sentence_around(draft, s.start, s.end)) for s in claim.spans[:1])
    words = tuple(Span(start=NOT_LOCATED, end=NOT_LOCATED, quote=sentence) for sentence in said)
    return replace(claim, id=ClaimId(own), about=names.about(claim), says=_plain(claim.says), spans=words)


def _check_possible(assessment: Assessment, entry: LedgerEntry) -> None:
    kept = {p.id: p.household for p in entry.personas}
    shown = [replace(p, household=kept[p.id], alternative="") for p in assessment.personas if p.id in kept]
    try:
        gather_households(shown, (), Ledger(entries=(entry,)), Policy())
    except ClaimError as error:
        raise ReleaseError(
            f"release {entry.id} would say of one household what cannot all be true: {error.message}",
            hint="Say in the case file who is meant, and have the draft assessed again.",
        ) from None


def _quotations(draft: str, case: Case | None) -> dict[HouseholdId, frozenset[str]]:
    """What a text repeats of the accounts, word for word, by the household of their tellers."""
    if case is None:
        return {}
    normal = normalise(draft)
    homes = {p.id: p.household for p in case.persons}
    tellers = {t.id: homes.get(t.teller) for t in case.testimonies}
    found: dict[HouseholdId, set[str]] = {}
    for quotation in find_quotations(normal.text, case.testimonies):
        first, last = normal.original_span(quotation.start, quotation.end)
        for home in {tellers[t] for t in quotation.testimonies}:
            if home is not None:
                found.setdefault(home, set()).update(_lines(draft[first:last]))
    return {home: frozenset(quotes) for home, quotes in found.items()}


def _lines(quoted: str) -> Sequence[str]:
    """A quotation line by line, since a later text may break its lines elsewhere; lines of a few words say nothing."""
    lines = [line.strip() for line in _CONTROL.split(quoted)]
    return [line for line in lines if len(line.split()) >= FEWEST_WORDS] or [" ".join(lines)]


def _plain(text: str) -> str:
    """Text on one line, as a ledger file can hold it."""
    return " ".join(_CONTROL.sub(" ", text).split())
