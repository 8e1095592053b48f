"""Tells how text of a page looks, and whether it can be seen, from the declarations that hold for its elements."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from bearwitness.documents.html_lines import White

Colour = tuple[float, float, float]
_WHITE: Final[Colour] = (1.0, 1.0, 1.0)
_BLACK: Final[Colour] = (0.0, 0.0, 0.0)
# Below this difference in each of red, green and blue (of 1) nobody tells two colours apart.
_SAME: Final = 0.12
_SMALLEST_PIXELS: Final = 3.0
_PIXELS: Final = {
    "px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 37.8, "mm": 3.78, "rem": 16.0, "vw": 12.8, "vh": 7.2,
}  # fmt: skip
_NAMED_SIZES: Final = {
    "xx-small": 9.0, "x-small": 10.0, "small": 13.0, "medium": 16.0, "large": 18.0, "x-large": 24.0, "xx-large": 32.0,
    "xxx-large": 48.0, "initial": 16.0,
}  # fmt: skip
_LENGTH: Final = re.compile(r"([-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)\s*([a-z%]*)")
_SHORT_SIZE: Final = re.compile(r"(?:^|\s)((?:\d+\.?\d*|\.\d+)(?:px|pt|em|rem|%|pc|cm|mm|in))(?=[\s/])")
_WHITES: Final[Mapping[str, White]] = {
    "pre": "kept", "pre-wrap": "kept", "break-spaces": "kept", "pre-line": "lines", "normal": "folded",
    "nowrap": "folded", "initial": "folded",
}  # fmt: skip
# So far to the left or above, nothing is on the page; so far to the right or below, few ever scroll.
_FAR_BEFORE: Final = 400.0
_FAR_BEHIND: Final = 4000.0
_PLACES: Final = ("left", "top", "right", "bottom", "text-indent", "margin", "inset", "translate", "transform")
_BOXES: Final = ("width", "height", "max-width", "max-height", "inline-size", "block-size", "max-inline-size",
                 "max-block-size")  # fmt: skip
_DOUBTFUL: Final = ("clip", "clip-path", "mask", "mask-image", "filter", "-webkit-text-security", "mix-blend-mode",
                    "-webkit-mask", "-webkit-mask-image", "scale", "zoom", "all", "animation", "animation-name",
                    "unicode-bidi", "offset-path", "content", "text-combine-upright", "text-overflow",
                    "line-clamp", "-webkit-line-clamp", "shape-outside")  # fmt: skip
_HARMLESS: Final = frozenset({"none", "auto", "normal", "initial", "unset", "inherit", "isolate", "1", "100%", "clip"})
_DECIDING: Final = frozenset(
    (*_PLACES, *_BOXES, *_DOUBTFUL, "display", "visibility", "opacity", "font-size", "font", "color", "background",
     "background-color", "position", "overflow", "white-space", "line-height", "content-visibility")
)  # fmt: skip
_COMPUTED: Final = re.compile(r"\b(?:var|env|attr|calc|min|max|clamp|light-dark|if)\s*\(|\\")


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How text looks; ``ground`` is the colour that it lies on, None where that is a picture or not known."""

    text: Colour | None = _BLACK
    ground: Colour | None = _WHITE
    pixels: float = 16.0
    visible: bool = True
    white: White = "folded"
    bold: bool = False
    italic: bool = False

    @property
    def is_unseen(self) -> bool:
        """Whether no eye sees text of this look."""
        if not self.visible or self.pixels < _SMALLEST_PIXELS:
            return True
        if self.text is None or self.ground is None:
            return False
        return all(abs(a - b) < _SAME for a, b in zip(self.text, self.ground, strict=True))


def look_of(attributes: Mapping[str, str], style: Mapping[str, str], around: Look) -> Look:
    """The look within an element.

    Parameters
    ----------
    attributes : mapping
        Of the element: ``color``, ``bgcolor`` and ``text`` of old pages count where no style says otherwise.
    style : mapping
        The declarations that hold for it, in small letters.
    around : Look
        The look of what it stands in.
    """
    look = around
    ground = _ground(attributes, style, around)
    said = style.get("-webkit-text-fill-color") or style.get("color")
    said = said or attributes.get("color") or attributes.get("text")
    text = _colour(said, around.text, ground) if said else around.text
    weight = style.get("font-weight", "") or style.get("font", "")
    if re.search(r"\bbold(?:er)?\b|\b[6-9]00\b", weight):
        look = replace(look, bold=True)
    elif re.search(r"\b(?:normal|lighter|[1-5]00)\b", style.get("font-weight", "")):
        look = replace(look, bold=False)
    slant = style.get("font-style", "") or style.get("font", "")
    if re.search(r"\b(?:italic|oblique)\b", slant):
        look = replace(look, italic=True)
    elif style.get("font-style") == "normal":
        look = replace(look, italic=False)
    visibility = style.get("visibility", "inherit")
    visible = around.visible if visibility in ("inherit", "unset") else visibility not in ("hidden", "collapse")
    return replace(
        look, text=text, ground=ground, pixels=_pixels(style, around), visible=visible,
        white=_WHITES.get(style.get("white-space", ""), around.white),
    )  # fmt: skip


