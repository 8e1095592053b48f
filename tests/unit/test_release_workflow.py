"""Where a release stands and which step is open, case by case."""

from dataclasses import astuple, fields, replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from bearwitness.errors import AccessDenied, NotSafe, ReleaseError
from bearwitness.model.assessment import Assessment
from bearwitness.model.publication import Decision, Decisions, Ledger, Policy
from bearwitness.model.release import Assessed, Binding, Draft, Publication, ReleaseFacts, Retraction, Vote
from bearwitness.release.binding import (
    bind,
    hash_assessment,
    hash_decisions,
    hash_draft,
    hash_policy,
    vote_message,
)
from bearwitness.release.ledger import ledger_head
from bearwitness.release.transitions import transitions_diagram, transitions_table
from bearwitness.release.workflow import (
    can_publish,
    can_retract,
    can_vote,
    check_can_publish,
    check_can_retract,
    check_can_vote,
    status_of,
)

DOCS = Path(__file__).resolve().parents[2] / "docs"
DAY = date(2024, 3, 1)
AT = "2024-03-01T10:00:00Z"
MEMBERS = {"m-drafter", "m-one", "m-two", "m-three"}
DRAFT = Draft(id="d-1", text="Somebody left.", policy=Policy(), decisions=Decisions(), drafter="m-drafter", made=AT)
BOUND = Binding(
    draft=hash_draft(DRAFT.text), policy=hash_policy(DRAFT.policy), decisions=hash_decisions(DRAFT.decisions),
    ledger="a" * 64, record="b" * 64, assessment="c" * 64,
)  # fmt: skip


def signature(voter, message):
    """A signature that only the test's verifier knows."""
    return (voter.encode() + message)[::-1]


def verify(voter, message, signed):
    return signed == signature(voter, message)


def vote(voter, *, approves=True, binding=BOUND, name=""):
    """A vote with a good signature."""
    made = Vote(id=name or f"v-{voter}-{approves}".lower(), draft="d-1", binding=binding, voter=voter,
                approves=approves, reason="because", at=AT)  # fmt: skip
    return replace(made, signature=signature(voter, vote_message(made)).hex())


def facts(*votes, safe=True, binding=BOUND, day=DAY, **more):
    """A draft that was assessed, with votes."""
    assessed = Assessed(draft="d-1", binding=binding, safe=safe, by="m-one", at=AT, day=day)
    return ReleaseFacts(draft=DRAFT, assessments=(assessed,), votes=votes, **more)


def around(**changed):
    """What the functions are asked with."""
    return {"now": BOUND, "today": DAY, "eligible": MEMBERS.__contains__, "verify": verify} | changed


def state(found, **changed):
    return status_of(found, **around(**changed)).state


PUBLICATION = Publication(
    draft="d-1", binding=BOUND, by="m-one", at=AT, day=DAY, recipients=(), entry=None, testimonies=()
)
TWO = (vote("m-one"), vote("m-two"))


def test_a_draft_goes_from_draft_to_withdrawn():
    """Each fact that is added moves the release one state on."""
    assert state(ReleaseFacts(draft=DRAFT), now=None) == "draft"
    assert state(facts()) == state(facts(TWO[0])) == "assessed"
    assert state(facts(*TWO)) == "approved"
    assert state(facts(*TWO, publications=(PUBLICATION,))) == "published"
    taken_back = (Retraction(draft="d-1", by="m-one", at=AT, reason="an error"),)
    assert state(facts(*TWO, publications=(PUBLICATION,), retractions=taken_back)) == "withdrawn"
    # What was taken back never counts as open again, whatever else is missing.
    assert state(ReleaseFacts(draft=DRAFT, retractions=taken_back)) == "withdrawn"


@pytest.mark.parametrize("part", [f.name for f in fields(Binding)])
def test_whatever_moves_of_what_is_bound_makes_it_stale(part):
    """One hash that differs, and neither assessment nor votes hold; the reason names the part."""
    moved = replace(BOUND, **{part: "0" * 64})
    status = status_of(facts(*TWO), **around(now=moved))
    assert status.state == "stale"
    assert {"draft": "text", "record": "record", "ledger": "ledger"}.get(part, part) in status.why
    assert not can_publish(facts(*TWO), "m-one", **around(now=moved))
    if part in ("ledger", "record", "assessment"):
        # An assessment of what is bound now does not bring back votes on what was bound before.
        assert state(facts(*TWO, binding=moved), now=moved) == "assessed"


@pytest.mark.parametrize(
    "changed",
    [
        {"text": "Somebody left. "},
        {"policy": Policy(threshold=0.2)},
        {"policy": Policy(images=frozenset({"i-1"}))},
        {"decisions": Decisions(decisions=(Decision(form="May", kind="ordinary", reason="", signer=""),))},
    ],
)
def test_a_changed_draft_is_stale_even_if_the_caller_says_that_nothing_moved(changed):
    """The draft at hand is hashed anew: a hash that the caller kept is not believed."""
    assert state(replace(facts(*TWO), draft=replace(DRAFT, **changed))) == "stale"


