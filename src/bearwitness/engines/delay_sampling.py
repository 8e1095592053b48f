"""Draws from the delay model: the no-U-turn sampler in coordinates in which the posterior is about round.

A few hundred unknowns that are tied together (each month's intensity to the delays) make the sampler slow as they
stand. The highest point of the density is no help: there all scales are far larger than the posterior says. So the
scales are held, the highest point of the rest is looked for, and the curvature there gives linear coordinates; one
short chain in them tells what the scales are about, and the same is done again for the chains that count. That changes
how long it takes, not what is drawn from: the checks tell whether it was good enough, and more is drawn until they
hold. All is compiled once for each shape.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache
from typing import Any, Final, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
import numpy.typing as npt
from jax.flatten_util import ravel_pytree
from numpyro.infer.hmc import hmc
from numpyro.infer.util import constrain_fn
from numpyro.util import fori_collect
from scipy.optimize import minimize

from bearwitness.engines.delay_density import SCALES, Seen, Shape, delay_model, forecast_means, potential, unknowns

FloatArray = npt.NDArray[np.float64]

# So many steps are compiled as one.
BLOCK: Final = 100
# Curvatures below this (a prior alone has about 1) are taken as this.
_FLATTEST: Final = 0.5
# Chains start this much further out than the posterior is wide.
_APART: Final = 1.5
_ACCEPTANCE: Final = 0.85
_DEEPEST: Final = 9
_CLIMB: Final = 1000


class Plan(NamedTuple):
    """How often is drawn, in blocks: to warm up, at least, and at most; and by how many threads."""

    chains: int = 4
    warm_up: int = 3
    least: int = 4
    most: int = 24
    threads: int = 2


class Drawn(NamedTuple):
    """Flat unconstrained parameters, shape (chains, draws, unknowns), and how many draws diverged."""

    flat: FloatArray
    divergences: int


@contextmanager
def exact_numbers() -> Iterator[None]:
    """Double precision on the processor, whatever else the process does with jax: the same seed, the same answer."""
    with jax.enable_x64(True), jax.default_device(jax.devices("cpu")[0]):
        yield


def draw(data: Seen, shape: Shape, plan: Plan, seed: int, enough: Callable[[Drawn], bool]) -> Drawn:
    """Draw from the posterior until ``enough`` is drawn, or the plan's most; to be called within `exact_numbers`."""
    pilot_key, *keys = jax.random.split(jax.random.key(seed), plan.chains + 1)
    coordinates = _rounded(data, shape, np.asarray(ravel_pytree(unknowns(shape))[0]))
    pilot = _Chain(shape, plan, pilot_key, data, coordinates)
    pilot.advance(plan.warm_up)
    coordinates = _rounded(data, shape, pilot.advance(1)[0].mean(axis=0))
    with ThreadPoolExecutor(max_workers=plan.threads) as pool:
        chains = list(pool.map(lambda key: _Chain(shape, plan, key, data, coordinates), keys))
        list(pool.map(lambda chain: chain.advance(plan.warm_up), chains))
        blocks, wanted = [], plan.least
        while True:
            blocks += list(zip(*pool.map(lambda chain: [chain.advance(1) for _ in range(wanted)], chains), strict=True))
            drawn = Drawn(
                flat=np.stack([np.concatenate([of[0] for of in column]) for column in zip(*blocks, strict=True)]),
                divergences=sum(int(of[1].sum()) for row in blocks for of in row),
            )
            if len(blocks) + plan.least > plan.most or enough(drawn):
                return drawn


def answers(drawn: Drawn, data: Seen, shape: Shape) -> dict[str, FloatArray]:
    """All that an answer is made of: scales, the level, and `forecast_means`, each of shape (chains, draws, ...)."""
    return {name: np.asarray(values, dtype=np.float64) for name, values in _answers(shape)(drawn.flat, data).items()}


