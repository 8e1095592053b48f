"""Opens a document of any form that is read, apart from this process wherever a file could do harm."""

from __future__ import annotations

from typing import Final

from bearwitness.documents.content import Opened
from bearwitness.documents.opening_forms import find_form
from bearwitness.documents.sandbox import Limits, read_apart, rebuild_apart
from bearwitness.documents.sandbox_child import RebuiltForm, find_reader
from bearwitness.errors import DocumentError

MOST_BYTES: Final = 100_000_000
# So much plain text is read by this process: nothing in it but characters, and no library of another.
MOST_TEXT_BYTES: Final = 2_000_000


def open_document(content: bytes, *, name: str = "", limits: Limits | None = None) -> Opened:
    """Open a file, whatever it is called, as the document it is.

    Parameters
    ----------
    content : bytes
        The whole file.
    name : str
        Its name; the ending must not contradict the content, and tells Markdown from plain text.
    limits : Limits, optional
        What reading it may cost, where it is not as usual: 1.5 GB, 60 seconds.

    Returns
    -------
    Opened
        What its page shows, and everything else that it carries.

    Raises
    ------
    DocumentError
        If it is of no form that is read, damaged, locked, too large, takes too long, or breaks its reader. Its
        ``where`` begins with ``name``.
    """
    try:
        if len(content) > MOST_BYTES:
            raise DocumentError(f"the file is larger than {MOST_BYTES / 1e6:g} MB.", hint="Give it in parts.")
        form = find_form(content, name=name)
        if form == "text" and len(content) <= MOST_TEXT_BYTES:
            return find_reader(form)(content)
        return read_apart(content, form, limits=limits or Limits())
    except DocumentError as error:
        where = ": ".join(part for part in (name, error.where) if part)
        raise DocumentError(error.message, hint=error.hint, where=where) from None


def rebuild_media(content: bytes, form: RebuiltForm) -> bytes:
    """An image or a sound made anew from nothing but its pixels or samples, apart from this process.

    Parameters
    ----------
    content : bytes
        The file.
    form : {"image", "png", "jpeg", "audio"}
        "image" leaves a JPEG one and makes a PNG of all others; "audio" gives a WAV file.

    Raises
    ------
    DocumentError
        If it is no image or sound that is read, or is too large.
    """
    if len(content) > MOST_BYTES:
        raise DocumentError(f"the file is larger than {MOST_BYTES / 1e6:g} MB.", hint="Give a smaller one.")
    return rebuild_apart(content, form)
