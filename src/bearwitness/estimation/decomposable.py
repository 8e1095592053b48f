"""The number of acts, averaged exactly over all decomposable models of how lists depend on each other.

Given the number of acts N, the table with its unseen cell is multinomial, and under a decomposable graph its marginal
probability is a closed form where the cell probabilities have a hyper-Dirichlet prior (Madigan and York 1997,
Biometrika 84, 19; Dawid and Lauritzen 1993, Annals of Statistics 21, 1272). Every graph is equally probable
beforehand. The sum runs over all graphs and all N that the prior allows: there is no simulation and no seed.

Assumption: acts of a stratum are alike, so that lists depend on each other only as one of the graphs says; that some
acts are hard to see for every list at once is not among them, and makes the number too small. ``delta`` is how many
acts the prior counts for each cell of the table. It is not innocent: on the four lists of Kosovo the median is 12,595
at 1/16 and 4,617 at 1, so an estimate is never to be shown without `vary_delta`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.special import gammaln, logsumexp

from bearwitness.errors import EstimationError
from bearwitness.estimation.chordal import MOST_NODES, ChordalGraph, chordal_graphs
from bearwitness.estimation.lists import CaptureTable, check_estimable
from bearwitness.estimation.unseen_prior import UnseenPrior

FloatArray = npt.NDArray[np.float64]

# The smallest prior in use, Jeffreys' for two cells, and one act in every cell.
DELTAS: Final = (1 / 16, 1 / 2, 1.0)
# How many numbers of unseen acts are worked on at once: 822 graphs by this many doubles stay in a cache.
_BLOCK: Final = 1024
# Past these the number is the prior's.
MOST_RATIO: Final = 2.0
MOST_NEAR_CAP: Final = 0.001
# The share of the cap above which a number is taken to be near it.
_NEAR_CAP: Final = 0.95


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphPosterior:
    """One graph: which lists depend on each other, its probability, and the mean of N if it were true."""

    dependent: tuple[tuple[str, str], ...]
    probability: float
    mean: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DecomposableEstimate:
    """The posterior of the number of acts.

    ``sizes`` are the possible numbers N, seen and unseen, and ``probability`` that of each. ``graphs`` are in the
    order of `chordal_graphs`. ``near_cap`` is the probability that the unseen acts are within 5 % of the most that
    the prior allows; where it is not tiny, the cap and not the lists made the number.
    """

    delta: float
    sizes: FloatArray
    probability: FloatArray
    graphs: tuple[GraphPosterior, ...]
    near_cap: float

    @property
    def mean(self) -> float:
        """The posterior mean of N."""
        return float(self.probability @ self.sizes)

    @property
    def mode(self) -> int:
        """The most probable N."""
        return int(self.sizes[int(np.argmax(self.probability))])

    def quantile(self, level: float) -> int:
        """The smallest N that is not exceeded with at least this probability.

        Parameters
        ----------
        level : float
            Above 0, below 1.

        Raises
        ------
        ValueError
            The level is outside.
        """
        if not 0 < level < 1:
            raise ValueError("a level is above 0 and below 1")
        place = int(np.searchsorted(np.cumsum(self.probability), level - 1e-12))
        return int(self.sizes[min(place, len(self.sizes) - 1)])


@dataclass(frozen=True, slots=True, kw_only=True)
class DeltaSpread:
    """The same table under several weights of the prior; ``ratio`` is the largest median over the smallest."""

    estimates: tuple[DecomposableEstimate, ...]
    ratio: float


def average_decomposable(table: CaptureTable, prior: UnseenPrior, *, delta: float) -> DecomposableEstimate:
    """Average over every decomposable graph.

    Parameters
    ----------
    table : CaptureTable
        Three to five lists.
    prior : UnseenPrior
        On the number of unseen acts.
    delta : float
        How many acts the prior counts for each cell of the whole table, above 0.

    Returns
    -------
    DecomposableEstimate
        Exact, but for rounding.

    Raises
    ------
    EstimationError
        The table says too little (`check_estimable`), or has more than five lists.
    ValueError
        ``delta`` is not positive or not finite.
    """
    if not 0 < delta < np.inf:
        raise ValueError("delta is a positive number")
    check_estimable(table)
    if len(table.lists) > MOST_NODES:
        raise EstimationError(
            f"Stratum {table.stratum}: {len(table.lists)} lists are more than the {MOST_NODES} that are averaged.",
            hint="Put lists of one kind together, or use another model.",
        )
    graphs = chordal_graphs(len(table.lists))
    by_size, by_graph, means = _sum(table, prior, graphs, delta)
    probability = np.exp(by_size - logsumexp(by_size))
    near = prior.unseen > _NEAR_CAP * prior.unseen[-1]
    return DecomposableEstimate(
        delta=delta,
        sizes=table.observed + prior.unseen,
        probability=probability,
        graphs=_named(table, graphs, np.exp(by_graph - logsumexp(by_graph)), means),
        near_cap=float(probability[near].sum()),
    )


def vary_delta(table: CaptureTable, prior: UnseenPrior, deltas: Sequence[float] = DELTAS) -> DeltaSpread:
    """Average under several weights of the prior, to see how much of the number is the prior's.

    Parameters and errors as of `average_decomposable`, but that ``deltas`` are several.
    """
    if not deltas:
        raise ValueError("there must be at least one delta")
    estimates = tuple(average_decomposable(table, prior, delta=delta) for delta in deltas)
    medians = [estimate.quantile(0.5) for estimate in estimates]
    return DeltaSpread(estimates=estimates, ratio=max(medians) / min(medians))


def check_spread(table: CaptureTable, spread: DeltaSpread) -> None:
    """Refuse a number that the prior made and not the lists.

    Raises
    ------
    EstimationError
        The largest median is more than twice the smallest, or under some weight the unseen acts are near the most
        that the prior allows with a probability over 0.001.
    """
    if spread.ratio > MOST_RATIO:
        raise EstimationError(
            f"Stratum {table.stratum}: the prior makes the number, not the lists: medians differ {spread.ratio:.1f} "
            "times as its weight is varied.",
            hint="More acts on two and three lists at once would change this.",
        )
    if max(estimate.near_cap for estimate in spread.estimates) > MOST_NEAR_CAP:
        raise EstimationError(f"Stratum {table.stratum}: the number leans on the most that the prior allows.",
                              hint="Allow more unseen acts; where the number follows, the lists set no limit."
                              )  # fmt: skip


def _sum(
    table: CaptureTable, prior: UnseenPrior, graphs: Sequence[ChordalGraph], delta: float
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """The log weight of each number of unseen acts and of each graph, and each graph's mean of N."""
    subsets = sorted({subset for graph in graphs for subset, _ in graph.factors}, key=sorted)
    place = {subset: row for row, subset in enumerate(subsets)}
    powers = np.zeros((len(graphs), len(subsets)))
    for row, graph in enumerate(graphs):
        for subset, power in graph.factors:
            powers[row, place[subset]] = power
    by_size, tops, sums, sizes = [], [], [], []
    for start in range(0, len(prior.log_weight), _BLOCK):
        block = slice(start, start + _BLOCK)
        unseen = prior.unseen[block]
        size = table.observed + unseen
        factors = np.array([_log_factor(table, subset, unseen, delta) for subset in subsets])
        joint = powers @ factors + (prior.log_weight[block] + gammaln(size + 1) - gammaln(unseen + 1))
        # Each graph is scaled by its own top: an improbable one has a mean too.
        top = joint.max(axis=1)
        scaled = np.exp(joint - top[:, None])
        with np.errstate(divide="ignore"):
            by_size.append(top.max() + np.log(np.exp(top - top.max()) @ scaled))
        tops.append(top)
        sums.append(scaled.sum(axis=1))
        sizes.append(scaled @ size)
    highest = np.max(tops, axis=0)
    shares = np.exp(np.array(tops) - highest)
    total = (shares * sums).sum(axis=0)
    return np.concatenate(by_size), highest + np.log(total), (shares * sizes).sum(axis=0) / total


def _log_factor(table: CaptureTable, subset: frozenset[int], unseen: FloatArray, delta: float) -> FloatArray:
    """The log marginal probability of one order of acts with such a margin, for each number of unseen ones."""
    lists = len(table.lists)
    others = tuple(set(range(lists)) - subset)
    margin = table.counts.reshape((2,) * lists).sum(axis=others).ravel()
    each = delta * 2.0 ** len(others)
    whole = delta * 2.0**lists
    seen = float(np.sum(gammaln(each + margin[1:]) - gammaln(each)))
    none = gammaln(each + margin[0] + unseen) - gammaln(each)
    total = gammaln(whole) - gammaln(whole + table.observed + unseen)
    return np.asarray(seen + none + total, dtype=float)


def _named(
    table: CaptureTable, graphs: Sequence[ChordalGraph], weights: FloatArray, means: npt.NDArray[np.float64]
) -> tuple[GraphPosterior, ...]:
    return tuple(
        GraphPosterior(
            dependent=tuple((table.lists[one], table.lists[other]) for one, other in graph.edges),
            probability=float(weight),
            mean=float(mean),
        )
        for graph, weight, mean in zip(graphs, weights, means, strict=True)
    )
