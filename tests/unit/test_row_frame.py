"""Frames of rows: what goes together stays together, and a sample never says that nobody else fits."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
import toy_worlds as toys
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import beta
from toy_rows import COLUMNS, random_rows, spec

from bearwitness.disclosure.crowd import Crowd, constrain
from bearwitness.disclosure.decisions import Decision
from bearwitness.disclosure.demands import CrowdDemand
from bearwitness.disclosure.frames import Frames
from bearwitness.disclosure.generalise import least_change
from bearwitness.disclosure.jigsaw import gather_households
from bearwitness.disclosure.ladders import Ladders, join_ladders
from bearwitness.disclosure.measure import measure_household
from bearwitness.disclosure.row_frame import put_rows
from bearwitness.errors import ClaimError, FrameError
from bearwitness.model.publication import Ledger, Policy
from bearwitness.model.values import Codes, Days, Paths

SEEDS = st.integers(0, 2**32 - 1)
SAID = ("home", "surname", "sex", "birth", "trait", "kin")


def with_rows(rng, rows, *, draws=40, level="residents", **more):
    """Toy frames with rows in the place of a level's tables."""
    return put_rows(toys.toy_frames(rng, draws=draws), spec(rows, level, **more), rng)


def weight_of(rows, i, attribute, values):
    """How far one row fits one claim, written without the engine."""
    codes = rows[attribute]
    if attribute in ("trait", "kin"):
        names = COLUMNS[attribute]["values"]
        return float(any(codes[j, i] for j, name in enumerate(names) if name in values.codes))
    if isinstance(values, Days):
        first = toys.DAY0 + 2 * int(codes[i])
        return sum(any(a <= day <= b for a, b in values.spans) for day in (first, first + 1)) / 2
    name = COLUMNS[attribute]["values"][codes[i]]
    if isinstance(values, Codes):
        return float(name in values.codes)
    if any(name == p or name.startswith(p + "/") for p in values.paths):
        return 1.0
    return 0.1 * sum(p.startswith(name + "/") for p in values.paths)


def rows_that_fit(rows, claims):
    """The rows that fit all claims, each counted as far as it fits."""
    count = len(rows["sex"])
    return sum(np.prod([weight_of(rows, i, c.attribute, c.values) for c in claims]) for i in range(count))


@settings(max_examples=25, deadline=None)
@given(SEEDS)
def test_every_household_as_a_row_is_counted_exactly(seed):
    """Where rows are the whole population the crowd is the rows that fit, however attributes go together."""
    rng = np.random.default_rng(seed)
    rows = random_rows(rng)
    frames = with_rows(rng, rows, every_household=True)
    crowd = Crowd(frames, toys.adversary())
    claims = toys.random_claims(rng, SAID)
    constraints = [constrain(c, about="left", lag_share=1.0) for c in claims]
    found = crowd.in_frame(0, constraints)
    assert found == pytest.approx(399 * rows_that_fit(rows, claims) / 400, rel=1e-9, abs=1e-12)


def test_what_goes_together_is_not_multiplied_out():
    """Of two attributes that always go together the second excludes nobody; two that never do fit nobody."""
    sex = np.repeat(np.array([0, 1], dtype=np.uint8), 200)
    rng = np.random.default_rng(1)
    frames = with_rows(rng, {"sex": sex, "home": sex * np.uint8(2)}, every_household=True)
    crowd = Crowd(frames, toys.adversary())
    south, woman = Paths(frozenset({"south"})), Codes(frozenset({"female"}))
    man = toys.claim("sex", Codes(frozenset({"male"})))
    from_south = toys.claim("home", south, "c2")
    both = [constrain(c, about="left", lag_share=1.0) for c in (man, from_south)]
    assert crowd.in_frame(0, both) == pytest.approx(399 * 0.5)
    never = [constrain(c, about="left", lag_share=1.0) for c in (toys.claim("sex", woman), from_south)]
    with pytest.raises(ClaimError, match="together"):
        Crowd(Frames((frames.at(0),) * 3), toys.adversary()).count(0, never)


