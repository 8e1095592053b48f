"""Intervals that are given have the truth of invented worlds about as often as they say; in full in bench_coverage."""

from collections import Counter

import pytest
from capture_worlds import SCENARIOS, capture_world, small_world
from coverage_campaign import Covered, count_coverage, run_scenario

from bearwitness.estimation.outcome import ModelNumber, Refusal, StratumOutcome

WORLDS = 6
# Of the two scenarios in which every act is as easy to see as any other, and in which lists have some acts in common.
ALIKE = [scenario for scenario in SCENARIOS if scenario.name in {"independent", "dependent pair"}]


@pytest.mark.parametrize("scenario", ALIKE, ids=lambda scenario: scenario.name)
def test_given_intervals_have_the_truth(scenario):
    """No fewer of the given intervals have the truth than chance leaves, once in a thousand runs, at 95 %."""
    found = run_scenario(scenario, worlds=WORLDS)
    assert found.given.given >= WORLDS // 2
    assert found.given.holding >= found.given.least(chance=0.001)


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_worlds_are_what_they_say(scenario):
    """A world is a function of its seed and index, within its bounds, and its table is of what was seen."""
    worlds = [capture_world(scenario, 5, index) for index in range(8)]
    again = [capture_world(scenario, 5, index) for index in range(8)]
    for world, same in zip(worlds, again, strict=True):
        assert (world.seen == same.seen).all()
        assert scenario.fewest <= world.acts == len(world.seen) <= scenario.most
        assert world.table.observed == world.seen.any(axis=1).sum()
        assert (world.table.counts @ world.table.on_lists).tolist() == world.seen.sum(axis=0).tolist()
    assert len({world.acts for world in worlds}) > 4


def test_channels_that_avoid_each_other_share_nothing():
    """In the sparse scenario two channels never see the same act."""
    sparse = capture_world(SCENARIOS[-1], 5, 1).seen
    assert not (sparse[:, 2] & sparse[:, 3]).any()
    assert small_world(1, 2).table.observed == small_world(1, 2).seen.any(axis=1).sum()


def outcome(given):
    number = given and ModelNumber(model="log_linear", low=given[0], median=given[0], high=given[1], level=0.95,
                                   log_spread=0.1)  # fmt: skip
    refusal = Refusal(reason="models_disagree", what="w", change="c")
    return StratumOutcome(stratum="s", lists=("a",), cells=(), observed=1, numbers=(number,) if number else (),
                          refusals=() if number else (refusal,), given=number)  # fmt: skip


def test_counting():
    """Of five worlds: one interval has the truth, one is below, two are above, and one is refused."""
    found = count_coverage("s", [10, 10, 10, 10, 10], [outcome(x) for x in [(9, 10), (1, 9), (11, 20), (12, 13), None]])
    assert found.given == Covered(worlds=5, given=4, too_low=1, too_high=2)
    assert (found.given.holding, found.given.share, found.given.refused) == (1, 0.25, pytest.approx(0.2))
    assert found.by_model["log_linear"] == found.given
    assert found.by_model["decomposable"].given == 0
    assert found.reasons == Counter({"all: models_disagree": 1})


def test_the_bound_is_that_of_chance():
    """Of 100 intervals at 95 %, fewer than 87 have the truth once in a thousand times, than 89 once in a hundred."""
    hundred = Covered(worlds=100, given=100, too_low=0, too_high=0)
    assert hundred.least(chance=0.001) == 87
    assert hundred.least(chance=0.01) == 89
