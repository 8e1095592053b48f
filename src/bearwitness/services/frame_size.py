"""How many households were acted upon, read from an estimate that an organisation made and keeps.

The shipped number is a guess, wide enough for what nobody counted. A policy may name an estimate of acts instead
(``acted_size``). It is a number of acts that some list could have reached, so if anything too small: crowds come out
smaller and risks greater than they are, never the other way.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from math import isfinite, log
from typing import Final

import numpy as np
from scipy.special import ndtri

from bearwitness.disclosure.frames import INNERMOST, Frame, Frames, check_size
from bearwitness.documents.files import read_text
from bearwitness.errors import FrameError
from bearwitness.model.publication import EstimatedSize

# Of the frame's own posterior. An estimate beyond what was thought possible would make families look safe.
_UPPER: Final = 0.975


@dataclass(frozen=True, slots=True, kw_only=True)
class ActedSize:
    """A log-normal number of households: its median, and the standard deviation of its logarithm."""

    median: float
    spread: float
    file: str


def find_size(named: EstimatedSize) -> ActedSize:
    """The number of households that an estimate comes to.

    Parameters
    ----------
    named : EstimatedSize
        Of a policy.

    Returns
    -------
    ActedSize
        Its interval is the estimate's, divided by the acts of a household.

    Raises
    ------
    FrameError
        If the file is no estimate of acts, has no such stratum, or gives no number of it.
    """
    where = named.estimate
    try:
        strata = json.loads(read_text(where, kind=FrameError))["answer"]["strata"]
        found = [s for s in strata if s["stratum"] == named.stratum]
        number = found[0]["given"] if len(found) == 1 else None
        ends = [float(number[key]) for key in ("low", "median", "high", "level")] if number is not None else []
    except (ValueError, LookupError, TypeError):
        raise FrameError(
            "this is no estimate of acts.", hint="Make it with bearwitness estimate acts --json.", where=where
        ) from None
    if len(found) != 1:
        raise FrameError(
            f"the estimate has no stratum {named.stratum}.", hint="Name one of its strata, which holds all acts.",
            where=where,
        )  # fmt: skip
    if not ends:
        raise FrameError(
            f"of stratum {named.stratum} no number is given, so no frame can be of that size.",
            hint="Take acted_size out of the policy: the frame's own number is then used.", where=where,
        )  # fmt: skip
    low, median, high, level = ends
    if not (0 < low <= median <= high and isfinite(high) and 0 < level < 1):
        raise FrameError(
            f"the number of stratum {named.stratum} has ends out of order.", hint="Make the estimate anew.", where=where
        )  # fmt: skip
    spread = log(high / low) / (2 * float(ndtri((1 + level) / 2)))
    return ActedSize(median=median / named.acts_per_household, spread=spread, file=where)


def put_size(frames: Frames, size: ActedSize, *, seed: int) -> Frames:
    """The frames with so many households acted upon.

    Parameters
    ----------
    frames : Frames
        Of tables.
    size : ActedSize
        From :func:`find_size`.
    seed : int
        The same estimate gives the same verdict every time.

    Returns
    -------
    Frames
        In no draw are more households acted upon than have somebody who left.

    Raises
    ------
    FrameError
        If there are fewer than a frame may have, or more than was thought possible without the estimate.
    """
    inner = frames.at(INNERMOST)
    outer = frames.at(INNERMOST - 1)
    most = float(np.quantile(inner.size, _UPPER))
    try:
        check_size(inner.id, size.median)
        if size.median > most:
            raise FrameError(
                f"the estimate comes to {size.median:,.0f} households acted upon, more than the {most:,.0f} that are "
                "possible by the frame's own sources.",
                hint="Check acts_per_household and the stratum. A crowd that is not there would make families look "
                "safe.",
            )
    except FrameError as error:
        raise FrameError(error.message, hint=error.hint, where=size.file) from None
    draws = np.random.default_rng([seed, INNERMOST, 1]).lognormal(log(size.median), size.spread, frames.draws)
    put = Frame(inner.id, INNERMOST, np.minimum(draws, outer.size), dict(inner.tables))
    return Frames((*frames.by_level[:INNERMOST], put))
