"""A model of agreement: comparisons with levels, and how probable each is of one thing and of two.

Levels of a comparison are asked from the best to the last; the last is "else". ``m`` is the probability of a level
for two records of one thing, ``u`` for those of two (Fellegi and Sunter 1969, J. Am. Statist. Assoc. 64, 1183). What is
unknown on either side weighs nothing: missing is a level, never a reason to drop a record.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from math import isclose

from bearwitness.linkage.conditions import Condition


@dataclass(frozen=True, slots=True)
class Level:
    """One level of agreement; ``condition`` is None for "else".

    ``frequency``: the column whose value's share in the population replaces ``u`` where it is known (the greater of
    the two records' shares), since agreement on a rare value says more.
    """

    name: str
    condition: Condition | None
    m: float | None = None
    u: float | None = None
    frequency: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is compared, by which levels; unknown where a record lacks one of the columns ``needs``."""

    name: str
    needs: tuple[str, ...]
    levels: tuple[Level, ...]

    def __post_init__(self) -> None:
        if not self.levels or self.levels[-1].condition is not None:
            raise ValueError(f"the last level of {self.name} must be else")
        if any(level.condition is None for level in self.levels[:-1]):
            raise ValueError(f"only the last level of {self.name} may be else")
        if self.levels[-1].frequency:
            raise ValueError(f"the last level of {self.name} agrees on no value that could be rare")


# Records that agree in all of these columns are compared; a set column is taken member by member.
Block = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkModel:
    """How two records of a layer are compared.

    ``prior`` is the probability that two records taken at random are of one thing. ``blocks``: only records that
    agree in all columns of one of them are compared; none: all are. ``frequencies``: per column the share of the
    population that has a value.
    """

    layer: str
    comparisons: tuple[Comparison, ...]
    prior: float
    blocks: tuple[Block, ...] = ()
    frequencies: Mapping[str, Mapping[str, float]] = field(default_factory=dict)

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that is compared or blocked on."""
        found: dict[str, None] = {}
        for comparison in self.comparisons:
            found.update(dict.fromkeys(comparison.needs))
            for level in comparison.levels:
                found.update(dict.fromkeys(level.condition.columns if level.condition else ()))
                found.update({level.frequency: None} if level.frequency else {})
        found.update({c: None for block in self.blocks for c in block})
        return tuple(found)

    @property
    def is_complete(self) -> bool:
        """Whether every level has its two probabilities, each adding to one over a comparison's levels."""
        for comparison in self.comparisons:
            for chances in ([x.m for x in comparison.levels], [x.u for x in comparison.levels]):
                if any(p is None for p in chances) or not isclose(sum(p or 0.0 for p in chances), 1.0, abs_tol=1e-6):
                    return False
        return True

    def with_chances(self, chances: Mapping[tuple[str, str], tuple[float, float]], prior: float) -> LinkModel:
        """The same model with other probabilities.

        Parameters
        ----------
        chances : mapping of (comparison, level) to (m, u)
            Those that are replaced.
        prior : float
            The probability that two records taken at random are of one thing.
        """
        comparisons = tuple(
            replace(c, levels=tuple(
                replace(x, m=chances[c.name, x.name][0], u=chances[c.name, x.name][1])
                if (c.name, x.name) in chances else x
                for x in c.levels
            ))
            for c in self.comparisons
        )  # fmt: skip
        return replace(self, comparisons=comparisons, prior=prior)
