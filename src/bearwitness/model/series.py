"""What planning several drafts together returns: risks of each and of all of them, the least that must change."""

from __future__ import annotations

from dataclasses import dataclass

from bearwitness.model.assessment import Change, ConsentGap, Edit, Risk
from bearwitness.model.claims import ClaimId, HouseholdId, Language, Unresolved


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftRisk:
    """One draft of a series by itself, as ``assess`` has it: alone, and joined with the ledger. Drafts count from 1."""

    draft: int
    alone: Risk
    joined: Risk


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesRisk:
    """One household seen by one adversary that reads the whole series.

    ``drafts`` are those that speak of it; ``together`` is what they say joined with each other, ``joined`` that with
    the ledger too: its upper bound decides. ``after`` is the joined upper bound with the changes made. A household that
    only one draft has, and no record, is called ``draft-N/...``.
    """

    household: HouseholdId
    label: str
    adversary: str
    drafts: tuple[DraftRisk, ...]
    together: Risk
    joined: Risk
    bystanders: float
    after: float
    safe: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftChanges:
    """What has to happen to one draft: passages and claims are those of that draft."""

    draft: int
    language: Language
    unresolved: tuple[Unresolved, ...]
    consent_gaps: tuple[ConsentGap, ...]
    changes: tuple[Change, ...]
    edits: tuple[Edit, ...]
    cost: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesAlternative:
    """Another choice of changes that would also be safe: (draft, claim, level) of each."""

    cost: float
    changes: tuple[tuple[int, ClaimId, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Several drafts that leave together, or one after the other.

    ``safe`` only where no household is over the limit by all of them joined with the ledger, nothing in any draft is
    unresolved, and consent covers everybody shown. Whoever reads only some of them knows fewer claims, and fewer claims
    never raise a risk: each draft, and any part of the series, is safe then too.
    """

    threshold: float
    safe: bool
    possible: bool
    optimal: bool
    cost: float
    households: tuple[SeriesRisk, ...]
    drafts: tuple[DraftChanges, ...]
    alternatives: tuple[SeriesAlternative, ...]
    ledger_head: str
    notes: tuple[str, ...] = ()
