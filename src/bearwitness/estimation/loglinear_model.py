"""One Poisson log-linear model of a capture table: whether its estimate exists, whether it is the only one, and it.

The expected count of a pattern is the exponential of a sum: one term for all patterns, one for each list on it, and
one for each pair of lists on it that the model has; the first is the logarithm of the expected count on no list. A
term's statistic is the number of acts on its lists, others or not. Where that is 0 the term is minus infinity: every
pattern with those lists is expected to be empty and leaves the table, and what remains is fitted (Chan, Silverman and
Vincent 2021, JASA 116, 1297). What remains has a finite estimate exactly where some table of positive cells has the
same statistics (Haberman 1974; Fienberg and Rinaldo 2012, Annals of Statistics 40, 996), which a linear programme
decides, and only one where the terms are linearly independent.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import combinations
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.optimize import linprog

from bearwitness.estimation.lists import patterns
from bearwitness.estimation.loglinear_kernel import climb, solve

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]
Pair = tuple[int, int]

# Newton steps; a fit whose estimate exists takes about ten.
_STEPS: Final = 60
# By how much the fit's statistics may miss the table's, relative to the number of acts.
_RESIDUAL: Final = 1e-9
# What the linear programme leaves above nothing; its own tolerance is smaller.
_POSITIVE: Final = 1e-6
# Answers of the linear programme by the model's terms and the cells that have acts; forgotten when there are too many.
_EXISTING: dict[tuple[bytes, bytes], bool] = {}
_MOST_KNOWN: Final = 1 << 14
# A fitted cell under this share of all acts may be rounding.
_ROUNDING: Final = 1e-11


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelCheck:
    """Whether a model's estimate exists, and whether it is the only one. A number needs both."""

    exists: bool
    identifiable: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ModelFit:
    """The fit of one model.

    ``expected`` has the expected count of each place of the table, place 0 being the acts on no list.
    """

    pairs: tuple[Pair, ...]
    expected: FloatArray


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Design:
    """What remains of a table under a model: its cells, their counts, and the terms of each."""

    cells: BoolArray
    counts: FloatArray
    terms: FloatArray


def pairs_of(lists: int) -> tuple[Pair, ...]:
    """Every pair of lists, as places, the smaller first."""
    return tuple(combinations(range(lists), 2))


@cache
def pair_cells(lists: int) -> FloatArray:
    """For each pair and each place of the table, 1 where the pattern has both lists of the pair."""
    on_lists = patterns(lists)
    cells = np.array([on_lists[:, one] & on_lists[:, other] for one, other in pairs_of(lists)], dtype=float)
    cells.setflags(write=False)
    return cells


@cache
def _terms(lists: int) -> FloatArray:
    """For each place of the table, the terms of the model of all pairs: constant, lists, pairs."""
    return np.column_stack([np.ones(2**lists), patterns(lists).astype(float), pair_cells(lists).T])


def check_model(counts: FloatArray, pairs: Collection[Pair]) -> ModelCheck:
    """Decide whether a model's estimate exists and is the only one.

    Parameters
    ----------
    counts : array of float
        As of `CaptureTable`.
    pairs : collection of pairs of int
        The pairs of lists whose terms the model has, as places, the smaller first.

    Returns
    -------
    ModelCheck
        By the linear programme and the rank of the terms.

    Raises
    ------
    ValueError
        A pair is no pair of lists.
    """
    design = _design(counts, pairs)
    return ModelCheck(exists=_exists(design), identifiable=_identifiable(design))


def fit_model(counts: FloatArray, pairs: Collection[Pair]) -> ModelFit | None:
    """Fit a model by maximum likelihood.

    Parameters and errors as of `check_model`.

    Returns
    -------
    ModelFit or None
        None where the estimate does not exist or is not the only one.
    """
    design = _design(counts, pairs)
    if not _identifiable(design) or _known_missing(design):
        return None
    found = _maximum(design)
    if found is None:
        return None
    log_unseen, fitted = found
    if not _proves_itself(design, fitted) and not _exists(design):
        return None
    expected = np.zeros(len(counts))
    expected[design.cells] = fitted
    expected[0] = np.exp(log_unseen)
    return ModelFit(pairs=tuple(sorted(pairs)), expected=expected)


def _design(counts: FloatArray, pairs: Collection[Pair]) -> _Design:
    lists = len(counts).bit_length() - 1
    if len(counts) != 2**lists or not set(pairs) <= set(pairs_of(lists)):
        raise ValueError("a table has two to the power of its lists cells, and a model pairs of these lists")
    model = tuple(sorted(set(pairs)))
    empty = np.asarray(counts @ _model_terms(lists, model) == 0, dtype=bool)
    cells, terms = _remaining(lists, model, empty.tobytes())
    return _Design(cells=cells, counts=counts[cells], terms=terms)


