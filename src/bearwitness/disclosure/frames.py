"""Frames: the population of households an adversary has to search, drawn from published counts and stated priors.

Three frames lie within one another: all resident households, those of people who left, those acted upon. A frame
is a Bayesian network of tables of counts and a size; no frame holds single persons.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

import numpy as np
import numpy.typing as npt

from bearwitness.disclosure.network import Node, check_network, connect, probability
from bearwitness.disclosure.table_drawing import check_cells, draw_table
from bearwitness.disclosure.tables import Cells, Interval, Table, counted_runs
from bearwitness.errors import FrameError
from bearwitness.model.values import ValueSet

FloatArray = npt.NDArray[np.float64]

LEVELS: Final = ("residents", "left", "acted")
DRAWS: Final = 4000
# Fewer households than this in a table's posterior mass would be a list of people, not a count.
_FEWEST_HOUSEHOLDS: Final = 100.0
INNERMOST: Final = len(LEVELS) - 1
# What makes a household one of those who left (1), or of those acted upon (2).
MEMBERSHIP_LEVEL: Final = {"status": 1, "departure": 1, "route": 1, "act": 2, "act_date": 2}
# A process that serves many drafts keeps so many answers per frame (32 kB each) and then forgets them all.
_MOST_REMEMBERED: Final = 2000

# A strict query: per attribute the value sets that must hold together, hashable.
Allowed = tuple[ValueSet, ...]


class Population(Protocol):
    """The households an adversary has to search: ``Frame`` by tables, ``row_frame.RowFrame`` by rows."""

    @property
    def id(self) -> str:
        """The name of its level."""
        ...

    @property
    def size(self) -> FloatArray:
        """Households per draw, the true one included."""
        ...

    @property
    def tables(self) -> Mapping[str, Table]:
        """What each attribute may be by itself."""
        ...

    def factor(self, block: tuple[tuple[str, Allowed], ...]) -> FloatArray:
        """P(a household fits every allowed set of one block) per draw; blocks are taken as independent."""
        ...

    def block_of(self, attribute: str, owner: str) -> tuple[str, str]:
        """The block of an attribute: what it is named after, and the owner, where that makes it another variable."""
        ...

    def fact_of(self, attribute: str) -> str:
        """Attributes with one answer are one fact, which is believed as a whole or not."""
        ...


@dataclass(frozen=True, slots=True)
class Frame:
    """One population with its drawn tables; ``size`` (draws,) counts households, the true one included."""

    id: str
    level: int
    size: FloatArray
    tables: Mapping[str, Table]
    _memo: dict[tuple[tuple[str, Allowed], ...], FloatArray] = field(default_factory=dict)
    _roots: dict[str, str] = field(default_factory=dict)

    def factor(self, block: tuple[tuple[str, Allowed], ...]) -> FloatArray:
        """P(a household fits every allowed set of one block) per draw.

        Parameters
        ----------
        block : tuple of (attribute, allowed sets)
            Attributes that belong together: one attribute, or a parent with its conditional tables.

        Returns
        -------
        float64 array, shape (draws,)

        Raises
        ------
        FrameError
            If the frame has no table for an attribute.
        """
        found = self._memo.get(block)
        if found is None:
            if len(self._memo) >= _MOST_REMEMBERED:
                self._memo.clear()
            # Of days that are not alike only so many are counted: those of the run that holds most.
            runs = [self._factor(dict(one)) for one in counted_runs(block, self._edges)]
            found = self._memo[block] = runs[0] if len(runs) == 1 else np.max(runs, axis=0)
        return found

    def _edges(self, attribute: str) -> Sequence[int]:
        table = self.table(attribute)
        return table.edges.tolist() if isinstance(table, Interval) else ()

    def _factor(self, wanted: Mapping[str, Allowed]) -> FloatArray:
        answer = np.ones(len(self.size))
        connected: dict[str, dict[str, Allowed]] = {}
        for attribute, allowed in wanted.items():
            connected.setdefault(self.root_of(attribute), {})[attribute] = allowed
        for root in sorted(connected):
            answer = answer * self._together(connected[root])
        return answer

    def _together(self, wanted: Mapping[str, Allowed]) -> FloatArray:
        """P(all attributes of one part of the network fit)."""
        if len(wanted) == 1:
            attribute, allowed = next(iter(wanted.items()))
            table = self.table(attribute)
            if not table.parents:
                return table.probability(allowed)
        nodes: dict[str, Node] = {}
        waiting = sorted(wanted)
        while waiting:
            attribute = waiting.pop()
            cells = self._cells(attribute)
            if attribute not in nodes:
                nodes[attribute] = Node(cells.parents, cells.shares)
                waiting += cells.parents
        return probability(nodes, {a: self._cells(a).weights(allowed) for a, allowed in wanted.items()})

    def _cells(self, attribute: str) -> Cells:
        table = self.table(attribute)
        if not isinstance(table, Cells):
            raise FrameError(
                f"table {attribute} of frame {self.id} has no cells that exclude each other, so nothing can depend on"
                " it, nor it on anything.", hint="Make it categorical, interval or paths.",
            )  # fmt: skip
        return table

    def table(self, attribute: str) -> Table:
        """The table of an attribute."""
        try:
            return self.tables[attribute]
        except KeyError:
            raise FrameError(
                f"frame {self.id} has no table for {attribute}.", hint="Add one, or drop it from the adversary."
            ) from None

    def root_of(self, attribute: str) -> str:
        """The part of the network that an attribute belongs to, by its first attribute in order of names."""
        if not self._roots:
            self._roots.update(connect({a: t.parents for a, t in self.tables.items()}))
        self.table(attribute)
        return self._roots[attribute]

    def block_of(self, attribute: str, owner: str) -> tuple[str, str]:
        """Each connected part of the network is a block, for each owner by itself."""
        return self.root_of(attribute), owner

    def fact_of(self, attribute: str) -> str:
        """The attributes of one block are one fact."""
        return self.root_of(attribute)


@dataclass(frozen=True, slots=True)
class Frames:
    """The three nested frames, outermost first, all drawn from one source of randomness."""

    by_level: tuple[Population, ...]

    @property
    def draws(self) -> int:
        """How many draws every count has."""
        return len(self.by_level[0].size)

    def at(self, level: int) -> Population:
        """The frame of a level (0 residents, 1 left, 2 acted)."""
        return self.by_level[level]


def draw_frames(specs: Sequence[Mapping[str, Any]], rng: np.random.Generator, draws: int = DRAWS) -> Frames:
    """Draw the nested frames from their files.

    Parameters
    ----------
    specs : sequence of mappings
        Contents of the frame files, outermost first; a table that an inner frame lacks is the outer frame's.
    rng : numpy Generator
        Source of randomness; a fixed seed gives the same verdict every time.
    draws : int
        Draws from the posterior of every count.

    Returns
    -------
    Frames

    Raises
    ------
    FrameError
        If frames do not nest, or a frame holds so few households that cells would stand for single ones.
    """
    frames: list[Frame] = []
    tables: dict[str, Table] = {}
    for level, (name, spec) in enumerate(zip(LEVELS, specs, strict=True)):
        if spec.get("frame") != name or spec.get("within") != (LEVELS[level - 1] if level else None):
            raise FrameError(f"frame {level} must be {name}.", hint="Name the frames residents, left, acted.")
        check_frame_is_aggregate(spec)
        size = rng.lognormal(np.log(spec["size"]["median"]), spec["size"]["sigma"], draws)
        if frames:
            # An inner frame cannot outgrow the outer one in any draw.
            size = np.minimum(size, frames[-1].size)
        drawn = {a: draw_table(t, rng, draws) for a, t in spec["tables"].items()}
        tables = {**tables, **drawn}
        check_network({a: t.parents for a, t in tables.items()}, name)
        check_cells(tables, name)
        frames.append(Frame(name, level, size, dict(tables)))
    return Frames(tuple(frames))


def check_size(name: str, median: float) -> None:
    """Refuse a frame of so few households that it would be a list of people.

    Raises
    ------
    FrameError
        If there are fewer than 100.
    """
    if median < _FEWEST_HOUSEHOLDS:
        raise FrameError(
            f"frame {name} holds fewer than {_FEWEST_HOUSEHOLDS:.0f} households.",
            hint="A frame is aggregate counts; a list of real people cannot be loaded.",
        )


def check_frame_is_aggregate(spec: Mapping[str, Any]) -> None:
    """Refuse a frame that could be a register: sizes below 100, or a table that lists households one by one.

    Raises
    ------
    FrameError
        If the frame is not aggregate counts.
    """
    name = spec.get("frame", "?")
    if not spec.get("sources") or not isinstance(spec.get("size"), Mapping):
        raise FrameError(f"frame {name} states no size or no sources.", hint="Every number needs its source.")
    check_size(name, spec["size"]["median"])
    for attribute, table in spec["tables"].items():
        if "rows" in table or len(table.get("values", ())) > spec["size"]["median"]:
            raise FrameError(
                f"table {attribute} of frame {name} has cells that stand for single persons.",
                hint="A frame is aggregate counts; a register cannot be loaded.",
            )

