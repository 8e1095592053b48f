"""A vault without room, or without the right to write: it refuses with words that say so, and nothing is lost."""

import os
import resource
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from vault_scene import (
    CASE,
    CHEAP,
    HANA,
    MIN,
    check_whole,
    empty_place,
    in_child,
    make_scene,
    phrase_of,
    state_of,
)

from bearwitness.errors import AttachmentError, VaultError
from bearwitness.services.attachments import add_attachment, extract_attachment, verify_attachment
from bearwitness.services.case_access import grant_case, list_cases
from bearwitness.services.exporting import export_case
from bearwitness.services.intake import add_testimony, show_testimony, use_case
from bearwitness.services.members import add_member, change_passphrase, list_members
from bearwitness.services.search import search
from bearwitness.services.unlocking import VaultPlace, create_vault

ACCOUNT = {"teller": "lee", "language": "ko", "directness": "told_by_victim", "text": "다시 들은 말입니다. " * 12_000}
READ_ONLY = "may only be read"


@pytest.fixture
def scene(place):
    return make_scene(place)


@pytest.fixture
def embedded(tmp_path):
    return make_scene(empty_place("sqlcipher", tmp_path))


def seen(scene):
    """The whole state of a vault whose trail holds and whose file is sound."""
    with scene.as_() as vault:
        check_whole(vault)
        assert not vault.store.damage()
        return state_of(vault)


def error_of(task):
    """The class and words of the error of a task; empty where there is none."""
    try:
        task()
    except (VaultError, AttachmentError) as error:
        return type(error).__name__, str(error)
    return "", ""


def refused_with_room(scene, task, room):
    """The error of a task in a process that can write no file beyond ``room`` bytes once the vault is unlocked."""

    def run():
        with scene.as_() as vault:
            resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
            return error_of(lambda: task(vault))

    return in_child(run)


@pytest.mark.parametrize("room", [0, 6_000, 50_000, 300_000])
def test_a_full_disk_refuses_an_account(embedded, room):
    """Without room an account is refused, nothing of it is there, and it is taken once there is room."""
    before = seen(embedded)
    assert refused_with_room(embedded, lambda v: add_testimony(v, CASE, ACCOUNT), room) == (
        "VaultError", "the disk is full; nothing was written. Make room, then repeat."
    )  # fmt: skip
    assert seen(embedded) == before
    with embedded.as_() as vault:
        add_testimony(vault, CASE, ACCOUNT)
    assert seen(embedded) != before


def test_a_full_disk_refuses_a_slot(embedded):
    """Without room for the book of slots a passphrase stays as it is, no member comes, and no leftover stays."""
    before, book = seen(embedded), embedded.place.folder / "slots.json"
    for task in (
        lambda v: change_passphrase(v, old=phrase_of(HANA), new="five other odd words here", cost=CHEAP),
        lambda v: add_member(v, name="Sori", passphrase=phrase_of("Sori"), cost=CHEAP),
    ):
        # There is room for an entry of the trail, and not for the book.
        kind, words = refused_with_room(embedded, task, book.stat().st_size - 500)
        assert kind == "VaultError"
        assert "space" in words or "disk is full" in words
    assert seen(embedded) == before
    assert {p.name for p in embedded.place.folder.iterdir()} <= {"vault.db", "vault.db-wal", "vault.db-shm",
                                                                 "slots.json", "slots.lock", "files"}  # fmt: skip


def test_a_full_disk_refuses_a_file(embedded, tmp_path):
    """Without room a file is refused, and nothing of it stays in the folder of files."""
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(bytes(500_000))
    before = seen(embedded)
    kind, words = refused_with_room(embedded, lambda v: add_attachment(v, CASE, photo), 100_000)
    assert kind == "AttachmentError"
    assert "space" in words
    assert seen(embedded) == before
    assert not [p for p in (embedded.place.folder / "files").rglob("*") if p.is_file()]


def test_a_full_database_refuses_a_step(embedded):
    """A database that may not grow refuses a step, and the same process goes on when it may."""
    before = seen(embedded)
    with embedded.as_() as vault:
        with vault.store.engine.connect() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 5}")
        kind, words = error_of(lambda: add_testimony(vault, CASE, ACCOUNT))
        assert (kind, "disk is full" in words) == ("VaultError", True)
        assert state_of(vault) == before
        with vault.store.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
        add_testimony(vault, CASE, ACCOUNT)
    assert seen(embedded) != before


