"""The organisation's recovery: kits of several officers, enough of which open everything again, loudly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bearwitness.errors import AccessDenied, DamagedVault, RecoveryError
from bearwitness.services.case_access import cover_cases
from bearwitness.services.held_keys import held_as_far_as_whole
from bearwitness.services.kit_opening import NO_KITS, OTHER_KITS, open_kits
from bearwitness.services.members import renew_organisation
from bearwitness.services.unlocked import Clock, Unlocked
from bearwitness.services.unlocking import VaultPlace, open_store, slots_of, unlock, utc_now
from bearwitness.vault import passphrase as stretching
from bearwitness.vault.cards import MEMBER, RECOVERY_PAIR, Member, RecoveryPair, make_card, member_body
from bearwitness.vault.heads import check_not_older
from bearwitness.vault.member_keys import MemberKeys
from bearwitness.vault.passphrase import Cost, check_new_passphrase
from bearwitness.vault.process import forbid_core_dumps
from bearwitness.vault.recovery_kit_text import Kit, write_kit
from bearwitness.vault.recovery_kits import (
    FEWEST_NEEDED,
    MOST_OFFICERS,
    KitSet,
    dump_blobs,
    split_secret,
)
from bearwitness.vault.rows import COMPARTMENTS, CaseRow, Change, Grant
from bearwitness.vault.seats import Held, Seat, SubKeys, mailbox_of, make_grant, seal_roster
from bearwitness.vault.slots import (
    RECOVERY,
    Book,
    fill_up,
    make_slot,
    new_id,
    put_slot,
    wrap_vault_keys,
)
from bearwitness.vault.trail import Act


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
    ``cover_cases``. Where there were kits before, their pair loses all its grants, the organisation gets a new key,
    and every case begins a new epoch as it is covered, as when a member leaves. Whoever holds enough of the old kits
    and an old copy of the vault still opens what that copy holds.

    Parameters
    ----------
    vault : Unlocked
        By an administrator.
    officers, need : int
        How many officers there are (2 to 9), and how many of them it takes (at least two).

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
    vault.check_active()
    with vault.refusing(Act(action="recovery.kit")):
        if not vault.me.administrator:
            raise AccessDenied("only an administrator may make recovery kits.", hint="Ask one.")
        if not FEWEST_NEEDED <= need <= officers <= MOST_OFFICERS:
            raise RecoveryError(
                f"there are 2 to {MOST_OFFICERS} officers, and it takes at least two of them.",
                hint="Three officers of whom any two are enough suit most.",
            )
    old = tuple(vault.directory.pairs)
    keys = MemberKeys.generate()
    kits = split_secret(keys.raw + vault.founder, officers=officers, need=need)
    pair = RecoveryPair(keys=keys.public, officers=officers, need=need, made_at=vault.now())
    with vault.place.hold():
        _put_pair(vault, pair, keys, kits, old)
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


def _put_pair(vault: Unlocked, pair: RecoveryPair, keys: MemberKeys, kits: KitSet, old: Sequence[str]) -> None:
    """Put a pair in force, and take from those before what they were given."""
    vault.check_active()
    recovery = {
        "pair": pair.id, "blobs": dump_blobs(kits.blobs),
        "vault_keys": wrap_vault_keys(vault.organisation, RECOVERY, keys.public, vault.vault_keys).hex(),
    }  # fmt: skip
    vault.place.save(replace(vault.place.load(), recovery=recovery))
    body = {"keys": keys.public.to_bytes().hex(), "officers": pair.officers, "need": pair.need, "at": pair.made_at}
    card = make_card(
        new_id("s"), RECOVERY_PAIR, body, organisation=vault.organisation, signer=vault.member, keys=vault.keys,
        seals=vault.vault_keys.organisation,
    )  # fmt: skip
    theirs = [g.id for name in old for g in vault.store.grants(mailbox_of(name, vault.mailbox_key))]
    act = Act(action="recovery.kit", things={"pair": pair.id, "officers": pair.officers, "need": pair.need})
    vault.record(act, Change(cards=[card], remove_grants=theirs))
    vault.refresh()
    if old:
        renew_organisation(vault)


def drill(vault: Unlocked, kits: Sequence[str]) -> Drill:
    """Prove that kits open the recovery, without touching a case; leaves an entry.

    Raises
    ------
    RecoveryError
        If they do not.
    """
    vault.check_active()
    pair = vault.directory.recovery
    with vault.refusing(Act(action="recovery.drill")):
        if pair is None:
            raise RecoveryError(NO_KITS[0], hint=NO_KITS[1])
        found = open_kits(vault.place.load(), kits)
        if found.keys.public != pair.keys or found.founder != vault.founder:
            raise RecoveryError(OTHER_KITS[0], hint=OTHER_KITS[1])
        if found.vault_keys.to_bytes() != vault.vault_keys.to_bytes():
            raise RecoveryError(
                "the kits are right, but the vault's keys that they open are old.",
                hint="Make new kits: bearwitness recovery kit.",
            )
    vault.record(Act(action="recovery.drill", things={"officers": list(found.officers)}))
    return Drill(officers=found.officers, of=pair.officers, need=pair.need)


def use(
    place: VaultPlace, kits: Sequence[str], *, name: str, passphrase: str, clock: Clock = utc_now,
    cost: Cost | None = None,
) -> Unlocked:  # fmt: skip
    """Recover the organisation: with enough officers' kits, a new administrator is made who holds every covered case.

    Everybody sees it in the trail, signed by the recovery pair, with the officers' numbers. A case whose roster or
    grants are damaged is left out and counted there; it does not keep the others shut.

    Raises
    ------
    RecoveryError
        If the kits are too few, wrong, or those of another set.
    DamagedVault
        If the vault is older than this machine last saw it.
    """
    check_new_passphrase(passphrase)
    forbid_core_dumps()
    slots = slots_of(place)
    try:
        book = slots.load()
        found = open_kits(book, kits)
        seen = place.seen(book.organisation)
        store = open_store(place, found.vault_keys)
        try:
            check_not_older(store, seen.load().head)
            vault = Unlocked(
                store=store, place=slots, organisation=book.organisation, member=found.pair, keys=found.keys,
                founder=found.founder, vault_keys=found.vault_keys, clock=clock, seen=seen, files=place.files_folder(),
            )  # fmt: skip
            if vault.directory.recovery is None or vault.directory.recovery.id != found.pair:
                raise RecoveryError(OTHER_KITS[0], hint=OTHER_KITS[1])
            with slots.hold():
                member = _add_administrator(
                    vault, slots.load(), name, passphrase, found.officers, cost or stretching.USUAL_COST
                )
        finally:
            store.close()
    finally:
        slots.close()
    return unlock(place, passphrase=lambda: passphrase, member=member, clock=clock)


def _add_administrator(
    vault: Unlocked, book: Book, name: str, passphrase: str, officers: tuple[int, ...], cost: Cost
) -> str:
    """A new member with a seat in every case that the pair opens; one transaction, one loud entry."""
    keys, member = MemberKeys.generate(), new_id("m")
    slot = make_slot(book, member, keys, vault.founder, vault.vault_keys, passphrase, cost)
    active = vault.directory.active
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
    held, faults = held_as_far_as_whole(vault)
    not_opened = len(faults)
    for case, sub_keys in held.items():
        try:
            made, next_row = _seat(vault, case, sub_keys, new)
        except DamagedVault:
            not_opened += 1
            continue
        grants += made
        rows.append(next_row)
    things = {"officers": list(officers), "member": member, "cases": len(rows), "not_opened": not_opened}
    vault.record(Act(action="recovery.use", things=things), Change(cards=[card], grants=grants, cases=rows))
    return member


def _seat(vault: Unlocked, case: str, sub_keys: SubKeys, member: Member) -> tuple[list[Grant], CaseRow]:
    history = vault.store.case_history([case])
    if not history:
        raise DamagedVault(f"the case {case} is missing.", hint="Restore a backup of the vault.")
    row, roster = vault.read_roster(case, history, sub_keys)
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
