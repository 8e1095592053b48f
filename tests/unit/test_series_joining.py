"""Several drafts joined: names that no two share, what is sure and what is open, the plan against brute force."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
import toy_worlds as toys
from hypothesis import given, settings
from hypothesis import strategies as st

from bearwitness.disclosure import series
from bearwitness.disclosure.crowd import Crowd
from bearwitness.disclosure.demands import CrowdDemand
from bearwitness.disclosure.jigsaw import gather_households, index_ledger
from bearwitness.disclosure.ladders import Ladders
from bearwitness.disclosure.measure import measure_household
from bearwitness.disclosure.plan import decide_on, plan_changes
from bearwitness.disclosure.series import extend_suspicion, gather_series, origins, place_in_series
from bearwitness.disclosure.series_plan import plan_series_changes
from bearwitness.errors import ClaimError, UsageError
from bearwitness.model.claims import Claim, HouseholdId, Persona, Reading, Span
from bearwitness.model.publication import Ledger, Policy
from bearwitness.model.records import Act, Case, Household, Person
from bearwitness.model.values import Codes, Days, Paths

NO_LEDGER = index_ledger(Ledger())
CASE = Case(
    id="c", households=(Household(id="h1"), Household(id="h2")),
    persons=(Person(id="one", household="h1"), Person(id="two", household="h2"), Person(id="alone", household=None)),
    acts=(Act(id="raid-1", kind="raid", household="h1"),),
)  # fmt: skip
SEX = {s: Codes(frozenset({s})) for s in ("female", "male")}


def persona(id, household, person=None, alternative="", **more):
    return Persona(
        id=id, label=more.pop("label", id), household=HouseholdId(household), person=person, alternative=alternative,
        **more,
    )  # fmt: skip


def claim(id, persona, attribute, values, about="", spans=()):
    return Claim(id=id, persona=persona, attribute=attribute, values=values, says="", spans=spans, origin="pattern",
                 about=about)  # fmt: skip


def reading(personas, claims, language="en"):
    return Reading(language=language, personas=tuple(personas), claims=tuple(claims), unresolved=())


def placed(*readings, case=CASE):
    return [place_in_series(r, n, 0, case) for n, r in enumerate(readings, 1)]


def test_what_the_record_has_keeps_its_name_and_the_rest_gets_the_drafts():
    """Households, persons and acts of the record are the same in every draft; all else is of one draft only."""
    days = Days(((738000, 738010),))
    said = reading(
        [
            persona("p1", "h1", "one"), persona("p2", "cold-1"), persona("p3", "cold-2", "alone"),
            persona("p4", "cold-3", stands_as="relative"),
        ],
        [
            claim("c1", "p1", "act_date", days, "raid-1"), claim("c2", "p1", "act_date", days, "act1"),
            claim("c3", "p1", "home", Paths(frozenset({"north"})), "younger_brother"),
            claim("c4", "p4", "sex", SEX["male"], "p4"), claim("c5", "p2", "act_date", days, "raid-1"),
            claim("c6", "p1", "sex", SEX["male"], "two"), claim("c7", "p1", "act_date", days),
        ],
    )  # fmt: skip
    first, second = placed(said, said)
    homes = [p.household for p in first.personas]
    assert homes == ["h1", "draft-1/cold-1", "of-alone", "draft-1/cold-3"]
    assert [p.household for p in second.personas] == ["h1", "draft-2/cold-1", "of-alone", "draft-2/cold-3"]
    assert [c.about for c in first.claims] == [
        "raid-1", "draft-1/act1", "younger_brother", "draft-1/p4", "draft-1/raid-1", "two", "draft-1/act",
    ]  # fmt: skip
    ids = [x.id for r in (first, second) for x in (*r.personas, *r.claims)]
    assert len(ids) == len(set(ids))
    assert origins({1: said, 2: said})["draft-2/c3"] == (2, "c3")


def test_passages_are_moved_to_where_the_draft_stands_in_the_series():
    """Mentions, names, claims and open passages are found in the text of all drafts."""
    one, two = "Ahn left.", "Ahn is here. Ahn stays."
    span = Span(start=0, end=3, quote="Ahn")
    said = reading([replace(persona("p1", "h1", "one"), mentions=(span,), names=(span,))],
                   [claim("c1", "p1", "sex", SEX["male"], spans=(span,))])  # fmt: skip
    moved = place_in_series(said, 2, len(one) + 2, CASE)
    text = f"{one}\n\n{two}"
    for found in (*moved.personas[0].mentions, *moved.personas[0].names, *moved.claims[0].spans):
        assert text[found.start : found.end] == "Ahn"
        assert found.start >= len(one)


def test_claims_of_all_drafts_are_joined_and_unrecorded_people_are_not():
    """A recorded household has the claims of every draft; two drafts' strangers stay two households."""
    first = reading([persona("p1", "h1", "one"), persona("p2", "cold-1")],
                    [claim("c1", "p1", "sex", SEX["male"]), claim("c2", "p2", "sex", SEX["male"])])  # fmt: skip
    second = reading([persona("p1", "cold-1"), persona("p2", "h1", "one")],
                     [claim("c1", "p1", "sex", SEX["female"]), claim("c2", "p2", "trait", Codes(frozenset({"phone"})))])
    found = {h.id: {c.id for c in h.claims} for h in gather_series(placed(first, second), NO_LEDGER, Policy())}
    assert found == {
        "h1": {"draft-1/c1", "draft-2/c2"}, "draft-1/cold-1": {"draft-1/c2"}, "draft-2/cold-1": {"draft-2/c1"},
    }  # fmt: skip
    assert all(c.about == "left" for h in gather_series(placed(first, second), NO_LEDGER, Policy()) for c in h.draft)


