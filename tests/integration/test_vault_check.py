"""The check of a vault names everything that is damaged, and nothing else hides behind it."""

import os
from pathlib import Path

import pytest
import sqlalchemy as sa
from vault_scene import CHEAP, HANA, make_scene

from bearwitness.errors import AccessDenied, DamagedVault, UsageError
from bearwitness.services.archive import load_case
from bearwitness.services.attachments import add_attachment
from bearwitness.services.audit import show_trail, verify
from bearwitness.services.case_access import create_case, list_cases
from bearwitness.services.intake import code_act, use_case
from bearwitness.services.members import add_member, revoke_member
from bearwitness.services.vault_check import check_vault
from bearwitness.services.withdrawal import withdraw_testimony
from bearwitness.vault.attachment_files import AttachmentFolder
from bearwitness.vault.tables import CASE_FILE, GRANT, RECORD, UNIT_KEY


@pytest.fixture
def scene(place):
    """A vault of two members; one of them holds nothing."""
    return make_scene(place)


def tamper(vault, statement):
    """Change the database behind the program's back."""
    with vault.store.engine.connect().execution_options(writing=True) as connection, connection.begin():
        connection.execute(statement)


def row_of(vault, scene, kind, name):
    """The row of a record."""
    return load_case(vault, vault.open_case(scene.case)).row_of(kind, name)


def test_a_damaged_record_is_named_and_does_not_hide_the_others(scene):
    """Everything but that record is still shown; whoever needs the whole case is refused."""
    with scene.as_(HANA) as vault:
        row = row_of(vault, scene, "act", "lee-threat")
        part = sa.select(RECORD.c.content).where(RECORD.c.id == row).scalar_subquery()
        tamper(vault, sa.update(RECORD).where(RECORD.c.id == row).values(content=sa.func.substr(part, 1, 60)))
        found = check_vault(vault)
        assert [f.where for f in found.damaged] == [f"record {row} of case {scene.case}"]
        shown = use_case(vault, scene.case, action="case.show")
        assert shown.damaged == (row,)
        assert {a.id for a in shown.case.acts} == {"ahn-raid", "ahn-detention", "bae-threat"}
        with pytest.raises(DamagedVault, match=row):
            load_case(vault, vault.open_case(scene.case))


def test_a_row_that_was_taken_out_is_noticed_by_its_entry(scene):
    """A record that vanished cannot be read, but the entry that wrote it counts its rows."""
    with scene.as_(HANA) as vault:
        verify(vault)
        entry = next(e.number for e in show_trail(vault) if e.wrote.get("record"))
        tamper(vault, sa.delete(RECORD).where(RECORD.c.id == row_of(vault, scene, "testimony", "t-bae")))
        with pytest.raises(DamagedVault, match=f"entry {entry} "):
            verify(vault)
        assert "trail" in [f.where for f in check_vault(vault).damaged]


def test_a_file_that_is_cut_short_or_gone_is_named(scene, tmp_path):
    """Each damaged file is named by its attachment; files of no record are swept."""
    (tmp_path / "f").write_bytes(b"x" * 100_000)
    with scene.as_(HANA) as vault:
        for testimony in ("t-ahn", "t-bae", "t-lee"):
            add_attachment(vault, scene.case, tmp_path / "f", testimony=testimony)
        assert check_vault(vault).damaged == ()
        one, other, _ = sorted(p for p in Path(vault.files).rglob("*") if p.is_file())
        one.write_bytes(one.read_bytes()[:-1])
        other.unlink()
        found = check_vault(vault)
        assert len(found.damaged) == 2
        assert all(f.where.startswith("attachment f-") for f in found.damaged)
        assert found.files == 3


def test_whoever_is_revoked_while_their_vault_is_open_reads_nothing_more(scene):
    """The next step already is refused."""
    with scene.as_("Min") as other, scene.as_(HANA) as vault:
        list_cases(other)
        revoke_member(vault, scene.ids["Min"])
        with pytest.raises(AccessDenied):
            list_cases(other)
        verify(vault)


def test_every_version_is_read_not_only_the_newest(scene):
    """An act that was coded anew: its first version is damaged, and named."""
    with scene.as_(HANA) as vault:
        code_act(vault, scene.case, "lee-threat", {"kind": "raid"})
        row = row_of(vault, scene, "act", "lee-threat")
        assert check_vault(vault).damaged == ()
        tamper(vault, sa.update(RECORD).where(RECORD.c.id == row, RECORD.c.version == 1).values(content=b"junk"))
        found = check_vault(vault).damaged
        assert [f.where for f in found] == [f"record {row} of case {scene.case}"]
        assert "version 1" in found[0].what


