"""The known answers of the text design that concern reading (1-6, 9 in part, 10-12); all people are invented."""

import unicodedata
from datetime import date
from itertools import pairwise

import pytest

from bearwitness.model.dates import parse_edtf
from bearwitness.model.publication import Decision, Decisions
from bearwitness.model.records import Act, Case, CasePlace, Household, Kin, Name, Person
from bearwitness.model.records import Testimony as Account
from bearwitness.model.values import Days, Paths
from bearwitness.services.world import load_world
from bearwitness.text.reading import read_draft

WARD = "pyongbuk/sinuiju/ryonsang"
ACCOUNT = "그날 밤 낯선 사람 다섯이 마당으로 들어와 언니를 차에 태웠습니다"
SISTER = Person(
    id="sister", household="h", names=(Name(text="최은심"),), sex="female", birth=parse_edtf("1988"), home=WARD,
    occupation="professional/health/nurse", kin=(Kin(relation="elder_sister", of="teller"),),
)  # fmt: skip
TELLER = Person(id="teller", household="h", names=(Name(text="최경호"),), sex="male", departure=parse_edtf("2018"))
OFFICER = Person(id="officer", household=None, names=(Name(text="박만길"),), protected=False)
CASE = Case(
    id="case", persons=(SISTER, TELLER, OFFICER), households=(Household(id="h"),),
    acts=(Act(id="taken", kind="detention", household="h", victims=("sister",), date=parse_edtf("2019-04-12")),),
    places=(CasePlace(path=WARD, names=("련상동",)),),
    testimonies=(
        Account(id="told", teller="teller", language="ko", told=None, directness="witnessed", text=ACCOUNT,
                acts=("taken",)),
    ),
)  # fmt: skip
EMPTY = Case(id="empty")


def read(draft, case=CASE, **more):
    return read_draft(draft, world=load_world(), case=case, published=date(2020, 1, 15), **more)


def claims(result, attribute):
    return [c for c in result.claims if c.attribute == attribute]


@pytest.mark.parametrize(
    ("draft", "quote"),
    [
        ("최은심은 왔다.", "최은심"), ("최은심이 왔다.", "최은심"), ("최은심의 집.", "최은심"),
        ("최은심에게 말했다.", "최은심"), ("은심이가 왔다.", "은심"),
    ],
)  # fmt: skip
def test_1_a_name_is_one_person_and_the_passage_ends_before_the_particle(draft, quote):
    """최은심은 / 최은심이 / 최은심의 / 최은심에게 / 은심이가."""
    (persona,) = read(draft).personas
    assert (persona.person, persona.mentions[0].quote, persona.stands_as) == ("sister", quote, "relative")


def test_1_a_surname_with_a_title_is_one_household():
    """최 씨는 may be either of the household, which is one persona."""
    (persona,) = read("최 씨는 왔다.").personas
    assert (persona.household, persona.mentions[0].quote) == ("h", "최 씨")


@pytest.mark.parametrize(
    "name", ["Choe Un Sim", "Choi Eun-shim", "Ch\u2019oe Ŭn-sim", "Eunsim Choi", "CHOE UN\u2011SIM"]
)
def test_2_every_romanisation_is_found(name):
    """Systems, orders, capitals and a no-break hyphen."""
    result = read(f"On that day {name} was at home.")
    assert [(p.person, p.mentions[0].quote) for p in result.personas] == [("sister", name)]
    assert not [u for u in result.unresolved if u.span.quote in name]


def test_2_a_name_that_resembles_it_is_unknown():
    """Choe Son-hui is nobody of the record, and in doubt."""
    result = read("On that day Choe Son-hui was at home.")
    assert result.personas == ()
    assert any("Son-hui" in u.span.quote for u in result.unresolved)


@pytest.mark.parametrize(
    "draft",
    [
        unicodedata.normalize("NFD", "최은심은 신의주 출신이다."), "최은심은 신의\u200b주 출신이다.",
        "최\u00a0은심은 신의주 출신이다.", "Ch\u043ee Un Sim is from Sinuiju.", "Choe Un\u00ad Sim is from Sinuiju.",
    ],
)  # fmt: skip
def test_3_what_is_hidden_is_found(draft):
    """Decomposed, interrupted, no-break, look-alike, soft-hyphened: the same person from the same town."""
    result = read(draft)
    assert [p.person for p in result.personas] == ["sister"]
    assert [c.values for c in claims(result, "home")] == [Paths(frozenset({"pyongbuk/sinuiju"}))]
    assert all(draft[s.start : s.end] == s.quote for c in result.claims for s in c.spans)


