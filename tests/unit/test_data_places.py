from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bearwitness.data.load import load_place_tree
from bearwitness.services.lexicon import build_lexicon

PROVINCES = {
    "pyongyang", "rason", "nampo", "kaesong", "pyongnam", "pyongbuk", "jagang", "hwangnam", "hwangbuk", "kangwon",
    "hamnam", "hambuk", "ryanggang",
}  # fmt: skip


@pytest.mark.parametrize(
    ("written", "path"),
    [
        ("Sinuiju", "pyongbuk/sinuiju"), ("Sinŭiju", "pyongbuk/sinuiju"), ("SINUIJU", "pyongbuk/sinuiju"),
        ("신의주", "pyongbuk/sinuiju"), ("신의주시", "pyongbuk/sinuiju"), ("Musan County", "hambuk/musan"),
        ("Musan-gun", "hambuk/musan"), ("무산군", "hambuk/musan"), ("North Hamgyong Province", "hambuk"),
        ("Hamgyongbuk-do", "hambuk"), ("함북", "hambuk"), ("Yanggang Province", "ryanggang"), ("양강도", "ryanggang"),
        ("량강도", "ryanggang"), ("Yongbyon", "pyongbuk/nyongbyon"), ("영변", "pyongbuk/nyongbyon"),
        ("용천군", "pyongbuk/ryongchon"), ("룡천", "pyongbuk/ryongchon"), ("P'yongsong", "pyongnam/pyongsong"),
        ("Phyongsong", "pyongnam/pyongsong"), ("Pyeongseong", "pyongnam/pyongsong"), ("Saebyol", "hambuk/kyongwon"),
        ("새별군", "hambuk/kyongwon"), ("Kimchaek", "hambuk/kimchaek"), ("Songjin", "hambuk/kimchaek"),
        ("Rajin-Sonbong", "rason"), ("나진", "rason/rajin"), ("Kaesong", "kaesong"), ("개성시", "kaesong"),
        ("Chagang", "jagang"), ("Manpho", "jagang/manpho"), ("Manp'o", "jagang/manpho"), ("Manpo", "jagang/manpho"),
        ("Mangyongdae District", "pyongyang/mangyongdae"), ("만경대구역", "pyongyang/mangyongdae"),
    ],
)  # fmt: skip
def test_a_place_is_found_by_any_of_its_names(written: str, path: str) -> None:
    """A place is found by official, southern, foreign, short and former names in both languages."""
    assert load_place_tree().find(written) == (path,)


def test_all_units_of_the_tree_are_there() -> None:
    """Thirteen provinces and all counties are in the tree, each with a label in both languages."""
    tree = load_place_tree()
    assert {p for p in tree.places if "/" not in p} == PROVINCES
    assert len(tree.places) == 212
    assert all(p.path.split("/")[0] in PROVINCES and p.labels["en"] and p.labels["ko"] for p in tree.places.values())


def test_two_counties_of_one_name_are_both_found() -> None:
    """The romanised name that two counties share finds both, and their Hangul names tell them apart."""
    tree = load_place_tree()
    assert set(tree.find("Unsan")) == {"pyongbuk/unsan", "pyongnam/unsan"}
    assert tree.find("운산") == ("pyongbuk/unsan",)
    assert tree.find("은산군") == ("pyongnam/unsan",)


def test_no_other_name_is_shared_by_two_branches() -> None:
    """But for Unsan no name stands for two places that lie on different branches."""
    holders: dict[str, set[str]] = {}
    for place in load_place_tree().places.values():
        for names in place.names.values():
            for name in names:
                holders.setdefault(name.casefold(), set()).add(place.path)
    shared = {name for name, paths in holders.items() if len(paths) > 1}
    assert shared == {"unsan", "unsan county", "unsan-gun", "unsan-kun"}


def test_county_figures_add_to_the_census() -> None:
    """County figures and the special city without them add to the household population of the 2008 census."""
    tree = load_place_tree()
    counties = sum(p.population or 0 for p in tree.places.values() if "/" in p.path)
    assert counties + (tree.places["rason"].population or 0) == 23_349_859


def test_what_wording_calls_a_region_is_read_back() -> None:
    """The label of a region, without its article, is among the names it is found by, and so are those of places."""
    for language in ("en", "ko"):
        forms = build_lexicon(language).places  # type: ignore[arg-type]
        for region in load_place_tree().regions.values():
            label = region.labels[language].removeprefix("a ").removeprefix("the ")  # type: ignore[index]
            assert forms[label] == region.provinces
            assert region.provinces < PROVINCES
        for place in load_place_tree().places.values():
            if place.path != "kaesong/kaesong":
                assert place.path in forms[place.labels[language]]  # type: ignore[index]


@pytest.mark.parametrize(
    "word", ["위원", "온천", "과일", "세포", "영광", "운전", "대안", "신원", "중", "낙원", "김정숙", "나선"]
)
def test_an_ordinary_korean_word_alone_is_no_place(word: str) -> None:
    """A county whose bare name is an ordinary word or a person is not found by it alone."""
    assert word not in build_lexicon("ko").places


def test_an_ordinary_word_with_its_province_or_origin_is_a_place() -> None:
    """The same word is a place after its province, with its suffix, or before the word for origin."""
    forms = build_lexicon("ko").places
    for written in ("평안남도 평원", "평남 평원", "평원군", "평원 출신"):
        assert forms[written] == {"pyongnam/pyongwon"}


@pytest.mark.parametrize("name", ["Jung", "Kim Jong Suk", "Gangnam", "Chung", "May", "Park"])
def test_a_surname_or_southern_place_is_not_taken_for_a_county(name: str) -> None:
    """A Latin name that is a surname, a person or a place in Seoul stands for no county."""
    assert name not in build_lexicon("en").places


@given(st.text(max_size=12))
def test_any_text_can_be_looked_up(name: str) -> None:
    """Looking up any text gives paths of the tree or none."""
    assert set(load_place_tree().find(name)) <= set(load_place_tree().places)
