"""What an image file carries besides its pixels: its parts, one by one, as its container lays them out.

The file is walked byte by byte and not asked of a decoder, which passes over what it does not know. Whatever lies
between, behind or beside the parts of a well-formed file is a part too.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator
from typing import Final

from bearwitness.documents.content import Hidden, HiddenKind
from bearwitness.documents.media_exif import read_exif, read_photoshop
from bearwitness.documents.media_strings import find_words

_MOST_INFLATED: Final = 4_000_000
_PNG_PIXELS: Final = frozenset(
    {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"bKGD", b"pHYs", b"hIST"}
)
_PNG_FRAMES: Final = frozenset({b"acTL", b"fcTL", b"fdAT"})
_NAMED_CHUNKS: Final[dict[bytes, HiddenKind]] = {
    b"tEXt": "metadata", b"zTXt": "metadata", b"iTXt": "metadata", b"tIME": "metadata", b"iCCP": "metadata",
    b"sPLT": "metadata",
}  # fmt: skip
_XMP: Final = b"http://ns.adobe.com/x"
_JFIF_BYTES: Final = 14
_PLAIN_MARKERS: Final = frozenset({0xDB, 0xC4, 0xDD, 0xCC, *range(0xC0, 0xC4), *range(0xC5, 0xC8), *range(0xC9, 0xCC),
                                   *range(0xCD, 0xD0)})  # fmt: skip
_SCAN_END: Final = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_WEBP_PIXELS: Final = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF"})
_EMBEDDED_EXIF: Final = re.compile(rb"\s*(?:exif|iptc|APP1|8bim|xmp)\s+\d+\s+([0-9a-fA-F\s]+)")


def walk_png(content: bytes) -> Iterator[Hidden]:
    """Everything of a PNG but its pixels."""
    at, number = 8, 0
    while at + 12 <= len(content):
        size = int.from_bytes(content[at : at + 4], "big")
        name, data = content[at + 4 : at + 8], content[at + 8 : at + 8 + size]
        at += 12 + size
        number += 1
        where = f"chunk {number} ({name.decode('latin-1') if name.isalpha() else 'unnamed'})"
        if name in _PNG_FRAMES:
            yield Hidden(kind="image", where=f"{where}: another frame")
        elif name == b"eXIf":
            yield from read_exif(data, where)
        elif name not in _PNG_PIXELS:
            yield from _png_text(name, data, where)
        if name == b"IEND":
            break
    yield from _behind(content[at:])


def _png_text(name: bytes, data: bytes, where: str) -> Iterator[Hidden]:
    text = find_words(_inflated(name, data))
    if name in (b"tEXt", b"zTXt", b"iTXt"):
        text = "\n".join(part.decode("utf-8", errors="replace") for part in _inflated(name, data).split(b"\0") if part)
    kind = _NAMED_CHUNKS.get(name, "unread_part")
    if b"adobe.xmp" in data[:80]:
        kind = "xmp"
    yield Hidden(kind=kind, where=where, text=text)
    # Some programs write EXIF as digits into a text.
    raw = _EMBEDDED_EXIF.search(_inflated(name, data))
    if raw is not None:
        digits = re.sub(rb"\s", b"", raw[1])
        inner = bytes.fromhex(digits[: len(digits) // 2 * 2].decode("ascii"))
        yield from read_exif(inner.removeprefix(b"Exif\0\0"), f"{where}, as digits")


def _inflated(name: bytes, data: bytes) -> bytes:
    """A chunk's data with what is packed in it unpacked, bounded."""
    if name not in (b"zTXt", b"iTXt", b"iCCP"):
        return data
    keyword, _, rest = data.partition(b"\0")
    start = rest.find(b"\x78")
    while 0 <= start < 400:
        try:
            unpacked = zlib.decompressobj().decompress(rest[start:], _MOST_INFLATED)
        except zlib.error:
            start = rest.find(b"\x78", start + 1)
            continue
        return keyword + b"\0" + rest[:start] + b"\0" + unpacked
    return data


