"""What may be shown of an estimate: for each stratum one number, or why there is none.

What a model said of a stratum that is refused goes no further than this module: not to a page, not to a document.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bearwitness.estimation.outcome import Check, Model, ModelNumber, Refusal, StratumOutcome
from bearwitness.linkage.channels import Merger


@dataclass(frozen=True, slots=True, kw_only=True)
class ListShown:
    """A list and the acts on it; a mean where clusterings differ."""

    name: str
    acts: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap:
    """How many acts are on just these lists; a mean where clusterings differ. ``on`` has a 0 or 1 for each list."""

    on: str
    acts: float


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberShown:
    """A number of all acts, seen and unseen, with the ends of its interval, and the checks that it passed."""

    model: Model
    low: float
    median: float
    high: float
    level: float
    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StratumShown:
    """One stratum. Where ``given`` is None nothing here is a number of unseen acts, and ``models`` is empty.

    ``empty`` are lists of the case that have no act of this stratum. ``refusals``: of the whole (``model`` None), and
    of models that gave no number.
    """

    stratum: str
    lists: tuple[ListShown, ...]
    empty: tuple[str, ...]
    overlaps: tuple[Overlap, ...]
    observed: float
    given: NumberShown | None
    models: tuple[NumberShown, ...]
    refusals: tuple[Refusal, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActsBasis:
    """What an estimate rests on.

    ``source`` is "record" or "file". ``cap`` is how many acts there may be at the most, for every stratum; None where
    it is so many times (``cap_ratio``) the documented ones. ``prior`` is a key of what was believed beforehand. The
    rest is None, 0 or empty for tables of a file: ``known`` are the acts of the record, ``off_lists`` those of them
    that no list has, and ``drawn`` those with an unknown field, at the least and at the most over the clusterings.
    """

    source: str
    by: tuple[str, ...]
    level: float
    seed: int
    cap: int | None
    cap_ratio: int
    prior: str
    clusterings: int = 1
    merged: tuple[Merger, ...] = ()
    without_collector: int = 0
    unknown_way: int = 0
    known: tuple[int, int] | None = None
    off_lists: tuple[int, int] | None = None
    drawn: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class ActsEstimated:
    """The answer of ``estimate acts``: for members only, with small cells as they are."""

    basis: ActsBasis
    strata: tuple[StratumShown, ...]

    @property
    def given(self) -> int:
        """How many strata have a number."""
        return sum(s.given is not None for s in self.strata)


def show_stratum(outcome: StratumOutcome, *, empty: Sequence[str] = ()) -> StratumShown:
    """An outcome as it may be shown: without any number of unseen acts where it is refused."""
    given = outcome.given
    return StratumShown(
        stratum=outcome.stratum,
        lists=tuple(
            ListShown(name=name, acts=float(sum(acts for on, acts in outcome.cells if on[at : at + 1] == "1")))
            for at, name in enumerate(outcome.lists)
        ),
        empty=tuple(empty),
        overlaps=tuple(Overlap(on=on, acts=float(acts)) for on, acts in outcome.cells if acts),
        observed=float(sum(acts for _, acts in outcome.cells)),
        given=_shown(given) if given is not None else None,
        models=tuple(_shown(n) for n in outcome.numbers) if given is not None else (),
        refusals=outcome.refusals,
    )  # fmt: skip


def _shown(number: ModelNumber) -> NumberShown:
    # 2 and 2.0 are one number and two texts; an outcome that was kept has the other.
    checks = (replace(c, value=float(c.value), limit=float(c.limit)) for c in number.checks)
    return NumberShown(
        model=number.model, low=float(number.low), median=float(number.median), high=float(number.high),
        level=number.level, checks=tuple(checks),
    )  # fmt: skip
