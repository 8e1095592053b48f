"""People, then households, then acts: one shared household is not one shared act."""

from math import log2

import pytest

from bearwitness.linkage.act_model import act_model
from bearwitness.linkage.background import fit_background, spread_pairs
from bearwitness.linkage.households import SAME_RELATIVE, compare_households
from bearwitness.linkage.layers import candidates, link_acts
from bearwitness.linkage.person_model import person_model

PEOPLE = person_model({"안": 0.014, "김": 0.215, "박": 0.084})
JANUARY = 738886


def person(name, household, kin, reading=None, **more):
    surname, _, given = (reading or "").partition("/")
    known = {
        "readings": (reading,), "name_keys": (f"key {reading}",), "surnames": (surname,), "family": surname,
        "given": given, "givens": (given,),
    } if reading else {}  # fmt: skip
    return {"id": name, "household": household, "kin": (kin,), **known, **more}


def act(name, household, account, *, kind="raid", when=None, place="hambuk/musan", **more):
    low, high = when or (None, None)
    return {
        "id": name, "household": household, "accounts": (account,), "kind": kind, "when_lo": low, "when_hi": high,
        "place": place, **more,
    }  # fmt: skip


def linked(persons, acts):
    homes = tuple({"id": h, "home": None} for h in sorted({str(a["household"]) for a in acts}))
    found = link_acts(persons, homes, acts, people=PEOPLE)
    return {(p.one, p.other): p for p in found}


def ahn(household, kin="left", **more):
    return person(f"{household}-{kin}", household, kin, "안/도솔", **more)


def archive(number, first=0):
    """Acts of many households that have nothing to do with each other."""
    return [
        act(f"x{i}", f"hx{i}", f"tx{i}", when=(JANUARY - 40 * i, JANUARY - 40 * i + 2), place=f"p{i % 9}/c{i % 31}")
        for i in range(first, number)
    ]


def test_two_raids_on_one_household_are_two_acts_and_two_accounts_of_one_raid_are_one():
    """Within one household the date decides, not what both raids have in common."""
    acts = [
        act("a", "h1", "t1", when=(JANUARY, JANUARY)),
        act("b", "h2", "t2", when=(JANUARY - 1, JANUARY + 5)),
        act("c", "h3", "t3", when=(JANUARY + 200, JANUARY + 200)),
        *archive(60),
    ]
    pairs = linked([ahn("h1"), ahn("h2"), ahn("h3")], acts)
    assert pairs["a", "b"].act > 0.75
    assert pairs["a", "b"].household > 0.99
    assert pairs["a", "c"].household > 0.99
    assert pairs["a", "c"].act < 0.1
    assert [other for other, _ in candidates(list(pairs.values()), "a", most=1)] == ["b"]


def test_another_family_of_the_same_street_raided_the_same_day_is_kept_apart():
    """The one who left is somebody else, so the household is."""
    acts = [
        act("a", "h1", "t1", when=(JANUARY, JANUARY)), act("b", "h2", "t2", when=(JANUARY, JANUARY)), *archive(60),
    ]  # fmt: skip
    known = linked([ahn("h1", sex="female"), person("p", "h2", "left", "박/만규", sex="male")], acts)
    unknown = linked([ahn("h1")], acts)
    assert ("a", "b") not in known or known["a", "b"].act < 0.05
    assert unknown["a", "b"].act > 0.3


def test_what_one_account_tells_apart_is_never_compared():
    """A raid and a detention of one testimony are two acts, whatever they have in common."""
    acts = [act("a", "h1", "t1", when=(JANUARY, JANUARY)), act("b", "h1", "t1", when=(JANUARY, JANUARY))]
    assert linked([ahn("h1")], acts) == {}


def test_one_household_in_the_record_is_one_household():
    """Whoever took two accounts down under one household has decided that; the acts are still compared."""
    acts = [
        act("a", "h1", "t1", when=(JANUARY, JANUARY)), act("b", "h1", "t2", when=(JANUARY, JANUARY)),
        act("c", "h1", "t3", when=(JANUARY + 300, JANUARY + 300)), *archive(60),
    ]  # fmt: skip
    pairs = linked([], acts)
    assert pairs["a", "b"].household == pytest.approx(1.0)
    assert pairs["a", "b"].act > 0.75 > 0.1 > pairs["a", "c"].act


