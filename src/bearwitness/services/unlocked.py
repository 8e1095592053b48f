"""A vault that a member has unlocked, and a case that is open in it: the only way from services to the store.

Every step goes through :meth:`Unlocked.record`, which writes what it changes together with its entry of the trail, or
the entry alone where it only reads. A step that is refused leaves an entry too.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

from bearwitness.errors import AccessDenied, BearwitnessError, DamagedVault, RecordError
from bearwitness.vault.cards import Directory, Member, read_directory
from bearwitness.vault.heads import Seen, SeenFile
from bearwitness.vault.member_keys import MemberKeys
from bearwitness.vault.parts import UnitKeys
from bearwitness.vault.rows import NOTHING, CaseRow, Change, Compartment, Head, Store, TrailRow
from bearwitness.vault.sealing import SecretKey
from bearwitness.vault.seats import Held, Roster, SubKeys, keys_by_case, mailbox_of, open_grant, read_roster
from bearwitness.vault.slot_places import SlotPlace
from bearwitness.vault.slots import VaultKeys, unwrap_vault_keys
from bearwitness.vault.trail import REFUSED, Act, Seals, entry_maker, read_entry

Clock = Callable[[], datetime]
_NO_CASE: Final = "there is no such case among yours.", "See yours with bearwitness case list."


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchTexts:
    """The folded words of a case as one member may read them: the row of each text, and whether consent withholds any.

    They are those of the entry ``number`` of the trail.
    """

    number: int
    owners: tuple[str, ...]
    texts: tuple[str, ...]
    asks_consent: bool


@dataclass(slots=True, kw_only=True)
class OpenCase:
    """A case as a member holds it. ``row`` and ``roster`` are those of now; ``epoch`` seals what is new."""

    id: str
    row: CaseRow
    roster: Roster
    sub_keys: SubKeys
    compartments: frozenset[Compartment]

    @property
    def epoch(self) -> int:
        """The epoch in which new things are sealed."""
        return self.row.epoch


@dataclass(slots=True, kw_only=True)
class Unlocked:
    """A vault with a member's keys in memory; nothing of them is written anywhere.

    ``files`` is the folder of the sealed attachments, None where a database has none at this machine.
    """

    store: Store
    place: SlotPlace
    organisation: str
    member: str
    keys: MemberKeys
    founder: bytes
    vault_keys: VaultKeys
    clock: Clock
    seen: SeenFile
    files: Path | None = None
    directory: Directory = field(init=False)
    # What was decrypted to be searched, by case: it is gone when the vault is locked.
    texts: dict[str, SearchTexts] = field(default_factory=dict, init=False)
    # Grants that were opened, by id: their signatures are checked once.
    _opened: dict[str, Held] = field(default_factory=dict, init=False)
    _rosters: dict[str, tuple[CaseRow, Roster]] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        self.refresh()

    def refresh(self) -> None:
        """Read anew who is a member and what this member holds, and the organisation's keys if they were renewed."""
        slot = next((s for s in self.place.load().slots if s.member == self.member), None)
        if slot is not None:
            self.vault_keys = unwrap_vault_keys(self.organisation, self.member, self.keys, slot.vault_keys)
        self.directory = read_directory(
            self.store.cards(), organisation=self.organisation, founder=self.founder,
            seals=self.vault_keys.organisation,
        )  # fmt: skip

    def check_active(self) -> None:
        """Refuse whoever was revoked while their vault was open; read anew, so that it holds from the next step on.

        Raises
        ------
        AccessDenied
            If this member is none any more.
        """
        self.refresh()
        if self.member not in self.directory.pairs and not self.directory.is_active(self.member):
            raise AccessDenied("you are no member any more.", hint="Ask an administrator.")

    def now(self) -> str:
        """The time of now, to the second, in UTC."""
        return self.clock().astimezone(UTC).isoformat(timespec="seconds")

    def today(self) -> date:
        """The day of now, as the clock of this machine has it."""
        return self.clock().date()

    @property
    def me(self) -> Member:
        """The member who unlocked the vault."""
        return self.directory.members[self.member]

    @property
    def mailbox_key(self) -> SecretKey:
        """By which mailboxes are named: the first key of the organisation, which every member holds."""
        return self.vault_keys.organisation[0]

    def held(self) -> Mapping[str, SubKeys]:
        """The sub-keys this member holds, by case. Every grant's signature is checked."""
        grants = self.store.grants(mailbox_of(self.member, self.mailbox_key))
        for grant in grants:
            if grant.id not in self._opened:
                self._opened[grant.id] = open_grant(
                    grant, directory=self.directory, member=self.member, keys=self.keys
                )
        # Those that were taken back are not among the store's any more.
        return keys_by_case(self._opened[grant.id] for grant in grants)

    def open_case(self, name: str, *, needs: Collection[Compartment] = ()) -> OpenCase:
        """A case by its id or by its exact name.

        Parameters
        ----------
        name : str
            Of the case.
        needs : collection of Compartment
            What the step cannot be done without.

        Raises
        ------
        RecordError
            If this member is in no such case; whether it exists is not told.
        AccessDenied
            If they lack a compartment of it; the refusal is in the trail.
        """
        self.check_active()
        case = self._find_case(name)
        missing = [c for c in needs if c not in case.compartments]
        if missing:
            words = ", ".join(missing)
            error = AccessDenied(
                f"the compartment {words} of case {case.id} was not granted to you.",
                hint="Ask somebody who holds it: bearwitness case show names them.",
            )
            self.record(Act(action="access", case=case.id, outcome=REFUSED, things={"missing": missing}), case=case)
            raise error
        return case

    def _find_case(self, name: str) -> OpenCase:
        held = self.held()
        if name in held:
            return self._open(name, self.store.case_history([name]), held[name])
        named = [case for case in self._all_cases(held) if case.roster.name == name]
        if len(named) == 1:
            return named[0]
        if named:
            raise RecordError(f"{len(named)} of your cases have this name.", hint="Give the id of one.")
        raise RecordError(_NO_CASE[0], hint=_NO_CASE[1])

    def _open(self, case: str, rows: Sequence[CaseRow], sub_keys: SubKeys) -> OpenCase:
        if not rows:
            raise DamagedVault(f"the case {case} is missing.", hint="Restore a backup of the vault.")
        if ("roster", rows[-1].epoch) not in sub_keys:
            # Taken out of the case: the old keys are at hand and open nothing of now.
            raise RecordError(_NO_CASE[0], hint=_NO_CASE[1])
        row, roster = self.read_roster(case, rows, sub_keys)
        seat = roster.seat(self.member)
        if seat is None:
            raise RecordError(_NO_CASE[0], hint=_NO_CASE[1])
        # A grant alone gives nothing: what somebody holds is what the roster says, and others signed.
        seated = {c: key for c, key in sub_keys.items() if c[0] == "roster" or c[0] in seat.compartments}
        held: frozenset[Compartment] = frozenset(c for c, epoch in seated if epoch == row.epoch)
        return OpenCase(id=case, row=row, roster=roster, sub_keys=seated, compartments=held - {"roster"})

    def read_roster(self, case: str, rows: Sequence[CaseRow], sub_keys: SubKeys) -> tuple[CaseRow, Roster]:
        """The newest roster of a case; versions that were checked before are not checked again."""
        known = self._rosters.get(case)
        if known is not None and (len(rows) < known[0].version or rows[known[0].version - 1] != known[0]):
            known = None
        new = rows[known[0].version :] if known is not None else rows
        self._rosters[case] = read_roster(new, directory=self.directory, keys=sub_keys, known=known)
        return self._rosters[case]

    def cases(self) -> list[OpenCase]:
        """All cases this member is in, by name."""
        self.check_active()
        return self._all_cases(self.held())

    def _all_cases(self, held: Mapping[str, SubKeys]) -> list[OpenCase]:
        history: dict[str, list[CaseRow]] = {case: [] for case in held}
        for row in self.store.case_history(held) if held else ():
            history[row.id].append(row)
        found: list[OpenCase] = []
        for case, rows in history.items():
            try:
                found.append(self._open(case, rows, held[case]))
            except RecordError:
                continue
        return sorted(found, key=lambda c: (c.roster.name, c.id))

    def check_may_write(self, case: OpenCase) -> None:
        """Refuse to add to a case whose keys somebody still knows who has left.

        Raises
        ------
        AccessDenied
            Until somebody who holds the whole case has begun a new epoch (``bearwitness case renew``).
        """
        gone = self.gone_from(case)
        if gone:
            raise AccessDenied(
                f"{', '.join(gone)} left and still has a seat in case {case.id}; nothing is added to it until then.",
                hint="Somebody who holds all of the case has to run: bearwitness case renew.",
            )

    def gone_from(self, case: OpenCase) -> list[str]:
        """Who has a seat in a case and left the organisation: no key of a new epoch is for them."""
        return [s.member for s in case.roster.seats if not self.directory.is_active(s.member)]

    def unit_keys(
        self, case: OpenCase, compartments: Sequence[Compartment] | None = None, units: Sequence[str] | None = None
    ) -> UnitKeys:
        """The unit keys of a case, as far as this member opens them; of some compartments or units where given."""
        stored = self.store.unit_keys(case.id, compartments, units)
        destroyed = {s.unit for s in self.store.shreds() if s.case == case.id}
        return UnitKeys(self.organisation, case.id, case.epoch, case.sub_keys, stored, destroyed)

    def record(self, act: Act, change: Change = NOTHING, *, case: OpenCase | None = None) -> TrailRow:
        """Write what a step changes together with its entry of the trail; the entry alone where it changes nothing."""
        roster = case.sub_keys.get(("roster", case.epoch)) if case is not None else None
        seals = Seals(
            organisation=self.organisation, keys=self.vault_keys.organisation, roster=roster,
            epoch=case.epoch if case is not None else 0,
        )  # fmt: skip
        entry = entry_maker(
            act, actor=self.member, keys=self.keys, seals=seals, wrote=change.counts(), now=self.clock
        )
        row = self.store.write(change, entry=entry)
        self.seen.remember(Seen(head=Head(number=row.number, hash=row.hash), member=self.member))
        return row

    @contextmanager
    def refusing(self, act: Act, *, case: OpenCase | None = None) -> Iterator[None]:
        """Let a refusal inside leave its entry too, then go on to whoever asked."""
        try:
            yield
        except BearwitnessError as error:
            things: dict[str, Any] = {**act.things, "error": type(error).__name__}
            self.record(replace(act, outcome=REFUSED, things=things), case=case)
            raise

    def changed_since(self, number: int) -> bool:
        """Whether anything but the trail was written after an entry of it."""
        for row in self.store.trail(number + 1):
            entry = read_entry(row, organisation=self.organisation, keys=self.vault_keys.organisation, rosters={})
            if entry.wrote or entry.removed:
                return True
        return False

    def close(self) -> None:
        """Lock the vault again."""
        self.texts.clear()
        self.store.close()
        self.place.close()
