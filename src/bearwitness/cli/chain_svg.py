"""The chains of an act as one SVG: no script, nothing from elsewhere, the same bytes for the same picture."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean
from typing import Final, NamedTuple

from rich.cells import cell_len

from bearwitness.cli.chain_picture import (
    Picture,
    Way,
    cut,
    is_unknown,
    layers,
    one_line,
    shared_people,
    tell,
    ways_in_order,
)  # fmt: skip
from bearwitness.cli.chain_strings import say, say_directness
from bearwitness.cli.report.markup import Markup, element, join
from bearwitness.model.claims import Language

# Pixels. A cell is half the width of a Korean letter of the size that is used; Latin letters are narrower.
_CELL: Final = 7.5
_ROW: Final = 56
_BOX: Final = 34
_GAP: Final = 60
_EDGE: Final = 20
_HEAD: Final = 64
_LINE: Final = 18
_MOST_CELLS: Final = 24
_FONT: Final = "system-ui,'Noto Sans KR','Malgun Gothic','Apple SD Gothic Neo',sans-serif"
_STYLE: Final = (
    "svg{color:#1f1d1a;background:#fff}"
    "@media (prefers-color-scheme:dark){svg{color:#ebe8e3;background:#1e1c1a}}"
)


class _Act(NamedTuple):
    name: str = "act"


class _Slot(NamedTuple):
    """Where an account stands in the record."""

    testimony: str


class _Bend(NamedTuple):
    """A place at which a line passes a layer in which neither of its ends stands."""

    one: Hashable
    other: Hashable
    layer: int


@dataclass(frozen=True, slots=True)
class _Plan:
    """Where everything stands: left, right and middle of each node, and the lines with whether one of them counts."""

    places: Mapping[Hashable, tuple[float, float, float]]
    lines: Mapping[tuple[Hashable, ...], bool]
    width: float
    height: float


def draw_svg(picture: Picture, language: Language) -> str:
    """The picture as an SVG document, for members who hold the chain compartment only.

    Everybody stands in it once. Text stays text; all of it is escaped. It takes the colour of the text around it
    where it stands in a page, and light or dark as its reader prefers where it stands alone.

    Parameters
    ----------
    picture : Picture
        The chains of one act with the labels of their people; long labels are cut in the drawing and whole in its
        description.
    language : {"en", "ko"}
        Of its words.
    """
    ways = ways_in_order(picture)
    paths = [(_Act(), *way.hops, _Slot(way.chain.testimony)) for way in ways] or [(_Act(),)]
    plan = _plan(picture, ways, paths, language)
    words = _words(picture, ways, language)
    width = max(plan.width, *(cell_len(w) * _CELL + 2 * _EDGE for w in words))
    height = plan.height + _LINE * len(words) + _EDGE
    drawing = element(
        "svg",
        element("title", say(language, "title", act=one_line(picture.act))),
        element("desc", "\n".join(tell(picture, language))),
        element("style", Markup(_STYLE)),
        [_line(plan.places, nodes, counted=counted) for nodes, counted in plan.lines.items()],
        _nodes(picture, ways, plan, language),
        (_text(word, _EDGE, plan.height + _LINE * n, size=12) for n, word in enumerate(words)),
        xmlns="http://www.w3.org/2000/svg", lang=language, role="img", viewBox=f"0 0 {width:g} {height:g}",
        width=f"{width:g}", height=f"{height:g}", fill="none", stroke="currentColor", font_family=_FONT,
    )  # fmt: skip
    return f"{drawing.html}\n"


def _plan(picture: Picture, ways: Sequence[Way], paths: Sequence[Sequence[Hashable]], language: Language) -> _Plan:
    depth = layers(paths)
    last = max(depth.values())
    depth = {node: last if isinstance(node, _Slot) else d for node, d in depth.items()}
    rows: dict[Hashable, list[int]] = defaultdict(list)
    lines: dict[tuple[Hashable, ...], bool] = {}
    for n, path in enumerate(paths):
        for one, other in pairwise(path):
            bends = tuple(_Bend(one, other, d) for d in range(depth[one] + 1, depth[other]))
            depth.update({bend: bend.layer for bend in bends})
            line = (one, *bends, other)
            lines[line] = lines.get(line, False) or ways[n].counted
            for node in (*bends, other):
                rows[node].append(n)
        rows[path[0]].append(n)
    middle = _middles(depth, rows)
    sizes = [
        max(_size(picture, node, language) for node, d in depth.items() if d == layer) for layer in range(last + 1)
    ]
    lefts = [_EDGE + sum(sizes[:n]) + _GAP * n for n in range(last + 1)]
    places = {node: (lefts[d], lefts[d] + sizes[d], middle[node]) for node, d in depth.items()}
    return _Plan(places, lines, lefts[-1] + sizes[-1] + _EDGE, max(middle.values()) + _ROW)


def _middles(depth: Mapping[Hashable, int], rows: Mapping[Hashable, Sequence[int]]) -> dict[Hashable, float]:
    """How far from the top: as near as there is room to the middle of the chains that pass."""
    found: dict[Hashable, float] = {}
    for layer in range(max(depth.values()) + 1):
        here = sorted((n for n, d in depth.items() if d == layer), key=lambda n: fmean(rows[n]))
        y = float(_HEAD - _ROW)
        for node in here:
            y = max(y + _ROW, _HEAD + _ROW * fmean(rows[node]))
            found[node] = round(y, 1)
    return found


def _size(picture: Picture, node: Hashable, language: Language) -> float:
    """The width of a node."""
    if isinstance(node, _Bend):
        return 0
    if isinstance(node, _Act):
        words = [say(language, "act"), one_line(picture.act)]
    elif isinstance(node, _Slot):
        ways = (c for c in picture.chains if c.testimony == node.testimony)
        words = [f"{one_line(node.testimony)} ✓", say(language, "record"), *(
            say_directness(language, c.directness) for c in ways)]
    else:
        words = [_name(picture, node)]
    return max(cell_len(cut(w, _MOST_CELLS)) for w in words) * _CELL + 24


def _name(picture: Picture, node: Hashable) -> str:
    return picture.label(node) if isinstance(node, str) else "?"


def _nodes(picture: Picture, ways: Sequence[Way], plan: _Plan, language: Language) -> Markup:
    shared = set(shared_people(ways))
    drawn: list[Markup] = []
    for node, (left, right, y) in plan.places.items():
        centre = (left + right) / 2
        if isinstance(node, _Act):
            drawn.append(_box(left, right, y, height=_BOX + _LINE))
            drawn.append(_text(say(language, "act"), centre, y - 6, size=12, anchor="middle"))
            drawn.append(_text(cut(one_line(picture.act), _MOST_CELLS), centre, y + 13, anchor="middle", bold=True))
        elif isinstance(node, _Slot):
            drawn.append(_slot(node, ways, left, y, language))
        elif not isinstance(node, _Bend):
            name = _name(picture, node)
            drawn.append(element(
                "g",
                element("title", say(language, "somebody") if is_unknown(node) else name),
                _box(left, right, y, dashed=is_unknown(node)),
                _box(left + 4, right - 4, y, height=_BOX - 8) if node in shared else None,
                _text(cut(name, _MOST_CELLS), centre, y + 5, anchor="middle", bold=node in shared),
            ))  # fmt: skip
    return join(drawn, _record(plan, language))


def _record(plan: _Plan, language: Language) -> Markup | None:
    """The record: a frame around the accounts."""
    slots = [place for node, place in plan.places.items() if isinstance(node, _Slot)]
    if not slots:
        return None
    left, right, _ = slots[0]
    top, bottom = min(y for _, _, y in slots) - _BOX / 2 - 4, max(y for _, _, y in slots) + _BOX / 2 + 4
    return join(
        _box(left, right, (top + bottom) / 2, height=bottom - top),
        _text(say(language, "record"), (left + right) / 2, top - 8, size=12, anchor="middle"),
    )


def _slot(node: _Slot, ways: Sequence[Way], left: float, y: float, language: Language) -> Markup:
    mine = [way for way in ways if way.chain.testimony == node.testimony]
    counted = any(way.counted for way in mine)
    name = cut(one_line(node.testimony), _MOST_CELLS - 2) + (" ✓" if counted else "")
    how = cut(say_directness(language, mine[0].chain.directness), _MOST_CELLS)
    return join(_text(name, left + 12, y - 1, bold=counted), _text(how, left + 12, y + 15, size=12))


def _line(places: Mapping[Hashable, tuple[float, float, float]], nodes: Sequence[Hashable], *, counted: bool) -> Markup:
    """A line between two nodes with an arrow at its end; it bends only between the layers."""
    _, x, y = places[nodes[0]]
    path = f"M{x:g} {y:g}"
    weight = 3.5 if counted else 1.25
    head = 6 + weight
    for node in nodes[1:]:
        left, right, below = places[node]
        bends = isinstance(node, _Bend)
        end = left if bends else left - head + 1
        # A line against the order of the others, where two accounts contradict each other, goes round below them.
        reach, under = (_GAP / 2, 0.0) if end > x else (_GAP, _ROW * 2 / 3)
        path += f"C{x + reach:g} {y + under:g} {end - reach:g} {below + under:g} {end:g} {below:g}"
        path += f"H{right:g}" if bends else ""
        x, y = right, below
    tip = places[nodes[-1]][0]
    arrow = f"M{tip:g} {y:g}l{-head:g} {-head / 2:g}v{head:g}z"
    return join(
        element("path", d=path, stroke_width=weight),
        element("path", d=arrow, fill="currentColor", stroke="none"),
    )


def _box(left: float, right: float, y: float, *, height: float = _BOX, dashed: bool = False) -> Markup:
    return element(
        "rect", x=f"{left:g}", y=f"{y - height / 2:g}", width=f"{right - left:g}", height=f"{height:g}", rx=6,
        stroke_dasharray="5 4" if dashed else None, stroke_width=1.25,
    )  # fmt: skip


def _text(words: str, x: float, y: float, *, size: int = 14, anchor: str | None = None, bold: bool = False) -> Markup:
    return element(
        "text", words, x=f"{x:g}", y=f"{y:g}", fill="currentColor", stroke="none", font_size=size,
        text_anchor=anchor, font_weight=600 if bold else None,
    )  # fmt: skip


def _words(picture: Picture, ways: Sequence[Way], language: Language) -> list[str]:
    """What is said below the drawing."""
    if not ways:
        return [say(language, "none")]
    told = [say(language, "bounds", least=picture.least, most=picture.most), say(language, "thick")]
    told += [say(language, "twice")] if shared_people(ways) else []
    return told + ([say(language, "unknown")] if any(None in w.chain.hops for w in ways) else [])
