"""All models of a stratum beside each other: what each says, what is given, and that nothing is ever raised."""

from dataclasses import replace
from math import isfinite

import pytest
from capture_tables import published
from capture_worlds import SCENARIOS, capture_world
from hypothesis import given, settings
from hypothesis import strategies as st

from bearwitness.estimation import side_by_side
from bearwitness.estimation.outcome import ModelNumber, Refusal, StratumOutcome
from bearwitness.estimation.side_by_side import estimate_stratum
from bearwitness.estimation.strata import StratumTask, task_of

EASY = task_of(capture_world(SCENARIOS[0], 3, 0).table, seed=1)


def fake(monkeypatch, **words):
    """Let models say what is given here, and note who was asked."""
    asked = []

    def saying(model, word):
        def ask(_table, task):
            asked.append(model)
            if isinstance(word, str):
                return Refusal(reason=word, what=f"Stratum {task.stratum}: no", change="change", model=model)
            low, median, high = word
            return ModelNumber(model=model, low=low, median=median, high=high, level=task.level, log_spread=0.1)

        return ask

    monkeypatch.setattr(side_by_side, "_ASK", {model: saying(model, word) for model, word in words.items()})
    return asked


AGREED = {
    "latent_class": (500, 600, 800), "uneven": (505, 620, 850), "decomposable": (480, 580, 700),
    "log_linear": (510, 610, 900),
}  # fmt: skip


def test_models_that_agree(monkeypatch):
    """All are asked and shown in the task's order, and the interval that is given holds them all."""
    fake(monkeypatch, **AGREED)
    found = estimate_stratum(EASY)
    assert [x.model for x in found.numbers] == list(EASY.models)
    assert found.refusals == ()
    assert found.given is not None
    assert (found.given.low, found.given.high) == (480, 900)
    assert found.observed == sum(count for _, count in found.cells)


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ({"latent_class": "not_converged"}, "too_few_models"),
        ({"latent_class": "at_cap"}, "too_few_models"),
        ({"uneven": "prior_dominates"}, "too_few_models"),
        ({"uneven": "prior_dominates", "latent_class": "not_converged"}, "too_few_models"),
        ({"decomposable": "prior_dominates", "log_linear": "no_interval"}, None),
        ({"log_linear": (900, 1300, 2000)}, "models_disagree"),
        ({"decomposable": "prior_dominates"}, None),
    ],
)
def test_who_must_have_a_number(monkeypatch, words, reason):
    """None is given without the latent classes, without uneven visibility, or past a factor of two."""
    fake(monkeypatch, **(AGREED | words))
    found = estimate_stratum(EASY)
    of_all = [x for x in found.refusals if x.model is None]
    assert [x.reason for x in of_all] == ([reason] if reason else [])
    assert (found.given is None) == bool(reason)
    # What each model said is kept beside it.
    assert {x.model for x in (*found.numbers, *found.refusals)} >= set(EASY.models)


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ({}, {"uneven", "decomposable", "latent_class", "log_linear"}),
        ({"decomposable": "prior_dominates"}, {"uneven", "decomposable", "latent_class", "log_linear"}),
        ({"uneven": "prior_dominates"}, {"uneven"}),
        ({"latent_class": "not_converged"}, {"uneven", "decomposable", "latent_class"}),
        ({"latent_class": "not_converged", "decomposable": "at_cap"}, {"uneven", "decomposable", "latent_class"}),
    ],
)
def test_what_cannot_change_the_outcome_is_left_out(monkeypatch, words, asked):
    """Among many strata a model is not asked where no number can be given any more, and its place says so."""
    called = fake(monkeypatch, **(AGREED | words))
    quick = estimate_stratum(replace(EASY, every_model=False))
    assert set(called) == asked
    assert {x.model for x in quick.refusals if x.reason == "not_run"} == set(EASY.models) - asked
    called.clear()
    whole = estimate_stratum(EASY)
    assert set(called) == set(EASY.models)
    assert quick.given == whole.given
    if whole.given is not None:
        assert quick == whole


def test_real_models_of_an_easy_table():
    """Four independent lists: every model has a number near the truth, and so has what is given."""
    world = capture_world(SCENARIOS[0], 3, 0)
    found = estimate_stratum(EASY)
    assert {x.model for x in found.numbers} == set(EASY.models)
    assert found.given is not None
    assert [x.median for x in (*found.numbers, found.given)] == [pytest.approx(world.acts, rel=0.15)] * 5
    assert all(check.holds for x in found.numbers for check in x.checks)
    assert all(world.table.observed <= x.low <= x.median <= x.high for x in found.numbers)
    assert estimate_stratum(EASY) == found


def test_another_seed_is_within_the_error_of_sampling():
    """With another seed the ends of the given interval move by a small share of the interval."""
    one, other = (estimate_stratum(replace(EASY, seed=seed)).given for seed in (1, 2))
    assert one is not None
    assert other is not None
    assert one != other
    for name in ("low", "median", "high"):
        assert getattr(one, name) == pytest.approx(getattr(other, name), abs=0.15 * (one.high - one.low))


def test_the_cap_is_said_and_heeded():
    """A cap just above what was seen is met by the models that have one, and no number is given."""
    found = estimate_stratum(replace(EASY, most=int(sum(count or 0 for _, count in EASY.cells)) + 20))
    assert found.given is None
    assert {x.model for x in found.refusals if x.reason == "at_cap"} == {"latent_class", "uneven", "decomposable"}


def test_more_than_five_lists_leave_the_graphs_out():
    """Six lists: the average over graphs says that it takes five, and names the stratum."""
    found = estimate_stratum(replace(task_of(published("uk_six"), seed=1), models=("decomposable",)))
    (refusal,) = (x for x in found.refusals if x.model == "decomposable")
    assert refusal.reason == "not_estimable"
    assert "uk_six: 6 lists" in refusal.what


COUNT = st.one_of(st.integers(0, 12), st.integers(-2, -1), st.floats(), st.none())


def tables(counts, lists, fewest=0):
    """Tables of so many lists; of their patterns at least so many have a number."""
    patterns = st.integers(1, 2**lists - 1).map(lambda place: f"{place:0{lists}b}")
    return st.dictionaries(patterns, counts, min_size=fewest).map(
        lambda cells: (tuple("abcd"[:lists]), tuple(cells.items()))
    )


# Of half of them some number could be given.
TABLE = st.one_of(tables(COUNT, 2), tables(COUNT, 4), tables(st.integers(0, 12), 3, 6), tables(st.integers(1, 9), 4, 9))


@settings(max_examples=10, deadline=None)
@given(TABLE)
def test_no_table_raises(table):
    """Whatever the cells are there is an outcome: a finite number or a refusal that names the stratum."""
    lists, cells = table
    task = StratumTask(stratum="north", lists=lists, cells=cells, seed=1, every_model=False, replicates=100)
    found = estimate_stratum(task)
    assert isinstance(found, StratumOutcome)
    for number in found.numbers if found.given is None else (*found.numbers, found.given):
        assert all(isfinite(x) for x in (number.low, number.median, number.high, number.log_spread))
    assert all("north" in x.what and x.change for x in found.refusals)
    assert "nan" not in repr(found).lower()
