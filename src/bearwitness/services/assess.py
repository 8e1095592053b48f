"""Assess a draft: reading, households, risks, consent, and the least that must change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bearwitness.disclosure.crowd import Crowd
from bearwitness.disclosure.jigsaw import Household, gather_households
from bearwitness.disclosure.measure import measure_all
from bearwitness.disclosure.plan import Plan, plan_changes
from bearwitness.errors import UsageError
from bearwitness.model.assessment import Assessment, ConsentGap, HouseholdRisk
from bearwitness.model.claims import HouseholdId, Reading
from bearwitness.model.publication import Decisions, Ledger, Policy
from bearwitness.model.records import Case
from bearwitness.release.consent import find_consent_gaps
from bearwitness.release.ledger import ledger_head
from bearwitness.services.changes import list_alternatives, list_changes
from bearwitness.services.world import crowds_for, load_ladders, load_world
from bearwitness.text.bundles import bundle_claims
from bearwitness.text.reading import read_draft
from bearwitness.text.rewording import plan_edits


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
    check_joinable(case, ledger)
    published = policy.published or today or date.today()
    reading = read_draft(
        draft, world=load_world(), case=case, decisions=decisions, published=published, lag_days=policy.news_lag_days
    )
    found = assess_reading(draft, reading, case, ledger, policy, published=published)
    if all(r.safe for r in found.households):
        return found
    households = gather_households(reading.personas, reading.claims, ledger, policy, draft)
    plan = plan_changes(
        households, crowds_for(policy.adversaries), policy, load_ladders(), bundle_claims(reading.claims)
    )
    return _with_plan(found, reading, plan, published)


def check_joinable(case: Case | None, ledger: Ledger) -> None:
    """Refuse a ledger without the case that says whose households its releases are about.

    Raises
    ------
    UsageError
        If there are earlier releases and no case.
    """
    if ledger.entries and case is None:
        raise UsageError(
            "a ledger without a case cannot be joined: only the record says whose households its releases are about.",
            hint="Give the case too, or leave the ledger out and read the answer as that of the draft alone.",
        )


def assess_reading(
    draft: str, reading: Reading, case: Case | None, ledger: Ledger, policy: Policy, *, published: date
) -> Assessment:
    """The assessment of what a draft was read to say, with no changes planned.

    Parameters
    ----------
    draft : str
        The text that was read.
    reading : Reading
        What it says; of a redacted draft what it still says.
    case, ledger, policy
        As for :func:`assess`.
    published : date
        When it leaves.
    """
    households = gather_households(reading.personas, reading.claims, ledger, policy, draft)
    crowds = crowds_for(policy.adversaries)
    risks, helps = measure_all(households, crowds, policy)
    unsafe = {r.household for r in risks if not r.safe}
    gaps = _consent_gaps(case, reading, unsafe, published) if policy.require_consent else ()
    return Assessment(
        safe=not unsafe and not reading.unresolved and not gaps,
        threshold=policy.threshold, language=reading.language, draft=draft, personas=reading.personas,
        claims=reading.claims, households=risks, helps=helps, changes=(), edits=(), optimal=True, possible=True,
        cost=0.0, alternatives=(), unresolved=reading.unresolved, consent_gaps=gaps, ledger_head=ledger_head(ledger),
        notes=_notes(case, policy, households, risks, crowds),
    )  # fmt: skip


def _with_plan(found: Assessment, reading: Reading, plan: Plan, published: date) -> Assessment:
    """The assessment with the least that must change, as edits of the draft and as a list for the editor."""
    world = load_world()
    edits = plan_edits(
        found.draft, reading, plan.chosen(), tree=world.tree, vocabulary=world.vocabulary, published=published
    )
    return replace(
        found, changes=list_changes(plan, reading, edits), edits=edits, optimal=plan.solution.proved,
        possible=plan.solution.possible, cost=plan.solution.cost, alternatives=list_alternatives(plan),
    )  # fmt: skip


def _consent_gaps(
    case: Case | None, reading: Reading, unsafe: set[HouseholdId], published: date
) -> tuple[ConsentGap, ...]:
    if case is None:
        return ()
    return find_consent_gaps(case, reading.personas, reading.claims, unsafe=unsafe, on=published)


def _notes(
    case: Case | None, policy: Policy, households: Sequence[Household], risks: Sequence[HouseholdRisk],
    crowds: Sequence[Crowd],
) -> tuple[str, ...]:  # fmt: skip
    """Codes of what the reader of the report has to know (worded by the report in its language)."""
    notes: list[str] = ["frames_assumed", "errors_not_counted"]
    if case is None:
        notes.append("no_case")
    if policy.published is None:
        notes.append("published_today")
    if not households:
        notes.append("nobody_shown")
    if any(r.bystanders >= 1.0 for r in risks):
        notes.append("bystanders")
    if any(rate > 0.0 for c in crowds for rate in c.adversary.checks.values()):
        notes.append("records_err")
    return tuple(notes)
