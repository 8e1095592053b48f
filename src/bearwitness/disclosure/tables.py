"""Tables of a frame: how probable it is that a household fits what is allowed of one attribute.

Each table is drawn once (Dirichlet, beta and log-normal posteriors) and then answers with one probability per
draw. All answers grow with the allowed set, which is what makes risk monotone in what a release leaves unsaid.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any, Final, Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt

from bearwitness.errors import FrameError
from bearwitness.model.frame_rows import OTHER_VALUES
from bearwitness.model.values import Codes, Days, NoneOf, Paths, ValueSet

FloatArray = npt.NDArray[np.float64]

# A code that no table lists is one of the many in "(other)": taken as this share of it, the unfavourable side.
SHARE_OF_OTHER: Final = 0.02
_MOST_PATTERNS: Final = 10


# The attributes of which a table is conditional: none, one, or several in the order of its axes.
Given = str | tuple[str, ...] | None


def _parents(given: Given) -> tuple[str, ...]:
    return () if given is None else (given,) if isinstance(given, str) else given


class Table(Protocol):
    """What a household's attribute may be, as probabilities, one per draw."""

    @property
    def parents(self) -> tuple[str, ...]:
        """The attributes that this table is conditional on."""
        ...

    def probability(self, allowed: Sequence[ValueSet]) -> FloatArray:
        """P(all of ``allowed`` hold) per draw: shape (draws,), or (draws, parents' cells ...) where it has parents."""
        ...


@runtime_checkable
class Cells(Table, Protocol):
    """A table whose values are cells that exclude each other: it can be a parent, and have parents."""

    @property
    def shares(self) -> FloatArray:
        """Shape (draws, cells of each parent ..., own cells)."""
        ...

    @property
    def count(self) -> int:
        """How many cells there are."""
        ...

    def weights(self, allowed: Sequence[ValueSet]) -> FloatArray:
        """How far each cell is allowed: shape (cells,) or (draws, cells)."""
        ...


def _common(allowed: Sequence[ValueSet], kind: type[Any]) -> Any:
    first, *rest = allowed
    if not all(isinstance(a, kind) for a in allowed):
        raise FrameError("a claim's kind of value does not fit its table.", hint="Check the attribute of the claim.")
    for other in rest:
        first = first.intersect(other)  # type: ignore[arg-type]
    return first


def counted_runs(
    block: tuple[tuple[str, tuple[ValueSet, ...]], ...], edges_of: Callable[[str], Iterable[int]]
) -> list[tuple[tuple[str, tuple[ValueSet, ...]], ...]]:
    """A query of a table for each way to take as many days as are counted, where some days are likelier than others.

    Parameters
    ----------
    block : tuple of (attribute, allowed sets)
        What is asked together.
    edges_of : callable
        The first days of the cells of an attribute's table.

    Returns
    -------
    list of blocks
        The one given, where all days count. The greatest answer is the one to take: it grows with what is allowed.
    """
    choices: list[list[tuple[str, tuple[ValueSet, ...]]]] = []
    for attribute, allowed in block:
        choices.append([(attribute, allowed)])
        if any(isinstance(one, Days) and one.counted is not None for one in allowed):
            runs: tuple[Days, ...] = _common(allowed, Days).stretches(edges_of(attribute))
            choices[-1] = [(attribute, (run,)) for run in runs]
    return [tuple(one) for one in product(*choices)]


