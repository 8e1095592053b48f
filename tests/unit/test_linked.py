"""What several tables of one stratum say together, where it is not certain which of them is right."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import norm

from bearwitness.estimation.imputed import combine
from bearwitness.estimation.linked import combine_numbers, combine_tables, estimate_linked
from bearwitness.estimation.outcome import Check, ModelNumber, Refusal, StratumOutcome
from bearwitness.estimation.strata import StratumTask

REACH = norm.ppf(0.975)


def number(median, spread=0.1, *, model="latent_class", rhat=1.0, skew=1.0):
    return ModelNumber(
        model=model, low=median * np.exp(-REACH * spread), median=median, high=median * np.exp(REACH * spread * skew),
        level=0.95, log_spread=spread, checks=(Check(name="rhat", value=rhat, limit=1.01),),
    )  # fmt: skip


def outcome(median, spread=0.1, *, observed=50, models=("latent_class", "decomposable"), given=True):
    refusal = Refusal(reason="models_disagree", what="Stratum north: they differ", change="change")
    return StratumOutcome(
        stratum="north", lists=("a", "b", "c"), cells=(("011", 10.0), ("100", observed - 10.0)), observed=observed,
        numbers=tuple(number(median, spread, model=model) for model in models),
        refusals=() if given else (refusal,), given=number(median, spread, model="pooled") if given else None,
    )  # fmt: skip


def test_tables_that_say_the_same_leave_the_number_as_it_is():
    """Where the linkage changes nothing the interval is neither wider nor narrower, also a skewed one."""
    one = number(100.0, skew=1.7)
    found = combine_numbers([one] * 20, fewest=10)
    assert (found.low, found.median, found.high) == pytest.approx((one.low, one.median, one.high))
    assert found.log_spread == pytest.approx(one.log_spread)


def test_what_tables_differ_by_widens_the_interval():
    """Numbers that differ have the interval of Rubin's rules on the scale of logarithms."""
    medians = [90.0, 100.0, 110.0, 120.0] * 5
    found = combine_numbers([number(x) for x in medians], fewest=10)
    together = combine([float(np.log(x)) for x in medians], [0.01] * 20)
    assert np.log((found.low, found.high)) == pytest.approx(together.interval(0.95))
    assert np.log(found.median) == pytest.approx(together.value)
    alone = number(105.0)
    assert found.high / found.low > 1.2 * alone.high / alone.low


def test_numbers_that_are_certain_differ_only_by_the_linkage():
    """Where every table leaves no doubt, all doubt is between tables."""
    found = combine_numbers([number(x, 0.0) for x in [100.0, 120.0] * 10], fewest=10)
    assert found.low < 100
    assert found.high > 120


def test_the_number_is_never_below_what_was_seen():
    """However wide the interval, no end is below the fewest acts of any table."""
    found = combine_numbers([number(x, 0.5) for x in [50.0, 80.0] * 10], fewest=49)
    assert found.low == 49
    assert found.median > 49


def test_the_check_that_nearly_failed_is_kept():
    """Of the checks of all tables the worst is shown, and how many tables there were."""
    numbers = [number(100.0, rhat=1 + place / 10_000) for place in range(20)]
    checks = {check.name: check.value for check in combine_numbers(numbers, fewest=1).checks}
    assert checks == {"rhat": 1.0019, "tables": 20}


def test_a_number_in_every_table_is_given():
    """Where all tables carry a number one is given; cells and acts are averages over tables."""
    found = combine_tables([outcome(100.0, observed=50 + place) for place in range(21)])
    assert found.given is not None
    assert found.given.model == "pooled"
    assert {x.model for x in found.numbers} == {"latent_class", "decomposable"}
    assert found.refusals == ()
    assert found.observed == 60
    assert dict(found.cells) == {"011": 10.0, "100": 50.0}


def test_one_table_without_a_number_refuses_all():
    """Of twenty tables one has no number: none is given, and what the models said in the others is not either."""
    found = combine_tables([outcome(100.0)] * 19 + [outcome(100.0, given=False)])
    assert found.given is None
    (refusal,) = found.refusals
    assert (refusal.reason, refusal.model) == ("linkage_undecided", None)
    assert "Stratum north: in 1 of the 20 tables" in refusal.what
    assert "they differ" in refusal.change


def test_a_model_without_a_number_somewhere_has_none():
    """A model that was refused in one table is refused; the number that all tables give is still given."""
    found = combine_tables([outcome(100.0)] * 19 + [
        replace(outcome(100.0, models=("latent_class",)), refusals=(
            Refusal(reason="prior_dominates", what="w", change="c", model="decomposable"),
        ))
    ])  # fmt: skip
    assert [x.model for x in found.numbers] == ["latent_class"]
    assert [(x.reason, x.model) for x in found.refusals] == [("linkage_undecided", "decomposable")]
    assert found.given is not None


def test_a_reason_that_all_tables_share_is_the_reason():
    """Where no table has a number, all for one reason, that reason is given and not the linkage."""
    found = combine_tables([outcome(100.0, given=False)] * 20)
    assert [x.reason for x in found.refusals] == ["models_disagree"]


def test_models_that_disagree_over_all_tables_are_refused():
    """Each table's models are within a factor of two, but not those of all tables: no number."""
    apart = replace(outcome(100.0), numbers=(number(100.0), number(205.0, model="decomposable")))
    found = combine_tables([apart] * 20)
    assert found.given is None
    assert [x.reason for x in found.refusals] == ["models_disagree"]


def tasks(cells_of):
    return [StratumTask(stratum="north", lists=("a", "b", "c"), cells=cells_of(place), seed=1) for place in range(20)]


def test_equal_tables_are_estimated_once_and_counted_each():
    """Two different tables among twenty are estimated once each, and weigh as often as they were drawn."""
    asked = []

    def estimate(distinct):
        asked.extend(distinct)
        return [outcome(100.0 if dict(task.cells)["110"] == 4 else 110.0) for task in distinct]

    found = estimate_linked(tasks(lambda place: (("110", 4.0 + (place < 5)), ("011", 9.0))), estimate=estimate)
    assert len(asked) == 2
    assert found.given is not None
    assert np.log(found.given.median) == pytest.approx(0.25 * np.log(110) + 0.75 * np.log(100))


def test_too_few_or_unlike_tables_are_misuse():
    """Nineteen tables, or tables of two strata, are a programmer's mistake."""
    same = tasks(lambda _: (("110", 4.0),))
    for wrong in (same[:19], [*same, replace(same[0], stratum="south")], [*same, replace(same[0], seed=2)]):
        with pytest.raises(ValueError, match="alike"):
            estimate_linked(wrong)
    for bad in ([], [outcome(100.0)] * 19, [outcome(100.0)] * 20 + [replace(outcome(100.0), stratum="south")]):
        with pytest.raises(ValueError, match="outcomes"):
            combine_tables(bad)
    with pytest.raises(ValueError, match="one model"):
        combine_numbers([number(1.0), number(1.0, model="log_linear")], fewest=1)


def test_tables_that_none_can_be_asked_of_are_refused():
    """Twenty tables of two lists: the reason names the lists, by the real estimator."""
    two = [replace(task, lists=("a", "b"), cells=(("11", 4.0), ("01", 3.0))) for task in tasks(lambda _: ())]
    found = estimate_linked(two)
    assert [x.reason for x in found.refusals] == ["too_few_lists"]
    assert found.given is None
    assert found.observed == 7
