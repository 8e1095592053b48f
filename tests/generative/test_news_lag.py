"""An act told as news lies within so many days before; an adversary that knows how fast news is tries some first."""

from datetime import date

import numpy as np
import pytest
import toy_worlds as toys
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.stats import poisson

from bearwitness.disclosure.crowd import Crowd, constrain
from bearwitness.disclosure.frames import Frame, Frames
from bearwitness.disclosure.jigsaw import gather_households
from bearwitness.disclosure.measure import measure_household
from bearwitness.disclosure.risk import pursuit_risk
from bearwitness.disclosure.tables import Interval
from bearwitness.model.publication import Ledger, Policy
from bearwitness.model.values import Days

LEVELS = ("residents", "left", "acted")


def best_success(delays, expected, capacity):
    """What an adversary that knows the delays achieves among others spread evenly: it tries the likeliest days first.

    Exact: the true one lies at a place u of the ranking with the density of its day, and is reached where fewer than
    ``capacity`` of the Poisson many others lie before it.
    """
    ranked, total = np.sort(delays)[::-1], 0.0
    for i, share in enumerate(ranked):
        total += share * quad(lambda u: poisson.cdf(capacity - 1, expected * u / len(ranked)), i, i + 1)[0]
    return total


@given(
    st.lists(st.floats(0.0, 1.0), min_size=2, max_size=31).filter(lambda x: sum(x) > 0.1),
    st.floats(0.05, 500.0), st.integers(1, 50),
)  # fmt: skip
def test_whatever_the_delays_are_the_crowd_of_the_counted_days_bounds_the_best_adversary(delays, expected, capacity):
    """Of a delay whose likeliest day has the chance 1/n, n days' worth of the others are enough."""
    chance = np.array(delays) / np.sum(delays)
    counted = 1.0 / chance.max()
    bound = pursuit_risk(np.array([expected * counted / len(chance)]), capacity)[0]
    assert best_success(chance, expected, capacity) <= bound + 1e-7


def test_an_even_delay_is_what_the_plain_formula_says():
    """Nothing is given away where the bound is reached."""
    found = best_success(np.full(10, 0.1), 40.0, 3)
    assert found == pytest.approx(pursuit_risk(np.array([40.0]), 3)[0], abs=1e-7)


@pytest.mark.parametrize(("first", "last", "share", "counted"), [
    (100, 100, 0.1, 3), (100, 100, 0.01, 1), (100, 104, 0.1, 5), (100, 100, 1.0, None), (100, 160, 0.1, 61),
])  # fmt: skip
def test_of_a_lag_a_share_is_counted_and_no_less_than_the_news_itself(first, last, share, counted):
    """News of one day with a lag of 30 days and a share of 0.1: 3 of 31 days."""
    found = Days(((first, last),)).reaching_back(30, share)
    assert found.spans == ((first - 30, last),)
    assert found.counted == counted


@given(st.data())
def test_runs_are_what_going_through_all_of_them_gives(data):
    """The greatest mass of so many days one after the other, against trying each start."""
    rng = np.random.default_rng(data.draw(st.integers(0, 2**32 - 1)))
    cuts = np.sort(rng.choice(np.arange(1, 60), 4, replace=False))
    days = Days(((int(cuts[0]), int(cuts[1])), (int(cuts[2]), int(cuts[3]))) if cuts[2] > cuts[1] + 1 else ((1, 40),))
    counted = int(rng.integers(1, days.number + 3))
    edges = [0, *sorted(int(e) for e in rng.choice(np.arange(1, 60), 3, replace=False)), 60]
    mass = np.repeat(rng.random(len(edges) - 1), np.diff(edges))
    each = [d for a, b in days.spans for d in range(a, b + 1)]
    wanted = max(mass[each[i : i + counted]].sum() for i in range(max(1, len(each) - counted + 1)))
    runs = Days(days.spans, counted).stretches(edges)
    assert all(r.number == min(counted, len(each)) for r in runs)
    found = max(sum(mass[a : b + 1].sum() for a, b in r.spans) for r in runs)
    assert found == pytest.approx(wanted)


def yearly_frames():
    """2,000 households, acts of two years, three times as many in the second."""
    edges = np.array([date(y, 1, 1).toordinal() for y in (2022, 2023, 2024)])
    table = Interval(edges, np.array([[0.25, 0.75]]))
    return Frames(tuple(Frame(n, i, np.array([2001.0]), {"act_date": table}) for i, n in enumerate(LEVELS)))


def others(claims, share):
    crowd = Crowd(yearly_frames(), toys.adversary(1))
    return crowd.others([constrain(c, about="act", lag_share=share) for c in claims])[0]


def news(day, name="c1", lag=30):
    return toys.claim("act_date", Days.between(day, day), name, about="act", lag_days=lag)


def test_the_crowd_of_news_is_that_of_the_counted_days():
    """Three days of a year of 1,500 acts; with all days alike, 31."""
    assert others([news(date(2023, 6, 1))], 0.1) == pytest.approx(1500 * 3 / 365)
    assert others([news(date(2023, 6, 1))], 1.0) == pytest.approx(1500 * 31 / 365)


def test_a_date_of_the_act_itself_counts_as_it_is():
    """Where the day is known, news of it adds nothing; where a week is, three of its days count."""
    day = toys.claim("act_date", Days.between(date(2023, 5, 20), date(2023, 5, 20)), "c2", about="act")
    week = toys.claim("act_date", Days.between(date(2023, 5, 20), date(2023, 5, 26)), "c3", about="act")
    assert others([news(date(2023, 6, 1)), day], 0.1) == others([day], 0.1) == pytest.approx(1500 / 365)
    assert others([news(date(2023, 6, 1)), week], 0.1) == pytest.approx(1500 * 3 / 365)
    assert others([week], 0.1) == pytest.approx(1500 * 7 / 365)


def test_less_is_never_counted_where_less_is_said_even_over_the_turn_of_a_year():
    """The days that hold most are counted, so that a vaguer date never shrinks the crowd."""
    told = news(date(2023, 1, 10))
    crowds = [
        others([told, toys.claim("act_date", Days.between(first, date(2023, 1, 10)), "c2", about="act")], 0.1)
        for first in (date(2023, 1, 9), date(2023, 1, 5), date(2022, 12, 31), date(2022, 12, 12))
    ]
    assert crowds == sorted(crowds)
    assert crowds[-1] == others([told], 0.1)


def test_a_policy_says_how_few_days_count():
    """The risk of a draft that tells news falls as the share grows."""
    risks = []
    for share in (0.05, 0.1, 0.5, 1.0):
        policy = Policy(lag_share=share)
        household, = gather_households([toys.persona()], (news(date(2023, 6, 1)),), Ledger(), policy)
        risks.append(measure_household(household, Crowd(yearly_frames(), toys.adversary(1)), policy).joined.risk)
    assert risks == sorted(risks, reverse=True)
    assert risks[0] > 5 * risks[-1]
