"""People whom an English text shows, and what nobody accounts for; every person is invented."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import bearwitness.data
from bearwitness.text.english_scan import scan_english
from bearwitness.text.normalise import normalise
from bearwitness.text.scene import Lexicon, Scan

LEXICON = Lexicon(
    places={"Musan": frozenset({"hambuk/musan"}), "Hyesan": frozenset({"ryanggang/hyesan"})},
    occupations={"nurse": frozenset({"professional/health/nurse"}), "trader": frozenset({"service/trade/trader"})},
    surnames={
        "김": ("Kim",), "이": ("Lee", "Yi", "Ri", "I"), "박": ("Park",), "안": ("An", "Ahn"), "송": ("Song",),
        "성": ("Song",),
        "정": ("Jeong", "Chung"), "최": ("Choi",), "오": ("Oh", "O"), "민": ("Min",),
        "장": ("Jang",),
        "신": ("Shin", "Sin"),
    },
    institutions=frozenset({"Ministry of State Security", "MSS"}), world=frozenset({"Seoul", "South Korea", "China"}),
    public_days=frozenset({date(2024, 1, 15)}),
)  # fmt: skip
PUBLISHED = date(2024, 3, 1)


@cache
def ordinary() -> frozenset[str]:
    words = Path(bearwitness.data.__file__).with_name("english_words.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(w for w in words if not w.startswith("#"))


def scan(text: str) -> Scan:
    return scan_english(normalise(text).text, (), LEXICON, published=PUBLISHED, lag_days=30, ordinary=ordinary())


def people(text: str) -> list[tuple[str, str]]:
    return list(dict.fromkeys((m.key, m.stands_as) for m in scan(text).mentions))


def doubts(text: str) -> list[str]:
    return [d.form for d in scan(text).doubts]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("A defector named Park wept.", [("박", "left")]),
        ("A Jeong from Musan and a Choi from Hyesan wept.", [("정", "left"), ("최", "left")]),
        ("Ms. Choi, 43, wept.", [("최", "left")]),
        ("Reporters met a man surnamed Ri.", [("이", "left")]),
        ("K. said her mother was ill. K. wept.", [("K", "left")]),
        ("A woman in her forties wept. The woman said no more of her son.", [("someone-1", "left")]),
        ("A source inside the country told the paper.", [("carrier-source", "carrier")]),
        ("Sources said so.", []),
        ("Choi Min-ji (not her real name) wept. Min-ji left.", [("choi min ji", "left")]),
        ("Kim Jong Il spoke. Kim was stern.", [("kim jong il", "named")]),
        ("A Kim from Musan and a Kim from Hyesan wept.", [("김", "left"), ("김-2", "left")]),
    ],
)  # fmt: skip
def test_people_without_a_record_are_found(text: str, shown: list[tuple[str, str]]):
    """Surnames, letters, nouns, carriers, made-up and full names each show somebody, under one key."""
    assert people(text) == shown


def test_a_surname_with_one_spelling_for_several_says_all_of_them():
    """Of wording: "Song" may be two Hangul surnames; the key is the commoner one."""
    said = next(s for s in scan("A defector named Song wept.").said if s.attribute == "surname")
    assert (said.key, said.values.codes) == ("송", {"송", "성"})  # type: ignore[union-attr]


def test_words_that_are_surnames_are_people_only_where_they_act_like_names():
    """Of wording: "An", "Oh", "Song" and "Sin" that begin a sentence are words unless a name's context follows."""
    assert people("Song filled the hall. Oh, that was long ago. An officer came. Sin is forbidden.") == []
    assert people("Song, 34, wept.") == [("송", "left")]
    assert people("Song's mother was ill.") == [("송", "left")]


def test_a_given_name_only_at_the_beginning_of_a_sentence_is_found():
    """An unknown name is a person in doubt even where its capital proves nothing, hyphen and small letter included."""
    for name in ("Minji", "Mi-ran", "Eun-sim"):
        text = f"{name} fled in 2019."
        assert people(text) == [(name.lower().replace("-", " "), "left")]
        assert doubts(text) == [name]
        assert any(s.attribute == "departure" for s in scan(text).said)


def test_a_short_form_is_decided_with_its_full_name():
    """Later "Kim", "Seo-yeon" and an abbreviation in brackets share the form of the name they shorten."""
    text = "Kim Seo-yeon wept. Seo-yeon left, and nobody told Kim. The Aurora Film Club (AFC) met. Then AFC closed."
    assert doubts(text) == ["Kim Seo-yeon"] * 3 + ["Aurora Film Club"] * 3


