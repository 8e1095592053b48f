"""The characters of a PDF page with what a reader sees of each: shown, or hidden in one of the ways of the format.

Layers are drawn in the order of the page's objects. A character lies under whatever filled shape or picture comes
after it over its middle, and on whatever comes before it.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pypdfium2.raw as pdfium

from bearwitness.documents.content import HiddenKind

# Invisible, and clipping only.
_INVISIBLE_MODES: Final = frozenset({3, 7})
_TINY_POINTS: Final = 2.0
_LEAST_ALPHA: Final = 10
# Two colours that differ less than this in every part cannot be told apart.
_LEAST_DIFFERENCE: Final = 20
_WHITE: Final = (255, 255, 255)
_MOST_DEPTH: Final = 8
_MOST_OBJECTS: Final = 50_000

Colour = tuple[int, int, int]
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character: its box in points (left, bottom, right, top), its size, how it is hidden (None if shown)."""

    character: str
    box: Box
    size: float
    made_up: bool
    hidden: HiddenKind | None


@dataclass(frozen=True, slots=True)
class _Layer:
    """A filled shape or a picture: ``order`` on the page, its box, its colour (None for a picture)."""

    order: int
    box: Box
    colour: Colour | None


def read_glyphs(page: Any, crop: Box) -> tuple[Glyph, ...]:
    """Every character of a page in the order of reading.

    Parameters
    ----------
    page : FPDF_PAGE
        The page, open.
    crop : tuple of float
        The box that is shown of it.
    """
    orders, layers = _lay_out(page)
    text = pdfium.FPDFText_LoadPage(page)
    try:
        return tuple(_glyphs(text, crop, orders, layers))
    finally:
        pdfium.FPDFText_ClosePage(text)


def count_pictures(page: Any) -> int:
    """How many pictures are drawn on a page."""
    return sum(layer.colour is None for layer in _lay_out(page)[1])


def _lay_out(page: Any) -> tuple[dict[int, int], list[_Layer]]:
    """The order of every object by its address, and the layers among them."""
    orders: dict[int, int] = {}
    layers: list[_Layer] = []
    for order, (item, top) in enumerate(_objects(page)):
        orders[_address(item)] = order
        kind = pdfium.FPDFPageObj_GetType(item)
        # Within a form the coordinates are the form's own; what lies there covers nothing of the page as we measure.
        if top and kind in (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING):
            layer = _layer(item, kind, order)
            if layer is not None:
                layers.append(layer)
    return orders, layers


def _objects(page: Any) -> Iterator[tuple[Any, bool]]:
    count = min(pdfium.FPDFPage_CountObjects(page), _MOST_OBJECTS)
    for index in range(count):
        item = pdfium.FPDFPage_GetObject(page, index)
        yield item, True
        yield from ((inner, False) for inner in _inner(item, _MOST_DEPTH))


def _inner(item: Any, depth: int) -> Iterator[Any]:
    if not depth or pdfium.FPDFPageObj_GetType(item) != pdfium.FPDF_PAGEOBJ_FORM:
        return
    for index in range(min(pdfium.FPDFFormObj_CountObjects(item), _MOST_OBJECTS)):
        inner = pdfium.FPDFFormObj_GetObject(item, index)
        yield inner
        yield from _inner(inner, depth - 1)


def _address(item: Any) -> int:
    return ctypes.cast(item, ctypes.c_void_p).value or 0


def _layer(item: Any, kind: int, order: int) -> _Layer | None:
    box = _bounds(item)
    if box is None:
        return None
    if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
        return _Layer(order, box, None)
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    if kind == pdfium.FPDF_PAGEOBJ_PATH and not pdfium.FPDFPath_GetDrawMode(item, mode, stroke):
        return None
    if kind == pdfium.FPDF_PAGEOBJ_PATH and not mode.value:
        return None
    colour = _colour(pdfium.FPDFPageObj_GetFillColor, item)
    if colour is None or colour[3] < _LEAST_ALPHA:
        return None
    return _Layer(order, box, colour[:3])


def _bounds(item: Any) -> Box | None:
    sides = [ctypes.c_float() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetBounds(item, *sides):
        return None
    left, bottom, right, top = (s.value for s in sides)
    return left, bottom, right, top


def _colour(ask: Any, *of: Any) -> tuple[int, int, int, int] | None:
    parts = [ctypes.c_uint() for _ in range(4)]
    if not ask(*of, *parts):
        return None
    red, green, blue, alpha = (int(p.value) for p in parts)
    return red, green, blue, alpha


def _glyphs(text: Any, crop: Box, orders: dict[int, int], layers: Sequence[_Layer]) -> Iterator[Glyph]:
    for index in range(max(0, pdfium.FPDFText_CountChars(text))):
        code = pdfium.FPDFText_GetUnicode(text, index)
        is_letter = 0 < code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF
        character = chr(code) if is_letter else "\ufffd"
        box = _glyph_box(text, index)
        made_up = pdfium.FPDFText_IsGenerated(text, index) == 1
        size = abs(pdfium.FPDFText_GetFontSize(text, index))
        hidden = None if made_up or character.isspace() else _how_hidden(text, index, box, crop, orders, layers)
        yield Glyph(character, box, size, made_up, hidden)


def _glyph_box(text: Any, index: int) -> Box:
    found = pdfium.FS_RECTF()
    if not pdfium.FPDFText_GetLooseCharBox(text, index, found):
        return 0.0, 0.0, 0.0, 0.0
    return found.left, min(found.bottom, found.top), found.right, max(found.bottom, found.top)


def _how_hidden(
    text: Any, index: int, box: Box, crop: Box, orders: dict[int, int], layers: Sequence[_Layer]
) -> HiddenKind | None:
    item = pdfium.FPDFText_GetTextObject(text, index)
    if item and pdfium.FPDFTextObj_GetTextRenderMode(item) in _INVISIBLE_MODES:
        return "hidden_text"
    middle = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    if not _holds(crop, middle):
        return "off_page"
    if box[3] - box[1] < _TINY_POINTS:
        return "hidden_text"
    own = _colour(pdfium.FPDFText_GetFillColor, text, index)
    if own is not None and own[3] < _LEAST_ALPHA:
        return "hidden_text"
    order = orders.get(_address(item), -1) if item else -1
    around = [layer for layer in layers if _holds(layer.box, middle)]
    if order >= 0 and any(layer.order > order for layer in around):
        return "covered_text"
    below = [layer for layer in around if layer.order < order] if order >= 0 else []
    ground = below[-1].colour if below else _WHITE
    if own is not None and ground is not None and _alike(own[:3], ground):
        return "hidden_text"
    return None


def _holds(box: Box, point: tuple[float, float]) -> bool:
    return box[0] <= point[0] <= box[2] and box[1] <= point[1] <= box[3]


def _alike(one: Colour, other: Colour) -> bool:
    return all(abs(a - b) < _LEAST_DIFFERENCE for a, b in zip(one, other, strict=True))
