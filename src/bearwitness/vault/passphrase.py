"""From a passphrase to a key: Argon2id (RFC 9106), its cost stored beside what it protects."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Final

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from bearwitness.errors import UsageError
from bearwitness.vault.sealing import KEY_BYTES, SecretKey

SALT_BYTES: Final = 16
LEAST_CHARACTERS: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What a guess costs: memory in KiB, passes over it, lanes."""

    memory_kib: int = 256 * 1024
    passes: int = 3
    lanes: int = 4


USUAL_COST: Final = Cost()


def stretch(passphrase: str, salt: bytes, cost: Cost) -> SecretKey:
    """The key of a passphrase.

    Parameters
    ----------
    passphrase : str
        As typed; composed (NFC), so that it is the same on every keyboard.
    salt : bytes
        16 random bytes, of their own for each use.
    cost : Cost
        As stored beside the salt.
    """
    words = unicodedata.normalize("NFC", passphrase).encode()
    return SecretKey(
        Argon2id(
            salt=salt, length=KEY_BYTES, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory_kib
        ).derive(words)
    )


def check_new_passphrase(passphrase: str) -> None:
    """Refuse a passphrase that can be guessed by trying short ones.

    Raises
    ------
    UsageError
        If it is shorter than 12 characters.
    """
    if len(unicodedata.normalize("NFC", passphrase).strip()) < LEAST_CHARACTERS:
        raise UsageError(
            f"a passphrase has at least {LEAST_CHARACTERS} characters.",
            hint="Take four or more words that do not belong together.",
        )
