"""Writes a document as ODT: set anew from what a reader sees, with nothing else in the file.

The XML is made element by element: the library for this format puts its own name and the time into what it saves.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from bearwitness.documents.content import Document, Note, Paragraph, Picture, Run, Table
from bearwitness.documents.odt_template import DEEPEST_LEVEL, MIME, SPACES, empty_content, manifest, styles
from bearwitness.documents.office_text import is_right_to_left, note_order, picture_kind, safe_link, writable
from bearwitness.documents.zip_bounds import pack_archive

_STYLES: Final = {"quote": "Quotations", "code": "Preformatted_20_Text", "caption": "Caption"}
_LOOKS: Final = {(True, False): "Strong", (False, True): "Emphasis", (True, True): "StrongEmphasis"}
_SPECIAL: Final = re.compile("(\n|\t| {2,}|^ | $)")
_WIDEST_INCHES: Final = 6.2
_SCREEN_DPI: Final = 96


@dataclass(slots=True, kw_only=True)
class _Writer:
    """What writing needs to know: the notes by the ids that name them, and what has been written already."""

    notes: dict[str, Note]
    numbers: dict[str, int]
    named: set[str] = field(default_factory=set)
    pictures: dict[str, bytes] = field(default_factory=dict)
    open_lists: list[Any] = field(default_factory=list)


def write_odt(document: Document) -> bytes:
    """An OpenDocument text of a document: headings, lists, tables, quotes, footnotes, links, a header, pictures.

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
    from lxml import etree  # type: ignore[import-untyped]

    numbers = note_order(document)
    writer = _Writer(notes={note.id: note for note in document.notes}, numbers=numbers)
    content, style_root = empty_content(), styles()
    body = content[-1][0]
    for block in document.blocks:
        _add_block(writer, body, block)
    for note in document.notes:
        if note.id not in numbers:
            _add_paragraphs(writer, body, note.paragraphs)
    if document.margins:
        header = _add(style_root[-1][0], "style:header")
        _add_paragraphs(writer, header, document.margins, style="Header", may_name=False)
    members = {"mimetype": MIME.encode()}
    for name, root in (("content.xml", content), ("styles.xml", style_root)):
        members[name] = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    kinds = {name: f"image/{name.rpartition('.')[2]}" for name in writer.pictures}
    return pack_archive({**members, **writer.pictures, "META-INF/manifest.xml": manifest(kinds)})


def _add(parent: Any, name: str, **attributes: str) -> Any:
    """A new last child; in attributes "_" stands for ":" and "__" for "-"."""
    from lxml import etree

    element = etree.SubElement(parent, _long(name))
    for key, value in attributes.items():
        element.set(_long(key.replace("__", "-").replace("_", ":", 1)), value)
    return element


def _long(name: str) -> str:
    prefix, _, rest = name.partition(":")
    return f"{{{SPACES[prefix]}}}{rest}"


def _add_block(writer: _Writer, body: Any, block: Paragraph | Table | Picture) -> None:
    if not (isinstance(block, Paragraph) and block.kind == "list_item"):
        writer.open_lists = []
    if isinstance(block, Table):
        _add_table(writer, body, block)
    elif isinstance(block, Picture):
        _add_picture(writer, body, block)
    else:
        _add_paragraph(writer, body, block)


def _add_paragraphs(
    writer: _Writer, parent: Any, paragraphs: Iterable[Paragraph], *, style: str = "Standard", may_name: bool = True
) -> None:
    outer, writer.open_lists = writer.open_lists, []
    for paragraph in paragraphs:
        _add_paragraph(writer, parent, paragraph, style=style, may_name=may_name)
    writer.open_lists = outer


def _add_paragraph(
    writer: _Writer, parent: Any, paragraph: Paragraph, *, style: str = "Standard", may_name: bool = True
) -> None:
    if paragraph.kind == "list_item":
        parent = _item(writer, parent, paragraph)
    else:
        writer.open_lists = []
    if paragraph.kind == "heading":
        level = min(max(paragraph.level, 1), 6)
        made = _add(parent, "text:h", text_style__name=f"Heading_20_{level}", text_outline__level=str(level))
    else:
        named = _STYLES.get(paragraph.kind, style)
        from_right = named == "Standard" and is_right_to_left(paragraph.text)
        made = _add(parent, "text:p", text_style__name="P1" if from_right else named)
    for run in paragraph.runs:
        _add_run(writer, made, run, may_name=may_name)


