"""Writes a document as DOCX: set anew from what a reader sees, with nothing else in the file."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from bearwitness.documents.content import Document, Note, Paragraph, Picture, Run, Table
from bearwitness.documents.docx_template import BULLETS, DEEPEST_LEVEL, NUMBERS, empty_docx
from bearwitness.documents.office_text import is_right_to_left, note_order, picture_kind, safe_link, writable
from bearwitness.documents.zip_bounds import open_archive, pack_archive

_WIDEST_EMU: Final = 5_700_000
_STYLES: Final = {"quote": "Quote", "code": "Code", "caption": "Caption"}
_NOTES_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"


@dataclass(slots=True, kw_only=True)
class _Writer:
    """What writing needs to know; ``numbers`` are the notes not yet named, ``list_id`` that of the list at hand."""

    document: Any
    numbers: dict[str, int]
    named: set[str] = field(default_factory=set)
    list_id: int = 0


def write_docx(document: Document) -> bytes:
    """A Word document of a document: headings, lists, tables, quotes, footnotes, links, a header, pictures.

    Parameters
    ----------
    document : Document
        What it shows. Links other than to pages and addresses are written as plain words; a note that nothing names
        stands at the end of the text.

    Returns
    -------
    bytes
        The same for the same document, with no properties, no times and no name of a program.

    Raises
    ------
    ValueError
        If a picture is neither PNG nor JPEG.
    """
    import docx

    made = docx.Document(io.BytesIO(empty_docx()))
    numbers = note_order(document)
    writer = _Writer(document=made, numbers=numbers)
    for at, block in enumerate(document.blocks):
        if isinstance(block, Table):
            _add_table(writer, block)
            # Two tables without anything between them would be one.
            if at + 1 == len(document.blocks) or isinstance(document.blocks[at + 1], Table):
                made.add_paragraph()
        elif isinstance(block, Picture):
            _add_picture(writer, block)
        else:
            _fill(writer, made.add_paragraph(), block, made.part)
    for note in document.notes:
        if note.id not in numbers:
            for paragraph in note.paragraphs:
                _fill(writer, made.add_paragraph(), paragraph, made.part)
    _add_notes(writer, [note for note in document.notes if note.id in numbers])
    _add_margins(writer, document.margins)
    saved = io.BytesIO()
    made.save(saved)
    return pack_archive(open_archive(saved.getvalue(), where="the document"))


def _fill(writer: _Writer, target: Any, paragraph: Paragraph, part: Any, *, may_name: bool = True) -> None:
    """Put a paragraph into an empty one of the library's."""
    from docx.oxml import OxmlElement

    properties = target._p.get_or_add_pPr()
    style = f"Heading{min(max(paragraph.level, 1), 6)}" if paragraph.kind == "heading" else _STYLES.get(paragraph.kind)
    if style:
        properties.style = style
    if paragraph.kind == "list_item":
        _number(writer, properties, paragraph)
    else:
        writer.list_id = 0
    if is_right_to_left(paragraph.text):
        # The library does not put this one where the format wants it; it comes before spacing, indents and alignment.
        properties.append(OxmlElement("w:bidi"))
    for run in paragraph.runs:
        _add_run(writer, target, run, part, may_name=may_name)


def _number(writer: _Writer, properties: Any, paragraph: Paragraph) -> None:
    """Let a paragraph be an item of a list; numbers begin at 1 in every list."""
    if paragraph.ordered and not writer.list_id:
        numbering = writer.document.part.numbering_part.numbering_definitions._numbering
        number = numbering.add_num(NUMBERS)
        for level in range(DEEPEST_LEVEL + 1):
            number.add_lvlOverride(ilvl=level).add_startOverride(1)
        writer.list_id = number.numId
    found = properties.get_or_add_numPr()
    found.get_or_add_ilvl().val = min(max(paragraph.level, 0), DEEPEST_LEVEL)
    found.get_or_add_numId().val = writer.list_id if paragraph.ordered else BULLETS


