"""All values that a table of counts can be cut by, from the gazetteer and the vocabulary; made once."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING

from bearwitness.data.load import load_place_tree, load_vocabulary
from bearwitness.model.claims import KIN_LEAVES
from bearwitness.model.codec.context import ACTS_BY_RELATIVE

if TYPE_CHECKING:
    from bearwitness.disclosure.counts_regions import Domain


@cache
def load_domain() -> Domain:
    """All places, terms and codes there are."""
    # Loads slowly, and is needed only where a table of counts is read.
    from bearwitness.disclosure.counts_regions import Domain

    vocabulary = load_vocabulary()
    acts = vocabulary.lists.get("act", {})
    codes = {a for a in acts if a not in ACTS_BY_RELATIVE}
    codes |= {f"{a}/{leaf}" for a in ACTS_BY_RELATIVE & set(acts) for leaf in KIN_LEAVES}
    return Domain(
        below={
            "home": _children(load_place_tree().places),
            **{name: _children(vocabulary.lists.get(name, {})) for name in ("occupation", "route")},
        },
        codes={
            "act": frozenset(codes), "kin": frozenset(KIN_LEAVES), "sex": frozenset({"female", "male"}),
            "trait": frozenset(vocabulary.lists.get("trait", {})),
        },
    )  # fmt: skip


def _children(paths: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """What lies directly below each node of a tree written as paths; nodes that only stand in paths are nodes too."""
    every = {path[:i] for path in paths for i, c in enumerate(f"{path}/") if c == "/"}

    def parent(path: str) -> str:
        return path.rpartition("/")[0]

    ordered = sorted(every, key=lambda path: (parent(path), path))
    return {above: tuple(below) for above, below in groupby(ordered, key=parent)}

