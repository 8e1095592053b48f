"""Frames whose tables are rows: a synthetic population or a public sample, one row per household.

Of rows it is counted how many fit everything that is said together, so whatever goes together in them is kept;
nothing is multiplied out of single tables. Attributes that the rows do not have are asked of the frame's own tables,
as independent of them.

A sample of n rows of which k fit says of the share of all households that fit: Beta(k + 1/2, n - k + 1/2), by
Jeffreys' prior (Jeffreys 1946, Proc. R. Soc. Lond. A 186, 453). So a finite sample never says that nobody else fits.
Each draw is the quantile of one level that was drawn once per frame: the share then grows, in every draw, with what
is allowed. Where a row fits only in part - a day bin of which a part is allowed, a place below a leaf - it counts for
that part, and the prior's half row for the greatest part that any row could count. Of a public sample the true
household may itself be a row, which is then no other one: one row is taken off.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from typing import Any, Final

import numpy as np

from bearwitness.disclosure.bitmaps import Bitmaps, Conjunction, count_candidates, pack_rows
from bearwitness.disclosure.crowd import LEAVER
from bearwitness.disclosure.frames import LEVELS, Allowed, FloatArray, Frame, Frames, Population
from bearwitness.disclosure.row_columns import DayColumn, Part, RowColumn, read_column
from bearwitness.disclosure.row_sources import check_rows_are_not_people
from bearwitness.disclosure.tables import Table, counted_runs
from bearwitness.model.values import ValueSet

# The name of the block of all attributes that rows have; no attribute is called so.
_ROWS: Final = "(rows)"
_PRIOR: Final = 0.5
_MOST_REMEMBERED: Final = 2000

Block = tuple[tuple[str, Allowed], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Households as rows, packed.

    ``luck`` (draws,): the levels in (0, 1) of which quantiles are taken, and None where the rows are every household
    of the population, of whom nothing is uncertain. ``own`` is the number of rows that the true household may be.
    """

    bitmaps: Bitmaps
    columns: Mapping[str, RowColumn]
    luck: FloatArray | None
    own: int
    draws: int
    _memo: dict[Block, FloatArray] = field(default_factory=dict)

    def share(self, block: Block) -> FloatArray:
        """P(a household fits every allowed set of the block), all attributes together, per draw.

        Parameters
        ----------
        block : tuple of (attribute, allowed sets)
            Attributes of the rows.

        Returns
        -------
        float64 array, shape (draws,)
            Never smaller, in any draw, where more is allowed.

        Raises
        ------
        FrameError
            If a claim's kind of value does not fit its column.
        """
        found = self._memo.get(block)
        if found is None:
            if len(self._memo) >= _MOST_REMEMBERED:
                self._memo.clear()
            runs = [
                self._share([self.columns[a].parts(allowed) for a, allowed in one])
                for one in counted_runs(block, self._edges)
            ]
            found = self._memo[block] = runs[0] if len(runs) == 1 else np.max(runs, axis=0)
        return found

    def _edges(self, attribute: str) -> tuple[int, ...]:
        column = self.columns[attribute]
        return column.edges if isinstance(column, DayColumn) else ()

    def _share(self, attributes: Sequence[Sequence[Part]]) -> FloatArray:
        combinations = list(product(*attributes))
        if not combinations:
            return np.zeros(self.draws)
        weights = np.array([math.prod(part.weight for part in parts) for parts in combinations])
        wanted: list[Conjunction] = [sum((part.rows for part in parts), ()) for parts in combinations]
        counts = count_candidates(self.bitmaps, wanted)
        rows, fit = float(self.bitmaps.rows), float(weights @ counts)
        if self.luck is None:
            return np.full(self.draws, min(fit / rows, 1.0))
        if self.own and counts.any():
            fit, rows = fit - float(weights[counts > 0].max()), rows - self.own
        return _quantiles(fit, rows, float(weights.max()), self.luck)


def _quantiles(fit: float, rows: float, most: float, levels: FloatArray) -> FloatArray:
    """Quantiles of the share of all households of which ``fit`` of ``rows`` are an observation."""
    from scipy.special import betaincinv

    above: FloatArray = betaincinv(fit + _PRIOR * most, max(rows - fit, 0.0) + _PRIOR, levels)
    return above


