"""The frame of all resident households: who a stranger with the household register has to search."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from data_build.cells import Assumption, described, presence, pseudo_counts
from data_build.homes import WARD_SHARE, county_populations, home_tree, leaf_share, unknown_counties
from data_build.occupation_shares import BELOW_WORTH, occupation_tree

CENSUS: Final = "DPRK 2008 Population Census (Central Bureau of Statistics, 2009)"
# The counties add to 23,349,859 persons in households, about four in each; nobody has counted since.
HOUSEHOLDS: Final = 5_887_000
SIZE_SIGMA: Final = Assumption(
    "spread of the number of households (log)", 0.10,
    "The last census is of 2008. Population grew by about 8 % by United Nations estimates and households shrank; the"
    " old figure stays as the middle because it is the last one counted.",
)  # fmt: skip
HOME_WORTH: Final = Assumption(
    "worth of the census' population shares", 400.0,
    "The shares are 18 years old: a usual county (1/20 of its province) is then known to about a fifth.",
)  # fmt: skip
SURNAME_WORTH: Final = Assumption(
    "worth of the surname shares", 300.0,
    "South Korean shares of 2015 stand in for the North, where none are published: a surname of 8 % is then known to a"
    " fifth, one of 1 % to a half.",
)  # fmt: skip
OCCUPATION_WORTH: Final = Assumption(
    "worth of the residents' occupation groups", 60.0,
    "The census counts industries, not these groups; farming and industry employ most.",
)  # fmt: skip
BIRTH_WORTH: Final = Assumption(
    "worth of the birth cohorts", 100.0,
    "The census' three broad age groups (0-14: 23.2 %, 15-64: 68.1 %, 65 and over: 8.7 %) aged forward by hand.",
)  # fmt: skip
NAME_SHARE: Final = Assumption(
    "share of households with a person of one given full name", 2e-5,
    "No table of full names exists; common ones are carried by hundreds, rare ones by a few. Factor of 10 either way.",
)  # fmt: skip
KIN_WORTH: Final = Assumption(
    "worth of a share of kin", 12.0,
    "Two to three children a family until the 1990s and two since; no table of living kin is published.",
)  # fmt: skip
TRAIT_WORTH: Final = Assumption(
    "worth of a share of a hidden trait among residents", 40.0,
    "Nobody can count what is hidden.",
)  # fmt: skip
ASSUMPTIONS: Final = (
    SIZE_SIGMA, HOME_WORTH, WARD_SHARE, SURNAME_WORTH, OCCUPATION_WORTH, BELOW_WORTH, BIRTH_WORTH, NAME_SHARE,
    KIN_WORTH, TRAIT_WORTH,
)  # fmt: skip

# The census' ratio: 0.95 men to a woman.
SEXES: Final = {"female": 100, "male": 95}
SEX_WORTH: Final = 2000.0
# Year in which a cohort begins, and its share of those alive, in per cent.
COHORTS: Final = {
    1915: 0.05, 1925: 0.55, 1935: 2.0, 1945: 5.5, 1955: 11.0, 1965: 15.2, 1975: 14.0, 1985: 14.2,
    1995: 13.5, 2005: 12.6, 2015: 11.4,
}  # fmt: skip
LAST_BIRTH: Final = 2028
GROUPS: Final = {
    "management": 4.0, "military": 6.0, "worker": 52.0, "dependant": 18.0, "service": 8.0, "arts_sports": 1.0,
    "professional": 9.0, "child": 2.0,
}  # fmt: skip
# Share of households that have such a relative (of one grown person), the middle of the prior; weights divide it.
KIN_GROUPS: Final = {
    "siblings": (0.40, {"elder_brother": 1.0, "younger_brother": 1.0, "elder_sister": 1.0, "younger_sister": 1.0}),
    "parents": (0.60, {"father": 0.8, "mother": 1.0}),
    "children": (0.40, {"son": 1.0, "daughter": 1.0}),
    "spouses": (0.35, {"husband": 1.0, "wife": 0.8}),
    "grandparents": (0.25, {"grandparent": 1.0}),
    "others": (0.85, {"other_relative": 1.0}),
}  # fmt: skip
TRAITS: Final = {"phone": 0.02, "remittance": 0.015, "broker": 0.003, "activism": 0.002, "media": 0.002}
# How many relatives a text counts: families of one to four are usual.
COUNTS: Final = {
    "1": 30, "2": 28, "3": 18, "4": 10, "5": 6, "6": 3, "7": 2, "8": 1, "9": 0.7, "10": 0.6, "11": 0.4, "12": 0.3,
}  # fmt: skip
COUNT_WORTH: Final = 30.0


def build_residents(places: Mapping[str, Any], surname_rows: Sequence[Mapping[str, str]]) -> dict[str, Any]:
    """The frame file of resident households."""
    return {
        "frame": "residents",
        "within": None,
        "labels": {"en": "all resident households", "ko": "전체 거주 세대"},
        "sources": [CENSUS, SURNAMES, "Stated priors, listed under assumptions"],
        "size": {
            "median": HOUSEHOLDS, "sigma": SIZE_SIGMA.value, "status": "derived", "source": CENSUS,
            "uncertainty": "about 5.89 million in 2008, from 23,349,859 persons in households, about four in each"
            " (4.8 to 7.2 million)",
        },
        "tables": {
            "home": _home(places), "surname": _surname(surname_rows), "sex": _sex(), "birth": _birth(),
            "occupation": _occupation(), "kin": _kin(), "trait": _trait(), **_rare(), "count": _count(),
        },
        "assumptions": [a._asdict() for a in ASSUMPTIONS],
    }  # fmt: skip


SURNAMES: Final = "Statistics Korea, 2015 census of population (South Korea)"


def _home(places: Mapping[str, Any]) -> dict[str, Any]:
    counties = county_populations(places)
    provinces = {province: sum(persons.values()) for province, persons in counties.items()}
    unknown = ", ".join(unknown_counties(places))
    return described(
        "paths", source=f"{CENSUS}, counties", status="derived",
        uncertainty=f"worth {HOME_WORTH.value:.0f} households; {unknown}: an equal share of the rest of the province",
        tree=home_tree(provinces, counties, HOME_WORTH.value, HOME_WORTH.value), leaf_share=leaf_share(),
    )  # fmt: skip


def _surname(rows: Sequence[Mapping[str, str]]) -> dict[str, Any]:
    shares = {row["hangul_rok"]: float(row["share_pct_of_49705663"]) for row in rows}
    shares["(other)"] = 100.0 - sum(shares.values())
    cells = pseudo_counts(shares, SURNAME_WORTH.value)
    return described(
        "categorical", source=SURNAMES, status="derived",
        uncertainty=f"worth {SURNAME_WORTH.value:.0f} households: the South stands in for the North",
        values=list(cells), alpha=[list(cells.values())],
    )  # fmt: skip


def _sex() -> dict[str, Any]:
    cells = pseudo_counts(SEXES, SEX_WORTH)
    return described(
        "categorical", source=CENSUS, status="counted", uncertainty=f"worth {SEX_WORTH:.0f} households",
        values=list(cells), alpha=[list(cells.values())],
    )  # fmt: skip


def _birth() -> dict[str, Any]:
    cells = pseudo_counts({str(year): share for year, share in COHORTS.items()}, BIRTH_WORTH.value)
    return described(
        "interval", source=f"{CENSUS}, three age groups, aged forward", status="assumed",
        uncertainty=f"worth {BIRTH_WORTH.value:.0f} households; even within ten years of birth",
        edges=[f"{year}-01-01" for year in (*COHORTS, LAST_BIRTH)], alpha=[list(cells.values())],
    )  # fmt: skip


def _occupation() -> dict[str, Any]:
    return described(
        "paths", source="Stated prior", status="assumed",
        uncertainty=f"groups worth {OCCUPATION_WORTH.value:.0f} households, below them {BELOW_WORTH.value:.0f}",
        tree=occupation_tree(GROUPS, OCCUPATION_WORTH.value), leaf_share={"median": 0.2, "sigma": 0.7},
    )  # fmt: skip


def _kin() -> dict[str, Any]:
    groups = {name: presence(mean, KIN_WORTH.value, leaves) for name, (mean, leaves) in KIN_GROUPS.items()}
    return described(
        "existence", source="Stated prior", status="assumed",
        uncertainty=f"each share worth {KIN_WORTH.value:.0f} households; independent of each other and of age and sex",
        groups=groups,
    )  # fmt: skip


def _trait() -> dict[str, Any]:
    groups = {name: presence(mean, TRAIT_WORTH.value, {name: 1.0}) for name, mean in TRAITS.items()}
    return described(
        "existence", source="Stated prior", status="assumed",
        uncertainty=f"each share worth {TRAIT_WORTH.value:.0f} households and more", groups=groups,
    )  # fmt: skip


def _rare() -> dict[str, dict[str, Any]]:
    return {
        "name": described(
            "rare", source="Stated prior", status="assumed", uncertainty="factor of 10 either way",
            median=NAME_SHARE.value, sigma=1.2,
        ),
        "amount": described(
            "rare", source="Stated prior: one household in thirty had to do with a sum of about that size",
            status="assumed", uncertainty="factor of 7 either way", median=0.03, sigma=1.0,
        ),
    }  # fmt: skip


def _count() -> dict[str, Any]:
    cells = pseudo_counts(COUNTS, COUNT_WORTH)
    return described(
        "categorical", source="Stated prior", status="assumed", uncertainty=f"worth {COUNT_WORTH:.0f} households",
        values=list(cells), alpha=[list(cells.values())],
    )  # fmt: skip
