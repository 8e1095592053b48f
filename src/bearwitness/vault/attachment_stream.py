"""Attachments are sealed and opened as a stream, chunk by chunk, so that the size of a file costs no memory.

The format: ``MAGIC``, whose last byte is its version; the header of libsodium's secretstream; then chunks, each a
message of the secretstream that is authenticated together with the magic and the id of the file. A message holds how
many of its bytes are the file's, these bytes, and zeros. Zeros follow the file until the stream has a size that many
other files share. Only the last message carries the final tag.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

import nacl.exceptions
from nacl import bindings

from bearwitness.errors import DamagedAttachment

MAGIC: Final = b"bwa\x01"
KEY_BYTES: Final = bindings.crypto_secretstream_xchacha20poly1305_KEYBYTES
# What one chunk takes before it is sealed: a count of four bytes, and room for the file.
CHUNK_BYTES: Final = 64 * 1024
_COUNT_BYTES: Final = 4
ROOM: Final = CHUNK_BYTES - _COUNT_BYTES
_TAG_BYTES: Final = bindings.crypto_secretstream_xchacha20poly1305_ABYTES
_SEALED_CHUNK_BYTES: Final = CHUNK_BYTES + _TAG_BYTES
_HEADER_BYTES: Final = bindings.crypto_secretstream_xchacha20poly1305_HEADERBYTES
_MESSAGE: Final = bindings.crypto_secretstream_xchacha20poly1305_TAG_MESSAGE
_FINAL: Final = bindings.crypto_secretstream_xchacha20poly1305_TAG_FINAL

# Called with the bytes of the file that are done so far, once a chunk.
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """What went into a sealed stream, or came out of it.

    Parameters
    ----------
    sha256 : str
        SHA-256 of the plain bytes, in hexadecimal.
    size : int
        How many plain bytes there are.
    """

    sha256: str
    size: int


def padded_size(size: int) -> int:
    """The size up to which a file is filled with zeros, in bytes.

    One chunk for all that fits in it; above, Padmé, which keeps only the leading bits of a size: at most 3.2 % more
    here, and the less the larger the file.

    Source: Nikitin et al., "Reducing Metadata Leakage from Encrypted Files and Communication with PURBs", 2019.
    """
    if size <= ROOM:
        return ROOM
    exponent = size.bit_length() - 1
    dropped = exponent - exponent.bit_length()
    mask = (1 << dropped) - 1
    return (size + mask) & ~mask


def seal_stream(
    source: BinaryIO, target: BinaryIO, *, key: bytes, file_id: bytes, progress: Progress | None = None
) -> Sealed:
    """Seal what a stream gives, to its end.

    Parameters
    ----------
    source : BinaryIO
        The plain bytes; it is read once, so a pipe will do. It may be empty.
    target : BinaryIO
        Where the sealed bytes are written; buffered, so that a write is never done in part.
    key : bytes
        32 random bytes that seal this file and nothing else.
    file_id : bytes
        What the file is known by. It is authenticated, not stored: whoever opens must know it.
    progress : callable, optional
        Called with the bytes done so far.

    Returns
    -------
    Sealed
        Hash and size of the plain bytes.

    Raises
    ------
    OSError
        As the streams raise it; what was written must then be thrown away.
    """
    bound = _bind(key, file_id)
    state = bindings.crypto_secretstream_xchacha20poly1305_state()
    target.write(MAGIC + bindings.crypto_secretstream_xchacha20poly1305_init_push(state, key))
    digest = hashlib.sha256()
    size = 0
    for chunk, room, tag in _fill_chunks(source):
        message = len(chunk).to_bytes(_COUNT_BYTES, "big") + chunk + bytes(room - len(chunk))
        target.write(bindings.crypto_secretstream_xchacha20poly1305_push(state, message, bound, tag))
        digest.update(chunk)
        size += len(chunk)
        if progress:
            progress(size)
    return Sealed(sha256=digest.hexdigest(), size=size)


def open_stream(
    source: BinaryIO, target: BinaryIO, *, key: bytes, file_id: bytes, progress: Progress | None = None
) -> Sealed:
    """Open a sealed stream, and insist that it is whole.

    A chunk is written only after it was authenticated. That a stream was cut short or lengthened shows at its end
    only: **where an error is raised, the caller must throw away what was written to the target.** Whether hash and
    size are those that were noted at intake is for the caller to compare.

    Parameters
    ----------
    source : BinaryIO
        The sealed bytes.
    target : BinaryIO
        Where the plain bytes are written; buffered, as for `seal_stream`.
    key, file_id : bytes
        As given when the file was sealed.
    progress : callable, optional
        Called with the plain bytes done so far.

    Returns
    -------
    Sealed
        Hash and size of the plain bytes.

    Raises
    ------
    DamagedAttachment
        If a byte was changed, a chunk taken out, moved, doubled or taken from another file, if the stream is empty, cut
        short or goes on after its end, or if the key or the id are not those of this file.
    OSError
        As the streams raise it.
    """
    bound = _bind(key, file_id)
    digest = hashlib.sha256()
    size = 0
    for chunk in _open_chunks(source, key, bound, file_id):
        target.write(chunk)
        digest.update(chunk)
        size += len(chunk)
        if progress:
            progress(size)
    return Sealed(sha256=digest.hexdigest(), size=size)


def _bind(key: bytes, file_id: bytes) -> bytes:
    """What every chunk is authenticated with: the version of the format and the file's id."""
    if len(key) != KEY_BYTES:
        raise ValueError(f"the key of a file has {KEY_BYTES} bytes")
    if not file_id:
        raise ValueError("a file needs an id")
    return MAGIC + file_id


