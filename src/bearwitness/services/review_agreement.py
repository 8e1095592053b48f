"""How far the reviewers of a case agree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bearwitness.model.review import Layer
from bearwitness.services.review import needs_of
from bearwitness.services.review_facts import open_review
from bearwitness.services.unlocked import Unlocked
from bearwitness.vault.trail import Act

if TYPE_CHECKING:
    from bearwitness.linkage.agreement import Kappa


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewersAgree:
    """How far reviewers agree beyond chance (Cohen's kappa with its 95 % interval); ``undefined`` says why it is None.

    Counted is what each said of a pair first. ``reviewers`` is empty for all of them together.
    """

    reviewers: tuple[str, ...]
    pairs: int
    observed: float | None
    expected: float | None
    kappa: float | None
    low: float | None
    high: float | None
    undefined: str


def agreement(vault: Unlocked, name: str, layer: Layer = "act") -> tuple[ReviewersAgree, ...]:
    """How far the reviewers of a case agree: all together, then every two of them; leaves an entry."""
    from bearwitness.linkage.agreement import measure_agreement

    desk = open_review(vault, name, needs=needs_of(layer))
    found = measure_agreement(desk.decisions, layer)
    vault.record(Act(action="review.agreement", case=desk.opened.id), case=desk.opened)
    between = (_agree(two, kappa) for two, kappa in found.between.items())
    return (_agree((), found.overall), *between)


def _agree(reviewers: tuple[str, ...], kappa: Kappa) -> ReviewersAgree:
    return ReviewersAgree(
        reviewers=reviewers, pairs=kappa.pairs, observed=kappa.observed, expected=kappa.expected, kappa=kappa.value,
        low=kappa.low, high=kappa.high, undefined=kappa.undefined or "",
    )  # fmt: skip
