"""The cheapest generalisation of a data set that meets its privacy models, found exactly.

The nodes of the lattice are all choices of one level per quasi-identifier; x is finer than y if no level of x is above
y's. Rows of classes that fail a model are suppressed; a node may be used if they are not more than was allowed. Four
facts let nodes be settled without counting their classes:

1. A row that is suppressed at y for a model that ``holds_with_any`` is suppressed at every finer x: its class at x is a
   part of that at y. So if y suppresses too many rows by those models, each finer node does.
2. If nothing may be suppressed, any model will do: all classes of y are unions of classes of x, so if all of x's meet
   the models, all of y's do.
3. What generalising costs never falls when a level rises.
4. What suppressing costs at y (of the rows of fact 1) is at most what it costs at each finer x, if the loss
   ``bounds_finer``.

The coarsest open node, by the number of nodes below it, is counted next: if it fails, all below are settled (1, 2),
and if not, its suppression bounds them (4). The search ends when no open node has a bound below the best node known,
or the same and lower levels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor
from typing import Final

import numpy as np

from bearwitness.disclosure.microdata import BoolArray, FloatArray, IntArray, Levels, Microdata
from bearwitness.disclosure.microdata_classes import ClassCounter, Classes
from bearwitness.disclosure.microdata_loss import Loss, LossMetric
from bearwitness.disclosure.microdata_models import PrivacyModel
from bearwitness.errors import PolicyError

MOST_NODES: Final = 2_000_000
# Two losses that differ by less than this share are one: the last digits depend on the order of adding.
_SAME: Final = 1e-12


@dataclass(frozen=True, slots=True, kw_only=True)
class Generalisation:
    """One level per quasi-identifier, and what it costs.

    ``suppressed`` records are in classes that fail; ``classes`` are published. ``counted`` of the ``nodes`` of the
    lattice were counted, the others settled by them: no node that may be used costs less (up to a part in 1e12).
    """

    levels: Levels
    loss: float
    suppressed: int
    classes: int
    counted: int
    nodes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the models say about the classes of one node."""

    lost: BoolArray
    surely_lost: BoolArray


def judge(classes: Classes, models: Sequence[PrivacyModel]) -> Verdict:
    """Tell which classes fail, and which fail a model that no finer node can meet for the same rows."""
    lost = np.zeros(len(classes.sizes), dtype=np.bool_)
    surely = np.zeros(len(classes.sizes), dtype=np.bool_)
    for model in models:
        fails = ~model.holds(classes)
        lost |= fails
        if model.holds_with_any:
            surely |= fails
    return Verdict(lost=lost, surely_lost=surely)


def most_suppressed(records: int, share: float) -> int:
    """How many of so many records may be suppressed, for a share in [0, 1)."""
    if not 0.0 <= share < 1.0:
        raise ValueError("the share of records that may be suppressed lies in [0, 1)")
    return floor(share * records + 1e-9)


def optimal_generalisation(
    data: Microdata,
    models: Sequence[PrivacyModel],
    *,
    suppression: float = 0.0,
    metric: LossMetric | None = None,
    counter: ClassCounter | None = None,
) -> Generalisation | None:
    """Find the generalisation of least loss that meets all models with at most so many records suppressed.

    Of several that cost the same, one with the least sum of levels is found.

    Parameters
    ----------
    data : Microdata
        The data set.
    models : sequence of PrivacyModel
        All must hold for every class that is published.
    suppression : float
        The share of the records that may be left out, in [0, 1).
    metric : LossMetric, optional
        What is minimised; Loss by default.
    counter : ClassCounter, optional
        One that was used for the same data before, which then need not be made anew.

    Returns
    -------
    Generalisation or None
        None if no node will do: nothing short of leaving out attributes or records is safe.

    Raises
    ------
    PolicyError
        If the lattice has more than ``MOST_NODES`` nodes.
    ValueError
        If no model is given.
    """
    if not models:
        raise ValueError("a release needs a privacy model")
    nodes = 1
    for levels in data.shape:
        nodes *= levels
    if nodes > MOST_NODES:
        raise PolicyError(f"the hierarchies allow {nodes} generalisations; at most {MOST_NODES} can be searched.",
                          hint="Give attributes fewer levels, or treat some together.")  # fmt: skip
    limit = most_suppressed(data.records, suppression)
    return _Search(counter or ClassCounter(data), models, limit, metric or Loss()).run()


