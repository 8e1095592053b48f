"""The page of all commands, written from the parser, so that it cannot drift."""

from __future__ import annotations

import argparse
import inspect
from collections.abc import Iterator

from bearwitness import errors
from bearwitness.cli.main import INTERNAL, INTERRUPTED, build_parser

_HEAD = """# Commands

Generated from the program by `python3 dev.py docs`; do not edit.
"""


def commands_page() -> str:
    """docs/reference/commands.md."""
    parser = build_parser()
    parts = [_HEAD, (parser.description or "") + "\n"]
    for words, command in commands_of(parser):
        about = [f"{command.description}\n"] if command.description else []
        parts += [f"## bearwitness {words}\n", *about, *_options(command)]
    parts.append("## Exit status\n")
    parts.append("| status | meaning |\n| --- | --- |\n" + "".join(f"| {n} | {m} |\n" for n, m in _statuses()))
    return "\n".join(parts)


def commands_of(parser: argparse.ArgumentParser, before: str = "") -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Every command that does something, with its words."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, command in action.choices.items():
                inner = list(commands_of(command, f"{before}{name} "))
                yield from inner or [(f"{before}{name}", command)]


def _options(command: argparse.ArgumentParser) -> list[str]:
    rows = []
    for action in command._actions:
        if isinstance(action, argparse._HelpAction):
            continue
        words = ", ".join(action.option_strings) or str(action.metavar)
        value = "" if not action.option_strings or action.nargs == 0 else f" {action.metavar or _choices(action)}"
        rows.append(f"| `{words}{value}` | {action.help} |")
    return ["| option | meaning |\n| --- | --- |\n" + "\n".join(rows) + "\n"]


def _choices(action: argparse.Action) -> str:
    return "/".join(map(str, action.choices or ()))


def _statuses() -> list[tuple[int, str]]:
    found = {0: "done; for assess, the draft is safe"}
    for _, error in inspect.getmembers(errors, inspect.isclass):
        if issubclass(error, errors.BearwitnessError) and error is not errors.BearwitnessError:
            found[error.status] = (inspect.getdoc(error) or "").splitlines()[0]
    found[INTERNAL] = "an internal error: a fault of the program; its message holds no content of your files"
    found[INTERRUPTED] = "interrupted"
    return sorted(found.items())
