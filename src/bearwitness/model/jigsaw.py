"""What the jigsaw report says: which sentences of which releases identify a household, and what is given away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from bearwitness.model.claims import HouseholdId

WarningReason = Literal["world", "known", "alone", "joined", "consent"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What one sentence says of a household. ``release`` is empty for the draft; ``claims`` are ids of its claims."""

    release: str
    words: str
    attributes: tuple[str, ...]
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentifyingSet:
    """Sentences that together break the limit, while without any one of them the others do not.

    ``candidates`` is the median number of households that fit all of them, the true one included; ``upper`` the
    upper 95 % bound of the pursuit risk they make.
    """

    statements: tuple[Statement, ...]
    candidates: float
    upper: float


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenAway:
    """What is known of a household once a release is out, joined with all before it, by today's frames.

    ``before`` is the upper bound that was computed when it left, where the ledger has it.
    """

    release: str
    published: date
    candidates: float
    upper: float
    before: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdJigsaw:
    """One household before the adversary for whom it is worst.

    ``sets`` are the smallest first; ``complete`` says whether there can be no other. ``history`` is in the order of
    publication. ``upper`` is what holds now, the draft included where there is one.
    """

    household: HouseholdId
    label: str
    adversary: str
    upper: float
    sets: tuple[IdentifyingSet, ...]
    complete: bool
    history: tuple[GivenAway, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseWarning:
    """An earlier release with which what is published about a household is not safe any more, and why.

    ``world``: it was within the limit when it left, and is not by today's frames. ``known``: it was over the limit when
    it left. Where that is not on record: ``alone``, it breaks the limit by itself; ``joined``, only together with those
    before it. ``consent``: every consent to publication of this household has ended.
    """

    release: str
    household: HouseholdId
    why: WarningReason
    upper: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Jigsaw:
    """What a draft and everything published give away together.

    ``safe`` only where no household is over the limit, no earlier release needs a look and nothing in the draft is
    ``unresolved`` (passages that nobody has accounted for).
    """

    threshold: float
    safe: bool
    unresolved: int
    households: tuple[HouseholdJigsaw, ...]
    warnings: tuple[ReleaseWarning, ...]
    ledger_head: str
