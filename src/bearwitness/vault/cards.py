"""Signed statements about the organisation: who is a member, who no longer is, and by which pair it is recovered.

A statement is believed only where the chain of signatures leads back to the founder, whose fingerprint every member
keeps under their own passphrase. So a server that swaps a member's keys for its own is found out, and nothing is
given to it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from bearwitness.errors import DamagedVault
from bearwitness.vault.member_keys import MemberKeys, PublicKeys
from bearwitness.vault.rows import Card
from bearwitness.vault.sealing import SecretKey, Unsealable, bind, pad, unpad

MEMBER: Final = "member"
REVOCATION: Final = "revocation"
RECOVERY_PAIR: Final = "recovery"


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A member as the others know them. ``name`` is what they are called; administration gives no access to a case."""

    id: str
    name: str
    administrator: bool
    keys: PublicKeys
    added_by: str
    added_at: str
    revoked_at: str = ""

    @property
    def active(self) -> bool:
        """Whether they still are a member."""
        return not self.revoked_at


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryPair:
    """The pair by which the organisation is recovered, and how many officers it takes."""

    keys: PublicKeys
    officers: int
    need: int
    made_at: str

    @property
    def id(self) -> str:
        """Under which it grants, signs and is granted to, as a member is by theirs."""
        return f"r-{self.keys.fingerprint().hex()[:16]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Directory:
    """Everybody who is or was a member, by id, in the order they came; and all recovery pairs, the newest last."""

    organisation: str
    members: Mapping[str, Member]
    pairs: Mapping[str, RecoveryPair]

    @property
    def recovery(self) -> RecoveryPair | None:
        """The pair whose kits are in force."""
        return list(self.pairs.values())[-1] if self.pairs else None

    @property
    def active(self) -> frozenset[str]:
        """The ids of all who are members today."""
        return frozenset(m.id for m in self.members.values() if m.active)

    def is_active(self, name: str) -> bool:
        """Whether somebody is a member today."""
        known = self.members.get(name)
        return known is not None and known.active

    def signer(self, name: str) -> PublicKeys | None:
        """The keys by which what ``name`` signed is checked; None where nobody of that name could have signed."""
        known = self.members.get(name) or self.pairs.get(name)
        return known.keys if known else None


def make_card(
    name: str, kind: str, body: Mapping[str, Any], *, organisation: str, signer: str, keys: MemberKeys,
    seals: tuple[SecretKey, ...],
) -> Card:  # fmt: skip
    """A statement, signed by a member and sealed under the organisation's newest key."""
    text = json.dumps(body, sort_keys=True, ensure_ascii=False)
    signature = keys.sign(_message(organisation, name, kind, signer, text))
    plain = json.dumps({"body": text, "signer": signer, "signature": signature.hex()}).encode()
    epoch = len(seals)
    sealed = seals[-1].seal(pad(plain), bound=bind("card", organisation, name, kind, epoch))
    return Card(id=name, kind=kind, sealed=bytes([epoch]) + sealed)


def _message(organisation: str, name: str, kind: str, signer: str, text: str) -> bytes:
    return bind("statement", organisation, name, kind, signer) + text.encode()


def read_directory(
    cards: Iterable[Card], *, organisation: str, founder: bytes, seals: tuple[SecretKey, ...]
) -> Directory:
    """Everybody whom a chain of signatures that begins with the founder makes a member.

    Parameters
    ----------
    cards : iterable of Card
        In the order they were written.
    organisation : str
        Its id.
    founder : bytes
        The fingerprint that the reader keeps.
    seals : tuple of SecretKey
        The organisation's keys, oldest first.

    Raises
    ------
    DamagedVault
        If a card does not open or was signed by nobody who may; names its id.
    """
    members: dict[str, Member] = {}
    pairs: dict[str, RecoveryPair] = {}
    for card in cards:
        body, signer, signature, message = _open(card, organisation, seals)
        directory = Directory(organisation=organisation, members=members, pairs=pairs)
        if card.kind == MEMBER:
            member = _member(body, signer)
            if not members:
                trusted = member.keys.fingerprint() == founder and signer == member.id
                keys = member.keys if trusted else None
            else:
                keys = _administrator(directory, signer)
            # Nobody is made anew: what was wrapped to their keys would go to whoever made the second statement.
            _check(card, keys if member.id not in members else None, message, signature)
            members[member.id] = member
        elif card.kind == REVOCATION and body["member"] in members:
            _check(card, _administrator(directory, signer), message, signature)
            old = members[body["member"]]
            fields = {n: getattr(old, n) for n in Member.__slots__}
            members[old.id] = Member(**{**fields, "revoked_at": body["at"]})
        elif card.kind == RECOVERY_PAIR:
            _check(card, _administrator(directory, signer), message, signature)
            pair = RecoveryPair(
                keys=PublicKeys.from_bytes(bytes.fromhex(body["keys"])), officers=body["officers"], need=body["need"],
                made_at=body["at"],
            )  # fmt: skip
            pairs[pair.id] = pair
        else:
            raise _damaged(card)
    return Directory(organisation=organisation, members=members, pairs=pairs)


def member_body(member: Member) -> dict[str, Any]:
    """What a statement that somebody is a member says."""
    return {
        "member": member.id, "name": member.name, "administrator": member.administrator,
        "keys": member.keys.to_bytes().hex(), "at": member.added_at,
    }  # fmt: skip


def _member(body: Mapping[str, Any], signer: str) -> Member:
    return Member(
        id=body["member"], name=body["name"], administrator=body["administrator"], added_by=signer,
        keys=PublicKeys.from_bytes(bytes.fromhex(body["keys"])), added_at=body["at"],
    )  # fmt: skip


def _administrator(directory: Directory, signer: str) -> PublicKeys | None:
    """The keys of somebody who may make statements: an administrator who has not left, or the officers who recover."""
    member = directory.members.get(signer)
    if member is not None:
        return member.keys if member.administrator and member.active else None
    # The kits of an earlier pair may be in anybody's hands.
    pair = directory.recovery
    return pair.keys if pair is not None and pair.id == signer else None


def _open(card: Card, organisation: str, seals: tuple[SecretKey, ...]) -> tuple[dict[str, Any], str, bytes, bytes]:
    epoch = card.sealed[0] if card.sealed else 0
    if not 1 <= epoch <= len(seals):
        raise _damaged(card)
    context = bind("card", organisation, card.id, card.kind, epoch)
    try:
        found = json.loads(unpad(seals[epoch - 1].open(card.sealed[1:], bound=context)))
    except (Unsealable, ValueError):
        raise _damaged(card) from None
    message = _message(organisation, card.id, card.kind, found["signer"], found["body"])
    return json.loads(found["body"]), found["signer"], bytes.fromhex(found["signature"]), message


def _check(card: Card, keys: PublicKeys | None, message: bytes, signature: bytes) -> None:
    if keys is None or not keys.signed(message, signature):
        raise _damaged(card)


def _damaged(card: Card) -> DamagedVault:
    return DamagedVault(
        f"the statement {card.id} was signed by nobody who may, or was changed.",
        hint="Do not go on. Compare the vault with its backup.",
    )