def test_a_vault_is_made_whole_or_not(tmp_path):
    """Without room no vault is made, and nothing of one is left."""
    place = empty_place("sqlcipher", tmp_path / "new")

    def run():
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
        return error_of(lambda: create_vault(place, name=HANA, passphrase=phrase_of(HANA), cost=CHEAP))

    assert in_child(run)[0] == "VaultError"
    assert not place.folder.exists()
    assert not list((tmp_path / "new").iterdir())
    make_scene(place)


# Everything by which a member sees something.
READINGS = {
    "list_cases": lambda v, _: list_cases(v),
    "list_members": lambda v, _: list_members(v),
    "use_case": lambda v, _: use_case(v, CASE, action="case.show"),
    "show_testimony": lambda v, _: show_testimony(v, CASE, "t-ahn"),
    "search": lambda v, _: search(v, "동생"),
    "export_case": lambda v, out: export_case(v, CASE, out, purpose="documentation"),
    "verify_attachment": lambda v, _: verify_attachment(v, CASE, "f-1"),
    "extract_attachment": lambda v, out: extract_attachment(v, CASE, "f-1", out),
}


@pytest.mark.parametrize("reading", READINGS)
def test_nothing_is_shown_without_its_entry(scene, tmp_path, reading):
    """Where the trail can no longer be written, a reading gives an error, and no file that a member could keep."""
    photo, out = tmp_path / "photo.jpg", tmp_path / "out.yaml"
    photo.write_bytes(b"\xff\xd8" * 100)
    with scene.as_() as vault:
        add_attachment(vault, CASE, photo, testimony="t-lee")
        READINGS[reading](vault, out)
        out.unlink(missing_ok=True)
        number = vault.store.head().number
        with vault.store.engine.connect() as connection:
            if scene.place.in_database:
                database = sa.make_url(scene.place.where).database
                connection.exec_driver_sql(f'ALTER DATABASE "{database}" SET default_transaction_read_only = on')
                connection.commit()
            else:
                connection.exec_driver_sql("PRAGMA query_only = ON")
        if scene.place.in_database:
            # What is set for a database counts for new connections.
            vault.store.engine.dispose()
        kind, words = error_of(lambda: READINGS[reading](vault, out))
        assert kind == "VaultError"
        assert READ_ONLY in words
        assert not out.exists()
        assert vault.store.head().number == number


def test_a_database_that_is_only_read_stays_locked(scene):
    """A vault whose trail cannot be written is not unlocked."""
    if not scene.place.in_database:
        pytest.skip("a folder has its own test")
    engine = sa.create_engine(scene.place.where, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with engine.connect() as connection:
        name = sa.make_url(scene.place.where).database
        connection.exec_driver_sql(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on')
    kind, words = error_of(scene.open)
    assert (kind, READ_ONLY in words) == ("VaultError", True)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
@pytest.mark.parametrize("rights", [0o755, 0o700])
def test_a_folder_that_is_only_read_stays_locked(embedded, rights):
    """Somebody who may read a vault's folder and not write to it, or not even read it, is told so and shown nothing."""
    open_to_all = Path(tempfile.mkdtemp(prefix="bw-"))
    try:
        open_to_all.chmod(0o755)
        vault = shutil.copytree(embedded.place.folder, open_to_all / "vault")
        for path in vault.rglob("*"):
            path.chmod(0o755 if path.is_dir() else 0o644)
        vault.chmod(rights)
        other = replace(embedded, place=VaultPlace(where=str(vault), state=open_to_all / "state"))
        before = (vault / "vault.db").read_bytes()

        def run():
            os.setgroups([])
            os.setgid(65534)
            os.setuid(65534)
            return error_of(lambda: other.open(MIN))

        kind, words = in_child(run)
        assert kind == "VaultError"
        assert "right" in words or READ_ONLY in words
        assert (vault / "vault.db").read_bytes() == before
    finally:
        shutil.rmtree(open_to_all)


def test_granting_needs_the_trail(embedded):
    """A grant that cannot be entered is not given."""
    before = seen(embedded)
    granted = refused_with_room(embedded, lambda v: grant_case(v, CASE, embedded.ids[MIN], ["content"]), 0)
    assert granted[0] == "VaultError"
    assert seen(embedded) == before
