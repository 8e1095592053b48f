"""A task's key names everything its outcome depends on, and tables that cannot be read become refusals."""

from dataclasses import fields, replace
from math import inf, nan

import pytest
from capture_tables import published
from hypothesis import given
from hypothesis import strategies as st

from bearwitness.estimation import strata
from bearwitness.estimation.lists import CaptureTable
from bearwitness.estimation.outcome import Refusal
from bearwitness.estimation.strata import StratumTask, model_seed, read_table, readable_cells, task_key, task_of

TASK = StratumTask(stratum="s1", lists=("a", "b", "c"), cells=(("110", 3.0), ("001", 4.0), ("111", 2.0)), seed=1)


@pytest.mark.parametrize(
    "change",
    [
        {"stratum": "s2"}, {"lists": ("a", "c", "b")}, {"seed": 2}, {"level": 0.9}, {"models": ("decomposable",)},
        {"every_model": False}, {"most": 500}, {"classes": 5}, {"delta": 0.5}, {"replicates": 500},
        {"cells": (("110", 3.0), ("001", 4.0), ("111", 3.0))}, {"cells": (("110", 3.0), ("001", 4.0), ("101", 2.0))},
    ],
)  # fmt: skip
def test_every_setting_is_in_the_key(change):
    """Changing any one thing that the outcome depends on changes the key."""
    assert task_key(replace(TASK, **change)) != task_key(TASK)


def test_no_setting_is_forgotten():
    """The test above changes every field that a task has."""
    changed = {"stratum", "lists", "seed", "level", "models", "every_model", "most", "classes", "delta", "replicates",
               "cells"}  # fmt: skip
    assert {field.name for field in fields(StratumTask)} == changed


def test_the_version_of_the_models_is_in_the_key(monkeypatch):
    """Outcomes of other models are not found under the same key."""
    before = task_key(TASK)
    monkeypatch.setattr(strata, "MODEL_VERSION", strata.MODEL_VERSION + ".1")
    assert task_key(TASK) != before


@given(st.permutations([*TASK.cells, ("011", 0.0), ("100", -0.0)]))
def test_order_and_empty_patterns_do_not_matter(cells):
    """The same table has the same key however its patterns are ordered, and with or without empty ones."""
    assert task_key(replace(TASK, cells=tuple(cells))) == task_key(TASK)
    whole = tuple((pattern, int(value)) for pattern, value in cells)
    assert task_key(replace(TASK, cells=whole)) == task_key(TASK)


def test_the_key_is_the_same_on_every_machine(monkeypatch):
    """The key of a known task is a known text, whatever the process and its hash seed."""
    monkeypatch.setattr(strata, "MODEL_VERSION", "1")
    assert task_key(TASK) == "19b41ea4c88b2509dea3a17c95950fafa33d142b79ccd5cce3b477b6b2b84caa"


def test_models_and_strata_have_seeds_of_their_own():
    """No two models of a stratum, and no two strata, draw the same numbers; the same ones always do."""
    tasks = [replace(TASK, stratum=name) for name in ("s1", "s2", "s3")] + [replace(TASK, seed=9)]
    seeds = [model_seed(task, model) for task in tasks for model in TASK.models]
    assert len(set(seeds)) == len(seeds)
    assert seeds == [model_seed(task, model) for task in tasks for model in TASK.models]


def test_a_table_becomes_a_task_and_back():
    """The task of a table reads as that table."""
    table = published("kosovo")
    found = read_table(task_of(table, seed=3))
    assert isinstance(found, CaptureTable)
    assert (found.stratum, found.lists, found.counts.tolist()) == (table.stratum, table.lists, table.counts.tolist())


BAD = {
    "two lists": (("a", "b"), {"11": 3, "01": 4}, "too_few_lists"),
    "no list": ((), {}, "too_few_lists"),
    "two lists and a wrong cell": (("a", "b"), {"11": -3}, "too_few_lists"),
    "twenty lists": (tuple(map(str, range(20))), {"1" * 20: 5}, "not_estimable"),
    "a negative cell": (("a", "b", "c"), {"110": 3, "011": -1}, "unreadable"),
    "a fractional cell": (("a", "b", "c"), {"110": 3, "011": 1.5}, "unreadable"),
    "no number": (("a", "b", "c"), {"110": 3, "011": nan}, "unreadable"),
    "an infinite cell": (("a", "b", "c"), {"110": 3, "011": inf}, "unreadable"),
    "a missing cell": (("a", "b", "c"), {"110": 3, "011": None}, "unreadable"),
    "a pattern too long": (("a", "b", "c"), {"1100": 3}, "unreadable"),
    "a pattern of letters": (("a", "b", "c"), {"1x0": 3}, "unreadable"),
    "acts on no list": (("a", "b", "c"), {"000": 3, "110": 4}, "unreadable"),
    "two lists of one name": (("a", "b", "a"), {"110": 3}, "unreadable"),
    "no acts": (("a", "b", "c"), {}, "not_estimable"),
    "an empty list": (("a", "b", "c"), {"110": 3, "010": 4, "100": 9}, "not_estimable"),
    "all in one cell": (("a", "b", "c"), {"111": 30}, "not_estimable"),
    "identical lists": (("a", "b", "c"), {"110": 3, "001": 4, "111": 3}, "not_estimable"),
    "a dominating list": (("a", "b", "c"), {"100": 300, "110": 40, "111": 30, "001": 2, "010": 3}, "not_estimable"),
    "lists apart": (("a", "b", "c", "d"), {"1100": 3, "1000": 4, "0100": 4, "0011": 5, "0010": 5, "0001": 4},
                    "not_estimable"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_bad_tables_are_refused_by_name(name):
    """Every kind of table that cannot be estimated from becomes a refusal that names the stratum and a way out."""
    lists, cells, reason = BAD[name]
    found = read_table(StratumTask(stratum="north/2019", lists=lists, cells=tuple(cells.items()), seed=1))
    assert isinstance(found, Refusal)
    assert (found.reason, found.model) == (reason, None)
    assert "north/2019" in found.what
    assert found.change
    assert "nan" not in found.what.lower()


def test_a_pattern_given_twice_is_refused():
    """Two numbers for one pattern are not added up, nor is one of them chosen."""
    task = replace(TASK, cells=(*TASK.cells, ("110", 5.0)))
    found = read_table(task)
    assert isinstance(found, Refusal)
    assert found.reason == "unreadable"
    assert readable_cells(task) == ()


@given(st.lists(st.tuples(st.text("01x", max_size=4), st.none() | st.floats() | st.integers()), max_size=6))
def test_no_table_raises_or_leaves_odd_cells(cells):
    """Whatever the cells are, reading them gives a table or a refusal, and what is shown of them are counts."""
    task = replace(TASK, cells=tuple(cells))
    assert len(task_key(task)) == 64
    assert isinstance(read_table(task), CaptureTable | Refusal)
    assert all(value > 0 and value == int(value) for _, value in readable_cells(task))


@pytest.mark.parametrize(
    "wrong", [{"level": 1.0}, {"level": 0.0}, {"seed": -1}, {"models": ()}, {"models": ("pooled",)},
              {"models": ("decomposable", "decomposable")}],
)  # fmt: skip
def test_wrong_settings_are_misuse(wrong):
    """A level, a seed or models that cannot be are a programmer's mistake."""
    with pytest.raises(ValueError, match=r"level|models"):
        replace(TASK, **wrong)