@settings(max_examples=20, deadline=None)
@given(SEEDS, st.floats(0.05, 0.95), st.floats(0.05, 0.95))
def test_partly_believed_claims_keep_rows_in_part(seed, one, other):
    """A row that violates claims stays with 1 - trust per attribute, the smallest where they are about one."""
    rng = np.random.default_rng(seed)
    rows = random_rows(rng, 120)
    crowd = Crowd(with_rows(rng, rows, every_household=True), toys.adversary())
    male, mother, phone = (Codes(frozenset({c})) for c in ("male", "mother", "phone"))
    said = [
        replace(toys.claim("sex", male, "c1"), trust=one),
        replace(toys.claim("trait", phone, "c2"), trust=other),
        replace(toys.claim("trait", Codes(frozenset({"broker"})), "c3"), trust=one),
        toys.claim("kin", mother, "c4"),
    ]
    expected = 0.0
    for i in range(120):
        left = {}
        for c in said:
            fits = weight_of(rows, i, c.attribute, c.values)
            left[c.attribute] = min(left.get(c.attribute, 1.0), 1.0 if fits else 1.0 - c.trust)
        expected += np.prod(list(left.values()))
    found = crowd.in_frame(0, [constrain(c, about="left", lag_share=1.0) for c in said])
    assert found == pytest.approx(119 * expected / 120, rel=1e-9, abs=1e-12)


def test_a_sample_says_what_jeffreys_prior_says():
    """The share's draws are those of Beta(k + 1/2, n - k + 1/2): its mean, its spread, and never nobody."""
    rng = np.random.default_rng(3)
    home = np.repeat(np.array([0, 1, 2], dtype=np.uint8), [300, 97, 3])
    frames = with_rows(rng, {"home": home}, draws=4000)
    for place, k in (("north/a", 300), ("south/c", 3), ("south/d", 0)):
        found = frames.at(0).factor((("home", (Paths(frozenset({place})),)),))
        law = beta(k + 0.5, 400 - k + 0.5)
        assert found.mean() == pytest.approx(law.mean(), rel=0.08)
        for level in (0.05, 0.5, 0.95):
            assert law.cdf(np.quantile(found, level)) == pytest.approx(level, abs=0.02)
        assert found.min() > 0.0
    # A code that no column has, where nothing is left over for it, is an error of the claim and not a small crowd.
    assert not frames.at(0).factor((("home", (Paths(frozenset({"west"})),)),)).any()


def test_of_a_public_sample_one_row_may_be_the_household_itself():
    """One row of those that fit is taken off, and none where no row fits."""
    rows = {"home": np.repeat(np.array([0, 1, 2], dtype=np.uint8), [300, 90, 10])}
    draws = {}
    for kind in ("synthetic", "public sample"):
        frames = put_rows(
            toys.toy_frames(np.random.default_rng(4), draws=3000),
            spec(rows, rows_are=kind, stands_for=9000), np.random.default_rng(5),
        )  # fmt: skip
        draws[kind] = [frames.at(0).factor((("home", (Paths(frozenset({p})),)),)) for p in ("south/c", "south/d")]
    assert draws["synthetic"][0].mean() == pytest.approx(10.5 / 401, rel=0.05)
    assert draws["public sample"][0].mean() == pytest.approx(9.5 / 400, rel=0.05)
    assert (draws["public sample"][0] < draws["synthetic"][0]).all()
    assert np.array_equal(draws["public sample"][1], draws["synthetic"][1])


