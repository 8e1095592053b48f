"""Opens and makes the database of a vault: an SQLCipher file with a raw key, or PostgreSQL by a URL."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Engine, make_url

from bearwitness.errors import DamagedVault, UsageError, VaultError
from bearwitness.vault.sealing import SecretKey
from bearwitness.vault.store_errors import translate

SCHEMA: Final = "0001"
FILE: Final = "vault.db"
_WAIT_SECONDS: Final = 30
# Temporary tables in memory, deleted bytes overwritten, nothing written twice unsealed.
_PRAGMAS: Final = (
    "journal_mode = WAL", "synchronous = FULL", "secure_delete = ON",
    "temp_store = MEMORY", "foreign_keys = ON", "cell_size_check = ON", "cache_size = -131072",
)  # fmt: skip


def open_file(folder: Path, key: SecretKey, *, make: bool = False) -> Engine:
    """The engine of an SQLCipher file in a vault's folder.

    Parameters
    ----------
    folder : Path
        Of the vault.
    key : SecretKey
        Its database key, used as it is (no derivation).
    make : bool
        Whether the file may be made.

    Raises
    ------
    VaultError
        If there is no such file, or it cannot be opened.
    DamagedVault
        If it does not open with this key.
    """
    from sqlcipher3 import dbapi2

    path = folder / FILE
    if not make and not path.exists():
        raise VaultError("the vault has no database.", hint="Restore a backup of it.", where=str(folder))

    def connect() -> Any:
        connection = dbapi2.connect(str(path), timeout=_WAIT_SECONDS, isolation_level=None, check_same_thread=False)
        # Its own messages go to the terminal else, before anybody can word them.
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{key.raw.hex()}'\"")
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        return connection

    engine = sa.create_engine("sqlite://", creator=connect, module=dbapi2, poolclass=sa.pool.StaticPool)
    if make:
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    sa.event.listen(engine, "begin", _begin)
    return _ready(engine)


def _begin(connection: sa.Connection) -> None:
    # A writer takes its lock at once, so that two never both read a head and then write.
    writing = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def open_url(url: str) -> Engine:
    """The engine of a PostgreSQL database.

    Raises
    ------
    UsageError
        If it is the address of something else, or has a password in it, which other users of the machine could see.
    VaultError
        If it cannot be reached, or the driver is not installed.
    """
    try:
        parsed = make_url(url)
    except sa.exc.ArgumentError:
        raise UsageError("this is not the address of a database.", hint="Write postgresql://HOST/DATABASE.") from None
    if parsed.get_backend_name() != "postgresql":
        raise UsageError("only PostgreSQL is opened by an address.", hint="Write postgresql://HOST/DATABASE.")
    if parsed.password is not None:
        raise UsageError(
            "the address has a password in it, which others on this machine can see.",
            hint="Put it into a password file (PGPASSFILE), which PostgreSQL's library reads.",
        )
    try:
        engine = sa.create_engine(parsed.set(drivername="postgresql+psycopg"), pool_size=2)
    except ModuleNotFoundError:
        raise VaultError(
            "the driver for PostgreSQL is not installed.", hint="Install it with: pip install 'bearwitness[postgresql]'"
        ) from None
    return _ready(engine)


def is_url(where: str) -> bool:
    """Whether a vault is named by the address of a database, not by a folder."""
    return "://" in where


def _ready(engine: Engine) -> Engine:
    """The engine, once its tables are those of this program."""
    try:
        with engine.connect() as connection:
            inspector = sa.inspect(connection)
            version = None
            if inspector.has_table("alembic_version"):
                version = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar_one_or_none()
        if version == SCHEMA:
            return engine
        if version is not None and version > SCHEMA:
            raise VaultError("the vault was written by a later program.", hint="Update bearwitness, then open it.")
        _migrate(engine)
    except sa.exc.SQLAlchemyError as error:
        engine.dispose()
        raise translate(error) from None
    return engine


def _migrate(engine: Engine) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "bearwitness.vault:migrations")
    with engine.connect().execution_options(writing=True) as connection, connection.begin():
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    with engine.connect() as connection:
        if connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar_one_or_none() != SCHEMA:
            raise DamagedVault("the vault's tables could not be made.", hint="Restore a backup.")
