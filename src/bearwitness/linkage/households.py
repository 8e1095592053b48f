"""Whether two accounts speak of one household: from the people each of them tells of.

The one who left is the same person in both, or the households are two. A relative need not be the same one even in
one household: it has two sisters, or each teller names another. So a relative's evidence is mixed with "somebody
else of that household", which keeps it from counting against the match by more than that share.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import exp2, log2
from typing import Final

from bearwitness.linkage.conditions import Record
from bearwitness.linkage.model import LinkModel
from bearwitness.linkage.scoring import level_of, weight_of

# Two accounts of one household that both tell of a younger brother: how often it is the same one. Of two relatives
# of unknown kinship: how often they are one person.
SAME_RELATIVE: Final = 0.8
SAME_UNTOLD: Final = 0.25
# Where the home stands is compared once, with the act; kinship decides who is compared with whom.
_ELSEWHERE: Final = frozenset({"home", "kin"})
LEFT: Final = "left"


def compare_households(one: Sequence[Record], other: Sequence[Record], model: LinkModel) -> float:
    """Compare the persons of two households.

    Parameters
    ----------
    one, other : sequence of Record
        Records of persons, with ``id`` and ``kin`` (roles towards the one who left, "left" for that person).
    model : LinkModel
        Of persons.

    Returns
    -------
    float
        Bits: log2 of how much likelier the two descriptions are of one household than of two. 0 where nobody is told.
    """
    bits = 0.0
    leavers = [[p for p in people if LEFT in _roles(p)] for people in (one, other)]
    surname_told = False
    for a in leavers[0][:1]:
        for b in leavers[1][:1]:
            bits += sum(_bits(a, b, model).values())
            surname_told = _shares_surname(a, b)
    for weight, share in _relatives(one, other, model, surname_told):
        bits += log2(share * exp2(min(weight, 500.0)) + 1.0 - share)
    return bits


def _bits(one: Record, other: Record, model: LinkModel) -> dict[str, float]:
    """Bits for one person per comparison, home and kinship left out, without any prior."""
    found = {}
    for comparison in model.comparisons:
        if not _ELSEWHERE.isdisjoint(comparison.needs):
            continue
        level = level_of(comparison, one, other)
        if level is not None:
            found[comparison.name] = weight_of(level, one, other, model.frequencies)
    return found


def _relative_bits(one: Record, other: Record, model: LinkModel, surname_told: bool) -> float:
    """A relative's bits; of relatives who share the family's surname that surname says nothing again."""
    bits = _bits(one, other, model)
    if surname_told and _shares_surname(one, other):
        bits.pop("surname", None)
    return sum(bits.values())


def _relatives(
    one: Sequence[Record], other: Sequence[Record], model: LinkModel, surname_told: bool
) -> list[tuple[float, float]]:
    """Bits of relatives who may be one, each at most once, the likeliest first; and how often they would be."""
    candidates = []
    for a in one:
        for b in other:
            roles = _roles(a), _roles(b)
            if LEFT in roles[0] | roles[1]:
                continue
            if roles[0] and roles[1] and roles[0].isdisjoint(roles[1]):
                continue
            share = SAME_RELATIVE if roles[0] and roles[1] else SAME_UNTOLD
            candidates.append((_relative_bits(a, b, model, surname_told), a, b, share))
    candidates.sort(key=lambda c: (-c[0], str(c[1]["id"]), str(c[2]["id"])))
    taken: set[str] = set()
    found = []
    for weight, a, b, share in candidates:
        if str(a["id"]) not in taken and str(b["id"]) not in taken:
            taken |= {str(a["id"]), str(b["id"])}
            found.append((weight, share))
    return found


def _texts(record: Record, column: str) -> frozenset[str]:
    value = record.get(column)
    return frozenset(value) if isinstance(value, tuple) else frozenset()


def _roles(record: Record) -> frozenset[str]:
    return _texts(record, "kin")


def _shares_surname(one: Record, other: Record) -> bool:
    return not _texts(one, "surnames").isdisjoint(_texts(other, "surnames"))


def by_household(persons: Sequence[Record]) -> Mapping[str, list[Record]]:
    """The records of persons by that of their household."""
    found: dict[str, list[Record]] = defaultdict(list)
    for person in persons:
        found[str(person["household"])].append(person)
    return found
