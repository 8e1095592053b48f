"""Frames: the population of households an adversary has to search, drawn from published counts and stated priors.

Three frames lie within one another: all resident households, those of people who left, those acted upon. A frame
is a few tables (independent, or conditional on one other) and a size; no frame holds single persons.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from bearwitness.disclosure.tables import Categorical, Table, draw_table
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


@dataclass(frozen=True, slots=True)
class Frame:
    """One population with its drawn tables; ``size`` (draws,) counts households, the true one included."""

    id: str
    level: int
    size: FloatArray
    tables: Mapping[str, Table]
    _memo: dict[tuple[tuple[str, Allowed], ...], FloatArray] = field(default_factory=dict)

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
            found = self._memo[block] = self._factor(dict(block))
        return found

    def _factor(self, wanted: Mapping[str, Allowed]) -> FloatArray:
        groups: dict[str, dict[str, Allowed]] = {}
        for attribute, allowed in wanted.items():
            groups.setdefault(self.parent_of(attribute), {})[attribute] = allowed
        answer = np.ones(len(self.size))
        for root in sorted(groups):
            answer = answer * self._below(root, groups[root])
        return answer

    def _below(self, root: str, wanted: Mapping[str, Allowed]) -> FloatArray:
        children = [a for a in wanted if a != root]
        table = self.table(root)
        if not children:
            return table.probability(wanted[root])
        if not isinstance(table, Categorical):
            raise FrameError(f"table {root} of frame {self.id} cannot be a parent.", hint="Make it categorical.")
        joint = table.shares * (table.weights(wanted[root]) if root in wanted else 1.0)
        for child in sorted(children):
            joint = joint * self.table(child).probability(wanted[child])
        total: FloatArray = joint.sum(axis=1)
        return total

    def table(self, attribute: str) -> Table:
        """The table of an attribute."""
        try:
            return self.tables[attribute]
        except KeyError:
            raise FrameError(
                f"frame {self.id} has no table for {attribute}.", hint="Add one, or drop it from the adversary."
            ) from None

    def parent_of(self, attribute: str) -> str:
        """The attribute whose block this attribute belongs to."""
        return self.table(attribute).given or attribute


@dataclass(frozen=True, slots=True)
class Frames:
    """The three nested frames, outermost first, all drawn from one source of randomness."""

    by_level: tuple[Frame, ...]

    @property
    def draws(self) -> int:
        """How many draws every count has."""
        return len(self.by_level[0].size)

    def at(self, level: int) -> Frame:
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
        frames.append(Frame(name, level, size, dict(tables)))
    return Frames(tuple(frames))


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
    if spec["size"]["median"] < _FEWEST_HOUSEHOLDS:
        raise FrameError(
            f"frame {name} holds fewer than {_FEWEST_HOUSEHOLDS:.0f} households.",
            hint="A frame is aggregate counts; a list of real people cannot be loaded.",
        )
    for attribute, table in spec["tables"].items():
        if "rows" in table or len(table.get("values", ())) > spec["size"]["median"]:
            raise FrameError(
                f"table {attribute} of frame {name} has cells that stand for single persons.",
                hint="A frame is aggregate counts; a register cannot be loaded.",
            )

