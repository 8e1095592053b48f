"""What can be read in a part of a file that is no XML."""

from __future__ import annotations

import io
import zipfile
from typing import Final

from bearwitness.documents.content import Hidden, HiddenKind
from bearwitness.documents.media_strings import find_words
from bearwitness.errors import DocumentError

MOST_CHARACTERS: Final = 200_000

_ZIP: Final = b"PK\x03\x04"


def strings_in(content: bytes) -> str:
    """The text that bytes are, or the passages in them that read as text, one a line.

    Parameters
    ----------
    content : bytes
        Anything.

    Returns
    -------
    str
        Up to ``MOST_CHARACTERS``. Packed or encrypted text is not among them, and some of what is may be chance.
    """
    if not content.strip(b"\x00 "):
        return ""
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        text = "\0"
    return find_words(content) if "\0" in text else text[:MOST_CHARACTERS]


def describe_binary(content: bytes, kind: HiddenKind, place: str) -> list[Hidden]:
    """What a part of a file is that is no XML, and what can be read in it.

    Parameters
    ----------
    content : bytes
        The part.
    kind : str
        What its name says that it is; an image and a file within the file are told by what they are.
    place : str
        Where it is.

    Returns
    -------
    list of Hidden
        At least one. An archive within the archive is not opened: the names in it are given.
    """
    if content.startswith(_ZIP):
        return [Hidden(kind="script" if kind == "script" else "embedded_file", where=place, text=_names_in(content))]
    if kind in ("image", "thumbnail", "unread_part", "embedded_file") and (found := _image(content, kind, place)):
        return found
    return [Hidden(kind=kind, where=place, text=strings_in(content))]


def _names_in(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return "\n".join(archive.namelist())[:MOST_CHARACTERS]
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return strings_in(content)


def _image(content: bytes, kind: HiddenKind, place: str) -> list[Hidden]:
    """What an image carries; nothing where it is none that can be read."""
    from bearwitness.documents.media_images import read_image

    try:
        found = read_image(content).hidden
    except DocumentError:
        return []
    main: HiddenKind = "thumbnail" if kind == "thumbnail" else "image"
    said = (h for h in found if h.kind != "image" or h.text)
    inner = (Hidden(kind=h.kind, where=f"{place}, {h.where}", text=h.text) for h in said)
    return [Hidden(kind=main, where=place), *inner]
