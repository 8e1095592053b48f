"""What English texts say of somebody whom no words show, of several of one description, and in words no list has."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest

import bearwitness.data
from bearwitness.model.claims import KIN_LEAVES
from bearwitness.model.values import Codes, Paths
from bearwitness.text.english_scan import scan_english
from bearwitness.text.english_terms import ALL_ACTS
from bearwitness.text.normalise import normalise
from bearwitness.text.scene import Lexicon, Mention, Said, Scan

LEXICON = Lexicon(
    places={
        "Hyesan": frozenset({"ryanggang/hyesan"}), "Musan": frozenset({"hambuk/musan"}),
        "Chongjin": frozenset({"hambuk/chongjin"}), "Onsong": frozenset({"hambuk/onsong"}),
    },
    occupations={
        "miner": frozenset({"worker/mining/miner"}), "health worker": frozenset({"professional/health"}),
        "driver": frozenset({"worker/transport/driver"}), "nurse": frozenset({"professional/health/nurse"}),
    },
    surnames={"박": ("Park",), "안": ("Ahn",), "배": ("Bae",), "김": ("Kim",), "진": ("Jin",)},
    institutions=frozenset({"Ministry of State Security", "MSS"}),
    world=frozenset({"Seoul", "China", "North Korea", "South Korea"}), public_days=frozenset(),
)  # fmt: skip
SIBLINGS = {"elder_brother", "younger_brother", "elder_sister", "younger_sister"}


@cache
def ordinary() -> frozenset[str]:
    words = Path(bearwitness.data.__file__).with_name("english_words.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(w for w in words if not w.startswith("#"))


@cache
def scan(text: str, known: tuple[Mention, ...] = ()) -> Scan:
    return scan_english(
        normalise(text).text, known, LEXICON, published=date(2024, 3, 1), lag_days=30, ordinary=ordinary()
    )  # fmt: skip


def values(said: Said) -> set[str]:
    if isinstance(said.values, Codes):
        return set(said.values.codes)
    return set(said.values.paths) if isinstance(said.values, Paths) else {"days"}


def of(text: str, attribute: str, known: tuple[Mention, ...] = ()) -> dict[str, set[str]]:
    """Key to all values of one attribute."""
    found: dict[str, set[str]] = {}
    for said in scan(text, known).said:
        if said.attribute == attribute:
            found.setdefault(said.key, set()).update(values(said))
    return found


def detained(*kin: str) -> set[str]:
    return {f"detention/{k}" for k in kin}


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("A parent was threatened.", {"threat"}),
        ("Their sibling was detained.", detained(*SIBLINGS)),
        ("The family home was raided in February.", {"raid"}),
        ("Officers searched a house in Hyesan and took a son away.", {"raid", *detained("son")}),
        ("A relative was summoned to the station.", {"summons"}),
        ("Neighbours said a house was ransacked one night.", {"raid"}),
        ("Word came that somebody's brother had been arrested.", detained("elder_brother", "younger_brother")),
        ("A raid took place in Hyesan.", {"raid"}),
        ("The phone was tapped.", {"surveillance"}),
        ("Three people were detained in Musan.", detained(*KIN_LEAVES)),
        ("The door was broken down and the youngest daughter dragged out.", {"raid", *detained("daughter")}),
        ("Second-hand accounts say that a husband was forced to divorce.", {"forced_divorce"}),
    ],
)
def test_an_act_of_one_case_is_said_of_somebody_though_nobody_is_shown(text: str, act: set[str]):
    """Where no words show a person, the words themselves show somebody whose household is assessed."""
    assert of(text, "act") == {"someone-1": act}
    assert {m.key for m in scan(text).mentions} == {"someone-1"}


@pytest.mark.parametrize(
    ("text", "attribute", "said"),
    [
        ("A spouse wept.", "kin", {"husband", "wife"}), ("A relative wept.", "kin", set(KIN_LEAVES)),
        ("A Chinese phone was found.", "trait", {"phone"}), ("The escape was made by boat.", "route", {"sea"}),
        ("A raid took place in Hyesan on February 5.", "home", {"ryanggang/hyesan"}),
        ("A raid took place in Hyesan on February 5.", "act_date", {"days"}),
        ("The uncle, who worked as a driver, wept.", "occupation", {"worker/transport/driver"}),
        ("Two brothers were beaten.", "count", {"2"}),
    ],
)  # fmt: skip
def test_other_things_of_one_case_do_not_vanish_either(text: str, attribute: str, said: set[str]):
    """Kin, traits, ways, places, dates and occupations stay with somebody unnamed."""
    assert of(text, attribute) == {"someone-1": said}


def test_sentences_that_can_speak_of_the_same_household_show_one():
    """A second sentence without a person goes on about the first one's household, whatever kind of words showed it."""
    assert of("A parent was threatened. A spouse was detained.", "act") == {
        "someone-1": {"threat", *detained("husband", "wife")}
    }
    assert of("A raid took place in Musan. Two brothers were detained.", "act") == {
        "someone-1": {"raid", *detained("elder_brother", "younger_brother")}
    }


