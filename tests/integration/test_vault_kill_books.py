"""A kill during a step that writes in two places, the book of slots and the database, or in several steps."""

import pytest
from vault_kills import Keeping, count_steps, kill_at_step
from vault_scene import (
    CHEAP,
    HANA,
    MIN,
    check_whole,
    empty_place,
    let_go,
    make_scene,
    noon,
    phrase_of,
    slots_of,
    worked_case,
)

from bearwitness.data.load import worked_case_path
from bearwitness.errors import RecordError, UnlockError, VaultError
from bearwitness.model.codec import dump_case
from bearwitness.services.archive import load_case
from bearwitness.services.importing import import_file
from bearwitness.services.members import change_passphrase, revoke_member
from bearwitness.services.unlocking import create_vault, unlock
from bearwitness.vault.slots import load_book

NEW_PHRASE = "Hana thinks of other words"


@pytest.fixture
def scene(place):
    return make_scene(place)


@pytest.fixture
def keeping(scene, tmp_path):
    made = Keeping(scene.place, tmp_path / "kept")
    made.keep("start")
    return made


def killed_everywhere(keeping, task, *, every=1):
    """The vault as it is after a kill at each step of a task, one after the other."""
    steps, _ = count_steps(task)
    assert steps > 10
    for step in range(1, steps + 1, every):
        keeping.put_back("start")
        assert kill_at_step(task, step)
        keeping.wait_for_others()
        yield step


def of(scene, make, name=HANA):
    def run():
        with scene.as_(name) as vault:
            make(vault)

    return run


def test_a_member_is_revoked_in_the_end(scene, keeping):
    """Wherever a revocation is killed, it can be done again, and then the member has no slot and no newest key."""
    half = []
    for step in killed_everywhere(keeping, of(scene, lambda v: revoke_member(v, scene.ids[MIN])), every=3):
        with scene.as_() as vault:
            check_whole(vault)
            try:
                revoke_member(vault, scene.ids[MIN])
            except RecordError:
                vault.refresh()
            slots = {s.member for s in load_book(slots_of(scene.place)).slots}
            active = vault.directory.members[scene.ids[MIN]].active
            if active or scene.ids[MIN] in slots or len(vault.vault_keys.organisation) < 2:
                half.append(step)
    assert half == []


def test_a_new_passphrase_is_in_the_trail(scene, keeping):
    """Wherever a change of passphrase is killed, one phrase opens the vault, the new one only with its entry."""
    silent = []
    change = of(scene, lambda v: change_passphrase(v, old=phrase_of(HANA), new=NEW_PHRASE, cost=CHEAP))
    for step in killed_everywhere(keeping, change, every=2):
        with_new = _opens(scene, NEW_PHRASE)
        assert with_new != _opens(scene, phrase_of(HANA))
        phrase = NEW_PHRASE if with_new else phrase_of(HANA)
        vault = unlock(scene.place, passphrase=lambda phrase=phrase: phrase, member=scene.ids[HANA])
        told = any(e.action == "member.passphrase" for e in check_whole(vault))
        let_go(vault)
        if with_new and not told:
            silent.append(step)
    assert silent == []


def _opens(scene, phrase):
    try:
        let_go(unlock(scene.place, passphrase=lambda: phrase, member=scene.ids[HANA]))
    except UnlockError:
        return False
    return True


def test_a_vault_that_was_half_made_is_no_vault(request, tmp_path, place):
    """Wherever the making is killed, there is a whole vault or it can be made."""
    server = request.getfixturevalue("server") if place.in_database else None
    kind = "postgresql" if place.in_database else "sqlcipher"

    def make(at):
        return lambda: let_go(create_vault(at, name=HANA, passphrase=phrase_of(HANA), cost=CHEAP, clock=noon))

    steps, _ = count_steps(make(place))
    whole = 0
    for step in range(1, steps + 1, max(1, steps // 30)):
        at = empty_place(kind, tmp_path / str(step), server)
        assert kill_at_step(make(at), step)
        try:
            make(at)()
        except VaultError:
            whole += 1
        vault = unlock(at, passphrase=lambda: phrase_of(HANA))
        assert [m.name for m in vault.directory.members.values()] == [HANA]
        check_whole(vault)
        let_go(vault)
    assert 0 < whole < 30


def test_an_import_goes_on(scene, keeping):
    """Wherever an import of many steps is killed, it goes on when begun again, and nothing is there twice."""
    path = worked_case_path("case.yaml")

    def bring(vault):
        import_file(vault, path, name="again", step=4)

    resumed = finished = 0
    for _ in killed_everywhere(keeping, of(scene, bring), every=9):
        with scene.as_() as vault:
            try:
                resumed += import_file(vault, path, name="again", step=4).resumed
            except RecordError:
                finished += 1
            opened = vault.open_case("again")
            found = dump_case(load_case(vault, opened).case)
            assert found.replace(opened.id, "worked-case") == dump_case(worked_case())
            check_whole(vault)
    assert resumed > 3
    assert finished < 3
