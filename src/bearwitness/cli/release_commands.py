"""Commands about releases that need no vault: they take files, or record and ledger of a vault's case."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from bearwitness.cli.commands import command_inputs
from bearwitness.cli.document_commands import record_of
from bearwitness.cli.figures import show_line
from bearwitness.cli.file_report import Report, print_unjudged
from bearwitness.cli.jigsaw_report import print_jigsaw
from bearwitness.cli.printing import output
from bearwitness.cli.result_document import document
from bearwitness.cli.series_report import print_series
from bearwitness.errors import NotSafe, UsageError
from bearwitness.services.drafts import count_carried, read_draft_file
from bearwitness.services.jigsaw import find_jigsaw
from bearwitness.services.series import check_number, plan_series
from bearwitness.services.series_rewriting import rewrite_series, write_series
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


def run_series(options: argparse.Namespace) -> int:
    """``bearwitness release series``: the least change of drafts that belong together; status 3 where one is needed.

    With an output the drafts are changed, read again together and written, or nothing is.
    """
    check_number(len(options.drafts))
    inputs = command_inputs(argparse.Namespace(**vars(options), draft=None))
    case, ledger = record_of(options, inputs)
    files = [read_draft_file(path) for path in options.drafts]
    texts = [file.text for file in files]
    written: tuple[Path, ...] = ()
    if options.output is None:
        found = plan_series(texts, case, ledger, inputs.policy, decisions=inputs.decisions)
    else:
        changed = rewrite_series(texts, case, ledger, inputs.policy, decisions=inputs.decisions)
        found, pairs = changed.after, list(zip(options.drafts, files, strict=True))
        written = write_series(
            options.output, pairs, changed, case=case, decisions=inputs.decisions, images=options.images
        )
    with output():
        if options.json:
            json.dump({"command": options.words, "answer": document(found)}, sys.stdout, ensure_ascii=False, indent=2)
            sys.stdout.write("\n")
        else:
            language = options.language or found.drafts[0].language
            print_series(Report(), found, [str(path) for path in options.drafts], language)
            carried = 0 if written else sum(count_carried(file) for file in files)
            if carried:
                print_unjudged(Report(), carried, language)
            for path in written:
                print(show_line(path))
    return 0 if found.safe else NotSafe.status