def test_whoever_is_shown_in_the_next_sentence_may_be_meant_as_well():
    """What comes before a person is shown is said of somebody unnamed and of that person."""
    found = of("The family home was raided. Park, a defector, wept.", "act")
    assert found == {"someone-1": {"raid"}, "박": {"raid"}}


def test_somebody_shown_before_is_meant_and_nobody_new():
    """An unnamed household is only made where nobody is there; those who pass news on hide nobody."""
    assert of("Park fled. A sibling was beaten.", "act") == {"박": {"beating"}}
    assert of("Park fled. Neighbours said the family home was raided.", "act") == {"박": {"raid"}}


@pytest.mark.parametrize(
    "text",
    [
        "Families of defectors are watched. Relatives of defectors are often punished.",
        "The MSS raids the homes of defectors.",
        "Many defectors have fled. Their families are watched.",
        "Anyone with a relative abroad is watched. If a brother flees, the parents are punished.",
        "It is a crime to phone a relative. Defectors who have a sibling in the North fear for them.",
        "Experts warned that raids have increased. Punishments are common.",
        "The report monitored the border and questioned the policy.",
        "Trade through China has resumed.",
    ],
)
def test_plainly_general_statements_are_still_said_of_nobody(text: str):
    """Plurals, rules and conditions show nobody."""
    assert not scan(text).said


def test_ordinals_and_other_tell_people_of_one_description_apart():
    """First, second, another and other defectors are different people; the same ordinal is the same one again."""
    text = "The first defector's son was beaten. The second defector's son was exiled. Another defector's son"
    text += " was sacked."
    assert of(text, "act") == {
        "someone-1": {"beating"}, "someone-2": {"exile"}, "someone-3": {"job_loss"}
    }  # fmt: skip
    assert set(of("A defector wept. The other defector said her brother was beaten.", "act")) == {"someone-2"}
    assert set(of("A second defector wept. A third defector's son was beaten.", "act")) == {"someone-2"}
    assert of("The third defector is a miner. The third defector's wife was beaten.", "act") == {
        "someone-1": {"beating"}
    }
    assert of("One said her son was beaten. The other said her son was exiled.", "act") == {
        "someone-1": {"beating"}, "someone-2": {"exile"}
    }  # fmt: skip
    assert of("A woman fled. Another woman fled. The first woman's son was beaten.", "act") == {
        "someone-1": {"beating"}
    }


@pytest.mark.parametrize("way", ["via China", "by way of China", "through China"])
def test_by_way_of_china_is_a_way_of_leaving(way: str):
    """The way itself is said, not the kind of crossing; money that takes it is nobody's way."""
    assert of(f"Park left {way} in 2019.", "route") == {"박": {"china"}}
    assert not of(f"Park sent money {way}.", "route")


@pytest.mark.parametrize("verb", ["harassed", "punished", "persecuted", "targeted"])
def test_words_for_no_kind_of_act_allow_every_kind(verb: str):
    """Such a word is a reprisal of a kind left open."""
    assert of(f"Park's mother was {verb}.", "act") == {"박": set(ALL_ACTS)}
    assert len(ALL_ACTS) == 17 + len(KIN_LEAVES)


@pytest.mark.parametrize(
    "text",
    [
        "Officers pestered Park's family.", "Police roughed up Park's brother.", "The ministry emptied Park's house.",
        "Park's relatives were pestered by officers.", "Agents from the MSS descended on Park's home.",
    ],
)  # fmt: skip
def test_an_unknown_verb_of_those_in_power_is_an_act(text: str):
    """What officers, police or ministry do to a family, home or relative is at least an act of a kind left open."""
    assert of(text, "act") == {"박": set(ALL_ACTS)}