def test_an_account_of_which_hardly_anything_is_known_stays():
    """One field is enough to be compared, and to be in some pair of a small archive."""
    bare = {"id": "bare", "household": "h9", "accounts": ("t9",), "kind": "raid"}
    acts = [act("a", "h1", "t1", when=(JANUARY, JANUARY)), bare, *archive(5)]
    pairs = linked([ahn("h1")], acts)
    assert any("bare" in pair for pair in pairs)
    assert all(dict(p.levels)["when"] == "missing" for k, p in pairs.items() if "bare" in k)


def test_nothing_depends_on_the_order_of_the_records():
    """The same pairs and figures from records in another order."""
    acts = [act("a", "h1", "t1", when=(JANUARY, JANUARY)), act("b", "h2", "t2", when=(JANUARY, JANUARY)), *archive(20)]
    people = [ahn("h1"), ahn("h2")]
    one, other = linked(people, acts), linked(people[::-1], acts[::-1])
    assert one.keys() == other.keys()
    assert all(one[k].act == pytest.approx(other[k].act) for k in one)


def test_a_relative_who_differs_counts_against_one_household_only_so_far():
    """There may be two sisters; there is one who left."""
    brothers = [person(f"{h}-b", h, "younger_brother", r) for h, r in (("h1", "안/도겸"), ("h2", "김/철수"))]
    leavers = [person(f"{h}-l", h, "left", r) for h, r in (("h1", "안/도솔"), ("h2", "김/영희"))]
    relative = compare_households(brothers[:1], brothers[1:], PEOPLE)
    leaver = compare_households(leavers[:1], leavers[1:], PEOPLE)
    assert log2(1.0 - SAME_RELATIVE) - 1e-9 <= relative < 0.0
    assert leaver < relative
    assert compare_households([], leavers, PEOPLE) == 0.0


def test_the_familys_surname_is_counted_once():
    """A brother with the sister's surname adds what his given name tells, not the surname again."""
    people = [[person(f"{h}-l", h, "left", "김/영희"), person(f"{h}-b", h, "younger_brother", "김/철수")] for h in "ab"]
    together = compare_households(*people, PEOPLE)
    apart = sum(compare_households(people[0][i : i + 1], people[1][i : i + 1], PEOPLE) for i in range(2))
    assert together == pytest.approx(apart - log2(1 / 0.215), abs=0.35)


def test_in_an_archive_of_one_town_and_one_month_agreement_on_both_says_little():
    """What half of the archive shares is no sign of one act; in an archive of a country it is."""
    def weight(acts, level):
        records = [{**a, "county": a["place"]} for a in acts]
        model = fit_background(act_model(of_one_household=False, counties={"hambuk/musan": 0.005}), records)
        found, = (x for c in model.comparisons for x in c.levels if x.name == level)
        return log2(found.m / found.u), model.frequencies["county"]["hambuk/musan"]

    local = [act(f"m{i}", f"h{i}", f"t{i}", when=(JANUARY + i % 20, JANUARY + i % 20 + 10)) for i in range(40)]
    wide = archive(400)
    assert weight(local, "same month")[0] < 0.0 < 3.0 < weight(wide, "same month")[0]
    assert weight(local, "same month")[1] > 0.6 > 0.01 > weight(wide, "same month")[1]


@pytest.mark.parametrize("number", [0, 1, 2, 3, 7, 8, 40])
def test_pairs_are_spread_evenly_and_come_once(number):
    """Of few records every pair, once; of many each record about as often as every other."""
    records = [{"id": str(i)} for i in range(number)]
    pairs = [tuple(sorted((str(a["id"]), str(b["id"])))) for a, b in spread_pairs(records)]
    assert len(pairs) == len(set(pairs)) == number * (number - 1) // 2
    few = [r["id"] for pair in spread_pairs(records, most=2 * number) for r in pair]
    assert {few.count(r["id"]) for r in records} <= {2, 3, 4} or number < 6
