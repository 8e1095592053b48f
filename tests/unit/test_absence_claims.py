"""Claims that something is not there: as files write them, as people read them, and as wording takes them back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bearwitness.data.load import load_place_tree, load_vocabulary
from bearwitness.disclosure.jigsaw import gather_households
from bearwitness.disclosure.ladders import Ladders
from bearwitness.disclosure.printed import as_printed
from bearwitness.disclosure.sensitive import measure_disclosures
from bearwitness.errors import CaseError
from bearwitness.model.claims import KIN_LEAVES, Claim, HouseholdId, Persona, Span
from bearwitness.model.codec import dump_case, dump_ledger, load_case, load_ledger
from bearwitness.model.publication import Ledger, Policy
from bearwitness.model.values import Codes, NoneOf, intersect_values, values_include
from bearwitness.services.world import crowds_for
from bearwitness.text.saying import say_values

TREE, VOCABULARY = load_place_tree(), load_vocabulary()
AROUND = {"name": "f.yaml", "tree": TREE, "vocabulary": VOCABULARY}
WORDS = (Span(start=0, end=5, quote="alone"),)
LADDERS = Ladders(regions={}, acts=frozenset({"raid", "threat"}))
CHILDREN = frozenset({"son", "daughter"})


def case_of(attribute, value):
    return load_case(
        "bearwitness: 1\ncase: c\nhouseholds: [{id: h}]\npersons: [{id: p, household: h}]\n"
        f"claims:\n  - {{id: c, person: p, attribute: {attribute}, value: {value}}}\n", **AROUND,
    )  # fmt: skip


def absence(attribute="kin", codes=CHILDREN, spans=WORDS, **more):
    return Claim(id="a", persona="p", attribute=attribute, values=NoneOf(frozenset(codes)), says="", spans=spans,
                 origin="editor", **more)  # fmt: skip


@pytest.mark.parametrize(
    ("attribute", "written", "codes"),
    [
        ("kin", "no son", {"son"}), ("kin", "no son or daughter", CHILDREN), ("kin", "No child", CHILDREN),
        ("kin", "no 자식", CHILDREN), ("trait", "no phone", {"phone"}),
        ("act", "no raid or threat", {"raid", "threat"}),
        ("act", "no detention", {f"detention/{k}" for k in KIN_LEAVES}),
    ],
)  # fmt: skip
def test_what_is_absent_is_read_and_written_back(attribute, written, codes):
    """In words of either language, one or several joined by "or"; written with codes, and read again as the same."""
    case = case_of(attribute, written)
    assert case.claims[0].values == NoneOf(frozenset(codes))
    again = dump_case(case)
    assert load_case(again, **AROUND) == case
    assert dump_case(load_case(again, **AROUND)) == again


def test_an_earlier_release_can_have_said_what_is_not_there():
    """A ledger keeps the absence that a release told."""
    text = (
        "bearwitness: 1\nreleases:\n  - id: r\n    outlet: o\n    published: 2022-06-30\n    personas:\n"
        "      - id: a\n        household: h\n        claims: [{id: k, attribute: kin, value: no wife}]\n"
    )
    ledger = load_ledger(text, **AROUND)
    assert ledger.entries[0].personas[0].claims[0].values == NoneOf(frozenset({"wife"}))
    assert load_ledger(dump_ledger(ledger), **AROUND) == ledger


@pytest.mark.parametrize(
    ("attribute", "written", "says"),
    [
        ("kin", "[no son, no daughter]", "does not stand in a list"),
        ("kin", "[no son, wife]", "does not stand in a list"),
        ("kin", "no cousin twice removed", "no such term"),
        ("kin", "no son or", "no such term"),
        ("sex", "no female", "not a value of sex"),
        ("home", "no Sinuiju", "no place"),
    ],
)
def test_what_could_be_read_two_ways_or_is_no_term_is_refused_with_its_line(attribute, written, says):
    """A list would allow each of its items, which nobody means by two absences."""
    with pytest.raises(CaseError, match=says) as refused:
        case_of(attribute, written)
    assert "f.yaml" in str(refused.value)


def test_no_term_of_the_lists_looks_like_an_absence():
    """"no" and "or" are free to say what is not there."""
    forms = [f for a in ("kin", "trait", "act") for lang in ("en", "ko") for f in VOCABULARY.forms(a, lang)]
    assert forms
    assert not [f for f in forms if f.casefold().startswith("no ") or " or " in f.casefold()]


@pytest.mark.parametrize(
    ("attribute", "codes", "english", "korean"),
    [
        ("kin", {"son"}, "relative: no son", "가족: 아들 없음"),
        ("kin", CHILDREN, "relative: no child", "가족: 자녀 없음"),
        ("kin", {"son", "wife"}, "relative: no son or wife", "가족: 아들·아내 모두 없음"),
        ("act", {"raid"}, "no house raid", "가택 급습 없음"),
        ("act", {f"detention/{k}" for k in KIN_LEAVES}, "no detention", "구금 없음"),
        ("act", {"raid", "threat", "beating", "exile", "demotion"}, "none of 5", "5가지 모두 없음"),
        ("act", {"detention/son"}, "no detention of a son", "아들의 구금 없음"),
        ("trait", {"remittance"}, "not: sends money home", "송금 없음"),
    ],
)
def test_what_is_absent_is_read_out_in_both_languages(attribute, codes, english, korean):
    """"no son", "아들 없음"."""
    values = NoneOf(frozenset(codes))
    assert say_values(attribute, values, "en", tree=TREE, vocabulary=VOCABULARY) == english
    assert say_values(attribute, values, "ko", tree=TREE, vocabulary=VOCABULARY) == korean


def test_an_absence_of_more_allows_less():
    """Inclusion and intersection turn round; what is there is another kind of value."""
    one, both = NoneOf(frozenset({"son"})), NoneOf(CHILDREN)
    assert values_include(one, both)
    assert not values_include(both, one)
    assert intersect_values(one, NoneOf(frozenset({"daughter"}))) == both
    assert not values_include(Codes(CHILDREN), one)
    with pytest.raises(ValueError, match="one kind"):
        intersect_values(one, Codes(CHILDREN))


@pytest.mark.parametrize("attribute", ["kin", "act"])
def test_an_absence_widens_to_nothing_only(attribute):
    """Also of an act, in a story that keeps its acts; not where an editor keeps it or no words say it."""
    said = absence(attribute, {"son"} if attribute == "kin" else {"raid"})
    assert [r.level for r in LADDERS.of(said)] == ["exact", "none"]
    assert [r.level for r in LADDERS.of(said, keep=True)] == (["exact"] if attribute == "kin" else ["exact", "none"])
    assert [r.level for r in LADDERS.of(replace(said, keep=True))] == ["exact"]
    assert [r.level for r in LADDERS.of(replace(said, spans=()))] == ["exact"]


def test_what_a_recipient_prints_roughly_keeps_an_absence():
    """Known to print relatives only as a group, they may print that there are no children."""
    said = absence()
    assert as_printed([said], {"kin": "group"}, LADDERS) == (said,)
    assert as_printed([said], {"kin": "none"}, LADDERS) == ()


def test_what_is_not_there_is_nothing_to_be_punished():
    """Of who has a phone the text tells something sensitive, of who has none it does not."""
    persona = Persona(id="p", label="A", household=HouseholdId("h"))
    for values, told in ((Codes(frozenset({"phone"})), 1), (NoneOf(frozenset({"phone"})), 0)):
        (home,) = gather_households([persona], [replace(absence("trait"), values=values)], Ledger(), Policy())
        assert len(measure_disclosures([home], crowds_for(("state_security",)))) == told
