"""Who is in a case: the sub-keys of each epoch, wrapped to each member apart, and the roster of those who hold them.

A case key per epoch is 32 random bytes; the sub-keys are derived from it, and it is forgotten: whoever holds all four
sub-keys holds what it gave. A sub-key that was granted tells nothing of the others. A new epoch begins whenever
somebody leaves.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from bearwitness.errors import DamagedVault
from bearwitness.vault.cards import Directory
from bearwitness.vault.member_keys import MemberKeys, PublicKeys
from bearwitness.vault.rows import COMPARTMENTS, CaseRow, Compartment, Grant
from bearwitness.vault.sealing import SecretKey, Unsealable, bind, pad, unpad

ALL: Final[tuple[Compartment, ...]] = ("roster", *COMPARTMENTS)
SubKeys = Mapping[tuple[Compartment, int], SecretKey]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """A member's place in a case: which compartments they hold, and by which grants."""

    member: str
    compartments: tuple[Compartment, ...]
    grants: tuple[str, ...]
    by: str
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """What everybody in a case knows of it: its name and who else is in it."""

    name: str
    seats: tuple[Seat, ...]
    # The recovery pair that every epoch of the case is wrapped to; empty where there is none.
    recovery: str = ""

    def seat(self, member: str) -> Seat | None:
        """The seat of a member, if they have one."""
        return next((s for s in self.seats if s.member == member), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A sub-key that a member holds, and who granted it."""

    case: str
    epoch: int
    compartment: Compartment
    key: SecretKey
    by: str


_NOBODY: Final = Seat(member="", compartments=(), grants=(), by="", at="")


def new_epoch() -> dict[Compartment, SecretKey]:
    """The sub-keys of a new case key."""
    case_key = SecretKey.generate()
    return {c: case_key.derive(f"compartment {c}") for c in ALL}


def mailbox_of(member: str, organisation_key: SecretKey) -> str:
    """Under which opaque name a member's grants lie: others see that some belong together, and not to whom."""
    return hmac.digest(organisation_key.raw, bind("mailbox", member), "sha256").hex()[:32]


def make_grant(
    name: str, held: Held, *, organisation: str, member: str, keys: PublicKeys, mailbox: str, signer: MemberKeys
) -> Grant:
    """A sub-key wrapped to one member, with the granter's signature inside: no server can slip in its own."""
    statement = _statement(organisation, member, held)
    found = {
        "case": held.case, "epoch": held.epoch, "compartment": held.compartment, "key": held.key.raw.hex(),
        "by": held.by, "signature": signer.sign(statement).hex(),
    }  # fmt: skip
    wrapped = keys.wrap(pad(json.dumps(found).encode()), context=bind("grant", organisation, member, name))
    return Grant(id=name, mailbox=mailbox, wrapped=wrapped)


def _statement(organisation: str, member: str, held: Held) -> bytes:
    digest = hashlib.sha256(held.key.raw).hexdigest()
    return bind("grant-statement", organisation, member, held.case, held.epoch, held.compartment, digest, held.by)


def open_grant(grant: Grant, *, directory: Directory, member: str, keys: MemberKeys) -> Held:
    """The sub-key of a grant.

    Raises
    ------
    DamagedVault
        If it was wrapped to somebody else, or no member who is or was one signed it; names its id.
    """
    context = bind("grant", directory.organisation, member, grant.id)
    try:
        found = json.loads(unpad(keys.unwrap(grant.wrapped, context=context)))
    except (Unsealable, ValueError):
        raise _forged(grant) from None
    held = Held(
        case=found["case"], epoch=found["epoch"], compartment=found["compartment"],
        key=SecretKey(bytes.fromhex(found["key"])), by=found["by"],
    )  # fmt: skip
    signer = directory.signer(held.by)
    statement = _statement(directory.organisation, member, held)
    if signer is None or not signer.signed(statement, bytes.fromhex(found["signature"])):
        raise _forged(grant)
    return held


def _forged(grant: Grant) -> DamagedVault:
    return DamagedVault(
        f"the grant {grant.id} was signed by nobody who may, or was changed.",
        hint="Do not go on. Ask for access to be granted again, and compare the vault with its backup.",
    )


def seal_roster(
    case: str, version: int, epoch: int, roster: Roster, *, organisation: str, key: SecretKey, by: str,
    signer: MemberKeys,
) -> CaseRow:  # fmt: skip
    """A case's row, its roster signed by whoever changed it and sealed under the roster key of the epoch."""
    found = {
        "name": roster.name, "recovery": roster.recovery,
        "seats": [
            {"member": s.member, "compartments": s.compartments, "grants": s.grants, "by": s.by, "at": s.at}
            for s in roster.seats
        ],
    }
    text = json.dumps(found, ensure_ascii=False)
    signature = signer.sign(_roster_message(organisation, case, version, epoch, by, text)).hex()
    plain = pad(json.dumps({"roster": text, "by": by, "signature": signature}).encode())
    sealed = key.seal(plain, bound=bind("case", organisation, case, version, epoch))
    return CaseRow(id=case, version=version, epoch=epoch, sealed=sealed)


def _roster_message(organisation: str, case: str, version: int, epoch: int, by: str, text: str) -> bytes:
    return bind("roster", organisation, case, version, epoch, by) + text.encode()


def read_roster(
    rows: Iterable[CaseRow], *, directory: Directory, keys: SubKeys, known: tuple[CaseRow, Roster] | None = None
) -> tuple[CaseRow, Roster]:
    """The newest roster of a case, once every step that led to it was checked.

    Each version is signed by somebody who had the right to change the one before: whoever holds the whole case may
    begin an epoch and take others out, others may only give what they hold, and the recovery pair that covers a case
    may let somebody in. So nobody outside a case can make a roster of it, or keys that its members then write under.

    Parameters
    ----------
    rows : iterable of CaseRow
        All versions in order, or those after ``known``.
    directory : Directory
        Whose signatures count.
    keys : mapping
        The reader's sub-keys of the case.
    known : tuple, optional
        A version that was checked before.

    Raises
    ------
    DamagedVault
        At the first version that does not open, is missing, or was made by somebody who may not; names the case.
    """
    found = known
    for row in rows:
        roster, by = _open_roster(row, directory, keys)
        before = found
        if before is None:
            allowed = row.version == 1 and _is_whole(roster.seat(by))
        else:
            allowed = row.version == before[0].version + 1 and _may_change(before, row, roster, by)
        if not allowed:
            raise _foreign(row)
        found = (row, roster)
    if found is None:
        raise ValueError("a case has a first version")
    return found


def _is_whole(seat: Seat | None) -> bool:
    return seat is not None and set(seat.compartments) >= set(COMPARTMENTS)


def _may_change(before: tuple[CaseRow, Roster], row: CaseRow, roster: Roster, by: str) -> bool:
    """Whether ``by`` may turn the roster of before into this one."""
    old_row, old = before
    seat = old.seat(by)
    by_kits = by == old.recovery and row.epoch == old_row.epoch
    new_epoch_begins = row.epoch == old_row.epoch + 1
    if not (by_kits or _is_whole(seat)) and (new_epoch_begins or roster.recovery != old.recovery):
        return False
    if row.epoch != old_row.epoch and not new_epoch_begins:
        return False
    held = set(COMPARTMENTS) if by_kits else set(seat.compartments) if seat else set()
    taken_out = any(not set((roster.seat(s.member) or _NOBODY).compartments) >= set(s.compartments) for s in old.seats)
    given = {
        c for s in roster.seats for c in s.compartments if c not in (old.seat(s.member) or _NOBODY).compartments
    }
    return bool(held) and given <= held and (not taken_out or _is_whole(seat))


def _open_roster(row: CaseRow, directory: Directory, keys: SubKeys) -> tuple[Roster, str]:
    """The roster of one version, and who signed it."""
    key = keys.get(("roster", row.epoch))
    try:
        if key is None:
            raise Unsealable
        context = bind("case", directory.organisation, row.id, row.version, row.epoch)
        outer: dict[str, Any] = json.loads(unpad(key.open(row.sealed, bound=context)))
    except Unsealable:
        raise DamagedVault(
            f"the roster of case {row.id} does not open.", hint="Run bearwitness vault check; restore a backup."
        ) from None
    by, text = outer["by"], outer["roster"]
    keys_of_signer = directory.signer(by)
    message = _roster_message(directory.organisation, row.id, row.version, row.epoch, by, text)
    if keys_of_signer is None or not keys_of_signer.signed(message, bytes.fromhex(outer["signature"])):
        raise _foreign(row)
    found: dict[str, Any] = json.loads(text)
    seats = (
        Seat(**{**s, "compartments": tuple(s["compartments"]), "grants": tuple(s["grants"])}) for s in found["seats"]
    )
    return Roster(name=found["name"], seats=tuple(seats), recovery=found["recovery"]), by


def _foreign(row: CaseRow) -> DamagedVault:
    return DamagedVault(
        f"the roster of case {row.id} (version {row.version}) was made by somebody who may not, or one is missing.",
        hint="Do not go on. Compare the vault with its backup.",
    )


def keys_by_case(held: Iterable[Held]) -> dict[str, dict[tuple[Compartment, int], SecretKey]]:
    """What a member holds, by case, then by compartment and epoch.

    Raises
    ------
    DamagedVault
        If two grants give two keys for one compartment and epoch: whoever made the second key could read what is
        sealed under it, whether they are in the case or not.
    """
    found: dict[str, dict[tuple[Compartment, int], SecretKey]] = {}
    granters: dict[tuple[str, Compartment, int], set[str]] = {}
    for one in held:
        keys = found.setdefault(one.case, {})
        by = granters.setdefault((one.case, one.compartment, one.epoch), set())
        by.add(one.by)
        if keys.setdefault((one.compartment, one.epoch), one.key).raw != one.key.raw:
            raise DamagedVault(
                f"two keys were granted to you for the {one.compartment} of case {one.case}, "
                f"by {' and '.join(sorted(by))}.",
                hint="Do not go on. Ask those in the case which of the two is theirs.",
            )
    return found
