"""Write a document as a PDF file: its words set anew, with one font that comes with the program, and nothing else.

The same document gives the same bytes on any machine: no font of the machine is looked for, and the file carries no
producer, no date and no name.
"""

from __future__ import annotations

import io
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from threading import Lock
from typing import Final

from bearwitness.documents.content import Block, Document, Paragraph, Table
from bearwitness.documents.flat import flatten
from bearwitness.documents.html_writing import page_of
from bearwitness.errors import OutputError

FONT: Final = "NanumGothic.ttf"
_CSS: Final = """
@page { size: A4; margin: 22mm 20mm; }
html { font: 10.5pt/1.55 NanumGothic; color: #000; background: #fff; }
body { margin: 0; }
p, ul, ol, blockquote, pre, table, section { margin: 0 0 11pt; }
h1 { font-size: 19pt; } h2 { font-size: 16pt; } h3 { font-size: 14pt; } h4, h5, h6 { font-size: 12.5pt; }
h1, h2, h3, h4, h5, h6 { margin: 14pt 0 9pt; line-height: 1.3; break-after: avoid; bookmark-level: none; }
p, li, td, th, blockquote { word-break: keep-all; overflow-wrap: anywhere; hyphens: none; }
pre, code { font-family: NanumGothic; white-space: pre-wrap; }
table { border-collapse: collapse; }
td, th { border: .5pt solid #444; padding: 3pt 6pt; vertical-align: top; text-align: start; }
blockquote { margin-inline-start: 14pt; }
a { color: inherit; text-decoration: underline; }
"""
# A hyphen that keeps a line together looks like any other.
_SAME: Final = {0x2011: 0x2010, 0x00AD: None}
_FONTS: Final = (
    '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>{fonts}</dir>'
    "<cachedir>{cache}</cachedir></fontconfig>"
)
_LOCK: Final = Lock()


def write_pdf(document: Document) -> bytes:
    """A document as the bytes of a PDF file.

    Parameters
    ----------
    document : Document
        Any document whose letters the font has.

    Raises
    ------
    OutputError
        If the font lacks characters of it: Hebrew, Arabic, or Latin letters with a breve.
    """
    page = page_of(_without_links(document), css=_CSS).translate(_SAME)
    _check_letters(document)
    with _LOCK, _no_fonts_of_the_machine():
        from weasyprint import HTML
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.urls import URLFetcher

        # Pictures lie in the page itself; nothing is fetched from anywhere.
        fetch = URLFetcher(allowed_protocols=("data",), fail_on_errors=True)
        made = HTML(string=page, url_fetcher=fetch).write_pdf(font_config=FontConfiguration(), pdf_tags=True)
    return _plain(bytes(made))


def _without_links(document: Document) -> Document:
    """The same words, leading nowhere: a link's target in a PDF file is nothing that a reader of the page sees."""

    def plain(paragraphs: Iterable[Paragraph]) -> tuple[Paragraph, ...]:
        return tuple(replace(p, runs=tuple(replace(r, link="") for r in p.runs)) for p in paragraphs)

    def block(one: Block) -> Block:
        if isinstance(one, Paragraph):
            return plain([one])[0]
        if isinstance(one, Table):
            return replace(one, rows=tuple(tuple(plain(cell) for cell in row) for row in one.rows))
        return one

    return Document(
        blocks=tuple(map(block, document.blocks)),
        notes=tuple(replace(n, paragraphs=plain(n.paragraphs)) for n in document.notes),
        margins=plain(document.margins),
    )


@lru_cache(maxsize=1)
def _letters() -> frozenset[int]:
    """The characters that the font has."""
    from fontTools.ttLib import TTFont

    with TTFont(io.BytesIO(_font()), lazy=True) as font:
        return frozenset(font.getBestCmap())


@lru_cache(maxsize=1)
def _font() -> bytes:
    return (files("bearwitness.documents") / "fonts" / FONT).read_bytes()


def _check_letters(document: Document) -> None:
    text = flatten(document).text.translate(_SAME)
    lacking = {c for c in text if ord(c) not in _letters() and not c.isspace()}
    if lacking:
        raise OutputError(
            f"the font of PDF files lacks {len(lacking)} of the characters of this text.",
            hint="Write it as .docx, .odt or .html, or spell these words in other letters.",
        )


@contextmanager
def _no_fonts_of_the_machine() -> Iterator[None]:
    """Let the library look for fonts nowhere but at our own; it reads where to look from the environment."""
    with tempfile.TemporaryDirectory(prefix="bearwitness-") as folder:
        Path(folder, FONT).write_bytes(_font())
        place = Path(folder, "fonts.conf")
        place.write_text(_FONTS.format(fonts=folder, cache=Path(folder, "cache")), encoding="utf-8")
        before = os.environ.get("FONTCONFIG_FILE")
        os.environ["FONTCONFIG_FILE"] = str(place)
        try:
            yield
        finally:
            if before is None:
                del os.environ["FONTCONFIG_FILE"]
            else:
                os.environ["FONTCONFIG_FILE"] = before


def _plain(content: bytes) -> bytes:
    """The file without anything that tells of the program or the time that made it."""
    import pikepdf

    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as book:
        for key in ("/Info", "/ID"):
            if key in book.trailer:
                del book.trailer[key]
        if "/Metadata" in book.Root:
            del book.Root["/Metadata"]
        book.save(written, static_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return written.getvalue()
