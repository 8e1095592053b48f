"""Tables drawn from what a frame file says of them: counts with their posterior, priors with their spread."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np

from bearwitness.disclosure.tables import Categorical, Cells, Existence, FloatArray, Interval, Rare, Table, Tree
from bearwitness.errors import FrameError


def _dirichlet(rng: np.random.Generator, alpha: FloatArray, draws: int) -> FloatArray:
    if not (np.isfinite(alpha).all() and (alpha > 0.0).all()):
        raise FrameError("a table has a count that is not a positive number.", hint="Every cell needs a count above 0.")
    gamma = rng.standard_gamma(alpha, size=(draws, *alpha.shape))
    # A tiny floor keeps a draw of an almost empty cell from being an exact zero.
    gamma += 1e-12
    normal: FloatArray = gamma / gamma.sum(axis=-1, keepdims=True)
    return normal


def draw_table(spec: Mapping[str, Any], rng: np.random.Generator, draws: int) -> Table:
    """One table of a frame file, drawn ``draws`` times from its posterior.

    Parameters
    ----------
    spec : mapping
        A table as in a frame file (docs/reference/frames.md).
    rng : numpy Generator
        Source of randomness.
    draws : int
        How many draws.

    Returns
    -------
    Table

    Raises
    ------
    FrameError
        If the kind of table is unknown.
    """
    kind, given = spec.get("kind"), _given(spec)
    if kind == "categorical":
        return Categorical(tuple(spec["values"]), _draw_cells(spec, rng, draws), given)
    if kind == "interval":
        edges = np.array([date.fromisoformat(e).toordinal() for e in spec["edges"]], dtype=np.int64)
        return Interval(edges, _draw_cells(spec, rng, draws), given)
    if kind == "paths" and given:
        part = _draw_part(spec, rng, draws)
        return Tree(tuple(spec["leaves"]), _draw_cells(spec, rng, draws), part, given)
    if kind == "paths":
        leaves, columns = _draw_tree(spec["tree"], rng, draws, "", np.ones(draws))
        return Tree(tuple(leaves), np.stack(columns, axis=1), _draw_part(spec, rng, draws))
    if kind == "existence":
        return _draw_existence(spec, rng, draws)
    if kind == "rare":
        return Rare(np.minimum(1.0, rng.lognormal(np.log(spec["median"]), spec["sigma"], draws)))
    raise FrameError("a table has an unknown kind.", hint="Use categorical, interval, paths, existence or rare.")


def check_cells(tables: Mapping[str, Table], name: str) -> None:
    """Refuse tables of a frame that disagree about how many cells an attribute has.

    Parameters
    ----------
    tables : mapping of str to Table
        All tables of the frame, drawn.
    name : str
        The frame, for the message.

    Raises
    ------
    FrameError
        Naming the table.
    """
    cells = {a: t for a, t in tables.items() if isinstance(t, Cells)}
    for attribute, table in tables.items():
        if dependent := [p for p in table.parents if p not in cells]:
            raise FrameError(
                f"table {attribute} of frame {name} is given {dependent[0]}, which has no cells that exclude each"
                " other.", hint="Make it categorical, interval or paths.",
            )  # fmt: skip
        if attribute in cells:
            own = cells[attribute]
            wanted = (*(cells[p].shares.shape[-1] for p in own.parents), own.count)
            found = own.shares.shape[1:]
            if found != wanted:
                raise FrameError(
                    f"table {attribute} of frame {name} has {_by(found)} counts, and its values and those it is given"
                    f" ask for {_by(wanted)}.", hint="Correct the counts, or the list of values.",
                )  # fmt: skip


def _by(shape: tuple[int, ...]) -> str:
    return " by ".join(map(str, shape))


def _given(spec: Mapping[str, Any]) -> tuple[str, ...] | None:
    given = spec.get("given")
    return None if not given else (given,) if isinstance(given, str) else tuple(given)


def _draw_cells(spec: Mapping[str, Any], rng: np.random.Generator, draws: int) -> FloatArray:
    """Shares of cells, for each combination of the parents' cells by itself."""
    alpha = np.asarray(spec["alpha"], dtype=np.float64)
    # A table without parents is written as one row.
    return _dirichlet(rng, alpha if spec.get("given") else alpha.reshape(-1), draws)


def _draw_part(spec: Mapping[str, Any], rng: np.random.Generator, draws: int) -> FloatArray:
    """The share of a leaf that a node below it has."""
    below = spec["leaf_share"]
    part: FloatArray = np.minimum(1.0, rng.lognormal(np.log(below["median"]), below["sigma"], draws))
    return part


def _draw_tree(
    node: Mapping[str, Any], rng: np.random.Generator, draws: int, prefix: str, above: FloatArray
) -> tuple[list[str], list[FloatArray]]:
    names = list(node["alpha"])
    shares = _dirichlet(rng, np.array([node["alpha"][n] for n in names], dtype=np.float64), draws)
    leaves: list[str] = []
    drawn: list[FloatArray] = []
    for i, name in enumerate(names):
        here = above * shares[:, i]
        below = node.get("below", {}).get(name)
        if below is None:
            leaves.append(prefix + name)
            drawn.append(here)
        else:
            more, parts = _draw_tree(below, rng, draws, f"{prefix}{name}/", here)
            leaves += more
            drawn += parts
    return leaves, drawn


def _draw_existence(spec: Mapping[str, Any], rng: np.random.Generator, draws: int) -> Existence:
    """Each group has a beta prior per class (``a`` and ``b`` are numbers, or lists with one entry per class)."""
    alpha = np.asarray(spec.get("classes", {}).get("alpha", [1.0]), dtype=np.float64)
    weights = _dirichlet(rng, alpha, draws)
    leaves: list[str] = []
    columns: list[FloatArray] = []
    for group in spec["groups"].values():
        a, b = (np.broadcast_to(np.asarray(group[k], dtype=np.float64), alpha.shape) for k in ("a", "b"))
        base = np.maximum.accumulate(rng.beta(a, b, (draws, len(alpha))), axis=1)
        for leaf, weight in group["leaves"].items():
            leaves.append(leaf)
            columns.append(np.minimum(base * weight, 1.0 - 1e-9))
    return Existence(tuple(leaves), np.stack(columns, axis=2), weights)
