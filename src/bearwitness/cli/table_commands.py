"""The command about tables of counts."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date

from bearwitness.cli.document_commands import record_of
from bearwitness.cli.printing import output
from bearwitness.disclosure.counts_findings import Protection
from bearwitness.disclosure.counts_world import Rules
from bearwitness.documents.files import write_atomically
from bearwitness.errors import NotSafe, UsageError
from bearwitness.model.codec import dump_ledger
from bearwitness.model.publication import Policy
from bearwitness.services.counts import enter_table, figures_of, protect_counts, read_table
from bearwitness.services.inputs import read_inputs


def run_table(options: argparse.Namespace) -> int:
    """``bearwitness release table``: what may be printed; status 3, and nothing written, where it is not safe."""
    _check(options)
    inputs = read_inputs(None, case=options.case, ledger=options.ledger, policy=options.policy)
    case, ledger = record_of(options, inputs)
    policy = inputs.policy or Policy()
    sheet = read_table(options.file, case, as_of=_day(options.as_of))
    base = options.base or 0
    found = protect_counts(
        sheet, case, ledger, policy, release=options.release, rules=Rules(least=options.least),
        bases=(base,) if base else (),
    )  # fmt: skip
    safe = _is_safe(found, base)
    if safe:
        figures = figures_of(sheet, found, base=base)
        forbidden = (options.file, *inputs.paths)
        if options.output is not None:
            write_atomically(options.output, sheet.written(figures), forbidden=forbidden, replace=options.force)
        if options.enter is not None:
            entered = enter_table(
                ledger, sheet, figures, release=options.release, outlet=options.outlet or policy.outlet,
                published=policy.published or date.today(), title=options.title, base=base,
            )  # fmt: skip
            write_atomically(options.enter, dump_ledger(entered), forbidden=forbidden, replace=options.force)
    with output():
        if options.json:
            from bearwitness.cli.result_document import document

            json.dump({"command": options.words, "answer": document(found)}, sys.stdout, ensure_ascii=False, indent=2)
            sys.stdout.write("\n")
        else:
            from bearwitness.cli.file_report import Report
            from bearwitness.cli.table_report import print_protection

            print_protection(
                Report(), found, options.language or "en", cells=len(sheet.table.cells), release=options.release,
                limit=policy.threshold,
            )  # fmt: skip
    written = options.output is not None or options.enter is not None
    unchanged = found.safe and not found.hide
    return 0 if safe and (written or unchanged) else NotSafe.status


def _is_safe(found: Protection, base: int) -> bool:
    return found.safe if not base else any(r.base == base and r.safe for r in found.rounded)


def _check(options: argparse.Namespace) -> None:
    if options.vault_case is not None and (options.case or options.ledger):
        raise UsageError(
            "record and ledger come from the vault or from files, not from both.", hint="Leave out --in, or the files."
        )
    if options.least < 1:
        raise UsageError("the least count that may be printed is at least 1.", hint="Such as --least 3.")
    if options.enter is not None and not options.outlet.strip() and options.policy is None:
        raise UsageError("an entry of the ledger needs its outlet.", hint="Say where it appears with --outlet.")


def _day(written: str | None) -> date | None:
    if written is None:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise UsageError("the day of --as-of is none.", hint="Write it as 2024-02-05.") from None
