"""Gathers what a page carries besides what it shows, and whatever of the file is in neither."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Any, Final

from bearwitness.documents.content import Hidden, HiddenKind, Picture
from bearwitness.documents.data_addresses import is_data, open_data
from bearwitness.documents.html_names import BLOCKS, FETCHED, VOCABULARY, is_known, is_plain, kind_of_attribute
from bearwitness.documents.html_style import PAGE_CSS

XHTML: Final = "{http://www.w3.org/1999/xhtml}"
_FETCHES: Final = re.compile(r"url\s*\(|image-set|\bsrc\s*\(|\\", re.IGNORECASE)
_WORD: Final = re.compile(r"[^\W_]+")
_CHUNK: Final = re.compile(r"[^\s<>\"'=/]+")
_CLOSED: Final = re.compile(r"&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);")
_TAG: Final = re.compile(r"<[^<>]*>")
_PLAIN_REMARK: Final = re.compile(r"\?xml version=[\"']1\.[01][\"'](?: encoding=[\"']utf-8[\"'])?\s*\?", re.IGNORECASE)
_PLAIN_PUBLIC: Final = re.compile(
    r"-//W3C//DTD X?HTML [1-4]\.[0-9]{1,2}(?: (?:Strict|Transitional|Frameset|Final))?//EN"
)
_PLAIN_SYSTEM: Final = re.compile(
    r"http://www\.w3\.org/TR/(?:xhtml1/DTD/xhtml1-(?:strict|transitional|frameset)|xhtml11/DTD/xhtml11"
    r"|html4/(?:strict|loose|frameset))\.dtd|about:legacy-compat"
)


def name_of(element: Any) -> str:
    """An element's name; empty for a remark, and with its namespace for one that is not of HTML."""
    return element.tag.removeprefix(XHTML) if isinstance(element.tag, str) else ""


