"""The commands of the vault put into a parser."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from bearwitness.cli.vault.options import COMMANDS, GROUPS


def add_where(command: argparse.ArgumentParser) -> None:
    """Which vault, who, and where the passphrase comes from."""
    command.add_argument(
        "--vault", metavar="WHERE", help="a folder, or postgresql://HOST/DATABASE (default: BEARWITNESS_VAULT, or a "
        "folder of your own data)",
    )  # fmt: skip
    command.add_argument("--member", metavar="ID", help="who you are (default: who worked here last)")
    command.add_argument(
        "--passphrase-fd", metavar="N", type=int, help="an open file descriptor that gives passphrases, one a line"
    )
    command.add_argument("--files", metavar="FOLDER", type=Path, help="where a database's sealed attachments lie")


def add_commands(commands: Any, parser_class: type[argparse.ArgumentParser]) -> None:
    """Add every command of the vault to the parser's commands."""
    groups: dict[str, Any] = {}
    for command in COMMANDS:
        first, _, second = command.words.partition(" ")
        under = commands
        if second:
            if first not in groups:
                group = commands.add_parser(first, help=GROUPS[first])
                groups[first] = group.add_subparsers(
                    dest="step", required=True, metavar="STEP", parser_class=parser_class
                )
            under = groups[first]
        parser = under.add_parser(second or first, help=command.help, description=command.help)
        parser.set_defaults(words=command.words)
        for option in command.options:
            names = ("-o", option.name) if option.name == "--output" else (option.name,)
            parser.add_argument(*names, help=option.help, **option.more)
        parser.add_argument("--json", action="store_true", help="print one JSON document")
        add_where(parser)
