"""The number of acts by the log-linear model that the table itself chooses, with lists that share no act allowed for.

The choice starts with no pair of lists and adds pairs one by one: each time the one whose number of common acts is
least probable under the model so far, if that is improbable enough and the estimate of the model with it exists and
is the only one (Chan, Silverman and Vincent 2021, JASA 116, 1297).

Assumption: acts of a stratum are alike, each is on lists by chance as the model says, and no three lists depend on
each other beyond their pairs. None of this can be checked from the table: acts that all lists miss alike make the
number too small. A chosen model hides the doubt about the choice; no number is to be shown without
`bearwitness.estimation.loglinear_interval`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.special import pdtr, pdtrc

from bearwitness.errors import EstimationError
from bearwitness.estimation.lists import CaptureTable, check_estimable
from bearwitness.estimation.loglinear_model import (
    ModelCheck,
    ModelFit,
    Pair,
    check_model,
    fit_model,
    name_pairs,
    overlaps,
    pairs_of,
)

FloatArray = npt.NDArray[np.float64]

# The one that the published numbers were made with.
THRESHOLD: Final = 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class LogLinearEstimate:
    """The estimate of one model.

    ``total`` is N, seen and unseen. ``dependent`` are the pairs of lists that the model lets depend on each other;
    ``apart`` are those of them that share no act, so that the model takes sharing for impossible.
    """

    total: float
    observed: int
    dependent: tuple[tuple[str, str], ...]
    apart: tuple[tuple[str, str], ...]


def estimate_loglinear(table: CaptureTable, *, threshold: float = THRESHOLD) -> LogLinearEstimate:
    """Choose a model and estimate.

    Parameters
    ----------
    table : CaptureTable
        Three to ten lists.
    threshold : float
        A pair is added where its number of common acts, or one further out, has a lower probability; 0 to 1.

    Returns
    -------
    LogLinearEstimate
        Of the chosen model.

    Raises
    ------
    EstimationError
        The table says too little (`check_estimable`), or not even the model of independent lists has an estimate.
    ValueError
        The threshold is outside.
    """
    check_estimable(table)
    fit = choose_model(table.counts, threshold)
    if fit is None:
        raise EstimationError(
            f"Stratum {table.stratum}: not even independent lists have an estimate; their overlaps are too few.",
            hint="More acts on two lists at once would change this, or fewer strata.",
        )
    return _estimate(table, fit)


def estimate_model(table: CaptureTable, dependent: tuple[tuple[str, str], ...]) -> LogLinearEstimate:
    """Estimate by a model that was named.

    Parameters
    ----------
    table : CaptureTable
        Three to ten lists.
    dependent : tuple of pairs of str
        The pairs of lists that may depend on each other.

    Raises
    ------
    EstimationError
        As of `estimate_loglinear`; or a list is unknown; or the model's estimate does not exist or is one of many.
    """
    check_estimable(table)
    pairs = _places(table, dependent)
    fit = fit_model(table.counts, pairs)
    if fit is None:
        raise EstimationError(
            f"Stratum {table.stratum}: {_fault(check_model(table.counts, pairs))}.",
            hint="Let fewer pairs of lists depend on each other.",
        )
    return _estimate(table, fit)


def choose_model(counts: FloatArray, threshold: float) -> ModelFit | None:
    """Choose a model for the counts of a `CaptureTable`; None where not even independent lists have an estimate.

    Nothing else is checked; this is for tables drawn from one that was.
    """
    if not 0 <= threshold <= 1:
        raise ValueError("a threshold is a probability")
    fit = fit_model(counts, ())
    every = pairs_of(len(counts).bit_length() - 1)
    common = overlaps(counts)
    while fit is not None:
        chance = _chance(common, overlaps(fit.expected))
        wider = None
        for place in np.argsort(chance, kind="stable"):
            if not chance[place] < threshold:
                break
            if every[place] not in fit.pairs:
                wider = fit_model(counts, (*fit.pairs, every[place]))
            if wider is not None:
                break
        if wider is None:
            return fit
        fit = wider
    return None


def _chance(common: FloatArray, expected: FloatArray) -> FloatArray:
    """The Poisson probability of such a number of common acts or one further out, on the side where it is."""
    fewer = pdtr(common, expected)
    more = np.where(common > 0, pdtrc(common - 1, expected), 1.0)
    return np.asarray(np.minimum(fewer, more), dtype=float)


def _estimate(table: CaptureTable, fit: ModelFit) -> LogLinearEstimate:
    common = overlaps(table.counts)
    every = pairs_of(len(table.lists))
    apart = [pair for pair in fit.pairs if not common[every.index(pair)]]
    return LogLinearEstimate(
        total=table.observed + float(fit.expected[0]),
        observed=table.observed,
        dependent=name_pairs(table.lists, fit.pairs),
        apart=name_pairs(table.lists, apart),
    )


def _places(table: CaptureTable, dependent: tuple[tuple[str, str], ...]) -> set[Pair]:
    if not {name for pair in dependent for name in pair} <= set(table.lists):
        raise EstimationError(f"Stratum {table.stratum}: a pair has a list that the table has not.",
                              hint="Name lists as in the table.")  # fmt: skip
    places = {tuple(sorted(map(table.lists.index, pair))) for pair in dependent}
    return {(one, other) for one, other in places}


def _fault(check: ModelCheck) -> str:
    if not check.exists:
        return "the model has no finite estimate"
    if not check.identifiable:
        return "the model has many estimates that fit the lists equally well"
    return "the model's estimate was not found"