def test_what_contradicts_between_drafts_names_both():
    """One household cannot be all that two drafts say of it: an error, not two households."""
    both = [reading([persona("p1", "h1", "one")], [claim("c1", "p1", "sex", s)]) for s in SEX.values()]
    with pytest.raises(ClaimError, match=r"draft-1/c1 and draft-2/c1"):
        gather_series(placed(*both), NO_LEDGER, Policy())


def open_draft(*sexes, homes=("h1", "h2")):
    """A draft with one open person per sex given, each possibly of every home."""
    personas, claims = [], []
    for n, sex in enumerate(sexes):
        for home in homes:
            name = f"p{len(personas) + 1}"
            personas.append(persona(name, home, {"h1": "one", "h2": "two"}[home], f"key{n}"))
            claims.append(claim(f"c{len(claims) + 1}", name, "sex", SEX[sex]))
    return reading(personas, claims)


def chosen(households, home):
    """Per household of a home, the drafts and persons taken into it."""
    return sorted(sorted(str(c.id) for c in h.claims) for h in households if h.id == home)


def test_every_choice_of_one_open_person_a_draft_counts():
    """Where two drafts leave open who is meant, each choice is joined with each of the other draft."""
    found = gather_series(placed(open_draft("male", "male"), open_draft("male")), NO_LEDGER, Policy())
    assert chosen(found, "h1") == [["draft-1/c1", "draft-2/c1"], ["draft-1/c3", "draft-2/c1"]]


def test_choices_that_contradict_are_made_smaller():
    """Of persons who cannot both be of a household each counts by itself, with all who can be of it too."""
    found = gather_series(
        placed(open_draft("male"), open_draft("female"), open_draft("male")), NO_LEDGER, Policy()
    )
    assert chosen(found, "h1") == [["draft-1/c1", "draft-3/c1"], ["draft-2/c1"]]


