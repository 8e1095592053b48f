"""The exact average over decomposable graphs, against definitions and integrals."""

from itertools import combinations
from math import comb, factorial, prod

import numpy as np
import pytest

from bearwitness.errors import EstimationError
from bearwitness.estimation.chordal import chordal_graphs
from bearwitness.estimation.decomposable import (
    MOST_NEAR_CAP,
    average_decomposable,
    check_spread,
    vary_delta,
)
from bearwitness.estimation.lists import capture_table
from bearwitness.estimation.unseen_prior import UnseenPrior, falling_prior, gamma_poisson_prior

TINY = {"110": 1, "101": 1, "001": 1, "010": 1}
# Exact for polynomials up to degree 17; the integrands below have at most 13 in each variable.
POINTS, WEIGHTS = (np.polynomial.legendre.leggauss(9)[0] + 1) / 2, np.polynomial.legendre.leggauss(9)[1] / 2


def tiny(cells=None, lists="abc"):
    return capture_table("s1", tuple(lists), cells or TINY)


def test_how_many_graphs():
    """There are 1, 2, 8, 61 and 822 decomposable graphs on one to five nodes."""
    assert [len(chordal_graphs(nodes)) for nodes in range(1, 6)] == [1, 2, 8, 61, 822]
    with pytest.raises(ValueError, match="1 to 5"):
        chordal_graphs(6)


@pytest.mark.parametrize("nodes", [3, 4, 5])
def test_graphs_by_their_definition(nodes):
    """The graphs are exactly those without a set of four or more nodes that form a bare circle."""
    every = list(combinations(range(nodes), 2))
    without = {
        edges
        for size in range(len(every) + 1)
        for edges in combinations(every, size)
        if not any(bare_circle(ring, edges) for n in range(4, nodes + 1) for ring in combinations(range(nodes), n))
    }
    listed = [graph.edges for graph in chordal_graphs(nodes)]
    assert len(set(listed)) == len(listed)
    assert set(listed) == without


def bare_circle(ring, edges):
    inside = [edge for edge in edges if set(edge) <= set(ring)]
    if any(sum(node in edge for edge in inside) != 2 for node in ring):
        return False
    reached = {ring[0]}
    for _ in ring:
        reached |= {node for edge in inside if reached & set(edge) for node in edge}
    return reached == set(ring)


@pytest.mark.parametrize("nodes", [3, 4, 5])
def test_factors_of_graphs(nodes):
    """A graph's factors are its largest joined sets, and every node counts once in all of them together."""
    for graph in chordal_graphs(nodes):
        joined = [
            set(subset)
            for size in range(1, nodes + 1)
            for subset in combinations(range(nodes), size)
            if set(combinations(subset, 2)) <= set(graph.edges)
        ]
        largest = {frozenset(one) for one in joined if not any(one < other for other in joined)}
        assert {subset for subset, power in graph.factors if power > 0} == largest
        for node in range(nodes):
            assert sum(power for subset, power in graph.factors if node in subset) == 1


def beta(p, a, b):
    return factorial(a + b - 1) / factorial(a - 1) / factorial(b - 1) * p ** (a - 1) * (1 - p) ** (b - 1)


def integrate(dimensions, density):
    """The integral over the unit cube of a function that takes one array for each dimension."""
    grid = np.meshgrid(*[POINTS] * dimensions, indexing="ij", sparse=True)
    value = density(*grid)
    for _ in range(dimensions):
        value = value @ WEIGHTS
    return float(value)


def chance(cells, counts):
    ways = factorial(sum(counts)) / prod(map(factorial, counts))
    return ways * prod(p**n for p, n in zip(cells, counts, strict=True))


def bits(place):
    return [(place >> 2) & 1, (place >> 1) & 1, place & 1]


def side(p, bit):
    return p if bit else 1 - p


def marginal(edges, counts):
    """The probability of a whole table of three lists under a graph at delta 1, as an integral over its cells."""
    degree = {node: sum(node in edge for edge in edges) for node in range(3)}
    if len(edges) == 3:  # A uniform prior on all eight cells: all tables of so many acts are equally probable.
        return 1 / comb(sum(counts) + 7, 7)
    if not edges:
        return integrate(3, lambda *p: prod(beta(q, 4, 4) for q in p)
                         * chance([prod(side(q, b) for q, b in zip(p, bits(n), strict=True)) for n in range(8)], counts)
                         )  # fmt: skip
    if len(edges) == 1:
        one, other = edges[0]
        third = 3 - one - other

        def pair(r, s, t, u):
            joint = [r, (1 - r) * s, (1 - r) * (1 - s) * t, (1 - r) * (1 - s) * (1 - t)]
            cells = [joint[2 * bits(n)[one] + bits(n)[other]] * side(u, bits(n)[third]) for n in range(8)]
            return beta(r, 2, 6) * beta(s, 2, 4) * beta(t, 2, 2) * beta(u, 4, 4) * chance(cells, counts)

        return integrate(4, pair)
    middle = max(degree, key=degree.get)
    left, right = (node for node in range(3) if node != middle)

    def path(m, left_0, left_1, right_0, right_1):
        cells = [
            side(m, b[middle]) * side((left_0, left_1)[b[middle]], b[left])
            * side((right_0, right_1)[b[middle]], b[right])
            for b in map(bits, range(8))
        ]  # fmt: skip
        return (
            beta(m, 4, 4) * prod(beta(q, 2, 2) for q in (left_0, left_1, right_0, right_1)) * chance(cells, counts)
        )

    return integrate(5, path)


