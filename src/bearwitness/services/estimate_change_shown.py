"""What may be shown of a judgement on a change: the verdict, and numbers only where something is identified."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bearwitness.estimation.change_rules import Interval, Verdict
from bearwitness.estimation.outcome import Check
from bearwitness.linkage.channels import Merger

Span = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthShown:
    """How many acts of a month are known; a mean where dates or accounts are in doubt. ``open``: more may come."""

    month: str
    acts: float
    open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeEstimated:
    """The answer of ``estimate change``: for members only.

    ``ratio`` is how many times as many acts there were after as before, ``if_lost`` the same if slower reporting
    loses acts for good, ``delay_step`` how the odds of being reported changed; None where nothing is identified.
    ``imputations`` is how many triangles were drawn, 1 where nothing is in doubt; the other numbers of acts are at the
    least and at the most over them.
    """

    month: str
    verdict: Verdict
    reasons: tuple[str, ...]
    changes: tuple[str, ...]
    ratio: Interval | None
    if_lost: Interval | None
    delay_step: Interval | None
    checks: tuple[Check, ...]
    placebos: int
    after: int
    level: float
    seed: int
    first: date
    as_of: date
    longest: int
    imputations: int
    clusterings: int
    counted: Span
    undated: Span
    before: Span
    late: Span
    merged: tuple[Merger, ...]
    months: tuple[MonthShown, ...]
