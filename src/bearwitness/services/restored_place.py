"""Where a vault is restored: an empty store and its files, of which nothing is left where an error is raised."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from base64 import b64decode
from collections.abc import Collection
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, cast

from sqlalchemy.engine import Engine

from bearwitness.errors import AttachmentError, BearwitnessError, UsageError, VaultError
from bearwitness.services.unlocking import VaultPlace
from bearwitness.vault.attachment_files import AttachmentFolder
from bearwitness.vault.backup_files import Line, damaged
from bearwitness.vault.backup_rows import Filling
from bearwitness.vault.opening import open_file, open_url
from bearwitness.vault.sealing import SecretKey
from bearwitness.vault.slot_places import SlotFile
from bearwitness.vault.slots import Book, dump_book


class Making:
    """An empty store where a vault is to be; nothing is left of it where an error is raised.

    A folder is made under another name and renamed at the end: whoever looks finds a whole vault or none.

    Parameters
    ----------
    place : VaultPlace
        Where.
    key : SecretKey
        The vault's database key.

    Raises
    ------
    VaultError
        If there is something already, or it cannot be made.
    """

    def __init__(self, place: VaultPlace, key: SecretKey) -> None:
        self._place = place
        self._folder: Path | None = None
        self._had: frozenset[str] = frozenset()
        self._files: Path | None = place.files_folder()
        if place.in_database:
            self.engine: Engine = open_url(place.where)
            if self._files is not None:
                self._had = frozenset(AttachmentFolder(self._files).names())
            return
        folder = place.folder
        self._folder = folder.with_name(f".{folder.name}.{os.getpid()}.restoring")
        self._files = self._folder / "files"
        try:
            if folder.exists() and any(folder.iterdir()):
                raise VaultError(
                    "there is something in this folder.", hint="Restore into a new one.", where=str(folder)
                )
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder.mkdir(parents=True, mode=0o700)
        except OSError:
            raise _cannot(place) from None
        self.engine = open_file(self._folder, key, make=True)

    def __enter__(self) -> Making:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.engine.dispose()
        if self._folder is None:
            if error is not None and self._files is not None:
                _remove_files(AttachmentFolder(self._files), self._had)
            return
        try:
            if error is None:
                if self._place.folder.exists():
                    self._place.folder.rmdir()
                self._folder.rename(self._place.folder)
        except OSError:
            raise _cannot(self._place) from None
        finally:
            shutil.rmtree(self._folder, ignore_errors=True)

    def files_for(self, names: Collection[str]) -> Path | None:
        """Where the files go.

        Raises
        ------
        UsageError
            If there are any and nobody said where.
        """
        if names and self._files is None:
            raise UsageError(
                "the backup holds files, and nobody said where to put them.", hint="Name their folder with --files."
            )
        return self._files

    def put_book(self, rows: Filling, book: Book) -> None:
        """Put the book of slots in its place: a file, or a row that comes with all others."""
        if self._folder is not None:
            SlotFile(self._folder).save(book)
        else:
            rows.put_book(dump_book(book))


def _cannot(place: VaultPlace) -> VaultError:
    return VaultError(
        "the vault cannot be restored here.", hint="Check your right to the folder and the space on the disk.",
        where=place.where,
    )  # fmt: skip


def _remove_files(folder: AttachmentFolder, but: frozenset[str]) -> None:
    with contextlib.suppress(BearwitnessError):
        for name in set(folder.names()) - but:
            folder.remove(name)


class IncomingFiles:
    """Puts the sealed files of a backup back under their names, and hands on the rows.

    A file that the keys' archive does not know was withdrawn since, and stays away.

    Parameters
    ----------
    folder : Path or None
        Where to; None only where the keys' archive knows no files.
    rows : Filling
        Takes the rows.
    """

    def __init__(self, folder: Path | None, rows: Filling) -> None:
        self._path = folder
        self._folder = AttachmentFolder(folder) if folder is not None else None
        self._rows = rows
        self._name = ""
        self._pieces: BinaryIO | None = None
        self.count = 0

    def take(self, line: Line) -> None:
        """A line of the data's archive."""
        if "file" not in line:
            self._rows.take_data(line)
            return
        if line["file"] != self._name:
            self.finish()
            self._name = line["file"]
        if self._path is None or self._name not in self._rows.files:
            return
        try:
            piece = b64decode(line["piece"], validate=True)
        except (KeyError, TypeError, ValueError):
            raise damaged() from None
        try:
            if self._pieces is None:
                self._path.mkdir(mode=0o700, parents=True, exist_ok=True)
                # Sealed bytes, and on the disk where they go anyway. It is closed when the file is put down.
                self._pieces = cast(BinaryIO, tempfile.TemporaryFile(dir=self._path))  # noqa: SIM115
            self._pieces.write(piece)
        except OSError:
            raise AttachmentError(
                "a file of the backup cannot be written; nothing was restored.",
                hint="Check the space on the disk and your right to the folder.", where=str(self._path),
            ) from None  # fmt: skip

    def finish(self) -> None:
        """Put down the file that was taken last."""
        pieces, self._pieces = self._pieces, None
        if pieces is None or self._folder is None:
            return
        with pieces:
            pieces.seek(0)
            self._folder.write_as(self._name, lambda target: shutil.copyfileobj(pieces, target))
        self.count += 1
