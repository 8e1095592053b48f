"""Redact a draft: a placeholder for whatever points at one person, and nothing given back that is not safe."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from bearwitness.errors import NotSafe
from bearwitness.model.assessment import Assessment, Edit
from bearwitness.model.publication import Decisions, Ledger, Policy
from bearwitness.model.records import Case
from bearwitness.services.recorded_forms import find_recorded
from bearwitness.services.workbench import set_up
from bearwitness.text.editing import apply_edits
from bearwitness.text.placeholders import HoleRole
from bearwitness.text.redaction import FURTHER, Hole, fill_holes, find_holes, left_over

# What stands around a placeholder is read anew; what is then in doubt is taken out too.
MOST_ROUNDS: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Redacted:
    """A redacted draft that was read again and is safe.

    ``rounds`` are the edits, one tuple after the other, that made it of the draft. ``holes`` are the passages of the
    draft that were taken out at first. ``taken`` are kinds of claims that had to go besides those that point at one
    person, since the rest was over the threshold.
    """

    text: str
    rounds: tuple[tuple[Edit, ...], ...]
    holes: tuple[Hole, ...]
    taken: frozenset[str]
    after: Assessment


def redact(
    draft: str,
    case: Case | None = None,
    ledger: Ledger | None = None,
    policy: Policy | None = None,
    *,
    decisions: Decisions | None = None,
    today: date | None = None,
) -> Redacted:
    """The draft with placeholders for names, places, dates, numbers, work and everything nobody accounts for.

    Parameters are those of ``assess``. What was decided public or ordinary stays.

    Returns
    -------
    Redacted
        The text and what was taken out.

    Raises
    ------
    NotSafe
        If consent is missing, or what is left is not safe even without acts and kin. Nothing is returned then.
    """
    bench = set_up(case, ledger, policy, decisions)

    def read(text: str) -> tuple[Assessment, tuple[Hole, ...], frozenset[str]]:
        reading = bench.read(text, today=today)
        recorded = find_recorded(text, case, bench.decisions)
        further: dict[str, HoleRole] = {}
        for more in ({}, *FURTHER):
            further |= more
            holes = find_holes(text, reading, recorded, further=further)
            rest = replace(reading, claims=left_over(reading, holes), unresolved=())
            found = bench.assess_reading(text, rest, today=today)
            if all(r.safe for r in found.households):
                break
        return found, holes, frozenset(further)

    text = draft
    rounds: list[tuple[Edit, ...]] = []
    found, holes, taken = read(draft)
    first = holes
    while holes and len(rounds) < MOST_ROUNDS:
        _check(found)
        rounds.append(fill_holes(text, holes, found.language))
        text = apply_edits(text, rounds[-1])
        found, holes, more = read(text)
        taken |= more
    _check(found)
    if holes:
        raise NotSafe(
            f"{len(holes)} passages of the redacted draft, read anew, are still in doubt; nothing was written.",
            hint="Run assess on the draft, reword the sentences it names, then redact again.",
        )
    return Redacted(text=text, rounds=tuple(rounds), holes=first, taken=taken, after=found)


def _check(found: Assessment) -> None:
    """Refuse what no placeholder mends."""
    if found.consent_gaps:
        people = ", ".join(str(g.person) for g in found.consent_gaps)
        raise NotSafe(
            f"the draft shows persons without consent: {people}; nothing was written.",
            hint="Leave them out, or obtain consent and record it.",
        )
    unsafe = sorted({str(r.household) for r in found.households if not r.safe})
    if unsafe:
        raise NotSafe(
            f"what is left of the draft is not safe for {', '.join(unsafe)}; nothing was written.",
            hint="Take out the passages of these households by hand, then redact again.",
        )
