"""What the commands do: read the files, call one service, write or print the result."""

from __future__ import annotations

import argparse
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

from bearwitness.cli.figures import show_line
from bearwitness.cli.printing import output, print_assessment_json, print_report
from bearwitness.documents.files import write_atomically
from bearwitness.errors import NotSafe, UsageError
from bearwitness.services.assess import assess
from bearwitness.services.drafts import count_carried
from bearwitness.services.inputs import Inputs, read_inputs
from bearwitness.services.rewrite import rewrite

if TYPE_CHECKING:
    from bearwitness.model.claims import Language
    from bearwitness.services.unlocked import Unlocked


def run_assess(options: argparse.Namespace) -> int:
    """``bearwitness assess``: print the report or its JSON, write the page; the exit status says whether it is safe."""
    inputs = command_inputs(options)
    if options.vault_case is not None:
        from bearwitness.services.release_desk import assess_with_vault

        with vault_of(options) as vault:
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
            print_assessment_json(found)
        else:
            print_report(found, options.language)
            _print_beside(inputs, options.language or found.language)
            if options.html is not None:
                label = "보고서" if (options.language or found.language) == "ko" else "Report"
                print(f"{label}: {show_line(options.html)}")
    return 0 if found.safe else NotSafe.status


def _print_beside(inputs: Inputs, language: Language) -> None:
    """That a draft's file holds more than the text that was assessed: it must not leave in place of the text."""
    carried = count_carried(inputs.file)
    if carried:
        from bearwitness.cli.file_report import Report, print_unjudged

        print_unjudged(Report(), carried, language)


def run_rewrite(options: argparse.Namespace) -> int:
    """``bearwitness rewrite``: write the changed draft, which was assessed again and is safe, or nothing."""
    inputs = command_inputs(options)
    if options.vault_case is not None:
        from bearwitness.services.release_desk import rewrite_with_vault

        with vault_of(options) as vault:
            found = rewrite_with_vault(
                vault, options.vault_case, inputs.draft, inputs.policy, decisions=inputs.decisions
            )
    else:
        found = rewrite(inputs.draft, inputs.case, inputs.ledger, inputs.policy, decisions=inputs.decisions)
    # The forms of a record, by which the written file is searched, take a while to load.
    from bearwitness.services.releasing import write_released

    write_released(
        options.output, inputs.file, found.edits, case=inputs.case, decisions=inputs.decisions, images=options.images,
        forbidden=inputs.paths, replace=options.force,
    )  # fmt: skip
    with output():
        if options.json:
            print_assessment_json(found.after)
        else:
            print_report(found.after, options.language)
            print(show_line(options.output))
    return 0


def vault_of(options: argparse.Namespace) -> AbstractContextManager[Unlocked]:
    """The vault that a command names, unlocked for as long as the block lasts."""
    from bearwitness.cli.secrets import Secrets
    from bearwitness.cli.vault.opening import unlocked

    return unlocked(options, Secrets(options.passphrase_fd))


def command_inputs(options: argparse.Namespace) -> Inputs:
    """The files that a command names, read; refuses what does not go together."""
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
