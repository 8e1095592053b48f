"""Backups: both archives are sealed, restore into either kind of place, and bring nothing back that was withdrawn."""

from pathlib import Path

import pytest
from vault_scene import HANA, empty_place, look, make_scene, phrase_of

from bearwitness.errors import BearwitnessError, DamagedVault, UnlockError, VaultError
from bearwitness.services.attachments import add_attachment, verify_attachment
from bearwitness.services.audit import show_trail, verify
from bearwitness.services.backup import backup, restore
from bearwitness.services.unlocking import unlock
from bearwitness.services.vault_check import check_vault
from bearwitness.services.withdrawal import withdraw_testimony


@pytest.fixture
def scene(place):
    """A vault of two members, one case, one file."""
    return make_scene(place)


@pytest.fixture
def elsewhere(request, tmp_path):
    """Gives an empty place of a kind, with a memory of its own."""

    def make(kind):
        folder = tmp_path / f"else-{kind}"
        folder.mkdir()
        return empty_place(kind, folder, request.getfixturevalue("server") if kind == "postgresql" else None)

    return make


def put_back(place, data, keys, scene):
    """Restore, as Hana."""
    return restore(place, Path(data), Path(keys), passphrase=lambda: phrase_of(HANA), member=scene.ids[HANA])


@pytest.mark.parametrize("kind", ["sqlcipher", "postgresql"])
def test_a_backup_restores_into_either_kind_of_place(scene, elsewhere, kind, tmp_path):
    """Records, files, members and the trail are there again; the trail says that it was restored."""
    (tmp_path / "f.bin").write_bytes(b"a file" * 5000)
    with scene.as_(HANA) as vault:
        add_attachment(vault, scene.case, tmp_path / "f.bin", testimony="t-bae")
        before = look(vault, scene.case)
        done = backup(vault, tmp_path / "backups")
    place = elsewhere(kind)
    back = put_back(place, done.data, done.keys, scene)
    assert (back.files, back.rows_missing, back.destroyed_again) == (1, 0, 0)
    with scene.as_(HANA, place) as vault:
        assert look(vault, scene.case) == before
        verify_attachment(vault, scene.case, "f-1")
        verify(vault, head=done.head)
        assert len(show_trail(vault, action="vault.restore")) == 1
        assert check_vault(vault).damaged == ()
    with scene.as_("Min", place) as vault:
        assert vault.cases() == []


def test_what_was_withdrawn_does_not_come_back(scene, elsewhere, tmp_path):
    """An older archive of the data with a newer one of the keys: the account is destroyed again first."""
    with scene.as_(HANA) as vault:
        old = backup(vault, tmp_path / "backups")
        withdraw_testimony(vault, scene.case, "t-lee")
        after = look(vault, scene.case)
        new = backup(vault, tmp_path / "backups")
    place = elsewhere("sqlcipher")
    back = put_back(place, old.data, new.keys, scene)
    assert back.destroyed_again > 0
    with scene.as_(HANA, place) as vault:
        assert look(vault, scene.case) == after
        verify(vault)


def test_neither_archive_shows_anything(scene, tmp_path):
    """No name, no word of an account, no id that people chose, not even the name of a table."""
    with scene.as_(HANA) as vault:
        done = backup(vault, tmp_path / "backups")
    raw = Path(done.data).read_bytes() + Path(done.keys).read_bytes()
    for word in ("안도솔", "보위부", "t-lee", "h-ahn", "worked", "Hana", "testimony", "unit_key"):
        assert word.encode() not in raw


def test_a_damaged_or_foreign_archive_is_refused_and_nothing_is_there(scene, elsewhere, tmp_path):
    """Cut short, one bit changed, the wrong way round, or keys older than the data: refused, and the place is empty."""
    with scene.as_(HANA) as vault:
        early = backup(vault, tmp_path / "backups")
        add_attachment(vault, scene.case, Path(early.keys))
        done = backup(vault, tmp_path / "backups")
    data = Path(done.data).read_bytes()
    cut, bent = tmp_path / "cut", tmp_path / "bent"
    cut.write_bytes(data[:-1])
    bent.write_bytes(data[:5000] + bytes([data[5000] ^ 1]) + data[5001:])
    place = elsewhere("sqlcipher")
    for archives in ((cut, done.keys), (bent, done.keys), (done.keys, done.data), (done.data, early.keys)):
        with pytest.raises(BearwitnessError):
            put_back(place, *archives, scene)
        assert not Path(place.where).exists()
    with pytest.raises(UnlockError):
        restore(place, Path(done.data), Path(done.keys), passphrase=lambda: "wrong words are these", member="m-2")
    put_back(place, done.data, done.keys, scene)
    with pytest.raises(VaultError):
        put_back(place, done.data, done.keys, scene)


def test_an_older_copy_put_in_place_is_noticed_and_a_restored_one_is_not(scene, tmp_path):
    """Putting a file back by hand is refused; restoring says so in the trail, and is accepted."""
    if scene.place.in_database:
        pytest.skip("a file is put back; a database has none")
    with scene.as_(HANA) as vault:
        done = backup(vault, tmp_path / "backups")
    old = (Path(scene.place.where) / "vault.db").read_bytes()
    with scene.as_(HANA) as vault:
        withdraw_testimony(vault, scene.case, "t-lee")
    for leftover in Path(scene.place.where).glob("vault.db*"):
        leftover.unlink()
    (Path(scene.place.where) / "vault.db").write_bytes(old)
    with pytest.raises(DamagedVault, match="older"):
        unlock(scene.place, passphrase=lambda: phrase_of(HANA), member=scene.ids[HANA])
    Path(scene.place.where).rename(tmp_path / "aside")
    put_back(scene.place, done.data, done.keys, scene)
    with scene.as_(HANA) as vault:
        verify(vault)
