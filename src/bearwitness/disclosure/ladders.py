"""Ladders: the ways to say a claim less exactly, from its own words to nothing, each a superset of the one before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bearwitness.disclosure.decisions import JointRung
from bearwitness.model.assessment import Rung
from bearwitness.model.calendar_units import widen_days
from bearwitness.model.claims import KIN_LEAVES, Claim
from bearwitness.model.levels import RANKS
from bearwitness.model.values import Codes, Days, NoneOf, Paths, ValueSet, values_include

SIBLINGS: Final = frozenset({"elder_brother", "younger_brother", "elder_sister", "younger_sister"})
PARENTS: Final = frozenset({"father", "mother"})
CHILDREN: Final = frozenset({"son", "daughter"})
SPOUSES: Final = frozenset({"husband", "wife"})
KIN_GROUPS: Final = (SIBLINGS, PARENTS, CHILDREN, SPOUSES)
DETENTION: Final = "detention/"
DAY_LEVELS: Final = {
    "act_date": ("third", "month", "season", "year"),
    "departure": ("month", "season", "year", "five", "decade"),
    "birth": ("year", "five", "decade"),
}
# The longest that a unit of each level is, in days.
UNIT_DAYS: Final = {"third": 11, "month": 31, "season": 92, "year": 366, "five": 1827, "decade": 3653}

@dataclass(frozen=True, slots=True, kw_only=True)
class Ladders:
    """What is needed to widen values.

    ``regions`` maps a province to the provinces of the region it is named with; ``acts`` are all act leaves.
    """

    regions: Mapping[str, frozenset[str]]
    acts: frozenset[str]

    def of(self, claim: Claim, *, keep: bool = False) -> tuple[Rung, ...]:
        """The rungs of one claim, the exact one first.

        Parameters
        ----------
        claim : Claim
            The claim.
        keep : bool
            The story must keep it: an act keeps its kind (whose relative it was may become vaguer), anything else
            stays as it is.

        Returns
        -------
        tuple of Rung
            Values grow from rung to rung; the last is None (nothing said) unless it must be kept. Costs are 0.
        """
        rungs = [Rung(level="exact", values=claim.values)]
        if claim.keep or (keep and claim.attribute != "act"):
            return tuple(rungs)
        if isinstance(claim.values, NoneOf):
            # That something is not there is said or not; no act is told by it that a story could have to keep. Where
            # no words say it (the text would tell if it were otherwise), no wording takes it back.
            return (*rungs, Rung(level="none", values=None)) if claim.spans else tuple(rungs)
        for level, values in self._wider(claim, keep):
            if values_include(values, rungs[-1].values or values) and values != rungs[-1].values:
                rungs.append(Rung(level=level, values=values))
        if not keep:
            rungs.append(Rung(level="none", values=None))
        return tuple(rungs)

    def _wider(self, claim: Claim, keep: bool) -> list[tuple[str, ValueSet]]:
        values = claim.values
        if isinstance(values, Days):
            length = values.spans[-1][1] - values.spans[0][0] + 1
            # A unit shorter than what is already said would only move its ends ("2019" to two winters).
            levels = [u for u in DAY_LEVELS.get(claim.attribute, ()) if UNIT_DAYS[u] >= length]
            return [(level, widen_days(values, level)) for level in levels]
        if isinstance(values, Paths):
            return self._wider_places(values) if claim.attribute == "home" else _wider_branches(values)
        if claim.attribute == "kin":
            return _wider_kin(values.codes, "")
        if claim.attribute == "act":
            wider = _wider_kin(values.codes, DETENTION)
            return wider if keep else [*wider, ("broad", Codes(self.acts | values.codes))]
        return []

    def _wider_places(self, values: Paths) -> list[tuple[str, ValueSet]]:
        county = Paths(frozenset("/".join(p.split("/")[:2]) for p in values.paths))
        province = Paths(frozenset(p.split("/")[0] for p in values.paths))
        wider: list[tuple[str, ValueSet]] = [("county", county), ("province", province)]
        regions = {self.regions[p] for p in province.paths if p in self.regions}
        if len(regions) == 1 and all(p in self.regions for p in province.paths):
            wider.append(("region", Paths(next(iter(regions)))))
        return wider


def _wider_branches(values: Paths) -> list[tuple[str, ValueSet]]:
    """The branches of a tree above: the parent ("group"), then the trunk ("broad")."""
    if any("/" not in p for p in values.paths):
        return []
    parents = Paths(frozenset(p.rsplit("/", 1)[0] for p in values.paths))
    trunks = Paths(frozenset(p.split("/", 1)[0] for p in values.paths))
    return [("group", parents), ("broad", trunks)]


def _wider_kin(codes: frozenset[str], prefix: str) -> list[tuple[str, ValueSet]]:
    bare = {c.removeprefix(prefix) for c in codes if c.startswith(prefix)}
    if not bare or bare - set(KIN_LEAVES) or len(bare) != len(codes):
        return []
    wider: list[tuple[str, ValueSet]] = [
        ("group", Codes(frozenset(prefix + k for k in group))) for group in KIN_GROUPS if bare <= group
    ]
    wider.append(("relative", Codes(frozenset(prefix + k for k in KIN_LEAVES))))
    return wider


def join_ladders(ladders: Sequence[Sequence[Rung]], costs: Sequence[Sequence[float]]) -> tuple[JointRung, ...]:
    """One ladder for claims that the same words make.

    At each level every claim stands on its own finest rung that is at least as vague; a claim that must be kept
    stays on its last. The cost of a rung is that of the claims on it; equal claims of several households count
    once, which the caller sees to.

    Parameters
    ----------
    ladders : sequence of sequences of Rung
        One ladder per claim.
    costs : sequence of sequences of float
        For each claim what the reader loses on each of its rungs.
    """
    levels = sorted({RANKS[r.level] for ladder in ladders for r in ladder})
    found: list[JointRung] = []
    for rank in levels:
        at = [
            next((i for i, r in enumerate(ladder) if RANKS[r.level] >= rank), len(ladder) - 1) for ladder in ladders
        ]
        rungs = tuple(ladder[i] for ladder, i in zip(ladders, at, strict=True))
        cost = sum(c[i] for c, i in zip(costs, at, strict=True))
        name = next((r.level for r in rungs if RANKS[r.level] == rank), rungs[0].level)
        if not found or rungs != found[-1].rungs:
            found.append(JointRung(name, rungs, cost))
    return tuple(found)
