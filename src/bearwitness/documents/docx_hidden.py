"""What a Word document carries besides its text: comments, properties, relations, and every other part."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bearwitness.documents.content import HiddenKind
from bearwitness.documents.docx_blocks import read_blocks
from bearwitness.documents.docx_package import W
from bearwitness.documents.docx_story import Book, close_story, open_story
from bearwitness.documents.office_strings import describe_binary
from bearwitness.documents.office_values import is_plain_name
from bearwitness.documents.office_xml import Part, local

_TYPES: Final = "[Content_Types].xml"
_XML: Final = (b"<", b"\xef\xbb\xbf<", b"\xff\xfe<", b"\xfe\xff\0<")
# What a part is, by the first match of its name.
_KINDS: Final[tuple[tuple[str, HiddenKind], ...]] = (
    ("vba|macro|activex|/controls?/|customui", "script"),
    ("thumbnail", "thumbnail"),
    ("^docprops/|people|printersettings|_xmlsignatures|userinfo|fonttable|/styles|/theme|/numbering|/settings|"
     "/websettings|styleswitheffects|intelligence", "metadata"),
    ("/comments", "comment"),
    ("glossary", "hidden_text"),
    ("embeddings|afchunk|altchunk|/fonts/|/ink/", "embedded_file"),
    ("/media/", "image"),
)  # fmt: skip


def report_comments(book: Book, name: str) -> None:
    """Every comment with its author, its time and what it says."""
    for target in book.package.related(name, "comments"):
        story = open_story(book, target)
        for element in story.part.root.iterfind(f"{W}comment"):
            said = (story.part.take(element, f"{W}{key}") for key in ("author", "initials", "date"))
            number = element.get(f"{W}id") or ""
            place = f"{target}, comment {number}" if number.isdecimal() else f"{target}, a comment"
            with book.findings.aside("comment", place, label=" ".join(filter(None, said)), always=True):
                read_blocks(story, element)
        close_story(story)
        book.findings.hidden += story.part.left_over()


def report_parts(book: Book, parsed: Sequence[Part]) -> None:
    """Every part that has not been read as text, by what it is."""
    package = book.package
    for part in parsed:
        book.findings.hidden += part.left_over("metadata")
    for name, content in package.members.items():
        if name in package.read or name.endswith("/"):
            continue
        package.read.add(name)
        if name == _TYPES:
            _report_types(book)
        elif re.fullmatch(r"docProps/(core|app|custom)\.xml", name):
            _report_properties(book, name)
        elif not name.endswith(".rels"):
            _report_member(book, name, content)
    odd = [name for name in package.members if not is_plain_name(name)]
    if odd:
        book.findings.report("metadata", "names of entries of the archive", "\n".join(odd))


def kind_of(name: str) -> HiddenKind:
    """What a member is by its name."""
    return next((kind for pattern, kind in _KINDS if re.search(pattern, name.lower())), "unread_part")


def _report_member(book: Book, name: str, content: bytes) -> None:
    kind = kind_of(name)
    place = name if is_plain_name(name) else f"entry {list(book.package.members).index(name) + 1} of the archive"
    if content.lstrip().startswith(_XML) or name.endswith((".xml", ".vml", ".svg")):
        part = book.package.part(name)
        left = part.left_over(kind)
        # A comment's further parts name people; a picture made of XML is a picture even where it has no words.
        book.findings.hidden += left
        if kind in ("image", "embedded_file", "script") and not any(h.kind == kind for h in left):
            book.findings.report(kind, place)
        return
    book.findings.hidden += describe_binary(content, kind, place)


def _report_types(book: Book) -> None:
    """The list of types: names of members are no news, anything else is."""
    part = book.package.part(_TYPES)
    for element in part.root.iter():
        if (element.get("PartName") or "").lstrip("/") in book.package.members:
            part.take(element, "PartName")
    book.findings.hidden += part.left_over("metadata")


def _report_properties(book: Book, name: str) -> None:
    """Each property of the document, with what it is called."""
    part = book.package.part(name)
    for element in part.root:
        if isinstance(element.tag, str):
            book.findings.report_if("metadata", f"{name}, {local(element.tag)}", part.take_texts(element))
    book.findings.hidden += part.left_over("metadata")


def report_relations(book: Book) -> None:
    """Everything outside of the file that a part refers to, and relations that lead nowhere."""
    package = book.package
    for name in [n for n in package.members if n.endswith(".rels")]:
        folder, _, base = name.rpartition("_rels/")
        relations = package.relations(folder + base.removesuffix(".rels"))
        part = package.relation_parts.get(name) or package.part(name)
        for element in part.root.iter():
            relation = relations.get(element.get("Id") or "")
            if relation is None or element.get("Target") is None:
                continue
            if relation.external:
                kind: HiddenKind = "link_target" if relation.type == "hyperlink" else "external"
                book.findings.report(kind, f"{name}, {kind.replace('_', ' ')}", part.take(element, "Target"))
            elif relation.target in package.members:
                part.take(element, "Target")
        book.findings.hidden += part.left_over("metadata")
