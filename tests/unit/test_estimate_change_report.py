"""The report on a change: one of three answers, numbers only where something is identified, the same every time."""

import re
from datetime import date
from html import unescape
from io import StringIO
from xml.etree import ElementTree

import pytest
from rich.cells import cell_len
from rich.console import Console

from bearwitness.cli.estimate_change_report import draw_months, print_change, render_change
from bearwitness.cli.estimate_change_view import spark
from bearwitness.cli.estimate_strings import say
from bearwitness.estimation.change_rules import Interval
from bearwitness.estimation.outcome import Check
from bearwitness.linkage.channels import Merger
from bearwitness.services.estimate_change_shown import ChangeEstimated, MonthShown

MONTHS = tuple(
    MonthShown(month=f"{2014 + n // 12}-{n % 12 + 1:02}", acts=float(n % 7 + (20 if n < 72 else 9)), open=n > 80)
    for n in range(96)
)
NOTHING = {
    "verdict": "not identified", "ratio": None, "if_lost": None, "delay_step": None, "reasons": ("too few months",),
    "changes": ("Wait until more months are over.",),
}  # fmt: skip


def judged(**more):
    values = {
        "month": "2020-01", "verdict": "changed", "reasons": ("it is so", "and so"), "changes": (),
        "ratio": Interval(low=0.291, median=0.411, high=0.573), "if_lost": Interval(low=0.3, median=0.5, high=0.813),
        "delay_step": Interval(low=0.7, median=0.913, high=1.2), "placebos": 31, "after": 20, "level": 0.9, "seed": 1,
        "checks": (Check(name="months_after", value=20, limit=6, least=True),
                   Check(name="correlation", value=0.91, limit=0.8), Check(name="new_one", value=2.0, limit=0)),
        "first": date(2014, 1, 1), "as_of": date(2021, 12, 31), "longest": 24, "imputations": 20, "clusterings": 20,
        "counted": (1611, 1640), "undated": (3, 3), "before": (0, 2), "late": (4, 6), "months": MONTHS,
        "merged": (Merger(one="hana", other="나라", people=2, maybe=0),),
    } | more  # fmt: skip
    return ChangeEstimated(**values)


def text_of(found, language="en"):
    console = Console(file=StringIO(), width=80, highlight=False)
    print_change(console, found, language)
    return console.file.getvalue()


@pytest.mark.parametrize("verdict", ["changed", "not changed"])
def test_a_verdict_is_told_with_its_numbers_and_all_that_it_rests_on(verdict):
    """The answer, both readings of the ratio, checks that hold and fail, what was left out, channels as numbers."""
    text = " ".join(text_of(judged(verdict=verdict)).split())
    for words in (
        "0.29", "0.57", "90%", "0.30 to 0.81 times", "0.91 times those before (0.70 to 1.20)", "It is so; and so.",
        "✓ months after the date that are over: 20 (at least 6)", "✕ a change of acts and one of reporting",
        "new one: 2",
        "1,611 to 1,640 acts from 2014-01 to 2021-12-31", "3 acts without a day", "0 to 2 acts from before",
        "more than 24 months later", "drawn 20 times", "31 earlier months", "hana and 나라 are one list: 2 people",
        "Of months from 2020-10 on more will still be reported",
    ):  # fmt: skip
        assert words in text, words
    assert f"✓ {say('en', 'change_' + verdict.replace(' ', '_'))}" in text


def test_what_is_not_identified_has_no_ratio():
    """Why, and what would change it, and no number of a change in words or page."""
    found = judged(**NOTHING)
    for form in (text_of(found), text_of(found, "ko"), render_change(found, "en")):
        assert not [n for n in ("0.29", "0.41", "0.57", "0.81") if n in form]
    assert "What would change it: Wait until more months are over." in text_of(found)


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_report_fits_eighty_columns_and_the_page_needs_nothing_else(language):
    """Wide letters count twice; no script, no address, the same bytes again."""
    for found in (judged(), judged(**NOTHING)):
        assert max(cell_len(line) for line in text_of(found, language).splitlines()) <= 80
        page = render_change(found, language)
        assert page == render_change(found, language)
        assert "<script" not in page
        assert not re.findall(r"https?://(?!www\.w3\.org/2000/svg)", page)
        assert say(language, "not_a_release") in unescape(page)


def test_no_bar_has_months_from_both_sides_of_the_date():
    """The date stands between two bars, wherever it is, and the line is never too wide."""
    for at in (0, 1, 50, 71, 95):
        for width in (20, 40, 70):
            line, each = spark(judged(month=MONTHS[at].month), width)
            assert len(line) <= width
            assert line.index("┃") == -(-at // each)


def test_the_picture_of_months_tells_them_and_marks_those_still_open():
    """A bar a month, pale from the first that is open on, and the numbers in words."""
    drawn = ElementTree.fromstring(draw_months(judged(), "en").html)
    space = "{http://www.w3.org/2000/svg}"
    bars = list(drawn.iter(f"{space}rect"))
    assert len(bars) == len(MONTHS)
    assert [b.get("class") == "bar open-month" for b in bars] == [m.open for m in MONTHS]
    assert "2014-01: 20; 2014-02: 21" in drawn.find(f"{space}desc").text
