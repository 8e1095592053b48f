"""What a protected table of counts comes with: the cells to hide, the proof, what is told, and why it may not leave."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bearwitness.disclosure.counts_attack import Attack, Impossible
from bearwitness.disclosure.counts_regions import Joint
from bearwitness.disclosure.counts_told import weights_of

Why = Literal["household", "few", "dominated"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PrimaryCell:
    """A cell that may not be printed: the worst risk behind it, before whom, and by which rules.

    ``household``: somebody in it would be above the policy's threshold; ``few``: fewer than the least that may be
    counted, without those told before; ``dominated``: most of its acts are one household's. ``left`` is how many it
    counts besides accounts that were told before.
    """

    cell: str
    left: int
    risk: float
    adversary: str
    candidates: float
    why: tuple[Why, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HiddenCell:
    """What a reader of all tables can compute of a cell that is not printed; ``high`` None for no upper end."""

    release: str
    cell: str
    low: int
    high: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldRegion:
    """A region in which somebody must be: computed from a printed cell, within the smallest cells that it lies in."""

    release: str
    cell: str
    within: tuple[str, ...]
    sure: int
    risk: float
    adversary: str
    candidates: float
    household: str
    told_before: bool
    safe: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribute:
    """That a cell tells something of everybody counted in a larger one: ``none`` of them are in it, or ``all`` are."""

    kind: Literal["none", "all"]
    cell: str
    of: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Another choice of cells to hide that protects the same, and what it costs."""

    cells: tuple[str, ...]
    cost: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Rounded:
    """The table rounded to a base with its sums kept: the figures by cell, and whether every household is safe then."""

    base: int
    figures: tuple[tuple[str, int], ...]
    hidden: tuple[HiddenCell, ...]
    unsafe: tuple[ToldRegion, ...]
    safe: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Protection:
    """A table of counts, protected as far as it can be.

    ``safe``: printed without the cells of ``hide``, every household is at or below the threshold. ``cost`` is what
    they cost, ``bound`` what anything safe costs at the least, ``proved`` whether these are known to be one.
    """

    safe: bool
    primary: tuple[PrimaryCell, ...]
    hide: tuple[str, ...]
    cost: float
    bound: float
    proved: bool
    hidden: tuple[HiddenCell, ...]
    told: tuple[ToldRegion, ...]
    unsafe: tuple[ToldRegion, ...]
    attributes: tuple[Attribute, ...]
    alternatives: tuple[Choice, ...]
    rounded: tuple[Rounded, ...]
    accounts_counted: int
    notes: tuple[str, ...] = ()


def hidden_cells(joint: Joint, attack: Attack, hidden: frozenset[int]) -> tuple[HiddenCell, ...]:
    """The exact interval of every cell that is not printed exactly, those of earlier releases included.

    A count of a cell includes accounts told before; where such are counted, the interval is of the others.
    """
    found = []
    for number, row in enumerate(joint.rows):
        if number in hidden or row.low != row.high:
            low, high = attack.bounds(weights_of(joint.parts_of(number)))
            found.append(HiddenCell(release=row.table, cell=row.cell, low=low, high=high))
    return tuple(found)


def attributes_of(joint: Joint, attack: Attack, hidden: frozenset[int]) -> tuple[Attribute, ...]:
    """Empty and full cells of the new table, printed or computed, each with the smallest cell that it says it of.

    Notes
    -----
    A cell is empty or full *of* the smallest printed one around it that holds somebody; where a smaller cell says the
    same, only that is named.
    """
    own = [i for i, r in enumerate(joint.rows) if r.own]
    matrix = joint.matrix[own]
    shared = (matrix @ matrix.T).tocsr()
    sizes = matrix.sum(axis=1)
    bounds = {i: _known(joint, attack, n, n in hidden) for i, n in enumerate(own)}
    found = []
    for inner in range(len(own)):
        near = shared.indices[shared.indptr[inner] : shared.indptr[inner + 1]]
        common = shared.data[shared.indptr[inner] : shared.indptr[inner + 1]]
        around = [int(o) for o, c in zip(near, common, strict=True) if c == sizes[inner] < sizes[o]]
        full = [o for o in around if own[o] not in hidden and bounds[o][0] > 0]
        low, high = bounds[inner]
        for outer in sorted(full, key=lambda o: (sizes[o], o)):
            kind: Literal["none", "all"] | None = (
                "none" if high == 0 else "all" if low == bounds[outer][1] else None
            )
            if kind:
                found.append(Attribute(kind=kind, cell=joint.rows[own[inner]].cell, of=joint.rows[own[outer]].cell))
                break
    return tuple(found)


def _known(joint: Joint, attack: Attack, row: int, is_hidden: bool) -> tuple[int, int | None]:
    cell = joint.rows[row]
    if not is_hidden and cell.low == cell.high:
        return cell.low, cell.high
    try:
        return attack.bounds(weights_of(joint.parts_of(row)))
    except Impossible:
        raise ValueError("the tables were checked to be possible") from None
