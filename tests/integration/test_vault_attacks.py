"""Whoever has the database, and even its key, changes it behind the back of the store: each change is found out."""

import re
import shutil
from dataclasses import replace

import pytest
import sqlalchemy as sa
from vault_scene import (
    CASE,
    MIN,
    change_case,
    empty_place,
    make_scene,
    slots_of,
    tamper,
)

from bearwitness.errors import BearwitnessError, DamagedVault, VaultError
from bearwitness.services.archive import load_case
from bearwitness.services.audit import verify
from bearwitness.services.case_access import create_case, revoke_case
from bearwitness.services.vault_check import check_vault
from bearwitness.vault.tables import CARD, CASE_FILE, GRANT, RECORD, UNIT_KEY


@pytest.fixture
def scene(place):
    return make_scene(place, members=((MIN, ("content",)),))


@pytest.fixture
def vault(scene):
    with scene.as_() as found:
        yield found


def rows_of(vault, kind, case=CASE):
    """The rows of the records of a kind, by the ids people know."""
    archive = load_case(vault, vault.open_case(case))
    return {name: stored.row for (of, name), stored in archive.records.items() if of == kind}


def values(vault, query):
    with vault.store.engine.connect() as connection:
        return connection.execute(query).all()


def of_record(row):
    return sa.update(RECORD).where(RECORD.c.id == row)


def swap_parts(vault):
    """The contents of two people change places."""
    one, two = (rows_of(vault, "person")[n] for n in ("ahn", "lee"))
    had = dict(values(vault, sa.select(RECORD.c.id, RECORD.c.content).where(RECORD.c.id.in_([one, two]))))
    tamper(vault, of_record(one).values(content=had[two]), of_record(two).values(content=had[one]))
    return one, two


def move_part(vault):
    """A name is put where content stands: whoever holds only content could read it else."""
    row = rows_of(vault, "person")["ahn"]
    tamper(vault, of_record(row).values(content=RECORD.c.identity))
    return (row,)


def move_row(vault):
    """A record gets another id."""
    row = rows_of(vault, "act")["lee-threat"]
    tamper(vault, of_record(row).values(id="f" * 32))
    return ("f" * 32,)


def raise_version(vault):
    """A record gets another version."""
    row = rows_of(vault, "testimony")["t-bae"]
    tamper(vault, of_record(row).values(version=7))
    return (row,)


def flip_bit(vault):
    """One bit of a part changes."""
    row = rows_of(vault, "testimony")["t-bae"]
    (sealed,) = values(vault, sa.select(RECORD.c.chain).where(RECORD.c.id == row))[0]
    tamper(vault, of_record(row).values(chain=sealed[:-1] + bytes([sealed[-1] ^ 1])))
    return (row,)


def swap_unit_keys(vault):
    """The keys of two people's names change places."""
    one, two = (rows_of(vault, "person")[n] for n in ("ahn", "lee"))
    mine = [sa.and_(UNIT_KEY.c.unit == unit, UNIT_KEY.c.compartment == "identity") for unit in (one, two)]
    had = [values(vault, sa.select(UNIT_KEY.c.sealed).where(w))[0][0] for w in mine]
    tamper(vault, *(sa.update(UNIT_KEY).where(w).values(sealed=s) for w, s in zip(mine, had[::-1], strict=True)))
    return one, two


SPOILT = (swap_parts, move_part, move_row, raise_version, flip_bit, swap_unit_keys)


@pytest.mark.parametrize("attack", SPOILT, ids=lambda a: a.__name__)
def test_what_was_changed_or_moved_does_not_open(vault, attack):
    """A part or key that was changed or moved is refused by its id, and hides no other record."""
    gone = attack(vault)
    opened = vault.open_case(CASE)
    with pytest.raises(DamagedVault) as refused:
        load_case(vault, opened)
    rest = load_case(vault, opened, tolerant=True)
    named = set(re.findall("[0-9a-f]{32}", refused.value.message))
    assert named
    assert named <= set(rest.damaged)
    assert set(rest.damaged) >= set(gone)
    assert {("person", "carrier"), ("act", "bae-threat"), ("household", "h-carrier")} <= rest.records.keys()
    assert {f.where for f in check_vault(vault).damaged} >= {f"record {row} of case {opened.id}" for row in gone}


def delete_record(vault):
    """A record is taken out."""
    tamper(vault, sa.delete(RECORD).where(RECORD.c.id == rows_of(vault, "consent")["c-bae"]))


def delete_version(vault):
    """The newest version of a record is taken out, so that the one before counts again."""
    change_case(vault, CASE, lambda c: replace(c, acts=tuple(replace(a, perpetrator=None) for a in c.acts)))
    tamper(vault, sa.delete(RECORD).where(RECORD.c.version == 2))


def delete_unit_key(vault):
    """A key is taken out: the record looks as if its teller had withdrawn it."""
    tamper(vault, sa.delete(UNIT_KEY).where(UNIT_KEY.c.unit == rows_of(vault, "testimony")["t-lee"]))


