"""What a sound file carries besides its samples: its parts, one by one, as its container lays them out.

As for images the file is walked byte by byte: whatever lies between, behind or beside the samples is a part too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Final

from bearwitness.documents.content import Hidden, HiddenKind
from bearwitness.documents.media_frames import find_flac_end, read_flac_blocks, walk_mpeg
from bearwitness.documents.media_pages import walk_pages
from bearwitness.documents.media_strings import find_words
from bearwitness.documents.media_tags import ID3, read_id3, say_text
from bearwitness.documents.office_strings import describe_binary

_STREAMED: Final = 0xFFFFFFFF
_PADDING: Final = frozenset({b"JUNK", b"junk", b"PAD ", b"pad ", b"FLLR", b"fllr", b"filr", b"SAUR"})
# Text: remarks, who recorded when and with what, descriptions in XML. The others hold marks and loops.
_TEXTS: Final = frozenset({b"bext", b"iXML", b"axml", b"cart", b"DISP", b"CSET", b"aXML", b"umid", b"minf", b"elm1"})
_MARKS: Final = frozenset({b"cue ", b"plst", b"smpl", b"inst", b"acid", b"levl", b"chna", b"strc", b"regn", b"AFAn"})
_LABELS: Final = frozenset({b"labl", b"note", b"ltxt"})


def walk_wav(content: bytes) -> Iterator[Hidden]:
    """Everything of a WAV file but its samples."""
    size = int.from_bytes(content[4:8], "little")
    end = len(content) if size in (0, _STREAMED) else min(len(content), 8 + size)
    at, number, block, sounds = 12, 0, 1, 0
    while at + 8 <= end:
        name, size = content[at : at + 4], int.from_bytes(content[at + 4 : at + 8], "little")
        begin = at + 8
        size = min(size, end - begin)
        data = content[begin : begin + size]
        at = begin + size + size % 2
        number += 1
        where = f"chunk {number} ({name.decode('latin-1').strip() if name.strip().isalnum() else 'unnamed'})"
        if name == b"data":
            sounds += 1
            yield from _samples(data, block, sounds, where)
            continue
        if name == b"fmt ":
            block = max(int.from_bytes(data[12:14], "little"), 1)
        yield from _chunk(name, data, where)
        if size % 2 and content[at - 1 : at].strip(b"\0"):
            yield Hidden(kind="unread_part", where=f"{where}, the byte that fills it up")
    yield from _behind(content[min(at, end) :])


def _samples(data: bytes, block: int, number: int, where: str) -> Iterator[Hidden]:
    if number > 1:
        yield Hidden(kind="unread_part", where=f"{where}, samples that no player plays", text=find_words(data))
    elif rest := data[len(data) - len(data) % block :].strip(b"\0"):
        yield Hidden(kind="unread_part", where=f"{where}, less than a sample at the end", text=find_words(rest))


def _chunk(name: bytes, data: bytes, where: str) -> Iterator[Hidden]:
    kind: HiddenKind = "exif"
    text = ""
    if name == b"LIST":
        yield from _list(data, where)
        return
    if name.upper() == b"ID3 " and data.startswith(ID3):
        end, found = read_id3(data, 0, where)
        yield from found
        yield from _behind(data[end:])
        return
    if name in _PADDING:
        if not data.strip(b"\0"):
            return
        kind, text = "unread_part", find_words(data)
    elif name in (b"fmt ", b"fact"):
        # Numbers that describe the samples; there is room behind them.
        text = find_words(data[16:] if name == b"fmt " else data[4:])
        if not text and len(data) <= 40:
            return
        kind = "unread_part"
    elif name == b"PEAK":
        seconds = int.from_bytes(data[4:8], "little")
        text = f"written {datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M:%S} UTC"
    elif name == b"_PMX":
        kind, text = "xmp", say_text(data)
    elif name in _TEXTS:
        text = say_text(data)
    elif name in _MARKS:
        text = find_words(data)
    else:
        kind, text = "unread_part", find_words(data)
    yield Hidden(kind=kind, where=where, text=text)


def _list(data: bytes, where: str) -> Iterator[Hidden]:
    """Named entries: title, artist, remark, program; or labels of marks. All of them are text."""
    lines = []
    at = 4
    while at + 8 <= len(data):
        name, size = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        entry = data[at + 8 : at + 8 + size]
        at += 8 + size + size % 2
        said = say_text(entry[4:] if name in _LABELS else entry)
        lines.append(f"{say_text(name)}: {said}")
    if rest := data[at:].strip(b"\0"):
        lines.append(say_text(rest))
    yield Hidden(kind="exif", where=where, text="\n".join(lines))


def walk_flac(content: bytes) -> Iterator[Hidden]:
    """Everything of a FLAC file but its samples, with tags that were put before and behind it."""
    at, found = read_flac_blocks(content, content.find(b"fLaC") + 4)
    yield from found
    yield from _behind(content[find_flac_end(content, at) :])


def walk_ogg(content: bytes) -> Iterator[Hidden]:
    """Everything of an Ogg file (Vorbis, Opus, FLAC) but its samples."""
    yield from walk_pages(content)


def walk_mp3(content: bytes) -> Iterator[Hidden]:
    """Everything of an MP3 file but its frames; tags at its beginning, between them and at its end.

    What an encoder hides within a frame, behind the sound's own bits, is not looked for.
    """
    at = 0
    while content.startswith(ID3, at):
        at, found = read_id3(content, at, f"ID3 tag at byte {at}")
        yield from found
    if content.startswith(b"fLaC", at):
        yield from walk_flac(content[at:])
        return
    yield from walk_mpeg(content, at)


def _behind(rest: bytes) -> Iterator[Hidden]:
    if rest.strip(b"\0"):
        where = f"{len(rest)} bytes after the end of the sound"
        yield from describe_binary(rest, "embedded_file", where)


WALKS: Final[dict[str, Callable[[bytes], Iterator[Hidden]]]] = {
    "wav": walk_wav, "flac": walk_flac, "ogg": walk_ogg, "mp3": walk_mp3,
}  # fmt: skip
