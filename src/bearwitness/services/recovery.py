"""The organisation's recovery: kits of several officers, enough of which open everything again, loudly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from bearwitness.errors import AccessDenied, RecoveryError
from bearwitness.services.case_access import cover_cases
from bearwitness.services.unlocked import Clock, Unlocked
from bearwitness.services.unlocking import VaultPlace, open_store, slots_of, unlock, utc_now
from bearwitness.vault import passphrase as stretching
from bearwitness.vault.cards import MEMBER, RECOVERY_PAIR, Member, RecoveryPair, make_card, member_body
from bearwitness.vault.member_keys import PRIVATE_BYTES, MemberKeys
from bearwitness.vault.passphrase import Cost, check_new_passphrase
from bearwitness.vault.recovery_kit_text import Kit, read_kit, write_kit
from bearwitness.vault.recovery_kits import dump_blobs, join_secret, load_blobs, split_secret
from bearwitness.vault.rows import COMPARTMENTS, CaseRow, Change, Grant
from bearwitness.vault.sealing import Unsealable
from bearwitness.vault.seats import Held, Seat, mailbox_of, make_grant, seal_roster
from bearwitness.vault.slots import (
    RECOVERY,
    Book,
    fill_up,
    make_slot,
    new_id,
    put_slot,
    unwrap_vault_keys,
    wrap_vault_keys,
)
from bearwitness.vault.trail import Act

_OTHERS: Final = "these kits are not those in force of this organisation.", "Bring the kits that were made last."


@dataclass(frozen=True, slots=True, kw_only=True)
class Drill:
    """That some officers' kits open the recovery: whose they were, of how many, and how many it takes."""

    officers: tuple[int, ...]
    of: int
    need: int


def make_kits(vault: Unlocked, *, officers: int = 3, need: int = 2) -> tuple[str, ...]:
    """Make the officers' kits, to be printed and given out; those made before open nothing new from then on.

    The private half of the pair exists only in the book of slots, encrypted to every combination of ``need``
    officers. Every case that this member holds wholly is wrapped to the pair; other members do theirs with
    ``cover_cases``.

    Parameters
    ----------
    vault : Unlocked
        By an administrator.
    officers, need : int
        How many officers there are, and how many of them it takes (at least two).

    Returns
    -------
    tuple of str
        The text of each officer's kit; it is kept nowhere.

    Raises
    ------
    AccessDenied
        If who makes them is no administrator.
    RecoveryError
        If the numbers do not fit.
    """
    vault.refresh()
    with vault.refusing(Act(action="recovery.kit")):
        if not vault.me.administrator:
            raise AccessDenied("only an administrator may make recovery kits.", hint="Ask one.")
    keys = MemberKeys.generate()
    kits = split_secret(keys.raw + vault.founder, officers=officers, need=need)
    pair = RecoveryPair(keys=keys.public, officers=officers, need=need, made_at=vault.now())
    with vault.place.hold():
        vault.check_active()
        recovery = {
            "pair": pair.id, "blobs": dump_blobs(kits.blobs),
            "vault_keys": wrap_vault_keys(vault.organisation, RECOVERY, keys.public, vault.vault_keys).hex(),
        }  # fmt: skip
        vault.place.save(replace(vault.place.load(), recovery=recovery))
    body = {"keys": keys.public.to_bytes().hex(), "officers": officers, "need": need, "at": pair.made_at}
    card = make_card(
        new_id("s"), RECOVERY_PAIR, body, organisation=vault.organisation, signer=vault.member, keys=vault.keys,
        seals=vault.vault_keys.organisation,
    )  # fmt: skip
    act = Act(action="recovery.kit", things={"pair": pair.id, "officers": officers, "need": need})
    vault.record(act, Change(cards=[card]))
    cover_cases(vault)
    return tuple(
        write_kit(
            Kit(
                identity=identity, organisation=vault.organisation, officer=number, officers=officers, need=need,
                day=vault.today(),
            )
        )
        for number, identity in enumerate(kits.identities, 1)
    )  # fmt: skip


def drill(vault: Unlocked, kits: Sequence[str]) -> Drill:
    """Prove that kits open the recovery, without touching a case; leaves an entry.

    Raises
    ------
    RecoveryError
        If they do not.
    """
    vault.refresh()
    pair = vault.directory.recovery
    with vault.refusing(Act(action="recovery.drill")):
        if pair is None:
            raise RecoveryError("there are no recovery kits.", hint="Make them: bearwitness recovery kit.")
        officers, keys, _ = _open(vault.place.load(), kits)
        if keys.public != pair.keys:
            raise RecoveryError(_OTHERS[0], hint=_OTHERS[1])
    vault.record(Act(action="recovery.drill", things={"officers": list(officers)}))
    return Drill(officers=officers, of=pair.officers, need=pair.need)


