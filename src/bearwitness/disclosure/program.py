"""The least change as a mixed-integer program, solved by HiGHS, with cuts until the program's optimum is truly safe.

A choice is safe where at most ``m`` of ``n`` draws of the log crowd ``X`` fall short of what is needed; ``X`` is a sum
over groups of decisions that share a block. The program knows this only through cuts, each of which every safe choice
keeps, so its optimum is never dearer than the true one; once that optimum is safe it is the true one, with proof.

The cut at a choice ``r0`` that falls short: take the ``k > m`` draws ``S`` in which ``r0`` does worst. Of them at least
``k - m`` are not short under any safe choice ``r``, so the mean of the ``k - m`` greatest ``X(r)`` over ``S`` is at
least what is needed. That mean is a sublinear function ``T`` of the draws, so

    needed <= T(X(r)) <= T(X(r0)) + sum over groups of T(X_g(r) - X_g(r0)),

which is linear in the choice, and for ``k = m + 1`` broken by ``r0`` itself. (``T`` is the superquantile of Rockafellar
and Uryasev 2000, J. Risk 2(3), 21, for the upper tail.) Where it depends on the choice which frames count, there is a
cut for each that may be the outermost one, with the greatest gain of the frames within it, and a column that picks it.

An alternative must be sharper than each choice found before it in at least one claim, so it is never one of them said
more vaguely, and no single change of it can be taken back. Likewise nothing sharper than a choice that falls short is
safe.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping, Sequence
from itertools import product
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from bearwitness.disclosure.decisions import Choice, Decision
from bearwitness.disclosure.sums import FloatArray, Level, SumForm

# More wordings of one group than this, or more numbers than fit a small machine, and the program is not made.
MOST_WORDINGS: Final = 5000
MOST_NUMBERS: Final = 60_000_000
MOST_SOLVED: Final = 400
# Draws in which a cut looks, as multiples of the least possible number.
_REACH: Final = (1, 3)
_SLACK: Final = 1e-9


class _Group(NamedTuple):
    """Decisions that share a block for some demand, with all their joint wordings and the first one's column."""

    decisions: tuple[int, ...]
    wordings: tuple[tuple[int, ...], ...]
    first: int


