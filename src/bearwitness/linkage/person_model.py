"""How two records of a person are compared: as accounts describe people, and as registers list them.

One model serves both, since what a record lacks weighs nothing. The probabilities are stated priors, reasoned from how
records come about, so that five persons can be compared; for large sets an engine's ``train`` estimates them from the
records themselves. None was fitted to data with known truth.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bearwitness.linkage.conditions import (
    All,
    Condition,
    Crossed,
    GapAtMost,
    Same,
    SameBranch,
    Shared,
    SpanAtMost,
    Within,
)
from bearwitness.linkage.model import Comparison, Level, LinkModel
from bearwitness.linkage.spelling import Alike, EditsAtMost

_BIRTH: Final = ("birth_lo", "birth_hi")
_DEPARTURE: Final = ("departure_lo", "departure_hi")


def _within(ends: tuple[str, str], span: int, gap: int = 0) -> Condition:
    return All((GapAtMost(*ends, gap), SpanAtMost(*ends, span)))


# Per comparison: the columns it needs, and levels with the probability of each for one person (m) and for two (u).
_Row = tuple[str, Condition | None, float, float]
_TABLE: Final[tuple[tuple[str, tuple[str, ...], tuple[_Row, ...]], ...]] = (
    # u of a surname is its share of the population; where that is not known, the chance that two Koreans share one.
    ("surname", ("surnames",), (
        ("same", Shared("surnames"), 0.93, 0.085),
        ("exchanged with the given name", Crossed("family", "given"), 0.01, 0.0001),
        ("alike", Alike("family"), 0.02, 0.002),
        ("different", None, 0.04, 0.9129),
    )),
    # A name in Latin letters may be read as several; two such names share a reading more often than two in Hangul.
    ("given name", ("givens",), (
        ("same", Shared("givens"), 0.80, 0.005),
        ("exchanged with the surname", Crossed("family", "given"), 0.01, 0.0001),
        ("alike", Alike("given"), 0.04, 0.002),
        # A vowel misheard, or written by another system: the consonants stay.
        ("same consonants", Shared("name_keys"), 0.06, 0.004),
        ("different", None, 0.09, 0.9889),
    )),
    ("sex", ("sex",), (
        ("same", Same("sex"), 0.985, 0.5),
        ("different", None, 0.015, 0.5),
    )),
    # Accounts give ages more than dates, and count them in two ways.
    ("birth", _BIRTH, (
        ("same day", _within(_BIRTH, 1), 0.10, 0.00002),
        ("same month", _within(_BIRTH, 31), 0.10, 0.0006),
        ("same year", _within(_BIRTH, 366), 0.32, 0.012),
        ("within a year", _within(_BIRTH, 732, 366), 0.22, 0.05),
        ("within some years", _within(_BIRTH, 3660, 366), 0.20, 0.16),
        ("apart", None, 0.06, 0.77738),
    )),
    ("birth as registered", ("birth",), (
        ("same", Same("birth"), 0.90, 0.00004),
        ("one digit", EditsAtMost("birth", 1), 0.05, 0.0008),
        ("two digits", EditsAtMost("birth", 2), 0.03, 0.01),
        ("different", None, 0.02, 0.98916),
    )),
    ("home", ("home",), (
        ("same ward", SameBranch("home", 3), 0.30, 0.0006),
        ("same county", SameBranch("home", 2), 0.46, 0.008),
        ("one within the other", Within("home"), 0.10, 0.03),
        ("same province", SameBranch("home", 1), 0.07, 0.08),
        ("elsewhere", None, 0.07, 0.8814),
    )),
    ("address", ("address",), (
        ("same", Same("address"), 0.75, 0.0001),
        ("alike", Alike("address"), 0.12, 0.0002),
        ("different", None, 0.13, 0.9997),
    )),
    ("number", ("number",), (
        ("same", Same("number"), 0.92, 0.000001),
        ("one digit", EditsAtMost("number", 1), 0.04, 0.00002),
        ("two digits", EditsAtMost("number", 2), 0.02, 0.0005),
        ("different", None, 0.02, 0.999479),
    )),
    ("occupation", ("occupation",), (
        ("same", Same("occupation"), 0.55, 0.07),
        ("one kind of the other", Within("occupation"), 0.15, 0.04),
        ("of one kind", SameBranch("occupation", 1), 0.10, 0.10),
        ("different", None, 0.20, 0.79),
    )),
    ("kin", ("kin",), (
        ("same", Shared("kin"), 0.88, 0.15),
        ("different", None, 0.12, 0.85),
    )),
    ("departure", _DEPARTURE, (
        ("same week", _within(_DEPARTURE, 7), 0.20, 0.002),
        ("same month", _within(_DEPARTURE, 31), 0.25, 0.01),
        ("same year", _within(_DEPARTURE, 366), 0.38, 0.08),
        ("within a year", _within(_DEPARTURE, 732, 366), 0.10, 0.15),
        ("apart", None, 0.07, 0.758),
    )),
)  # fmt: skip

# Two records with one of these in common are worth comparing. The widest is a day of birth: of a million people some
# thirty share one.
_BLOCKS: Final = (
    ("name_keys",), ("household",), ("surnames", "home"), ("givens", "home"), ("number",), ("family", "given"),
    ("birth",), ("address",),
)  # fmt: skip

# One in so many pairs taken at random, where nothing is known of the set.
PRIOR: Final = 0.01


def person_model(surnames: Mapping[str, float] | None = None) -> LinkModel:
    """One person against another.

    Parameters
    ----------
    surnames : mapping of str to float, optional
        The share of the population that has each surname, as ``family`` holds it: to share a rare one says more.

    Returns
    -------
    LinkModel
        Columns, each of which may be unknown. Names: ``surnames``, ``givens`` (sets: what the written name may be
        read as), ``name_keys`` (set of ``text.name_readings.reading_keys``), ``family``, ``given`` (text as written).
        ``sex``; ``birth_lo``, ``birth_hi``, ``departure_lo``, ``departure_hi`` (ordinal days); ``home``,
        ``occupation`` (paths); ``kin`` (set of roles); ``household`` (text). As registers have them: ``birth`` (text,
        yyyymmdd), ``address``, ``number`` (text).
    """
    comparisons = tuple(
        Comparison(name, needs, tuple(
            Level(level, condition, m, u, "family" if (name, level) == ("surname", "same") else "")
            for level, condition, m, u in rows
        ))
        for name, needs, rows in _TABLE
    )  # fmt: skip
    return LinkModel(
        layer="person", comparisons=comparisons, prior=PRIOR, blocks=_BLOCKS,
        frequencies={"family": dict(surnames or {})},
    )  # fmt: skip
