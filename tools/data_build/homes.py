"""Home tables: provinces, and counties within them, by the population of the census."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from data_build.cells import Assumption, pseudo_counts

WARD_SHARE: Final = Assumption(
    "share of a ward or village in its county", 0.04,
    "A county has twenty to sixty wards and villages; none has a population published here. Factor of 4 either way.",
)  # fmt: skip
WARD_SIGMA: Final = 0.7


def county_populations(places: Mapping[str, Any]) -> dict[str, dict[str, float]]:
    """Persons (2008) by province and county; an unknown county has an equal share of the rest of its province."""
    found: dict[str, dict[str, float]] = {}
    for path, place in places.items():
        if "/" in path:
            province, county = path.split("/")
            found.setdefault(province, {})[county] = place["population"] or 0.0
    for province, counties in found.items():
        unknown = [c for c, persons in counties.items() if not persons]
        rest = (places[province]["population"] or 0) - sum(counties.values())
        for county in unknown:
            counties[county] = rest / len(unknown)
    return found


def unknown_counties(places: Mapping[str, Any]) -> list[str]:
    """Paths of the counties that have no figure of their own."""
    return sorted(path for path, place in places.items() if "/" in path and not place["population"])


def home_tree(
    provinces: Mapping[str, float], counties: Mapping[str, Mapping[str, float]], worth: float, county_worth: float
) -> dict[str, Any]:
    """The tree of homes.

    Parameters
    ----------
    provinces : mapping of str to float
        Counts of provinces.
    counties : mapping of str to mapping
        Weights of the counties of each province.
    worth, county_worth : float
        Households that the shares of provinces, and of counties within one, are worth.
    """
    return {
        "alpha": pseudo_counts(provinces, worth),
        "below": {p: {"alpha": pseudo_counts(counties[p], county_worth)} for p in provinces},
    }


def leaf_share() -> dict[str, float]:
    """How much of a county one ward or village is."""
    return {"median": WARD_SHARE.value, "sigma": WARD_SIGMA}
