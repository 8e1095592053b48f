"""What a generalisation costs the reader: six measures of lost information.

Each splits into what generalising alone costs, which never falls when a level rises, and what suppressing rows adds.
The search prunes with both parts, so each measure says which of its parts may be trusted as a bound:

* ``floors``: a lower bound of the first part for every node at once, exact where ``is_separable``.
* ``bounds_finer``: whether the second part never rises with a level, so that what a coarse node loses by suppression,
  every finer node loses too.

Both follow from the same fact. Let x be finer than y. A row whose class is too small at y is too small at x, and what
is lost of a row by suppressing it is what it still said, which is more at x.

Definitions follow the literature and, for rows that are suppressed, ARX 3.9. ARX cuts the Loss of each attribute after
ten decimals; here nothing is cut, so its figures agree to 1e-10.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Protocol

import numpy as np

from bearwitness.disclosure.microdata import BoolArray, FloatArray, IntArray, Microdata
from bearwitness.disclosure.microdata_classes import Classes


class LossMetric(Protocol):
    """A measure of lost information; smaller is better."""

    @property
    def is_separable(self) -> bool:
        """Whether ``floors`` is what generalising costs, not only a bound of it."""
        ...

    @property
    def bounds_finer(self) -> bool:
        """Whether ``suppressed`` at a node is at most what it is at any finer one."""
        ...

    def floors(self, data: Microdata) -> FloatArray:
        """A lower bound of ``generalised`` for each node, in the shape of the lattice."""
        ...

    def generalised(self, classes: Classes) -> float:
        """What the node costs when nothing is suppressed."""
        ...

    def suppressed(self, classes: Classes, lost: BoolArray) -> float:
        """What it costs in addition that the rows of the lost classes are suppressed."""
        ...


def _sum_over_lattice(parts: list[FloatArray]) -> FloatArray:
    """Add one number per attribute and level: shape of the lattice."""
    total = np.zeros(())
    for part in parts:
        total = total[..., None] + part
    return np.asarray(total)


def _by_level(classes: Classes, parts: list[FloatArray]) -> float:
    return float(sum(part[level] for part, level in zip(parts, classes.levels, strict=True)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """Share of an attribute's values that a published value stands for, averaged over records and attributes.

    A suppressed record stands for all values. Scaled so that exact values cost 0 and a data set without content 1.

    Notes
    -----
    Iyengar (2002), "Transforming data to satisfy privacy constraints", KDD; with the arithmetic mean over attributes.
    """

    is_separable: ClassVar[bool] = True
    bounds_finer: ClassVar[bool] = True

    def _unit(self, data: Microdata, values: int) -> float:
        """What one record costs in which an attribute of so many values stands for all of them, per share above one."""
        return values / ((values - 1) * data.records * len(data.hierarchies)) if values > 1 else 0.0

    def _parts(self, data: Microdata) -> list[FloatArray]:
        parts = []
        for h, weights in zip(data.hierarchies, data.weights, strict=True):
            beyond = [h.shares(level)[codes] - 1.0 / h.width(0) for level, codes in enumerate(h.levels)]
            parts.append(self._unit(data, h.width(0)) * np.array([float(weights @ share) for share in beyond]))
        return parts

    def floors(self, data: Microdata) -> FloatArray:
        """The cost of generalising, exactly, for each node."""
        return _sum_over_lattice(self._parts(data))

    def generalised(self, classes: Classes) -> float:
        """The cost of generalising at this node."""
        return _by_level(classes, self._parts(classes.data))

    def suppressed(self, classes: Classes, lost: BoolArray) -> float:
        """What the lost records still said, and no longer say."""
        data = classes.data
        tables = [
            self._unit(data, h.width(0)) * (1.0 - h.shares(level))
            for h, level in zip(data.hierarchies, classes.levels, strict=True)
        ]
        return classes.weighed(tables, lost)


@dataclass(frozen=True, slots=True, kw_only=True)
class Precision:
    """How far up its hierarchy each published value stands, averaged; a suppressed value stands at the top.

    Notes
    -----
    Sweeney (2002), "Achieving k-anonymity privacy protection using generalization and suppression", IJUFKS 10(5), as a
    loss (her precision is 1 minus this).
    """

    is_separable: ClassVar[bool] = True
    bounds_finer: ClassVar[bool] = True

    def _parts(self, data: Microdata) -> list[FloatArray]:
        return [
            np.arange(h.height + 1) / (max(h.height, 1) * len(data.hierarchies)) for h in data.hierarchies
        ]

    def floors(self, data: Microdata) -> FloatArray:
        """The cost of generalising, exactly, for each node."""
        return _sum_over_lattice(self._parts(data))

    def generalised(self, classes: Classes) -> float:
        """The mean height of the node's levels."""
        return _by_level(classes, self._parts(classes.data))

    def suppressed(self, classes: Classes, lost: BoolArray) -> float:
        """The rest of the way to the top, for the lost records."""
        data = classes.data
        above = sum(1.0 for h in data.hierarchies if h.height) / len(data.hierarchies)
        return float(classes.sizes[lost].sum()) / data.records * (above - self.generalised(classes))


