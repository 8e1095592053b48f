"""What must hold for a household before an adversary, as the search for the least change asks it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import product
from typing import Final

import numpy as np

from bearwitness.disclosure.crowd import EXISTENCE, BlockKey, Constraint, Crowd, FloatArray
from bearwitness.disclosure.crowd_risk import low_crowd, low_rank, risk_at, risk_of, spread_of
from bearwitness.disclosure.decisions import Choice, Decision, Missing
from bearwitness.disclosure.frames import INNERMOST, MEMBERSHIP_LEVEL
from bearwitness.disclosure.jigsaw import Household, crowds_of, joined_parts
from bearwitness.disclosure.sums import Block, Level, SumForm
from bearwitness.disclosure.wordings import Wording, checkable_wordings, said_under, wordings_of
from bearwitness.model.publication import Policy
from bearwitness.model.values import NoneOf

# The most combinations of other rungs over which a gain is bounded exactly; past it nothing is assumed.
_MOST_COMBINATIONS: Final = 256
_LEAST_CROWD: Final = 1e-12
# So many answers of a demand are kept (32 kB each) and then forgotten.
_MOST_REMEMBERED: Final = 3000
# Gains are bounded outside this share of the draws, and what is missing is taken at a quantile higher by it per
# decision: q(p + s; X) + q(1 - s; Y) is never below q(p; X + Y). Bounds over all draws would hang on one extreme draw.
_SHARE_ASIDE: Final = 0.01


@lru_cache(maxsize=1024)
def crowd_needed(threshold: float, capacity: int, odds: float) -> float:
    """The least mean number of others at which the pursuit risk is at or below a threshold (households)."""
    low, high = 0.0, 1.0
    while risk_at(high, capacity, odds) > threshold:
        high *= 2.0
        if high > 1e15:
            return math.inf
    for _ in range(80):
        middle = (low + high) / 2.0
        low, high = (middle, high) if risk_at(middle, capacity, odds) > threshold else (low, middle)
    return high


class CrowdDemand:
    """A household is safe for an adversary, joined with the ledger, under a choice of rungs.

    Parameters
    ----------
    household : Household
        The household.
    crowd : Crowd
        The adversary and its frames.
    policy : Policy
        Threshold, link probability, suspicion.
    decisions : sequence of Decision
        All decisions of the draft.
    """

    def __init__(
        self, household: Household, crowd: Crowd, policy: Policy, decisions: Sequence[Decision]
    ) -> None:
        self.household = household
        self.crowd = crowd
        self._policy = policy
        self._odds = policy.suspicion.get(str(household.id), 1.0)
        self._wordings = wordings_of(household, decisions, policy)
        self._options = checkable_wordings(self._wordings, crowd)
        self._knowing = crowd.knowing(household.tables)
        needed = crowd_needed(policy.threshold, crowd.adversary.capacity, self._odds)
        self._log_needed = math.log(max(needed, _LEAST_CROWD)) if needed < math.inf else math.inf
        self._certain = all(r.bound >= 1.0 for r in household.releases)
        self._fixed = [c for r in household.releases for c in r.constraints if crowd.checkable(c)]
        known = [c for c in (*self._fixed, *(c for o in self._options for c in o.constraints)) if c]
        self._is_plain = self._certain and all(c.trust >= 1.0 for c in known)
        draws = crowd.frames.draws
        self._aside = math.ceil(_SHARE_ASIDE * draws)
        self._gain_rank = max(0, draws - 1 - self._aside)
        self._logs: dict[tuple[int, BlockKey, tuple[int, ...]], FloatArray] = {}
        self._gains: dict[tuple[int, int], float] = {}
        self._base: Choice = (0,) * len(decisions)
        self._levels = tuple(range(self._lowest_level(), INNERMOST + 1))
        if self._levels[0] > 0:
            # That somebody left says nothing more where something else that stays implies it.
            self._options = tuple(o for o in self._options if o.attribute != "status")
        # What the adversary cannot check itself may still tell it which cell of a published table is meant.
        self._decisions = frozenset(o.decision for o in (self._wordings if household.tables else self._options))
        self._sizes = {m: _log(np.maximum(crowd.frames.at(m).size - 1.0, 0.0)) for m in self._levels}

    @property
    def decisions(self) -> frozenset[int]:
        """Indices of the decisions that can change what the adversary can check."""
        return self._decisions

    @property
    def is_monotone(self) -> bool:
        """Whether vaguer words can only lower the risk: not where a table contradicts the draft as it stands.

        What contradicts a table was not counted in it, and said more vaguely may read as if it had been.
        """
        return self.household.tables is None or self.household.tables.agrees(self.household.told)

    def _lowest_level(self) -> int:
        """The frame that stays certain even when everything is said as vaguely as can be."""
        last = [o.constraints[-1] for o in self._options]
        return self.crowd.level([c for c in (*self._fixed, *last) if c])

    def upper(self, choice: Choice) -> float:
        """Upper 95 % bound of the joined risk under a choice."""
        if self._is_plain:
            return risk_at(math.exp(self._low_joined(choice)), self.crowd.adversary.capacity, self._odds)
        changed = Household(
            id=self.household.id, label=self.household.label, claims=self.household.claims,
            draft=tuple(said_under(self._wordings, choice)), releases=self.household.releases,
            owners=self.household.owners,
        )  # fmt: skip
        crowds = crowds_of(joined_parts(changed, self._knowing), self._knowing)
        return risk_of(crowds, self.crowd.adversary.capacity, self._odds).upper

    def missing(self, choice: Choice, moving: int) -> Missing:
        """Nats of crowd that are missing; where links or trust are partial, the risk above the threshold."""
        if not self._is_plain:
            over = self.upper(choice) - self._policy.threshold
            return Missing(over, over)
        crowd = self._log_crowds(choice)
        low = low_rank(len(crowd))
        ranks = (low, min(len(crowd) - 1, low + self._aside * moving))
        ordered = np.partition(crowd, ranks)
        exact, relaxed = (self._log_needed - max(float(ordered[r]), math.log(_LEAST_CROWD)) for r in ranks)
        if self.household.tables is not None:
            # A table only adds to what is missing, so what holds without it bounds what can be made up.
            exact = self._log_needed - self._low_joined(choice)
        return Missing(exact, relaxed)

    def is_met(self, choice: Choice) -> bool:
        """Whether nothing is missing: at most so many draws fall short as the upper bound leaves aside."""
        if not self._is_plain:
            return self.missing(choice, 0).exact <= 0.0
        if self._log_needed <= math.log(_LEAST_CROWD):
            return True
        if self.household.tables is not None:
            return self._low_joined(choice) >= self._log_needed
        crowd = self._log_crowds(choice)
        return int(np.count_nonzero(crowd < self._log_needed)) <= low_rank(len(crowd))

    def _low_joined(self, choice: Choice) -> float:
        """The unfavourable end of the crowd, joined with published tables where there are any; in logarithms."""
        if self.household.tables is None:
            return max(low_crowd(self._log_crowds(choice)), math.log(_LEAST_CROWD))
        told = [*(c for r in self.household.releases for c in r.constraints), *said_under(self._wordings, choice)]
        return math.log(max(spread_of(self._knowing, told).low, _LEAST_CROWD))

    def _log_crowds(self, choice: Choice) -> FloatArray:
        used = [*self._fixed, *said_under(self._options, choice)]
        level = self.crowd.level(used)
        best = self._log_in_frame(level, used)
        for inner in range(level + 1, INNERMOST + 1):
            best = np.maximum(best, self._log_in_frame(inner, used))
        return best

    def _log_in_frame(self, level: int, used: Sequence[Constraint]) -> FloatArray:
        found = self._sizes[level]
        for key, block in self.crowd.blocks(level, used).items():
            found = found + self._log_factor(level, key, block)
        return found

    def _log_factor(self, level: int, key: BlockKey, block: Sequence[Constraint]) -> FloatArray:
        # Constraints are made once per rung and kept by this demand, so their identity is a key.
        name = (level, key, tuple(map(id, block)))
        found = self._logs.get(name)
        if found is None:
            if len(self._logs) >= _MOST_REMEMBERED:
                self._logs.clear()
            found = self._logs[name] = _log(self.crowd.block_factor(level, key, block))
        return found

    def sum_form(self) -> SumForm | None:
        """The demand as sums over blocks, where all claims are fully believed and all links certain."""
        if not self._is_plain or self._log_needed == math.inf or self.household.tables is not None:
            return None
        return SumForm(
            needed=max(self._log_needed, math.log(_LEAST_CROWD)), most_short=low_rank(self.crowd.frames.draws),
            levels=tuple(self._sum_in_frame(m) for m in self._levels),
        )  # fmt: skip

    def _sum_in_frame(self, level: int) -> Level:
        fixed = self.crowd.blocks(level, [c for c in self._fixed if MEMBERSHIP_LEVEL.get(c.attribute, 0) <= level])
        by_key: dict[BlockKey, list[Wording]] = {}
        open_at: dict[int, frozenset[int]] = {}
        for option in self._options:
            if MEMBERSHIP_LEVEL.get(option.attribute, 0) > level:
                silent = frozenset(r for r, c in enumerate(option.constraints) if c is None)
                open_at[option.decision] = open_at.get(option.decision, silent) & silent
                continue
            for key in self.crowd.blocks(level, [next(c for c in option.constraints if c)]):
                by_key.setdefault(key, []).append(option)
        constant = self._sizes[level]
        for key, block in fixed.items():
            if key not in by_key:
                constant = constant + self._log_factor(level, key, block)
        blocks = tuple(
            self._sum_block(level, key, options, fixed.get(key, [])) for key, options in sorted(by_key.items())
        )
        return Level(constant, blocks, open_at)

    def _sum_block(self, level: int, key: BlockKey, options: Sequence[Wording], fixed: Sequence[Constraint]) -> Block:
        decisions = tuple(sorted({o.decision for o in options}))

        def log_factor(rungs: tuple[int, ...]) -> FloatArray:
            at = dict(zip(decisions, rungs, strict=True))
            said = [*fixed, *(c for o in options if (c := o.constraints[at[o.decision]]) is not None)]
            # Asked once for each wording and kept by whoever asks.
            return _log(self.crowd.block_factor(level, key, said)) if said else np.zeros(self.crowd.frames.draws)

        return Block(decisions, log_factor)

    def gain(self, decision: int, rung: int, base: Choice) -> float:
        """Upper bound of the nats that a rung makes up, against that in ``base``, outside a share of the draws."""
        if base != self._base:
            self._base, self._gains = base, {}
        key = (decision, rung)
        found = self._gains.get(key)
        if found is None:
            found = self._gains[key] = self._bound_gain(decision, rung)
        return found

    def _now(self, option: Wording) -> Constraint | None:
        return option.constraints[self._base[option.decision]]

    def _bound_gain(self, decision: int, rung: int) -> float:
        mine = [o for o in self._options if o.decision == decision]
        if all(o.constraints[rung] is self._now(o) for o in mine):
            return 0.0
        if not self._is_plain:
            return math.inf
        leaves_frame = any(
            o.constraints[rung] is None and MEMBERSHIP_LEVEL.get(c.attribute, 0) > self._levels[0]
            for o in mine
            if (c := self._now(o)) is not None
        )
        if leaves_frame:
            return math.inf
        gains = self._gain_in_frame(self._levels[0], decision, rung)
        for m in self._levels[1:]:
            gains = np.maximum(gains, self._gain_in_frame(m, decision, rung))
        return max(0.0, float(np.partition(gains, self._gain_rank)[self._gain_rank]))

    def _gain_in_frame(self, level: int, decision: int, rung: int) -> FloatArray:
        def inside(constraints: Iterable[Constraint | None]) -> list[Constraint]:
            # A frame is asked only where nothing is said that leads further in.
            return [c for c in constraints if c and MEMBERSHIP_LEVEL.get(c.attribute, 0) <= level]

        everything = self.crowd.blocks(level, inside([*self._fixed, *map(self._now, self._options)]))
        touched = self.crowd.blocks(level, inside(self._now(o) for o in self._options if o.decision == decision))
        total = np.zeros(self.crowd.frames.draws)
        for key in touched:
            total = total + self._gain_in_block(level, key, decision, rung, everything[key])
        return total

    def _gain_in_block(
        self, level: int, key: BlockKey, decision: int, rung: int, block: Sequence[Constraint]
    ) -> FloatArray:
        """Per draw, the most that a rung makes up in one block, over all that the other decisions may say there."""
        here = [o for o in self._options if any(self._now(o) is c for c in block)]
        mine = [o for o in here if o.decision == decision]
        if any(isinstance(c.allowed, NoneOf) for c in block):
            # What is there and what is not go against each other: leaving one out may gain more beside the other.
            return np.full(self.crowd.frames.draws, math.inf)
        if key[0] in EXISTENCE:
            # Things a household has are positively associated (Harris 1960; and over ordered classes): whatever
            # else is said, leaving these out gains at most what they cost by themselves.
            changed = [self._now(o) for o in mine if o.constraints[rung] is not self._now(o)]
            return -self._factor_of(level, key, [c for c in changed if c is not None])
        others = [o for o in here if o.decision != decision]
        fixed = [c for c in block if any(c is f for f in self._fixed)]
        rungs = {o.decision: range(self._base[o.decision], len(o.constraints)) for o in others}
        if math.prod(map(len, rungs.values())) > _MOST_COMBINATIONS:
            return np.full(self.crowd.frames.draws, math.inf)
        worst = np.zeros(self.crowd.frames.draws)
        for combination in product(*rungs.values()):
            at = dict(zip(rungs, combination, strict=True))
            rest = [*fixed, *(c for o in others if (c := o.constraints[at[o.decision]]))]
            before = [*rest, *(c for o in mine if (c := self._now(o)))]
            after = [*rest, *(c for o in mine if (c := o.constraints[rung]))]
            worst = np.maximum(worst, self._factor_of(level, key, after) - self._factor_of(level, key, before))
        return worst

    def _factor_of(self, level: int, key: BlockKey, block: Sequence[Constraint]) -> FloatArray:
        return self._log_factor(level, key, block) if block else np.zeros(self.crowd.frames.draws)


def _log(values: FloatArray) -> FloatArray:
    found: FloatArray = np.log(np.maximum(values, _LEAST_CROWD))
    return found