@dataclass(frozen=True, slots=True)
class Categorical:
    """One of a few codes; ``shares`` has shape (draws, parents' cells ..., values)."""

    values: tuple[str, ...]
    shares: FloatArray
    given: Given = None

    @property
    def parents(self) -> tuple[str, ...]:
        """The attributes that this table is conditional on."""
        return _parents(self.given)

    @property
    def count(self) -> int:
        """How many cells there are."""
        return len(self.values)

    def weights(self, allowed: Sequence[ValueSet]) -> FloatArray:
        """The share of each value that is allowed."""
        codes = _common(allowed, Codes).codes
        weight = np.array([1.0 if v in codes else 0.0 for v in self.values])
        unknown = len(codes - set(self.values))
        if unknown and OTHER_VALUES in self.values:
            weight[self.values.index(OTHER_VALUES)] = min(1.0, SHARE_OF_OTHER * unknown)
        return weight

    def probability(self, allowed: Sequence[ValueSet]) -> FloatArray:
        """P(value allowed) per draw."""
        answer: FloatArray = self.shares @ self.weights(allowed)
        return answer


@dataclass(frozen=True, slots=True)
class Interval:
    """A day with piecewise constant density; ``shares`` has shape (draws, parents' cells ..., bins)."""

    edges: npt.NDArray[np.int64]
    shares: FloatArray
    given: Given = None

    @property
    def parents(self) -> tuple[str, ...]:
        """The attributes that this table is conditional on."""
        return _parents(self.given)

    @property
    def count(self) -> int:
        """How many cells there are."""
        return len(self.edges) - 1

    def weights(self, allowed: Sequence[ValueSet]) -> FloatArray:
        """The part of each bin that is allowed."""
        covered = np.zeros(len(self.edges) - 1)
        for first, last in _common(allowed, Days).spans:
            inside = np.minimum(self.edges[1:], last + 1) - np.maximum(self.edges[:-1], first)
            covered += np.maximum(inside, 0)
        part: FloatArray = np.minimum(1.0, covered / np.diff(self.edges))
        return part

    def probability(self, allowed: Sequence[ValueSet]) -> FloatArray:
        """P(day allowed) per draw (and parents' cells)."""
        answer: FloatArray = self.shares @ self.weights(allowed)
        return answer


@dataclass(frozen=True, slots=True)
class Tree:
    """A node of a tree; ``shares`` (draws, parents' cells ..., leaves). A node below a leaf has ``below`` of it."""

    leaves: tuple[str, ...]
    shares: FloatArray
    below: FloatArray
    given: Given = None

    @property
    def parents(self) -> tuple[str, ...]:
        """The attributes that this table is conditional on."""
        return _parents(self.given)

    @property
    def count(self) -> int:
        """How many cells there are."""
        return len(self.leaves)

    def weights(self, allowed: Sequence[ValueSet]) -> FloatArray:
        """How far each leaf is allowed: shape (leaves,), or (draws, leaves) where a node below one is named."""
        every = _common(allowed, Paths).paths
        # A node below another one of the set adds nothing to it.
        paths = [p for p in every if not any(p.startswith(q + "/") for q in every)]
        whole = np.zeros(len(self.leaves))
        parts = np.zeros(len(self.leaves))
        for path in paths:
            for i, leaf in enumerate(self.leaves):
                if leaf == path or leaf.startswith(path + "/"):
                    whole[i] = 1.0
                elif path.startswith(leaf + "/"):
                    parts[i] += 1.0
        if not ((parts > 0) & (whole == 0)).any():
            return whole
        answer: FloatArray = np.maximum(whole, np.minimum(1.0, parts * self.below[:, None]))
        return answer

    def probability(self, allowed: Sequence[ValueSet]) -> FloatArray:
        """P(node allowed) per draw (and parents' cells)."""
        weights = self.weights(allowed)
        if weights.ndim == 1:
            answer: FloatArray = self.shares @ weights
            return answer
        ahead = (1,) * len(self.parents)
        each: FloatArray = self.shares * weights.reshape(len(weights), *ahead, -1)
        total: FloatArray = each.sum(axis=-1)
        return total


