"""A document as one text, and edits of that text as a changed document.

The text is what the checker reads. Paragraphs are parted by an empty line, cells and list items by a line break, so
that nothing is read across them; footnotes stand at the end, headers and footers after them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bearwitness.documents.content import Block, Document, Note, Paragraph, Picture, Run, Table
from bearwitness.model.assessment import Edit

_BETWEEN: Final = "\n\n"
_CLOSE: Final = "\n"


@dataclass(frozen=True, slots=True)
class _Placed:
    """A paragraph and where its text begins in the whole."""

    paragraph: Paragraph
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.paragraph.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Flat:
    """The text of a document."""

    document: Document
    text: str
    starts: tuple[int, ...]


def flatten(document: Document) -> Flat:
    """The whole of a document's text.

    Parameters
    ----------
    document : Document
        Any document.

    Returns
    -------
    Flat
        ``starts`` are where each paragraph begins, in the order of :func:`paragraphs_of`.
    """
    pieces: list[str] = []
    starts: list[int] = []
    at = 0
    before: Paragraph | None = None
    for paragraph, in_table in _walk(document):
        if before is not None:
            close = in_table or (before.kind == "list_item" and paragraph.kind == "list_item")
            pieces.append(_CLOSE if close else _BETWEEN)
            at += len(pieces[-1])
        starts.append(at)
        pieces.append(paragraph.text)
        at += len(paragraph.text)
        before = paragraph
    return Flat(document=document, text="".join(pieces), starts=tuple(starts))


def paragraphs_of(document: Document) -> tuple[Paragraph, ...]:
    """Every paragraph in the order of the text: body, cells row by row, footnotes, headers and footers."""
    return tuple(paragraph for paragraph, _ in _walk(document))


def _walk(document: Document) -> Iterator[tuple[Paragraph, bool]]:
    """Paragraphs, each with whether it follows another one of its table."""
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield block, False
        elif isinstance(block, Table):
            inside = False
            for row in block.rows:
                for cell in row:
                    for paragraph in cell:
                        yield paragraph, inside
                        inside = True
    for note in document.notes:
        for paragraph in note.paragraphs:
            yield paragraph, False
    for paragraph in document.margins:
        yield paragraph, False


def edit_document(flat: Flat, edits: Sequence[Edit]) -> Document:
    """The document with edits of its text made; the look of the words around an edit stays.

    Parameters
    ----------
    flat : Flat
        The document with its text.
    edits : sequence of Edit
        Offsets are those of ``flat.text``. An edit over several paragraphs puts its words into the first of them; a
        paragraph of which nothing is left goes, but for a cell's, which stays empty.

    Returns
    -------
    Document
        A new document.

    Raises
    ------
    ValueError
        If edits overlap or lie outside the text.
    """
    _check(flat, edits)
    ordered = sorted(edits, key=lambda e: (e.start, e.end))
    placed = [_Placed(p, s) for p, s in zip(paragraphs_of(flat.document), flat.starts, strict=True)]
    changed = iter([_edited(place, _owned(place, ordered, placed)) for place in placed])
    document = flat.document
    return replace(
        document,
        blocks=tuple(b for block in document.blocks if (b := _block(block, changed)) is not None),
        notes=tuple(
            Note(id=n.id, paragraphs=tuple(next(changed) or Paragraph(runs=()) for _ in n.paragraphs))
            for n in document.notes
        ),
        margins=tuple(p for _ in document.margins if (p := next(changed)) is not None),
    )


def _check(flat: Flat, edits: Sequence[Edit]) -> None:
    done = 0
    for edit in sorted(edits, key=lambda e: (e.start, e.end)):
        if edit.start > edit.end or edit.end > len(flat.text) or edit.start < done:
            raise ValueError(f"the edit at {edit.start} overlaps another one or lies outside the text")
        done = edit.end


def _owned(place: _Placed, edits: Sequence[Edit], placed: Sequence[_Placed]) -> list[Edit]:
    """The edits within one paragraph, in its own offsets; the words of a longer one go to the first it touches."""
    found = []
    for edit in edits:
        if edit.end < place.start or edit.start > place.end:
            continue
        first = next(p for p in placed if edit.start <= p.end)
        cut = (max(edit.start, place.start) - place.start, min(edit.end, place.end) - place.start)
        if first is place:
            found.append(Edit(start=min(cut[0], len(place.paragraph.text)), end=cut[1], instead=edit.instead))
        elif cut[0] < cut[1]:
            found.append(Edit(start=cut[0], end=cut[1], instead=""))
    return found


def _edited(place: _Placed, edits: Sequence[Edit]) -> Paragraph | None:
    """The paragraph with its edits made; nothing where none of its words is left."""
    if not edits:
        return place.paragraph
    runs: list[Run] = []
    at = 0
    pending = list(edits)
    for run in place.paragraph.runs:
        begin, end = at, at + len(run.text)
        text, done = "", begin
        while pending and (pending[0].start < end or (pending[0].start == end and run is place.paragraph.runs[-1])):
            edit = pending[0]
            text += run.text[done - begin : max(edit.start, begin) - begin]
            if edit.start >= begin:
                text += edit.instead
            done = max(done, min(edit.end, end))
            if edit.end > end:
                break
            pending.pop(0)
        text += run.text[done - begin :]
        at = end
        if text or run.note:
            runs.append(replace(run, text=text))
    left = "".join(r.text for r in runs)
    if not left.strip() and not any(r.note for r in runs) and place.paragraph.text.strip():
        return None
    return replace(place.paragraph, runs=tuple(runs))


def _block(block: Block, changed: Iterator[Paragraph | None]) -> Block | None:
    if isinstance(block, Picture):
        return block
    if isinstance(block, Paragraph):
        return next(changed)
    rows = tuple(
        tuple(tuple(next(changed) or Paragraph(runs=()) for _ in cell) for cell in row) for row in block.rows
    )
    return replace(block, rows=rows)
