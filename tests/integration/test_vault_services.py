"""Members and seats: who comes, who is let in to what, who leaves, and what those who left can still open."""

from dataclasses import replace

import pytest
from vault_machine_looking import open_everything
from vault_scene import (
    CASE,
    CHEAP,
    HANA,
    MIN,
    SORI,
    check_whole,
    let_go,
    make_scene,
    phrase_of,
    slots_of,
    tamper,
)

from bearwitness.errors import AccessDenied, BearwitnessError, DamagedVault, RecordError, UnlockError, UsageError
from bearwitness.services.attachments import add_attachment, extract_attachment
from bearwitness.services.case_access import create_case, grant_case, list_cases, renew_case, revoke_case
from bearwitness.services.intake import add_testimony
from bearwitness.services.members import add_member, change_passphrase, list_members, revoke_member
from bearwitness.services.unlocking import unlock
from bearwitness.vault.rows import COMPARTMENTS, Change
from bearwitness.vault.slots import load_book, open_slot
from bearwitness.vault.trail import Act

SECRET = "1999-01-01"
AFTER = {"teller": "lee", "language": "ko", "directness": "told_by_victim", "text": f"나중에 말했습니다 {SECRET}."}


@pytest.fixture
def scene(place, tmp_path):
    made = make_scene(place, members=((MIN, COMPARTMENTS), (SORI, ("content",))))
    made.folder = tmp_path
    return made


@pytest.fixture
def vault(scene):
    vault = scene.open()
    yield vault
    let_go(vault)


def test_a_member_opens_what_was_granted_to_them(scene):
    """Each sees the case with their own compartments, and everybody who is in it."""
    with scene.as_(SORI) as sori:
        found = list_cases(sori)
    assert [(c.name, c.compartments) for c in found] == [(CASE, ("content",))]
    assert {s.name: s.compartments for s in found[0].seats} == {
        HANA: COMPARTMENTS, MIN: COMPARTMENTS, SORI: ("content",)}  # fmt: skip


def test_nobody_grants_what_they_do_not_hold(scene, vault):
    """Content lets somebody grant content, and not the chain; nobody else's case either."""
    new = add_member(vault, name="Duri", passphrase=phrase_of("Duri"), cost=CHEAP).id
    create_case(vault, "other")
    with scene.as_(SORI) as sori:
        for compartments in (["chain"], ["content", "identity"]):
            with pytest.raises(AccessDenied):
                grant_case(sori, CASE, new, compartments)
        with pytest.raises(RecordError):
            grant_case(sori, "other", new, ["content"])
        with pytest.raises(UsageError):
            grant_case(sori, CASE, new, [])
        assert grant_case(sori, CASE, new, ["content"]).seats[-1].compartments == ("content",)


def test_only_an_administrator_changes_who_is_a_member(scene, vault):
    """And administration lets nobody into a case."""
    with scene.as_(MIN) as min_:
        with pytest.raises(AccessDenied):
            add_member(min_, name="Duri", passphrase=phrase_of("Duri"), cost=CHEAP)
        with pytest.raises(AccessDenied):
            revoke_member(min_, scene.ids[SORI])
    boss = add_member(vault, name="Boss", passphrase=phrase_of("Boss"), administrator=True, cost=CHEAP)
    own = unlock(scene.place, passphrase=lambda: phrase_of("Boss"), member=boss.id)
    assert list_cases(own) == ()
    with pytest.raises(RecordError):
        own.open_case(scene.case)
    let_go(own)
    assert [m.administrator for m in list_members(vault)] == [True, False, False, True]
    revoke_member(vault, boss.id)
    with pytest.raises(AccessDenied, match="last administrator"):
        revoke_member(vault, scene.ids[HANA])
    with pytest.raises(RecordError):
        revoke_member(vault, boss.id)


@pytest.mark.parametrize("leave", ["case", "house"])
def test_whoever_left_opens_nothing_that_came_after(scene, vault, leave):
    """With every key they took along, what was written later stays closed to them in the database itself."""
    with scene.as_(MIN) as min_:
        keys = dict(min_.open_case(CASE).sub_keys)
    if leave == "case":
        revoke_case(vault, CASE, scene.ids[MIN])
    else:
        revoke_member(vault, scene.ids[MIN])
        with pytest.raises(AccessDenied, match="renew"):
            add_testimony(vault, CASE, AFTER)
        renew_case(vault, CASE)
    add_testimony(vault, CASE, AFTER)
    now = dict(vault.open_case(CASE).sub_keys)
    assert open_everything(vault.store, vault.organisation, scene.case, now) == {SECRET}
    assert open_everything(vault.store, vault.organisation, scene.case, keys) == set()
    with scene.as_(SORI) as sori:
        assert open_everything(sori.store, sori.organisation, scene.case, sori.open_case(CASE).sub_keys) == {SECRET}


def test_no_key_of_a_new_epoch_is_for_somebody_who_left_the_house(scene, vault):
    """Also where the epoch begins because somebody else leaves the case: both seats are gone, writing is open."""
    revoke_member(vault, scene.ids[MIN])
    view = revoke_case(vault, CASE, scene.ids[SORI])
    assert [s.name for s in view.seats] == [HANA]
    assert add_testimony(vault, CASE, AFTER)


def test_the_last_keeper_who_is_still_there_does_not_leave_a_case(scene, vault):
    """A seat of somebody who left the house keeps nothing."""
    revoke_member(vault, scene.ids[MIN])
    with pytest.raises(AccessDenied, match="nobody else"):
        revoke_case(vault, CASE, scene.ids[HANA])
    with pytest.raises(AccessDenied, match="renew"):
        grant_case(vault, CASE, scene.ids[SORI], COMPARTMENTS)
    renew_case(vault, CASE)
    grant_case(vault, CASE, scene.ids[SORI], COMPARTMENTS)
    revoke_case(vault, CASE, scene.ids[HANA])
    with pytest.raises(RecordError):
        vault.open_case(CASE)