@dataclass(frozen=True, slots=True)
class Existence:
    """Things a household has or not, independent of each other within a class of households.

    ``present`` has shape (draws, classes, leaves), ``weights`` (draws, classes). Each class has everything at least
    as often as the one before, so that things go together and are never exclusive (Chebyshev's sum inequality).
    """

    leaves: tuple[str, ...]
    present: FloatArray
    weights: FloatArray
    parents: tuple[str, ...] = ()

    def probability(self, allowed: Sequence[ValueSet]) -> FloatArray:
        """P(of each allowed set at least one leaf is present, and none of those said to be absent).

        By inclusion and exclusion; what is absent is independent of the other leaves within a class, and leaves each
        set without it.

        Raises
        ------
        FrameError
            If something is said to be absent that the table does not list: nobody knows how many have it.
        """
        absent = self._absent([one for one in allowed if isinstance(one, NoneOf)])
        groups: set[frozenset[int]] = set()
        for one in allowed:
            if not isinstance(one, NoneOf):
                codes = _common([one], Codes).codes
                groups.add(frozenset(i for i, leaf in enumerate(self.leaves) if leaf in codes) - absent)
        # A set that contains another one holds whenever the smaller does.
        least = [g for g in groups if not any(h < g for h in groups)]
        if any(not g for g in least):
            return np.zeros(len(self.present))
        total = self.weights * self._none_of(absent)
        for component in _overlapping(least):
            total *= self._all_of(component)
        answer: FloatArray = total.sum(axis=1)
        return answer

    def _absent(self, sets: Sequence[NoneOf]) -> frozenset[int]:
        codes = frozenset[str]().union(*(one.codes for one in sets))
        if codes - set(self.leaves):
            raise FrameError(
                "a claim says that something is not there which the frame does not list.",
                hint="Add it to the frame, or leave the claim out and count what it excludes by hand.",
            )
        return frozenset(self.leaves.index(code) for code in codes)

    def _none_of(self, group: frozenset[int]) -> FloatArray:
        answer: FloatArray = np.prod(1.0 - self.present[:, :, sorted(group)], axis=2)
        return answer

    def _all_of(self, groups: Sequence[frozenset[int]]) -> FloatArray:
        """P(of each of several overlapping sets at least one leaf is present) per class."""
        if len(groups) == 1:
            return 1.0 - self._none_of(groups[0])
        total = np.zeros(self.weights.shape)
        for sets, sign in _signed_unions(groups[:_MOST_PATTERNS]):
            total += sign * self._none_of(sets)
        total = np.maximum(total, 1e-15)
        # More sets than inclusion and exclusion can carry: sets of independent things are positively associated
        # (Harris 1960), so the product is a lower bound of the probability, and the risk an upper one.
        for extra in groups[_MOST_PATTERNS:]:
            total *= 1.0 - self._none_of(extra)
        return total


def _overlapping(groups: Sequence[frozenset[int]]) -> list[list[frozenset[int]]]:
    """Sets gathered so that those of different gatherings have no leaf in common (and are then independent)."""
    found: list[tuple[frozenset[int], list[frozenset[int]]]] = []
    for group in sorted(groups, key=sorted):
        touching = [f for f in found if f[0] & group]
        leaves = group.union(*(f[0] for f in touching))
        members = [g for f in touching for g in f[1]] + [group]
        found = [f for f in found if f not in touching] + [(leaves, members)]
    return [members for _, members in found]


def _signed_unions(groups: Sequence[frozenset[int]]) -> list[tuple[frozenset[int], float]]:
    unions: list[tuple[frozenset[int], float]] = [(frozenset(), 1.0)]
    for group in groups:
        unions += [(union | group, -sign) for union, sign in unions]
    return unions


@dataclass(frozen=True, slots=True)
class Rare:
    """An attribute of which any stated value is rare; ``share`` (draws,)."""

    share: FloatArray
    parents: tuple[str, ...] = ()

    def probability(self, allowed: Sequence[ValueSet]) -> FloatArray:
        """P(value allowed): the share for each value that the sets have in common."""
        answer: FloatArray = np.minimum(1.0, self.share * max(1, len(_common(allowed, Codes).codes)))
        return answer
