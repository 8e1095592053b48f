"""The PostgreSQL server that tests start is real, apart from everything else, and leaves nothing behind."""

import os
import signal
import stat
import time
from pathlib import Path

import postgres_server as module
import pytest
import sqlalchemy as sa
from postgres_server import find_postgres, new_database, postgres_server, why_no_postgres
from sqlalchemy.pool import NullPool


@pytest.fixture(scope="module")
def url():
    with postgres_server() as found:
        yield found


def ask(url, statement):
    """The answer to a statement in one connection."""
    engine = sa.create_engine(url, poolclass=NullPool)
    with engine.connect() as connection:
        return connection.execute(sa.text(statement)).scalar()


def home(url):
    return Path(sa.make_url(url).query["host"])


def server_id(url):
    return int((home(url) / "data" / "postmaster.pid").read_text(encoding="utf-8").split()[0])


def runs(process):
    """Whether a process is there and does something."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{process}/stat")
    return not state.exists() or state.read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0] != "Z"


def has_ended(process):
    """Whether a process ends within a few seconds."""
    for _ in range(100):
        if not runs(process):
            return True
        time.sleep(0.05)
    return False


def test_the_server_answers(url):
    """It is PostgreSQL, speaks UTF-8, and does not run as root."""
    assert "PostgreSQL" in ask(url, "SELECT version()")
    assert ask(url, "SELECT '신의주'") == "신의주"
    assert ask(url, "SHOW server_encoding") == "UTF8"
    assert (home(url) / "data").stat().st_uid != 0


def test_the_server_is_reached_by_its_socket_only(url):
    """It listens to no network, and nobody else can enter its folder."""
    assert ask(url, "SHOW listen_addresses") == ""
    assert stat.S_IMODE(home(url).stat().st_mode) == 0o700


def test_every_database_is_new_and_empty(url):
    """What is made in one database is not in the next."""
    one, two = new_database(url), new_database(url)
    assert one != two
    count = "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'"
    engine = sa.create_engine(one, poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE noted (id int)"))
    assert (ask(one, count), ask(two, count)) == (1, 0)


def test_a_server_waits_for_the_disk_only_if_asked_to(url):
    """Without the option it is fast, with it every commit is durable."""
    assert ask(url, "SHOW fsync") == "off"
    with postgres_server(durable=True) as durable:
        assert durable != url
        assert [ask(durable, f"SHOW {s}") for s in ("fsync", "synchronous_commit", "full_page_writes")] == ["on"] * 3


class Stumble(Exception):
    """An error of a test."""


def test_nothing_is_left_after_an_error():
    """A server whose test fails is stopped, with a connection still open, and its folder is gone."""
    with pytest.raises(Stumble), postgres_server() as url:  # noqa: PT012
        connection = sa.create_engine(url, poolclass=NullPool).connect()
        process, folder = server_id(url), home(url)
        assert runs(process)
        raise Stumble
    assert has_ended(process)
    assert not folder.exists()
    connection.invalidate()


def test_a_server_that_died_is_cleared_away():
    """A test may kill its server; what it left is removed all the same."""
    with postgres_server() as url:
        process, folder = server_id(url), home(url)
        os.kill(process, signal.SIGKILL)
        assert has_ended(process)
    assert not folder.exists()


@pytest.mark.parametrize(("ci", "has_apt", "raises"), [("true", True, True), ("true", False, False), ("", True, False),
                                                       ("false", True, False)])  # fmt: skip
def test_a_missing_server_is_told(monkeypatch, ci, has_apt, raises):
    """Without a server its tests are skipped with the reason, but fail where one could have been installed."""
    monkeypatch.setattr(module, "find_postgres", lambda: None)
    monkeypatch.setattr(module.shutil, "which", lambda _: "/usr/bin/apt-get" if has_apt else None)
    monkeypatch.setenv("CI", ci)
    with pytest.raises(RuntimeError if raises else pytest.skip.Exception, match="no PostgreSQL"), postgres_server():
        pass


def test_the_programs_are_found_in_the_path_through_a_link(tmp_path, monkeypatch):
    """A link to initdb in PATH leads to the folder of all programs; an empty machine has none."""
    programs = find_postgres()
    if programs is None:
        pytest.skip(why_no_postgres())
    monkeypatch.setattr(module, "_folders", lambda find=module._folders: find()[:1])
    (tmp_path / "initdb").symlink_to(programs / "initdb")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_postgres() == programs.resolve()
    monkeypatch.setattr(module, "_folders", list)
    assert find_postgres() is None
    assert "apt-get install postgresql" in why_no_postgres()
