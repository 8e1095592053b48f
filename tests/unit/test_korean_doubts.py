"""What the Korean scanner leaves in doubt, and what it does not. All people are invented."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bearwitness.text.korean_scan import scan_korean
from bearwitness.text.normalise import normalise
from bearwitness.text.particles import word_set
from bearwitness.text.scene import Lexicon

LEXICON = Lexicon(
    places={"신의주": frozenset({"pyongbuk/sinuiju"}), "혜산": frozenset({"ryanggang/hyesan"}),
            "청진": frozenset({"hambuk/chongjin"})},
    occupations={"간호사": frozenset({"professional/health/nurse"})},
    surnames=dict.fromkeys("김이박정최조강윤장임신유한오서권황안송홍양고문손배백허노심주하곽구성", ()),
    institutions=frozenset(["보위부", "노동신문"]), world=frozenset(["중국", "한국", "북한"]),
    public_days=frozenset([date(2024, 1, 15)]),
)  # fmt: skip
ORDINARY = word_set(
    "이번 정부 강조 최근 안전 노력 조사 이후 이유 주민 하루 지난 지내다 전하다 오래 조치 나라 남다 마지막 이야기 지금"
    " 고향 사람 연설 항구 한다 소식 방도 가족 구하다 정도 다시 거리 활동 자리 감시 도시 제도 상황 공개 처형 결과"
    " 본문 소문 건물 동안 모두"
)


def scan(text, published=date(2024, 3, 1)):
    normal = normalise(text).text
    return normal, scan_korean(normal, (), LEXICON, published=published, lag_days=30, ordinary=ORDINARY)


def doubted(text):
    return [d.form for d in scan(text)[1].doubts]


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("김정은이 연설했다.", ["김정은"]),
        ("이소연 씨는 울었다. 이 씨는 떨었다.", ["이소연", "이소연"]),
        ("본문이다.\n\n장세율", ["장세율"]),
        ("장세율 기자", ["장세율"]),
        ("리설향이가 왔다.", ["리설향"]),
        ("유관순도 왔다.", ["유관순"]),
        ("강조은이 왔다.", ["강조은"]),
        ("소문에 영희가 나온다.", ["영희"]),
    ],
)
def test_names_that_no_record_knows_stay_in_doubt(text, forms):
    """A full name is named and doubted at every passage under one form, a given name alone is doubted."""
    assert doubted(text) == forms


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("덕산동에 산다.", ["덕산동"]),
        ("회상구역은 넓다.", ["회상구역"]),
        ("청진은 항구다.", ["청진"]),
        ("간호사가 왔다.", ["간호사"]),
        ("지난해 겨울이었다.", ["지난해 겨울"]),
        ("6일 동안 굶었다.", ["6일 동안"]),
        ("엿새 동안 굶었다.", ["엿새 동안"]),
        ("며칠 동안 굶었다.", []),
        ("1월 15일 연설이 있었다.", []),
        ("1월 16일 연설이 있었다.", ["1월 16일"]),
        ("세 명이 왔다.", ["세 명"]),
        ("12호 건물이다.", ["12"]),
        ("Choe Son-hui 라고 썼다.", ["Choe Son-hui"]),
        ("崔가 왔다.", ["崔"]),
        ("한 번도 없다.", []),
        ("날마다 5000원을 냈다.", ["5000원"]),
        ("모두 52세다.", ["52세"]),
    ],
)
def test_what_nobody_accounts_for_is_doubted(text, forms):
    """Places, dates, lengths of time, numbers, sums, ages, occupations and foreign words of nobody shown."""
    assert doubted(text) == forms


@pytest.mark.parametrize(
    "text",
    [
        "이번에는 정부의 강조가 최근의 안전과 노력에 있다. 한국은 멀다.", "조사 결과를 전했다.",
        "이후에도 이런 상황이다.",
        "지내던 고향에서 이야기를 전한다.", "공개처형을 한다.", "다시 거리에서 활동을 감시하는 제도다.",
    ],
)  # fmt: skip
def test_ordinary_words_are_no_names_and_no_places(text):
    """Words that begin like a surname or end like a place, with particles, inflected and compounded."""
    assert doubted(text) == []


def test_places_that_exclude_each_other_are_not_both_home():
    """The more firmly said place is the home; the other stays in doubt."""
    text = "박 씨는 신의주 출신이다. 박 씨는 혜산에서 잤다."
    assert [text[s.start : s.end] for s in scan(text)[1].said if s.attribute == "home"] == ["신의주"]
    assert doubted(text) == ["혜산"]


def test_without_a_date_of_publication_ages_stay_in_doubt():
    """An age says nothing of a birth where nobody knows when the text is published."""
    _, found = scan("박모(47) 씨가 왔다.", published=None)
    assert not [s for s in found.said if s.attribute == "birth"]


PIECES = st.sampled_from(
    ["박 씨", "그는 ", "2월 5일", "17", "세 명", "6일 동안 ", "신의주 ", "출신 ", "탈북한 ", "동생이 ", "체포됐다. ",
     '"', "은 ", "를 ", "\n", "3000위안", "(47)", "A씨", "지인이 ", "덕산동", "홍길동 ", "1990년생", "가족들이 ",
     "노동신문", "DMZ7", ", ", "와 ", "2019년 ", "씨"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=14))
@settings(max_examples=150, deadline=None)
def test_no_digit_goes_unaccounted_for(pieces):
    """Whatever the text, each digit is in something said, in somebody shown or in a doubt, and passages lie within."""
    text, found = scan("".join(pieces))
    spans = [(x.start, x.end) for x in (*found.said, *found.mentions, *found.doubts)]
    assert all(0 <= a < b <= len(text) and text[a:b].strip() == text[a:b] for a, b in spans), spans
    for at, character in enumerate(text):
        assert not character.isdigit() or any(a <= at < b for a, b in spans), text


def test_a_place_told_by_another_one_is_in_doubt():
    """같은 도시 tells a home as surely as its name does."""
    assert "같은 도시" in doubted("박 씨는 떠났다. 같은 도시에서 온 여성은 집이 수색당했다고 말했다.")
