"""Which passages of a draft are taken out, and what stands there instead.

Taken out is what points at one person: names, places, dates, numbers, work, and every passage that nobody accounts
for. What happened, to whom of a family it happened, and he or she stay; whether that is safe, the risk model says of
what is left. Two passages that overlap are one hole.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from bearwitness.model.assessment import Edit
from bearwitness.model.claims import Claim, Language, Reading
from bearwitness.text.decided import plain_form
from bearwitness.text.placeholders import PLACEHOLDER, HoleRole, highest_numbers, placeholder, widen
from bearwitness.text.rules import find_rule
from bearwitness.text.rules_form import Theme

Source = Literal["record", "claim", "undecided"]

_OF_ATTRIBUTE: Final[Mapping[str, HoleRole]] = {
    "name": "person", "surname": "person", "home": "place", "birth": "date", "departure": "date", "act_date": "date",
    "occupation": "work", "amount": "amount", "count": "number", "route": "detail",
}  # fmt: skip
# Taken out too where the risk of what is left is still over the threshold, in this order.
FURTHER: Final[tuple[Mapping[str, HoleRole], ...]] = ({"trait": "detail", "kin": "detail"}, {"act": "detail"})
_OF_THEME: Final[Mapping[Theme, HoleRole]] = {
    "names": "name", "places": "place", "dates": "date", "numbers": "number", "occupations": "work",
    "traits": "detail", "scripts": "name", "quotations": "words", "contradictions": "detail", "people": "name",
    "decisions": "name",
}  # fmt: skip
# Of two passages that overlap, the role that is named first here names the hole.
_RANK: Final[tuple[HoleRole, ...]] = (
    "person", "words", "name", "place", "work", "date", "amount", "number", "detail",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Hole:
    """A passage of a draft that is taken out. Holes of one ``key`` mean the same and get one number.

    ``source`` says why: a form of the record, a claim, or that nobody accounts for it. ``person`` is the id of the
    one person of the record whom a form of it means, if it means one.
    """

    start: int
    end: int
    role: HoleRole
    key: str
    source: Source
    person: str = ""


def find_holes(
    draft: str, reading: Reading, recorded: Iterable[Hole] = (), *, further: Mapping[str, HoleRole] | None = None
) -> tuple[Hole, ...]:
    """Every passage to be taken out, in order, without overlap.

    Parameters
    ----------
    draft : str
        The draft that was read.
    reading : Reading
        What it says.
    recorded : iterable of Hole
        Forms of the record that stand in it.
    further : mapping of str to HoleRole, optional
        Attributes to be taken out besides those that point at one person, with their roles.
    """
    roles = {**_OF_ATTRIBUTE, **(further or {})}
    holes = [*recorded]
    for persona in reading.personas:
        holes += [
            Hole(start=s.start, end=s.end, role="person", key=f"person {persona.id}", source="claim")
            for s in persona.names
        ]
    for claim in reading.claims:
        if claim.attribute in roles:
            role = roles[claim.attribute]
            holes += [
                Hole(start=s.start, end=s.end, role=role, key=_claim_key(claim, s.quote), source="claim")
                for s in claim.spans
            ]
    for doubt in reading.unresolved:
        found = find_rule(doubt.why)
        role = _OF_THEME[found[0].theme] if found else "detail"
        key = f"{role} {plain_form(doubt.span.quote if role == 'date' else doubt.form)}"
        holes.append(Hole(start=doubt.span.start, end=doubt.span.end, role=role, key=key, source="undecided"))
    stand_ins = [m.span() for m in PLACEHOLDER.finditer(draft)]
    return _joined(draft, [h for h in holes if not any(a <= h.start and h.end <= b for a, b in stand_ins)])


def _claim_key(claim: Claim, quote: str) -> str:
    """A name is that of its persona; anything else is the same where its words are."""
    if claim.attribute in ("name", "surname"):
        return f"person {claim.persona}"
    return f"{claim.attribute} {plain_form(quote)}"


def _joined(draft: str, holes: Sequence[Hole]) -> tuple[Hole, ...]:
    joined: list[Hole] = []
    for hole in sorted((h for h in holes if h.start < h.end), key=lambda h: (h.start, -h.end)):
        last = joined[-1] if joined else None
        # Two with nothing but a space between them would show how many words were there.
        if last is None or (hole.start > last.end and not _is_run(draft, last, hole)):
            joined.append(hole)
            continue
        first = min((last, hole), key=lambda h: _RANK.index(h.role))
        joined[-1] = replace(first, start=last.start, end=max(last.end, hole.end))
    return tuple(joined)


def _is_run(draft: str, last: Hole, hole: Hole) -> bool:
    return last.role == hole.role and draft[last.end : hole.start] in (" ", "-", "\u00a0")


def fill_holes(draft: str, holes: Sequence[Hole], language: Language) -> tuple[Edit, ...]:
    """The edits that put a placeholder into every hole; the numbers count up in the order of the draft.

    Parameters
    ----------
    draft : str
        The draft.
    holes : sequence of Hole
        From :func:`find_holes`.
    language : {"en", "ko"}
        Language of the placeholders.
    """
    numbers: dict[tuple[HoleRole, str], int] = {}
    # In a text that was redacted before, the numbers go on: one number is one thing.
    counts = highest_numbers(draft)
    edits: list[Edit] = []
    done = 0
    for hole in holes:
        at = (hole.role, hole.key)
        if at not in numbers:
            counts[hole.role] = numbers[at] = counts.get(hole.role, 0) + 1
        start, end, particle = widen(draft, hole.start, hole.end)
        start = max(start, done)
        edits.append(Edit(start=start, end=end, instead=placeholder(hole.role, numbers[at], language) + particle))
        done = end
    return tuple(edits)


def left_over(reading: Reading, holes: Sequence[Hole]) -> tuple[Claim, ...]:
    """The claims that a draft still makes when the holes are out of it: of whose passages one at least stays.

    Parameters
    ----------
    reading : Reading
        What the draft says.
    holes : sequence of Hole
        What is taken out of it.
    """
    return tuple(
        c for c in reading.claims
        if not c.spans or any(not any(h.start <= s.start and s.end <= h.end for h in holes) for s in c.spans)
    )  # fmt: skip
