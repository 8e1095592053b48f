"""All models of one stratum beside each other, and the number that is given, or why none is.

Nothing is raised for a stratum that cannot be estimated: its outcome says so, and names it. A model that fails its own
checks (chains apart, the cap near, the prior stronger than the lists, no interval) gives no number; the others may.
See `bearwitness.estimation.agreement` for what becomes of those that are left.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import log, sqrt
from typing import Final

import numpy as np
from scipy.special import ndtri

from bearwitness.errors import EstimationError
from bearwitness.estimation.agreement import FEWEST_MODELS, REQUIRED, agree
from bearwitness.estimation.chordal import MOST_NODES
from bearwitness.estimation.decomposable import (
    MOST_NEAR_CAP,
    MOST_RATIO,
    average_decomposable,
    check_spread,
    vary_delta,
)
from bearwitness.estimation.lists import CaptureTable
from bearwitness.estimation.loglinear import estimate_loglinear
from bearwitness.estimation.loglinear_interval import MOST_WITHOUT, bootstrap_loglinear
from bearwitness.estimation.outcome import Check, Model, ModelNumber, Reason, Refusal, StratumOutcome
from bearwitness.estimation.strata import CAP_RATIO, StratumTask, model_seed, read_table, readable_cells, refusal_of
from bearwitness.estimation.uneven import estimate_uneven, uneven_number
from bearwitness.estimation.unseen_prior import falling_prior

# The cheapest first: a stratum that cannot have a number any more need not wait for the others.
ORDER: Final[tuple[Model, ...]] = ("uneven", "decomposable", "latent_class", "log_linear")


def estimate_stratum(task: StratumTask) -> StratumOutcome:
    """Ask every model, and decide.

    Parameters
    ----------
    task : StratumTask
        What the outcome depends on, and all of it.

    Returns
    -------
    StratumOutcome
        Numbers and refusals of models in the order of the task; where no number is given, one refusal more, without
        a model. Where the table cannot be read, ``cells`` are empty and ``observed`` is 0.
    """
    table = read_table(task)
    if isinstance(table, Refusal):
        return _unestimated(task, table)
    said: dict[Model, ModelNumber | Refusal] = {}
    waiting = [model for model in ORDER if model in task.models]
    for place, model in enumerate(waiting):
        late = not task.every_model and _is_lost(said, waiting[place:])
        said[model] = _not_run(task, model) if late else _ASK[model](table, task)
    words = [said[model] for model in task.models]
    numbers = tuple(x for x in words if isinstance(x, ModelNumber))
    refusals = tuple(x for x in words if isinstance(x, Refusal))
    decided = agree(task.stratum, numbers, level=task.level)
    refused = (decided,) if isinstance(decided, Refusal) else ()
    return StratumOutcome(
        stratum=task.stratum, lists=table.lists, cells=_cells(table), observed=table.observed, numbers=numbers,
        refusals=refusals + refused, given=decided if isinstance(decided, ModelNumber) else None,
    )  # fmt: skip


def _unestimated(task: StratumTask, refusal: Refusal) -> StratumOutcome:
    cells = readable_cells(task)
    return StratumOutcome(
        stratum=task.stratum, lists=task.lists, cells=cells, observed=int(sum(count for _, count in cells)),
        numbers=(), refusals=(refusal,), given=None,
    )  # fmt: skip


def _is_lost(said: Mapping[Model, ModelNumber | Refusal], waiting: Sequence[Model]) -> bool:
    """Whether no number can be given any more, whatever the waiting models say."""
    possible = {model for model, word in said.items() if isinstance(word, ModelNumber)} | set(waiting)
    return len(possible) < FEWEST_MODELS or not possible >= REQUIRED


def _not_run(task: StratumTask, model: Model) -> Refusal:
    return Refusal(
        reason="not_run", model=model,
        what=f"Stratum {task.stratum}: this model was not asked; no number would have been given whatever it said.",
        change="What is asked for by the models that refused.",
    )  # fmt: skip


def _cells(table: CaptureTable) -> tuple[tuple[str, float], ...]:
    width = len(table.lists)
    places = np.flatnonzero(table.counts)
    return tuple((format(place, f"0{width}b"), float(table.counts[place])) for place in places)


def _cap(table: CaptureTable, task: StratumTask) -> int:
    """The most acts, seen and unseen."""
    return max(table.observed, CAP_RATIO * table.observed if task.most is None else task.most)


def _latent_class(table: CaptureTable, task: StratumTask) -> ModelNumber | Refusal:
    # Compiled code, loaded where a stratum gets so far.
    from bearwitness.estimation.latent_class import estimate_latent, latent_number

    seed = model_seed(task, "latent_class")
    try:
        estimate = estimate_latent(table, seed=seed, classes=task.classes, most=_cap(table, task))
    except EstimationError as error:
        return refusal_of(error, "not_estimable", "latent_class")
    return latent_number(estimate, level=task.level)


def _uneven(table: CaptureTable, task: StratumTask) -> ModelNumber | Refusal:
    try:
        estimate = estimate_uneven(table, seed=model_seed(task, "uneven"), most=_cap(table, task))
    except EstimationError as error:
        return refusal_of(error, "not_estimable", "uneven")
    return uneven_number(estimate, level=task.level)


def _decomposable(table: CaptureTable, task: StratumTask) -> ModelNumber | Refusal:
    if len(table.lists) > MOST_NODES:
        return Refusal(
            reason="not_estimable", model="decomposable",
            what=f"Stratum {table.stratum}: {len(table.lists)} lists are more than the {MOST_NODES} of this model.",
            change="Put lists of one kind together.",
        )  # fmt: skip
    prior = falling_prior(table, fewest=0, most=_cap(table, task) - table.observed)
    spread = vary_delta(table, prior)
    try:
        check_spread(table, spread)
    except EstimationError as error:
        reason: Reason = "prior_dominates" if spread.ratio > MOST_RATIO else "at_cap"
        return refusal_of(error, reason, "decomposable")
    delta = 2.0 ** -len(table.lists) if task.delta is None else task.delta
    known = {estimate.delta: estimate for estimate in spread.estimates}
    estimate = known.get(delta) or average_decomposable(table, prior, delta=delta)
    logs = np.log(estimate.sizes)
    centre = float(estimate.probability @ logs)
    ends = ((1 - task.level) / 2, 0.5, (1 + task.level) / 2)
    low, median, high = (float(estimate.quantile(end)) for end in ends)
    return ModelNumber(
        model="decomposable", low=low, median=median, high=high, level=task.level,
        log_spread=sqrt(float(estimate.probability @ (logs - centre) ** 2)),
        checks=(
            Check(name="prior_ratio", value=spread.ratio, limit=MOST_RATIO),
            Check(name="near_cap", value=max(x.near_cap for x in spread.estimates), limit=MOST_NEAR_CAP),
        ),
    )  # fmt: skip


def _log_linear(table: CaptureTable, task: StratumTask) -> ModelNumber | Refusal:
    try:
        estimate_loglinear(table)
    except EstimationError as error:
        return refusal_of(error, "not_estimable", "log_linear")
    rng = np.random.default_rng(model_seed(task, "log_linear"))
    levels = ((1 - task.level) / 2, 0.5, (1 + task.level) / 2)
    try:
        found = bootstrap_loglinear(table, rng=rng, replicates=task.replicates, levels=levels)
    except EstimationError as error:
        return refusal_of(error, "no_interval", "log_linear")
    low, median, high = found.ends
    # A normal distribution with these ends; the interval is nearly symmetric as logarithms.
    reach = float(ndtri((1 + task.level) / 2))
    return ModelNumber(
        model="log_linear", low=low, median=median, high=high, level=task.level,
        log_spread=log(high / low) / (2 * reach),
        checks=(Check(name="tables_without_estimate", value=found.without / found.replicates, limit=MOST_WITHOUT),),
    )  # fmt: skip


_ASK: Final[Mapping[Model, Callable[[CaptureTable, StratumTask], ModelNumber | Refusal]]] = {
    "latent_class": _latent_class, "uneven": _uneven, "decomposable": _decomposable, "log_linear": _log_linear,
}  # fmt: skip