def test_whoever_fits_none_of_their_households_is_an_error():
    """An open person whom what is sure contradicts everywhere was not read rightly."""
    sure = reading([persona("p1", "h1", "one"), persona("p2", "h2", "two")],
                   [claim("c1", "p1", "sex", SEX["male"]), claim("c2", "p2", "sex", SEX["male"])])  # fmt: skip
    with pytest.raises(ClaimError, match="draft-1"):
        gather_series(placed(sure, open_draft("female")), NO_LEDGER, Policy())


def brute_choices(drafts, home):
    """All largest consistent choices by trying each: at most one open person a draft, of one sex."""
    options = [[None, *(c for c in d.claims if home_of(d, c) == home)] for d in drafts]
    sets = []
    for choice in product(*options):
        taken = [(n, c) for n, c in enumerate(choice, 1) if c is not None]
        if taken and len({c.values for _, c in taken}) == 1:
            sets.append(frozenset(f"draft-{n}/{c.id}" for n, c in taken))
    return sorted(sorted(s) for s in set(sets) if not any(s < other for other in sets))


def home_of(draft, claim):
    return next(p.household for p in draft.personas if p.id == claim.persona)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.sampled_from(["male", "female"]), min_size=0, max_size=3), min_size=1, max_size=4))
def test_the_choices_are_the_largest_that_can_be_true(sexes):
    """The households found are those of trying every choice, whatever the drafts leave open."""
    drafts = [open_draft(*s) for s in sexes]
    found = gather_series(placed(*drafts), NO_LEDGER, Policy())
    assert chosen(found, "h1") == brute_choices(drafts, "h1")


def test_with_too_many_choices_all_open_persons_are_taken_together(monkeypatch):
    """The bound that replaces too many choices holds more claims than any of them; past another limit it is refused."""
    drafts = placed(open_draft("male", "male"), open_draft("male", "female"))
    monkeypatch.setattr(series, "MOST_CHOSEN", 3)
    found = gather_series(drafts, NO_LEDGER, Policy())
    every = [["draft-1/c1", "draft-1/c3", "draft-2/c1"], ["draft-1/c1", "draft-1/c3"], ["draft-2/c3"]]
    assert chosen(found, "h1")[0] == every[0]
    assert all(any(set(c) <= set(h) for h in chosen(found, "h1")) for c in (every[1], every[2]))
    monkeypatch.setattr(series, "MOST_TRIED", 2)
    with pytest.raises(UsageError, match="household h1"):
        gather_series(drafts, NO_LEDGER, Policy())


def test_one_draft_is_gathered_as_by_itself():
    """The households of a series of one draft are those of the draft, but for their names."""
    draft = open_draft("male", "female")
    alone = gather_households(draft.personas, draft.claims, Ledger(), Policy())
    found = gather_series(placed(draft), NO_LEDGER, Policy())
    assert [(h.id, [f"draft-1/{c.id}" for c in h.claims]) for h in alone] == [
        (h.id, [str(c.id) for c in h.claims]) for h in found
    ]


def test_a_suspicion_follows_a_household_to_its_name_in_the_series():
    """Of two names for one household the higher odds count."""
    draft = reading([persona("p1", "h1", "one"), persona("p2", "cold-1")], [])
    policy = Policy(suspicion={"h1": 3.0, "cold-1": 2.0})
    (moved,) = placed(draft)
    found = extend_suspicion(policy, draft.personas, moved.personas).suspicion
    assert (found["h1"], found["draft-1/cold-1"]) == (3.0, 2.0)


