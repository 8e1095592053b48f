"""The changes of a plan as an editor sees them: where, the words instead, and how the risk falls as they add up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from bearwitness.disclosure.plan import Plan
from bearwitness.model.assessment import Alternative, Change, Edit, Rung
from bearwitness.model.claims import Claim, ClaimId, Reading, Span
from bearwitness.services.world import load_world
from bearwitness.text.rewording import word_of


def list_changes(plan: Plan, reading: Reading, edits: Sequence[Edit]) -> tuple[Change, ...]:
    """One entry per changed passage, in the order of the text.

    Parameters
    ----------
    plan : Plan
        The optimum.
    reading : Reading
        What the draft says.
    edits : sequence of Edit
        The edits that make the changed draft.

    Returns
    -------
    tuple of Change
        ``risk_before`` and ``risk_after`` are the worst upper bounds of the households concerned, as the changes
        are made one after the other: the last one's ``risk_after`` is what is left.
    """
    claims = {c.id: c for c in reading.claims}
    first = {i: _first_word(plan, i, claims) for i, rung in enumerate(plan.solution.choice) if rung > 0}
    choice = [0] * len(plan.decisions)
    found: list[Change] = []
    for i in sorted(first, key=lambda i: (first[i], i)):
        before = plan.worst_upper(i, tuple(choice))
        choice[i] = plan.solution.choice[i]
        after = plan.worst_upper(i, tuple(choice))
        cost = plan.decisions[i].rungs[choice[i]].cost
        for claim, rung, span in _changed_passages(plan, i, claims, edits):
            instead = _instead(claim, rung, span, edits, reading)
            found.append(
                Change(
                    claim=claim.id, start=span.start, end=span.end, quote=span.quote, instead=instead,
                    level=rung.level, risk_before=before, risk_after=after, cost=cost,
                )
            )  # fmt: skip
            cost = 0.0
    return tuple(found)


def _first_word(plan: Plan, decision: int, claims: Mapping[ClaimId, Claim]) -> int:
    spans = (s for c in plan.decisions[decision].claims for s in claims[c].spans)
    return min((s.start for s in spans), default=0)


def _changed_passages(
    plan: Plan, decision: int, claims: Mapping[ClaimId, Claim], edits: Sequence[Edit]
) -> Iterator[tuple[Claim, Rung, Span]]:
    """Each changed claim of a decision at its first edited passage; what one passage says of several, once."""
    joint = plan.decisions[decision].rungs[plan.solution.choice[decision]]
    shown: set[tuple[int, int]] = set()
    for claim_id, rung in zip(plan.decisions[decision].claims, joint.rungs, strict=True):
        claim = claims[claim_id]
        if rung.values == claim.values or not claim.spans:
            continue
        span = next((s for s in claim.spans if _covering(s, edits)), claim.spans[0])
        if (span.start, span.end) not in shown:
            shown.add((span.start, span.end))
            yield claim, rung, span


def _instead(claim: Claim, rung: Rung, span: Span, edits: Sequence[Edit], reading: Reading) -> str:
    """The words that say the rung; nothing where the edit that covers the passage does without them."""
    covering = _covering(span, edits)
    if rung.values is None:
        return covering.instead if covering and (covering.start, covering.end) == (span.start, span.end) else ""
    world = load_world()
    words = word_of(claim, rung, language=reading.language, tree=world.tree, vocabulary=world.vocabulary)
    return "" if covering and words.casefold() not in covering.instead.casefold() else words


def _covering(span: Span, edits: Sequence[Edit]) -> Edit | None:
    return next((e for e in edits if e.start <= span.start and span.end <= e.end), None)


def list_alternatives(plan: Plan) -> tuple[Alternative, ...]:
    """The next-best choices that differ in at least one claim, with their costs."""
    return tuple(
        Alternative(
            cost=cost,
            changes=tuple((claim, rung.level) for claim, rung in plan.chosen(choice).items() if rung.level != "exact"),
        )
        for cost, choice in plan.solution.alternatives
    )
