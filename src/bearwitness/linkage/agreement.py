"""How far reviewers agree beyond chance: Cohen's kappa, with an interval, and told as None where there is none.

Counted is what a reviewer said of a pair first and unprompted: a change, a withdrawal and a third's settlement come
after others were heard, and would make agreement look better than it is. All verdicts count, "unsure" too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from bearwitness.linkage.decisions import Layer, ReviewDecision, Verdict

VERDICTS: Final[tuple[Verdict, ...]] = ("same", "different", "unsure")
Undefined = Literal["nothing_judged_by_both", "always_one_verdict", "no_spread"]
# 97.5 % point of the normal distribution.
_TWO_SIDED_95: Final = 1.959963984540054


@dataclass(frozen=True, slots=True, kw_only=True)
class Kappa:
    """Agreement beyond chance.

    ``pairs``: how many pairs were judged by two reviewers or more. ``observed``: share of them in which the verdicts
    are the same; ``expected``: the share that chance gives. ``value``: (observed - expected) / (1 - expected), 1 for
    full agreement, 0 for what chance gives. ``low`` to ``high``: 95 % interval, within -1 and 1. What is not defined
    is None, and ``undefined`` says why: no pair was judged by two; everybody always gave one and the same verdict,
    so that chance alone agrees fully; or the method for the interval finds no spread, as in full agreement.
    """

    pairs: int
    observed: float | None = None
    expected: float | None = None
    value: float | None = None
    standard_error: float | None = None
    low: float | None = None
    high: float | None = None
    undefined: Undefined | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Agreement of every two reviewers who judged a pair in common, and of all of them together."""

    between: Mapping[tuple[str, str], Kappa]
    overall: Kappa


def measure_agreement(decisions: Iterable[ReviewDecision], layer: Layer) -> Agreement:
    """How far the reviewers of a layer agree.

    Overall, observed and expected agreement are averaged over every two reviewers, weighed by how many pairs they
    judged in common (the pooled kappa of De Vries and others 2008, Field Methods 20, 272); its standard error is the
    jackknife's over the pairs judged, so that three verdicts on one pair are not taken for independent.

    Parameters
    ----------
    decisions : iterable of ReviewDecision
        All of them, in the order in which they were made.
    layer : "person", "household" or "act"

    Returns
    -------
    Agreement
    """
    said: dict[tuple[str, str], dict[str, int]] = {}
    for decision in decisions:
        if decision.layer == layer and decision.supersedes is None and decision.verdict in VERDICTS:
            said.setdefault(decision.pair, {}).setdefault(decision.reviewer, VERDICTS.index(decision.verdict))
    # Pairs on which the same reviewers said the same are counted together.
    patterns = Counter(tuple(sorted(verdicts.items())) for verdicts in said.values() if len(verdicts) > 1)
    tables: dict[tuple[str, str], npt.NDArray[np.float64]] = {}
    for pattern, number in sorted(patterns.items()):
        _count(tables, pattern, number)
    return Agreement(
        between={two: cohen_kappa(table.astype(int).tolist()) for two, table in sorted(tables.items())},
        overall=_pooled(tables, patterns),
    )


