"""Whoever has the database and its key edits the trail, or puts an older copy in its place: it is found out."""

import shutil
from dataclasses import replace

import pytest
import sqlalchemy as sa
from vault_scene import (
    CASE,
    MIN,
    change_case,
    check_whole,
    empty_place,
    free_trail,
    make_scene,
    tamper,
)

from bearwitness.errors import DamagedVault
from bearwitness.services.case_access import create_case
from bearwitness.vault.tables import TRAIL


@pytest.fixture
def scene(place):
    return make_scene(place, members=((MIN, ("content",)),))


@pytest.fixture
def vault(scene):
    with scene.as_() as found:
        yield found


@pytest.mark.parametrize("column", ["number", "at", "before", "hash", "sealed", "signature"])
def test_an_edited_entry_is_named(vault, column):
    """An entry of which anything was changed is the first broken link."""
    with vault.store.engine.connect() as connection:
        entry = connection.execute(sa.select(TRAIL).where(TRAIL.c.number == 4)).one()
    free_trail(vault)
    old = getattr(entry, column)
    new = {int: 4_000, str: "0" + old[1:] if isinstance(old, str) and old[0] != "0" else "1" + str(old)[1:]}.get(
        type(old)
    ) or bytes(old[:-1]) + bytes([old[-1] ^ 1])  # fmt: skip
    tamper(vault, sa.update(TRAIL).where(TRAIL.c.number == 4).values({column: new}))
    with pytest.raises(DamagedVault, match="entry 4 of the trail"):
        check_whole(vault)


@pytest.mark.parametrize(("what", "number"), [("first", 1), ("middle", 3), ("last", 0)])
def test_a_removed_entry_is_named(scene, what, number):
    """An entry that was taken out is missed, the last one by what this machine saw."""
    with scene.as_() as vault:
        free_trail(vault)
        number = number or vault.store.head().number
        tamper(vault, sa.delete(TRAIL).where(TRAIL.c.number == number))
        with pytest.raises(DamagedVault, match=f"entry {number} of the trail"):
            check_whole(vault, last=vault.seen.load().head)
    if what == "last":
        with pytest.raises(DamagedVault, match="older than the one this machine last saw"):
            scene.open(MIN)


def test_two_entries_cannot_change_places(vault):
    """Entries in another order are a broken chain."""
    free_trail(vault)
    for old, new in ((3, 99), (4, 3), (99, 4)):
        tamper(vault, sa.update(TRAIL).where(TRAIL.c.number == old).values(number=new))
    with pytest.raises(DamagedVault, match="entry 3 of the trail"):
        check_whole(vault)


AGAIN = "INTO trail SELECT * FROM trail WHERE number = 3"


@pytest.mark.parametrize(
    "statement", ["UPDATE trail SET at = ''", "DELETE FROM trail", "TRUNCATE trail", f"INSERT OR REPLACE {AGAIN}"]
)
def test_the_database_itself_keeps_the_trail(vault, statement):
    """The triggers refuse to change or remove an entry."""
    in_postgres = vault.store.engine.dialect.name == "postgresql"
    if ("TRUNCATE" in statement) > in_postgres or ("REPLACE" in statement and in_postgres):
        pytest.skip("not a statement of this database")
    before = list(vault.store.trail())
    with pytest.raises(sa.exc.DBAPIError, match="only added to"), vault.store.engine.begin() as connection:
        connection.execute(sa.text(statement))
    assert list(vault.store.trail()) == before


@pytest.mark.parametrize("whole", [True, False])
def test_an_old_copy_is_noticed(tmp_path, whole):
    """An older database, or the whole older folder, put back in place is refused on a machine that saw more."""
    scene = make_scene(empty_place("sqlcipher", tmp_path))
    shutil.copytree(scene.place.folder, tmp_path / "old")
    with scene.as_() as vault:
        change_case(vault, CASE, lambda c: replace(c, acts=tuple(replace(a, place=None) for a in c.acts)))
    if whole:
        shutil.rmtree(scene.place.folder)
        shutil.copytree(tmp_path / "old", scene.place.folder)
    else:
        shutil.copy(tmp_path / "old" / "vault.db", scene.place.folder / "vault.db")
    with pytest.raises(DamagedVault, match="older than the one this machine last saw"):
        scene.open()


def test_a_replaced_trail_is_noticed(scene):
    """Entries written anew on an older copy do not stand for those this machine saw."""
    with scene.as_() as vault:
        head = vault.store.head()
        free_trail(vault)
        tamper(vault, sa.delete(TRAIL).where(TRAIL.c.number == head.number))
        vault.seen = type("Nowhere", (), {"remember": lambda *_: None, "load": vault.seen.load})()
        create_case(vault, "other")
        assert vault.store.head().number == head.number
    with pytest.raises(DamagedVault, match="another than the one this machine last saw"):
        scene.open()
