"""When people left and when they were born, from when and how old they arrived: nothing of it is published directly."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from data_build.arrivals import FIRST_YEAR
from data_build.cells import Assumption

# Share of people by years between leaving and arriving. Many of the 2000s lived in China for years, since 2010 most
# came on at once.
LAG_SHARES: Final = {0: 0.40, 1: 0.22, 2: 0.10, 3: 0.07, 4: 0.05, 5: 0.04, 6: 0.03, 7: 0.03, 8: 0.02, 9: 0.02, 10: 0.02}
LAG: Final = Assumption(
    "mean years between leaving and arriving", round(sum(k * v for k, v in LAG_SHARES.items()), 2),
    "No table is published; interview studies report from weeks to over ten years. Shares by year of lag are stated in"
    " the script.",
)  # fmt: skip
# Departures of years whose arrivals are not counted yet are taken as many as the arrivals of the last counted year.
LAST_YEAR: Final = 2027
FIRST_DEPARTURE: Final = FIRST_YEAR - 4
COHORTS: Final = (1915, 1925, 1935, 1945, 1955, 1965, 1975, 1985, 1995, 2005, 2015, 2028)


def departures_by_year(arrivals: Mapping[int, float]) -> dict[int, float]:
    """Departures by year, each arrival laid back by the lags; years not counted yet filled with the last one."""
    filled = dict(arrivals)
    last = max(arrivals)
    for year in range(last + 1, LAST_YEAR + 12):
        filled[year] = arrivals[last]
    found = dict.fromkeys(range(FIRST_DEPARTURE, LAST_YEAR + 1), 0.0)
    for year, persons in filled.items():
        for lag, share in LAG_SHARES.items():
            when = max(year - lag, FIRST_DEPARTURE)
            if when <= LAST_YEAR:
                found[when] += persons * share
    return found


def births_by_cohort(arrivals: Mapping[int, float], ages: Mapping[tuple[int, int], int]) -> dict[int, float]:
    """Persons by cohort of birth (first year), taking year and age at arrival as independent of each other."""
    found = dict.fromkeys(COHORTS[:-1], 0.0)
    all_arrivals, all_ages = sum(arrivals.values()), sum(ages.values())
    for year, persons in arrivals.items():
        for (low, high), aged in ages.items():
            weight = persons / all_arrivals * aged / all_ages / (high - low)
            for age in range(low, high):
                cohort = max((c for c in COHORTS if c <= year - age), default=COHORTS[0])
                found[cohort] += weight
    return found
