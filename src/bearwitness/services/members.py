"""Members of the organisation: who is added, who leaves. Administration gives no access to any case."""

from __future__ import annotations

from dataclasses import replace

from bearwitness.errors import AccessDenied, RecordError
from bearwitness.services.unlocked import Unlocked
from bearwitness.vault import passphrase as stretching
from bearwitness.vault.cards import MEMBER, REVOCATION, Member, make_card, member_body
from bearwitness.vault.member_keys import MemberKeys
from bearwitness.vault.passphrase import Cost, check_new_passphrase
from bearwitness.vault.rows import Card, Change
from bearwitness.vault.sealing import SecretKey
from bearwitness.vault.slots import (
    RECOVERY,
    Book,
    VaultKeys,
    fill_up,
    make_slot,
    new_id,
    open_slot,
    put_slot,
    wrap_for_nobody,
    wrap_vault_keys,
)
from bearwitness.vault.trail import Act


def list_members(vault: Unlocked) -> tuple[Member, ...]:
    """Everybody who is or was a member, in the order they came; leaves an entry of the trail."""
    vault.refresh()
    vault.record(Act(action="member.list"))
    return tuple(vault.directory.members.values())


def add_member(
    vault: Unlocked, *, name: str, passphrase: str, administrator: bool = False, cost: Cost | None = None
) -> Member:
    """Add a member, who types their own passphrase. They are in no case until somebody grants one.

    Parameters
    ----------
    vault : Unlocked
        By an administrator.
    name : str
        What they are called.
    passphrase : str
        Theirs.
    administrator : bool
        Whether they may add and revoke members.
    cost : Cost, optional
        Of a guess at the passphrase.

    Raises
    ------
    AccessDenied
        If who adds is no administrator.
    """
    check_new_passphrase(passphrase)
    vault.refresh()
    act = Act(action="member.add")
    with vault.refusing(act):
        _check_administrator(vault)
    cost = cost or stretching.USUAL_COST
    keys, member = MemberKeys.generate(), new_id("m")
    with vault.place.hold():
        vault.check_active()
        book = vault.place.load()
        slot = make_slot(book, member, keys, vault.founder, vault.vault_keys, passphrase, cost)
        # The slot first: without its card it opens the house and no room, and the next step here takes it out again.
        vault.place.save(fill_up(put_slot(book, slot), vault.directory.active | {member}, cost))
        new = Member(
            id=member, name=name, administrator=administrator, keys=keys.public, added_by=vault.member,
            added_at=vault.now(),
        )  # fmt: skip
        card = _card(vault, MEMBER, member_body(new))
        vault.record(replace(act, things={"member": member}), Change(cards=[card]))
    vault.refresh()
    return new


def revoke_member(vault: Unlocked, member: str) -> Member:
    """Take a member out of the organisation: their passphrase opens nothing any more.

    The organisation gets a new key, which they do not know. The cases they were in are closed for writing until
    somebody who holds the whole case renews it.

    Raises
    ------
    AccessDenied
        If who revokes is no administrator, or it is the last one.
    RecordError
        If there is no such member, or they have left already.
    """
    with vault.place.hold():
        vault.check_active()
        act = Act(action="member.revoke", things={"member": member})
        with vault.refusing(act):
            _check_administrator(vault)
            found = vault.directory.members.get(member)
            # One whose revocation was stopped half-way is taken out to the end.
            half_done = found is not None and any(s.member == member for s in vault.place.load().slots)
            if found is None or not (found.active or half_done):
                raise RecordError("there is no such member.", hint="See all with bearwitness member list.")
            stay = [m for m in vault.directory.members.values() if m.active and m.administrator and m.id != member]
            if found.administrator and not stay:
                raise AccessDenied("the last administrator cannot leave.", hint="Add another administrator first.")
        if found.active:
            card = _card(vault, REVOCATION, {"member": member, "at": vault.now()})
            vault.record(act, Change(cards=[card]))
            vault.refresh()
        renew_organisation(vault, member)
    return vault.directory.members[member]


def renew_organisation(vault: Unlocked, gone: str = "") -> None:
    """A new key of the organisation, wrapped to all who stay and to the recovery pair in force.

    Whoever leaves by themselves makes none. The book of slots is held by whoever calls this.
    """
    book = vault.place.load()
    keys = VaultKeys(vault.vault_keys.database, (*vault.vault_keys.organisation, SecretKey.generate()))
    slots = []
    for slot in book.slots:
        known = vault.directory.members.get(slot.member)
        if known is None:
            # A decoy changes as the others do, or whoever compares two backups could count the members.
            slots.append(replace(slot, vault_keys=wrap_for_nobody()))
        elif known.active and gone == vault.member:
            slots.append(slot)
        elif known.active:
            wrapped = wrap_vault_keys(book.organisation, slot.member, known.keys, keys)
            slots.append(replace(slot, vault_keys=wrapped))
    pair = vault.directory.recovery
    recovery = book.recovery
    if recovery is not None and pair is not None and gone != vault.member:
        wrapped = wrap_vault_keys(book.organisation, RECOVERY, pair.keys, keys)
        recovery = {**recovery, "vault_keys": wrapped.hex()}
    renewed = Book(organisation=book.organisation, slots=tuple(slots), recovery=recovery)
    vault.place.save(fill_up(renewed, vault.directory.active, slots[0].cost))
    if gone != vault.member:
        vault.vault_keys = keys
        vault.record(Act(action="vault.renew"))


def change_passphrase(vault: Unlocked, *, old: str, new: str, cost: Cost | None = None) -> None:
    """Give a member's slot a new passphrase, and the cost of today.

    Raises
    ------
    UnlockError
        If the old one is wrong.
    """
    check_new_passphrase(new)
    open_slot(vault.place.load(), vault.member, old)
    cost = cost or stretching.USUAL_COST
    with vault.place.hold():
        vault.check_active()
        book = vault.place.load()
        slot = make_slot(book, vault.member, vault.keys, vault.founder, vault.vault_keys, new, cost)
        # The entry first: a passphrase that nobody was told of must not open the vault.
        vault.record(Act(action="member.passphrase"))
        vault.place.save(put_slot(book, slot))


def _card(vault: Unlocked, kind: str, body: dict[str, object]) -> Card:
    return make_card(
        new_id("s"), kind, body, organisation=vault.organisation, signer=vault.member, keys=vault.keys,
        seals=vault.vault_keys.organisation,
    )  # fmt: skip


def _check_administrator(vault: Unlocked) -> None:
    if not vault.me.administrator:
        raise AccessDenied("only an administrator may do this.", hint="Ask one: bearwitness member list names them.")
