"""What English wordings say of whom; every person is invented."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest

import bearwitness.data
from bearwitness.model.values import Codes, Days, Paths
from bearwitness.text.english_scan import scan_english
from bearwitness.text.normalise import normalise
from bearwitness.text.scene import Lexicon, Mention, Said, Scan

SURNAMES = {
    "김": ("Kim", "Gim"), "이": ("Lee", "Yi", "Ri"), "박": ("Park", "Pak"), "정": ("Jeong", "Chung"),
    "최": ("Choi", "Choe"),
    "안": ("Ahn", "An"), "노": ("Noh", "Ro"), "배": ("Bae",), "송": ("Song",), "성": ("Sung", "Song"),
    "한": ("Han",),
    "윤": ("Yoon", "Yun"), "강": ("Kang",), "임": ("Lim", "Im"), "홍": ("Hong",), "장": ("Jang", "Chang"),
    "차": ("Cha",),
}  # fmt: skip
LEXICON = Lexicon(
    places={
        name: frozenset({path})
        for name, path in {
            "Sinuiju": "pyongbuk/sinuiju", "Musan": "hambuk/musan", "Hyesan": "ryanggang/hyesan",
            "Chongjin": "hambuk/chongjin",
            "North Hamgyong Province": "hambuk", "North Hamgyong": "hambuk", "Ryanggang": "ryanggang",
            "Onsong": "hambuk/onsong",
        }.items()
    },
    occupations={
        "nurse": frozenset({"professional/health/nurse"}), "teacher": frozenset({"professional/education/teacher"}),
        "miner": frozenset({"worker/mining/miner"}), "soldier": frozenset({"military/soldier"}),
        "driver": frozenset({"worker/transport/driver"}), "trader": frozenset({"service/trade/trader"}),
    },
    surnames=SURNAMES, institutions=frozenset({"Ministry of State Security", "MSS"}),
    world=frozenset({"Seoul", "China", "North Korea", "South Korea", "Russia"}),
    public_days=frozenset({date(2024, 1, 15)}),
)  # fmt: skip
PUBLISHED = date(2024, 3, 1)
SIBLINGS = {"elder_brother", "younger_brother", "elder_sister", "younger_sister"}


@cache
def ordinary() -> frozenset[str]:
    words = Path(bearwitness.data.__file__).with_name("english_words.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(w for w in words if not w.startswith("#"))


def scan(text: str, known: tuple[Mention, ...] = ()) -> Scan:
    return scan_english(
        normalise(text).text, known, LEXICON, published=PUBLISHED, lag_days=30, ordinary=ordinary()
    )  # fmt: skip


def values(said: Said) -> set[str]:
    if isinstance(said.values, Codes):
        return set(said.values.codes)
    return set(said.values.paths) if isinstance(said.values, Paths) else set()


def facts(text: str) -> set[tuple[str, str, str, str]]:
    """(key, attribute, values joined by |, passage) of everything that is said."""
    clean = normalise(text).text
    return {
        (s.key, s.attribute, "|".join(sorted(values(s))), clean[s.start : s.end]) for s in scan(text).said
    }  # fmt: skip


def of(text: str, attribute: str) -> dict[str, set[str]]:
    """Key to all values of one attribute."""
    found: dict[str, set[str]] = {}
    for said in scan(text).said:
        if said.attribute == attribute:
            found.setdefault(said.key, set()).update(values(said))
    return found


def test_an_apposition_and_a_relative_clause_describe_the_name_before_them():
    """Occupation, home, status, year and way of leaving after a name belong to that name."""
    text = "Ahn, a former nurse from Sinuiju who left in 2019 on a private travel visa to China, told us of a raid."
    assert {
        ("안", "surname", "안", "Ahn"), ("안", "occupation", "professional/health/nurse", "nurse"),
        ("안", "home", "pyongbuk/sinuiju", "Sinuiju"), ("안", "status", "left", "who left"),
        ("안", "route", "china/visa_private", "on a private travel visa to China"), ("안", "act", "raid", "raid"),
    } <= facts(text)  # fmt: skip


def test_a_description_before_a_name_belongs_to_it():
    """In "a defector named", "former teacher Kim" and "Musan native Han" the words belong to the name after them."""
    assert of("A defector named Lim fled.", "status") == {"임": {"left"}}
    assert of("Former teacher Kim wept.", "occupation") == {"김": {"professional/education/teacher"}}
    assert of("The paper met Musan native Han.", "home") == {"한": {"hambuk/musan"}}


def test_two_people_joined_by_and_keep_their_own_descriptions():
    """Each has a home and an age of their own, and what their families suffered is said of both."""
    text = "Ms. Choi, 43, from Hyesan, and Mr. Han, 51, from Musan, said officers had threatened their families."
    assert of(text, "home") == {"최": {"ryanggang/hyesan"}, "한": {"hambuk/musan"}}
    assert of(text, "sex") == {"최": {"female"}, "한": {"male"}}
    assert of(text, "act") == {"최": {"threat"}, "한": {"threat"}}
    births = {s.key: s.values for s in scan(text).said if s.attribute == "birth"}
    assert births == {
        "최": Days.between(date(1980, 3, 2), date(1981, 3, 1)), "한": Days.between(date(1972, 3, 2), date(1973, 3, 1))
    }  # fmt: skip


def test_both_after_two_names_speaks_of_both():
    """Of wording: "Both from Hyesan" is the home of each of the two before it."""
    text = "Defectors Kang and Yoon, both from Hyesan, wept."
    assert of(text, "home") == {"강": {"ryanggang/hyesan"}, "윤": {"ryanggang/hyesan"}}
    assert of(text, "status") == {"강": {"left"}, "윤": {"left"}}


@pytest.mark.parametrize(
    ("text", "leaf"),
    [
        ("Park said police detained her elder sister.", "elder_sister"),
        ("Park's father was taken away by agents.", "father"),
        ("The mother of Park has been arrested.", "mother"),
        ("Officers raided Park's house. Her younger brother was then arrested.", "younger_brother"),
        ("The arrest of Park's husband shocked the street.", "husband"),
        ("Park fears for her son, who was sent to a labour camp.", "son"),
    ],
)  # fmt: skip
def test_who_was_taken_is_the_relative_the_verb_takes(text: str, leaf: str):
    """Active, passive, noun, possessive and "of" all name the victim, and the kin word is a further passage."""
    taken = [s for s in scan(text).said if s.attribute == "act" and values(s) != {"raid"}]
    assert [(s.key, values(s)) for s in taken] == [("박", {f"detention/{leaf}"})]
    clean = normalise(text).text
    assert all(leaf.split("_")[-1] in clean[a:b] for s in taken for a, b in s.also)


def test_an_open_victim_may_be_any_relative():
    """Where only the family is named, detention may have struck any relative."""
    taken = next(s for s in scan("Kim's family was arrested.").said if s.attribute == "act")
    assert len(values(taken)) == 12


def test_two_relatives_joined_by_and_are_both_taken():
    """Of wording: "Her husband and son" gives two acts and two relatives; "he" after them is no longer her."""
    text = "Yoon said her husband and son had been arrested."
    assert of(text, "act") == {"윤": {"detention/husband", "detention/son"}}
    assert of(text, "kin") == {"윤": {"husband", "son"}}


def test_a_pronoun_of_the_other_sex_is_the_relative():
    """Of wording: "He" after "her brother" is the brother, so it tells no sex of hers."""
    text = "Kim lost touch with her brother. He was beaten."
    assert of(text, "sex")["김"] == {"female", "male"}
    assert {(s.about, *values(s)) for s in scan(text).said if s.attribute == "sex"} == {
        ("", "female"), ("kin:elder_brother|younger_brother", "male"),
    }  # fmt: skip


def test_i_in_a_quotation_is_whoever_speaks():
    """Of wording: "My" and "I" belong to the speaker named after the quotation, over its sentences."""
    text = '"My brother was taken away. I still call my mother," said Ri, a miner from Onsong.'
    assert of(text, "kin") == {"이": {"elder_brother", "younger_brother", "mother"}}
    assert of(text, "home") == {"이": {"hambuk/onsong"}}
    assert {k for k, *_ in facts(text)} == {"이"}


def test_an_object_pronoun_is_not_the_subject_of_its_verb():
    """In "Kim has not heard from her" the pronoun is not Kim, who is a man in the next sentence."""
    text = "Officers searched the home of Kim's mother. Kim has not heard from her since. He sends money."
    assert of(text, "trait") == {"김": {"remittance"}}
    assert [s.about for s in scan(text).said if s.attribute == "sex"] == ["kin:mother", ""]


def test_a_carrier_is_shown_and_suffers_nothing():
    """The acquaintance who brings the news is a carrier; what was done was done to the family of the hearer."""
    text = "On February 5, an acquaintance informed Park that the MSS had raided the family home."
    found = scan(text)
    assert {(m.key, m.stands_as) for m in found.mentions} == {("carrier-acquaintance", "carrier"), ("박", "left")}
    assert of(text, "act") == {"박": {"raid"}}


@pytest.mark.parametrize(
    ("text", "role", "lag"),
    [
        ("On February 5, a friend told Park that officers had raided her home.", "learned", 30),
        ("A friend told Park on 5 February that officers had raided her home.", "learned", 30),
        ("A friend told Park that officers had raided her home on 5 February.", "occurred", 0),
        ("Officers raided Park's home on 5 February.", "occurred", 0),
        ("Officers raided the home of Park's mother, she learned on 5 February.", "learned", 30),
        ("Park told us on 5 February that her home had been raided.", "told", 365),
    ],
)  # fmt: skip
def test_a_date_dates_the_act_or_the_news_of_it(text: str, role: str, lag: int):
    """The date of the news is no date of the act; only the act's own clause dates the act."""
    dated = [s for s in scan(text).said if s.attribute == "act_date"]
    assert [(s.key, s.role, s.lag_days, s.about) for s in dated] == [("박", role, lag, "act:raid")]
    assert dated[0].values == Days.between(date(2024, 2, 5), date(2024, 2, 5))


