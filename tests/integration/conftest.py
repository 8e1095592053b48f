"""Fixtures of the tests of a whole vault: each runs on an SQLCipher file and on a PostgreSQL database."""

import pytest
from postgres_server import postgres_server
from vault_scene import empty_place


@pytest.fixture(scope="session")
def server():
    """The address of one PostgreSQL server for all tests."""
    with postgres_server() as url:
        yield url


@pytest.fixture(params=["sqlcipher", "postgresql"])
def place(request, tmp_path):
    """A place for a vault where there is none yet."""
    return empty_place(request.param, tmp_path, request.getfixturevalue("server") if "post" in request.param else None)
