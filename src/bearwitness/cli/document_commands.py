"""The commands that work on whole files: redact a draft, check a finished file."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

from bearwitness.cli.commands import command_inputs, vault_of
from bearwitness.cli.figures import show_line
from bearwitness.cli.file_report import Report, print_carried, print_checked, print_rebuilt, print_redacted
from bearwitness.cli.printing import output
from bearwitness.errors import NotSafe
from bearwitness.model.publication import Ledger
from bearwitness.model.records import Case
from bearwitness.release.report_document import assessment_document
from bearwitness.services.check import Checked, check_file
from bearwitness.services.drafts import count_carried
from bearwitness.services.inputs import Inputs, read_inputs
from bearwitness.services.rebuilding import Rebuilt, is_media_output, rebuild_file
from bearwitness.services.redact import Redacted, redact
from bearwitness.services.releasing import write_released


def run_redact(options: argparse.Namespace) -> int:
    """``bearwitness redact``: write the draft with placeholders, read again and safe, or nothing."""
    if is_media_output(options.output):
        return _rebuild(options)
    inputs = command_inputs(options)
    case, ledger = record_of(options, inputs)
    found = redact(inputs.draft, case, ledger, inputs.policy, decisions=inputs.decisions)
    write_released(
        options.output, inputs.file, found.rounds, case=case, decisions=inputs.decisions, images=options.images,
        forbidden=inputs.paths, replace=options.force,
    )  # fmt: skip
    with output():
        if options.json:
            json.dump(redacted_document(found), sys.stdout, ensure_ascii=False, indent=2)
            sys.stdout.write("\n")
        else:
            console, language = Report(), options.language or found.after.language
            print_redacted(console, found.holes, found.taken, language)
            print_carried(console, count_carried(inputs.file), language)
            print(show_line(options.output))
    return 0


def _rebuild(options: argparse.Namespace) -> int:
    """An image or a sound alone, made anew; status 3, as nobody has looked at it or heard it."""
    found = rebuild_file(options.draft, options.output, replace=options.force)
    with output():
        if options.json:
            json.dump(rebuilt_document(found), sys.stdout, ensure_ascii=False, indent=2)
            sys.stdout.write("\n")
        else:
            print_rebuilt(Report(), found, options.language or "en")
            print(show_line(options.output))
    return NotSafe.status


def run_check(options: argparse.Namespace) -> int:
    """``bearwitness check``: what a finished file gives away; status 3 where it is not clean."""
    inputs = read_inputs(
        None, case=options.case, ledger=options.ledger, policy=options.policy, decisions=options.decisions
    )
    case, ledger = record_of(options, inputs)
    found = check_file(options.file, case, ledger, inputs.policy, decisions=inputs.decisions)
    with output():
        if options.json:
            json.dump(checked_document(found), sys.stdout, ensure_ascii=False, indent=2)
            sys.stdout.write("\n")
        else:
            language = options.language or (found.page.language if found.page else "en")
            print_checked(Report(), found, language)
    return 0 if found.clean else NotSafe.status


def record_of(options: argparse.Namespace, inputs: Inputs) -> tuple[Case | None, Ledger | None]:
    """Record and ledger, from files or from the vault."""
    if options.vault_case is None:
        return inputs.case, inputs.ledger
    from bearwitness.services.release_desk import whole_record

    with vault_of(options) as vault:
        return whole_record(vault, options.vault_case)


def redacted_document(found: Redacted) -> dict[str, Any]:
    """What ``redact --json`` prints: the holes in the draft and the assessment of what was written."""
    return {
        "bearwitness": 1,
        "holes": [{"start": h.start, "end": h.end, "role": h.role, "source": h.source} for h in found.holes],
        "taken": sorted(found.taken),
        "after": assessment_document(found.after),
    }


def rebuilt_document(found: Rebuilt) -> dict[str, Any]:
    """What ``redact --json`` prints of an image or a sound: what stayed behind, and that nobody judged the rest."""
    return {
        "bearwitness": 1,
        "form": found.form,
        "judged": False,
        "left_out": [{"kind": entry.kind, "where": entry.where} for entry in found.carried],
    }


def checked_document(found: Checked) -> dict[str, Any]:
    """What ``check --json`` prints."""
    return {
        "bearwitness": 1,
        "clean": found.clean,
        "form": found.form,
        "page": assessment_document(found.page) if found.page else None,
        "unseen": [
            {"kind": u.kind, "where": u.where, "text": u.text, "persons": list(u.persons), "passages": list(u.passages)}
            for u in found.unseen
        ],
    }
