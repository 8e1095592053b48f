"""The command about data sets."""

from __future__ import annotations

import argparse
import json
import sys

from bearwitness.cli.printing import output
from bearwitness.errors import NotSafe
from bearwitness.services.dataset import DatasetDesk


def run_dataset(options: argparse.Namespace) -> int:
    """``bearwitness release dataset``: what rows give away, and the safe table; status 3 where nothing safe is there.

    Without an output the status is 0 only if the table is safe as it stands.
    """
    desk = DatasetDesk(options.file, options.roles, k=options.k, suppress=options.suppress)
    plan, best = desk.plan(fraction=options.fraction)
    if options.output is not None:
        desk.write(options.output, best, replace=options.force)
    with output():
        if options.json:
            from bearwitness.cli.result_document import document

            json.dump({"command": options.words, "answer": document(plan)}, sys.stdout, ensure_ascii=False, indent=2)
            sys.stdout.write("\n")
        else:
            from bearwitness.cli.dataset_report import print_plan
            from bearwitness.cli.file_report import Report

            print_plan(Report(), plan, options.language or "en")
    return 0 if plan.safe or options.output is not None else NotSafe.status