def test_the_day_after_is_stale_and_the_day_before_is_closed():
    """An assessment holds for its day: afterwards it is stale, before it nothing leaves."""
    assert state(facts(*TWO), today=DAY + timedelta(days=1)) == "stale"
    before = around(today=DAY - timedelta(days=1))
    assert status_of(facts(*TWO), **before).state == "approved"
    with pytest.raises(ReleaseError, match="assessed for 2024-03-01"):
        check_can_publish(facts(*TWO), "m-one", **before)


def test_what_cannot_be_assessed_any_more_is_stale():
    """Where there are no hashes of now, nothing is taken to be as it was."""
    assert state(facts(*TWO), now=None) == "stale"


@pytest.mark.parametrize(
    ("votes", "expected"),
    [
        ([vote("m-one"), vote("m-one", name="v-again")], "assessed"),
        ([vote("m-one"), vote("m-drafter")], "assessed"),
        ([vote("m-one"), vote("m-stranger")], "assessed"),
        ([vote("m-one"), replace(vote("m-two"), signature=vote("m-one").signature)], "assessed"),
        ([vote("m-one"), replace(vote("m-two"), signature="not hex")], "assessed"),
        ([vote("m-one"), replace(vote("m-two"), reason="another")], "assessed"),
        ([vote("m-one"), vote("m-two", binding=replace(BOUND, record="0" * 64))], "assessed"),
        ([*TWO, vote("m-three", approves=False, binding=replace(BOUND, record="0" * 64))], "approved"),
        ([*TWO, vote("m-three", approves=False)], "refused"),
        ([*TWO, vote("m-one", approves=False)], "refused"),
        ([vote("m-one", approves=False), *TWO], "approved"),
        ([*TWO, vote("m-drafter", approves=False)], "refused"),
        ([*TWO, vote("m-stranger", approves=False)], "refused"),
        ([*TWO, replace(vote("m-three", approves=False), signature="00")], "refused"),
        # An approval that is damaged does not take back a refusal, nor does a copy of an earlier one.
        ([*TWO, vote("m-one", approves=False), replace(TWO[0], id="v-x")], "refused"),
        ([*TWO, vote("m-one", approves=False), TWO[0]], "refused"),
    ],
)  # fmt: skip
def test_which_votes_count(votes, expected):
    """Two good approvals of two others; refusals count in doubt, approvals do not."""
    assert state(facts(*votes)) == expected


def test_somebody_who_lost_access_no_longer_approves_but_still_refuses():
    """Removing a member never brings a draft nearer to leaving."""
    fewer = around(eligible=lambda member: member != "m-two")
    assert status_of(facts(*TWO), **fewer).state == "assessed"
    assert status_of(facts(*TWO), **fewer).approvals == ("m-one",)
    assert status_of(facts(vote("m-one"), vote("m-three"), vote("m-two", approves=False)), **fewer).state == "refused"


def test_a_draft_that_is_not_safe_can_be_neither_voted_on_nor_published():
    """Approvals cannot outweigh the assessment."""
    found = facts(*TWO, safe=False)
    assert state(found) == "unsafe"
    for check in (check_can_vote, check_can_publish):
        with pytest.raises(NotSafe, match="d-1"):
            check(found, "m-three", **around())


@pytest.mark.parametrize(
    ("found", "voter", "error"),
    [
        (facts(), "m-drafter", AccessDenied),
        (facts(), "m-stranger", AccessDenied),
        (ReleaseFacts(draft=DRAFT), "m-one", ReleaseError),
        (facts(day=DAY - timedelta(days=1)), "m-one", ReleaseError),
        (facts(*TWO, publications=(PUBLICATION,)), "m-one", ReleaseError),
    ],
)
def test_who_may_not_vote(found, voter, error):
    """A vote is refused with a reason and what to do; its bool agrees."""
    with pytest.raises(error) as caught:
        check_can_vote(found, voter, **around())
    assert caught.value.hint
    assert not can_vote(found, voter, **around())


def test_who_may_vote():
    """Members other than the drafter, while the draft is assessed, approved or refused."""
    for found in (facts(), facts(*TWO), facts(vote("m-one", approves=False))):
        assert can_vote(found, "m-three", **around())


@pytest.mark.parametrize(
    ("found", "who", "error"),
    [
        (facts(*TWO), "m-stranger", AccessDenied),
        (facts(TWO[0]), "m-one", ReleaseError),
        (facts(*TWO, vote("m-three", approves=False)), "m-one", ReleaseError),
        (facts(*TWO, publications=(PUBLICATION,)), "m-one", ReleaseError),
    ],
)
def test_what_may_not_be_published(found, who, error):
    """Only what is approved, by a member, and only once."""
    with pytest.raises(error) as caught:
        check_can_publish(found, who, **around())
    assert caught.value.hint
    assert not can_publish(found, who, **around())


def test_the_drafter_may_publish_what_two_others_approved():
    """Who presses the button need not be one who approved."""
    assert can_publish(facts(*TWO), "m-drafter", **around())


