"""What tables and narratives tell together, against every way in which the accounts can lie in the cells."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from itertools import combinations_with_replacement, product

import numpy as np
import toy_worlds as toys
from hypothesis import given, settings
from hypothesis import strategies as st

from bearwitness.disclosure.counts_regions import Domain
from bearwitness.disclosure.crowd import Crowd
from bearwitness.disclosure.frames import Frame, Frames
from bearwitness.disclosure.jigsaw import gather_households
from bearwitness.disclosure.ladders import Ladders
from bearwitness.disclosure.ledger_index import index_ledger
from bearwitness.disclosure.measure import measure_household
from bearwitness.disclosure.plan import plan_changes
from bearwitness.disclosure.tables import Existence, Interval, Tree
from bearwitness.model.claims import HouseholdId
from bearwitness.model.counts import CountCell, CountTable
from bearwitness.model.publication import Ledger, LedgerEntry, LedgerPersona, Policy
from bearwitness.model.values import Codes, Days, Paths

SEEDS = st.integers(0, 2**32 - 1)
FIRST = date(2023, 6, 1).toordinal()
HOMES = ("north/a", "north/b")
ACTS = ("raid", "threat")
MONTHS = ((FIRST, FIRST + 29), (FIRST + 30, FIRST + 59))
CELLS = tuple(product(range(2), range(2), range(2)))
TOWNS = Domain(below={"home": {"": ("north", "south"), "north": HOMES, "south": ("south/c", "south/d")}})
SHARES = {"home": (0.3, 0.2, 0.3, 0.2), "act": (0.4, 0.7), "month": (0.25, 0.35, 0.4)}
SIZE = 4000
AS_OF = date(2023, 10, 1)


def world():
    """One draw of three frames; the innermost has what tables count."""
    homes = Tree(toys.HOMES, np.array([SHARES["home"]]), np.array([0.1]))
    acted = {
        "home": homes,
        "act": Existence(ACTS, np.array([[SHARES["act"]]]), np.ones((1, 1))),
        "act_date": Interval(np.array([FIRST, FIRST + 30, FIRST + 60, FIRST + 90]), np.array([SHARES["month"]])),
    }
    frames = (
        Frame("residents", 0, np.array([1e6]), {"home": homes}), Frame("left", 1, np.array([1e5]), {"home": homes}),
        Frame("acted", 2, np.array([SIZE + 1.0]), acted),
    )  # fmt: skip
    return Crowd(Frames(frames), toys.adversary(20))


def told(homes, acts, months, prefix):
    """The claims of an account that allows these towns, kinds and months."""
    values = {
        "home": Paths(frozenset(HOMES[i] for i in homes)), "act": Codes(frozenset(ACTS[i] for i in acts)),
        "act_date": Days(tuple(MONTHS[i] for i in months)) if len(months) == 1 else Days(((FIRST, FIRST + 59),)),
    }  # fmt: skip
    return tuple(
        toys.claim(a, v, f"{prefix}-{a}", about=f"{prefix}-act" if a == "act_date" else "") for a, v in values.items()
    )


def random_telling(rng, vague=1 / 3):
    """Which towns, kinds and months an account allows; of each both with this probability."""
    return tuple((0, 1) if rng.random() < vague else (int(rng.integers(2)),) for _ in range(3))


@cache
def compositions(most):
    """Every table of whole numbers over the cells with a total up to this, shape (tables, cells)."""
    return np.array([
        np.bincount(np.array(chosen, dtype=int), minlength=len(CELLS))
        for total in range(most + 1) for chosen in combinations_with_replacement(range(len(CELLS)), total)
    ])  # fmt: skip


def random_table(rng, counts):
    """A printed table of some counts: rounded, or with hidden cells; the total and some margins are cells too."""
    base = 3 if rng.random() < 0.3 else 0
    printed = []
    sets = [((h, a, m), {(h, a, m)}) for h, a, m in CELLS] + [(("*", "*", "*"), set(CELLS))]
    sets += [((h, "*", "*"), {c for c in CELLS if c[0] == h}) for h in range(2) if rng.random() < 0.5]
    sets += [(("*", a, "*"), {c for c in CELLS if c[1] == a}) for a in range(2) if rng.random() < 0.3]
    cells = []
    for n, (at, inside) in enumerate(sets):
        true = sum(int(counts[CELLS.index(c)]) for c in inside)
        is_total = at == ("*", "*", "*")
        figure = None if not base and not is_total and rng.random() < 0.4 else true
        if base and figure is not None:
            figure = base * (true // base + (true % base > 0 and rng.random() < 0.5))
        names = [x if x == "*" else f"{kind}{x}" for kind, x in zip("ham", at, strict=True)]
        cells.append(CountCell(id=f"k{n}", at=tuple(names), count=figure))
        slack = max(base - 1, 0)
        low, high = (0, 10**9) if figure is None else (max(0, figure - slack), figure + slack)
        printed.append((inside, low, high))
    table = CountTable(
        unit="acts", dimensions=("home", "act", "act_date"), cells=tuple(cells), as_of=AS_OF, rounded_to=base,
        values=(
            tuple((f"h{i}", Paths(frozenset({h}))) for i, h in enumerate(HOMES)),
            tuple((f"a{i}", Codes(frozenset({a}))) for i, a in enumerate(ACTS)),
            tuple((f"m{i}", Days((m,))) for i, m in enumerate(MONTHS)),
        ),
    )  # fmt: skip
    return table, printed


def open_cells(printed, accounts):
    """Cells in which one more can be counted in at least one table that fits, beside all accounts: by enumeration."""
    most = next(high for inside, _, high in printed if len(inside) == len(CELLS))
    fits = compositions(most)
    for inside, low, high in printed:
        sums = fits[:, [c in inside for c in CELLS]].sum(axis=1)
        fits = fits[(sums >= low) & (sums <= high)]
    found = set()
    for placed in product(*[[c for c in CELLS if all(x in s for x, s in zip(c, a, strict=True))] for a in accounts]):
        taken = np.zeros(len(CELLS), dtype=int)
        for c in placed:
            taken[CELLS.index(c)] += 1
        left = fits[(fits >= taken).all(axis=1)] - taken
        found |= {c for c, more in zip(CELLS, (left > 0).any(axis=0), strict=True) if more}
    return found


def fitting(draft, cells):
    """Other households that fit a draft and lie in one of some cells, from the shares of the world."""
    homes, acts, months = draft
    total = 0.0
    for h, m in product(homes, months):
        kinds = [a for a in acts if (h, a, m) in cells]
        share = 1.0 - np.prod([1.0 - SHARES["act"][a] for a in kinds])
        total += SHARES["home"][h] * SHARES["month"][m] * share
    return SIZE * total


def entry(name, table=None, household="", claims=(), published=date(2023, 9, 1)):
    """A table or a narrative that was published."""
    shown = (LedgerPersona(id=f"{name}-p", household=HouseholdId(household), claims=claims),) if household else ()
    return LedgerEntry(id=name, outlet="paper", published=published, title="", personas=shown, table=table)


def measured(draft, *entries):
    """The household of a draft, joined with a ledger."""
    index = index_ledger(Ledger(entries=entries), lambda: TOWNS)
    household, = gather_households([toys.persona()], draft, index, Policy())
    return measure_household(household, world(), Policy())


@settings(max_examples=60, deadline=None)
@given(SEEDS)
def test_the_crowd_is_that_of_the_cells_left_open_by_all_tables_that_can_be_true(seed):
    """Tables with hidden and rounded cells, up to three accounts of others: as enumerating everything gives it."""
    rng = np.random.default_rng(seed)
    accounts = [random_telling(rng) for _ in range(rng.integers(0, 4))]
    counts = rng.multinomial(rng.integers(0, 3), np.ones(8) / 8)
    for a in accounts:
        cell = tuple(int(rng.choice(s)) for s in a)
        counts[CELLS.index(cell)] += 1
    table, printed = random_table(rng, counts)
    draft = random_telling(rng, vague=0.7)
    others = [entry(f"r{n}", household=f"h{n + 2}", claims=told(*a, f"r{n}")) for n, a in enumerate(accounts)]
    found = measured(told(*draft, "c"), entry("t", table), *others).joined.candidates - 1.0
    left = open_cells(printed, accounts)
    expected = fitting(draft, left)
    if expected == 0.0:
        # It was not counted; then what the table says without the accounts is all that is taken from it.
        expected = fitting(draft, open_cells(printed, ())) or fitting(draft, set(CELLS))
    assert np.isclose(found, expected, rtol=1e-9)


@settings(max_examples=20, deadline=None)
@given(SEEDS)
def test_one_more_table_never_lowers_a_risk(seed):
    """Tables of different days, true or not, beside accounts of others: each only adds to what is known."""
    rng = np.random.default_rng(seed)
    counts = [rng.multinomial(rng.integers(0, 5), np.ones(8) / 8) for _ in range(3)]
    if rng.random() < 0.6:
        counts = list(np.cumsum(counts, axis=0))
    entries = []
    for n, c in enumerate(counts):
        table, _ = random_table(rng, c)
        as_of = (date(2023, 7, 10), AS_OF, None)[rng.integers(3)] if rng.random() < 0.3 else date(2023, 8 + n, 1)
        made = CountTable(
            unit=("acts", "households")[int(rng.random() < 0.3)], dimensions=table.dimensions, cells=table.cells,
            values=table.values, as_of=as_of, rounded_to=table.rounded_to,
        )  # fmt: skip
        entries.append(entry(f"t{n}", made, published=date(2023, 11, 1 + n)))
    others = [
        entry(f"r{n}", household=f"h{n + 2}", claims=told(*random_telling(rng), f"r{n}"))
        for n in range(rng.integers(3))
    ]  # fmt: skip
    draft = told(*random_telling(rng), "c")
    before = measured(draft, *others)
    for n in range(1, len(entries) + 1):
        now = measured(draft, *others, *entries[:n])
        assert now.joined.candidates <= before.joined.candidates * (1 + 1e-9)
        assert now.joined.upper >= before.joined.upper * (1 - 1e-9)
        assert now.alone == before.alone
        before = now


@settings(max_examples=25, deadline=None)
@given(SEEDS)
def test_the_least_change_beside_tables_is_that_of_trying_every_choice(seed):
    """Every choice measured as a draft of its own: what is called optimal costs least, and what is found is safe."""
    rng = np.random.default_rng(seed)
    accounts = [random_telling(rng) for _ in range(rng.integers(0, 3))]
    counts = rng.multinomial(rng.integers(0, 3), np.ones(8) / 8)
    for a in accounts:
        counts[CELLS.index(tuple(int(rng.choice(s)) for s in a))] += 1
    ledger = [entry(f"r{n}", household=f"h{n + 2}", claims=told(*a, f"r{n}")) for n, a in enumerate(accounts)]
    ledger.append(entry("t", random_table(rng, counts)[0]))
    index = index_ledger(Ledger(entries=tuple(ledger)), lambda: TOWNS)
    draft = told(*random_telling(rng), "c")
    limit = 20.0 / rng.uniform(60, 1500)
    policy, crowd = Policy(threshold=min(limit, 0.9), keep=frozenset()), world()

    def is_safe(claims):
        household, = gather_households([toys.persona()], claims, index, policy)
        return measure_household(household, crowd, policy).safe

    household, = gather_households([toys.persona()], draft, index, policy)
    ladders = Ladders(regions={}, acts=frozenset(ACTS))
    plan = plan_changes([household], [crowd], policy, ladders, [[c.id] for c in draft])
    safe = []
    for choice in product(*(range(len(d.rungs)) for d in plan.decisions)):
        rungs = {d.claims[0]: d.rungs[at].rungs[0] for d, at in zip(plan.decisions, choice, strict=True)}
        said = tuple(replace(c, values=rungs[c.id].values) for c in draft if rungs[c.id].values is not None)
        if is_safe(said):
            safe.append((sum(d.rungs[at].cost for d, at in zip(plan.decisions, choice, strict=True)), choice))
    if plan.solution.possible:
        assert plan.solution.choice in {choice for _, choice in safe}
        if plan.solution.proved:
            assert np.isclose(plan.solution.cost, min(safe)[0])
    else:
        assert not safe or not all(d.is_monotone for d in plan.demands)