def use(
    place: VaultPlace, kits: Sequence[str], *, name: str, passphrase: str, clock: Clock = utc_now,
    cost: Cost | None = None,
) -> Unlocked:  # fmt: skip
    """Recover the organisation: with enough officers' kits, a new administrator is made who holds every covered case.

    Everybody sees it in the trail, signed by the recovery pair, with the officers' numbers.

    Raises
    ------
    RecoveryError
        If the kits are too few, wrong, or those of another set.
    """
    check_new_passphrase(passphrase)
    slots = slots_of(place)
    book = slots.load()
    officers, keys, founder = _open(book, kits)
    try:
        wrapped = bytes.fromhex((book.recovery or {})["vault_keys"])
        vault_keys = unwrap_vault_keys(book.organisation, RECOVERY, keys, wrapped)
    except (Unsealable, KeyError, ValueError):
        raise RecoveryError(_OTHERS[0], hint=_OTHERS[1]) from None
    pair_id = RecoveryPair(keys=keys.public, officers=2, need=2, made_at="").id
    vault = Unlocked(
        store=open_store(place, vault_keys), place=slots, organisation=book.organisation, member=pair_id, keys=keys,
        founder=founder, vault_keys=vault_keys, clock=clock, seen=place.seen(book.organisation),
        files=place.files_folder(),
    )  # fmt: skip
    try:
        if vault.directory.recovery is None or vault.directory.recovery.id != pair_id:
            raise RecoveryError(_OTHERS[0], hint=_OTHERS[1])
        with slots.hold():
            member = _add_administrator(
                vault, slots.load(), name, passphrase, officers, cost or stretching.USUAL_COST
            )
    finally:
        vault.close()
    return unlock(place, passphrase=lambda: passphrase, member=member, clock=clock)


def _open(book: Book, kits: Sequence[str]) -> tuple[tuple[int, ...], MemberKeys, bytes]:
    """The officers' numbers, the pair's keys and the founder's fingerprint."""
    read = [read_kit(text) for text in kits]
    if any(kit.organisation and kit.organisation != book.organisation for kit in read):
        raise RecoveryError("a kit is of another organisation.", hint="Bring the kits of this one.")
    if any(kit.officer is None for kit in read):
        raise RecoveryError("a kit does not say whose it is.", hint="Write its line 'Officer' too, as on the paper.")
    recovery: dict[str, Any] = dict(book.recovery or {})
    if "blobs" not in recovery:
        raise RecoveryError("there are no recovery kits.", hint="Make them: bearwitness recovery kit.")
    identities = {kit.officer: kit.identity for kit in read if kit.officer is not None}
    secret = join_secret(load_blobs(recovery["blobs"]), identities)
    if len(secret) != PRIVATE_BYTES + 32:
        raise RecoveryError(_OTHERS[0], hint=_OTHERS[1])
    return tuple(sorted(identities)), MemberKeys(secret[:PRIVATE_BYTES]), secret[PRIVATE_BYTES:]


def _add_administrator(
    vault: Unlocked, book: Book, name: str, passphrase: str, officers: tuple[int, ...], cost: Cost
) -> str:
    """A new member with a seat in every case that the pair opens; one transaction, one loud entry."""
    keys, member = MemberKeys.generate(), new_id("m")
    slot = make_slot(book, member, keys, vault.founder, vault.vault_keys, passphrase, cost)
    active = frozenset(m.id for m in vault.directory.members.values() if m.active)
    vault.place.save(fill_up(put_slot(book, slot), active | {member}, cost))
    new = Member(
        id=member, name=name, administrator=True, keys=keys.public, added_by=vault.member, added_at=vault.now()
    )  # fmt: skip
    card = make_card(
        new_id("s"), MEMBER, member_body(new), organisation=vault.organisation, signer=vault.member, keys=vault.keys,
        seals=vault.vault_keys.organisation,
    )  # fmt: skip
    grants: list[Grant] = []
    rows: list[CaseRow] = []
    for case in vault.held():
        made, next_row = _seat(vault, case, new)
        grants += made
        rows.append(next_row)
    things = {"officers": list(officers), "member": member, "cases": len(rows)}
    vault.record(Act(action="recovery.use", things=things), Change(cards=[card], grants=grants, cases=rows))
    return member


def _seat(vault: Unlocked, case: str, member: Member) -> tuple[list[Grant], CaseRow]:
    sub_keys = vault.held()[case]
    row, roster = vault.read_roster(case, vault.store.case_history([case]), sub_keys)
    grants = [
        make_grant(
            new_id("g"), Held(case=row.id, epoch=epoch, compartment=c, key=key, by=vault.member),
            organisation=vault.organisation, member=member.id, keys=member.keys,
            mailbox=mailbox_of(member.id, vault.mailbox_key), signer=vault.keys,
        )
        for (c, epoch), key in sorted(sub_keys.items())
    ]  # fmt: skip
    seat = Seat(
        member=member.id, compartments=COMPARTMENTS, grants=tuple(g.id for g in grants), by=vault.member,
        at=vault.now(),
    )  # fmt: skip
    new = replace(roster, seats=(*roster.seats, seat))
    sealed = seal_roster(
        row.id, row.version + 1, row.epoch, new, organisation=vault.organisation, key=sub_keys["roster", row.epoch],
        by=vault.member, signer=vault.keys,
    )  # fmt: skip
    return grants, sealed
