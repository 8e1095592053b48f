"""Toy registers, gone through row by row, against the engine; ``BEARWITNESS_TOY_WORLDS`` says how many."""

import os
from itertools import pairwise, product

import numpy as np
import pytest
import toy_worlds as toys

from bearwitness.disclosure.crowd import Crowd, constrain
from bearwitness.disclosure.decisions import Decision
from bearwitness.disclosure.demands import CrowdDemand
from bearwitness.disclosure.generalise import least_change
from bearwitness.disclosure.jigsaw import gather_households
from bearwitness.disclosure.ladders import Ladders, join_ladders
from bearwitness.disclosure.measure import measure_household
from bearwitness.disclosure.risk import pursuit_risk
from bearwitness.errors import ClaimError
from bearwitness.model.assessment import Rung
from bearwitness.model.publication import Ledger, Policy

TOYS = int(os.environ.get("BEARWITNESS_TOY_WORLDS", "300"))
REGISTER_ATTRIBUTES = ("home", "surname", "sex", "birth", "trait")


def expected_share(crowd, constraints, others):
    """The engine's share of the others that fit."""
    return float(crowd.in_frame(0, constraints)[0]) / others


def test_counts_of_toy_registers_equal_the_engine():
    """The share of a register's rows that fit equals p(s), and the risk equals the sum over the counted crowd."""
    rng = np.random.default_rng(11)
    compared = 0
    for _ in range(TOYS):
        register = toys.toy_register(rng, capacity=int(rng.integers(1, 6)))
        claims = toys.random_claims(rng, REGISTER_ATTRIBUTES)
        constraints = [constrain(c, about="left", lag_share=1.0) for c in claims]
        counted = register.count(claims)
        if counted == 0:
            with pytest.raises(ClaimError):
                register.crowd.count(0, constraints)
            continue
        share = expected_share(register.crowd, constraints, register.size - 1.0)
        assert share == pytest.approx(counted / register.size, rel=1e-9)
        crowd = (register.size - 1.0) * counted / register.size
        household, = gather_households([toys.persona()], claims, Ledger(), Policy())
        found = measure_household(household, Crowd(register.crowd.frames, register.crowd.adversary), Policy())
        assert found.alone.candidates == pytest.approx(1.0 + crowd, rel=1e-9)
        assert found.alone.upper == pytest.approx(
            float(pursuit_risk(crowd, register.crowd.adversary.capacity)), rel=1e-9
        )
        compared += 1
    assert compared > 0.6 * TOYS


def random_problem(rng):
    """Decisions and demands of two households, one claim per decision, before two adversaries."""
    frames = toys.toy_frames(rng)
    crowds = [Crowd(frames, toys.adversary(int(rng.integers(1, 40)))),
              Crowd(frames, toys.adversary(2, checks=("home", "sex", "kin", "status"), name="informant"))]  # fmt: skip
    claims = toys.random_claims(rng, ("home", "surname", "birth", "trait", "kin", "act", "act_date", "status"), most=4)
    household, = gather_households([toys.persona()], claims, Ledger(), Policy())
    ladders = Ladders(regions={"north": frozenset({"north", "south"})}, acts=frozenset(toys.ACTS))
    decisions = []
    for c in claims:
        rungs = ladders.of(c, keep=bool(c.attribute == "act" and rng.random() < 0.5))
        costs = np.concatenate([[0.0], np.cumsum(rng.uniform(0.1, 3.0, len(rungs) - 1))])
        decisions.append(Decision(claims=(c.id,), rungs=join_ladders([rungs], [list(costs)])))
    policy = Policy(threshold=float(rng.choice([0.02, 0.1, 0.3])))
    demands = [CrowdDemand(household, c, policy, decisions) for c in crowds]
    return decisions, demands, household, crowds, policy


def test_the_least_change_of_toys_equals_trying_everything():
    """The optimum costs what the cheapest of all safe choices costs, and is impossible only where none is safe."""
    rng = np.random.default_rng(12)
    changed = 0
    for _ in range(TOYS):
        decisions, demands, *_ = random_problem(rng)
        found = least_change(decisions, demands)
        safe = [
            (sum(d.rungs[r].cost for d, r in zip(decisions, choice, strict=True)), choice)
            for choice in product(*(range(len(d.rungs)) for d in decisions))
            if all(d.missing(choice, 0).exact <= 0 for d in demands)
        ]
        assert found.possible == bool(safe)
        if safe:
            assert found.proved
            assert found.cost == pytest.approx(min(safe)[0], abs=1e-9)
            assert all(d.missing(found.choice, 0).exact <= 0 for d in demands)
            assert all(cost >= found.cost - 1e-9 for cost, _ in found.alternatives)
            changed += found.cost > 0
    assert changed > 0.3 * TOYS


def test_a_demand_asks_what_the_measure_reports():
    """The upper bound under the draft's own wording is that of the report, and met means at or below the threshold."""
    rng = np.random.default_rng(13)
    for _ in range(100):
        decisions, demands, household, crowds, policy = random_problem(rng)
        own = (0,) * len(decisions)
        for demand, crowd in zip(demands, crowds, strict=True):
            reported = measure_household(household, crowd, policy)
            assert demand.upper(own) == pytest.approx(reported.joined.upper, rel=1e-9)
            assert (demand.missing(own, 0).exact <= 0) == demand.is_met(own) == reported.safe


def test_gains_bound_what_any_choice_makes_up():
    """What is missing under any choice is at least the relaxed shortfall less the gains of its rungs."""
    rng = np.random.default_rng(14)
    for _ in range(150):
        decisions, demands, *_ = random_problem(rng)
        own = tuple(int(rng.integers(len(d.rungs))) for d in decisions)
        for demand in demands:
            for _ in range(20):
                choice = tuple(int(rng.integers(r, len(d.rungs))) for r, d in zip(own, decisions, strict=True))
                gains = sum(demand.gain(i, r, own) for i, r in enumerate(choice) if r > own[i])
                assert demand.missing(choice, 0).exact >= demand.missing(own, len(decisions)).relaxed - gains - 1e-9


def test_rungs_of_one_ladder_grow():
    """A ladder's rungs are nested and end with nothing said."""
    ladders = Ladders(regions={"north": frozenset({"north", "south"})}, acts=frozenset(toys.ACTS))
    for attribute, values in toys.VALUES.items():
        for value in values:
            rungs = ladders.of(toys.claim(attribute, value))
            assert rungs[0] == Rung(level="exact", values=value)
            assert rungs[-1].values is None
            for narrow, wide in pairwise(rungs[:-1]):
                assert wide.values.includes(narrow.values)
