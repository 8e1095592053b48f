"""The frame of households punished for somebody who left. No count of them is published: all of it is assumed.

Once a record is large enough to estimate how many such acts there were, its estimate takes the place of the size.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any, Final

from data_build.cells import Assumption, described, presence, pseudo_counts
from data_build.frame_left import SIZE_SIGMA as LEFT_SIGMA
from data_build.frame_left import household_count

SHARE_ACTED: Final = Assumption(
    "share of the households of people who left that were acted upon", 0.25,
    "No count exists. United Nations and civil reports find punishment widespread but not universal; 0.06 to 1, cut at"
    " all of them.",
)  # fmt: skip
SHARE_SIGMA: Final = Assumption(
    "spread of that share (log)", 0.70, "A factor of 4 either way, as wide as the reports differ.",
)  # fmt: skip
ACT_WORTH: Final = Assumption(
    "worth of the share of each act", 8.0,
    "Which acts fell on a household is known from single accounts only, which tell the grave ones more often.",
)  # fmt: skip
TAKEN: Final = Assumption(
    "share of these households from which somebody was taken", 0.30,
    "Detention is told often, and short detention perhaps not at all; 0.07 to 0.6.",
)  # fmt: skip
HOSTILE_DAY: Final = date(2024, 1, 15)
HOSTILE_FACTOR: Final = Assumption(
    "acts a month after 15 January 2024 against the months before", 2.0,
    "Since the South was named the principal enemy, those who left report more pressure; none of it is counted.",
)  # fmt: skip
DATE_WORTH: Final = Assumption(
    "worth of the dates of acts", 250.0, "Not counted: a month is known to a factor of 3 either way.",
)  # fmt: skip
ASSUMPTIONS: Final = (SHARE_ACTED, SHARE_SIGMA, ACT_WORTH, TAKEN, HOSTILE_FACTOR, DATE_WORTH)

# Share of the households acted upon that suffered the act at least once.
ACTS: Final = {
    "raid": 0.20, "interrogation": 0.50, "threat": 0.50, "summons": 0.40, "surveillance": 0.70, "exile": 0.10,
    "confiscation_remittance": 0.15, "extortion_remittance": 0.30, "forced_call": 0.08, "job_loss": 0.15,
    "school_loss": 0.08, "party_loss": 0.08, "demotion": 0.10, "forced_divorce": 0.04, "public_criticism": 0.10,
    "beating": 0.12, "death_in_custody": 0.03,
}  # fmt: skip
# Who was taken, where somebody was: several can be.
TAKEN_WEIGHTS: Final = {
    "elder_brother": 0.20, "younger_brother": 0.20, "elder_sister": 0.14, "younger_sister": 0.14, "father": 0.20,
    "mother": 0.22, "son": 0.12, "daughter": 0.10, "husband": 0.14, "wife": 0.08, "grandparent": 0.02,
    "other_relative": 0.15,
}  # fmt: skip
# Acts a month relative to 2014-2019: few had left before 2005, and those who left since are not punished yet.
YEAR_LEVELS: Final = ((1995, 0.15), (2000, 0.3), (2005, 0.6), (2010, 0.8), (2014, 1.0))
FIRST_YEAR: Final = 1995
# Years until 2017 stand whole, those until 2022 by quarter, the rest by month.
FIRST_BY_QUARTER: Final = 2018
FIRST_BY_MONTH: Final = 2023
# The day after the last that the frame reaches; later acts fit no household, which is an error and not safety.
END: Final = date(2028, 1, 1)


def build_acted(rows: Sequence[Mapping[str, str]]) -> dict[str, Any]:
    """The frame file of households acted upon; what it does not say of a household is as for those who left."""
    median = household_count(rows) * SHARE_ACTED.value
    sigma = math.hypot(LEFT_SIGMA.value, SHARE_SIGMA.value)
    low, high = (median * math.exp(f * 1.96 * sigma) for f in (-1, 1))
    return {
        "frame": "acted",
        "within": "left",
        "labels": {"en": "households acted upon", "ko": "보복을 당한 가족 세대"},
        "sources": ["Stated priors, listed under assumptions: no count of reprisals is published"],
        "size": {
            "median": round(median), "sigma": round(sigma, 3), "status": "assumed",
            "source": "Households of people who left times an assumed share",
            "uncertainty": f"{low:,.0f} to {high:,.0f} households",
        },
        "tables": {"act": _act(), "act_date": _act_date()},
        "assumptions": [a._asdict() for a in ASSUMPTIONS],
    }  # fmt: skip


def _act() -> dict[str, Any]:
    groups = {name: presence(mean, ACT_WORTH.value, {name: 1.0}) for name, mean in ACTS.items()}
    taken = {f"detention/{kin}": weight for kin, weight in TAKEN_WEIGHTS.items()}
    groups["detention"] = presence(TAKEN.value, ACT_WORTH.value, taken)
    return described(
        "existence", source="Stated prior: no count of acts is published", status="assumed",
        uncertainty=f"each share worth {ACT_WORTH.value:.0f} households; acts independent of each other", groups=groups,
    )  # fmt: skip


def bin_edges() -> list[date]:
    """The edges of the periods of acts: years, quarters, months, and the day of the speech."""
    edges = [date(year, 1, 1) for year in range(FIRST_YEAR, FIRST_BY_QUARTER)]
    edges += [date(y, m, 1) for y in range(FIRST_BY_QUARTER, FIRST_BY_MONTH) for m in (1, 4, 7, 10)]
    edges += [date(y, m, 1) for y in range(FIRST_BY_MONTH, END.year) for m in range(1, 13)]
    return sorted({*edges, HOSTILE_DAY, END})


def _act_date() -> dict[str, Any]:
    edges = bin_edges()
    weights: dict[str, float] = {}
    for first, after in pairwise(edges):
        level = max((y, v) for y, v in YEAR_LEVELS if y <= first.year)[1]
        factor = HOSTILE_FACTOR.value if first >= HOSTILE_DAY else 1.0
        weights[first.isoformat()] = level * factor * (after - first).days
    cells = pseudo_counts(weights, DATE_WORTH.value)
    return described(
        "interval", source="Stated prior: no count of acts by date is published", status="assumed",
        uncertainty=f"worth {DATE_WORTH.value:.0f} households; one date an act, even within a period, none after 2027",
        edges=[e.isoformat() for e in edges], alpha=[list(cells.values())],
    )  # fmt: skip
