"""The tables that a spreadsheet gave, and where each value of them stood, for whoever finds a mistake in it later."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bearwitness.errors import TableError
from bearwitness.model.records import Act, CasePlace, Consent, Household, Person, SourceLink, Testimony


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where values came from that were read one after another: file and sheet, the row of each, columns by key."""

    where: str
    rows: tuple[int, ...]
    columns: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """What one spreadsheet, or several joined, say of a case.

    ``households`` ends with those that a person or an act names and that were not listed or known.
    ``chains`` holds the links, by testimony and in order, of testimonies that the spreadsheet does not have.
    ``origins`` is for messages only and does not count when tables are compared.
    """

    places: tuple[CasePlace, ...] = ()
    households: tuple[Household, ...] = ()
    persons: tuple[Person, ...] = ()
    acts: tuple[Act, ...] = ()
    testimonies: tuple[Testimony, ...] = ()
    consents: tuple[Consent, ...] = ()
    chains: tuple[tuple[str, tuple[SourceLink, ...]], ...] = ()
    origins: Mapping[str, tuple[Origin, ...]] = field(default_factory=dict, compare=False, repr=False)

    def place_of(self, path: Sequence[str | int]) -> str:
        """Where a value stood: ``acts.xlsx:acts!D7`` for ``("acts", 5, "victims", 0)``; empty where that is not known.

        Parameters
        ----------
        path : sequence of str or int
            A table, the position of a value in it, and perhaps a key: the way FileFormatError names a place.
        """
        if len(path) < 2 or not isinstance(path[1], int):
            return ""
        at = path[1]
        for origin in self.origins.get(str(path[0]), ()):
            if at < len(origin.rows):
                column = origin.columns.get(str(path[2]), "") if len(path) > 2 else ""
                return f"{origin.where}!{column}{origin.rows[at]}"
            at -= len(origin.rows)
        return ""


def check_ids(table: str, tables: Tables) -> None:
    """Refuse a table in which one id stands twice, at the second."""
    seen: set[str] = set()
    for at, value in enumerate(getattr(tables, table)):
        if value.id in seen:
            raise TableError(
                f"the id {value.id} stands twice.",
                hint="Rename or remove one.",
                where=tables.place_of((table, at, "id")),
            )
        seen.add(value.id)
