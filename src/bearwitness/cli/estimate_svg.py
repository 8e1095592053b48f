"""The two pictures of an estimate: which lists have how many acts together, and the models' intervals on one axis.

Both are plain SVG without a script, the same bytes for the same estimate, and tell in words what they show.
"""

from __future__ import annotations

import math
from typing import Final

from rich.cells import cell_len, set_cell_size

from bearwitness.cli.estimate_strings import say
from bearwitness.cli.estimate_view import (
    Row,
    Scale,
    counted,
    estimated,
    interval,
    rows_of,
    scale_of,
    split_overlaps,
    tell_overlap,
    title_of,
)
from bearwitness.cli.figures import show_line
from bearwitness.cli.report.markup import Markup, element, join
from bearwitness.model.claims import Language
from bearwitness.services.estimate_shown import Overlap, StratumShown

# Pixels.
_STEP: Final = 34
_ROW: Final = 26
_BARS: Final = 150
_TOP: Final = 22
_NAMES: Final = 190
_TOTALS: Final = 96
_EDGE: Final = 14
_DOT: Final = 6.5
# Half the width of a Korean letter, in which names are measured; longer ones are cut, and whole in the words.
_MOST_CELLS: Final = 26
_WIDTH: Final = 680
_LABEL: Final = 150
_NUMBER: Final = 170
_MODEL_ROW: Final = 34
_TICKS: Final = 5


def draw_overlaps(stratum: StratumShown, language: Language) -> Markup:
    """An UpSet plot: a bar for each combination of lists, the lists in it as full dots below, lists' totals at left."""
    shown, more = split_overlaps(stratum)
    left = _NAMES + _TOTALS
    width = max(left + _STEP * len(shown) + _EDGE, _WIDTH)
    height = _TOP + _BARS + _ROW * len(stratum.lists) + _EDGE
    words = [tell_overlap(o, stratum, language) for o in shown]
    if more:
        words.append(say(language, "overlaps_more", n=len(more), acts=counted(sum(o.acts for o in more))))
    most = max((o.acts for o in shown), default=1.0)
    return element(
        "svg",
        element("title", say(language, "svg_overlaps", stratum=title_of(stratum.stratum, language))),
        element("desc", "; ".join(words)),
        _lists(stratum, width),
        [_combination(o, left + _STEP * (at + 0.5), most) for at, o in enumerate(shown)],
        xmlns="http://www.w3.org/2000/svg", role="img", viewBox=f"0 0 {width} {height}", class_="upset", lang=language,
    )  # fmt: skip


def _lists(stratum: StratumShown, width: float) -> Markup:
    """The rows of the lists: every second one shaded, the name, and a bar of all acts on it."""
    most = max((one.acts for one in stratum.lists), default=1.0) or 1.0
    found = []
    for at, one in enumerate(stratum.lists):
        y = _TOP + _BARS + _ROW * at + _EDGE / 2
        size = round((_TOTALS - 50) * one.acts / most, 1)
        if at % 2 == 0:
            found.append(element("rect", class_="stripe", x=0, y=y, width=width, height=_ROW))
        found += [
            element("text", _cut(one.name), class_="name", x=6, y=y + _ROW / 2 + 4),
            element("rect", class_="total", x=_NAMES, y=y + 7, width=size, height=_ROW - 14),
            element("text", counted(one.acts), class_="count", x=round(_NAMES + size + 5, 1), y=y + _ROW / 2 + 4),
        ]
    return join(found)


def _combination(overlap: Overlap, x: float, most: float) -> Markup:
    size = round(max(1.5, _BARS * overlap.acts / most), 1)
    top = round(_TOP + _BARS - size, 1)
    middles = [_TOP + _BARS + _ROW * (at + 0.5) + _EDGE / 2 for at in range(len(overlap.on))]
    on = [y for y, digit in zip(middles, overlap.on, strict=True) if digit == "1"]
    return join(
        element("rect", class_="bar", x=x - 10, y=top, width=20, height=size),
        element("text", counted(overlap.acts), class_="count mid", x=x, y=top - 6),
        element("path", class_="tie", d=f"M{x} {on[0]}V{on[-1]}") if len(on) > 1 else None,
        [element("circle", class_="on" if y in on else "off", cx=x, cy=y, r=_DOT) for y in middles],
    )


