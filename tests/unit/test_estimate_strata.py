"""Acts divided by what is recorded of them: known fields stay, contradictions and gaps are drawn among what fits."""

import numpy as np
import pytest
from estimate_case import told_to_desks

from bearwitness.errors import EstimationError
from bearwitness.services.estimate_record import stratum_tables
from bearwitness.services.estimate_strata import ActPlace, divide, field_values, merge_values, name_strata

LISTS = ("a", "b", "c")


def act(pattern, *values):
    return ActPlace(pattern=pattern, values=tuple(frozenset(v.split("|")) if v else None for v in values))


def test_a_record_says_its_kind_its_province_and_its_year():
    """The province is that of the place; without a place or a home nothing is said of it."""
    said = field_values(told_to_desks(acts=6, chance=0.99, nowhere=1), ("kind", "province", "year"))
    assert said["a-1"] == ({"interrogation"}, {"hambuk"}, {"2016"})
    assert said["a-0"] == ({"raid"}, None, {"2015"})


def test_accounts_of_one_act_say_together_what_all_allow():
    """A narrower date wins; where they contradict each other both stay possible."""
    one, wide, other = ((frozenset(years),) for years in ({"2020"}, {"2019", "2020"}, {"2018"}))
    assert merge_values([one, wide]) == ({"2020"},)
    assert merge_values([one, other]) == ({"2018", "2020"},)
    assert merge_values([(None,), one]) == ({"2020"},)
    assert merge_values([(None,)]) == (None,)


def test_known_acts_stay_and_unknown_ones_go_where_they_fit():
    """Every draw has all acts; what is known is the same in each; what is not differs."""
    acts = [act("100", "raid")] * 6 + [act("010", "exile")] * 6 + [act("111", "")] * 5 + [act("001", "raid|exile")]
    strata = name_strata([acts])
    assert strata == ("exile", "raid")
    draws = [divide(acts, LISTS, strata, np.random.default_rng(seed)) for seed in range(30)]
    assert {sum(sum(cells.values()) for cells in draw.values()) for draw in draws} == {18}
    assert {(draw["raid"]["100"], draw["exile"]["010"]) for draw in draws} == {(6, 6)}
    assert len({draw["raid"].get("111", 0) for draw in draws}) > 2
    assert draws[3] == divide(acts, LISTS, strata, np.random.default_rng(3))


def test_an_act_that_fits_no_known_one_gets_a_stratum_of_what_it_says():
    """A field of which nothing is known anywhere is unknown, not another's."""
    acts = [act("100", "raid", "2020")] * 3 + [act("010", "exile", "")]
    strata = name_strata([acts])
    assert strata == ("exile/unknown", "raid/2020")
    assert divide(acts, LISTS, strata, np.random.default_rng(0))["exile/unknown"] == {"010": 1}


def test_with_more_than_half_unknown_nothing_is_drawn():
    """The error says how many of how many."""
    acts = [act("100", "raid")] * 3 + [act("010", "")] * 4
    assert name_strata([acts]) == ("raid",)
    with pytest.raises(EstimationError, match="4 of 7 acts lack"):
        divide(acts, LISTS, name_strata([acts]), np.random.default_rng(0))


def test_a_list_without_any_act_of_a_stratum_is_left_out_of_it():
    """Only where no clustering has one; patterns lose its digit."""
    found = stratum_tables("north", LISTS, [{"100": 2, "101": 1}, {"100": 3}])
    assert (found.lists, found.empty) == (("a", "c"), ("b",))
    assert found.tables == ({"10": 2, "11": 1}, {"10": 3})
