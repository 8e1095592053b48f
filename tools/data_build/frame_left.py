"""The frame of households somebody of which left the country."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, Final

from data_build.arrivals import MINISTRY, ages, by_year, count_of
from data_build.cells import Assumption, described, presence, pseudo_counts
from data_build.departures import COHORTS, LAG, births_by_cohort, departures_by_year
from data_build.homes import WARD_SHARE, county_populations, home_tree, leaf_share
from data_build.occupation_shares import BELOW_WORTH, occupation_tree

TOGETHER: Final = Assumption(
    "persons who left, per household left behind", 1.3,
    "Most left alone; some left together or followed one another. No table is published. 1.1 to 1.7.",
)  # fmt: skip
ELSEWHERE: Final = Assumption(
    "all who ever left, per person who arrived in the South", 2.0,
    "Those who live in China or elsewhere, were sent back, or died on the way: tens of thousands by most reports, and"
    " nobody counts them. The police looks for their families too. 1.1 to 3.6.",
)  # fmt: skip
SOMEBODY_STAYED: Final = Assumption(
    "share of these households with somebody still inside", 0.85,
    "Where everybody left there is nobody to punish; most who are asked have family inside. 0.7 to 0.97.",
)  # fmt: skip
SIZE_SIGMA: Final = Assumption(
    "spread of the number of households of people who left (log)", 0.33,
    "The three factors above together: 0.12, 0.30 and 0.08, added in squares.",
)  # fmt: skip
PROVINCE_WORTH: Final = Assumption(
    "worth of the home provinces", 200.0,
    "31,540 persons are counted, but the two tables (2016, August 2018) disagree with each other in dates and base,"
    " they count who arrived and not who left, and the shares move (Pyongyang 2.5 % over all years, 12.8 % in 2023).",
)  # fmt: skip
COUNTY_WORTH: Final = Assumption(
    "worth of the counties within a home province", 60.0,
    "No county is published: population times a border factor, known to a factor of 2 for a usual county.",
)  # fmt: skip
BORDER_EAST: Final = Assumption(
    "how much likelier somebody of a county on the Tumen or upper Yalu left", 5.0,
    "Accounts put most departures in the river counties of North Hamgyong and Ryanggang; not counted.",
)  # fmt: skip
BORDER_WEST: Final = Assumption(
    "how much likelier somebody of a county on the lower Yalu left", 3.0,
    "The river is wider and better guarded in Jagang and North Pyongan; not counted.",
)  # fmt: skip
ROUTE_WORTH: Final = Assumption(
    "worth of the ways of leaving", 60.0,
    "No count of routes is published. River crossing is what nearly all accounts tell; private visits by visa about one"
    " in twenty, 1 % to 12 %; the rest rare.",
)  # fmt: skip
DEPARTURE_WORTH: Final = Assumption(
    "worth of the years of departure", 400.0,
    "Arrivals are counted, the lag is assumed: a usual year is known to a fifth.",
)  # fmt: skip
BIRTH_WORTH: Final = Assumption(
    "worth of the birth cohorts of those who left", 300.0,
    "Age at arrival is counted; year and age of arrival are taken as independent.",
)  # fmt: skip
OCCUPATION_WORTH: Final = Assumption(
    "worth of the occupation groups of those who left", 300.0,
    "Counted for 33,836 persons who arrived; those who did not arrive may differ.",
)  # fmt: skip
SEX_WORTH: Final = Assumption(
    "worth of the sexes of those who left", 500.0,
    "Counted for 34,538 persons who arrived; those who did not arrive may differ.",
)  # fmt: skip
TRAIT_WORTH: Final = Assumption(
    "worth of a trait's share among those who left", 12.0,
    "Surveys of people in the South put those in contact or sending money at a fifth to over a half in different years;"
    " broker work, activism and media are guesses.",
)  # fmt: skip
ASSUMPTIONS: Final = (
    TOGETHER, ELSEWHERE, SOMEBODY_STAYED, SIZE_SIGMA, PROVINCE_WORTH, COUNTY_WORTH, BORDER_EAST, BORDER_WEST,
    WARD_SHARE, LAG, DEPARTURE_WORTH, BIRTH_WORTH, SEX_WORTH, OCCUPATION_WORTH, BELOW_WORTH, ROUTE_WORTH, TRAIT_WORTH,
)  # fmt: skip

BORDER: Final = {
    "hambuk": (BORDER_EAST, "onsong musan hoeryong kyongwon kyonghung"),
    "ryanggang": (BORDER_EAST, "hyesan pochon samjiyon taehongdan kimjongsuk kimhyongjik"),
    "rason": (BORDER_EAST, "sonbong"),
    "jagang": (BORDER_WEST, "manpho junggang jasong chosan wiwon usi"),
    "pyongbuk": (BORDER_WEST, "sinuiju uiju sakju changsong pyokdong ryongchon sindo"),
}  # fmt: skip
# Provinces of which no table prints a count: what is left of the total is divided by population.
UNCOUNTED: Final = ("hwangnam", "hwangbuk", "kangwon", "nampo", "kaesong", "rason")
# Persons on whom the percentages of the August 2018 table are reckoned.
PROVINCE_BASE: Final = 31_540
ROUTES: Final = {
    "alpha": {"china": 94.0, "abroad": 4.0, "sea": 1.2, "dmz": 0.5, "air": 0.3},
    "below": {
        "china": {"visa_private": 5.5, "tourist": 0.8, "river": 83.7, "other": 10.0},
        "abroad": {"worker": 85.0, "other": 15.0},
    },
}  # fmt: skip
TRAITS: Final = {"phone": 0.30, "remittance": 0.40, "broker": 0.03, "activism": 0.03, "media": 0.04}
GROUP_NAMES: Final = {
    "unemployed-dependant": "dependant", "arts/sports": "arts_sports", "child-not-applicable": "child",
}  # fmt: skip


def household_count(rows: Sequence[Mapping[str, str]]) -> float:
    """Households of people who left, the middle of the prior."""
    arrived = count_of(rows, "cumulative", "cumulative end-2025", "all")
    return arrived / TOGETHER.value * ELSEWHERE.value * SOMEBODY_STAYED.value


def build_left(places: Mapping[str, Any], rows: Sequence[Mapping[str, str]]) -> dict[str, Any]:
    """The frame file of households of people who left."""
    arrived = count_of(rows, "cumulative", "cumulative end-2025", "all")
    median = household_count(rows)
    low, high = (median * math.exp(f * 1.96 * SIZE_SIGMA.value) for f in (-1, 1))
    return {
        "frame": "left",
        "within": "residents",
        "labels": {"en": "households of people who left", "ko": "탈북민의 가족 세대"},
        "sources": [f"{MINISTRY}, arrivals to the end of 2025", "Stated priors, listed under assumptions"],
        "size": {
            "median": round(median), "sigma": SIZE_SIGMA.value, "status": "derived",
            "source": f"{MINISTRY}, {arrived:,} persons to the end of 2025",
            "uncertainty": f"three assumed factors: {low:,.0f} to {high:,.0f} households",
        },
        "tables": {
            "home": _home(places, rows), "sex": _sex(rows), "birth": _birth(rows), "departure": _departure(rows),
            "occupation": _occupation(rows), "route": _route(), "trait": _trait(),
        },
        "assumptions": [a._asdict() for a in ASSUMPTIONS],
    }  # fmt: skip


def home_provinces(places: Mapping[str, Any], rows: Sequence[Mapping[str, str]]) -> dict[str, float]:
    """Persons by home province, August 2018; where that table is silent, 2016; the rest of the total by population."""

    def at(period: str, category: str) -> int:
        return count_of(rows, "home province", period, category)

    hamnam = at("cumulative Aug 2018", "South Hamgyong")
    found: dict[str, float] = {
        "hambuk": at("cumulative Aug 2018", "North Hamgyong"), "ryanggang": at("cumulative Aug 2018", "Ryanggang"),
        "hamnam": hamnam,
        # The 2016 table prints the two together; South Hamgyong is taken from 2018, which makes this one rather small.
        "pyongnam": at("cumulative 2016", "South Pyongan + South Hamgyong") - hamnam,
        "pyongbuk": at("cumulative 2016", "North Pyongan"), "jagang": at("cumulative winter 2019", "Chagang"),
        "pyongyang": at("cumulative 2016", "Pyongyang"),
    }  # fmt: skip
    rest = PROVINCE_BASE - sum(found.values())
    counties = county_populations(places)
    persons = {p: sum(counties[p].values()) for p in UNCOUNTED}
    found.update({p: rest * n / sum(persons.values()) for p, n in persons.items()})
    return found


def _home(places: Mapping[str, Any], rows: Sequence[Mapping[str, str]]) -> dict[str, Any]:
    counties = county_populations(places)
    for province, (factor, names) in BORDER.items():
        for county in names.split():
            counties[province][county] *= factor.value
    return described(
        "paths", source=f"{MINISTRY}, home provinces 2016, August 2018 and winter 2019; counties by the 2008 census",
        status="derived",
        uncertainty=f"provinces worth {PROVINCE_WORTH.value:.0f} households, counties {COUNTY_WORTH.value:.0f}; "
        "no county is counted",
        tree=home_tree(home_provinces(places, rows), counties, PROVINCE_WORTH.value, COUNTY_WORTH.value),
        leaf_share=leaf_share(),
    )  # fmt: skip


def _sex(rows: Sequence[Mapping[str, str]]) -> dict[str, Any]:
    shares = {s: count_of(rows, "cumulative", "cumulative end-2025", "all", s) for s in ("female", "male")}
    cells = pseudo_counts(shares, SEX_WORTH.value)
    return described(
        "categorical", source=f"{MINISTRY}, arrivals to the end of 2025", status="counted",
        uncertainty=f"worth {SEX_WORTH.value:.0f} households", values=list(cells), alpha=[list(cells.values())],
    )  # fmt: skip


def _birth(rows: Sequence[Mapping[str, str]]) -> dict[str, Any]:
    cohorts = [births_by_cohort(by_year(rows, sex), ages(rows, sex)) for sex in ("female", "male")]
    cells = [pseudo_counts({str(c): n + 1e-4 for c, n in cohort.items()}, BIRTH_WORTH.value) for cohort in cohorts]
    return described(
        "interval", source=f"{MINISTRY}, age at arrival by sex to September 2020, and arrivals by year",
        status="derived", uncertainty=f"worth {BIRTH_WORTH.value:.0f} households for each sex; even within ten years",
        given="sex", edges=[f"{year}-01-01" for year in COHORTS], alpha=[list(c.values()) for c in cells],
    )  # fmt: skip


def _departure(rows: Sequence[Mapping[str, str]]) -> dict[str, Any]:
    years = [departures_by_year(by_year(rows, sex)) for sex in ("female", "male")]
    cells = [pseudo_counts({str(y): n for y, n in of_sex.items()}, DEPARTURE_WORTH.value) for of_sex in years]
    edges = [*years[0], max(years[0]) + 1]
    return described(
        "interval", source=f"{MINISTRY}, arrivals by year and sex, laid back by an assumed lag", status="derived",
        uncertainty=f"worth {DEPARTURE_WORTH.value:.0f} households for each sex; even within a year; "
        "2026 and 2027 as 2025",
        given="sex", edges=[f"{year}-01-01" for year in edges], alpha=[list(c.values()) for c in cells],
    )  # fmt: skip


def _occupation(rows: Sequence[Mapping[str, str]]) -> dict[str, Any]:
    groups = {
        GROUP_NAMES.get(r["category"], r["category"]): float(r["n"])
        for r in rows
        if r["dimension"] == "occupation in DPRK"
    }
    return described(
        "paths", source=f"{MINISTRY}, occupation before leaving, end of 2022 (eight groups)", status="derived",
        uncertainty=f"groups worth {OCCUPATION_WORTH.value:.0f} households; below the groups assumed, worth "
        f"{BELOW_WORTH.value:.0f}",
        tree=occupation_tree(groups, OCCUPATION_WORTH.value), leaf_share={"median": 0.2, "sigma": 0.7},
    )  # fmt: skip


def _route() -> dict[str, Any]:
    below = {name: {"alpha": pseudo_counts(shares, ROUTE_WORTH.value)} for name, shares in ROUTES["below"].items()}
    return described(
        "paths", source="Stated prior: no count of routes is published", status="assumed",
        uncertainty=f"worth {ROUTE_WORTH.value:.0f} households; independent of home and year",
        tree={"alpha": pseudo_counts(ROUTES["alpha"], ROUTE_WORTH.value), "below": below},
        leaf_share={"median": 0.2, "sigma": 0.7},
    )  # fmt: skip


def _trait() -> dict[str, Any]:
    groups = {name: presence(mean, TRAIT_WORTH.value, {name: 1.0}) for name, mean in TRAITS.items()}
    return described(
        "existence", source="Stated prior, guided by surveys of people who arrived", status="assumed",
        uncertainty=f"each share worth {TRAIT_WORTH.value:.0f} households; independent of each other", groups=groups,
    )  # fmt: skip
