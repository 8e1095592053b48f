"""Read all that a member may read, and name by id what is damaged; damage to one record never hides the others."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import BinaryIO, cast

from bearwitness.errors import BearwitnessError, DamagedVault
from bearwitness.model.records import Attachment
from bearwitness.services.archive import Archive, load_case
from bearwitness.services.attachment_keys import attachment_files, files_of
from bearwitness.services.attachments import Nowhere, open_checked
from bearwitness.services.audit import verify
from bearwitness.services.case_access import is_covered
from bearwitness.services.held_keys import held_as_far_as_whole
from bearwitness.services.record_check import RESTORE, Finding, RecordCheck
from bearwitness.services.unlocked import OpenCase, Unlocked
from bearwitness.vault.rows import COMPARTMENTS, CaseRow
from bearwitness.vault.seats import Roster, SubKeys
from bearwitness.vault.trail import Act

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What was read, what of it is damaged, and what should be seen to."""

    cases: int
    records: int
    files: int
    damaged: tuple[Finding, ...]
    warnings: tuple[Finding, ...]


def check_vault(vault: Unlocked, progress: Progress | None = None) -> Report:
    """Read the pages, the trail, the member's grants, and every record and file of their cases; leaves an entry.

    Parameters
    ----------
    vault : Unlocked
        The vault.
    progress : callable, optional
        Told how many cases of how many are read.

    Returns
    -------
    Report
        Cases that the member is not in, and compartments that they do not hold, are not read; only their pages and
        rows are counted. Whether a slot has a card cannot be told from a decoy, so only members without one are named.
    """
    vault.check_active()
    checking = _Checking(vault)
    checking.step("pages", checking.read_pages)
    checking.step("trail", lambda: verify(vault))
    checking.step("recovery", lambda: checking.warnings.extend(_warn_of_organisation(vault)))
    checking.step("grants", checking.read_grants)
    cases = checking.cases
    for at, opened in enumerate(cases):
        checking.read_case(opened)
        if progress is not None:
            progress(at + 1, len(cases))
    checking.step("files", checking.read_orphans)
    things = {"cases": len(cases), "damaged": len(checking.damaged)}
    checking.step("trail", lambda: vault.record(Act(action="vault.check", things=things)))
    return Report(
        cases=len(cases), records=checking.records, files=checking.files, damaged=tuple(checking.damaged),
        warnings=tuple(checking.warnings),
    )  # fmt: skip


class _Checking:
    """What was found so far; every step is done, whatever the one before it met."""

    def __init__(self, vault: Unlocked) -> None:
        self._vault = vault
        self.cases: list[OpenCase] = []
        self.records = 0
        self.files = 0
        self.damaged: list[Finding] = []
        self.warnings: list[Finding] = []

    def step(self, where: str, do: Callable[[], object]) -> None:
        """Do a step; what stops it is a finding."""
        try:
            do()
        except BearwitnessError as error:
            self.damaged.append(Finding(where=where, what=error.message, do=error.hint))

    def read_pages(self) -> None:
        """What the database itself finds, of twenty pages at most."""
        self.damaged += [Finding(where="pages", what=words, do=RESTORE) for words in self._vault.store.damage()[:20]]

    def read_grants(self) -> None:
        """The member's grants, and with them the cases and their rosters."""
        held, faults = held_as_far_as_whole(self._vault)
        self.damaged += [Finding(where=where, what=error.message, do=error.hint) for where, error in faults]
        for case, sub_keys in held.items():
            history = self._vault.store.case_history([case])
            if history:
                self._open(history, sub_keys)
            else:
                self.damaged.append(Finding(where=f"case {case}", what="is missing", do=RESTORE))
        self.cases.sort(key=lambda c: (c.roster.name, c.id))

    def _open(self, history: Sequence[CaseRow], sub_keys: SubKeys) -> None:
        row = history[-1]
        if ("roster", row.epoch) not in sub_keys:
            # Taken out of the case, or the grant itself is damaged and named.
            return
        try:
            _, roster = self._vault.read_roster(row.id, history, sub_keys)
        except DamagedVault as error:
            self.damaged.append(Finding(where=f"case {row.id}", what=error.message, do=RESTORE))
            # Its records are read all the same.
            roster = Roster(name="", seats=())
        seat = roster.seat(self._vault.member)
        if roster.seats and seat is None:
            return
        if seat is not None:
            # A grant beyond what the roster says gives nothing.
            sub_keys = {c: key for c, key in sub_keys.items() if c[0] == "roster" or c[0] in seat.compartments}
        now = frozenset(c for c, epoch in sub_keys if epoch == row.epoch) - {"roster"}
        self.cases.append(OpenCase(id=row.id, row=row, roster=roster, sub_keys=sub_keys, compartments=now))

    def read_case(self, opened: OpenCase) -> None:
        """The keys, records and files of a case."""
        where = f"case {opened.id}"
        self.step(where, lambda: self._read_records(opened))
        self.step(where, lambda: self._read_files(opened))
        if opened.roster.seats:
            self.warnings += _warn_of_case(self._vault, opened)

    def _read_records(self, opened: OpenCase) -> None:
        vault = self._vault
        # In this order, for what somebody else writes meanwhile.
        before = vault.store.head().number
        rows = vault.store.records(opened.id)
        stored = vault.store.unit_keys(opened.id)
        destroyed = {s.unit for s in vault.store.shreds() if s.case == opened.id}
        check = RecordCheck(opened.id, opened.sub_keys, stored, vault.unit_keys(opened), destroyed)
        self.damaged += check.read(rows)
        self.records += check.records
        if not vault.changed_since(before):
            # A key that came in after the records would seem to open none.
            self.warnings += check.warnings()

    def _read_files(self, opened: OpenCase) -> None:
        if "evidence" not in opened.compartments:
            return
        archive = load_case(self._vault, opened, tolerant=True)
        if self._vault.files is None and archive.case.attachments:
            self.warnings.append(Finding(
                where=f"case {opened.id}", what="its files were not read: this machine does not know where they lie",
                do="Name their folder with --files.",
            ))  # fmt: skip
            return
        for attachment in archive.case.attachments:
            where = f"attachment {attachment.id} of case {opened.id}"
            self.step(where, partial(_read_file, self._vault, archive, attachment))
        self.files += len(archive.case.attachments)

    def read_orphans(self) -> None:
        """Remove sealed files that no record names, which a stopped step left; only who sees every case can tell."""
        whole = {c.id for c in self.cases if "evidence" in c.compartments}
        if self.damaged or self._vault.files is None or whole != {row.id for row in self._vault.store.cases()}:
            # A record that does not open may name a file.
            return
        known = [name for case in self.cases for name in attachment_files(self._vault, case).values()]
        count = files_of(self._vault).sweep(known)
        if count:
            self.warnings.append(
                Finding(where="files", what=f"{count} sealed files belonged to no record", do="They were removed.")
            )


def _read_file(vault: Unlocked, archive: Archive, attachment: Attachment) -> None:
    open_checked(vault, archive, attachment, cast(BinaryIO, io.BufferedWriter(Nowhere())))


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
    for member in vault.gone_from(opened):
        yield Finding(
            where=f"case {opened.id}", what=f"{member} left and still has a seat",
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

