"""The calibration plot: a panel for each scenario, plain SVG that reads on light and on dark paper."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from typing import Protocol
from xml.sax.saxutils import escape

PANEL, GAP, LEFT, TOP, STRIP = 168, 28, 64, 52, 78
TICKS = (0.01, 0.1, 0.25, 0.5, 1.0)
# Deviations beyond this many standard errors are drawn at the edge.
MOST = 4.0
# Two-sided 95 %, in standard errors.
BAND = 1.96
STYLE = """
text{font:11px system-ui,sans-serif;fill:#24292f}.t{font-weight:600;font-size:12px}.s{fill:#57606a}
.f{fill:none;stroke:#8c959f}.g{stroke:#d0d7de}.d{stroke:#57606a;stroke-dasharray:3 3}
.b{stroke:#0969da;stroke-width:5;opacity:.35}.i{fill:#0969da}.o{fill:#cf222e}.w{fill:#8250df}.a{fill:#0969da;opacity:.15}
@media(prefers-color-scheme:dark){text{fill:#e6edf3}.s{fill:#9198a1}.f{stroke:#656c76}.g{stroke:#3d444d}
.d{stroke:#9198a1}.b{stroke:#4493f8}.i{fill:#4493f8}.o{fill:#f85149}.w{fill:#ab7df8}.a{fill:#4493f8;opacity:.2}}
""".strip().replace("\n", "")


class Row(Protocol):
    """A decile, as it is drawn."""

    number: int
    predicted: float
    found: int
    low: int
    high: int

    @property
    def word(self) -> str:
        """Inside, below or above."""
        ...

    @property
    def deviation(self) -> float:
        """In standard errors."""
        ...


def draw(panels: Sequence[tuple[str, str, Sequence[Row]]]) -> str:
    """The picture: for each of (title, claim, deciles) found against predicted, and deviations below."""
    width = LEFT + len(panels) * (PANEL + GAP)
    height = TOP + PANEL + 58 + STRIP + 44
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        'role="img" aria-labelledby="ti de">',
        '<title id="ti">Predicted risk and what attackers found, by decile</title>',
        f'<desc id="de">{escape(_in_words(panels))}</desc><style>{STYLE}</style>',
        f'<text x="{LEFT}" y="16" class="t">Share of households found, against the risk predicted, by decile</text>',
        *_legend(width),
        f'<text transform="translate(14 {TOP + PANEL / 2}) rotate(-90)" text-anchor="middle" class="s">found</text>',
        f'<text transform="translate(14 {TOP + PANEL + 58 + STRIP / 2}) rotate(-90)" text-anchor="middle" class="s">'
        "deviation</text>",
    ]
    for i, (title, claim, rows) in enumerate(panels):
        parts.append(f'<g transform="translate({LEFT + i * (PANEL + GAP)} {TOP})">')
        parts += _curve(title, claim, rows, labelled=i == 0)
        parts.append(f'<g transform="translate(0 {PANEL + 58})">')
        parts += _strip(claim, rows, labelled=i == 0)
        parts.append("</g></g>")
    return "".join([*parts, "</svg>\n"])


def _legend(width: int) -> list[str]:
    words = (("i", "inside the band"), ("w", "below a bound"), ("o", "not as claimed"))
    return [
        f'<circle cx="{width - 380 + 125 * i}" cy="12" r="3" class="{mark}"/>'
        f'<text x="{width - 372 + 125 * i}" y="16" class="s">{word}</text>'
        for i, (mark, word) in enumerate(words)
    ]


def _in_words(panels: Sequence[tuple[str, str, Sequence[Row]]]) -> str:
    return "; ".join(
        f"{title}: {sum(r.word == 'inside' for r in rows)} of {len(rows)} deciles inside the band"
        for title, _, rows in panels
    )


def _at(share: float) -> float:
    """Square roots spread small shares and make all bands equally high."""
    return round(PANEL * sqrt(min(1.0, max(0.0, share))), 1)


def _mark(row: Row, claim: str) -> str:
    if row.word == "inside":
        return "i"
    return "w" if row.word == "below" and claim == "bound" else "o"


def _curve(title: str, claim: str, rows: Sequence[Row], *, labelled: bool) -> list[str]:
    said = "risk predicted" if claim == "exact" else "risk predicted at most"
    parts = [f'<text y="-8" class="t">{escape(title)}</text><rect width="{PANEL}" height="{PANEL}" class="f"/>']
    for tick in TICKS:
        at = _at(tick)
        if tick < 1.0:
            parts.append(f'<path d="M{at} 0V{PANEL}M0 {PANEL - at}H{PANEL}" class="g"/>')
        parts.append(f'<text x="{at}" y="{PANEL + 14}" text-anchor="middle" class="s">{tick:g}</text>')
        if labelled:
            parts.append(f'<text x="-6" y="{PANEL - at + 4}" text-anchor="end" class="s">{tick:g}</text>')
    parts.append(f'<path d="M0 {PANEL}L{PANEL} 0" class="d"/>')
    for row in rows:
        x, low, high = _at(row.predicted), _at(row.low / row.number), _at(row.high / row.number)
        parts.append(f'<path d="M{x} {PANEL - high:.1f}V{PANEL - low + 0.5:.1f}" class="b"/>')
    for row in rows:
        x, y = _at(row.predicted), PANEL - _at(row.found / row.number)
        parts.append(f'<circle cx="{x}" cy="{y:.1f}" r="3" class="{_mark(row, claim)}"/>')
    parts.append(f'<text x="{PANEL / 2}" y="{PANEL + 30}" text-anchor="middle" class="s">{said}</text>')
    return parts


def _strip(claim: str, rows: Sequence[Row], *, labelled: bool) -> list[str]:
    def y(deviation: float) -> float:
        return round(STRIP / 2 * (1.0 - max(-MOST, min(MOST, deviation)) / MOST), 1)

    top, bottom = y(BAND), y(-BAND if claim == "exact" else -MOST)
    parts = [
        f'<rect y="{top}" width="{PANEL}" height="{bottom - top:.1f}" class="a"/>',
        f'<rect width="{PANEL}" height="{STRIP}" class="f"/><path d="M0 {STRIP / 2}H{PANEL}" class="d"/>',
    ]
    for i, row in enumerate(rows):
        x, at = PANEL * (i + 0.5) / len(rows), row.deviation
        parts.append(
            f'<circle cx="{x:.1f}" cy="{y(at)}" r="3" class="{_mark(row, claim)}"/>' if abs(at) <= MOST
            else f'<path d="M{x - 4:.1f} {y(at) + (-6 if at < 0 else 6)}h8l-4 {6 if at < 0 else -6}z" '
            f'class="{_mark(row, claim)}"/>'
        )  # fmt: skip
    parts.append(f'<text x="{PANEL / 2}" y="{STRIP + 16}" text-anchor="middle" class="s">deciles 1 to 10</text>')
    if labelled:
        parts += [f'<text x="-6" y="{y(v) + 4}" text-anchor="end" class="s">{v:+g}</text>' for v in (-2, 2)]
        parts.append(f'<text x="-6" y="{STRIP / 2 + 4}" text-anchor="end" class="s">0</text>')
    return parts
