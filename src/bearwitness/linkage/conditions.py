"""What two records must have in common, as values that are checked here or written as a condition of a query.

A record is a flat mapping of columns: text, whole numbers, floats, sets of text (as sorted tuples), or None where
nothing is known. Every condition is false where a column that it needs is None on either side, in Python and in
SQL alike; so the reference scorer and every engine agree.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

Value = str | int | float | tuple[str, ...] | None
Record = Mapping[str, Value]
Dialect = Literal["duckdb", "spark"]


class Condition(Protocol):
    """Something that holds of two records or not."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that must be known on both sides."""
        ...

    def holds(self, one: Record, other: Record) -> bool:
        """Whether it holds of two records."""
        ...

    def sql(self, dialect: Dialect) -> str:
        """The same as a condition on ``column_l`` and ``column_r``."""
        ...


def is_known(record: Record, columns: tuple[str, ...]) -> bool:
    """Whether a record has all of some columns."""
    # A loop, since this is asked some thirty million times in a thousand accounts.
    for column in columns:  # noqa: SIM110
        if record.get(column) is None:
            return False
    return True


def both_know(one: Record, other: Record, columns: tuple[str, ...]) -> bool:
    """Whether both records have all of some columns."""
    return is_known(one, columns) and is_known(other, columns)


def _number(record: Record, column: str) -> float:
    value = record[column]
    if not isinstance(value, int | float):
        raise ValueError(f"column {column} is no number")
    return value


def text_in(record: Record, column: str) -> str:
    """The text in a column.

    Raises
    ------
    ValueError
        It holds something else.
    """
    value = record[column]
    if not isinstance(value, str):
        raise ValueError(f"column {column} is no text")
    return value


def _texts(record: Record, column: str) -> frozenset[str]:
    value = record[column]
    if not isinstance(value, tuple):
        raise ValueError(f"column {column} is no set")
    return frozenset(value)


@dataclass(frozen=True, slots=True)
class Same:
    """One value in both."""

    column: str

    @property
    def columns(self) -> tuple[str, ...]:
        """The one column."""
        return (self.column,)

    def holds(self, one: Record, other: Record) -> bool:
        """Whether both have the value."""
        return both_know(one, other, self.columns) and one[self.column] == other[self.column]

    def sql(self, dialect: Dialect) -> str:  # noqa: ARG002
        """An equality."""
        return f"{self.column}_l = {self.column}_r"


@dataclass(frozen=True, slots=True)
class Shared:
    """Two sets have so many members in common at least."""

    column: str
    least: int = 1

    @property
    def columns(self) -> tuple[str, ...]:
        """The one column."""
        return (self.column,)

    def holds(self, one: Record, other: Record) -> bool:
        """Whether the intersection is large enough."""
        if not both_know(one, other, self.columns):
            return False
        return len(_texts(one, self.column) & _texts(other, self.column)) >= self.least

    def sql(self, dialect: Dialect) -> str:
        """The size of the intersection; whether there is one is cheaper to find."""
        if self.least == 1:
            overlap = "list_has_any" if dialect == "duckdb" else "arrays_overlap"
            return f"{overlap}({self.column}_l, {self.column}_r)"
        size, both = ("len", "list_intersect") if dialect == "duckdb" else ("size", "array_intersect")
        return f"{size}({both}({self.column}_l, {self.column}_r)) >= {self.least}"


@dataclass(frozen=True, slots=True)
class SameBranch:
    """Two nodes of a tree, written as paths, agree in their first so many names."""

    column: str
    depth: int

    @property
    def columns(self) -> tuple[str, ...]:
        """The one column."""
        return (self.column,)

    def holds(self, one: Record, other: Record) -> bool:
        """Whether both are so deep, and agree so far."""
        if not both_know(one, other, self.columns):
            return False
        a, b = (text_in(r, self.column).split("/")[: self.depth] for r in (one, other))
        return len(a) == self.depth and a == b

    def sql(self, dialect: Dialect) -> str:
        """The heads of the two paths."""
        parts = []
        for side in ("l", "r"):
            path = f"{self.column}_{side}"
            parts.append(
                f"array_slice(string_split({path}, '/'), 1, {self.depth})" if dialect == "duckdb"
                else f"slice(split({path}, '/'), 1, {self.depth})"
            )  # fmt: skip
        size = "len" if dialect == "duckdb" else "size"
        return f"({parts[0]} = {parts[1]} AND {size}({parts[0]}) = {self.depth})"