def test_an_unknown_verb_of_others_or_a_verb_of_speech_is_no_act():
    """Officials of the South, and what officers said or learned, do nothing to anybody."""
    assert not of("South Korean officials housed Park's family.", "act")
    assert not of("Officers learned that Park's family had moved.", "act")
    assert not of("Friends pestered Park's family.", "act")


def test_an_ing_form_after_be_is_active():
    """Of wording: "was threatening her" was done to her and not by her."""
    assert not of("Kim wept. The MSS is targeting families.", "act")
    assert of("Officers were threatening Park's mother, Ahn said.", "act") == {"박": {"threat"}}


def test_a_title_before_a_known_name_tells_the_sex_and_pronouns_follow_it():
    """Names of the record have titles too; "he" and "her" go by them."""
    text = "Ms. Ahn from Musan and Mr. Bae from Hyesan spoke. He fled in 2019. Her mother was threatened."
    known = tuple(
        Mention(start=text.index(n), end=text.index(n) + 3, key=f"k-{n}", label=n) for n in ("Ahn", "Bae")
    )  # fmt: skip
    assert of(text, "sex", known) == {"k-Ahn": {"female"}, "k-Bae": {"male"}}
    assert of(text, "act", known) == {"k-Ahn": {"threat"}}
    assert set(of(text, "departure", known)) == {"k-Bae"}


def test_letters_joined_by_and_are_people():
    """Both letters are people, both left, and what their families suffered is said of both."""
    assert set(of("A. and B., both defectors, said their families were raided.", "act")) == {"A", "B"}
    assert set(of("B and C said their homes were raided.", "act")) == {"B", "C"}
    assert set(of("A. and B., both defectors, wept.", "status")) == {"A", "B"}


def test_an_apposition_to_a_relative_is_the_relatives():
    """The miner of "her elder sister, a miner, was summoned" is the sister."""
    said = [s for s in scan("Park wept. Her elder sister, a miner, was summoned.").said if s.attribute == "occupation"]
    assert [(s.key, s.about) for s in said] == [("박", "kin:elder_sister")]


@pytest.mark.parametrize(
    "text", ["A defector who asked to be called Jin wept.", "We will call her Jin.", "Jin (a pseudonym) wept."]
)
def test_a_name_somebody_asked_for_is_made_up(text: str):
    """A pseudonym shows a person and says no surname."""
    assert any(m.pseudonym for m in scan(text).mentions if m.key == "진")
    assert not of(text, "surname")


def test_capitals_throughout_say_nothing():
    """Relatives, names and acts are found in a text all in capitals."""
    assert of("SHE LEFT IN 2019. HER MOTHER WAS DETAINED.", "kin") == {"someone-1": {"mother"}}
    assert of("SHE LEFT IN 2019. HER MOTHER WAS DETAINED.", "act") == {"someone-1": detained("mother")}
    assert of("MS. AHN SAID HER SISTER WAS ARRESTED IN MUSAN.", "act") == {
        "안": detained("elder_sister", "younger_sister")
    }


def test_the_same_relative_named_again_is_no_further_relative():
    """Of "whose sister fled, her sister said" only the sister is said."""
    found = of("A woman whose sister fled North Korea was questioned, her sister said.", "kin")
    assert found == {"someone-1": {"elder_sister", "younger_sister"}}


def test_a_relative_of_somebody_may_be_any_relative():
    """Of wording: "a relative" tells no kind; "relative" before a noun is nobody."""
    assert of("Park's relative wept.", "kin") == {"박": set(KIN_LEAVES)}
    assert not of("Park spoke of relative calm.", "kin")


def test_a_health_worker_has_an_occupation():
    """Two words of the list are one occupation."""
    assert of("Ahn, a health worker, fled.", "occupation") == {"안": {"professional/health"}}


def test_an_object_pronoun_after_a_possessor_may_be_the_possessor():
    """In "Kim's neighbour told him" the neighbour tells Kim, and carries the news."""
    text = "Kim's neighbour told him that police had combed the house."
    assert of(text, "act") == {"김": set(ALL_ACTS)}
    assert {m.stands_as for m in scan(text).mentions if m.key.startswith("carrier")} == {"carrier"}


