"""Sets of sentences that identify together: the same as trying every set, smallest first, told when cut short."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bearwitness.disclosure import identifying
from bearwitness.disclosure.crowd import Constraint, Crowd
from bearwitness.disclosure.crowd_risk import LinkedCrowd, risk_of
from bearwitness.disclosure.identifying import Told, identifying_sets
from bearwitness.model.values import Codes, Days, Paths
from bearwitness.services.world import crowds_for

SAID = (
    Constraint("status", "left", Codes(frozenset({"left"})), 1.0, "status"),
    Constraint("sex", "left", Codes(frozenset({"female"})), 1.0, "sex"),
    Constraint("home", "left", Paths(frozenset({"hambuk"})), 1.0, "home"),
    Constraint("home", "left", Paths(frozenset({"hambuk/musan"})), 1.0, "county"),
    Constraint("departure", "left", Days(((737060, 737424),)), 1.0, "departure"),
    Constraint("surname", "left", Codes(frozenset({"이"})), 1.0, "surname"),
    Constraint("kin", "left", Codes(frozenset({"younger_brother"})), 1.0, "kin"),
    Constraint("act", "left", Codes(frozenset({"raid"})), 1.0, "act"),
    Constraint("amount", "left", Codes(frozenset({"much"})), 1.0, "amount"),
)  # fmt: skip


def crowd() -> Crowd:
    return crowds_for(("state_security",))[0]


def breaks(told: list[Told], chosen: tuple[int, ...], threshold: float) -> bool:
    said = [c for i in chosen for c in told[i].constraints]
    return risk_of((LinkedCrowd(1.0, crowd().others(said)),), crowd().adversary.capacity).upper > threshold


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.sets(st.sampled_from(SAID), min_size=1, max_size=3), min_size=1, max_size=6),
    st.sampled_from([0.0005, 0.003, 0.02, 0.1, 0.5, 0.9]),
)
def test_they_are_the_sets_that_trying_every_set_finds(groups, threshold):
    """Every minimal set is found and nothing else, whatever the statements and the limit."""
    told = [Told(f"r{i}", f"s{i}", tuple(sorted(g, key=lambda c: c.claim))) for i, g in enumerate(groups)]
    every = [c for n in range(len(told) + 1) for c in combinations(range(len(told)), n) if breaks(told, c, threshold)]
    minimal = {c for c in every if not any(set(d) < set(c) for d in every)}
    # A statement that the adversary cannot check is in no set.
    found, complete = identifying_sets(told, crowd(), threshold=threshold, most=1000)
    assert complete
    assert {f.statements for f in found} == minimal
    assert [len(f.statements) for f in found] == sorted(len(f.statements) for f in found)


def test_where_too_many_sets_would_have_to_be_asked_one_minimal_set_is_told_and_that_there_may_be_more(monkeypatch):
    """A search that is cut short never says that nothing identifies the household."""
    told = [Told("r", c.claim, (c,)) for c in SAID]
    monkeypatch.setattr(identifying, "MOST_ASKED", 3)
    found, complete = identifying_sets(told, crowd(), threshold=0.02)
    assert not complete
    (only,) = found
    assert breaks(told, only.statements, 0.02)
    for i in only.statements:
        assert not breaks(told, tuple(k for k in only.statements if k != i), 0.02)


def test_nothing_is_told_where_all_together_keep_the_limit():
    """Statements that are safe together identify nobody."""
    told = [Told("r", c.claim, (c,)) for c in SAID[:2]]
    assert identifying_sets(told, crowd(), threshold=0.5) == ((), True)


@pytest.mark.parametrize("most", [1, 2])
def test_a_list_that_was_cut_says_so(most):
    """More sets than are shown are not hidden."""
    told = [Told("r", c.claim, (SAID[7], c)) for c in SAID[2:6]]
    found, complete = identifying_sets(told, crowd(), threshold=0.01, most=most)
    assert len(found) == most
    assert not complete
