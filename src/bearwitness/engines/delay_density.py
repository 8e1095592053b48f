"""What the delay model assumes, as a density: intensity, channels, delays, reports that come in bursts.

Acts of month t that channel c reports within the longest delay have mean L[t] * s[c]. The logarithm of L is an
autoregression around a level, s a softmax. The chance that an act of month t, not reported before, is reported at
delay d has log-odds g[c, d] + b[c, t + d]: g are smooth in d, and channels are drawn towards what they have in common;
b is an effect of the month of the report, heavy-tailed, so that one month may bring what many months held back. What
is left at the longest delay is reported there. Counts are negative binomial with variance (1 + k) times their mean;
sums of such counts are again such counts, so it does not matter how finely they are counted.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cache
from typing import Any, Final, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
import numpyro
import numpyro.distributions as dist
from jax.nn import softplus
from jax.scipy.special import gammaln
from numpyro.infer.util import potential_energy

from bearwitness.estimation.delay_priors import DelayPriors

Arrays = dict[str, Any]

# Parameters that say how large others are, in the order of their names' first use.
SCALES: Final = ("swing", "memory", "clumping", "delay_step", "channel_apart", "channel_step", "burst")
# The logistic distribution of this scale has standard deviation 1.
_LOGISTIC: Final = math.sqrt(3) / math.pi


class Shape(NamedTuple):
    """How many channels and months there are, and the longest delay."""

    channels: int
    months: int
    longest: int


class Seen(NamedTuple):
    """What is seen: how many delays of each month, and the cells with any report; cells of 0 reports fill up."""

    seen: Any
    channel: Any
    month: Any
    delay: Any
    count: Any
    priors: Any


def prior_numbers(priors: DelayPriors) -> Arrays:
    """Priors as what can be traced."""
    return {name: jnp.asarray(getattr(priors, name), dtype=float) for name in priors.__dataclass_fields__}


def seen_of(counts: Any, seen: Any, priors: DelayPriors, fewest: int) -> Seen:
    """What is seen, from counts of shape (channels, months, longest delay + 1) that are 0 where nothing can be.

    Cells with reports are filled up to ``fewest`` times a power of two.
    """
    channel, month, delay = np.nonzero(counts)
    room = fewest
    while room < len(channel):
        room *= 2
    cells = (channel, month, delay, counts[channel, month, delay].astype(float))
    filled = [jnp.asarray(np.pad(cell, (0, room - len(channel)))) for cell in cells]
    return Seen(jnp.asarray(seen), filled[0], filled[1], filled[2], filled[3], prior_numbers(priors))


def parameters(shape: Shape, priors: Arrays) -> Arrays:
    """Draw everything that is not known, each scale before what it scales; standard numbers are scaled by hand."""

    def normal(name: str, *size: int) -> Any:
        return numpyro.sample(name, dist.Normal(0, 1).expand(size).to_event(len(size)))

    def scale(name: str, spread: Any) -> Any:
        return numpyro.sample(name, dist.LogNormal(jnp.log(priors[name]), spread))

    drawn = {
        "level": numpyro.sample("level", dist.Normal(jnp.log(priors["acts"]), priors["acts_spread"])),
        "memory": numpyro.sample("memory", dist.Beta(priors["memory_stay"], priors["memory_leave"])),
        "clumping": scale("clumping", priors["clumping_spread"]),
        **{name: scale(name, priors["spread"]) for name in ("swing", "burst")},
        **{name: scale(name, priors["shape_spread"]) for name in ("delay_step", "channel_apart", "channel_step")},
        "share": normal("share", shape.channels),
        "months": normal("months", shape.months),
        "channels": normal("channels", shape.channels, shape.longest),
    }
    # The first of them is the level itself; these and no others are seen so well that they are drawn as they are.
    steps = jnp.where(jnp.arange(shape.longest) == 0, 1.0, drawn["delay_step"])
    drawn["delays"] = numpyro.sample("delays", dist.Normal(0, steps).to_event(1))
    drawn["bursts"] = numpyro.sample(
        "bursts", dist.Logistic(0, _LOGISTIC).expand((shape.channels, shape.months)).to_event(2)
    )
    return drawn


def log_intensity(drawn: Arrays, shape: Shape) -> Any:
    """The logarithm of the mean number of acts by month and channel; shape (channels, months)."""
    ages = jnp.arange(shape.months)
    lag = ages[:, None] - ages[None, :]
    fades = jnp.where(lag >= 0, jnp.exp(jnp.maximum(lag, 0) * jnp.log(drawn["memory"])), 0.0)
    fresh = jnp.where(ages == 0, 1.0, jnp.sqrt(1 - drawn["memory"] ** 2))
    swings = drawn["swing"] * (fades @ (fresh * drawn["months"]))
    return jax.nn.log_softmax(drawn["share"])[:, None] + drawn["level"] + swings[None, :]


def log_odds(drawn: Arrays, priors: Arrays) -> Any:
    """The log-odds to be reported at each delay but the longest, without bursts; shape (channels, longest delay)."""
    own = drawn["channels"]
    scale = jnp.where(jnp.arange(own.shape[1]) == 0, drawn["channel_apart"], drawn["channel_step"])
    return priors["delay_start"] + jnp.cumsum(drawn["delays"])[None, :] + jnp.cumsum(own * scale[None, :], axis=1)


def log_waiting(drawn: Arrays, shape: Shape, priors: Arrays) -> tuple[Any, Any]:
    """Logarithms of the share still waiting before each delay, and of the chance to be reported at it.

    Both have shape (channels, months, longest delay + 1). Delays after the last month stand for a time without bursts.
    """
    report = jnp.arange(shape.months)[:, None] + jnp.arange(shape.longest)[None, :]
    inside = report < shape.months
    bursts = jnp.where(inside, drawn["burst"] * drawn["bursts"][:, jnp.where(inside, report, 0)], 0.0)
    odds = log_odds(drawn, priors)[:, None, :] + bursts
    stays = softplus(odds)
    waiting = jnp.pad(-jnp.cumsum(stays, axis=2), ((0, 0), (0, 0), (1, 0)))
    chance = jnp.pad(odds - stays, ((0, 0), (0, 0), (0, 1)))
    return waiting, chance


def forecast_means(drawn: Arrays, data: Seen, shape: Shape) -> Arrays:
    """What the answer is made of: means by channel and month, the share still waiting, the share reported by delay.

    ``mean`` and ``waiting`` have shape (channels, months), ``reported_by``, in a time without bursts,
    (channels, longest delay + 1).
    """
    waiting, _ = log_waiting(drawn, shape, data.priors)
    stays = jnp.cumsum(softplus(log_odds(drawn, data.priors)), axis=1)
    by = jnp.concatenate([-jnp.expm1(-stays), jnp.ones((shape.channels, 1))], axis=1)
    return {"mean": jnp.exp(log_intensity(drawn, shape)), "waiting": _left(waiting, data, shape), "reported_by": by}


def delay_model(data: Seen, shape: Shape) -> None:
    """The model, given what is seen."""
    priors = data.priors
    drawn = parameters(shape, priors)
    intensity = log_intensity(drawn, shape)
    waiting, chance = log_waiting(drawn, shape, priors)
    clumping = drawn["clumping"]
    # Cells without a report need no more than the sum of the means.
    total = (jnp.exp(intensity) * (1 - _left(waiting, data, shape))).sum() / clumping
    where = (data.channel, data.month, data.delay)
    size = jnp.exp(intensity[data.channel, data.month] + waiting[where] + chance[where]) / clumping
    cells = gammaln(size + data.count) - gammaln(size) - gammaln(data.count + 1)
    numpyro.factor("seen", cells.sum() + data.count.sum() * (jnp.log(clumping) - jnp.log1p(clumping))
                   - total * jnp.log1p(clumping))  # fmt: skip


def _left(waiting: Any, data: Seen, shape: Shape) -> Any:
    """The share of the acts of each channel and month that is reported after all that is seen of it."""
    left = jnp.exp(waiting[:, jnp.arange(shape.months), jnp.minimum(data.seen, shape.longest)])
    return jnp.where(data.seen[None, :] > shape.longest, 0.0, left)


def unknowns(shape: Shape) -> Arrays:
    """Unconstrained parameters to start from: scales that are not large, all else at the middle of its prior."""
    sizes = {
        "share": (shape.channels,), "months": (shape.months,), "delays": (shape.longest,),
        "channels": (shape.channels, shape.longest), "bursts": (shape.channels, shape.months),
    }  # fmt: skip
    small = {name: jnp.asarray(-1.0) for name in SCALES}
    rest = {name: jnp.zeros(size) for name, size in sizes.items()}
    return {"level": jnp.asarray(2.0), **small, "memory": jnp.asarray(0.7), **rest}


@cache
def potential(shape: Shape) -> Callable[[Arrays, Seen], Any]:
    """The negative log-density of unconstrained parameters, up to a constant."""

    def negative(unconstrained: Arrays, data: Seen) -> Any:
        return potential_energy(delay_model, (data, shape), {}, unconstrained)

    return negative
