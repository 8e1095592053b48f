from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bearwitness.model.calendar_units import widen_days
from bearwitness.model.values import Days, values_include
from bearwitness.text.date_words import word_date
from bearwitness.text.dates import find_dates

PUBLISHED = date(2024, 3, 1)
# Units of March 2023 are left out: without its year such a unit means that of March 2024 (the last test).
YEARLESS_DAYS = st.dates(min_value=date(2023, 4, 1), max_value=PUBLISHED)


@given(
    YEARLESS_DAYS, st.sampled_from(["day", "third", "month", "season", "year", "five", "decade"]),
    st.sampled_from(["en", "ko"]),
)  # fmt: skip
def test_what_is_worded_without_its_year_is_read_back_as_what_was_meant(day, level, language):
    """Within the year before publication a wording without its year reads back to exactly the unit it says."""
    days = Days.between(day, day)
    words = word_date(days, level, language, with_year=False)
    (found,) = find_dates(words, language=language, published=PUBLISHED)
    assert found.days == widen_days(days, level), words


@given(YEARLESS_DAYS, st.integers(0, 60), st.sampled_from(["third", "month", "season", "year"]))
def test_days_across_several_units_are_never_read_back_as_fewer(day, length, level):
    """A wording of a period allows every day of it, in both languages."""
    last = date.fromordinal(min(day.toordinal() + length, PUBLISHED.toordinal()))
    days = Days.between(day, last)
    for language in ("en", "ko"):
        (found,) = find_dates(word_date(days, level, language), language=language, published=PUBLISHED)
        assert found.days is not None
        assert values_include(found.days, days)


@pytest.mark.parametrize(
    ("language", "words"), [("en", "in winter 2023-24"), ("ko", "2023~2024년 겨울")]
)  # fmt: skip
def test_a_season_always_says_its_year(language, words):
    """A winter of no year would be a doubt of its own, so the year is said even where the draft left it out."""
    assert word_date(Days.between(date(2024, 2, 5), date(2024, 2, 5)), "season", language, with_year=False) == words


def test_a_unit_that_began_again_before_publication_needs_its_year():
    """Without its year, a month of last year that has begun anew is read as this year's; with it, as meant."""
    last_year = Days.between(date(2023, 3, 20), date(2023, 3, 20))
    readings = [
        find_dates(word_date(last_year, "month", "en", with_year=w), language="en", published=PUBLISHED)[0].days
        for w in (False, True)
    ]
    assert readings[0] == widen_days(Days.between(date(2024, 3, 1), date(2024, 3, 1)), "month")
    assert readings[1] == widen_days(last_year, "month")
