"""How many independent sources an act has: counted by hand, and against every choice and every truth."""

from __future__ import annotations

from itertools import combinations, pairwise, product

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bearwitness.linkage import disjoint
from bearwitness.linkage.chains import Chain
from bearwitness.linkage.disjoint import most_disjoint
from bearwitness.linkage.independence import corroborate, count_independent
from bearwitness.linkage.wording import attribute

PEOPLE = "abcde"


def chain(testimony, *hops, directness="told_by_witness"):
    return Chain(testimony=str(testimony), hops=hops, directness=directness)


def bounds(*chains):
    found = count_independent(chains)
    return found.lower, found.upper


def every_choice(routes):
    """The largest choice of disjoint routes, by trying all subsets."""
    for size in range(len(routes), 0, -1):
        for chosen in combinations(routes, size):
            if sum(len(set(r)) for r in chosen) == len(set().union(*chosen)):
                return size
    return 0


def flow(routes):
    """Menger's number of the graph that the routes make together, by another library."""
    graph = nx.DiGraph()
    for route in routes:
        graph.add_edges_from((("out", a), ("in", b)) for a, b in pairwise(route))
        graph.add_edge("act", ("in", route[0]))
        graph.add_edge(("out", route[-1]), "record")
    graph.add_edges_from((("in", n), ("out", n), {"capacity": 1}) for route in routes for n in route)
    return nx.maximum_flow_value(graph, "act", "record")


def truths(chains):
    """For every way in which the unknown may be known people or somebody else, the largest choice of accounts."""
    gaps = [(n, at) for n, c in enumerate(chains) for at, hop in enumerate(c.hops) if hop is None]
    strangers = [f"stranger {n}" for n in range(len(gaps))]
    for named in product([*PEOPLE, *strangers], repeat=len(gaps)):
        who = dict(zip(gaps, named, strict=True))
        yield every_choice([
            {who.get((n, at), hop) for at, hop in enumerate(c.hops)} | {(c.testimony,)} for n, c in enumerate(chains)
        ])  # fmt: skip


routes_of = st.lists(st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=3, unique=True), max_size=6)


@st.composite
def told(draw, gaps=2):
    """Chains of few people, some hops of them unknown."""
    made = []
    for n, hops in enumerate(draw(routes_of)):
        hops = list(hops)
        if gaps and draw(st.booleans()):
            hops[draw(st.integers(0, len(hops) - 1))] = None
            gaps -= 1
        made.append(chain(draw(st.integers(0, n)), *hops))
    return made


def test_mother_sister_and_neighbour_through_one_broker_are_one_source():
    """Whoever observed it, all was told by one broker."""
    ways = [chain(n, who, "broker", f"hearer {n}") for n, who in enumerate(("mother", "sister", "neighbour"))]
    assert bounds(*ways) == (1, 1)


def test_two_observers_over_two_brokers_are_two_sources():
    """Nobody is on both chains."""
    assert bounds(chain(1, "mother", "one", "aunt"), chain(2, "neighbour", "other", "cousin")) == (2, 2)


def test_one_observer_over_two_brokers_is_one_source():
    """Both brokers have it from the same person."""
    assert bounds(chain(1, "mother", "one", "aunt"), chain(2, "mother", "other", "cousin")) == (1, 1)


def test_one_teller_of_two_observers_is_one_source():
    """The record heard both from one mouth."""
    assert bounds(chain(1, "mother", "aunt"), chain(2, "neighbour", "aunt")) == (1, 1)


def test_an_unknown_middleman_may_be_the_other_witness():
    """One who saw it and one who heard it from somebody unknown are one or two, and one is what may be said."""
    assert bounds(chain(1, "neighbour"), chain(2, "mother", None, "aunt")) == (1, 2)


def test_unknown_middlemen_may_be_different_known_people():
    """Two known chains stay two, whoever the unknown of two others are; at the most there are four."""
    known = chain(1, "a", "b"), chain(2, "c", "d")
    assert bounds(*known, chain(3, "x", None, "y"), chain(4, "u", None, "v")) == (2, 4)


def test_unknown_middlemen_alone_are_between_one_and_all():
    """Three accounts over unknown people may be one source."""
    assert bounds(*(chain(n, f"observer {n}", None, f"teller {n}") for n in range(3))) == (1, 3)


def test_no_chain_is_no_source_and_one_chain_is_one():
    """Nothing told is nothing known."""
    assert bounds() == (0, 0)
    assert bounds(chain(1, None)) == (1, 1)


def test_ways_of_one_testimony_count_once():
    """A testimony that came on two ways is one account, also if its teller is withheld."""
    assert bounds(chain(1, "a", "b", None), chain(1, "c", "d", None)) == (1, 1)


def test_a_chain_nobody_told_of_is_not_counted():
    """Three accounts each two of which share somebody are one, though their graph has a flow of two."""
    ring = [("a", "b"), ("b", "c"), ("a", "c")]
    assert flow(ring) == 2
    assert bounds(*(chain(n, *r) for n, r in enumerate(ring))) == (1, 1)


@given(told(gaps=0))
def test_it_is_the_largest_choice_of_all(chains):
    """Without unknown people both bounds are what trying all choices gives."""
    best = every_choice([{*c.hops, (c.testimony,)} for c in chains])
    assert bounds(*chains) == (best, best)


