"""What is said of a data set: what it gives away, and what would be published instead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

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
class DatasetPlan:
    """What a data set gives away, and what would be published instead.

    ``as_it_stands`` and ``after`` are risks per household (per record, where no column says who belongs together),
    for somebody who knows who is in it. ``levels`` is empty and ``after`` None where nothing can be published.
    """

    records: int
    differing: int
    households: int | None
    k: int
    safe: bool
    as_it_stands: Risks
    unique: Uniqueness | None
    possible: bool
    levels: tuple[ColumnLevel, ...]
    loss: float | None
    suppressed: int
    classes: int
    after: Risks | None
