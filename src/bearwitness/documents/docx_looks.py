"""How text of a Word document looks: bold and italic, and whether it can be seen at all."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from bearwitness.documents.docx_package import W
from bearwitness.documents.office_looks import Look, number
from bearwitness.documents.office_xml import Element, local

_OFF: Final = frozenset({"0", "false", "off"})
_HIGHLIGHTS: Final = {
    "white": "FFFFFF", "black": "000000", "yellow": "FFFF00", "red": "FF0000", "green": "00FF00", "blue": "0000FF",
    "cyan": "00FFFF", "magenta": "FF00FF", "darkBlue": "000080", "darkCyan": "008080", "darkGreen": "008000",
    "darkMagenta": "800080", "darkRed": "800000", "darkYellow": "808000", "darkGray": "808080", "lightGray": "C0C0C0",
}  # fmt: skip
# A toggle set in two styles of different sort is off again, as the format has it.
_TOGGLES: Final = ("b", "i", "bCs", "iCs", "vanish")


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """A style of the document with all it inherits."""

    names: tuple[str, ...]
    look: Look
    paragraph: Mapping[str, Any]


@dataclass(slots=True, kw_only=True)
class Styles:
    """The styles of a document."""

    elements: dict[str, Element] = field(default_factory=dict)
    defaults: dict[str, str] = field(default_factory=dict)
    document_look: Look = field(default_factory=dict)
    colours: Mapping[str, str] = field(default_factory=dict)
    resolved: dict[str, Style] = field(default_factory=dict)

    def get(self, style_id: str | None, kind: str) -> Style:
        """A style by its id, or the default one of its kind."""
        key = style_id if style_id in self.elements else self.defaults.get(kind, "")
        if key not in self.resolved:
            self.resolved[key] = self._resolve(key)
        return self.resolved[key]

    def _resolve(self, style_id: str) -> Style:
        chain: list[Element] = []
        at: str | None = style_id
        while at in self.elements and self.elements[at] not in chain:
            chain.append(self.elements[at])
            based = self.elements[at].find(f"{W}basedOn")
            at = based.get(f"{W}val") if based is not None else None
        look: dict[str, Any] = {}
        paragraph: dict[str, Any] = {}
        for element in reversed(chain):
            look |= run_look(element.find(f"{W}rPr"), self.colours)
            paragraph |= paragraph_look(element.find(f"{W}pPr"), self.colours)
        found = (e.find(f"{W}name") for e in chain)
        names = tuple((n.get(f"{W}val") or "").lower() for n in found if n is not None)
        return Style(names=names, look=look, paragraph=paragraph)


def read_styles(root: Element | None, theme: Element | None) -> Styles:
    """The styles of ``word/styles.xml``, with the colours of the theme."""
    styles = Styles(colours=_theme_colours(theme))
    if root is None:
        return styles
    default = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
    styles.document_look = run_look(default, styles.colours)
    for element in root.iter(f"{W}style"):
        style_id = element.get(f"{W}styleId") or ""
        styles.elements[style_id] = element
        if is_on(element.get(f"{W}default"), missing=False):
            styles.defaults[element.get(f"{W}type") or ""] = style_id
    return styles


def _theme_colours(theme: Element | None) -> dict[str, str]:
    found: dict[str, str] = {}
    if theme is None:
        return found
    for scheme in theme.iter():
        if local(scheme.tag) != "clrScheme":
            continue
        for colour in scheme:
            value = next((c.get("lastClr") or c.get("val") for c in colour if isinstance(c.tag, str)), None)
            if value:
                found[local(colour.tag)] = value
    names = (("background1", "lt1"), ("text1", "dk1"), ("background2", "lt2"), ("text2", "dk2"),
             ("light1", "lt1"), ("dark1", "dk1"), ("light2", "lt2"), ("dark2", "dk2"))  # fmt: skip
    return found | {name: found[key] for name, key in names if key in found}


def is_on(value: str | None, *, missing: bool = True) -> bool:
    """What a flag says; one that is there without a value is on."""
    return missing if value is None else value.strip().lower() not in _OFF


def half_points(value: str | None) -> float | None:
    """A size in half points; the strict form may write one with its unit."""
    size = number(value)
    if size is None or value is None:
        return None
    unit = re.sub(r"[\s\d.+-]", "", value)
    return size * {"pt": 2, "in": 144, "cm": 56.7, "mm": 5.67, "pc": 24, "pi": 24}.get(unit, 1)


def run_look(element: Element | None, colours: Mapping[str, str]) -> dict[str, Any]:
    """What some run properties say of looks."""
    look: dict[str, Any] = {}
    for child in element if element is not None else ():
        name, value = local(child.tag), child.get(f"{W}val") if isinstance(child.tag, str) else None
        if name in _TOGGLES or name in ("rtl", "cs"):
            look[name] = is_on(value)
        elif name == "specVanish":
            look["vanish"] = look.get("vanish", False) or is_on(value)
        elif name in ("sz", "szCs"):
            look[name] = half_points(value)
        elif name == "w":
            look["scale"] = number(value)
        elif name == "color":
            look["colour"] = _colour(value, child.get(f"{W}themeColor"), colours)
        elif name == "highlight":
            look["highlight"] = _HIGHLIGHTS.get(value or "")
        elif name == "shd":
            look["fill"] = _colour(child.get(f"{W}fill"), child.get(f"{W}themeFill"), colours)
        elif name == "textFill":
            look["no_fill"] = any(local(e.tag) == "noFill" or _is_clear(e) for e in child.iter())
        elif name == "rStyle":
            look["style"] = value
    return look


def _is_clear(element: Element) -> bool:
    amount = next((number(v) for n, v in element.attrib.items() if local(n) == "val"), None)
    return local(element.tag) == "alpha" and amount is not None and amount >= 95_000


def _colour(value: str | None, theme: str | None, colours: Mapping[str, str]) -> str | None:
    if value and value != "auto":
        return value
    return colours.get(theme or "")


def paragraph_look(element: Element | None, colours: Mapping[str, str]) -> dict[str, Any]:
    """What some paragraph properties say: lists, headings, and what hides the paragraph."""
    look: dict[str, Any] = {}
    for child in element if element is not None else ():
        name, value = local(child.tag), child.get(f"{W}val") if isinstance(child.tag, str) else None
        if name == "pStyle":
            look["style"] = value
        elif name == "outlineLvl":
            look["outline"] = number(value)
        elif name == "numPr":
            for part in child:
                if local(part.tag) in ("numId", "ilvl"):
                    look[local(part.tag)] = part.get(f"{W}val")
        elif name == "shd":
            look["fill"] = _colour(child.get(f"{W}fill"), child.get(f"{W}themeFill"), colours)
        elif name == "spacing" and child.get(f"{W}lineRule") == "exact":
            look["line"] = number(child.get(f"{W}line"))
        elif name == "ind":
            sides = (child.get(f"{W}{side}") for side in ("left", "start", "right", "end"))
            look["indents"] = [n for n in map(number, sides) if n is not None]
    return look


def joined(styles: Styles, paragraph_style: Style, run: Look) -> dict[str, Any]:
    """The look of a run: the document's, its paragraph style's, its character style's and its own."""
    character: Look = styles.get(run["style"], "none").look if run.get("style") in styles.elements else {}
    look = {**styles.document_look, **paragraph_style.look, **character}
    for toggle in _TOGGLES:
        if toggle in paragraph_style.look and toggle in character:
            look[toggle] = paragraph_style.look[toggle] != character[toggle]
    return look | dict(run)
