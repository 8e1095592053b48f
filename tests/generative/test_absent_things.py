"""What a household has not, against going through all that it may have; and the least change where it is said."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, pairwise, product

import numpy as np
import pytest
import toy_worlds as toys
from hypothesis import given, settings
from hypothesis import strategies as st

from bearwitness.disclosure import generalise
from bearwitness.disclosure.crowd import Crowd, constrain
from bearwitness.disclosure.decisions import Decision
from bearwitness.disclosure.demands import CrowdDemand
from bearwitness.disclosure.generalise import least_change
from bearwitness.disclosure.jigsaw import gather_households
from bearwitness.disclosure.ladders import Ladders, join_ladders
from bearwitness.disclosure.tables import Existence
from bearwitness.errors import ClaimError, FrameError
from bearwitness.model.claims import Span
from bearwitness.model.publication import Ledger, Policy
from bearwitness.model.values import Codes, NoneOf

LEAVES = ("son", "daughter", "wife", "mother", "father")
FEW = settings(max_examples=150, deadline=None, derandomize=True)


@st.composite
def tables(draw, leaves=LEAVES):
    """A table of two draws and up to three classes of households."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    classes = draw(st.integers(1, 3))
    present = np.sort(rng.uniform(0.0, 1.0, (2, classes, len(leaves))), axis=1)
    weights = rng.dirichlet(np.ones(classes), 2)
    return Existence(leaves, present, weights)


def signed_sets(leaves=LEAVES, most=6):
    """Sets of which one thing is there, and sets of which nothing is."""
    some = st.frozensets(st.sampled_from(leaves), min_size=1, max_size=3)
    return st.lists(st.one_of(some.map(Codes), some.map(NoneOf)), min_size=1, max_size=most)


def by_enumeration(table, allowed):
    """The same probability, adding up every pattern of what a household of each class may have."""
    total = np.zeros(len(table.present))
    for pattern in product((False, True), repeat=len(table.leaves)):
        held = {leaf for leaf, there in zip(table.leaves, pattern, strict=True) if there}
        if all(bool(held & one.codes) is not isinstance(one, NoneOf) for one in allowed):
            chance = np.prod(np.where(pattern, table.present, 1.0 - table.present), axis=2)
            total += (table.weights * chance).sum(axis=1)
    return total


@FEW
@given(tables(), signed_sets())
def test_what_is_there_and_what_is_not_equals_the_sum_over_all_patterns(table, allowed):
    """Sets of both signs are answered exactly, zero where they exclude each other."""
    assert table.probability(allowed) == pytest.approx(by_enumeration(table, allowed), abs=1e-12)


@FEW
@given(tables(), signed_sets(), st.data())
def test_saying_less_of_what_is_not_there_never_makes_fewer_fit(table, allowed, data):
    """A set left out, or an absence of fewer things, leaves at least as many."""
    at = data.draw(st.integers(0, len(allowed) - 1))
    before = table.probability(allowed)
    assert (table.probability([*allowed[:at], *allowed[at + 1 :]]) >= before - 1e-12).all()
    if isinstance(allowed[at], NoneOf):
        for fewer in combinations(sorted(allowed[at].codes), len(allowed[at].codes) - 1):
            less = [*allowed[:at], NoneOf(frozenset(fewer)), *allowed[at + 1 :]]
            assert (table.probability(less) >= before - 1e-12).all()


@settings(max_examples=25, deadline=None, derandomize=True)
@given(tables(leaves=tuple("abcdefghijkl")), st.data())
def test_many_overlapping_sets_beside_an_absence_never_promise_a_larger_crowd(table, data):
    """Past the number of sets that are answered exactly, the answer stays a lower bound."""
    pairs = data.draw(st.lists(st.frozensets(st.sampled_from("abcdefghij"), min_size=2, max_size=3), min_size=11,
                               max_size=13, unique=True))  # fmt: skip
    allowed = [*map(Codes, pairs), NoneOf(frozenset({"k", "l"}))]
    assert (table.probability(allowed) <= by_enumeration(table, allowed) + 1e-12).all()


def test_what_the_table_does_not_list_cannot_be_said_to_be_absent():
    """Nobody knows how many have it: an error, no figure."""
    table = Existence(("son",), np.full((1, 1, 1), 0.5), np.ones((1, 1)))
    with pytest.raises(FrameError, match="does not list"):
        table.probability([NoneOf(frozenset({"son", "cousin"}))])


