"""Frames of FLAC and MP3 sounds: where they begin and end, and what stands before, between and behind them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bearwitness.documents.content import Hidden, HiddenKind
from bearwitness.documents.media_strings import find_words
from bearwitness.documents.media_tags import (
    APE,
    ID3,
    ID3_OLD_BYTES,
    read_ape,
    read_id3,
    read_id3_old,
    read_picture,
    read_vorbis,
    say_text,
)

_MOST_FRAME: Final = 1 << 20
_FLAC_SYNC: Final = re.compile(rb"\xff[\xf8\xf9]")
_MPEG_SYNC: Final = re.compile(rb"\xff[\xe2\xe3\xf2\xf3\xfa\xfb]")
# Kilobits a second and samples a second of layer III, for its first version and for the later ones.
_BITS: Final = (
    (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
)
_RATES: Final = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
# A file that is broken more often is told as a whole from there on.
_MOST_BREAKS: Final = 1_000
_LYRICS: Final = b"LYRICSBEGIN"


def read_flac_blocks(content: bytes, at: int) -> tuple[int, list[Hidden]]:
    """The blocks before the frames of a FLAC file: where they end, and what they hold besides numbers.

    Parameters
    ----------
    content : bytes
        The file.
    at : int
        Where the first of them begins.
    """
    found: list[Hidden] = []
    number, last = 0, False
    while not last and at + 4 <= len(content):
        sort, last = content[at] & 0x7F, bool(content[at] & 0x80)
        size = int.from_bytes(content[at + 1 : at + 4], "big")
        data = content[at + 4 : at + 4 + size]
        at += 4 + len(data)
        number += 1
        found += flac_block(sort, data, f"block {number}")
    return at, found


def flac_block(sort: int, data: bytes, where: str) -> Iterator[Hidden]:
    """What one such block holds besides numbers.

    Parameters
    ----------
    sort : int
        Its kind, by the number that the format gives it.
    data : bytes
        The block without its head.
    where : str
        What its place is called.
    """
    if sort == 0:
        if data[34:].strip(b"\0"):
            yield Hidden(kind="unread_part", where=f"{where} (shape of the sound)", text=find_words(data[34:]))
    elif sort == 1:
        if data.strip(b"\0"):
            yield Hidden(kind="unread_part", where=f"{where} (padding)", text=find_words(data))
    elif sort == 3:
        # Places to jump to: numbers.
        if words := find_words(data):
            yield Hidden(kind="unread_part", where=f"{where} (places)", text=words)
    elif sort == 4:
        yield from read_vorbis(data, f"{where} (comments)")
    elif sort == 6:
        yield from read_picture(data, f"{where} (picture)")
    else:
        name = {2: "application", 5: "cue sheet"}.get(sort, "unknown")
        kind: HiddenKind = "unread_part" if name == "unknown" else "exif"
        yield Hidden(kind=kind, where=f"{where} ({name})", text=find_words(data))


def find_flac_end(content: bytes, at: int) -> int:
    """Where the last frame of a FLAC file ends.

    Each frame ends in a check of itself, which bytes within it may meet by chance: the end of the file counts first,
    then the first place that fits. Where none does, the last frame and everything behind it count as no sound.

    Parameters
    ----------
    content : bytes
        The file.
    at : int
        Where the first frame begins.
    """
    heads = [m.start() for m in _FLAC_SYNC.finditer(content, at) if _is_flac_head(content, m.start())]
    if not heads:
        return at
    check = fitting = 0
    begin = heads[-1]
    for place in range(begin, min(len(content), begin + _MOST_FRAME)):
        # Over a frame with its own check the remainder is nothing.
        check = (check << 8 ^ _REMAINDERS_16[check >> 8 ^ content[place]]) & 0xFFFF
        if not check and place > begin + 8:
            fitting = place + 1 if place + 1 == len(content) else fitting or place + 1
    return fitting or begin


def _is_flac_head(content: bytes, at: int) -> bool:
    """Whether a frame's head stands here, by its own check over up to 15 bytes."""
    if at + 6 > len(content):
        return False
    sizes, rates = content[at + 2] >> 4, content[at + 2] & 15
    lead = content[at + 4]
    number = 1 if lead < 0x80 else 8 - (lead ^ 0xFF).bit_length()
    extra = {6: 1, 7: 2}.get(sizes, 0) + {12: 1, 13: 2, 14: 2}.get(rates, 0)
    end = at + 4 + number + extra
    if not sizes or rates == 15 or number > 7 or end >= len(content):
        return False
    check = 0
    for byte in content[at:end]:
        check = _REMAINDERS_8[check ^ byte]
    return check == content[end]


