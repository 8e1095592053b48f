"""Relatives whom a text shows and who by the record are of another household: it is at risk as its own.

"Her uncle told her by phone" shows the uncle, and with him those he lives with. Whoever is of the narrator's household
is measured with it; a relative of another one becomes a persona, with what is said of that relative.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from bearwitness.model.claims import Claim, Persona, PersonaId, PersonId
from bearwitness.model.records import Case
from bearwitness.model.values import Codes, intersect_values
from bearwitness.text.record_people import People, Recorded

_SENTENCE_END: Final = re.compile(r"[.!?][\"'\u201d\u2019]?\s|\n")
# A place named before: "a relative in the town".
_THERE: Final = re.compile(
    r"\b(?:in|from|of) (?:the|that|the same|her|his|their) (?:home ?)?(?:town|city|village|county|province|area)\b"
    r"|\b(?:there|locally)\b|(?:그|같은) ?(?:고장|도시|시|군|마을|동네|읍|지방|지역)|그곳|거기|현지|고향",
    re.I,
)  # fmt: skip


def show_relatives_elsewhere(
    personas: Sequence[Persona], claims: Sequence[Claim], *, case: Case, people: People, draft: str
) -> tuple[tuple[Persona, ...], tuple[Claim, ...]]:
    """Add a persona for every relative of another household whom a text shows by a kin word.

    Parameters
    ----------
    personas, claims
        As assembled.
    case, people
        The record, and its persons compiled.
    draft : str
        The text that the passages of the claims are of.

    Returns
    -------
    tuple
        Personas and claims. Where a kin word may also mean somebody of the narrator's own household, only those are
        added who by the record are a link of the chain by which the news came: they may be meant, so their household
        counts. A relative who has a persona already is left as they are.
    """
    shown = list(personas)
    found = list(claims)
    for persona in personas:
        if persona.person is None or persona.stands_as == "relative":
            continue
        said = [c for c in claims if c.persona == persona.id]
        links = _links(case, people, persona)
        for claim in (c for c in said if c.attribute == "kin" and isinstance(c.values, Codes)):
            for relative in _elsewhere(people, persona, claim, links):
                if any(p.person == relative.id for p in personas):
                    continue
                one = next((p for p in shown if p.person == relative.id), None) or _new(shown, relative, claim)
                found += _said_of(relative, one, claim, said, draft, is_link=relative.id in links)
    return tuple(shown), tuple(_merged(found))


def _links(case: Case, people: People, persona: Persona) -> set[PersonId]:
    """Everybody who passed on the news of a persona's household, or passed news on to it."""
    acts = {a.id for a in case.acts if a.household == persona.household}
    near: set[PersonId] = set()
    for testimony in case.testimonies:
        teller = people.persons.get(testimony.teller)
        if acts & set(testimony.acts) or (teller and teller.household == persona.household):
            near |= {p for link in testimony.chain for p in (link.teller, link.hearer)}
    return near


def _elsewhere(people: People, persona: Persona, kin: Claim, links: set[PersonId]) -> list[Recorded]:
    codes = kin.values.codes if isinstance(kin.values, Codes) else frozenset()
    known = people.relatives.of(persona.person, codes) if persona.person else ()
    relatives = [people.persons[r] for r in known]
    outside = [r for r in relatives if r.protected and r.household not in (None, persona.household)]
    return outside if len(outside) == len(relatives) else [r for r in outside if r.id in links]


def _new(shown: list[Persona], relative: Recorded, kin: Claim) -> Persona:
    taken = {p.id for p in shown}
    name = next(PersonaId(f"p{n}") for n in range(1, len(shown) + 2) if f"p{n}" not in taken)
    persona = Persona(
        id=name, label=kin.spans[0].quote if kin.spans else str(relative.id), household=relative.household or "",  # type: ignore[arg-type]
        person=relative.id, stands_as=relative.stands_as, kin=relative.kin, mentions=kin.spans,
    )  # fmt: skip
    shown.append(persona)
    return persona


def _said_of(
    relative: Recorded, persona: Persona, kin: Claim, said: Sequence[Claim], draft: str, *, is_link: bool
) -> Iterable[Claim]:
    """What is said of a relative, as said of their own household."""
    codes = "|".join(sorted(kin.values.codes)) if isinstance(kin.values, Codes) else ""
    own = str(relative.id) if relative.stands_as == "relative" else ""
    passages = {(s.start, s.end) for s in kin.spans}
    yield replace(kin, persona=persona.id)
    done = [c for c in said if c.attribute == "act" and any((s.start, s.end) in passages for s in c.spans)]
    at_home = [] if any(c.attribute == "home" and c.about in (str(relative.id), codes) for c in said) else [
        c for c in said if c.attribute == "home" and not c.about and is_link and _is_theirs(relative, c, kin, draft)
    ]  # fmt: skip
    for claim in said:
        if claim in at_home or (claim.about and claim.about in (str(relative.id), codes)):
            yield replace(claim, persona=persona.id, about=own)
        elif claim in done or (done and claim.attribute == "act_date" and _together(claim, kin, draft)):
            yield replace(claim, persona=persona.id)
        elif is_link and claim.attribute == "trait" and _together(claim, kin, draft):
            # Who calls and who is called have a line each.
            yield replace(claim, persona=persona.id)


def _is_theirs(relative: Recorded, home: Claim, kin: Claim, draft: str) -> bool:
    """Whether a place is where a link of the chain lives by the record, and the text says so beside the kin word."""
    recorded = relative.facts.get("home")
    if recorded is None or type(recorded) is not type(home.values):
        return False
    beside = _together(home, kin, draft) or any(
        _THERE.search(draft, *_sentence(draft, s.start, s.end)) for s in kin.spans
    )
    return beside and not intersect_values(recorded, home.values).is_empty


def _sentence(draft: str, start: int, end: int) -> tuple[int, int]:
    before = [m.end() for m in _SENTENCE_END.finditer(draft, 0, start)]
    after = _SENTENCE_END.search(draft, end)
    return (before[-1] if before else 0), (after.start() if after else len(draft))


def _together(one: Claim, other: Claim, draft: str) -> bool:
    """Whether two claims have passages in one sentence."""
    return any(
        not _SENTENCE_END.search(draft, min(a.end, b.end), max(a.start, b.start))
        for a in one.spans
        for b in other.spans
    )


def _merged(claims: Iterable[Claim]) -> Iterable[Claim]:
    """Claims that say the same of the same persona as one, with all passages."""
    found: dict[tuple[object, ...], Claim] = {}
    for claim in claims:
        key = (claim.persona, claim.attribute, claim.about, claim.values, claim.role, claim.lag_days)
        before = found.get(key)
        more = () if before is None else tuple(s for s in claim.spans if s not in before.spans)
        found[key] = claim if before is None else replace(before, spans=(*before.spans, *more))
    return found.values()
