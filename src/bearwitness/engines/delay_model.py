"""How many acts of each month will ever be reported: a Bayesian reporting triangle, sampled with numpyro.

The model is in `delay_density`. Beyond it, acts come later than the longest delay with a share that no report can tell
of: the caller states a beta prior for it, and the result repeats it. Assumptions that fail in this field: the delays of
a channel, bursts aside, do not change over the window; a channel's share of acts does not either; months are held
back independently, though one silent witness may hold back several.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib.util import find_spec
from typing import Final

import numpy as np
import numpy.typing as npt

from bearwitness.errors import EstimationError
from bearwitness.estimation.delay_priors import DelayPriors, TailPrior
from bearwitness.estimation.delay_result import DelayDraws, DelayEstimate, read_off
from bearwitness.estimation.outcome import Check
from bearwitness.estimation.triangle import ReportingTriangle, all_channels

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

# Cells with reports are filled up to a power of two from here on, so that few shapes are compiled.
_FEWEST_CELLS: Final = 64
# No month has more acts than this.
_MOST_ACTS: Final = 1e9
_FORECAST: Final = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class DelaySettings:
    """The most recent ``window`` months are used; ``priors`` are those of all but the tail.

    Chains are warmed up for ``warm_up`` draws each, and draw at least ``least`` and at most ``most`` times, in
    hundreds, until the checks hold. ``threads`` changes how long it takes and nothing else.
    """

    window: int = 36
    priors: DelayPriors = field(default_factory=DelayPriors)
    chains: int = 4
    warm_up: int = 300
    least: int = 300
    most: int = 2400
    threads: int = 2

    def __post_init__(self) -> None:
        hundreds = (self.warm_up, self.least, self.most)
        if self.window < 2 or self.chains < 2 or self.threads < 1 or any(n < 100 or n % 100 for n in hundreds):
            raise ValueError("two months and two chains at least, and draws in hundreds")


def estimate_delays(
    imputations: Sequence[Mapping[str, ReportingTriangle]], *, tail: TailPrior, seed: int, level: float = 0.95,
    settings: DelaySettings | None = None,
) -> DelayEstimate:  # fmt: skip
    """Estimate how many acts of each month there are that will be reported at all.

    Parameters
    ----------
    imputations : sequence of mappings of str to ReportingTriangle
        A triangle for each channel, all of the same months and delays; several such where dates of acts are
        uncertain and were drawn, one where they are known. A last month that is not over is left out.
    tail : TailPrior
        Of the share of acts that come later than the longest delay.
    seed : int
        Same seed, same answer on the same machine.
    level : float
        Probability of the intervals, between 0 and 1.
    settings : DelaySettings, optional
        Window, priors and length of the chains.

    Raises
    ------
    EstimationError
        numpyro is missing; a triangle does not fit, has a negative cell, no report, or no month that is seen whole; the
        chains do not agree.
    ValueError
        A setting is out of range.
    """
    chosen = settings or DelaySettings()
    each = [
        delay_draws(triangles, tail=tail, seed=seed + place, settings=chosen)
        for place, triangles in enumerate(imputations)
    ]
    return read_off(each, level=level, tail=tail, priors=chosen.priors, seed=seed)


def delay_draws(
    triangles: Mapping[str, ReportingTriangle], *, tail: TailPrior, seed: int, settings: DelaySettings | None = None,
    strict: bool = True,
) -> DelayDraws:  # fmt: skip
    """Draw from the posterior, given one set of dates.

    Parameters are those of `estimate_delays`. Without ``strict``, draws are returned though the checks do not hold;
    they are for calibration, where refusing some would bias the rest.

    Raises
    ------
    EstimationError, ValueError
        As there.
    """
    require_numpyro()
    chosen = settings or DelaySettings()
    whole = {channel: _recent(triangle.whole(), chosen.window) for channel, triangle in triangles.items()}
    total = _checked(whole, triangles)
    drawn = _sample(whole, chosen, seed)
    broken = [check for check in drawn.checks if not check.holds]
    if broken and strict:
        said = ", ".join(f"{c.name} {c.value:.4g} (limit {c.limit:g})" for c in broken)
        raise EstimationError(f"the chains of the delay model do not agree well enough: {said}.",
                              hint="Draw longer, take a shorter longest delay, or join small channels.")  # fmt: skip
    in_time, ever = _forecast(drawn, total, tail, np.random.default_rng([seed, _FORECAST]))
    return DelayDraws(
        periods=total.periods, channels=tuple(whole), reported=total.reported, open_months=total.seen <= total.longest,
        in_time=in_time, ever=ever, reported_by=drawn.reported_by, scales=drawn.scales, checks=drawn.checks,
        left_out=next((t.periods[-1] for t in triangles.values() if t.partial), None),
    )  # fmt: skip


def require_numpyro() -> None:
    """Say what is missing where the extra ``bayes`` is not installed.

    Raises
    ------
    EstimationError
        It is not.
    """
    if find_spec("numpyro") is None or find_spec("jax") is None:
        raise EstimationError("The delay model's sampler is not installed.",
                              hint="Install it: pip install 'bearwitness[bayes]'")  # fmt: skip


def _recent(triangle: ReportingTriangle, window: int) -> ReportingTriangle:
    return replace(triangle, periods=triangle.periods[-window:], counts=triangle.counts[-window:],
                   seen=triangle.seen[-window:])  # fmt: skip


def _checked(whole: Mapping[str, ReportingTriangle], given: Mapping[str, ReportingTriangle]) -> ReportingTriangle:
    """All channels together, once nothing is wrong with any."""
    try:
        all_channels(given)
    except ValueError:
        raise EstimationError("the channels' triangles are not of the same months and delays.",
                              hint="Count all channels at once, from the same first month.") from None  # fmt: skip
    total = all_channels(whole)
    if total.longest < 1 or total.seen[0] <= total.longest:
        raise EstimationError(f"no month from {total.periods[0]} on is seen up to {total.longest} months later.",
                              hint="Take earlier months in, or a shorter longest delay, of 1 at least.")  # fmt: skip
    for channel, triangle in whole.items():
        if (triangle.counts < 0).any():
            place = int(np.argwhere((triangle.counts < 0).any(axis=1))[0][0])
            raise EstimationError(f"channel {channel}, {triangle.periods[place]}: a count is negative.",
                                  hint="A cell is a number of reports: 0, 1, 2 and so on. Correct it.")  # fmt: skip
        if not triangle.counts[triangle.cells].any():
            raise EstimationError(f"channel {channel}: nothing is reported from {total.periods[0]} on.",
                                  hint="Leave the channel out, or take earlier months in.")  # fmt: skip
    return total


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Sampled:
    """Draws of the means and the shares still waiting, shape (draws, channels, months), and of all that is shared."""

    mean: FloatArray
    waiting: FloatArray
    reported_by: FloatArray
    scales: dict[str, FloatArray]
    checks: tuple[Check, ...]


def _sample(whole: Mapping[str, ReportingTriangle], settings: DelaySettings, seed: int) -> _Sampled:
    from bearwitness.engines import delay_checks as checking
    from bearwitness.engines import delay_density as density
    from bearwitness.engines import delay_sampling as sampling

    first = next(iter(whole.values()))
    counts = np.stack([np.where(t.cells, t.counts, 0) for t in whole.values()])
    shape = density.Shape(channels=len(whole), months=len(first.periods), longest=first.longest)
    block = sampling.BLOCK
    plan = sampling.Plan(chains=settings.chains, warm_up=settings.warm_up // block, least=settings.least // block,
                         most=settings.most // block, threads=settings.threads)  # fmt: skip
    with sampling.exact_numbers():
        data = density.seen_of(counts, first.seen, settings.priors, _FEWEST_CELLS)

        def told(drawn: sampling.Drawn) -> tuple[dict[str, FloatArray], tuple[Check, ...]]:
            named = sampling.answers(drawn, data, shape)
            return named, checking.checks_of(named, drawn.divergences, drawn.flat.shape[0] * drawn.flat.shape[1])

        drawn = sampling.draw(data, shape, plan, seed, lambda so_far: all(c.holds for c in told(so_far)[1]))
        named, checks = told(drawn)
    flat = {name: values.reshape(-1, *values.shape[2:]) for name, values in named.items()}
    mean, waiting, by = (flat.pop(name) for name in ("mean", "waiting", "reported_by"))
    return _Sampled(mean=mean, waiting=waiting, reported_by=by, scales=flat, checks=checks)


def _forecast(
    drawn: _Sampled, total: ReportingTriangle, tail: TailPrior, rng: np.random.Generator
) -> tuple[IntArray, IntArray]:
    """Draws of what each month comes to, within the longest delay and ever; shape (draws, months)."""
    clumping = drawn.scales["clumping"][:, None]
    ahead = (drawn.mean * drawn.waiting).sum(axis=1)
    late = rng.beta(tail.late, tail.in_time, size=(len(ahead), 1))
    with np.errstate(divide="ignore", over="ignore"):
        later = drawn.mean.sum(axis=1) * late / (1 - late)
    if not (np.isfinite(later).all() and max(ahead.max(), later.max()) < _MOST_ACTS):
        raise EstimationError("the model allows more acts in a month than can be counted.",
                              hint="Take a prior of the tail that is surely below 1, or a longer window.")  # fmt: skip
    # Sums of negative binomial counts of the same clumping are such counts again.
    in_time, beyond = (rng.poisson(rng.gamma(mean / clumping) * clumping) for mean in (ahead, later))
    in_time = in_time + total.reported
    return in_time, in_time + beyond
