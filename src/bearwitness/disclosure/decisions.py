"""What the search for the least change is about: decisions with their rungs, demands, and what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, Protocol

from bearwitness.disclosure.sums import SumForm
from bearwitness.model.assessment import Rung
from bearwitness.model.claims import ClaimId

Choice = tuple[int, ...]


class JointRung(NamedTuple):
    """One way to word all claims of a decision: a rung per claim, and what the reader loses."""

    level: str
    rungs: tuple[Rung, ...]
    cost: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Claims that the same words make: they are worded together. Rung 0 is the draft's own wording, at cost 0."""

    claims: tuple[ClaimId, ...]
    rungs: tuple[JointRung, ...]


class Missing(NamedTuple):
    """What a demand lacks under a choice: ``exact`` is at most 0 where it is met; ``relaxed`` goes with the gains."""

    exact: float
    relaxed: float


class Demand(Protocol):
    """One thing that must hold: a household is safe for an adversary, joined with the ledger.

    What is missing falls as rungs grow vaguer. If at most ``moving`` decisions move from their rung in ``base`` to a
    vaguer one, the relaxed shortfall less the sum of their gains is at most the exact shortfall that is left.
    """

    @property
    def decisions(self) -> frozenset[int]:
        """Indices of the decisions it depends on."""
        ...

    @property
    def is_monotone(self) -> bool:
        """Whether vaguer words never need more: else the draft's own words may be safe and vaguer ones not."""
        ...

    def missing(self, choice: Choice, moving: int) -> Missing:
        """How much is missing under a choice, while so many decisions are still to be made."""
        ...

    def is_met(self, choice: Choice) -> bool:
        """Whether nothing is missing under a choice."""
        ...

    def sum_form(self) -> SumForm | None:
        """The demand as sums over blocks of claims, where it has that form."""
        ...

    def gain(self, decision: int, rung: int, base: Choice) -> float:
        """Upper bound of what a rung makes up against that in ``base``, the others being as vague as there or more."""
        ...
