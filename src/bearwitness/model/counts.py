"""Tables of counts as they are published: cut by a few attributes, each cell a number, hidden, or rounded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from bearwitness.model.claims import ATTRIBUTES
from bearwitness.model.values import ValueSet

Unit = Literal["households", "acts"]

# Attributes that a table may be cut by: what is counted has one value of each, or none that is known.
CUT_BY: Final = tuple(a for a in ATTRIBUTES if a not in {"status", "name", "surname", "amount", "count"})
# Categories that are no values: everything, and what is counted although its value is not known.
EVERYTHING: Final = "*"
UNKNOWN: Final = "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class CountCell:
    """One cell: a category per dimension of its table; ``count`` is the printed figure, None where it is hidden.

    In a table that is rounded to a base b the true count lies strictly within b of the printed one.
    """

    id: str
    at: tuple[str, ...]
    count: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CountTable:
    """A table of counts of one unit, of everything recorded up to a day (``as_of``; always, where none is given).

    ``values`` says what the categories of each dimension mean, pairs sorted by category in the order of
    ``dimensions``; the categories ``EVERYTHING`` and ``UNKNOWN`` need no entry. Acts are counted one by one.
    Households are counted once in a table: one that suffered several acts stands in the cell of one of them.
    """

    unit: Unit
    dimensions: tuple[str, ...]
    cells: tuple[CountCell, ...]
    values: tuple[tuple[tuple[str, ValueSet], ...], ...] = ()
    as_of: date | None = None
    rounded_to: int = 0

    def interval(self, cell: CountCell) -> tuple[int, int | None]:
        """What the printed figure says of the true count; None for no upper end."""
        if cell.count is None:
            return 0, None
        slack = max(self.rounded_to - 1, 0)
        return max(0, cell.count - slack), cell.count + slack
