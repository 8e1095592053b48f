"""Reads plain text: the whole of it is one paragraph, so that offsets count in the file as written."""

from __future__ import annotations

from bearwitness.documents.content import Document, Opened, Paragraph, Run
from bearwitness.documents.files import decode_text
from bearwitness.errors import DocumentError


def read_plain(content: bytes) -> Opened:
    """Open a plain text in UTF-8 or, with its mark, UTF-16.

    Returns
    -------
    Opened
        ``flatten`` of its document gives the text as it stands, line breaks and all. Nothing in it is hidden from who
        reads characters; those that have no width are the checker's work.

    Raises
    ------
    DocumentError
        If it is not text, is empty, or is in another encoding.
    """
    text = decode_text(content, where="the text", kind=DocumentError)
    return Opened(form="text", document=Document(blocks=(Paragraph(runs=(Run(text=text),)),)))
