"""Write a document as a PDF file: its words set anew, with two fonts that come with the program, and nothing else.

The same document gives the same bytes on any machine: no font of the machine is looked for, and the file carries no
producer, no date and no name.
"""

from __future__ import annotations

import io
import os
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from threading import Lock
from typing import Final

from bearwitness.documents.content import Block, Document, Paragraph, Run, Table
from bearwitness.documents.flat import paragraphs_of
from bearwitness.documents.html_writing import page_of
from bearwitness.errors import OutputError

# Korean first; what it lacks, such as the vowels with a breve of McCune and Reischauer, comes from the second.
FONTS: Final = ("NanumGothic.ttf", "DejaVuSans.ttf")
_CSS: Final = """
@page { size: A4; margin: 22mm 20mm; }
html { font: 10.5pt/1.55 NanumGothic, "DejaVu Sans"; color: #000; background: #fff; }
body { margin: 0; }
p, ul, ol, blockquote, pre, table, section { margin: 0 0 11pt; }
h1 { font-size: 19pt; } h2 { font-size: 16pt; } h3 { font-size: 14pt; } h4, h5, h6 { font-size: 12.5pt; }
h1, h2, h3, h4, h5, h6 { margin: 14pt 0 9pt; line-height: 1.3; break-after: avoid; bookmark-level: none; }
p, li, td, th, blockquote { word-break: keep-all; overflow-wrap: anywhere; hyphens: none; }
pre, code { font-family: NanumGothic, "DejaVu Sans"; white-space: pre-wrap; }
table { border-collapse: collapse; }
td, th { border: .5pt solid #444; padding: 3pt 6pt; vertical-align: top; text-align: start; }
blockquote { margin-inline-start: 14pt; }
a { color: inherit; text-decoration: underline; }
"""
# A hyphen that keeps a line together looks like any other.
_SAME: Final = {0x2011: 0x2010, 0x00AD: None}
# Letters, digits and marks that turn the order of reading.
_FROM_RIGHT: Final = frozenset({"R", "AL", "AN", "RLE", "RLO", "RLI", "LRE", "LRO", "LRI", "FSI", "PDF", "PDI"})
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
        Any document whose letters the fonts have. Letters in parts (NFD) are set as one (NFC).

    Raises
    ------
    OutputError
        If the fonts lack characters of it (simplified Chinese, signs), or it has letters or marks that run from right
        to left: what a page of these says is read by programs in more than one order.
    """
    document = _as_set(document)
    _check_letters(document)
    page = page_of(document, css=_CSS).translate(_SAME)
    with _LOCK, _no_fonts_of_the_machine():
        from weasyprint import HTML
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.urls import URLFetcher

        # Pictures lie in the page itself; nothing is fetched from anywhere.
        fetch = URLFetcher(allowed_protocols=("data",), fail_on_errors=True)
        made = HTML(string=page, url_fetcher=fetch).write_pdf(font_config=FontConfiguration(), pdf_tags=True)
    return _plain(bytes(made))


def _as_set(document: Document) -> Document:
    """The same words, leading nowhere: a link's target in a PDF file is nothing that a reader of the page sees."""

    def words(run: Run) -> Run:
        return replace(run, link="", text=unicodedata.normalize("NFC", run.text))

    def plain(paragraphs: Iterable[Paragraph]) -> tuple[Paragraph, ...]:
        return tuple(replace(p, runs=tuple(map(words, p.runs))) for p in paragraphs)

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
    """The characters that the fonts have, and that keep the order of reading."""
    from fontTools.ttLib import TTFont

    found: set[int] = set()
    for name in FONTS:
        with TTFont(io.BytesIO(_font(name)), lazy=True) as font:
            found |= font.getBestCmap().keys()
    return frozenset(code for code in found if unicodedata.bidirectional(chr(code)) not in _FROM_RIGHT)


@lru_cache(maxsize=len(FONTS))
def _font(name: str) -> bytes:
    return (files("bearwitness.documents") / "fonts" / name).read_bytes()


def _check_letters(document: Document) -> None:
    texts = [paragraph.text.translate(_SAME) for paragraph in paragraphs_of(document)]
    lacking = {
        c: at for at in range(len(texts), 0, -1) for c in texts[at - 1] if ord(c) not in _letters() and not c.isspace()
    }
    if lacking:
        raise OutputError(
            f"{len(lacking)} of the characters of this text cannot be set as PDF: its fonts lack them, or they run from"
            f" right to left; the first is in paragraph {min(lacking.values())}.",
            hint="Write it as .docx or .odt, or spell these words in Hangul or Latin letters.",
        )


@contextmanager
def _no_fonts_of_the_machine() -> Iterator[None]:
    """Let the library look for fonts nowhere but at our own; it reads where to look from the environment."""
    with tempfile.TemporaryDirectory(prefix="bearwitness-") as folder:
        for name in FONTS:
            Path(folder, name).write_bytes(_font(name))
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
