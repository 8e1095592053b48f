"""A ledger as drafts are joined with it: its entries by household, and its tables of counts; made once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bearwitness.disclosure.published_tables import PublishedTables
from bearwitness.model.claims import HouseholdId
from bearwitness.model.publication import Ledger, LedgerEntry

if TYPE_CHECKING:
    from bearwitness.disclosure.counts_regions import Domain


@dataclass(frozen=True, slots=True)
class LedgerIndex:
    """The entries of a ledger by the households they speak of, each in the order of their ids; made once per ledger.

    ``tables`` are the tables of counts in it; None where it has none.
    """

    by_household: Mapping[HouseholdId, Sequence[LedgerEntry]]
    tables: PublishedTables | None = None


def index_ledger(ledger: Ledger, domain: Callable[[], Domain] | None = None) -> LedgerIndex:
    """Index a ledger, so that a draft is joined only with the entries about the households that it shows.

    Parameters
    ----------
    ledger : Ledger
        Everything published so far, in any order.
    domain : callable, optional
        Gives all values there are, to say what is left of a place where a table names only some of it.
    """
    entries: dict[HouseholdId, list[LedgerEntry]] = {}
    for entry in sorted(ledger.entries, key=lambda e: e.id):
        for home in {p.household for p in entry.personas}:
            entries.setdefault(home, []).append(entry)
    tables = PublishedTables(ledger, domain) if any(e.table for e in ledger.entries) else None
    return LedgerIndex(entries, tables)
