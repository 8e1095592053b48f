"""The crowd a household hides in: how many others fit everything said of it that an adversary can check.

Claims become constraints on variables (an attribute of the one who left, of a relative, or the date of one act).
A constraint holds with a weight: trust in the claim times the probability that its release is linked. Claims on
one variable share one fact, so a household that violates several of them stays with the smallest of
``1 - weight``; written over levels of weight, ``sum (w_k - w_k+1) P(all with weight >= w_k) + 1 - w_1``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from bearwitness.disclosure.adversaries import Adversary
from bearwitness.disclosure.frames import MEMBERSHIP, Allowed, Frame, Frames
from bearwitness.errors import ClaimError
from bearwitness.model.claims import Claim
from bearwitness.model.values import Codes, Days, ValueSet, intersect_values

FloatArray = npt.NDArray[np.float64]

# Attributes of which a household can have several at once; two claims about them never contradict each other.
EXISTENCE = frozenset({"kin", "trait", "act"})
LEAVER = "left"


class Constraint(NamedTuple):
    """One claim as the adversary uses it: a variable, what it may be, and how surely the claim binds."""

    attribute: str
    about: str
    allowed: ValueSet
    weight: float
    claim: str


def constrain(claim: Claim, *, about: str, weight: float = 1.0, allowed: ValueSet | None = None) -> Constraint:
    """The constraint a claim puts on a household; an act told as news may have happened ``lag_days`` before.

    Parameters
    ----------
    claim : Claim
        The claim.
    about : str
        The variable's owner: ``left`` for the one who left, else a person or act id.
    weight : float
        Probability in (0, 1] that the claim's release is linked to this household.
    allowed : ValueSet, optional
        What a less exact wording allows; the claim's own values if not given.
    """
    values = claim.values if allowed is None else allowed
    if isinstance(values, Days) and claim.lag_days:
        values = values.reaching_back(claim.lag_days)
    return Constraint(claim.attribute, about, values, claim.trust * weight, str(claim.id))


def check_constraints(constraints: Iterable[Constraint]) -> None:
    """Refuse claims that cannot all be true of one household.

    Raises
    ------
    ClaimError
        If two fully trusted claims contradict each other; names their ids.
    """
    seen: dict[tuple[str, str], tuple[ValueSet, str]] = {}
    for c in constraints:
        if c.allowed.is_empty:
            raise ClaimError(f"claim {c.claim} allows no value, so it fits no household.", hint="Correct the claim.")
        if c.attribute in EXISTENCE or c.weight < 1.0:
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


@dataclass(frozen=True, slots=True)
class Crowd:
    """Counts the others that fit, for one adversary, per posterior draw."""

    frames: Frames
    adversary: Adversary

    def checkable(self, c: Constraint) -> bool:
        """Whether the adversary can exclude anybody with this constraint."""
        if c.attribute not in self.adversary.checks:
            return False
        if c.attribute != "act":
            return True
        return isinstance(c.allowed, Codes) and c.allowed.codes <= self.adversary.act_leaves

    def level(self, constraints: Iterable[Constraint]) -> int:
        """Which frame the constraints lead the adversary to: 0 residents, 1 left, 2 acted."""
        levels = {"left": 1, "acted": 2}
        return max((levels[MEMBERSHIP[c.attribute]] for c in constraints if c.attribute in MEMBERSHIP), default=0)

    def others(self, constraints: Iterable[Constraint]) -> FloatArray:
        """Mean number of other households that fit, per draw.

        Parameters
        ----------
        constraints : iterable of Constraint
            All that is said of one household; those the adversary cannot check exclude nobody.

        Returns
        -------
        float64 array, shape (draws,)

        Raises
        ------
        ClaimError
            If no household of the frame fits (that is an error of the claim, never safety).
        """
        used = [c for c in constraints if self.checkable(c)]
        # Membership of a frame is layered like any other variable: what is only partly believed leaves the
        # outer frame's households in the crowd in proportion.
        total = np.zeros(len(self.frames.at(0).size))
        remaining = 1.0
        for level in (2, 1):
            weight = max((c.weight for c in used if self.level([c]) >= level), default=0.0)
            share = min(weight, remaining)
            if share > 0.0:
                total += share * self.others_at(level, used)
                remaining -= share
        if remaining > 1e-12:
            total += remaining * self.others_at(0, used)
        return total

    def others_at(self, level: int, used: Iterable[Constraint]) -> FloatArray:
        """The same within one frame: only what that frame's households can have is asked."""
        frame = self.frames.at(level)
        fit = np.maximum(frame.size - 1.0, 0.0)
        for (root, owner), block in self._blocks(frame, used).items():
            fit = fit * self._block_factor(self._population(frame, root, owner), block)
        return fit

    def _population(self, frame: Frame, root: str, owner: str) -> Frame:
        """Relatives who stayed are drawn from the residents, whatever the frame of the household."""
        residents = self.frames.at(0)
        stayed = owner not in ("", LEAVER) and root in residents.tables
        return residents if stayed else frame

    def _blocks(self, frame: Frame, used: Iterable[Constraint]) -> dict[tuple[str, str], list[Constraint]]:
        blocks: dict[tuple[str, str], list[Constraint]] = {}
        for c in used:
            if c.attribute == "status" or self.level([c]) > frame.level:
                continue
            owner = "" if c.attribute in EXISTENCE else c.about
            blocks.setdefault((frame.parent_of(c.attribute), owner), []).append(c)
        return blocks

    def _block_factor(self, frame: Frame, block: list[Constraint]) -> FloatArray:
        gaps = self.adversary.checks
        weighted = [(c, c.weight * (1.0 - gaps[c.attribute])) for c in block]
        steps = sorted({w for _, w in weighted}, reverse=True)
        factor = np.full(len(frame.size), 1.0 - steps[0])
        for i, step in enumerate(steps):
            lower = steps[i + 1] if i + 1 < len(steps) else 0.0
            strict = _strict([c for c, w in weighted if w >= step])
            part = frame.factor(strict)
            if step == steps[0] and not part.any():
                ids = ", ".join(sorted({c.claim for c in block}))
                raise ClaimError(
                    f"no household of frame {frame.id} fits claim {ids}.",
                    hint="Correct the claim; a claim that fits nobody is an error, not safety.",
                )
            factor = factor + (step - lower) * part
        return factor


def _strict(constraints: list[Constraint]) -> tuple[tuple[str, Allowed], ...]:
    wanted: dict[str, dict[ValueSet, None]] = {}
    for c in constraints:
        wanted.setdefault(c.attribute, {})[c.allowed] = None
    return tuple((a, tuple(sorted(s, key=repr))) for a, s in sorted(wanted.items()))

