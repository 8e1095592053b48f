"""One outcome from many tables of the same stratum, where what is one act, or where it belongs, is not certain.

Whether two accounts tell of one act is often in doubt. Clusterings are drawn from what is known of it, each makes a
table of its own, and each table is estimated from as if it were certain. What they say is combined by Rubin's rules
on the scale of logarithms (see `bearwitness.estimation.imputed`), so that what the tables differ by widens the
interval. Tables that fill in missing fields (`bearwitness.estimation.missing_fields`) are combined in the same way.

No table without a number is tolerated. The tables that have none are not any tables: they are those in which fewer
acts are on several lists, and so those of which a larger number would have been said; to leave them out would make
the combined number too small and too certain, and at 95 % one table in twenty would already use up all the doubt.

The assumption is that the tables are drawn in proportion to how probable they are, and that a number is nearly normal
as a logarithm. Its interval is not quite so; each side keeps its own width, and both are stretched alike.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from math import exp, log
from typing import Final

from scipy.special import ndtri
from scipy.stats import t

from bearwitness.estimation.agreement import MODEL_NAMES, MOST_RATIO, disagreement, spread_ratio
from bearwitness.estimation.imputed import combine
from bearwitness.estimation.outcome import Check, Model, ModelNumber, Refusal, StratumOutcome
from bearwitness.estimation.side_by_side import estimate_stratum
from bearwitness.estimation.strata import MODELS, StratumTask, task_key

# Fewer tables leave what they differ by to chance: its own error is over a third of it already with so many.
FEWEST_TABLES: Final = 20

Estimator = Callable[[Sequence[StratumTask]], Iterable[StratumOutcome]]


def one_by_one(tasks: Sequence[StratumTask]) -> Iterable[StratumOutcome]:
    """Estimate each task, one after the other."""
    return map(estimate_stratum, tasks)


def estimate_linked(tasks: Sequence[StratumTask], *, estimate: Estimator = one_by_one) -> StratumOutcome:
    """Estimate a stratum of which several tables are possible.

    Parameters
    ----------
    tasks : sequence of StratumTask
        One for each drawn clustering, 20 at least, alike in everything but their cells. Tables that are the same are
        estimated once and counted as often as they were drawn.
    estimate : callable
        What estimates several different tasks, in their order.

    Returns
    -------
    StratumOutcome
        ``cells`` are the average over the tables, and ``observed`` their average number of acts, rounded.

    Raises
    ------
    ValueError
        There are fewer than 20 tasks, or they are not of one stratum, its lists, seed and settings.
    """
    kinds = {_without_cells(task) for task in tasks}
    if len(tasks) < FEWEST_TABLES or len(kinds) != 1:
        raise ValueError(f"at least {FEWEST_TABLES} tasks, alike but for their cells, are needed")
    keys = [task_key(task) for task in tasks]
    distinct = dict(zip(keys, tasks, strict=True))
    outcomes = dict(zip(distinct, estimate(list(distinct.values())), strict=True))
    return combine_tables([outcomes[key] for key in keys])


def combine_tables(outcomes: Sequence[StratumOutcome]) -> StratumOutcome:
    """Combine the outcomes of a stratum's tables, one for each draw, equal ones as often as they were drawn.

    Returns
    -------
    StratumOutcome
        A model has a number where it has one in every table. One is given where one is given in every table, and the
        models' combined numbers do not disagree.

    Raises
    ------
    ValueError
        There are fewer than 20, or they are of several strata.
    """
    first = outcomes[0] if outcomes else None
    if first is None or len(outcomes) < FEWEST_TABLES or len({(x.stratum, x.lists) for x in outcomes}) != 1:
        raise ValueError(f"at least {FEWEST_TABLES} outcomes of one stratum are needed")
    fewest = min(outcome.observed for outcome in outcomes)
    said = [_of_model(outcomes, model, fewest) for model in MODELS if _asked(outcomes, model)]
    numbers = tuple(x for x in said if isinstance(x, ModelNumber))
    given = _given(outcomes, numbers, fewest)
    refused = tuple(x for x in (*said, given) if isinstance(x, Refusal))
    cells: Counter[str] = Counter()
    for outcome in outcomes:
        cells.update(dict(outcome.cells))
    return StratumOutcome(
        stratum=first.stratum, lists=first.lists,
        cells=tuple(sorted((pattern, total / len(outcomes)) for pattern, total in cells.items())),
        observed=round(sum(outcome.observed for outcome in outcomes) / len(outcomes)),
        numbers=numbers, refusals=refused, given=given if isinstance(given, ModelNumber) else None,
    )  # fmt: skip


def combine_numbers(numbers: Sequence[ModelNumber], *, fewest: float) -> ModelNumber:
    """Combine the numbers of one model from several tables.

    Parameters
    ----------
    numbers : sequence of ModelNumber
        Two at least, of one model and level.
    fewest : float
        What the number cannot be below: the fewest acts that any table has.

    Raises
    ------
    ValueError
        There are fewer than two, or they differ in model or level.
    """
    if len({(number.model, number.level) for number in numbers}) != 1:
        raise ValueError("numbers that are combined are of one model and level")
    together = combine([log(x.median) for x in numbers], [x.log_spread**2 for x in numbers])
    level, upper = numbers[0].level, (1 + numbers[0].level) / 2
    within = sum(x.log_spread**2 for x in numbers) / len(numbers)
    reach, normal = float(t.ppf(upper, together.degrees)), float(ndtri(upper))
    if within > 0:
        stretch = reach / normal * (together.variance / within) ** 0.5
        down = stretch * sum(log(x.median / x.low) for x in numbers) / len(numbers)
        up = stretch * sum(log(x.high / x.median) for x in numbers) / len(numbers)
    else:
        down = up = reach * together.variance**0.5
    median = max(fewest, exp(together.value))
    return ModelNumber(
        model=numbers[0].model, low=max(fewest, exp(together.value - down)), median=median,
        high=max(median, exp(together.value + up)), level=level, log_spread=together.variance**0.5,
        checks=(
            *_worst(numbers),
            Check(name="tables", value=len(numbers), limit=FEWEST_TABLES, least=True),
        ),
    )  # fmt: skip


def _worst(numbers: Sequence[ModelNumber]) -> list[Check]:
    """Of each check that all numbers passed, the one that was nearest to failing."""
    by_name: dict[str, Check] = {}
    for check in (check for number in numbers for check in number.checks):
        known = by_name.get(check.name)
        if known is None or (check.value < known.value) == check.least:
            by_name[check.name] = check
    return list(by_name.values())


def _without_cells(task: StratumTask) -> StratumTask:
    return replace(task, cells=())


def _asked(outcomes: Sequence[StratumOutcome], model: Model) -> bool:
    """Whether a model was asked in any table; in a table that none may be asked of, none has a word."""
    return any(
        model in {x.model for x in outcome.numbers} | {x.model for x in outcome.refusals} for outcome in outcomes
    )


def _of_model(outcomes: Sequence[StratumOutcome], model: Model, fewest: float) -> ModelNumber | Refusal:
    numbers = [x for outcome in outcomes for x in outcome.numbers if x.model == model]
    if len(numbers) == len(outcomes):
        return combine_numbers(numbers, fewest=fewest)
    reasons = Counter(
        x for outcome in outcomes for x in outcome.refusals
        if x.model == model or (x.model is None and not outcome.numbers)
    )  # fmt: skip
    return _undecided(outcomes, len(numbers), reasons, model)


def _given(
    outcomes: Sequence[StratumOutcome], numbers: Sequence[ModelNumber], fewest: float
) -> ModelNumber | Refusal:
    found = [outcome.given for outcome in outcomes if outcome.given is not None]
    if len(found) < len(outcomes):
        reasons = Counter(x for outcome in outcomes for x in outcome.refusals if x.model is None)
        if not found and len({x.reason for x in reasons}) == 1:
            # What all tables lack is not for the linkage to decide.
            return next(iter(reasons))
        return _undecided(outcomes, len(found), reasons, None)
    if numbers and spread_ratio(numbers) > MOST_RATIO:
        return disagreement(outcomes[0].stratum, spread_ratio(numbers))
    return combine_numbers(found, fewest=fewest)


def _undecided(
    outcomes: Sequence[StratumOutcome], having: int, reasons: Counter[Refusal], model: Model | None
) -> Refusal:
    whose = "no number is given" if model is None else f"{MODEL_NAMES[model]} has no number"
    often = reasons.most_common(1)
    return Refusal(
        reason="linkage_undecided", model=model,
        what=f"Stratum {outcomes[0].stratum}: in {len(outcomes) - having} of the {len(outcomes)} tables that are "
        f"possible {whose}; which of them is right is not known.",
        change="Decide the doubtful pairs of accounts that change the table, or fill in what fields are missing. Where "
        "there is none, most often: " + (often[0][0].what if often else "not asked"),
    )  # fmt: skip
