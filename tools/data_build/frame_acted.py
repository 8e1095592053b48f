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
    "share of the households of people who left that were acted upon", 0.7,
    "No count exists. That a family is questioned when somebody is found missing, and watched afterwards, is told by"
    " nearly every report as routine, and any one of the acts below counts; 0.15 to all of them.",
)  # fmt: skip
SHARE_SIGMA: Final = Assumption(
    "spread of that share (log)", 0.8,
    "A factor of nearly 5 either way, cut at all of them: as wide as the reports differ.",
)  # fmt: skip
STRUCK: Final = Assumption(
    "share of these households that were struck hard, not only watched and pressed", 0.4,
    "Raids, detention, beating and exile fall on the same families: acts are independent of each other only within the"
    " families that were struck, and within those that were pressed. 0.15 to 0.7.",
)  # fmt: skip
STRUCK_WORTH: Final = Assumption(
    "worth of that share", 12.0, "Reports come from those who were struck; the others are hardly heard.",
)  # fmt: skip
ACT_WORTH: Final = Assumption(
    "worth of the share of each act", 8.0,
    "Which acts fell on a household is known from single accounts only, which tell the grave ones more often.",
)  # fmt: skip
TAKEN: Final = (0.04, 0.65)
HOSTILE_DAY: Final = date(2024, 1, 15)
HOSTILE_FACTOR: Final = Assumption(
    "acts a month after 15 January 2024 against the months before", 2.0,
    "Since the South was named the principal enemy, those who left report more pressure; none of it is counted.",
)  # fmt: skip
DATE_WORTH: Final = Assumption(
    "worth of the dates of acts", 250.0, "Not counted: a month is known to a factor of 3 either way.",
)  # fmt: skip
ASSUMPTIONS: Final = (SHARE_ACTED, SHARE_SIGMA, STRUCK, STRUCK_WORTH, ACT_WORTH, HOSTILE_FACTOR, DATE_WORTH)

# Share of the households that suffered the act at least once: of those only pressed, and of those struck hard.
ACTS: Final = {
    "raid": (0.03, 0.50), "interrogation": (0.35, 0.85), "threat": (0.45, 0.70), "summons": (0.35, 0.50),
    "surveillance": (0.65, 0.80), "exile": (0.02, 0.20), "confiscation_remittance": (0.06, 0.30),
    "extortion_remittance": (0.20, 0.40), "forced_call": (0.04, 0.15), "job_loss": (0.06, 0.28),
    "school_loss": (0.03, 0.15), "party_loss": (0.03, 0.15), "demotion": (0.04, 0.20), "forced_divorce": (0.02, 0.08),
    "public_criticism": (0.05, 0.18), "beating": (0.02, 0.30), "death_in_custody": (0.003, 0.08),
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
    groups = {name: _by_class(means, {name: 1.0}) for name, means in ACTS.items()}
    groups["detention"] = _by_class(TAKEN, {f"detention/{kin}": weight for kin, weight in TAKEN_WEIGHTS.items()})
    return described(
        "existence", source="Stated prior: no count of acts is published", status="assumed",
        uncertainty=f"each share worth {ACT_WORTH.value:.0f} households; acts independent of each other among those"
        " pressed, and among those struck",
        classes={"names": ["pressed", "struck"], "alpha": list(pseudo_counts(
            {"pressed": 1.0 - STRUCK.value, "struck": STRUCK.value}, STRUCK_WORTH.value).values())},
        groups=groups,
    )  # fmt: skip


def _by_class(means: Sequence[float], leaves: Mapping[str, float]) -> dict[str, Any]:
    """A prior per class of households; a household that was struck suffered each act at least as often."""
    priors = [presence(mean, ACT_WORTH.value, leaves) for mean in means]
    return {"a": [p["a"] for p in priors], "b": [p["b"] for p in priors], "leaves": dict(leaves)}


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
