"""The trail: who did what when, each entry chained to the one before, signed by whom it names, and never edited.

An entry has three layers. Outside: number, time, hash of the entry before, signature. Below, sealed for all members:
who did what, and whether it was done or refused. Innermost, sealed for those in the case only: which case and which
records. There are opaque ids and counts in it, never content and never names.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

from bearwitness.errors import DamagedVault
from bearwitness.vault.cards import Directory
from bearwitness.vault.member_keys import MemberKeys
from bearwitness.vault.rows import GENESIS, Entry, Head, TrailRow
from bearwitness.vault.sealing import SecretKey, Unsealable, bind, pad, unpad

DONE: Final = "done"
REFUSED: Final = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What a member does to the vault: an action such as ``testimony.show``, and what it was done to.

    ``things`` are opaque ids and counts. Where a case is given they are sealed for those in it.
    """

    action: str
    things: Mapping[str, Any] = field(default_factory=dict)
    case: str = ""
    outcome: str = DONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Seals:
    """What an entry is sealed by: the organisation's keys, and the roster key of the case with its epoch, if any."""

    organisation: str
    keys: tuple[SecretKey, ...]
    roster: SecretKey | None = None
    epoch: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailEntry:
    """An entry as a member can read it; ``things`` and ``case`` are empty where it is of a case they are not in."""

    number: int
    at: str
    hash: str
    actor: str
    action: str
    outcome: str
    case: str
    things: Mapping[str, Any]
    readable: bool
    wrote: Mapping[str, int]
    removed: Mapping[int, int]


def entry_maker(
    act: Act, *, actor: str, keys: MemberKeys, seals: Seals, wrote: Mapping[str, int], now: Callable[[], datetime]
) -> Entry:
    """What makes the entry of an act, once the store knows the head and what the act takes away.

    Parameters
    ----------
    act : Act
        What is done.
    actor : str
        Id of the member who does it, and signs with ``keys``.
    seals : Seals
        For whom the entry is sealed.
    wrote : mapping of str to int
        How many rows of each table it adds.
    now : callable
        The clock.
    """

    def make(head: Head, removed: dict[int, int]) -> TrailRow:
        number = head.number + 1
        inner: Any = dict(act.things)
        if act.case:
            if seals.roster is None:
                raise ValueError("an act in a case is sealed under its roster key")
            plain = pad(json.dumps({"case": act.case, "things": inner}, sort_keys=True).encode())
            context = bind("trail-case", seals.organisation, number, seals.epoch)
            inner = seals.roster.seal(plain, bound=context).hex()
        outer = {
            "actor": actor, "action": act.action, "outcome": act.outcome, "things": inner, "epoch": seals.epoch,
            "wrote": dict(wrote), "removed": {str(n): count for n, count in sorted(removed.items())},
        }  # fmt: skip
        epoch = len(seals.keys)
        plain = pad(json.dumps(outer, sort_keys=True).encode())
        sealed = bytes([epoch]) + seals.keys[-1].seal(plain, bound=bind("trail", seals.organisation, number, epoch))
        at = now().astimezone(UTC).isoformat(timespec="seconds")
        digest = _hash(seals.organisation, number, at, head.hash, sealed)
        return TrailRow(
            number=number, at=at, before=head.hash, hash=digest, sealed=sealed,
            signature=keys.sign(_signed(seals.organisation, digest)),
        )  # fmt: skip

    return make


def _hash(organisation: str, number: int, at: str, before: str, sealed: bytes) -> str:
    context = bind("trail-hash", organisation, number, at, before)
    return hashlib.sha256(context + hashlib.sha256(sealed).digest()).hexdigest()


def _signed(organisation: str, digest: str) -> bytes:
    return bind("trail-signature", organisation, digest)


def read_entry(
    row: TrailRow, *, organisation: str, keys: tuple[SecretKey, ...], rosters: Mapping[int, Iterable[SecretKey]]
) -> TrailEntry:
    """An entry as far as the keys at hand open it.

    Parameters
    ----------
    row : TrailRow
        As stored.
    organisation : str
        Its id.
    keys : tuple of SecretKey
        The organisation's, oldest first.
    rosters : mapping of int to iterable of SecretKey
        By epoch, the roster keys of the cases that the reader is in.

    Raises
    ------
    DamagedVault
        If its outer layer does not open.
    """
    epoch = row.sealed[0] if row.sealed else 0
    try:
        if not 1 <= epoch <= len(keys):
            raise Unsealable
        context = bind("trail", organisation, row.number, epoch)
        outer = json.loads(unpad(keys[epoch - 1].open(row.sealed[1:], bound=context)))
    except (Unsealable, ValueError):
        raise broken(row.number, "was changed or does not belong here") from None
    things, case, readable = outer["things"], "", True
    if isinstance(things, str):
        context = bind("trail-case", organisation, row.number, outer["epoch"])
        case, things, readable = _open_inner(bytes.fromhex(things), rosters.get(outer["epoch"], ()), context)
    return TrailEntry(
        number=row.number, at=row.at, hash=row.hash, actor=outer["actor"], action=outer["action"],
        outcome=outer["outcome"], case=case, things=things, readable=readable, wrote=outer["wrote"],
        removed={int(n): count for n, count in outer["removed"].items()},
    )  # fmt: skip


def _open_inner(sealed: bytes, rosters: Iterable[SecretKey], context: bytes) -> tuple[str, dict[str, Any], bool]:
    for roster in rosters:
        try:
            found = json.loads(unpad(roster.open(sealed, bound=context)))
        except Unsealable:
            continue
        return found["case"], found["things"], True
    return "", {}, False


def verify_trail(
    rows: Iterable[TrailRow], *, directory: Directory, keys: tuple[SecretKey, ...], last: Head | None = None
) -> list[TrailEntry]:
    """All entries of a whole trail, once every link and signature was checked.

    Parameters
    ----------
    rows : iterable of TrailRow
        From the first on, in order.
    directory : Directory
        Whose signatures count.
    keys : tuple of SecretKey
        The organisation's, oldest first.
    last : Head, optional
        A head that was seen before: the trail must still hold it.

    Returns
    -------
    list of TrailEntry
        Opened as far as every member can open them.

    Raises
    ------
    DamagedVault
        Naming the first entry that is missing, was changed, was signed by somebody else; or that the trail ends before
        what was seen of it.
    """
    found: list[TrailEntry] = []
    head = Head()
    for row in rows:
        if row.number != head.number + 1:
            raise broken(head.number + 1, "is missing")
        if row.before != head.hash or row.hash != _hash(
            directory.organisation, row.number, row.at, row.before, row.sealed
        ):
            raise broken(row.number, "does not follow the one before it")
        entry = read_entry(row, organisation=directory.organisation, keys=keys, rosters={})
        signer = directory.signer(entry.actor)
        if signer is None or not signer.signed(_signed(directory.organisation, row.hash), row.signature):
            raise broken(row.number, "was not signed by the member it names")
        head = Head(number=row.number, hash=row.hash)
        if last is not None and row.number == last.number and row.hash != last.hash:
            raise broken(row.number, "is not the one that was seen before")
        found.append(entry)
    if last is not None and head.number < last.number:
        raise broken(head.number + 1, "was there before and is missing; the vault is older than it was")
    return found


def broken(number: int, what: str) -> DamagedVault:
    """The error that names the first broken link."""
    return DamagedVault(
        f"entry {number} of the trail {what}.",
        hint="Do not go on. Keep the files as they are, and compare them with the backup.",
    )


def is_genesis(head: Head) -> bool:
    """Whether nothing was ever written."""
    return head.hash == GENESIS