def _remainders(polynomial: int, bits: int) -> tuple[int, ...]:
    table = []
    for value in range(256):
        value <<= bits - 8
        for _ in range(8):
            value = value << 1 ^ (polynomial if value >> (bits - 1) & 1 else 0)
        table.append(value & ((1 << bits) - 1))
    return tuple(table)


_REMAINDERS_8: Final = _remainders(0x07, 8)
_REMAINDERS_16: Final = _remainders(0x8005, 16)


def walk_mpeg(content: bytes, at: int) -> Iterator[Hidden]:
    """What stands between and behind the frames of an MP3 file, and what its first frame says of its making.

    Parameters
    ----------
    content : bytes
        The file.
    at : int
        Where its first frame should begin.
    """
    frames = breaks = 0
    while at < len(content) and breaks < _MOST_BREAKS:
        size = _mpeg_frame(content, at)
        if size and at + size <= len(content):
            if not frames:
                yield from _encoder(content[at : at + size])
            frames += 1
            at += size
            continue
        breaks += 1
        where = f"byte {at}"
        if content.startswith(ID3, at):
            at, found = read_id3(content, at, f"ID3 tag at {where}")
        elif content.startswith(APE, at):
            at, found = read_ape(content, at, where)
        elif content.startswith(b"TAG", at) and len(content) - at == ID3_OLD_BYTES:
            at, found = len(content), [read_id3_old(content[at:], where)]
        else:
            end = _next_frame(content, at + 1)
            found = _between(content[at:end], where)
            at = end
        yield from found
    yield from _between(content[at:], f"byte {at}")


def _between(rest: bytes, where: str) -> list[Hidden]:
    if not rest.strip(b"\0"):
        return []
    is_song = rest.startswith(_LYRICS)
    text = say_text(rest) if is_song else find_words(rest)
    return [Hidden(kind="comment" if is_song else "unread_part", where=f"{len(rest)} bytes at {where}", text=text)]


def _next_frame(content: bytes, at: int) -> int:
    """Where the next tag or two frames in a row begin; the end of the file where none does."""
    marks = [found for mark in (APE, ID3) if (found := content.find(mark, at)) >= 0]
    old = len(content) - ID3_OLD_BYTES
    if old >= at and content.startswith(b"TAG", old):
        marks.append(old)
    limit = min(marks, default=len(content))
    for match in _MPEG_SYNC.finditer(content, at, limit):
        size = _mpeg_frame(content, match.start())
        if size and (_mpeg_frame(content, match.start() + size) or match.start() + size in (limit, len(content))):
            return match.start()
    return limit


def _mpeg_frame(content: bytes, at: int) -> int:
    """How many bytes a frame of layer III takes that begins here; nothing where none does."""
    if not _MPEG_SYNC.match(content, at) or at + 4 > len(content):
        return 0
    version, rate = content[at + 1] >> 3 & 3, content[at + 2] >> 2 & 3
    bits = content[at + 2] >> 4
    if version not in _RATES or rate == 3 or bits in (0, 15):
        return 0
    # A later version has half as many samples in a frame.
    first = version == 3
    size = (144 if first else 72) * 1000 * _BITS[0 if first else 1][bits - 1] // _RATES[version][rate]
    return size + (content[at + 2] >> 1 & 1)


def _encoder(frame: bytes) -> Iterator[Hidden]:
    """What the first frame says if it is no sound: which program made the file, and how."""
    place = next((at for mark in (b"Xing", b"Info") if (at := frame.find(mark, 0, 48)) >= 0), -1)
    if place >= 0:
        flags = int.from_bytes(frame[place + 4 : place + 8], "big")
        place += 8 + 4 * bool(flags & 1) + 4 * bool(flags & 2) + 100 * bool(flags & 4) + 4 * bool(flags & 8)
        if frame[place:].strip(b"\0"):
            yield Hidden(kind="exif", where="the first frame, which program made it", text=find_words(frame[place:]))
    elif b"VBRI" in frame[:48]:
        yield Hidden(kind="exif", where="the first frame, how it was made", text="")
