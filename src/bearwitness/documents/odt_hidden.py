"""What an OpenDocument text carries besides its text: properties, settings, scripts, and every other member."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from typing import Final

from bearwitness.documents.content import HiddenKind
from bearwitness.documents.odt_story import Book
from bearwitness.documents.odt_styles import long, short
from bearwitness.documents.office_strings import describe_binary, strings_in
from bearwitness.documents.office_values import is_plain_name, is_plain_value
from bearwitness.documents.office_xml import Element, Part

_WHERE: Final = "the document"
# What a member is, by the first match of its name.
_KINDS: Final[tuple[tuple[str, HiddenKind], ...]] = (
    ("^thumbnails/", "thumbnail"),
    ("^(basic|scripts|dialogs)/", "script"),
    ("^versions/", "revision"),
    ("^(configurations2|meta-inf)/|^manifest.rdf$|^meta.xml$|^settings.xml$|^layout-cache$", "metadata"),
    ("^(pictures|media)/", "image"),
    ("^objectreplacements/|^object|^fonts/", "embedded_file"),
)
_XML: Final = (b"<", b"\xef\xbb\xbf<", b"\xff\xfe<", b"\xfe\xff\0<")
_SCRIPTS: Final = frozenset({"office:scripts", "office:event-listeners", "script:event-listener"})


def report_part(book: Book, part: Part) -> None:
    """Scripts, addresses and whatever else of a part has not been read as text."""
    for element in part.root.iter():
        name = short(element.tag)
        if name in _SCRIPTS:
            book.findings.report_if("script", f"{part.name}, scripts", part.take_texts(element))
        elif name == "office:forms":
            book.findings.report_if("field", f"{part.name}, forms", part.take_texts(element))
        _report_address(book, part, element)
    book.findings.hidden += part.left_over()


def _report_address(book: Book, part: Part, element: Element) -> None:
    target = element.get(long("xlink:href")) if isinstance(element.tag, str) else None
    if not target or part.is_taken(element, long("xlink:href")):
        return
    member = target.removeprefix("./")
    part.take(element, long("xlink:href"))
    if member in book.members or any(name.startswith(f"{member}/") for name in book.members):
        return
    kind: HiddenKind = "link_target" if target.startswith("#") else "external"
    book.findings.report(kind, f"{part.name}, {short(element.tag)}", target)


def report_members(book: Book, parsed: Mapping[str, Part]) -> None:
    """Every member that has not been read as text, by what it is."""
    for at, (name, content) in enumerate(book.members.items(), 1):
        if name in ("content.xml", "styles.xml", "mimetype") or not content:
            continue
        place = name if is_plain_name(name) else f"entry {at} of the archive"
        if name == "META-INF/manifest.xml":
            _report_manifest(book, parsed[name])
        elif name == "meta.xml":
            _report_properties(book, Part(name, content, where=_WHERE))
        elif name == "settings.xml":
            _report_settings(book, Part(name, content, where=_WHERE))
        else:
            _report_member(book, name, place, content)
    odd = [name for name in book.members if not is_plain_name(name)]
    if odd:
        book.findings.report("metadata", "names of entries of the archive", "\n".join(odd))


def _report_manifest(book: Book, part: Part) -> None:
    for element in part.root.iter():
        path = element.get(long("manifest:full-path")) if isinstance(element.tag, str) else None
        if path == "/" or path in book.members or f"{path}".rstrip("/") + "/" in {*book.members}:
            part.take(element, long("manifest:full-path"))
    book.findings.hidden += part.left_over("metadata")


def _report_properties(book: Book, part: Part) -> None:
    """Each property of the document, with what it is called."""
    for group in part.root:
        for element in group:
            if isinstance(element.tag, str):
                place = f"{part.name}, {short(element.tag)}"
                book.findings.report_if("metadata", place, part.take_texts(element))
    book.findings.hidden += part.left_over("metadata")


def _report_settings(book: Book, part: Part) -> None:
    """Settings that say more than a number or yes and no: the printer, data sources, paths."""
    for element in part.root.iter(long("config:config-item")):
        value = part.take(element)
        if is_plain_value(value):
            continue
        name = element.get(long("config:name")) or ""
        if element.get(long("config:type")) == "base64Binary":
            value = _decoded(value)
        book.findings.report_if("metadata", f"{part.name}, a setting", f"{name} {value}".strip())
    book.findings.hidden += part.left_over("metadata")


def _decoded(value: str) -> str:
    try:
        return strings_in(base64.b64decode(value, validate=False))
    except (binascii.Error, ValueError):
        return value


def kind_of(name: str) -> HiddenKind:
    """What a member is by its name."""
    return next((kind for pattern, kind in _KINDS if re.search(pattern, name.lower())), "unread_part")


def _report_member(book: Book, name: str, place: str, content: bytes) -> None:
    kind = kind_of(name)
    if content.lstrip().startswith(_XML) or name.endswith((".xml", ".rdf", ".svg", ".xlb", ".xlc", ".xdl", ".xba")):
        left = Part(place, content, where=_WHERE).left_over(kind)
        book.findings.hidden += left
        # A picture made of XML is a picture, and an object an object, even where it has no words.
        if kind in ("image", "embedded_file", "script", "revision") and not any(h.kind == kind for h in left):
            book.findings.report(kind, place)
        return
    book.findings.hidden += describe_binary(content, kind, place)
