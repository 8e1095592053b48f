"""Commands about releases that need no vault: they take files, or record and ledger of a vault's case."""

from __future__ import annotations

import argparse
import json
import sys

from bearwitness.cli.commands import command_inputs
from bearwitness.cli.document_commands import record_of
from bearwitness.cli.file_report import Report
from bearwitness.cli.jigsaw_report import print_jigsaw
from bearwitness.cli.printing import output
from bearwitness.cli.result_document import document
from bearwitness.errors import NotSafe, UsageError
from bearwitness.services.jigsaw import find_jigsaw
from bearwitness.text.languages import detect_language


def run_jigsaw(options: argparse.Namespace) -> int:
    """``bearwitness release jigsaw``: which sentences identify a family together; status 3 where any do."""
    inputs = command_inputs(options)
    case, ledger = record_of(options, inputs)
    if not inputs.draft and not (ledger and ledger.entries):
        raise UsageError("there is nothing to put together.", hint="Give a draft, a ledger, or both.")
    found = find_jigsaw(inputs.draft or None, case, ledger, inputs.policy, decisions=inputs.decisions)
    with output():
        if options.json:
            json.dump({"command": options.words, "answer": document(found)}, sys.stdout, ensure_ascii=False, indent=2)
            sys.stdout.write("\n")
        else:
            print_jigsaw(Report(), found, options.language or detect_language(inputs.draft))
    return 0 if found.safe else NotSafe.status