def draw_models(stratum: StratumShown, language: Language) -> Markup | None:
    """The models' intervals on one axis that begins at the documented acts; None where no number is given."""
    rows = rows_of(stratum, language)
    if not rows:
        return None
    scale = scale_of(stratum)
    bottom = _TOP + _MODEL_ROW * len(rows)
    words = [f"{row.label}: {interval(row.number, language)}" for row in rows]
    return element(
        "svg",
        element("title", say(language, "svg_models", stratum=title_of(stratum.stratum, language))),
        element("desc", "; ".join(words)),
        _axis(scale, bottom, language),
        [_row(row, scale, _TOP + _MODEL_ROW * (at + 0.5), language) for at, row in enumerate(rows)],
        xmlns="http://www.w3.org/2000/svg", role="img", viewBox=f"0 0 {_WIDTH} {bottom + 44}", class_="models",
        lang=language,
    )  # fmt: skip


def _x(scale: Scale, value: float) -> float:
    return round(_LABEL + scale.at(value) * (_WIDTH - _LABEL - _NUMBER), 1)


def _row(row: Row, scale: Scale, y: float, language: Language) -> Markup:
    number = row.number
    low, median, high = (_x(scale, n) for n in (number.low, number.median, number.high))
    tone = "given" if row.given else "other"
    return join(
        element("text", row.label, class_=f"name {tone}", x=6, y=y + 4),
        element("path", class_=f"span {tone}", d=f"M{low} {y - 6}V{y + 6}M{low} {y}H{high}M{high} {y - 6}V{y + 6}"),
        element("circle", class_=f"middle {tone}", cx=median, cy=y, r=6 if row.given else 5),
        element("text", interval(number, language), class_=f"reading {tone}", x=_WIDTH - _NUMBER + 16, y=y + 4),
    )


def _axis(scale: Scale, bottom: float, language: Language) -> Markup:
    left = _x(scale, scale.low)
    ticks = [t for t in _round_numbers(scale) if _x(scale, t) - left > 46]
    return join(
        [element("path", class_="grid", d=f"M{_x(scale, t)} {_TOP}V{bottom}") for t in ticks],
        [element("text", estimated(t), class_="tick mid", x=_x(scale, t), y=bottom + 16) for t in ticks],
        element("path", class_="seen", d=f"M{left} {_TOP - 6}V{bottom + 4}"),
        element("text", counted(scale.low), class_="tick mid strong", x=left, y=bottom + 16),
        element("text", say(language, "axis_seen"), class_="tick mid", x=left, y=bottom + 31),
    )


def _round_numbers(scale: Scale) -> list[float]:
    """Round numbers inside the axis."""
    if scale.by_log:
        powers = range(math.floor(math.log10(max(scale.low, 1.0))), math.ceil(math.log10(scale.high)) + 1)
        found = [factor * 10.0**p for p in powers for factor in ((1, 3) if len(powers) < 4 else (1,))]
    else:
        rough = max((scale.high - scale.low) / _TICKS, 1.0)
        unit = 10.0 ** math.floor(math.log10(rough))
        step = next(unit * f for f in (1, 2, 5, 10) if unit * f >= rough)
        found = [step * n for n in range(math.ceil(scale.low / step), math.floor(scale.high / step) + 1)]
    return [n for n in found if scale.low < n <= scale.high]


def _cut(name: str) -> str:
    shown = show_line(name)
    return shown if cell_len(shown) <= _MOST_CELLS else f"{set_cell_size(shown, _MOST_CELLS - 1).rstrip()}…"
