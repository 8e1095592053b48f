"""A release on its way out of the vault: drafted, assessed, voted on by two others, published, perhaps taken back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from bearwitness.errors import PolicyError, ReleaseError
from bearwitness.model.assessment import Assessment
from bearwitness.model.publication import Decisions, Ledger, Policy
from bearwitness.model.records import Case
from bearwitness.model.release import Assessed, Binding, Draft, Publication, ReleaseFacts, Retraction, Vote
from bearwitness.release.binding import hash_assessment, hash_decisions, hash_draft, hash_policy, vote_message
from bearwitness.release.consent import PUBLICATION as FOR_PUBLICATION
from bearwitness.release.entry import ledger_entry, rests_on
from bearwitness.release.report_document import is_releasable
from bearwitness.release.workflow import (
    Status,
    check_can_publish,
    check_can_retract,
    check_can_vote,
    status_of,
)
from bearwitness.services.archive import Archive, load_case
from bearwitness.services.assess import assess
from bearwitness.services.case_notes import Departure, departure_note, next_place
from bearwitness.services.record_shapes import EARLIER
from bearwitness.services.release_facts import Releases
from bearwitness.services.rewrite import Rewritten, rewrite
from bearwitness.services.saving import record_head
from bearwitness.services.unlocked import OpenCase, Unlocked
from bearwitness.vault.rows import CONTENT, Change, Compartment
from bearwitness.vault.slots import new_id
from bearwitness.vault.trail import Act

# Without these nobody can say that a draft is safe: names would be unknown, and who told whom.
WHOLE: Final[tuple[Compartment, ...]] = ("identity", "chain", "content")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseView:
    """Where a release stands, for whoever is in the case."""

    id: str
    state: str
    why: str
    hint: str
    drafter: str
    made: str
    safe: bool | None
    day: date | None
    approvals: tuple[str, ...]
    votes: tuple[tuple[str, bool, str], ...]
    recipients: tuple[str, ...]


@dataclass(slots=True, kw_only=True)
class Desk:
    """A case with its releases, open on the desk of one member."""

    vault: Unlocked
    opened: OpenCase
    archive: Archive
    releases: Releases

    @property
    def whole(self) -> bool:
        """Whether this member holds all that a verdict takes."""
        return self.opened.compartments >= set(WHOLE)

    def eligible(self, member: str) -> bool:
        """Whether a member belongs to the case today."""
        return self.opened.roster.seat(member) is not None and self.vault.directory.is_active(member)

    def verify(self, member: str, message: bytes, signature: bytes) -> bool:
        """Whether a signature is a member's own."""
        keys = self.vault.directory.signer(member)
        return keys is not None and keys.signed(message, signature)

    def now(self, facts: ReleaseFacts) -> Binding | None:
        """The hashes as they are now; None where the draft was never assessed.

        A member who holds all of the record has the draft assessed anew; another takes the last assessment's own
        hash, which the publication compares once more.
        """
        if not facts.assessments:
            return None
        last = facts.assessments[-1]
        if self.whole:
            return self.bind(facts.draft, self.assess(facts.draft, last.day))
        return self._bind(facts.draft, last.binding.assessment)

    def bind(self, draft: Draft, assessment: Assessment) -> Binding:
        """What an assessment of a draft holds for."""
        return self._bind(draft, hash_assessment(assessment))

    def _bind(self, draft: Draft, assessment: str) -> Binding:
        return Binding(
            draft=hash_draft(draft.text), policy=hash_policy(draft.policy),
            decisions=hash_decisions(draft.decisions), ledger=self.releases.head(),
            record=record_head(self.vault, self.opened), assessment=assessment,
        )  # fmt: skip

    def assess(self, draft: Draft, day: date) -> Assessment:
        """The assessment of a draft with the whole record and the ledger, for a day."""
        policy = self.releases.policy(draft)
        return assess(
            draft.text, self.archive.case, self.releases.ledger(), policy, decisions=draft.decisions, today=day
        )

    def status(self, facts: ReleaseFacts, now: Binding | None) -> Status:
        """Where a release stands today.

        Of the two who approve one has to hold all that a verdict takes: votes of two who can only take the verdict on
        trust would leave it to whoever assessed.
        """
        status = status_of(facts, now=now, today=self.vault.today(), eligible=self.eligible, verify=self.verify)
        if status.state != "approved" or any(self.holds_whole(member) for member in status.approvals):
            return status
        return replace(
            status, state="assessed", why="of the two who approve one has to hold identity, chain and content",
            hint="Ask one who does to vote: bearwitness case show names them.",
        )  # fmt: skip

    def holds_whole(self, member: str) -> bool:
        """Whether a member holds all that a verdict takes."""
        seat = self.opened.roster.seat(member)
        return seat is not None and set(seat.compartments) >= set(WHOLE)

    def view(self, facts: ReleaseFacts) -> ReleaseView:
        """The release as it is shown."""
        status = self.status(facts, self.now(facts))
        last = facts.assessments[-1] if facts.assessments else None
        return ReleaseView(
            id=facts.draft.id, state=status.state, why=status.why, hint=status.hint, drafter=facts.draft.drafter,
            made=facts.draft.made, safe=last.safe if last else None, day=last.day if last else None,
            approvals=status.approvals, votes=tuple((v.voter, v.approves, v.reason) for v in facts.votes),
            recipients=tuple(r for p in facts.publications for r in p.recipients),
        )  # fmt: skip


