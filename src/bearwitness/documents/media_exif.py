"""EXIF, IPTC and what image programs keep with them, as lines of text: which entry, and what it says."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from bearwitness.documents.content import Hidden, HiddenKind
from bearwitness.documents.media_strings import find_words

_IPTC: Final = 0x0404
_THUMBNAILS: Final = (0x0409, 0x040C)
_MAKER_NOTE: Final = 0x927C
# Comments that Windows writes in UTF-16.
_WINDOWS: Final = range(0x9C9B, 0x9CA0)
_MOST_VALUE: Final = 4000


def read_exif(content: bytes, where: str) -> Iterator[Hidden]:
    """What an EXIF block says.

    Parameters
    ----------
    content : bytes
        The block, from its ``II`` or ``MM`` on.
    where : str
        Its place in the file.

    Yields
    ------
    Hidden
        One for each directory with an entry a line; one for the maker's note; one for the thumbnail; and one with
        every word in the block that no entry shows.
    """
    said: list[str] = []
    for kind, place, text in _directories(content):
        said.append(text)
        yield Hidden(kind=kind, where=f"{where}, {place}", text=text)
    shown = "\n".join(said)
    rest = "\n".join(line for line in find_words(content).split("\n") if line and line not in shown)
    if rest or not said:
        yield Hidden(kind="exif", where=f"{where}, between its entries", text=rest)


def _directories(content: bytes) -> Iterator[tuple[HiddenKind, str, str]]:
    from PIL import ExifTags, Image

    exif = Image.Exif()
    # A damaged block raises whatever its numbers lead to; its words are read all the same.
    with contextlib.suppress(Exception):
        exif.load(b"Exif\0\0" + content)
    inner = {ExifTags.IFD.Exif: "camera", ExifTags.IFD.GPSInfo: "position", ExifTags.IFD.Interop: "interoperability",
             ExifTags.IFD.IFD1: "thumbnail"}  # fmt: skip
    with contextlib.suppress(Exception):
        entries = {tag: value for tag, value in exif.items() if tag not in inner}
        if entries:
            yield "exif", "picture", describe_entries(entries, ExifTags.TAGS)
    for directory, name in inner.items():
        found: Mapping[int, Any] = {}
        with contextlib.suppress(Exception):
            found = exif.get_ifd(directory)
        if not found:
            continue
        names = ExifTags.GPSTAGS if directory is ExifTags.IFD.GPSInfo else ExifTags.TAGS
        kind: HiddenKind = "thumbnail" if directory is ExifTags.IFD.IFD1 else "exif"
        text = describe_entries({tag: value for tag, value in found.items() if tag != _MAKER_NOTE}, names)
        yield kind, name, text
        note = found.get(_MAKER_NOTE)
        if note:
            yield "exif", "maker's note", find_words(note) if isinstance(note, bytes) else _say(note)


def describe_entries(entries: Mapping[int, Any], names: Mapping[int, str]) -> str:
    """Entries, one a line: name or number, and value."""
    lines = []
    for tag, value in entries.items():
        if tag in _WINDOWS and isinstance(value, bytes):
            value = value.decode("utf-16-le", errors="replace")
        lines.append(f"{names.get(tag, f'entry {tag}')}: {_say(value)}")
    return "\n".join(lines)


def _say(value: Any) -> str:
    if isinstance(value, bytes):
        return find_words(value)
    if isinstance(value, str):
        # Text said to be Latin is UTF-8 with many cameras.
        with contextlib.suppress(UnicodeError):
            value = value.encode("latin-1").decode("utf-8")
        return str(value).replace("\0", " ").strip()
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {_say(one)}" for key, one in value.items())
    if isinstance(value, Iterable):
        return " ".join(_say(one) for one in value)[:_MOST_VALUE]
    return str(value)


def read_photoshop(content: bytes, where: str) -> Iterator[Hidden]:
    """What the resources of Photoshop hold: IPTC entries, previews, and others."""
    at = 0
    while at + 12 <= len(content) and content[at : at + 4] == b"8BIM":
        number = int.from_bytes(content[at + 4 : at + 6], "big")
        named = content[at + 6] + 1
        at += 6 + named + named % 2
        size = int.from_bytes(content[at : at + 4], "big")
        data = content[at + 4 : at + 4 + size]
        at += 4 + size + size % 2
        if number == _IPTC:
            yield from read_iptc(data, where)
        else:
            kind: HiddenKind = "thumbnail" if number in _THUMBNAILS else "metadata"
            yield Hidden(kind=kind, where=f"{where}, resource {number}", text=find_words(data))
    if at < len(content) and content[at:].strip(b"\0"):
        yield Hidden(kind="unread_part", where=where, text=find_words(content[at:]))


def read_iptc(content: bytes, where: str) -> Iterator[Hidden]:
    """The entries of an IPTC record: caption, byline, place and whatever else it has."""
    at, lines = 0, []
    while at + 5 <= len(content) and content[at] == 0x1C:
        size = int.from_bytes(content[at + 3 : at + 5], "big")
        data = content[at + 5 : at + 5 + size]
        text = data.decode("utf-8", errors="replace")
        said = data.decode("latin-1") if "\ufffd" in text else text
        lines.append(f"{content[at + 1]}:{content[at + 2]} {said}")
        at += 5 + size
    rest = find_words(content[at:])
    yield Hidden(kind="exif", where=f"{where}, IPTC", text="\n".join([*lines, rest] if rest else lines))
