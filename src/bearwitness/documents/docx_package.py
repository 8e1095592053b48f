"""The parts of a Word document and how they hang together."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from typing import Final

from bearwitness.documents.office_xml import Part, local
from bearwitness.errors import DocumentError

# Namespaces of the strict form and those of the common form that mean the same.
_STRICT: Final = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships",
     b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
    (b"http://purl.oclc.org/ooxml/drawingml/main", b"http://schemas.openxmlformats.org/drawingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing",
     b"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"),
    (b"http://purl.oclc.org/ooxml/drawingml/picture", b"http://schemas.openxmlformats.org/drawingml/2006/picture"),
)  # fmt: skip
W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_SAVE: Final = "Open it in a word processor and save it as DOCX again."
_OLD: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_MAIN_TYPES: Final = (
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
    "application/vnd.ms-word.document.macroEnabled.main+xml",
    "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """What a part refers to: a member of the package, or something outside of it."""

    id: str
    type: str
    target: str
    external: bool


@dataclass(slots=True, kw_only=True)
class Package:
    """An unpacked Word document; ``read`` are the members that have been read, each once."""

    members: dict[str, bytes]
    where: str
    read: set[str] = field(default_factory=set)
    relation_parts: dict[str, Part] = field(default_factory=dict)

    def part(self, name: str) -> Part:
        """An XML part, parsed.

        Raises
        ------
        DocumentError
            If it is not there or cannot be parsed.
        """
        if name not in self.members:
            raise DocumentError("a part of the file is missing.", hint=_SAVE, where=self.where)
        self.read.add(name)
        return Part(name, as_transitional(self.members[name], name, self.where), where=self.where)

    def relations(self, name: str) -> dict[str, Relation]:
        """What a part refers to, by the ids it uses; "" for the package itself."""
        folder, base = posixpath.split(name)
        place = posixpath.join(folder, "_rels", f"{base}.rels")
        if place not in self.members:
            return {}
        if place not in self.relation_parts:
            self.relation_parts[place] = self.part(place)
        found = {}
        for element in self.relation_parts[place].root.iter():
            if local(element.tag) != "Relationship":
                continue
            external = element.get("TargetMode") == "External"
            target = element.get("Target") or ""
            if not external:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            relation = Relation(
                id=element.get("Id") or "", type=local_type(element.get("Type") or ""), target=target, external=external
            )
            found[relation.id] = relation
        return found

    def related(self, name: str, kind: str) -> list[str]:
        """The members of one kind that a part refers to."""
        found = (r.target for r in self.relations(name).values() if r.type == kind and not r.external)
        return [target for target in dict.fromkeys(found) if target in self.members]


def local_type(uri: str) -> str:
    """The last word of a relationship's type."""
    return uri.rpartition("/")[2]


def check_is_docx(content: bytes, where: str) -> None:
    """Refuse what is no Word document, and say what it is.

    Raises
    ------
    DocumentError
        If it is locked with a password, an old Word document, or no zip archive at all.
    """
    if content.startswith(_OLD):
        if _ENCRYPTED in content:
            raise DocumentError(
                "the document is locked with a password.",
                hint="Open it in a word processor and save it without a password; protect the file otherwise.",
                where=where,
            )
        raise DocumentError("this is an old Word document (DOC).", hint=_SAVE, where=where)
    if b"PK\x03\x04" not in content[:4096] and b"PK\x05\x06" not in content:
        raise DocumentError("this is not a Word document (DOCX), or it is damaged.", hint=_SAVE, where=where)


def main_part(package: Package) -> str:
    """The name of the member that holds the text.

    Raises
    ------
    DocumentError
        If there is none, or the package is something other than a Word document.
    """
    names = package.related("", "officeDocument")
    if len(names) != 1:
        raise DocumentError("this is not a Word document (DOCX), or it is damaged.", hint=_SAVE, where=package.where)
    if "[Content_Types].xml" not in package.members:
        raise DocumentError("a part of the file is missing.", hint=_SAVE, where=package.where)
    types = Part("[Content_Types].xml", package.members["[Content_Types].xml"], where=package.where)
    listed = [e.get("ContentType") for e in types.root.iter() if e.get("PartName") == f"/{names[0]}"]
    if listed and listed[0] not in _MAIN_TYPES:
        raise DocumentError("this is not a Word document (DOCX).", hint=_SAVE, where=package.where)
    return names[0]


def as_transitional(content: bytes, name: str, where: str) -> bytes:
    """A part with the namespaces of the strict form replaced by the common ones."""
    if b"purl.oclc.org/ooxml" not in content:
        if content[:2] not in (b"\xff\xfe", b"\xfe\xff") and b"\0" not in content[:8]:
            return content
        # In UTF-16 the names look otherwise.
        from lxml import etree  # type: ignore[import-untyped]

        content = etree.tostring(Part(name, content, where=where).root.getroottree(), encoding="utf-8")
    for strict, common in _STRICT:
        content = content.replace(strict, common)
    return content
