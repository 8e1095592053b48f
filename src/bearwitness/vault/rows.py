"""What a store keeps: rows of sealed bytes under opaque ids, and the one way to write them. A store knows no keys.

Every write is a :class:`Change` together with an entry of the trail, in one transaction: both are there or neither.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, Protocol

from bearwitness.errors import RecordError

Compartment = Literal["roster", "identity", "chain", "content", "evidence"]
# What can be granted apart. Everybody in a case holds its roster too: its name, and who else is in it.
COMPARTMENTS: Final[tuple[Compartment, ...]] = ("identity", "chain", "content", "evidence")
CONTENT: Final[tuple[Compartment, ...]] = ("content",)
# The consent unit of what belongs to no single person or account.
CASE_UNIT: Final = "0" * 32
GENESIS: Final = "0" * 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A signed statement about the organisation or a member, sealed for all members."""

    id: str
    kind: str
    sealed: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """A sub-key of a case, wrapped to one member. ``mailbox`` tells the member which are theirs, and others nothing."""

    id: str
    mailbox: str
    wrapped: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRow:
    """A case: its name is sealed under the roster key of an epoch."""

    id: str
    version: int
    epoch: int
    sealed: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitKey:
    """The key of one consent unit in one compartment and epoch, sealed under that epoch's sub-key."""

    case: str
    unit: str
    compartment: Compartment
    epoch: int
    sealed: bytes


# By unit, compartment and epoch. Plain tuples: there may be hundreds of thousands.
SealedKeys = Mapping[tuple[str, Compartment, int], bytes]
SealedPart = tuple[str, int, str, bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordRow:
    """One version of one record. ``place`` is where it stands among its kind; a part that is None says nothing."""

    case: str
    id: str
    version: int
    kind: str
    place: int
    identity: bytes | None = None
    chain: bytes | None = None
    content: bytes | None = None
    evidence: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shred:
    """A consent unit that was destroyed: whatever is found of it later, in a backup, is destroyed again."""

    case: str
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a long import came, so that it goes on where it stopped. ``sealed`` holds what only its case may know."""

    id: str
    case: str
    done: int
    finished: bool
    sealed: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What one step writes. Records and cases are only ever added to, but for what is destroyed or revoked.

    ``shred`` destroys the keys of consent units, ``remove_records`` all versions of records (case and id), and
    ``remove_grants`` the grants of somebody who leaves a case.
    """

    cards: Sequence[Card] = ()
    grants: Sequence[Grant] = ()
    cases: Sequence[CaseRow] = ()
    unit_keys: Sequence[UnitKey] = ()
    records: Sequence[RecordRow] = ()
    shred: Sequence[Shred] = ()
    remove_records: Sequence[tuple[str, str]] = ()
    remove_grants: Sequence[str] = ()
    progress: Progress | None = None

    def counts(self) -> dict[str, int]:
        """How many rows of each table it adds, for the trail."""
        found = {
            "card": len(self.cards), "grant": len(self.grants), "case_file": len(self.cases),
            "unit_key": len(self.unit_keys), "record": len(self.records),
        }  # fmt: skip
        return {name: n for name, n in found.items() if n}


NOTHING: Final = Change()


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The last entry of the trail: its number (0 where there is none) and its hash."""

    number: int = 0
    hash: str = GENESIS


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailRow:
    """An entry of the trail. ``before`` is the hash of the entry before; ``signature`` is the actor's over ``hash``."""

    number: int
    at: str
    before: str
    hash: str
    sealed: bytes
    signature: bytes


# Makes the entry that follows a head; it is told how many rows of each earlier entry the change takes away.
Entry = Callable[[Head, dict[int, int]], TrailRow]


class Store(Protocol):
    """A place for sealed rows. ``write`` is its only method that writes."""

    def write(self, change: Change, *, entry: Entry) -> TrailRow:
        """Write a change and its entry, both or neither; changes nothing but the trail where the change is empty.

        Raises
        ------
        RecordError
            If a row of the change exists already: somebody else was quicker.
        VaultError, DamagedVault
            If the store cannot be written to, or is damaged. Then nothing has changed.
        """

    def head(self) -> Head:
        """The last entry of the trail."""

    def trail(self, first: int = 1) -> Iterator[TrailRow]:
        """The entries from a number on, in order."""

    def cards(self) -> Sequence[Card]:
        """All cards in the order they were written."""

    def grants(self, mailbox: str) -> Sequence[Grant]:
        """The grants of one mailbox."""

    def cases(self, ids: Iterable[str] | None = None) -> Sequence[CaseRow]:
        """The newest version of cases; all where ``ids`` is None."""

    def case_history(self, ids: Iterable[str]) -> Sequence[CaseRow]:
        """All versions of cases, by case and version."""

    def unit_keys(
        self, case: str, compartments: Sequence[Compartment] | None = None, units: Sequence[str] | None = None
    ) -> SealedKeys:
        """The sealed unit keys of a case; of some compartments or units only where given."""

    def parts(self, case: str, compartment: Compartment, kinds: Sequence[str]) -> Sequence[SealedPart]:
        """Row, version, kind and sealed part of every record of some kinds that has one in a compartment."""

    def records(
        self, case: str, kinds: Sequence[str] | None = None, ids: Sequence[str] | None = None
    ) -> Sequence[RecordRow]:
        """All versions of every record of a case; of one record, oldest first. Of some kinds or rows where given."""

    def versions(self, case: str) -> Sequence[tuple[str, str, int]]:
        """Row, kind and newest version of every record of a case, by row."""

    def shreds(self) -> Sequence[Shred]:
        """Everything that was destroyed."""

    def progress(self, run: str) -> Progress | None:
        """How far an import came; None where it is not known."""

    def written_by(self, number: int) -> int:
        """How many rows that an entry of the trail wrote are there."""

    def written(self) -> tuple[Head, Mapping[int, int]]:
        """How many rows of each entry of the trail are there, and up to which entry: both of one moment.

        Entries that wrote none are left out.
        """

    def damage(self) -> Sequence[str]:
        """What the store itself finds damaged in its file, in words without content."""

    def close(self) -> None:
        """Let go of the store."""


def taken(what: str) -> RecordError:
    """The error that somebody else was quicker."""
    return RecordError(f"{what} was changed by somebody else meanwhile.", hint="Look at it again, then repeat.")
