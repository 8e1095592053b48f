"""What a class of rows must hold before it may be published: k-anonymity, l-diversity, t-closeness.

A household is punished with its members, so where the data knows households, k counts households: all members of a
household in one class are one, and a household is found if any of its members is. The classes of all members must hold
enough households, which they do when every class does. This takes for granted that what is published does not say who
belongs together: with that, somebody who knows two members looks for a household that has both.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final, Protocol

import numpy as np

from bearwitness.disclosure.microdata import BoolArray, Detail, FloatArray, IntArray, Microdata
from bearwitness.disclosure.microdata_classes import Classes

# Differences of sums of shares; a value that is met exactly must not fail by a rounding.
_ROUNDING: Final = 1e-12


class PrivacyModel(Protocol):
    """A demand on each class.

    Every model here has this property: if two classes meet the demand, so do both together. Some have more, see
    ``holds_with_any``.
    """

    @property
    def holds_with_any(self) -> bool:
        """Whether a class that meets the demand still does after joining it with one that does not."""
        ...

    def holds(self, classes: Classes) -> BoolArray:
        """Per class, whether the demand is met."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class KAnonymity:
    """At least ``k`` households (records, where the data knows no households) read alike.

    Notes
    -----
    Samarati and Sweeney (1998).
    """

    k: int
    holds_with_any: ClassVar[bool] = True

    def __post_init__(self) -> None:
        if self.k < 1:
            raise ValueError("k is at least 1")

    def holds(self, classes: Classes) -> BoolArray:
        """Whether so many read alike."""
        return classes.households >= self.k


@dataclass(frozen=True, slots=True, kw_only=True)
class DistinctDiversity:
    """At least ``l`` different sensitive values in a class."""

    attribute: str
    l: int  # noqa: E741  (the literature's name)
    holds_with_any: ClassVar[bool] = True

    def __post_init__(self) -> None:
        if self.l < 1:
            raise ValueError("l is at least 1")

    def holds(self, classes: Classes) -> BoolArray:
        """Whether so many values occur."""
        owner, _, _ = classes.cells(detail_named(classes.data, self.attribute))
        return np.bincount(owner, minlength=len(classes.sizes)) >= self.l


@dataclass(frozen=True, slots=True, kw_only=True)
class EntropyDiversity:
    """The entropy of the sensitive value in a class is at least that of ``l`` values equally often.

    Notes
    -----
    Machanavajjhala, Kifer, Gehrke and Venkitasubramaniam (2007), "l-Diversity: privacy beyond k-anonymity", TKDD 1(1).
    """

    attribute: str
    l: float  # noqa: E741
    holds_with_any: ClassVar[bool] = False

    def __post_init__(self) -> None:
        if not self.l >= 1.0:
            raise ValueError("l is at least 1")

    def holds(self, classes: Classes) -> BoolArray:
        """Whether the values are spread so evenly."""
        owner, _, counts = classes.cells(detail_named(classes.data, self.attribute))
        shares = counts / classes.sizes[owner]
        entropy = np.bincount(owner, weights=-shares * np.log(shares), minlength=len(classes.sizes))
        held: BoolArray = entropy >= np.log(self.l) - _ROUNDING
        return held


@dataclass(frozen=True, slots=True, kw_only=True)
class RecursiveDiversity:
    """The most frequent sensitive value is less frequent than ``c`` times the ``l``-th and rarer ones together.

    Notes
    -----
    Recursive (c, l)-diversity of Machanavajjhala and others (2007).
    """

    attribute: str
    c: float
    l: int  # noqa: E741
    holds_with_any: ClassVar[bool] = False

    def __post_init__(self) -> None:
        if self.l < 1 or not self.c > 0.0:
            raise ValueError("l is at least 1, and c above 0")

    def holds(self, classes: Classes) -> BoolArray:
        """Whether the most frequent value does not stand out."""
        owner, _, counts = classes.cells(detail_named(classes.data, self.attribute))
        order = np.lexsort((-counts, owner))
        owner, counts = owner[order], counts[order]
        first = np.searchsorted(owner, np.arange(len(classes.sizes)))
        rank = np.arange(len(owner)) - first[owner]
        rare = np.bincount(owner, weights=np.where(rank >= self.l - 1, counts, 0), minlength=len(classes.sizes))
        return counts[first] < self.c * rare


@dataclass(frozen=True, slots=True, kw_only=True)
class TCloseness:
    """The sensitive value is spread in each class much as in the whole data set: their distance is at most ``t``.

    Parameters
    ----------
    attribute : str
        The sensitive attribute.
    t : float
        The largest earth mover's distance, in [0, 1].
    order : tuple of str or None
        The values in their order, if they have one: moving a share by one step costs 1 / (values - 1). Without an
        order, moving it to any other value costs 1.

    Notes
    -----
    Li, Li and Venkatasubramanian (2007), "t-Closeness: privacy beyond k-anonymity and l-diversity", ICDE.
    """

    attribute: str
    t: float
    order: tuple[str, ...] | None = None
    holds_with_any: ClassVar[bool] = False

    def __post_init__(self) -> None:
        if not 0.0 <= self.t <= 1.0:
            raise ValueError("t lies in [0, 1]")

    def holds(self, classes: Classes) -> BoolArray:
        """Whether the class is close enough to the whole."""
        return self.distances(classes) <= self.t + _ROUNDING

    def distances(self, classes: Classes) -> FloatArray:
        """The distance of each class from the whole."""
        detail = detail_named(classes.data, self.attribute)
        whole = np.bincount(detail.code, weights=detail.count, minlength=len(detail.values)) / classes.data.records
        owner, code, counts = classes.cells(detail)
        shares = counts / classes.sizes[owner]
        if self.order is None:
            # Half the sum of |p - q|: values that a class lacks add their q, which is 1 less the q of those it has.
            apart = np.abs(shares - whole[code]) - whole[code]
            distances = (1.0 + np.bincount(owner, weights=apart, minlength=len(classes.sizes))) / 2.0
            return distances.astype(np.float64)
        place = self._places(detail)
        in_order = np.bincount(place, weights=whole).astype(np.float64)
        return _ordered(owner, place[code], shares, in_order, len(classes.sizes))

    def _places(self, detail: Detail) -> IntArray:
        places = {value: place for place, value in enumerate(self.order or ())}
        if len(places) != len(self.order or ()) or set(places) != set(detail.values):
            raise ValueError(f"the order of {self.attribute} must list each of its values once")
        return np.array([places[v] for v in detail.values], dtype=np.int64)


def _ordered(owner: IntArray, place: IntArray, shares: FloatArray, whole: FloatArray, classes: int) -> FloatArray:
    """Sum over steps of what must cross each step, over their number; a few classes at a time."""
    width = len(whole)
    distances = np.zeros(classes)
    if width == 1:
        return distances
    at_once = max(1, 2_000_000 // width)
    for start in range(0, classes, at_once):
        low, high = np.searchsorted(owner, (start, start + at_once))
        spread = np.zeros((min(at_once, classes - start), width))
        spread[owner[low:high] - start, place[low:high]] = shares[low:high]
        distances[start : start + len(spread)] = np.abs(np.cumsum(spread - whole, axis=1)).sum(axis=1) / (width - 1)
    return distances


def detail_named(data: Microdata, attribute: str) -> Detail:
    """The sensitive column of this name (ValueError if there is none)."""
    for detail in data.sensitive:
        if detail.name == attribute:
            return detail
    raise ValueError(f"the data set has no sensitive attribute {attribute}")
