"""Cases: made, listed, granted compartment by compartment, renewed when somebody leaves."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace

from bearwitness.errors import AccessDenied, RecordError, UsageError
from bearwitness.services.unlocked import OpenCase, Unlocked
from bearwitness.vault.cards import Member
from bearwitness.vault.member_keys import PublicKeys
from bearwitness.vault.rows import COMPARTMENTS, CaseRow, Change, Compartment, Grant, Progress
from bearwitness.vault.sealing import SecretKey
from bearwitness.vault.seats import ALL, Held, Roster, Seat, mailbox_of, make_grant, new_epoch, seal_roster
from bearwitness.vault.slots import new_id
from bearwitness.vault.trail import Act


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatView:
    """Who is in a case, and what of it they hold."""

    member: str
    name: str
    compartments: tuple[str, ...]
    active: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseView:
    """A case as those in it see it; ``compartments`` are those of the member who looks."""

    id: str
    name: str
    epoch: int
    compartments: tuple[str, ...]
    seats: tuple[SeatView, ...]


def create_case(
    vault: Unlocked, name: str, *, progress: Callable[[OpenCase], Progress] | None = None
) -> OpenCase:
    """Make a case; who makes it holds all of it, and the recovery pair does, if there is one.

    Parameters
    ----------
    vault, name
        The vault, and what its members call the case.
    progress : callable, optional
        Gives the beginning of an import into it, so that there is never a case without what it was made for.

    Raises
    ------
    UsageError
        If the name is empty or one of the member's cases has it.
    """
    if not name.strip():
        raise UsageError("a case needs a name.", hint="Give it one that its members know it by.")
    if any(c.roster.name == name for c in vault.cases()):
        raise UsageError("one of your cases has this name already.", hint="Give it another.")
    case, keys = new_id("c"), new_epoch()
    held = [Held(case=case, epoch=1, compartment=c, key=keys[c], by=vault.member) for c in ALL]
    grants = [_grant(vault, vault.member, vault.keys.public, h) for h in held]
    seat = _seat(vault, vault.member, ALL[1:], grants)
    pair = vault.directory.recovery
    roster = Roster(name=name, seats=(seat,), recovery=pair.id if pair else "")
    row = seal_roster(
        case, 1, 1, roster, organisation=vault.organisation, key=keys["roster"], by=vault.member, signer=vault.keys
    )
    made = OpenCase(
        id=case, row=row, roster=roster, sub_keys={(c, 1): k for c, k in keys.items()},
        compartments=frozenset(COMPARTMENTS),
    )  # fmt: skip
    begun = progress(made) if progress is not None else None
    change = Change(cases=[row], grants=[*grants, *_recovery_grants(vault, held)], progress=begun)
    vault.record(Act(action="case.create", case=case), change, case=made)
    return made


def list_cases(vault: Unlocked) -> tuple[CaseView, ...]:
    """The cases this member is in; leaves an entry of the trail."""
    found = tuple(view_case(vault, case) for case in vault.cases())
    vault.record(Act(action="case.list"))
    return found


def view_case(vault: Unlocked, case: OpenCase) -> CaseView:
    """A case and who is in it."""
    members = vault.directory.members
    seats = tuple(
        SeatView(
            member=s.member, name=members[s.member].name if s.member in members else "", compartments=s.compartments,
            active=vault.directory.is_active(s.member),
        )
        for s in case.roster.seats
    )  # fmt: skip
    return CaseView(
        id=case.id, name=case.roster.name, epoch=case.epoch,
        compartments=tuple(c for c in COMPARTMENTS if c in case.compartments), seats=seats,
    )  # fmt: skip


def grant_case(vault: Unlocked, name: str, member: str, compartments: Iterable[Compartment]) -> CaseView:
    """Let a member into a case, or give them more of it: every epoch of the compartments named.

    Raises
    ------
    AccessDenied
        If who grants does not hold them, or somebody who left still has a seat.
    RecordError
        If there is no such member.
    """
    asked = [c for c in COMPARTMENTS if c in set(compartments)]
    if not asked:
        raise UsageError("name what is granted.", hint=f"One or more of: {', '.join(COMPARTMENTS)}.")
    case = vault.open_case(name, needs=asked)
    act = Act(action="case.grant", case=case.id, things={"member": member, "compartments": asked})
    with vault.refusing(act, case=case):
        vault.check_may_write(case)
        who = _find_member(vault, member)
    old = case.roster.seat(member)
    known = set(old.compartments) if old else set()
    wanted: set[Compartment] = {c for c in asked if c not in known} | (set() if old else {"roster"})
    grants = [
        _grant(vault, member, who.keys, Held(case=case.id, epoch=epoch, compartment=c, key=key, by=vault.member))
        for (c, epoch), key in sorted(case.sub_keys.items()) if c in wanted
    ]  # fmt: skip
    all_of = tuple(c for c in COMPARTMENTS if c in known or c in asked)
    seat = _seat(vault, member, all_of, grants, old)
    seats = tuple(s for s in case.roster.seats if s.member != member)
    roster = replace(case.roster, seats=(*seats, seat))
    row = _next_row(vault, case, roster, case.epoch, case.sub_keys["roster", case.epoch])
    vault.record(act, Change(cases=[row], grants=grants), case=case)
    return view_case(vault, vault.open_case(case.id))


def revoke_case(vault: Unlocked, name: str, member: str) -> CaseView:
    """Take a member out of a case: their grants are destroyed, and a new epoch begins that they know nothing of.

    Raises
    ------
    AccessDenied
        If who revokes does not hold the whole case.
    RecordError
        If that member has no seat in it.
    """
    case = vault.open_case(name, needs=COMPARTMENTS)
    act = Act(action="case.revoke", case=case.id, things={"member": member})
    with vault.refusing(act, case=case):
        if case.roster.seat(member) is None:
            raise RecordError(f"{member} has no seat in case {case.id}.", hint="See bearwitness case show.")
        gone = {*vault.gone_from(case), member}
        keepers = [s for s in case.roster.seats if s.member not in gone and len(s.compartments) == len(COMPARTMENTS)]
        if not keepers:
            raise AccessDenied(
                "nobody else holds the whole case.", hint="Grant all of it to somebody first, then they can do it."
            )
    return _new_epoch(vault, case, gone, act)


def renew_case(vault: Unlocked, name: str) -> CaseView:
    """Begin a new epoch without those who left the organisation; writing is open again then."""
    case = vault.open_case(name, needs=COMPARTMENTS)
    gone = vault.gone_from(case)
    return _new_epoch(vault, case, gone, Act(action="case.renew", case=case.id, things={"without": sorted(gone)}))


def _new_epoch(vault: Unlocked, case: OpenCase, without: Collection[str], act: Act) -> CaseView:
    epoch, keys = case.epoch + 1, new_epoch()
    held = [Held(case=case.id, epoch=epoch, compartment=c, key=keys[c], by=vault.member) for c in ALL]
    seats: list[Seat] = []
    grants: list[Grant] = []
    for seat in case.roster.seats:
        if seat.member in without:
            continue
        who = vault.directory.members[seat.member]
        wanted: tuple[Compartment, ...] = ("roster", *seat.compartments)
        new = [_grant(vault, who.id, who.keys, h) for h in held if h.compartment in wanted]
        seats.append(replace(seat, grants=(*seat.grants, *(g.id for g in new))))
        grants += new
    row = _next_row(vault, case, replace(case.roster, seats=tuple(seats)), epoch, keys["roster"])
    gone = [g for s in case.roster.seats if s.member in without for g in s.grants]
    change = Change(cases=[row], grants=[*grants, *_recovery_grants(vault, held)], remove_grants=gone)
    # The entry is sealed for those of the old epoch who stay and know both.
    vault.record(act, change, case=case)
    if vault.member in without:
        return view_case(vault, replace(case, compartments=frozenset()))
    return view_case(vault, vault.open_case(case.id))


def _next_row(vault: Unlocked, case: OpenCase, roster: Roster, epoch: int, key: SecretKey) -> CaseRow:
    return seal_roster(
        case.id, case.row.version + 1, epoch, roster, organisation=vault.organisation, key=key, by=vault.member,
        signer=vault.keys,
    )  # fmt: skip


def _seat(
    vault: Unlocked, member: str, compartments: tuple[Compartment, ...], grants: list[Grant], old: Seat | None = None
) -> Seat:
    before = old.grants if old else ()
    return Seat(
        member=member, compartments=compartments, grants=(*before, *(g.id for g in grants)), by=vault.member,
        at=vault.now(),
    )  # fmt: skip


def _grant(vault: Unlocked, member: str, keys: PublicKeys, held: Held) -> Grant:
    return make_grant(
        new_id("g"), held, organisation=vault.organisation, member=member, keys=keys,
        mailbox=mailbox_of(member, vault.mailbox_key), signer=vault.keys,
    )  # fmt: skip


def _recovery_grants(vault: Unlocked, held: list[Held]) -> list[Grant]:
    """Every sub-key of an epoch is wrapped to the recovery pair too, where there is one."""
    pair = vault.directory.recovery
    return [_grant(vault, pair.id, pair.keys, h) for h in held] if pair is not None else []


def is_covered(vault: Unlocked, case: OpenCase) -> bool:
    """Whether the recovery kits in force open a case, every epoch of it."""
    pair = vault.directory.recovery
    return pair is not None and case.roster.recovery == pair.id


def cover_cases(vault: Unlocked) -> tuple[str, ...]:
    """Wrap every case that this member holds wholly to the recovery pair in force; the ids of those that were not yet.

    A case that an earlier pair opens begins a new epoch: those kits open nothing that is added from then on.

    Raises
    ------
    RecordError
        If there are no recovery kits.
    """
    vault.refresh()
    pair = vault.directory.recovery
    if pair is None:
        raise RecordError("there are no recovery kits.", hint="Make them: bearwitness recovery kit.")
    covered = []
    for case in vault.cases():
        if is_covered(vault, case) or not case.compartments >= set(COMPARTMENTS):
            continue
        held = [
            Held(case=case.id, epoch=epoch, compartment=c, key=key, by=vault.member)
            for (c, epoch), key in case.sub_keys.items()
        ]
        roster = replace(case.roster, recovery=pair.id)
        row = _next_row(vault, case, roster, case.epoch, case.sub_keys["roster", case.epoch])
        change = Change(cases=[row], grants=_recovery_grants(vault, held))
        vault.record(Act(action="case.cover", case=case.id), change, case=case)
        if case.roster.recovery:
            renew_case(vault, case.id)
        covered.append(case.id)
    return tuple(covered)


def _find_member(vault: Unlocked, member: str) -> Member:
    found = vault.directory.members.get(member)
    if found is None or not found.active:
        raise RecordError("there is no such member.", hint="See all with bearwitness member list.")
    return found
