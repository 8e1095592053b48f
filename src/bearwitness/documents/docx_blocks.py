"""The paragraphs and tables of a Word document, in the order they are read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bearwitness.documents.content import Block, Paragraph, Table
from bearwitness.documents.docx_looks import Style, is_on, paragraph_look
from bearwitness.documents.docx_package import W
from bearwitness.documents.docx_story import WRAPPERS, Story, changed, kind_of, read_wrapper
from bearwitness.documents.office_looks import number
from bearwitness.documents.office_story import EMPTY_CELL, Line, as_paragraphs
from bearwitness.documents.office_xml import Element, local

_TINY_TWIPS: Final = 40
_FAR_TWIPS: Final = 12_000


def read_blocks(story: Story, element: Element) -> list[Block]:
    """Everything shown within an element that holds paragraphs and tables; the rest is reported."""
    blocks: list[Block] = []
    for child in element:
        blocks += _read_block(story, child)
    return blocks


def _read_block(story: Story, child: Element) -> list[Block]:
    name = local(child.tag) if isinstance(child.tag, str) else ""
    if name == "p":
        return read_paragraph(story, child)
    if name == "tbl":
        return _read_table(story, child)
    if name == "sectPr":
        story.book.sections.append((story.part, child))
        return []
    if name in WRAPPERS:
        read_wrapper(story, child)
        return read_blocks(story, child)
    if name in ("ins", "del", "moveFrom", "moveTo"):
        with changed(story, child):
            return read_blocks(story, child)
    if name == "AlternateContent":
        return read_alternatives(story, child)
    line = Line()
    story.book.inline(story, line, child, Style(names=(), look={}, paragraph={}), {})
    return line.close()


def read_alternatives(story: Story, element: Element) -> list[Block]:
    """What one of several versions of the same thing shows: the first, as newer programs do; the rest is reported."""
    versions = [child for child in element if local(child.tag) in ("Choice", "Fallback")]
    blocks: list[Block] = []
    for at, version in enumerate(versions):
        if not at:
            blocks = read_blocks(story, version)
            continue
        same = _words(version) == _words(versions[0])
        before = len(story.book.findings.hidden)
        with story.book.findings.aside("hidden_text", f"{story.place}, another version of a shape"):
            read_blocks(story, version)
        if same:
            # The words are the ones shown; what else it holds (alternative text, links) stays reported.
            found = story.book.findings.hidden
            words = _words(version)
            found[before:] = [h for h in found[before:] if h.kind != "hidden_text" or _bare(h.text) not in words]
    return blocks


def _words(element: Element) -> str:
    return _bare("".join(e.text or "" for e in element.iter(f"{W}t")))


def _bare(text: str) -> str:
    return "".join(text.split())


def read_paragraph(story: Story, element: Element) -> list[Block]:
    """A paragraph, with pictures and text boxes anchored in it after it."""
    story.paragraphs += 1
    book = story.book
    own = paragraph_look(element.find(f"{W}pPr"), book.styles.colours)
    style = book.styles.get(own.get("style"), "paragraph")
    look = {**style.paragraph, **own}
    kind, level, ordered = kind_of(book, style, look)
    if kind in ("heading", "quote", "code", "caption"):
        # What such a paragraph looks like by its style is told by its kind.
        plain = {key: value for key, value in style.look.items() if key not in ("b", "i", "bCs", "iCs")}
        style = Style(names=style.names, look=plain, paragraph=style.paragraph)
    outer = story.background
    story.background = look.get("fill") or outer
    far = any(abs(n) > _FAR_TWIPS for n in look.get("indents", ()))
    line = Line()
    if far or 0 < (look.get("line") or _TINY_TWIPS + 1) <= _TINY_TWIPS:
        with book.findings.aside("off_page" if far else "hidden_text", story.place):
            _read_inlines(story, line, element, style)
    else:
        _read_inlines(story, line, element, style)
    book.findings.see_end()
    story.background = outer
    return line.close(kind, level, ordered=ordered)


def _read_inlines(story: Story, line: Line, element: Element, style: Style) -> None:
    for child in element:
        if local(child.tag) == "pPr":
            section = child.find(f"{W}sectPr")
            if section is not None:
                story.book.sections.append((story.part, section))
        else:
            story.book.inline(story, line, child, style, {})


def _read_table(story: Story, element: Element) -> list[Block]:
    findings = story.book.findings
    for name in ("tblCaption", "tblDescription"):
        for found in element.iterfind(f"{W}tblPr/{W}{name}"):
            findings.report_if("alternative_text", f"{story.place}, a table", story.part.take(found, f"{W}val"))
    rows: list[list[tuple[Paragraph, ...]]] = []
    heads, in_heads = 0, True
    for row in _inner(story, element, "tr"):
        properties = row.find(f"{W}trPr")
        flags = {local(e.tag): e for e in properties} if properties is not None else {}
        unseen = _is_unseen_row(flags)
        cells = _read_concealed_row(story, row, flags, unseen)
        if unseen or "del" in flags:
            continue
        in_heads = in_heads and "tblHeader" in flags and is_on(flags["tblHeader"].get(f"{W}val"))
        heads += in_heads
        rows.append(cells)
    width = max(map(len, rows), default=0)
    if not width:
        return []
    filled = tuple(tuple(row) + (EMPTY_CELL,) * (width - len(row)) for row in rows)
    return [Table(rows=filled, header_rows=heads)]


def _is_unseen_row(flags: dict[str, Element]) -> bool:
    height = flags.get("trHeight")
    if height is not None and height.get(f"{W}hRule") == "exact":
        size = number(height.get(f"{W}val"))
        return size is not None and size <= _TINY_TWIPS
    return "hidden" in flags and is_on(flags["hidden"].get(f"{W}val"))


def _read_concealed_row(
    story: Story, row: Element, flags: dict[str, Element], unseen: bool
) -> list[tuple[Paragraph, ...]]:
    if "del" in flags:
        with changed(story, flags["del"]):
            return _read_row(story, row, flags)
    if unseen:
        with story.book.findings.aside("hidden_text", f"{story.place}, a row of a table"):
            return _read_row(story, row, flags)
    return _read_row(story, row, flags)


def _read_row(story: Story, row: Element, flags: dict[str, Element]) -> list[tuple[Paragraph, ...]]:
    before = flags.get("gridBefore")
    cells: list[tuple[Paragraph, ...]] = [EMPTY_CELL] * _count(before)
    for cell in _inner(story, row, "tc"):
        properties = cell.find(f"{W}tcPr")
        own = {local(e.tag): e for e in properties} if properties is not None else {}
        outer = story.background
        shade = own["shd"].get(f"{W}fill") if "shd" in own else None
        story.background = shade if shade and shade != "auto" else outer
        cells += [_read_cell(story, cell, own), *[EMPTY_CELL] * max(_count(own.get("gridSpan")) - 1, 0)]
        story.background = outer
    return cells


def _read_cell(story: Story, cell: Element, own: dict[str, Element]) -> tuple[Paragraph, ...]:
    merged = own.get("vMerge", own.get("hMerge"))
    place = f"{story.place}, a cell of a table"
    if "cellDel" in own:
        with changed(story, own["cellDel"]):
            read_blocks(story, cell)
        return EMPTY_CELL
    if merged is not None and merged.get(f"{W}val", "continue") != "restart":
        with story.book.findings.aside("hidden_text", place):
            read_blocks(story, cell)
        return EMPTY_CELL
    return as_paragraphs(read_blocks(story, cell)) or EMPTY_CELL


def _count(element: Element | None) -> int:
    """How many columns; a table as wide as no page is taken for a mistake."""
    return min(int(number(element.get(f"{W}val")) or 0), 63) if element is not None else 0


def _inner(story: Story, element: Element, name: str) -> Iterator[Element]:
    """The rows of a table or the cells of a row, also those in a content control."""
    for child in element:
        if local(child.tag) == name:
            yield child
        elif local(child.tag) in WRAPPERS:
            read_wrapper(story, child)
            yield from _inner(story, child, name)
