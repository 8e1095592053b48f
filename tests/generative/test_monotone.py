"""What must hold whatever is said: saying less protects, more releases expose, order means nothing."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import numpy as np
import pytest
import toy_worlds as toys
from hypothesis import given, settings
from hypothesis import strategies as st

from bearwitness.disclosure.crowd import Constraint, Crowd
from bearwitness.disclosure.crowd_risk import LinkedCrowd, risk_of
from bearwitness.disclosure.frames import Frame, Frames
from bearwitness.disclosure.jigsaw import gather_households
from bearwitness.disclosure.ladders import Ladders
from bearwitness.disclosure.measure import measure_household
from bearwitness.disclosure.tables import Interval
from bearwitness.errors import ClaimError
from bearwitness.model.claims import HouseholdId
from bearwitness.model.publication import Ledger, LedgerEntry, LedgerPersona, Policy
from bearwitness.release.ledger import ledger_head

SEEDS = st.integers(0, 2**32 - 1)
EVERYTHING = tuple(toys.VALUES)


def measured(claims, crowd, ledger=None, policy=None):
    """The risk of the one household of a test, or None where the claims fit nobody."""
    policy = policy or Policy()
    try:
        household, = gather_households([toys.persona()], claims, ledger or Ledger(), policy)
        return measure_household(household, crowd, policy)
    except ClaimError:
        return None


def release(name, claims, **more):
    """An earlier release about the household of the test."""
    shown = LedgerPersona(id=f"{name}-p", household=HouseholdId("h1"), claims=claims, **more)
    return LedgerEntry(id=name, outlet="paper", published=date(2023, 1, 1), title="", personas=(shown,))


def random_ledger(rng, draft, count):
    """Earlier releases whose claims one household can fit together with the draft's."""
    said, entries = list(draft), []
    for i in range(count):
        claims = toys.random_claims(rng, EVERYTHING, most=2, prefix=f"r{i}-", like=said)
        said += claims
        entries.append(release(f"r{i}", claims))
    return entries


def no_worse(less, more):
    """Less was said in the first than in the second."""
    for a, b in ((less.alone, more.alone), (less.joined, more.joined)):
        assert a.candidates >= b.candidates * (1 - 1e-9)
        assert a.risk <= b.risk * (1 + 1e-9)
        assert a.upper <= b.upper * (1 + 1e-9)


@settings(max_examples=150, deadline=None)
@given(SEEDS)
def test_leaving_a_claim_out_never_raises_a_risk(seed):
    """For any claim of any draft, alone and joined."""
    rng = np.random.default_rng(seed)
    crowd = Crowd(toys.toy_frames(rng, draws=80), toys.adversary(int(rng.integers(1, 30))))
    claims = toys.random_claims(rng, EVERYTHING)
    ledger = Ledger(entries=tuple(random_ledger(rng, claims, 2)))
    whole = measured(claims, crowd, ledger)
    if whole is None:
        return
    for i in range(len(claims)):
        less = measured((*claims[:i], *claims[i + 1 :]), crowd, ledger)
        assert less is not None
        no_worse(less, whole)


@settings(max_examples=150, deadline=None)
@given(SEEDS)
def test_a_vaguer_wording_never_raises_a_risk(seed):
    """For any rung of any claim's ladder."""
    rng = np.random.default_rng(seed)
    crowd = Crowd(toys.toy_frames(rng, draws=80), toys.adversary(int(rng.integers(1, 30))))
    ladders = Ladders(regions={"north": frozenset({"north", "south"})}, acts=frozenset(toys.ACTS))
    claims = toys.random_claims(rng, EVERYTHING)
    before = measured(claims, crowd)
    if before is None:
        return
    i = int(rng.integers(len(claims)))
    for rung in ladders.of(claims[i])[1:]:
        wider = [] if rung.values is None else [replace(claims[i], values=rung.values)]
        after = measured((*claims[:i], *wider, *claims[i + 1 :]), crowd)
        assert after is not None
        no_worse(after, before)
        before = after


@settings(max_examples=150, deadline=None)
@given(SEEDS, st.sampled_from([1.0, 0.5, 0.1]))
def test_a_further_release_never_lowers_the_joined_risk(seed, link):
    """Whatever the link probability and whatever was published before; joined is never below alone."""
    rng = np.random.default_rng(seed)
    crowd = Crowd(toys.toy_frames(rng, draws=80), toys.adversary(int(rng.integers(1, 30))))
    claims = toys.random_claims(rng, EVERYTHING, most=3)
    entries = random_ledger(rng, claims, 3)
    policy = Policy(link=link)
    risks = [measured(claims, crowd, Ledger(entries=tuple(entries[:n])), policy) for n in range(4)]
    for fewer, more in pairwise(risks):
        if fewer is None or more is None:
            continue
        assert more.joined.upper >= fewer.joined.upper * (1 - 1e-9)
        assert more.joined.risk >= fewer.joined.risk * (1 - 1e-9)
        assert more.joined.candidates <= fewer.joined.candidates * (1 + 1e-9)
        assert more.joined.upper >= more.alone.upper * (1 - 1e-9)


