"""A produced file taken apart without the readers of documents: entries, streams, strings, and what markup says.

It shares nothing with what reads a document, so that a thing which a reader passes over is still seen here.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import html
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any, Final

from bearwitness.documents.html_style import PAGE_CSS
from bearwitness.errors import LeakError

_MOST_UNPACKED: Final = 300_000_000
_MOST_DEPTH: Final = 3
_MOST_NESTED: Final = 60
_TAG: Final = re.compile(r"<[^<>]*>")
_BREAK: Final = re.compile(
    r"</(?:\w+:)?(?:p|h|td|th|tc|li|div|h[1-6]|tr|list-item|table-cell|pre|figcaption|caption|title|style)>"
    r"|<(?:\w+:)?(?:br|line-break|tab|li)\b"
)
_ATTRIBUTE: Final = re.compile(r"=\s*(?:\"([^\"]*)\"|'([^']*)')")
# Remarks, instructions, declarations and raw character data are no tags, and a reader of the page sees none of them.
_ASIDE: Final = re.compile(r"<!--(.*?)-->|<\?(.*?)\?>|<!\[CDATA\[(.*?)\]\]>|<!DOCTYPE([^>]*)>", re.DOTALL)
_DATA: Final = re.compile(rb"data:[\w/+.;=-]*;base64,([A-Za-z0-9+/=\s]+)", re.IGNORECASE)
# Word for word the style sheet of every page that is written.
_SHEET: Final = f"<style>\n{PAGE_CSS}</style>"
_MARKS: Final = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def parts_of(content: bytes) -> Iterator[tuple[str, bytes]]:
    """Everything in a file as bytes: the file, each entry of an archive, each stream and string of a PDF file.

    Parameters
    ----------
    content : bytes
        The whole file.

    Yields
    ------
    tuple of str and bytes
        Where, in numbers and never in the file's own words; and the bytes, unpacked.

    Raises
    ------
    LeakError
        If a part cannot be unpacked or is too large: what cannot be looked at must not leave.
    """
    yield from _parts(content, "the file", _MOST_DEPTH)


def _parts(content: bytes, where: str, depth: int) -> Iterator[tuple[str, bytes]]:
    yield where, content
    for number, inner in enumerate(_addressed(content), 1):
        yield f"{where}, file {number} in an address", inner
    if not content.startswith((b"PK", b"%PDF")):
        return
    if not depth:
        raise _unseen(where)
    yield from _entries(content, where, depth) if content.startswith(b"PK") else _pdf_parts(content, where)


def _addressed(content: bytes) -> Iterator[bytes]:
    """Files that a page holds in addresses; what cannot be unpacked is looked at as it stands, with the page."""
    for match in _DATA.finditer(content):
        packed = b"".join(match[1].split()).rstrip(b"=")
        with contextlib.suppress(binascii.Error, ValueError):
            yield base64.b64decode(packed + b"=" * (-len(packed) % 4))


def _entries(content: bytes, where: str, depth: int) -> Iterator[tuple[str, bytes]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            infos = archive.infolist()
            if sum(entry.file_size for entry in infos) > _MOST_UNPACKED:
                raise _unseen(where)
            for number, entry in enumerate(infos, 1):
                yield f"name of entry {number}", entry.filename.encode() + b" " + entry.comment + b" " + entry.extra
                yield from _parts(archive.read(entry), f"entry {number}", depth - 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError, NotImplementedError):
        raise _unseen(where) from None


def _pdf_parts(content: bytes, where: str) -> Iterator[tuple[str, bytes]]:
    import pikepdf

    from bearwitness.documents.verifying_pdf import shown_texts

    try:
        with pikepdf.open(io.BytesIO(content)) as book:
            for number, item in enumerate([book.trailer, *book.objects]):
                said = "\n".join(_strings(item, 0))
                if said:
                    yield f"strings of object {number}", said.encode("utf-8", "replace")
                if isinstance(item, pikepdf.Stream):
                    yield f"stream {number}", _stream(item)
            for page, text in shown_texts(book):
                yield f"letters of page {page}", text.encode("utf-8", "replace")
    except (pikepdf.PdfError, RuntimeError, ValueError, TypeError, KeyError, AttributeError):
        raise _unseen(where) from None


def _stream(item: Any) -> bytes:
    """A stream, unpacked as far as it can be: a photograph stays as the camera's own form has it."""
    import pikepdf

    try:
        return bytes(item.read_bytes(pikepdf.StreamDecodeLevel.generalized))
    except pikepdf.PdfError:
        return bytes(item.read_raw_bytes())


def _strings(value: Any, depth: int) -> Iterator[str]:
    """The strings and names directly in an object, decoded."""
    import pikepdf

    if depth > _MOST_NESTED:
        raise ValueError("nested too deep")
    if isinstance(value, pikepdf.String):
        raw = bytes(value)
        yield str(value)
        yield raw.decode("utf-8", errors="replace")
    elif isinstance(value, pikepdf.Name):
        yield str(value)
    elif isinstance(value, pikepdf.Stream | pikepdf.Dictionary):
        entries = value.stream_dict if isinstance(value, pikepdf.Stream) else value
        for key, part in entries.items():
            yield key
            if not (isinstance(part, pikepdf.Object) and part.is_indirect):
                yield from _strings(part, depth + 1)
    elif isinstance(value, pikepdf.Array):
        for part in value:
            if not (isinstance(part, pikepdf.Object) and part.is_indirect):
                yield from _strings(part, depth + 1)


def _unseen(where: str) -> LeakError:
    return LeakError(
        f"a part of what was produced cannot be looked at: {where}. Nothing was written.",
        hint="Write another form of file, or take pictures and links out.",
    )


def texts_of(where: str, part: bytes) -> Iterator[str]:
    """What a part says in words: markup without its tags, its attributes, its remarks; strings and letters of a PDF.

    Parameters
    ----------
    where, part
        As :func:`parts_of` gives them.
    """
    if where.startswith(("strings of", "letters of", "name of")):
        yield part.decode("utf-8", errors="replace")
        return
    text = _markup(part)
    if text is None:
        return
    text = text.replace(_SHEET, "\n", 1)
    yield html.unescape(_TAG.sub("", _BREAK.sub(lambda m: "\n" + m.group(), _ASIDE.sub("", text))))
    yield html.unescape("\n".join(one or other for one, other in _ATTRIBUTE.findall(text)))
    yield "\n".join("".join(found) for found in _ASIDE.findall(text))


def _markup(part: bytes) -> str | None:
    """A part as text if it is XML or HTML."""
    encoding = next((name for mark, name in _MARKS if part.startswith(mark)), "utf-8")
    if not part[:64].lstrip().startswith(b"<") and encoding == "utf-8":
        return None
    text = part.decode(encoding, errors="replace")
    return text if text.lstrip().startswith("<") else None