def test_leaving_and_arriving_are_dated_apart():
    """A year of arrival allows a departure up to a year earlier, a year of flight does not."""
    text = "Kim, who fled in 2019, and Han, who arrived in Seoul in 2020, said nothing."
    found = {(s.key, s.lag_days) for s in scan(text).said if s.attribute == "departure"}
    assert found == {("김", 0), ("한", 365)}


@pytest.mark.parametrize(
    ("text", "trait"),
    [
        ("Park communicates with relatives via a smuggled mobile phone.", "phone"),
        ("Every spring Kang sends her mother money.", "remittance"),
        ('"They said the money I send is a crime," Kang said.', "remittance"),
        ("Kang works as a broker for other families.", "broker"),
        ("Kang, an activist, wept.", "activism"),
        ("Kang appeared on television.", "media"),
    ],
)  # fmt: skip
def test_traits_belong_to_whom_the_sentence_speaks_of(text: str, trait: str):
    """Phone, money, broker, activism and media are found in several wordings."""
    assert trait in set().union(*of(text, "trait").values())


@pytest.mark.parametrize(
    "text",
    [
        "Kim wept. Many defectors stopped calling after their relatives were threatened.",
        "Kim wept. The MSS is targeting the families of defectors, monitoring and arresting them.",
        "Kim wept.\nIt is an offence to send money or to use a phone.",
        "Kim was told that she should not get involved in human rights activities.",
        "Kim's mother was not arrested.",
        "Kim's mother would be arrested if she called.",
        "Officers threatened to arrest nobody in particular, Kim wept.",
    ],
)  # fmt: skip
def test_general_forbidden_and_denied_things_are_said_of_nobody(text: str):
    """Rules, denials, conditions and people in general give no act and no trait but the threat itself."""
    found = {(s.key, s.attribute, *values(s)) for s in scan(text).said if s.attribute in ("act", "trait")}
    assert not {f for f in found if f[2:] != ("threat",)}


