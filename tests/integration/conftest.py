"""Fixtures of several files: an empty place for a vault, on SQLCipher and on PostgreSQL; commands on single files."""

import pytest
from postgres_server import postgres_server
from vault_scene import empty_place

from bearwitness.cli.main import main


@pytest.fixture(scope="session")
def server():
    """The address of one PostgreSQL server for all tests."""
    with postgres_server() as url:
        yield url


@pytest.fixture(params=["sqlcipher", "postgresql"])
def place(request, tmp_path):
    """A place for a vault where there is none yet."""
    return empty_place(request.param, tmp_path, request.getfixturevalue("server") if "post" in request.param else None)


@pytest.fixture
def run(tmp_path, capsys):
    """Runs a command on a file; gives its status and what it printed on either stream. redact writes ``out.txt``."""

    def go(command, path, *more):
        output = ("-o", str(tmp_path / "out.txt")) if command == "redact" else ()
        status = main([command, str(path), *output, *more])
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return go


@pytest.fixture
def put(tmp_path):
    """Writes a file and gives its path."""

    def write(name, content):
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write
