"""Estimates how many acts reached no list, from the record of a case or from tables of a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bearwitness.documents.files import read_text
from bearwitness.errors import EstimationError
from bearwitness.estimation.linked import Estimator, combine_tables, one_by_one
from bearwitness.estimation.lists import FEWEST_LISTS, MOST_LISTS, capture_table
from bearwitness.estimation.strata import CAP_RATIO, StratumTask, task_key
from bearwitness.model.captures import CaptureStratum
from bearwitness.model.codec.capture_tables import load_captures
from bearwitness.services.estimate_record import read_record
from bearwitness.services.estimate_shown import ActsBasis, ActsEstimated, show_stratum
from bearwitness.services.estimate_strata import By
from bearwitness.services.unlocked import Unlocked

# What every model but the log-linear one believed of the number of acts beforehand.
PRIOR: Final = "falling"


@dataclass(frozen=True, slots=True, kw_only=True)
class ActsSettings:
    """How to estimate: the probability of intervals, the seed, and how many acts there may be at the most."""

    level: float = 0.95
    seed: int = 0
    cap: int | None = None


def estimate_case(
    vault: Unlocked, name: str, *, by: Sequence[By] = (), settings: ActsSettings, estimate: Estimator = one_by_one
) -> ActsEstimated:
    """Estimate the acts of a case that reached no list; leaves an entry.

    Parameters
    ----------
    vault, name, by
        As of `estimate_record.read_record`, whose errors it raises.
    settings : ActsSettings
        Of the estimate.
    estimate : callable
        What estimates many tasks, in their order.
    """
    found = read_record(vault, name, by=by, seed=settings.seed)
    tasks = [[_task(s.stratum, s.lists, tuple(t.items()), settings) for t in s.tables] for s in found.strata]
    # The same table is estimated once, however many clusterings make it.
    distinct = {task_key(task): task for of_stratum in tasks for task in of_stratum}
    outcomes = dict(zip(distinct, estimate(list(distinct.values())), strict=True))
    together = [combine_tables([outcomes[task_key(task)] for task in of_stratum]) for of_stratum in tasks]
    basis = ActsBasis(
        source="record", by=tuple(by), level=settings.level, seed=settings.seed, cap=settings.cap,
        cap_ratio=CAP_RATIO, prior=PRIOR, clusterings=found.clusterings, merged=found.channels.merged,
        without_collector=found.channels.without_collector, unknown_way=found.channels.unknown_way,
        known=found.known, off_lists=found.off_lists, drawn=found.drawn,
    )  # fmt: skip
    shown = (show_stratum(o, empty=s.empty) for o, s in zip(together, found.strata, strict=True))
    return ActsEstimated(basis=basis, strata=tuple(shown))


def estimate_file(path: Path, *, settings: ActsSettings, estimate: Estimator = one_by_one) -> ActsEstimated:
    """Estimate from capture tables of a file.

    Raises
    ------
    EstimationError
        The file is none, or a cell of it does not fit; the stratum is named.
    """
    strata = load_captures(read_text(path, kind=EstimationError), name=str(path)).strata
    for stratum in strata:
        _check_cells(stratum, str(path))
    outcomes = estimate([_task(s.id, s.lists, s.cells, settings) for s in strata])
    basis = ActsBasis(
        source="file", by=(), level=settings.level, seed=settings.seed, cap=settings.cap, cap_ratio=CAP_RATIO,
        prior=PRIOR,
    )  # fmt: skip
    return ActsEstimated(basis=basis, strata=tuple(show_stratum(o) for o in outcomes))


def _check_cells(stratum: CaptureStratum, where: str) -> None:
    """What is wrong with a cell is a mistake to be corrected; too few or too many lists are a reason to refuse."""
    if not FEWEST_LISTS <= len(stratum.lists) <= MOST_LISTS:
        return
    try:
        capture_table(stratum.id, stratum.lists, dict(stratum.cells))
    except EstimationError as error:
        raise EstimationError(error.message, hint=error.hint, where=where) from None


def _task(
    stratum: str, lists: tuple[str, ...], cells: tuple[tuple[str, float], ...], settings: ActsSettings
) -> StratumTask:
    return StratumTask(
        stratum=stratum, lists=lists, cells=cells, seed=settings.seed, level=settings.level, most=settings.cap
    )
