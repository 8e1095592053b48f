"""Acts of which a field is not known are completed many times, each time as the complete acts make probable."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bearwitness.errors import EstimationError
from bearwitness.estimation.missing_fields import PartialAct, complete_tables

LISTS, STRATA = ("a", "b", "c"), ("north", "south")


def drawn(acts, draws=20, seed=1, strata=STRATA):
    return complete_tables(acts, lists=LISTS, strata=strata, draws=draws, rng=np.random.default_rng(seed))


def acts_of(*groups):
    return [PartialAct(pattern=pattern, strata=strata) for pattern, strata, times in groups for _ in range(times)]


PATTERN = st.text("01?", min_size=3, max_size=3).filter(lambda x: x != "000")
ACT = st.builds(PartialAct, pattern=PATTERN, strata=st.sampled_from([(), ("north",), ("south",), STRATA]))


@given(st.lists(ACT, max_size=12), st.integers(0, 99))
def test_every_act_is_somewhere_it_may_be(acts, seed):
    """Each drawn table has every act once, complete ones always in their cell, and none on no list."""
    known = acts_of(*[(f"{x:03b}", (s,), 2) for x in range(1, 8) for s in STRATA])
    complete = Counter((act.strata[0], act.pattern) for act in known + acts if "?" not in act.pattern
                       and len(act.strata) == 1)  # fmt: skip
    for tables in drawn(known + acts, draws=3, seed=seed):
        assert sum(table.observed for table in tables) == len(known) + len(acts)
        assert all(table.counts[0] == 0 for table in tables)
        for table in tables:
            for place in range(1, 8):
                assert table.counts[place] >= complete[table.stratum, f"{place:03b}"]


def test_labels_follow_the_complete_acts_of_their_pattern():
    """Acts without a stratum go north as often as complete ones on the same lists do, not as all others do."""
    acts = acts_of(("110", ("north",), 90), ("110", ("south",), 10), ("001", ("south",), 400), ("110", (), 50))
    north = [tables[0].counts[0b110] - 90 for tables in drawn(acts, draws=200)]
    assert 43 < np.mean(north) < 47
    # The frequency itself is in doubt: the draws differ by more than a known one of 0.9 would let them.
    assert np.var(north) > 50 * 0.9 * 0.1 * 1.1


def test_a_pattern_nobody_knows_the_stratum_of_falls_back_on_all():
    """Where no complete act has the pattern, its acts are divided as all complete acts are."""
    acts = acts_of(("001", ("north",), 300), ("010", ("south",), 100), ("111", (), 40))
    north = [tables[0].counts[0b111] / 40 for tables in drawn(acts, draws=600)]
    assert 0.68 < np.mean(north) < 0.82


def test_an_uncertain_channel_follows_the_complete_acts():
    """Whether a list has an act is drawn as it is among complete acts with the same other lists."""
    acts = acts_of(("110", ("north",), 30), ("100", ("north",), 90), ("1?0", ("north",), 40))
    on = [tables[0].counts[0b110] - 30 for tables in drawn(acts, draws=300)]
    assert 8.5 < np.mean(on) < 11.5


def test_the_same_seed_draws_the_same_tables():
    """Drawing is a function of the acts and the generator's state."""
    acts = acts_of(("110", ("north",), 5), ("011", ("south",), 5), ("101", ("north",), 5), ("1?1", (), 6))
    first, second, third = ([t.counts.tolist() for tables in drawn(acts, seed=s) for t in tables] for s in (1, 1, 2))
    assert first == second != third


@pytest.mark.parametrize(
    ("acts", "words"),
    [
        (acts_of(("110", ("north",), 5), ("000", (), 1)), r"Act 6: it is on no list"),
        (acts_of(("11", ("north",), 1)), r"Act 1: its pattern does not fit"),
        (acts_of(("11x", ("north",), 1)), r"Act 1: its pattern does not fit"),
        (acts_of(("110", ("east",), 1)), r"Act 1: it has an unknown stratum"),
        (acts_of(("110", ("north",), 4), ("110", (), 5)), r"5 of 9 acts lack"),
    ],
)
def test_acts_that_do_not_fit_are_refused(acts, words):
    """An act on no list, with a wrong pattern or stratum, or too many incomplete ones: an error that says which."""
    with pytest.raises(EstimationError, match=words) as raised:
        drawn(acts)
    assert raised.value.hint


def test_no_draws_or_strata_is_misuse():
    """Draws and different strata are needed."""
    for draws, strata in ((0, STRATA), (1, ()), (1, ("north", "north"))):
        with pytest.raises(ValueError, match="needed"):
            drawn([], draws=draws, strata=strata)
