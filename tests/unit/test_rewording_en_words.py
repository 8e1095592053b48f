"""The English words for claims, and how people without names are called."""

from datetime import date

import pytest

from bearwitness.model.assessment import Rung
from bearwitness.model.calendar_units import widen_days
from bearwitness.model.claims import KIN_LEAVES, Claim, ClaimId, PersonaId
from bearwitness.model.values import Codes, Days, Paths
from bearwitness.services.world import load_world
from bearwitness.text.rewording import word_of
from bearwitness.text.rewording_en_cast import Cast, Patch
from bearwitness.text.rewording_en_compose import compose
from bearwitness.text.rewording_en_words import day_words, kin_word, plural_of

PUBLISHED = date(2024, 3, 1)
DAY = Days.between(date(2024, 2, 5), date(2024, 2, 5))


def word(attribute, values, rung, level="group"):
    claim = Claim(
        id=ClaimId("c1"), persona=PersonaId("p1"), attribute=attribute, values=values, says="", spans=(),
        origin="pattern",
    )  # fmt: skip
    world = load_world()
    return word_of(
        claim, Rung(level=level, values=rung), language="en", tree=world.tree, vocabulary=world.vocabulary
    )


@pytest.mark.parametrize(
    ("codes", "words"),
    [
        ({"younger_brother"}, "younger brother"), ({"elder_brother", "younger_brother"}, "brother"),
        ({"elder_brother", "younger_sister"}, "sibling"), ({"mother"}, "mother"), ({"father", "mother"}, "parent"),
        ({"husband", "wife"}, "spouse"), ({"mother", "son"}, "relative"), (KIN_LEAVES, "relative"),
        ({"detention/son", "detention/daughter"}, "child"), ({"other_relative"}, "relative"),
    ],
)  # fmt: skip
def test_the_narrowest_word_that_allows_all_is_taken(codes, words):
    """A set of relatives is said by the word that allows all of them and the fewest others."""
    assert kin_word(frozenset(codes)) == words


def test_plurals_of_kin_words():
    """Kin words have their own plurals."""
    assert [plural_of(w) for w in ("child", "wife", "sibling")] == ["children", "wives", "siblings"]


@pytest.mark.parametrize(
    ("level", "quote", "words"),
    [
        ("third", "5 February 2024", "in early February 2024"), ("month", "5 February 2024", "in February 2024"),
        ("third", "February 5", "in early February"), ("month", "February 5", "in February"),
        ("season", "February 5", "in winter 2023-24"), ("year", "5 February", "in 2024"),
    ],
)  # fmt: skip
def test_a_date_keeps_its_year_to_itself_where_the_draft_did(level, quote, words):
    """A year is added only where the wider words say nothing without one."""
    assert day_words(widen_days(DAY, level), level, quote=quote, published=PUBLISHED) == words


def test_a_year_is_added_where_the_words_would_mean_another_day_without_it():
    """The 20th of March of last year is not "March" once this year's March has begun."""
    days = Days.between(date(2023, 3, 1), date(2023, 3, 31))
    assert day_words(days, "month", quote="March 20", published=PUBLISHED) == "in March 2023"


@pytest.mark.parametrize(
    ("attribute", "values", "rung", "level", "words"),
    [
        ("home", Paths(frozenset({"hambuk/musan"})), Paths(frozenset({"hambuk"})), "province",
         "North Hamgyong Province"),
        ("home", Paths(frozenset({"hambuk/musan"})), None, "none", ""),
        ("occupation", Paths(frozenset({"professional/health/nurse"})), Paths(frozenset({"professional/health"})),
         "group", "health worker"),
        ("route", Paths(frozenset({"china/river"})), Paths(frozenset({"china"})), "group", "by way of China"),
        ("kin", Codes(frozenset({"wife"})), Codes(frozenset({"husband", "wife"})), "group", "a spouse"),
        ("act", Codes(frozenset({"detention/wife"})), Codes(frozenset({"detention/husband", "detention/wife"})),
         "group", "a spouse"),
        ("act_date", DAY, widen_days(DAY, "month"), "month", "in February 2024"),
        ("birth", Days.between(date(1986, 4, 1), date(1986, 4, 1)),
         Days.between(date(1986, 1, 1), date(1986, 12, 31)), "year", "born in 1986"),
        ("surname", Codes(frozenset({"안"})), None, "none", ""),
    ],
)  # fmt: skip
def test_the_words_of_a_change_stand_alone(attribute, values, rung, level, words):
    """The list of changes gets the words of a rung, and nothing for what is not said any more."""
    assert word(attribute, values, rung, level) == words


def test_one_person_is_introduced_once():
    """A person without a name is "a" defector first and "the" defector after."""
    cast = Cast(nouns={"p1": "defector"}, named={}, called={"p1"})
    patch = Patch(start=0, end=0, persona="p1", form="plain")
    assert [cast.say(patch), cast.say(patch)] == ["a defector", "the defector"]


def test_several_people_are_told_apart():
    """Several of one kind are counted: one, another, a third; later by their place."""
    cast = Cast(nouns=dict.fromkeys(("p1", "p2", "p3"), "defector"), named={}, called={"p1", "p2", "p3"})
    said = [cast.say(Patch(start=0, end=0, persona=p, form="plain")) for p in ("p1", "p2", "p3", "p3", "p1")]
    assert said == ["one defector", "another defector", "a third defector", "the defector", "the first defector"]


def test_a_name_that_stays_is_used():
    """Who keeps a name is called by it, also as an owner."""
    cast = Cast(nouns={}, named={"p1": "Tak"}, called=())
    assert cast.say(Patch(start=0, end=0, persona="p1", form="possessive")) == "Tak's"


def test_acts_are_composed_into_plain_sentences():
    """What was done is said per household, with the relative who was taken as vaguely as was chosen."""
    cast = Cast(nouns={"p1": "defector"}, named={}, called={"p1"})
    siblings = frozenset(f"detention/{k}" for k in KIN_LEAVES if k.endswith(("brother", "sister")))
    said = compose({"p1": [frozenset({"raid"}), siblings, frozenset({"interrogation"})]}, cast)
    assert said == (
        "The family home of a defector was raided. A sibling of the defector was detained and questioned."
    )


def test_the_same_acts_of_several_are_composed_together():
    """Households to which the same was done share a sentence."""
    cast = Cast(nouns={"p1": "defector", "p2": "defector"}, named={}, called={"p1", "p2"})
    said = compose({"p1": [frozenset({"threat"})], "p2": [frozenset({"threat"})]}, cast)
    assert said == "The families of one defector and another defector were threatened."


def test_the_family_of_somebody_named_is_theirs():
    """A name owns its relatives."""
    cast = Cast(nouns={}, named={"p1": "Tak"}, called=())
    assert compose({"p1": [frozenset({"detention/mother"})]}, cast) == "Tak's mother was detained."
