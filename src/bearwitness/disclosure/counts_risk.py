"""What a figure says of the households behind it: the claims of its cell, and the pursuit risk they leave.

A cell that certainly holds somebody says of them what its categories allow, as a narrative would, and in any case
that they are of a family of somebody who left, and that something was done to them. Besides the crowd of the frame, a
household hides among the others that certainly fit too: of n counted households each is one of at least n candidates.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import permutations
from typing import Final, NamedTuple

from bearwitness.disclosure.counts_regions import RECORDED, Axis, Joint, union_of
from bearwitness.disclosure.crowd import LEAVER, Constraint, Crowd, constrain
from bearwitness.disclosure.crowd_risk import LinkedCrowd, risk_of
from bearwitness.disclosure.jigsaw import Household, Release, gather_households
from bearwitness.disclosure.ledger_index import LedgerIndex
from bearwitness.disclosure.measure import joined_risk
from bearwitness.errors import ClaimError
from bearwitness.model.claims import ActId, Claim, ClaimId, HouseholdId, Persona, PersonaId
from bearwitness.model.publication import Policy
from bearwitness.model.values import Codes, ValueSet, intersect_values

# Orders of the dimensions in which the parts of a region are put together; more dimensions are not permuted.
_MOST_PERMUTED: Final = 4
_PERSONA: Final = PersonaId("cell")


class Contribution(NamedTuple):
    """That an act of a household of the record is counted in a cell of a release; not ``certain``: that it may be."""

    release: str
    cell: str
    household: HouseholdId
    act: ActId
    certain: bool = True


class Exposure(NamedTuple):
    """The greatest risk of anybody in a region: before whom, how many at the least fit, of which household."""

    risk: float
    adversary: str
    candidates: float
    household: str


Box = tuple[tuple[str, ValueSet], ...]
# A cell of a table: the release that prints it, and its id.
CellKey = tuple[str, str]


def boxes_of(joint: Joint, parts: Iterable[int]) -> tuple[Box, ...]:
    """Sets of claims that each fit only households of a region: the region may hold more, so that its crowd is larger.

    Parameters
    ----------
    joint : Joint
        The tables.
    parts : iterable of int
        The parts of the region.

    Returns
    -------
    tuple of Box
        Products of categories within the region; none where what is left of a node cannot be said in claims.
    """
    axes = [(i, a) for i, a in enumerate(joint.axes) if a.attribute != RECORDED]
    combos = {
        tuple(combo[i] for i, _ in axes)
        for part in parts
        for combo in joint.parts[part]
        if all(a.pieces[combo[i]].sayable for i, a in axes)
    }
    single = [tuple(frozenset({piece}) for piece in combo) for combo in sorted(combos)]
    # What is not known never joins what is: their union would allow everything.
    unknown = [len(a.pieces) - 1 for _, a in axes]
    found: dict[tuple[frozenset[int], ...], None] = {}
    orders = permutations(range(len(axes))) if len(axes) <= _MOST_PERMUTED else [tuple(range(len(axes)))]
    for order in orders:
        boxes = single
        for axis in order:
            boxes = _merged(boxes, axis, unknown[axis])
        found.update(dict.fromkeys(boxes))
    return tuple(dict.fromkeys(_as_claims(box, [a for _, a in axes]) for box in found))


def _merged(
    boxes: Sequence[tuple[frozenset[int], ...]], axis: int, unknown: int
) -> list[tuple[frozenset[int], ...]]:
    """Boxes that differ in one dimension only become one."""
    found: dict[tuple[object, ...], frozenset[int]] = {}
    for box in boxes:
        key = (box[:axis], box[axis + 1 :], box[axis] == {unknown})
        found[key] = found.get(key, frozenset()) | box[axis]
    return [(*key[0], pieces, *key[1]) for key, pieces in found.items()]  # type: ignore[misc]


def _as_claims(box: tuple[frozenset[int], ...], axes: Sequence[Axis]) -> Box:
    claims = []
    for pieces, axis in zip(box, axes, strict=True):
        values = [v for p in sorted(pieces) if (v := axis.pieces[p].values) is not None]
        everything = len(pieces) == len(axis.pieces) - 1 and len(values) == len(pieces)
        if values and not everything:
            claims.append((axis.attribute, union_of(values)))
    return tuple(claims)


def claims_of(box: Box, name: str, act: ActId | None = None) -> tuple[Claim, ...]:
    """The claims of a box about one household of those who left, named after the cell."""
    about = str(act or "act")
    told: Box = (("status", Codes(frozenset({"left"}))), *box)
    return tuple(
        Claim(
            id=ClaimId(f"{name}-{attribute}"), persona=_PERSONA, attribute=attribute, values=values, says="",
            spans=(), origin="record", about=about if attribute == "act_date" else "",
        )
        for attribute, values in told
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """The household measure for cells: the adversaries, the policy, the earlier releases, who is in which cell.

    ``contributions`` are by cell; where a cell has none, its households are nobody that the record names.
    """

    crowds: tuple[Crowd, ...]
    policy: Policy
    ledger: LedgerIndex
    contributions: Mapping[CellKey, tuple[Contribution, ...]]
    _keys_of: dict[HouseholdId, tuple[CellKey, ...]] = field(init=False)

    def __post_init__(self) -> None:
        if not self.crowds:
            raise ValueError("a measure needs an adversary")
        object.__setattr__(self, "_keys_of", self.keys_by_household())

    def exposure(
        self, name: str, boxes: Sequence[Box], *, sure: int, cells: Sequence[CellKey],
        elsewhere: Mapping[CellKey, Box],
    ) -> Exposure:  # fmt: skip
        """The worst risk of a household that a region certainly holds.

        Parameters
        ----------
        name : str
            What the claims of the region are called in messages.
        boxes : sequence of Box
            From :func:`boxes_of`; the largest crowd among them counts, for the region's is no smaller.
        sure : int
            How many households at the least are in it besides those told before; with none, only those whom the
            record names in its cells are looked at.
        cells : sequence of CellKey
            Cells that have a part in it: whoever is counted there may be meant.
        elsewhere : mapping of CellKey to Box
            What else is printed, by cell: linked for a household counted in several, as the policy has
            it for earlier releases.

        Raises
        ------
        ClaimError
            If no household fits, or what was told of one before contradicts its cell.
        """
        worst = Exposure(0.0, "", 0.0, "")
        if not boxes:
            # What cannot be said in claims is taken as pointing at one household.
            return Exposure(1.0, self.crowds[0].adversary.id, 1.0, "")
        named = {(c.household, c.act): c for cell in reversed(cells) for c in self.contributions.get(cell, ())}
        people: list[Contribution | None] = [*([None] if sure > 0 else []), *named.values()]
        for crowd in self.crowds:
            for one in people:
                seen = self._least(name, boxes, crowd, one, sure, elsewhere)
                if seen is not None:
                    worst = max(worst, seen, key=lambda e: (e.risk, not e.household))
        return worst

    def _least(
        self, name: str, boxes: Sequence[Box], crowd: Crowd, one: Contribution | None, sure: int,
        elsewhere: Mapping[CellKey, Box],
    ) -> Exposure | None:  # fmt: skip
        """The risk in the box with the largest crowd of those that the household fits; None where it cannot be meant.

        Raises
        ------
        ClaimError
            If it is certainly meant, and fits none.
        """
        found: list[Exposure] = []
        problem: ClaimError | None = None
        for box in boxes:
            try:
                found.append(self._seen(name, box, crowd, one, sure, elsewhere))
            except ClaimError as error:
                problem = error
        if not found and problem is not None and (one is None or one.certain):
            raise problem
        return min(found, key=lambda e: e.risk, default=None)

    def _seen(
        self, name: str, box: Box, crowd: Crowd, one: Contribution | None, sure: int, elsewhere: Mapping[CellKey, Box]
    ) -> Exposure:
        """The risk of one household (of nobody in particular, where none is named) before one adversary."""
        capacity, adversary = crowd.adversary.capacity, crowd.adversary.id
        box = _with_some_act(box, crowd)
        if one is None:
            draft = [
                constrain(c, about="act" if c.attribute == "act_date" else LEAVER, lag_share=1.0)
                for c in claims_of(box, name)
            ]
            # Nobody knows whose cell it is, so the most suspect household of the policy may be in it.
            odds = max(1.0, *self.policy.suspicion.values()) if self.policy.suspicion else 1.0
            found = risk_of((LinkedCrowd(1.0, crowd.others(draft)),), capacity, odds)
            risk = min(found.upper, capped(capacity, sure, odds))
            return Exposure(risk, adversary, max(found.candidates, float(sure)), "")
        household = self._household(name, box, one, elsewhere)
        odds = self.policy.suspicion.get(str(one.household), 1.0)
        found = joined_risk(household, crowd, odds)
        if household.releases:
            return Exposure(found.upper, adversary, found.candidates, str(one.household))
        risk = min(found.upper, capped(capacity, sure, odds))
        return Exposure(risk, adversary, max(found.candidates, float(sure)), str(one.household))

    def _household(self, name: str, box: Box, one: Contribution, elsewhere: Mapping[CellKey, Box]) -> Household:
        """A household as a cell and all earlier releases speak of it."""
        persona = Persona(id=_PERSONA, label="", household=one.household)
        found = gather_households((persona,), claims_of(box, name, one.act), self.ledger, self.policy)[0]
        more = [
            Release(f"{c.release}/{c.cell}", _constraints(elsewhere[key], c), self.policy.link)
            for key in self._keys_of.get(one.household, ()) if key in elsewhere and key != (one.release, one.cell)
            for c in self.contributions[key] if c.household == one.household and _can_be_linked(box, one, elsewhere, c)
        ]  # fmt: skip
        return replace(found, releases=(*found.releases, *more))

    def keys_by_household(self) -> dict[HouseholdId, tuple[CellKey, ...]]:
        """The cells in which the record names each household."""
        found: dict[HouseholdId, dict[CellKey, None]] = {}
        for key, ones in self.contributions.items():
            for one in ones:
                found.setdefault(one.household, {})[key] = None
        return {home: tuple(keys) for home, keys in found.items()}


def _with_some_act(box: Box, crowd: Crowd) -> Box:
    """The box with the claim that there was an act: of which kind is not said, so any the adversary has a log of."""
    leaves = crowd.adversary.act_leaves
    if not leaves or "act" not in crowd.adversary.checks or any(a == "act" for a, _ in box):
        return box
    return (*box, ("act", Codes(leaves)))


def _can_be_linked(box: Box, one: Contribution, elsewhere: Mapping[CellKey, Box], other: Contribution) -> bool:
    """Whether what another cell tells can be true of the same household: an act is in one cell of a table only."""
    same = one.act == other.act
    if same and one.release == other.release:
        return False
    told = dict(elsewhere[other.release, other.cell])
    once = [(a, v) for a, v in box if same or a not in {"act", "act_date"}]
    return not any(a in told and intersect_values(told[a], v).is_empty for a, v in once)


def capped(capacity: int, sure: int, odds: float) -> float:
    """The most that a household's risk can be where so many certainly fit, it among them: ``c w / (w + n - 1)``."""
    return min(1.0, capacity * odds / (odds + max(sure, 1) - 1))


def _constraints(box: Box, one: Contribution) -> tuple[Constraint, ...]:
    """What another cell tells, about the act that is counted there."""
    return tuple(
        constrain(c, about=c.about if c.attribute == "act_date" else LEAVER, lag_share=1.0)
        for c in claims_of(box, one.cell, one.act)
    )
