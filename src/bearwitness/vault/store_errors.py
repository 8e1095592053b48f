"""What a database complains of, in the words of the vault. Its own words may hold values and are never shown."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

from bearwitness.errors import BearwitnessError, DamagedVault, VaultError

_ROOM: Final = VaultError, "the disk is full; nothing was written.", "Make room, then repeat."
_KEPT: Final = VaultError, "the vault may only be read, and every step has to leave its trail.", (
    "Ask for permission to write to its folder."
)
_BUSY: Final = VaultError, "somebody else has been writing to the vault for too long.", "Wait a little, then repeat."
_DAMAGED: Final = DamagedVault, "the vault's file is damaged.", "Run bearwitness vault check; restore a backup."
_AWAY: Final = VaultError, "the database cannot be reached.", "Check that it runs, and its address."
# Part of what the database says (or its SQLSTATE) -> what to tell.
_COMPLAINTS: Final[tuple[tuple[str, tuple[type[BearwitnessError], str, str]], ...]] = (
    ("disk is full", _ROOM), ("53100", _ROOM), ("readonly", _KEPT), ("read-only", _KEPT), ("25006", _KEPT),
    ("42501", _KEPT), ("unable to open", _KEPT), ("locked", _BUSY), ("55P03", _BUSY), ("40P01", _BUSY),
    ("malformed", _DAMAGED), ("not a database", _DAMAGED), ("XX001", _DAMAGED), ("XX002", _DAMAGED),
    ("hmac check failed", _DAMAGED), ("disk I/O error", _ROOM), ("is only added to", (
        DamagedVault, "the trail cannot be changed.", "Nothing was written.")),
)  # fmt: skip


def translate(error: sa.exc.SQLAlchemyError) -> BearwitnessError:
    """The error a user is shown for one of the database."""
    origin = getattr(error, "orig", None)
    words = f"{getattr(origin, 'sqlstate', '') or ''} {origin or ''}"
    for part, (kind, message, hint) in _COMPLAINTS:
        if part in words:
            return kind(message, hint=hint)
    if isinstance(error, sa.exc.OperationalError):
        kind, message, hint = _AWAY
        return kind(message, hint=hint)
    return VaultError(
        "the database did not do what was asked; nothing was written.",
        hint="Run bearwitness vault check, and report this if it finds nothing.",
    )
