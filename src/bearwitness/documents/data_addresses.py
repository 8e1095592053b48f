"""Files that stand in an address (``data:``), as a page or a Markdown text may hold them."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote_to_bytes

from bearwitness.documents.content import Hidden
from bearwitness.documents.office_strings import describe_binary
from bearwitness.errors import DocumentError

_SPACE: Final = b" \t\r\n\x0c"
# What these say is what the file itself says.
_PLAIN_HEADS: Final = frozenset(f"data:image/{kind}" for kind in ("png", "jpeg", "jpg", "gif", "webp", "bmp", "tiff"))


@dataclass(frozen=True, slots=True, kw_only=True)
class DataFile:
    """A file out of an address: ``picture`` are its bytes if it is an image that is read; ``told`` what it carries."""

    picture: bytes | None
    told: tuple[Hidden, ...]


def is_data(address: str) -> bool:
    """Whether an address holds a file."""
    return address.strip().lower().startswith("data:")


def open_data(address: str, *, where: str) -> DataFile:
    """The file in an address, and what is to be told of it.

    Parameters
    ----------
    address : str
        An address for which :func:`is_data` is true.
    where : str
        The place of the address, for what is told.

    Returns
    -------
    DataFile
        An image is told as its reader tells it. Of anything else the address is told as it stands, and what can be
        read in the file. What a browser could not decode is no picture.
    """
    head, _, body = address.strip().partition(",")
    parameters = [part.strip().lower() for part in head.split(";")]
    content = _decoded(body, is_base64=len(parameters) > 1 and parameters[-1] == "base64")
    if content is None:
        return DataFile(picture=None, told=(Hidden(kind="embedded_file", where=where, text=address),))
    found = _image(content, where)
    if found is None:
        as_it_stands = Hidden(kind="embedded_file", where=where, text=address)
        return DataFile(picture=None, told=(as_it_stands, *describe_binary(content, "embedded_file", where)))
    plain = parameters[0] in _PLAIN_HEADS and parameters[1:] == ["base64"]
    named = () if plain else (Hidden(kind="metadata", where=f"{where}, the address of a picture", text=head),)
    return DataFile(picture=content, told=(*found, *named))


def _decoded(body: str, *, is_base64: bool) -> bytes | None:
    content = unquote_to_bytes(body)
    if not is_base64:
        return content
    packed = content.translate(None, _SPACE).rstrip(b"=")
    try:
        return base64.b64decode(packed + b"=" * (-len(packed) % 4), validate=True)
    except (binascii.Error, ValueError):
        return None


def _image(content: bytes, where: str) -> tuple[Hidden, ...] | None:
    """What an image carries; None where it is none that is read."""
    from bearwitness.documents.media_images import read_image

    try:
        found = read_image(content).hidden
    except DocumentError:
        return None
    said = (h for h in found if h.kind != "image" or h.text)
    inner = (Hidden(kind=h.kind, where=f"{where}, {h.where}", text=h.text) for h in said)
    return (Hidden(kind="image", where=where), *inner)