@dataclass(frozen=True, slots=True)
class Within:
    """One node of a tree is the other, or lies within it."""

    column: str

    @property
    def columns(self) -> tuple[str, ...]:
        """The one column."""
        return (self.column,)

    def holds(self, one: Record, other: Record) -> bool:
        """Whether one path begins with the other."""
        if not both_know(one, other, self.columns):
            return False
        a, b = (text_in(r, self.column) + "/" for r in (one, other))
        return a.startswith(b) or b.startswith(a)

    def sql(self, dialect: Dialect) -> str:
        """Two comparisons of beginnings."""
        begins = "starts_with" if dialect == "duckdb" else "startswith"
        # DuckDB's concat takes what is unknown for nothing.
        a, b = f"({self.column}_l || '/')", f"({self.column}_r || '/')"
        return f"({begins}({a}, {b}) OR {begins}({b}, {a}))"


@dataclass(frozen=True, slots=True)
class GapAtMost:
    """Two intervals ``[lo, hi]`` lie at most so many days apart; 0: they overlap."""

    low: str
    high: str
    days: int = 0

    @property
    def columns(self) -> tuple[str, ...]:
        """Both ends."""
        return (self.low, self.high)

    def holds(self, one: Record, other: Record) -> bool:
        """Whether the later begins so soon after the earlier ends."""
        if not both_know(one, other, self.columns):
            return False
        begins = max(_number(one, self.low), _number(other, self.low))
        ends = min(_number(one, self.high), _number(other, self.high))
        return begins - ends <= self.days

    def sql(self, dialect: Dialect) -> str:  # noqa: ARG002
        """Every difference of ends; ``greatest`` would pass over what is unknown."""
        return "(" + " AND ".join(
            f"{self.low}_{a} - {self.high}_{b} <= {self.days}" for a in ("l", "r") for b in ("l", "r")
        ) + ")"  # fmt: skip


@dataclass(frozen=True, slots=True)
class SpanAtMost:
    """Both intervals are at most so many days long."""

    low: str
    high: str
    days: int

    @property
    def columns(self) -> tuple[str, ...]:
        """Both ends."""
        return (self.low, self.high)

    def holds(self, one: Record, other: Record) -> bool:
        """Whether the longer of the two is short enough."""
        if not both_know(one, other, self.columns):
            return False
        return max(_number(r, self.high) - _number(r, self.low) + 1 for r in (one, other)) <= self.days

    def sql(self, dialect: Dialect) -> str:  # noqa: ARG002
        """Both lengths; ``greatest`` would pass over what is unknown."""
        return "(" + " AND ".join(f"{self.high}_{x} - {self.low}_{x} + 1 <= {self.days}" for x in ("l", "r")) + ")"


@dataclass(frozen=True, slots=True)
class DifferenceAtMost:
    """Two numbers differ by so much at most."""

    column: str
    difference: float

    @property
    def columns(self) -> tuple[str, ...]:
        """The one column."""
        return (self.column,)

    def holds(self, one: Record, other: Record) -> bool:
        """Whether they lie so near."""
        if not both_know(one, other, self.columns):
            return False
        return abs(_number(one, self.column) - _number(other, self.column)) <= self.difference

    def sql(self, dialect: Dialect) -> str:  # noqa: ARG002
        """The size of the difference."""
        return f"abs({self.column}_l - {self.column}_r) <= {self.difference}"


@dataclass(frozen=True, slots=True)
class Crossed:
    """Two columns are exchanged: what one record has in the first, the other has in the second, both ways."""

    first: str
    second: str

    @property
    def columns(self) -> tuple[str, ...]:
        """Both columns."""
        return (self.first, self.second)

    def holds(self, one: Record, other: Record) -> bool:
        """Whether the two are each other's."""
        if not both_know(one, other, self.columns):
            return False
        return one[self.first] == other[self.second] and one[self.second] == other[self.first]

    def sql(self, dialect: Dialect) -> str:  # noqa: ARG002
        """Two equalities."""
        return f"({self.first}_l = {self.second}_r AND {self.second}_l = {self.first}_r)"


@dataclass(frozen=True, slots=True)
class All:
    """All of several conditions."""

    parts: tuple[Condition, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """Those of the parts."""
        return tuple(dict.fromkeys(c for part in self.parts for c in part.columns))

    def holds(self, one: Record, other: Record) -> bool:
        """Whether each holds."""
        return all(part.holds(one, other) for part in self.parts)

    def sql(self, dialect: Dialect) -> str:
        """Joined by AND."""
        return "(" + " AND ".join(part.sql(dialect) for part in self.parts) + ")"


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One of several conditions at least."""

    parts: tuple[Condition, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """Those of the parts."""
        return tuple(dict.fromkeys(c for part in self.parts for c in part.columns))

    def holds(self, one: Record, other: Record) -> bool:
        """Whether one holds."""
        return any(part.holds(one, other) for part in self.parts)

    def sql(self, dialect: Dialect) -> str:
        """Joined by OR; a part of which a column is unknown counts as false, as in Python."""
        return "(" + " OR ".join(f"coalesce({part.sql(dialect)}, FALSE)" for part in self.parts) + ")"