def open_desk(vault: Unlocked, name: str, *, needs: tuple[Compartment, ...] = CONTENT) -> Desk:
    """A case with its releases."""
    opened = vault.open_case(name, needs=needs)
    archive = load_case(vault, opened)
    return Desk(vault=vault, opened=opened, archive=archive, releases=Releases(vault, opened, archive))


def assess_with_vault(
    vault: Unlocked, name: str, draft: str, policy: Policy | None = None, *, decisions: Decisions | None = None
) -> Assessment:
    """Assess a text with the record and the ledger of a case; leaves an entry.

    Whoever does not hold identity, chain and content sees what the rest tells, and is never told that it is safe.
    """
    desk = open_desk(vault, name)
    found = assess(
        draft, desk.archive.case, desk.releases.ledger(), policy, decisions=decisions, today=vault.today()
    )
    vault.record(Act(action="release.try", case=desk.opened.id), case=desk.opened)
    return found if desk.whole else replace(found, safe=False, notes=("partial_record", *found.notes))


def rewrite_with_vault(
    vault: Unlocked, name: str, draft: str, policy: Policy | None = None, *, decisions: Decisions | None = None
) -> Rewritten:
    """Rewrite a text with the record and the ledger of a case, all of which is needed; leaves an entry."""
    desk = open_desk(vault, name, needs=WHOLE)
    vault.record(Act(action="release.try", case=desk.opened.id), case=desk.opened)
    return rewrite(draft, desk.archive.case, desk.releases.ledger(), policy, decisions=decisions, today=vault.today())


def whole_record(vault: Unlocked, name: str) -> tuple[Case, Ledger]:
    """Record and ledger of a case, all of which is needed to judge a file or to redact a draft; leaves an entry."""
    desk = open_desk(vault, name, needs=WHOLE)
    vault.record(Act(action="release.try", case=desk.opened.id), case=desk.opened)
    return desk.archive.case, desk.releases.ledger()


