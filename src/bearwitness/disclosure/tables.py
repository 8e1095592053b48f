"""Tables of a frame: how probable it is that a household fits what is allowed of one attribute.

Each table is drawn once (Dirichlet, beta and log-normal posteriors) and then answers with one probability per
draw. All answers grow with the allowed set, which is what makes risk monotone in what a release leaves unsaid.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Protocol

import numpy as np
import numpy.typing as npt

from bearwitness.errors import FrameError
from bearwitness.model.values import Codes, Days, Paths, ValueSet

FloatArray = npt.NDArray[np.float64]

OTHER: Final = "(other)"
# A code that no table lists is one of the many in "(other)": taken as this share of it, the unfavourable side.
SHARE_OF_OTHER: Final = 0.02
_MOST_PATTERNS: Final = 10


class Table(Protocol):
    """What a household's attribute may be, as probabilities, one per draw."""

    @property
    def given(self) -> str | None:
        """The attribute this table is conditional on, if any."""
        ...

    def probability(self, allowed: Sequence[ValueSet]) -> FloatArray:
        """P(all of ``allowed`` hold) per draw: shape (draws,), or (draws, parent values) for a conditional table."""
        ...


def _dirichlet(rng: np.random.Generator, alpha: FloatArray, draws: int) -> FloatArray:
    gamma = rng.standard_gamma(alpha, size=(draws, *alpha.shape))
    # A tiny floor keeps a draw of an almost empty cell from being an exact zero.
    gamma += 1e-12
    normal: FloatArray = gamma / gamma.sum(axis=-1, keepdims=True)
    return normal


def _common(allowed: Sequence[ValueSet], kind: type[Any]) -> Any:
    first, *rest = allowed
    if not all(isinstance(a, kind) for a in allowed):
        raise FrameError("a claim's kind of value does not fit its table.", hint="Check the attribute of the claim.")
    for other in rest:
        first = first.intersect(other)  # type: ignore[arg-type]
    return first


@dataclass(frozen=True, slots=True)
class Categorical:
    """One of a few codes; ``shares`` has shape (draws, values)."""

    values: tuple[str, ...]
    shares: FloatArray
    given: str | None = None

    def weights(self, allowed: Sequence[ValueSet]) -> FloatArray:
        """The share of each value that is allowed."""
        codes = _common(allowed, Codes).codes
        weight = np.array([1.0 if v in codes else 0.0 for v in self.values])
        unknown = len(codes - set(self.values))
        if unknown and OTHER in self.values:
            weight[self.values.index(OTHER)] = min(1.0, SHARE_OF_OTHER * unknown)
        return weight

    def probability(self, allowed: Sequence[ValueSet]) -> FloatArray:
        """P(value allowed) per draw."""
        answer: FloatArray = self.shares @ self.weights(allowed)
        return answer


@dataclass(frozen=True, slots=True)
class Interval:
    """A day with piecewise constant density; ``shares`` (draws, bins) or (draws, parent values, bins)."""

    edges: npt.NDArray[np.int64]
    shares: FloatArray
    given: str | None = None

    def probability(self, allowed: Sequence[ValueSet]) -> FloatArray:
        """P(day allowed) per draw (and parent value)."""
        covered = np.zeros(len(self.edges) - 1)
        for first, last in _common(allowed, Days).spans:
            inside = np.minimum(self.edges[1:], last + 1) - np.maximum(self.edges[:-1], first)
            covered += np.maximum(inside, 0)
        answer: FloatArray = self.shares @ np.minimum(1.0, covered / np.diff(self.edges))
        return answer


@dataclass(frozen=True, slots=True)
class Tree:
    """A node of a tree; ``shares`` (draws, leaves). A node below a leaf has the share ``below`` of it."""

    leaves: tuple[str, ...]
    shares: FloatArray
    below: FloatArray
    given: str | None = None

    def probability(self, allowed: Sequence[ValueSet]) -> FloatArray:
        """P(node allowed) per draw."""
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
        answer: FloatArray = self.shares @ whole
        for i in map(int, np.flatnonzero((parts > 0) & (whole == 0))):
            answer = answer + self.shares[:, i] * np.minimum(1.0, parts[i] * self.below)
        return answer


