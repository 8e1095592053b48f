"""From reporting triangles to the cells of the change model: what fits together, and what is refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from bearwitness.errors import EstimationError
from bearwitness.estimation.change_model import Cells, FloatArray
from bearwitness.estimation.counted import counted
from bearwitness.estimation.triangle import ReportingTriangle

# Fewer draws of uncertain dates say too little of what is not known.
LEAST_IMPUTATIONS: Final = 20


def cells_of(imputations: Sequence[Mapping[str, ReportingTriangle]], month: str) -> tuple[Cells, ...]:
    """The cells of each imputation, channels without any report in all of them left out.

    Raises
    ------
    EstimationError
        Imputations are too few, differ in channels or periods, have cells that are no counts, or no report at all;
        the month is not among the periods.
    """
    if len(imputations) != 1 and len(imputations) < LEAST_IMPUTATIONS:
        raise EstimationError(
            f"{len(imputations)} draws of the uncertain dates are too few.",
            hint=f"Draw at least {LEAST_IMPUTATIONS} times, or give one set of reports whose dates are known.",
        )
    channels = tuple(imputations[0])
    if not channels:
        raise EstimationError("there is no channel to read.", hint="Name the channels that reported.")
    whole = [{channel: triangle.whole() for channel, triangle in each.items()} for each in imputations]
    _check_alike(whole, channels)
    first = whole[0][channels[0]]
    if month not in first.periods:
        raise EstimationError(
            f"{month} is not among the months from {first.periods[0]} to {first.periods[-1]}, the last that is over.",
            hint="Take a date within them, or wait until months after it are over.")  # fmt: skip
    counts = np.stack([np.stack([_counts(channel, each[channel]) for channel in channels]) for each in whole])
    heard = counts.sum(axis=(0, 2, 3)) > 0
    if not heard.any():
        raise EstimationError("no channel has any report.", hint="A change needs reports from before the date.")
    step, phase = first.periods.index(month), _phase(first.periods[0])
    return tuple(Cells(counts=each[heard], seen=first.cells, step=step, phase=phase) for each in counts)


def _check_alike(whole: Sequence[Mapping[str, ReportingTriangle]], channels: tuple[str, ...]) -> None:
    first = whole[0][channels[0]]
    for number, each in enumerate(whole, start=1):
        odd = sorted(set(each) ^ set(channels))
        if odd:
            raise EstimationError(f"draw {number}: channel {odd[0]} is unknown to it or to the first draw.",
                                  hint="Count the same channels in every draw.")  # fmt: skip
        for channel in channels:
            triangle = each[channel]
            if triangle.periods != first.periods or triangle.counts.shape != (len(first.periods), first.longest + 1) \
                    or not np.array_equal(triangle.seen, first.seen):  # fmt: skip
                raise EstimationError(
                    f"draw {number}, channel {channel}: its months and delays are not those of the others.",
                    hint="Count all channels and draws with the same first month, as-of date and longest delay.",
                )


def _counts(channel: str, triangle: ReportingTriangle) -> FloatArray:
    rows, delays = np.nonzero(triangle.cells)
    names = [f"{channel}, {triangle.periods[row]}, delay {delay}" for row, delay in zip(rows, delays, strict=True)]
    found = np.zeros(triangle.counts.shape)
    found[rows, delays] = counted(names, triangle.counts[rows, delays].tolist())
    return found


def _phase(period: str) -> int:
    """The place of a month in its year; 0 where labels are none of months: seasons then are of twelve rows."""
    tail = period[-2:]
    return int(tail) - 1 if period[-3:-2] == "-" and tail.isdecimal() else 0
