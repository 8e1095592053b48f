"""EDTF dates, and the calendar units that widen them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bearwitness.model.dates import DateFormatError, Widening, parse_edtf, widen_days
from bearwitness.model.values import Days

DAY = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31))
LEVELS = ("day", "third", "month", "season", "year", "five", "decade")


def spans(text, **options):
    days = parse_edtf(text, **options).days
    return [(str(date.fromordinal(a)), str(date.fromordinal(b))) for a, b in days.spans]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2019-04-12", [("2019-04-12", "2019-04-12")]),
        ("2024-02", [("2024-02-01", "2024-02-29")]),
        ("202X", [("2020-01-01", "2029-12-31")]),
        ("2024-0X", [("2024-01-01", "2024-09-30")]),
        ("2024-02-XX", [("2024-02-01", "2024-02-29")]),
        ("2023-24", [("2023-12-01", "2024-02-29")]),
        ("2023-10~", [("2023-09-01", "2023-11-30")]),
        ("2019-04-12~", [("2019-04-09", "2019-04-15")]),
        ("2019%", [("2018-01-01", "2020-12-31")]),
        ("2004-06~-11", [("2004-05-11", "2004-05-11"), ("2004-06-11", "2004-06-11"), ("2004-07-11", "2004-07-11")]),
        ("2018/2019-06", [("2018-01-01", "2019-06-30")]),
        ("[2018,2020..2021-03]", [("2018-01-01", "2018-12-31"), ("2020-01-01", "2021-03-31")]),
        ("{2019-01,2019-02}", [("2019-01-01", "2019-02-28")]),
        ("1950S2", [("1900-01-01", "1999-12-31")]),
        ("202X-02-29", [(f"{y}-02-29", f"{y}-02-29") for y in (2020, 2024, 2028)]),
    ],
)
def test_allows_exactly_the_days_that_the_text_allows(text, expected):
    """A readable date allows these days and no others."""
    assert spans(text) == expected


@pytest.mark.parametrize(
    "text",
    ["2023-02-29", "2024-02-30~", "2024-13", "2024-00", "2024-02-3X", "0000", "2024/2023", "2018/..", "../2018",
    "2018/",
     "XXXX-02-05", "20X4", "1XXX-02", "Y20000", "[2018", "2019-4-12", "12.04.2019", "2023-24-05", "2019-04-12x",
     "[..2020]"],
)  # fmt: skip
def test_refuses_with_a_reason_that_does_not_repeat_the_date(text):
    """What does not exist, runs backwards, is open or is no EDTF is refused, without quoting it."""
    with pytest.raises(DateFormatError) as error:
        parse_edtf(text)
    assert error.value.reason
    assert text not in error.value.reason


@pytest.mark.parametrize("text", ["", "XXXX", "unknown", "XXXX-XX-XX"])
def test_an_unknown_date_has_no_days(text):
    """Unknown is None, never every day."""
    assert parse_edtf(text).days is None


def test_marks_are_kept_and_the_widening_can_be_chosen():
    """~ is approximate, ? uncertain, % both; how far ~ widens is an option."""
    assert (parse_edtf("2019~").approximate, parse_edtf("2019~").uncertain) == (True, False)
    assert (parse_edtf("2019?").approximate, parse_edtf("2019?").uncertain) == (False, True)
    assert (parse_edtf("2019%").approximate, parse_edtf("2019%").uncertain) == (True, True)
    assert spans("2019-04-12~", widen=Widening(days=1)) == [("2019-04-11", "2019-04-13")]


@given(DAY, DAY)
def test_agrees_with_the_edtf_package_on_days_and_intervals(one, other):
    """The package is right on exact days and intervals, and is the oracle there."""
    oracle = pytest.importorskip("edtf")
    first, last = sorted((one, other))
    theirs = oracle.parse_edtf(f"{first}/{last}")
    low, high = theirs.lower_strict(), theirs.upper_strict()
    ours = parse_edtf(f"{first}/{last}").days
    assert ours == Days.between(date(*low[:3]), date(*high[:3]))


@given(DAY, st.integers(0, 900), st.sampled_from(LEVELS))
def test_widened_days_include_the_days_and_are_stable(first, length, level):
    """Units include what they widen, and widening again changes nothing."""
    days = Days(((first.toordinal(), first.toordinal() + length),))
    wider = widen_days(days, level)
    assert wider.includes(days)
    assert widen_days(wider, level) == wider


@given(DAY)
def test_third_lies_in_month_in_season_and_month_in_year(day):
    """The ladder of one day grows from rung to rung, save that a winter leaves its year."""
    days = Days.between(day, day)
    third, month, season, year = (widen_days(days, level) for level in ("third", "month", "season", "year"))
    assert month.includes(third)
    assert season.includes(month)
    assert year.includes(month)


def test_winter_spans_the_new_year_when_widened():
    """A day in January lies in the winter that began in December."""
    assert widen_days(Days.between(date(2024, 1, 9), date(2024, 1, 9)), "season") == parse_edtf("2023-24").days


def test_an_unknown_level_is_refused():
    """A level that is no calendar unit is an error, also for no days."""
    with pytest.raises(ValueError, match="calendar unit"):
        widen_days(Days(()), "week")
