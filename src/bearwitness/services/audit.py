"""Who did what: the trail as a member may read it, and the proof that nothing of it was edited or taken out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bearwitness.errors import UsageError
from bearwitness.services.unlocked import Unlocked
from bearwitness.vault.row_counts import first_difference
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

    Raises
    ------
    UsageError
        If ``last`` is less than one.
    """
    if last is not None and last < 1:
        raise UsageError("the number of entries is at least 1.", hint="Leave it out to see all.")
    vault.check_active()
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
    by_hand = _read_head(head)
    # Before the entry below is remembered in its place.
    seen = vault.seen.load().head
    number = vault.record(Act(action="audit.verify")).number
    there, written = vault.store.written()
    rows = list(vault.store.trail())
    # After the rows: whoever signed one of them is known by then.
    vault.refresh()
    entries = verify_trail(rows, directory=vault.directory, keys=vault.vault_keys.organisation, last=seen)
    _check_written_down(entries, by_hand)
    # Somebody may have gone on writing meanwhile; what was counted is the state after entry ``there``.
    check_rows((e for e in entries if e.number <= there.number), written)
    return Verified(entries=number, head=f"{number}:{entries[number - 1].hash}")


def _check_written_down(entries: list[TrailEntry], head: Head | None) -> None:
    """Refuse a trail that does not hold the head that somebody wrote down."""
    if head is None:
        return
    if not 1 <= head.number <= len(entries):
        raise broken(len(entries) + 1, f"is missing: somebody saw entry {head.number}")
    if entries[head.number - 1].hash != head.hash:
        raise broken(head.number, "is not the one that was written down")


def _read_head(head: str | None) -> Head | None:
    if head is None:
        return None
    number, colon, digest = head.strip().partition(":")
    # The first entry is 1: there is no head of nothing to write down.
    is_number = number.isascii() and number.isdigit() and len(number) < 19 and int(number) > 0
    is_hash = len(digest) == 64 and all(c in "0123456789abcdef" for c in digest.lower())
    if not (is_number and colon and is_hash):
        raise UsageError("this is not a head of the trail.", hint="Write it as it was shown: NUMBER:HASH.")
    return Head(number=int(number), hash=digest.lower())


def check_rows(entries: Iterable[TrailEntry], written: Mapping[int, int]) -> None:
    """Refuse a vault in which rows are missing, or stand that no entry speaks of.

    Raises
    ------
    DamagedVault
        Naming the first entry whose rows are not those it says.
    """
    found = first_difference(entries, written)
    if found is not None:
        number, wanted, there = found
        raise broken(number, f"speaks of {wanted} rows, and {there} are there")
