"""What a member holds of every case as far as it is whole: one damaged grant does not keep the others shut."""

from __future__ import annotations

from collections.abc import Mapping

from bearwitness.errors import DamagedVault
from bearwitness.services.unlocked import Unlocked
from bearwitness.vault.seats import Held, SubKeys, keys_by_case, mailbox_of, open_grant


def held_as_far_as_whole(vault: Unlocked) -> tuple[Mapping[str, SubKeys], list[tuple[str, DamagedVault]]]:
    """The sub-keys by case; and what is wrong with the others: ``grant ID`` or ``case ID``, and the error."""
    faults: list[tuple[str, DamagedVault]] = []
    by_case: dict[str, list[Held]] = {}
    for grant in vault.store.grants(mailbox_of(vault.member, vault.mailbox_key)):
        try:
            held = open_grant(grant, directory=vault.directory, member=vault.member, keys=vault.keys)
        except DamagedVault as error:
            faults.append((f"grant {grant.id}", error))
        else:
            by_case.setdefault(held.case, []).append(held)
    found: dict[str, SubKeys] = {}
    for case, held_of_it in by_case.items():
        try:
            found |= keys_by_case(held_of_it)
        except DamagedVault as error:
            faults.append((f"case {case}", error))
    return found, faults
