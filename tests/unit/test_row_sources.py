"""No row of a frame is a person: what could be a register, names or identifiers is refused."""

import numpy as np
import pytest
import toy_worlds as toys
from toy_rows import COLUMNS, spec

from bearwitness.disclosure.row_frame import put_rows
from bearwitness.disclosure.row_sources import check_rows_are_not_people
from bearwitness.errors import FrameError


def changed_spec(**more):
    """A spec that is accepted, with something changed."""
    rows = {
        "home": np.repeat(np.arange(4, dtype=np.uint8), 50),
        "birth": np.tile(np.arange(4, dtype=np.uint8), 50),
        "kin": np.tile(np.array([[0, 1], [1, 0], [1, 1]], dtype=np.uint8), 100),
    }
    return spec(rows, rows_are="public sample", stands_for=90_000) | more


def with_column(attribute, column, held):
    """The spec with one more column."""
    whole = changed_spec()
    return whole | {
        "columns": whole["columns"] | {attribute: column},
        "rows": whole["rows"] | ({} if held is None else {attribute: held}),
    }


ONES = np.ones(200, dtype=np.uint8)
RARE = np.repeat(np.array([0, 1], dtype=np.uint8), [197, 3])
REFUSED = {
    "no frame": changed_spec(frame="everybody"),
    "no sources": changed_spec(sources=[]),
    "neither synthetic": changed_spec(rows_are="register"),
    "exactly the columns": with_column("sex", {"kind": "codes", "values": ["female", "male"]}, None),
    "none that rows may have": with_column("name", {"kind": "codes", "values": ["a", "b"]}, ONES),
    "none that rows may": with_column("register_number", {"kind": "codes", "values": ["a", "b"]}, ONES),
    "must be of the kind": with_column("sex", {"kind": "existence", "values": ["female", "male"]}, ONES),
    "no edges": with_column("departure", {"kind": "days"}, ONES),
    "lists no values": with_column("sex", {"kind": "codes", "values": ["male", "male"]}, ONES),
    "no short codes": with_column("occupation", {"kind": "paths", "values": ["a clerk", "b"], "leaf_share": 1}, ONES),
    "that are no short": with_column("surname", {"kind": "codes", "values": ["a", "8501011234567"]}, ONES),
    "no leaf_share": with_column("occupation", {"kind": "paths", "values": ["a", "b"]}, ONES),
    "whole unsigned codes": with_column("sex", COLUMNS["sex"], np.array(["male"] * 200)),
    "unsigned codes": with_column("sex", COLUMNS["sex"], ONES.astype(np.int64)),
    "code without a value": with_column("sex", COLUMNS["sex"], ONES * np.uint8(2)),
    "without a value": with_column("trait", COLUMNS["trait"], ONES[None]),
    "tells its rows apart": with_column(
        "surname", {"kind": "codes", "values": [f"s{i}" for i in range(200)]}, np.arange(200, dtype=np.uint8)
    ),
    "rows apart, as an": with_column(
        "surname", {"kind": "codes", "values": [f"s{i}" for i in range(25)]}, np.arange(200, dtype=np.uint8) // 8
    ),
    "differ in length": with_column("sex", COLUMNS["sex"], ONES[:-1]),
    "under 100 rows": changed_spec(
        columns={"sex": COLUMNS["sex"]}, rows={"sex": np.ones(99, dtype=np.uint8)}, rows_are="synthetic"
    ),
    "one household in 10": changed_spec(stands_for=1999),
    "household in 10 or fewer": changed_spec(stands_for=None),
    "in 10 or": changed_spec(every_household=True),
    "cells that stand for single": with_column("sex", COLUMNS["sex"], RARE),
    "for single persons": with_column("trait", COLUMNS["trait"], np.stack([RARE, ONES, 1 - ONES])),
}


def test_a_public_sample_of_coarse_columns_is_accepted():
    """What states its sources, and points at nobody, may be used; the same rare cell is fine in synthetic rows."""
    check_rows_are_not_people(changed_spec())
    check_rows_are_not_people(with_column("sex", COLUMNS["sex"], RARE) | {"rows_are": "synthetic"})


@pytest.mark.parametrize("why", REFUSED)
def test_rows_that_could_be_people_are_refused(why):
    """Every rule refuses by itself, and the message names the frame and column but no value."""
    with pytest.raises(FrameError, match=why) as refused:
        put_rows(toys.toy_frames(np.random.default_rng(1)), REFUSED[why], np.random.default_rng(1))
    assert refused.value.hint
    assert "8501011234567" not in str(refused.value)
    assert "clerk" not in str(refused.value)


@pytest.mark.parametrize("edges", [["1960-01-01"], ["1960-01-02", "1960-01-01"], ["one", "two"]])
def test_edges_that_are_no_ascending_days_are_refused(edges):
    """Bins of days need a first day each, in order."""
    rows = np.zeros(200, dtype=np.uint8)
    bad = spec({"birth": rows}) | {"columns": {"birth": {"kind": "days", "edges": edges}}}
    with pytest.raises(FrameError, match=r"edges|value"):
        put_rows(toys.toy_frames(np.random.default_rng(1)), bad, np.random.default_rng(1))