@pytest.mark.parametrize(
    "said", ["2019년 4월 12일", "2019. 4. 12.", "'19.4.12", "19년 4월 12일", "주체108년 4월 12일", "태양절 사흘 전"]
)
def test_4_every_form_of_a_day_dates_the_act_of_the_record(said):
    """The same day, and the record's own act."""
    (dated,) = claims(read(f"{said} 보위부가 최은심을 체포했다."), "act_date")
    assert (dated.values, dated.about) == (Days.between(date(2019, 4, 12), date(2019, 4, 12)), "taken")


@pytest.mark.parametrize("said", ["12 April 2019", "the twelfth of April"])
def test_4_english_forms_too(said):
    """The same day in English."""
    (dated,) = claims(read(f"On {said} Choe Un Sim was detained."), "act_date")
    assert (dated.values, dated.about) == (Days.between(date(2019, 4, 12), date(2019, 4, 12)), "taken")


@pytest.mark.parametrize("said", ["작년 겨울", "사흘 뒤"])
def test_4_a_relative_date_is_never_guessed(said):
    """Unresolved, and no date of anything."""
    result = read(f"{said} 보위부가 최은심을 체포했다.")
    assert claims(result, "act_date") == []
    assert any(said in u.span.quote or u.span.quote in said for u in result.unresolved)


def test_5_places_of_one_branch_are_growing_sets():
    """Ward, city and province each allow what the one before does."""
    sets = [
        claims(read(f"최은심은 {place} 출신이다."), "home")[0].values for place in ("련상동", "신의주", "평안북도")
    ]
    assert sets[0] == Paths(frozenset({WARD}))
    assert all(wider.includes(narrower) for narrower, wider in pairwise(sets))
    (northern,) = claims(read("Choe Un Sim is from a northern province."), "home")
    assert northern.values.includes(sets[2])
    assert read("최은심은 련상동 출신이다.").unresolved == ()


def test_6_a_kin_word_is_whose_relative_the_narrator_says():
    """Whoever speaks, "sister" and "brother" lead to the other one; the household has a sister of his."""
    his = read("Choe Kyong Ho said his sister was detained.")
    hers = read("Choe Un Sim said her brother left in 2018.")
    assert [p.person for p in his.personas] == ["teller"]
    assert [p.person for p in hers.personas] == ["sister"]
    assert {k for c in claims(his, "kin") for k in c.values.codes} == {"elder_sister", "younger_sister"}
    assert {k for c in claims(hers, "kin") for k in c.values.codes} <= {"elder_sister", "younger_sister"}
    assert [c.about for c in claims(hers, "departure")] == [""]


def test_6_a_description_with_kin_leads_to_the_person():
    """The nurse's brother: the nurse is the sister of the record."""
    result = read("The nurse's brother left in 2018.")
    assert [p.person for p in result.personas] == ["sister"]


def test_9_leaving_the_brother_alone_shows_the_household():
    """A text that hides the sister still speaks of her household."""
    result = read("Choe Kyong Ho left in 2018.")
    assert {p.household for p in result.personas} == {"h"}
    assert {c.attribute for c in result.claims} >= {"name", "surname", "departure"}


def test_10_an_unknown_name_is_in_doubt_until_decided():
    """Hong Sang-nam: unresolved, and gone once decided public."""
    draft = "The film was shown by Hong Sang-nam."
    assert [u.form for u in read(draft).unresolved] == ["Hong Sang-nam"]
    public = Decisions(decisions=(Decision(form="Hong Sang-nam", kind="public", reason="r", signer="s"),))
    assert read(draft, decisions=public).unresolved == ()


@pytest.mark.parametrize("case", [None, EMPTY])
def test_10_with_an_empty_record_any_capital_is_in_doubt(case):
    """Nothing recorded, nothing accounted for."""
    assert [u.span.quote for u in read("They went to Zorbel together.", case).unresolved] == ["Zorbel"]


@pytest.mark.parametrize(
    "changed", ["낯선 사람 다섯이 마당으로 들어와 언니를", "낯선 사람 여럿이 마당으로 들어와 언니를"]
)
def test_11_six_words_of_an_account_are_found(changed):
    """Also with one word changed; the passage names the account."""
    draft = f"어떤 사람은 {changed} 보았다고 했다."
    assert [u.span.quote for u in read(draft).unresolved if "told" in u.why] == [changed]


def test_12_an_officers_name_stays():
    """He acts in office: no persona, no doubt, in either script."""
    for draft in ("박만길은 그 자리에 있었다.", "Pak Man Gil was there."):
        result = read(draft)
        assert (result.personas, result.unresolved) == ((), ())
