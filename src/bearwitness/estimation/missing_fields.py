"""Acts of which the stratum, or whether a channel saw them, is not known: completed many times, never once.

A cell is a stratum with a pattern of lists. What the complete acts say of how frequent cells are is a Dirichlet
distribution; for each imputation frequencies are drawn from it, and then each incomplete act a cell among those that
it may belong to, in proportion. The acts of one pattern have a stratum as the complete acts of that pattern have; the
prior counts one act for each pattern, spread over the strata as all complete acts are, so that a pattern that no
complete act has falls back on these. Drawing the frequencies anew each time is what keeps the doubt about them (Rubin
1987, section 5.3).

The assumption is that a field is missing by chance, given what is known of the act: that acts of which the stratum
was not written down belong to strata as others do that the same lists saw. Where a field is missing because of what
it would say (a district that nobody dares to name) this is false and no imputation helps.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from bearwitness.errors import EstimationError
from bearwitness.estimation.lists import CaptureTable, capture_table, patterns

FloatArray = npt.NDArray[np.float64]

# With more than this share of incomplete acts the tables are those of this model, not of the record.
MOST_INCOMPLETE: Final = 0.5
_PRIOR_ACTS: Final = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PartialAct:
    """An act with what is known of it.

    ``pattern`` has a digit for each list, and a ``?`` where it is not known whether the list has the act. ``strata``
    are those that it may belong to: one where it is known, none named where nothing is known.
    """

    pattern: str
    strata: tuple[str, ...] = ()


def complete_tables(
    acts: Sequence[PartialAct], *, lists: Sequence[str], strata: Sequence[str], draws: int, rng: np.random.Generator
) -> tuple[tuple[CaptureTable, ...], ...]:
    """Draw complete tables of several strata.

    Parameters
    ----------
    acts : sequence of PartialAct
        Every act that some list saw.
    lists : sequence of str
        The ids of the independent channels.
    strata : sequence of str
        The ids of all strata.
    draws : int
        How many times the acts are completed; 20 are needed to combine (`bearwitness.estimation.linked`).
    rng : numpy.random.Generator
        Where the draws come from.

    Returns
    -------
    tuple of tuple of CaptureTable
        For each draw the table of every stratum, in their order. A complete act is in the same cell in all of them.

    Raises
    ------
    EstimationError
        A pattern or a stratum does not fit, or more than half of the acts are incomplete.
    ValueError
        There are no draws, no strata, or two of one name.
    """
    if draws < 1 or not strata or len(set(strata)) != len(strata):
        raise ValueError("draws and different strata are needed")
    allowed = [_allowed(act, place, lists, strata) for place, act in enumerate(acts)]
    complete = np.zeros((len(strata), 2 ** len(lists)))
    doubtful = []
    for cells in allowed:
        if cells.sum() == 1:
            complete += cells
        else:
            doubtful.append(cells)
    if len(doubtful) > MOST_INCOMPLETE * len(acts):
        raise EstimationError(
            f"{len(doubtful)} of {len(acts)} acts lack their stratum or a list.",
            hint="Fill in what can be found out; with more than half of them missing no table is drawn.",
        )
    weights = _prior(complete) + complete
    return tuple(_draw(complete, doubtful, weights, lists, strata, rng) for _ in range(draws))


def _allowed(
    act: PartialAct, place: int, lists: Sequence[str], strata: Sequence[str]
) -> npt.NDArray[np.bool_]:
    """For each stratum and pattern, whether the act may be there."""
    if len(act.pattern) != len(lists) or not set(act.pattern) <= {"0", "1", "?"}:
        raise EstimationError(f"Act {place + 1}: its pattern does not fit the {len(lists)} lists.",
                              hint="A pattern is a 0, a 1 or a ? for each list, in their order.")  # fmt: skip
    if not set(act.strata) <= set(strata):
        raise EstimationError(f"Act {place + 1}: it has an unknown stratum.", hint="Name all strata beforehand.")
    on_lists = patterns(len(lists))
    fits = np.ones(len(on_lists), dtype=bool)
    for column, digit in enumerate(act.pattern):
        if digit != "?":
            fits &= on_lists[:, column] == (digit == "1")
    # Somebody told of it, or it would not be here.
    fits[0] = False
    if not fits.any():
        raise EstimationError(f"Act {place + 1}: it is on no list.",
                              hint="Whoever saw it is a list too; name it, or leave this act out.")  # fmt: skip
    inside = np.array([not act.strata or stratum in act.strata for stratum in strata])
    return inside[:, None] & fits


def _prior(complete: FloatArray) -> FloatArray:
    """What is counted for each cell beforehand: one act for each pattern, over strata as complete acts are."""
    totals = complete.sum(axis=1) + _PRIOR_ACTS / len(complete)
    return np.repeat((_PRIOR_ACTS * totals / totals.sum())[:, None], complete.shape[1], axis=1)


def _draw(
    complete: FloatArray, doubtful: Sequence[npt.NDArray[np.bool_]], weights: FloatArray, lists: Sequence[str],
    strata: Sequence[str], rng: np.random.Generator,
) -> tuple[CaptureTable, ...]:  # fmt: skip
    frequencies = rng.standard_gamma(weights)
    counts = complete.copy()
    for cells in doubtful:
        rows, columns = np.nonzero(cells)
        shares = frequencies[rows, columns]
        # Weights this small may all draw nothing; then every cell is as good as another.
        shares = shares / shares.sum() if shares.sum() > 0 else np.full(len(shares), 1 / len(shares))
        chosen = int(rng.choice(len(shares), p=shares))
        counts[rows[chosen], columns[chosen]] += 1
    width = len(lists)
    return tuple(
        capture_table(stratum, lists, {format(p, f"0{width}b"): float(row[p]) for p in np.flatnonzero(row)})
        for stratum, row in zip(strata, counts, strict=True)
    )