def _item(writer: _Writer, parent: Any, paragraph: Paragraph) -> Any:
    """A new item at the depth of a paragraph, within the lists that are open, or in new ones."""
    depth = min(max(paragraph.level, 0), DEEPEST_LEVEL)
    style = "Numbering_20_1" if paragraph.ordered else "List_20_1"
    lists = writer.open_lists
    del lists[depth + 1 :]
    if len(lists) > depth and lists[depth].get(_long("text:style-name")) != style:
        del lists[depth:]
    while len(lists) <= depth:
        outer = parent if not lists else (lists[-1][-1] if len(lists[-1]) else _add(lists[-1], "text:list-item"))
        lists.append(_add(outer, "text:list", text_style__name=style))
    return _add(lists[-1], "text:list-item")


def _add_run(writer: _Writer, parent: Any, run: Run, *, may_name: bool) -> None:
    text = writable(run.text)
    if text:
        link = safe_link(run.link)
        outer = _add(parent, "text:a", xlink_type="simple", xlink_href=link) if link else parent
        look = _LOOKS.get((run.bold, run.italic))
        _add_text(_add(outer, "text:span", text_style__name=look) if look else outer, text)
    number = writer.numbers.get(run.note)
    if number is None or not may_name or run.note in writer.named:
        return
    writer.named.add(run.note)
    note = _add(parent, "text:note", text_id=f"ftn{number}", text_note__class="footnote")
    _add(note, "text:note-citation").text = str(number)
    body = _add(note, "text:note-body")
    _add_paragraphs(writer, body, writer.notes[run.note].paragraphs, style="Footnote", may_name=False)


def _add_text(parent: Any, text: str) -> None:
    """Words at the end of an element; white space that the format would drop becomes elements."""
    for piece in _SPECIAL.split(text):
        if piece == "\n":
            _add(parent, "text:line-break")
        elif piece == "\t":
            _add(parent, "text:tab")
        elif piece and not piece.strip(" "):
            _add(parent, "text:s", **({"text_c": str(len(piece))} if len(piece) > 1 else {}))
        elif piece and len(parent):
            parent[-1].tail = (parent[-1].tail or "") + piece
        elif piece:
            parent.text = (parent.text or "") + piece


def _add_table(writer: _Writer, body: Any, table: Table) -> None:
    width = max((len(row) for row in table.rows), default=0)
    if not width:
        return
    made = _add(body, "table:table", table_style__name="Table1")
    _add(made, "table:table-column", table_number__columns__repeated=str(width))
    heads = _add(made, "table:table-header-rows") if table.header_rows else None
    for at, row in enumerate(table.rows):
        line = _add(heads if heads is not None and at < table.header_rows else made, "table:table-row")
        for across in range(width):
            cell = _add(line, "table:table-cell", table_style__name="Table1.A1")
            paragraphs = row[across] if across < len(row) else ()
            _add_paragraphs(writer, cell, paragraphs or (Paragraph(runs=()),))


def _add_picture(writer: _Writer, body: Any, picture: Picture) -> None:
    from PIL import Image

    kind = picture_kind(picture.content)
    name = f"Pictures/image{len(writer.pictures) + 1}.{kind}"
    writer.pictures[name] = picture.content
    with Image.open(io.BytesIO(picture.content)) as image:
        width, height = image.size
    scale = min(1 / _SCREEN_DPI, _WIDEST_INCHES / max(width, 1))
    frame = _add(
        _add(body, "text:p", text_style__name="Standard"), "draw:frame", text_anchor__type="as-char",
        svg_width=f"{width * scale:.3f}in", svg_height=f"{height * scale:.3f}in",
    )  # fmt: skip
    _add(frame, "draw:image", xlink_href=name, xlink_type="simple", xlink_show="embed", xlink_actuate="onLoad")
    if picture.alternative:
        _add(frame, "svg:desc").text = writable(picture.alternative)
