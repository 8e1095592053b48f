"""Prints an assessment: the report for people, the document for programs; a reader who goes away changes nothing."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from bearwitness.release.report_document import assessment_document

if TYPE_CHECKING:
    from bearwitness.model.assessment import Assessment
    from bearwitness.model.claims import Language

# Lines are folded at this width where the output is not a terminal, so that a saved report looks the same anywhere.
WIDTH_OF_FILES: Final = 100


@contextmanager
def output() -> Iterator[None]:
    """Print; where the reader of our output goes away (``| head``), the exit status still tells the verdict."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        # Whatever Python still flushes at its end must not fail again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def print_assessment_json(found: Assessment) -> None:
    """The assessment as one JSON document."""
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
