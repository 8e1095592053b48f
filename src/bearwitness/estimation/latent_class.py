"""The number of acts by latent classes: acts differ in how easily they are seen, lists are independent within a class.

Manrique-Vallier 2016 (Biometrics 72, 1246). Weights of up to ``classes`` classes by truncated stick breaking with
concentration alpha, alpha gamma-distributed, every list's chance in every class uniform, and N in inverse proportion
to N up to a cap. The published package has the cap 21 times the seen acts and does not say so; here it is an argument.

Assumption: every act had a chance to be seen by some list; a class that no list can see leaves no trace, and is not
counted. Acts are independent of each other given their class.

Two samplers that may find several modes were tried with the same sweeps. Sequential Monte Carlo (2,000 particles,
annealed from the prior, some 29 levels, 5 or 20 sweeps each) gave Kosovo's quantiles in 1.4 s, but on the five lists of
the Netherlands all seven runs ended in the mode near 140,000, with medians from 99,000 to 148,000, and none saw the one
near 49,000: the classes that make it arise at late levels only. Parallel tempering visits both modes from every seed
and was kept. How it weighs them still differs between seeds (medians 49,550 to 131,704 over twenty, 12,000 rounds
each), which R-hat shows and the cap refuses, from every one of them. A single chain stays in whichever mode it falls
into (four of six near 140,000) and says nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final

import numpy as np
import numpy.typing as npt

from bearwitness.estimation.latent_cap import cap_ratio
from bearwitness.estimation.latent_diagnostics import effective, r_hat, tail_effective
from bearwitness.estimation.latent_tempering import Problem, Replicate, go_on, problem_of, start
from bearwitness.estimation.lists import CaptureTable, check_estimable
from bearwitness.estimation.outcome import Check, ModelNumber, Refusal
from bearwitness.estimation.strata import CAP_RATIO

FloatArray = npt.NDArray[np.float64]

MOST_R_HAT: Final = 1.01
LEAST_EFFECTIVE: Final = 400.0
# The share of the cap above which a number is near it, and the most probability there.
NEAR_CAP: Final = 0.95
MOST_NEAR_CAP: Final = 0.005
# The most that half or twice the cap may move the middle or an end of the interval.
MOST_CAP_RATIO: Final = 1.25
# The most that the second prior may move the middle.
MOST_PRIOR_RATIO: Final = 2.0
# Jeffreys' prior for a chance: more weight on lists that hardly see a class than a uniform one has.
SECOND_PRIOR: Final = 0.5
_REPLICATES: Final = 4
# The first so many of each hundred draws are left out, over the rounds that set the ladder.
_WARM_UP: Final = 0.25
_FIRST_ROUNDS: Final = 400
_GROWTH: Final = 1.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """The ceiling of work: ``rounds`` of every replicate for the number, ``second`` for that under the second prior.

    What has not converged by then is refused. A round sweeps every level once.
    """

    rounds: int = 24_000
    second: int = 24_000

    def __post_init__(self) -> None:
        if min(self.rounds, self.second) < 100:
            raise ValueError("under a hundred rounds nothing can be said of convergence")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LatentEstimate:
    """The posterior of N, seen and unseen, and how far it may be trusted; `latent_number` judges.

    Attributes
    ----------
    stratum : str
        The id of the stratum.
    draws : numpy.ndarray
        Replicates by rounds, each a number N.
    most : int
        The cap on N.
    classes : int
        The most classes.
    rhat, effective, tail_effective : float
        As of `bearwitness.estimation.latent_diagnostics`.
    near_cap : float
        The largest share of a replicate's draws within 5 % of the cap.
    cap_ratio : float
        How many times half or twice the cap would move the median or the 97.5 % quantile, the largest.
    prior_ratio : float, optional
        How many times the second prior moves the median, either way. None where the number is refused already, or where
        the second did not converge.
    seed : int
        The seed; the same one gives the same draws on one machine.
    """

    stratum: str
    draws: FloatArray
    most: int
    classes: int
    rhat: float
    effective: float
    tail_effective: float
    near_cap: float
    cap_ratio: float
    prior_ratio: float | None
    seed: int

    @property
    def mean(self) -> float:
        """The posterior mean of N."""
        return float(self.draws.mean())

    def quantile(self, level: float) -> float:
        """The number that N is below with this probability, above 0 and below 1.

        Raises
        ------
        ValueError
            The level is outside.
        """
        if not 0 < level < 1:
            raise ValueError("a level is above 0 and below 1")
        return float(np.quantile(self.draws, level))

    @property
    def converged(self) -> bool:
        """Whether replicates agree and are long enough."""
        return self.rhat <= MOST_R_HAT and min(self.effective, self.tail_effective) >= LEAST_EFFECTIVE


def estimate_latent(
    table: CaptureTable,
    *,
    seed: int,
    classes: int = 10,
    most: int | None = None,
    alpha_shape: float = 0.25,
    alpha_rate: float = 0.25,
    effort: Effort | None = None,
) -> LatentEstimate:
    """Sample the posterior of N by four independent replicates of tempered levels, until they agree or effort ends.

    Parameters
    ----------
    table : CaptureTable
        Three to ten lists.
    seed : int
        0 or more.
    classes : int
        The most classes, at least 1.
    most : int, optional
        The largest N that is possible; 21 times the seen acts where None.
    alpha_shape, alpha_rate : float
        Of the gamma prior of the concentration; small values mean few classes.
    effort : Effort, optional
        The ceiling of work.

    Returns
    -------
    LatentEstimate
        It may not be trustworthy; ask `latent_number`.

    Raises
    ------
    EstimationError
        The table says too little (`check_estimable`).
    ValueError
        A setting is outside: the cap below the seen acts, no class, a prior that is none, a negative seed.
    """
    if seed < 0 or classes < 1 or not (0 < alpha_shape < np.inf and 0 < alpha_rate < np.inf):
        raise ValueError("a seed is 0 or more, there is at least one class, and a gamma prior is positive")
    check_estimable(table)
    most = CAP_RATIO * table.observed if most is None else most
    if most < table.observed:
        raise ValueError("the largest number possible is no less than the acts that were seen")
    effort = effort or Effort()
    first, second = np.random.SeedSequence(seed).spawn(2)
    uniform = problem_of(table, most=most, classes=classes, shape=alpha_shape, rate=alpha_rate)
    replicates = _sample(uniform, first, effort.rounds, LEAST_EFFECTIVE, MOST_R_HAT)
    draws = _kept([r.draws for r in replicates])
    found = LatentEstimate(
        stratum=table.stratum, draws=draws, most=most, classes=classes, rhat=r_hat(draws), effective=effective(draws),
        tail_effective=tail_effective(draws), near_cap=float((draws > NEAR_CAP * most).mean(axis=1).max()),
        cap_ratio=cap_ratio(draws, _kept([r.log_chance for r in replicates]), uniform, first), prior_ratio=None,
        seed=seed,
    )  # fmt: skip
    if not found.converged or _capped(found):
        return found
    jeffreys = problem_of(
        table, most=most, classes=classes, shape=alpha_shape, rate=alpha_rate, list_parameter=SECOND_PRIOR
    )
    return _with_prior(found, jeffreys, second, effort.second)


def _with_prior(found: LatentEstimate, problem: Problem, seeds: np.random.SeedSequence, rounds: int) -> LatentEstimate:
    """The same estimate with how far the second prior moves it, to no more precision than that asks for."""
    enough, agree = LEAST_EFFECTIVE / 4, 1.05
    draws = _kept([r.draws for r in _sample(problem, seeds, rounds, enough, agree)])
    if r_hat(draws) > agree or min(effective(draws), tail_effective(draws)) < enough:
        return found
    middle, other = found.quantile(0.5), float(np.median(draws))
    return LatentEstimate(
        stratum=found.stratum, draws=found.draws, most=found.most, classes=found.classes, rhat=found.rhat,
        effective=found.effective, tail_effective=found.tail_effective, near_cap=found.near_cap,
        cap_ratio=found.cap_ratio, prior_ratio=max(middle / other, other / middle), seed=found.seed,
    )  # fmt: skip


def _sample(
    problem: Problem, seeds: np.random.SeedSequence, rounds: int, enough: float, agree: float
) -> tuple[Replicate, ...]:
    """Go on until the replicates agree and are long enough, or each has had so many rounds."""
    replicates = tuple(start(problem, np.random.default_rng(s)) for s in seeds.spawn(_REPLICATES))
    done, aim = 0, min(_FIRST_ROUNDS, rounds)
    while True:
        for replicate in replicates:
            go_on(replicate, aim - done)
        draws = _kept([r.draws for r in replicates])
        done = aim
        settled = r_hat(draws) <= agree and min(effective(draws), tail_effective(draws)) >= enough
        if settled or done >= rounds:
            return replicates
        aim = min(ceil(_GROWTH * done), rounds)


def _kept(series: Sequence[FloatArray]) -> FloatArray:
    together = np.array(series)
    return together[:, int(_WARM_UP * together.shape[1]) :]


def _capped(found: LatentEstimate) -> bool:
    return found.near_cap > MOST_NEAR_CAP or found.cap_ratio > MOST_CAP_RATIO


def latent_number(estimate: LatentEstimate, *, level: float = 0.95) -> ModelNumber | Refusal:
    """The number of acts by this model, or why it gives none.

    Parameters
    ----------
    estimate : LatentEstimate
        From `estimate_latent`.
    level : float
        The probability of the interval, above 0 and below 1.

    Returns
    -------
    ModelNumber or Refusal
        A refusal where the cap makes the number (it is asked first: a mode at the cap is often what keeps replicates
        apart), where replicates have not converged, or where a second prior moves the median past twice or half.

    Raises
    ------
    ValueError
        The level is outside.
    """
    if not 0 < level < 1:
        raise ValueError("a level is above 0 and below 1")
    where = f"Stratum {estimate.stratum}"
    if _capped(estimate):
        what = f"{where}: the number leans on the largest that was thought possible, {estimate.most:,}."
        change = "More acts on two and three lists at once. A larger cap only where there is a reason for it."
        return Refusal(reason="at_cap", what=what, change=change, model="latent_class")
    if not estimate.converged:
        what = (f"{where}: simulated chains have not come to one answer (R-hat {estimate.rhat:.3f}, "
                f"{min(estimate.effective, estimate.tail_effective):.0f} independent draws).")  # fmt: skip
        change = "A longer run, or fewer lists whose acts are hardly on others."
        return Refusal(reason="not_converged", what=what, change=change, model="latent_class")
    if estimate.prior_ratio is None:
        what = f"{where}: simulated chains have not come to one answer under the second prior."
        change = "A longer run, or more acts on two and three lists at once."
        return Refusal(reason="not_converged", what=what, change=change, model="latent_class")
    if estimate.prior_ratio > MOST_PRIOR_RATIO:
        moved = f"{estimate.prior_ratio:.1f} times"
        what = f"{where}: the prior makes the number, not the lists: another one moves it {moved}."
        change = "More acts on two and three lists at once."
        return Refusal(reason="prior_dominates", what=what, change=change, model="latent_class")
    low, median, high = (estimate.quantile(end) for end in ((1 - level) / 2, 0.5, (1 + level) / 2))
    return ModelNumber(
        model="latent_class", low=low, median=median, high=high, level=level,
        log_spread=float(np.log(estimate.draws).std()),
        checks=(
            Check(name="r_hat", value=estimate.rhat, limit=MOST_R_HAT),
            Check(name="tail_effective", value=estimate.tail_effective, limit=LEAST_EFFECTIVE, least=True),
            Check(name="near_cap", value=estimate.near_cap, limit=MOST_NEAR_CAP),
            Check(name="prior", value=estimate.prior_ratio, limit=MOST_PRIOR_RATIO),
        ),
    )  # fmt: skip
