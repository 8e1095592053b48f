"""A record and a ledger set up once, for as many drafts and changes of a draft as an editor tries.

What no draft changes is made once: the record's persons and names compiled, the ledger by the households it speaks
of, its head. A draft is joined with the releases about those whom it shows, and no other is looked at again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bearwitness.disclosure.crowd import Crowd
from bearwitness.disclosure.jigsaw import Household, gather_households
from bearwitness.disclosure.ledger_index import LedgerIndex, index_ledger
from bearwitness.disclosure.measure import measure_all, measure_households, measure_misled
from bearwitness.disclosure.plan import Plan, plan_changes
from bearwitness.disclosure.printed import as_printed
from bearwitness.disclosure.sensitive import measure_disclosures
from bearwitness.errors import UsageError
from bearwitness.model.assessment import Assessment, ConsentGap, HouseholdRisk
from bearwitness.model.claims import ClaimId, HouseholdId, Reading
from bearwitness.model.publication import Decisions, Ledger, Policy
from bearwitness.model.records import Case
from bearwitness.model.values import ValueSet
from bearwitness.release.consent import PUBLICATION, SUBMISSION, find_consent_gaps
from bearwitness.release.ledger import ledger_head
from bearwitness.services.changes import list_alternatives, list_changes
from bearwitness.services.domain import load_domain
from bearwitness.services.world import crowds_of, load_ladders, load_world
from bearwitness.text.bundles import bundle_claims
from bearwitness.text.reading import PreparedCase, prepare_case, read_draft
from bearwitness.text.rewording import plan_edits


@dataclass(frozen=True, slots=True, kw_only=True)
class Workbench:
    """What surrounds a draft, set up; make it with :func:`set_up`."""

    prepared: PreparedCase | None
    index: LedgerIndex
    head: str
    policy: Policy
    decisions: Decisions

    @property
    def case(self) -> Case | None:
        """The record."""
        return self.prepared.case if self.prepared else None

    def day(self, today: date | None = None) -> date:
        """The day on which a draft would leave."""
        return self.policy.published or today or date.today()

    def read(self, draft: str, *, today: date | None = None) -> Reading:
        """What a draft says."""
        return read_draft(
            draft, world=load_world(), case=self.prepared, decisions=self.decisions, published=self.day(today),
            lag_days=self.policy.news_lag_days,
        )  # fmt: skip

    def assess(self, draft: str, *, today: date | None = None) -> Assessment:
        """As ``bearwitness.assess`` says."""
        return self.assess_and_plan(draft, self.read(draft, today=today), today=today)

    def assess_and_plan(self, draft: str, reading: Reading, *, today: date | None = None) -> Assessment:
        """The assessment of what a draft was read to say, with the least that must change.

        Parameters are those of :meth:`assess_reading`.
        """
        printed = self._as_printed(reading)
        households = self._households(draft, printed)
        found = self._judge(draft, printed, households, today)
        if all(r.safe for r in found.households):
            return found
        crowds = crowds_of(self.policy)
        plan = plan_changes(households, crowds, self.policy, load_ladders(), bundle_claims(printed.claims))
        return _with_plan(found, reading, plan, self.day(today))

    def assess_reading(self, draft: str, reading: Reading, *, today: date | None = None) -> Assessment:
        """The assessment of what a draft was read to say, with no changes planned.

        Parameters
        ----------
        draft : str
            The text that was read.
        reading : Reading
            What it says; of a redacted draft what it still says.
        today : date, optional
            The day of publication where the policy names none.
        """
        printed = self._as_printed(reading)
        return self._judge(draft, printed, self._households(draft, printed), today)

    def what_if(self, found: Assessment, changed: Mapping[ClaimId, ValueSet | None]) -> tuple[HouseholdRisk, ...]:
        """The risks of an assessed draft if some of its claims said something else.

        Parameters
        ----------
        found : Assessment
            Of the draft, by this workbench.
        changed : mapping of ClaimId to ValueSet or None
            What each changed claim would allow; None where it would not be made.

        Returns
        -------
        tuple of HouseholdRisk
            Of every household, as ``found.households`` has them; only those that a changed claim is about are
            measured again.

        Raises
        ------
        UsageError
            If a claim is none of the draft.
        ClaimError
            If no household fits what is said then.
        """
        claims = {c.id: c for c in found.claims}
        if unknown := sorted(set(changed) - set(claims)):
            raise UsageError(f"the draft makes no claim {unknown[0]}.", hint="Name one of its claims.")
        homes = {p.id: p.household for p in found.personas}
        touched = {homes[claims[i].persona] for i in changed}
        said = tuple(
            c if c.id not in changed else replace(c, values=values)
            for c in found.claims
            if (values := changed.get(c.id, c.values)) is not None
        )
        shown = [p for p in found.personas if p.household in touched]
        households = gather_households(shown, said, self.index, self.policy, found.draft)
        rows = measure_households(households, crowds_of(self.policy), self.policy)
        again = {(r.household, r.adversary): r for r in rows}
        return tuple(again.get((r.household, r.adversary), r) for r in found.households)

    def _consent_gaps(
        self, reading: Reading, unsafe: set[HouseholdId], today: date | None
    ) -> tuple[ConsentGap, ...]:
        if self.case is None:
            return ()
        purpose = SUBMISSION if self.policy.recipient else PUBLICATION
        return find_consent_gaps(
            self.case, reading.personas, reading.claims, unsafe=unsafe, on=self.day(today), purpose=purpose
        )

    def _households(self, draft: str, reading: Reading) -> tuple[Household, ...]:
        return gather_households(reading.personas, reading.claims, self.index, self.policy, draft)

    def _of_tables(self, households: Sequence[Household]) -> tuple[str, ...]:
        """Whether a published table and what is told cannot both be right: nothing is concluded from the two then."""
        against = any(h.tables is not None and h.tables.contradicts(h.told) for h in households)
        unread = any(h.tables is not None for h in households) and self.index.tables and self.index.tables.unread()
        return ("table_disagrees",) if against or unread else ()

    def _as_printed(self, reading: Reading) -> Reading:
        """What is judged: of a submission what its recipient would print, of anything else all of it."""
        if not self.policy.recipient:
            return reading
        return replace(reading, claims=as_printed(reading.claims, self.policy.prints, load_ladders()))

    def _judge(
        self, draft: str, reading: Reading, households: Sequence[Household], today: date | None
    ) -> Assessment:
        policy = self.policy
        crowds = crowds_of(policy)
        risks, helps = measure_all(households, crowds, policy)
        unsafe = {r.household for r in risks if not r.safe}
        gaps = self._consent_gaps(reading, unsafe, today) if policy.require_consent else ()
        return Assessment(
            safe=not unsafe and not reading.unresolved and not gaps,
            threshold=policy.threshold, language=reading.language, draft=draft, personas=reading.personas,
            claims=reading.claims, households=risks, helps=helps, changes=(), edits=(), optimal=True, possible=True,
            cost=0.0, alternatives=(), unresolved=reading.unresolved, consent_gaps=gaps, ledger_head=self.head,
            notes=(*_notes(self.case, policy, households, risks, crowds), *self._of_tables(households)),
            disclosures=measure_disclosures(households, crowds),
            misled=tuple(m for h in households for c in crowds if (m := measure_misled(h, c)) is not None),
        )  # fmt: skip


def set_up(
    case: Case | None = None,
    ledger: Ledger | None = None,
    policy: Policy | None = None,
    decisions: Decisions | None = None,
) -> Workbench:
    """Set up a workbench.

    Parameters
    ----------
    case : Case, optional
        The record.
    ledger : Ledger, optional
        Everything published so far.
    policy : Policy, optional
        What the organisation accepts.
    decisions : Decisions, optional
        What an editor decided about forms.

    Raises
    ------
    UsageError
        If there are earlier releases and no case: only the record says whose households they are about.
    """
    ledger = ledger or Ledger()
    if ledger.entries and case is None:
        raise UsageError(
            "a ledger without a case cannot be joined: only the record says whose households its releases are about.",
            hint="Give the case too, or leave the ledger out and read the answer as that of the draft alone.",
        )
    return Workbench(
        prepared=prepare_case(case, load_world()) if case else None, index=index_ledger(ledger, load_domain),
        head=ledger_head(ledger), policy=policy or Policy(), decisions=decisions or Decisions(),
    )  # fmt: skip


def _with_plan(found: Assessment, reading: Reading, plan: Plan, published: date) -> Assessment:
    """The assessment with the least that must change, as edits of the draft and as a list for the editor."""
    world = load_world()
    # What a recipient would say less exactly of their own accord may stay in a submission.
    judged = {c.id: c.values for c in found.claims}
    chosen = {claim: rung for claim, rung in plan.chosen().items() if rung.values != judged[claim]}
    edits = plan_edits(
        found.draft, reading, chosen, tree=world.tree, vocabulary=world.vocabulary, published=published
    )
    return replace(
        found, changes=list_changes(plan, reading, edits), edits=edits, optimal=plan.solution.proved,
        possible=plan.solution.possible, cost=plan.solution.cost, alternatives=list_alternatives(plan),
    )  # fmt: skip


def _notes(
    case: Case | None, policy: Policy, households: Sequence[Household], risks: Sequence[HouseholdRisk],
    crowds: Sequence[Crowd],
) -> tuple[str, ...]:  # fmt: skip
    """Codes of what the reader of the report has to know (worded by the report in its language)."""
    notes: list[str] = ["frames_assumed", "errors_not_counted"]
    if policy.rows:
        notes.append("frame_rows")
    if policy.acted_size is not None:
        notes.append("frame_size")
    if case is None:
        notes.append("no_case")
    if policy.published is None:
        notes.append("published_today")
    if policy.recipient:
        notes.append("submission")
    if not households:
        notes.append("nobody_shown")
    if any(h.changed for h in households):
        notes.append("changed_on_purpose")
    if any(r.bystanders >= 1.0 for r in risks):
        notes.append("bystanders")
    if any(rate > 0.0 for c in crowds for rate in c.adversary.checks.values()):
        notes.append("records_err")
    return tuple(notes)
