"""What a PDF file draws apart from the pages as they are read: stamps over them, patterns, forms that no page shows."""

from __future__ import annotations

import io

import pikepdf

from bearwitness.documents.content import Hidden
from bearwitness.documents.verifying_pdf import drawn_apart
from bearwitness.errors import DocumentError


def read_drawings(content: bytes, letters: str) -> tuple[Hidden, ...]:
    """The words of every drawing of a file that the reading of its pages has not seen.

    Parameters
    ----------
    content : bytes
        The whole file.
    letters : str
        Everything that was read from its pages, hidden or not.

    Raises
    ------
    DocumentError
        If a drawing of it is damaged.
    """
    seen = "".join(letters.split())
    found: list[Hidden] = []
    try:
        with pikepdf.open(io.BytesIO(content), suppress_warnings=True) as book:
            for number, text in drawn_apart(book):
                # A page may show it in another order of its lines: then it is told once too often.
                if "".join(text.split()) not in seen:
                    where = f"object {number}, a drawing that was not read with a page"
                    found.append(Hidden(kind="unread_part", where=where, text=text))
    except (pikepdf.PdfError, RuntimeError, ValueError, TypeError, KeyError, AttributeError, OverflowError):
        raise DocumentError(
            "a drawing in the PDF file is damaged.", hint="Ask for it again, or print it to PDF anew."
        ) from None
    return tuple(found)