def draft_release(
    vault: Unlocked, name: str, text: str, policy: Policy | None = None, decisions: Decisions | None = None
) -> ReleaseView:
    """Put a text on the desk; it leaves only after it was assessed as safe and two others approved it."""
    if policy is not None and policy.rows:
        raise PolicyError(
            "a draft in a vault cannot be judged by rows that lie in files outside of it.",
            hint="Take rows out of the policy; to see what they say, use assess --in with them.",
        )
    if policy is not None and policy.acted_size is not None:
        raise PolicyError(
            "a draft in a vault cannot be judged by an estimate that lies in a file outside of it.",
            hint="Take acted_size out of the policy; to see what it says, use assess --in with it.",
        )
    desk = open_desk(vault, name)
    vault.check_may_write(desk.opened)
    draft = Draft(
        id=new_id("d"), text=text, policy=policy or Policy(), decisions=decisions or Decisions(),
        drafter=vault.member, made=vault.now(),
    )  # fmt: skip
    _write(desk, "draft", draft, draft.id, Act(action="release.draft", case=desk.opened.id))
    return _again(desk, draft.id)


def assess_release(vault: Unlocked, name: str, draft: str) -> tuple[Assessment, ReleaseView]:
    """Assess a draft for the day its policy names, or for today; identity, chain and content are needed."""
    desk = open_desk(vault, name, needs=WHOLE)
    vault.check_may_write(desk.opened)
    facts = desk.releases.facts(draft)
    if facts.publications:
        raise ReleaseError(f"draft {draft} has left.", hint="What is to be said differently needs a draft of its own.")
    day = facts.draft.policy.published or vault.today()
    found = desk.assess(facts.draft, day)
    binding = desk.bind(facts.draft, found)
    safe = is_releasable(found)
    assessed = Assessed(draft=draft, binding=binding, safe=safe, by=vault.member, at=vault.now(), day=day)
    act = Act(action="release.assess", case=desk.opened.id, things={"draft": draft, "safe": safe})
    _write(desk, "assessed", assessed, draft, act, rests_on=rests_on(found, desk.archive.case))
    return found, _again(desk, draft)


def vote_on_release(vault: Unlocked, name: str, draft: str, *, approves: bool, reason: str = "") -> ReleaseView:
    """Approve or refuse exactly what was assessed; signed. The last vote of a member counts.

    Raises
    ------
    AccessDenied, NotSafe, ReleaseError
        As ``release.workflow.check_can_vote``; the refusal is in the trail.
    """
    desk = open_desk(vault, name)
    facts = desk.releases.facts(draft)
    act = Act(action="release.vote", case=desk.opened.id, things={"draft": draft, "approves": approves})
    with vault.refusing(act, case=desk.opened):
        vault.check_may_write(desk.opened)
        now = desk.now(facts)
        check_can_vote(
            facts, vault.member, now=now, today=vault.today(), eligible=desk.eligible, verify=desk.verify
        )
    vote = Vote(
        id=new_id("v"), draft=draft, binding=facts.assessments[-1].binding, voter=vault.member, approves=approves,
        reason=reason, at=vault.now(),
    )  # fmt: skip
    signed = replace(vote, signature=vault.keys.sign(vote_message(vote)).hex())
    _write(desk, "vote", signed, draft, act)
    return _again(desk, draft)


def publish_release(
    vault: Unlocked, name: str, draft: str, *, recipients: tuple[str, ...], title: str = ""
) -> tuple[str, ReleaseView]:
    """Let a draft leave: it is assessed once more, and goes only if nothing moved since two others approved it.

    Returns
    -------
    tuple
        The exact text, and where the release stands.

    Raises
    ------
    AccessDenied, NotSafe, ReleaseError
        As ``release.workflow.check_can_publish``; the refusal is in the trail.
    """
    desk = open_desk(vault, name, needs=WHOLE)
    facts = desk.releases.facts(draft)
    act = Act(action="release.publish", case=desk.opened.id, things={"draft": draft})
    with vault.refusing(act, case=desk.opened):
        vault.check_may_write(desk.opened)
        if not recipients or not all(r.strip() for r in recipients):
            raise ReleaseError(f"nobody gets draft {draft}.", hint="Name who gets it with --recipient.")
        now = desk.now(facts)
        check_can_publish(
            facts, vault.member, now=now, today=vault.today(), eligible=desk.eligible, verify=desk.verify
        )
        status = desk.status(facts, now)
        if status.state != "approved":
            raise ReleaseError(f"draft {draft} cannot be published: {status.why}.", hint=status.hint)
        last, policy = facts.assessments[-1], facts.draft.policy
        found = desk.assess(facts.draft, last.day)
        entry = ledger_entry(
            found, id=draft, outlet=policy.outlet or recipients[0], published=last.day, title=title,
            case=desk.archive.case, images=policy.images,
        )  # fmt: skip
    told = rests_on(found, desk.archive.case)
    fact = Publication(
        draft=draft, binding=last.binding, by=vault.member, at=vault.now(), day=vault.today(), recipients=recipients,
        entry=entry, testimonies=told,
    )  # fmt: skip
    rows = tuple(r for t in told if (r := desk.archive.row_of("testimony", t)) is not None)
    left = Departure(
        what="release", of=draft, recipient=", ".join(recipients), purpose=FOR_PUBLICATION, at=vault.now(),
        testimonies=rows,
    )  # fmt: skip
    _write(desk, "publication", fact, draft, act, departure=left)
    return facts.draft.text, _again(desk, draft)