@settings(max_examples=60, deadline=None)
@given(told())
def test_the_truth_lies_between_the_bounds(chains):
    """Whoever the unknown are, no fewer and no more; the upper bound is reached, the lower missed by at most one."""
    lower, upper = bounds(*chains)
    found = list(truths(chains))
    assert lower <= min(found) <= lower + 1
    assert max(found) == upper


@given(told(), told())
def test_another_testimony_never_lowers(chains, more):
    """More told is never less corroborated."""
    more = [chain(f"new {c.testimony}", *c.hops) for c in more]
    before, after = bounds(*chains), bounds(*chains, *more)
    assert before[0] <= after[0]
    assert before[1] <= after[1]


@given(told(), st.sampled_from(PEOPLE), st.sampled_from(PEOPLE))
def test_merging_two_people_never_raises(chains, one, other):
    """Who turns out to be somebody else can only take independence away."""
    merged = []
    for c in chains:
        hops = [one if h == other else h for h in c.hops]
        merged.append(chain(c.testimony, *(h for at, h in enumerate(hops) if h is None or h not in hops[:at])))
    before, after = bounds(*chains), bounds(*merged)
    assert after[0] <= before[0]
    assert after[1] <= before[1]


many = st.lists(st.lists(st.integers(0, 14), min_size=1, max_size=3, unique=True).map(tuple), min_size=1, max_size=45)


@settings(max_examples=40, deadline=None)
@given(many)
def test_many_chains_are_solved_as_well(routes):
    """Flow and integer program find what a largest clique of routes that do not meet is."""
    graph = nx.Graph()
    graph.add_nodes_from(range(len(routes)))
    pairs = combinations(range(len(routes)), 2)
    graph.add_edges_from((a, b) for a, b in pairs if not set(routes[a]) & set(routes[b]))
    best = nx.max_weight_clique(graph, weight=None)[1]
    assert most_disjoint(routes) == (best, best)
    assert best <= flow(routes)


@settings(max_examples=40, deadline=None)
@given(many)
def test_what_is_too_much_to_solve_is_still_between(routes):
    """With nothing but the flow, what is found is no more than there is, and the bound is Menger's number."""
    found, bound = most_disjoint(routes)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(disjoint, "_FEW", 2)
        patch.setattr(disjoint, "_MOST_SOLVED", 0)
        rough = most_disjoint(routes)
    assert 1 <= rough.found <= found == bound <= rough.at_most <= flow(routes)


@pytest.mark.parametrize(("chains", "level", "english", "korean"), [
    ([chain(1, "a", "b")], "one_account", "according to one account,", "한 증언에 따르면"),
    ([chain(1, "a", "m", "b"), chain(2, "c", "m", "d")], "one_account",
     "according to one account,", "한 증언에 따르면"),
    ([chain(1, "a", directness="witnessed"), chain(2, "b", "a")], "one_present",
     "one person who was there says that", "직접 겪거나 본 한 사람의 증언에 따르면"),
    ([chain(1, "a", "b", directness="experienced")], "one_account", "according to one account,", "한 증언에 따르면"),
    ([chain(1, "a", "b"), chain(2, "c", "d")], "two_accounts",
     "two independent accounts say that", "서로 독립된 두 증언에 따르면"),
    ([chain(1, "a", "b"), chain(2, "c", directness="witnessed")], "two_accounts",
     "two independent accounts, at least one of them by somebody who was there, say that",
     "직접 겪거나 본 사람의 증언을 포함해 서로 독립된 두 증언에 따르면"),
    ([chain(n, f"p{n}", f"q{n}") for n in range(3)], "three_or_more",
     "three independent accounts say that", "서로 독립된 세 증언에 따르면"),
    ([chain(n, f"p{n}", f"q{n}") for n in range(12)], "three_or_more",
     "12 independent accounts say that", "서로 독립된 12건의 증언에 따르면"),
    ([chain(1, None, "a", directness="document"), chain(2, None, "b", directness="document")], "document",
     "according to a document whose author is not known,", "작성자를 알 수 없는 한 문서에 따르면"),
    ([chain(1, None, "a", directness="inferred")], "inferred",
     "it is inferred, though nobody is known to have seen it, that", "직접 본 사람은 알려지지 않았으나 추정에 따르면"),
])  # fmt: skip
def test_words_say_as_much_as_the_accounts_bear(chains, level, english, korean):
    """The level follows the lower bound and the most direct chain, and the words follow the level."""
    found = corroborate(chains)
    assert found.level == level
    assert (attribute(found, "en"), attribute(found, "ko")) == (english, korean)


def test_a_withheld_witness_is_not_said_to_be_among_two():
    """That one of two was there is only said of somebody who is known to be on neither other chain."""
    known = chain(1, "a", "b"), chain(2, "c", "d")
    found = corroborate([*known, chain(3, None, directness="witnessed")])
    assert (found.independence.lower, found.first_hand) == (2, False)


def test_without_accounts_there_is_nothing_to_say():
    """An act that nobody tells of gets no words."""
    found = corroborate([])
    assert found.level == "no_account"
    with pytest.raises(ValueError, match="no account"):
        attribute(found, "en")


def test_nobody_is_twice_on_a_chain():
    """A chain without anybody or with somebody twice is a mistake of the caller."""
    for hops in ((), ("a", None, "a")):
        with pytest.raises(ValueError, match="nobody twice"):
            chain(1, *hops)
