"""Pages of an Ogg file: the packets that describe its sounds, and whatever else lies in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from bearwitness.documents.content import Hidden
from bearwitness.documents.media_frames import flac_block
from bearwitness.documents.media_strings import find_words
from bearwitness.documents.media_tags import read_vorbis
from bearwitness.documents.office_strings import describe_binary

_PAGE: Final = b"OggS"
_HEAD: Final = 27
_VORBIS, _OPUS, _FLAC = b"\x01vorbis", b"OpusHead", b"\x7fFLAC"
# So many packets of a stream come before its sound: its shape, its comments, and what a decoder needs.
_FIRST: Final = {_VORBIS: 3, _OPUS: 2}
_MOST_HELD: Final = 32_000_000


@dataclass(slots=True, kw_only=True)
class _Stream:
    """One sound of the file, by its number: the packets that came before its samples, and the one not yet whole."""

    number: int
    sort: bytes = b""
    packets: int = 0
    pending: list[bytes] = field(default_factory=list)
    other: list[bytes] = field(default_factory=list)
    is_described: bool = False


def walk_pages(content: bytes) -> Iterator[Hidden]:
    """Everything of an Ogg file but its samples.

    Parameters
    ----------
    content : bytes
        The file.

    Yields
    ------
    Hidden
        Comments and pictures of each sound, streams that are no sound, and what lies between and behind pages.
    """
    streams: dict[bytes, _Stream] = {}
    begun: list[_Stream] = []
    at = 0
    while at < len(content):
        if not content.startswith(_PAGE, at) or at + _HEAD > len(content):
            end = content.find(_PAGE, at + 1)
            end = len(content) if end < 0 else end
            if content[at:end].strip(b"\0"):
                where = f"{end - at} bytes at byte {at}, between or behind pages"
                yield from describe_binary(content[at:end], "embedded_file", where)
            at = end
            continue
        flags, name = content[at + 5], content[at + 14 : at + 18]
        sizes = content[at + _HEAD : at + _HEAD + content[at + 26]]
        if flags & 0x02 or name not in streams:
            begun.append(_Stream(number=len(begun) + 1))
            streams[name] = begun[-1]
        stream = streams[name]
        begin = at + _HEAD + len(sizes)
        at = begin + sum(sizes)
        if not stream.is_described:
            yield from _packets(stream, sizes, content[begin:at])
    for stream in begun:
        if not stream.is_described and stream.pending:
            yield from _packet(stream, b"".join(stream.pending))
        if stream.other:
            where = f"stream {stream.number}, which is no sound that is read"
            yield Hidden(kind="unread_part", where=where, text=find_words(b"\0".join(stream.other)))


def _packets(stream: _Stream, sizes: bytes, data: bytes) -> Iterator[Hidden]:
    at = 0
    for size in sizes:
        stream.pending.append(data[at : at + size])
        at += size
        # A piece as long as can be goes on in the next.
        if size == 255 and len(stream.pending) * 255 < _MOST_HELD:
            continue
        packet, stream.pending = b"".join(stream.pending), []
        yield from _packet(stream, packet)
        if stream.is_described:
            return


def _packet(stream: _Stream, packet: bytes) -> Iterator[Hidden]:
    where = f"stream {stream.number}"
    stream.packets += 1
    if stream.packets == 1:
        stream.sort = next((sort for sort in (_VORBIS, _OPUS, _FLAC) if packet.startswith(sort)), b"")
        if not stream.sort:
            stream.other.append(packet)
        elif words := find_words(packet[len(stream.sort) :].replace(b"fLaC", b"")):
            yield Hidden(kind="unread_part", where=f"{where}, its first packet", text=words)
    elif not stream.sort:
        stream.other.append(packet)
    elif stream.sort == _FLAC:
        if packet[:1] == b"\xff":
            stream.is_described = True
            return
        yield from flac_block(packet[0] & 0x7F if packet else 1, packet[4:], f"{where}, packet {stream.packets}")
    elif stream.packets == 2:
        yield from read_vorbis(packet[8 if stream.sort == _OPUS else 7 :], f"{where}, comments")
    stream.is_described = stream.packets >= _FIRST.get(stream.sort, 1 << 30)
