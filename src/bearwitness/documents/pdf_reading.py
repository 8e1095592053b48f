"""Read a PDF file: the words a reader sees page by page, and everything else it carries."""

from __future__ import annotations

import ctypes
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

import pypdfium2.raw as pdfium

from bearwitness.documents.content import Document, Hidden, HiddenKind, Opened, Paragraph
from bearwitness.documents.pdf_drawings import read_drawings
from bearwitness.documents.pdf_glyphs import Box, Glyph, Unreadable, count_unreadable, read_glyphs
from bearwitness.documents.pdf_lines import Line, lines_of, paragraphs_from
from bearwitness.documents.pdf_structure import read_structure
from bearwitness.errors import DocumentError

MOST_PAGES: Final = 2_000
_MOST_REVISIONS: Final = 20
_END: Final = b"%%EOF"
_FROM_RIGHT: Final = frozenset({"R", "AL", "AN"})
_PLACES: Final[dict[HiddenKind, str]] = {
    "hidden_text": "characters that are not drawn, or not to be seen",
    "covered_text": "under a filled shape or a picture",
    "off_page": "outside the page",
}  # fmt: skip


def read_pdf(content: bytes) -> Opened:
    """Open a PDF file.

    Parameters
    ----------
    content : bytes
        The whole file.

    Returns
    -------
    Opened
        Paragraphs are guessed from lines and gaps, headings from sizes. Pages that are pictures only are named.

    Raises
    ------
    DocumentError
        If it is damaged, locked with a password, or has too many pages.
    """
    structure = read_structure(content)
    with _opened(content) as book:
        pages = [_read_page(book, number) for number in range(_count_pages(book))]
    sizes = Counter(round(g.size, 1) for glyphs, _ in pages for g in glyphs if g.hidden is None)
    usual = sizes.most_common(1)[0][0] if sizes else 0.0
    paragraphs: list[Paragraph] = []
    hidden: list[Hidden] = []
    for number, (glyphs, unreadable) in enumerate(pages, 1):
        shown = lines_of(g for g in glyphs if g.hidden is None)
        paragraphs += paragraphs_from(shown, usual)
        hidden += _hidden_of(number, glyphs, shown, unreadable)
    document = Document(blocks=tuple(paragraphs))
    hidden += [*structure, *_revisions(content, _words_of(g for glyphs, _ in pages for g in glyphs))]
    hidden += read_drawings(content, "".join(g.character for glyphs, _ in pages for g in glyphs))
    return Opened(form="pdf", document=document, hidden=tuple(hidden))


@contextmanager
def _opened(content: bytes) -> Iterator[Any]:
    held = ctypes.create_string_buffer(content, len(content))
    book = pdfium.FPDF_LoadMemDocument64(held, len(content), None)
    if not book:
        if pdfium.FPDF_GetLastError() == pdfium.FPDF_ERR_PASSWORD:
            raise DocumentError(
                "the document is locked with a password.", hint="Save it without one, and protect the file otherwise."
            )
        raise _damaged()
    try:
        yield book
    finally:
        pdfium.FPDF_CloseDocument(book)


def _damaged() -> DocumentError:
    return DocumentError("the PDF file is damaged.", hint="Ask for it again, or print it to PDF anew.")


def _count_pages(book: Any) -> int:
    count = int(pdfium.FPDF_GetPageCount(book))
    if count < 1:
        raise _damaged()
    if count > MOST_PAGES:
        raise DocumentError(f"the document has more than {MOST_PAGES:,} pages.", hint="Give it in parts.")
    return count


def _read_page(book: Any, number: int) -> tuple[tuple[Glyph, ...], Unreadable]:
    page = pdfium.FPDF_LoadPage(book, number)
    if not page:
        raise DocumentError("a page of the PDF file is damaged.", hint="Ask for it again.", where=f"page {number + 1}")
    try:
        return read_glyphs(page, _crop(page)), count_unreadable(page)
    finally:
        pdfium.FPDF_ClosePage(page)


def _crop(page: Any) -> Box:
    found = pdfium.FS_RECTF()
    if not pdfium.FPDF_GetPageBoundingBox(page, found):
        raise _damaged()
    return found.left, min(found.bottom, found.top), found.right, max(found.bottom, found.top)


def _hidden_of(
    number: int, glyphs: Sequence[Glyph], shown: Sequence[Line], unreadable: Unreadable
) -> Iterator[Hidden]:
    """What a page hides, a line each, and what on it cannot be read."""
    pictures, shapes = unreadable.pictures, unreadable.shapes
    for kind, place in _PLACES.items():
        lines = lines_of(g for g in glyphs if g.hidden == kind or g.character.isspace() or g.made_up)
        if lines:
            yield Hidden(kind=kind, where=f"page {number}, {place}", text="\n".join(line.text for line in lines))
    if pictures:
        yield Hidden(kind="image", where=f"page {number}, {pictures} picture{'s' * (pictures > 1)}")
    if shapes:
        yield Hidden(kind="image", where=f"page {number}, {shapes} shape{'s' * (shapes > 1)} that may be letters")
    turned = [line.text for line in shown if any(unicodedata.bidirectional(c) in _FROM_RIGHT for c in line.text)]
    if turned:
        where = f"page {number}, lines with letters from right to left, which may have been read in another order"
        yield Hidden(kind="unread_part", where=where, text="\n".join(turned))
    if not shown and not unreadable.blank:
        what = "a picture and no text that can be read" if pictures else "no text"
        yield Hidden(kind="no_text_layer", where=f"page {number}, {what}")


def _words_of(glyphs: Iterator[Glyph]) -> frozenset[str]:
    return frozenset("".join(g.character for g in glyphs).split())


def _revisions(content: bytes, words: frozenset[str]) -> Iterator[Hidden]:
    """Earlier states of a file that was changed by adding to its end: what they say that the last one does not."""
    ends = []
    at = content.find(_END)
    while at >= 0:
        ends.append(at + len(_END))
        at = content.find(_END, at + 1)
    for number, end in enumerate(ends[:-1][:_MOST_REVISIONS], 1):
        if not content[end:].strip():
            continue
        where = f"state {number} of {len(ends)}, before a later change"
        said = _text_of(content[:end] + b"\n")
        gone = [line for line in said.splitlines() if not set(line.split()) <= words]
        yield Hidden(kind="revision", where=where, text="\n".join(gone))


def _text_of(content: bytes) -> str:
    """The text of a PDF file; nothing where it cannot be opened."""
    try:
        with _opened(content) as book:
            pages = [_read_page(book, n)[0] for n in range(_count_pages(book))]
    except DocumentError:
        return ""
    return "\n".join(line.text for glyphs in pages for line in lines_of(glyphs))