@lru_cache(maxsize=1 << 12)
def _model_terms(lists: int, pairs: tuple[Pair, ...]) -> FloatArray:
    """For each place of the table, the terms of the model with these pairs."""
    terms = _terms(lists)[:, [True] * (1 + lists) + [pair in pairs for pair in pairs_of(lists)]]
    terms.setflags(write=False)
    return terms


@lru_cache(maxsize=1 << 12)
def _remaining(lists: int, pairs: tuple[Pair, ...], empty: bytes) -> tuple[BoolArray, FloatArray]:
    """The cells and terms that are left where some terms' statistics are 0."""
    terms, without = _model_terms(lists, pairs), np.frombuffer(empty, dtype=bool)
    cells = np.asarray(~(terms[:, without] > 0).any(axis=1), dtype=bool)
    cells[0] = False
    left = np.ascontiguousarray(terms[np.ix_(cells, ~without)])
    for array in (cells, left):
        array.setflags(write=False)
    return cells, left


@lru_cache(maxsize=1 << 14)
def _rank(shape: tuple[int, int], terms: bytes) -> int:
    return int(np.linalg.matrix_rank(np.frombuffer(terms).reshape(shape)))


def _identifiable(design: _Design) -> bool:
    rows, columns = design.terms.shape
    return bool(rows >= columns > 0 and _rank((rows, columns), design.terms.tobytes()) == columns)


def _exists(design: _Design) -> bool:
    """Whether a table of positive cells has the same statistics.

    That depends on which cells are empty and not on how full the others are: what moves acts into the empty cells can
    be made as small as it has to be. So tables drawn anew, which share few patterns of empty cells, share the answer.
    """
    key = _support(design)
    known = _EXISTING.get(key)
    if known is None:
        if len(_EXISTING) >= _MOST_KNOWN:
            _EXISTING.clear()
        known = _EXISTING[key] = _has_positive(design.terms, np.where(design.counts > 0, 1.0, 0.0))
    return known


def _known_missing(design: _Design) -> bool:
    return _EXISTING.get(_support(design)) is False


def _support(design: _Design) -> tuple[bytes, bytes]:
    return design.terms.tobytes(), (design.counts > 0).tobytes()


def _has_positive(terms: FloatArray, counts: FloatArray) -> bool:
    """By a linear programme: how small the smallest cell must be."""
    cells = len(terms)
    if not cells:
        return False
    # A cell is the smallest one and something on top; the smallest may be as large as 1, which is enough.
    solved = linprog(
        np.r_[np.zeros(cells), -1.0],
        A_eq=np.column_stack([terms.T, terms.sum(axis=0)]),
        b_eq=terms.T @ counts,
        bounds=[(0, None)] * cells + [(0, 1)],
        method="highs",
        options={"primal_feasibility_tolerance": 1e-9, "dual_feasibility_tolerance": 1e-9},
    )
    return bool(solved.status == 0 and solved.x is not None and solved.x[-1] > _POSITIVE)


def _proves_itself(design: _Design, fitted: FloatArray) -> bool:
    """Whether the fit, mended to have the table's statistics, is a table of positive cells.

    Where no such table exists the mending takes more than what some cell has, however small, so this never says yes
    wrongly but for rounding, which is kept well below the smallest cell. It spares nearly every linear programme.
    """
    if fitted.min() < _ROUNDING * design.counts.sum():
        return False
    missed = design.terms.T @ (design.counts - fitted)
    mend = _solve(design.terms, np.ones(len(fitted)), missed)
    return mend is not None and bool((np.abs(design.terms @ mend) < fitted / 2).all())


def _maximum(design: _Design) -> tuple[float, FloatArray] | None:
    """The term of all patterns and the fitted cells, by Newton's method; None where it does not settle."""
    terms = design.terms
    settled, values, fitted = climb(terms, design.counts, terms.T @ design.counts, _RESIDUAL, _STEPS)
    return (float(values[0]), fitted) if settled else None


def _solve(terms: FloatArray, weights: FloatArray, right: FloatArray) -> FloatArray | None:
    found = np.zeros(terms.shape[1])
    return found if solve(terms, weights, right, found) else None


def overlaps(counts: FloatArray) -> FloatArray:
    """For each pair of lists, the number of acts on both, others or not; or what is expected of a fit's counts."""
    lists = len(counts).bit_length() - 1
    return np.asarray(pair_cells(lists) @ counts, dtype=float)


def name_pairs(lists: Sequence[str], pairs: Collection[Pair]) -> tuple[tuple[str, str], ...]:
    """The names of pairs of lists, in order."""
    return tuple((lists[one], lists[other]) for one, other in sorted(pairs))