@dataclass(slots=True, kw_only=True)
class Findings:
    """Hidden things in the order they were met; ``small`` are names, classes and ids, told together at the end.

    ``known`` are the texts of the file that are on the page or told; ``numbers`` of each element, by its ``id()``.
    """

    hidden: list[Hidden] = field(default_factory=list)
    small: dict[str, None] = field(default_factory=dict)
    known: list[str] = field(default_factory=list)
    numbers: dict[int, int] = field(default_factory=dict)
    pictures: dict[int, Picture] = field(default_factory=dict)
    feet: set[int] = field(default_factory=set)

    def add(self, kind: HiddenKind, where: str, text: str = "") -> None:
        """Tell one thing."""
        self.hidden.append(Hidden(kind=kind, where=where, text=text))

    def place(self, element: Any) -> str:
        """Where an element is, without its content: an element's own name may be content, so only HTML's are said."""
        name = name_of(element).rpartition("}")[2]
        number = self.numbers.get(id(element), 0)
        return f"element {number}" + (f" ({name})" if is_known(name) or name in ("svg", "math") else "")

    def attributes(self, element: Any) -> None:
        """Tell what stands in an element's attributes."""
        name = name_of(element)
        if not is_known(name) and not name.startswith("{"):
            self.add("unread_part", f"{self.place(element)}, of no kind that is known", name)
        for key, value in element.attrib.items():
            attribute = str(key).rpartition("}")[2].lower()
            self.known.append(value or "")
            numbered = (name, attribute) == ("li", "value")
            if not is_plain("start" if numbered else attribute, value or ""):
                self._attribute(element, attribute, value or "")

    def _attribute(self, element: Any, attribute: str, value: str) -> None:
        kind: HiddenKind = kind_of_attribute(attribute)
        if (name_of(element), attribute) == ("link", "href"):
            kind = "external"
        where = f"{self.place(element)}, its attributes"
        if kind in ("link_target", "external") and is_data(value):
            found = open_data(value, where=where)
            self.hidden += found.told
            if found.picture is not None and (name_of(element), attribute) == ("img", "src"):
                self.pictures[id(element)] = Picture(content=found.picture, alternative=element.get("alt") or "")
        elif kind == "link_target" and re.match(r"[\s\x00-\x20]*(?:javascript|vbscript)\s*:", value, re.IGNORECASE):
            self.add("script", where, value)
        elif kind == "script":
            self.add("script", where, f"{attribute}: {value}")
        elif attribute == "style" and _FETCHES.search(value):
            self.add("external", where, value)
        elif attribute == "srcdoc":
            self.add("hidden_text", where, "\n".join((value, unescape(_TAG.sub(" ", value)))))
        elif attribute == "content" and (element.get("http-equiv") or "").strip().lower() == "refresh":
            self.add("external", where, value)
        elif kind == "metadata" and attribute not in ("content", "datetime"):
            own = "" if attribute in VOCABULARY else attribute
            self.small[" ".join(part for part in (own, value) if part)] = None
        elif value or kind not in ("alternative_text", "field"):
            self.add(kind, where, value)

    def remark(self, text: str, where: str) -> None:
        """Tell a comment."""
        self.known.append(text)
        if not _PLAIN_REMARK.fullmatch(text):
            self.add("comment", where, text)

    def doctype(self, element: Any) -> None:
        """Tell what the page says of its language, unless it is one of the usual declarations."""
        said = (
            ((element.text or "").lower(), re.compile("html")), (element.get("publicId") or "", _PLAIN_PUBLIC),
            (element.get("systemId") or "", _PLAIN_SYSTEM),
        )  # fmt: skip
        self.known += [text for text, _ in said]
        odd = [text for text, plain in said if text and not plain.fullmatch(text)]
        if odd:
            self.add("metadata", "the declaration of the document's type", "\n".join(odd))

    def foreign(self, element: Any) -> None:
        """Tell a drawing or a formula: a picture, and whatever is written in it."""
        said: dict[str, None] = {}
        for part in element.iter():
            if isinstance(part.tag, str):
                said[name_of(part).rpartition("}")[2]] = None
                for key, value in part.attrib.items():
                    attribute = str(key).rpartition("}")[2].lower()
                    self.known.append(value or "")
                    said[f"{attribute} {value}"] = None
                    if attribute in (*FETCHED, "href") and value and not value.lstrip().startswith("#"):
                        self.add("external", f"{self.place(element)}, what it refers to", value)
                    if attribute.startswith("on"):
                        self.add("script", f"{self.place(element)}, its attributes", f"{attribute}: {value}")
            said |= dict.fromkeys(t for t in (part.text, *(child.tail for child in part)) if t and t.strip())
        self.add("image", self.place(element))
        self.add("unread_part", f"{self.place(element)}, what is written in it", "\n".join(said))

    def finish(self, source: str, shown: str) -> tuple[Hidden, ...]:
        """Everything found, and at last the words of the file that are in nothing that was read."""
        if self.small:
            self.add("metadata", "classes, ids and other attributes", "\n".join(self.small))
        left = dict.fromkeys(_left_over(source.replace(PAGE_CSS, " "), (shown, *self.known, *self._said())))
        if left:
            self.add("unread_part", "the file's markup, words that no part of the page holds", " ".join(left))
        return tuple(self.hidden)

    def _said(self) -> Iterator[str]:
        return (entry.text for entry in self.hidden)


def _left_over(source: str, texts: Iterable[str]) -> Iterator[str]:
    """Words of the source that stand in none of some texts, as it is written or with its references resolved."""
    known = {word.lower() for text in texts for word in _WORD.findall(text)} | VOCABULARY
    for chunk in _CHUNK.findall(source):
        as_meant = [w for w in _WORD.findall(_CLOSED.sub(_resolved, chunk)) if w.lower() not in known]
        if as_meant and any(w.lower() not in known for w in _WORD.findall(unescape(chunk))):
            yield from as_meant


def _resolved(reference: re.Match[str]) -> str:
    return unescape(reference[0])


def text_within(element: Any) -> str:
    """All characters in an element, block by block, remarks left out."""
    pieces: list[str] = []

    def gather(part: Any) -> None:
        block = name_of(part) in BLOCKS or name_of(part) in ("option", "li", "br")
        pieces.append("\n" if block else "")
        pieces.append(part.text or "")
        for child in part:
            if isinstance(child.tag, str):
                gather(child)
            pieces.append(child.tail or "")
        pieces.append("\n" if block else "")

    gather(element)
    return re.sub(r"[ \t\r\f]*\n\s*", "\n", "".join(pieces)).strip()
