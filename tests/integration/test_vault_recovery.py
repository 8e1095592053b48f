"""Recovery by officers' kits: two of three open everything again, one never does, and everybody sees it."""

import itertools
import shutil

import pytest
import sqlalchemy as sa
from vault_scene import CHEAP, HANA, empty_place, look, make_scene, save, slots_of, tamper, worked_case

from bearwitness.errors import AccessDenied, BearwitnessError, DamagedVault, RecoveryError
from bearwitness.services.audit import show_trail, verify
from bearwitness.services.case_access import cover_cases, create_case
from bearwitness.services.kit_opening import open_kits
from bearwitness.services.members import revoke_member
from bearwitness.services.recovery import drill, make_kits, use
from bearwitness.services.unlocking import unlock
from bearwitness.services.vault_check import check_vault
from bearwitness.vault.seats import mailbox_of, open_grant
from bearwitness.vault.slots import load_book
from bearwitness.vault.tables import CASE_FILE, GRANT
from bearwitness.vault.trail import Act, read_entry

NEW = "quite other words now"


@pytest.fixture
def scene(place):
    """A vault of two members, one case."""
    return make_scene(place)


def test_any_two_officers_of_three_open_everything_again(scene):
    """Losing one officer leaves two; the new administrator reads the case, and the trail says who came."""
    with scene.as_(HANA) as vault:
        kits = make_kits(vault)
        before = look(vault, scene.case)
    for pair in itertools.combinations((0, 1, 2), 2):
        found = use(scene.place, [kits[i] for i in pair], name="New", passphrase=NEW, cost=CHEAP)
        assert look(found, scene.case) == before
        loud = show_trail(found, action="recovery.use")[-1]
        assert loud.things["officers"] == [i + 1 for i in pair]
        assert loud.actor.startswith("r-")
        verify(found)
        found.close()
        again = unlock(scene.place, passphrase=lambda: NEW, member=found.member)
        assert again.me.administrator
        again.close()


def test_one_officer_alone_opens_nothing(scene):
    """A single kit, or the same one twice, is refused, in the drill and in earnest."""
    with scene.as_(HANA) as vault:
        kits = make_kits(vault)
        for too_few in (kits[:1], [kits[0], kits[0]]):
            with pytest.raises(RecoveryError):
                drill(vault, too_few)
            with pytest.raises(RecoveryError):
                use(scene.place, too_few, name="New", passphrase=NEW, cost=CHEAP)
        assert drill(vault, kits[1:]).officers == (2, 3)
        assert all(entry.outcome == "refused" for entry in show_trail(vault, action="recovery.drill")[:-1])


def test_new_kits_replace_the_old_ones(scene):
    """Kits that were made before are refused, and a case made since is opened by the new ones."""
    with scene.as_(HANA) as vault:
        old, new = make_kits(vault), make_kits(vault, officers=4, need=3)
        create_case(vault, "later")
        with pytest.raises(RecoveryError):
            drill(vault, old[:2])
        with pytest.raises(RecoveryError):
            use(scene.place, old[:2], name="New", passphrase=NEW, cost=CHEAP)
    found = use(scene.place, new[1:], name="New", passphrase=NEW, cost=CHEAP)
    assert [c.roster.name for c in found.cases()] == ["later", "worked"]
    found.close()


def test_a_case_of_another_keeper_is_covered_by_that_keeper(scene):
    """Until then the check warns, and the kits do not open it."""
    with scene.as_("Min") as vault:
        create_case(vault, "of Min")
    with scene.as_(HANA) as vault:
        kits = make_kits(vault)
        with pytest.raises(AccessDenied), scene.as_("Min") as other:
            make_kits(other)
    with scene.as_("Min") as vault:
        assert any("do not open it" in w.what for w in check_vault(vault).warnings)
        assert len(cover_cases(vault)) == 1
        assert cover_cases(vault) == ()
        assert check_vault(vault).warnings == ()
        save(vault, "of Min", worked_case())
    found = use(scene.place, kits[:2], name="New", passphrase=NEW, cost=CHEAP)
    assert "안도솔" in look(found, "of Min")
    found.close()


def test_a_damaged_kit_is_named_and_nothing_is_opened(scene):
    """A mistyped letter is found by the kit's own check; the vault is as it was."""
    with scene.as_(HANA) as vault:
        kits = make_kits(vault)
        number = vault.store.head().number
    at = kits[0].index("AGE-SECRET-KEY-1") + 24
    wrong = kits[0][:at] + ("Q" if kits[0][at] != "Q" else "P") + kits[0][at + 1 :]
    with pytest.raises(BearwitnessError):
        use(scene.place, [wrong, kits[1]], name="New", passphrase=NEW, cost=CHEAP)
    with scene.as_(HANA) as vault:
        assert vault.store.head().number == number + 1


def test_kits_of_another_organisation_are_refused(scene, tmp_path):
    """Their header says so; typed without it they still open nothing."""
    other = make_scene(empty_place("sqlcipher", tmp_path / "other"))
    with scene.as_(HANA) as vault, other.as_(HANA) as stranger:
        make_kits(vault)
        theirs = make_kits(stranger)
        without = [text.replace(stranger.organisation, vault.organisation) for text in theirs]
        for kits in (theirs[:2], without[:2]):
            with pytest.raises(RecoveryError):
                drill(vault, kits)
            with pytest.raises(RecoveryError):
                use(scene.place, kits, name="New", passphrase=NEW, cost=CHEAP)


