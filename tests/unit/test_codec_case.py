"""The case file: what it may say, and what comes of it."""

from datetime import date

import pytest

from bearwitness.data.load import load_place_tree, load_vocabulary, worked_case_path
from bearwitness.errors import CaseError
from bearwitness.model.claims import ATTRIBUTES, DAY_ATTRIBUTES, KIN_LEAVES
from bearwitness.model.codec import dump_case, load_case
from bearwitness.model.codec.context import Context
from bearwitness.model.values import Codes, Days, Paths

TREE, VOCABULARY = load_place_tree(), load_vocabulary()
HEAD = "bearwitness: 1\ncase: c\nhouseholds: [{id: h}]\n"


def load(body, head=HEAD):
    return load_case(head + body, name="case.yaml", tree=TREE, vocabulary=VOCABULARY)


def person(fields):
    return load(f"persons:\n  - {{id: p, household: h, {fields}}}\n").persons[0]


def claim(fields, before="persons: [{id: p, household: h}]\n"):
    return load(f"{before}claims:\n  - {{id: c, person: p, {fields}}}\n").claims[0]


def test_the_worked_case_is_read_in_full():
    """Every record of the worked case arrives, with places as paths and dates as days."""
    text = worked_case_path("case.yaml").read_text(encoding="utf-8")
    case = load_case(text, name="case.yaml", tree=TREE, vocabulary=VOCABULARY)
    assert (len(case.households), len(case.persons), len(case.acts)) == (4, 8, 4)
    ahn = case.persons[0]
    assert (ahn.home, ahn.sex, ahn.traits) == ("pyongbuk/sinuiju", "female", {"phone", "remittance", "broker"})
    assert ahn.departure.days == Days.between(date(2019, 5, 1), date(2019, 5, 31))
    assert case.testimonies[0].chain[1].contactable is True
    assert case.testimonies[0].text.endswith("내가 보낸 돈 때문이라고 합니다.\n")
    assert case.consents[0].persons[1] == ("ahn-brother", "cannot_be_asked")


def test_the_worked_case_survives_a_round_trip():
    """What is exported, read and exported again is the same, byte by byte."""
    text = worked_case_path("case.yaml").read_text(encoding="utf-8")
    case = load_case(text, name="a", tree=TREE, vocabulary=VOCABULARY)
    written = dump_case(case)
    again = load_case(written, name="b", tree=TREE, vocabulary=VOCABULARY)
    assert again == case
    assert dump_case(again) == written


def test_a_minimal_case_is_enough():
    """Only the version and an id are needed."""
    assert load("", head="bearwitness: 1\ncase: c\n").persons == ()


@pytest.mark.parametrize("written", ["신의주시", "Sinuiju", "sinuiju", " SINUIJU ", "pyongbuk/sinuiju"])
def test_a_place_is_known_by_path_or_any_name(written):
    """Names in either language and in any case lead to one path."""
    assert person(f"home: '{written}'").home == "pyongbuk/sinuiju"


def test_names_and_paths_are_found_as_the_place_tree_finds_them():
    """The index built for a file gives what PlaceTree.find gives, for every name of every fifth place."""
    context = Context(tree=TREE)
    for place in list(TREE.places.values())[::5]:
        for name in (place.path, *(n for names in place.names.values() for n in names)):
            found = TREE.find(name)
            if len(found) == 1:
                assert context.find_place(name) == found[0]


def test_a_name_that_two_counties_share_is_refused_with_both_paths():
    """An ambiguous place is asked about, never guessed."""
    with pytest.raises(CaseError) as caught:
        person("home: Unsan")
    assert "pyongbuk/unsan or pyongnam/unsan" in caught.value.hint
    assert caught.value.where == "case.yaml:5:33"


def test_a_place_of_the_case_can_be_named():
    """A ward that the shipped list lacks is added below its county and found by its name afterwards."""
    case = load(
        "places:\n  - {path: pyongbuk/sinuiju/ryonsang, names: [련상동]}\n  - {parent: 련상동, names: [윗마을]}\n"
        "persons: [{id: p, household: h, home: 윗마을}]\n"
    )
    assert [p.path for p in case.places] == ["pyongbuk/sinuiju/ryonsang", "pyongbuk/sinuiju/ryonsang/place-1"]
    assert case.persons[0].home == "pyongbuk/sinuiju/ryonsang/place-1"
    assert load_case(dump_case(case), name="x", tree=TREE, vocabulary=VOCABULARY) == case


@pytest.mark.parametrize(
    ("text", "language"), [("표길순", "ko"), ("Phyo Kil Sun", "en"), ("表吉順", "hanja"), ("김 Kim", "en")]
)
def test_the_language_of_a_name_follows_its_script(text, language):
    """A name in Latin letters is not looked for as Hangul."""
    assert person(f"names: [{{text: {text}}}]").names[0].language == language


def test_dates_are_read_as_written():
    """A bare year is a date, and is kept as its text."""
    birth = person("birth: 1986").birth
    assert (birth.written, birth.days) == ("1986", Days.between(date(1986, 1, 1), date(1986, 12, 31)))