def test_a_possibility_that_is_printed_is_said():
    """Of wording: "May have been arrested" lets a reader look for an arrest, and so it is said."""
    assert of("Kim's mother may have been arrested.", "act") == {"김": {"detention/mother"}}


def test_a_public_figure_does_not_draw_what_is_done_to_others():
    """An unmarked home near a named leader is still that of whoever was spoken of before."""
    text = "Kang wept. Kim Jong Il ruled then, and the family home was raided."
    assert "강" in of(text, "act")


def test_the_name_of_a_relative_stands_for_the_relative():
    """Of wording: "Her husband Cha" gives Cha's surname to the husband and what befell his brother to the household."""
    text = "Kang and her husband Cha learned that Cha's brother had been beaten."
    said = scan(text).said
    assert {(s.key, s.about) for s in said if s.attribute == "surname"} == {("강", ""), ("강", "kin:husband")}
    assert of(text, "act") == {"강": {"beating"}}


def test_counts_birth_orders_and_sums_are_said():
    """Of wording: "Two brothers", "the eldest of three" and a sum of money are claims of their own."""
    text = "Kang, the eldest of three, paid 3,000 yuan. Her two sons were exiled."
    assert of(text, "count") == {"강": {"2"}}
    assert of(text, "amount") == {"강": {"3,000 yuan"}}
    assert of(text, "kin")["강"] == {"younger_brother", "younger_sister", "son"}


