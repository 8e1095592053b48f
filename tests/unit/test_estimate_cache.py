"""Kept outcomes are the same to the last digit, and never trusted where they are not whole."""

import json
import os
import stat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bearwitness.engines.estimate_cache import EstimateCache
from bearwitness.errors import OutputError
from bearwitness.estimation.outcome import Check, ModelNumber, Refusal, StratumOutcome
from bearwitness.estimation.outcome_values import outcome_from, outcome_values
from bearwitness.estimation.strata import StratumTask, task_key

TASK = StratumTask(stratum="north/2019", lists=("a", "b", "c"), cells=(("110", 3.0), ("001", 4.0)), seed=1)
NUMBER = ModelNumber(model="pooled", low=7.1, median=1 / 3 + 9, high=40.0, level=0.95, log_spread=0.1 + 0.2,
                     checks=(Check(name="models", value=2, limit=2, least=True),))  # fmt: skip
GIVEN = StratumOutcome(stratum="north/2019", lists=("a", "b", "c"), cells=(("001", 4.0), ("110", 3.0)), observed=7,
                       numbers=(NUMBER,), refusals=(), given=NUMBER)  # fmt: skip
REFUSED = StratumOutcome(
    stratum="north/2019", lists=("a", "b", "c"), cells=(), observed=0, numbers=(), given=None,
    refusals=(Refusal(reason="unreadable", what="what", change="change"),),
)  # fmt: skip


@pytest.fixture
def cache(tmp_path):
    return EstimateCache(tmp_path / "kept")


def place_of(cache_folder, task=TASK):
    return next(cache_folder.rglob(f"{task_key(task)}.json"))


@pytest.mark.parametrize("outcome", [GIVEN, REFUSED])
def test_what_is_kept_comes_back(cache, outcome):
    """Nothing is there at first; what was kept comes back as it was."""
    assert cache.read(TASK) is None
    cache.write(TASK, outcome)
    assert cache.read(TASK) == outcome


@given(st.floats(1, 1e12), st.floats(0, 10))
def test_values_are_exact(high, spread):
    """Written as text and read again, every number is the same to the last bit."""
    number = ModelNumber(model="log_linear", low=1, median=1, high=high, level=0.95, log_spread=spread)
    outcome = StratumOutcome(stratum="s", lists=("a",), cells=(), observed=1, numbers=(number,), refusals=(),
                             given=number)  # fmt: skip
    assert outcome_from(json.loads(json.dumps(outcome_values(outcome)))) == outcome


def test_only_its_owner_may_read_it_and_nothing_else_is_left(cache, tmp_path):
    """Folders and files are for their owner alone, and no half-written file stays behind."""
    cache.write(TASK, GIVEN)
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert [path.name for path in files] == [f"{task_key(TASK)}.json"]
    assert stat.S_IMODE(files[0].stat().st_mode) == 0o600
    assert stat.S_IMODE(files[0].parent.stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "kept").stat().st_mode) == 0o700


def test_every_cut_and_every_altered_digit_is_found_out(cache, tmp_path):
    """A file cut anywhere, or with any number altered, is as good as none."""
    cache.write(TASK, GIVEN)
    place = place_of(tmp_path)
    text = place.read_text()
    for length in range(len(text)):
        place.write_text(text[:length])
        assert cache.read(TASK) is None
    places = [at for at, letter in enumerate(text) if letter.isdigit()]
    trusted = 0
    for at in places:
        place.write_text(text[:at] + str((int(text[at]) + 1) % 10) + text[at + 1 :])
        found = cache.read(TASK)
        # The seventeenth digit of a number may change without changing the number.
        assert found in (None, GIVEN)
        trusted += found is not None
    assert trusted <= 3 < len(places)
    place.write_text(text)
    assert cache.read(TASK) == GIVEN


def test_a_file_of_another_task_is_not_taken(cache, tmp_path):
    """A file under another task's name is not this task's outcome."""
    other = StratumTask(stratum="south", lists=TASK.lists, cells=TASK.cells, seed=1)
    cache.write(TASK, GIVEN)
    cache.write(other, GIVEN)
    # Also one that was written for the right key but names another stratum.
    assert cache.read(other) is None
    os.replace(place_of(tmp_path), place_of(tmp_path, other))
    assert cache.read(other) is None


@pytest.mark.parametrize("text", ["[]", "null", "{}", '{"key": 1}', "\x00", "[" * 100_000, '{"outcome": {"given": 1}}'])
def test_rubbish_is_as_good_as_none(cache, tmp_path, text):
    """Whatever lies in a file's place, reading it neither fails nor returns anything."""
    cache.write(TASK, GIVEN)
    place_of(tmp_path).write_text(text)
    assert cache.read(TASK) is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("stratum", 5), ("observed", 7.5), ("observed", -1), ("cells", [["110"]]), ("cells", 3), ("given", None),
        ("numbers", [{"model": "guess"}]), ("refusals", [{"reason": "mood"}]), ("lists", [1]), ("cells", [["1", None]]),
    ],
)  # fmt: skip
def test_values_of_no_outcome_are_refused(name, value):
    """A value of the wrong kind, a word that does not exist, or a number both given and refused: an error."""
    with pytest.raises(ValueError, match=r".+"):
        outcome_from(outcome_values(GIVEN) | {name: value})


def test_ends_out_of_order_and_extra_fields_are_refused():
    """An interval upside down, and a field too many, are no outcome."""
    values = outcome_values(GIVEN)
    with pytest.raises(ValueError, match="order"):
        outcome_from(values | {"given": values["given"] | {"low": 50.0}})
    with pytest.raises(ValueError, match="no outcome"):
        outcome_from(values | {"more": 1})


def test_a_folder_that_cannot_be_is_named(tmp_path):
    """Where a file stands in the folder's place, the error names the folder and says what to do."""
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match=r"file/kept: .*cannot be written to.*Name another folder"):
        EstimateCache(tmp_path / "file" / "kept").write(TASK, GIVEN)