@dataclass(frozen=True, slots=True, kw_only=True)
class Height:
    """The sum of the levels; suppression costs nothing, so the share that may be suppressed should be small."""

    is_separable: ClassVar[bool] = True
    bounds_finer: ClassVar[bool] = True

    def floors(self, data: Microdata) -> FloatArray:
        """The sum of levels for each node."""
        return _sum_over_lattice([np.arange(h.height + 1, dtype=np.float64) for h in data.hierarchies])

    def generalised(self, classes: Classes) -> float:
        """The sum of levels."""
        return float(sum(classes.levels))

    def suppressed(self, classes: Classes, lost: BoolArray) -> float:  # noqa: ARG002  (costs nothing)
        """Nothing."""
        return 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class NonUniformEntropy:
    """Bits that are missing to tell each record's exact values from what is published, attribute by attribute.

    Suppressing adds the bits that tell the generalised values of the suppressed records apart.

    Notes
    -----
    Gionis and Tassa (2009), "k-Anonymization with minimal loss of information", IEEE TKDE 21(2).
    """

    is_separable: ClassVar[bool] = True
    bounds_finer: ClassVar[bool] = True

    def _parts(self, data: Microdata) -> list[FloatArray]:
        parts = []
        for h, weights in zip(data.hierarchies, data.weights, strict=True):
            exact = _bits(weights)
            parts.append(np.array([
                exact - _bits(np.bincount(codes, weights=weights)) for codes in h.levels
            ]))  # fmt: skip
        return parts

    def floors(self, data: Microdata) -> FloatArray:
        """The cost of generalising, exactly, for each node."""
        return _sum_over_lattice(self._parts(data))

    def generalised(self, classes: Classes) -> float:
        """The cost of generalising at this node."""
        return _by_level(classes, self._parts(classes.data))

    def suppressed(self, classes: Classes, lost: BoolArray) -> float:
        """The bits that the lost records' generalised values held."""
        sizes = classes.sizes[lost]
        return float(sum(
            _bits(np.bincount(classes.values(j)[lost], weights=sizes)) for j in range(len(classes.levels))
        ))  # fmt: skip


def _bits(counts: IntArray | FloatArray) -> float:
    """Records times their entropy: sum of n log2(total / n)."""
    held = counts[counts > 0].astype(np.float64)
    return float(held @ np.log2(held.sum() / held)) if len(held) else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Discernibility:
    """For each record, how many it cannot be told from: its class, or all of them if it is suppressed.

    Notes
    -----
    Bayardo and Agrawal (2005), "Data privacy through optimal k-anonymization", ICDE.
    """

    is_separable: ClassVar[bool] = False
    bounds_finer: ClassVar[bool] = True

    def floors(self, data: Microdata) -> FloatArray:
        """The least that so many records in at most so many classes can cost."""
        return data.records**2 / most_classes(data)

    def generalised(self, classes: Classes) -> float:
        """Sum of the squares of the class sizes."""
        sizes = classes.sizes.astype(np.float64)
        return float(sizes @ sizes)

    def suppressed(self, classes: Classes, lost: BoolArray) -> float:
        """What the lost records are no longer told from."""
        sizes = classes.sizes[lost].astype(np.float64)
        return float(sizes @ (classes.data.records - sizes))


@dataclass(frozen=True, slots=True, kw_only=True)
class AverageClassSize:
    """Records per class; all suppressed records together are one class.

    Notes
    -----
    LeFevre, DeWitt and Ramakrishnan (2006), "Mondrian multidimensional k-anonymity", ICDE, without division by k.
    """

    is_separable: ClassVar[bool] = False
    bounds_finer: ClassVar[bool] = False

    def floors(self, data: Microdata) -> FloatArray:
        """Records per class if there were as many classes as there can be."""
        return data.records / most_classes(data)

    def generalised(self, classes: Classes) -> float:
        """Records per class."""
        return classes.data.records / len(classes.sizes)

    def suppressed(self, classes: Classes, lost: BoolArray) -> float:
        """What joining the lost classes adds to the average."""
        kept = len(classes.sizes) - int(lost.sum())
        return classes.data.records / (kept + bool(lost.any())) - self.generalised(classes)


def most_classes(data: Microdata) -> FloatArray:
    """An upper bound of the number of classes of each node: shape of the lattice."""
    product = np.ones(())
    for h in data.hierarchies:
        product = product[..., None] * np.array([float(h.width(level)) for level in range(h.height + 1)])
    return np.minimum(product, float(len(data.counts)))
