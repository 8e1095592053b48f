"""The generator of synthetic accounts: its truth is consistent, and its parameters do what they say."""

from collections import Counter, defaultdict
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from synthetic_accounts import ACT_FIELDS, make_accounts
from synthetic_accounts_parameters import TELLERS, Parameters, Telling, World
from synthetic_accounts_world import LEFT, counties

from bearwitness.data.load import load_place_tree, load_vocabulary
from bearwitness.text.romanisation import canonical


@pytest.fixture(scope="module")
def archive():
    return make_accounts(7)


def told(households=300, seed=5, **changes):
    """A smaller archive with some of the parameters of telling changed."""
    return make_accounts(seed, Parameters(world=World(households=households), telling=Telling(**changes)))


def exact(**changes):
    """Tellers who know and say everything as it was."""
    kept = {
        "knows": 1.0, "dates": (1, 0, 0, 0, 0, 0), "places": (1, 0, 0, 0, 0), "days_off": 0.0, "month_off": 0.0,
        "news_date": 0.0, "other_kind": 0.0, "only": (),
    }  # fmt: skip
    return tuple(replace(t, **{**kept, **changes}) for t in TELLERS)


PERFECT = {
    "bare": 0.0, "years_blur": 0.0, "victim_told": 1.0, "wrong_victim": 0.0, "count_told": 1.0, "count_wrong": 0.0,
    "perpetrators": (1, 0, 0, 0), "ordinal_wrong": 0.0,
}  # fmt: skip


def span(act):
    return None if act["when_lo"] is None else act["when_hi"] - act["when_lo"] + 1


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 60))
def test_what_is_told_hangs_together_with_what_happened(seed, households):
    """Ids are distinct, every record is of one truth, and a record points only into its own account."""
    made = make_accounts(seed, Parameters().smaller(households))
    truth = made.truth
    acts = {a.id: a for a in truth.world.acts}
    people = {p.id: p for h in truth.world.households for p in h.people}
    ids = [r["id"] for part in (made.persons, made.households, made.acts) for r in part] + [a.id for a in made.accounts]
    assert len(ids) == len(set(ids))
    account_of = {h["id"]: h["account"] for h in made.households}
    person = {p["id"]: p for p in made.persons}
    assert set(truth.act_of) == {a["id"] for a in made.acts}
    assert set(truth.person_of) == set(person)
    for record in made.acts:
        act = acts[truth.act_of[record["id"]]]
        assert truth.household_of[record["household"]] == act.household
        assert record["accounts"] == (account_of[record["household"]],)
        assert all(person[v]["household"] == record["household"] for v in record["victims"] or ())
    for record in made.persons:
        assert people[truth.person_of[record["id"]]].household == truth.household_of[record["household"]]
    for home in made.households:
        assert set(home["persons"]) == {p["id"] for p in made.persons if p["household"] == home["id"]}


def test_the_same_seed_gives_the_same_archive_and_another_another():
    """Nothing but the seed and the parameters decides."""
    one, again, other = (make_accounts(s, Parameters().smaller(60)) for s in (3, 3, 4))
    assert one == again
    assert one.acts != other.acts


def test_the_stated_archive_has_the_size_that_is_asked(archive):
    """About 600 households acted upon and 1,500 accounts; acts told by none, by one and by several."""
    assert 540 <= len({a.household for a in archive.truth.world.acts}) <= 660
    assert 1300 <= len(archive.accounts) <= 1750
    times = Counter(archive.truth.act_of.values())
    by_number = Counter(times[a.id] for a in archive.truth.world.acts)
    assert all(by_number[n] > 50 for n in range(5))


def test_codes_and_places_are_those_of_the_package(archive):
    """Kinds, agencies and occupations are of the vocabulary; counties are of the place tree, people of their homes."""
    lists, places = load_vocabulary().lists, load_place_tree().places
    for act in archive.acts:
        assert act["kind"] is None or act["kind"] in lists["act"]
        assert act["by"] is None or act["by"].split("/")[0] in lists["perpetrator"]
        assert act["place"] is None or "/".join(act["place"].split("/")[:2]) in places
    assert {p["occupation"] for p in archive.persons if p["occupation"]} <= {
        step for code in lists["occupation"] for step in (code, code.split("/")[0])
    }
    homes = Counter(h.home.split("/")[0] for h in archive.truth.world.households)
    assert 0.5 < homes["hambuk"] / homes.total() < 0.7
    assert set(homes) <= set(counties())


