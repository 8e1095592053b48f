"""Many strata: the same outcomes from processes and from Spark, kept as they come, resumed after a stop."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import pytest
from capture_worlds import small_world

from bearwitness.engines.estimate_cache import EstimateCache
from bearwitness.engines.strata_processes import estimate_strata
from bearwitness.engines.strata_spark import estimate_strata_on_spark
from bearwitness.errors import EstimationError, LinkageError
from bearwitness.estimation.outcome_values import outcome_values
from bearwitness.estimation.strata import StratumTask, task_of

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def tasks():
    """Small strata, one that cannot be read, and one twice; without the sampler, which has tests of its own."""
    found = [
        replace(task_of(small_world(5, place).table, seed=7), models=("decomposable", "log_linear"), replicates=100)
        for place in range(14)
    ]
    bad = StratumTask(stratum="bad", lists=("a", "b", "c"), cells=(("110", -1.0),), seed=7)
    return [*found, bad, found[3]]


@pytest.fixture(scope="module")
def alone(tasks):
    return estimate_strata(tasks)


def exact(outcomes):
    return json.dumps([outcome_values(outcome) for outcome in outcomes])


def test_outcomes_are_in_the_order_of_tasks(tasks, alone):
    """Each task has its outcome in its place; numbers and refusals are both among them."""
    assert [outcome.stratum for outcome in alone] == [task.stratum for task in tasks]
    assert any(outcome.numbers for outcome in alone)
    assert any(not outcome.numbers for outcome in alone)
    assert alone[-1] == alone[3]


def test_any_number_of_processes_in_any_order_gives_the_same(tasks, alone):
    """Three processes with the tasks backwards give every outcome to the last digit."""
    assert exact(estimate_strata(tasks[::-1], workers=3)[::-1]) == exact(alone)


def test_spark_gives_the_same(tasks, alone):
    """Spark gives every outcome to the last digit."""
    if find_spec("pyspark") is None or shutil.which("java") is None:
        with pytest.raises(LinkageError, match="Spark"):
            estimate_strata_on_spark(tasks)
        return
    seen = []
    found = estimate_strata_on_spark(tasks, progress=lambda done, of: seen.append((done, of)))
    assert exact(found) == exact(alone)
    assert seen == [(done, len(tasks) - 1) for done in range(1, len(tasks))]


def test_progress_counts_different_tasks(tasks):
    """Progress is told after every stratum, and a task that comes twice counts once."""
    seen = []
    estimate_strata(tasks, progress=lambda done, of: seen.append((done, of)))
    assert seen == [(done, len(tasks) - 1) for done in range(1, len(tasks))]


class StopAfterFiveError(Exception):
    """Somebody stops the run."""


@pytest.mark.parametrize("workers", [1, 2])
def test_an_interrupted_run_goes_on_where_it_stopped(tasks, alone, tmp_path, workers):
    """What was done before a stop is taken from the folder, and only the rest is estimated."""
    cache = EstimateCache(tmp_path)

    def stop(done, _of):
        if done == 5:
            raise StopAfterFiveError

    with pytest.raises(StopAfterFiveError):
        estimate_strata(tasks, workers=workers, cache=cache, progress=stop)
    assert len(list(tmp_path.rglob("*.json"))) == 5
    seen = []
    found = estimate_strata(tasks, workers=workers, cache=cache, progress=lambda done, of: seen.append((done, of)))
    assert seen[0] == (5, len(tasks) - 1)
    assert exact(found) == exact(alone)
    again = []
    assert exact(estimate_strata(tasks, cache=cache, progress=lambda *x: again.append(x))) == exact(alone)
    assert again == [(len(tasks) - 1, len(tasks) - 1)]


def test_a_broken_kept_outcome_is_estimated_again(tasks, alone, tmp_path):
    """A kept file that was cut is neither trusted nor in the way."""
    cache = EstimateCache(tmp_path)
    estimate_strata(tasks, cache=cache)
    for place, path in enumerate(sorted(tmp_path.rglob("*.json"))):
        path.write_bytes(path.read_bytes()[: 10 * place])
    assert exact(estimate_strata(tasks, cache=cache)) == exact(alone)
    assert exact(estimate_strata(tasks, cache=cache)) == exact(alone)


def test_nothing_is_written_without_a_folder(tasks, tmp_path, monkeypatch):
    """Without a cache no file appears where the work is done."""
    monkeypatch.chdir(tmp_path)
    estimate_strata(tasks[:3], workers=2)
    assert list(tmp_path.iterdir()) == []


def test_threads_are_left_as_they_were(tasks, monkeypatch):
    """What this process has set for its own threads is the same afterwards."""
    monkeypatch.setenv("OMP_NUM_THREADS", "7")
    monkeypatch.delenv("NUMBA_NUM_THREADS", raising=False)
    estimate_strata(tasks[:3], workers=2)
    assert os.environ["OMP_NUM_THREADS"] == "7"
    assert "NUMBA_NUM_THREADS" not in os.environ


def test_a_process_that_dies_is_told(tasks, monkeypatch):
    """Where processes end before their work is done there is an error that says what to do, and no wait for ever."""
    monkeypatch.setenv("PYTHONHOME", "/nowhere")
    with pytest.raises(EstimationError, match=r"ended before its work was done.*fewer processes"):
        estimate_strata(tasks[:3], workers=2)


def test_no_strata_and_no_workers(tasks):
    """No task has no outcome, and no process is misuse."""
    assert estimate_strata([]) == ()
    with pytest.raises(ValueError, match="one process"):
        estimate_strata(tasks, workers=0)


def test_asking_loads_nothing_heavy():
    """The module that divides the work loads neither numpy nor numba before there is some."""
    code = "import sys, bearwitness.engines.strata_processes; print({'numpy', 'numba', 'scipy'} & set(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert run.stdout.strip() == "set()"
