"""Assess a draft, and rewrite it: reading, households, risks, consent, the least that must change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from bearwitness.disclosure.crowd import Crowd
from bearwitness.disclosure.jigsaw import Household, gather_households
from bearwitness.disclosure.measure import measure_help, measure_household
from bearwitness.disclosure.plan import Plan, plan_changes
from bearwitness.errors import NotSafe
from bearwitness.model.assessment import Alternative, Assessment, Change, ConsentGap, Edit, HouseholdRisk
from bearwitness.model.claims import HouseholdId, Reading
from bearwitness.model.publication import Decisions, Ledger, Policy
from bearwitness.model.records import Case
from bearwitness.release.consent import find_consent_gaps
from bearwitness.release.ledger import ledger_head
from bearwitness.services.world import crowds_for, load_ladders, load_world
from bearwitness.text.bundles import bundle_claims
from bearwitness.text.editing import apply_edits
from bearwitness.text.reading import read_draft
from bearwitness.text.rewording import plan_edits, word_of

# A changed draft is read anew; where the new wording says more than was planned, what is left is changed again.
MOST_ROUNDS: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewritten:
    """A changed draft that was assessed again and is safe."""

    text: str
    before: Assessment
    after: Assessment
    rounds: int


def assess(
    draft: str,
    case: Case | None = None,
    ledger: Ledger | None = None,
    policy: Policy | None = None,
    *,
    decisions: Decisions | None = None,
    today: date | None = None,
) -> Assessment:
    """Who could be found from a draft together with everything already public, and the least that must change.

    Parameters
    ----------
    draft : str
        The text, English or Korean.
    case : Case, optional
        The record; without it personas and claims come from the text alone.
    ledger : Ledger, optional
        Everything published so far.
    policy : Policy, optional
        Threshold, links, weights, what the story must keep.
    decisions : Decisions, optional
        What an editor decided about forms that nobody accounts for.
    today : date, optional
        The day taken as that of publication where the policy names none.

    Returns
    -------
    Assessment
        ``safe`` only where every household is at or below the threshold for every adversary, nothing is unresolved
        and consent covers everybody shown.

    Raises
    ------
    BearwitnessError
        If a claim fits no household, two contradict each other, or the policy names what does not exist.
    """
    ledger, policy, decisions = ledger or Ledger(), policy or Policy(), decisions or Decisions()
    world = load_world()
    published = policy.published or today or date.today()
    reading = read_draft(
        draft, world=world, case=case, decisions=decisions, published=published, lag_days=policy.news_lag_days
    )
    households = gather_households(reading.personas, reading.claims, ledger, policy, draft)
    crowds = crowds_for(policy.adversaries)
    risks = tuple(measure_household(h, c, policy) for h in households for c in crowds)
    unsafe = {r.household for r in risks if not r.safe}
    gaps = _consent_gaps(case, reading, unsafe, published) if policy.require_consent else ()
    plan = (
        plan_changes(households, crowds, policy, load_ladders(), bundle_claims(reading.claims)) if unsafe else None
    )
    edits: tuple[Edit, ...] = ()
    if plan:
        edits = plan_edits(
            draft, reading, plan.chosen(), tree=world.tree, vocabulary=world.vocabulary, published=published
        )
    return Assessment(
        safe=not unsafe and not reading.unresolved and not gaps,
        threshold=policy.threshold,
        language=reading.language,
        draft=draft,
        personas=reading.personas,
        claims=reading.claims,
        households=risks,
        helps=tuple(x for h in households for c in crowds for x in measure_help(h, c)),
        changes=_changes(plan, reading, edits) if plan else (),
        edits=edits,
        optimal=plan.solution.proved if plan else True,
        possible=plan.solution.possible if plan else True,
        cost=plan.solution.cost if plan else 0.0,
        alternatives=_alternatives(plan) if plan else (),
        unresolved=reading.unresolved,
        consent_gaps=gaps,
        ledger_head=ledger_head(ledger),
        notes=_notes(case, households, risks, crowds),
    )


def _consent_gaps(
    case: Case | None, reading: Reading, unsafe: set[HouseholdId], published: date
) -> tuple[ConsentGap, ...]:
    if case is None:
        return ()
    return find_consent_gaps(case, reading.personas, reading.claims, unsafe=unsafe, on=published)


def _changes(plan: Plan, reading: Reading, edits: Sequence[Edit]) -> tuple[Change, ...]:
    """One entry per changed decision, in the order of the text; the risks are those as the changes add up."""
    claims = {c.id: c for c in reading.claims}
    world = load_world()
    moved = [i for i, rung in enumerate(plan.solution.choice) if rung > 0]
    first = {i: min((s.start for c in plan.decisions[i].claims for s in claims[c].spans), default=0) for i in moved}
    choice = [0] * len(plan.decisions)
    found: list[Change] = []
    for i in sorted(moved, key=lambda i: first[i]):
        before = plan.worst_upper(i, tuple(choice))
        choice[i] = plan.solution.choice[i]
        joint = plan.decisions[i].rungs[choice[i]]
        after = plan.worst_upper(i, tuple(choice))
        shown: set[tuple[int, int]] = set()
        for claim_id, rung in zip(plan.decisions[i].claims, joint.rungs, strict=True):
            claim = claims[claim_id]
            for span in claim.spans[:1]:
                if (span.start, span.end) in shown or rung.values == claim.values:
                    continue
                shown.add((span.start, span.end))
                found.append(
                    Change(
                        claim=claim_id, start=span.start, end=span.end, quote=span.quote,
                        instead=_instead(edits, span.start, span.end)
                        if rung.values is None
                        else word_of(
                            claim, rung, language=reading.language, tree=world.tree, vocabulary=world.vocabulary
                        ),
                        level=rung.level, risk_before=before, risk_after=after,
                        cost=joint.cost if len(shown) == 1 else 0.0,
                    )  # fmt: skip
                )
    return tuple(found)


def _instead(edits: Sequence[Edit], start: int, end: int) -> str:
    """The words that stand where a dropped passage stood, where one edit replaces just that passage."""
    return next((e.instead for e in edits if e.start == start and e.end == end), "")


def _alternatives(plan: Plan) -> tuple[Alternative, ...]:
    found = []
    for cost, choice in plan.solution.alternatives:
        changes = tuple(
            (claim, rung.level)
            for claim, rung in plan.chosen(choice).items()
            if rung.level != "exact"
        )
        found.append(Alternative(cost=cost, changes=changes))
    return tuple(found)


def _notes(
    case: Case | None, households: Sequence[Household], risks: Sequence[HouseholdRisk], crowds: Sequence[Crowd]
) -> tuple[str, ...]:
    """Codes of what the reader of the report has to know (worded by the report in its language)."""
    notes: list[str] = ["frames_assumed", "errors_not_counted"]
    if case is None:
        notes.append("no_case")
    if not households:
        notes.append("nobody_shown")
    if any(r.bystanders >= 1.0 for r in risks):
        notes.append("bystanders")
    if any(rate > 0.0 for c in crowds for rate in c.adversary.checks.values()):
        notes.append("records_err")
    return tuple(notes)


def rewrite(
    draft: str,
    case: Case | None = None,
    ledger: Ledger | None = None,
    policy: Policy | None = None,
    *,
    decisions: Decisions | None = None,
    today: date | None = None,
) -> Rewritten:
    """The draft with the least changes made, assessed again and safe.

    Parameters are those of ``assess``.

    Returns
    -------
    Rewritten
        The text, the assessments before and after, and how many rounds it took.

    Raises
    ------
    NotSafe
        If passages are unresolved, consent is missing, no wording is safe, or the changed draft, read anew, is
        still not safe. Nothing is returned then: there is no half-safe draft.
    """
    first = assess(draft, case, ledger, policy, decisions=decisions, today=today)
    current, text = first, draft
    for rounds in range(MOST_ROUNDS + 1):
        if current.safe:
            return Rewritten(text=text, before=first, after=current, rounds=rounds)
        _refuse_what_no_wording_mends(current, rounds)
        changed = apply_edits(text, current.edits)
        if changed == text:
            break
        text = changed
        current = assess(text, case, ledger, policy, decisions=decisions, today=today)
    raise NotSafe(
        "the changed draft, read anew, is still not safe; nothing was written.",
        hint="Take out the passages of the households over the threshold by hand, then assess again.",
    )


def _refuse_what_no_wording_mends(current: Assessment, rounds: int) -> None:
    which = "the draft" if rounds == 0 else "the changed draft, read anew,"
    if current.unresolved:
        raise NotSafe(
            f"{which} has {len(current.unresolved)} passages that nobody accounts for; nothing was written.",
            hint="Run assess, decide each form in a decisions file, and give it with --decisions.",
        )
    if current.consent_gaps:
        people = ", ".join(str(g.person) for g in current.consent_gaps)
        hint_people = "Leave them out, or obtain consent and record it."
        if any(not g.why.startswith("could not be asked") for g in current.consent_gaps):
            raise NotSafe(f"{which} shows persons without consent: {people}; nothing was written.", hint=hint_people)
    if not current.possible:
        raise NotSafe(
            f"no wording of {'a passage' if rounds == 0 else 'a passage of the changed draft'} is safe while the "
            "policy keeps what it keeps; nothing was written.",
            hint="Drop the passage, or let the policy keep less.",
        )