def test_a_relative_who_speaks_is_a_relative():
    """Of wording: "A woman whose brother fled" is his sister, and the flight is his."""
    text = "A woman whose brother fled in 2018 was summoned every week."
    found = scan(text)
    assert {m.stands_as for m in found.mentions} == {"relative"}
    assert of(text, "kin") == {"someone-1": {"elder_sister", "younger_sister"}}
    assert of(text, "act") == {"someone-1": {"summons"}}


def test_of_two_homes_that_exclude_each_other_the_weaker_stays_in_doubt():
    """The family's town is the home; a town merely named with her is left to an editor."""
    text = "Kang, whose family lives in Musan, once studied in Hyesan."
    assert of(text, "home") == {"강": {"hambuk/musan"}}
    assert "Hyesan" in {d.form for d in scan(text).doubts}


def test_a_broker_s_town_is_home_where_nothing_else_is_said():
    """The area in which somebody works for families is home in the worst case."""
    assert of("Kang acts as a broker for families in Hyesan.", "home") == {"강": {"ryanggang/hyesan"}}


def test_names_of_the_record_are_people_shown_and_not_found_again():
    """A passage the caller knows keeps its key, takes part in attribution, and is not returned."""
    text = "Mun Sol-hi said her sister was detained in Musan."
    known = Mention(start=0, end=10, key="p1", label="Mun Sol-hi", surname="문", full="Mun Sol-hi")
    found = scan(text, (known,))
    assert {(s.key, s.attribute) for s in found.said} >= {("p1", "act"), ("p1", "kin"), ("p1", "home"), ("p1", "sex")}
    assert known not in found.mentions
    assert not found.doubts


def test_a_name_that_may_be_two_persons_says_it_of_both():
    """Two mentions with one passage and different keys both get what is said."""
    text = "Kim was born in Musan."
    known = tuple(Mention(start=0, end=3, key=k, label="Kim", surname="김") for k in ("p1", "p2"))
    assert {s.key for s in scan(text, known).said if s.attribute == "home"} == {"p1", "p2"}
