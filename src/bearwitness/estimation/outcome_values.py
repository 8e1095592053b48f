"""An outcome as plain values and back, exact to the last digit: for a cache, and between machines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from math import isfinite
from typing import Any, Final, TypeVar, get_args

from bearwitness.estimation.outcome import Check, Model, ModelNumber, Reason, Refusal, StratumOutcome

T = TypeVar("T")
_MODELS: Final[tuple[Model, ...]] = get_args(Model)
_REASONS: Final[tuple[Reason, ...]] = get_args(Reason)


def outcome_values(outcome: StratumOutcome) -> dict[str, Any]:
    """The outcome as mappings, lists, texts and numbers."""
    return asdict(outcome)


def outcome_from(values: Any) -> StratumOutcome:
    """The outcome that `outcome_values` made these from.

    Raises
    ------
    ValueError
        They are anything else.
    """
    try:
        given = values["given"]
        outcome = StratumOutcome(
            stratum=_text(values["stratum"]),
            lists=tuple(_text(name) for name in values["lists"]),
            cells=tuple((_text(pattern), _number(count)) for pattern, count in values["cells"]),
            observed=_whole(values["observed"]),
            numbers=tuple(_model_number(x) for x in values["numbers"]),
            refusals=tuple(_refusal(x) for x in values["refusals"]),
            given=None if given is None else _model_number(given),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("no outcome of a stratum") from error
    # What has a field more, or a list for a mapping, is not what was written.
    if _listed(outcome_values(outcome)) != _listed(values):
        raise ValueError("no outcome of a stratum")
    return outcome


def _listed(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _listed(x) for name, x in value.items()}
    return [_listed(x) for x in value] if isinstance(value, list | tuple) else value


def _model_number(values: Any) -> ModelNumber:
    low, median, high = (_number(values[name]) for name in ("low", "median", "high"))
    if not 0 <= low <= median <= high:
        raise ValueError("the ends of an interval are out of order")
    return ModelNumber(
        model=_one_of(values["model"], _MODELS), low=low, median=median, high=high,
        level=_number(values["level"]), log_spread=_number(values["log_spread"]),
        checks=tuple(_check(x) for x in values["checks"]),
    )  # fmt: skip


def _check(values: Any) -> Check:
    if not isinstance(values["least"], bool):
        raise ValueError("neither true nor false")
    return Check(
        name=_text(values["name"]), value=_number(values["value"]), limit=_number(values["limit"]),
        least=values["least"],
    )  # fmt: skip


def _refusal(values: Any) -> Refusal:
    model = values["model"]
    return Refusal(
        reason=_one_of(values["reason"], _REASONS), what=_text(values["what"]), change=_text(values["change"]),
        model=None if model is None else _one_of(model, _MODELS),
    )  # fmt: skip


def _one_of(value: Any, allowed: tuple[T, ...]) -> T:
    for one in allowed:
        if one == value:
            return one
    raise ValueError("an unknown word")


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("no text")
    return value


def _number(value: Any) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool) or not isfinite(value):
        raise ValueError("no number")
    return float(value)


def _whole(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError("no count")
    return value
