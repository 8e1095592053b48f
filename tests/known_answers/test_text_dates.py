"""Known answer 4: many ways to write 12 April 2019, and what is never guessed."""

from datetime import date

import pytest

from bearwitness.model.values import Days
from bearwitness.text.dates import find_dates
from bearwitness.text.normalise import normalise

EVENT = date(2019, 4, 12)
PUBLISHED = date(2020, 1, 15)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("2019년 4월 12일에 왔다", "ko"), ("2019. 4. 12. 왔다", "ko"), ("'19.4.12에 왔다", "ko"), ("19년 4월 12일",
        "ko"),
        ("주체108년 4월 12일", "ko"), ("2019년 태양절 사흘 전", "ko"), ("태양절 사흘 전", "ko"),
        ("on 12 April 2019 he", "en"),
        ("on the twelfth of April", "en"), ("on the twelfth of April 2019", "en"), ("April 12, 2019", "en"),
    ],
)  # fmt: skip
def test_all_forms_mean_the_same_day(text, language):
    """Every form of the day is one mention that allows that day only."""
    (found,) = find_dates(normalise(text).text, language=language, published=PUBLISHED)
    assert found.days == Days.between(EVENT, EVENT)
    assert found.level == "day"


@pytest.mark.parametrize("text", ["작년 겨울", "사흘 뒤"])
def test_relative_dates_are_found_and_never_guessed(text):
    """A relative date is reported without days."""
    (found,) = find_dates(text, language="ko", published=PUBLISHED)
    assert (found.quote, found.days, found.resolved) == (text, None, False)
    assert found.why