@pytest.mark.parametrize(
    ("month", "solar"),
    [("2024-01", date(2024, 2, 10)), ("2023-12-30", date(2024, 2, 9)), ("2020-04", date(2020, 5, 22))],
)
def test_a_lunar_date_allows_the_solar_day_it_is(month, solar):
    """The days of a lunar date include the true solar day, and the flag is kept (a new year, its eve, a leap month)."""
    found = person(f"birth: {{date: {month}, lunar: true}}").birth
    assert found.lunar
    assert found.days.includes(Days.between(solar, solar))
    assert not found.days.includes(Days.between(date.fromisoformat(f"{month[:4]}-01-01"), solar))


def test_terms_are_known_by_code_or_label():
    """A label in either language stands for its code."""
    assert person("occupation: nurse").occupation == "professional/health/nurse"
    assert person("occupation: 간호사").occupation == "professional/health/nurse"
    assert person("occupation: professional/health").occupation == "professional/health"


def test_an_official_needs_no_household():
    """Somebody who acts in office is recorded without a household."""
    assert load("persons: [{id: o, protected: false}]").persons[0].household is None


@pytest.mark.parametrize(
    ("fields", "values"),
    [
        ("attribute: home, value: 혜산시", Paths(frozenset({"ryanggang/hyesan"}))),
        ("attribute: home, value: a northern border province", Paths(TREE.regions["northern_border"].provinces)),
        ("attribute: home, value: 북부 국경 지역", Paths(TREE.regions["northern_border"].provinces)),
        ("attribute: home, value: northern_border", Paths(TREE.regions["northern_border"].provinces)),
        ("attribute: home, value: [hambuk, Ryanggang]", Paths(frozenset({"hambuk", "ryanggang"}))),
        ("attribute: birth, value: 1972/1981", Days.between(date(1972, 1, 1), date(1981, 12, 31))),
        ("attribute: departure, value: [2017, 2018]", Days.between(date(2017, 1, 1), date(2018, 12, 31))),
        ("attribute: kin, value: sibling",
         Codes(frozenset({"elder_brother", "younger_brother", "elder_sister", "younger_sister"}))),
        ("attribute: act, value: detention", Codes(frozenset(f"detention/{k}" for k in KIN_LEAVES))),
        ("attribute: act, value: detention/son", Codes(frozenset({"detention/son"}))),
        ("attribute: surname, value: 리", Codes(frozenset({"이"}))),
        ("attribute: surname, value: [로, 류, 량, 김]", Codes(frozenset({"노", "유", "양", "김"}))),
        ("attribute: surname, value: 선우", Codes(frozenset({"선우"}))),
        ("attribute: name, value: Phyo Kil Sun", Codes(frozenset({"phyo kil sun"}))),
        ("attribute: count, value: 2", Codes(frozenset({"2"}))),
        ("attribute: amount, value: 3000", Codes(frozenset({"3000"}))),
        ("attribute: occupation, value: worker/mining", Paths(frozenset({"worker/mining"}))),
        ("attribute: route, value: china", Paths(frozenset({"china"}))),
        ("attribute: status, value: left", Codes(frozenset({"left"}))),
        ("attribute: sex, value: [female, male]", Codes(frozenset({"female", "male"}))),
    ],
)  # fmt: skip
def test_the_value_of_a_claim_is_what_its_attribute_makes_of_it(fields, values):
    """Places, dates, terms and words, alone or in a list, become the set that the wording allows."""
    assert claim(fields).values == values


def test_a_claim_carries_what_an_editor_says_of_it():
    """Quotes wait to be found in the draft; an editor's claim is an editor's."""
    found = claim("attribute: act_date, value: 2024-02-05, quote: [On 5 February, on that day], role: learned, "
                  "lag_days: 7, trust: 0.5, keep: true, about: act1")  # fmt: skip
    assert [s.quote for s in found.spans] == ["On 5 February", "on that day"]
    assert {(s.start, s.end) for s in found.spans} == {(-1, -1)}
    assert (found.persona, found.origin, found.role, found.lag_days, found.trust, found.keep, found.about) == (
        "p", "editor", "learned", 7, 0.5, True, "act1",
    )  # fmt: skip


@pytest.mark.parametrize("attribute", ATTRIBUTES)
def test_every_attribute_can_be_written(attribute):
    """No attribute of the model is unknown to the files, and each refuses nonsense by its own rule."""
    nonsense = {"name", "amount"}
    fields = f"attribute: {attribute}, value: kanarienvogel"
    if attribute in nonsense:
        assert claim(fields).values == Codes(frozenset({"kanarienvogel"}))
        return
    with pytest.raises(CaseError) as caught:
        claim(fields)
    assert "kanarienvogel" not in str(caught.value)
    if attribute in DAY_ATTRIBUTES:
        with pytest.raises(CaseError):
            claim(f"attribute: {attribute}, value: unknown")
