"""What officers' kits open in a book of slots: the recovery pair that they hold together, and the vault's keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from bearwitness.errors import RecoveryError
from bearwitness.vault.cards import RecoveryPair
from bearwitness.vault.member_keys import PRIVATE_BYTES, MemberKeys
from bearwitness.vault.recovery_kit_text import read_kit
from bearwitness.vault.recovery_kits import join_secret, load_blobs
from bearwitness.vault.sealing import Unsealable
from bearwitness.vault.slots import RECOVERY, Book, VaultKeys, unwrap_vault_keys

NO_KITS: Final = "there are no recovery kits.", "Make them: bearwitness recovery kit."
OTHER_KITS: Final = "these kits are not those in force of this organisation.", "Bring the kits that were made last."
_FOUNDER_BYTES: Final = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Officers:
    """What enough officers' kits open: their numbers, the pair they hold together, and the vault's keys."""

    officers: tuple[int, ...]
    keys: MemberKeys
    founder: bytes
    vault_keys: VaultKeys

    @property
    def pair(self) -> str:
        """The id of the recovery pair."""
        # It is that of the keys alone.
        return RecoveryPair(keys=self.keys.public, officers=len(self.officers), need=len(self.officers), made_at="").id


def open_kits(book: Book, kits: Sequence[str]) -> Officers:
    """What the kits of enough officers open in a book of slots.

    Raises
    ------
    RecoveryError
        If they are too few, wrong, of another set or organisation, or do not say whose they are.
    """
    read = [read_kit(text) for text in kits]
    if any(kit.organisation and kit.organisation != book.organisation for kit in read):
        raise RecoveryError("a kit is of another organisation.", hint="Bring the kits of this one.")
    if any(kit.officer is None for kit in read):
        raise RecoveryError("a kit does not say whose it is.", hint="Write its line 'Officer' too, as on the paper.")
    recovery: dict[str, Any] = dict(book.recovery or {})
    if "blobs" not in recovery:
        raise RecoveryError(NO_KITS[0], hint=NO_KITS[1])
    identities = {kit.officer: kit.identity for kit in read if kit.officer is not None}
    secret = join_secret(load_blobs(recovery["blobs"]), identities)
    try:
        keys = MemberKeys(secret[:PRIVATE_BYTES])
        founder = secret[PRIVATE_BYTES:]
        if len(founder) != _FOUNDER_BYTES:
            raise ValueError
        wrapped = bytes.fromhex(recovery["vault_keys"])
        vault_keys = unwrap_vault_keys(book.organisation, RECOVERY, keys, wrapped)
    except (Unsealable, KeyError, TypeError, ValueError):
        raise RecoveryError(OTHER_KITS[0], hint=OTHER_KITS[1]) from None
    return Officers(officers=tuple(sorted(identities)), keys=keys, founder=founder, vault_keys=vault_keys)