class Program:
    """One component of decisions, with demands that are sums."""

    def __init__(self, decisions: Sequence[Decision], involved: Sequence[int], forms: Sequence[SumForm]) -> None:
        self._decisions = decisions
        self._forms = forms
        self._groups = _groups(decisions, involved, forms)
        self._columns = sum(len(g.wordings) for g in self._groups)
        self._values = [[self._tabulate(level) for level in form.levels] for form in forms]
        self._frames = [
            [] if len(form.levels) == 1 else list(range(len(form.levels))) for form in forms
        ]
        self._first_frame: list[int] = []
        at = self._columns
        for frames in self._frames:
            self._first_frame.append(at)
            at += len(frames)
        self._width = at
        self._rows: list[FloatArray] = []
        self._least: list[float] = []
        self._fixed_rows()
        self.solved = 0

    @staticmethod
    def is_possible(decisions: Sequence[Decision], involved: Sequence[int], forms: Sequence[SumForm]) -> bool:
        """Whether the program is small enough to be made."""
        wordings = 0
        for group in _merged(involved, forms):
            count = math.prod(len(decisions[i].rungs) for i in group)
            if count > MOST_WORDINGS:
                return False
            wordings += count
        draws = len(forms[0].levels[0].constant)
        return wordings * draws * sum(len(f.levels) for f in forms) <= MOST_NUMBERS

    def best(self, base: Choice, most: int) -> tuple[list[tuple[float, Choice]], bool]:
        """The cheapest safe choice and the next best, and whether they are proved to be.

        Parameters
        ----------
        base : tuple of int
            A choice whose rungs are kept for decisions outside this component.
        most : int
            How many choices are wanted.
        """
        found: list[tuple[float, Choice]] = []
        while len(found) < most:
            choice = self._next(base)
            if choice is None:
                return found, True
            if self.solved >= MOST_SOLVED:
                return found, False
            found.append((self._cost(choice), choice))
            self._ask_for(dict(enumerate(choice)), operator.lt)
        return found, True

    def _next(self, base: Choice) -> Choice | None:
        """The cheapest safe choice that is left; None where none is, or the limit is reached."""
        while self.solved < MOST_SOLVED:
            picked = self._solve()
            if picked is None:
                return None
            short = [d for d in range(len(self._forms)) if self._is_short(d, picked)]
            if not short:
                at = self._wordings(picked)
                return tuple(at.get(i, rung) for i, rung in enumerate(base))
            for d in short:
                self._cut(d, picked)
            # Nothing sharper is safe either; exact where the solver's tolerance would let a cut be broken.
            self._ask_for(self._wordings(picked), operator.gt)
        return None

    def _wordings(self, picked: Sequence[int]) -> dict[int, int]:
        """The rung of every decision."""
        return {
            decision: rung
            for group, at in zip(self._groups, picked, strict=True)
            for decision, rung in zip(group.decisions, group.wordings[at], strict=True)
        }

    def _cost(self, choice: Choice) -> float:
        return sum(self._decisions[i].rungs[choice[i]].cost for g in self._groups for i in g.decisions)

    def _tabulate(self, level: Level) -> list[FloatArray]:
        """Per group the log factor of every wording: arrays of shape (wordings, draws)."""
        draws = len(level.constant)
        found = []
        for group in self._groups:
            table = np.zeros((len(group.wordings), draws))
            place = {d: i for i, d in enumerate(group.decisions)}
            for block in level.blocks:
                if block.decisions and block.decisions[0] in place:
                    at = [place[d] for d in block.decisions]
                    for row, wording in enumerate(group.wordings):
                        table[row] += block.log_factor(tuple(wording[i] for i in at))
            found.append(table)
        return found

    def _fixed_rows(self) -> None:
        """A frame carries only where nothing said leads further in, and one of them has to."""
        for d, frames in enumerate(self._frames):
            if not frames:
                continue
            some = np.zeros(self._width)
            for m in frames:
                column = self._first_frame[d] + m
                some[column] = 1.0
                for decision, rungs in self._forms[d].levels[m].open_at.items():
                    row = np.zeros(self._width)
                    row[column] = -1.0
                    row[self._where(decision, rungs)] = 1.0
                    self._add(row, 0.0)
            self._add(some, 1.0)

    def _where(self, decision: int, rungs: frozenset[int]) -> list[int]:
        """The columns of the wordings in which a decision is on one of some rungs."""
        group = next(g for g in self._groups if decision in g.decisions)
        at = group.decisions.index(decision)
        return [group.first + i for i, wording in enumerate(group.wordings) if wording[at] in rungs]

    def _add(self, row: FloatArray, least: float) -> None:
        self._rows.append(row)
        self._least.append(least)

    def _ask_for(self, known: Mapping[int, int], is_better: Callable[[int, int], bool]) -> None:
        """From now on at least one decision is on a rung that compares with its known one as asked."""
        row = np.zeros(self._width)
        for group in self._groups:
            for i, wording in enumerate(group.wordings):
                if any(is_better(rung, known[d]) for d, rung in zip(group.decisions, wording, strict=True)):
                    row[group.first + i] = 1.0
        self._add(row, 1.0)

    def _solve(self) -> tuple[int, ...] | None:
        """The wording of every group in the optimum of the program as it is known so far."""
        self.solved += 1
        cost = np.zeros(self._width)
        one = np.zeros((len(self._groups), self._width))
        for g, group in enumerate(self._groups):
            one[g, group.first : group.first + len(group.wordings)] = 1.0
            for i, wording in enumerate(group.wordings):
                rungs = zip(group.decisions, wording, strict=True)
                cost[group.first + i] = sum(self._decisions[d].rungs[r].cost for d, r in rungs)
        constraints = [LinearConstraint(csr_array(one), 1.0, 1.0)]
        if self._rows:
            constraints.append(LinearConstraint(csr_array(np.array(self._rows)), np.array(self._least), np.inf))
        found = milp(
            cost, integrality=np.ones(self._width, dtype=np.int64), bounds=Bounds(0.0, 1.0), constraints=constraints,
            options={"mip_rel_gap": 0.0, "presolve": True},
        )  # fmt: skip
        if found.status == 2:
            return None
        if found.x is None or found.status != 0:
            raise RuntimeError(f"the solver ended with status {found.status}")
        return tuple(
            int(np.argmax(found.x[g.first : g.first + len(g.wordings)])) for g in self._groups
        )

    def _crowd(self, d: int, m: int, picked: Sequence[int]) -> FloatArray:
        total = self._forms[d].levels[m].constant.copy()
        for table, at in zip(self._values[d][m], picked, strict=True):
            total += table[at]
        return total

    def _counts(self, d: int, m: int, picked: Sequence[int]) -> bool:
        """Whether a frame counts under a choice."""
        rung = self._wordings(picked)
        return all(rung[i] in rungs for i, rungs in self._forms[d].levels[m].open_at.items())

    def _is_short(self, d: int, picked: Sequence[int]) -> bool:
        """Whether too many draws fall short in the outermost frame that counts, with those inside it."""
        outermost = next((m for m in range(len(self._forms[d].levels)) if self._counts(d, m, picked)), None)
        if outermost is None:
            return True
        crowd = np.maximum.reduce([self._crowd(d, m, picked) for m in range(outermost, len(self._forms[d].levels))])
        return self._falls_short(d, crowd)

    def _falls_short(self, d: int, crowd: FloatArray) -> bool:
        form = self._forms[d]
        return int(np.count_nonzero(crowd < form.needed)) > form.most_short

    def _cut(self, d: int, picked: Sequence[int]) -> None:
        """Cuts that every safe choice keeps and the picked one breaks, for each frame that may be the outermost."""
        levels = range(len(self._forms[d].levels))
        crowds = [self._crowd(d, m, picked) for m in levels]
        gains = [[t - t[at] for t, at in zip(self._values[d][m], picked, strict=True)] for m in levels]
        for outermost in levels:
            crowd = np.maximum.reduce(crowds[outermost:])
            if self._falls_short(d, crowd):
                inside = [np.maximum.reduce(group) for group in zip(*gains[outermost:], strict=True)]
                self._cut_in_frame(d, outermost, crowd, inside)

    def _cut_in_frame(self, d: int, outermost: int, crowd: FloatArray, gains: Sequence[FloatArray]) -> None:
        form = self._forms[d]
        order = np.argsort(crowd, kind="stable")
        for reach in _REACH:
            worst = order[: min(len(order), reach * (form.most_short + 1))]
            kept = len(worst) - form.most_short
            row = np.zeros(self._width)
            reachable = 0.0
            for group, gain in zip(self._groups, gains, strict=True):
                means = _mean_of_greatest(gain[:, worst], kept)
                row[group.first : group.first + len(group.wordings)] = means
                reachable += float(means.min())
            least = form.needed - float(_mean_of_greatest(crowd[None, worst], kept)[0])
            if self._frames[d]:
                # Where this frame is not the outermost one that counts, the row asks for nothing.
                slack = max(0.0, least - reachable)
                row[self._first_frame[d] + outermost] = -slack
                least -= slack
            self._add(row, least - _SLACK * max(1.0, abs(least)))


