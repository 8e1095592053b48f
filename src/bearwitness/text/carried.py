"""Who is shown in a changed draft where the draft itself showed somebody of the record.

A changed draft may call somebody "a person" of whom too little is left for a record to tell who that is; or it fits
somebody else better. Whoever made the change knows: what is still said there counts for the same household as before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from bearwitness.model.assessment import Edit
from bearwitness.model.claims import Claim, ClaimId, Persona, PersonaId, Reading


class _Place(NamedTuple):
    """A passage of the changed draft."""

    start: int
    end: int

    def meets(self, other: _Place) -> bool:
        """Whether two passages share a character."""
        return self.start < other.end and other.start < self.end


def carry_over(before: Reading, after: Reading, edits: Sequence[Edit]) -> Reading:
    """The reading of a changed draft, with whom it shows in the place of somebody of the record taken for them.

    Parameters
    ----------
    before : Reading
        What the draft said.
    after : Reading
        What the changed draft is read to say.
    edits : sequence of Edit
        What was changed, at once (``text.editing.compose_edits``).

    Returns
    -------
    Reading
        As ``after``, with every person of the record who stood where somebody else stands now, and is not read there
        any more. Somebody unrecorded is that person; what is read as of another person of the record counts for both.
        Where several stood, it is open which of them it is (``Persona.alternative``).
    """
    images = _Images(edits)
    recorded = [(p, images.of(p)) for p in before.personas if p.person is not None]
    personas: list[Persona] = []
    claims = list(after.claims)
    carried: set[PersonaId] = set()
    for shown in after.personas:
        who = _gone(shown, recorded, after.personas)
        if shown.person is not None:
            # Of several readings of one passage, one is enough to carry it over.
            who = [p for p in who if p.id not in carried]
            carried |= {p.id for p in who}
        if not who or shown.person is not None:
            personas.append(shown)
        if who and shown.person is None:
            claims = [c for c in claims if c.persona != shown.id]
        for number, person in enumerate(who, 1):
            own = _as(shown, person, number, is_open=len(who) > 1)
            personas.append(own)
            claims += [_of(c, own, number) for c in after.claims if c.persona == shown.id]
    return replace(after, personas=tuple(personas), claims=tuple(claims))


class _Images:
    """Where passages of a draft are found once it has been changed."""

    def __init__(self, edits: Sequence[Edit]) -> None:
        self._edits = sorted(edits, key=lambda e: (e.start, e.end))

    def of(self, persona: Persona) -> tuple[_Place, ...]:
        """Where somebody stands."""
        return tuple(_Place(self._at(m.start, last=False), self._at(m.end, last=True)) for m in persona.mentions)

    def _at(self, offset: int, *, last: bool) -> int:
        """An offset as it is now; within a changed passage the beginning or end of what stands there instead."""
        shift = 0
        for edit in self._edits:
            begins = edit.start + shift
            ends = begins + len(edit.instead)
            if edit.start > offset or (last and edit.start == offset):
                break
            if offset < edit.end or (last and offset == edit.end):
                return ends if last else begins
            shift = ends - edit.end
        return offset + shift


def _gone(
    shown: Persona, recorded: Sequence[tuple[Persona, tuple[_Place, ...]]], personas: Sequence[Persona]
) -> list[Persona]:
    """Who of the record stood where somebody stands, and is not read there any more."""
    here = _places(shown)
    found = []
    for person, places in recorded:
        stood = [i for i in places if any(i.meets(h) for h in here)]
        still = (q for q in personas if q.person == person.person)
        if stood and not any(i.meets(place) for q in still for i in stood for place in _places(q)):
            found.append(person)
    return found


def _places(persona: Persona) -> list[_Place]:
    return [_Place(m.start, m.end) for m in persona.mentions]


def _as(shown: Persona, person: Persona, number: int, *, is_open: bool) -> Persona:
    return replace(
        shown, id=PersonaId(f"{shown.id}-{number}"), household=person.household, person=person.person,
        stands_as=person.stands_as, kin=person.kin, alternative=f"carried:{shown.id}" if is_open else "",
    )  # fmt: skip


def _of(claim: Claim, own: Persona, number: int) -> Claim:
    """A claim about the persona themselves is about the person of the record."""
    about = str(own.person) if claim.about == claim.persona else claim.about
    return replace(claim, id=ClaimId(f"{claim.id}-{number}"), persona=own.id, about=about)
