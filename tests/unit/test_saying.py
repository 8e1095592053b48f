import pytest

from bearwitness.model.claims import KIN_LEAVES
from bearwitness.model.places import Place, PlaceTree, Region
from bearwitness.model.values import Codes, Days, Paths
from bearwitness.model.vocabulary import Term, Vocabulary
from bearwitness.text.saying import say_values

FIRST_OF_2019, LAST_OF_2019, DAY = 737060, 737424, 738921


def _place(path, english, korean):
    labels = {"en": english, "ko": korean}
    return Place(path=path, kind="province", labels=labels, names={"en": (english,), "ko": (korean,)})


TREE = PlaceTree(
    places={
        p.path: p
        for p in (
            _place("hambuk", "North Hamgyong Province", "함경북도"),
            _place("hambuk/musan", "Musan", "무산군"),
            _place("ryanggang", "Ryanggang Province", "량강도"),
        )
    },
    regions={
        "northeast": Region(
            id="northeast",
            labels={"en": "a northern border province", "ko": "북부 국경 지역"},
            names={"en": (), "ko": ()},
            provinces=frozenset({"hambuk", "ryanggang"}),
        )
    },
)


def _terms(**labels):
    return {
        code.replace("__", "/"): Term(code=code.replace("__", "/"), labels={"en": en, "ko": ko}, forms={})
        for code, (en, ko) in labels.items()
    }


VOCABULARY = Vocabulary(
    lists={
        "kin": _terms(younger_brother=("younger brother", "남동생"), mother=("mother", "어머니"), son=("son", "아들")),
        "act": _terms(detention=("detention", "구금"), raid=("house raid", "가택 급습"), threat=("threat", "위협")),
        "occupation": _terms(professional__health=("health worker", "보건 종사자")),
        "sex": _terms(female=("woman", "여성")),
    }
)


def _say(attribute, values, language):
    return say_values(attribute, values, language, tree=TREE, vocabulary=VOCABULARY)


def _detained(*kin):
    return Codes(frozenset(f"detention/{k}" for k in kin))


@pytest.mark.parametrize(
    ("attribute", "values", "english", "korean"),
    [
        ("home", Paths(frozenset({"hambuk/musan"})), "home: Musan", "고향: 무산군"),
        ("sex", Codes(frozenset({"female"})), "sex: woman", "성별: 여성"),
        ("act", _detained("younger_brother"), "detention: younger brother", "구금: 남동생"),
        ("act", Codes(frozenset({"raid", "threat"})), "house raid or threat", "가택 급습 또는 위협"),
        ("departure", Days(((FIRST_OF_2019, LAST_OF_2019),)), "left: 2019", "떠난 때: 2019년"),
        ("act_date", Days(((DAY, DAY),)), "date of the act: 5 February 2024", "사건 날짜: 2024년 2월 5일"),
    ],
)
def test_a_claim_is_read_out_in_both_languages(attribute, values, english, korean):
    """Every kind of value has a short reading in English and in Korean."""
    assert _say(attribute, values, "en") == english
    assert _say(attribute, values, "ko") == korean


def test_provinces_that_form_a_region_are_read_as_the_region():
    """All provinces of a region are said in the region's words, any fewer one by one."""
    assert _say("home", Paths(frozenset({"hambuk", "ryanggang"})), "en") == "home: a northern border province"
    assert _say("home", Paths(frozenset({"hambuk"})), "ko") == "고향: 함경북도"


def test_a_place_below_the_tree_is_never_read_as_its_code():
    """A village nobody knows is read as the county around it, and a path nobody knows at all as unknown."""
    assert _say("home", Paths(frozenset({"hambuk/musan/somewhere"})), "en") == "home: Musan"
    assert _say("home", Paths(frozenset({"nowhere"})), "en") == "home: ?"


def test_relatives_are_read_in_one_word_where_there_is_one():
    """Brothers and sisters together are a sibling; a set without a word of its own is listed."""
    siblings = Codes(frozenset(k for k in KIN_LEAVES if k.endswith(("brother", "sister"))))
    assert _say("kin", siblings, "en") == "relative: sibling"
    assert _say("kin", siblings, "ko") == "가족: 형제자매"
    assert _say("kin", Codes(frozenset({"mother", "son"})), "en") == "relative: mother or son"


def test_an_occupation_without_a_label_is_read_as_the_group_above_it():
    """A code below a known one is read by the known one's label."""
    assert _say("occupation", Paths(frozenset({"professional/health/nurse"})), "en") == "work: health worker"


def test_many_alternatives_are_counted_and_not_listed():
    """More than four alternatives are a number, so that a reading stays short."""
    surnames = Codes(frozenset("가나다라마"))
    assert _say("surname", surnames, "en") == "surname: one of 5"
    assert _say("surname", surnames, "ko") == "성: 5가지 가운데 하나"


def test_a_span_of_days_no_unit_fits_is_read_from_its_first_to_its_last_day():
    """Days that are no calendar unit, and days in pieces, are read from end to end."""
    assert _say("departure", Days(((DAY, DAY + 40),)), "en") == "left: 2024-02-05 to 2024-03-16"
    assert _say("departure", Days(((DAY, DAY), (DAY + 9, DAY + 9))), "ko") == "떠난 때: 2024-02-05 ~ 2024-02-14"
