"""Which number is given for several models', and when none is."""

from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bearwitness.estimation.agreement import agree, widest
from bearwitness.estimation.outcome import ModelNumber, Refusal
from bearwitness.estimation.strata import MODELS


def number(low, median, high, *, model="latent_class", level=0.95):
    return ModelNumber(model=model, low=low, median=median, high=high, level=level, log_spread=0.1)


LATENT = number(100, 120, 180)
UNEVEN = number(98, 125, 185, model="uneven")
GRAPHS = number(90, 110, 150, model="decomposable")
LINEAR = number(95, 130, 170, model="log_linear")
ENDS = st.tuples(*[st.floats(1, 1e9)] * 3).map(sorted)


@given(st.lists(ENDS, min_size=1, max_size=4))
def test_the_given_interval_holds_every_other(ends):
    """No model's interval reaches outside the one that is given, which reaches no further than one of them."""
    numbers = [number(*three) for three in ends]
    found = widest(numbers, level=0.95)
    assert found.low <= found.median <= found.high
    assert found.low == min(low for low, _, _ in ends)
    assert found.high == max(high for _, _, high in ends)


def test_three_that_agree_give_a_number_in_any_order():
    """The number does not depend on the order of the models."""
    found = {agree("s", numbers, level=0.95) for numbers in permutations([LATENT, UNEVEN, GRAPHS])}
    assert len(found) == 1
    only = found.pop()
    assert (only.model, only.low, only.high) == ("pooled", 90, 185)
    assert only.median == pytest.approx((120 * 125 * 110) ** (1 / 3))
    assert all(check.holds for check in only.checks)
    assert {check.name for check in only.checks} == {"models", "models_ratio"}


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ([], "no model has a number"),
        ([LATENT], "only the model of latent classes"),
        ([GRAPHS], "only the average over graphs"),
        # Two that agree without those in which acts differ confirm nothing.
        ([GRAPHS, LINEAR], "no number by the model of latent classes and the model of uneven visibility"),
        ([LATENT, LINEAR], "no number by the model of uneven visibility, and the others do not allow"),
        ([UNEVEN, GRAPHS, LINEAR], "no number by the model of latent classes, and the others do not allow"),
    ],
)
def test_numbers_that_nothing_confirms_are_not_given(numbers, words):
    """One number, or two of models in which all acts are alike, are refused, and the stratum is named."""
    found = agree("north", numbers, level=0.95)
    assert isinstance(found, Refusal)
    assert (found.reason, found.model) == ("too_few_models", None)
    assert "Stratum north" in found.what
    assert words in found.what
    assert found.change


@pytest.mark.parametrize(("other", "refused"), [(240.0, False), (240.1, True), (60.0, False), (59.9, True)])
def test_over_a_factor_of_two_is_disagreement(other, refused):
    """Medians twice as large are given together, and just more than twice are refused, whichever is larger."""
    second = number(1, other, 10_000, model="log_linear")
    found = agree("north", [LATENT, replace(LATENT, model="uneven"), second], level=0.95)
    assert isinstance(found, Refusal) == refused
    if isinstance(found, Refusal):
        assert found.reason == "models_disagree"
        assert "2.0 times" in found.what


def test_misuse_is_an_error():
    """No number, two levels, and ends out of order or of nothing are a programmer's mistake."""
    for numbers in ([], [LATENT, replace(GRAPHS, level=0.9)], [number(10, 9, 30)], [number(0, 9, 30)]):
        with pytest.raises(ValueError, match=r"level|lies between"):
            widest(numbers, level=0.95)


def test_every_model_may_be_named():
    """Whichever model has the only number, the refusal can say so."""
    for model in MODELS:
        assert "only the" in agree("s", [number(1, 2, 3, model=model)], level=0.95).what
