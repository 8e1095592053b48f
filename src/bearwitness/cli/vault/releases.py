"""Commands of the release desk."""

from __future__ import annotations

import argparse

from bearwitness.cli.secrets import Secrets
from bearwitness.cli.vault.answers import Answer, LedgerShown
from bearwitness.cli.vault.opening import unlocked
from bearwitness.data.load import load_place_tree, load_vocabulary
from bearwitness.documents.files import read_text, write_atomically
from bearwitness.errors import DecisionsError, DraftError, LedgerError, NotSafe, PolicyError
from bearwitness.model.codec import load_decisions, load_ledger, load_policy
from bearwitness.model.publication import Decisions, Policy
from bearwitness.services import release_desk


def read_policy(options: argparse.Namespace) -> Policy | None:
    """The policy file of a command, if it names one."""
    path = options.policy
    return load_policy(read_text(path, kind=PolicyError), name=str(path)) if path else None


def read_decisions(options: argparse.Namespace) -> Decisions | None:
    """The decisions file of a command, if it names one."""
    path = options.decisions
    return load_decisions(read_text(path, kind=DecisionsError), name=str(path)) if path else None


def release_draft(options: argparse.Namespace, secrets: Secrets) -> Answer:
    """``release draft``."""
    text = read_text(options.text, kind=DraftError)
    policy, decisions = read_policy(options), read_decisions(options)
    with unlocked(options, secrets) as vault:
        found = release_desk.draft_release(vault, options.case, text, policy, decisions)
    return Answer(found, "The draft is on the desk.")


def release_assess(options: argparse.Namespace, secrets: Secrets) -> Answer:
    """``release assess``: the report goes to the terminal above the answer; the exit status tells the verdict."""
    with unlocked(options, secrets) as vault:
        found, view = release_desk.assess_release(vault, options.case, options.draft)
    if not options.json:
        from bearwitness.cli.printing import print_report

        print_report(found, None)
    return Answer(view, status=0 if found.safe else NotSafe.status)


def release_vote(options: argparse.Namespace, secrets: Secrets) -> Answer:
    """``release vote``."""
    with unlocked(options, secrets) as vault:
        found = release_desk.vote_on_release(
            vault, options.case, options.draft, approves=options.answer == "approve", reason=options.reason
        )
    return Answer(found, "Your vote is signed.")


def release_publish(options: argparse.Namespace, secrets: Secrets) -> Answer:
    """``release publish``: the text is written once the ledger has it."""
    with unlocked(options, secrets) as vault:
        text, found = release_desk.publish_release(
            vault, options.case, options.draft, recipients=tuple(options.recipient), title=options.title
        )
    write_atomically(options.output, text, replace=options.force)
    return Answer(found, f"It may leave: {options.output}.")


def release_withdraw(options: argparse.Namespace, secrets: Secrets) -> Answer:
    """``release withdraw``."""
    with unlocked(options, secrets) as vault:
        found = release_desk.withdraw_release(vault, options.case, options.draft, reason=options.reason)
    return Answer(found, "Taken back. Tell those who have it; the ledger keeps it, for it was read.")


def release_list(options: argparse.Namespace, secrets: Secrets) -> Answer:
    """``release list``."""
    with unlocked(options, secrets) as vault:
        return Answer(release_desk.list_releases(vault, options.case))


def release_ledger(options: argparse.Namespace, secrets: Secrets) -> Answer:
    """``release ledger``."""
    path = options.add
    more = None
    if path:
        text = read_text(path, kind=LedgerError)
        more = load_ledger(text, name=str(path), tree=load_place_tree(), vocabulary=load_vocabulary())
    with unlocked(options, secrets) as vault:
        entered = release_desk.add_to_ledger(vault, options.case, more) if more is not None else 0
        return Answer(LedgerShown(entered=entered, ledger=release_desk.show_ledger(vault, options.case)))
