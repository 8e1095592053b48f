"""Runs one command of the vault, and prints what it answers."""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from typing import Final

from bearwitness.cli.secrets import Secrets

# The first word of a command -> the module with its functions; ``case grant`` is ``people.case_grant``.
_MODULES: Final = {
    "init": "people", "member": "people", "case": "people", "testimony": "records", "act": "records",
    "attach": "records", "search": "records", "consent": "records", "import": "transfer", "export": "transfer",
    "vault": "keeping", "recovery": "keeping", "audit": "keeping", "release": "releases", "review": "review",
}  # fmt: skip
# Names that something else has in these modules.
_TAKEN: Final = frozenset({"import", "vault_check", "review_acts", "review_agreement"})


def run_vault_command(options: argparse.Namespace) -> int:
    """Run the command that the options name; its exit status."""
    from bearwitness.cli.plain_output import print_answer
    from bearwitness.cli.printing import output
    from bearwitness.cli.result_document import document

    module = importlib.import_module(f"bearwitness.cli.vault.{_MODULES[options.words.split()[0]]}")
    name = options.words.replace(" ", "_")
    run = getattr(module, f"{name}_" if name in _TAKEN else name)
    answer = run(options, Secrets(options.passphrase_fd))
    with output():
        plain = document(answer.value)
        if options.json:
            json.dump({"command": options.words, "answer": plain}, sys.stdout, ensure_ascii=False, indent=2)
            sys.stdout.write("\n")
        else:
            print_answer(plain, said=answer.said, drawn=answer.drawn)
    return int(answer.status)
