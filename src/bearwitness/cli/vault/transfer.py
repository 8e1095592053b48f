"""Commands that bring in and give out, check, back up and recover, and look at the trail."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bearwitness.cli.secrets import Secrets
from bearwitness.cli.vault.answers import Answer
from bearwitness.cli.vault.opening import unlocked
from bearwitness.services.exporting import export_case
from bearwitness.services.importing import import_file


def import_(options: argparse.Namespace, secrets: Secrets) -> Answer:
    """``import``."""
    with unlocked(options, secrets) as vault, progress("importing") as report:
        done = import_file(
            vault, options.file, into=options.into, name=options.name, table=options.table, report=report
        )
    return Answer(done, "Went on where it had stopped; all is in." if done.resumed else "All is in.")


def export(options: argparse.Namespace, secrets: Secrets) -> Answer:
    """``export``."""
    with unlocked(options, secrets) as vault:
        done = export_case(
            vault, options.case, options.output, purpose=options.purpose, recipient=options.recipient,
            form=options.format, table=options.table, age_recipients=options.to, replace_file=options.force,
        )  # fmt: skip
    clear = "encrypted to the keys given" if options.to else "in clear: guard it, and delete it safely"
    return Answer(done, f"Written to {options.output}, {clear}.")


@contextmanager
def progress(what: str) -> Iterator[Callable[[int, int], None] | None]:
    """A bar on the terminal's error stream; nothing where that is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
