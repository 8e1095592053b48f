"""The report of an estimate: one number or none, in the terminal, as a page and as a document, the same every time."""

import json
import re
from html import unescape
from io import StringIO
from xml.etree import ElementTree

import jsonschema
import pytest
from rich.cells import cell_len
from rich.console import Console

from bearwitness.cli.estimate_page import render_acts
from bearwitness.cli.estimate_strings import _STRINGS, say
from bearwitness.cli.estimate_svg import draw_models, draw_overlaps
from bearwitness.cli.estimate_text import print_acts
from bearwitness.cli.estimate_view import Scale, counted, estimated
from bearwitness.cli.result_document import document, schema_of
from bearwitness.estimation.outcome import Check, ModelNumber, Refusal, StratumOutcome
from bearwitness.linkage.channels import Merger
from bearwitness.services.estimate_shown import ActsBasis, ActsEstimated, show_stratum

LISTS = ("border-desk", "busan-desk+seoul-desk", "인권기록팀의-아주-긴-이름을-가진-국경-지부-둘째-사무실")
CELLS = (("001", 61.4), ("010", 49.0), ("011", 9.0), ("100", 60.0), ("101", 11.0), ("110", 14.0), ("111", 4.0))
# Numbers that appear nowhere else.
NUMBERS = {"latent_class": (7013.0, 8017.0, 9011.0), "decomposable": (7019.0, 8093.0, 9049.0)}
ID = "구금/pyongbuk/2021"
PASSED = (Check(name="r_hat", value=1.003, limit=1.01), Check(name="near_cap", value=1e-6, limit=0.001),
          Check(name="something_new", value=12345.0, limit=400, least=True))  # fmt: skip


def number(model, ends, checks=PASSED):
    low, median, high = ends
    return ModelNumber(model=model, low=low, median=median, high=high, level=0.9, log_spread=0.123, checks=checks)


def outcome(*, refused=False, stratum=ID):
    numbers = tuple(number(m, ends) for m, ends in NUMBERS.items())
    refusals = (
        Refusal(reason="no_interval", model="log_linear", what=f"Stratum {stratum}: the number has no honest interval.",
                change="More acts on two lists at once."),
        Refusal(reason="models_disagree", what=f"Stratum {stratum}: the models' numbers differ 2.6 times.",
                change="A channel that does not depend on the others."),
    )  # fmt: skip
    return StratumOutcome(
        stratum=stratum, lists=LISTS, cells=CELLS, observed=208, numbers=numbers,
        refusals=refusals if refused else refusals[:1],
        given=None if refused else number("pooled", (7001.0, 8009.0, 9001.0)),
    )  # fmt: skip


def estimate(*outcomes, **basis):
    values = {
        "source": "record", "by": ("kind", "year"), "level": 0.9, "seed": 4, "cap": None, "cap_ratio": 21,
        "prior": "falling", "clusterings": 20, "without_collector": 1, "unknown_way": 12,
        "known": (217, 222), "off_lists": (9, 11), "drawn": (3, 5),
        "merged": (Merger(one="busan-desk", other="seoul-desk", people=1, maybe=0),
                   Merger(one="busan-desk", other="hana", people=0, maybe=2)),
    } | basis  # fmt: skip
    return ActsEstimated(basis=ActsBasis(**values), strata=tuple(show_stratum(o, empty=("nesi",)) for o in outcomes))


def text_of(found, language="en", width=80):
    console = Console(file=StringIO(), width=width, highlight=False)
    print_acts(console, found, language)
    return console.file.getvalue()


def every_form(found):
    return [text_of(found, lang) for lang in ("en", "ko")] + [render_acts(found, lang) for lang in ("en", "ko")] + [
        json.dumps(document(found), ensure_ascii=False)]


@pytest.mark.parametrize("language", ["en", "ko"])
def test_a_refused_stratum_shows_no_number_of_unseen_acts_anywhere(language):
    """Neither the terminal nor the page nor the document has a number of any model, or its distance from the seen."""
    secret = [n for ends in NUMBERS.values() for n in ends]
    shown = [str(round(n)) for x in secret for n in (x, x - 208, x - 208.4)] + [estimated(x) for x in secret]
    shown += [f"{x - 208.4:,.0f}" for x in secret] + ["8,0", "0.123", "latent_class\""]
    for form in every_form(estimate(outcome(refused=True))):
        found = [n for n in shown if n in form.replace("data-", "")]
        assert not found
    text = text_of(estimate(outcome(refused=True)), language)
    assert say(language, "refused") in text
    assert say(language, "change") in text


def test_a_given_number_is_told_with_all_that_it_rests_on():
    """The answer first; every model, every check in words, channels, acts on no list, cap and prior."""
    text = " ".join(text_of(estimate(outcome())).split())
    for words in (
        "✓ 구금/pyongbuk/2021: about 8,010 in all",
        "Between 7,000 and 9,000: as far as the 90% intervals of all models reach.",
        "latent classes", "8,020 (7,010 to 9,010)", "decomposable graphs", "8,010 (7,000 to 9,000)",
        "the simulated chains agree (R-hat 1.003; at most 1.01)", "something new: 12,345",
        "busan-desk and seoul-desk are one list: 1 person passed on accounts to both.",
        "busan-desk and hana are one list: 2 people may have passed on accounts to both.",
        "1 account is on no list: it does not say which desk took it.",
        "12 accounts are on no list: somebody on their way is not known.", "9 to 11 acts of the record",
        "3 to 5 acts did not say their kind, year", "21 times the documented acts", "in inverse proportion",
        "put together in 20 ways", "Left out, without any act here: nesi.", "bearwitness release table",
        "log-linear: The number has no honest interval.",
    ):  # fmt: skip
        assert words in text, words
    capped = " ".join(text_of(estimate(outcome(), cap=5000, source="file", off_lists=None)).split())
    assert "No more than 5,000 acts in all" in capped
    assert "Tables of a file" in capped


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("outcomes", [(outcome(),), (outcome(refused=True),), (
    outcome(stratum="a"), outcome(refused=True, stratum="x" * 64))])
