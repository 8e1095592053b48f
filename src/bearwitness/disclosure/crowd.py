"""The crowd a household hides in: how many others fit everything said of it that an adversary can check.

Claims become constraints on variables (an attribute of the one who left, of a relative, or the date of one act).
The three frames lie within one another, so the households of a frame that fit are at least as many as those of any
frame inside it; the count is the greatest of these, which keeps it from growing when more is said.

An adversary's records have errors and gaps. They are not counted in the household's favour: with perfect records
the adversary knows more, and by Blackwell (1953, Ann. Math. Statist. 24, 265) its best choice can only succeed more
often. So the risk from perfect records bounds the risk from the real ones, whatever the error rates are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise, product
from math import prod
from typing import Any, NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from bearwitness.disclosure.adversaries import Adversary
from bearwitness.disclosure.frames import INNERMOST, MEMBERSHIP_LEVEL, Allowed, Frames, Population
from bearwitness.errors import ClaimError
from bearwitness.model.claims import Claim
from bearwitness.model.values import Codes, Days, NoneOf, ValueSet, intersect_values

FloatArray = npt.NDArray[np.float64]
# The tables that are asked together: the root attribute (or that these are rows) and whose variable it is.
BlockKey = tuple[str, str]

# Attributes of which a household can have several at once; two claims about them contradict each other only where one
# says that something is not there. Of an absent act a household of the innermost frame is taken to be told.
EXISTENCE = frozenset({"kin", "trait", "act"})
LEAVER = "left"


# All that is said of one household, without the ids of the claims that say it.
Said = tuple[tuple[str, str, ValueSet, float], ...]


class Constraint(NamedTuple):
    """One claim as the adversary uses it: a variable, what it may be, how far it is believed, and its claim's id."""

    attribute: str
    about: str
    allowed: ValueSet
    trust: float
    claim: str


def constrain(claim: Claim, *, about: str, lag_share: float, allowed: ValueSet | None = None) -> Constraint:
    """The constraint a claim puts on a household; an act told as news may have happened ``lag_days`` before.

    Parameters
    ----------
    claim : Claim
        The claim.
    about : str
        The variable's owner: ``left`` for the one who left, else a person or act id.
    lag_share : float
        How few of the days of a lag are counted (``Policy.lag_share``); 1 takes all of them as alike.
    allowed : ValueSet, optional
        What a less exact wording allows; the claim's own values if not given.
    """
    values = claim.values if allowed is None else allowed
    if isinstance(values, Days) and claim.lag_days:
        values = values.reaching_back(claim.lag_days, lag_share)
    return Constraint(claim.attribute, about, values, claim.trust, str(claim.id))


def check_constraints(constraints: Iterable[Constraint]) -> None:
    """Refuse claims that cannot all be true of one household.

    Raises
    ------
    ClaimError
        If two fully trusted claims contradict each other, or one allows nothing; names their ids.
    """
    seen: dict[tuple[str, str], tuple[ValueSet, str]] = {}
    certain: list[Constraint] = []
    for c in constraints:
        if c.allowed.is_empty:
            raise ClaimError(f"claim {c.claim} allows no value, so it fits no household.", hint="Correct the claim.")
        if c.attribute in EXISTENCE or c.trust < 1.0:
            certain += [c] if c.trust >= 1.0 else []
            continue
        key = (c.attribute, c.about)
        before = seen.get(key)
        common = c.allowed if before is None else intersect_values(before[0], c.allowed)
        if common.is_empty and before is not None:
            raise ClaimError(
                f"claims {before[1]} and {c.claim} about {c.attribute} contradict each other: no household fits.",
                hint="Correct one of them, or give the one that was changed on purpose a trust below 1.",
            )
        seen[key] = (common, c.claim)
    _check_absences(certain)