def test_a_damaged_grant_or_roster_does_not_hide_the_other_cases(scene):
    """Each is named by its id; the records of every case are read all the same."""
    with scene.as_(HANA) as vault:
        whole = check_vault(vault).records
        second, third = create_case(vault, "second"), create_case(vault, "third")
        grant = third.roster.seats[0].grants[0]
        tamper(vault, sa.update(CASE_FILE).where(CASE_FILE.c.id == second.id).values(sealed=b"bw\x01" + bytes(200)))
        tamper(vault, sa.update(GRANT).where(GRANT.c.id == grant).values(wrapped=bytes(1300)))
    with scene.as_(HANA) as vault:
        found = check_vault(vault)
        assert {f.where for f in found.damaged} == {f"case {second.id}", f"grant {grant}"}
        assert all(f.do for f in found.damaged)
        assert found.records == whole


def test_a_missing_key_is_told_from_a_withdrawn_one(scene):
    """Only what nobody withdrew is damage; the records that it alone opened are named too."""
    with scene.as_(HANA) as vault:
        withdraw_testimony(vault, scene.case, "t-lee")
        assert check_vault(vault).damaged == ()
        row = row_of(vault, scene, "testimony", "t-bae")
        tamper(vault, sa.delete(UNIT_KEY).where(UNIT_KEY.c.unit == row))
        found = [f.where for f in check_vault(vault).damaged]
        assert "trail" in found
        assert f"record {row} of case {scene.case}" in found
        assert sum(where.startswith(f"key of unit {row}") for where in found) >= 2


def test_a_withdrawn_key_that_somebody_put_back_is_named(scene):
    """The rows fit no entry, and the key has no business there."""
    with scene.as_(HANA) as vault:
        row = row_of(vault, scene, "testimony", "t-lee")
        with vault.store.engine.connect() as connection:
            kept = [dict(r) for r in connection.execute(sa.select(UNIT_KEY).where(UNIT_KEY.c.unit == row)).mappings()]
        withdraw_testimony(vault, scene.case, "t-lee")
        tamper(vault, sa.insert(UNIT_KEY).values(kept))
        found = check_vault(vault)
        assert "trail" in [f.where for f in found.damaged]
        assert any(f.where.startswith(f"key of unit {row}") and "withdrawn" in f.what for f in found.warnings)


def test_a_file_of_no_record_is_swept_once_it_is_old(scene, tmp_path):
    """What was left by a stopped step goes; the files of records stay, and so does everything while damage is about."""
    (tmp_path / "f").write_bytes(b"x" * 1000)
    with scene.as_(HANA) as vault:
        add_attachment(vault, scene.case, tmp_path / "f")
        folder = AttachmentFolder(vault.files)
        name, _ = folder.write(lambda file: file.write(b"left"))
        assert check_vault(vault).warnings[-1].where != "files"
        for path in Path(vault.files).rglob("*"):
            os.utime(path, (0, 0))
        found = check_vault(vault)
        assert found.damaged == ()
        assert found.warnings[-1].where == "files"
        assert len(folder.names()) == 1
        assert name not in folder.names()


def test_a_trail_that_grows_meanwhile_is_no_damage(scene, monkeypatch):
    """Somebody writes between the counting of the rows and the reading of the trail."""
    with scene.as_(HANA) as vault:
        real = type(vault.store).written

        def written(store):
            found = real(store)
            monkeypatch.undo()
            add_member(vault, name="Sori", passphrase="Sori keeps four words", cost=CHEAP)
            withdraw_testimony(vault, scene.case, "t-lee")
            return found

        monkeypatch.setattr(type(vault.store), "written", written)
        verify(vault)


def test_a_head_that_was_written_down_is_compared(scene):
    """The right one holds in any capitals; another hash, a later number, or no head at all are refused."""
    with scene.as_(HANA) as vault:
        head = verify(vault).head
        number, _, digest = head.partition(":")
        assert verify(vault, head=f" {number}:{digest.upper()}\n").entries == int(number) + 1
        for wrong in (f"{number}:{digest[::-1]}", f"{int(number) + 50}:{digest}"):
            with pytest.raises(DamagedVault, match="entry"):
                verify(vault, head=wrong)
        for no_head in ("", "12", f"0:{digest}", f"-1:{digest}", f"1:{digest[:-1]}g", "²:" + digest):
            with pytest.raises(UsageError):
                verify(vault, head=no_head)
