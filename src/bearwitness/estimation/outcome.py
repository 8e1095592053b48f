"""What is said of a stratum: one number of each model, and one that is given, or why none is.

No model is right, and each fails in another way: latent classes where hard-to-see acts are seen by nobody, decomposable
graphs where acts differ, log-linear models where lists share few acts, uneven visibility where lists feed each other.
Their numbers are shown beside each other, and
where they disagree none is given.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

# "pooled" is the number that is given, made of those of the models; see `bearwitness.estimation.agreement`.
Model = Literal["latent_class", "uneven", "decomposable", "log_linear", "pooled"]

Reason = Literal[
    "unreadable",  # the cells are no table of captures
    "too_few_lists",
    "not_estimable",  # no act, an empty list, one pattern, identical lists, one dominating list, lists apart
    "not_converged",
    "at_cap",
    "prior_dominates",
    "no_interval",
    "models_disagree",
    "too_few_models",
    "not_run",  # whatever this model had said, no number would have been given
    "linkage_undecided",  # some drawn clusterings carry no number
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that has to hold: ``value`` at most ``limit``, or at least it where ``least``."""

    name: str
    value: float
    limit: float
    least: bool = False

    @property
    def holds(self) -> bool:
        """Whether it does; no number never does."""
        return self.value >= self.limit if self.least else self.value <= self.limit


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelNumber:
    """What one model says of the number of acts, seen and unseen.

    ``low`` and ``high`` are the ends of the central interval of probability ``level``. ``log_spread`` is the standard
    deviation of the logarithm of the number, by which it is combined with others of the same model. ``checks`` are
    the diagnostics that it passed.
    """

    model: Model
    low: float
    median: float
    high: float
    level: float
    log_spread: float
    checks: tuple[Check, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why a model, or all of them (``model`` None), gives no number, and what would change that."""

    reason: Reason
    what: str
    change: str
    model: Model | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StratumOutcome:
    """All that is said of one stratum.

    ``cells`` are the acts of each pattern of lists that has any, as (pattern, acts), in the order of patterns.
    ``given`` is the number that may be used; None where it is refused, and then ``refusals`` has one with ``model``
    None. Nothing else but ``given`` may ever be passed on as an estimate.
    """

    stratum: str
    lists: tuple[str, ...]
    cells: tuple[tuple[str, float], ...]
    observed: int
    numbers: tuple[ModelNumber, ...]
    refusals: tuple[Refusal, ...]
    given: ModelNumber | None

    def __post_init__(self) -> None:
        if (self.given is None) != any(r.model is None for r in self.refusals):
            raise ValueError("a stratum has a number that is given, or a reason why none is, never both")
