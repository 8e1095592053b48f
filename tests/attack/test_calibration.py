"""The opponent is simulated: predicted risk against what an attacker achieves in a register it really searches."""

from datetime import date

import attack_worlds as worlds
import numpy as np
import pytest
import toy_worlds as toys
from scipy.stats import binom

from bearwitness.disclosure.crowd import Crowd
from bearwitness.disclosure.frames import Frame, Frames
from bearwitness.disclosure.jigsaw import gather_households
from bearwitness.disclosure.measure import measure_household
from bearwitness.disclosure.tables import Categorical, Existence, Interval, Tree
from bearwitness.model.claims import HouseholdId
from bearwitness.model.publication import Ledger, LedgerEntry, LedgerPersona, Policy
from bearwitness.model.values import Codes, Days, Paths

CHECKS = ("home", "surname", "sex", "birth", "route", "departure", "act", "act_date")
ATTACKED = 1500


def frames_of(world):
    """A frame with exactly the shares the world was drawn from: one draw, no doubt."""
    shares, day = world.shares, toys.DAY0

    def bins(n):
        return np.arange(day, day + n + 1)

    tables = {
        "home": Tree(tuple(f"p{i}" for i in range(worlds.HOMES)), shares["home"][None], np.array([0.1])),
        "surname": Categorical(tuple(f"s{i}" for i in range(worlds.SURNAMES)), shares["surname"][None]),
        "sex": Categorical(toys.SEXES, shares["sex"][None]),
        "birth": Interval(bins(worlds.BIRTHS), shares["birth"][None], "sex"),
        "route": Tree(tuple(f"p{i}" for i in range(worlds.ROUTES)), shares["route"][None], np.array([0.1])),
        "departure": Interval(bins(worlds.YEARS), shares["departure"][None], "sex"),
        "act": Existence(tuple(f"a{i}" for i in range(worlds.ACTS)), shares["act"][None, None], np.ones((1, 1))),
        "act_date": Interval(bins(worlds.DAYS), shares["act_date"][None]),
    }
    size = np.array([float(world.size)])
    return Frames(tuple(Frame(n, i, size, tables) for i, n in enumerate(("residents", "left", "acted"))))


def claims_of(said, prefix):
    """A release in the model's terms."""
    found = []
    for attribute, allowed in said.items():
        if attribute in ("home", "route"):
            values = Paths(frozenset(f"p{i}" for i in allowed))
        elif attribute in ("birth", "departure", "act_date"):
            values = Days(((toys.DAY0 + min(allowed), toys.DAY0 + max(allowed)),))
        else:
            name = {"surname": "s{}", "act": "a{}"}.get(attribute)
            values = Codes(frozenset(name.format(i) if name else toys.SEXES[i] for i in allowed))
        about = "act1" if attribute == "act_date" else ""
        found.append(toys.claim(attribute, values, f"{prefix}-{attribute}", about=about))
    return tuple(found)


def campaign(seed, *, size=4000, errors=0.0, linked=False, attacked=ATTACKED):
    """Predicted risks and whether the true household was among those pursued."""
    rng = np.random.default_rng(seed)
    predicted, hit = [], []
    world = worlds.make_world(rng, size)
    frames = frames_of(world)
    for _ in range(attacked):
        household, capacity = int(rng.integers(world.size)), int(rng.choice([1, 3, 10, 40]))
        releases = [worlds.make_release(rng, world, household) for _ in range(2 if linked else 1)]
        crowd = Crowd(frames, toys.adversary(capacity, CHECKS, tuple(f"a{i}" for i in range(worlds.ACTS))))
        earlier = tuple(
            LedgerEntry(
                id=f"r{i}", outlet="", published=date(2020, 1, 1), title="",
                personas=(LedgerPersona(id=f"r{i}p", household=HouseholdId("h1"), claims=claims_of(said, f"r{i}")),),
            )
            for i, said in enumerate(releases[1:])
        )  # fmt: skip
        mine, = gather_households([toys.persona()], claims_of(releases[0], "d"), Ledger(entries=earlier), Policy())
        predicted.append(measure_household(mine, crowd, Policy()).joined.risk)
        hit.append(household in worlds.attack(rng, world, releases, capacity, errors))
    return np.array(predicted), np.array(hit)


def deciles(predicted, hit):
    """Per decile of predicted risk: how many, mean prediction, successes."""
    order = np.argsort(predicted)
    return [(len(part), predicted[part].mean(), int(hit[part].sum())) for part in np.array_split(order, 10)]


@pytest.mark.parametrize("linked", [False, True])
def test_predicted_risk_is_what_an_attacker_achieves(linked):
    """In every decile the successes lie within the binomial band (99.9 % each, ten deciles, two campaigns)."""
    predicted, hit = campaign(101 + linked, linked=linked)
    for number, mean, successes in deciles(predicted, hit):
        low, high = binom.interval(0.999, number, mean)
        assert low <= successes <= high, (number, mean, successes)
    assert predicted.std() > 0.1


@pytest.mark.parametrize("errors", [0.05, 0.3])
def test_an_attacker_with_errors_stays_below_the_prediction(errors):
    """Missing records never help: the success rate does not exceed what perfect records would achieve."""
    predicted, hit = campaign(202, errors=errors)
    for number, mean, successes in deciles(predicted, hit):
        assert successes <= binom.ppf(0.999, number, mean)
    assert hit.mean() < predicted.mean()
