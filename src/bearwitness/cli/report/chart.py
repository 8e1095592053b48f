"""A small chart: how many families still fit as the claims of a draft add up, on a logarithmic scale."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Final

from bearwitness.cli.figures import format_count
from bearwitness.cli.report.markup import Markup, element, join
from bearwitness.cli.report.view import Family, Note, adversary_name, begin
from bearwitness.cli.strings import say
from bearwitness.model.claims import ClaimId, Language

_WIDTH: Final = 420
_HEIGHT: Final = 220
_LEFT, _RIGHT, _TOP, _BOTTOM = 46, 74, 14, 30
# Where the claims of the draft end, and the place of the value joined with earlier releases.
_JOINED: Final = 300
_AT_JOINED: Final = 324
_LINE_HEIGHT: Final = 15
# More ticks than this on the x axis would run into each other.
_MOST_TICKS: Final = 14


def needed_candidates(capacity: int, threshold: float) -> float | None:
    """The fewest families that must fit so that the risk can be at the threshold: c / K <= threshold."""
    return capacity / threshold if threshold > 0 else None


class _Scale:
    """From households and claims to points of the drawing."""

    def __init__(self, most: float, points: int) -> None:
        self.decades = max(1, math.ceil(math.log10(max(most, 1.0)) - 1e-9))
        self.points = points

    def x(self, index: float) -> float:
        """The place of a claim, counted from 0."""
        return round(_LEFT + (index + 0.5) * (_JOINED - _LEFT) / max(self.points, 1), 1)

    def y(self, count: float) -> float:
        """The height of a number of households; below one household is one household."""
        share = math.log10(max(count, 1.0)) / self.decades
        return round(_HEIGHT - _BOTTOM - min(share, 1.0) * (_HEIGHT - _TOP - _BOTTOM), 1)


def draw_chart(
    family: Family, notes: Mapping[ClaimId, Note], threshold: float, language: Language
) -> Markup | None:
    """The chart of one family, for the adversary most likely to find it; None where no claim helps that adversary.

    Parameters
    ----------
    family : Family
        Its steps are drawn.
    notes : mapping from claim id
        The note that explains a claim.
    threshold : float
        The greatest risk that is accepted.
    language : {"en", "ko"}
        Language of the interface.
    """
    row = family.worst
    steps = [s for s in row.steps if math.isfinite(s.candidates)]
    if not steps:
        return None
    needed = needed_candidates(row.capacity, threshold)
    most = max(*(s.candidates for s in steps), row.joined.candidates, needed or 1.0)
    scale = _Scale(most, len(steps))
    counts = [s.candidates for s in steps]
    joined = row.joined.candidates if row.costliest_release else None
    end = counts[-1] if joined is None else joined
    dots = [
        element("circle", class_=f"dot sev{notes[s.claim].severity}", cx=scale.x(i), cy=scale.y(s.candidates), r=4)
        for i, s in enumerate(steps)
    ]
    return element(
        "svg",
        _axes(scale, language),
        _threshold(scale, needed, end, language),
        element("path", class_="line", d=_line(scale, counts)),
        dots,
        _ticks(scale, [notes[s.claim].number for s in steps]),
        _ending(scale, counts, joined, language),
        role="img",
        aria_label=_alternative(family, counts, needed, language),
        viewBox=f"0 0 {_WIDTH} {_HEIGHT}",
    )


def _alternative(family: Family, counts: Sequence[float], needed: float | None, language: Language) -> str:
    """The chart in one sentence, for those who do not see it."""
    row = family.worst
    return say(
        language,
        "chart_alt",
        family=begin(family.label),
        adversary=adversary_name(language, row.adversary),
        first=format_count(counts[0], language),
        last=format_count(row.alone.candidates, language),
        n=len(counts),
        joined=format_count(row.joined.candidates, language),
        needed="–" if needed is None else format_count(needed, language),
    )


def _line(scale: _Scale, counts: Sequence[float]) -> str:
    """Each claim drops the crowd at its own place; between claims nothing changes."""
    path = f"M{scale.x(-0.5)} {scale.y(counts[0])}"
    for i, count in enumerate(counts):
        path += f"H{scale.x(i)}V{scale.y(count)}"
    return path


def _axes(scale: _Scale, language: Language) -> Markup:
    every = max(1, math.ceil(scale.decades / 5))
    lines = []
    for decade in range(0, scale.decades + 1, every):
        y = scale.y(10.0**decade)
        lines.append(element("path", class_="grid", d=f"M{_LEFT} {y}H{_WIDTH - _RIGHT}"))
        lines.append(element("text", _short(10**decade, language), class_="tick end", x=_LEFT - 7, y=y + 4))
    return join(lines)


def _short(count: int, language: Language) -> str:
    """Powers of ten: 1, 10, 100, 1k, 10k, 100k, 1M; Korean 1천, 1만, 10만, 100만."""
    units = ((10_000, "만"), (1_000, "천")) if language == "ko" else ((1_000_000, "M"), (1_000, "k"))
    for unit, sign in units:
        if count >= unit:
            return f"{count // unit:,}{sign}"
    return str(count)


def _threshold(scale: _Scale, needed: float | None, end: float, language: Language) -> Markup | None:
    if needed is None:
        return None
    y, value = scale.y(needed), scale.y(end)
    words = say(language, "chart_needed", needed=f"{needed:,.0f}")
    # The words stand at the right of the line, moved away from the number left at the end where the two would meet.
    at = y if abs(value - y) >= _LINE_HEIGHT else value + (_LINE_HEIGHT if value < y else -_LINE_HEIGHT)
    width, height = _WIDTH - _LEFT - _RIGHT, _HEIGHT - _BOTTOM - y
    return join(
        element("rect", class_="below", x=_LEFT, y=y, width=width, height=round(height, 1)),
        element("path", class_="limit", d=f"M{_LEFT} {y}H{_WIDTH - _RIGHT}"),
        element("text", words, class_="limit-word", x=_WIDTH - _RIGHT + 5, y=round(at + 4, 1)),
    )


def _ticks(scale: _Scale, numbers: Sequence[int]) -> Markup:
    every = max(1, math.ceil(len(numbers) / _MOST_TICKS))
    return join(
        element("text", str(n), class_="tick mid", x=scale.x(i), y=_HEIGHT - _BOTTOM + 16)
        for i, n in enumerate(numbers)
        if i % every == 0
    )


def _ending(scale: _Scale, counts: Sequence[float], joined: float | None, language: Language) -> Markup:
    """The number left at the end: joined with earlier releases where one of them costs anything."""
    last, x = scale.x(len(counts) - 1), _AT_JOINED
    at, end = scale.y(counts[-1]), scale.y(counts[-1] if joined is None else joined)
    words = format_count(counts[-1] if joined is None else joined, language)
    value = element("text", words, class_="value", x=x + 12 if joined is not None else last + 12, y=round(end + 4, 1))
    if joined is None:
        return value
    return join(
        element("path", class_="line joined", d=f"M{last + 4} {at}H{x}V{end}"),
        element("path", class_="diamond", d=f"M{x} {end - 6}l6 6l-6 6l-6 -6z"),
        element("text", say(language, "chart_joined"), class_="tick mid", x=x, y=_HEIGHT - _BOTTOM + 16),
        value,
    )
