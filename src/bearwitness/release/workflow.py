"""Where a release stands, and which step is open: derived from facts that are only added, stored nowhere.

Two people other than the drafter approve; both still belong to the case today; what they signed is what would leave.
In doubt a draft stays inside: a refusal blocks whoever it is by, also where its signature or its member is no longer
good, and an approval counts only where all of that is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from datetime import date
from typing import Final, Literal

from bearwitness.errors import AccessDenied, BearwitnessError, NotSafe, ReleaseError
from bearwitness.model.release import Assessed, Binding, ReleaseFacts, Vote
from bearwitness.release.binding import hash_decisions, hash_draft, hash_policy, vote_message

State = Literal["draft", "assessed", "unsafe", "stale", "refused", "approved", "published", "withdrawn"]
# Whether a member belongs to the case today.
Eligible = Callable[[str], bool]
# Whether a signature over a message is a member's own: (member, message, signature).
Verifier = Callable[[str, bytes, bytes], bool]

APPROVALS_NEEDED: Final = 2
# What a part of a binding is called in a message.
PARTS: Final = {
    "draft": "the text", "policy": "the policy", "decisions": "the decisions",
    "ledger": "the ledger of earlier releases", "record": "the record", "assessment": "the assessment",
}  # fmt: skip
# State -> (why, what to do next). No id and no content: both are added, or left out, by whoever shows it.
_MEANS: Final[dict[State, tuple[str, str]]] = {
    "draft": ("it was not assessed", "Have it assessed."),
    "assessed": ("two people other than the drafter must approve it", "Ask the others to vote."),
    "unsafe": ("it was assessed as not safe", "Make the changes that the assessment lists, then have it assessed."),
    "stale": ("what was assessed is not what would leave", "Have it assessed again; votes on anything else are void."),
    "refused": ("a member refused it", "Change what they object to and have it assessed, or ask them to vote anew."),
    "approved": ("two people approved it", "Publish it on the day for which it was assessed."),
    "published": ("it has left", "What is to be said differently needs a draft of its own."),
    "withdrawn": ("it was taken back", "Make a new draft."),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """Where a release stands, why, what to do next, and who of those that still count approved it."""

    state: State
    why: str
    hint: str
    approvals: tuple[str, ...] = ()


def status_of(
    facts: ReleaseFacts, *, now: Binding | None, today: date, eligible: Eligible, verify: Verifier
) -> Status:
    """Where a release stands today.

    Parameters
    ----------
    facts : ReleaseFacts
        Everything that happened to the draft, in order.
    now : Binding or None
        The hashes as they are now (``release.binding.bind``); None where the draft cannot be assessed as things stand.
    today : date
        The day it is.
    eligible : callable
        Whether a member belongs to the case today.
    verify : callable
        Whether a signature over a message is a member's own.

    Returns
    -------
    Status
        ``stale`` where anything bound differs from what was last assessed, or its day is over.

    Raises
    ------
    ValueError
        If a fact is of another draft.
    """
    _check_one_draft(facts)
    if facts.retractions:
        return _status("withdrawn")
    if facts.publications:
        return _status("published")
    if not facts.assessments:
        return _status("draft")
    last = facts.assessments[-1]
    changed = _changed(facts, last, now)
    if changed:
        return _status("stale", f"since it was assessed, something changed: {', '.join(changed)}")
    if today > last.day:
        return _status("stale", f"it was assessed for {last.day.isoformat()}, which is over")
    if not last.safe:
        return _status("unsafe")
    if any(not vote.approves for vote in _last_votes(facts, last.binding, verify)):
        return _status("refused")
    approvals = _approvals(facts, last.binding, eligible, verify)
    return _status("approved" if len(approvals) >= APPROVALS_NEEDED else "assessed", approvals=approvals)


def check_can_vote(
    facts: ReleaseFacts, voter: str, *, now: Binding | None, today: date, eligible: Eligible, verify: Verifier
) -> None:
    """Refuse a vote that is not open to a member; otherwise as ``status_of``.

    Raises
    ------
    AccessDenied
        If the member is the drafter, or does not belong to the case today.
    NotSafe
        If the draft was assessed as not safe.
    ReleaseError
        If it is not assessed, stale, or out already.
    """
    if not eligible(voter):
        raise _no_access(voter)
    if voter == facts.draft.drafter:
        raise AccessDenied(
            f"member {voter} wrote draft {facts.draft.id} and cannot vote on it.", hint="Two others have to."
        )
    status = status_of(facts, now=now, today=today, eligible=eligible, verify=verify)
    if status.state not in ("assessed", "refused", "approved"):
        raise _closed(facts, status, "voted on")


def check_can_publish(
    facts: ReleaseFacts, publisher: str, *, now: Binding | None, today: date, eligible: Eligible, verify: Verifier
) -> None:
    """Refuse a publication that is not open today; otherwise as ``status_of``.

    Raises
    ------
    AccessDenied
        If the member does not belong to the case today.
    NotSafe
        If the draft was assessed as not safe.
    ReleaseError
        If it is not approved, stale, assessed for a later day, or out already.
    """
    if not eligible(publisher):
        raise _no_access(publisher)
    status = status_of(facts, now=now, today=today, eligible=eligible, verify=verify)
    if status.state != "approved":
        raise _closed(facts, status, "published")
    day = facts.assessments[-1].day
    if today < day:
        # Ages, news and consent were read as of that day.
        raise ReleaseError(
            f"draft {facts.draft.id} was assessed for {day.isoformat()}.", hint="Wait, or have it assessed for today."
        )


def check_can_retract(facts: ReleaseFacts, member: str, *, eligible: Eligible) -> None:
    """Refuse to take back what is not out.

    Raises
    ------
    AccessDenied
        If the member does not belong to the case today.
    ReleaseError
        If the draft was not published, or is withdrawn already.
    """
    _check_one_draft(facts)
    if not eligible(member):
        raise _no_access(member)
    if facts.retractions:
        raise _closed(facts, _status("withdrawn"), "withdrawn")
    if not facts.publications:
        raise ReleaseError(f"draft {facts.draft.id} has not left.", hint="Only what was published can be withdrawn.")


def can_vote(
    facts: ReleaseFacts, voter: str, *, now: Binding | None, today: date, eligible: Eligible, verify: Verifier
) -> bool:
    """Whether ``check_can_vote`` passes."""
    return _passes(lambda: check_can_vote(facts, voter, now=now, today=today, eligible=eligible, verify=verify))


def can_publish(
    facts: ReleaseFacts, publisher: str, *, now: Binding | None, today: date, eligible: Eligible, verify: Verifier
) -> bool:
    """Whether ``check_can_publish`` passes."""
    return _passes(lambda: check_can_publish(facts, publisher, now=now, today=today, eligible=eligible, verify=verify))


def can_retract(facts: ReleaseFacts, member: str, *, eligible: Eligible) -> bool:
    """Whether ``check_can_retract`` passes."""
    return _passes(lambda: check_can_retract(facts, member, eligible=eligible))


def _passes(check: Callable[[], None]) -> bool:
    try:
        check()
    except BearwitnessError:
        return False
    return True


def _changed(facts: ReleaseFacts, last: Assessed, now: Binding | None) -> tuple[str, ...]:
    """The parts in which what would leave differs from what was assessed."""
    if now is None:
        return tuple(PARTS.values())
    held, draft = last.binding, facts.draft
    changed = {f.name for f in fields(Binding) if getattr(held, f.name) != getattr(now, f.name)}
    # The draft itself is at hand, whatever the caller says of it.
    own = {"draft": hash_draft(draft.text), "policy": hash_policy(draft.policy),
           "decisions": hash_decisions(draft.decisions)}  # fmt: skip
    changed |= {name for name, found in own.items() if getattr(held, name) != found}
    return tuple(says for name, says in PARTS.items() if name in changed)


def _last_votes(facts: ReleaseFacts, binding: Binding, verify: Verifier) -> Iterator[Vote]:
    """Each member's last vote on a binding; an approval that its member did not sign, or a copy of one, is no vote."""
    last: dict[str, Vote] = {}
    seen: set[str] = set()
    for vote in facts.votes:
        counts = not vote.approves or (vote.id not in seen and _is_signed(vote, verify))
        seen.add(vote.id)
        if vote.binding == binding and counts:
            last[vote.voter] = vote
    yield from last.values()


