"""Set a document anew in the form that is asked for: nothing goes into it but what the document's values hold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from importlib import import_module
from typing import Final

from bearwitness.documents.content import Block, Document, DocumentForm, Paragraph, Picture, Run, Table
from bearwitness.documents.flat import flatten
from bearwitness.documents.opening import rebuild_media
from bearwitness.errors import OutputError

WRITERS: Final[dict[DocumentForm, tuple[str, str]]] = {
    "text": ("plain_writing", "write_plain"),
    "docx": ("docx_writing", "write_docx"),
    "odt": ("odt_writing", "write_odt"),
    "pdf": ("pdf_writing", "write_pdf"),
    "html": ("html_writing", "write_html"),
    "markdown": ("markdown_writing", "write_markdown"),
}


def produce(document: Document, form: DocumentForm) -> bytes:
    """A document as the bytes of a file; its pictures are made anew from nothing but their pixels.

    A link stays only where its target is written out on the page. The checker reads what the page says, so any other
    target, which may name a person, was read by nobody: its words stay and lead nowhere.

    Parameters
    ----------
    document : Document
        What is to be seen.
    form : DocumentForm
        Plain text, Markdown, DOCX, ODT, PDF or HTML.

    Raises
    ------
    OutputError
        If the form is none that is written, or cannot hold the document.
    DocumentError
        If a picture cannot be read.
    """
    if form not in WRITERS:
        raise OutputError("this form of document is not written.", hint="Write .txt, .md, .docx, .odt, .pdf or .html.")
    module, name = WRITERS[form]
    write = getattr(import_module(f"bearwitness.documents.{module}"), name)
    page = flatten(document).text
    made: bytes = write(
        Document(
            blocks=tuple(_settled(block, page) for block in document.blocks),
            notes=tuple(replace(note, paragraphs=_read_links(note.paragraphs, page)) for note in document.notes),
            margins=_read_links(document.margins, page),
        )
    )
    return made


def _settled(block: Block, page: str) -> Block:
    """A block as it may leave. What a picture is called is told by nobody who looked at it, so it goes."""
    if isinstance(block, Picture):
        return Picture(content=rebuild_media(block.content, "image"))
    if isinstance(block, Table):
        return replace(block, rows=tuple(tuple(_read_links(cell, page) for cell in row) for row in block.rows))
    return _read_links((block,), page)[0]


def _read_links(paragraphs: Iterable[Paragraph], page: str) -> tuple[Paragraph, ...]:
    """Paragraphs with those links only that the page spells out."""

    def settled(run: Run) -> Run:
        return run if run.link.removeprefix("mailto:") in page else replace(run, link="")

    return tuple(replace(p, runs=tuple(map(settled, p.runs))) for p in paragraphs)
