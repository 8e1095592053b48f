"""The report of an estimate in a terminal: the answer first, then what it rests on, no wider than 80 columns."""

from __future__ import annotations

from collections.abc import Iterable
from string import ascii_uppercase
from typing import Final

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bearwitness.cli.estimate_strings import say
from bearwitness.cli.estimate_view import (
    Row,
    Scale,
    counted,
    estimated,
    interval,
    rows_of,
    scale_of,
    share_of,
    short_reason,
    split_overlaps,
    tell_basis,
    tell_stratum,
    title_of,
    verdict_of,
)
from bearwitness.cli.figures import show_line
from bearwitness.model.claims import Language
from bearwitness.services.estimate_shown import ActsEstimated, Overlap, StratumShown

# A terminal of this width shows the report whole.
WIDTH: Final = 80
_AXIS: Final = 28
_BAR: Final = 30
_INDENT: Final = (0, 0, 0, 2)


def print_acts(console: Console, found: ActsEstimated, language: Language) -> None:
    """Print the report.

    Parameters
    ----------
    console : rich.console.Console
        Where to.
    found : ActsEstimated
        What ``services.estimate`` returns.
    language : {"en", "ko"}
        Of the interface; the reasons of a refusal are told at length in English, in short in Korean.
    """
    console.print(Text(say(language, "title"), style="bold"))
    console.print(Text(say(language, "not_a_release"), style="red"))
    if len(found.strata) > 1:
        print_heading(console, verdict_of(found, language))
        _print_overview(console, found, language)
    for stratum in found.strata:
        console.print()
        if len(found.strata) > 1:
            console.print(Text("─" * min(WIDTH, console.width), style="dim"))
        _print_stratum(console, stratum, found, language)
    print_heading(console, say(language, "basis"))
    print_lines(console, tell_basis(found.basis, language))


def _print_overview(console: Console, found: ActsEstimated, language: Language) -> None:
    share = share_of(found.basis.level)
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    table.add_column(say(language, "col_stratum"), overflow="fold")
    table.add_column(say(language, "col_seen"), justify="right")
    table.add_column(say(language, "col_given"), justify="right")
    table.add_column(say(language, "col_interval", share=share), overflow="fold")
    for stratum in found.strata:
        given = stratum.given
        if given is None:
            cells = ("–", say(language, "col_none", why=short_reason(stratum, language)))
        else:
            cells = (estimated(given.median), f"{estimated(given.low)} – {estimated(given.high)}")
        table.add_row(*(Text(c) for c in (title_of(stratum.stratum, language), counted(stratum.observed), *cells)))
    console.print(table)


def _print_stratum(console: Console, stratum: StratumShown, found: ActsEstimated, language: Language) -> None:
    said = tell_stratum(stratum, found.basis, language)
    sign, style = ("✕", "bold red") if stratum.given is None else ("✓", "bold green")
    console.print(Text(f"{sign} {said.title}: {said.headline}", style=style))
    for line in said.lead:
        print_line(console, line)
    for key, words in (("why", said.why), ("change", said.change)):
        if words:
            console.print(Padding(Text.assemble((f"{say(language, key)}: ", "bold"), words), _INDENT))
    if stratum.lists:
        _print_lists(console, stratum, said.beside, language)
    if stratum.overlaps:
        _print_overlaps(console, stratum, language)
    if stratum.given is not None:
        _print_models(console, stratum, language)
    if said.checks:
        print_heading(console, say(language, "checks"))
        print_lines(console, said.checks, sign="✓")
    if said.lacked:
        print_heading(console, say(language, "each_model"))
        print_lines(console, (f"{model}: {why}" for model, why in said.lacked))


def _print_lists(console: Console, stratum: StratumShown, beside: Iterable[str], language: Language) -> None:
    print_heading(console, say(language, "lists"))
    print_line(console, say(language, "lists_about"), "dim")
    table = _columns()
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    table.add_column(justify="right", no_wrap=True)
    for letter, one in zip(ascii_uppercase, stratum.lists, strict=False):
        acts = counted(one.acts)
        table.add_row(Text(letter, style="bold"), Text(show_line(one.name)), Text(say(language, "on_lists", n=acts)))
    console.print(Padding(table, _INDENT))
    for line in beside:
        print_line(console, line, "dim")


def _print_overlaps(console: Console, stratum: StratumShown, language: Language) -> None:
    print_heading(console, say(language, "overlaps"))
    print_line(console, say(language, "overlaps_about"), "dim")
    shown, more = split_overlaps(stratum)
    most = max(o.acts for o in shown)
    table = _columns(heads=True)
    for letter in ascii_uppercase[: len(stratum.lists)]:
        table.add_column(letter, no_wrap=True)
    table.add_column(justify="right", no_wrap=True)
    table.add_column(no_wrap=True)
    for overlap in shown:
        table.add_row(*_dots(overlap), Text(counted(overlap.acts)), Text(_bar(overlap.acts / most), style="cyan"))
    console.print(Padding(table, _INDENT))
    if more:
        acts = counted(sum(o.acts for o in more))
        print_line(console, say(language, "overlaps_more", n=len(more), acts=acts))


def _dots(overlap: Overlap) -> list[Text]:
    return [Text("●") if digit == "1" else Text("·", style="dim") for digit in overlap.on]


def _bar(share: float) -> str:
    return "█" * max(1, round(share * _BAR))


def _print_models(console: Console, stratum: StratumShown, language: Language) -> None:
    assert stratum.given is not None
    print_heading(console, say(language, "models"))
    print_line(console, say(language, "models_about", share=share_of(stratum.given.level)), "dim")
    scale = scale_of(stratum)
    table = _columns()
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for row in rows_of(stratum, language):
        style = "bold" if row.given else ""
        words = interval(row.number, language)
        table.add_row(Text(row.label, style=style), Text(_line(row, scale), style="cyan"), Text(words, style=style))
    table.add_row("", Text(_ends(scale), style="dim"), Text(say(language, "axis_ends"), style="dim"))
    console.print(Padding(table, _INDENT))


def _line(row: Row, scale: Scale) -> str:
    """An interval on the axis: ├──●──┤, from the documented acts at the left."""
    low, median, high = (
        min(_AXIS - 1, max(0, round(scale.at(n) * (_AXIS - 1))))
        for n in (row.number.low, row.number.median, row.number.high)
    )
    drawn = [" "] * _AXIS
    drawn[low : high + 1] = "─" * (high + 1 - low)
    drawn[low], drawn[high] = "├", "┤"
    drawn[median] = "●"
    return "".join(drawn)


def _ends(scale: Scale) -> str:
    """The two ends of the axis as numbers."""
    left, right = counted(scale.low), estimated(scale.high)
    return left + right.rjust(_AXIS - len(left))


def _columns(*, heads: bool = False) -> Table:
    return Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="bold", show_header=heads)


def print_heading(console: Console, words: str) -> None:
    """A heading after an empty line."""
    console.print()
    console.print(Text(words, style="bold"))


def print_line(console: Console, words: str, style: str = "") -> None:
    """Words, indented and folded."""
    console.print(Padding(Text(words, style=style), _INDENT))


def print_lines(console: Console, lines: Iterable[str], sign: str = "·") -> None:
    """Words in a list."""
    table = Table.grid(padding=(0, 1, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for line in lines:
        table.add_row(Text(f"  {sign}"), Text(line))
    console.print(table)
