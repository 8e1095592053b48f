"""The jigsaw in a terminal: which sentences identify a family together, what was given away, what needs a look."""

from __future__ import annotations

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bearwitness.cli.figures import format_count, format_share, show_passage
from bearwitness.cli.report.view import adversary_name, begin
from bearwitness.cli.strings import say
from bearwitness.model.claims import Language
from bearwitness.model.jigsaw import HouseholdJigsaw, IdentifyingSet, Jigsaw

_UNDER = (0, 0, 0, 2)
_FURTHER = (0, 0, 0, 4)


def print_jigsaw(console: Console, found: Jigsaw, language: Language) -> None:
    """Print a jigsaw for an editor, the verdict first.

    Parameters
    ----------
    console : rich.console.Console
        Where to.
    found : Jigsaw
        What ``services.jigsaw`` returns.
    language : {"en", "ko"}
        Language of the interface.
    """
    over = [h for h in found.households if h.upper > found.threshold]
    limit = format_share(found.threshold)
    if found.safe:
        console.print(Text(f"✓ {say(language, 'jigsaw_safe', limit=limit)}", style="bold green"))
    elif over:
        words = say(language, "jigsaw_unsafe", count=len(over), n=len(over))
        console.print(Text(f"✕ {words}", style="bold red"))
    if found.unresolved:
        words = say(language, "lead_unresolved", count=found.unresolved, n=found.unresolved)
        console.print(Text(words, style="magenta"))
    if found.warnings:
        count = len({w.release for w in found.warnings})
        console.print(Text(say(language, "jigsaw_warned", count=count, n=count), style="yellow"))
    for household in found.households:
        if household.sets or household.history:
            _print_household(console, household, found.threshold, language)
    _print_warnings(console, found, language)
    if over:
        console.print()
        console.print(Text(say(language, "jigsaw_next")))


def _print_household(console: Console, row: HouseholdJigsaw, limit: float, language: Language) -> None:
    said = say(
        language, "jigsaw_family", adversary=adversary_name(language, row.adversary),
        upper=format_share(row.upper, limit=limit), limit=format_share(limit),
    )  # fmt: skip
    console.print()
    style = "bold red" if row.upper > limit else "bold"
    console.print(Text.assemble((begin(show_passage(row.label or str(row.household))), style), ": ", said))
    for found in row.sets:
        _print_set(console, found, language)
    if not row.complete:
        console.print(Padding(Text(say(language, "jigsaw_more"), style="dim"), _UNDER))
    if row.history:
        console.print(Padding(Text(say(language, "jigsaw_history"), style="dim"), _UNDER))
        console.print(Padding(_history(row, limit, language), _FURTHER))


def _print_set(console: Console, found: IdentifyingSet, language: Language) -> None:
    count = len(found.statements)
    key = "jigsaw_several" if count > 1 else "jigsaw_one" if count else "jigsaw_frame"
    number = format_count(found.candidates, language)
    families = say(language, "jigsaw_families", count=found.candidates, n=number)
    console.print(Padding(Text(say(language, key, n=count, candidates=families)), _UNDER))
    for statement in found.statements:
        where = show_passage(statement.release) or say(language, "jigsaw_draft")
        line = Text.assemble("· ", (f"{where}: ", "bold"), f"“{show_passage(statement.words)}”")
        console.print(Padding(line, _FURTHER))


def _history(row: HouseholdJigsaw, limit: float, language: Language) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    for key in ("jigsaw_day", "jigsaw_release", "jigsaw_fit", "jigsaw_bound", "jigsaw_before"):
        table.add_column(say(language, key), overflow="fold")
    for given in row.history:
        sign = "✕ " if given.upper > limit else ""
        before = "–" if given.before is None else format_share(given.before, limit=limit)
        table.add_row(
            given.published.isoformat(), Text(show_passage(given.release)),
            format_count(given.candidates, language, about=False), sign + format_share(given.upper, limit=limit),
            before,
        )  # fmt: skip
    return table


def _print_warnings(console: Console, found: Jigsaw, language: Language) -> None:
    if not found.warnings:
        return
    labels = {h.household: h.label for h in found.households}
    console.print()
    console.print(Text(say(language, "jigsaw_warnings"), style="bold"))
    for warning in found.warnings:
        family = show_passage(labels.get(warning.household) or str(warning.household))
        words = say(language, f"warning.{warning.why}", release=show_passage(warning.release), family=family)
        console.print(Padding(Text(f"· {words}"), _UNDER))
