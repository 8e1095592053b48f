"""A release leaves the vault only as it was assessed, once two others approved exactly that, while nothing moved."""

from dataclasses import replace
from datetime import timedelta
from functools import cache

import pytest
from vault_scene import CASE, CHEAP, HANA, MIN, SORI, check_whole, empty_place, let_go, make_scene, noon, worked_case

from bearwitness.data.load import worked_case_path
from bearwitness.errors import AccessDenied, BearwitnessError, NotSafe, RecordError, ReleaseError
from bearwitness.model.publication import Ledger, Policy
from bearwitness.release.binding import hash_assessment
from bearwitness.services.assess import assess
from bearwitness.services.case_access import grant_case, revoke_case
from bearwitness.services.inputs import read_inputs
from bearwitness.services.intake import add_testimony
from bearwitness.services.members import add_member, revoke_member
from bearwitness.services.release_desk import _write as put_note
from bearwitness.services.release_desk import (
    add_to_ledger,
    assess_release,
    assess_with_vault,
    draft_release,
    list_releases,
    open_desk,
    publish_release,
    show_ledger,
    vote_on_release,
    withdraw_release,
)
from bearwitness.services.rewrite import rewrite
from bearwitness.services.withdrawal import list_uses, withdraw_testimony
from bearwitness.vault.trail import Act

WHOLE = ("identity", "chain", "content", "evidence")
POLICY = Policy(published=noon().date(), outlet="a paper", suspicion={"h-ahn": 1.0, "h-lee": 1.0})
MEMBERS = ((MIN, WHOLE), (SORI, ("content",)))
AGAIN = {"teller": "lee", "language": "ko", "directness": "told_by_victim", "text": "다시 들은 말입니다."}


@cache
def inputs():
    return read_inputs(
        worked_case_path("draft.en.txt"), case=worked_case_path("case.yaml"), ledger=worked_case_path("ledger.yaml")
    )


@cache
def safe_text():
    """The worked case's draft, changed until it is safe."""
    return rewrite(inputs().draft, worked_case(), Ledger(), POLICY, today=noon().date()).text


class Desk:
    """A vault with three members, and one draft of Hana's that was assessed as safe."""

    def __init__(self, place):
        self.scene = make_scene(place, members=MEMBERS)
        self.vaults = {name: self.scene.open(name) for name in (HANA, MIN, SORI)}
        self.draft = draft_release(self.vaults[HANA], CASE, safe_text(), POLICY).id
        assert assess_release(self.vaults[HANA], CASE, self.draft)[1].state == "assessed"

    def vote(self, name, draft=None, *, approves=True):
        return vote_on_release(self.vaults[name], CASE, draft or self.draft, approves=approves)

    def approve(self):
        self.vote(MIN)
        assert self.vote(SORI).state == "approved"

    def publish(self, name=HANA, draft=None):
        return publish_release(self.vaults[name], CASE, draft or self.draft, recipients=("a paper",))

    def view(self, name=HANA, draft=None):
        return next(v for v in list_releases(self.vaults[name], CASE) if v.id == (draft or self.draft))


@pytest.fixture
def desk(tmp_path):
    made = Desk(empty_place("sqlcipher", tmp_path))
    yield made
    for vault in made.vaults.values():
        let_go(vault)


