"""Whether two texts are nearly the same, letter by letter, as values that are checked here or in a query."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bearwitness.linkage.conditions import Dialect, Record, both_know, text_in

# Of two words of one syllable any two are one edit apart, which says nothing; in a longer one two slips are likely.
SHORT: Final = 4
LONG: Final = 7


@dataclass(frozen=True, slots=True)
class EditsAtMost:
    """Two texts are at most so many edits apart (Levenshtein 1966: insert, delete, change)."""

    column: str
    edits: int

    @property
    def columns(self) -> tuple[str, ...]:
        """The one column."""
        return (self.column,)

    def holds(self, one: Record, other: Record) -> bool:
        """Whether so few edits are enough."""
        if not both_know(one, other, self.columns):
            return False
        return edit_distance(text_in(one, self.column), text_in(other, self.column)) <= self.edits

    def sql(self, dialect: Dialect) -> str:  # noqa: ARG002
        """The engine's own distance."""
        return f"levenshtein({self.column}_l, {self.column}_r) <= {self.edits}"


@dataclass(frozen=True, slots=True)
class Alike:
    """Two words are one slip of the pen apart where both have four letters, two where both have seven."""

    column: str

    @property
    def columns(self) -> tuple[str, ...]:
        """The one column."""
        return (self.column,)

    def holds(self, one: Record, other: Record) -> bool:
        """Whether so few edits are enough."""
        if not both_know(one, other, self.columns):
            return False
        a, b = (text_in(r, self.column) for r in (one, other))
        shorter = min(len(a), len(b))
        return shorter >= SHORT and edit_distance(a, b) <= (2 if shorter >= LONG else 1)

    def sql(self, dialect: Dialect) -> str:  # noqa: ARG002
        """The engine's own distance, asked for once."""
        a, b = f"{self.column}_l", f"{self.column}_r"
        both = f"length({a}) >= {{0}} AND length({b}) >= {{0}}"
        return (
            f"({both.format(SHORT)} AND levenshtein({a}, {b}) <= CASE WHEN {both.format(LONG)} THEN 2 ELSE 1 END)"
        )


def edit_distance(one: str, other: str) -> int:
    """The least number of inserted, deleted and changed characters that makes one text the other.

    Parameters
    ----------
    one, other : str
        Texts in composed form; counted in code points.
    """
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, start=1):
        before, row[0] = row[0], i
        for j, b in enumerate(other, start=1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (a != b))
    return row[-1]