def cohen_kappa(table: Sequence[Sequence[int]]) -> Kappa:
    """Cohen's kappa of two reviewers (Cohen 1960, Educ. Psychol. Meas. 20, 37).

    The standard error is that for large samples of Fleiss, Cohen and Everitt (1969, Psychol. Bull. 72, 323), for a
    kappa that is not 0; the interval is 1.96 of them to either side.

    Parameters
    ----------
    table : sequence of sequence of int
        Square; how many pairs the first gave the verdict of the row and the second that of the column.

    Returns
    -------
    Kappa

    Raises
    ------
    ValueError
        A table that is not square, or negative counts.
    """
    counts = np.array(table, float)
    if counts.ndim != 2 or counts.shape[0] != counts.shape[1] or (counts < 0).any():
        raise ValueError("a table of verdicts is square, with counts of 0 or more")
    number = float(counts.sum())
    if number == 0:
        return Kappa(pairs=0, undefined="nothing_judged_by_both")
    observed, expected = _shares(counts)
    if _is_certain(counts):
        return Kappa(pairs=int(number), observed=observed, expected=expected, undefined="always_one_verdict")
    value = (observed - expected) / (1.0 - expected)
    shares = counts / number
    rows, columns, rest = shares.sum(axis=1), shares.sum(axis=0), 1.0 - value
    alike = float(np.diag(shares) @ (1.0 - (rows + columns) * rest) ** 2)
    crossed = (columns[:, None] + rows[None, :]) ** 2
    np.fill_diagonal(crossed, 0.0)
    spread = alike + rest**2 * float((shares * crossed).sum()) - (value - expected * rest) ** 2
    return _with_interval(int(number), observed, expected, value, spread / (number * (1.0 - expected) ** 2))


def _count(
    tables: dict[tuple[str, str], npt.NDArray[np.float64]], pattern: tuple[tuple[str, int], ...], number: int
) -> None:
    """Add so many pairs with these verdicts to the table of every two reviewers among them."""
    for (one, verdict), (other, answer) in combinations(pattern, 2):
        table = tables.setdefault((one, other), np.zeros((len(VERDICTS), len(VERDICTS))))
        table[verdict, answer] += number


def _shares(counts: npt.NDArray[np.float64]) -> tuple[float, float]:
    number = counts.sum()
    return float(np.trace(counts) / number), float(counts.sum(axis=1) @ counts.sum(axis=0) / number**2)


def _is_certain(counts: npt.NDArray[np.float64]) -> bool:
    """Whether both always gave one and the same verdict; from counts, as shares need not add up to 1 exactly."""
    return bool(counts.sum() == counts.diagonal().max())


def _pooled(
    tables: dict[tuple[str, str], npt.NDArray[np.float64]], patterns: Counter[tuple[tuple[str, int], ...]]
) -> Kappa:
    number = patterns.total()
    if not number:
        return Kappa(pairs=0, undefined="nothing_judged_by_both")
    observed, expected, value = _pool(tables)
    if value is None:
        return Kappa(pairs=number, observed=observed, expected=expected, undefined="always_one_verdict")
    left_out: list[tuple[float, int]] = []
    for pattern, times in sorted(patterns.items()):
        _count(tables, pattern, -1)
        without = _pool(tables)[2]
        _count(tables, pattern, 1)
        if without is None:
            left_out = []
            break
        left_out.append((without, times))
    mean = sum(v * times for v, times in left_out) / number
    variance = (number - 1) / number * sum(times * (v - mean) ** 2 for v, times in left_out)
    return _with_interval(number, observed, expected, value, variance)


def _pool(tables: Mapping[tuple[str, str], npt.NDArray[np.float64]]) -> tuple[float, float, float | None]:
    """Observed and expected agreement averaged over the tables, and the kappa they give."""
    filled = [table for table in tables.values() if table.sum() > 0]
    if not filled:
        return 0.0, 0.0, None
    numbers = np.array([table.sum() for table in filled])
    shares = np.array([_shares(table) for table in filled])
    observed, expected = (float(x) for x in numbers @ shares / numbers.sum())
    if all(_is_certain(table) for table in filled):
        return observed, expected, None
    return observed, expected, (observed - expected) / (1.0 - expected)


def _with_interval(number: int, observed: float, expected: float, value: float, variance: float) -> Kappa:
    # Rounding leaves of no spread a little, of either sign.
    if variance <= 1e-12:
        return Kappa(pairs=number, observed=observed, expected=expected, value=value, undefined="no_spread")
    error = float(np.sqrt(variance))
    return Kappa(
        pairs=number, observed=observed, expected=expected, value=value, standard_error=error,
        low=max(-1.0, value - _TWO_SIDED_95 * error), high=min(1.0, value + _TWO_SIDED_95 * error),
    )  # fmt: skip
