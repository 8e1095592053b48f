"""Zip archives, within bounds: opened before any library sees the file, and packed so that they tell nothing.

A document of an office program is a zip archive. It may be a bomb, hold a name twice so that two programs see two
documents, or carry bytes that belong to no member.
"""

from __future__ import annotations

import io
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from bearwitness.documents.content import Hidden
from bearwitness.documents.office_strings import strings_in
from bearwitness.errors import DocumentError

MOST_MEMBERS: Final = 2_000
MOST_UNPACKED_BYTES: Final = 300_000_000
MOST_RATIO: Final = 200
# A small member may be packed tightly: a page of spaces is no bomb.
RATIO_FROM_BYTES: Final = 1_000_000

_END: Final = b"PK\x05\x06"
_END_SIZE: Final = 22
_LOCAL_SIZE: Final = 30
# What may stand after a member's data: nothing, or its sizes and checksum again (with or without a mark, 32 or 64 bit).
_DESCRIPTORS: Final = frozenset({12, 16, 20, 24})
_FIRST_TIME: Final = (1980, 1, 1, 0, 0, 0)
_SAVE_AGAIN: Final = "Open it in the program that wrote it and save it again."
_BAD_NAME: Final = re.compile(r"^[/\\]|^[A-Za-z]:|(^|[/\\])\.\.([/\\]|$)|\\|[\x00-\x1f]")


def open_archive(content: bytes, *, where: str) -> dict[str, bytes]:
    """Everything in a zip archive, unpacked.

    Parameters
    ----------
    content : bytes
        The file.
    where : str
        What messages call it.

    Returns
    -------
    dict of str to bytes
        Each member by its name, in the archive's order; folders have no bytes.

    Raises
    ------
    DocumentError
        If it is damaged, encrypted or packed in an unusual way; has more than ``MOST_MEMBERS`` members, more than
        ``MOST_UNPACKED_BYTES`` of them, or one over a megabyte that is more than ``MOST_RATIO`` times its packed size;
        or has a name twice (in capitals or not), a name that leads out of its folder, or a symbolic link.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            infos = archive.infolist()
            _check_sizes(infos, where)
            _check_names(infos, where)
            return {info.filename: archive.read(info) for info in infos}
    except (NotImplementedError, RuntimeError):
        raise _locked(where) from None
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, LookupError, struct.error):
        raise DocumentError("the file is damaged or cut short.", hint=_SAVE_AGAIN, where=where) from None


def _locked(where: str) -> DocumentError:
    return DocumentError(
        "the file is locked with a password, or packed in an unusual way.",
        hint="Open it in the program that wrote it and save it without a password; protect the file otherwise.",
        where=where,
    )


def _check_sizes(infos: Sequence[zipfile.ZipInfo], where: str) -> None:
    too_large = len(infos) > MOST_MEMBERS or sum(info.file_size for info in infos) > MOST_UNPACKED_BYTES
    for info in infos:
        if info.flag_bits & 0x41 or info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise _locked(where)
        ratio = info.file_size / max(info.compress_size, 1)
        too_large = too_large or (info.file_size > RATIO_FROM_BYTES and ratio > MOST_RATIO)
    if too_large:
        raise DocumentError(
            "the file is too large once it is unpacked.", hint="Give it in several smaller files.", where=where
        )


def _check_names(infos: Sequence[zipfile.ZipInfo], where: str) -> None:
    seen: set[str] = set()
    for at, info in enumerate(infos, 1):
        name = info.filename
        is_link = stat.S_ISLNK(info.external_attr >> 16)
        # Some readers take the name in the archive's other, older place: both must be one.
        if name.casefold() in seen or is_link or not name or _BAD_NAME.search(info.orig_filename):
            raise DocumentError(
                f"entry {at} of the archive has a name that is there twice or leads elsewhere.",
                hint="Somebody may have tampered with the file. " + _SAVE_AGAIN,
                where=where,
            )
        seen.add(name.casefold())


def stray_bytes(content: bytes) -> tuple[Hidden, ...]:
    """What a zip archive carries outside of its members: comments, times, owners, and bytes that belong to nothing.

    Parameters
    ----------
    content : bytes
        An archive that :func:`open_archive` took.

    Returns
    -------
    tuple of Hidden
        Nothing for an archive that holds its members and no more, all of them dated 1980-01-01.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        infos, comment = archive.infolist(), archive.comment
        # The library shifts all offsets where something stands before the archive.
        start = archive.start_dir
    gaps = _gaps(content, infos, start)
    found = [Hidden(kind="unread_part", where=place, text=strings_in(gap)) for place, gap in gaps]
    if comment:
        found.append(Hidden(kind="metadata", where="the comment of the archive", text=strings_in(comment)))
    for at, info in enumerate(infos, 1):
        if info.comment:
            text = strings_in(info.comment)
            found.append(Hidden(kind="metadata", where=f"the comment of entry {at} of the archive", text=text))
        extra = info.extra + _local_extra(content, info)
        if extra:
            text = strings_in(extra)
            found.append(Hidden(kind="metadata", where=f"additional fields of entry {at} of the archive", text=text))
    times = sorted({info.date_time for info in infos} - {_FIRST_TIME})
    if times:
        text = "\n".join("{}-{:02}-{:02} {:02}:{:02}:{:02}".format(*time) for time in times)
        found.append(Hidden(kind="metadata", where="the times at which the file was packed", text=text))
    return tuple(found)