def is_concealed(attributes: Mapping[str, str], style: Mapping[str, str]) -> bool:
    """Whether an element with all that is in it is not shown."""
    if style.get("display", "none" if "hidden" in attributes else "") == "none" or "popover" in attributes:
        return True
    if style.get("content-visibility") == "hidden":
        return True
    opacity = _length(style.get("opacity", "1"))
    if opacity is not None and opacity[0] <= (10 if opacity[1] == "%" else 0.1):
        return True
    if "overflow" in " ".join(style) and any(_is_nothing(style.get(name, "")) for name in _BOXES):
        return style.get("overflow", "hidden") != "visible"
    clip = style.get("clip", "")
    if clip.startswith("rect") and all(float(n) <= 1 for n, _ in _LENGTH.findall(clip)):
        return True
    if re.search(r"\bscale(?:[xy]|3d)?\(\s*0?\.?0*\s*[,)]", style.get("transform", "")) or style.get("scale") == "0":
        return True
    return _is_away(style)


def is_doubtful(style: Mapping[str, str]) -> bool:
    """Whether anything is declared for an element that may hide it, or show it as something else, and is not judged."""
    if any(style.get(name, "none") not in _HARMLESS for name in _DOUBTFUL):
        return True
    turned = re.search(r"scale|matrix|3d|perspective", style.get("transform", ""))
    if turned or style.get("z-index", "").startswith("-"):
        return True
    if any(_is_nothing(style.get(name, "")) for name in (*_BOXES, "line-height")):
        return True
    if "url(" in style.get("background", "") + style.get("background-image", ""):
        return True
    return any(_COMPUTED.search(value) for name, value in style.items() if name in _DECIDING)


def _is_nothing(value: str) -> bool:
    length = _length(value)
    return length is not None and length[0] <= (1.0 if length[1] == "px" else 0.0)


def _is_away(style: Mapping[str, str]) -> bool:
    for name, value in style.items():
        if name.startswith(_PLACES):
            for number, unit in _LENGTH.findall(value):
                size = float(number) * {"em": 16.0, "ex": 8.0, "ch": 8.0, "%": 10.0}.get(unit, _PIXELS.get(unit, 1.0))
                if size <= -_FAR_BEFORE or size >= _FAR_BEHIND:
                    return True
    return False


def _length(value: str) -> tuple[float, str] | None:
    found = _LENGTH.match(value)
    return (float(found[1]), found[2]) if found else None


def _pixels(style: Mapping[str, str], around: Look) -> float:
    said = style.get("font-size")
    if said is None:
        found = _SHORT_SIZE.search(style.get("font", ""))
        said = found[1] if found else ""
    if said in _NAMED_SIZES:
        return _NAMED_SIZES[said]
    length = _length(said)
    if length is None:
        return around.pixels
    number, unit = length
    factor = around.pixels * {"em": 1.0, "%": 0.01, "ex": 0.5, "ch": 0.5}.get(unit, 0.0) or _PIXELS.get(unit, 1.0)
    return number * factor


def _ground(attributes: Mapping[str, str], style: Mapping[str, str], around: Look) -> Colour | None:
    whole = style.get("background", "")
    if "url(" in whole or "gradient(" in whole + style.get("background-image", ""):
        return None
    said = style.get("background-color") or attributes.get("bgcolor") or ""
    if said:
        return _colour(said, around.ground, around.ground)
    if whole and whole not in ("none", "inherit", "unset", "initial", "0"):
        for part in re.findall(r"[a-z#][^\s(]*(?:\([^)]*\))?", whole):
            found = _colour(part, None, around.ground)
            if found is not None:
                return found
    return around.ground


def _colour(value: str, otherwise: Colour | None, ground: Colour | None) -> Colour | None:
    """The colour that a word names; a see-through one is that of what lies under it, an unknown one ``otherwise``."""
    from tinycss2.color4 import parse_color  # type: ignore[import-untyped]

    if value == "transparent":
        return ground
    if value in ("inherit", "currentcolor", "unset"):
        return otherwise
    try:
        found = parse_color(value) or parse_color(f"#{value}")
        red, green, blue, alpha = found.to("srgb")
    except (AttributeError, TypeError, ValueError, NotImplementedError):
        return otherwise
    if alpha is not None and alpha < _SAME:
        return ground
    return (float(red or 0), float(green or 0), float(blue or 0))