def delete_card(vault):
    """A member is made unknown."""
    tamper(vault, sa.delete(CARD).where(CARD.c.id == vault.store.cards()[-1].id))


def delete_grant(vault):
    """A grant is taken out."""
    tamper(vault, sa.delete(GRANT).where(GRANT.c.id == values(vault, sa.select(GRANT.c.id))[-1][0]))


def add_record(vault):
    """A record is there twice."""
    row = vault.store.records(vault.open_case(CASE).id)[0]
    names = {n: getattr(row, n) for n in type(row).__slots__}
    tamper(vault, sa.insert(RECORD).values(**{**names, "id": "e" * 32, "entry": 2}))


MISSING = (delete_record, delete_version, delete_unit_key, delete_card, delete_grant, add_record)


@pytest.mark.parametrize("attack", MISSING, ids=lambda a: a.__name__)
def test_what_is_missing_or_too_much_is_counted(vault, attack):
    """Rows that were taken out or slipped in are found by the trail, which tells how many each entry wrote."""
    verify(vault)
    attack(vault)
    with pytest.raises(DamagedVault, match=r"entry \d+ of the trail"):
        verify(vault)
    assert any(f.where == "trail" for f in check_vault(vault).damaged)


def into_other_case(vault):
    """A record is moved to another case, where its key is not: it looks as if it had been withdrawn."""
    other = create_case(vault, "other").id
    tamper(vault, of_record(rows_of(vault, "consent")["c-bae"]).values(case=other))


def unit_key_into_other_case(vault):
    """A key is moved to another case: what it opens looks as if it had been withdrawn."""
    other = create_case(vault, "other").id
    tamper(vault, sa.update(UNIT_KEY).where(UNIT_KEY.c.unit == rows_of(vault, "person")["bae"]).values(case=other))


def into_other_kind(vault):
    """A version becomes another kind, so that the one before counts again."""
    change_case(vault, CASE, lambda c: replace(c, acts=tuple(replace(a, perpetrator=None) for a in c.acts)))
    tamper(vault, sa.update(RECORD).where(RECORD.c.version == 2).values(kind="x"))


HIDING = (into_other_case, unit_key_into_other_case, into_other_kind)


@pytest.mark.parametrize("attack", HIDING, ids=lambda a: a.__name__)
def test_what_is_hidden_is_found(vault, attack):
    """What is hidden without a row more or less is found by the check: nobody withdrew it."""
    assert not check_vault(vault).damaged
    attack(vault)
    vault.refresh()
    assert check_vault(vault).damaged


def test_an_older_roster_does_not_come_back(vault):
    """The roster in which a member was still there does not count for a version of now."""
    revoke_case(vault, CASE, next(m for m in vault.directory.members if m != vault.member))
    rows = values(vault, sa.select(CASE_FILE).order_by(CASE_FILE.c.version))
    tamper(vault, sa.insert(CASE_FILE).values(**{**rows[-2]._mapping, "version": rows[-1].version + 1}))
    vault.refresh()
    with pytest.raises(DamagedVault, match="roster"):
        vault.open_case(CASE)
    with pytest.raises(DamagedVault):
        verify(vault)


def test_a_damaged_page_is_damage(tmp_path):
    """A byte changed anywhere in the file is an error that says so, or is found by the check."""
    scene = make_scene(empty_place("sqlcipher", tmp_path))
    file = scene.place.folder / "vault.db"
    sound = file.read_bytes()
    for at in range(100, len(sound), max(4096, len(sound) // 40)):
        file.write_bytes(sound[:at] + bytes([sound[at] ^ 1]) + sound[at + 1 :])
        shutil.rmtree(tmp_path / "state", ignore_errors=True)
        for leftover in scene.place.folder.glob("vault.db-*"):
            leftover.unlink()
        found, kind = (), DamagedVault
        try:
            with scene.as_() as vault:
                found = vault.store.damage()
        except BearwitnessError as error:
            found, kind = (str(error),), type(error)
        assert found, f"byte {at} was changed and nothing was noticed"
        assert kind is DamagedVault, f"byte {at}: {found}"


def test_another_book_of_slots_is_refused(tmp_path):
    """A book that is no book, or of another organisation, opens nothing."""
    scene = make_scene(empty_place("sqlcipher", tmp_path / "one"))
    other = make_scene(empty_place("sqlcipher", tmp_path / "two"))
    book = scene.place.folder / "slots.json"
    for text in (b"", b"{}", slots_of(scene.place)[:-40], b'{"bearwitness": "slots", "version": 1}'):
        book.write_bytes(text)
        with pytest.raises(DamagedVault, match="book of slots"):
            scene.open()
    book.write_bytes(slots_of(other.place))
    with pytest.raises(BearwitnessError):
        scene.open()
    with pytest.raises(DamagedVault):
        replace(scene, ids=other.ids).open()
    book.unlink()
    with pytest.raises(VaultError, match="no vault here"):
        scene.open()
