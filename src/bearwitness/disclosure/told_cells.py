"""What published tables add to what is told of one household: the act must lie in a cell that can still hold it.

Whether an act that is told was counted, and by when it was recorded, is not known for certain; of all that can be true
the one with the smallest crowd counts. Where what is told fits no cell, it was not counted, or some table or account is
wrong: then what each of them says without the others is looked at too. So a table can only make a crowd smaller, and a
contradiction is neither safety nor an error; it is reported.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Final, NamedTuple

import numpy as np

from bearwitness.disclosure.crowd import LEAVER, Constraint, Crowd, FloatArray
from bearwitness.errors import ClaimError
from bearwitness.model.values import Codes, Days, ValueSet, intersect_values, values_include

# More ways to have been counted than this are not taken together, but table by table.
_MOST_OPTIONS: Final = 64
# Of more tables that contradict what is told, each is looked at by itself, and not every set of them.
_MOST_TABLES: Final = 5
_MOST_REMEMBERED: Final = 1000


class Side(NamedTuple):
    """One dimension of a box of cells.

    ``values`` is what it allows that can be said; ``may_be_rest`` that it also holds what cannot, beside ``sayable``,
    all that can; ``may_be_unknown`` that it holds what is counted without a known value.
    """

    attribute: str
    values: ValueSet | None
    may_be_unknown: bool
    may_be_rest: bool
    sayable: ValueSet | None
    is_everything: bool


class Slice(NamedTuple):
    """The cells that can hold something recorded in one stretch of days, which ends on ``last``: boxes, disjoint."""

    last: int
    boxes: tuple[tuple[Side, ...], ...]


class Telling(NamedTuple):
    """One act as it is told: what is known of it by attribute, and whose variable its date is."""

    allows: dict[str, ValueSet]
    date_of: str


# What a box adds to what is told: nothing where it holds all of that.
Added = tuple[tuple[str, ValueSet], ...]
# One way to have been counted: in one box of each of some slices.
Counted = tuple[tuple[Added, ...], ...]


@dataclass(frozen=True, slots=True, eq=False)
class HouseholdTables:
    """What the published tables tell of one household.

    ``ids`` are the releases that print them; ``read`` gives, of some of them, the slices of each gathering of tables,
    where accounts of others fill cells or where they do not.
    """

    ids: tuple[str, ...]
    read: Callable[[frozenset[str], bool], tuple[tuple[Slice, ...], ...]]
    others: Callable[[frozenset[str]], HouseholdTables]
    _remembered: dict[tuple[str, frozenset[tuple[str, ValueSet]]], tuple[Counted, ...]] = field(
        default_factory=dict, repr=False
    )

    def only(self, ids: frozenset[str]) -> HouseholdTables:
        """What some of the tables tell."""
        return self if ids.issuperset(self.ids) else self.others(ids)

    def without(self, release: str | None) -> HouseholdTables:
        """What all tables but one tell."""
        return self.only(frozenset(self.ids) - {release})

    def narrowed(self, crowd: Crowd, constraints: Sequence[Constraint], others: FloatArray) -> FloatArray:
        """The others that fit both what is told and the tables, per draw.

        Parameters
        ----------
        crowd : Crowd
            The adversary and its frames, without tables.
        constraints : sequence of Constraint
            All that is told.
        others : float64 array, shape (draws,)
            Households that fit it.

        Returns
        -------
        float64 array, shape (draws,)
            Never more than ``others``.
        """
        least = others
        for told in tellings_of(constraints):
            for ways in self._ways_of(told):
                least = np.minimum(least, _fitting(crowd, constraints, told, ways, others))
        return least

    def _ways_of(self, told: Telling) -> tuple[Counted, ...]:
        key = (told.date_of, frozenset(told.allows.items()))
        if key not in self._remembered:
            if len(self._remembered) >= _MOST_REMEMBERED:
                self._remembered.clear()
            self._remembered[key] = tuple(dict.fromkeys(self._ways(told)))
        return self._remembered[key]

    def _ways(self, told: Telling) -> Iterator[Counted]:
        """Every way in which something told can have been counted that adds to it."""
        todo = [(frozenset(self.ids), True)]
        seen = set(todo)
        for ids, filled in todo:
            groups = self.read(ids, filled)
            added = [[_added(s, told) for s in slices if _was_before(told, s.last)] for slices in groups]
            yield from _ways(added)
            if all(a for slices in added for a in slices):
                # Fewer tables say no more.
                continue
            every = sorted(ids)
            fewer = [ids - {i} if len(ids) <= _MOST_TABLES else frozenset({i}) for i in every]
            more = [(ids, False), *((some, filled) for some in fewer if some)]
            todo += [m for m in more if m not in seen]
            seen.update(more)

    def agrees(self, constraints: Sequence[Constraint]) -> bool:
        """Whether everything told fits every way in which the tables can have counted it.

        Then what is told less exactly only fits more cells, and the crowd only grows. Of several gatherings of tables
        that is not looked into.
        """
        tellings = tellings_of(constraints)
        groups = self.read(frozenset(self.ids), True) if tellings else ()
        return len(groups) < 2 and all(_added(s, told) for told in tellings for slices in groups for s in slices)

    def contradicts(self, constraints: Sequence[Constraint]) -> bool:
        """Whether something that is told fits no cell of tables that could have counted it."""
        groups = self.read(frozenset(self.ids), True)
        return any(
            not any(_added(s, told) for s in possible)
            for told in tellings_of(constraints)
            for slices in groups
            if (possible := [s for s in slices if _was_before(told, s.last)])
        )


def _was_before(told: Telling, last: int) -> bool:
    days = told.allows.get("act_date")
    return not isinstance(days, Days) or days.spans[0][0] <= last


def tellings_of(constraints: Sequence[Constraint]) -> tuple[Telling, ...]:
    """The acts that are told for certain; with several kinds and dates, each kind with each date.

    Parameters
    ----------
    constraints : sequence of Constraint
        All that is told of a household. What is believed only in part is not taken for told.
    """
    certain = [c for c in constraints if c.trust >= 1.0 and not c.allowed.is_empty]
    acts = dict.fromkeys(c.allowed for c in certain if c.attribute == "act" and isinstance(c.allowed, Codes))
    dates: dict[str, ValueSet] = {}
    about: dict[str, ValueSet] = {}
    for c in certain:
        if c.attribute == "act_date":
            dates[c.about] = _both(dates.get(c.about), c.allowed)
        elif c.about == LEAVER and c.attribute != "act":
            about[c.attribute] = _both(about.get(c.attribute), c.allowed)
    if not acts and not dates:
        return ()
    kinds: list[dict[str, ValueSet]] = [{"act": one} for one in acts] or [{}]
    days: list[tuple[str, dict[str, ValueSet]]] = [(of, {"act_date": d}) for of, d in dates.items()] or [("act", {})]
    return tuple(Telling({**about, **kind, **day}, of) for kind in kinds for of, day in days)


def _both(one: ValueSet | None, other: ValueSet) -> ValueSet:
    if one is None or type(one) is not type(other):
        return other
    common = intersect_values(one, other)
    return one if common.is_empty else common


def _added(part: Slice, told: Telling) -> tuple[Added, ...]:
    """What each box of a slice that can hold what is told adds to it; none where it fits no box."""
    if not _was_before(told, part.last):
        return ()
    found = []
    for box in part.boxes:
        added: list[tuple[str, ValueSet]] = []
        for side in box:
            more = _narrowing(side, told.allows.get(side.attribute))
            if more is None:
                break
            added += more
        else:
            found.append(tuple(added))
    return tuple(found)


def _narrowing(side: Side, told: ValueSet | None) -> list[tuple[str, ValueSet]] | None:
    """What a dimension adds to what is told; None where the two have nothing in common."""
    if side.is_everything:
        return []
    if told is None:
        if side.may_be_unknown or side.may_be_rest:
            return []
        return None if side.values is None else [(side.attribute, side.values)]
    if side.may_be_rest and (side.sayable is None or not values_include(side.sayable, told)):
        return []
    if side.values is None or (common := intersect_values(side.values, told)).is_empty:
        return None
    return [] if values_include(side.values, told) else [(side.attribute, common)]


def _ways(groups: Sequence[Sequence[tuple[Added, ...]]]) -> Iterator[Counted]:
    """In which slice of each gathering of tables it may have been counted: in one of several gatherings, or in none."""
    possible = [[(), *(a for a in slices if a)] for slices in groups]
    chosen: Iterator[Counted]
    if np.prod([float(len(p)) for p in possible]) <= _MOST_OPTIONS:
        chosen = product(*possible)
    else:
        chosen = ((way,) for p in possible for way in p)
    for ways in chosen:
        # Where a box adds nothing, neither does the whole slice.
        kept = tuple(dict.fromkeys(w for w in ways if w and () not in w))
        if kept:
            yield kept


def _fitting(
    crowd: Crowd, constraints: Sequence[Constraint], told: Telling, ways: Counted, most: FloatArray
) -> FloatArray:
    """Households that fit what is told and lie in one box of each; the boxes of a slice have none in common."""
    total = np.zeros(crowd.frames.draws)
    some = False
    for boxes in product(*ways):
        added = dict.fromkeys(pair for box in boxes for pair in box)
        if _is_empty(added):
            continue
        some = True
        more = [
            Constraint(a, told.date_of if a == "act_date" else LEAVER, values, 1.0, "table") for a, values in added
        ]
        try:
            total = total + crowd.others([*constraints, *more])
        except ClaimError:
            # The frame has nobody there: such a box holds none of the others.
            continue
    # In no box of two tables together: it was counted in one of them at the most.
    return total if some else most


def _is_empty(added: dict[tuple[str, ValueSet], None]) -> bool:
    """Whether two tables together leave no value."""
    seen: dict[str, ValueSet] = {}
    for attribute, values in added:
        common = intersect_values(seen[attribute], values) if attribute in seen else values
        if common.is_empty:
            return True
        seen[attribute] = common
    return False