def _approvals(facts: ReleaseFacts, binding: Binding, eligible: Eligible, verify: Verifier) -> tuple[str, ...]:
    """Who approved a binding and counts today, in order of their ids."""
    yes = {vote.voter for vote in _last_votes(facts, binding, verify) if vote.approves}
    return tuple(sorted(voter for voter in yes if voter != facts.draft.drafter and eligible(voter)))


def _is_signed(vote: Vote, verify: Verifier) -> bool:
    try:
        signature = bytes.fromhex(vote.signature)
    except ValueError:
        return False
    return verify(vote.voter, vote_message(vote), signature)


def _check_one_draft(facts: ReleaseFacts) -> None:
    kinds = (facts.assessments, facts.votes, facts.publications, facts.retractions)
    if any(fact.draft != facts.draft.id for kind in kinds for fact in kind):
        raise ValueError("a fact is of another draft")


def _status(state: State, why: str = "", approvals: tuple[str, ...] = ()) -> Status:
    usual, hint = _MEANS[state]
    return Status(state=state, why=why or usual, hint=hint, approvals=approvals)


def _closed(facts: ReleaseFacts, status: Status, step: str) -> BearwitnessError:
    kind = NotSafe if status.state == "unsafe" else ReleaseError
    return kind(f"draft {facts.draft.id} cannot be {step}: {status.why}.", hint=status.hint)


def _no_access(member: str) -> AccessDenied:
    return AccessDenied(f"member {member} does not belong to this case today.", hint="Ask who can grant access.")
