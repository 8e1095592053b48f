"""The columns of a frame of rows: which rows fit what is allowed of one attribute, and which fit it in part.

Rows are as exact as their columns are. Where a claim is more exact - a day within a bin, a place below a leaf, a code
that is one of those in "(other)" - a row of that bin, leaf or code counts for a part.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from itertools import pairwise
from typing import Any, NamedTuple, Protocol, TypeVar

import numpy as np

from bearwitness.disclosure.bitmaps import AnyOf, Conjunction, Run, any_of
from bearwitness.disclosure.frames import FloatArray
from bearwitness.disclosure.tables import SHARE_OF_OTHER
from bearwitness.errors import FrameError
from bearwitness.model.frame_rows import OTHER_VALUES
from bearwitness.model.values import Codes, Days, NoneOf, Paths, ValueSet

Kind = TypeVar("Kind", Codes, Paths, Days)


class Part(NamedTuple):
    """Rows that fit with one weight in (0, 1]."""

    weight: float
    rows: Conjunction


class RowColumn(Protocol):
    """What an attribute of rows may be."""

    @property
    def codes(self) -> int:
        """How many codes its column (or each of its columns) has."""
        ...

    def parts(self, allowed: Sequence[ValueSet]) -> list[Part]:
        """The rows for which all of ``allowed`` hold, in parts that have no row in common; none where nobody fits."""
        ...


def _together(attribute: str, allowed: Sequence[ValueSet], kind: type[Kind]) -> Kind:
    sets = [one for one in allowed if isinstance(one, kind)]
    if len(sets) < len(allowed):
        raise FrameError(f"a claim about {attribute} does not fit its column.", hint="Check the claim's attribute.")
    return reduce(lambda one, other: one.intersect(other), sets)


def _parts(column: int, weights: FloatArray) -> list[Part]:
    levels = np.unique(weights[weights > 0.0])
    return [Part(float(w), (any_of(column, map(int, np.flatnonzero(weights == w))),)) for w in levels]


@dataclass(frozen=True, slots=True)
class CodeColumn:
    """One of a few codes; one that is not listed is taken as a small share of "(other)", where there is that."""

    attribute: str
    column: int
    values: tuple[str, ...]

    @property
    def codes(self) -> int:
        """How many codes the column has."""
        return len(self.values)

    def parts(self, allowed: Sequence[ValueSet]) -> list[Part]:
        """The rows of the allowed codes."""
        wanted = _together(self.attribute, allowed, Codes).codes
        weights = np.array([1.0 if value in wanted else 0.0 for value in self.values])
        unknown = len(wanted - set(self.values))
        if unknown and OTHER_VALUES in self.values and OTHER_VALUES not in wanted:
            weights[self.values.index(OTHER_VALUES)] = min(1.0, SHARE_OF_OTHER * unknown)
        return _parts(self.column, weights)


@dataclass(frozen=True, slots=True)
class PathColumn:
    """A leaf of a tree; each node below a leaf is taken as the share ``below`` of it."""

    attribute: str
    column: int
    leaves: tuple[str, ...]
    below: float

    @property
    def codes(self) -> int:
        """How many codes the column has."""
        return len(self.leaves)

    def parts(self, allowed: Sequence[ValueSet]) -> list[Part]:
        """The rows at or below an allowed node, and in part those of a leaf above one."""
        every = _together(self.attribute, allowed, Paths).paths
        # A node below another one of the set adds nothing to it.
        paths = [p for p in every if not any(p.startswith(q + "/") for q in every)]
        weights = np.array([self._weight(leaf, paths) for leaf in self.leaves])
        return _parts(self.column, weights)

    def _weight(self, leaf: str, paths: Sequence[str]) -> float:
        if any(leaf == path or leaf.startswith(path + "/") for path in paths):
            return 1.0
        return min(1.0, self.below * sum(path.startswith(leaf + "/") for path in paths))


@dataclass(frozen=True, slots=True)
class DayColumn:
    """A bin of days ``edges[i]`` to ``edges[i + 1] - 1``, alike within a bin."""

    attribute: str
    column: int
    edges: tuple[int, ...]

    @property
    def codes(self) -> int:
        """How many codes the column has."""
        return len(self.edges) - 1

    def parts(self, allowed: Sequence[ValueSet]) -> list[Part]:
        """The rows of the allowed days; of a bin that is allowed in part, that part."""
        edges = np.array(self.edges, dtype=np.int64)
        covered = np.zeros(self.codes)
        for first, last in _together(self.attribute, allowed, Days).spans:
            covered += np.maximum(np.minimum(edges[1:], last + 1) - np.maximum(edges[:-1], first), 0)
        return _parts(self.column, np.minimum(1.0, covered / np.diff(edges)))


@dataclass(frozen=True, slots=True)
class ThingColumn:
    """Things a household has or not: one column of 0 and 1 for each, from ``column`` on."""

    attribute: str
    column: int
    leaves: tuple[str, ...]

    @property
    def codes(self) -> int:
        """How many codes each of the columns has."""
        return 2

    def parts(self, allowed: Sequence[ValueSet]) -> list[Part]:
        """The rows that have of each allowed set at least one thing, and nothing that is said to be absent.

        Raises
        ------
        FrameError
            If something is said to be absent of which there is no column: nobody knows which rows have it.
        """
        absent = frozenset[str]().union(*(one.codes for one in allowed if isinstance(one, NoneOf)))
        if absent - set(self.leaves):
            raise FrameError(
                f"a claim says that something is not there which column {self.attribute} does not list.",
                hint="Add it to the rows, or leave the claim out and count what it excludes by hand.",
            )
        there = [_together(self.attribute, [one], Codes).codes for one in allowed if not isinstance(one, NoneOf)]
        rows = [self._any_of(codes - absent) for codes in dict.fromkeys(there)]
        rows += [(Run(self.column + i, 0, 0),) for i, leaf in enumerate(self.leaves) if leaf in absent]
        return [Part(1.0, tuple(rows))] if all(rows) else []

    def _any_of(self, codes: frozenset[str]) -> AnyOf:
        return tuple(Run(self.column + i, 1, 1) for i, leaf in enumerate(self.leaves) if leaf in codes)


def read_column(attribute: str, spec: Mapping[str, Any], *, first: int) -> RowColumn:
    """A column as a frame of rows describes it.

    Parameters
    ----------
    attribute : str
        The attribute.
    spec : mapping
        ``kind`` and what belongs to it: "codes" with ``values``, "paths" with ``values`` (leaves) and
        ``leaf_share`` (the share of a leaf that a node below it has, 0 to 1), "days" with ``edges`` (ISO days,
        ascending, one more than bins), "existence" with ``values`` (a column of 0 and 1 each).
    first : int
        The number of its (first) packed column.

    Raises
    ------
    FrameError
        If the kind is unknown, or edges do not ascend.
    """
    kind = spec.get("kind")
    if kind == "codes":
        return CodeColumn(attribute, first, tuple(spec["values"]))
    if kind == "paths":
        return PathColumn(attribute, first, tuple(spec["values"]), float(spec["leaf_share"]))
    if kind == "days":
        return DayColumn(attribute, first, _read_edges(attribute, spec["edges"]))
    if kind == "existence":
        return ThingColumn(attribute, first, tuple(spec["values"]))
    raise FrameError(f"column {attribute} has an unknown kind.", hint="Use codes, paths, days or existence.")


def _read_edges(attribute: str, edges: Sequence[str]) -> tuple[int, ...]:
    try:
        days = tuple(date.fromisoformat(edge).toordinal() for edge in edges)
    except (TypeError, ValueError):
        days = ()
    if len(days) < 2 or any(a >= b for a, b in pairwise(days)):
        raise FrameError(
            f"the edges of column {attribute} are no ascending days.", hint="Give the first day of each bin, as ISO."
        )
    return days
