"""The command line: parse, call one service, print."""

from __future__ import annotations

import argparse
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NoReturn

from bearwitness import __version__
from bearwitness.cli.vault.parsing import add_commands, add_where
from bearwitness.errors import BearwitnessError, UsageError

INTERNAL: Final = 70
INTERRUPTED: Final = 130


class _Parser(argparse.ArgumentParser):
    """Usage errors become ours: one line, with what to do next; arguments are not repeated, they may be content."""

    def error(self, message: str) -> NoReturn:
        missing = message.startswith("the following arguments are required")
        raise UsageError(
            f"{message}." if missing else "the command's words do not fit.",
            hint=f"See '{self.prog} --help'.",
        )


def build_parser() -> argparse.ArgumentParser:
    """The parser of all commands (docs/reference/commands.md is generated from it)."""
    parser = _Parser(
        prog="bearwitness",
        description="Who could be found from a text together with everything already public, and the least that must"
        " change before it is published.",
        epilog="Exit status: 0 done, 2 usage, 3 the release is not safe, and one for each other class of error.",
    )
    parser.add_argument("--version", action="version", version=f"bearwitness {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND", parser_class=_Parser)
    assess = commands.add_parser("assess", help="who a draft gives away, and what to change")
    _add_inputs(assess)
    assess.add_argument("--json", action="store_true", help="print one JSON document instead of the report")
    assess.add_argument("--html", metavar="OUT.html", type=Path, help="also write the report as a page")
    rewrite = commands.add_parser("rewrite", help="the draft with the least changes made, assessed again and safe")
    _add_inputs(rewrite)
    rewrite.add_argument("--json", action="store_true", help="print the assessment of the changed draft as JSON")
    redact = commands.add_parser("redact", help="the draft with placeholders for whatever points at one person")
    _add_inputs(redact, more="; or an image or a sound, to be made anew")
    redact.add_argument("--json", action="store_true", help="print what was taken out, and the assessment, as JSON")
    for command, media in ((rewrite, ""), (redact, "; .png, .jpg, .wav")):
        command.add_argument(
            "-o", "--output", metavar="OUT", type=Path, required=True,
            help=f"where to write it; the ending says in which form: .txt, .md, .docx, .odt, .pdf, .html{media}",
        )  # fmt: skip
        command.add_argument("--images", action="store_true", help="keep pictures, rebuilt from their pixels")
    check = commands.add_parser("check", help="what a finished file gives away, on its page and beside it")
    check.add_argument("file", metavar="FILE", type=Path, help="a document, an image or a sound, as it would leave")
    _add_surroundings(check)
    check.add_argument("--json", action="store_true", help="print one JSON document instead of the report")
    add_commands(commands, _Parser)
    return parser


def _add_inputs(command: argparse.ArgumentParser, *, more: str = "") -> None:
    command.add_argument(
        "draft", metavar="DRAFT", type=Path,
        help=f"the text, English or Korean: plain text in UTF-8, Markdown, DOCX, ODT, PDF or HTML{more}",
    )  # fmt: skip
    _add_surroundings(command)
    command.add_argument("--force", action="store_true", help="overwrite an output file that exists")


def _add_surroundings(command: argparse.ArgumentParser) -> None:
    command.add_argument("--case", metavar="CASE.yaml", type=Path, help="the record; without it, the text alone")
    command.add_argument("--ledger", metavar="LEDGER.yaml", type=Path, help="everything published so far")
    command.add_argument("--policy", metavar="POLICY.yaml", type=Path, help="threshold, links, what must be kept")
    command.add_argument(
        "--decisions", metavar="DECISIONS.yaml", type=Path, help="what an editor decided about unresolved forms"
    )
    command.add_argument(
        "--in", dest="vault_case", metavar="CASE", help="take record and ledger from this case of the vault"
    )
    add_where(command)
    command.add_argument("--language", choices=("en", "ko"), help="language of the report (default: the draft's)")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status; every deliberate error is one line on stderr."""
    try:
        options = build_parser().parse_args(arguments)
        # Only the command that runs is imported, and what it needs.
        from bearwitness.cli import commands

        run = {"assess": commands.run_assess, "rewrite": commands.run_rewrite}.get(options.command)
        if run is None and options.command in ("redact", "check"):
            from bearwitness.cli import document_commands

            files = {"redact": document_commands.run_redact, "check": document_commands.run_check}
            run = files[options.command]
        if getattr(options, "words", "") in ("release jigsaw", "release series"):
            from bearwitness.cli import release_commands

            run = {"jigsaw": release_commands.run_jigsaw, "series": release_commands.run_series}[options.step]
        if getattr(options, "words", "") == "release dataset":
            from bearwitness.cli.dataset_commands import run_dataset

            run = run_dataset
        if getattr(options, "words", "") == "release table":
            from bearwitness.cli.table_commands import run_table

            run = run_table
        if options.command == "estimate":
            from bearwitness.cli.vault import estimate

            run = {"acts": estimate.run_acts, "change": estimate.run_change}[options.step]
        if run is not None:
            return run(options)
        from bearwitness.cli.vault.run import run_vault_command

        return run_vault_command(options)
    except BearwitnessError as error:
        from bearwitness.cli.figures import show_line

        print(f"bearwitness: {show_line(error)}", file=sys.stderr)
        return error.status
    except KeyboardInterrupt:
        print("bearwitness: interrupted; nothing was written.", file=sys.stderr)
        return INTERRUPTED
    except Exception as error:
        # The message of an unforeseen error may hold content of the case, so only its place is told.
        place = traceback.extract_tb(error.__traceback__)[-1]
        print(
            f"bearwitness: internal error ({type(error).__name__}) in {Path(place.filename).name}:{place.lineno}; "
            "nothing was written. Please report these words; they hold no content of your files.",
            file=sys.stderr,
        )
        return INTERNAL
