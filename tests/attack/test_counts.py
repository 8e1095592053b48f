"""An opponent that goes through every table that could be true knows exactly what the proof says, and nothing more."""

from itertools import combinations, product
from typing import ClassVar

import numpy as np
import pytest
from count_tables import ATTRIBUTES, Opponent, combinations_of, count_table, random_counts

from bearwitness.disclosure.counts_accounts import make_system
from bearwitness.disclosure.counts_attack import Attack
from bearwitness.disclosure.counts_plan import protect_table
from bearwitness.disclosure.counts_regions import Domain, join_tables
from bearwitness.disclosure.counts_risk import Exposure
from bearwitness.disclosure.counts_suppress import Hideable, Target, suppress
from bearwitness.disclosure.counts_world import Rules
from bearwitness.model.publication import Policy

SHAPES = ((2, 3), (3, 3), (2, 2, 2), (4,))


def world_of(*tables):
    joint = join_tables([(f"r{i}", t) for i, t in enumerate(tables)], Domain())
    return joint, make_system(joint)


def cells_of(joint, tables, shape):
    """Every row as (combinations, true count), in the order of the rows."""
    known = {(f"r{i}", c.id): (combinations_of(c, shape), c.count) for i, t in enumerate(tables) for c in t.cells}
    return [known[r.table, r.cell] for r in joint.rows]


def opponent_of(shape, cells):
    total = next(n for cell, n in cells if len(cell) == np.prod(shape))
    return Opponent(shape, total, total)


def printed_of(cells, hidden):
    return [(cell, n, n) for i, (cell, n) in enumerate(cells) if i not in hidden]


@pytest.mark.parametrize("seed", range(12))
def test_our_interval_of_every_hidden_cell_is_that_of_all_tables_that_could_be_true(seed):
    """For random tables with random hidden cells, LP and whole numbers give the interval that enumeration gives."""
    rng = np.random.default_rng(seed)
    shape = SHAPES[seed % len(SHAPES)]
    table = count_table(shape, random_counts(rng, shape))
    joint, system = world_of(table)
    cells = cells_of(joint, [table], shape)
    # The total stays, so that the opponent has an end.
    small = [i for i, (cell, _) in enumerate(cells) if len(cell) < np.prod(shape)]
    hidden = {i for i in small if rng.random() < 0.6}
    opponent, printed = opponent_of(shape, cells), printed_of(cells, hidden)
    attack = Attack(system.without(sorted(hidden)))
    assert hidden
    for row in hidden:
        assert attack.bounds(dict.fromkeys(joint.parts_of(row), 1.0)) == opponent.knows(printed, cells[row][0])


@pytest.mark.parametrize("seed", range(8))
def test_tables_with_other_cut_points_are_taken_together_as_the_opponent_takes_them(seed):
    """Two tables of one world, cut differently: every single combination is known as exactly as by enumeration."""
    rng = np.random.default_rng(100 + seed)
    shape = (4, 2)
    counts = random_counts(rng, shape, most=2)
    one = count_table(shape, counts, merge=[[(0, 1), (2, 3)], [(0,), (1,)]])
    two = count_table(shape, counts, merge=[[(0,), (1, 2), (3,)], [(0,), (1,)]])
    joint, system = world_of(one, two)
    cells = cells_of(joint, [one, two], shape)
    hidden = {i for i, (cell, _) in enumerate(cells) if len(cell) < 8 and rng.random() < 0.4}
    opponent, printed = opponent_of(shape, cells), printed_of(cells, hidden)
    attack = Attack(system.without(sorted(hidden)))
    for part, members in enumerate(joint.parts):
        inside = frozenset(m[:2] for m in members)
        assert attack.bounds({part: 1.0}) == opponent.knows(printed, inside)


@pytest.mark.parametrize("seed", range(8))
def test_rounded_tables_leave_exactly_the_tables_within_the_base(seed):
    """Each printed multiple stands for everything nearer than the base; our interval is the enumerated one."""
    rng = np.random.default_rng(200 + seed)
    shape, base = (2, 3), 3
    table = count_table(shape, random_counts(rng, shape))
    joint, system = world_of(table)
    cells = cells_of(joint, [table], shape)
    low, high = system.low.copy(), system.high.copy()
    for row, (_, n) in enumerate(cells):
        figure = n - n % base + (base if n % base and rng.random() < 0.5 else 0)
        low[row], high[row] = max(0, figure - base + 1), figure + base - 1
    system = type(system)(matrix=system.matrix, low=low, high=high)
    printed = [(cell, int(low[i]), int(high[i])) for i, (cell, _) in enumerate(cells)]
    total = next(i for i, (cell, _) in enumerate(cells) if len(cell) == np.prod(shape))
    opponent = Opponent(shape, int(low[total]), int(high[total]))
    attack = Attack(system)
    for row, (cell, _) in enumerate(cells):
        assert attack.bounds(dict.fromkeys(joint.parts_of(row), 1.0)) == opponent.knows(printed, cell)