def toy_series(rng, drafts):
    """Drafts of one toy family, some of whose claims repeat or widen those of another draft."""
    frames = toys.toy_frames(rng)
    crowds = [Crowd(frames, toys.adversary(int(rng.integers(1, 30)))),
              Crowd(frames, toys.adversary(2, checks=("home", "sex", "kin", "status"), name="informant"))]  # fmt: skip
    known = toys.random_claims(rng, ("home", "surname", "birth", "trait", "act", "status"), most=3)
    readings = []
    for _ in range(drafts):
        own = [c for c in known if rng.random() < 0.7] or list(known[:1])
        readings.append(reading(
            [persona("p1", "h1", "one")],
            [replace(c, id=f"c{i}", persona="p1", values=_perhaps_wider(rng, c)) for i, c in enumerate(own)],
        ))  # fmt: skip
    policy = Policy(threshold=float(rng.choice([0.02, 0.1, 0.3])), keep=frozenset())
    ladders = Ladders(regions={"north": frozenset({"north", "south"})}, acts=frozenset(toys.ACTS))
    moved = placed(*readings)
    return gather_series(moved, NO_LEDGER, policy), crowds, policy, ladders, [[c.id] for r in moved for c in r.claims]


def _perhaps_wider(rng, claim):
    if isinstance(claim.values, Paths) and rng.random() < 0.5:
        return Paths(frozenset(p.split("/")[0] for p in claim.values.paths))
    return claim.values


def test_the_plan_of_toy_series_equals_trying_everything():
    """Merged decisions cost what the cheapest of all safe choices over all drafts costs, and are safe where it says."""
    rng = np.random.default_rng(41)
    changed = 0
    for _ in range(25):
        try:
            households, crowds, policy, ladders, bundles = toy_series(rng, int(rng.integers(1, 4)))
        except ClaimError:
            continue
        plan = plan_series_changes(households, crowds, policy, ladders, bundles)
        decisions = decide_on(households, crowds, policy, ladders, bundles)
        assert plan.decisions == decisions
        if np.prod([len(d.rungs) for d in decisions]) > 4000:
            continue
        demands = [CrowdDemand(h, c, policy, decisions) for h in households for c in crowds]
        costs = [
            sum(d.rungs[r].cost for d, r in zip(decisions, choice, strict=True))
            for choice in product(*(range(len(d.rungs)) for d in decisions))
            if all(d.is_met(choice) for d in demands)
        ]
        assert plan.solution.possible == bool(costs)
        if costs:
            assert plan.solution.cost == pytest.approx(min(costs), abs=1e-9)
            chosen_cost = sum(d.rungs[r].cost for d, r in zip(decisions, plan.solution.choice, strict=True))
            assert chosen_cost == pytest.approx(plan.solution.cost, abs=1e-9)
            for _, choice in ((0, plan.solution.choice), *plan.solution.alternatives):
                assert all(d.is_met(choice) for d in plan.demands)
            changed += plan.solution.cost > 0
    assert changed >= 8


def test_the_plan_of_a_series_costs_what_planning_it_unmerged_costs():
    """What is said twice is one decision, and neither cost nor proof change by it."""
    rng = np.random.default_rng(42)
    fewer = 0
    for _ in range(15):
        try:
            given_ = toy_series(rng, 3)
        except ClaimError:
            continue
        merged, plain = plan_series_changes(*given_), plan_changes(*given_)
        assert merged.solution.possible == plain.solution.possible
        if plain.solution.proved:
            assert merged.solution.proved
            assert merged.solution.cost == pytest.approx(plain.solution.cost, abs=1e-9)
        fewer += merged.solution.evaluations < plain.solution.evaluations
    assert fewer >= 3


def test_fewer_drafts_never_raise_a_risk():
    """Whoever reads only some drafts knows fewer claims: no part of a series is riskier than all of it."""
    rng = np.random.default_rng(43)
    compared = 0
    for _ in range(40):
        try:
            (whole,), crowds, policy, *_ = toy_series(rng, 3)
        except ClaimError:
            continue
        for number in (1, 2, 3):
            part = replace(whole, draft=tuple(c for c in whole.draft if not c.claim.startswith(f"draft-{number}/")))
            for crowd in crowds:
                mine, all_of_it = (measure_household(h, crowd, policy).joined.upper for h in (part, whole))
                assert mine <= all_of_it + 1e-12
                compared += 1
    assert compared > 100
