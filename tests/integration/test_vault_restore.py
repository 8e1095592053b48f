"""What a backup brings back, and what it never does: withdrawn accounts, forged trails, half a vault."""

import contextlib
from pathlib import Path

import pytest
import sqlalchemy as sa
from vault_scene import CHEAP, HANA, empty_place, free_trail, look, make_scene, phrase_of, tamper

from bearwitness.data.load import worked_case_path
from bearwitness.errors import DamagedVault, RecoveryError, UnlockError, UsageError, VaultError
from bearwitness.services.archive import load_case
from bearwitness.services.attachments import add_attachment
from bearwitness.services.audit import show_trail, verify
from bearwitness.services.backup import backup, restore
from bearwitness.services.members import revoke_member
from bearwitness.services.recovery import make_kits, use
from bearwitness.services.release_desk import assess_release, draft_release, list_releases
from bearwitness.services.unlocking import unlock
from bearwitness.services.vault_check import check_vault
from bearwitness.services.withdrawal import withdraw_testimony
from bearwitness.vault.tables import GRANT, METADATA, RECORD, SLOTS, UNIT_KEY


@pytest.fixture
def scene(place):
    """A vault of two members, one case."""
    return make_scene(place)


@pytest.fixture
def elsewhere(request, tmp_path, place):
    """Gives a new empty place of the same kind, or of one that is named."""
    made = []

    def make(kind=None):
        kind = kind or ("postgresql" if place.in_database else "sqlcipher")
        made.append(kind)
        folder = tmp_path / f"else-{len(made)}"
        server = request.getfixturevalue("server") if kind == "postgresql" else None
        return empty_place(kind, folder, server)

    return make


def put_back(place, scene, data, keys, **more):
    """Restore, as Hana."""
    return restore(place, Path(data), Path(keys), passphrase=lambda: phrase_of(HANA), member=scene.ids[HANA], **more)


def every_value(vault):
    """Every row of every table but the trail and the slots, as they lie there."""
    found = {}
    with vault.store.engine.connect() as connection:
        for table in METADATA.sorted_tables:
            if table.name not in ("trail", SLOTS.name):
                found[table.name] = sorted(map(repr, connection.execute(sa.select(table)).all()))
    return found


def sealed_parts(vault, rows):
    """The sealed bytes of some records."""
    with vault.store.engine.connect() as connection:
        query = sa.select(RECORD.c.identity, RECORD.c.chain, RECORD.c.content, RECORD.c.evidence)
        found = connection.execute(query.where(RECORD.c.id.in_(rows)))
        return {bytes(part) for row in found for part in row if part is not None}


def is_empty(place):
    """Whether there is no vault, nor a leftover of one."""
    if not place.in_database:
        return not place.folder.exists() and not list(place.folder.parent.glob(".vault*"))
    engine = sa.create_engine(place.where, poolclass=sa.NullPool)
    with engine.connect() as connection:
        tables = [t for t in METADATA.sorted_tables if sa.inspect(connection).has_table(t.name)]
        rows = [connection.execute(sa.select(sa.func.count()).select_from(t)).scalar_one() for t in tables]
    return not any(rows) and not [p for p in place.files.rglob("*") if p.is_file()]


def test_of_an_older_archive_nothing_withdrawn_is_even_written(scene, elsewhere, tmp_path):
    """The account, its key, its file and the draft that rested on it: no byte of them is in the restored store."""
    (tmp_path / "f").write_bytes(b"a photo" * 3000)
    with scene.as_() as vault:
        add_attachment(vault, scene.case, tmp_path / "f", testimony="t-lee")
        made = draft_release(vault, scene.case, worked_case_path("draft.en.txt").read_text(encoding="utf-8"))
        assess_release(vault, scene.case, made.id)
        old = backup(vault, tmp_path / "old")
        before = {r.id for r in vault.store.records(scene.case)}
        row = load_case(vault, vault.open_case(scene.case)).row_of("testimony", "t-lee")
        withdrawn_parts = sealed_parts(vault, before)
        assert withdraw_testimony(vault, scene.case, "t-lee").drafts
        left = {r.id for r in vault.store.records(scene.case)}
        withdrawn_parts -= sealed_parts(vault, left)
        after = look(vault, scene.case), every_value(vault)
        new = backup(vault, tmp_path / "new")
    place = elsewhere()
    back = put_back(place, scene, old.data, new.keys)
    assert (back.rows_missing, back.files, back.files_missing, back.forgot) == (0, 0, 0, "")
    assert back.destroyed_again == len(before - left) > 0
    with scene.as_(HANA, place) as vault:
        assert (look(vault, scene.case), every_value(vault)) == after
        assert list_releases(vault, scene.case) == ()
        assert withdrawn_parts
        assert not withdrawn_parts & sealed_parts(vault, before | left)
        assert not any(row in value for value in every_value(vault)[UNIT_KEY.name])
        assert verify(vault)
        assert check_vault(vault).damaged == ()


