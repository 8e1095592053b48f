"""Protect a table of counts beside everything published before: what to hide, why, the proof, and the verdict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

import numpy as np

from bearwitness.disclosure.counts_accounts import Account, make_system
from bearwitness.disclosure.counts_attack import Attack
from bearwitness.disclosure.counts_findings import (
    Choice,
    PrimaryCell,
    Protection,
    Rounded,
    ToldRegion,
    Why,
    attributes_of,
    hidden_cells,
)
from bearwitness.disclosure.counts_regions import Domain
from bearwitness.disclosure.counts_risk import Measure
from bearwitness.disclosure.counts_round import round_table
from bearwitness.disclosure.counts_suppress import LARGE, Cut, Hideable, Suppression, Target, holds, suppress
from bearwitness.disclosure.counts_told import Region, Told, weights_of
from bearwitness.disclosure.counts_world import Rules, World, make_world
from bearwitness.model.counts import CountTable

# Other choices that are looked for.
MOST_ALTERNATIVES: Final = 3
# Each time a computed region is found unsafe the cells to hide are chosen anew; after so many times all are hidden.
_MOST_TURNS: Final = 40
# Where more than this share of a large table may not be printed it is refused as a whole: it is cut too finely.
MOST_OF_LARGE: Final = 0.5
_USUAL: Final = Rules()


class _Settled(NamedTuple):
    """The choice that was found, what it had to keep open, the cells hidden in any case, what is told, the cuts."""

    fit: Suppression
    targets: tuple[Target, ...]
    forced: frozenset[int]
    told: tuple[Told, ...]
    cuts: list[Cut]


def protect_table(
    name: str, table: CountTable, *, earlier: Sequence[tuple[str, CountTable]], measure: Measure, domain: Domain,
    accounts: Sequence[Account] = (), rules: Rules = _USUAL, bases: Sequence[int] = (),
    rng: np.random.Generator | None = None,
) -> Protection:  # fmt: skip
    """What of a table may be printed beside everything published before.

    Parameters
    ----------
    name : str
        Id of the release that would print it.
    table : CountTable
        With all its counts.
    earlier : sequence of (id, CountTable)
        Every table of the same unit that was printed, as it was printed.
    measure : Measure
        The household measure: adversaries, policy, ledger, who is counted where.
    domain : Domain
        All places and codes there are.
    accounts : sequence of Account
        Told before; those that cannot be among what is counted are left out.
    rules : Rules
        The classic rules.
    bases : sequence of int
        Bases of roundings that are tried as well.
    rng : numpy Generator, optional
        For the roundings; needed where there are bases.

    Returns
    -------
    Protection
        ``safe`` only where every household that a printed or computed figure certainly counts is at or below the
        policy's threshold for every adversary.

    Raises
    ------
    TableError
        If figures do not add up, within the table or with earlier ones.
    ClaimError
        If no household fits a cell, or what was told of one contradicts it.
    """
    world = make_world([*earlier, (name, table)], measure, domain, accounts, rules)
    primary = _primary_cells(world)
    settled = _settle(world, primary)
    hidden = settled.fit.hidden
    rows = world.joint.rows
    attack = Attack(world.system.without(sorted(hidden)))
    unseen = Attack(world.system.without(world.own))
    told = tuple(_as_told(world, t, unseen) for t in settled.told)
    nothing_left = hidden == frozenset(world.own)
    notes = {
        "nothing_left": nothing_left, "told_before": any(t.told_before and t.risk > world.threshold for t in told),
        "not_proved": not settled.fit.proved, "no_households_known": not measure.contributions,
    }  # fmt: skip
    return Protection(
        safe=all(t.safe for t in told) and not nothing_left, primary=tuple(primary.values()),
        hide=tuple(rows[r].cell for r in sorted(hidden)), cost=settled.fit.cost, bound=settled.fit.bound,
        proved=settled.fit.proved, hidden=hidden_cells(world.joint, attack, world.hidden_before() | hidden),
        told=told, unsafe=tuple(t for t in told if not t.safe), attributes=attributes_of(world.joint, attack, hidden),
        alternatives=_alternatives(world, settled),
        rounded=tuple(_rounded(world, base, rng) for base in bases) if rng is not None else (),
        accounts_counted=len(world.places), notes=tuple(n for n, holds in notes.items() if holds),
    )  # fmt: skip


def _primary_cells(world: World) -> dict[int, PrimaryCell]:
    """The cells that may not be printed, by row."""
    attack = Attack(world.system)
    found: dict[int, PrimaryCell] = {}
    named = {r.row: r for r in world.reader.printed(attack, world.hidden_before())}
    for row in world.own:
        region = named.get(row)
        if region is None:
            continue
        exposure = world.reader.expose(region, {})
        whys: list[Why] = []
        if exposure.risk > world.threshold:
            whys.append("household")
        if 0 < region.sure < world.rules.least:
            whys.append("few")
        if _is_dominated(world, row):
            whys.append("dominated")
        if whys:
            found[row] = PrimaryCell(
                cell=world.joint.rows[row].cell, left=region.sure, risk=exposure.risk, adversary=exposure.adversary,
                candidates=exposure.candidates, why=tuple(whys),
            )  # fmt: skip
    return found


def _is_dominated(world: World, row: int) -> bool:
    if world.reader.unit != "acts":
        return False
    acts: dict[str, int] = {}
    for one in world.measure.contributions.get(world.reader.key(row), ()):
        acts[str(one.household)] = acts.get(str(one.household), 0) + 1
    return max(acts.values(), default=0) > world.rules.dominance * world.joint.rows[row].low


def _settle(world: World, primary: Mapping[int, PrimaryCell]) -> _Settled:
    """Choose what to hide, look at what is told then, and choose again until nobody is told who must not be."""
    forced = set(primary)
    targets = _attainable(world, [*_of_cells(world, primary), *_of_earlier(world)])
    cuts: list[Cut] = []
    for _ in range(_MOST_TURNS):
        if len(world.own) > LARGE and len(forced) > MOST_OF_LARGE * len(world.own):
            break
        fit = suppress(world.system, _hideable(world, forced), targets, cuts=cuts)
        if fit is None:
            break
        told = _told(world, fit.hidden)
        bad = [t for t in told if t.exposure.risk > world.threshold]
        new = _attainable(world, [_nobody(world, t.region.parts, t.region.row) for t in bad])
        more = [t for t in new if t not in targets]
        printed = {t.region.row for t in bad if _is_own_cell(world, t.region)} - forced
        if not more and not printed:
            return _Settled(fit, tuple(targets), frozenset(forced), tuple(told), cuts)
        targets += more
        forced |= printed
    everything = frozenset(world.own)
    cost = sum(world.rules.cost(world.joint.rows[r].low) for r in world.own)
    fit = Suppression(hidden=everything, cost=cost, bound=0.0, proved=False, rounds=0)
    return _Settled(fit, tuple(targets), everything, tuple(_told(world, everything)), cuts)


def _told(world: World, hidden: frozenset[int]) -> list[Told]:
    attack = Attack(world.system.without(sorted(hidden)))
    return world.reader.told(attack, world.hidden_before() | hidden)


def _is_own_cell(world: World, region: Region) -> bool:
    return world.joint.rows[region.row].own and region.parts == world.joint.parts_of(region.row)


def _hideable(world: World, forced: set[int] | frozenset[int]) -> Hideable:
    counts = {r: world.joint.rows[r].low for r in world.own}
    costs = {r: world.rules.cost(n) for r, n in counts.items()}
    return Hideable(rows=world.own, counts=counts, costs=costs, forced=frozenset(forced))


def _nobody(world: World, parts: Sequence[int], row: int) -> Target:
    """That it stays possible that nobody is in a region but those told before."""
    return Target(world.joint.rows[row].cell, tuple(weights_of(parts, -1.0).items()), 0.0)


def _at_least(world: World, row: int, need: int) -> Target:
    parts = world.joint.parts_of(row)
    return Target(world.joint.rows[row].cell, tuple(weights_of(parts).items()), float(need))


def _of_cells(world: World, primary: Mapping[int, PrimaryCell]) -> list[Target]:
    found = []
    for row, cell in primary.items():
        found.append(_nobody(world, world.joint.parts_of(row), row))
        found.append(_at_least(world, row, max(cell.left, world.rules.least)))
    return found


def _of_earlier(world: World) -> list[Target]:
    """What earlier releases hid stays hidden: a reader can exclude neither nobody nor the least, if it cannot now."""
    found = []
    for row in sorted(world.hidden_before()):
        found.append(_nobody(world, world.joint.parts_of(row), row))
        found.append(_at_least(world, row, world.rules.least))
    return found


def _attainable(world: World, targets: Sequence[Target]) -> list[Target]:
    """Those that hold where nothing of the new table is printed; the others are told already, or never were open."""
    unseen = Attack(world.system.without(world.own))
    return [t for t in targets if holds(unseen, t)]


def _as_told(world: World, told: Told, unseen: Attack) -> ToldRegion:
    region, exposure = told
    row = world.joint.rows[region.row]
    before = not holds(unseen, _nobody(world, region.parts, region.row))
    return ToldRegion(
        release=row.table, cell=row.cell, within=_smallest_cells(world, region), sure=region.sure,
        risk=exposure.risk, adversary=exposure.adversary, candidates=exposure.candidates,
        household=exposure.household, told_before=before, safe=before or exposure.risk <= world.threshold,
    )  # fmt: skip


def _smallest_cells(world: World, region: Region) -> tuple[str, ...]:
    """The smallest cell of any table around each part of a region; those of earlier tables with their release."""
    if region.parts == world.joint.parts_of(region.row):
        return ()
    sizes = np.diff(world.joint.matrix.indptr)
    columns = world.joint.matrix.tocsc()
    new = world.joint.rows[-1].table
    found: dict[str, None] = {}
    for part in region.parts:
        around = columns.indices[columns.indptr[part] : columns.indptr[part + 1]].tolist()
        release, cell = world.reader.key(min(around, key=lambda i: (sizes[i], i)))
        found[cell if release == new else f"{release}/{cell}"] = None
    return tuple(found)


def _alternatives(world: World, settled: _Settled) -> tuple[Choice, ...]:
    """The next cheapest choices that print at least one of the cells which each better one hides, and are as safe."""
    found: list[Choice] = []
    tried = [settled.fit.hidden - settled.forced]
    hideable = _hideable(world, settled.forced)
    unseen = Attack(world.system.without(world.own))
    while len(found) < MOST_ALTERNATIVES and tried[-1] and settled.fit.proved and len(tried) <= 2 * MOST_ALTERNATIVES:
        other = suppress(world.system, hideable, settled.targets, excluded=tried, cuts=settled.cuts)
        if other is None:
            break
        tried.append(other.hidden - settled.forced)
        if all(_as_told(world, t, unseen).safe for t in _told(world, other.hidden)):
            cells = tuple(world.joint.rows[r].cell for r in sorted(other.hidden))
            found.append(Choice(cells=cells, cost=other.cost))
    return tuple(found)


def _rounded(world: World, base: int, rng: np.random.Generator) -> Rounded:
    """The table rounded to a base, as far as that can be done, and what is told then."""
    figures = round_table(world.joint, base, rng)
    if figures is None:
        return Rounded(base=base, figures=(), hidden=(), unsafe=(), safe=False)
    rows = tuple(
        r._replace(low=max(0, figures[i] - base + 1), high=figures[i] + base - 1) if i in figures else r
        for i, r in enumerate(world.joint.rows)
    )  # fmt: skip
    joint = replace(world.joint, rows=rows)
    system = make_system(joint, world.places)
    again = replace(world, joint=joint, system=system, reader=replace(world.reader, joint=joint))
    attack = Attack(system)
    unseen = Attack(system.without(world.own))
    told = [_as_told(again, t, unseen) for t in again.reader.told(attack, world.hidden_before())]
    unsafe = tuple(t for t in told if not t.safe)
    return Rounded(
        base=base, figures=tuple((rows[i].cell, n) for i, n in figures.items()),
        hidden=hidden_cells(joint, attack, world.hidden_before()), unsafe=unsafe, safe=not unsafe,
    )  # fmt: skip
