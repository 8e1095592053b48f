"""What tellers of synthetic accounts say of an act: coarser, or wrong as often as is said, never anything else."""

import random
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from synthetic_accounts_names import draw_given, mishear, name_columns, romanise, surname_spellings
from synthetic_accounts_parameters import TELLERS, Telling
from synthetic_accounts_people import draw_chain
from synthetic_accounts_telling import (
    TOLD_AS,
    believed_day,
    days_allowed,
    say_count,
    say_day,
    say_kind,
    say_ordinal,
    say_perpetrator,
    say_place,
)
from synthetic_accounts_world import VISITS, Act

from bearwitness.text.name_readings import same_name

DRAWS = 2000
BROKER = next(t for t in TELLERS if t.kind == "broker")
ANY = st.randoms(use_true_random=False)


def shares(draw):
    """How often each value is drawn."""
    rng = random.Random(1)
    found = Counter(draw(rng) for _ in range(DRAWS))
    return {value: n / DRAWS for value, n in found.items()}


def act(ordinal):
    return Act(
        id="A", household="H", kind="raid", day=737000, place="hambuk/musan/w2", victims=("H.1",),
        by="state_security/musan", ordinal=ordinal,
    )  # fmt: skip


@given(st.randoms(use_true_random=False), st.integers(730000, 739000), st.sampled_from(TELLERS))
def test_a_date_that_is_believed_lies_within_what_is_said(rng, day, teller):
    """Only coarser, never elsewhere, whatever the grain."""
    low, high = days_allowed(say_day(rng, teller, Telling(), day, day + 500))
    assert low is None or low <= day <= high
    assert abs(believed_day(rng, replace(teller, news_date=0.0), Telling(), day) - day) <= 45


def test_a_place_is_told_at_each_grain_as_often_as_is_said():
    """Ward, county, province, another county of the province, nothing."""
    teller = replace(BROKER, places=(20, 40, 20, 10, 10))
    found = shares(lambda rng: say_place(rng, teller, "hambuk/musan/w2"))
    for place, share in (("hambuk/musan/w2", 0.2), ("hambuk/musan", 0.4), ("hambuk", 0.2), (None, 0.1)):
        assert found[place] == pytest.approx(share, abs=0.04)
    others = {p: n for p, n in found.items() if p and p.count("/") == 1 and p != "hambuk/musan"}
    assert sum(others.values()) == pytest.approx(0.1, abs=0.03)
    assert len(others) > 3
    assert all(p.startswith("hambuk/") for p in others)


def test_a_kind_is_told_as_its_parent_or_as_what_came_with_it():
    """As often as is said; every kind that happens can be told as another."""
    teller = replace(BROKER, other_kind=0.3)
    found = shares(lambda rng: say_kind(rng, teller, "detention/father"))
    assert sum(found[k] for k in TOLD_AS["detention"]) == pytest.approx(0.3, abs=0.04)
    assert found["detention"] > found["detention/father"] > 0.2
    happens = {lead for lead, *_ in VISITS} | {kind for *_, more in VISITS for kind, *_ in more}
    assert happens <= TOLD_AS.keys()
    assert all(kind not in told for kind, told in TOLD_AS.items())


def test_the_perpetrator_is_the_office_its_agency_another_or_nobody():
    """As often as is said."""
    found = shares(lambda rng: say_perpetrator(rng, Telling(perpetrators=(40, 30, 20, 10)), "state_security/musan"))
    assert found["state_security/musan"] == pytest.approx(0.4, abs=0.04)
    assert found["state_security"] == pytest.approx(0.3, abs=0.04)
    assert found[None] == pytest.approx(0.1, abs=0.03)
    assert len(found) > 4


def test_numbers_are_wrong_as_often_as_is_said():
    """By one; and never nought."""
    found = shares(lambda rng: say_count(rng, Telling(count_told=0.5, count_wrong=0.2), 2))
    assert found[None] == pytest.approx(0.5, abs=0.04)
    assert found[2] == pytest.approx(0.4, abs=0.04)
    assert set(found) == {None, 1, 2, 3}
    assert set(shares(lambda rng: say_count(rng, Telling(count_told=1.0, count_wrong=1.0), 1))) == {1, 2}


def test_the_second_time_is_said_of_what_was_repeated_and_at_times_counted_wrongly():
    """Of a first time nothing is said; who does not know of an earlier time counts one less."""
    telling = Telling(ordinal_told=0.6, ordinal_wrong=0.1)
    assert set(shares(lambda rng: say_ordinal(rng, telling, act(1), 0))) == {None}
    knows = shares(lambda rng: say_ordinal(rng, telling, act(2), 1))
    assert knows[None] == pytest.approx(0.4, abs=0.04)
    assert knows[2] == pytest.approx(0.54, abs=0.04)
    does_not = shares(lambda rng: say_ordinal(rng, telling, act(2), 0))
    assert does_not[1] > 0.1 > 3 * knows[1]


@given(ANY, st.sampled_from(sorted(surname_spellings())[:40]), st.sampled_from(["female", "male"]))
def test_a_romanised_name_is_still_that_name_and_a_misheard_one_is_written_in_hangul(rng, surname, sex):
    """Whatever system and order; mishearing changes one syllable at most."""
    given_name = draw_given(rng, sex)
    latin = romanise(rng, surname, given_name)
    assert latin.isascii()
    assert same_name(latin, surname + given_name, surname_spellings())
    heard = mishear(rng, given_name)
    assert sum(a != b for a, b in zip(given_name, heard, strict=True)) <= 1
    assert all("가" <= syllable <= "힣" for syllable in heard)


def test_who_is_named_by_kinship_alone_has_no_name_in_the_record():
    """Every column of names is None; of a surname alone only the surname is known."""
    assert set(name_columns("role", ("", "")).values()) == {None}
    alone = name_columns("surname", ("박", ""))
    assert [column for column, value in alone.items() if value] == ["surnames"]


@given(ANY, st.sampled_from(TELLERS))
def test_a_chain_ends_with_the_teller_and_a_brokers_begins_elsewhere(rng, teller):
    """Nobody but the teller and known carriers of the province stands in it, besides who saw it."""
    chain = draw_chain(rng, teller, Telling(), "H1.2", "me", ("B1", "B2"))
    assert chain[-1] == "me"
    assert set(chain) <= {"H1.2", "me", "B1", "B2", None}
    assert len(chain) >= 2 or teller.kind in ("neighbour", "fellow_detainee")
