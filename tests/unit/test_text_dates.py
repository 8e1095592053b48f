"""Dates in running text."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bearwitness.model.dates import widen_days
from bearwitness.model.values import Days
from bearwitness.text.date_words import word_date
from bearwitness.text.dates import find_dates
from bearwitness.text.normalise import normalise

PUBLISHED = date(2024, 3, 1)


def found(text, language="en", published=PUBLISHED):
    return [
        (m.quote, [(str(date.fromordinal(a)), str(date.fromordinal(b))) for a, b in m.days.spans] if m.days else None)
        for m in find_dates(normalise(text).text, language=language, published=published)
    ]


@pytest.mark.parametrize(
    ("text", "quote", "first", "last"),
    [
        ("On February 5 he called.", "February 5", "2024-02-05", "2024-02-05"),
        ("On April 12th he called.", "April 12th", "2023-04-12", "2023-04-12"),
        ("in early February", "early February", "2024-02-01", "2024-02-10"),
        ("in mid-February 2024", "mid-February 2024", "2024-02-11", "2024-02-20"),
        ("in late February 2023", "late February 2023", "2023-02-21", "2023-02-28"),
        ("in February", "February", "2024-02-01", "2024-02-29"),
        ("in winter 2023-24", "winter 2023-24", "2023-12-01", "2024-02-29"),
        ("in the 1990s", "the 1990s", "1990-01-01", "1999-12-31"),
        ("since 2018", "2018", "2018-01-01", "2018-12-31"),
        ("between January and March 2024", "between January and March 2024", "2024-01-01", "2024-03-31"),
        ("2018-2020", "2018-2020", "2018-01-01", "2020-12-31"),
        ("around February 5", "February 5", "2024-02-02", "2024-02-08"),
        ("He may go in May.", "May", "2023-05-01", "2023-05-31"),
    ],
)
def test_english_dates_allow_these_days(text, quote, first, last):
    """One mention, its words without the preposition, and its days."""
    assert found(text) == [(quote, [(first, last)])]


@pytest.mark.parametrize(
    ("text", "quote", "first", "last"),
    [
        ("2월 5일에 들었다", "2월 5일", "2024-02-05", "2024-02-05"),
        ("2월 초에", "2월 초", "2024-02-01", "2024-02-10"),
        ("2024년 2월 하순에", "2024년 2월 하순", "2024-02-21", "2024-02-29"),
        ("2023~2024년 겨울", "2023~2024년 겨울", "2023-12-01", "2024-02-29"),
        ("주체108(2019)년 4월 12일", "주체108(2019)년 4월 12일", "2019-04-12", "2019-04-12"),
        ("2월 5일부터 7일까지", "2월 5일부터 7일까지", "2024-02-05", "2024-02-07"),
        ("90년대 후반에", "90년대 후반", "1997-01-01", "1999-12-31"),
    ],
)
def test_korean_dates_allow_these_days(text, quote, first, last):
    """One mention, without its particle, and its days."""
    assert found(text, "ko") == [(quote, [(first, last)])]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("last winter", "en"), ("three days later", "en"), ("last month", "en"), ("yesterday", "en"),
        ("two years ago", "en"),
        ("12/04/2019", "en"), ("before 2018", "en"), ("Lunar New Year 2019", "en"), ("the first week of February",
        "en"),
        ("on Monday", "en"), ("February 30", "en"), ("2019년 이후", "ko"), ("음력 1월 1일", "ko"), ("추석에", "ko"),
        ("지난달", "ko"), ("3년 전", "ko"), ("5일 오전", "ko"),
    ],
)  # fmt: skip
def test_what_has_no_certain_days_is_found_and_unresolved(text, language):
    """Relative, lunar, two-way and open-ended dates are mentions without days and with a reason."""
    mentions = find_dates(text, language=language, published=PUBLISHED)
    assert len(mentions) == 1
    assert not mentions[0].resolved
    assert mentions[0].days is None
    assert mentions[0].why


@pytest.mark.parametrize(
    ("text", "language"),
    [("He may go and they march.", "en"), ("3,000 yuan and 2019 people", "en"), ("석 달 동안 말했다", "ko"),
    ("5일 동안", "ko")],
)  # fmt: skip
def test_verbs_amounts_and_lengths_of_time_are_no_dates(text, language):
    """Neither a verb nor a count nor a duration is a date."""
    assert find_dates(text, language=language, published=PUBLISHED) == ()


def test_without_a_date_of_publication_the_year_stays_open():
    """A day without a year is a month_day where nothing says the year."""
    (mention,) = find_dates("On February 5 he called", language="en", published=None)
    assert (mention.level, mention.days, mention.resolved) == ("month_day", None, False)


def test_another_year_in_the_sentence_keeps_the_year_open():
    """The latest year is not assumed where the sentence speaks of an earlier one."""
    assert found("In March 2019 he fled and in April he called.")[1] == ("April", None)


@given(
    st.dates(min_value=date(1950, 1, 1), max_value=date(2023, 12, 31)), st.integers(0, 200),
    st.sampled_from(["day", "third", "month", "season", "year", "five", "decade"]), st.sampled_from(["en", "ko"]),
)  # fmt: skip
def test_what_is_worded_is_read_back_as_the_same_units(first, length, level, language):
    """The wording of a rung allows exactly the days of that rung."""
    days = Days(((first.toordinal(), first.toordinal() + length),))
    text = word_date(days, level, language)
    (mention,) = find_dates(text, language=language, published=PUBLISHED)
    assert mention.days == widen_days(days, level), text


def test_the_year_can_be_left_out():
    """Wording without a year says none."""
    days = Days.between(date(2024, 2, 5), date(2024, 2, 5))
    assert word_date(days, "third", "en", with_year=False) == "in early February"
    assert word_date(days, "month", "ko", with_year=False) == "2월"
    assert word_date(days, "season", "en") == "in winter 2023-24"
