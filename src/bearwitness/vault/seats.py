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


def seal_roster(case: str, version: int, epoch: int, roster: Roster, *, organisation: str, key: SecretKey) -> CaseRow:
    """A case's row, its roster sealed under the roster key of the epoch."""
    found = {
        "name": roster.name, "recovery": roster.recovery,
        "seats": [
            {"member": s.member, "compartments": s.compartments, "grants": s.grants, "by": s.by, "at": s.at}
            for s in roster.seats
        ],
    }
    plain = pad(json.dumps(found, ensure_ascii=False).encode())
    sealed = key.seal(plain, bound=bind("case", organisation, case, version, epoch))
    return CaseRow(id=case, version=version, epoch=epoch, sealed=sealed)


def open_roster(row: CaseRow, *, organisation: str, keys: SubKeys) -> Roster:
    """The roster of a case's row.

    Raises
    ------
    DamagedVault
        If it does not open with the roster key of its epoch; names the case.
    """
    key = keys.get(("roster", row.epoch))
    try:
        if key is None:
            raise Unsealable
        context = bind("case", organisation, row.id, row.version, row.epoch)
        found: dict[str, Any] = json.loads(unpad(key.open(row.sealed, bound=context)))
    except Unsealable:
        raise DamagedVault(
            f"the roster of case {row.id} does not open.", hint="Run bearwitness vault check; restore a backup."
        ) from None
    seats = (
        Seat(**{**s, "compartments": tuple(s["compartments"]), "grants": tuple(s["grants"])}) for s in found["seats"]
    )
    return Roster(name=found["name"], seats=tuple(seats), recovery=found["recovery"])


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