def test_old_kits_with_an_old_book_of_slots_open_nothing_new(scene):
    """Whoever kept both reads neither the trail nor a case from then on: as after a member left."""
    with scene.as_(HANA) as vault:
        kits = make_kits(vault)
        old = open_kits(load_book(slots_of(scene.place)), kits[:2])
        mailbox = mailbox_of(old.pair, old.vault_keys.organisation[0])
        assert {g.id for g in vault.store.grants(mailbox)}
        epoch = vault.open_case(scene.case).epoch
        make_kits(vault)
        assert vault.store.grants(mailbox) == []
        assert vault.open_case(scene.case).epoch == epoch + 1
        last = vault.record(Act(action="member.list"))
        with pytest.raises(DamagedVault):
            read_entry(last, organisation=vault.organisation, keys=old.vault_keys.organisation, rosters={})
        assert check_vault(vault).damaged == ()
        verify(vault)


def test_the_numbers_of_officers_are_checked_before_anything_is_done(scene):
    """One officer who can do it alone, more needed than there are, or ten: refused, and the old kits stay in force."""
    with scene.as_(HANA) as vault:
        kits = make_kits(vault)
        for officers, need in ((3, 1), (2, 3), (10, 2), (1, 1)):
            with pytest.raises(RecoveryError):
                make_kits(vault, officers=officers, need=need)
        assert drill(vault, kits[:2]).of == 3


def test_a_damaged_case_does_not_keep_the_others_shut(scene):
    """Recovery opens what is whole, and counts in the trail what is not."""
    with scene.as_(HANA) as vault:
        second, third = create_case(vault, "second"), create_case(vault, "third")
        kits = make_kits(vault)
        before = look(vault, scene.case)
        pair = vault.directory.recovery.id
        theirs = vault.store.grants(mailbox_of(pair, vault.mailbox_key))
        of_third = [g for g in theirs if g.id in grants_of(vault, third.id, theirs, kits, scene)]
        tamper(
            vault, sa.update(CASE_FILE).where(CASE_FILE.c.id == second.id).values(sealed=b"bw\x01" + bytes(200)),
            sa.update(GRANT).where(GRANT.c.id.in_([g.id for g in of_third])).values(wrapped=bytes(1300)),
        )  # fmt: skip
    found = use(scene.place, kits[:2], name="New", passphrase=NEW, cost=CHEAP)
    assert [c.roster.name for c in found.cases()] == ["worked"]
    assert look(found, scene.case) == before
    assert show_trail(found, action="recovery.use")[0].things["not_opened"] == 1 + len(of_third)
    found.close()


def grants_of(vault, case, theirs, kits, scene):
    """The ids of the grants of one case, as the officers open them."""
    opened = open_kits(load_book(slots_of(scene.place)), kits[:2])
    held = {
        g.id: open_grant(g, directory=vault.directory, member=opened.pair, keys=opened.keys).case for g in theirs
    }
    return [name for name, of in held.items() if of == case]


def test_recovery_in_an_old_copy_is_refused_before_anything_is_written(scene, tmp_path):
    """An older vault put in place is noticed by officers as it is by members."""
    if scene.place.in_database:
        pytest.skip("a folder is put back; a database has none")
    with scene.as_(HANA) as vault:
        kits = make_kits(vault)
    shutil.copytree(scene.place.folder, tmp_path / "copy")
    with scene.as_(HANA) as vault:
        create_case(vault, "later")
    shutil.rmtree(scene.place.folder)
    shutil.copytree(tmp_path / "copy", scene.place.folder)
    book = slots_of(scene.place)
    with pytest.raises(DamagedVault, match="older"):
        use(scene.place, kits[:2], name="New", passphrase=NEW, cost=CHEAP)
    assert slots_of(scene.place) == book


def test_kits_still_open_after_somebody_left(scene):
    """The organisation's new key is wrapped to the pair too; the drill proves that."""
    with scene.as_(HANA) as vault:
        kits = make_kits(vault)
        revoke_member(vault, scene.ids["Min"])
        assert drill(vault, kits[:2]).need == 2
    found = use(scene.place, kits[:2], name="New", passphrase=NEW, cost=CHEAP)
    assert not found.directory.members[scene.ids["Min"]].active
    found.close()


@pytest.mark.parametrize("renewed", [False, True])
def test_a_making_of_kits_that_was_stopped_is_done_again(scene, monkeypatch, renewed):
    """Stopped before any of its entries, whether or not there were kits: the next making is whole."""
    with scene.as_(HANA) as vault:
        if renewed:
            make_kits(vault)
    stopped = 0
    for step in range(1, 10):
        with scene.as_(HANA) as vault:
            left, record = [step], type(vault).record

            def stop(self, *args, record=record, left=left, **more):
                left[0] -= 1
                if not left[0]:
                    raise KeyboardInterrupt
                return record(self, *args, **more)

            monkeypatch.setattr(type(vault), "record", stop)
            try:
                make_kits(vault)
                break
            except KeyboardInterrupt:
                stopped += 1
            finally:
                monkeypatch.setattr(type(vault), "record", record)
    assert stopped >= 2
    with scene.as_(HANA) as vault:
        kits = make_kits(vault)
        drill(vault, kits[:2])
        verify(vault)
        assert check_vault(vault).damaged == ()
        assert not [w for w in check_vault(vault).warnings if w.where == "recovery"]
    found = use(scene.place, kits[:2], name="New", passphrase=NEW, cost=CHEAP)
    assert "안도솔" in look(found, scene.case)
    found.close()
