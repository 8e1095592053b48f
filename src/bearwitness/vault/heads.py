"""What this machine last saw of a vault: the head of its trail, so that an older copy put in its place is noticed.

It is kept outside the vault's folder, one small file an organisation, named by the organisation's opaque id.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bearwitness.errors import DamagedVault
from bearwitness.vault.rows import Head, Store

NOWHERE: Final = Head()


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What was last seen, and which member worked here last."""

    head: Head = NOWHERE
    member: str = ""


def state_folder() -> Path:
    """Where this user's programs keep their state (XDG base directories)."""
    root = os.environ.get("XDG_STATE_HOME") or str(Path.home() / ".local" / "state")
    return Path(root) / "bearwitness"


class SeenFile:
    """What was seen of one organisation's vault.

    Parameters
    ----------
    folder : Path
        Where such files lie (``state_folder()``).
    organisation : str
        Its id.
    where : str
        The vault's place; a copy of it elsewhere, such as a restored backup, has a memory of its own.
    """

    def __init__(self, folder: Path, organisation: str, where: str = "") -> None:
        place = hashlib.sha256(where.encode()).hexdigest()[:12]
        self._path = folder / f"{organisation}-{place}.json"

    def load(self) -> Seen:
        """What was seen; nothing where nothing was, or it cannot be read."""
        try:
            found = json.loads(self._path.read_text(encoding="utf-8"))
            return Seen(head=Head(number=int(found["number"]), hash=str(found["hash"])), member=str(found["member"]))
        except (OSError, ValueError, KeyError, TypeError):
            return Seen()

    def forget(self) -> None:
        """Forget what was seen: an older vault was put back on purpose."""
        with contextlib.suppress(OSError):
            self._path.unlink(missing_ok=True)

    def remember(self, seen: Seen) -> None:
        """Keep a head unless a later one is kept already (another process may be further)."""
        if self.load().head.number > seen.head.number:
            return
        text = json.dumps({"number": seen.head.number, "hash": seen.head.hash, "member": seen.member})
        # A machine that cannot remember still works; what it loses is the notice of an older copy.
        with contextlib.suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            temporary = self._path.with_suffix(f".{os.getpid()}.tmp")
            temporary.write_text(text, encoding="utf-8")
            os.replace(temporary, self._path)


def check_not_older(store: Store, head: Head) -> None:
    """Refuse a store whose trail does not hold a head that was seen.

    Raises
    ------
    DamagedVault
        If the entry is missing or another one stands in its place.
    """
    if head.number == 0:
        return
    row = next(iter(store.trail(head.number)), None)
    if row is None or row.hash != head.hash:
        what = "is older than" if row is None else "is another than"
        raise DamagedVault(
            f"this vault {what} the one this machine last saw: entry {head.number} of the trail is not there.",
            hint="Somebody may have put an old copy in its place. If you restored a backup yourself, say so with: "
            "bearwitness vault restore.",
        )
