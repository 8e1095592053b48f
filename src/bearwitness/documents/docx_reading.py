"""Reads a Word document (DOCX): what a reader sees, and everything else that is in the file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bearwitness.documents.content import Block, Document, Note, Opened, Paragraph
from bearwitness.documents.docx_blocks import read_blocks
from bearwitness.documents.docx_hidden import report_comments, report_parts, report_relations
from bearwitness.documents.docx_inline import read_inline
from bearwitness.documents.docx_looks import is_on, read_styles
from bearwitness.documents.docx_package import Package, R, W, check_is_docx, main_part
from bearwitness.documents.docx_story import Book, Story, close_story, open_story
from bearwitness.documents.office_story import as_paragraphs, without_gap
from bearwitness.documents.office_xml import Element, Part, local
from bearwitness.documents.zip_bounds import open_archive, stray_bytes
from bearwitness.errors import DocumentError

_WHERE: Final = "the document"


def read_docx(content: bytes) -> Opened:
    """Open a Word document, with macros or without, in the common or the strict form.

    Parameters
    ----------
    content : bytes
        The file.

    Returns
    -------
    Opened
        Text that is there and cannot be seen, tracked changes, comments, properties and every part that is not text
        of the page are under ``hidden``; each text of each part is in one of the two.

    Raises
    ------
    DocumentError
        If it is no Word document, locked, damaged, or beyond the bounds of ``zip_bounds`` and ``office_xml``.
    """
    check_is_docx(content, _WHERE)
    package = Package(members=open_archive(content, where=_WHERE), where=_WHERE)
    try:
        return _read(package, content)
    except RecursionError:
        raise DocumentError(
            "the document is nested too deeply.", hint="Open it in a word processor and save it again.", where=_WHERE
        ) from None


def _read(package: Package, content: bytes) -> Opened:
    name = main_part(package)
    parts = {kind: _first_part(package, name, kind) for kind in ("styles", "theme", "numbering", "settings")}
    roots = {kind: part.root if part else None for kind, part in parts.items()}
    book = Book(
        package=package, styles=read_styles(roots["styles"], roots["theme"]), numbering=_numbering(roots["numbering"]),
        inline=read_inline,
    )
    body = open_story(book, name)
    _read_background(book, body)
    blocks = [b for element in body.part.root if local(element.tag) == "body" for b in read_blocks(body, element)]
    close_story(body)
    stories = [body]
    # Notes within notes and text boxes name more of them: each is read once, in the order they are named.
    notes = list(_read_notes(book, name, stories))
    margins = _read_margins(book, body, roots["settings"], stories)
    report_comments(book, name)
    for story in stories:
        book.findings.hidden += story.part.left_over()
    report_parts(book, [part for part in parts.values() if part])
    report_relations(book)
    document = Document(blocks=tuple(blocks), notes=tuple(notes), margins=tuple(margins))
    return Opened(form="docx", document=document, hidden=(*book.findings.merged(), *stray_bytes(content)))


def _first_part(package: Package, name: str, kind: str) -> Part | None:
    found = package.related(name, kind)
    return package.part(found[0]) if found else None


def _read_background(book: Book, body: Story) -> None:
    page = body.part.root.find(f"{W}background")
    colour = page.get(f"{W}color") if page is not None else None
    if colour and colour != "auto":
        book.page_colour = body.background = colour


def _numbering(root: Element | None) -> dict[tuple[str, int], str]:
    """The form of each level of each list ("bullet", "decimal", ...)."""
    found: dict[tuple[str, int], str] = {}
    if root is None:
        return found
    levels = {a.get(f"{W}abstractNumId"): list(_levels(a)) for a in root.iterfind(f"{W}abstractNum")}
    for number in root.iterfind(f"{W}num"):
        named = number.find(f"{W}abstractNumId")
        key = number.get(f"{W}numId") or ""
        found[key, 0] = "bullet"
        for depth, form in levels.get(named.get(f"{W}val") if named is not None else None, ()):
            found[key, depth] = form
        for override in number.iterfind(f"{W}lvlOverride"):
            found |= {(key, depth): form for depth, form in _levels(override)}
    return found


def _levels(element: Element) -> Iterator[tuple[int, str]]:
    for level in element.iterfind(f"{W}lvl"):
        form = level.find(f"{W}numFmt")
        depth = level.get(f"{W}ilvl") or ""
        if depth.isdecimal():
            yield int(depth), (form.get(f"{W}val") or "") if form is not None else "decimal"


def _read_notes(book: Book, name: str, stories: list[Story]) -> Iterator[Note]:
    read: dict[tuple[str, str], tuple[Paragraph, ...]] = {}
    waiting: dict[tuple[str, str], tuple[Story, Element]] = {}
    for kind in ("footnote", "endnote"):
        for target in book.package.related(name, f"{kind}s"):
            story = open_story(book, target)
            stories.append(story)
            for element in story.part.root.iterfind(f"{W}{kind}"):
                waiting[kind, element.get(f"{W}id") or ""] = (story, element)
    while True:
        key = next((key for key in book.notes if key not in read), None)
        if key is None:
            break
        found = waiting.pop(key, None)
        read[key] = without_gap(as_paragraphs(read_blocks(*found))) if found else ()
    for (kind, _), (story, element) in waiting.items():
        with book.findings.aside("hidden_text", f"{story.part.name}, a {kind} that nothing shows"):
            read_blocks(story, element)
    for story in stories[1:]:
        close_story(story)
    return (Note(id=book.notes[key], paragraphs=paragraphs) for key, paragraphs in read.items())


def _read_margins(book: Book, body: Story, settings: Element | None, stories: list[Story]) -> list[Paragraph]:
    """Headers, then footers, of all sections; those that are switched off are reported."""
    even = settings.find(f"{W}evenAndOddHeaders") if settings is not None else None
    has_even = even is not None and is_on(even.get(f"{W}val"))
    margins: dict[str, list[Paragraph]] = {"headerReference": [], "footerReference": []}
    seen: dict[str, Story] = {}
    for _, section in tuple(book.sections):
        first = section.find(f"{W}titlePg")
        switched = {"first": first is not None and is_on(first.get(f"{W}val")), "even": has_even}
        for mark in section:
            kind = local(mark.tag)
            relation = body.relations.get(mark.get(f"{R}id") or "")
            if kind not in margins or relation is None or relation.target not in book.package.members:
                continue
            if relation.target in seen:
                continue
            if switched.get(mark.get(f"{W}type") or "default", True):
                seen[relation.target] = story = open_story(book, relation.target)
                margins[kind] += as_paragraphs(_read_margin(story))
    for target in (t for kind in ("header", "footer") for t in book.package.related(body.part.name, kind)):
        if target not in seen:
            seen[target] = story = open_story(book, target)
            with book.findings.aside("hidden_text", f"{target}, which no page shows"):
                _read_margin(story)
    stories += seen.values()
    return margins["headerReference"] + margins["footerReference"]


def _read_margin(story: Story) -> list[Block]:
    blocks = read_blocks(story, story.part.root)
    close_story(story)
    return blocks
