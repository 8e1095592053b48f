"""The changes of a plan for several drafts, as edits and a list for each of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bearwitness.disclosure.plan import Plan
from bearwitness.disclosure.series import origins
from bearwitness.model.assessment import Change, Edit, Rung
from bearwitness.model.claims import ClaimId, Reading
from bearwitness.model.series import SeriesAlternative
from bearwitness.services.changes import list_changes
from bearwitness.services.series_parts import Part
from bearwitness.services.world import load_world
from bearwitness.text.rewording import plan_edits


@dataclass(frozen=True, slots=True)
class Changed:
    """What a plan for all drafts changes in one of them."""

    changes: tuple[Change, ...] = ()
    edits: tuple[Edit, ...] = ()
    cost: float = 0.0


def change_parts(parts: Sequence[Part], plan: Plan | None, published: date) -> list[Changed]:
    """What the plan changes in each draft.

    Parameters
    ----------
    parts : sequence of Part
        The drafts.
    plan : Plan or None
        The optimum for all of them; None where nothing has to change.
    published : date
        The day on which they would leave.

    Returns
    -------
    list of Changed
        One per draft. The risks are as the changes are made from the first draft to the last.
    """
    if plan is None:
        return [Changed() for _ in parts]
    known = origins({p.number: p.reading for p in parts})
    edits = {p.number: _edits(p, plan, known, published) for p in parts}
    moved = [_edit_by(e, p.at) for p in parts for e in edits[p.number]]
    costs = dict.fromkeys(edits, 0.0)
    for decision, rung in zip(plan.decisions, plan.solution.choice, strict=True):
        costs[known[decision.claims[0]][0]] += decision.rungs[rung].cost
    found: dict[int, list[Change]] = {p.number: [] for p in parts}
    for language in dict.fromkeys(p.reading.language for p in parts):
        # As of one text in which the changes are made from its beginning to its end.
        whole = Reading(
            language=language, personas=(), claims=tuple(c for p in parts for c in p.placed.claims), unresolved=()
        )
        for change in list_changes(plan, whole, moved):
            number, claim = known[change.claim]
            part = parts[number - 1]
            if part.reading.language == language:
                start, end = change.start - part.at, change.end - part.at
                found[number].append(replace(change, claim=claim, start=start, end=end))
    return [Changed(tuple(found[n]), edits[n], costs[n]) for n in edits]


def _edits(
    part: Part, plan: Plan, known: Mapping[ClaimId, tuple[int, ClaimId]], published: date
) -> tuple[Edit, ...]:
    world = load_world()
    judged = {c.id: c.values for c in part.judged.claims}
    chosen: dict[ClaimId, Rung] = {
        known[claim][1]: rung
        for claim, rung in plan.chosen().items()
        # What a recipient would say less exactly of their own accord may stay in a submission.
        if claim in judged and rung.values != judged[claim]
    }
    return plan_edits(
        part.found.draft, part.reading, chosen, tree=world.tree, vocabulary=world.vocabulary, published=published
    )


def _edit_by(edit: Edit, by: int) -> Edit:
    return replace(edit, start=edit.start + by, end=edit.end + by)


def list_series_alternatives(parts: Sequence[Part], plan: Plan | None) -> tuple[SeriesAlternative, ...]:
    """The next-best choices, with the draft of each change.

    Parameters
    ----------
    parts : sequence of Part
        The drafts.
    plan : Plan or None
        The optimum for all of them.
    """
    if plan is None:
        return ()
    known = origins({p.number: p.reading for p in parts})
    return tuple(
        SeriesAlternative(
            cost=cost,
            changes=tuple(
                (*known[claim], rung.level) for claim, rung in plan.chosen(choice).items() if rung.level != "exact"
            ),
        )
        for cost, choice in plan.solution.alternatives
    )
