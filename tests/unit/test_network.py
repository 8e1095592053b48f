"""A network of count tables: what summing over every household type gives, whatever depends on what."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bearwitness.disclosure import network
from bearwitness.disclosure.network import Node, check_network, probability
from bearwitness.errors import FrameError


def random_network(rng, draws=3):
    """Up to five attributes, each given some of those before it."""
    count = int(rng.integers(1, 6))
    cells = {f"a{i}": int(rng.integers(1, 4)) for i in range(count)}
    nodes = {}
    for i, name in enumerate(cells):
        before = [f"a{j}" for j in range(i) if rng.random() < 0.5]
        shape = (draws, *(cells[b] for b in before), cells[name])
        shares = rng.gamma(1.0, size=shape) + 1e-3
        nodes[name] = Node(tuple(before), shares / shares.sum(axis=-1, keepdims=True))
    return cells, nodes


def by_enumeration(cells, nodes, weights, draws=3):
    """The sum over every combination of cells of all attributes."""
    total = np.zeros(draws)
    for combination in product(*(range(n) for n in cells.values())):
        at = dict(zip(cells, combination, strict=True))
        for draw in range(draws):
            term = 1.0
            for name, node in nodes.items():
                term *= node.shares[(draw, *(at[p] for p in node.parents), at[name])]
                if name in weights:
                    own = weights[name] if weights[name].ndim == 1 else weights[name][draw]
                    term *= own[at[name]]
            total[draw] += term
    return total


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_it_equals_the_sum_over_every_combination(seed):
    """Any network, any weights, those of a draw included: the same as going through all cells."""
    rng = np.random.default_rng(seed)
    cells, nodes = random_network(rng)
    weights = {}
    for name, count in cells.items():
        kind = rng.integers(4)
        if kind == 1:
            weights[name] = (rng.random(count) < 0.6).astype(float)
        elif kind == 2:
            weights[name] = rng.random(count)
        elif kind == 3:
            weights[name] = rng.random((3, count)) * (rng.random(count) < 0.7)
    found = probability(nodes, weights)
    assert found == pytest.approx(by_enumeration(cells, nodes, weights), rel=1e-10, abs=1e-15)


def test_nothing_said_is_certain_and_nothing_allowed_is_impossible():
    """Without weights the answer is one; where no cell is allowed it is zero."""
    _, nodes = random_network(np.random.default_rng(1))
    assert probability(nodes, {}) == pytest.approx(np.ones(3))
    first = next(iter(nodes))
    assert not probability(nodes, {first: np.zeros(nodes[first].shares.shape[-1])}).any()


def test_more_allowed_is_never_less_probable():
    """The answer grows with every weight."""
    rng = np.random.default_rng(2)
    for _ in range(50):
        cells, nodes = random_network(rng)
        less = {name: rng.random(count) for name, count in cells.items()}
        more = {name: np.minimum(1.0, w + rng.random(len(w))) for name, w in less.items()}
        assert (probability(nodes, more) >= probability(nodes, less) * (1 - 1e-12)).all()


@pytest.mark.parametrize(
    ("parents", "said"),
    [({"sex": ("age",)}, "given age, which has no table"), ({"a": ("b",), "b": ("a",)}, "a, b of frame f depend")],
)
def test_tables_that_do_not_fit_together_are_refused(parents, said):
    """A missing parent and a circle are told by name."""
    with pytest.raises(FrameError, match=said):
        check_network(parents, "f")


def test_tables_too_large_to_be_asked_together_are_refused(monkeypatch):
    """Nothing is approximated silently."""
    monkeypatch.setattr(network, "MOST_NUMBERS", 10)
    shares = np.full((4, 5, 2), 0.5)
    nodes = {"a": Node((), np.full((4, 5), 0.2)), "b": Node((), np.full((4, 2), 0.5)), "c": Node(("a",), shares),
             "d": Node(("a", "b"), np.full((4, 5, 2, 2), 0.5))}  # fmt: skip
    with pytest.raises(FrameError, match="too large"):
        probability(nodes, {"c": np.array([1.0, 0.3]), "d": np.array([1.0, 0.5])})
