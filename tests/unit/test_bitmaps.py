"""Packed rows: what is counted is what a reading of the rows finds."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bearwitness.disclosure.bitmap_kernels import BLOCK_WORDS
from bearwitness.disclosure.bitmap_steps import plan_steps
from bearwitness.disclosure.bitmaps import Run, any_of, candidates, count_candidates, pack_rows

ROWS_OF_A_BLOCK = 64 * BLOCK_WORDS


def table(rng, rows, values):
    """Columns of random codes, some values of which nobody may have."""
    return [rng.integers(0, rng.integers(1, v + 1), rows).astype(np.uint8) for v in values]


def fits(columns, persona):
    """Which rows fit, one claim and one code after the other."""
    found = np.ones(len(columns[0]), dtype=bool)
    for claim in persona:
        allowed = np.zeros(len(found), dtype=bool)
        for column, first, last in claim:
            for code in range(first, last + 1):
                allowed |= columns[column] == code
        found &= allowed
    return found


def some_persona(rng, values, most=8):
    """Up to ``most`` claims, each of up to three runs over one or several columns."""
    claims = []
    for _ in range(rng.integers(0, most + 1)):
        runs = []
        for _ in range(rng.integers(1, 4)):
            column = int(rng.integers(len(values)))
            ends = sorted(int(rng.integers(values[column])) for _ in range(2))
            runs.append(Run(column, *ends))
        claims.append(tuple(runs))
    return tuple(claims)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**32 - 1), st.sampled_from((1, 63, 64, 65, 1000, ROWS_OF_A_BLOCK, 3 * ROWS_OF_A_BLOCK + 7)))
def test_every_count_is_that_of_a_reading_of_the_rows(seed, rows):
    """Counts and candidates equal those found row by row, for any claims, shared or not, by one thread or more."""
    rng = np.random.default_rng(seed)
    values = [int(v) for v in rng.integers(1, 40, rng.integers(1, 5))]
    columns = table(rng, rows, values)
    bitmaps = pack_rows(columns, values)
    pool = [some_persona(rng, values) for _ in range(6)]
    # Personas that have claims in common, and some that are the same.
    personas = [(*pool[rng.integers(6)][: rng.integers(9)], *pool[rng.integers(6)]) for _ in range(12)] + pool
    expected = [fits(columns, p) for p in personas]
    for threads in (1, 2, 3):
        assert count_candidates(bitmaps, personas, threads=threads).tolist() == [int(e.sum()) for e in expected]
    for persona, one in zip(personas[:4], expected, strict=False):
        assert candidates(bitmaps, persona).tolist() == np.flatnonzero(one).tolist()


@given(st.sets(st.integers(0, 12)))
def test_runs_are_the_codes_they_were_made_of(codes):
    """A set of codes becomes disjoint runs that do not touch and hold exactly its codes."""
    runs = any_of(3, codes)
    assert {c for run in runs for c in range(run.first, run.last + 1)} == codes
    assert all(run.column == 3 for run in runs)
    assert all(b.first > a.last + 1 for a, b in pairwise(runs))


def test_nothing_said_fits_everybody_and_nothing_allowed_nobody():
    """No claim excludes nobody; a claim that allows no value excludes everybody; no personas have no counts."""
    bitmaps = pack_rows([np.array([0, 1, 1], dtype=np.uint8)], [2])
    assert count_candidates(bitmaps, [(), (any_of(0, ()),), (any_of(0, (1,)),)]).tolist() == [3, 0, 2]
    assert count_candidates(bitmaps, []).tolist() == []
    assert candidates(bitmaps, (any_of(0, ()),)).tolist() == []


def test_bits_past_the_last_row_are_zero():
    """A count of every bitmap's bits never exceeds the rows."""
    bitmaps = pack_rows([np.full(70, 0, dtype=np.uint8)], [3])
    ones = np.unpackbits(bitmaps.words.view(np.uint8), axis=-1).sum(axis=(0, 2))
    assert ones.tolist() == [0, 70, 70, 70]


def test_wide_codes_are_packed_as_short_ones_are():
    """Columns of 16 bits give the counts of their codes."""
    column = np.arange(2000, dtype=np.uint16) % 300
    bitmaps = pack_rows([column], [300])
    persona = (any_of(0, range(250, 300)),)
    assert count_candidates(bitmaps, [persona])[0] == np.count_nonzero(column >= 250)


@pytest.mark.parametrize(("columns", "values"), [
    ([], []),
    ([np.zeros(3, np.uint8)], [0]),
    ([np.zeros(3, np.uint8)], [2, 2]),
    ([np.zeros(0, np.uint8)], [2]),
    ([np.zeros(3, np.uint8), np.zeros(4, np.uint8)], [2, 2]),
    ([np.zeros(3, np.int64)], [2]),
    ([np.zeros(3)], [2]),
    ([np.array([0, 2, 1], np.uint8)], [2]),
])  # fmt: skip
def test_columns_that_are_no_codes_are_refused(columns, values):
    """No column, no row, other lengths, signed or broken numbers, and codes that are no value are refused."""
    with pytest.raises(ValueError, match=r"column|codes"):
        pack_rows(columns, values)


@pytest.mark.parametrize("run", [Run(1, 0, 0), Run(-1, 0, 0), Run(0, 0, 2), Run(0, -1, 0), Run(0, 1, 0)])
def test_runs_that_were_not_packed_are_refused(run):
    """A run of another column, past the values, or back to front is an error and not a count."""
    bitmaps = pack_rows([np.array([0, 1, 1], dtype=np.uint8)], [2])
    with pytest.raises(ValueError, match="not among the columns"):
        count_candidates(bitmaps, [((run,),)])


def test_what_personas_share_is_joined_once():
    """Personas that differ in their last claim take one step each and one for what they share."""
    steps = plan_steps([[0, 1, 2, 3, 4, 10 + i] for i in range(20)], 30)
    assert len(steps.targets) == 21
    assert np.count_nonzero(steps.targets < 0) == 1
    assert steps.buffers == 1
