"""Which persons of a record fit what a text says of somebody, and whom it contradicts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Final

from bearwitness.model.claims import PersonId
from bearwitness.model.values import Codes, Days, ValueSet, intersect_values
from bearwitness.text.record_people import People, Recorded
from bearwitness.text.scene import Said

# What of a person is compared with the record. Traits, relatives and acts are not: a record need not hold them all.
COMPARED: Final = ("status", "surname", "sex", "birth", "home", "occupation", "route", "departure")
# Said of somebody only if they left.
_OF_WHO_LEFT: Final = frozenset({"status", "route", "departure"})

_Key = tuple[str, ValueSet]


class Comparison:
    """The protected persons of a record, to be compared with what is said; remembers what was asked.

    Parameters
    ----------
    people : People
        The persons of the record.
    """

    __slots__ = ("_against", "_by_value", "_people", "_stayed")

    def __init__(self, people: People) -> None:
        self._people = people.persons
        self._against: dict[_Key, frozenset[PersonId]] = {}
        self._by_value: dict[str, dict[ValueSet, set[PersonId]]] = {}
        self._stayed = frozenset(p.id for p in people.persons.values() if p.stands_as != "left")
        for person in people.persons.values():
            for attribute, values in _recorded(person).items():
                self._by_value.setdefault(attribute, {}).setdefault(values, set()).add(person.id)

    def against(self, said: Said) -> frozenset[PersonId]:
        """The persons of whom this cannot be said, by what is recorded; what is not recorded excludes nobody."""
        if said.attribute not in COMPARED:
            return frozenset()
        values = allowed_by(said)
        key = (said.attribute, values)
        if key not in self._against:
            found = set(self._stayed) if said.attribute in _OF_WHO_LEFT else set()
            for recorded, persons in self._by_value.get(said.attribute, {}).items():
                if intersect_values(recorded, values).is_empty:
                    found |= persons
            self._against[key] = frozenset(found)
        return self._against[key]

    def fitting(
        self, pool: Iterable[PersonId], said: Iterable[Said], without: Collection[str] = ()
    ) -> tuple[PersonId, ...]:
        """Those of a pool who fit everything said, ``without`` some attributes, in their order."""
        excluded: set[PersonId] = set()
        for item in said:
            if item.attribute not in without:
                excluded |= self.against(item)
        return tuple(p for p in pool if p not in excluded)

    def contradicted(self, person: PersonId, said: Iterable[Said], without: Collection[str] = ()) -> tuple[Said, ...]:
        """What is said that the record of a person contradicts."""
        return tuple(s for s in said if s.attribute not in without and person in self.against(s))

    def backs(self, person: PersonId, said: Said) -> bool:
        """Whether a recorded value of this person agrees with what is said."""
        recorded = _recorded(self._people[person]).get(said.attribute)
        return recorded is not None and not intersect_values(recorded, allowed_by(said)).is_empty


def allowed_by(said: Said) -> ValueSet:
    """The values said, news of an event reaching back."""
    return said.values.reaching_back(said.lag_days) if isinstance(said.values, Days) and said.lag_days else said.values


def _recorded(person: Recorded) -> Mapping[str, ValueSet]:
    more: dict[str, ValueSet] = {}
    if person.surnames:
        more["surname"] = Codes(person.surnames)
    if person.names:
        more["name"] = Codes(person.names)
    return {**person.facts, **more}
