"""How two accounts of an act are compared, and how probable each agreement is.

Three cases are told apart, since they look alike: one act; two acts against one household (repeated raids, by far
the commonest error); acts against two households. The probabilities are stated priors, reasoned from how accounts
come about, so that five accounts can be compared as well as five thousand; none was fitted to data with known truth.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bearwitness.linkage.conditions import (
    All,
    Condition,
    DifferenceAtMost,
    GapAtMost,
    Same,
    SameBranch,
    Shared,
    SpanAtMost,
    Within,
)
from bearwitness.linkage.model import Comparison, Level, LinkModel

# A day said "about" is seven days wide, a month a month, a season with its edges some hundred days.
DAY: Final = 7
MONTH: Final = 31
SEASON: Final = 100
_WHEN = ("when_lo", "when_hi")


def _dated(days: int | None, gap: int = 0) -> Condition:
    near = GapAtMost(*_WHEN, gap)
    return near if days is None else All((near, SpanAtMost(*_WHEN, days)))


# Per comparison: columns that are needed, and levels with the probability of each for one act, for two acts against
# one household, and for acts against two households. Of dates: three in ten pairs are both to the day, a third to the
# month, a tenth to the season, a quarter only to the year. Within each, one act's dates agree nine times in ten; two
# acts against one household fall on one day often (a raid and the detention made in it), else lie months
# or years apart; acts against two households agree as days among some ten years do, raised fourfold for campaigns.
_Row = tuple[str, Condition | None, float, float, float]
_TABLE: Final[tuple[tuple[str, tuple[str, ...], tuple[_Row, ...]], ...]] = (
    ("when", _WHEN, (
        ("same day", _dated(DAY), 0.24, 0.075, 0.0030),
        ("same month", _dated(MONTH), 0.31, 0.10, 0.016),
        ("within a month of it", _dated(MONTH, 31), 0.085, 0.04, 0.022),
        ("same season", _dated(SEASON), 0.095, 0.035, 0.012),
        ("one is only a year", _dated(None), 0.2425, 0.14, 0.047),
        ("apart", None, 0.0275, 0.61, 0.90),
    )),
    # By population (the frequency of the county) two households live in one county once in a hundred and more.
    ("where", ("place",), (
        ("same ward", SameBranch("place", 3), 0.12, 0.10, 0.0004),
        ("same county", SameBranch("place", 2), 0.62, 0.58, 0.012),
        ("one within the other", Within("place"), 0.14, 0.16, 0.040),
        ("same province", SameBranch("place", 1), 0.07, 0.08, 0.070),
        ("elsewhere", None, 0.05, 0.08, 0.8776),
    )),
    # A teller who was not there often names an act by what came with it.
    ("what", ("kind",), (
        ("same", Same("kind"), 0.68, 0.40, 0.20),
        ("one kind of the other", Within("kind"), 0.14, 0.08, 0.07),
        ("kinds of one kind", SameBranch("kind", 1), 0.03, 0.07, 0.05),
        ("different", None, 0.15, 0.45, 0.68),
    )),
    ("whom", ("victims",), (
        ("two or more shared", Shared("victims", 2), 0.10, 0.05, 0.02),
        ("one shared", Shared("victims", 1), 0.64, 0.35, 0.16),
        ("none shared", None, 0.26, 0.60, 0.82),
    )),
    ("by whom", ("by",), (
        ("same office", Same("by"), 0.78, 0.62, 0.50),
        ("one within the other", Within("by"), 0.10, 0.10, 0.08),
        ("different", None, 0.12, 0.28, 0.42),
    )),
    ("how many", ("count",), (
        ("equal", DifferenceAtMost("count", 0), 0.72, 0.45, 0.35),
        ("nearly", DifferenceAtMost("count", 1), 0.18, 0.30, 0.35),
        ("contradictory", None, 0.10, 0.25, 0.30),
    )),
    ("how often", ("ordinal",), (
        ("equal", Same("ordinal"), 0.82, 0.25, 0.45),
        ("contradictory", None, 0.18, 0.75, 0.55),
    )),
)  # fmt: skip

# Two accounts that speak of one household: how often they speak of one act.
SAME_ACT_OF_ONE_HOUSEHOLD: Final = 0.35


def act_model(*, of_one_household: bool, counties: Mapping[str, float] | None = None) -> LinkModel:
    """One act against another of the same household, or against one of another household.

    Parameters
    ----------
    of_one_household : bool
        Which of the two; the levels and their ``m`` are the same.
    counties : mapping of str to float, optional
        The share of the population in each county, by path: agreement on a small county says more.

    Returns
    -------
    LinkModel
        Columns: ``when_lo``, ``when_hi`` (ordinal days), ``kind``, ``by`` (paths), ``victims`` (what they are to the
        one who left), ``place`` (a path), ``county``, ``count``, ``ordinal``. Blocked on ``near``, a set of keys.
    """
    comparisons = tuple(
        Comparison(name, needs, tuple(
            Level(level, condition, one, two) if of_one_household
            else Level(level, condition, one, others, "county" if level == "same county" else "")
            for level, condition, one, two, others in rows
        ))
        for name, needs, rows in _TABLE
    )  # fmt: skip
    return LinkModel(
        layer="act", comparisons=comparisons, prior=SAME_ACT_OF_ONE_HOUSEHOLD if of_one_household else 0.5,
        blocks=(("near",),), frequencies={"county": dict(counties or {})},
    )  # fmt: skip
