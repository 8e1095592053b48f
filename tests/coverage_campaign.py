"""How often the interval that is given has the truth, over invented worlds of five kinds, and how often none is given.

``run_scenario`` is the whole proof of one scenario; with a cache it goes on where it was stopped.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from capture_worlds import SCENARIOS, Scenario, capture_world
from scipy.stats import binom

from bearwitness.engines.estimate_cache import EstimateCache
from bearwitness.engines.strata_processes import estimate_strata
from bearwitness.estimation.outcome import Model, ModelNumber, StratumOutcome
from bearwitness.estimation.strata import MODELS, task_of

# Set before the first run.
SEED = 7301
LEVEL = 0.95


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """Of so many worlds, how many had a number, and how many of these intervals were below, above, or had the truth."""

    worlds: int
    given: int
    too_low: int
    too_high: int

    @property
    def holding(self) -> int:
        """How many intervals had the truth."""
        return self.given - self.too_low - self.too_high

    @property
    def share(self) -> float:
        """The share of intervals that had the truth; 1 of none."""
        return self.holding / self.given if self.given else 1.0

    @property
    def refused(self) -> float:
        """The share of worlds without a number."""
        return 1 - self.given / self.worlds

    def least(self, *, chance: float) -> int:
        """How many intervals at 95 % would have the truth at the least, but for so small a chance."""
        return int(binom.ppf(chance, self.given, LEVEL))


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioCoverage:
    """One scenario: the number that is given, each model's, and why none was given."""

    scenario: str
    given: Covered
    by_model: dict[Model, Covered]
    reasons: Counter[str]


def run_scenario(
    scenario: Scenario, *, worlds: int, seed: int = SEED, workers: int = 1, cache: EstimateCache | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> ScenarioCoverage:  # fmt: skip
    """Estimate every world of a scenario with every model, and count."""
    drawn = [capture_world(scenario, seed, index) for index in range(worlds)]
    tasks = [task_of(world.table, seed=seed) for world in drawn]
    outcomes = estimate_strata(tasks, workers=workers, cache=cache, progress=progress)
    return count_coverage(scenario.name, [world.acts for world in drawn], outcomes)


def count_coverage(name: str, truths: Sequence[int], outcomes: Sequence[StratumOutcome]) -> ScenarioCoverage:
    """Compare outcomes with the truths."""
    said = {model: [next((x for x in o.numbers if x.model == model), None) for o in outcomes] for model in MODELS}
    reasons = Counter(
        f"{x.model or 'all'}: {x.reason}" for outcome in outcomes for x in outcome.refusals if outcome.given is None
    )
    return ScenarioCoverage(
        scenario=name, given=_covered(truths, [outcome.given for outcome in outcomes]),
        by_model={model: _covered(truths, numbers) for model, numbers in said.items()}, reasons=reasons,
    )  # fmt: skip


def _covered(truths: Sequence[int], numbers: Sequence[ModelNumber | None]) -> Covered:
    given = [(truth, number) for truth, number in zip(truths, numbers, strict=True) if number is not None]
    return Covered(
        worlds=len(truths), given=len(given), too_low=sum(number.high < truth for truth, number in given),
        too_high=sum(number.low > truth for truth, number in given),
    )  # fmt: skip


def prove_coverage(
    *, worlds: int = 500, seed: int = SEED, workers: int = 2, cache: EstimateCache | None = None
) -> list[ScenarioCoverage]:
    """Every scenario, one after the other."""
    return [run_scenario(x, worlds=worlds, seed=seed, workers=workers, cache=cache) for x in SCENARIOS]
