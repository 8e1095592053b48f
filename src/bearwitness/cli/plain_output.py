"""Prints what a command of the vault answers: a table for a list of things, a line for each key of one thing."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import Any, Final

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bearwitness.cli.printing import WIDTH_OF_FILES

# More columns than this are no table any more but a list of things, one below the other.
_MOST_COLUMNS: Final = 6


def print_answer(answer: Any, *, said: str = "", drawn: str = "") -> None:
    """Print an answer, given as plain JSON values, in as many columns as the terminal has.

    Parameters
    ----------
    answer
        From ``result_document.document``.
    said : str
        What was done, in a line above.
    drawn : str
        Lines that are printed below it as they are.
    """
    console = Console(width=None if sys.stdout.isatty() else WIDTH_OF_FILES, highlight=False)
    if said:
        console.print(Text(said, style="bold"))
    if drawn:
        sys.stdout.write(f"{drawn}\n\n")
    _print(console, answer, 0)


def _print(console: Console, value: Any, depth: int) -> None:
    if isinstance(value, list) and value and all(isinstance(v, dict) for v in value):
        columns = list(dict.fromkeys(key for v in value for key in v))
        if len(columns) <= _MOST_COLUMNS and all(_is_short(v) for row in value for v in row.values()):
            console.print(_table(columns, value))
            return
        for at, one in enumerate(value):
            if at:
                console.print()
            _print(console, one, depth)
    elif isinstance(value, Mapping):
        _print_keys(console, value, depth)
    elif isinstance(value, list):
        for one in value:
            console.print(Text("  " * depth + _words(one)))
    elif value is not None:
        console.print(Text("  " * depth + _words(value)))


def _print_keys(console: Console, value: Mapping[str, Any], depth: int) -> None:
    width = max((len(key) for key in value), default=0)
    for key, held in value.items():
        name = key.replace("_", " ")
        if _is_short(held):
            words = _words(held)
            if words:
                console.print(Text("  " * depth + f"{name:<{width}}  {words}"), soft_wrap=False)
        elif held:
            console.print(Text("  " * depth + name, style="dim"))
            _print(console, held, depth + 1)


def _is_short(value: Any) -> bool:
    return not isinstance(value, Mapping) and not (
        isinstance(value, list) and any(isinstance(v, Mapping | list) for v in value)
    )


def _words(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(_words(v) for v in value)
    return "" if value is None else str(value)


def _table(columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> Table:
    table = Table(box=SIMPLE_HEAD, padding=(0, 1), show_edge=False)
    for name in columns:
        table.add_column(name.replace("_", " "), overflow="fold")
    for row in rows:
        table.add_row(*(Text(_words(row.get(name))) for name in columns))
    return table