class _Chain:
    """One chain: where it is, and its next draws."""

    def __init__(self, shape: Shape, plan: Plan, key: Any, data: Seen, coordinates: tuple[Any, Any]) -> None:
        self._begin, self._block = _machine(shape, plan.warm_up * BLOCK)
        self._given = (data, *coordinates)
        with exact_numbers():
            self._state = self._begin(key, *self._given)

    def advance(self, blocks: int) -> tuple[FloatArray, FloatArray]:
        """The last of so many blocks of draws, shape (BLOCK, unknowns), and which of them diverged."""
        with exact_numbers():
            for _ in range(blocks):
                (flat, diverging), self._state = self._block(self._state, *self._given)
            return np.asarray(flat), np.asarray(diverging)


@cache
def _flat(shape: Shape) -> tuple[Any, Any, Any]:
    """The potential of a flat vector; with its gradient; and its matrix of second derivatives."""
    _, unravel = ravel_pytree(unknowns(shape))
    energy = potential(shape)

    def of_vector(vector: Any, data: Seen) -> Any:
        return energy(unravel(vector), data)

    return of_vector, jax.jit(jax.value_and_grad(of_vector)), jax.jit(jax.hessian(of_vector))


def _rounded(data: Seen, shape: Shape, start: FloatArray) -> tuple[Any, Any]:
    """The highest point of the density at the scales given, and a matrix from round coordinates to its surroundings."""
    _, slope, curvature = _flat(shape)
    held = {name: jnp.full_like(value, float(name in SCALES)) for name, value in unknowns(shape).items()}
    free = np.asarray(ravel_pytree(held)[0]) == 0
    place = np.array(start)

    def down(moved: FloatArray) -> tuple[float, FloatArray]:
        place[free] = moved
        value, gradient = slope(jnp.asarray(place), data)
        return float(value), np.asarray(gradient)[free]

    found = minimize(down, place[free], jac=True, method="L-BFGS-B", options={"maxiter": _CLIMB})
    place[free] = found.x
    values, vectors = np.linalg.eigh(np.asarray(curvature(jnp.asarray(place), data)))
    return jnp.asarray(place), jnp.asarray(vectors / np.sqrt(np.maximum(values, _FLATTEST)))


@cache
def _machine(shape: Shape, warm_up: int) -> tuple[Any, Any]:
    """The first state of a chain, and a block of steps from any state, both compiled."""
    of_vector, _, _ = _flat(shape)

    def energy(data: Seen, centre: Any, spread: Any) -> Any:
        return lambda z: of_vector(centre + spread @ z, data)

    def begun(start: Any, key: Any, given: Any) -> tuple[Any, Any]:
        begin, step = hmc(potential_fn_gen=energy, algo="NUTS")
        state = begin(start, warm_up, step_size=0.2, target_accept_prob=_ACCEPTANCE, max_tree_depth=_DEEPEST,
                      model_args=given, rng_key=key)  # fmt: skip
        return state, step

    def first(key: Any, *given: Any) -> Any:
        start_key, run_key = jax.random.split(key)
        return begun(_APART * jax.random.normal(start_key, given[1].shape), run_key, given)[0]

    def block(state: Any, *given: Any) -> Any:
        # The kernel has to be set up before it steps; what it would begin with is not used.
        _, step = begun(state.z, state.rng_key, given)
        _, centre, spread = given
        return fori_collect(
            0, BLOCK, lambda s: step(s, model_args=given), state, progbar=False, return_last_val=True,
            transform=lambda s: (centre + spread @ s.z, s.diverging),
        )  # fmt: skip

    return jax.jit(first), jax.jit(block)


@cache
def _answers(shape: Shape) -> Any:
    _, unravel = ravel_pytree(unknowns(shape))

    def one(vector: Any, data: Seen) -> Any:
        drawn = constrain_fn(delay_model, (data, shape), {}, unravel(vector))
        return {name: drawn[name] for name in ("level", *SCALES)} | forecast_means(drawn, data, shape)

    return jax.jit(jax.vmap(jax.vmap(one, in_axes=(0, None)), in_axes=(0, None)))
