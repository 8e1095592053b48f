"""Commands that check, back up and recover the vault, and look at its trail."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from bearwitness.cli.secrets import Secrets
from bearwitness.cli.vault.answers import Answer, Kits, Made
from bearwitness.cli.vault.opening import place_of, unlocked
from bearwitness.cli.vault.transfer import progress
from bearwitness.documents.files import read_text, write_atomically
from bearwitness.errors import DamagedVault, RecoveryError
from bearwitness.services import audit, backup, case_access, recovery, vault_check


def vault_check_(options: argparse.Namespace, secrets: Secrets) -> Answer:
    """``vault check``."""
    with unlocked(options, secrets) as vault, progress("checking") as report:
        found = vault_check.check_vault(vault, report)
    if found.damaged:
        return Answer(found, "Something is damaged; nothing else is hidden by it.", DamagedVault.status)
    return Answer(found, "Everything that you may read is whole.")


def vault_backup(options: argparse.Namespace, secrets: Secrets) -> Answer:
    """``vault backup``."""
    with unlocked(options, secrets) as vault:
        done = backup.backup(vault, options.folder)
    return Answer(done, "Written and read back. Keep the two apart, and replace old key archives after a withdrawal.")


def vault_restore(options: argparse.Namespace, secrets: Secrets) -> Answer:
    """``vault restore``."""
    place = place_of(options)
    # What stands in the later vault's own folder is not read: only its rows are.
    later = replace(place, where=options.later, files=None) if options.later else None
    done = backup.restore(
        place, options.data, options.keys, passphrase=lambda: secrets.ask("Your passphrase"), member=options.member,
        kits=_read(options.kit), later=later,
    )  # fmt: skip
    return Answer(done, "Restored. What was withdrawn when the keys were backed up stays destroyed.")


def recovery_kit(options: argparse.Namespace, secrets: Secrets) -> Answer:
    """``recovery kit``."""
    options.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with unlocked(options, secrets) as vault:
        texts = recovery.make_kits(vault, officers=options.officers, need=options.need)
        files = []
        for number, text in enumerate(texts, 1):
            path = options.folder / f"recovery-kit-{number}-of-{options.officers}.txt"
            write_atomically(path, text)
            files.append(str(path))
    kits = Kits(officers=options.officers, need=options.need, files=tuple(files))
    return Answer(kits, "Print each, give each to one officer, then delete the files.")


def recovery_cover(options: argparse.Namespace, secrets: Secrets) -> Answer:
    """``recovery cover``."""
    with unlocked(options, secrets) as vault:
        covered = case_access.cover_cases(vault)
    return Answer(covered, f"{len(covered)} cases are opened by the kits from now on.")


def _read(paths: list[Path]) -> list[str]:
    return [read_text(path, kind=RecoveryError) for path in paths]


def recovery_drill(options: argparse.Namespace, secrets: Secrets) -> Answer:
    """``recovery drill``."""
    with unlocked(options, secrets) as vault:
        return Answer(recovery.drill(vault, _read(options.kits)), "These kits open the recovery. No case was touched.")


def recovery_use(options: argparse.Namespace, secrets: Secrets) -> Answer:
    """``recovery use``."""
    place = place_of(options)
    vault = recovery.use(
        place, _read(options.kits), name=options.name, passphrase=secrets.ask("A new passphrase", twice=True)
    )
    vault.close()
    made = Made(vault=place.where, organisation=vault.organisation, member=vault.member)
    return Answer(made, "Recovered: a new administrator holds every case. The trail says so to everybody.")


def audit_show(options: argparse.Namespace, secrets: Secrets) -> Answer:
    """``audit show``."""
    with unlocked(options, secrets) as vault:
        return Answer(audit.show_trail(
            vault, case=options.case, member=options.by, action=options.action, last=options.last
        ))  # fmt: skip


def audit_verify(options: argparse.Namespace, secrets: Secrets) -> Answer:
    """``audit verify``."""
    with unlocked(options, secrets) as vault:
        found = audit.verify(vault, head=options.head)
    return Answer(found, "Every link and signature holds. Write the head down somewhere else.")
