"""What writers of office documents ask of a text."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from bearwitness.documents.content import Document, Paragraph, Table

LINKS: Final = ("http://", "https://", "mailto:")
_BREAKS: Final = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_NOT_IN_XML: Final = re.compile("[\x00-\x08\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def writable(text: str) -> str:
    """The text with one sort of line break, and without characters that XML cannot hold; none of them is ever shown."""
    return _NOT_IN_XML.sub("", _BREAKS.sub("\n", text))


def safe_link(link: str) -> str:
    """The link if it leads to a page or an address; empty for everything else that a link can do."""
    link = writable(link)
    return link if link.lower().startswith(LINKS) else ""


def is_right_to_left(text: str) -> bool:
    """Whether the first letter that has a direction is read from right to left."""
    return next((d != "L" for c in text if (d := unicodedata.bidirectional(c)) in ("L", "R", "AL")), False)


def note_order(document: Document) -> dict[str, int]:
    """The notes that the body names, numbered from 1 in the order they are named."""
    known = {note.id for note in document.notes}
    paragraphs: list[Paragraph] = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            paragraphs.append(block)
        elif isinstance(block, Table):
            paragraphs += (p for row in block.rows for cell in row for p in cell)
    named = (run.note for paragraph in paragraphs for run in paragraph.runs if run.note in known)
    return {note: at for at, note in enumerate(dict.fromkeys(named), 1)}


def picture_kind(content: bytes) -> str:
    """Png or jpeg.

    Raises
    ------
    ValueError
        If it is any other picture: only rebuilt ones are written.
    """
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if content.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    raise ValueError("only PNG and JPEG pictures are written: rebuild it first")
