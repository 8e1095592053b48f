"""Commands about accounts, acts, files, search and consent."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from bearwitness.cli.secrets import Secrets
from bearwitness.cli.vault.answers import Answer, ConsentShown, TestimonyShown, Use
from bearwitness.cli.vault.opening import unlocked
from bearwitness.documents.files import read_text
from bearwitness.errors import RecordError, UsageError
from bearwitness.release.consent import PURPOSES
from bearwitness.release.selection import select_for
from bearwitness.services import attachments, intake, withdrawal
from bearwitness.services.search import search as find
from bearwitness.vault.rows import CONTENT


def testimony_add(options: argparse.Namespace, secrets: Secrets) -> Answer:
    """``testimony add``."""
    plain: dict[str, Any] = {
        "id": options.id, "teller": options.teller, "language": options.language, "told": options.told,
        "directness": options.directness, "text": read_text(options.text, kind=RecordError), "acts": options.act,
        "chain": [_hop(word) for word in options.hop], "collected_by": options.collected_by,
    }  # fmt: skip
    with unlocked(options, secrets) as vault:
        return Answer(intake.add_testimony(vault, options.case, _given(plain)), "The account is taken.")


def _hop(word: str) -> dict[str, Any]:
    """``ahn-mother>carrier:in_person`` as a link of a chain."""
    people, colon, medium = word.partition(":")
    teller, arrow, hearer = people.partition(">")
    if not (colon and arrow and teller and hearer and medium):
        raise UsageError("a hop does not have the form it must have.", hint="Write TELLER>HEARER:MEDIUM.")
    return {"teller": teller, "hearer": hearer, "medium": medium}


def _given(plain: dict[str, Any]) -> dict[str, Any]:
    """Without what was left out."""
    return {key: value for key, value in plain.items() if value not in (None, [], "")}


def testimony_show(options: argparse.Namespace, secrets: Secrets) -> Answer:
    """``testimony show``."""
    with unlocked(options, secrets) as vault:
        account, files, consents = intake.show_testimony(vault, options.case, options.id)
    return Answer(TestimonyShown(testimony=account, attachments=files, consents=consents))


def testimony_withdraw(options: argparse.Namespace, secrets: Secrets) -> Answer:
    """``testimony withdraw``."""
    _check_sure(options)
    with unlocked(options, secrets) as vault:
        done = withdrawal.withdraw_testimony(vault, options.case, options.id)
    return Answer(done, _destroyed())


def consent_withdraw(options: argparse.Namespace, secrets: Secrets) -> Answer:
    """``consent withdraw``."""
    _check_sure(options)
    with unlocked(options, secrets) as vault:
        done = withdrawal.withdraw_consent(vault, options.case, options.id)
    return Answer(done, _destroyed() if done.destroyed else "Blocked from now on.")


def _destroyed() -> str:
    return (
        "Destroyed here. Not within reach: what is listed as left below, backups of the keys until they are replaced, "
        "and what a disk keeps of overwritten places."
    )


def _check_sure(options: argparse.Namespace) -> None:
    if options.yes:
        return
    if not sys.stdin.isatty() or options.passphrase_fd is not None:
        raise UsageError("this destroys records for good.", hint="Say so with --yes.")
    if input(f"This cannot be undone. Type {options.id} to go on: ").strip() != options.id:
        raise UsageError("nothing was destroyed.", hint="Type the id exactly.")


def act_add(options: argparse.Namespace, secrets: Secrets) -> Answer:
    """``act add``."""
    with unlocked(options, secrets) as vault:
        made = intake.add_act(vault, options.case, _act({"id": options.id}, options), options.testimony)
    return Answer(made, "The act is added.")


def act_code(options: argparse.Namespace, secrets: Secrets) -> Answer:
    """``act code``."""
    with unlocked(options, secrets) as vault:
        return Answer(intake.code_act(vault, options.case, options.id, _act({}, options)), "Coded.")


def _act(plain: dict[str, Any], options: argparse.Namespace) -> dict[str, Any]:
    return _given({
        **plain, "kind": options.kind, "household": options.household, "victims": options.victim,
        "date": options.date, "place": options.place, "perpetrator": options.perpetrator,
        "because_of": options.because_of, "count": options.count, "ordinal": options.ordinal,
    })  # fmt: skip


def act_list(options: argparse.Namespace, secrets: Secrets) -> Answer:
    """``act list``."""
    with unlocked(options, secrets) as vault:
        return Answer(intake.use_case(vault, options.case, action="act.list", needs=CONTENT).case.acts)


def attach_add(options: argparse.Namespace, secrets: Secrets) -> Answer:
    """``attach add``."""
    with unlocked(options, secrets) as vault:
        made = attachments.add_attachment(vault, options.case, options.file, testimony=options.testimony)
    return Answer(made, "The file is taken in. The original was only read; delete it safely yourself.")


def attach_verify(options: argparse.Namespace, secrets: Secrets) -> Answer:
    """``attach verify``."""
    with unlocked(options, secrets) as vault:
        return Answer(attachments.verify_attachment(vault, options.case, options.id), "It is what was taken in.")


def attach_extract(options: argparse.Namespace, secrets: Secrets) -> Answer:
    """``attach extract``."""
    with unlocked(options, secrets) as vault:
        found = attachments.extract_attachment(
            vault, options.case, options.id, options.output, replace_file=options.force
        )
    return Answer(found, f"Written to {options.output}, in clear.")


def search(options: argparse.Namespace, secrets: Secrets) -> Answer:
    """``search``."""
    with unlocked(options, secrets) as vault:
        found = find(vault, options.text, case=options.case)
    return Answer(found, "" if found else "Nothing of what you may read holds these words.")


def consent_show(options: argparse.Namespace, secrets: Secrets) -> Answer:
    """``consent show``."""
    with unlocked(options, secrets) as vault:
        found = intake.use_case(vault, options.case, action="consent.show", needs=("chain", "content"))
        uses = []
        for purpose in PURPOSES:
            chosen = select_for(found.case, purpose, vault.today())
            kept = tuple(w for w in chosen.withheld if w.kind == "testimony")
            uses.append(Use(purpose=purpose, usable=len(chosen.case.testimonies), withheld=kept))
    return Answer(ConsentShown(consents=found.case.consents, uses=tuple(uses)))