def test_the_report_fits_eighty_columns(language, outcomes):
    """Wide letters count twice; nothing of a long name of a list is lost."""
    text = text_of(estimate(*outcomes), language)
    assert max(cell_len(line) for line in text.splitlines()) <= 80
    assert LISTS[2] in "".join(text.split())


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_page_needs_nothing_else_and_is_the_same_every_time(language):
    """No script, no address, a policy that forbids both; text is escaped; the same bytes for the same estimate."""
    found = estimate(outcome(), outcome(refused=True, stratum="<b>&"))
    page = render_acts(found, language)
    assert page == render_acts(estimate(outcome(), outcome(refused=True, stratum="<b>&")), language)
    assert "<b>&" not in page
    assert "&lt;b&gt;&amp;" in page
    assert "<script" not in page
    assert not re.findall(r"https?://(?!www\.w3\.org/2000/svg)", page)
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', page)
    assert unescape(policy).startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy
    for words in ("title", "not_a_release", "overlaps", "models", "why", "change", "basis"):
        assert say(language, words) in unescape(page), words


def test_the_pictures_tell_in_words_what_they_show():
    """Each is whole XML with a title and a description of every bar and interval; a refused one has no intervals."""
    shown = show_stratum(outcome())
    overlaps = ElementTree.fromstring(draw_overlaps(shown, "en").html)
    space = "{http://www.w3.org/2000/svg}"
    told = overlaps.find(f"{space}desc").text
    assert "only border-desk: 60" in told
    assert f"border-desk, busan-desk+seoul-desk, {LISTS[2]} together: 4" in told
    bars = [e for e in overlaps.iter(f"{space}rect") if e.get("class") == "bar"]
    sizes = [float(b.get("height")) for b in bars]
    assert len(sizes) == len(CELLS)
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] / sizes[-1] == pytest.approx(61.4 / 4, rel=0.02)
    models = ElementTree.fromstring(draw_models(shown, "en").html)
    assert "given: 8,010 (7,000 to 9,000)" in models.find(f"{space}desc").text
    assert draw_models(show_stratum(outcome(refused=True)), "en") is None


def test_acts_that_are_known_and_on_no_list_bound_the_number_from_below():
    """The lists alone may allow fewer acts than the record has; it is said how many there were at the least."""
    text = " ".join(text_of(estimate(outcome(stratum="all"), by=())).split())
    assert "9 to 11 acts are in the record all the same" in text
    assert "there were 217 acts at the least" in text
    assert "at the least" not in text_of(estimate(outcome(stratum="all"), by=(), off_lists=(0, 0)))


def test_many_combinations_are_told_as_one_number():
    """More than sixteen combinations of lists are cut in the picture and added up beside it."""
    cells = tuple((f"{n:05b}", float(40 - n)) for n in range(1, 32))
    many = StratumOutcome(
        stratum="a", lists=tuple("pqrst"), cells=cells, observed=744, numbers=(), given=None,
        refusals=(Refusal(reason="not_estimable", what="Stratum a: no.", change="more"),),
    )  # fmt: skip
    rest = f"{sum(40 - n for n in range(17, 32))}"
    assert f"15 more combinations: {rest} acts" in text_of(estimate(many))
    assert f"15 more combinations: {rest} acts" in render_acts(estimate(many), "en")


def test_the_document_fits_its_schema():
    """What is printed with --json is what the published schema says, given or refused."""
    schema = schema_of(ActsEstimated)
    for found in (estimate(outcome()), estimate(outcome(refused=True), source="file", off_lists=None)):
        jsonschema.validate(json.loads(json.dumps(document(found))), schema)


def test_numbers_are_told_no_better_than_they_are_known():
    """Three digits for an estimate; documented acts whole, or a mean with one decimal."""
    assert [estimated(n) for n in (3.4, 999.6, 1234.0, 1039999.0)] == ["3", "1,000", "1,230", "1,040,000"]
    assert [counted(n) for n in (3.0, 2.96, 61.4, 1200.0)] == ["3", "3", "61.4", "1,200"]


def test_an_axis_begins_at_its_low_end_and_ends_at_its_high():
    """Even where it is short, by the logarithm where it is long, and a point where there is no width."""
    for low, high, by_log in ((100.0, 300.0, False), (100.0, 5000.0, True)):
        scale = Scale(low=low, high=high)
        assert scale.by_log is by_log
        assert (scale.at(low), scale.at(high)) == (0.0, pytest.approx(1.0))
        assert scale.at((low * high) ** 0.5) == pytest.approx(0.5) if by_log else scale.at(200.0) == 0.5
    assert Scale(low=5.0, high=5.0).at(5.0) == 0.0


def test_every_string_stands_in_both_languages_with_the_same_values():
    """No string is missing in one of them, or fills in something else."""
    def values(form):
        return set(re.findall(r"{(\w+)}", form))
    for key, (english, korean) in _STRINGS.items():
        assert values(english) - {"n"} == values(korean) - {"n"}, key
        assert bool(english) == bool(korean)
