"""A draft in a file of any form: its text for the checker, and the same file changed, set anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from bearwitness.documents.content import Document, DocumentForm, Hidden, Paragraph, Picture, Run
from bearwitness.documents.files import MOST_DRAFT_BYTES, decode_text, read_bytes
from bearwitness.documents.flat import Flat, edit_document, flatten
from bearwitness.documents.opening_forms import find_form
from bearwitness.errors import DocumentError, DraftError, OutputError
from bearwitness.model.assessment import Edit
from bearwitness.text.editing import compose_edits

_MOST_NAMED: Final = 5
MOST_FILE_BYTES: Final = 100_000_000
_ENDINGS: Final[dict[str, DocumentForm]] = {
    ".txt": "text", ".text": "text", "": "text", ".docx": "docx", ".odt": "odt", ".pdf": "pdf",
    ".html": "html", ".htm": "html", ".md": "markdown", ".markdown": "markdown",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftFile:
    """A draft as it was read: its text, its form, its structure (None for plain text), what it carries unseen."""

    text: str
    form: DocumentForm = "text"
    flat: Flat | None = None
    hidden: tuple[Hidden, ...] = ()


def read_draft_file(path: Path) -> DraftFile:
    """The draft in a file: plain text as it stands, any other document as the text of its page.

    Parameters
    ----------
    path : Path
        Plain text, Markdown, DOCX, ODT, PDF or a web page (HTML).

    Raises
    ------
    DraftError
        If it cannot be read, or has no text.
    """
    where = str(path)
    content = read_bytes(path, kind=DraftError, most_bytes=MOST_FILE_BYTES)
    try:
        form = find_form(content, name=path.name)
        if form == "text":
            _check_size(len(content), where)
            return DraftFile(text=decode_text(content, where=where, kind=DraftError))
        if form in ("image", "audio"):
            raise DocumentError("the file has no text.", hint="Give a draft. Redact makes it anew, as .png or .wav.")
        # What opens documents takes a while to load, and most drafts are plain text.
        from bearwitness.documents.opening import open_document

        opened = open_document(content, name=path.name)
    except DocumentError as error:
        inside = error.where.removeprefix(path.name).removeprefix(": ")
        raise DraftError(error.message, hint=error.hint, where=f"{where}: {inside}" if inside else where) from None
    flat = flatten(opened.document)
    _check_size(len(flat.text.encode("utf-8", "replace")), where)
    if not flat.text.strip():
        raise DraftError(
            "the file has no text layer that can be read; pages may be pictures of text.",
            hint="Type the text, or have it recognised by a program you trust, and give that.", where=where,
        )  # fmt: skip
    _check_pages(opened.hidden, where)
    return DraftFile(text=flat.text, form=opened.form, flat=flat, hidden=opened.hidden)


def _check_pages(hidden: Sequence[Hidden], where: str) -> None:
    """Refuse a document of which some pages were read and others are pictures: nobody has judged what those say."""
    unread = [entry.where.partition(",")[0] for entry in hidden if entry.kind == "no_text_layer"]
    if unread:
        named = ", ".join(unread[:_MOST_NAMED]) + " and more" * (len(unread) > _MOST_NAMED)
        raise DraftError(
            "no text layer was found: what is shown there may be a picture of text, and was not read.",
            hint="Type what it says, or have it recognised by a program you trust, and give that; or take it out.",
            where=f"{where}: {named}",
        )


def count_carried(draft: DraftFile) -> int:
    """How many things a draft's file carries beside its text, not counting what any file of our own does."""
    if not draft.hidden or draft.flat is None:
        return len(draft.hidden)
    from bearwitness.documents.verifying import is_harmless

    document = draft.flat.document
    return sum(entry.kind == "image" or not is_harmless(entry, document) for entry in draft.hidden)


def _check_size(size: int, where: str) -> None:
    if size > MOST_DRAFT_BYTES:
        raise DraftError(
            f"the text is larger than {MOST_DRAFT_BYTES / 1e6:g} MB.", hint="Give part of it.", where=where
        )


def form_of_output(path: Path) -> DocumentForm:
    """The form that the ending of an output's name asks for.

    Raises
    ------
    OutputError
        If no document of such an ending is written.
    """
    form = _ENDINGS.get(path.suffix.lower())
    if form is None:
        raise OutputError(
            "no document with this ending is written.",
            hint="Name a file that ends in .txt, .md, .docx, .odt, .pdf or .html.", where=str(path),
        )  # fmt: skip
    return form


def changed_document(draft: DraftFile, rounds: Sequence[Sequence[Edit]], *, images: bool = False) -> Document:
    """The draft's document with rounds of edits of its text made; of plain text one with a paragraph a block.

    Parameters
    ----------
    draft : DraftFile
        The draft.
    rounds : sequence of sequence of Edit
        The edits, as ``text.editing.compose_edits`` takes them.
    images : bool
        Whether pictures stay; what they show was read by nobody.
    """
    edits = compose_edits(len(draft.text), rounds)
    flat = draft.flat or flatten(_plain_document(draft.text))
    if draft.flat is None and flat.text != draft.text:
        raise ValueError("the document of a plain text is not its text")
    document = edit_document(flat, edits)
    if images:
        return document
    return replace(document, blocks=tuple(b for b in document.blocks if not isinstance(b, Picture)))


def _plain_document(text: str) -> Document:
    """One paragraph for each block between empty lines; odd white space stays within the paragraphs."""
    return Document(blocks=tuple(Paragraph(runs=(Run(text=block),)) for block in text.split("\n\n")))