def test_whoever_is_let_in_again_reads_all_epochs(scene, vault):
    """What was written while they were away is theirs to read too, once somebody grants it."""
    revoke_case(vault, CASE, scene.ids[MIN])
    add_testimony(vault, CASE, AFTER)
    grant_case(vault, CASE, scene.ids[MIN], ["content"])
    with scene.as_(MIN) as min_:
        assert min_.open_case(CASE).compartments == {"content"}
        assert open_everything(min_.store, min_.organisation, scene.case, min_.open_case(CASE).sub_keys) == {SECRET}


@pytest.mark.parametrize("by_themselves", [False, True])
def test_whoever_left_has_no_slot(scene, vault, by_themselves):
    """Their passphrase opens nothing at all any more, not even the database, also where they left by themselves."""
    boss = add_member(vault, name="Boss", passphrase=phrase_of("Boss"), administrator=True, cost=CHEAP).id
    own = unlock(scene.place, passphrase=lambda: phrase_of("Boss"), member=boss)
    revoke_member(own if by_themselves else vault, boss)
    let_go(own)
    book = load_book(slots_of(scene.place))
    assert len(book.slots) == 8
    with pytest.raises(UnlockError):
        open_slot(book, boss, phrase_of("Boss"))
    with pytest.raises(UnlockError):
        unlock(scene.place, passphrase=lambda: phrase_of("Boss"), member=boss)


def test_two_copies_of_the_slots_do_not_tell_who_is_a_member(scene, vault):
    """When somebody leaves, every slot is wrapped anew, decoys too, and no more names go than the one who left."""
    before = {s.member: s for s in load_book(slots_of(scene.place)).slots}
    revoke_member(vault, scene.ids[SORI])
    after = {s.member: s for s in load_book(slots_of(scene.place)).slots}
    stayed = before.keys() & after.keys()
    assert before.keys() - after.keys() == {scene.ids[SORI]}
    assert all(before[m].vault_keys != after[m].vault_keys for m in stayed)
    assert all(before[m].private == after[m].private for m in stayed)


def test_more_may_leave_than_one_organisation_ever_has(scene, vault):
    """The twentieth who leaves is taken out as the first was."""
    for number in range(20):
        new = add_member(vault, name=f"n{number}", passphrase=phrase_of("n"), cost=CHEAP).id
        revoke_member(vault, new)
    assert len(vault.vault_keys.organisation) == 21
    with scene.as_(SORI) as sori:
        assert len(list_members(sori)) == 23
    check_whole(vault)


def test_a_new_passphrase_takes_the_place_of_the_old(scene, vault):
    """The old one opens nothing; a wrong or a short one changes nothing."""
    with pytest.raises(UnlockError):
        change_passphrase(vault, old="not this one at all", new="five other odd words", cost=CHEAP)
    with pytest.raises(UsageError):
        change_passphrase(vault, old=phrase_of(HANA), new="short", cost=CHEAP)
    change_passphrase(vault, old=phrase_of(HANA), new="five other odd words", cost=CHEAP)
    with pytest.raises(UnlockError):
        scene.open()
    let_go(unlock(scene.place, passphrase=lambda: "five other odd words", member=scene.ids[HANA]))


def test_a_file_is_not_given_out_where_that_cannot_be_written_down(scene, vault):
    """While somebody who left has a seat, no custody is written, so nothing is extracted."""
    (scene.folder / "photo.jpg").write_bytes(b"what the photo shows")
    add_attachment(vault, CASE, scene.folder / "photo.jpg")
    revoke_member(vault, scene.ids[SORI])
    with pytest.raises(AccessDenied):
        extract_attachment(vault, CASE, "f-1", scene.folder / "out.jpg")
    assert not (scene.folder / "out.jpg").exists()
    renew_case(vault, CASE)
    done = extract_attachment(vault, CASE, "f-1", scene.folder / "out.jpg")
    assert (scene.folder / "out.jpg").read_bytes() == b"what the photo shows"
    assert [c.what for c in done.custody] == ["taken", "extracted"]


def test_a_grant_moved_to_another_mailbox_is_named(scene, vault):
    """Whoever moves rows in the database gives nobody a key."""
    stranger = add_member(vault, name="Duri", passphrase=phrase_of("Duri"), cost=CHEAP).id
    vault.record(Act(action="x"), Change())
    with scene.as_(SORI) as sori:
        theirs = sori.store.grants(_mailbox(sori, sori.member))[0]
    tamper(vault, f"""UPDATE "grant" SET mailbox = '{_mailbox(vault, stranger)}' WHERE id = '{theirs.id}'""")
    duri = unlock(scene.place, passphrase=lambda: phrase_of("Duri"), member=stranger)
    with pytest.raises(DamagedVault, match=theirs.id):
        list_cases(duri)
    let_go(duri)


def _mailbox(vault, member):
    from bearwitness.vault.seats import mailbox_of

    return mailbox_of(member, vault.mailbox_key)


def test_a_card_put_in_twice_is_named(vault):
    """Whoever could write into the database cannot make a member anew, not even with the member's own card."""
    card = vault.store.cards()[1]
    with pytest.raises(BearwitnessError):
        vault.record(Act(action="x"), Change(cards=[card]))
    vault.record(Act(action="x"), Change(cards=[replace(card, id="s-copied")]))
    with pytest.raises(DamagedVault, match="s-copied"):
        vault.refresh()
