"""What the commands do: read the files, call one service, write or print the result."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, Final

from bearwitness.documents.files import write_atomically
from bearwitness.errors import NotSafe, UsageError
from bearwitness.release.report_document import assessment_document
from bearwitness.services.assess import assess
from bearwitness.services.inputs import Inputs, read_inputs
from bearwitness.services.rewrite import rewrite

if TYPE_CHECKING:
    from bearwitness.model.assessment import Assessment
    from bearwitness.model.claims import Language
    from bearwitness.services.unlocked import Unlocked

# Lines are folded at this width where the output is not a terminal, so that a saved report looks the same anywhere.
WIDTH_OF_FILES: Final = 100


def run_assess(options: argparse.Namespace) -> int:
    """``bearwitness assess``: print the report or its JSON, write the page; the exit status says whether it is safe."""
    inputs = _inputs(options)
    if options.vault_case is not None:
        from bearwitness.services.release_desk import assess_with_vault

        with _vault(options) as vault:
            found = assess_with_vault(
                vault, options.vault_case, inputs.draft, inputs.policy, decisions=inputs.decisions
            )
    else:
        found = assess(inputs.draft, inputs.case, inputs.ledger, inputs.policy, decisions=inputs.decisions)
    if options.html is not None:
        from bearwitness.cli.report.page import render_page

        page = render_page(found, language=options.language or found.language)
        write_atomically(options.html, page, forbidden=inputs.paths, replace=options.force)
    with output():
        if options.json:
            _print_json(found)
        else:
            print_report(found, options.language)
            if options.html is not None:
                print(f"{'보고서' if (options.language or found.language) == 'ko' else 'Report'}: {options.html}")
    return 0 if found.safe else NotSafe.status


def run_rewrite(options: argparse.Namespace) -> int:
    """``bearwitness rewrite``: write the changed draft, which was assessed again and is safe, or nothing."""
    inputs = _inputs(options)
    if options.vault_case is not None:
        from bearwitness.services.release_desk import rewrite_with_vault

        with _vault(options) as vault:
            found = rewrite_with_vault(
                vault, options.vault_case, inputs.draft, inputs.policy, decisions=inputs.decisions
            )
    else:
        found = rewrite(inputs.draft, inputs.case, inputs.ledger, inputs.policy, decisions=inputs.decisions)
    write_atomically(options.output, found.text, forbidden=inputs.paths, replace=options.force)
    with output():
        if options.json:
            _print_json(found.after)
        else:
            print_report(found.after, options.language)
            print(options.output)
    return 0


def _vault(options: argparse.Namespace) -> AbstractContextManager[Unlocked]:
    from bearwitness.cli.secrets import Secrets
    from bearwitness.cli.vault.opening import unlocked

    return unlocked(options, Secrets(options.passphrase_fd))


def _inputs(options: argparse.Namespace) -> Inputs:
    if options.vault_case is not None and (options.case or options.ledger):
        raise UsageError(
            "record and ledger come from the vault or from files, not from both.", hint="Leave out --in, or the files."
        )
    outputs = [o for o in (getattr(options, "html", None), getattr(options, "output", None)) if o is not None]
    if any(str(o) == "-" for o in outputs):
        raise UsageError("an output has to be a file.", hint="Name a file that does not exist yet.")
    return read_inputs(
        options.draft, case=options.case, ledger=options.ledger, policy=options.policy, decisions=options.decisions
    )


@contextmanager
def output() -> Iterator[None]:
    """Print; where the reader of our output goes away (``| head``), the exit status still tells the verdict."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        # Whatever Python still flushes at its end must not fail again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _print_json(found: Assessment) -> None:
    json.dump(assessment_document(found), sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")


def print_report(found: Assessment, language: Language | None) -> None:
    """The report in the terminal, in a language or in that of the draft."""
    from rich.console import Console

    from bearwitness.cli.terminal import print_assessment

    class Report(Console):
        """A console that does not decide the exit status."""

        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    console = Report(width=None if sys.stdout.isatty() else WIDTH_OF_FILES, highlight=False)
    print_assessment(console, found, language=language or found.language)
