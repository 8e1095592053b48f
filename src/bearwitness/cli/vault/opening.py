"""Finds and unlocks the vault that a command is about."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bearwitness.cli.secrets import Secrets
from bearwitness.services.unlocked import Unlocked
from bearwitness.services.unlocking import VaultPlace, unlock


def place_of(options: argparse.Namespace) -> VaultPlace:
    """The vault that the options name, or the usual one."""
    where = options.vault or os.environ.get("BEARWITNESS_VAULT")
    if not where:
        root = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
        where = str(Path(root) / "bearwitness" / "vault")
    return VaultPlace(where=where, files=options.files)


@contextmanager
def unlocked(options: argparse.Namespace, secrets: Secrets) -> Iterator[Unlocked]:
    """The vault, unlocked for one command and locked again after it."""
    vault = unlock(place_of(options), passphrase=lambda: secrets.ask("Your passphrase"), member=options.member)
    try:
        yield vault
    finally:
        vault.close()
