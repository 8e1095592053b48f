"""Set a document anew in the form that is asked for: nothing goes into it but what the document's values hold."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from typing import Final

from bearwitness.documents.content import Block, Document, DocumentForm, Picture
from bearwitness.documents.opening import rebuild_media
from bearwitness.errors import OutputError

WRITERS: Final[dict[DocumentForm, tuple[str, str]]] = {
    "text": ("plain_writing", "write_plain"),
    "docx": ("docx_writing", "write_docx"),
    "odt": ("odt_writing", "write_odt"),
    "pdf": ("pdf_writing", "write_pdf"),
}


def produce(document: Document, form: DocumentForm) -> bytes:
    """A document as the bytes of a file; its pictures are made anew from nothing but their pixels.

    Parameters
    ----------
    document : Document
        What is to be seen.
    form : DocumentForm
        Plain text, DOCX, ODT or PDF.

    Raises
    ------
    OutputError
        If the form is none that is written, or cannot hold the document.
    DocumentError
        If a picture cannot be read.
    """
    if form not in WRITERS:
        raise OutputError("this form of document is not written.", hint="Write .txt, .docx, .odt or .pdf.")
    module, name = WRITERS[form]
    write = getattr(import_module(f"bearwitness.documents.{module}"), name)
    made: bytes = write(replace(document, blocks=tuple(map(_rebuilt, document.blocks))))
    return made


def _rebuilt(block: Block) -> Block:
    """What a picture is called is told by nobody who looked at it, so it goes."""
    return Picture(content=rebuild_media(block.content, "image")) if isinstance(block, Picture) else block