def test_the_grandmother_is_a_relative_of_whoever_is_shown():
    """A grandmother with a definite article is somebody's."""
    assert of("Park fled. Police warned the grandmother.", "kin") == {"박": {"grandparent"}}


def test_a_growing_policy_is_no_act_unless_it_says_of_whom():
    """Of wording: "has intensified the harassment" is said of nobody; "of her family" makes it hers."""
    assert not of("Park says the MSS has intensified the harassment.", "act")
    assert of("Park says the MSS has intensified the harassment of her family.", "act") == {"박": set(ALL_ACTS)}


def test_the_other_brother_is_one_relative():
    """Of wording: "the other brother" is definite, while "other brothers" stays general."""
    assert of("The other brother was beaten.", "kin") == {"someone-1": {"elder_brother", "younger_brother"}}
    assert not of("Other brothers were beaten.", "kin")


def test_no_one_and_another_stand_alone_in_their_own_way():
    """Of wording: "no one" is nobody; "Another" at the start of a sentence is somebody else than before."""
    assert {m.key for m in scan("No one has seen the daughter.").mentions} == {"someone-1"}
    assert of("A defector's son was beaten. Another was exiled.", "act") == {
        "someone-1": {"beating"}, "someone-2": {"exile"}
    }  # fmt: skip


def test_who_does_not_know_who_was_taken_was_not_taken():
    """A question about the victim leaves it with the family spoken of, not with whoever carries the news."""
    text = "Ahn heard from a friend that her home was raided; the friend did not know who was taken."
    assert of(text, "act") == {"안": {"raid", *detained(*KIN_LEAVES)}}


def test_the_police_were_told_is_nothing_done_to_the_family():
    """An unknown verb that the police suffer themselves is done to nobody else."""
    assert not of("The police were told of Park's family.", "act")
    assert not of("Park said the police were told to find the phone.", "act")


@pytest.mark.parametrize(
    "text",
    [
        "Two other defectors, another defector from Musan, and a third defector from Hyesan, said officers had "
        "threatened their families.",
        "Two women, a nurse from Musan and a miner from Hyesan, said their families had been threatened.",
    ],
)
def test_a_counted_group_is_the_people_who_follow_it(text):
    """The heading of a list shows nobody besides those listed, and what is said of all is said of each."""
    found = scan(text)
    homes = {tuple(s.values.paths): s.key for s in found.said if s.attribute == "home"}
    assert set(homes) == {("hambuk/musan",), ("ryanggang/hyesan",)}
    assert len(set(homes.values())) == 2
    assert {s.key for s in found.said if s.attribute == "act"} == set(homes.values())
    assert not found.doubts


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("They took Park's father in on the same day.", "detention/father"),
        ("Officers took the defector's mother away.", "detention/mother"),
        ("They made Ahn call her brother.", "forced_call"),
    ],
)
def test_a_relative_named_by_whose_they_are_is_taken(text, act):
    """A genitive before the relative hides neither the act nor whom it fell on."""
    assert act in {code for s in scan(text).said if s.attribute == "act" for code in values(s)}


def test_news_by_phone_is_no_forced_call():
    """Telling somebody by phone is how news travels, not an act."""
    found = scan("An acquaintance told Ahn by phone that officers had raided the home of her parents.")
    assert {code for s in found.said if s.attribute == "act" for code in values(s)} == {"raid"}


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Park fled. His father works at a sawmill.", "sawmill"),
        ("Park fled. Another woman from the same town said so.", "same town"),
        ("Park said that officers had questioned his mother twice.", "twice"),
    ],
)
def test_what_points_at_something_without_a_name_is_in_doubt(text, form):
    """A place of work, a place told by another one and how often: an editor has to account for them."""
    assert form in {d.form for d in scan(text).doubts}


@pytest.mark.parametrize(
    "text",
    [
        "Three officers came to the flat of Park's parents.",
        "Police officers had again visited the family in Musan, Park said.",
        "Park's uncle has not been seen since.",
    ],
)
def test_a_visit_and_a_disappearance_are_acts(text):
    """Officers at somebody's door, and somebody who was not seen again, are at least an act of no stated kind."""
    assert any(s.attribute == "act" for s in scan(text).said)


def test_rights_groups_in_general_are_nobodys_activism():
    """What groups estimate says nothing of the person shown before."""
    found = scan("Park fled. Human rights groups estimate that many families were visited.")
    assert not any(s.attribute == "trait" for s in found.said)
