"""The archives of a backup as files: a book of slots as it lies beside a vault, then lines sealed as one stream.

All but the book is sealed under a key derived from the vault's database key, another one for each sort of archive, so
that one archive never passes for the other.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any, BinaryIO, Final, cast

from bearwitness.errors import DamagedAttachment, DamagedVault
from bearwitness.vault.attachment_stream import open_stream, seal_stream
from bearwitness.vault.sealing import SecretKey

Line = dict[str, Any]
DATA: Final = "data"
KEYS: Final = "keys"

_HEAD: Final = b"bearwitness backup 1\n"
_LENGTH_BYTES: Final = 8
_MOST_BOOK_BYTES: Final = 50_000_000
_BUFFER: Final = 1 << 20


def write_archive(target: BinaryIO, database: SecretKey, what: str, lines: Iterable[Line], *, book: bytes) -> int:
    """Write an archive; how many lines it holds.

    Parameters
    ----------
    target : BinaryIO
        Where to.
    database : SecretKey
        The vault's database key.
    what : str
        ``DATA`` or ``KEYS``.
    lines : iterable
        JSON objects, taken one by one.
    book : bytes
        What stands before them unsealed; empty for the data.
    """
    target.write(_HEAD + len(book).to_bytes(_LENGTH_BYTES, "big") + book)
    reader = _Reader(lines)
    source = cast(BinaryIO, io.BufferedReader(reader, _BUFFER))
    seal_stream(source, target, key=_key(database, what).raw, file_id=what.encode())
    return reader.count


def read_book(file: BinaryIO) -> bytes:
    """What stands unsealed at the beginning of an archive; the stream follows.

    Raises
    ------
    DamagedVault
        If the file is no archive.
    """
    if file.read(len(_HEAD)) != _HEAD:
        raise DamagedVault("this is no backup of a vault.", hint="Give its two archives: data, then keys.")
    size = int.from_bytes(file.read(_LENGTH_BYTES), "big")
    book = file.read(size) if size <= _MOST_BOOK_BYTES else b""
    if len(book) != size:
        raise damaged()
    return book


def open_archive(file: BinaryIO, database: SecretKey, what: str, take: Callable[[Line], object]) -> int:
    """Hand over every line of an archive, once its beginning was read; how many they were.

    That an archive was cut short shows at its end only: **where an error is raised, whatever was done with its lines
    must be undone.**

    Raises
    ------
    DamagedVault
        If it is damaged, cut short, of the other sort, or of another vault. Which of these cannot be told.
    """
    lines = _Writer(take)
    try:
        open_stream(file, cast(BinaryIO, lines), key=_key(database, what).raw, file_id=what.encode())
    except DamagedAttachment:
        raise damaged() from None
    lines.finish()
    return lines.count


def damaged() -> DamagedVault:
    """The error that an archive cannot be used; which byte of it is wrong is not told."""
    return DamagedVault(
        "the backup is damaged, cut short, or of another vault; nothing was restored.", hint="Use another copy of it."
    )


def _key(database: SecretKey, what: str) -> SecretKey:
    return database.derive(f"backup {what}")


class _Reader(io.RawIOBase):
    """Lines as a stream of bytes, one JSON document a line, taken one by one as they are read."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._lines: Iterator[Line] = iter(lines)
        self._left = memoryview(b"")
        self.count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if not self._left:
            line = next(self._lines, None)
            if line is None:
                return 0
            self.count += 1
            self._left = memoryview(json.dumps(line, separators=(",", ":")).encode() + b"\n")
        count = min(len(buffer), len(self._left))
        buffer[:count], self._left = self._left[:count], self._left[count:]
        return count


class _Writer(io.RawIOBase):
    """Takes a stream of bytes and gives its lines: nothing of them is ever written to a disk unsealed."""

    def __init__(self, take: Callable[[Line], object]) -> None:
        self._take = take
        self._parts: list[bytes] = []
        self.count = 0

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        first, *others = bytes(data).split(b"\n")
        self._parts.append(first)
        for part in others:
            self._give()
            self._parts.append(part)
        return len(data)

    def finish(self) -> None:
        """The last line ends with a line break too."""
        if any(self._parts):
            raise damaged()

    def _give(self) -> None:
        text = b"".join(self._parts)
        self._parts.clear()
        try:
            line = json.loads(text)
        except ValueError:
            raise damaged() from None
        if not isinstance(line, dict):
            raise damaged()
        self.count += 1
        self._take(line)