def walk_jpeg(content: bytes) -> Iterator[Hidden]:
    """Everything of a JPEG but its pixels, with what cameras put behind it."""
    at = 2
    while at + 2 <= len(content):
        if content[at] != 0xFF:
            break
        marker = content[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker == 0xD9:
            at += 2
            break
        if marker == 0x01 or 0xD0 <= marker <= 0xD8:
            at += 2
            continue
        if at + 4 > len(content):
            break
        size = int.from_bytes(content[at + 2 : at + 4], "big")
        data = content[at + 4 : at + 2 + size]
        if marker == 0xDA:
            ended = _SCAN_END.search(content, at + 2 + size)
            at = ended.start() if ended else len(content)
            continue
        if marker not in _PLAIN_MARKERS:
            yield from _jpeg_segment(marker, data, f"segment at byte {at}")
        at += 2 + max(size, 2)
    yield from _behind(content[at:])


def _jpeg_segment(marker: int, data: bytes, where: str) -> Iterator[Hidden]:
    if marker == 0xE0 and data.startswith(b"JFIF\0"):
        if len(data) > _JFIF_BYTES:
            yield Hidden(kind="thumbnail", where=f"{where} (JFIF)", text=find_words(data[_JFIF_BYTES:]))
    elif marker == 0xE0 and data.startswith(b"JFXX\0"):
        yield Hidden(kind="thumbnail", where=f"{where} (JFXX)", text=find_words(data[5:]))
    elif marker == 0xE1 and data.startswith(b"Exif\0"):
        yield from read_exif(data[6:], f"{where} (EXIF)")
    elif marker == 0xE1 and data.startswith(_XMP):
        yield Hidden(kind="xmp", where=f"{where} (XMP)", text=find_words(data))
    elif marker == 0xE2 and data.startswith(b"ICC_PROFILE\0"):
        yield Hidden(kind="metadata", where=f"{where} (colour profile)", text=find_words(data[14:]))
    elif marker == 0xE2 and data.startswith(b"MPF\0"):
        yield Hidden(kind="embedded_file", where=f"{where} (further pictures behind this one)", text=find_words(data))
    elif marker == 0xED:
        yield from read_photoshop(data.partition(b"\0")[2], f"{where} (Photoshop)")
    elif marker == 0xFE:
        text = data.decode("utf-8", errors="replace") if data.isascii() else find_words(data) or data.decode("latin-1")
        yield Hidden(kind="comment", where=f"{where} (comment)", text=text)
    elif 0xE0 <= marker <= 0xEF:
        yield Hidden(kind="metadata", where=f"{where} (application data {marker - 0xE0})", text=find_words(data))
    else:
        yield Hidden(kind="unread_part", where=where, text=find_words(data))


def walk_gif(content: bytes) -> Iterator[Hidden]:
    """Everything of a GIF but the pixels of its first frame."""
    at = 13 + _palette(content[10]) if len(content) > 13 else len(content)
    frames = 0
    while at < len(content):
        sort = content[at]
        if sort == 0x3B:
            at += 1
            break
        if sort == 0x2C and at + 10 <= len(content):
            frames += 1
            if frames > 1:
                yield Hidden(kind="image", where=f"frame {frames}: not shown once the picture is rebuilt")
            at, _ = _gif_blocks(content, at + 11 + _palette(content[at + 9]))
        elif sort == 0x21 and at + 2 <= len(content):
            label = content[at + 1]
            begun = at
            at, data = _gif_blocks(content, at + 2)
            where = f"block at byte {begun}"
            if label == 0xFE:
                yield Hidden(kind="comment", where=where, text=data.decode("utf-8", errors="replace"))
            elif label == 0xFF and not data.startswith((b"NETSCAPE2.0", b"ANIMEXTS1.0")):
                # The packet of XMP is no blocks at all: it is read from the bytes as they stand.
                kind: HiddenKind = "xmp" if data.startswith(b"XMP Data") else "unread_part"
                yield Hidden(kind=kind, where=where, text=find_words(content[begun:at]))
            elif label == 0x01:
                yield Hidden(kind="hidden_text", where=where, text=data[12:].decode("latin-1"))
        else:
            break
    yield from _behind(content[at:])


def _palette(flags: int) -> int:
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def _gif_blocks(content: bytes, at: int) -> tuple[int, bytes]:
    parts = []
    while at < len(content) and (size := content[at]):
        parts.append(content[at + 1 : at + 1 + size])
        at += 1 + size
    return at + 1, b"".join(parts)


def walk_webp(content: bytes) -> Iterator[Hidden]:
    """Everything of a WebP but its pixels."""
    at, end, frames = 12, min(len(content), 8 + int.from_bytes(content[4:8], "little")), 0
    while at + 8 <= end:
        name, size = content[at : at + 4], int.from_bytes(content[at + 4 : at + 8], "little")
        data = content[at + 8 : at + 8 + size]
        where = f"chunk at byte {at}"
        at += 8 + size + size % 2
        frames += name == b"ANMF"
        if name == b"ANMF" and frames > 1:
            yield Hidden(kind="image", where=f"frame {frames}: not shown once the picture is rebuilt")
        if name == b"EXIF":
            yield from read_exif(data.removeprefix(b"Exif\0\0"), f"{where} (EXIF)")
        elif name == b"XMP ":
            yield Hidden(kind="xmp", where=f"{where} (XMP)", text=find_words(data))
        elif name == b"ICCP":
            yield Hidden(kind="metadata", where=f"{where} (colour profile)", text=find_words(data))
        elif name not in _WEBP_PIXELS:
            yield Hidden(kind="unread_part", where=where, text=find_words(data))
    yield from _behind(content[min(at, end) :])


def walk_bmp(content: bytes) -> Iterator[Hidden]:
    """What lies before, between and behind the pixels of a BMP."""
    start, header = int.from_bytes(content[10:14], "little"), int.from_bytes(content[14:18], "little")
    width = int.from_bytes(content[18:22], "little", signed=True)
    height = abs(int.from_bytes(content[22:26], "little", signed=True))
    depth = int.from_bytes(content[28:30], "little")
    pixels = int.from_bytes(content[34:38], "little") or (abs(width) * depth + 31) // 32 * 4 * height
    table = content[14 + header : start]
    if any(content[6:10]) or header > 40:
        text = find_words(content[6:10] + content[54 : 14 + header])
        yield Hidden(kind="metadata", where="the header", text=text)
    if find_words(table):
        yield Hidden(kind="unread_part", where="before the pixels", text=find_words(table))
    yield from _behind(content[start + pixels :])


def _behind(rest: bytes) -> Iterator[Hidden]:
    if rest.strip(b"\0"):
        where = f"{len(rest)} bytes after the end of the picture"
        yield Hidden(kind="embedded_file", where=where, text=find_words(rest))


WALKS: Final[dict[str, Callable[[bytes], Iterator[Hidden]]]] = {
    "png": walk_png, "jpeg": walk_jpeg, "gif": walk_gif, "webp": walk_webp, "bmp": walk_bmp,
}  # fmt: skip
