"""The characters of a PDF page with what a reader sees of each: shown, or hidden in one of the ways of the format.

Layers are drawn in the order of the page's objects. A character lies under whatever filled shape or picture comes
after it over its middle, and on whatever comes before it.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, NamedTuple

import pypdfium2.raw as pdfium

from bearwitness.documents.content import HiddenKind

# Invisible, and clipping only.
_INVISIBLE_MODES: Final = frozenset({3, 7})
_TINY_POINTS: Final = 2.0
_LEAST_ALPHA: Final = 10
# Two colours that differ less than this in every part cannot be told apart.
_LEAST_DIFFERENCE: Final = 20
_WHITE: Final = (255, 255, 255)
_PICTURES: Final = (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING)
# A box is one beginning and four lines, and may be closed with one more.
_MOST_SIDES: Final = 6
_MOST_DEPTH: Final = 8
_MOST_OBJECTS: Final = 50_000

Colour = tuple[int, int, int]
Box = tuple[float, float, float, float]


class Glyph(NamedTuple):
    """One character: its box in points (left, bottom, right, top), its size, how it is hidden (None if shown)."""

    # A tuple, as a long file has millions of these.

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """What of a page no reading judges: pictures, and shapes that may be letters; ``blank`` if nothing is drawn."""

    pictures: int
    shapes: int
    blank: bool


def count_unreadable(page: Any) -> Unreadable:
    """Count what a page shows and reading cannot judge, within drawings of its own too."""
    kinds = [(pdfium.FPDFPageObj_GetType(item), item) for item, _ in _objects(page)]
    return Unreadable(
        pictures=sum(kind in _PICTURES for kind, _ in kinds),
        shapes=sum(kind == pdfium.FPDF_PAGEOBJ_PATH and _may_be_letters(item) for kind, item in kinds),
        blank=not kinds,
    )


def _may_be_letters(item: Any) -> bool:
    """Whether a shape is more than a line or a box."""
    count = pdfium.FPDFPath_CountSegments(item)
    segments = (pdfium.FPDFPath_GetPathSegment(item, at) for at in range(min(count, _MOST_SIDES)))
    return count > _MOST_SIDES or any(
        pdfium.FPDFPathSegment_GetType(part) == pdfium.FPDF_SEGMENT_BEZIERTO for part in segments
    )


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
    return ctypes.addressof(item.contents) if item else 0


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


@dataclass(frozen=True, slots=True)
class _Ink:
    """How the letters of one object are drawn: their size, its place in the order (-1 if unknown), if they are drawn.

    ``colour`` is None where it is not known; ``on_white`` is whether they can be seen on a bare page.
    """

    size: float
    order: int
    drawn: bool
    colour: Colour | None
    on_white: bool


def _glyphs(text: Any, crop: Box, orders: dict[int, int], layers: Sequence[_Layer]) -> Iterator[Glyph]:
    # Asked once for each object: a page has thousands of letters, and few objects.
    inks: dict[int, _Ink] = {}
    for index in range(max(0, pdfium.FPDFText_CountChars(text))):
        code = pdfium.FPDFText_GetUnicode(text, index)
        is_letter = 0 < code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF
        character = chr(code) if is_letter else "\ufffd"
        box = _glyph_box(text, index)
        item = pdfium.FPDFText_GetTextObject(text, index)
        address = _address(item) if item else 0
        ink = inks.get(address) if item else None
        if ink is None:
            ink = inks[address] = _ink(text, index, item, orders.get(address, -1))
        made_up = pdfium.FPDFText_IsGenerated(text, index) == 1
        hidden = None if made_up or character.isspace() else _how_hidden(ink, box, crop, layers)
        yield Glyph(character, box, ink.size, made_up, hidden)


def _glyph_box(text: Any, index: int) -> Box:
    found = pdfium.FS_RECTF()
    if not pdfium.FPDFText_GetLooseCharBox(text, index, found):
        return 0.0, 0.0, 0.0, 0.0
    bottom, top = found.bottom, found.top
    return (found.left, bottom, found.right, top) if bottom <= top else (found.left, top, found.right, bottom)


def _ink(text: Any, index: int, item: Any, order: int) -> _Ink:
    own = _colour(pdfium.FPDFText_GetFillColor, text, index)
    drawn = not item or pdfium.FPDFTextObj_GetTextRenderMode(item) not in _INVISIBLE_MODES
    drawn = drawn and (own is None or own[3] >= _LEAST_ALPHA)
    size = abs(pdfium.FPDFText_GetFontSize(text, index))
    return _Ink(size, order, drawn, own[:3] if own else None, own is None or not _alike(own[:3], _WHITE))


def _how_hidden(ink: _Ink, box: Box, crop: Box, layers: Sequence[_Layer]) -> HiddenKind | None:
    if not ink.drawn:
        return "hidden_text"
    middle = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    if not _holds(crop, middle):
        return "off_page"
    if box[3] - box[1] < _TINY_POINTS:
        return "hidden_text"
    if not layers:
        return None if ink.on_white else "hidden_text"
    around = [layer for layer in layers if _holds(layer.box, middle)]
    if ink.order >= 0 and any(layer.order > ink.order for layer in around):
        return "covered_text"
    below = [layer for layer in around if layer.order < ink.order] if ink.order >= 0 else []
    ground = below[-1].colour if below else _WHITE
    if ink.colour is not None and ground is not None and _alike(ink.colour, ground):
        return "hidden_text"
    return None


def _holds(box: Box, point: tuple[float, float]) -> bool:
    return box[0] <= point[0] <= box[2] and box[1] <= point[1] <= box[3]


@lru_cache(maxsize=4096)
def _alike(one: Colour, other: Colour) -> bool:
    return all(abs(a - b) < _LEAST_DIFFERENCE for a, b in zip(one, other, strict=True))
