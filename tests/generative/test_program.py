"""The least change as a program: what trying every wording finds, with the next best, whatever frames count."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
import toy_worlds as toys

from bearwitness.disclosure import generalise
from bearwitness.disclosure.crowd import Crowd
from bearwitness.disclosure.decisions import Decision
from bearwitness.disclosure.demands import CrowdDemand
from bearwitness.disclosure.generalise import least_change
from bearwitness.disclosure.jigsaw import gather_households
from bearwitness.disclosure.ladders import Ladders, join_ladders
from bearwitness.disclosure.program import Program
from bearwitness.model.publication import Ledger, LedgerEntry, LedgerPersona, Policy

ATTRIBUTES = ("home", "surname", "birth", "trait", "kin", "act", "act_date", "status", "sex", "departure")
MOST_CHOICES = 1500


def problem(rng):
    """Decisions and demands of one household before two adversaries, joined with a linked release now and then."""
    frames = toys.toy_frames(rng, draws=int(rng.integers(20, 120)))
    crowds = [Crowd(frames, toys.adversary(int(rng.integers(1, 40)))),
              Crowd(frames, toys.adversary(2, checks=("home", "sex", "kin", "status", "act"), name="informant"))]
    claims = toys.random_claims(rng, [a for a in ATTRIBUTES if a in toys.VALUES], most=6)
    earlier = toys.random_claims(rng, ("home", "sex", "birth"), most=2, prefix="r", like=claims)
    shown = LedgerPersona(id="x", household="h1", claims=earlier)
    entry = LedgerEntry(id="r", outlet="paper", published=toys.date(2020, 1, 1), title="", personas=(shown,))
    policy = Policy(threshold=float(rng.choice([0.02, 0.1, 0.3])))
    ledger = Ledger(entries=(entry,) if rng.random() < 0.4 else ())
    household, = gather_households([toys.persona()], claims, ledger, policy)
    ladders = Ladders(regions={"north": frozenset({"north", "south"})}, acts=frozenset(toys.ACTS))
    decisions, left = [], list(claims)
    while left:
        # One decision may word several claims.
        count = int(rng.integers(1, 3))
        taken, left = left[:count], left[count:]
        keep = bool(rng.random() < 0.4)
        rungs = [ladders.of(c, keep=keep and c.attribute == "act") for c in taken]
        prices = [list(np.concatenate([[0.0], np.cumsum(rng.uniform(0.1, 3.0, len(r) - 1))])) for r in rungs]
        decisions.append(Decision(claims=tuple(c.id for c in taken), rungs=join_ladders(rungs, prices)))
    return decisions, [CrowdDemand(household, c, policy, decisions) for c in crowds]


def every_minimal_choice(decisions, demands):
    """Safe choices of which no single rung can be taken back, with their costs, the cheapest first."""
    safe = {c for c in product(*(range(len(d.rungs)) for d in decisions)) if all(d.is_met(c) for d in demands)}
    minimal = [c for c in safe if not any((*c[:i], r - 1, *c[i + 1 :]) in safe for i, r in enumerate(c) if r)]
    return sorted((sum(d.rungs[r].cost for d, r in zip(decisions, c, strict=True)), c) for c in minimal)


def test_the_program_finds_the_cheapest_choices_that_trying_everything_finds():
    """Optimum and next best equal those of an exhaustive search, in the order of their costs."""
    rng = np.random.default_rng(21)
    solved = 0
    while solved < 120:
        decisions, demands = problem(rng)
        forms = [d.sum_form() for d in demands]
        if np.prod([len(d.rungs) for d in decisions]) > MOST_CHOICES or None in forms:
            continue
        involved = range(len(decisions))
        assert Program.is_possible(decisions, involved, forms)
        found, complete = Program(decisions, involved, forms).best((0,) * len(decisions), 6)
        expected = every_minimal_choice(decisions, demands)
        assert complete
        assert [c for c, _ in found] == pytest.approx([c for c, _ in expected[:6]], abs=1e-5)
        assert {c for _, c in found} <= {c for _, c in expected}
        solved += len(expected) > 1


def test_search_and_program_agree(monkeypatch):
    """Which of the two is asked makes no difference to what is returned."""
    rng = np.random.default_rng(22)
    compared = 0
    while compared < 40:
        decisions, demands = problem(rng)
        monkeypatch.setattr(generalise, "SOON", 5000)
        by_search = least_change(decisions, demands)
        monkeypatch.setattr(generalise, "SOON", 1)
        by_program = least_change(decisions, demands)
        assert by_program.possible == by_search.possible
        assert by_program.proved == by_search.proved
        assert by_program.cost == pytest.approx(by_search.cost, abs=1e-5)
        assert [c for c, _ in by_program.alternatives] == pytest.approx(
            [c for c, _ in by_search.alternatives], abs=1e-5
        )
        compared += by_search.cost > 0


def test_a_group_with_too_many_wordings_is_left_to_the_search():
    """The program says beforehand that it is too large; the search then has the word."""
    decisions, demands = problem(np.random.default_rng(23))
    forms = [d.sum_form() for d in demands]
    wide = [Decision(claims=d.claims, rungs=d.rungs * 2000) for d in decisions]
    assert not Program.is_possible(wide, range(len(wide)), forms)
