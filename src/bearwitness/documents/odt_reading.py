"""Reads an OpenDocument text (ODT): what a reader sees, and everything else that is in the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from bearwitness.documents.content import Block, Document, Opened, Paragraph
from bearwitness.documents.odt_blocks import read_blocks
from bearwitness.documents.odt_hidden import report_members, report_part
from bearwitness.documents.odt_inline import close_change, read_content, read_inline
from bearwitness.documents.odt_story import Book, Story
from bearwitness.documents.odt_styles import colour, long, read_styles, short
from bearwitness.documents.office_story import as_paragraphs, has_text
from bearwitness.documents.office_xml import Element, Part, parse_xml
from bearwitness.documents.zip_bounds import open_archive, stray_bytes
from bearwitness.errors import DocumentError

_WHERE: Final = "the document"
_SAVE: Final = "Open it in a word processor and save it as ODT again."
_TYPE: Final = b"application/vnd.oasis.opendocument.text"
_TYPES: Final = frozenset({_TYPE, _TYPE + b"-template"})
_MANIFEST: Final = "META-INF/manifest.xml"


def read_odt(content: bytes) -> Opened:
    """Open an OpenDocument text.

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
        If it is no OpenDocument text, locked, damaged, or beyond the bounds of ``zip_bounds`` and ``office_xml``.
    """
    if b"PK\x03\x04" not in content[:4096] and b"PK\x05\x06" not in content:
        raise DocumentError("this is not an OpenDocument text (ODT), or it is damaged.", hint=_SAVE, where=_WHERE)
    members = open_archive(content, where=_WHERE)
    _check_open(members)
    if members.get("mimetype", b"").strip() not in _TYPES or "content.xml" not in members:
        raise DocumentError("this is not an OpenDocument text (ODT), or it is damaged.", hint=_SAVE, where=_WHERE)
    try:
        return _read(members, content)
    except RecursionError:
        raise DocumentError("the document is nested too deeply.", hint=_SAVE, where=_WHERE) from None


def _check_open(members: dict[str, bytes]) -> None:
    """Refuse a document that is locked, before its parts, which nobody can read then, are taken for damaged ones."""
    if _MANIFEST not in members:
        return
    manifest = parse_xml(members[_MANIFEST], name=_MANIFEST, where=_WHERE)
    # Of a newer one the whole document is one member, locked; the manifest says so in the same words.
    if any(short(e.tag) == "manifest:encryption-data" for e in manifest.iter()):
        raise DocumentError(
            "the document is locked with a password.",
            hint="Open it in a word processor and save it without a password; protect the file otherwise.",
            where=_WHERE,
        )


def _read(members: dict[str, bytes], content: bytes) -> Opened:
    names: tuple[str, ...] = (_MANIFEST, "styles.xml", "content.xml")
    parts = {name: Part(name, members[name], where=_WHERE) for name in names if name in members}
    roots = {name: part.root for name, part in parts.items()}
    common = _children(roots.get("styles.xml"), "office:styles") + _children(roots["content.xml"], "office:styles")
    book = Book(members=members, inline=read_inline, content=read_content)
    book.page_colour = _page_colour(roots.get("styles.xml")) or book.page_colour
    stories = {
        name: Story(
            book=book, part=parts[name], background=book.page_colour,
            styles=read_styles(common, next(iter(_children(roots[name], "office:automatic-styles")), None)),
        )
        for name in ("content.xml", "styles.xml") if name in parts
    }  # fmt: skip
    body = stories["content.xml"]
    texts = [e for b in _children(body.part.root, "office:body") for e in b if short(e.tag) == "office:text"]
    blocks = [block for text in texts for block in read_blocks(body, text)]
    for change in body.open_changes.values():
        close_change(body, change)
    margins = _read_margins(stories.get("styles.xml"))
    for name in stories:
        report_part(book, parts[name])
    report_members(book, parts)
    document = Document(blocks=tuple(blocks), notes=tuple(book.notes), margins=tuple(margins))
    return Opened(form="odt", document=document, hidden=(*book.findings.merged(), *stray_bytes(content)))


def _children(root: Element | None, name: str) -> list[Element]:
    return [child for child in root if short(child.tag) == name] if root is not None else []


def _page_colour(root: Element | None) -> str | None:
    found = root.iter(long("style:page-layout-properties")) if root is not None else ()
    return next((c for e in found if (c := colour(e.get(long("fo:background-color")) or ""))), None)


def _read_margins(story: Story | None) -> list[Paragraph]:
    """Headers, then footers, of the pages that are used; others, and those switched off, are reported."""
    if story is None:
        return []
    masters = [e for group in _children(story.part.root, "office:master-styles") for e in group]
    pages = {e.get(long("style:name")) or "": e for e in masters if short(e.tag) == "style:master-page"}
    used = _used_pages(story, pages)
    shown: dict[str, list[Block]] = {"header": [], "footer": []}
    for name, page in pages.items():
        for margin in page:
            kind = short(margin.tag).removeprefix("style:").partition("-")[0]
            if kind not in shown:
                continue
            if name in used and margin.get(long("style:display"), "true") == "true":
                shown[kind] += _read_margin(story, margin)
            else:
                with story.book.findings.aside("hidden_text", f"{story.part.name}, a {kind} that no page shows"):
                    _read_margin(story, margin)
    return [p for blocks in shown.values() if has_text(blocks) for p in as_paragraphs(blocks)]


def _read_margin(story: Story, margin: Element) -> list[Block]:
    blocks: list[Block] = []
    for child in margin:
        regions = short(child.tag).startswith("style:region")
        blocks += read_blocks(story, child if regions else (child,))
    return blocks


def _used_pages(story: Story, pages: Mapping[str, Element]) -> set[str]:
    """The first page style, those that paragraphs ask for, and those that follow them."""
    used = {"Standard" if "Standard" in pages else next(iter(pages), "")} | story.book.masters
    while more := set(_following(used, pages)) - used:
        used |= more
    return used


def _following(used: set[str], pages: Mapping[str, Element]) -> Iterator[str]:
    for name in used:
        page = pages.get(name)
        following = page.get(long("style:next-style-name")) if page is not None else None
        if following:
            yield following