@dataclass(frozen=True, slots=True)
class Existence:
    """Things a household has or not, independent of each other within a class of households.

    ``present`` has shape (draws, classes, leaves), ``weights`` (draws, classes). Each class has everything at least
    as often as the one before, so that things go together and are never exclusive (Chebyshev's sum inequality).
    """

    leaves: tuple[str, ...]
    present: FloatArray
    weights: FloatArray
    given: str | None = None

    def probability(self, allowed: Sequence[ValueSet]) -> FloatArray:
        """P(for each allowed set at least one of its leaves is present), by inclusion and exclusion."""
        groups: list[frozenset[int]] = []
        for one in allowed:
            codes = _common([one], Codes).codes
            groups.append(frozenset(i for i, leaf in enumerate(self.leaves) if leaf in codes))
        # A set that contains another one holds whenever the smaller does.
        least = [g for g in set(groups) if not any(h < g for h in set(groups))]
        if any(not g for g in least):
            return np.zeros(len(self.present))
        total = self.weights.copy()
        for component in _overlapping(least):
            total *= self._all_of(component)
        answer: FloatArray = total.sum(axis=1)
        return answer

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
    given: str | None = None

    def probability(self, allowed: Sequence[ValueSet]) -> FloatArray:
        """P(value allowed): the share for each value that the sets have in common."""
        answer: FloatArray = np.minimum(1.0, self.share * max(1, len(_common(allowed, Codes).codes)))
        return answer


def draw_table(spec: Mapping[str, Any], rng: np.random.Generator, draws: int) -> Table:
    """One table of a frame file, drawn ``draws`` times from its posterior.

    Parameters
    ----------
    spec : mapping
        A table as in a frame file (docs/reference/frames.md).
    rng : numpy Generator
        Source of randomness.
    draws : int
        How many draws.

    Returns
    -------
    Table

    Raises
    ------
    FrameError
        If the kind of table is unknown.
    """
    kind = spec.get("kind")
    if kind == "categorical":
        shares = _dirichlet(rng, np.asarray(spec["alpha"], dtype=np.float64)[0], draws)
        return Categorical(tuple(spec["values"]), shares)
    if kind == "interval":
        edges = np.array([date.fromisoformat(e).toordinal() for e in spec["edges"]], dtype=np.int64)
        alpha = np.asarray(spec["alpha"], dtype=np.float64)
        given = spec.get("given")
        return Interval(edges, _dirichlet(rng, alpha if given else alpha.reshape(-1), draws), given)
    if kind == "paths":
        leaves, columns = _draw_tree(spec["tree"], rng, draws, "", np.ones(draws))
        below = spec["leaf_share"]
        part = np.minimum(1.0, rng.lognormal(np.log(below["median"]), below["sigma"], draws))
        return Tree(tuple(leaves), np.stack(columns, axis=1), part)
    if kind == "existence":
        return _draw_existence(spec, rng, draws)
    if kind == "rare":
        return Rare(np.minimum(1.0, rng.lognormal(np.log(spec["median"]), spec["sigma"], draws)))
    raise FrameError("a table has an unknown kind.", hint="Use categorical, interval, paths, existence or rare.")


def _draw_tree(
    node: Mapping[str, Any], rng: np.random.Generator, draws: int, prefix: str, above: FloatArray
) -> tuple[list[str], list[FloatArray]]:
    names = list(node["alpha"])
    shares = _dirichlet(rng, np.array([node["alpha"][n] for n in names], dtype=np.float64), draws)
    leaves: list[str] = []
    drawn: list[FloatArray] = []
    for i, name in enumerate(names):
        here = above * shares[:, i]
        below = node.get("below", {}).get(name)
        if below is None:
            leaves.append(prefix + name)
            drawn.append(here)
        else:
            more, parts = _draw_tree(below, rng, draws, f"{prefix}{name}/", here)
            leaves += more
            drawn += parts
    return leaves, drawn


def _draw_existence(spec: Mapping[str, Any], rng: np.random.Generator, draws: int) -> Existence:
    """Each group has a beta prior per class (``a`` and ``b`` are numbers, or lists with one entry per class)."""
    alpha = np.asarray(spec.get("classes", {}).get("alpha", [1.0]), dtype=np.float64)
    weights = _dirichlet(rng, alpha, draws)
    leaves: list[str] = []
    columns: list[FloatArray] = []
    for group in spec["groups"].values():
        a, b = (np.broadcast_to(np.asarray(group[k], dtype=np.float64), alpha.shape) for k in ("a", "b"))
        base = np.maximum.accumulate(rng.beta(a, b, (draws, len(alpha))), axis=1)
        for leaf, weight in group["leaves"].items():
            leaves.append(leaf)
            columns.append(np.minimum(base * weight, 1.0 - 1e-9))
    return Existence(tuple(leaves), np.stack(columns, axis=2), weights)
