"""Tags of sounds: who made one, what it is called, when and with what, in the forms that players write."""

from __future__ import annotations

import base64
import binascii
import re
import zlib
from collections.abc import Iterator
from typing import Final

from bearwitness.documents.content import Hidden, HiddenKind
from bearwitness.documents.media_strings import find_words
from bearwitness.documents.office_strings import describe_binary

ID3: Final = b"ID3"
APE: Final = b"APETAGEX"
ID3_OLD_BYTES: Final = 128
_ID3_HEAD: Final = 10
_APE_HEAD: Final = 32
_MOST_INFLATED: Final = 4_000_000
_MOST_PARTS: Final = 10_000
_FRAME_NAME: Final = re.compile(rb"[A-Z0-9]{3,4}")
_ENCODINGS: Final = {1: "utf-16", 2: "utf-16-be", 3: "utf-8"}
_PICTURES: Final = (b"\xff\xd8\xff", b"\x89PNG\r\n", b"GIF8", b"RIFF", b"BM", b"II*\0", b"MM\0*")
_SPOKEN: Final = (b"COMM", b"COM", b"USLT", b"ULT")
_SHOWN: Final = re.compile(rb"[^\x00-\x08\x0e-\x1f]+")


def say_text(content: bytes) -> str:
    """What bytes say that should be text: UTF-8, else as the old Korean and the Latin encoding read them.

    Parameters
    ----------
    content : bytes
        Text, with zeros or other controls between its pieces.
    """
    lines: list[str] = []
    for match in _SHOWN.finditer(content):
        piece = match.group().strip()
        try:
            found = [piece.decode("utf-8")]
        except UnicodeDecodeError:
            found = [piece.decode("cp949", errors="ignore"), piece.decode("latin-1")]
        lines += (line for line in dict.fromkeys(found) if line)
    return _with_words("\n".join(lines), content)


def _with_words(said: str, content: bytes) -> str:
    """What was understood, and whatever else can be read in the same bytes."""
    more = [line for line in find_words(content).split("\n") if line and line not in said]
    return "\n".join([said, *more] if said else more)


def read_id3(content: bytes, at: int, place: str) -> tuple[int, list[Hidden]]:
    """An ID3 tag of the second version.

    Parameters
    ----------
    content : bytes
        The file.
    at : int
        Where in it the tag's ``ID3`` stands.
    place : str
        What the place is called.

    Returns
    -------
    tuple of int and list of Hidden
        Where the tag ends; one entry for each of its frames, and one for whatever lies behind them.
    """
    head = content[at : at + _ID3_HEAD]
    if len(head) < _ID3_HEAD:
        return len(content), [Hidden(kind="unread_part", where=place, text=find_words(head))]
    version, flags = head[3], head[5]
    end = min(at + _ID3_HEAD + _seven_bits(head[6:10]), len(content))
    body = content[at + _ID3_HEAD : end]
    if flags & 0x10:
        end = min(end + _ID3_HEAD, len(content))
    if flags & 0x80:
        body = body.replace(b"\xff\x00", b"\xff")
    found: list[Hidden] = []
    where = 0
    if flags & 0x40 and len(body) >= 4:
        extent = _seven_bits(body[:4]) if version >= 4 else 4 + int.from_bytes(body[:4], "big")
        where = min(max(extent, 4), len(body))
        if words := find_words(body[:where]):
            found.append(Hidden(kind="exif", where=f"{place}, extended head", text=words))
    while where < len(body) and len(found) < _MOST_PARTS:
        name, data, step = _frame(body, where, version)
        if not step:
            break
        where += step
        found += _said_by(name, data, f"{place}, frame {name.decode('ascii')}")
    if body[where:].strip(b"\0"):
        found.append(Hidden(kind="unread_part", where=f"{place}, behind its frames", text=find_words(body[where:])))
    return end, found or [Hidden(kind="exif", where=f"{place}, empty")]


def _seven_bits(size: bytes) -> int:
    total = 0
    for byte in size:
        total = total << 7 | (byte & 0x7F)
    return total


def _frame(body: bytes, at: int, version: int) -> tuple[bytes, bytes, int]:
    """Name and content of a frame, and how many bytes it takes; none where there is no frame."""
    short = version == 2
    head = 6 if short else 10
    name = body[at : at + (3 if short else 4)]
    if len(body) < at + head or not _FRAME_NAME.fullmatch(name):
        return b"", b"", 0
    raw = body[at + 3 : at + 6] if short else body[at + 4 : at + 8]
    size = _seven_bits(raw) if version >= 4 else int.from_bytes(raw, "big")
    data = body[at + head : at + head + size]
    flags = 0 if short else body[at + 9]
    if version >= 4 and flags & 0x02:
        data = data.replace(b"\xff\x00", b"\xff")
    packed = flags & (0x08 if version >= 4 else 0x80)
    return name, _inflated(data) if packed else data, head + len(data) if not packed else head + size


def _inflated(data: bytes) -> bytes:
    for skipped in (4, 0):
        try:
            return zlib.decompressobj().decompress(data[skipped:], _MOST_INFLATED)
        except zlib.error:
            continue
    return data