def _add_run(writer: _Writer, target: Any, run: Run, part: Any, *, may_name: bool) -> None:
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml import OxmlElement
    from docx.oxml.ns import nsmap, qn

    text = writable(run.text)
    if text:
        made = target.add_run(text)
        for flag, names in ((run.bold, ("w:b", "w:bCs")), (run.italic, ("w:i", "w:iCs"))):
            for name in names if flag else ():
                made._r.get_or_add_rPr().append(OxmlElement(name))
        if is_right_to_left(text):
            made._r.get_or_add_rPr().append(OxmlElement("w:rtl"))
        if link := safe_link(run.link):
            outer = OxmlElement("w:hyperlink", nsdecls={"w": nsmap["w"], "r": nsmap["r"]})
            outer.set(qn("r:id"), part.relate_to(link, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
            made._r.addprevious(outer)
            outer.append(made._r)
    number = writer.numbers.get(run.note)
    if number is not None and may_name and run.note not in writer.named:
        writer.named.add(run.note)
        mark = OxmlElement("w:footnoteReference")
        mark.set(qn("w:id"), str(number))
        made = target.add_run()
        made._r.get_or_add_rPr().style = "FootnoteReference"
        made._r.append(mark)


def _add_table(writer: _Writer, table: Table) -> None:
    from docx.oxml import OxmlElement

    width = max((len(row) for row in table.rows), default=0)
    if not width:
        return
    made = writer.document.add_table(len(table.rows), width)
    made._tblPr.style = "TableGrid"
    cells = made._cells
    for down, row in enumerate(table.rows):
        if down < table.header_rows:
            made.rows[down]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        for across, cell in enumerate(row):
            place = cells[down * width + across]
            for at, paragraph in enumerate(cell):
                target = place.paragraphs[0] if not at else place.add_paragraph()
                _fill(writer, target, paragraph, writer.document.part)


def _add_picture(writer: _Writer, picture: Picture) -> None:
    picture_kind(picture.content)
    writer.list_id = 0
    made = writer.document.add_picture(io.BytesIO(picture.content))
    if made.width > _WIDEST_EMU:
        made.height = int(made.height * _WIDEST_EMU / made.width)
        made.width = _WIDEST_EMU
    if picture.alternative:
        made._inline.docPr.set("descr", writable(picture.alternative))


def _add_notes(writer: _Writer, notes: Iterable[Note]) -> None:
    """The part of the footnotes, which the library does not know."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import XmlPart
    from docx.oxml import OxmlElement
    from docx.oxml.ns import nsmap, qn
    from docx.text.paragraph import Paragraph as MadeParagraph

    ordered = sorted(notes, key=lambda note: writer.numbers[note.id])
    if not ordered:
        return
    root = OxmlElement("w:footnotes", nsdecls={"w": nsmap["w"], "r": nsmap["r"]})
    part = XmlPart(PackURI("/word/footnotes.xml"), _NOTES_TYPE, root, writer.document.part.package)
    writer.document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    # The lines between text and notes are two notes of their own.
    for number, kind in ((-1, "separator"), (0, "continuationSeparator")):
        line = _note(root, number)
        line.set(qn("w:type"), kind)
        line[0].add_r().append(OxmlElement(f"w:{kind}"))
    for note in ordered:
        element = _note(root, writer.numbers[note.id])
        for at, paragraph in enumerate(note.paragraphs):
            if at:
                element.append(OxmlElement("w:p"))
            target = MadeParagraph(element[-1], part)
            target._p.get_or_add_pPr().style = "FootnoteText"
            if not at:
                mark = target.add_run()
                mark._r.get_or_add_rPr().style = "FootnoteReference"
                mark._r.append(OxmlElement("w:footnoteRef"))
                target.add_run(" ")
            _fill(writer, target, paragraph, part, may_name=False)


def _note(root: Any, number: int) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element = OxmlElement("w:footnote")
    element.set(qn("w:id"), str(number))
    element.append(OxmlElement("w:p"))
    root.append(element)
    return element


def _add_margins(writer: _Writer, margins: Iterable[Paragraph]) -> None:
    found = tuple(margins)
    if not found:
        return
    header = writer.document.sections[0].header
    header.is_linked_to_previous = False
    for old in list(header.paragraphs):
        old._p.getparent().remove(old._p)
    for paragraph in found:
        target = header.add_paragraph()
        target._p.get_or_add_pPr().style = "Header"
        _fill(writer, target, paragraph, header.part, may_name=False)
