"""Commands about the vault itself, its members, cases and who is in them."""

from __future__ import annotations

import argparse

from bearwitness.cli.secrets import Secrets
from bearwitness.cli.vault.answers import Answer, CaseShown, Made
from bearwitness.cli.vault.opening import place_of, unlocked
from bearwitness.services import case_access, intake, members
from bearwitness.services.unlocking import create_vault

_RECOVERY = "Nobody can open it without a passphrase: make recovery kits next (bearwitness recovery kit)."


def init(options: argparse.Namespace, secrets: Secrets) -> Answer:
    """``init``."""
    place = place_of(options)
    vault = create_vault(place, name=options.name, passphrase=secrets.ask("A new passphrase", twice=True))
    vault.close()
    made = Made(vault=place.where, organisation=vault.organisation, member=vault.member)
    return Answer(made, f"The vault is made. {_RECOVERY}")


def member_add(options: argparse.Namespace, secrets: Secrets) -> Answer:
    """``member add``."""
    with unlocked(options, secrets) as vault:
        passphrase = secrets.ask("Their passphrase, typed by them", twice=True)
        added = members.add_member(
            vault, name=options.name, passphrase=passphrase, administrator=options.administrator
        )
    return Answer(added, "Added. They are in no case until somebody grants one.")


def member_list(options: argparse.Namespace, secrets: Secrets) -> Answer:
    """``member list``."""
    with unlocked(options, secrets) as vault:
        return Answer(members.list_members(vault))


def member_revoke(options: argparse.Namespace, secrets: Secrets) -> Answer:
    """``member revoke``."""
    with unlocked(options, secrets) as vault:
        gone = members.revoke_member(vault, options.id)
    return Answer(gone, "They are out. Their cases are closed for writing until: bearwitness case renew.")


def member_passphrase(options: argparse.Namespace, secrets: Secrets) -> Answer:
    """``member passphrase``."""
    with unlocked(options, secrets) as vault:
        old = secrets.ask("The old one again")
        members.change_passphrase(vault, old=old, new=secrets.ask("A new passphrase", twice=True))
    return Answer(None, "The passphrase is changed. Older backups of the keys still open with the old one.")


def case_create(options: argparse.Namespace, secrets: Secrets) -> Answer:
    """``case create``."""
    with unlocked(options, secrets) as vault:
        made = case_access.create_case(vault, options.name)
        return Answer(case_access.view_case(vault, made), "The case is made; you hold all of it.")


def case_list(options: argparse.Namespace, secrets: Secrets) -> Answer:
    """``case list``."""
    with unlocked(options, secrets) as vault:
        return Answer(case_access.list_cases(vault))


def case_show(options: argparse.Namespace, secrets: Secrets) -> Answer:
    """``case show``."""
    with unlocked(options, secrets) as vault:
        found = intake.use_case(vault, options.case, action="case.show")
        who = case_access.view_case(vault, vault.open_case(options.case))
    return Answer(CaseShown(who=who, case=found.case, withheld=found.withheld, damaged=found.damaged))


def case_grant(options: argparse.Namespace, secrets: Secrets) -> Answer:
    """``case grant``."""
    with unlocked(options, secrets) as vault:
        return Answer(case_access.grant_case(vault, options.case, options.id, options.compartments), "Granted.")


def case_revoke(options: argparse.Namespace, secrets: Secrets) -> Answer:
    """``case revoke``."""
    with unlocked(options, secrets) as vault:
        return Answer(case_access.revoke_case(vault, options.case, options.id), "They are out; a new epoch began.")


def case_renew(options: argparse.Namespace, secrets: Secrets) -> Answer:
    """``case renew``."""
    with unlocked(options, secrets) as vault:
        return Answer(case_access.renew_case(vault, options.case), "A new epoch began.")
