"""Several drafts planned together: what one reader of all of them learns, and the cheapest changes to any of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from bearwitness.disclosure.jigsaw import Household
from bearwitness.disclosure.measure import measure_households
from bearwitness.disclosure.plan import Plan
from bearwitness.disclosure.series import extend_suspicion, gather_series
from bearwitness.disclosure.series_plan import plan_series_changes
from bearwitness.errors import UsageError
from bearwitness.model.assessment import Assessment, ConsentGap, HouseholdRisk
from bearwitness.model.claims import Claim, HouseholdId, Reading
from bearwitness.model.publication import Decisions, Ledger, Policy
from bearwitness.model.records import Case
from bearwitness.model.series import DraftChanges, DraftRisk, Series, SeriesRisk
from bearwitness.release.consent import PUBLICATION, SUBMISSION, find_consent_gaps
from bearwitness.services.series_changes import change_parts, list_series_alternatives
from bearwitness.services.series_parts import BETWEEN, Before, Part, read_parts
from bearwitness.services.workbench import Workbench, set_up
from bearwitness.services.world import crowds_of, load_ladders
from bearwitness.text.bundles import bundle_claims

MOST_DRAFTS: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesPlan:
    """A series with the reading of each draft, and its assessment with the changes that the plan makes to it."""

    series: Series
    readings: tuple[Reading, ...]
    assessments: tuple[Assessment, ...]


def plan_series(
    drafts: Sequence[str],
    case: Case | None = None,
    ledger: Ledger | None = None,
    policy: Policy | None = None,
    *,
    decisions: Decisions | None = None,
    today: date | None = None,
) -> Series:
    """Plan drafts that one organisation publishes about the same people, as one text in several parts.

    Parameters
    ----------
    drafts : sequence of str
        The texts, each English or Korean; at most 20. The same text twice counts, and is changed, twice.
    case, ledger, policy, decisions, today
        As ``assess`` takes them. A claim of the case that quotes words is of the drafts that have them.

    Returns
    -------
    Series
        Of one draft what ``assess`` says of it, as a series.

    Raises
    ------
    BearwitnessError
        As ``assess``, with the number of the draft; UsageError for no draft, too many, or several without a case.
    """
    return plan_together(set_up_series(drafts, case, ledger, policy, decisions), drafts, today=today).series


def check_number(count: int) -> None:
    """Refuse a series of no draft, or of too many.

    Raises
    ------
    UsageError
        If it is one.
    """
    if not 1 <= count <= MOST_DRAFTS:
        raise UsageError(f"a series has 1 to {MOST_DRAFTS} drafts.", hint="Plan those together that leave together.")


def set_up_series(
    drafts: Sequence[str],
    case: Case | None = None,
    ledger: Ledger | None = None,
    policy: Policy | None = None,
    decisions: Decisions | None = None,
) -> Workbench:
    """The workbench of a series; parameters and errors are those of :func:`plan_series`."""
    check_number(len(drafts))
    if len(drafts) > 1 and case is None:
        raise UsageError(
            "several drafts without a case cannot be joined: only the record says whose households they are about.",
            hint="Give the case too, or assess each draft by itself.",
        )
    return set_up(case, ledger, policy, decisions)


def plan_together(
    bench: Workbench, drafts: Sequence[str], *, today: date | None = None, before: Sequence[Before] = (),
    edited: Sequence[tuple[Claim, ...]] = (),
) -> SeriesPlan:  # fmt: skip
    """As :func:`plan_series`, on a workbench, with what is needed to make the changes.

    Parameters
    ----------
    bench : Workbench
        From :func:`set_up_series`.
    drafts : sequence of str
        The texts.
    today : date, optional
        The day of publication where the policy names none.
    before : sequence of Before
    edited : sequence of tuple of Claim
        As ``services.series_parts.read_parts`` takes them.
    """
    parts = read_parts(bench, drafts, today=today, before=before, edited=edited)
    policy = bench.policy
    for part in parts:
        policy = extend_suspicion(policy, part.reading.personas, part.placed.personas)
    households = gather_series([p.judged for p in parts], bench.index, policy, BETWEEN.join(drafts))
    crowds = crowds_of(policy)
    rows = measure_households(households, crowds, policy)
    unsafe = {r.household for r in rows if not r.safe}
    gaps = [_consent_gaps(bench, part, unsafe, today) for part in parts]
    plan = None
    if unsafe:
        claims = [c for p in parts for c in p.judged.claims]
        plan = plan_series_changes(households, crowds, policy, load_ladders(), bundle_claims(claims))
    changed = change_parts(parts, plan, bench.day(today))
    safe = not unsafe and not any(p.reading.unresolved for p in parts) and not any(gaps)
    return SeriesPlan(
        series=Series(
            threshold=policy.threshold, safe=safe, possible=plan is None or plan.solution.possible,
            optimal=plan is None or plan.solution.proved, cost=plan.solution.cost if plan else 0.0,
            households=tuple(_risk(r, households, parts, plan) for r in rows),
            drafts=tuple(
                DraftChanges(
                    draft=p.number, language=p.reading.language, unresolved=p.reading.unresolved, consent_gaps=g,
                    changes=c.changes, edits=c.edits, cost=c.cost,
                )
                for p, g, c in zip(parts, gaps, changed, strict=True)
            ),
            alternatives=list_series_alternatives(parts, plan), ledger_head=bench.head, notes=_notes(parts, rows),
        ),
        readings=tuple(p.reading for p in parts),
        assessments=tuple(
            replace(p.found, safe=safe, changes=c.changes, edits=c.edits, consent_gaps=g)
            for p, g, c in zip(parts, gaps, changed, strict=True)
        ),
    )  # fmt: skip


def _consent_gaps(
    bench: Workbench, part: Part, unsafe: set[HouseholdId], today: date | None
) -> tuple[ConsentGap, ...]:
    if bench.case is None or not bench.policy.require_consent:
        return ()
    return find_consent_gaps(
        bench.case, part.judged.personas, part.judged.claims, unsafe=unsafe, on=bench.day(today),
        purpose=SUBMISSION if bench.policy.recipient else PUBLICATION,
    )  # fmt: skip


def _risk(
    row: HouseholdRisk, households: Sequence[Household], parts: Sequence[Part], plan: Plan | None
) -> SeriesRisk:
    """One household before one adversary: the worst of each draft, of all, and of what the plan leaves."""
    after = row.joined.upper
    if plan is not None:
        asked = [d for d in plan.demands if (d.household.id, d.crowd.adversary.id) == (row.household, row.adversary)]
        after = max(d.upper(plan.solution.choice) for d in asked)
    return SeriesRisk(
        household=row.household, label=next(h.label for h in households if h.id == row.household),
        adversary=row.adversary, drafts=tuple(_of_drafts(row, parts)), together=row.alone, joined=row.joined,
        bystanders=row.bystanders, after=after, safe=row.safe,
    )  # fmt: skip


def _of_drafts(row: HouseholdRisk, parts: Sequence[Part]) -> Iterator[DraftRisk]:
    for part in parts:
        pairs = zip(part.reading.personas, part.placed.personas, strict=True)
        called = {before.household for before, after in pairs if after.household == row.household}
        own = [r for r in part.found.households if r.household in called and r.adversary == row.adversary]
        if own:
            worst = max(own, key=lambda r: (r.joined.upper, -r.joined.candidates))
            yield DraftRisk(draft=part.number, alone=worst.alone, joined=worst.joined)


def _notes(parts: Sequence[Part], rows: Sequence[HouseholdRisk]) -> tuple[str, ...]:
    """Those of the drafts; and that families which no record has were not joined."""
    notes = dict.fromkeys(n for p in parts for n in p.found.notes if n != "nobody_shown" or not rows)
    unrecorded = [p for p in parts if any(s.person is None for s in p.placed.personas)]
    return (*notes, *(("unrecorded_apart",) if len(unrecorded) > 1 else ()))