def withdraw_release(vault: Unlocked, name: str, draft: str, *, reason: str) -> ReleaseView:
    """Take a published release back. Its entry stays in the ledger: what was read cannot be unread."""
    desk = open_desk(vault, name)
    facts = desk.releases.facts(draft)
    act = Act(action="release.withdraw", case=desk.opened.id, things={"draft": draft})
    with vault.refusing(act, case=desk.opened):
        check_can_retract(facts, vault.member, eligible=desk.eligible)
    fact = Retraction(draft=draft, by=vault.member, at=vault.now(), reason=reason)
    _write(desk, "retraction", fact, draft, act)
    return _again(desk, draft)


def list_releases(vault: Unlocked, name: str) -> tuple[ReleaseView, ...]:
    """All drafts of a case and where each stands; leaves an entry."""
    desk = open_desk(vault, name)
    found = tuple(desk.view(facts) for facts in desk.releases.all())
    vault.record(Act(action="release.list", case=desk.opened.id), case=desk.opened)
    return found


def show_ledger(vault: Unlocked, name: str) -> Ledger:
    """Everything published about the people of a case; leaves an entry."""
    desk = open_desk(vault, name)
    vault.record(Act(action="release.ledger", case=desk.opened.id), case=desk.opened)
    return desk.releases.ledger()


def add_to_ledger(vault: Unlocked, name: str, ledger: Ledger) -> int:
    """Enter releases that others published before; how many were new. Ids that are known are left alone."""
    desk = open_desk(vault, name, needs=("identity", "content"))
    vault.check_may_write(desk.opened)
    known = {e.id for e in desk.releases.ledger().entries}
    keys, place = vault.unit_keys(desk.opened), next_place(vault)
    rows = [
        desk.releases.note(EARLIER, entry, keys, place=place + at)
        for at, entry in enumerate(ledger.entries) if entry.id not in known
    ]
    act = Act(action="release.enter", case=desk.opened.id, things={"releases": len(rows)})
    vault.record(act, Change(records=rows, unit_keys=keys.made), case=desk.opened)
    return len(rows)


def _write(
    desk: Desk, kind: str, fact: object, draft: str, act: Act, *, rests_on: tuple[str, ...] = (),
    departure: Departure | None = None,
) -> None:  # fmt: skip
    keys = desk.vault.unit_keys(desk.opened)
    rows = [desk.releases.note(kind, fact, keys, rests_on=rests_on)]
    if departure is not None:
        rows.append(departure_note(desk.vault, desk.opened, keys, departure))
    things = {**act.things, "draft": draft}
    desk.vault.record(replace(act, things=things), Change(records=rows, unit_keys=keys.made), case=desk.opened)


def _again(desk: Desk, draft: str) -> ReleaseView:
    """The release as it stands after a step."""
    again = replace(desk, releases=Releases(desk.vault, desk.opened, desk.archive))
    return again.view(again.releases.facts(draft))
