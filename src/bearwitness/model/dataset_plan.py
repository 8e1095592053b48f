"""What is said of a data set: what it gives away, and what would be published instead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bearwitness.model.dataset_roles import Recursive

UniquenessModel = Literal["pitman", "zayatz", "snb"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Risks:
    """What an attacker may expect.

    ``at_risk`` is the share of the records whose risk is above the threshold, ``highest`` the greatest risk,
    ``average`` the share of the records that is found if all are guessed at.
    """

    at_risk: float
    highest: float
    average: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Uniqueness:
    """An estimate of the share of a population that is unique, and the model that gave it."""

    share: float
    model: UniquenessModel


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnLevel:
    """How exactly one column is said: ``level`` of ``height`` steps up, ``values`` different ones."""

    column: str
    level: int
    height: int
    values: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """What those who read alike must hold of a sensitive column, as its roles file says it."""

    column: str
    distinct: int
    entropy: float | None
    recursive: Recursive | None
    closeness: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DatasetPlan:
    """What a data set gives away, and what would be published instead.

    ``as_it_stands`` and ``after`` are risks per household (per record, where no column says who belongs together),
    for somebody who knows who is in it. ``demands``: what is asked of sensitive columns beside ``k``.
    ``levels`` is empty and ``after`` None where nothing can be published.
    """

    records: int
    differing: int
    households: int | None
    k: int
    demands: tuple[Demand, ...]
    safe: bool
    as_it_stands: Risks
    unique: Uniqueness | None
    possible: bool
    levels: tuple[ColumnLevel, ...]
    loss: float | None
    suppressed: int
    classes: int
    after: Risks | None
