"""Things that a household of a frame of rows has not: counted exactly, row by row."""

import numpy as np
import pytest
import toy_worlds as toys
from hypothesis import given, settings
from hypothesis import strategies as st
from toy_rows import COLUMNS, random_rows, spec

from bearwitness.disclosure.crowd import Crowd, constrain
from bearwitness.disclosure.row_frame import put_rows
from bearwitness.errors import FrameError
from bearwitness.model.values import Codes, NoneOf, Paths

SEVERAL = {a: COLUMNS[a]["values"] for a in ("trait", "kin")}


def with_rows(rng, rows, **more):
    return put_rows(toys.toy_frames(rng, draws=40), spec(rows, **more), rng)


def sets_of(attribute):
    """Sets of an attribute's codes: one of them is there, or none of them."""
    codes = st.frozensets(st.sampled_from(SEVERAL[attribute]), min_size=1)
    return st.lists(st.builds(lambda kind, c: kind(c), st.sampled_from((Codes, NoneOf)), codes), max_size=4)


def fits(rows, i, attribute, value):
    """Whether a row fits, written without the engine."""
    has = {code for code, held in zip(SEVERAL[attribute], rows[attribute][:, i], strict=True) if held}
    return has.isdisjoint(value.codes) if isinstance(value, NoneOf) else not has.isdisjoint(value.codes)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32 - 1), sets_of("trait"), sets_of("kin"))
def test_what_is_absent_is_counted_row_by_row(seed, traits, kin):
    """Whatever is said to be there and not to be there, of two attributes and a place together."""
    rng = np.random.default_rng(seed)
    rows = random_rows(rng, 150, {a: COLUMNS[a] for a in ("home", "trait", "kin")})
    said = {a: tuple(dict.fromkeys(v)) for a, v in (("kin", kin), ("trait", traits)) if v}
    block = (("home", (Paths(frozenset({"north"})),)), *said.items())
    expected = sum(
        COLUMNS["home"]["values"][rows["home"][i]].startswith("north")
        and all(fits(rows, i, a, v) for a, values in said.items() for v in values)
        for i in range(150)
    )
    found = with_rows(rng, rows, every_household=True).at(0).factor(block)
    assert found == pytest.approx(expected / 150)


def test_of_a_sample_what_contradicts_fits_nobody():
    """Something that is there and not there is no rare thing but none: also where no prior would say so."""
    rng = np.random.default_rng(3)
    frames = with_rows(rng, random_rows(rng))
    phone = frozenset({"phone"})
    assert not frames.at(0).factor((("trait", (Codes(phone), NoneOf(phone))),)).any()
    rare = frames.at(0).factor((("trait", (NoneOf(frozenset(SEVERAL["trait"])), )),))
    assert (rare > 0).all()


def test_an_absence_that_the_rows_do_not_list_is_an_error():
    """Nobody knows how many have what no column is about, so it is not taken to exclude, or to keep, anybody."""
    rng = np.random.default_rng(4)
    frames = with_rows(rng, random_rows(rng))
    with pytest.raises(FrameError, match="column trait does not list") as refused:
        frames.at(0).factor((("trait", (NoneOf(frozenset({"phone", "media"})),)),))
    assert refused.value.hint
    assert "media" not in str(refused.value)


def test_a_partly_believed_absence_keeps_rows_in_part():
    """A claim believed to 0.6 that there is no mother leaves those who have one with 0.4."""
    rng = np.random.default_rng(5)
    rows = random_rows(rng, 300)
    crowd = Crowd(with_rows(rng, rows, every_household=True), toys.adversary())
    claim = toys.claim("kin", NoneOf(frozenset({"mother"})), "c1", trust=0.6)
    has = int(rows["kin"][SEVERAL["kin"].index("mother")].sum())
    found = crowd.in_frame(0, [constrain(claim, about="left", lag_share=1.0)])
    assert found == pytest.approx(299 * (300 - has + 0.4 * has) / 300)