def _check_absences(certain: Sequence[Constraint]) -> None:
    """Refuse that a household has one of several things of which others say that it has none."""
    absences = [c for c in certain if isinstance(c.allowed, NoneOf)]
    for c in certain:
        against = [o for o in absences if o.attribute == c.attribute]
        if not isinstance(c.allowed, Codes) or not against:
            continue
        left = c.allowed.codes.difference(*(o.allowed.codes for o in against if isinstance(o.allowed, NoneOf)))
        if not left:
            ids = [o.claim for o in against if isinstance(o.allowed, NoneOf) and o.allowed.codes & c.allowed.codes]
            raise ClaimError(
                f"claims {', '.join(sorted({*ids, c.claim}))} about {c.attribute} contradict each other: "
                "no household has something and has it not.",
                hint="Correct one of them, or give the one that was changed on purpose a trust below 1.",
            )


class Narrowing(Protocol):
    """Something else that an adversary knows of a household, beside what is told of it."""

    def narrowed(self, crowd: Crowd, constraints: Sequence[Constraint], others: FloatArray) -> FloatArray:
        """Of the ``others`` that fit what is told, how many fit what else is known, per draw; never more."""
        ...


@dataclass(frozen=True, slots=True)
class Crowd:
    """Counts the others that fit, for one adversary, per posterior draw.

    ``known`` is what the adversary knows beside what is told, where that is one household's.
    """

    frames: Frames
    adversary: Adversary
    # What was asked before, by what was said; whoever asks decides what to keep.
    remembered: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)
    known: Narrowing | None = field(default=None, compare=False, repr=False)

    def knowing(self, known: Narrowing | None) -> Crowd:
        """The same, where the adversary knows something else too; what it remembers is kept apart."""
        if known is None:
            return self
        found: Crowd | None = self.remembered.get(known)
        if found is None:
            found = self.remembered[known] = replace(self, remembered={}, known=known)
        return found

    def checkable(self, c: Constraint) -> bool:
        """Whether the adversary can exclude anybody with this constraint."""
        if c.attribute not in self.adversary.checks:
            return False
        if c.attribute != "act":
            return True
        if isinstance(c.allowed, NoneOf):
            # A log that holds only some of these acts excludes whoever suffered one of those.
            return not c.allowed.codes.isdisjoint(self.adversary.act_leaves)
        return isinstance(c.allowed, Codes) and c.allowed.codes <= self.adversary.act_leaves

    def level(self, constraints: Iterable[Constraint]) -> int:
        """Which frame the constraints lead the adversary to: 0 residents, 1 left, 2 acted."""
        return max((MEMBERSHIP_LEVEL.get(c.attribute, 0) for c in constraints), default=0)

    def others(self, constraints: Iterable[Constraint]) -> FloatArray:
        """Mean number of other households that fit, per draw.

        Parameters
        ----------
        constraints : iterable of Constraint
            All that is said of one household; those the adversary cannot check exclude nobody.

        Returns
        -------
        float64 array, shape (draws,)
            Households; never fewer when a constraint is left out or allows more.

        Raises
        ------
        ClaimError
            If no household of any frame fits (that is an error of the claim, never safety).
        """
        if self.known is not None:
            told = list(constraints)
            plain = replace(self, known=None)
            return self.known.narrowed(plain, told, plain.others(told))
        used = [c for c in constraints if self.checkable(c)]
        if all(c.trust >= 1.0 for c in used):
            return self.count(self.level(used), used)
        # Membership of a frame is believed as far as the claims that imply it: what is only partly believed leaves
        # the outer frame's households in the crowd in proportion.
        total = np.zeros(self.frames.draws)
        remaining = 1.0
        for level in range(INNERMOST, -1, -1):
            trust = max((c.trust for c in used if MEMBERSHIP_LEVEL.get(c.attribute, 0) >= level), default=0.0)
            share = min(trust, remaining) if level else remaining
            if share > 0.0:
                inside = [c for c in used if MEMBERSHIP_LEVEL.get(c.attribute, 0) <= level]
                total += share * self.count(level, inside)
                remaining -= share
        return total

    def count(self, level: int, used: Sequence[Constraint]) -> FloatArray:
        """Households of one frame that fit checkable constraints: at least those of every frame inside it."""
        found = self.in_frame(level, used)
        for inner in range(level + 1, INNERMOST + 1):
            found = np.maximum(found, self.in_frame(inner, used))
        if not found.any():
            raise ClaimError(
                f"no household of frame {self.frames.at(level).id} fits {self._impossible(level, used)}.",
                hint="Correct the claim that is wrong; a claim that fits nobody is an error, not safety.",
            )
        return found

    def _impossible(self, level: int, used: Sequence[Constraint]) -> str:
        """The ids of the claims that cannot be true of anybody, together where no single one is to blame."""
        blocks = self.blocks(level, used).items()
        guilty = [c for key, block in blocks if not self.block_factor(level, key, block).any() for c in block]
        alone = [c for c in guilty if not self.in_frame(level, [c]).any()]
        ids = sorted({c.claim for c in alone or guilty or used})
        return f"claim {ids[0]}" if len(ids) == 1 else f"claims {', '.join(ids)} together"

    def in_frame(self, level: int, used: Iterable[Constraint]) -> FloatArray:
        """Expected others of one frame by its own tables."""
        frame = self.frames.at(level)
        fit = np.maximum(frame.size - 1.0, 0.0)
        for key, block in self.blocks(level, used).items():
            fit = fit * self.block_factor(level, key, block)
        return fit

    def blocks(self, level: int, used: Iterable[Constraint]) -> dict[BlockKey, list[Constraint]]:
        """The constraints by what must be asked together; ``status`` is membership and has no table."""
        frame, residents = self.frames.at(level), self.frames.at(0)
        found: dict[BlockKey, list[Constraint]] = {}
        for c in used:
            if c.attribute != "status":
                owner = "" if c.attribute in EXISTENCE else c.about
                stayed = owner not in ("", LEAVER) and c.attribute in residents.tables
                key = (residents if stayed else frame).block_of(c.attribute, owner)
                found.setdefault(key, []).append(c)
        return found

    def block_factor(self, level: int, key: BlockKey, block: Sequence[Constraint]) -> FloatArray:
        """P(a household of the frame fits all constraints of one block) per draw.

        Claims on one fact: what is believed only in part leaves those that violate it in the crowd with
        ``1 - trust``, and those that violate several with the smallest of these. Facts are believed independently.
        """
        frame = self._population(level, key, block)
        block = [self._logged(c) for c in block]
        if all(c.trust >= 1.0 for c in block):
            return frame.factor(_strict(block))
        facts: dict[str, list[Constraint]] = {}
        for c in block:
            facts.setdefault(frame.fact_of(c.attribute), []).append(c)
        factor = np.zeros(self.frames.draws)
        for beliefs in product(*map(_beliefs, facts.values())):
            kept = [c for _, believed in beliefs for c in believed]
            weight = prod(share for share, _ in beliefs)
            factor = factor + weight * (frame.factor(_strict(kept)) if kept else 1.0)
        return factor

    def _logged(self, c: Constraint) -> Constraint:
        """Of acts said not to have been done, those that the adversary has a log of; the others exclude nobody."""
        if c.attribute != "act" or not isinstance(c.allowed, NoneOf):
            return c
        return c._replace(allowed=NoneOf(c.allowed.codes & self.adversary.act_leaves))

    def _population(self, level: int, key: BlockKey, block: Sequence[Constraint]) -> Population:
        """Relatives who stayed are drawn from the residents, whatever the frame of the household.

        Not one of whom the text says that they left too: residents have no such table.
        """
        residents = self.frames.at(0)
        stayed = key[1] not in ("", LEAVER) and all(c.attribute in residents.tables for c in block)
        return residents if stayed else self.frames.at(level)


def _beliefs(fact: Sequence[Constraint]) -> list[tuple[float, list[Constraint]]]:
    """How probable it is that exactly these constraints of one fact exclude: all that are believed at least so far."""
    steps = sorted({c.trust for c in fact}, reverse=True)
    found: list[tuple[float, list[Constraint]]] = [(1.0 - steps[0], [])] if steps[0] < 1.0 else []
    for step, lower in pairwise([*steps, 0.0]):
        found.append((step - lower, [c for c in fact if c.trust >= step]))
    return found


def _strict(constraints: Sequence[Constraint]) -> tuple[tuple[str, Allowed], ...]:
    wanted: dict[str, dict[ValueSet, None]] = {}
    for c in constraints:
        wanted.setdefault(c.attribute, {})[c.allowed] = None
    return tuple((a, tuple(wanted[a])) for a in sorted(wanted))