def test_capitals_in_datelines_and_headings_are_no_names_where_they_are_words():
    """A shouted dateline and a heading in title case leave only what no list knows."""
    assert doubts("Secret Police Intensify Pressure\n\nSEOUL - The police came.\n\nLeave a Reply") == []
    assert doubts("MUSAN - The police came.") == ["MUSAN"]
    assert doubts("POLICE CAME TO QABALOR AT NIGHT") == ["QABALOR"]


def test_a_byline_alone_is_a_named_person():
    """A name on a line of its own stands in doubt until decided."""
    assert people("The police came.\n\nJang Seol-bi") == [("jang seol bi", "named")]


def test_months_and_verbs_that_look_alike_are_told_apart():
    """Of wording: "May" and "Will" at the beginning of a sentence are words, inside one they stay in doubt."""
    assert doubts("May we go? Will they come? Mark my words.") == []
    assert doubts("They met Will there.") == ["Will"]


def test_short_months_and_weekdays_inside_a_name_are_the_name():
    """Of wording: "Sun-hi" and "Jun-ho" are names, not a Sunday and June."""
    assert doubts("They met Sun-hi and Jun-ho.") == ["Sun-hi", "Jun-ho"]


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("It lasted six days.", ["six days"]),
        ("It lasted several days.", []),
        ("They are the number one enemy, for the first time, one of many.", []),
        ("Twenty-three trucks came.", ["Twenty-three trucks"]),
        ("In Musan the harvest was poor.", ["Musan"]),
        ("It happened on 3 May 2021.", ["3 May 2021"]),
        ("The law is of January 15.", []),
        ("A law of 14 January 2024.", ["14 January 2024"]),
        ("It cost 3,000 yuan.", ["3,000 yuan"]),
        ("Only 45 came.", ["45"]),
        ("A nurse was never seen.", []),
        ("The Ministry of State Security (MSS) and China agree with South Korea.", []),
        ("They watched the glimborts.", ["glimborts"]),
    ],
)  # fmt: skip
def test_what_nobody_accounts_for_is_in_doubt(text: str, forms: list[str]):
    """Numbers, places, dates, sums and unknown words stay in doubt; idioms, public days and known names do not."""
    assert doubts(text) == forms


def test_everything_the_text_says_of_both_sexes_is_left_to_an_editor():
    """Where titles contradict each other one reading is wrong, and the passage is in doubt."""
    text = "Ms. Choi wept. Mr. Choi wept. Ms. Choi left."
    assert "sex of one person" in doubts(text)


def test_an_empty_text_shows_nobody():
    """No words, no claims, no doubts."""
    assert scan("") == Scan(mentions=(), said=(), doubts=())


PIECES = st.lists(
    st.sampled_from(
        ["Park", "Kim Jong Il", "a defector", "her brother", "was arrested", "on 3 May 2021", "in Musan",
        "said", '"', ", ",
         ". ", "\n\n", "they", "Ms. Choi, 43,", "who", "fled", "two", "of", "the family", "My", "and", "Sin",
         "-", "'s", "12"]
    ),
    max_size=25,
)  # fmt: skip


@given(PIECES)
def test_passages_lie_in_the_text_and_every_key_is_shown(pieces: list[str]):
    """Whatever the text, passages are inside it and not empty, and what is said is said of somebody shown."""
    text = normalise(" ".join(pieces)).text
    found = scan_english(text, (), LEXICON, published=PUBLISHED, lag_days=30, ordinary=ordinary())
    for item in (*found.mentions, *found.said, *found.doubts):
        assert 0 <= item.start < item.end <= len(text)
    ends = [d.end for d in found.doubts]
    assert all(b.start >= a for a, b in zip(ends, found.doubts[1:], strict=False))
    assert {s.key for s in found.said} <= {m.key for m in found.mentions}


@given(st.text(max_size=80))
def test_no_text_breaks_the_scan(text: str):
    """Any text at all can be scanned."""
    scan(text)


@given(st.integers(min_value=0, max_value=9999))
def test_a_number_never_goes_unnoticed(number: int):
    """Digits of any size are said of somebody or in doubt."""
    text = f"They counted {number} sheets."
    assert any(d.start <= 13 < d.end for d in scan(text).doubts)
