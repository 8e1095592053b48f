"""What an assessment returns: risks per household and adversary, the changes, and why a draft is not safe."""

from __future__ import annotations

from dataclasses import dataclass

from bearwitness.model.claims import Claim, ClaimId, HouseholdId, Language, Persona, PersonId, Unresolved
from bearwitness.model.values import ValueSet


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """One way to say a claim less exactly. ``values`` None means that nothing is said any more.

    ``level`` names the rung for wording: home: place, county, province, region, none; dates (act_date, departure,
    birth): day, third (first/middle/last ten days), month, season, year, decade, none; others: exact, group, none
    (kin and act of a relative: exact, sibling_or_parent..., relative, none).
    """

    level: str
    values: ValueSet | None
    cost: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """Replace draft[start:end] by ``instead`` (offsets in code points of the original draft)."""

    start: int
    end: int
    instead: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """How many households fit (``candidates``, median K, the true one included), the risk, its upper 95 % bound."""

    candidates: float
    risk: float
    upper: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Candidates left as the claims of a household add up, in the order of the draft (for the chart)."""

    claim: ClaimId
    candidates: float


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdRisk:
    """One household seen by one adversary."""

    household: HouseholdId
    adversary: str
    frame: str
    capacity: int
    alone: Risk
    joined: Risk
    costliest_release: str | None
    flips_at_suspicion: float | None
    bystanders: float
    steps: tuple[Step, ...]
    safe: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One claim said less exactly: where, the words to use instead, the two risks (upper bounds) and the cost."""

    claim: ClaimId
    start: int
    end: int
    quote: str
    instead: str
    level: str
    risk_before: float
    risk_after: float
    cost: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimHelp:
    """How far one claim helps an adversary.

    ``bits``: by how many halvings it shrinks the candidate set when everything else is said too. By itself it leaves
    ``alone_after`` of the ``alone_before`` households that the adversary searches (1 and 1 where that is not known).
    """

    claim: ClaimId
    adversary: str
    bits: float
    alone_before: float = 1.0
    alone_after: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributeDisclosure:
    """What one sensitive claim makes an adversary believe of any household that fits.

    ``before`` is the share of the searched households that have it, ``after`` the probability that one picked from
    those that fit has it, for an adversary that believes the text (medians over draws).
    """

    household: HouseholdId
    adversary: str
    claim: ClaimId
    before: float
    after: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Misled:
    """Whom claims that were changed on purpose lead an adversary to, if it believes them.

    ``claims`` are those changed; ``others`` the expected number of uninvolved households that fit and would be pursued.
    """

    household: HouseholdId
    adversary: str
    claims: tuple[ClaimId, ...]
    others: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """Another choice of changes that would also be safe, with its cost: (claim, level) pairs."""

    cost: float
    changes: tuple[tuple[ClaimId, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentGap:
    """A person the draft shows, or an account it rests on, whose consent does not cover a publication."""

    person: PersonId
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """Everything that is known about a draft before it may leave."""

    safe: bool
    threshold: float
    language: Language
    draft: str
    personas: tuple[Persona, ...]
    claims: tuple[Claim, ...]
    households: tuple[HouseholdRisk, ...]
    helps: tuple[ClaimHelp, ...]
    changes: tuple[Change, ...]
    edits: tuple[Edit, ...]
    optimal: bool
    possible: bool
    cost: float
    alternatives: tuple[Alternative, ...]
    unresolved: tuple[Unresolved, ...]
    consent_gaps: tuple[ConsentGap, ...]
    ledger_head: str
    notes: tuple[str, ...] = ()
    disclosures: tuple[AttributeDisclosure, ...] = ()
    misled: tuple[Misled, ...] = ()
