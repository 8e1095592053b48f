"""The search over the lattice: equal to counting every node, for every model and every measure of loss."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from microdata_worlds import as_microdata, plain_classes, plain_holds, plain_loss, plain_optimum, tiny_tables

from bearwitness.disclosure.microdata import hierarchy, microdata
from bearwitness.disclosure.microdata_classes import ClassCounter
from bearwitness.disclosure.microdata_loss import (
    AverageClassSize,
    Discernibility,
    Height,
    Loss,
    NonUniformEntropy,
    Precision,
)
from bearwitness.disclosure.microdata_models import (
    DistinctDiversity,
    EntropyDiversity,
    KAnonymity,
    RecursiveDiversity,
    TCloseness,
)
from bearwitness.disclosure.microdata_search import most_suppressed, optimal_generalisation
from bearwitness.errors import PolicyError

METRICS = {
    "loss": Loss(), "precision": Precision(), "height": Height(), "entropy": NonUniformEntropy(),
    "discernibility": Discernibility(), "class size": AverageClassSize(),
}  # fmt: skip


def model_of(kind, columns):
    """The engine's model for a tuple of name and numbers."""
    name, *numbers = kind
    order = tuple(sorted(set(columns["s"])))
    return {
        "k": lambda: KAnonymity(k=numbers[0]),
        "distinct": lambda: DistinctDiversity(attribute="s", l=numbers[0]),
        "entropy": lambda: EntropyDiversity(attribute="s", l=numbers[0]),
        "recursive": lambda: RecursiveDiversity(attribute="s", c=numbers[0], l=numbers[1]),
        "t-equal": lambda: TCloseness(attribute="s", t=numbers[0]),
        "t-ordered": lambda: TCloseness(attribute="s", t=numbers[0], order=order),
    }[name]()


KINDS = st.one_of(
    st.tuples(st.just("k"), st.integers(1, 6)),
    st.tuples(st.just("distinct"), st.integers(1, 3)),
    st.tuples(st.just("entropy"), st.floats(1.0, 3.0)),
    st.tuples(st.just("recursive"), st.floats(0.5, 4.0), st.integers(1, 3)),
    st.tuples(st.sampled_from(["t-equal", "t-ordered"]), st.floats(0.0, 0.6)),
)


@settings(max_examples=250, deadline=None)
@given(
    tiny_tables(), st.lists(KINDS, min_size=1, max_size=2), st.sampled_from([0.0, 0.1, 0.3, 0.6]),
    st.sampled_from(sorted(METRICS)), st.booleans(),
)  # fmt: skip
def test_no_node_costs_less(table, kinds, share, metric, household):
    """The search finds the least loss that counting every node finds, and reports a node that has it."""
    rows, columns = table
    data = as_microdata(rows, columns, household=household)
    limit = most_suppressed(data.records, share)
    models = [model_of(kind, columns) for kind in kinds]
    found = optimal_generalisation(data, models, suppression=share, metric=METRICS[metric])
    expected = plain_optimum(rows, columns, kinds, limit=limit, metric=metric, household=household)
    if expected is None:
        assert found is None
        return
    assert found is not None
    assert found.loss == pytest.approx(expected, rel=1e-9, abs=1e-9)
    groups = plain_classes(rows, columns, found.levels).items()
    fine = {s: all(plain_holds(k, columns, m, household=household) for k in kinds) for s, m in groups}
    kept, lost = [g for g in groups if fine[g[0]]], [g for g in groups if not fine[g[0]]]
    assert found.suppressed == sum(len(m) for _, m in lost) <= limit
    assert found.classes == len(kept)
    assert plain_loss(metric, rows, columns, found.levels, kept, lost) == pytest.approx(expected, rel=1e-9, abs=1e-9)


@settings(max_examples=100, deadline=None)
@given(tiny_tables(), KINDS, st.booleans(), st.data())
def test_each_class_is_judged_by_the_definition(table, kind, household, data):
    """At any node a model holds for exactly the classes for which its definition does."""
    rows, columns = table
    node = tuple(data.draw(st.integers(0, len(of[0]) - 1)) for of in rows.values())
    counted = ClassCounter(as_microdata(rows, columns, household=household)).at(node)
    held = sorted(zip(counted.sizes.tolist(), model_of(kind, columns).holds(counted).tolist(), strict=True))
    plain = plain_classes(rows, columns, node).values()
    assert held == sorted((len(m), plain_holds(kind, columns, m, household=household)) for m in plain)


def test_a_household_counts_once():
    """Five records of two households are two that read alike, not five."""
    known = hierarchy("place", [["P1", "*"], ["P2", "*"]])
    columns = {"place": ["P1"] * 5 + ["P2"] * 3, "home": ["h1", "h1", "h1", "h1", "h2", "h3", "h4", "h5"]}
    by_home = microdata(columns, [known], household="home")
    assert ClassCounter(by_home).at((0,)).households.tolist() == [2, 3]
    assert optimal_generalisation(by_home, [KAnonymity(k=3)]).levels == (1,)
    assert optimal_generalisation(microdata(columns, [known]), [KAnonymity(k=3)]).levels == (0,)


def test_nothing_will_do():
    """Where even the coarsest node fails, there is no answer rather than the least bad one."""
    known = hierarchy("place", [["P1", "*"], ["P2", "*"]])
    data = microdata({"place": ["P1", "P2"]}, [known])
    assert optimal_generalisation(data, [KAnonymity(k=3)], suppression=0.5) is None


def test_wide_tables_are_sorted_and_counted_alike():
    """Classes are the same whether pairs of groups are counted in a table or sorted."""
    rng = np.random.default_rng(5)
    names = [f"q{n}" for n in range(8)]
    known = [hierarchy(n, [[str(v), str(v // 10), "*"] for v in range(60)]) for n in names]
    columns = {n: [str(v) for v in rng.integers(0, 60, 3000)] for n in names}
    counter = ClassCounter(microdata(columns, known))
    for levels in [(0,) * 8, (1, 1, 0, 0, 1, 2, 2, 2), (2,) * 8]:
        plain = plain_classes(
            {n: [[str(v), str(v // 10), "*"] for v in range(60)] for n in names}, columns, levels
        )
        classes = counter.at(levels)
        assert sorted(classes.sizes.tolist()) == sorted(len(m) for m in plain.values())
        assert int(np.bincount(classes.of_rows, weights=counter.data.counts).max()) == int(classes.sizes.max())


def test_what_is_refused():
    """No model, a share that leaves nothing, and a lattice too large to search are refused."""
    known = hierarchy("place", [["P1", "*"], ["P2", "*"]])
    data = microdata({"place": ["P1", "P2"]}, [known])
    with pytest.raises(ValueError, match="privacy model"):
        optimal_generalisation(data, [])
    with pytest.raises(ValueError, match="share"):
        optimal_generalisation(data, [KAnonymity(k=2)], suppression=1.0)
    names = [f"q{n}" for n in range(21)]
    many = microdata({n: ["0", "1"] for n in names}, [hierarchy(n, [["0", "*"], ["1", "*"]]) for n in names])
    with pytest.raises(PolicyError, match="2097152"):
        optimal_generalisation(many, [KAnonymity(k=2)])
