"""Who did what: the trail as a member may read it, and the proof that nothing of it was edited or taken out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bearwitness.errors import UsageError
from bearwitness.services.unlocked import Unlocked
from bearwitness.vault.rows import Head
from bearwitness.vault.sealing import SecretKey
from bearwitness.vault.trail import Act, TrailEntry, broken, read_entry, verify_trail


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """A trail that holds: how many entries, and its head, to be written down elsewhere as ``NUMBER:HASH``."""

    entries: int
    head: str


def show_trail(
    vault: Unlocked, *, case: str | None = None, member: str | None = None, action: str | None = None,
    last: int | None = None,
) -> tuple[TrailEntry, ...]:  # fmt: skip
    """The entries of the trail, opened as far as this member's cases reach; leaves an entry.

    Parameters
    ----------
    vault : Unlocked
        The vault.
    case, member, action : str, optional
        Only entries of one case (which the member has to be in), by one member, of one action.
    last : int, optional
        Only the last so many of these.
    """
    opened = vault.open_case(case) if case else None
    rosters = _rosters(vault)
    found = []
    for row in vault.store.trail():
        entry = read_entry(
            row, organisation=vault.organisation, keys=vault.vault_keys.organisation, rosters=rosters
        )
        fits = (
            (opened is None or entry.case == opened.id)
            and (member is None or entry.actor == member)
            and (action is None or entry.action == action)
        )
        if fits:
            found.append(entry)
    vault.record(Act(action="audit.show"))
    return tuple(found[-last:] if last else found)


def _rosters(vault: Unlocked) -> dict[int, list[SecretKey]]:
    """The roster keys of all the member's cases, by epoch."""
    found: dict[int, list[SecretKey]] = {}
    for sub_keys in vault.held().values():
        for (compartment, epoch), key in sub_keys.items():
            if compartment == "roster":
                found.setdefault(epoch, []).append(key)
    return found


def verify(vault: Unlocked, *, head: str | None = None) -> Verified:
    """Check every link and signature of the trail, and that every row is there that it says was written.

    Parameters
    ----------
    vault : Unlocked
        The vault.
    head : str, optional
        A head that somebody wrote down, ``NUMBER:HASH``; what this machine last saw is compared anyway.

    Raises
    ------
    DamagedVault
        Naming the first entry that is broken, or whose rows are not all there.
    UsageError
        If the head does not have its form.
    """
    number = vault.record(Act(action="audit.verify")).number
    vault.refresh()
    keys = vault.vault_keys.organisation
    for seen in filter(None, (_read_head(head), vault.seen.load().head)):
        entries = verify_trail(vault.store.trail(), directory=vault.directory, keys=keys, last=seen)
    check_rows(entries, vault.store.written())
    return Verified(entries=number, head=f"{number}:{next(e.hash for e in entries if e.number == number)}")


def _read_head(head: str | None) -> Head | None:
    if head is None:
        return None
    number, colon, digest = head.partition(":")
    if not (number.isascii() and number.isdigit() and colon and len(digest) == 64):
        raise UsageError("this is not a head of the trail.", hint="Write it as it was shown: NUMBER:HASH.")
    return Head(number=int(number), hash=digest.lower())


def check_rows(entries: Iterable[TrailEntry], written: Mapping[int, int]) -> None:
    """Refuse a vault in which rows are missing, or stand that no entry speaks of.

    Raises
    ------
    DamagedVault
        Naming the first entry whose rows are not those it says.
    """
    wanted: Counter[int] = Counter()
    for entry in entries:
        wanted[entry.number] += sum(entry.wrote.values())
        for earlier, count in entry.removed.items():
            wanted[earlier] -= count
    for number in sorted(wanted.keys() | written.keys()):
        if wanted.get(number, 0) != written.get(number, 0):
            raise broken(number, f"speaks of {wanted.get(number, 0)} rows, and {written.get(number, 0)} are there")
