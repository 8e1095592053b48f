"""A folder of sealed attachments: random names that say nothing, whole files or none, nothing for other users.

A file is written beside, made durable, and renamed to its name; so a crash leaves a file or a leftover, never half a
file. A crash can also come between a file and the record that names it: `AttachmentFolder.sweep` removes what no
record names.
"""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import stat
import time
from collections.abc import Callable, Collection
from pathlib import Path
from typing import BinaryIO, Final, TypeVar

from bearwitness.errors import AttachmentError

T = TypeVar("T")

_NAME: Final = re.compile(r"[0-9a-f]{32}", re.ASCII)
_SUB_FOLDER: Final = re.compile(r"[0-9a-f]{2}", re.ASCII)
_LEFTOVER: Final = re.compile(r"[0-9a-f]{32}\.part", re.ASCII)
# Never through a link: a link in the folder is not of our making.
_NO_LINKS: Final = getattr(os, "O_NOFOLLOW", 0)
_BINARY: Final = getattr(os, "O_BINARY", 0)
# A file younger than this may belong to a write whose record is not there yet.
LEAST_AGE_SECONDS: Final = 3600.0


class AttachmentFolder:
    """The sealed files of one vault.

    Parameters
    ----------
    path : Path
        The folder. It is made by the first write.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def write(self, fill: Callable[[BinaryIO], T]) -> tuple[str, T]:
        """Store a new file.

        Parameters
        ----------
        fill : callable
            Writes the sealed bytes into the stream it is given; it must not close it.

        Returns
        -------
        tuple
            The file's name, 32 hexadecimal digits at random, and what ``fill`` returned. The file survives a power cut
            from here on.

        Raises
        ------
        AttachmentError
            If the disk or the folder does not allow it.
        BaseException
            As ``fill`` raises it, but for OSError. After any error nothing of the file is left.
        """
        name = secrets.token_hex(16)
        return name, self.write_as(name, fill)

    def write_as(self, name: str, fill: Callable[[BinaryIO], T]) -> T:
        """As :meth:`write`, under a name that the file had before: from a backup."""
        self._place(name)
        part = self._path / f"{name}.part"
        try:
            _make_folder(self._path)
            try:
                result = _write_durably(part, fill)
                place = self._place(name)
                _make_folder(place.parent)
                os.rename(part, place)
                _sync_folder(place.parent)
            except BaseException:
                with contextlib.suppress(OSError):
                    part.unlink()
                raise
        except OSError:
            raise AttachmentError(
                "the attachment could not be stored.",
                hint="Check the space on the disk, your right to the vault's folder, and that the file can be read.",
            ) from None
        return result

    def open(self, name: str) -> BinaryIO:
        """The sealed bytes of a file, for reading; the caller closes the stream.

        Raises
        ------
        AttachmentError
            If there is no such file, it cannot be read, or the name is none that `write` gives.
        """
        place = self._place(name)
        try:
            handle = os.open(place, os.O_RDONLY | _NO_LINKS | _BINARY | getattr(os, "O_NONBLOCK", 0))
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                os.close(handle)
                raise FileNotFoundError
            return os.fdopen(handle, "rb")
        except FileNotFoundError:
            raise AttachmentError(
                "the attachment's file is not there.", hint="Take it from a backup.", where=name
            ) from None
        except OSError:
            raise AttachmentError(
                "the attachment's file cannot be read.", hint="Check the disk and your right to it.", where=name
            ) from None

    def remove(self, name: str) -> None:
        """Remove a file; one that is gone already is no error, so that an interrupted removal can be done again.

        The bytes may stay on the disk: what makes them worthless is that the file's key is destroyed.

        Raises
        ------
        AttachmentError
            If the file cannot be removed, or the name is none that `write` gives.
        """
        place = self._place(name)
        try:
            place.unlink()
            _sync_folder(place.parent)
        except FileNotFoundError:
            return
        except OSError:
            raise AttachmentError(
                "the attachment's file cannot be removed.", hint="Check your right to the vault's folder.", where=name
            ) from None

    def names(self) -> tuple[str, ...]:
        """The names of all files, sorted.

        Raises
        ------
        AttachmentError
            If the folder cannot be read.
        """
        return tuple(sorted(e.name for e in self._entries() if self._is_ours(e)))

    def sweep(self, known: Collection[str], *, least_age: float = LEAST_AGE_SECONDS) -> int:
        """Remove what interrupted writes left, and the files that no record names.

        What `write` could not have made (another name, a link, a folder) is left alone.

        Parameters
        ----------
        known : collection of str
            The names that records hold, read before this call.
        least_age : float
            Seconds; what was changed later than that may belong to a write that goes on, and stays.

        Returns
        -------
        int
            How many files were removed.

        Raises
        ------
        AttachmentError
            If the folder cannot be read or a file cannot be removed.
        """
        kept = frozenset(known)
        youngest = time.time() - least_age
        swept = 0
        for entry in self._entries():
            unknown = self._is_leftover(entry) or (self._is_ours(entry) and entry.name not in kept)
            try:
                if unknown and entry.stat(follow_symlinks=False).st_mtime <= youngest:
                    os.unlink(entry.path)
                    swept += 1
            except FileNotFoundError:
                continue
            except OSError:
                raise AttachmentError(
                    "a leftover cannot be removed.", hint="Check your right to the vault's folder.", where=entry.name
                ) from None
        return swept

    def _place(self, name: str) -> Path:
        # A name can come from a database that somebody else wrote into: it must not lead anywhere else.
        if not _NAME.fullmatch(name):
            raise AttachmentError(
                "this is not the name of an attachment's file.", hint="Run bearwitness vault check."
            )
        return self._path / name[:2] / name

    def _is_ours(self, entry: os.DirEntry[str]) -> bool:
        return bool(_NAME.fullmatch(entry.name)) and Path(entry.path) == self._place(entry.name)

    def _is_leftover(self, entry: os.DirEntry[str]) -> bool:
        return bool(_LEFTOVER.fullmatch(entry.name)) and Path(entry.path).parent == self._path

    def _entries(self) -> list[os.DirEntry[str]]:
        """The regular files of the folder and its sub-folders."""
        try:
            top = _scan(self._path)
            folders = [e for e in top if _SUB_FOLDER.fullmatch(e.name) and e.is_dir(follow_symlinks=False)]
            inner = [e for folder in folders for e in _scan(folder.path)]
            return [e for e in (*top, *inner) if e.is_file(follow_symlinks=False)]
        except OSError:
            raise AttachmentError(
                "the folder of attachments cannot be read.", hint="Check your right to the vault's folder."
            ) from None


def _scan(folder: str | Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except FileNotFoundError:
        # No write has been done yet.
        return []


def _write_durably(path: Path, fill: Callable[[BinaryIO], T]) -> T:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_LINKS | _BINARY, 0o600)
    with os.fdopen(handle, "wb") as file:
        result = fill(file)
        file.flush()
        os.fsync(file.fileno())
    return result


def _make_folder(path: Path) -> None:
    """Make a folder for its owner only, and let its name survive a power cut."""
    try:
        path.mkdir(mode=0o700)
    except FileExistsError:
        return
    _sync_folder(path.parent)


def _sync_folder(path: Path) -> None:
    if os.name == "nt":
        # There a folder cannot be opened, and needs not be.
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