def _fill_chunks(source: BinaryIO) -> Iterator[tuple[bytes, int, int]]:
    """The file's bytes of each chunk, the room they are filled up to, and the chunk's tag."""
    chunk = _read_full(source, ROOM)
    size = filled = 0
    tag = _MESSAGE
    while tag != _FINAL:
        following = _read_full(source, ROOM) if len(chunk) == ROOM else b""
        size += len(chunk)
        # The padded size is known at the file's end only, and not needed before: there a whole chunk follows anyway.
        room = ROOM if following else min(ROOM, padded_size(size) - filled)
        filled += room
        if not following and filled == padded_size(size):
            tag = _FINAL
        yield chunk, room, tag
        chunk = following


def _open_chunks(source: BinaryIO, key: bytes, bound: bytes, file_id: bytes) -> Iterator[memoryview]:
    """The file's bytes of each chunk, every one checked before it is given."""
    head = _read_full(source, len(MAGIC) + _HEADER_BYTES)
    if len(head) < len(MAGIC) + _HEADER_BYTES or not head.startswith(MAGIC):
        raise _damaged(file_id)
    state = bindings.crypto_secretstream_xchacha20poly1305_state()
    bindings.crypto_secretstream_xchacha20poly1305_init_pull(state, head[len(MAGIC) :], key)
    size = filled = 0
    has_ended = is_last = False
    while not is_last:
        sealed = _read_full(source, _SEALED_CHUNK_BYTES)
        if len(sealed) < _COUNT_BYTES + _TAG_BYTES:
            raise _damaged(file_id)
        try:
            message, tag = bindings.crypto_secretstream_xchacha20poly1305_pull(state, sealed, bound)
        except nacl.exceptions.CryptoError:
            raise _damaged(file_id) from None
        count = int.from_bytes(message[:_COUNT_BYTES], "big")
        room = len(message) - _COUNT_BYTES
        is_last = tag == _FINAL
        size += count
        filled += room
        # Only a fault of the writer could get past the authentication to here; it is refused all the same. A count that
        # is larger than the room has no number of zeros that fits it.
        if (has_ended and count) or message.count(0, _COUNT_BYTES + count) != room - count:
            raise _damaged(file_id)
        has_ended = count < ROOM
        if is_last and (filled != padded_size(size) or source.read(1)):
            raise _damaged(file_id)
        yield memoryview(message)[_COUNT_BYTES : _COUNT_BYTES + count]


def _read_full(source: BinaryIO, count: int) -> bytes:
    """As many bytes as asked for, fewer only at the end: a pipe gives what it has."""
    first = source.read(count)
    if len(first) == count or not first:
        return first
    parts = [first]
    missing = count - len(first)
    while missing > 0 and (part := source.read(missing)):
        parts.append(part)
        missing -= len(part)
    return b"".join(parts)


def _damaged(file_id: bytes) -> DamagedAttachment:
    name = file_id.decode("ascii") if file_id.isascii() and file_id.decode("ascii").isprintable() else file_id.hex()
    return DamagedAttachment(
        "the attachment's file is damaged, cut short, or that of another attachment.",
        hint="Nothing of it was released; take the file from a backup.", where=name,
    )  # fmt: skip