@pytest.mark.parametrize("whole", [True, False])
def test_the_vault_that_is_replaced_tells_what_was_withdrawn_since(scene, elsewhere, tmp_path, whole):
    """Both archives older: what the later vault destroyed stays away, but not what was lost there by damage."""
    with scene.as_() as vault:
        old = backup(vault, tmp_path / "old")
        withdraw_testimony(vault, scene.case, "t-lee")
        after = look(vault, scene.case)
        if not whole:
            bae = load_case(vault, vault.open_case(scene.case)).row_of("testimony", "t-bae")
            tamper(vault, sa.delete(RECORD).where(RECORD.c.id == bae))
    place = elsewhere()
    back = put_back(place, scene, old.data, old.keys, later=scene.place)
    assert back.destroyed_again > 0
    assert back.rows_missing == 0
    with scene.as_(HANA, place) as vault:
        assert look(vault, scene.case) == after
        verify(vault)
        assert vault.store.shreds()
        assert check_vault(vault).damaged == ()


def test_a_later_vault_that_does_not_open_is_not_passed_over(scene, elsewhere, tmp_path):
    """Whoever names one is told, and nothing is restored."""
    with scene.as_() as vault:
        old = backup(vault, tmp_path / "old")
    place, nowhere = elsewhere(), elsewhere("sqlcipher")
    with pytest.raises(VaultError):
        put_back(place, scene, old.data, old.keys, later=nowhere)
    assert is_empty(place)


def test_going_back_says_what_this_machine_forgot(scene, tmp_path):
    """A vault restored where a later one was: the head that was seen there is told, and is in the trail."""
    if scene.place.in_database:
        pytest.skip("a folder is moved aside; a database is not")
    with scene.as_() as vault:
        old = backup(vault, tmp_path / "old")
        withdraw_testimony(vault, scene.case, "t-lee")
        last = vault.store.head()
        after = look(vault, scene.case)
    aside = scene.place.folder.rename(tmp_path / "aside")
    later = type(scene.place)(where=str(aside), state=scene.place.state)
    assert put_back(scene.place, scene, old.data, old.keys, later=later).forgot == f"{last.number}:{last.hash}"
    with scene.as_() as vault:
        assert look(vault, scene.case) == after
        assert show_trail(vault, action="vault.restore")[0].things["forgot"] == last.number


def test_a_forged_trail_is_not_restored(scene, elsewhere, tmp_path):
    """A backup of a vault whose trail was edited is refused, and nothing is there."""
    with scene.as_() as vault:
        free_trail(vault)
        tamper(vault, "UPDATE trail SET at = '2001-01-01T00:00:00+00:00' WHERE number = 3")
        done = backup(vault, tmp_path / "b")
    place = elsewhere()
    with pytest.raises(DamagedVault, match="entry 3 "):
        put_back(place, scene, done.data, done.keys)
    assert is_empty(place)


def test_rows_that_no_entry_wrote_are_not_restored(scene, elsewhere, tmp_path):
    """Nor are those that somebody slipped in."""
    with scene.as_() as vault:
        tamper(vault, sa.insert(GRANT).values(id="g-x", mailbox="m", wrapped=b"x", entry=2))
        done = backup(vault, tmp_path / "b")
    place = elsewhere()
    with pytest.raises(DamagedVault, match="no entry"):
        put_back(place, scene, done.data, done.keys)
    assert is_empty(place)


