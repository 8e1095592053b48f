"""What a text tells of everybody who fits, and whom a claim leads to that was changed on purpose."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from bearwitness.disclosure.crowd import Crowd
from bearwitness.disclosure.jigsaw import Household, gather_households
from bearwitness.disclosure.measure import measure_household, measure_misled
from bearwitness.disclosure.risk import expected_bystanders
from bearwitness.disclosure.sensitive import measure_disclosures
from bearwitness.model.claims import Claim, ClaimId, HouseholdId, Persona, PersonaId
from bearwitness.model.publication import Ledger, Policy
from bearwitness.model.values import Codes, Paths
from bearwitness.services.world import crowds_for

PERSONA = Persona(id=PersonaId("p"), label="A", household=HouseholdId("h"))
MUSAN, SINUIJU = (Paths(frozenset({p})) for p in ("hambuk/musan", "pyongbuk/sinuiju"))


def claim(attribute: str, values, **more) -> Claim:
    return Claim(
        id=ClaimId(attribute), persona=PersonaId("p"), attribute=attribute, values=values, says="", spans=(),
        origin="editor", **more,
    )  # fmt: skip


def household(*claims: Claim) -> Household:
    (found,) = gather_households([PERSONA], claims, Ledger(), Policy())
    return found


@pytest.fixture(scope="module")
def security() -> Crowd:
    return crowds_for(("state_security",))[0]


PHONE = claim("trait", Codes(frozenset({"phone"})))
LEFT = claim("status", Codes(frozenset({"left"})))


def test_what_is_believed_of_whoever_fits_is_that_of_a_simulated_adversary(security):
    """A household picked from those that fit has the trait as often as the formula says."""
    home = household(LEFT, claim("home", MUSAN), PHONE)
    (told,) = [d for d in measure_disclosures([home], [security]) if d.claim == "trait"]
    used = [c for c in home.draft if c.attribute != "trait"]
    others = float(np.median(security.count(1, used)))
    share = float(np.median(security.in_frame(1, [*used, *(c for c in home.draft if c.attribute == "trait")])
                            / security.in_frame(1, used)))  # fmt: skip
    rng = np.random.default_rng(5)
    count = rng.poisson(others, 200_000)
    # The picked one is the true household with probability 1/K, and has it; else it has it by the share.
    has = rng.random(len(count)) < 1.0 / (1 + count)
    has |= rng.random(len(count)) < share
    assert told.after == pytest.approx(has.mean(), abs=0.005)
    assert told.before == pytest.approx(share, abs=0.02)
    assert told.after >= told.before


def test_the_true_household_alone_tells_everything_and_a_large_crowd_what_goes_together(security):
    """Where one household fits, what is said of it is certain; in a large crowd what goes with other claims stays."""
    alone = household(LEFT, claim("home", MUSAN), claim("name", Codes(frozenset({"리을순"}))), PHONE)
    crowd = household(LEFT, PHONE)
    also = household(LEFT, claim("act", Codes(frozenset({"raid"}))), PHONE)
    one, many, raided = (
        next(d for d in measure_disclosures([h], [security]) if d.claim == "trait") for h in (alone, crowd, also)
    )
    assert one.after > 0.9
    assert many.after - many.before < 0.01
    assert raided.after > many.after


def test_what_an_adversary_has_on_record_is_not_told_to_it(security):
    """Acts are its own; a phone line is mostly not known to it."""
    home = household(LEFT, claim("act", Codes(frozenset({"raid"}))), PHONE)
    assert [d.claim for d in measure_disclosures([home], [security])] == ["trait"]


def test_a_changed_claim_protects_nobody_and_names_whom_it_leads_to(security):
    """The risk is that of the text without it; those who fit what was made of it are told."""
    false = claim("home", SINUIJU, changed=True)
    with_it, without = household(LEFT, PHONE, false), household(LEFT, PHONE)
    policy = Policy()
    assert measure_household(with_it, security, policy) == measure_household(without, security, policy)
    harm = measure_misled(with_it, security)
    believed = household(LEFT, PHONE, replace(false, changed=False))
    others = float(np.median(security.others(believed.draft)))
    assert harm is not None
    assert harm.claims == ("home",)
    assert harm.others == pytest.approx(expected_bystanders(others, security.adversary.capacity), rel=0.02)
    assert measure_misled(without, security) is None


def test_a_changed_claim_may_contradict_what_is_true():
    """Saying another town than an earlier release is no contradiction where it was changed on purpose."""
    home = household(LEFT, claim("home", MUSAN), replace(claim("home", SINUIJU, changed=True), id=ClaimId("home2")))
    assert [c.claim for c in home.changed] == ["home2"]
    assert [c.claim for c in home.draft] == ["status", "home"]
