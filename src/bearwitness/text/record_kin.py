"""Who of a record is whose relative, seen from any person: "his sister", "the nurse's brother"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bearwitness.model.claims import PersonId
from bearwitness.model.records import Person

SIBLINGS: Final = frozenset({"elder_brother", "younger_brother", "elder_sister", "younger_sister"})
PARENTS: Final = frozenset({"father", "mother"})
# Relation of one person to another -> what the other is to the first: a woman, a man.
_INVERSE: Final[Mapping[str, tuple[str, str]]] = {
    "elder_brother": ("younger_sister", "younger_brother"), "elder_sister": ("younger_sister", "younger_brother"),
    "younger_brother": ("elder_sister", "elder_brother"), "younger_sister": ("elder_sister", "elder_brother"),
    "father": ("daughter", "son"), "mother": ("daughter", "son"), "son": ("mother", "father"),
    "daughter": ("mother", "father"), "husband": ("wife", "husband"), "wife": ("wife", "husband"),
    "grandparent": ("other_relative", "other_relative"), "other_relative": ("other_relative", "other_relative"),
}  # fmt: skip
_SEXES: Final = ("female", "male")


@dataclass(frozen=True, slots=True, kw_only=True)
class Relatives:
    """``known[of][leaf]`` are the persons who are ``leaf`` of person ``of``."""

    known: Mapping[PersonId, Mapping[str, frozenset[PersonId]]]

    def of(self, person: PersonId, codes: Iterable[str]) -> tuple[PersonId, ...]:
        """Who may be meant by "their brother" and the like, in order of their ids."""
        by_leaf = self.known.get(person, {})
        return tuple(sorted({r for code in codes for r in by_leaf.get(code, ())}))


def inverse_kin(codes: Iterable[str], sex: str | None) -> frozenset[str]:
    """What a person is to a relative who is one of ``codes`` to them; of either sex where that is not said."""
    at = (_SEXES.index(sex),) if sex in _SEXES else (0, 1)
    return frozenset(_INVERSE[code][i] for code in codes if code in _INVERSE for i in at)


def compile_relatives(persons: Sequence[Person]) -> Relatives:
    """The relations of a record, read both ways, and those of brothers and sisters of one person."""
    sexes = {p.id: p.sex for p in persons}
    found: dict[PersonId, dict[str, set[PersonId]]] = {}

    def add(of: PersonId, codes: Iterable[str], who: PersonId) -> None:
        for code in codes:
            found.setdefault(of, {}).setdefault(code, set()).add(who)

    around: dict[PersonId, list[tuple[PersonId, str]]] = {}
    for person in persons:
        for kin in person.kin:
            add(kin.of, (kin.relation,), person.id)
            add(person.id, inverse_kin((kin.relation,), sexes.get(kin.of)), kin.of)
            around.setdefault(kin.of, []).append((person.id, kin.relation))
    for relatives in around.values():
        for one, relation in relatives:
            for other, theirs in relatives if relation in SIBLINGS else ():
                if other != one:
                    add(one, _through(theirs, sexes.get(other)), other)
    return Relatives(known={of: {code: frozenset(w) for code, w in by.items()} for of, by in found.items()})


def _through(relation: str, sex: str | None) -> frozenset[str]:
    """What a relative of a brother or sister is to oneself: parents are shared, and another sibling is one."""
    if relation in PARENTS or relation == "grandparent":
        return frozenset({relation})
    if relation in SIBLINGS:
        return frozenset(s for s in SIBLINGS if sex is None or s.endswith("sister") == (sex == "female"))
    return frozenset({"other_relative"})
