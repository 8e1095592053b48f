"""The report on a change, in a terminal and as a page."""

from __future__ import annotations

from typing import Final

from rich.console import Console
from rich.text import Text

from bearwitness.cli.estimate_change_view import (
    spark,
    tell_change_basis,
    tell_checks,
    tell_lead,
    tell_reasons,
    verdict_words,
)
from bearwitness.cli.estimate_shell import draw_card, draw_figure, draw_items, draw_page, draw_verdict
from bearwitness.cli.estimate_strings import say
from bearwitness.cli.estimate_text import print_heading, print_line, print_lines
from bearwitness.cli.estimate_view import counted
from bearwitness.cli.report.markup import Markup, element, join
from bearwitness.model.claims import Language
from bearwitness.services.estimate_change_shown import ChangeEstimated

# Columns and pixels.
_SPARK: Final = 70
_WIDTH: Final = 680
_BARS: Final = 150
_TOP: Final = 20
_LEFT: Final = 34
_EDGE: Final = 12


def print_change(console: Console, found: ChangeEstimated, language: Language) -> None:
    """Print the report: the verdict first, no wider than 80 columns."""
    console.print(Text(say(language, "change_title", month=found.month), style="bold"))
    console.print(Text(say(language, "not_a_release"), style="red"))
    console.print()
    sign, style = ("✕", "bold red") if found.ratio is None else ("✓", "bold green")
    console.print(Text(f"{sign} {verdict_words(found, language)}", style=style))
    for line in tell_lead(found, language):
        print_line(console, line)
    for term, words in tell_reasons(found, language):
        print_line(console, f"{term}: {words}")
    print_heading(console, say(language, "change_months"))
    still = next((m.month for m in found.months if m.open), None)
    if still is not None:
        print_line(console, say(language, "change_months_open", month=still), "dim")
    bars, each = spark(found, _SPARK)
    print_line(console, bars, "cyan")
    first, last = found.months[0].month, found.months[-1].month
    print_line(console, say(language, "change_spark", first=first, last=last, n=each), "dim")
    print_heading(console, say(language, "checks"))
    for holds, words in tell_checks(found, language):
        print_lines(console, [words], sign="✓" if holds else "✕")
    print_heading(console, say(language, "basis"))
    print_lines(console, tell_change_basis(found, language))


def render_change(found: ChangeEstimated, language: Language) -> str:
    """The report as one page, made as `estimate_shell.draw_page` has it."""
    checks = tell_checks(found, language)
    return draw_page(
        verdict_words(found, language), say(language, "change_title", month=found.month), language,
        draw_verdict(
            verdict_words(found, language), tell_lead(found, language), tell_reasons(found, language),
            good=found.ratio is not None,
        ),
        element(
            "section",
            draw_figure(
                say(language, "change_months"), say(language, "change_months_about"), draw_months(found, language)
            ),
            draw_card(say(language, "checks"), join(
                draw_items((words for holds, words in checks if holds), "checks"),
                draw_items((words for holds, words in checks if not holds), "fails"),
            )),
            class_="stratum",
        ),
        element("section", element("h2", say(language, "basis")), draw_items(tell_change_basis(found, language))),
    )  # fmt: skip


def draw_months(found: ChangeEstimated, language: Language) -> Markup:
    """A bar for each month, pale where more may still come, and the date as a line."""
    step = (_WIDTH - _LEFT - _EDGE) / len(found.months)
    most = max(m.acts for m in found.months) or 1.0
    bars, ticks, line = [], [], None
    for at, month in enumerate(found.months):
        x, size = round(_LEFT + step * at, 2), round(_BARS * month.acts / most, 1)
        tone = "bar open-month" if month.open else "bar"
        bars.append(element(
            "rect", class_=tone, x=round(x + step * 0.1, 2), y=_TOP + _BARS - size, width=round(step * 0.8, 2),
            height=size,
        ))  # fmt: skip
        if month.month.endswith("-01"):
            ticks.append(element("text", month.month[:4], class_="tick", x=x, y=_TOP + _BARS + 16))
        if month.month == found.month:
            line = element("path", class_="limit", d=f"M{x} {_TOP - 8}V{_TOP + _BARS + 4}")
    words = "; ".join(f"{m.month}: {counted(m.acts)}" for m in found.months)
    return element(
        "svg",
        element("title", say(language, "svg_months", month=found.month)),
        element("desc", words),
        element("text", counted(most), class_="tick end", x=_LEFT - 6, y=_TOP + 4),
        element("path", class_="grid", d=f"M{_LEFT} {_TOP}H{_WIDTH - _EDGE}M{_LEFT} {_TOP + _BARS}H{_WIDTH - _EDGE}"),
        bars, ticks, line,
        xmlns="http://www.w3.org/2000/svg", role="img", viewBox=f"0 0 {_WIDTH} {_TOP + _BARS + 26}", class_="models",
        lang=language,
    )  # fmt: skip