def _mean_of_greatest(values: FloatArray, count: int) -> FloatArray:
    """Per row the mean of its ``count`` greatest values."""
    length = values.shape[1]
    if count >= length:
        return np.asarray(values.mean(axis=1))
    top: npt.NDArray[np.float64] = np.partition(values, length - count, axis=1)[:, length - count :]
    return np.asarray(top.mean(axis=1))


def _merged(involved: Sequence[int], forms: Sequence[SumForm]) -> list[tuple[int, ...]]:
    """Decisions that share a block of any demand, in any frame, together."""
    groups: list[set[int]] = [{i} for i in involved]
    for block in (b for form in forms for level in form.levels for b in level.blocks):
        touched = [g for g in groups if g & set(block.decisions)]
        if len(touched) > 1:
            groups = [g for g in groups if g not in touched] + [set().union(*touched)]
    return sorted(tuple(sorted(g)) for g in groups)


def _groups(decisions: Sequence[Decision], involved: Sequence[int], forms: Sequence[SumForm]) -> list[_Group]:
    found: list[_Group] = []
    first = 0
    for group in _merged(involved, forms):
        wordings = tuple(product(*(range(len(decisions[i].rungs)) for i in group)))
        found.append(_Group(group, wordings, first))
        first += len(wordings)
    return found
