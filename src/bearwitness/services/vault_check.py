"""Read all that a member may read, and name by id what is damaged; damage to one record never hides the others."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO, Final, cast

from bearwitness.errors import BearwitnessError
from bearwitness.services.archive import Archive, load_case
from bearwitness.services.attachment_keys import attachment_files, files_of
from bearwitness.services.attachments import Nowhere, open_checked
from bearwitness.services.audit import verify
from bearwitness.services.case_access import is_covered
from bearwitness.services.unlocked import OpenCase, Unlocked
from bearwitness.vault.rows import COMPARTMENTS
from bearwitness.vault.trail import Act

Progress = Callable[[int, int], None]
_RESTORE: Final = "Restore it from a backup (bearwitness vault restore)."


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing found: where (a kind of thing and its id), what is wrong, and what to do."""

    where: str
    what: str
    do: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What was read, what of it is damaged, and what should be seen to."""

    cases: int
    records: int
    files: int
    damaged: tuple[Finding, ...]
    warnings: tuple[Finding, ...]


def check_vault(vault: Unlocked, progress: Progress | None = None) -> Report:
    """Read the pages, the trail, and every record and file of the member's cases to the end; leaves an entry.

    Parameters
    ----------
    vault : Unlocked
        The vault.
    progress : callable, optional
        Told how many cases of how many are read.

    Returns
    -------
    Report
        Cases that the member is not in are not read, and only their pages and rows are counted.
    """
    damaged = [Finding(where="pages", what=words, do=_RESTORE) for words in vault.store.damage()[:20]]
    warnings = list(_warn_of_organisation(vault))
    try:
        verify(vault)
    except BearwitnessError as error:
        damaged.append(Finding(where="trail", what=error.message, do=error.hint))
    records = files = 0
    cases = vault.cases()
    for at, opened in enumerate(cases):
        try:
            count, known = _check_case(vault, opened, damaged)
            records, files = records + count, files + known
        except BearwitnessError as error:
            damaged.append(Finding(where=f"case {opened.id}", what=error.message, do=error.hint))
        warnings += _warn_of_case(vault, opened)
        if progress is not None:
            progress(at + 1, len(cases))
    if not damaged:
        # A record that does not open may name a file.
        warnings += _sweep(vault, cases)
    things = {"cases": len(cases), "damaged": len(damaged)}
    vault.record(Act(action="vault.check", things=things))
    return Report(
        cases=len(cases), records=records, files=files, damaged=tuple(damaged), warnings=tuple(warnings)
    )  # fmt: skip


def _check_case(vault: Unlocked, opened: OpenCase, damaged: list[Finding]) -> tuple[int, int]:
    """How many records and files of a case were read."""
    archive = load_case(vault, opened, tolerant=True)
    damaged += [
        Finding(where=f"record {row} of case {opened.id}", what="it does not open, or is not what it was", do=_RESTORE)
        for row in archive.damaged
    ]
    return len(vault.store.versions(opened.id)), _check_files(vault, opened, archive, damaged)


def _check_files(vault: Unlocked, opened: OpenCase, archive: Archive, damaged: list[Finding]) -> int:
    if "evidence" not in opened.compartments or vault.files is None:
        return 0
    for attachment in archive.case.attachments:
        try:
            open_checked(vault, archive, attachment, cast(BinaryIO, io.BufferedWriter(Nowhere())))
        except BearwitnessError as error:
            damaged.append(
                Finding(where=f"attachment {attachment.id} of case {opened.id}", what=error.message, do=error.hint)
            )
    return len(archive.case.attachments)


def _sweep(vault: Unlocked, cases: Sequence[OpenCase]) -> Iterator[Finding]:
    """Remove sealed files that no record names, which a stopped step left; only who sees every case can tell."""
    whole = {c.id for c in cases if "evidence" in c.compartments}
    if vault.files is None or whole != {row.id for row in vault.store.cases()}:
        return
    known = [name for case in cases for name in attachment_files(vault, case).values()]
    count = files_of(vault).sweep(known)
    if count:
        yield Finding(where="files", what=f"{count} sealed files belonged to no record", do="They were removed.")


def _warn_of_organisation(vault: Unlocked) -> Iterator[Finding]:
    """What should be seen to before it is needed."""
    pair = vault.directory.recovery
    if pair is None:
        yield Finding(
            where="recovery", what="there are no recovery kits: a lost passphrase is lost for good",
            do="Make them: bearwitness recovery kit.",
        )  # fmt: skip
    book = vault.place.load()
    if pair is not None and (book.recovery or {}).get("pair") != pair.id:
        yield Finding(
            where="recovery", what="the kits in force are not those of the book of slots", do="Make new kits.",
        )  # fmt: skip
    slots = {s.member for s in book.slots}
    for member in vault.directory.members.values():
        if member.active and member.id not in slots:
            yield Finding(
                where=f"member {member.id}", what="has no slot and cannot unlock the vault",
                do="Revoke them and add them again.",
            )  # fmt: skip


def _warn_of_case(vault: Unlocked, opened: OpenCase) -> Iterator[Finding]:
    members = vault.directory.members
    for seat in opened.roster.seats:
        if seat.member not in members or not members[seat.member].active:
            yield Finding(
                where=f"case {opened.id}", what=f"{seat.member} left and still has a seat",
                do="Somebody who holds the whole case runs: bearwitness case renew.",
            )  # fmt: skip
    whole = [s for s in opened.roster.seats if len(s.compartments) == len(COMPARTMENTS)]
    if vault.directory.recovery is not None and not is_covered(vault, opened):
        yield Finding(
            where=f"case {opened.id}", what="the recovery kits do not open it yet",
            do="Somebody who holds the whole case runs: bearwitness recovery cover.",
        )  # fmt: skip
    elif vault.directory.recovery is None and len(whole) < 2:
        yield Finding(
            where=f"case {opened.id}", what="one person alone holds all of it",
            do="Grant all of it to a second one, or make recovery kits.",
        )  # fmt: skip

