"""The styles of an OpenDocument text: how its words look, and whether they can be seen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from bearwitness.documents.office_looks import number
from bearwitness.documents.office_xml import Element

_NAMES: Final = {
    "urn:oasis:names:tc:opendocument:xmlns:office:1.0": "office",
    "urn:oasis:names:tc:opendocument:xmlns:text:1.0": "text",
    "urn:oasis:names:tc:opendocument:xmlns:style:1.0": "style",
    "urn:oasis:names:tc:opendocument:xmlns:table:1.0": "table",
    "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0": "draw",
    "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0": "fo",
    "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0": "svg",
    "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0": "manifest",
    "urn:oasis:names:tc:opendocument:xmlns:config:1.0": "config",
    "urn:oasis:names:tc:opendocument:xmlns:form:1.0": "form",
    "urn:oasis:names:tc:opendocument:xmlns:script:1.0": "script",
    "urn:oasis:names:tc:opendocument:xmlns:meta:1.0": "meta",
    "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0": "loext",
    "http://www.w3.org/1999/xlink": "xlink",
    "http://purl.org/dc/elements/1.1/": "dc",
}
_SPACES: Final = {prefix: uri for uri, prefix in _NAMES.items()}
_TWIPS: Final = {"in": 1440, "pt": 20, "cm": 566.93, "mm": 56.693, "pc": 240, "px": 15}
_BOLD: Final = frozenset({"bold", "bolder", "600", "700", "800", "900"})


def short(tag: Any) -> str:
    """A name with the usual prefix of its namespace ("text:p"); the name alone in an unknown one; "" for a remark."""
    if not isinstance(tag, str):
        return ""
    uri, _, name = tag[1:].rpartition("}")
    prefix = _NAMES.get(uri)
    return f"{prefix}:{name}" if prefix else name


def long(name: str) -> str:
    """The full name of an element or attribute given with its usual prefix."""
    prefix, _, rest = name.partition(":")
    return f"{{{_SPACES[prefix]}}}{rest}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """A style with all it inherits; ``names`` are its own and those it comes from, as shown, in small letters."""

    names: tuple[str, ...] = ()
    look: Mapping[str, Any] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class Styles:
    """The styles that one part of a document can use; ``ordered`` tells the levels of lists that are numbered."""

    elements: dict[tuple[str, str], Element]
    defaults: dict[str, Element]
    lists: dict[str, Element]
    resolved: dict[tuple[str, str], Style] = field(default_factory=dict)

    def get(self, family: str, name: str | None) -> Style:
        """A style by its family and name."""
        key = (family, name or "")
        if key not in self.resolved:
            self.resolved[key] = self._resolve(family, name or "")
        return self.resolved[key]

    def _resolve(self, family: str, name: str) -> Style:
        chain: list[Element] = []
        at = name
        while (family, at) in self.elements and self.elements[family, at] not in chain:
            chain.append(self.elements[family, at])
            at = chain[-1].get(long("style:parent-style-name")) or ""
        if family in self.defaults:
            chain.append(self.defaults[family])
        look: dict[str, Any] = {}
        names: list[str] = []
        for element in reversed(chain):
            _add_look(look, element)
            names += (element.get(long(f"style:{key}")) or "" for key in ("name", "display-name"))
        shown = tuple(n.replace("_20_", " ").lower() for n in reversed(names) if n)
        return Style(names=shown, look=look)

    def is_ordered(self, list_style: str, depth: int) -> bool:
        """Whether a level of a list is numbered."""
        element = self.lists.get(list_style)
        for level in element if element is not None else ():
            if level.get(long("text:level")) == str(depth + 1):
                form = level.get(long("style:num-format"))
                return short(level.tag) == "text:list-level-style-number" and bool(form)
        return False


def read_styles(common: Iterable[Element], automatic: Element | None) -> Styles:
    """The styles of a part: the common ones, its own automatic ones, which come first, and the default ones."""
    styles = Styles(elements={}, defaults={}, lists={})
    for group in (*common, automatic):
        for element in group if group is not None else ():
            name = element.get(long("style:name")) if isinstance(element.tag, str) else None
            kind, family = short(element.tag), element.get(long("style:family")) if name or element.attrib else None
            if kind == "style:style" and name:
                styles.elements[family or "", name] = element
            elif kind == "style:default-style":
                styles.defaults[family or ""] = element
            elif kind == "text:list-style" and name:
                styles.lists[name] = element
    return styles


def _add_look(look: dict[str, Any], element: Element) -> None:
    for key, name in (("list", "style:list-style-name"), ("outline", "style:default-outline-level"),
                      ("master", "style:master-page-name")):  # fmt: skip
        if (value := element.get(long(name))) is not None:
            look[key] = value
    for child in element:
        kind = short(child.tag)
        if kind == "style:text-properties":
            _add_text_look(look, child)
        elif kind.endswith("-properties"):
            _add_box_look(look, child)


def _add_text_look(look: dict[str, Any], properties: Element) -> None:
    said = {short(name): value for name, value in properties.attrib.items()}
    if "fo:font-weight" in said:
        look["b"] = said["fo:font-weight"] in _BOLD
    if "fo:font-style" in said:
        look["i"] = said["fo:font-style"] in ("italic", "oblique")
    if "text:display" in said:
        look["vanish"] = said["text:display"] != "true"
    if "fo:color" in said:
        look["colour"] = said["fo:color"].lstrip("#")
    if said.get("style:use-window-font-color") == "true":
        look.pop("colour", None)
    if "fo:background-color" in said:
        look["fill"] = colour(said["fo:background-color"])
    if "style:text-scale" in said:
        look["scale"] = number(said["style:text-scale"])
    # With the colour of the window LibreOffice writes an opacity that says nothing.
    if "loext:opacity" in said and said.get("style:use-window-font-color") != "true":
        look["no_fill"] = (number(said["loext:opacity"]) or 0) <= 5
    sizes = [s for s in ("fo:font-size", "style:font-size-asian", "style:font-size-complex") if s in said]
    for name in sizes:
        look[name] = _half_points(said[name], look.get(name))
    if sizes:
        # Any of the three may be that of the words at hand: the smallest tells.
        look["sz"] = min(s for n, s in look.items() if n.startswith(("fo:font-size", "style:font-size")) and s)


def _half_points(value: str, inherited: float | None) -> float:
    if value.endswith("%"):
        return (inherited or 24) * (number(value) or 100) / 100
    return (twips(value) or 240) / 10


def _add_box_look(look: dict[str, Any], properties: Element) -> None:
    said = {short(name): value for name, value in properties.attrib.items()}
    if "fo:background-color" in said:
        look["box"] = colour(said["fo:background-color"])
    if "draw:fill-color" in said and said.get("draw:fill", "solid") == "solid":
        look["box"] = colour(said["draw:fill-color"])
    if "fo:line-height" in said:
        look["line"] = twips(said["fo:line-height"])
    if "style:row-height" in said:
        look["height"] = twips(said["style:row-height"])
    if "fo:margin-left" in said or "fo:margin-right" in said:
        sides = (twips(said.get(name, "")) for name in ("fo:margin-left", "fo:margin-right"))
        look["indents"] = [side for side in sides if side is not None]


def colour(value: str) -> str | None:
    """Six hexadecimal digits; none where it is clear."""
    return value.lstrip("#") if value.startswith("#") else None


def twips(value: str) -> float | None:
    """A length in twentieths of a point; none for a percentage or a word."""
    size = number(value)
    unit = re.sub(r"[\s\d.+-]", "", value)
    return size * _TWIPS[unit] if size is not None and unit in _TWIPS else None