def problem(rng):
    """Decisions and demands of a household of which some things are said to be there, and others not."""
    frames = toys.toy_frames(rng, draws=40)
    crowds = [Crowd(frames, toys.adversary(int(rng.integers(2, 40)))),
              Crowd(frames, toys.adversary(2, checks=("home", "kin", "trait", "status"), name="informant"))]
    claims = [*toys.random_claims(rng, ("home", "surname", "birth", "status", "act"), most=2)]
    for attribute, leaves in (("trait", toys.TRAITS), ("kin", ("elder_brother", "younger_brother", "mother"))):
        shuffled = [str(leaf) for leaf in rng.permutation(leaves)]
        for n, leaf in enumerate(shuffled[: int(rng.integers(1, 4))]):
            kind = NoneOf if n == 0 or rng.random() < 0.3 else Codes
            claims.append(toys.claim(attribute, kind(frozenset({leaf})), f"{attribute}{n}"))
    claims = [replace(c, spans=(Span(start=0, end=1, quote="x"),)) for c in claims]
    policy = Policy(threshold=float(rng.choice([0.02, 0.1, 0.3])))
    household, = gather_households([toys.persona()], claims, Ledger(), policy)
    ladders = Ladders(regions={"north": frozenset({"north", "south"})}, acts=frozenset(toys.ACTS))
    decisions = []
    for c in claims:
        rungs = ladders.of(c)
        costs = np.concatenate([[0.0], np.cumsum(rng.uniform(0.1, 3.0, len(rungs) - 1))])
        decisions.append(Decision(claims=(c.id,), rungs=join_ladders([rungs], [list(costs)])))
    return decisions, [CrowdDemand(household, c, policy, decisions) for c in crowds], household, crowds


@pytest.mark.parametrize(("soon", "most"), [(5000, 25), (1, 8)])
def test_the_least_change_with_absences_equals_trying_everything(monkeypatch, soon, most):
    """By the search and by the program the optimum costs what the cheapest safe choice costs, and is proved."""
    monkeypatch.setattr(generalise, "SOON", soon)
    rng = np.random.default_rng(31)
    changed = 0
    while changed < most:
        decisions, demands, *_ = problem(rng)
        choices = [range(len(d.rungs)) for d in decisions]
        if np.prod([len(c) for c in choices]) > 600:
            continue
        safe = [c for c in product(*choices) if all(d.is_met(c) for d in demands)]
        cheapest = min((sum(d.rungs[r].cost for d, r in zip(decisions, c, strict=True)) for c in safe), default=None)
        found = least_change(decisions, demands)
        assert found.possible is (cheapest is not None)
        if cheapest is not None:
            assert found.proved
            assert found.cost == pytest.approx(cheapest, abs=1e-6)
            changed += cheapest > 0


def test_every_gain_of_a_rung_is_at_least_what_it_makes_up():
    """Whatever the other decisions say, moving one rung never makes up more than the bound on its gain."""
    rng = np.random.default_rng(32)
    compared = 0
    for _ in range(40):
        decisions, demands, *_ = problem(rng)
        base = (0,) * len(decisions)
        for demand in demands:
            for i, decision in enumerate(decisions):
                for rung in range(1, len(decision.rungs)):
                    gain = demand.gain(i, rung, base)
                    others = tuple(int(rng.integers(0, len(d.rungs))) for d in decisions)
                    before, after = (demand.missing((*others[:i], r, *others[i + 1 :]), 0).exact for r in (0, rung))
                    aside = demand.missing((*others[:i], 0, *others[i + 1 :]), 1)
                    assert aside.relaxed - gain <= after + 1e-9
                    compared += gain < np.inf and before > after
    assert compared


def test_the_crowd_grows_as_ever_less_is_said():
    """Claims taken back one after the other, absences among them, leave at least as many others every time."""
    rng = np.random.default_rng(33)
    for _ in range(60):
        *_, household, crowds = problem(rng)
        order = [household.draft[i] for i in rng.permutation(len(household.draft))]
        for crowd in crowds:
            sizes = [crowd.others(order[:n]) for n in range(len(order), -1, -1)]
            assert all((b >= a - 1e-9).all() for a, b in pairwise(sizes))


def test_something_that_is_there_and_not_there_is_refused_by_the_ids_of_all_that_say_so():
    """A child, and neither a son nor a daughter, each in a claim of its own; not where one is believed in part."""
    claims = [toys.claim("kin", Codes(frozenset({"son", "daughter"})), "k1"),
              toys.claim("kin", NoneOf(frozenset({"son"})), "k2"),
              toys.claim("kin", NoneOf(frozenset({"daughter"})), "k3"),
              toys.claim("kin", NoneOf(frozenset({"wife"})), "k4")]
    gather_households([toys.persona()], claims[:2], Ledger(), Policy())
    with pytest.raises(ClaimError, match="claims k1, k2, k3 about kin"):
        gather_households([toys.persona()], claims, Ledger(), Policy())
    gather_households([toys.persona()], [replace(claims[0], trust=0.9), *claims[1:]], Ledger(), Policy())


def test_an_act_not_done_excludes_those_in_the_log_and_nobody_else():
    """A log of some of the acts is used as far as it goes; without any of them the claim excludes nobody."""
    frames = toys.toy_frames(np.random.default_rng(34))
    neither = constrain(toys.claim("act", NoneOf(frozenset({"raid", "threat"})), "a"), about="left", lag_share=1.0)
    raid = constrain(toys.claim("act", NoneOf(frozenset({"raid"})), "a"), about="left", lag_share=1.0)
    whole, part, none = (Crowd(frames, toys.adversary(acts=acts)) for acts in (toys.ACTS, ("raid",), ("x",)))
    assert (whole.others([neither]) < part.others([neither])).all()
    assert part.others([neither]) == pytest.approx(whole.others([raid]))
    assert not none.checkable(neither)
    assert none.others([neither]) == pytest.approx(none.others([]))