def test_a_release_goes_its_whole_way(place):
    """Drafted, assessed, approved by two others of whom one holds the content only, published, and taken back."""
    desk = Desk(place)
    desk.approve()
    text, view = desk.publish()
    assert (text, view.state, view.recipients) == (safe_text(), "published", ("a paper",))
    entry = show_ledger(desk.vaults[MIN], CASE).entries[-1]
    assert (entry.id, entry.outlet) == (desk.draft, "a paper")
    assert {p.household for p in entry.personas} <= {h.id for h in worked_case().households}
    left = list_uses(desk.vaults[SORI], CASE)
    assert [(d.what, d.of, d.recipient) for d in left] == [("release", desk.draft, "a paper")]
    with pytest.raises(ReleaseError):
        desk.publish()
    with pytest.raises(ReleaseError):
        assess_release(desk.vaults[HANA], CASE, desk.draft)
    assert withdraw_release(desk.vaults[SORI], CASE, desk.draft, reason="a name was wrong").state == "withdrawn"
    assert show_ledger(desk.vaults[HANA], CASE).entries[-1].id == desk.draft
    done = [e.action for e in check_whole(desk.vaults[HANA]) if e.outcome == "done"]
    assert " ".join(a.removeprefix("release.") for a in done if a.startswith("release.")) == (
        "draft assess vote vote publish ledger withdraw ledger"
    )
    for vault in desk.vaults.values():
        let_go(vault)


def test_whoever_wrote_it_does_not_vote_and_one_voice_is_not_enough(desk):
    """Two others have to; nothing leaves before."""
    with pytest.raises(AccessDenied):
        desk.vote(HANA)
    for voices in ((), (MIN,), (MIN,)):
        for name in voices:
            desk.vote(name)
        with pytest.raises(ReleaseError):
            desk.publish()
    desk.vote(SORI, approves=False)
    assert desk.view().state == "refused"
    with pytest.raises(ReleaseError):
        desk.publish()
    desk.vote(SORI)
    assert desk.publish()[1].state == "published"


def test_a_voter_who_left_the_case_does_not_count(desk):
    """Neither does one who left the organisation."""
    desk.approve()
    revoke_case(desk.vaults[HANA], CASE, desk.scene.ids[SORI])
    assert len(desk.view().approvals) == 1
    with pytest.raises(BearwitnessError):
        desk.publish()
    with pytest.raises(RecordError):
        desk.vote(SORI)


def test_nothing_leaves_while_a_seat_is_held_by_somebody_who_left(desk):
    """Until the case is renewed."""
    desk.approve()
    revoke_member(desk.vaults[HANA], desk.scene.ids[SORI])
    with pytest.raises(AccessDenied, match="has a seat"):
        desk.publish()


def _record(desk):
    add_testimony(desk.vaults[MIN], CASE, AGAIN)


def _ledger(desk):
    assert add_to_ledger(desk.vaults[MIN], CASE, inputs().ledger) == 2


def _day(desk):
    for vault in desk.vaults.values():
        vault.clock = lambda: noon() + timedelta(days=1)


@pytest.mark.parametrize("moves", [_record, _ledger, _day])
def test_whatever_moves_makes_it_stale(desk, moves):
    """The record, the ledger and the day: nobody votes, nothing leaves, and an approval from before does not revive."""
    desk.approve()
    moves(desk)
    for name in (HANA, SORI):
        assert desk.view(name).state == "stale"
        with pytest.raises(ReleaseError, match=desk.draft):
            desk.publish() if name == HANA else desk.vote(name)
    if moves is _record:
        assert assess_release(desk.vaults[HANA], CASE, desk.draft)[1].approvals == ()


@pytest.mark.parametrize("other", [{"text": "People were threatened."}, {"policy": replace(POLICY, threshold=0.2)}])
def test_another_text_or_policy_needs_votes_of_its_own(desk, other):
    """Votes on one draft count for no other, also where a vote is copied to it."""
    desk.approve()
    more = {"text": safe_text(), "policy": POLICY, **other}
    second = draft_release(desk.vaults[HANA], CASE, more["text"], more["policy"]).id
    assess_release(desk.vaults[HANA], CASE, second)
    forger = open_desk(desk.vaults[MIN], CASE)
    for vote in forger.releases.facts(desk.draft).votes:
        bound = forger.releases.facts(second).assessments[-1].binding
        for forged in (replace(vote, draft=second), replace(vote, draft=second, binding=bound)):
            put_note(forger, "vote", forged, second, Act(action="x", case=forger.opened.id))
    assert desk.view(draft=second).approvals == ()
    with pytest.raises(BearwitnessError):
        desk.publish(draft=second)


