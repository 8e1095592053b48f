"""The check of a vault names everything that is damaged, and nothing else hides behind it."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from vault_scene import HANA, make_scene

from bearwitness.errors import AccessDenied, DamagedVault
from bearwitness.services.archive import load_case
from bearwitness.services.attachments import add_attachment
from bearwitness.services.audit import show_trail, verify
from bearwitness.services.case_access import list_cases
from bearwitness.services.intake import use_case
from bearwitness.services.members import revoke_member
from bearwitness.services.vault_check import check_vault
from bearwitness.vault.tables import RECORD


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
