"""What printed figures tell for certain: every region in which somebody must be, and the risk of whoever that is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

import numpy as np

from bearwitness.disclosure.counts_attack import Attack, Sum
from bearwitness.disclosure.counts_regions import Joint
from bearwitness.disclosure.counts_risk import Box, CellKey, Exposure, Measure, boxes_of
from bearwitness.model.counts import Unit

# Of remainders with more parts only the whole and the single parts are looked at.
MOST_SHRUNK: Final = 40


class Region(NamedTuple):
    """Parts that certainly hold so many others than were told before; ``row`` is the printed cell it comes from."""

    parts: tuple[int, ...]
    sure: int
    row: int


class Told(NamedTuple):
    """A region and its worst risk."""

    region: Region
    exposure: Exposure


def weights_of(parts: Iterable[int], sign: float = 1.0) -> Sum:
    """The sum of some parts."""
    return dict.fromkeys(parts, sign)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Finds what is told, and measures it; what was measured once is kept.

    ``plain`` are the rows whose parts no told account can be in.
    """

    joint: Joint
    measure: Measure
    unit: Unit
    plain: frozenset[int]
    _boxes: dict[tuple[int, ...], tuple[Box, ...]] = field(default_factory=dict)
    _memo: dict[tuple[object, ...], Exposure] = field(default_factory=dict)

    def boxes(self, parts: tuple[int, ...]) -> tuple[Box, ...]:
        """Claims that fit only households of a region."""
        if parts not in self._boxes:
            self._boxes[parts] = boxes_of(self.joint, parts)
        return self._boxes[parts]

    def expose(self, region: Region, elsewhere: Mapping[CellKey, Box]) -> Exposure:
        """The worst risk of anybody in a region."""
        cells, inside = self._cells(region.parts)
        sure = min(region.sure, region.sure if self.unit == "households" else self._households(inside))
        people = any(self.measure.contributions.get(c) for c in cells)
        key = (region.parts, sure, tuple(sorted(elsewhere)) if people else ())
        if key not in self._memo:
            self._memo[key] = self.measure.exposure(
                self.joint.rows[region.row].cell, self.boxes(region.parts), sure=sure, cells=cells,
                elsewhere=elsewhere,
            )  # fmt: skip
        return self._memo[key]

    def _cells(self, parts: tuple[int, ...]) -> tuple[list[CellKey], list[CellKey]]:
        """Cells with known households that share a part with a region, and those that lie in it."""
        if not self.measure.contributions:
            return [], []
        matrix = self.joint.matrix
        shared = np.asarray(matrix[:, list(parts)].sum(axis=1)).ravel()
        sizes = np.diff(matrix.indptr)
        touched = [i for i in np.flatnonzero(shared).tolist() if self.key(i) in self.measure.contributions]
        return [self.key(i) for i in touched], [self.key(i) for i in touched if shared[i] == sizes[i]]

    def key(self, row: int) -> CellKey:
        """The release and the cell of a row."""
        return self.joint.rows[row].table, self.joint.rows[row].cell

    def _households(self, cells: Sequence[CellKey]) -> int:
        """Different households that are known to be counted in some cells; one where none is known."""
        return max(1, len({c.household for cell in cells for c in self.measure.contributions[cell]}))

    def printed(self, attack: Attack, hidden: frozenset[int]) -> list[Region]:
        """Every printed cell that certainly holds somebody who was not told before, or whom the record names there."""
        found = []
        for number, row in enumerate(self.joint.rows):
            if number in hidden or row.high == 0:
                continue
            parts = self.joint.parts_of(number)
            exact = number in self.plain and row.low > 0
            sure = row.low if exact else attack.at_least(parts)
            if sure > 0 or (row.low > 0 and self._cells(parts)[0]):
                found.append(Region(parts, sure, number))
        return found

    def computed(self, attack: Attack, hidden: frozenset[int], elsewhere: Mapping[CellKey, Box]) -> list[Region]:
        """Every region that no single printed cell tells: what is left of one when all that is known is taken out.

        Notes
        -----
        Of each remainder of up to ``MOST_SHRUNK`` parts also a region within it is looked for that cannot be made
        smaller, the largest crowds taken out first; and every single part that is not printed as a cell.
        """
        free = np.flatnonzero(attack.free[: len(self.joint.parts)])
        found: dict[tuple[int, ...], tuple[int, int]] = {}
        for part, low, row in self._single(attack, free.tolist()):
            found[part,] = low, row
        for number in (i for i in range(len(self.joint.rows)) if i not in hidden):
            parts = self.joint.parts_of(number)
            rest = tuple(p for p in parts if attack.free[p])
            if not rest or rest in found:
                continue
            sure = attack.at_least(rest)
            if sure <= 0:
                continue
            if len(rest) < len(parts):
                found[rest] = (sure, number)
            if len(rest) > MOST_SHRUNK:
                continue
            least = self._shrunk(attack, Region(rest, sure, number), elsewhere)
            found.setdefault(least.parts, (least.sure, number))
        return [Region(parts, sure, row) for parts, (sure, row) in sorted(found.items())]

    def _single(self, attack: Attack, free: Sequence[int]) -> list[tuple[int, int, int]]:
        """The free parts that cannot be empty, with how many they hold at the least and a row that has them."""
        open_ones, found = set(free), []
        while open_ones:
            _, table = attack.table(weights_of(sorted(open_ones)))
            empty = {p for p in open_ones if table[p] == 0}
            if not empty:
                break
            open_ones -= empty
        for part in sorted(open_ones):
            low = attack.at_least([part])
            if low > 0:
                rows = np.flatnonzero(np.asarray(self.joint.matrix[:, [part]].todense()).ravel())
                found.append((part, low, int(rows[np.argmin(np.diff(self.joint.matrix.indptr)[rows])])))
        return found

    def _shrunk(self, attack: Attack, region: Region, elsewhere: Mapping[CellKey, Box]) -> Region:
        """A region that still certainly holds somebody, and no longer does if any part is taken out."""
        if len(region.parts) == 1:
            return region
        alone = {p: self.expose(Region((p,), 1, region.row), elsewhere).candidates for p in region.parts}
        kept = list(region.parts)
        sure = region.sure
        for part in sorted(region.parts, key=lambda p: (-alone[p], p)):
            rest = [p for p in kept if p != part]
            if rest and (low := attack.at_least(rest)) > 0:
                kept, sure = rest, low
        return Region(tuple(kept), sure, region.row)

    def told(self, attack: Attack, hidden: frozenset[int]) -> list[Told]:
        """Everything told, each with its worst risk."""
        regions = self.printed(attack, hidden)
        elsewhere = self._told_of_cells(regions)
        regions += self.computed(attack, hidden, elsewhere)
        return [Told(r, self.expose(r, elsewhere)) for r in regions]

    def _told_of_cells(self, regions: Sequence[Region]) -> dict[CellKey, Box]:
        """What the printed cells say of the households that the record names in them."""
        found: dict[CellKey, Box] = {}
        for region in regions:
            key = self.key(region.row)
            boxes = self.boxes(region.parts) if key in self.measure.contributions else ()
            if boxes:
                found[key] = boxes[0]
        return found