def targets_of(joint, row, count, least):
    parts = joint.parts_of(row)
    need = max(count, least)
    return [
        Target("p", tuple((p, -1.0) for p in parts), 0.0), Target("p", tuple((p, 1.0) for p in parts), float(need))
    ]  # fmt: skip


@pytest.mark.parametrize("seed", range(6))
def test_nothing_cheaper_than_what_is_hidden_protects(seed):
    """The hidden cells protect by enumeration, and every cheaper choice of cells leaves the opponent too much."""
    rng = np.random.default_rng(300 + seed)
    shape = (2, 3) if seed % 2 else (2, 2, 2)
    counts = random_counts(rng, shape, most=2, total=6)
    table = count_table(shape, counts)
    joint, system = world_of(table)
    cells = cells_of(joint, [table], shape)
    inner = [i for i, (cell, n) in enumerate(cells) if len(cell) == 1 and 0 < n < 3]
    primary = {int(i) for i in rng.permutation(inner)[:2]}
    costs = {i: float(max(n, 1)) for i, (_, n) in enumerate(cells)}
    # The total stays in sight, so that enumeration has an end.
    total = next(i for i, (cell, _) in enumerate(cells) if len(cell) == np.prod(shape))
    rows = tuple(i for i in range(len(cells)) if i != total)
    targets = [t for i in sorted(primary) for t in targets_of(joint, i, cells[i][1], 2)]
    found = suppress(
        system, Hideable(rows=rows, counts={i: cells[i][1] for i in rows}, costs=costs, forced=frozenset(primary)),
        targets,
    )  # fmt: skip

    opponent = opponent_of(shape, cells)
    fits = {i: opponent.sums(cell) == n for i, (cell, n) in enumerate(cells)}
    sums = {i: opponent.sums(cells[i][0]) for i in primary}

    def protects(hidden):
        possible = np.logical_and.reduce([fit for i, fit in fits.items() if i not in hidden])
        return all(
            s[possible].min() == 0 and s[possible].max() >= max(cells[i][1], 2) for i, s in sums.items()
        )  # fmt: skip

    if found is None:
        assert not protects(frozenset(rows))
        return
    assert found.proved
    assert protects(found.hidden)
    others = [r for r in rows if r not in primary]
    base = sum(costs[i] for i in primary)
    for size in range(min(len(others), 3 if len(shape) == 3 else 5) + 1):
        for more in combinations(others, size):
            cost = base + sum(costs[i] for i in more)
            if cost < found.cost:
                assert not protects(primary | set(more))


def test_the_example_of_fischetti_and_salazar_has_their_interval_and_their_optimum():
    """Fischetti and Salazar (2001), activities by regions: the cell of 22 is known to lie in [5, 30]; 59 is hidden."""
    rows = ((20, 50, 10), (8, 19, 22), (17, 32, 12))
    table = count_table((3, 3), {(i, j): rows[i][j] for i, j in product(range(3), repeat=2)})
    joint, system = world_of(table)
    by_place = {c.at: i for i, c in enumerate(table.cells)}
    primary = by_place["c1", "c2"]
    hidden = {by_place[at] for at in (("c1", "c0"), ("c1", "c2"), ("c2", "c0"), ("c2", "c2"))}
    (part,) = joint.parts_of(primary)
    assert Attack(system.without(sorted(hidden))).bounds({part: 1.0}) == (5, 30)
    counts = {i: c.count for i, c in enumerate(table.cells)}
    hideable = Hideable(
        rows=tuple(counts), counts=counts, costs={i: float(n) for i, n in counts.items()},
        forced=frozenset({primary}),
    )  # fmt: skip
    asked = [Target("p", ((part, 1.0),), 30.0), Target("p", ((part, -1.0),), -5.0)]
    found = suppress(system, hideable, asked)
    assert found.hidden == hidden
    assert found.cost == found.bound == 59.0
    assert found.proved
    tighter = suppress(system, hideable, [asked[0], Target("p", ((part, -1.0),), -4.0)])
    assert tighter.cost > 59.0


