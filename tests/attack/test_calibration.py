"""The opponent is simulated: predicted risk against what an attacker achieves in a register it really searches.

The same as ``python3 dev.py prove calibration`` in small: a register of a million residents, 4,000 attacked households
in each scenario.
"""

import functools

import attack_worlds as worlds
import attack_worlds_attacker as attackers
import attack_worlds_campaign as campaigns
import attack_worlds_frames as frames
import attack_worlds_releases as releases
import numpy as np
import pytest
from scipy.stats import binom

SEED = 501
SMALL = campaigns.Size(residents=1_000_000, registers=1, departures=20, attacked=200)
DIFFERENT = campaigns.Size(residents=1_000_000, registers=2, departures=20, attacked=100)
# A test that is right fails once in so many seeds.
RARE = 0.001


@functools.cache
def outcome_of(scenario):
    size = DIFFERENT if scenario.frame == "wrong" else SMALL
    return campaigns.attack_worlds(scenario, SEED + campaigns.SCENARIOS.index(scenario), size, draws=400)


@pytest.mark.parametrize("scenario", campaigns.SCENARIOS, ids=lambda s: s.name)
def test_predicted_risk_is_what_an_attacker_achieves(scenario):
    """Within the band in each decile (for a bound: not above it), and over all deciles together."""
    outcome = outcome_of(scenario)
    rows = campaigns.deciles(outcome, level=1.0 - RARE)
    # Not every household that was acted upon suffered an act of which there can be news.
    assert len(outcome.predicted) == len(outcome.found) == (2763 if scenario.about else 4000)
    assert [r for r in rows if not r.holds(scenario.claim)] == []
    assert campaigns.joint_test(rows, scenario.claim) > RARE
    assert outcome.predicted.std() > 0.1


def test_households_attacked_in_one_world_do_not_cluster():
    """Between worlds the successes differ as they would if every household were attacked in a world of its own."""
    ratio, chance = campaigns.between_worlds(outcome_of(campaigns.SCENARIOS[0]))
    assert 0.4 < ratio < 2.0
    assert chance > RARE


def test_a_model_that_is_told_too_large_a_crowd_is_found_out():
    """A crowd a fifth too large in the frame is enough for the joint test to fail."""
    scenario = campaigns.Scenario("too large", "exact", size_told=1.2)
    rows = campaigns.deciles(campaigns.attack_worlds(scenario, 701, SMALL))
    assert campaigns.joint_test(rows, "exact") < RARE
    assert campaigns.joint_test(rows, "bound") < RARE


def test_records_that_err_help_the_attacker_less():
    """An adversary whose records err finds clearly fewer of those whom perfect records would find for sure."""
    outcome = outcome_of(campaigns.SCENARIOS[4])
    sure = outcome.predicted > 0.99
    assert 0.5 < outcome.found[sure].mean() < 0.97


@functools.cache
def small_world():
    rng = np.random.default_rng(44)
    laws = worlds.read_laws(frames.exact_files(60_000, correlated=True))
    register = worlds.make_register(rng, laws)
    chance = worlds.chances_of_leaving(register, laws)
    return rng, worlds.draw_departures(rng, register, chance * 4.0, laws)


def test_a_register_holds_its_residents_and_meets_its_law():
    """Residents are householders and relatives; counties, ages and relatives come as often as the law says."""
    _, departures = small_world()
    register, law = departures.register, departures.register.laws.residents
    assert register.residents == pytest.approx(60_000, rel=0.08)
    assert int(np.bitwise_count(register.columns["kin"]).sum()) == len(register.relatives["birth"])
    counts = np.bincount(register.columns["home"], minlength=len(law["home"].names))
    limits = binom.interval(1.0 - 1e-6, register.households, law["home"].rows[0])
    assert np.all((counts >= limits[0]) & (counts <= limits[1]))
    again = worlds.make_register(np.random.default_rng(9), departures.register.laws)
    same = worlds.make_register(np.random.default_rng(9), departures.register.laws)
    assert all(np.array_equal(again.columns[n], same.columns[n]) for n in again.columns)


def test_every_release_is_true_of_its_household_and_is_searched_for_row_by_row():
    """The true household is among the candidates, and each candidate fits when it is looked at alone."""
    rng, departures = small_world()
    attacker = attackers.Attacker(rng, departures)
    looked_at = 0
    for row in releases.pick_households(rng, departures, 150):
        claims = releases.write_release(rng, departures, int(row), vague_kin=False)
        found = attacker.candidates(claims)
        assert int(departures.household[row]) in found
        if not releases.is_silent(claims):
            rows = np.searchsorted(departures.household, found)
            fitting = [r for r in range(len(departures.household)) if fits_alone(departures, claims, r)]
            assert sorted(rows.tolist()) == fitting
            looked_at += len(fitting) > 1
    assert looked_at > 30


def fits_alone(departures, claims, row):
    """Whether one household fits, value by value."""
    laws, register = departures.register.laws, departures.register
    value = {name: int(column[row]) for name, column in departures.columns.items()}
    at = int(register.first_relative[departures.household[row]])
    kin = [k for i, k in enumerate(worlds.KIN) if value["kin"] >> i & 1]
    for said in claims:
        name = said.attribute
        if name == "status":
            continue
        if name in ("kin", "trait", "act"):
            law = {"kin": laws.residents, "trait": laws.left, "act": laws.acted}[name][name]
            true = {n for i, n in enumerate(law.names) if value[name] >> i & 1}
            ok = bool(true & said.names) and (name != "act" or bool(departures.acted[row]))
        elif name == "act_date":
            kind = laws.acted["act"].names.index(said.about)
            day = int(departures.act_dates[row, kind])
            ok = bool(value["act"] >> kind & 1) and said.days[0] - said.lag <= day <= said.days[1]
        else:
            if said.about and said.about not in kin:
                return False
            column = register.relatives[name] if said.about else departures.columns[name]
            here = int(column[at + kin.index(said.about)] if said.about else column[row])
            if said.days is not None:
                ok = said.days[0] <= here <= said.days[1]
            else:
                word = (laws.left if name == "route" else laws.residents)[name].names[here]
                ok = any(word == n or word.startswith(n + "/") for n in said.names)
        if not ok:
            return False
    return True