def test_nobody_votes_in_anothers_name(desk):
    """A vote that its voter did not sign is none, whoever wrote it into the vault."""
    desk.vote(MIN)
    forger = open_desk(desk.vaults[MIN], CASE)
    mine = forger.releases.facts(desk.draft).votes[-1]
    forged = replace(mine, id="v-forged", voter=desk.scene.ids[SORI])
    put_note(forger, "vote", forged, desk.draft, Act(action="x", case=forger.opened.id))
    assert desk.view().approvals == (desk.scene.ids[MIN],)
    with pytest.raises(ReleaseError):
        desk.publish()


def test_an_unsafe_draft_is_not_voted_on(desk):
    """Whoever names everybody is told so, and it stays inside."""
    unsafe = draft_release(desk.vaults[HANA], CASE, inputs().draft, POLICY).id
    assert assess_release(desk.vaults[HANA], CASE, unsafe)[1].state == "unsafe"
    with pytest.raises(NotSafe):
        desk.vote(SORI, unsafe)
    with pytest.raises(NotSafe):
        desk.publish(draft=unsafe)


def test_who_may_not_see_the_case_takes_no_part(desk):
    """A member without a seat finds no such case; one without the chain cannot assess or publish."""
    stranger = add_member(desk.vaults[HANA], name="Duri", passphrase="four odd words here", cost=CHEAP)
    assert stranger.active
    with pytest.raises(AccessDenied):
        assess_release(desk.vaults[SORI], CASE, desk.draft)
    desk.approve()
    with pytest.raises(AccessDenied):
        desk.publish(SORI)
    grant_case(desk.vaults[HANA], CASE, desk.scene.ids[SORI], ["identity", "chain"])
    assert desk.publish(SORI)[1].state == "published"


def test_drafts_that_rest_on_a_withdrawn_account_go(desk):
    """The draft is nowhere afterwards, for nobody; what had left stays in the list of what cannot be called back."""
    desk.approve()
    desk.publish()
    other = draft_release(desk.vaults[HANA], CASE, safe_text(), POLICY).id
    assess_release(desk.vaults[HANA], CASE, other)
    never_assessed = draft_release(desk.vaults[HANA], CASE, "People were threatened.", POLICY).id
    done = withdraw_testimony(desk.vaults[HANA], CASE, "t-ahn")
    assert done.drafts == (other,)
    assert [left.of for left in done.left] == [desk.draft]
    for name in (HANA, SORI):
        assert {v.id for v in list_releases(desk.vaults[name], CASE)} == {desk.draft, never_assessed}
    with pytest.raises(RecordError):
        desk.vote(MIN, other)


def test_a_whole_member_is_told_what_the_files_tell(desk):
    """The assessment with the vault is that of the same record and ledger as files, hash for hash."""
    add_to_ledger(desk.vaults[HANA], CASE, inputs().ledger)
    for text in (inputs().draft, safe_text()):
        found = assess_with_vault(desk.vaults[MIN], CASE, text, POLICY)
        expected = assess(text, worked_case(), inputs().ledger, POLICY, today=noon().date())
        assert hash_assessment(found) == hash_assessment(expected)
        assert found.safe == expected.safe


@pytest.mark.parametrize("held", [("content",), ("identity", "content"), ("chain", "content"), ("content", "evidence")])
def test_whoever_holds_a_part_is_never_told_it_is_safe(tmp_path, held):
    """Not even of a text that says nothing; that the record is not whole stands in the notes."""
    scene = make_scene(empty_place("sqlcipher", tmp_path), members=((MIN, held),))
    with scene.as_(MIN) as vault:
        for text in ("", "People were threatened.", safe_text()):
            found = assess_with_vault(vault, CASE, text, POLICY)
            assert not found.safe
            assert found.notes[0] == "partial_record"