def test_rows_that_fit_in_part_count_for_that_part():
    """Half a bin of ten rows is five, of no row half the prior; another, empty bin takes nothing off a sample."""
    birth = np.repeat(np.array([0, 1, 3], dtype=np.uint8), [10, 190, 200])
    first, second, empty = ((toys.DAY0 + d, toys.DAY0 + d) for d in (0, 2, 4))
    drawn = {}
    for kind in ("synthetic", "public sample"):
        frames = put_rows(
            toys.toy_frames(np.random.default_rng(4), draws=4000),
            spec({"birth": birth}, rows_are=kind, stands_for=9000), np.random.default_rng(5),
        )  # fmt: skip
        for days in ((first,), (empty,), (first, second), (first, (empty[0], empty[0] + 1))):
            drawn[kind, days] = np.quantile(frames.at(0).factor((("birth", (Days(days),)),)), (0.05, 0.5, 0.95))
    whole = (first, (empty[0], empty[0] + 1))
    for case, law in {
        ("synthetic", (first,)): beta(5.25, 395.5),
        ("synthetic", (empty,)): beta(0.25, 400.5),
        ("synthetic", (first, second)): beta(100.25, 300.5),
        ("public sample", (first,)): beta(4.75, 395.0),
        ("public sample", whole): beta(5.0, 395.0),
    }.items():
        assert law.cdf(drawn[case]) == pytest.approx((0.05, 0.5, 0.95), abs=0.025)
    assert (drawn["public sample", whole] >= drawn["public sample", (first,)]).all()


def test_the_bounds_hold_the_true_share_as_often_as_they_say():
    """Over many samples from one population the middle 90 % of the draws hold the true share in about 90 %."""
    rng = np.random.default_rng(6)
    inside, tries = 0, 300
    wanted = (("sex", (Codes(frozenset({"male"})),)), ("surname", (Codes(frozenset({"김"})),)))
    for _ in range(tries):
        share = rng.uniform(0.01, 0.3)
        fits = rng.random(200) < share
        rows = {"sex": fits.astype(np.uint8), "surname": np.where(fits, 0, 1).astype(np.uint8)}
        draws = with_rows(rng, rows, draws=300).at(0).factor(wanted)
        inside += np.quantile(draws, 0.05) <= share <= np.quantile(draws, 0.95)
    assert 0.85 <= inside / tries <= 0.95


@settings(max_examples=25, deadline=None)
@given(SEEDS, st.sampled_from(("synthetic", "public sample")))
def test_more_that_is_allowed_never_makes_a_crowd_smaller(seed, kind):
    """In every draw, for every claim left out or said less exactly, also where rows fit in part."""
    rng = np.random.default_rng(seed)
    rows = random_rows(rng, 150, {a: COLUMNS[a] for a in ("home", "sex", "birth", "trait")})
    rows["home"][:20] = np.repeat(np.arange(4, dtype=np.uint8), 5)
    try:
        frames = with_rows(rng, rows, rows_are=kind, stands_for=90_000)
    except FrameError:
        return
    ladders = Ladders(regions={"north": frozenset({"north", "south"})}, acts=frozenset(toys.ACTS))
    claims = toys.random_claims(rng, ("home", "sex", "birth", "trait"), most=4)
    exact = Paths(frozenset({"north/a/one"}))
    claims = tuple(replace(c, values=exact) if c.attribute == "home" and rng.random() < 0.5 else c for c in claims)

    def share(said):
        block = {}
        for c in said:
            block.setdefault(c.attribute, []).append(c.values)
        return frames.at(0).factor(tuple((a, tuple(v)) for a, v in sorted(block.items())))

    before = share(claims)
    for i, c in enumerate(claims):
        less = share((*claims[:i], *claims[i + 1 :]))
        assert (less >= before * (1 - 1e-9)).all()
        narrower = before
        for rung in ladders.of(c)[1:]:
            if rung.values is not None:
                wider = share((*claims[:i], replace(c, values=rung.values), *claims[i + 1 :]))
                assert (wider >= narrower * (1 - 1e-9)).all()
                narrower = wider