class Weighted:
    """A stand-in for the household measure: a crowd is so many households per category, multiplied and added up."""

    contributions: ClassVar[dict] = {}

    def __init__(self, weights, threshold):
        self.weights = weights
        self.policy = Policy(threshold=threshold)

    def crowd(self, combinations):
        return sum(np.prod([w[k] for w, k in zip(self.weights, c, strict=True)]) for c in combinations)

    def exposure(self, name, boxes, *, sure, cells, elsewhere):  # noqa: ARG002, as the measure is called
        sizes = []
        for box in boxes:
            claims = dict(box)
            sides = [
                [k for k in range(len(w)) if a not in claims or f"c{k}" in claims[a].codes]
                for a, w in zip(ATTRIBUTES, self.weights, strict=False)
            ]
            sizes.append(self.crowd(product(*sides)))
        return Exposure(min(1.0, 5.0 / max(sizes)), "all", float(max(sizes)), "")


@pytest.mark.parametrize("seed", range(12))
def test_nobody_is_told_of_in_any_set_of_combinations_that_must_hold_somebody(seed):
    """Of every set that enumeration shows to hold somebody, in a table called safe, the crowd is large enough."""
    rng = np.random.default_rng(500 + seed)
    shape = (2, 3) if seed % 3 else (2, 2, 2)
    counts = random_counts(rng, shape, most=2, total=4)
    table = count_table(shape, counts)
    measure = Weighted([rng.integers(1, 6, n).tolist() for n in shape], threshold=float(rng.choice([0.2, 0.4, 0.7])))
    found = protect_table("r", table, earlier=(), measure=measure, domain=Domain(), rules=Rules(least=1))
    # With nothing told before, only a table of which nothing is left is not safe.
    assert found.safe or "nothing_left" in found.notes
    total = next(c.count for c in table.cells if set(c.at) == {"*"})
    printed = [(combinations_of(c, shape), c.count, c.count) for c in table.cells if c.id not in found.hide]
    # Where the total is hidden, tables with a little more and all with less are gone through.
    shown = any(set(c.at) == {"*"} for c in table.cells if c.id not in found.hide)
    opponent = Opponent(shape, total if shown else 0, total if shown else total + 2)
    fit = opponent.fitting(printed)
    tables = np.unique(opponent.tables[fit] > 0, axis=0)
    for chosen in product((False, True), repeat=len(opponent.combinations)):
        if (tables & np.array(chosen)).any(axis=1).all():
            region = [c for c, is_in in zip(opponent.combinations, chosen, strict=True) if is_in]
            assert 5.0 / measure.crowd(region) <= measure.policy.threshold + 1e-12


@pytest.mark.parametrize("seed", range(8))
def test_a_choice_without_proof_protects_too_and_says_that_it_may_not_be_the_least(seed, monkeypatch):
    """With the rounds cut short what is constructed holds by enumeration, costs no less than the least, bound below."""
    rng = np.random.default_rng(700 + seed)
    shape = (2, 3) if seed % 2 else (2, 2, 2)
    table = count_table(shape, random_counts(rng, shape, most=2, total=6))
    joint, system = world_of(table)
    cells = cells_of(joint, [table], shape)
    primary = {i for i, (cell, n) in enumerate(cells) if len(cell) == 1 and n == 1}
    total = next(i for i, (cell, _) in enumerate(cells) if len(cell) == np.prod(shape))
    rows = tuple(i for i in range(len(cells)) if i != total)
    hideable = Hideable(
        rows=rows, counts={i: cells[i][1] for i in rows}, costs={i: float(max(cells[i][1], 1)) for i in rows},
        forced=frozenset(primary),
    )  # fmt: skip
    targets = [t for i in sorted(primary) for t in targets_of(joint, i, 1, 2)]
    least = suppress(system, hideable, targets)
    monkeypatch.setattr("bearwitness.disclosure.counts_suppress.MOST_ROUNDS", 1)
    found = suppress(system, hideable, targets)
    if least is None:
        assert found is None
        return
    assert found.bound <= least.cost <= found.cost
    assert found.proved == (found.cost == least.cost and found.bound == found.cost)
    opponent, printed = opponent_of(shape, cells), printed_of(cells, found.hidden)
    for row in primary:
        low, high = opponent.knows(printed, cells[row][0])
        assert low == 0
        assert high >= 2
