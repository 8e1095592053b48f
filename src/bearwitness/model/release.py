"""The facts of a release on its way out: a draft, its assessments, the votes, the publication, its retraction.

Facts are only ever added; where a release stands is derived from them (``release/workflow.py``) and stored nowhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bearwitness.model.claims import Language
from bearwitness.model.publication import Decisions, LedgerEntry, Policy


@dataclass(frozen=True, slots=True, kw_only=True)
class Binding:
    """Everything that an assessment and a vote hold for, as SHA-256 in hex: if one of these moves, they hold no more.

    ``record`` is a hash that the keeper of the record gives; the others are those of ``release/binding.py``.
    """

    draft: str
    policy: str
    decisions: str
    ledger: str
    record: str
    assessment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A text that may leave, with the policy and the decisions it is assessed by.

    Members are named by opaque ids; ``made`` and every ``at`` of the facts below is a day and time in ISO 8601, with
    its offset from UTC.
    """

    id: str
    text: str
    policy: Policy
    decisions: Decisions
    drafter: str
    made: str
    language: Language | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessed:
    """That a draft was assessed, with the verdict, for the day on which it would leave."""

    draft: str
    binding: Binding
    safe: bool
    by: str
    at: str
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """What one member says to one binding of a draft, signed (hex) over ``release.binding.vote_message``."""

    id: str
    draft: str
    binding: Binding
    voter: str
    approves: bool
    reason: str
    at: str
    signature: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """That a draft left: to whom, as what entry of the ledger, and on which testimonies it rests."""

    draft: str
    binding: Binding
    by: str
    at: str
    day: date
    recipients: tuple[str, ...]
    entry: LedgerEntry
    testimonies: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Retraction:
    """That a release was taken back. Its entry stays in the ledger: what was read cannot be unread."""

    draft: str
    by: str
    at: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseFacts:
    """All facts about one draft, each kind in the order in which they were added."""

    draft: Draft
    assessments: tuple[Assessed, ...] = ()
    votes: tuple[Vote, ...] = ()
    publications: tuple[Publication, ...] = ()
    retractions: tuple[Retraction, ...] = ()
