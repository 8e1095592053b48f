"""Recovery by officers' kits: two of three open everything again, one never does, and everybody sees it."""

import itertools

import pytest
from vault_scene import CHEAP, HANA, look, make_scene, save, worked_case

from bearwitness.errors import AccessDenied, BearwitnessError, RecoveryError
from bearwitness.services.audit import show_trail, verify
from bearwitness.services.case_access import cover_cases, create_case
from bearwitness.services.recovery import drill, make_kits, use
from bearwitness.services.unlocking import unlock
from bearwitness.services.vault_check import check_vault

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