def test_only_what_was_published_can_be_withdrawn_once():
    """Nothing else has left that could be taken back."""
    out = facts(*TWO, publications=(PUBLICATION,))
    check_can_retract(out, "m-one", eligible=MEMBERS.__contains__)
    assert not can_retract(facts(*TWO), "m-one", eligible=MEMBERS.__contains__)
    assert not can_retract(out, "m-stranger", eligible=MEMBERS.__contains__)
    gone = replace(out, retractions=(Retraction(draft="d-1", by="m-one", at=AT, reason=""),))
    assert not can_retract(gone, "m-one", eligible=MEMBERS.__contains__)


def test_facts_of_another_draft_are_the_callers_mistake():
    """Facts that were mixed up are not silently counted."""
    mixed = replace(facts(), votes=(replace(vote("m-one"), draft="d-2"),))
    with pytest.raises(ValueError, match="another draft"):
        status_of(mixed, **around())


def test_no_message_repeats_what_was_written():
    """Neither the text nor the reason of a vote stands in an error."""
    found = facts(vote("m-one", approves=False))
    with pytest.raises(ReleaseError) as caught:
        check_can_publish(found, "m-two", **around())
    assert "because" not in str(caught.value)
    assert "Somebody" not in str(caught.value)


def test_what_is_signed_is_everything_but_the_signature():
    """Each field of a vote moves its message, the signature does not, and no two fields can flow together."""
    one = vote("m-one")
    assert vote_message(one) == vote_message(replace(one, signature="00"))
    others = [
        replace(one, id="v-2"), replace(one, draft="d-2"), replace(one, voter="m-two"), replace(one, approves=False),
        replace(one, reason="other"), replace(one, at="2024-03-01T10:00:01Z"),
        *(replace(one, binding=replace(BOUND, **{f.name: "0" * 64})) for f in fields(Binding)),
        replace(one, at=AT[:-1], reason="Z" + one.reason), replace(one, id=one.id + "d", draft="-1"),
    ]  # fmt: skip
    assert len({vote_message(v) for v in (one, *others)}) == 1 + len(others)
    assert b"release-vote" in vote_message(one)


def test_the_message_of_a_vote_is_fixed():
    """Signatures made today can be checked tomorrow: the canonical bytes never change within a version."""
    parts = ("bearwitness/release-vote/1", "v-1", "d-1", *astuple(BOUND), "m-한", "refuse", AT, "왜")
    raw = b"".join(len(p.encode()).to_bytes(8, "big") + p.encode() for p in parts)
    made = Vote(id="v-1", draft="d-1", binding=BOUND, voter="m-한", approves=False, reason="왜", at=AT)
    assert vote_message(made) == raw


def test_hashes_move_with_what_they_are_of():
    """Text to the last form of a character, policy with images but whatever the order of its maps, decisions."""
    assert hash_draft("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert hash_draft("가") != hash_draft("\u1100\u1161")
    policies = [
        Policy(), Policy(threshold=0.1000001), Policy(images=frozenset({"i"})), Policy(suspicion={"h": 2.0}),
        Policy(require_consent=False), Policy(published=DAY), Policy(outlet="x"),
    ]  # fmt: skip
    assert len({hash_policy(p) for p in policies}) == len(policies)
    one, other = {"home": 1.0, "sex": 2.0}, {"sex": 2.0, "home": 1.0}
    assert hash_policy(Policy(weights=one)) == hash_policy(Policy(weights=other))
    decided = Decisions(decisions=(Decision(form="May", kind="ordinary", reason="", signer=""),))
    assert hash_decisions(decided) != hash_decisions(Decisions())


def _assessment(**more):
    plain = {
        "safe": True, "threshold": 0.1, "language": "en", "draft": DRAFT.text, "personas": (), "claims": (),
        "households": (), "helps": (), "changes": (), "edits": (), "optimal": True, "possible": True, "cost": 0.0,
        "alternatives": (), "unresolved": (), "consent_gaps": (), "ledger_head": ledger_head(Ledger()),
    }  # fmt: skip
    return Assessment(**(plain | more))


def test_a_binding_is_made_of_what_belongs_together():
    """Six hashes of one draft; an assessment of another text or ledger is the caller's mistake."""
    found = bind(DRAFT, ledger=Ledger(), record="b" * 64, assessment=_assessment())
    assert found.draft == BOUND.draft
    assert found.assessment == hash_assessment(_assessment()) != hash_assessment(_assessment(safe=False))
    for wrong in (_assessment(draft="other"), _assessment(ledger_head="0" * 64)):
        with pytest.raises(ValueError, match="another draft"):
            bind(DRAFT, ledger=Ledger(), record="b" * 64, assessment=wrong)


def test_the_page_about_the_workflow_shows_the_program_s_own_table():
    """docs/explanation/release-workflow.md has the diagram and the table as the program writes them."""
    page = (DOCS / "explanation" / "release-workflow.md").read_text(encoding="utf-8")
    assert f"```mermaid\n{transitions_diagram()}```\n" in page
    assert f"\n{transitions_table()}\n" in page
