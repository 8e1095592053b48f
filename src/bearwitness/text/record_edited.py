"""Claims that an editor wrote by hand: they override what was found, and their words are located in the draft."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from bearwitness.errors import CaseError
from bearwitness.model.claims import Claim, HouseholdId, Persona, PersonaId, PersonId, Span
from bearwitness.model.values import NoneOf, ValueSet, intersect_values
from bearwitness.text.normalise import Normalised, normalise
from bearwitness.text.record_people import Recorded
from bearwitness.text.scene import Mention

# A household can have several of these; an editor's claim replaces the one it speaks of, not the others.
_SEVERAL = frozenset({"kin", "trait", "act", "act_date", "amount"})
_DRAFT_AND_CASE = "Write the words as they stand in the draft, or take the claim out of the case file."


def locate_quote(text: str, quote: str) -> tuple[tuple[int, int], ...]:
    """Every passage of normalised text that is these words, however they were written.

    Parameters
    ----------
    text : str
        Normalised text.
    quote : str
        The words; Latin words are found whole.
    """
    words = normalise(quote).text.strip()
    if not words:
        return ()
    pattern = r"\s+".join(re.escape(w) for w in words.split())
    before = r"(?<![A-Za-z0-9])" if words[0].isascii() and words[0].isalnum() else ""
    after = r"(?![A-Za-z0-9])" if words[-1].isascii() and words[-1].isalnum() else ""
    return tuple(m.span() for m in re.finditer(before + pattern + after, text))


def accounted_for(text: str, edited: Sequence[Claim]) -> tuple[tuple[Claim, int, int], ...]:
    """The passages that an editor's claims account for, each with its claim."""
    return tuple((c, *found) for c in edited for span in c.spans for found in locate_quote(text, span.quote))


def pin_keys(
    mentions: Iterable[Mention], accounted: Sequence[tuple[Claim, int, int]], persons: Collection[PersonId]
) -> dict[str, PersonId]:
    """Who is meant by somebody shown, where an editor's claim about a person of the case quotes that passage.

    The words have to lie within the passage: "her brother" says nothing of who "her" is.
    """
    found: dict[str, PersonId] = {}
    for mention in mentions:
        for claim, start, end in accounted:
            person = PersonId(str(claim.persona))
            if person in persons and mention.start <= start and end <= mention.end:
                found.setdefault(mention.key, person)
    return found


def apply_edited(
    claims: Sequence[Claim],
    personas: Sequence[Persona],
    edited: Sequence[Claim],
    *,
    draft: str,
    normal: Normalised,
    persons: Mapping[PersonId, Recorded],
) -> tuple[tuple[Persona, ...], tuple[Claim, ...]]:
    """Put an editor's claims in the place of what was found.

    Parameters
    ----------
    claims, personas
        As found.
    edited : sequence of Claim
        Of a case file: ``persona`` is a person id or the label of a persona, spans have a quote only.
    draft, normal
        The draft, and the same normalised.
    persons : mapping of PersonId to Recorded
        The record; somebody of it whom the draft does not show becomes a persona.

    Returns
    -------
    tuple
        Personas and claims. Found claims of the same persona, attribute and ``about`` are gone; of attributes that
        a household can have several of, only those whose values or words are the same.

    Raises
    ------
    CaseError
        If a claim quotes words that are not in the draft, or speaks of nobody; names the claim's id.
    """
    shown = list(personas)
    kept = list(claims)
    added: list[Claim] = []
    for claim in edited:
        persona = _persona_of(claim, shown, persons)
        mine = replace(claim, persona=persona.id, spans=_spans(claim, draft, normal), origin="editor")
        kept = [c for c in kept if not _is_overridden(c, mine)]
        added.append(mine)
    return tuple(shown), (*kept, *added)


def _spans(claim: Claim, draft: str, normal: Normalised) -> tuple[Span, ...]:
    found: set[tuple[int, int]] = set()
    for span in claim.spans:
        passages = locate_quote(normal.text, span.quote)
        if not passages:
            raise CaseError(f"claim {claim.id} quotes words that the draft does not have.", hint=_DRAFT_AND_CASE)
        found |= {normal.original_span(*passage) for passage in passages}
    return tuple(Span(start=a, end=b, quote=draft[a:b]) for a, b in sorted(found))


def _persona_of(claim: Claim, shown: list[Persona], persons: Mapping[PersonId, Recorded]) -> Persona:
    name = str(claim.persona)
    for persona in shown:
        if name in (persona.person, persona.id, persona.label):
            return persona
    folded = " ".join(normalise(name).text.casefold().split())
    for persona in shown:
        if folded == " ".join(normalise(persona.label).text.casefold().split()):
            return persona
    recorded = persons.get(PersonId(name))
    if recorded is None or not recorded.protected:
        raise CaseError(
            f"claim {claim.id} is of somebody whom the draft does not show.",
            hint="Give the id of a person of the case, or the label by which the draft shows somebody.",
        )
    persona = Persona(
        id=PersonaId(f"p{len(shown) + 1}"), label=name, household=recorded.household or HouseholdId(f"of-{name}"),
        person=recorded.id, stands_as=recorded.stands_as, kin=recorded.kin,
    )  # fmt: skip
    shown.append(persona)
    return persona


def _is_overridden(found: Claim, mine: Claim) -> bool:
    if (found.persona, found.attribute) != (mine.persona, mine.attribute):
        return False
    if mine.about and found.about != mine.about:
        return False
    if found.attribute in _SEVERAL:
        words = {(s.start, s.end) for s in mine.spans}
        if isinstance(mine.values, NoneOf):
            # "Children" within "has no children" was read as something that is there.
            return any(a <= s.start and s.end <= b for a, b in words for s in found.spans)
        return _share(found.values, mine.values) or any((s.start, s.end) in words for s in found.spans)
    return bool(mine.about) or not found.about or found.about == mine.about


def _share(one: ValueSet, other: ValueSet) -> bool:
    return type(one) is type(other) and not intersect_values(one, other).is_empty
