"""A table of counts in a terminal: the verdict, the cells to hide and why, what can still be computed of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bearwitness.cli.figures import format_share
from bearwitness.cli.table_strings import TABLE_STRINGS
from bearwitness.disclosure.counts_findings import HiddenCell, Protection, Rounded
from bearwitness.model.claims import Language

# Longer lists are cut in the terminal; the JSON document has all of them.
MOST_SHOWN: Final = 40


def _say(language: Language, key: str, **values: object) -> str:
    return TABLE_STRINGS[key][0 if language == "en" else 1].format(**values)


def print_protection(
    console: Console, found: Protection, language: Language, *, cells: int, release: str, limit: float
) -> None:
    """Print what was found of a table, the verdict first."""
    if found.safe and not found.hide:
        console.print(Text(f"✓ {_say(language, 'table_open')}", style="bold green"))
    elif found.safe:
        words = _say(language, "table_safe", n=len(found.hide), all=cells, limit=format_share(limit))
        console.print(Text(f"✓ {words}", style="bold green"))
    else:
        console.print(Text(f"✕ {_say(language, 'table_refused')}", style="bold red"))
        if "nothing_left" in found.notes:
            console.print(_say(language, "table_nothing_left"))
    if found.unsafe:
        console.print(Text(_say(language, "table_unsafe_cells"), style="bold"))
        _print_rows(console, language, ("table_cell", "table_risk", "table_candidates"), [
            (" ".join(t.within or (t.cell,)), format_share(t.risk, limit=limit), f"{t.candidates:,.1f}")
            for t in found.unsafe
        ])  # fmt: skip
    _print_primary(console, found, language, limit)
    if found.safe and found.hide:
        _print_hidden(console, found, language, release)
        for choice in found.alternatives[:1]:
            console.print(f"{_say(language, 'table_others')}: {len(found.alternatives)} ({choice.cost:,.0f} …)")
    for rounded in found.rounded:
        verdict = _say(language, _verdict(rounded))
        console.print(_say(language, "table_rounded", base=rounded.base, verdict=verdict))
    _print_notes(console, found, language)


def _print_primary(console: Console, found: Protection, language: Language, limit: float) -> None:
    if not found.primary:
        return
    console.print(Text(_say(language, "table_primary"), style="bold"))
    heads = ("table_cell", "table_left", "table_why", "table_risk", "table_candidates")
    _print_rows(console, language, heads, [
        (
            p.cell, f"{p.left:,}", ", ".join(_say(language, f"table_{w}") for w in p.why),
            format_share(p.risk, limit=limit), f"{p.candidates:,.1f}",
        )
        for p in found.primary
    ])  # fmt: skip


def _print_hidden(console: Console, found: Protection, language: Language, release: str) -> None:
    console.print(Text(_say(language, "table_hidden"), style="bold"))
    primary = {p.cell for p in found.primary}
    rows = []
    for hidden in found.hidden:
        own = hidden.release == release
        why = "" if not own or hidden.cell in primary else _say(language, "table_complement")
        rows.append((hidden.cell if own else f"{hidden.release}/{hidden.cell}", _range(hidden, language), why))
    _print_rows(console, language, ("table_cell", "table_range", "table_why"), rows)
    key = "table_proved" if found.proved else "table_not_proved"
    console.print(_say(language, key, cost=f"{found.cost:,.0f}", bound=f"{found.bound:,.0f}"))


def _range(hidden: HiddenCell, language: Language) -> str:
    high = _say(language, "table_no_end") if hidden.high is None else f"{hidden.high:,}"
    return f"{hidden.low:,} – {high}"


def _verdict(rounded: Rounded) -> str:
    if not rounded.figures:
        return "table_rounded_none"
    return "table_rounded_safe" if rounded.safe else "table_rounded_unsafe"


def _print_notes(console: Console, found: Protection, language: Language) -> None:
    kinds = [a.kind for a in found.attributes]
    if kinds:
        console.print(_say(language, "table_attributes", none=kinds.count("none"), all=kinds.count("all")))
    if found.accounts_counted:
        console.print(_say(language, "table_accounts", n=found.accounts_counted))
    for note in found.notes:
        if note not in {"nothing_left", "not_proved"}:
            console.print(_say(language, f"table_{note}"))


def _print_rows(
    console: Console, language: Language, heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]
) -> None:
    table = Table(*(_say(language, h) for h in heads), box=None, pad_edge=False)
    for row in rows[:MOST_SHOWN]:
        table.add_row(*(Text(cell) for cell in row))
    console.print(table)
    if len(rows) > MOST_SHOWN:
        console.print(f"… +{len(rows) - MOST_SHOWN:,}")