def test_a_household_is_acted_upon_again_months_to_years_apart(archive):
    """Raids on one household repeat, most of them later than a season, and are numbered in their order."""
    raids = defaultdict(list)
    for act in archive.truth.world.acts:
        if act.kind == "raid":
            raids[act.household].append(act)
    again = [found for found in raids.values() if len(found) > 1]
    assert len(again) > 60
    gaps = sorted(b.day - a.day for found in again for a, b in pairwise(found))
    assert gaps[0] >= 0
    assert 90 < gaps[len(gaps) // 2] < 900
    for found in raids.values():
        assert [a.ordinal for a in sorted(found, key=lambda a: a.day)] == list(range(1, len(found) + 1))


def test_a_raid_and_the_detention_in_it_are_two_acts_of_one_day(archive):
    """They share household, day and victims, and are not one act."""
    days = defaultdict(set)
    for act in archive.truth.world.acts:
        days[act.household, act.day, act.victims].add(act.kind.split("/")[0])
    assert sum({"raid", "detention"} <= kinds for kinds in days.values()) > 80


def test_villages_are_searched_on_one_day_and_campaigns_gather_acts(archive):
    """Several households of one ward have a raid on one day; a campaign's season has more acts than one a year on."""
    together = defaultdict(set)
    for act in archive.truth.world.acts:
        if act.kind == "raid" and act.place.count("/") == 2:
            together[act.place, act.day].add(act.household)
    assert sum(len(homes) > 1 for homes in together.values()) >= 5
    inside = after = 0
    for province, first, last in archive.truth.world.campaigns:
        for act in archive.truth.world.acts:
            if act.place.startswith(province):
                inside += first <= act.day <= last
                after += first + 365 <= act.day <= last + 365
    assert inside > 1.5 * after


def test_without_campaigns_and_repetition_there_are_none():
    """The parameters that bring them can take them away."""
    world = World(households=150, more_follows=0.0, village_raid=0.0, campaigns=0)
    made = make_accounts(2, Parameters(world=world)).truth.world
    assert made.campaigns == ()
    assert all(a.ordinal == 1 for a in made.acts if a.kind == "raid")


def test_tellers_without_faults_tell_what_happened():
    """With every error switched off, the records of one act agree with it and with each other."""
    made = told(tellers=exact(), **PERFECT)
    acts = {a.id: a for a in made.truth.world.acts}
    for record in made.acts:
        act = acts[made.truth.act_of[record["id"]]]
        assert record["when_lo"] == record["when_hi"] == act.day
        assert (record["place"], record["by"], record["count"]) == (act.place, act.by, len(act.victims))
        assert record["kind"] in (act.kind, act.kind.split("/")[0])
        assert {made.truth.person_of[v] for v in record["victims"]} == set(act.victims)
        assert record["ordinal"] in (None, act.ordinal)
    assert len({a["id"] for a in made.acts}) > 400


@pytest.mark.parametrize("fault", ["days_off", "month_off", "news_date"])
def test_dates_are_wrong_as_often_as_is_said(fault):
    """By days, by a month, or by the time the news took; never otherwise."""
    made = told(tellers=exact(**{fault: 0.5}), **PERFECT)
    acts = {a.id: a for a in made.truth.world.acts}
    off = [r["when_lo"] - acts[made.truth.act_of[r["id"]]].day for r in made.acts]
    wrong = [d for d in off if d]
    assert 0.4 < len(wrong) / len(off) < 0.6
    if fault == "days_off":
        assert max(map(abs, wrong)) <= 10
    elif fault == "month_off":
        assert all(20 <= abs(d) <= 45 for d in wrong)
    else:
        assert min(wrong) > 0


def test_who_heard_it_of_one_carrier_believes_one_date():
    """Of one act, accounts through one broker have one wrong date; those of others differ among themselves."""
    made = told(tellers=exact(through=1.0, days_off=1.0), hop_unknown=0.0, **PERFECT)
    carrier = {a.id: h for a in made.accounts for h in reversed(a.hops) if h.startswith("B")}
    days = defaultdict(set)
    acts = defaultdict(set)
    for record in made.acts:
        account, = record["accounts"]
        if account in carrier:
            act = made.truth.act_of[record["id"]]
            days[act, carrier[account]].add(record["when_lo"])
            acts[act].add(record["when_lo"])
    assert all(len(found) == 1 for found in days.values())
    assert any(len(found) > 1 for found in acts.values())


def test_dates_are_as_coarse_as_is_said(archive):
    """Every grain from the day to the unknown occurs, and the longer ago an act is, the rarer is its day."""
    spans = Counter("unknown" if span(a) is None else span(a) for a in archive.acts)
    total = spans.total()
    month = sum(spans[n] for n in (28, 29, 30, 31))
    assert 0.03 < spans["unknown"] / total < 0.12
    assert 0.25 < month / total < 0.5
    assert all(0.05 < spans[days] / total < 0.25 for days in (1, 7))
    assert (spans[365] + spans[366]) / total > 0.08
    acts = {a.id: a for a in archive.truth.world.acts}
    day = {a.id: a.day for a in archive.accounts}
    shares = defaultdict(list)
    for record in archive.acts:
        ago = day[record["accounts"][0]] - acts[archive.truth.act_of[record["id"]]].day
        shares[ago > 3 * 365].append(span(record) == 1)
    assert sum(shares[True]) / len(shares[True]) < sum(shares[False]) / len(shares[False])


def test_people_are_named_in_every_way(archive):
    """In Hangul, in Latin letters, by given name, surname or kinship alone; every person is said to be somebody."""
    ways = Counter(
        "hangul" if p["family"] else "latin" if p["readings"] else "surname" if p["surnames"] else
        "given" if p["givens"] else "role" for p in archive.persons
    )  # fmt: skip
    assert all(ways[w] > 0.04 * ways.total() for w in ("hangul", "latin", "surname", "given", "role"))
    truth = {p.id: p for h in archive.truth.world.households for p in h.people}
    roles = Counter()
    for record in archive.persons:
        role = truth[archive.truth.person_of[record["id"]]].role
        if record["kin"]:
            roles[role in record["kin"]] += 1
            assert (LEFT in record["kin"]) == (role == LEFT)
    assert 0.95 < roles[True] / roles.total() < 1.0


def test_most_full_names_can_be_read_as_the_persons_name(archive):
    """By the readings that linkage compares, but for those that were misheard."""
    truth = {p.id: p for h in archive.truth.world.households for p in h.people}
    hits = []
    for record in archive.persons:
        if record["readings"]:
            person = truth[archive.truth.person_of[record["id"]]]
            name = "/".join("".join(map(canonical, part)) for part in (person.surname, person.given))
            hits.append(name in record["readings"])
    assert 0.85 < sum(hits) / len(hits) < 0.98
    # 이 and 리 are one surname, in one spelling.
    assert canonical("이") == canonical("리") in {p["family"] for p in archive.persons}


def test_brokers_are_shared_by_many_households_of_a_province(archive):
    """One carrier stands in the chains of several families, and no chain visits anybody twice."""
    families = defaultdict(set)
    home = {h["account"]: archive.truth.household_of[h["id"]] for h in archive.households}
    for account in archive.accounts:
        known = [h for h in account.hops if h]
        assert len(known) == len(set(known))
        assert account.hops[-1] == account.teller
        for hop in known:
            if hop.startswith("B"):
                families[hop].add(home[account.id])
    assert max(map(len, families.values())) > 20
    assert any(None in a.hops for a in archive.accounts)


def test_one_account_tells_of_several_acts_of_one_household(archive):
    """As testimonies do; and some people were asked twice."""
    acts = Counter(a["accounts"][0] for a in archive.acts)
    assert sum(n > 2 for n in acts.values()) > 200
    homes = defaultdict(set)
    for act in archive.acts:
        homes[act["accounts"][0]].add(act["household"])
    assert all(len(found) == 1 for found in homes.values())
    home = {h["account"]: archive.truth.household_of[h["id"]] for h in archive.households}
    asked = Counter((a.teller, home[a.id]) for a in archive.accounts)
    assert sum(n > 1 for n in asked.values()) > 60


def test_acts_of_which_one_thing_is_known_occur_and_stay():
    """Everything missing but one field: as often as is said, with every field at some time the one that is left."""
    made = told(bare=1.0)
    left = Counter()
    for act in made.acts:
        known = [f for f in ACT_FIELDS if act[f] is not None]
        left[tuple(known)] += 1
        assert (act["when_hi"] is None) == (act["when_lo"] is None)
    assert all(len(known) == 1 for known in left)
    assert len(left) == len(ACT_FIELDS)
    usual = make_accounts(7)
    bare = sum(sum(a[f] is not None for f in ACT_FIELDS) == 1 for a in usual.acts)
    assert 0.004 < bare / len(usual.acts) < 0.025


def test_true_pairs_are_those_of_one_act_in_two_accounts(archive):
    """Each once, its ids in order; what one account tells twice is never a pair."""
    account = {a["id"]: a["accounts"][0] for a in archive.acts}
    pairs = archive.truth.true_pairs(apart=account)
    assert all(one < other for one, other in pairs)
    assert all(archive.truth.act_of[one] == archive.truth.act_of[other] for one, other in pairs)
    # An account tells an act once, so that leaving out pairs of one account takes none away.
    assert len(pairs) == sum(n * (n - 1) // 2 for n in Counter(archive.truth.act_of.values()).values())
