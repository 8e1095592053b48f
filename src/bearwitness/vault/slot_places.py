"""Where the book of slots lies: a file beside an SQLCipher database, a row of a PostgreSQL database."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Final, Protocol

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from bearwitness.errors import VaultError
from bearwitness.vault.slots import Book, dump_book, load_book
from bearwitness.vault.store_errors import translate
from bearwitness.vault.tables import SLOTS

FILE: Final = "slots.json"
LOCK: Final = "slots.lock"
_BESIDE: Final = ".slots-"
# Any number but that of the store's writers.
_BOOK_LOCK: Final = 7_283_102
_NO_VAULT: Final = "there is no vault here.", "Make one with bearwitness init, or name another with --vault."


class SlotPlace(Protocol):
    """A place for one book of slots."""

    def load(self) -> Book:
        """The book; raises VaultError where there is none."""

    def save(self, book: Book) -> None:
        """Put a book in place of the one that is there, in full or not at all."""

    def exists(self) -> bool:
        """Whether a book lies there."""

    def close(self) -> None:
        """Let go of whatever is open for it."""

    def hold(self) -> AbstractContextManager[None]:
        """Keep others from changing the book while it is read, changed and saved; they wait."""


class SlotFile:
    """A book in a file of a vault's folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._path = folder / FILE

    def exists(self) -> bool:
        """Whether the file is there."""
        return self._path.exists()

    def close(self) -> None:
        """Nothing stays open."""

    def load(self) -> Book:
        """The book of the file."""
        try:
            return load_book(self._path.read_bytes())
        except FileNotFoundError:
            raise VaultError(_NO_VAULT[0], hint=_NO_VAULT[1], where=str(self.folder)) from None
        except OSError:
            raise VaultError("the vault cannot be read.", hint="Check your right to its folder.") from None

    @contextlib.contextmanager
    def hold(self) -> Iterator[None]:
        """A lock on a file beside the book; it is let go of when the process ends, however it does."""
        try:
            handle = os.open(self.folder / LOCK, os.O_CREAT | os.O_RDWR, 0o600)
        except OSError:
            raise _not_writable() from None
        try:
            # Windows has no such lock; there one machine has one user of an embedded vault.
            with contextlib.suppress(ImportError):
                import fcntl

                fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)

    def save(self, book: Book) -> None:
        """Write beside, then rename: whoever looks sees the old book or the new one."""
        temporary = ""
        try:
            # What a killed process left holds a whole book: an old passphrase could be tried on it.
            for leftover in self.folder.glob(f"{_BESIDE}*"):
                leftover.unlink()
            handle, temporary = tempfile.mkstemp(prefix=_BESIDE, dir=self.folder)
            with open(handle, "wb") as file:
                file.write(dump_book(book))
                file.flush()
                os.fsync(file.fileno())
            os.replace(temporary, self._path)
            folder = os.open(self.folder, os.O_RDONLY)
            os.fsync(folder)
            os.close(folder)
        except OSError:
            if temporary:
                with contextlib.suppress(OSError):
                    os.unlink(temporary)
            raise _not_writable() from None


def _not_writable() -> VaultError:
    return VaultError(
        "the vault's folder cannot be written to.", hint="Check the space on the disk and your right to it."
    )


class SlotRow:
    """A book in a row of the database itself."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def exists(self) -> bool:
        """Whether the row is there."""
        return self._row() is not None

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def load(self) -> Book:
        """The book of the row."""
        row = self._row()
        if row is None:
            raise VaultError(_NO_VAULT[0], hint=_NO_VAULT[1])
        return load_book(row)

    @contextlib.contextmanager
    def hold(self) -> Iterator[None]:
        """A lock of the server's, on a connection of its own."""
        try:
            with self._engine.connect() as connection:
                connection.execute(sa.select(sa.func.pg_advisory_lock(_BOOK_LOCK)))
                connection.commit()
                try:
                    yield
                finally:
                    connection.execute(sa.select(sa.func.pg_advisory_unlock(_BOOK_LOCK)))
                    connection.commit()
        except sa.exc.SQLAlchemyError as error:
            raise translate(error) from None

    def save(self, book: Book) -> None:
        """Replace the row in one transaction."""
        try:
            with self._engine.begin() as connection:
                connection.execute(sa.delete(SLOTS))
                connection.execute(sa.insert(SLOTS), [{"id": 1, "version": 1, "book": dump_book(book)}])
        except sa.exc.SQLAlchemyError as error:
            raise translate(error) from None

    def _row(self) -> bytes | None:
        try:
            with self._engine.connect() as connection:
                found = connection.execute(sa.select(SLOTS.c.book)).scalar_one_or_none()
        except sa.exc.SQLAlchemyError as error:
            raise translate(error) from None
        return None if found is None else bytes(found)
