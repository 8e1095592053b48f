"""Reads from a file or a pipe, waiting for a pipe's writer no longer than a user would."""

from __future__ import annotations

import os
import select
import stat
from typing import BinaryIO, Final

# Long enough to type a passphrase for whatever decrypts a draft into the pipe.
MOST_WAIT_SECONDS: Final = 60.0


def open_unbuffered(where: str) -> BinaryIO:
    """A file open for reading; a pipe that nobody has opened for writing is open at once too.

    Raises
    ------
    OSError
        If it cannot be opened.
    """
    if not is_pipe(os.stat(where)):
        return open(where, "rb", buffering=0)
    return open(os.open(where, os.O_RDONLY | os.O_NONBLOCK), "rb", buffering=0)


def is_pipe(status: os.stat_result) -> bool:
    """Whether a file is a pipe."""
    return stat.S_ISFIFO(status.st_mode)


def read_up_to(file: BinaryIO, count: int) -> bytes:
    """As many bytes as there are, and no more than ``count``.

    Raises
    ------
    TimeoutError
        If nothing came through a pipe for ``MOST_WAIT_SECONDS``.
    OSError
        If it cannot be read.
    """
    waits = is_pipe(os.fstat(file.fileno()))
    parts = []
    while count > 0:
        # Before anybody writes, reading would say that the pipe is at its end.
        if waits and not select.select([file], [], [], MOST_WAIT_SECONDS)[0]:
            raise TimeoutError
        part = file.read(count)
        if not part:
            break
        parts.append(part)
        count -= len(part)
    return b"".join(parts)


def state_of(file: BinaryIO) -> tuple[int, int] | None:
    """The size and the time of the last change of a file, to see whether it changed; of a stream nothing is known."""
    status = os.fstat(file.fileno())
    return (status.st_size, status.st_mtime_ns) if stat.S_ISREG(status.st_mode) else None