def test_a_restoring_that_fails_late_leaves_nothing_and_can_be_repeated(scene, elsewhere, tmp_path):
    """The last byte of the data is wrong: rows and files that went in before are gone again."""
    (tmp_path / "f").write_bytes(b"a photo" * 3000)
    with scene.as_() as vault:
        add_attachment(vault, scene.case, tmp_path / "f")
        done = backup(vault, tmp_path / "b")
    content = Path(done.data).read_bytes()
    (tmp_path / "bent").write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    place = elsewhere()
    with pytest.raises(DamagedVault):
        put_back(place, scene, tmp_path / "bent", done.keys)
    assert is_empty(place)
    assert put_back(place, scene, done.data, done.keys).files == 1


def test_a_vault_moves_there_and_back_again(scene, elsewhere, tmp_path):
    """File to database to file: every sealed row is the one it was."""
    with scene.as_() as vault:
        before = every_value(vault)
        done = backup(vault, tmp_path / "0")
    for number, kind in enumerate(("postgresql", "sqlcipher", "postgresql"), 1):
        place = elsewhere(kind)
        put_back(place, scene, done.data, done.keys)
        with scene.as_(HANA, place) as vault:
            assert every_value(vault) == before
            verify(vault, head=done.head)
            done = backup(vault, tmp_path / str(number))


def test_officers_restore_where_no_member_is_left(scene, elsewhere, tmp_path):
    """Two kits open the backup and then the vault; one alone restores nothing."""
    with scene.as_() as vault:
        kits = make_kits(vault)
        before = look(vault, scene.case)
        done = backup(vault, tmp_path / "b")
    place = elsewhere()
    archives = Path(done.data), Path(done.keys)
    with pytest.raises(RecoveryError):
        restore(place, *archives, passphrase=pytest.fail, kits=kits[:1])
    assert is_empty(place)
    restore(place, *archives, passphrase=pytest.fail, kits=kits[1:])
    vault = use(place, kits[1:], name="New", passphrase="quite other words now", cost=CHEAP)
    with contextlib.closing(vault):
        assert look(vault, scene.case) == before
        assert show_trail(vault, action="vault.restore")[0].things["officers"] == [2, 3]
        verify(vault)


def test_who_left_does_not_restore_what_came_after(scene, elsewhere, tmp_path):
    """A later archive of the keys has no slot for them."""
    with scene.as_() as vault:
        revoke_member(vault, scene.ids["Min"])
        done = backup(vault, tmp_path / "b")
    place = elsewhere()
    with pytest.raises(UnlockError):
        restore(
            place, Path(done.data), Path(done.keys), passphrase=lambda: phrase_of("Min"), member=scene.ids["Min"]
        )
    assert is_empty(place)


def test_files_are_never_left_out_silently(scene, elsewhere, tmp_path):
    """Where nobody said where the files lie or go, nothing is backed up or restored."""
    (tmp_path / "f").write_bytes(b"a photo" * 3000)
    with scene.as_() as vault:
        add_attachment(vault, scene.case, tmp_path / "f")
        done = backup(vault, tmp_path / "b")
        vault.files = None
        with pytest.raises(UsageError, match="files"):
            backup(vault, tmp_path / "c")
        assert list((tmp_path / "c").iterdir()) == []
        assert any("not read" in w.what for w in check_vault(vault).warnings)
    place = elsewhere("postgresql")
    blind = type(place)(where=place.where, state=place.state)
    with pytest.raises(UsageError, match="files"):
        put_back(blind, scene, done.data, done.keys)
    assert is_empty(place)


def test_what_is_written_during_a_backup_does_not_disturb_it(scene, elsewhere, tmp_path, monkeypatch):
    """A member goes on writing between the two archives: both hold the same moment, and restore without a gap."""
    from bearwitness.services import backup as module

    real = module.dump_data

    def dump_data(*args):
        with scene.as_() as other:
            withdraw_testimony(other, scene.case, "t-lee")
        return real(*args)

    with scene.as_() as vault:
        before = look(vault, scene.case)
        monkeypatch.setattr(module, "dump_data", dump_data)
        done = backup(vault, tmp_path / "b")
        assert look(vault, scene.case) != before
    place = elsewhere()
    assert put_back(place, scene, done.data, done.keys).rows_missing == 0
    vault = unlock(place, passphrase=lambda: phrase_of(HANA), member=scene.ids[HANA])
    with contextlib.closing(vault):
        assert look(vault, scene.case) == before
        assert not vault.store.shreds()
