"""One text of a Word document (the body, a header, a note, a comment), and where reading it has got to."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from bearwitness.documents.content import ParagraphKind
from bearwitness.documents.docx_looks import Style, Styles
from bearwitness.documents.docx_package import Package, Relation, W
from bearwitness.documents.office_looks import Look, number
from bearwitness.documents.office_story import Findings, Line
from bearwitness.documents.office_xml import Element, Part, local

# What stands between a block and the text around it without changing how it is read.
WRAPPERS: Final = frozenset({"sdt", "sdtContent", "customXml", "smartTag", "dir", "bdo"})
_HEADING: Final = re.compile(r"heading (\d)")
_LIST: Final = re.compile(r"list (?:bullet|number)(?: (\d))?")
_NAMED_KINDS: Final[dict[str, ParagraphKind]] = {
    "quote": "quote", "quotations": "quote", "intense quote": "quote", "block text": "quote",
    "caption": "caption", "code": "code", "source code": "code", "preformatted text": "code",
    "html preformatted": "code", "macro": "code",
}  # fmt: skip


@dataclass(slots=True, kw_only=True)
class Book:
    """What all texts of one document share; ``inline`` reads what stands within a paragraph into its line."""

    package: Package
    styles: Styles
    numbering: dict[tuple[str, int], str]
    inline: Callable[[Story, Line, Element, Style, Look], None]
    findings: Findings = field(default_factory=Findings)
    page_colour: str = "FFFFFF"
    notes: dict[tuple[str, str], str] = field(default_factory=dict)
    sections: list[tuple[Part, Element]] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class FieldCode:
    """A field that has begun: first its code, then what it shows."""

    code: list[str] = field(default_factory=list)
    in_code: bool = True
    link: str = ""


@dataclass(slots=True, kw_only=True)
class Story:
    """One text of the document, and where reading has got to."""

    book: Book
    part: Part
    relations: dict[str, Relation]
    fields: list[FieldCode] = field(default_factory=list)
    background: str = "FFFFFF"
    paragraphs: int = 0

    @property
    def place(self) -> str:
        """Where reading is."""
        return f"{self.part.name}, paragraph {self.paragraphs}"


def open_story(book: Book, name: str) -> Story:
    """A text of the document, at its beginning."""
    part = book.package.part(name)
    return Story(book=book, part=part, relations=book.package.relations(name), background=book.page_colour)


def close_story(story: Story) -> None:
    """Report fields that never ended."""
    while story.fields:
        end_field(story)


def end_field(story: Story) -> None:
    """The last field ends: its code is reported."""
    if story.fields:
        ended = story.fields.pop()
        story.book.findings.report_if("field", story.place, "".join(ended.code))


def read_wrapper(story: Story, element: Element) -> None:
    """Report what a content control or a custom element says of itself."""
    # What it wraps is read by the caller; its own properties are never shown.
    for child in element:
        if local(child.tag) in ("sdtPr", "sdtEndPr", "customXmlPr", "smartTagPr"):
            story.book.findings.report_if("field", story.place, story.part.take_texts(child))
    for name in [n for n in element.attrib if local(n) in ("element", "uri")]:
        story.book.findings.report_if("field", story.place, story.part.take(element, name))


def changed(story: Story, element: Element) -> Any:
    """Reading of a tracked change: what was taken out is not shown, what was put in is shown and reported."""
    is_gone = local(element.tag) in ("del", "moveFrom")
    label = " ".join(filter(None, (story.part.take(element, f"{W}{name}") for name in ("author", "date"))))
    return story.book.findings.aside(
        "deleted" if is_gone else "inserted", story.place, conceals=is_gone, label=label, always=True
    )


def kind_of(book: Book, style: Style, look: Any) -> tuple[ParagraphKind, int, bool]:
    """What a paragraph is by its style, its list or its outline: its kind, its level, and whether it is numbered."""
    for name in style.names:
        if found := _HEADING.fullmatch(name):
            return "heading", min(max(int(found[1]), 1), 6), False
        if name in ("title", "subtitle"):
            return "heading", 1 if name == "title" else 2, False
        if name in _NAMED_KINDS:
            return _NAMED_KINDS[name], 0, False
    outline = look.get("outline")
    if outline is not None and outline < 9:
        return "heading", min(int(outline) + 1, 6), False
    num, depth = look.get("numId"), int(number(look.get("ilvl")) or 0)
    if num not in (None, "0") and (num, 0) in book.numbering:
        listed = next((found for name in style.names if (found := _LIST.fullmatch(name))), None)
        if listed and listed[1] and not depth:
            depth = int(listed[1]) - 1
        form = book.numbering.get((num, depth), book.numbering[num, 0])
        return "list_item", min(depth, 8), form not in ("bullet", "none")
    return "paragraph", 0, False
