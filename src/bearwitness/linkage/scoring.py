"""The plain reference scorer: the weight of agreement of two records, in bits, and how probable it makes one thing.

Every engine must give the same (tests/integration). It is fast enough for one case, and for one new account.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, product
from math import exp2, log2
from typing import NamedTuple

from bearwitness.linkage.conditions import Record, both_know, is_known
from bearwitness.linkage.model import Block, Comparison, Level, LinkModel

# What a comparison says where one of the records does not tell.
MISSING = "missing"
# A level that never occurs among a few records is rare, not impossible.
_LEAST = 1e-9


class Scored(NamedTuple):
    """Two records: their ids in order, the weight of all agreement in bits (prior included), and its probability."""

    one: str
    other: str
    weight: float
    probability: float
    levels: tuple[tuple[str, str], ...] = ()


def level_of(comparison: Comparison, one: Record, other: Record) -> Level | None:
    """The best level that holds of two records; None where a needed column is unknown on either side."""
    if not both_know(one, other, comparison.needs):
        return None
    for level in comparison.levels:
        if level.condition is None or level.condition.holds(one, other):
            return level
    raise ValueError(f"{comparison.name} has no else")


def weight_of(level: Level, one: Record, other: Record, frequencies: Mapping[str, Mapping[str, float]]) -> float:
    """Bits that a level adds: log2(m / u), u being the population's share of the value where that is known."""
    if level.m is None or level.u is None:
        raise ValueError(f"level {level.name} has no probabilities yet")
    u = level.u
    if level.frequency:
        known = frequencies.get(level.frequency, {})
        shares = [known.get(str(r.get(level.frequency))) for r in (one, other)]
        told = [s for s in shares if s is not None]
        u = max(told) if told else u
    return log2(max(level.m, _LEAST)) - log2(max(u, _LEAST))


def score_pair(model: LinkModel, one: Record, other: Record) -> Scored:
    """Score two records.

    Parameters
    ----------
    model : LinkModel
        Complete: every level has its probabilities.
    one, other : Record
        With ``id``.

    Returns
    -------
    Scored
        ``weight`` is log2 of the odds; ``levels`` names per comparison the level, or "missing".
    """
    weight = log2(model.prior) - log2(1.0 - model.prior)
    levels = []
    for comparison in model.comparisons:
        level = level_of(comparison, one, other)
        levels.append((comparison.name, level.name if level else MISSING))
        if level is not None:
            weight += weight_of(level, one, other, model.frequencies)
    first, last = sorted((str(one["id"]), str(other["id"])))
    return Scored(first, last, weight, probability_of(weight), tuple(levels))


def probability_of(weight: float) -> float:
    """Log odds in bits as a probability."""
    # Far below zero the odds are the probability, and two to their negative would overflow.
    return float(exp2(weight)) if weight < -60.0 else float(1.0 / (1.0 + exp2(-weight)))


def score_all(model: LinkModel, records: Sequence[Record], least: float = 0.0) -> list[Scored]:
    """Every pair that a block compares, with at least such a probability.

    Parameters
    ----------
    model : LinkModel
        Complete.
    records : sequence of Record
        With distinct ids.
    least : float
        The least probability that is kept.

    Returns
    -------
    list of Scored
        By ids.
    """
    found = [score_pair(model, a, b) for a, b in pairs_of(model, records)]
    return sorted(s for s in found if s.probability >= least)


def score_new(model: LinkModel, new: Record, records: Iterable[Record], least: float = 0.0) -> list[Scored]:
    """One new record against those that are there, the likeliest first.

    Parameters
    ----------
    model : LinkModel
        Complete.
    new : Record
        The new one.
    records : iterable of Record
        The others.
    least : float
        The least probability that is kept.
    """
    compared = (r for r in records if r["id"] != new["id"] and is_compared(model, new, r))
    found = [score_pair(model, new, r) for r in compared]
    return sorted((s for s in found if s.probability >= least), key=lambda s: (-s.weight, s.one, s.other))


def is_compared(model: LinkModel, one: Record, other: Record) -> bool:
    """Whether a block brings two records together."""
    if not model.blocks:
        return True
    return any(not keys_of(one, block).isdisjoint(keys_of(other, block)) for block in model.blocks)


def pairs_of(model: LinkModel, records: Sequence[Record]) -> Iterator[tuple[Record, Record]]:
    """The pairs that are compared, each once, in the order of the records."""
    if not model.blocks:
        yield from combinations(records, 2)
        return
    wanted: set[tuple[int, int]] = set()
    for block in model.blocks:
        members: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for i, record in enumerate(records):
            for key in keys_of(record, block):
                members[key].append(i)
        for together in members.values():
            wanted.update(combinations(together, 2))
    for i, j in sorted(wanted):
        yield records[i], records[j]


def keys_of(record: Record, block: Block) -> frozenset[tuple[str, ...]]:
    """Under which keys a block files a record: none where a column is unknown, several for a set."""
    if not is_known(record, block):
        return frozenset()
    values = [v if isinstance(v := record[c], tuple) else (str(v),) for c in block]
    return frozenset(product(*values))
