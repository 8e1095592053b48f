"""Ladders: the ways to say a claim less exactly, from its own words to nothing, each a superset of the one before."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from bearwitness.model.assessment import Rung
from bearwitness.model.claims import KIN_LEAVES, Claim
from bearwitness.model.values import Codes, Days, Paths, ValueSet, values_include

SIBLINGS: Final = frozenset({"elder_brother", "younger_brother", "elder_sister", "younger_sister"})
PARENTS: Final = frozenset({"father", "mother"})
CHILDREN: Final = frozenset({"son", "daughter"})
SPOUSES: Final = frozenset({"husband", "wife"})
KIN_GROUPS: Final = (SIBLINGS, PARENTS, CHILDREN, SPOUSES)
DETENTION: Final = "detention/"
DATE_LEVELS: Final = ("third", "month", "season", "year")
AGE_LEVELS: Final = ("five", "decade")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladders:
    """What is needed to widen values: regions of the place tree, calendar units, all acts, weights of a policy.

    ``regions`` maps a province to the named region it belongs to; ``widen_days`` gives the calendar unit around
    days; ``acts`` are all act leaves.
    """

    regions: Mapping[str, frozenset[str]]
    widen_days: Callable[[Days, str], Days]
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
            Values grow from rung to rung; the last is None (nothing said) unless it must be kept.
        """
        rungs = [Rung(level="exact", values=claim.values)]
        if claim.keep or (keep and claim.attribute != "act"):
            return tuple(rungs)
        for level, values in self._wider(claim, keep):
            if values_include(values, rungs[-1].values or values) and values != rungs[-1].values:
                rungs.append(Rung(level=level, values=values))
        if not keep:
            rungs.append(Rung(level="none", values=None))
        return tuple(rungs)

    def _wider(self, claim: Claim, keep: bool) -> list[tuple[str, ValueSet]]:
        values = claim.values
        if isinstance(values, Days):
            return self._wider_days(claim.attribute, values)
        if isinstance(values, Paths):
            return self._wider_places(values) if claim.attribute == "home" else _wider_group(values)
        if claim.attribute == "kin":
            return _wider_kin(values.codes, "")
        if claim.attribute == "act":
            wider = _wider_kin(values.codes, DETENTION)
            return wider if keep else [*wider, ("group", Codes(self.acts | values.codes))]
        return []

    def _wider_days(self, attribute: str, values: Days) -> list[tuple[str, ValueSet]]:
        levels = AGE_LEVELS if attribute == "birth" else DATE_LEVELS
        return [(level, self.widen_days(values, level)) for level in levels]

    def _wider_places(self, values: Paths) -> list[tuple[str, ValueSet]]:
        county = Paths(frozenset("/".join(p.split("/")[:2]) for p in values.paths))
        province = Paths(frozenset(p.split("/")[0] for p in values.paths))
        wider: list[tuple[str, ValueSet]] = [("county", county), ("province", province)]
        regions = {self.regions[p] for p in province.paths if p in self.regions}
        if len(regions) == 1 and all(p in self.regions for p in province.paths):
            wider.append(("region", Paths(next(iter(regions)))))
        return wider


def _wider_group(values: Paths) -> list[tuple[str, ValueSet]]:
    if any("/" not in p for p in values.paths):
        return []
    return [("group", Paths(frozenset(p.rsplit("/", 1)[0] for p in values.paths)))]


def _wider_kin(codes: frozenset[str], prefix: str) -> list[tuple[str, ValueSet]]:
    bare = {c.removeprefix(prefix) for c in codes if c.startswith(prefix)}
    if not bare or bare - set(KIN_LEAVES) or len(bare) != len(codes):
        return []
    wider: list[tuple[str, ValueSet]] = [
        ("group", Codes(frozenset(prefix + k for k in group))) for group in KIN_GROUPS if bare <= group
    ]
    wider.append(("relative", Codes(frozenset(prefix + k for k in KIN_LEAVES))))
    return wider

