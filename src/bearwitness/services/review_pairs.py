"""The pairs of a case that may be one, in the order in which they are worth a reviewer's time."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log2
from typing import Final

from bearwitness.linkage.act_model import act_model
from bearwitness.linkage.model import LinkModel
from bearwitness.linkage.standing import PairState, constraints
from bearwitness.model.review import Layer
from bearwitness.services.accounts import county_shares, records_of, surname_shares
from bearwitness.services.review_engine import Engine, opened_engine
from bearwitness.services.review_facts import ReviewDesk

# Pairs that are less probably one are no candidates; anybody can still decide on them by name.
_LEAST: Final = 0.001
# Of 256.
_TWICE: Final = 64
# What a reviewer has still to look at: what stands is settled.
_UNSETTLED: Final[frozenset[PairState]] = frozenset({"open", "awaiting", "disputed", "unsure"})


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidatePair:
    """Two records that may be of one thing: how probable that is, how probably of one household, how they compare.

    ``household`` is None for persons. ``levels``: per comparison the level, or "missing".
    """

    pair: tuple[str, str]
    probability: float
    household: float | None
    levels: tuple[tuple[str, str], ...]


def people_model() -> LinkModel:
    """The model of persons, with how common every surname is."""
    from bearwitness.linkage.person_model import person_model

    return person_model(surname_shares())


def model_of(layer: Layer) -> LinkModel:
    """The comparisons of a layer, their levels from the best to the last."""
    return act_model(of_one_household=False) if layer == "act" else people_model()


def candidate_pairs(
    desk: ReviewDesk, layer: Layer, engine: Engine = "plain"
) -> dict[tuple[str, str], CandidatePair]:  # fmt: skip
    """Every pair of a layer that may be one, scored from the record as this reviewer reads it."""
    from bearwitness.linkage.layers import link_acts

    accounts = records_of(desk.case)
    shown = desk.ids(layer)
    with opened_engine(engine) as score:
        if layer == "act":
            linked = link_acts(
                accounts.persons, accounts.households, accounts.acts, people=people_model(), counties=county_shares(),
                score=score, least=_LEAST,
            )  # fmt: skip
            found = [
                CandidatePair(pair=(p.one, p.other), probability=p.act, household=p.household, levels=p.levels)
                for p in linked
            ]
        else:
            found = [
                CandidatePair(pair=(p.one, p.other), probability=p.probability, household=None, levels=p.levels)
                for p in score(people_model(), accounts.persons, _LEAST)
            ]
    ordered = ((p, _in_order(p.pair)) for p in found if set(p.pair) <= shown)
    return {
        pair: CandidatePair(pair=pair, probability=p.probability, household=p.household, levels=p.levels)
        for p, pair in ordered
    }


def waiting(desk: ReviewDesk, layer: Layer, reviewer: str, engine: Engine = "plain") -> list[CandidatePair]:
    """The pairs that wait for a reviewer, those first whose decision would settle most.

    What a decision settles is the doubt of the pair, -p log2 p - (1 - p) log2 (1 - p) bits, times the pairs that it
    decides at once: every account already decided to be of the one side, with every one of the other. Verdicts that
    do not stand have no part in the order, so that it tells a second reviewer nothing of the first.

    Left out are pairs that this reviewer ever decided, that are settled, or that follow from what is. Of those that one
    reviewer found different a quarter stay.
    """
    group = desk.groups(layer)
    size = Counter(group.values())
    cannot = constraints(desk.decisions, layer).cannot
    apart = Counter(frozenset((group.get(a), group.get(b))) for a, b in cannot)
    mine = {d.pair for d in desk.decisions if d.layer == layer and d.reviewer == reviewer}
    found = []
    for pair, candidate in candidate_pairs(desk, layer, engine).items():
        one, other = (group[x] for x in pair)
        stands = desk.standing.get((layer, pair))
        settled = stands is not None and stands.state not in _UNSETTLED and not is_judged_twice(desk, layer, pair)
        follows = one == other or apart[frozenset((one, other))] > (pair in cannot)
        if not follows and not settled and pair not in mine:
            gain = _doubt(candidate.probability) * size[one] * size[other]
            # Rounded, so that the last bit of a sum on another machine does not change the order.
            found.append((-round(gain, 9), pair, candidate))
    return [candidate for _, _, candidate in sorted(found, key=lambda f: f[:2])]


def is_judged_twice(desk: ReviewDesk, layer: Layer, pair: tuple[str, str]) -> bool:
    """Whether a pair that one reviewer found different comes to others too; so with a quarter of all, drawn by hash.

    If none did, whatever still comes after somebody decided on it was not found different; and agreement would be
    measured only where the first reviewer thought of "the same".
    """
    rows = sorted(str(desk.archive.row_of(layer, x)) for x in pair)
    return hashlib.sha256(" ".join(rows).encode()).digest()[0] < _TWICE


def worst_first(levels: Sequence[tuple[str, str]], model: LinkModel) -> Iterator[tuple[str, str, str]]:
    """Comparisons with their levels and "differs", "agrees" or "unknown", the greatest difference first."""
    rank: Mapping[str, Mapping[str, int]] = {
        c.name: {x.name: at for at, x in enumerate(c.levels)} for c in model.comparisons
    }
    last = {c.name: c.levels[-1].name for c in model.comparisons}
    found = []
    for at, (comparison, level) in enumerate(levels):
        place = rank.get(comparison, {}).get(level)
        if place is None:
            found.append((2, 0.0, at, comparison, level, "unknown"))
        elif level == last[comparison]:
            found.append((0, 0.0, at, comparison, level, "differs"))
        else:
            found.append((1, -place / len(rank[comparison]), at, comparison, level, "agrees"))
    return ((c, level, word) for _, _, _, c, level, word in sorted(found))


def _doubt(p: float) -> float:
    return 0.0 if p <= 0.0 or p >= 1.0 else -p * log2(p) - (1.0 - p) * log2(1.0 - p)


def _in_order(pair: tuple[str, str]) -> tuple[str, str]:
    return (min(pair), max(pair))
