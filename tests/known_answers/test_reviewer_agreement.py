"""Cohen's kappa against published examples, and what is told where it is not defined."""

import math
from dataclasses import astuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bearwitness.linkage.agreement import cohen_kappa, measure_agreement
from bearwitness.linkage.decisions import ReviewDecision

S, D, U = "same", "different", "unsure"


def decide(number, pair, verdict, reviewer, supersedes=None, layer="act"):
    return ReviewDecision(
        id=f"d{number}", layer=layer, pair=pair, verdict=verdict, reviewer=reviewer, reason="as told",
        at="2031-05-04T10:00:00Z", supersedes=supersedes,
    )  # fmt: skip


def all_said(rows, reviewers="rst"):
    """Decisions out of one row of verdicts per pair, None where a reviewer did not judge it."""
    said = [(f"p{i}", v, r) for i, row in enumerate(rows) for v, r in zip(row, reviewers, strict=False) if v]
    return [decide(i, (pair, "q"), v, r) for i, (pair, v, r) in enumerate(said)]


@pytest.mark.parametrize(("table", "value", "error", "low", "high"), [
    # Cohen 1960, table 2b: kappa .492.
    ([[88, 14, 18], [10, 40, 10], [2, 6, 12]], 0.492, None, None, None),
    # Fleiss, Cohen and Everitt 1969, their example with n = 200: kappa .429, variance .002885.
    ([[106, 10, 4], [22, 28, 10], [2, 12, 6]], 0.429, math.sqrt(0.002885), None, None),
    # An example of the SAS manual (FREQ): kappa 0.4842, standard error 0.1380, limits 0.2137 and 0.7547.
    ([[0, 4, 1], [0, 8, 0], [0, 1, 5]], 0.4842, 0.1380, 0.2137, 0.7547),
])  # fmt: skip
def test_kappa_and_its_error_are_the_published_ones(table, value, error, low, high):
    """To the digits printed there."""
    found = cohen_kappa(table)
    assert found.value == pytest.approx(value, abs=6e-4)
    for ours, printed in ((found.standard_error, error), (found.low, low), (found.high, high)):
        assert printed is None or ours == pytest.approx(printed, abs=6e-5)


def test_of_nothing_there_is_no_kappa():
    """No pair judged by two."""
    found = cohen_kappa([[0, 0], [0, 0]])
    assert (found.value, found.low, found.undefined) == (None, None, "nothing_judged_by_both")
    assert measure_agreement(all_said([(S,), (None, D)]), "act").overall.undefined == "nothing_judged_by_both"


def test_of_one_verdict_only_there_is_no_kappa():
    """Chance alone would agree fully."""
    found = cohen_kappa([[7, 0], [0, 0]])
    assert (found.observed, found.expected, found.value, found.undefined) == (1.0, 1.0, None, "always_one_verdict")
    assert measure_agreement(all_said([(D, D, D)] * 3), "act").overall.undefined == "always_one_verdict"


def test_full_agreement_has_a_kappa_and_no_interval():
    """A standard error of 0 would claim certainty."""
    found = cohen_kappa([[4, 0, 0], [0, 3, 0], [0, 0, 1]])
    assert (found.value, found.low, found.undefined) == (1.0, None, "no_spread")
    assert measure_agreement(all_said([(S, S)] * 3 + [(D, D)] * 2), "act").overall.low is None


@given(st.lists(st.lists(st.integers(0, 30), min_size=3, max_size=3), min_size=3, max_size=3))
def test_no_figure_is_ever_not_a_number(table):
    """Either a number within its bounds or None with a reason; both reviewers count alike."""
    found = cohen_kappa(table)
    assert all(math.isfinite(x) for x in astuple(found) if isinstance(x, float))
    assert (found.low is None) == (found.undefined is not None)
    assert found.value is None or -1.0 <= found.value <= 1.0
    if found.low is not None:
        assert -1.0 <= found.low <= found.value <= found.high <= 1.0
    turned = cohen_kappa([list(row) for row in zip(*table, strict=True)])
    assert turned.value == (None if found.value is None else pytest.approx(found.value))


def test_first_unprompted_verdicts_are_counted_for_the_layer_asked_for():
    """Not changes, withdrawals, repetitions, nor what is said of another layer."""
    said = [
        *all_said([(S, D), (S, S), (D, D)]), decide(20, ("p0", "q"), D, "r", "d0"), decide(21, ("p1", "q"), S, "r"),
        decide(22, ("p2", "q"), "withdrawn", "r", "d4"), decide(23, ("p0", "q"), S, "r", layer="person"),
        decide(24, ("p0", "q"), D, "s", layer="person"),
    ]  # fmt: skip
    found = measure_agreement(said, "act").between["r", "s"]
    assert found == cohen_kappa([[1, 1, 0], [0, 1, 0], [0, 0, 0]])
    assert measure_agreement(said, "person").overall.pairs == 1


def test_two_reviewers_together_are_the_two_reviewers():
    """The pooled kappa of one table is its kappa; the jackknife's error is near that for large samples."""
    rows = [(S, S)] * 88 + [(S, D)] * 24 + [(D, S)] * 20 + [(D, D)] * 60 + [(U, D)] * 6 + [(U, U)] * 12
    found = measure_agreement(all_said(rows), "act")
    between = found.between["r", "s"]
    assert found.overall.value == pytest.approx(between.value)
    assert found.overall.standard_error == pytest.approx(between.standard_error, rel=0.03)


def test_three_reviewers_are_pooled_by_what_they_judged_in_common():
    """Worked by hand: agreement 3 of 4 and 1 of 2 (chance 1/2 each) gives (4/6 - 1/2) / (1/2)."""
    rows = [(S, S), (S, D), (D, D), (D, D), (None, None), (None, S, S), (None, D, S)]
    found = measure_agreement(all_said(rows), "act")
    assert found.between["r", "s"].value == pytest.approx(0.5)
    assert found.between["s", "t"].value == pytest.approx(0.0)
    assert found.overall.value == pytest.approx(1 / 3)
    assert found.overall.pairs == 6
    assert ("r", "t") not in found.between


def test_judging_one_pair_by_many_is_not_many_pairs():
    """A third who repeats the second brings kappa to (2 k + 1) / 3, and its error to two thirds, not less."""
    rows = [(S, S)] * 10 + [(S, D)] * 4 + [(D, D)] * 9 + [(D, S)] * 2
    two = measure_agreement(all_said(rows), "act").overall
    three = measure_agreement(all_said([(a, b, b) for a, b in rows]), "act").overall
    assert three.value == pytest.approx((2 * two.value + 1) / 3, abs=1e-3)
    assert three.standard_error == pytest.approx(2 / 3 * two.standard_error, rel=0.02)
