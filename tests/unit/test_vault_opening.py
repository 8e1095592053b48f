"""A vault's database opens with its key only and is sealed as a whole; an address with a password is refused."""

import stat

import pytest
import sqlalchemy as sa

from bearwitness.errors import DamagedVault, UsageError, VaultError
from bearwitness.vault.opening import FILE, SCHEMA, is_url, open_file, open_url
from bearwitness.vault.sealing import SecretKey
from bearwitness.vault.sql_store import SqlStore
from bearwitness.vault.tables import METADATA

KEY = SecretKey(bytes(range(32)))


@pytest.fixture
def folder(tmp_path):
    engine = open_file(tmp_path, KEY, make=True)
    with engine.begin() as connection:
        connection.execute(sa.insert(METADATA.tables["card"]), [
            {"id": "s-speaking", "kind": "member", "sealed": b"sealed bytes", "entry": 1}])  # fmt: skip
    engine.dispose()
    return tmp_path


def cards(engine):
    with engine.connect() as connection:
        return connection.execute(sa.select(METADATA.tables["card"].c.id)).scalars().all()


def test_the_key_opens_what_was_made(folder):
    """What was written is there, in all tables of this program's version."""
    engine = open_file(folder, KEY)
    assert cards(engine) == ["s-speaking"]
    assert set(METADATA.tables) <= set(sa.inspect(engine).get_table_names())
    with engine.connect() as connection:
        assert connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar_one() == SCHEMA
    engine.dispose()


def test_the_file_is_sealed_as_a_whole(folder):
    """Neither names of tables nor ids nor SQLite's own heading can be read in it or beside it."""
    for path in folder.iterdir():
        content = path.read_bytes()
        assert not [w for w in (b"SQLite format 3", b"CREATE TABLE", b"unit_key", b"s-speaking") if w in content]


def test_only_its_owner_reads_the_file(folder):
    """Others of the machine have no right to it."""
    assert stat.S_IMODE((folder / FILE).stat().st_mode) == 0o600


def test_another_key_opens_nothing(folder):
    """It is said that the file is damaged: wrong key and damage cannot be told apart; no key is in the words."""
    with pytest.raises(DamagedVault) as refused:
        open_file(folder, SecretKey.generate())
    assert KEY.raw.hex() not in str(refused.value)


@pytest.mark.parametrize("at", [0, 20, 5000, -10])
def test_a_changed_page_is_noticed(folder, at):
    """Wherever a byte of the file is changed, reading it all does not give out something else."""
    content = bytearray((folder / FILE).read_bytes())
    content[at] ^= 1
    (folder / FILE).write_bytes(bytes(content))
    try:
        engine = open_file(folder, KEY)
    except DamagedVault:
        return
    assert SqlStore(engine).damage()
    engine.dispose()


def test_what_is_not_there_is_not_made(tmp_path):
    """A mistyped folder does not become an empty vault."""
    with pytest.raises(VaultError, match="no database"):
        open_file(tmp_path, KEY)
    assert not list(tmp_path.iterdir())


def test_a_later_programs_vault_is_refused(folder):
    """It is not changed by an earlier program."""
    engine = open_file(folder, KEY)
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(VaultError, match="later program"):
        open_file(folder, KEY)


def test_deleted_rows_leave_nothing_in_the_pages(folder):
    """Deleted bytes are overwritten, temporary tables stay in memory, and every commit reaches the disk."""
    engine = open_file(folder, KEY)
    with engine.connect() as connection:
        names = ("secure_delete", "temp_store", "synchronous")
        found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in names}
    engine.dispose()
    assert found == {"secure_delete": 1, "temp_store": 2, "synchronous": 2}


@pytest.mark.parametrize("url", ["mysql://h/d", "sqlite:///x.db", "://", "http://h", "postgresql://u:secret@h/d"])
def test_other_addresses_are_refused(url):
    """Only PostgreSQL, and no password in the address, where other users would see it; it is not repeated."""
    with pytest.raises(UsageError) as refused:
        open_url(url)
    assert "secret" not in str(refused.value)


def test_a_server_that_does_not_answer_is_said_to_be_away(tmp_path):
    """Nothing of the address is in the message."""
    with pytest.raises(VaultError) as refused:
        open_url(f"postgresql://somebody@/database?host={tmp_path}")
    assert "somebody" not in str(refused.value)


def test_an_address_is_told_from_a_folder():
    """By what stands between the kind and the host."""
    assert is_url("postgresql://h/d")
    assert not is_url("/home/hana/vault")
    assert not is_url("vault")