@settings(max_examples=80, deadline=None)
@given(SEEDS, st.sampled_from([1.0, 0.4]))
def test_the_order_of_releases_does_not_matter(seed, link):
    """Any order of the ledger gives the same risks, the same costliest release and the same head."""
    rng = np.random.default_rng(seed)
    crowd = Crowd(toys.toy_frames(rng, draws=80), toys.adversary(3))
    claims = toys.random_claims(rng, EVERYTHING, most=2)
    entries = random_ledger(rng, claims, 4)
    shuffled = [entries[i] for i in rng.permutation(len(entries))]
    policy = Policy(link=link)
    one, other = (measured(claims, crowd, Ledger(entries=tuple(e)), policy) for e in (entries, shuffled))
    assert (one is None) == (other is None)
    if one and other:
        assert one.joined.upper == pytest.approx(other.joined.upper, rel=1e-12)
        assert one.costliest_release == other.costliest_release
    assert ledger_head(Ledger(entries=tuple(entries))) == ledger_head(Ledger(entries=tuple(shuffled)))


def test_the_head_moves_with_any_entry():
    """A changed, added or removed entry is another ledger."""
    claims = (toys.claim("sex", toys.VALUES["sex"][0]),)
    one, two = release("r1", claims), release("r2", claims)
    heads = {
        ledger_head(Ledger(entries=e)) for e in ((), (one,), (two,), (one, two), (replace(one, title="other"), two))
    }
    assert len(heads) == 5


def test_a_link_is_weighed_by_outcomes_not_by_an_average_crowd():
    """Half a chance that somebody alone is linked is half a chance of being found, not a crowd half as large."""
    alone, crowd = np.zeros(40), np.full(40, 1e6)
    assert risk_of((LinkedCrowd(0.5, alone), LinkedCrowd(0.5, crowd)), 1).upper == pytest.approx(0.5, rel=1e-5)


def test_releases_are_linked_for_certain_by_a_name_an_image_or_a_quotation():
    """A shared pseudonym in one outlet, a shared image, a quotation printed again: the link is certain."""
    rng = np.random.default_rng(3)
    claims = (toys.claim("sex", toys.VALUES["sex"][0]),)
    more = (toys.claim("home", toys.VALUES["home"][0], "r"),)
    policy = Policy(link=0.1, outlet="paper", images=frozenset({"img-1"}))
    for shown in ({"label": "p1"}, {"images": frozenset({"img-1"})}, {"quotations": frozenset({"we were told"})}):
        ledger = Ledger(entries=(release("r1", more, **shown),))
        household, = gather_households([toys.persona()], claims, ledger, policy, "so we were told again")
        assert household.releases[0].bound == 1.0
    household, = gather_households([toys.persona()], claims, Ledger(entries=(release("r1", more),)), policy, "x")
    assert household.releases[0].bound == 0.1
    assert rng is not None


def test_claims_that_contradict_each_other_are_an_error():
    """A draft and an earlier release that cannot both be true of one household never count as safe."""
    one = (toys.claim("home", toys.VALUES["home"][0], "c1"),)
    other = Ledger(entries=(release("r1", (toys.claim("home", toys.VALUES["home"][3], "c2"),)),))
    with pytest.raises(ClaimError, match=r"c1.*r1/c2"):
        gather_households([toys.persona()], one, other, Policy())


def test_a_relative_is_one_of_the_residents_with_their_own_tables():
    """Sex and age of a relative are asked of the residents, where they may hang together otherwise or not at all."""
    rng = np.random.default_rng(5)
    frames = toys.toy_frames(rng, draws=40)
    residents = frames.at(0)
    birth = Interval(residents.tables["birth"].edges, residents.tables["birth"].shares[:, 0, :])
    apart = Frame(residents.id, 0, residents.size, {**residents.tables, "birth": birth})
    crowd = Crowd(Frames((apart, frames.at(1), frames.at(2))), toys.adversary())
    sex, born = toys.VALUES["sex"][0], toys.VALUES["birth"][1]
    said = [Constraint("sex", "brother", sex, 1.0, "c1"), Constraint("birth", "brother", born, 1.0, "c2")]
    expected = apart.tables["sex"].probability([sex]) * birth.probability([born])
    act = Constraint("act", "", toys.VALUES["act"][0], 1.0, "c3")
    assert crowd.others([*said, act]) == pytest.approx(crowd.others([act]) * expected)
