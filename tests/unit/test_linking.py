"""How an adversary joins releases: what is one persona is joined all or none, and what it counts decides."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from scipy.stats import poisson

from bearwitness.disclosure.crowd import Crowd
from bearwitness.disclosure.crowd_risk import LinkedCrowd, risk_of
from bearwitness.disclosure.frames import Frames
from bearwitness.disclosure.jigsaw import gather_households, joined_parts
from bearwitness.disclosure.measure import measure_household
from bearwitness.disclosure.risk import pursuit_risk
from bearwitness.model.claims import Claim, ClaimId, HouseholdId, Persona, PersonaId
from bearwitness.model.publication import Ledger, LedgerEntry, LedgerPersona, Policy
from bearwitness.model.values import Codes, Days, Paths
from bearwitness.services.world import crowds_for

LINK = 0.3
POLICY = Policy(link=LINK, outlet="ours")
DRAFT = Persona(id=PersonaId("p"), label="A", household=HouseholdId("h"))


def claim(id: str, attribute: str, values) -> Claim:
    return Claim(
        id=ClaimId(id), persona=PersonaId("p"), attribute=attribute, values=values, says="", spans=(), origin="editor"
    )


LEFT = claim("left", "status", Codes(frozenset({"left"})))
SEX = claim("sex", "sex", Codes(frozenset({"female"})))
HOME = claim("home", "home", Paths(frozenset({"hambuk/musan"})))
YEAR = claim("year", "departure", Days.between(date(2009, 1, 1), date(2009, 12, 31)))
NAME = claim("surname", "surname", Codes(frozenset({"배"})))


def entry(id: str, *claims: Claim, label: str = "", outlet: str = "a paper", images=frozenset()) -> LedgerEntry:
    shown = LedgerPersona(id=PersonaId("x"), household=HouseholdId("h"), claims=claims, label=label, images=images)
    return LedgerEntry(id=id, outlet=outlet, published=date(2020, 1, 1), title="", personas=(shown,))


def household(*entries: LedgerEntry, draft=(LEFT, SEX)):
    (found,) = gather_households([DRAFT], draft, Ledger(entries=entries), POLICY)
    return found


@pytest.fixture(scope="module")
def security() -> Crowd:
    return crowds_for(("state_security",))[0]


def test_two_releases_under_one_name_are_joined_both_or_neither(security):
    """The adversary knows that they are one person: the chance of both is that of a link, not its square."""
    together = household(entry("r1", HOME, label="Ms B"), entry("r2", YEAR, label="Ms B"))
    apart = household(entry("r1", HOME, label="Ms B"), entry("r2", YEAR, label="Ms C"))
    assert sorted(float(np.mean(p.probability)) for p in joined_parts(together, security)) == pytest.approx(
        [LINK, 1 - LINK], abs=0.01
    )
    assert len(joined_parts(apart, security)) == 4
    by_hand = risk_of(
        (LinkedCrowd(LINK, security.others([*together.draft, *(c for r in together.releases for c in r.constraints)])),
         LinkedCrowd(1 - LINK, security.others(together.draft))), security.adversary.capacity,
    )  # fmt: skip
    assert measure_household(together, security, POLICY).joined.upper == pytest.approx(by_hand.upper, rel=0.05)


def test_what_is_one_persona_with_a_release_that_is_surely_linked_is_surely_linked(security):
    """A name in our outlet links the first; an image that both printed links the second to the first."""
    found = household(
        entry("r1", HOME, label="A", outlet="ours", images=frozenset({"i"})), entry("r2", YEAR, images=frozenset({"i"}))
    )
    (only,) = joined_parts(found, security)
    assert only.probability == 1.0
    assert {c.claim for c in only.constraints} == {"left", "sex", "r1/home", "r2/year"}


@pytest.mark.parametrize("expected", [10.0, 19.5, 40.0])
def test_a_count_below_twenty_links_as_often_as_it_is_below_twenty(security, expected):
    """Of the union only the mean is known; the adversary counts, and joins where it counts fewer than twenty."""
    found = household(entry("r1", HOME, YEAR, NAME))
    union = security.others([*found.draft, *(c for r in found.releases for c in r.constraints)])
    # The same frames, scaled so that the union has the mean that is wanted in every draw.
    scaled = tuple(replace(f, size=1.0 + (f.size - 1.0) * expected / union, _memo={}) for f in security.frames.by_level)
    crowd = Crowd(Frames(scaled), security.adversary)
    linked = LINK + (1 - LINK) * poisson.cdf(18, expected)
    parts = {len(p.constraints): float(np.mean(p.probability)) for p in joined_parts(found, crowd)}
    assert parts[max(parts)] == pytest.approx(linked, rel=1e-6)
    # An adversary that counts: below twenty it joins, and pursues one of so few; else it joins by chance.
    drawn = np.random.default_rng(3).poisson(expected, 200_000)
    capacity = crowd.adversary.capacity
    alone = float(np.median(pursuit_risk(crowd.others(found.draft), capacity)))
    joined = np.minimum(1.0, capacity / (1.0 + drawn))
    counted = np.where(drawn < 19, joined, LINK * joined + (1 - LINK) * alone).mean()
    assert measure_household(found, crowd, POLICY).joined.risk == pytest.approx(counted, abs=0.01)


def test_links_that_are_certain_cost_no_weighing(security):
    """With a link of 1 there is one way of joining: all of it."""
    (found,) = gather_households(
        [DRAFT], (LEFT, SEX), Ledger(entries=(entry("r1", HOME), entry("r2", YEAR))), replace(POLICY, link=1.0)
    )
    (only,) = joined_parts(found, security)
    assert len(only.constraints) == 4
