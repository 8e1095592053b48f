"""The records of a case as linkage compares them: names by reading, dates by days, places by path, nothing guessed."""

from datetime import date

import pytest

from bearwitness.data.load import load_place_tree, load_vocabulary, worked_case_path
from bearwitness.linkage.layers import link_acts
from bearwitness.linkage.person_model import person_model
from bearwitness.model.claims import ActId, HouseholdId, PersonId
from bearwitness.model.codec import load_case
from bearwitness.model.dates import parse_edtf
from bearwitness.model.records import Act, Case, Household, Kin, Name, Person, Testimony
from bearwitness.services.accounts import county_shares, records_of, surname_shares
from bearwitness.text.romanisation import canonical


def shown(*names, **more):
    """The record of a person who has these names."""
    person = Person(id=PersonId("p"), household=HouseholdId("h"), names=names, **more)
    return records_of(Case(id="c", persons=(person,))).persons[0]


def test_one_name_in_two_scripts_shares_readings():
    """Hangul, and Latin letters in another order, are the same surname and given name."""
    one = shown(Name(text="안도솔"))
    other = shown(Name(text="To Sol An", language="en"))
    for column in ("readings", "givens", "surnames", "name_keys"):
        assert set(one[column]) & set(other[column]), column


def test_a_northern_surname_weighs_as_its_southern_spelling():
    """이 and 리 are one surname, with one share."""
    north, south = shown(Name(text="리서운")), shown(Name(text="이서운"))
    assert north["family"] == south["family"] == canonical("이")
    assert surname_shares()[north["family"]] == pytest.approx(0.147, abs=0.001)
    assert sum(surname_shares().values()) < 1.0


def test_what_is_not_recorded_is_none():
    """A person of whom nothing is known has no column but an id and a household."""
    record = shown()
    assert {k for k, v in record.items() if v is not None} == {"id", "household"}


def test_a_pseudonym_is_no_name():
    """Somebody made it up."""
    assert shown(Name(text="김별님", kind="pseudonym"))["readings"] is None


def test_an_act_has_its_days_its_path_and_its_accounts():
    """Whoever tells it; the victims counted where the account does not count them."""
    case = Case(
        id="c",
        households=(Household(id=HouseholdId("h")),),
        persons=(
            Person(id=PersonId("left"), household=HouseholdId("h")),
            Person(id=PersonId("b"), household=HouseholdId("h"), kin=(Kin(relation="mother", of=PersonId("left")),)),
        ),
        acts=(Act(id=ActId("a"), kind="raid", household=HouseholdId("h"), victims=(PersonId("b"),), place="신의주시",
                  date=parse_edtf("2024-02"), ordinal=2),),
        testimonies=tuple(
            Testimony(id=t, teller=PersonId("left"), language="ko", told=None, directness="unknown", text="",
                      acts=(ActId("a"),))
            for t in ("t2", "t1")
        ),
    )  # fmt: skip
    act, = records_of(case).acts
    assert (act["when_lo"], act["when_hi"]) == (date(2024, 2, 1).toordinal(), date(2024, 2, 29).toordinal())
    assert (act["place"], act["count"], act["ordinal"]) == ("pyongbuk/sinuiju", 1, 2)
    assert set(act["accounts"]) == {"t1", "t2"}
    assert [p["kin"] for p in records_of(case).persons] == [("left",), ("mother",)]


def test_counties_share_the_population():
    """All counties together are the country."""
    assert sum(county_shares().values()) == pytest.approx(1.0)
    assert county_shares()["pyongbuk/sinuiju"] == pytest.approx(0.015, abs=0.004)


def test_the_three_accounts_of_one_raid_are_found_and_the_others_kept_apart():
    """On the accounts that are shipped: by name in two scripts and by given name, day and month, raid and raid."""
    text = worked_case_path("accounts.yaml").read_text(encoding="utf-8")
    case = load_case(text, name="accounts.yaml", tree=load_place_tree(), vocabulary=load_vocabulary())
    found = records_of(case)
    pairs = {
        (p.one, p.other): p for p in link_acts(*found, people=person_model(surname_shares()), counties=county_shares())
    }
    raid = [("ahn-raid", "heard-raid"), ("ahn-raid", "seen-raid"), ("heard-raid", "seen-raid")]
    assert all(pairs[pair].act > 0.6 for pair in raid)
    assert pairs["ahn-raid", "ahn-second-raid"].household > 0.99
    assert pairs["ahn-raid", "ahn-second-raid"].act < 0.1
    assert all(p.act < 0.2 for k, p in pairs.items() if "park-raid" in k)