class _Search:
    """The state of one search: what is known of each node of the lattice."""

    def __init__(
        self, counter: ClassCounter, models: Sequence[PrivacyModel], limit: int, metric: LossMetric
    ) -> None:
        self.counter, self.models, self.limit, self.metric = counter, models, limit, metric
        self.shape = counter.data.shape
        self.floors: FloatArray = np.ascontiguousarray(metric.floors(counter.data))
        self.added: FloatArray = np.zeros(self.shape)
        self.open: BoolArray = np.ones(self.shape, dtype=np.bool_)
        self.best: Generalisation | None = None
        self.counted = 0

    def run(self) -> Generalisation | None:
        below, heights = _nodes_below(self.shape).ravel(), _sums_of_levels(self.shape).ravel()
        floors, added, is_open = self.floors.ravel(), self.added.ravel(), self.open.ravel()
        left: IntArray = np.arange(len(below))
        while True:
            bounds = floors[left] + added[left]
            keep = is_open[left] & self._is_better(bounds, heights[left])
            left, bounds = left[keep], bounds[keep]
            if not len(left):
                return self.best and _counted(self.best, self.counted)
            sizes = below[left]
            largest = np.flatnonzero(sizes == sizes.max())
            self._count(int(left[largest[bounds[largest].argmin()]]))

    def _is_better(self, losses: FloatArray, heights: IntArray) -> BoolArray:
        if self.best is None:
            return np.ones(len(losses), dtype=np.bool_)
        rounding = _SAME * max(1.0, abs(self.best.loss))
        same = (losses <= self.best.loss + rounding) & (heights < sum(self.best.levels))
        better: BoolArray = (losses < self.best.loss - rounding) | same
        return better

    def _count(self, place: int) -> None:
        levels = tuple(int(i) for i in np.unravel_index(place, self.shape))
        finer = tuple(slice(0, level + 1) for level in levels)
        coarser = tuple(slice(level, None) for level in levels)
        self.counted += 1
        self.open[levels] = False
        classes = self.counter.at(levels)
        verdict = judge(classes, self.models)
        if not self.metric.is_separable:
            np.maximum(self.floors[coarser], self.metric.generalised(classes), out=self.floors[coarser])
        suppressed = int(classes.sizes[verdict.lost].sum())
        surely = suppressed if self.limit == 0 else int(classes.sizes[verdict.surely_lost].sum())
        if surely > self.limit:
            self.open[finer] = False
            return
        if self.metric.bounds_finer and verdict.surely_lost.any():
            sure = self.metric.suppressed(classes, verdict.surely_lost)
            np.maximum(self.added[finer], sure, out=self.added[finer])
        if suppressed <= self.limit:
            self._keep(classes, verdict, suppressed)

    def _keep(self, classes: Classes, verdict: Verdict, suppressed: int) -> None:
        loss = float(self.floors[classes.levels]) + self.metric.suppressed(classes, verdict.lost)
        if self._is_better(np.array([loss]), np.array([sum(classes.levels)]))[0]:
            self.best = Generalisation(
                levels=classes.levels, loss=loss, suppressed=suppressed,
                classes=int((~verdict.lost).sum()), counted=self.counted, nodes=self.open.size,
            )  # fmt: skip


def _nodes_below(shape: tuple[int, ...]) -> IntArray:
    """How many nodes are finer than or equal to each node."""
    product = np.ones((), dtype=np.int64)
    for levels in shape:
        product = product[..., None] * np.arange(1, levels + 1)
    return product


def _sums_of_levels(shape: tuple[int, ...]) -> IntArray:
    total = np.zeros((), dtype=np.int64)
    for levels in shape:
        total = total[..., None] + np.arange(levels)
    return total


def _counted(best: Generalisation, counted: int) -> Generalisation:
    return Generalisation(
        levels=best.levels, loss=best.loss, suppressed=best.suppressed, classes=best.classes,
        counted=counted, nodes=best.nodes,
    )  # fmt: skip