def _said_by(name: bytes, data: bytes, place: str) -> Iterator[Hidden]:
    if name in (b"APIC", b"PIC"):
        yield from _picture_in(name, data, place)
        return
    kind: HiddenKind = "exif"
    if name in _SPOKEN:
        kind = "comment"
    elif name.startswith(b"GEO"):
        kind = "embedded_file"
    elif name.startswith(b"W"):
        kind = "link_target"
    if name.startswith((b"T", b"W", *_SPOKEN)):
        yield Hidden(kind=kind, where=place, text=_coded(data, 4 if name in _SPOKEN else 1))
    else:
        yield Hidden(kind=kind, where=place, text=find_words(data))


def _coded(data: bytes, start: int) -> str:
    """Text after a byte that says how its letters are coded, and maybe a language."""
    code = _ENCODINGS.get(data[0]) if data else None
    if code is None:
        return say_text(data)
    said = data[start:].decode(code, errors="replace").replace("\ufeff", "").replace("\0", "\n").strip()
    return _with_words(said, data)


def _picture_in(name: bytes, data: bytes, place: str) -> Iterator[Hidden]:
    """A picture in a frame, after its kind and what it is called; where it begins is seen from its own first bytes."""
    starts = [at for mark in _PICTURES if (at := data.find(mark)) >= 0]
    start = min(starts, default=len(data))
    # The kind has three letters, or ends in a zero; then comes a byte that says of what the picture is.
    kind, _, called = data[1:start].partition(b"\0") if len(name) == 4 else (data[1:4], b"", data[4:start])
    yield from _called(say_text(kind), _coded(data[:1] + called, 2), place)
    yield from describe_binary(data[start:], "image", place)


def _called(kind: str, name: str, place: str) -> Iterator[Hidden]:
    said = "\n".join(filter(None, (kind, name)))
    if said:
        yield Hidden(kind="exif", where=f"{place}, what the picture is called", text=said)


def read_picture(data: bytes, place: str) -> Iterator[Hidden]:
    """A picture in a block of a FLAC file, with what it is called.

    Parameters
    ----------
    data : bytes
        The block, as an Ogg file has it too.
    place : str
        What the place is called.
    """
    kind, at = _counted(data, 4)
    name, at = _counted(data, at)
    picture, end = _counted(data, at + 16)
    yield from _called(say_text(kind), say_text(name), place)
    yield from describe_binary(picture, "image", place)
    if data[end:].strip(b"\0"):
        yield Hidden(kind="unread_part", where=f"{place}, behind the picture", text=find_words(data[end:]))


def _counted(data: bytes, at: int) -> tuple[bytes, int]:
    """Bytes after their number, and where they end."""
    end = at + 4 + int.from_bytes(data[at : at + 4], "big")
    return data[at + 4 : end], min(end, len(data))


def read_id3_old(content: bytes, place: str) -> Hidden:
    """The 128 bytes of an ID3 tag of the first version: title, artist, album, year, remark."""
    return Hidden(kind="exif", where=f"{place}, ID3 tag of the first version", text=say_text(content[3:]))


def read_ape(content: bytes, at: int, place: str) -> tuple[int, list[Hidden]]:
    """An APE tag, from its head or, where it has none, from its first item; as :func:`read_id3`."""
    size = int.from_bytes(content[at + 12 : at + 16], "little")
    end = min(at + _APE_HEAD + size, len(content))
    return end, list(_ape_items(content[at + _APE_HEAD : end].partition(APE)[0], f"{place}, APE tag"))


def _ape_items(body: bytes, place: str) -> Iterator[Hidden]:
    at = number = 0
    while at + 9 < len(body) and number < _MOST_PARTS:
        size = int.from_bytes(body[at : at + 4], "little")
        key, _, _ = body[at + 8 :].partition(b"\0")
        begin = at + 8 + len(key) + 1
        number += 1
        value = body[begin : begin + size]
        at = begin + size
        said = find_words(value) if b"\0" in value else say_text(value)
        yield Hidden(kind="exif", where=f"{place}, item {number}", text=f"{say_text(key)}: {said}")
    if body[at:].strip(b"\0"):
        yield Hidden(kind="unread_part", where=f"{place}, behind its items", text=find_words(body[at:]))


def read_vorbis(content: bytes, place: str) -> Iterator[Hidden]:
    """The comments of a FLAC, Vorbis or Opus sound: the program that made it, then names with values; and pictures.

    Parameters
    ----------
    content : bytes
        The block, from the length of the program's name on.
    place : str
        What the place is called.
    """
    lines: list[str] = []
    at, count = 0, 1
    while count and at + 4 <= len(content) and len(lines) < _MOST_PARTS:
        size = int.from_bytes(content[at : at + 4], "little")
        entry = content[at + 4 : at + 4 + size]
        at += 4 + len(entry)
        count -= 1
        if not lines:
            count = int.from_bytes(content[at : at + 4], "little")
            at += 4
        name, _, value = entry.partition(b"=")
        if name.upper() in (b"METADATA_BLOCK_PICTURE", b"COVERART"):
            lines.append(say_text(name))
            yield from _packed_picture(value, f"{place}, a picture")
        else:
            lines.append(say_text(entry))
    yield Hidden(kind="exif", where=place, text="\n".join(filter(None, lines)))
    if content[at:].strip(b"\0\x01"):
        yield Hidden(kind="unread_part", where=f"{place}, behind the last", text=find_words(content[at:]))


def _packed_picture(value: bytes, place: str) -> Iterator[Hidden]:
    try:
        content = base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError):
        yield Hidden(kind="unread_part", where=place, text=say_text(value))
        return
    yield from read_picture(content, place)