def test_against_integrals():
    """The posterior of N and of every graph is what numerical integration over cell probabilities gives."""
    table = tiny()
    prior = UnseenPrior(first=0, log_weight=np.log([4.0, 1.0, 2.0, 3.0]))
    found = average_decomposable(table, prior, delta=1.0)
    joint = np.array([
        [weight * marginal(graph.edges, [unseen, *map(int, table.counts[1:])]) for graph in chordal_graphs(3)]
        for unseen, weight in enumerate((4, 1, 2, 3))
    ])  # fmt: skip
    assert found.probability == pytest.approx(joint.sum(axis=1) / joint.sum(), rel=1e-9)
    assert [g.probability for g in found.graphs] == pytest.approx(joint.sum(axis=0) / joint.sum(), rel=1e-9)
    assert [g.mean for g in found.graphs] == pytest.approx(np.array([4, 5, 6, 7]) @ joint / joint.sum(axis=0), rel=1e-9)
    assert found.mean == pytest.approx(sum(g.probability * g.mean for g in found.graphs))


def test_the_blocks_are_no_matter(monkeypatch):
    """Working on few numbers at once gives what working on all at once gives, far below the top as well."""
    table = tiny({"110": 40, "101": 1, "001": 90, "010": 60, "100": 70})
    prior = falling_prior(table, fewest=0, most=3000)
    monkeypatch.setattr("bearwitness.estimation.decomposable._BLOCK", 4096)
    whole = average_decomposable(table, prior, delta=0.5)
    monkeypatch.setattr("bearwitness.estimation.decomposable._BLOCK", 7)
    parts = average_decomposable(table, prior, delta=0.5)
    assert parts.probability == pytest.approx(whole.probability, rel=1e-9)
    for one, other in zip(parts.graphs, whole.graphs, strict=True):
        assert one.probability == pytest.approx(other.probability, rel=1e-9)
        assert one.mean == pytest.approx(other.mean, rel=1e-9)


def test_quantiles_and_mode():
    """A quantile is the first N that is reached with the probability; the mode has the highest."""
    table = tiny()
    found = average_decomposable(table, UnseenPrior(first=2, log_weight=np.zeros(6)), delta=0.5)
    assert found.sizes.tolist() == [6, 7, 8, 9, 10, 11]
    for level in (0.01, 0.3, 0.5, 0.99):
        below = found.probability[found.sizes <= found.quantile(level)].sum()
        assert below >= level - 1e-9
        assert below - found.probability[int(found.quantile(level)) - 6] < level
    assert found.probability[found.mode - 6] == found.probability.max()
    with pytest.raises(ValueError, match="level"):
        found.quantile(1.0)


def test_an_estimate_at_the_cap_is_refused():
    """Where the prior's cap cuts the posterior, its probability near the cap says so, and the number is refused."""
    table = tiny({"110": 6, "101": 5, "011": 6, "001": 90, "010": 80, "100": 70})
    tight = vary_delta(table, falling_prior(table, fewest=0, most=300))
    assert min(estimate.near_cap for estimate in tight.estimates) > MOST_NEAR_CAP
    with pytest.raises(EstimationError, match="s1: the number leans on the most"):
        check_spread(table, tight)


def test_a_steady_number_passes():
    """Lists with much overlap and no dependence have a number that no weight of the prior moves."""
    table = tiny({"111": 125, "110": 125, "101": 125, "011": 125, "100": 125, "010": 125, "001": 125})
    spread = vary_delta(table, falling_prior(table, fewest=0, most=2000))
    check_spread(table, spread)
    assert [estimate.delta for estimate in spread.estimates] == [1 / 16, 1 / 2, 1]
    for estimate in spread.estimates:
        assert estimate.quantile(0.025) < 1000 < estimate.quantile(0.975)


def test_what_is_refused():
    """Six lists, and a table that says too little, are refused by name."""
    six = capture_table("s6", tuple("abcdef"), {"110000": 2, "011000": 1, "001100": 1, "000110": 2, "000011": 1})
    with pytest.raises(EstimationError, match="s6: 6 lists are more than the 5"):
        average_decomposable(six, falling_prior(six, fewest=0, most=9), delta=1.0)
    apart = tiny({"100": 9, "010": 7, "001": 8})
    with pytest.raises(EstimationError, match="s1: no act of"):
        average_decomposable(apart, falling_prior(apart, fewest=0, most=9), delta=1.0)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda table: average_decomposable(table, falling_prior(table, fewest=0, most=9), delta=0.0),
        lambda table: vary_delta(table, falling_prior(table, fewest=0, most=9), ()),
        lambda table: falling_prior(table, fewest=5, most=4),
        lambda _: falling_prior(capture_table("s0", tuple("abc"), {}), fewest=0, most=4),
        lambda table: gamma_poisson_prior(table, shape=0.0, scale=1.0, fewest=0, most=4),
        lambda _: UnseenPrior(first=0, log_weight=np.array([0.0, np.nan])),
        lambda _: UnseenPrior(first=0, log_weight=np.array([])),
    ],
)
def test_a_prior_that_is_none(wrong):
    """Priors that are no priors are a programmer's mistake."""
    with pytest.raises(ValueError, match=r"delta|most|no act|gamma|prior"):
        wrong(tiny())


def test_a_gamma_poisson_prior_is_a_negative_binomial():
    """The prior's weights are those of Poisson counts averaged over their gamma-distributed mean."""
    table = tiny()
    prior = gamma_poisson_prior(table, shape=2.0, scale=3.0, fewest=0, most=5)
    means, step = np.linspace(1e-9, 200, 400001, retstep=True)
    averaged = [
        np.sum(means * np.exp(-means / 3) * np.exp(-means) * means**n / factorial(n)) * step for n in range(4, 10)
    ]
    ratio = np.exp(prior.log_weight) / np.array(averaged)
    assert ratio == pytest.approx(np.full(6, ratio[0]), rel=1e-6)