@dataclass(frozen=True, slots=True, eq=False)
class RowFrame:
    """A population of which some attributes are known by rows, and others by tables (a ``frames.Population``)."""

    rows: Rows
    rest: Population
    size: FloatArray

    @property
    def id(self) -> str:
        """The name of its level."""
        return self.rest.id

    @property
    def tables(self) -> Mapping[str, Table]:
        """What each attribute may be by itself; those of the rows take the place of tables of the same name."""
        mine = {attribute: Marginal(attribute, self.rows) for attribute in self.rows.columns}
        return {**self.rest.tables, **mine}

    def factor(self, block: Block) -> FloatArray:
        """P(a household fits every allowed set of one block) per draw: those of the rows jointly, the others apart.

        Parameters
        ----------
        block : tuple of (attribute, allowed sets)
            Any attributes of the frame.

        Returns
        -------
        float64 array, shape (draws,)

        Raises
        ------
        FrameError
            If the frame has neither column nor table for an attribute.
        """
        mine = tuple(one for one in block if one[0] in self.rows.columns)
        others = tuple(one for one in block if one[0] not in self.rows.columns)
        found = self.rows.share(mine) if mine else np.ones(self.rows.draws)
        return found * self.rest.factor(others) if others else found

    def block_of(self, attribute: str, owner: str) -> tuple[str, str]:
        """All that is said of the household and of the one who left is one block; of every other person, another."""
        if attribute not in self.rows.columns:
            return self.rest.block_of(attribute, owner)
        return _ROWS, "" if owner == LEAVER else owner

    def fact_of(self, attribute: str) -> str:
        """Every attribute of the rows is a fact of its own."""
        return attribute if attribute in self.rows.columns else self.rest.fact_of(attribute)


@dataclass(frozen=True, slots=True, eq=False)
class Marginal:
    """One attribute of rows as a table by itself."""

    attribute: str
    rows: Rows
    parents: tuple[str, ...] = ()

    def probability(self, allowed: Sequence[ValueSet]) -> FloatArray:
        """P(all of ``allowed`` hold) per draw: shape (draws,)."""
        return self.rows.share(((self.attribute, tuple(allowed)),))


def put_rows(frames: Frames, spec: Mapping[str, Any], rng: np.random.Generator) -> Frames:
    """The frames with rows in the place of one level's tables.

    Parameters
    ----------
    frames : Frames
        Frames of tables; the size of the level stays as drawn, unless the rows are every household.
    spec : mapping
        ``frame`` (the level's name), ``sources``, ``rows_are`` ("synthetic" or "public sample"), ``stands_for``
        (households of the population a public sample was drawn from), ``every_household`` (true where synthetic
        rows are the whole population), ``columns`` (see ``row_columns.read_column``) and ``rows``: per attribute an
        unsigned integer array of codes, shape (rows,), for what a household can have several of (leaves, rows) of
        0 and 1.
    rng : numpy Generator
        Source of randomness.

    Returns
    -------
    Frames

    Raises
    ------
    FrameError
        If the rows could be people, or do not fit their columns.
    """
    check_rows_are_not_people(spec)
    level = LEVELS.index(spec["frame"])
    codes: list[Any] = []
    values: list[int] = []
    columns: dict[str, RowColumn] = {}
    for attribute, column in spec["columns"].items():
        columns[attribute] = read_column(attribute, column, first=len(codes))
        held = np.atleast_2d(spec["rows"][attribute])
        codes += [np.ascontiguousarray(one) for one in held]
        values += [columns[attribute].codes] * len(held)
    whole = bool(spec.get("every_household"))
    rest = frames.at(level)
    luck = None if whole else rng.uniform(np.finfo(np.float64).tiny, 1.0, frames.draws)
    own = 1 if spec["rows_are"] != "synthetic" else 0
    rows = Rows(pack_rows(codes, values), columns, luck, own, frames.draws)
    count = rows.bitmaps.rows
    if not whole:
        return Frames((*frames.by_level[:level], RowFrame(rows, rest, rest.size), *frames.by_level[level + 1 :]))
    put: list[Population] = [*frames.by_level[:level], RowFrame(rows, rest, np.full(frames.draws, float(count)))]
    put += frames.by_level[level + 1 :]
    # An inner frame cannot outgrow the outer one in any draw.
    for inner in range(1, len(put)):
        put[inner] = _no_larger(put[inner], put[inner - 1].size)
    return Frames(tuple(put))


def _no_larger(population: Population, most: FloatArray) -> Population:
    if isinstance(population, Frame | RowFrame) and (population.size > most).any():
        return replace(population, size=np.minimum(population.size, most))
    return population