def test_the_acts_and_relatives_of_a_household_are_not_one_variable():
    """Two acts of two days do not contradict, nor do the homes of two persons; the household's own are one block."""
    rng = np.random.default_rng(8)
    crowd = Crowd(with_rows(rng, random_rows(rng)), toys.adversary())
    home = [Paths(frozenset({p})) for p in ("north/a", "south/c")]
    said = [
        constrain(toys.claim("home", home[0], "c1"), about="left", lag_share=1.0),
        constrain(toys.claim("sex", Codes(frozenset({"male"})), "c2"), about="left", lag_share=1.0),
        constrain(toys.claim("trait", Codes(frozenset({"phone"})), "c3"), about="left", lag_share=1.0),
        constrain(toys.claim("home", home[1], "c4"), about="brother", lag_share=1.0),
        constrain(toys.claim("birth", Days(((toys.DAY0, toys.DAY0 + 1),)), "c5"), about="brother", lag_share=1.0),
        constrain(toys.claim("departure", Days(((toys.DAY0, toys.DAY0 + 3),)), "c6"), about="left", lag_share=1.0),
    ]
    blocks = crowd.blocks(1, said)
    assert {k: [c.claim for c in b] for k, b in crowd.blocks(0, said[:5]).items()} == {
        ("(rows)", ""): ["c1", "c2", "c3"], ("(rows)", "brother"): ["c4", "c5"]
    }  # fmt: skip
    # The frame of those who left has tables: theirs are multiplied, the brother who stayed is a row of the residents.
    assert ("(rows)", "brother") in blocks
    assert ("(rows)", "") not in blocks
    assert crowd.in_frame(1, said).min() > 0.0


def problem(rng):
    """Decisions about one household before an adversary with rows at random levels, and the household."""
    frames = toys.toy_frames(rng)
    for level in rng.permutation(["residents", "left", "acted"])[: rng.integers(1, 4)]:
        chosen = {a: COLUMNS[a] for a in rng.permutation(list(COLUMNS))[: rng.integers(2, 7)]}
        frames = put_rows(frames, spec(random_rows(rng, 200, chosen), str(level)), rng)
    crowd = Crowd(frames, toys.adversary(int(rng.integers(1, 40))))
    claims = toys.random_claims(rng, ("home", "surname", "birth", "trait", "kin", "act", "act_date", "status"), most=4)
    household, = gather_households([toys.persona()], claims, Ledger(), Policy())
    ladders = Ladders(regions={"north": frozenset({"north", "south"})}, acts=frozenset(toys.ACTS))
    decisions = []
    for c in claims:
        rungs = ladders.of(c)
        costs = np.concatenate([[0.0], np.cumsum(rng.uniform(0.1, 3.0, len(rungs) - 1))])
        decisions.append(Decision(claims=(c.id,), rungs=join_ladders([rungs], [list(costs)])))
    return decisions, household, crowd, Policy(threshold=float(rng.choice([0.02, 0.1, 0.3])))


def test_the_least_change_over_rows_is_that_of_trying_everything():
    """With rows at any level the search's optimum is the cheapest safe choice, and asks what the measure reports."""
    rng = np.random.default_rng(9)
    changed = 0
    for _ in range(40):
        decisions, household, crowd, policy = problem(rng)
        demand = CrowdDemand(household, crowd, policy, decisions)
        own = (0,) * len(decisions)
        reported = measure_household(household, crowd, policy).joined.upper
        assert demand.upper(own) == pytest.approx(reported, rel=1e-6)
        found = least_change(decisions, [demand])
        safe = [
            sum(d.rungs[r].cost for d, r in zip(decisions, choice, strict=True))
            for choice in product(*(range(len(d.rungs)) for d in decisions))
            if demand.missing(choice, 0).exact <= 0
        ]
        assert found.possible == bool(safe)
        if safe:
            assert found.cost == pytest.approx(min(safe), abs=1e-9)
            changed += found.cost > 0
    assert changed > 10


def test_an_inner_frame_does_not_outgrow_rows():
    """Rows that are every household bound the frames within theirs, and are bounded by the frame around it."""
    rng = np.random.default_rng(10)
    frames = with_rows(rng, random_rows(rng), every_household=True)
    assert (frames.at(0).size == 400.0).all()
    assert (frames.at(1).size <= frames.at(0).size).all()
    assert (frames.at(2).size <= frames.at(1).size).all()


def test_an_attribute_that_neither_rows_nor_tables_have_is_an_error():
    """Nothing is assumed of what the frame does not know; a claim of another kind is refused too."""
    frames = with_rows(np.random.default_rng(11), random_rows(np.random.default_rng(11)))
    with pytest.raises(FrameError, match="no table for route"):
        frames.at(0).block_of("route", "left")
    with pytest.raises(FrameError, match="birth"):
        frames.at(0).factor((("birth", (Codes(frozenset({"1960"})),)),))
