"""The tables of a ledger, read when the first household is measured against them and kept for the others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bearwitness.disclosure.told_cells import HouseholdTables, Slice
from bearwitness.model.counts import Unit
from bearwitness.model.publication import Ledger, LedgerEntry

if TYPE_CHECKING:
    from bearwitness.disclosure.counts_open import OpenCells
    from bearwitness.disclosure.counts_regions import Domain

_UNITS: tuple[Unit, ...] = ("acts", "households")


@dataclass(frozen=True, slots=True, eq=False)
class PublishedTables:
    """The tables of a ledger, and what its narratives tell of who is counted in them.

    ``domain`` gives all values there are; it is asked when a table is first read. Without it nothing is known but what
    the tables name.
    """

    ledger: Ledger
    domain: Callable[[], Domain] | None = None
    entries: tuple[LedgerEntry, ...] = field(init=False)
    _read: dict[frozenset[str], tuple[tuple[OpenCells, ...], frozenset[str]]] = field(default_factory=dict, repr=False)
    _homes: dict[tuple[str, frozenset[str]], HouseholdTables] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        found = sorted((e for e in self.ledger.entries if e.table), key=lambda e: (e.published, e.id))
        object.__setattr__(self, "entries", tuple(found))

    def about(self, household: str, ids: frozenset[str] | None = None) -> HouseholdTables:
        """What the tables, or some of them, tell of one household.

        Parameters
        ----------
        household : str
            Its id.
        ids : frozenset of str, optional
            The releases whose tables count; all, if not given.
        """
        wanted = frozenset(e.id for e in self.entries if ids is None or e.id in ids)
        key = (household, wanted)
        if key not in self._homes:
            self._homes[key] = HouseholdTables(
                tuple(e.id for e in self.entries if e.id in wanted),
                lambda some, filled: self._slices(household, some, filled),
                lambda some: self.about(household, some),
            )
        return self._homes[key]

    def unread(self) -> frozenset[str]:
        """The releases whose tables cannot be true by themselves, or cannot be compared with anything."""
        return self._tables(frozenset(e.id for e in self.entries))[1]

    def _slices(self, household: str, ids: frozenset[str], filled: bool) -> tuple[tuple[Slice, ...], ...]:
        return tuple(cells.slices(household, filled=filled) for cells in self._tables(ids)[0])

    def _tables(self, ids: frozenset[str]) -> tuple[tuple[OpenCells, ...], frozenset[str]]:
        if ids not in self._read:
            self._read[ids] = self._gathered([e for e in self.entries if e.id in ids])
        return self._read[ids]

    def _gathered(self, entries: Sequence[LedgerEntry]) -> tuple[tuple[OpenCells, ...], frozenset[str]]:
        # The solver takes a while to load, and most ledgers have no tables.
        from bearwitness.disclosure.counts_accounts import accounts_of
        from bearwitness.disclosure.counts_open import read_tables
        from bearwitness.disclosure.counts_regions import Domain

        domain = self.domain() if self.domain else Domain()
        groups: list[OpenCells] = []
        left: frozenset[str] = frozenset()
        for unit in _UNITS:
            tables = [(e.id, e.table) for e in entries if e.table is not None and e.table.unit == unit]
            if tables:
                more, unread = read_tables(tables, accounts_of(self.ledger, unit), domain)
                groups += more
                left |= unread
        return tuple(groups), left
