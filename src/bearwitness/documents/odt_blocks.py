"""The paragraphs, lists, tables and sections of an OpenDocument text, in the order they are read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from bearwitness.documents.content import Block, Paragraph, ParagraphKind, Table
from bearwitness.documents.odt_story import FAR_TWIPS, Story
from bearwitness.documents.odt_styles import Style, long, short
from bearwitness.documents.office_looks import Look
from bearwitness.documents.office_story import EMPTY_CELL, Line, as_paragraphs
from bearwitness.documents.office_xml import Element

_NAMED_KINDS: Final[dict[str, ParagraphKind]] = {
    "quotations": "quote", "quote": "quote", "intense quote": "quote", "block text": "quote", "caption": "caption",
    "code": "code", "source code": "code", "preformatted text": "code", "html preformatted": "code", "macro": "code",
}  # fmt: skip
_TINY_TWIPS: Final = 40
_WIDEST: Final = 63
_LISTS: Final = ("text:list-item", "text:list-header")
_INDEX: Final = ("text:index-title", "text:index-body")
# What is declared before the text, and never shown where it stands.
_DECLARED: Final = frozenset(
    {"text:variable-decls", "text:sequence-decls", "text:user-field-decls", "text:dde-connection-decls", "office:forms",
     "text:alphabetical-index-auto-mark-file", "table:content-validations"}
)  # fmt: skip


def read_blocks(story: Story, elements: Iterable[Element]) -> list[Block]:
    """Everything shown in some elements that are paragraphs, tables and the like; the rest is reported."""
    blocks: list[Block] = []
    for child in elements:
        blocks += _read_block(story, child)
    return blocks


def _read_block(story: Story, child: Element) -> list[Block]:
    name = short(child.tag)
    if name in ("text:p", "text:h"):
        return read_paragraph(story, child)
    if name in ("text:list", "text:numbered-paragraph"):
        return _read_list(story, child)
    if name == "table:table":
        return _read_table(story, child)
    if name == "text:section":
        return _read_section(story, child)
    if name == "text:tracked-changes":
        _read_changes(story, child)
        return []
    if name in _DECLARED:
        story.book.findings.report_if("field", f"{story.part.name}, declarations", story.part.take_texts(child))
        return []
    if name in _INDEX:
        return read_blocks(story, child)
    if name.startswith("text:") and (index := [e for e in child if short(e.tag) in _INDEX]):
        return [block for e in index for block in read_blocks(story, e)]
    line = Line()
    story.book.inline(story, line, child, {})
    return line.close()


def read_paragraph(story: Story, element: Element, kind: ParagraphKind | None = None) -> list[Block]:
    """A paragraph, with pictures and text boxes anchored in it after it; ``kind`` where a list says what it is."""
    story.paragraphs += 1
    outer = (story.background, story.gap)
    story.gap = True
    style = story.styles.get("paragraph", element.get(long("text:style-name")))
    if style.look.get("master"):
        story.book.masters.add(style.look["master"])
    story.background = style.look.get("box") or story.background
    found = _kind(story, element, style, kind)
    look: Look = style.look
    if found[0] in ("heading", "quote", "code", "caption"):
        look = {key: value for key, value in look.items() if key not in ("b", "i")}
    line = Line()
    unseen = _unseen_paragraph(element, style.look)
    if unseen:
        with story.book.findings.aside("off_page" if unseen == "off_page" else "hidden_text", story.place):
            story.book.content(story, line, element, look)
    else:
        story.book.content(story, line, element, look)
    story.book.findings.see_end()
    story.background, story.gap = outer
    return line.close(found[0], found[1], ordered=found[2])


def _unseen_paragraph(element: Element, look: Look) -> str:
    if any(abs(n) > FAR_TWIPS for n in look.get("indents", ())):
        return "off_page"
    if look.get("line") is not None and look["line"] <= _TINY_TWIPS:
        return "hidden"
    # The field hides the whole paragraph that it stands in, if its condition is met: that is not computed here.
    return "hidden" if any(short(e.tag) == "text:hidden-paragraph" for e in element.iter()) else ""


def _kind(
    story: Story, element: Element, style: Style, given: ParagraphKind | None
) -> tuple[ParagraphKind, int, bool]:
    if short(element.tag) == "text:h":
        level = element.get(long("text:outline-level")) or ""
        return "heading", min(max(int(level), 1), 6) if level.isdecimal() else 1, False
    for name in style.names:
        if name in _NAMED_KINDS:
            return _NAMED_KINDS[name], 0, False
        if name in ("title", "subtitle"):
            return "heading", 1 if name == "title" else 2, False
    if given == "list_item" and story.depth >= 0:
        depth = story.depth
        return "list_item", min(depth, 8), story.styles.is_ordered(story.list_style, depth)
    return "paragraph", 0, False


def _read_list(story: Story, element: Element) -> list[Block]:
    outer = (story.list_style, story.depth)
    story.list_style = element.get(long("text:style-name")) or story.list_style
    story.depth += 1
    blocks: list[Block] = []
    if short(element.tag) == "text:numbered-paragraph":
        level = element.get(long("text:level")) or ""
        story.depth = int(level) - 1 if level.isdecimal() else 0
        blocks += _read_item(story, element)
    for item in element:
        if short(item.tag) in _LISTS:
            blocks += _read_item(story, item)
    story.list_style, story.depth = outer
    return blocks


def _read_item(story: Story, item: Element) -> list[Block]:
    """An item of a list: its first paragraph has the mark or the number, others stand below it."""
    blocks: list[Block] = []
    is_first = short(item.tag) != "text:list-header"
    for child in item:
        if short(child.tag) in ("text:p", "text:h"):
            blocks += read_paragraph(story, child, "list_item" if is_first else None)
            is_first = False
        else:
            blocks += _read_block(story, child)
    return blocks


def _read_section(story: Story, element: Element) -> list[Block]:
    display = element.get(long("text:display"))
    outer = story.background
    story.background = story.styles.get("section", element.get(long("text:style-name"))).look.get("box") or outer
    if display in ("none", "condition"):
        with story.book.findings.aside("hidden_text", f"{story.place}, a hidden section"):
            read_blocks(story, element)
        blocks: list[Block] = []
    else:
        blocks = read_blocks(story, element)
    story.background = outer
    return blocks


def _read_changes(story: Story, element: Element) -> None:
    """Tracked changes: what was taken out stands here; what was put in stands in the text, between two marks."""
    for region in element:
        for change in region:
            kind = short(change.tag).removeprefix("text:")
            said = [i for i in change if short(i.tag) == "office:change-info"]
            label = " ".join(" ".join(story.part.take(e) for e in info if _is_said(e)) for info in said)
            label += "".join(f"\n{story.part.take_texts(info)}" for info in said)
            names = {region.get(long("text:id")), region.get("{http://www.w3.org/XML/1998/namespace}id")} - {None}
            for name in names:
                story.book.regions[str(name)] = (kind, label.strip())
            place = f"{story.part.name}, tracked changes"
            if kind == "deletion":
                with story.book.findings.aside("deleted", place, label=label.strip(), always=True):
                    read_blocks(story, change)
            elif kind == "format-change":
                story.book.findings.report("revision", place, label.strip())


def _is_said(element: Element) -> bool:
    return short(element.tag) in ("dc:creator", "dc:date")


def _read_table(story: Story, element: Element) -> list[Block]:
    outer = story.background
    look = story.styles.get("table", element.get(long("table:style-name"))).look
    if look.get("master"):
        story.book.masters.add(look["master"])
    story.background = look.get("box") or outer
    columns = list(_columns(element))
    rows: list[list[tuple[Paragraph, ...]]] = []
    heads = 0
    for row, is_head, shown in _rows(element):
        cells = _read_row(story, row, columns, shown=shown)
        if not shown:
            continue
        heads += is_head and heads == len(rows)
        rows.append(cells)
    story.background = outer
    width = max(map(len, rows), default=0)
    if not width:
        return []
    filled = tuple(tuple(row) + (EMPTY_CELL,) * (width - len(row)) for row in rows)
    return [Table(rows=filled, header_rows=heads)]


def _columns(element: Element) -> Iterator[bool]:
    """Of each column, whether it is shown."""
    for child in element:
        name = short(child.tag)
        if name == "table:table-column":
            shown = child.get(long("table:visibility"), "visible") == "visible"
            yield from [shown] * _repeated(child, "table:number-columns-repeated")
        elif name in ("table:table-columns", "table:table-header-columns", "table:table-column-group"):
            yield from _columns(child)


def _rows(element: Element, *, head: bool = False, shown: bool = True) -> Iterator[tuple[Element, bool, bool]]:
    """Each row, whether it is a heading, and whether it is shown."""
    for child in element:
        name = short(child.tag)
        if name == "table:table-row":
            yield child, head, shown and child.get(long("table:visibility"), "visible") == "visible"
        elif name in ("table:table-header-rows", "table:table-rows", "table:table-row-group"):
            seen = shown and child.get(long("table:display"), "true") == "true"
            yield from _rows(child, head=head or name == "table:table-header-rows", shown=seen)


def _repeated(element: Element, name: str) -> int:
    count = element.get(long(name)) or ""
    return min(int(count), _WIDEST) if count.isdecimal() and int(count) else 1


def _read_row(story: Story, row: Element, columns: list[bool], *, shown: bool) -> list[tuple[Paragraph, ...]]:
    outer = story.background
    look = story.styles.get("table-row", row.get(long("table:style-name"))).look
    story.background = look.get("box") or outer
    tiny = look.get("height") is not None and look["height"] <= _TINY_TWIPS
    cells: list[tuple[Paragraph, ...]] = []
    for cell in row:
        name = short(cell.tag)
        if name not in ("table:table-cell", "table:covered-table-cell"):
            continue
        seen = shown and not tiny and name == "table:table-cell" and all(columns[len(cells) : len(cells) + 1])
        cells += [_read_cell(story, cell, seen=seen)] * _repeated(cell, "table:number-columns-repeated")
    story.background = outer
    return cells


def _read_cell(story: Story, cell: Element, *, seen: bool) -> tuple[Paragraph, ...]:
    outer = story.background
    story.background = story.styles.get("table-cell", cell.get(long("table:style-name"))).look.get("box") or outer
    found: Any = ()
    if seen:
        found = as_paragraphs(read_blocks(story, cell))
    else:
        with story.book.findings.aside("hidden_text", f"{story.place}, a cell of a table"):
            read_blocks(story, cell)
    story.background = outer
    return found or EMPTY_CELL
