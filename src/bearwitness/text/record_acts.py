"""The acts of a record: which of them a text speaks of, and one name for all that dates the same act."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from bearwitness.model.claims import KIN_LEAVES, ActId, HouseholdId
from bearwitness.model.records import Act, Case
from bearwitness.model.values import Codes, Days, ValueSet
from bearwitness.text.record_people import People
from bearwitness.text.scene import Said

DETENTION: Final = "detention"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedAct:
    """An act of the record: the codes it is, and the days it may have happened on (None where not known)."""

    id: ActId
    codes: frozenset[str]
    days: Days | None


Acts = Mapping[HouseholdId, Sequence[RecordedAct]]


def compile_acts(case: Case, people: People) -> Acts:
    """The acts of each household, in the order of the case."""
    found: dict[HouseholdId, list[RecordedAct]] = {}
    for act in case.acts:
        days = act.date.days if act.date else None
        found.setdefault(act.household, []).append(RecordedAct(id=act.id, codes=_codes(act, people), days=days))
    return found


def _codes(act: Act, people: People) -> frozenset[str]:
    if act.kind != DETENTION:
        return frozenset({act.kind})
    victims = [people.persons[v] for v in act.victims if v in people.persons]
    leaves = frozenset(leaf for v in victims for leaf in v.kin) if victims else frozenset()
    return frozenset(f"{DETENTION}/{leaf}" for leaf in leaves or KIN_LEAVES)


def is_recorded(acts: Sequence[RecordedAct], codes: frozenset[str]) -> bool:
    """Whether one of these acts is of the kinds that a wording allows."""
    return any(a.codes & codes for a in acts)


def is_contradicted(acts: Sequence[RecordedAct], codes: frozenset[str]) -> bool:
    """Whether a text says that somebody was detained whom no recorded detention of the household was done to."""
    taken = [a for a in acts if any(c.startswith(DETENTION) for c in a.codes)]
    says = frozenset(c for c in codes if c.startswith(DETENTION))
    return bool(taken) and bool(says) and says == codes and not any(a.codes & says for a in taken)


@dataclass(slots=True)
class ActNames:
    """Names the acts that dates are about: by the record where it agrees, else ``act1``, ``act2`` in a household.

    Dates of one passage date one event, and so do dates of one kind of act that can be the same day.
    """

    acts: Acts
    _by_passage: dict[tuple[str, int, int, ValueSet], str] = field(default_factory=dict)
    _unrecorded: dict[str, list[tuple[str, frozenset[str], Days]]] = field(default_factory=dict)

    def name_of(self, household: HouseholdId, said: Said) -> tuple[str, bool, bool]:
        """The act that a date is about, whether the record has it, and whether the record dates such acts otherwise.

        Parameters
        ----------
        household : HouseholdId
            Whose act.
        said : Said
            A date, with ``about`` naming the kinds of the act.
        """
        days = _days(said)
        codes = frozenset(said.about.removeprefix("act:").split("|")) - {""}
        place = (str(household), said.start, said.end, said.values)
        recorded = [a for a in self.acts.get(household, ()) if not codes or _same_kind(a.codes, codes)]
        agreeing = [a for a in recorded if a.days is None or not a.days.intersect(days).is_empty]
        agreeing.sort(key=lambda a: a.days is None)
        if place in self._by_passage:
            return self._by_passage[place], bool(agreeing), False
        first = agreeing[0] if agreeing else None
        name = self._one_event(household, first) if first else self._unrecorded_name(household, codes, days)
        self._by_passage[place] = name
        return name, bool(agreeing), bool(recorded) and not agreeing

    def _one_event(self, household: HouseholdId, act: RecordedAct) -> str:
        """The first act of the household on the same day: a raid and the arrest in it are one date."""
        if act.days is None or any(first != last for first, last in act.days.spans):
            return str(act.id)
        return str(next(a.id for a in self.acts[household] if a.days == act.days))

    def _unrecorded_name(self, household: HouseholdId, codes: frozenset[str], days: Days) -> str:
        known = self._unrecorded.setdefault(str(household), [])
        for at, (name, kinds, when) in enumerate(known):
            common = when.intersect(days)
            if not common.is_empty and (not codes or not kinds or _same_kind(kinds, codes)):
                known[at] = (name, kinds | codes, common)
                return name
        taken = {str(a.id) for a in self.acts.get(household, ())} | {name for name, _, _ in known}
        number = 1
        while f"act{number}" in taken:
            number += 1
        known.append((f"act{number}", codes, days))
        return f"act{number}"


def _same_kind(recorded: frozenset[str], said: frozenset[str]) -> bool:
    return any(a == b or a.startswith(b + "/") or b.startswith(a + "/") for a in recorded for b in said)


def _days(said: Said) -> Days:
    if not isinstance(said.values, Days):
        raise ValueError("a date of an act allows days")
    return said.values.reaching_back(said.lag_days) if said.lag_days else said.values


def codes_of(said: Said) -> frozenset[str]:
    """The codes that a wording allows; none for days and paths."""
    return said.values.codes if isinstance(said.values, Codes) else frozenset()