def _local_extra(content: bytes, info: zipfile.ZipInfo) -> bytes:
    name_size, extra_size = _local_sizes(content, info)
    begin = info.header_offset + _LOCAL_SIZE + name_size
    extra = content[begin : begin + extra_size]
    # LibreOffice and others keep room for sizes of 64 bits: numbers only.
    return b"" if extra[:2] == b"\x01\x00" and len(extra) <= 32 else extra


def _local_sizes(content: bytes, info: zipfile.ZipInfo) -> tuple[int, int]:
    sizes: tuple[int, int] = struct.unpack_from("<HH", content, info.header_offset + 26)
    return sizes


def _gaps(content: bytes, infos: Sequence[zipfile.ZipInfo], start: int) -> Iterator[tuple[str, bytes]]:
    """Bytes before, between and after the members."""
    at = 0
    for info in sorted(infos, key=lambda i: i.header_offset):
        if info.header_offset > at:
            gap = content[at : info.header_offset]
            if len(gap) not in _DESCRIPTORS or not at:
                yield ("bytes before the archive" if not at else "bytes between two entries of the archive"), gap
        at = info.header_offset + _LOCAL_SIZE + sum(_local_sizes(content, info)) + info.compress_size
    if start > at and start - at not in _DESCRIPTORS:
        yield "bytes between the entries of the archive and its list", content[at:start]
    end = content.rfind(_END)
    listed = sum(46 + len(_name_bytes(i)) + len(i.extra) + len(i.comment) for i in infos)
    between = content[start + listed : end]
    if between and not between.startswith(b"PK\x06\x06"):
        yield "bytes between the list of the archive and its end", between
    comment_size: int = struct.unpack_from("<H", content, end + 20)[0]
    after = content[end + _END_SIZE + comment_size :]
    if after:
        yield "bytes after the archive", after


def _name_bytes(info: zipfile.ZipInfo) -> bytes:
    return info.orig_filename.encode("utf-8" if info.flag_bits & 0x800 else "cp437")


def pack_archive(members: Mapping[str, bytes]) -> bytes:
    """A zip archive of some members in their order; the same members give the same bytes, whenever and wherever.

    Parameters
    ----------
    members : mapping of str to bytes
        Each by its name. One called ``mimetype`` is stored as it is, as OpenDocument has it.

    Returns
    -------
    bytes
        With no comment, no owner, and 1980-01-01 for all times.
    """
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in members.items():
            info = zipfile.ZipInfo(name, _FIRST_TIME)
            info.create_system = 0
            info.external_attr = 0
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return packed.getvalue()
