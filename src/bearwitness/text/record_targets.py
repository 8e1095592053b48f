"""Who of a record is meant by each person a text shows: one by name, all who fit where that is open, or nobody."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from bearwitness.model.claims import HouseholdId, PersonId
from bearwitness.model.records import Case
from bearwitness.model.values import Codes
from bearwitness.text import rules_record
from bearwitness.text.record_compare import Comparison
from bearwitness.text.record_names import Known
from bearwitness.text.record_people import People, Recorded
from bearwitness.text.scene import Doubt, Mention, Said

# With more households than this a description says too little to assess each of them; it must be said who is meant.
MOST_HOUSEHOLDS: Final = 12
_NAMES: Final = frozenset({"surname", "name"})
# What makes a surname look like a protected person's, where the record agrees with it.
_TELLING: Final = frozenset({"home", "occupation", "route", "departure", "birth"})
# What, said under the short form of a public name, may be said of somebody of the record who bears that surname.
_PRIVATE: Final = _TELLING | {"status", "trait", "act"}
_SENTENCE_END = re.compile(r"[.!?]\s|\n")
_RANK: Final = {"left": 0, "carrier": 1, "relative": 2}

NOBODY_FITS: Final = rules_record.NOBODY_FITS.why_en
TOO_MANY: Final = rules_record.TOO_MANY.why_en


@dataclass(frozen=True, slots=True, kw_only=True)
class Targets:
    """For each key of a scan the persons it stands for; ``dropped`` keys stand for nobody protected.

    A key that is in neither stands for somebody the record does not know. ``contradictions`` are (person, what was
    said); ``doubts`` what could not be settled.
    """

    persons: Mapping[str, tuple[PersonId, ...]] = field(default_factory=dict)
    dropped: frozenset[str] = frozenset()
    contradictions: tuple[tuple[PersonId, Said], ...] = ()
    doubts: tuple[Doubt, ...] = ()


@dataclass(slots=True)
class _Finder:
    """Collects the targets of one text."""

    case: Case
    people: People
    known: Known
    comparison: Comparison
    named: Mapping[PersonId, int]
    persons: dict[str, tuple[PersonId, ...]] = field(default_factory=dict)
    dropped: set[str] = field(default_factory=set)
    contradictions: list[tuple[PersonId, Said]] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)

    def find_all(
        self,
        shown: Mapping[str, Sequence[Mention]],
        about: Mapping[str, Sequence[Said]],
        pinned: Mapping[str, PersonId],
    ) -> None:
        """Settle every key; carriers last, since whose news they carried tells who they are."""
        for key in sorted(shown, key=lambda k: shown[k][0].stands_as == "carrier"):
            mentions, said = shown[key], about.get(key, ())
            if key in pinned and key not in self.known.exact:
                self.pin(key, pinned[key], said)
            elif key in self.known.groups:
                self.find_by_name(key, mentions[0], said)
            elif all(m.stands_as == "named" for m in mentions):
                self.dropped.add(key)
                self.look_at_stranger(mentions, said)
            else:
                self.find_by_description(key, mentions[0], said)

    def pin(self, key: str, person: PersonId, said: Sequence[Said]) -> None:
        """Settle a key as an editor said, whatever speaks against it."""
        self.persons[key] = (person,)
        self.contradictions += [(person, s) for s in self.comparison.contradicted(person, said, _NAMES)]

    def find_by_name(self, key: str, mention: Mention, said: Sequence[Said]) -> None:
        """Settle a name of the record: whom of those who bear it the rest of what is said fits."""
        members = self.known.groups[key]
        shown = [m for m in members if self.people.persons[m].protected]
        by_name = key in self.known.exact
        if not shown or (not by_name and self._is_an_officer(members, mention, said)):
            self.dropped.add(key)
            return
        fitting = list(self.comparison.fitting(shown, said, _NAMES))
        wrong: dict[PersonId, tuple[Said, ...]] = {}
        if not fitting:
            # One wrong detail is a mistake in the text or the record; several, with a mere surname, somebody else.
            wrong = {m: self.comparison.contradicted(m, said, _NAMES) for m in shown}
            fitting = [m for m in shown if by_name or len({s.attribute for s in wrong[m]}) == 1]
        if not by_name:
            homes = {self.people.persons[m].household for m in self.named}
            fitting = [m for m in fitting if self.people.persons[m].household in homes] or fitting
            fitting = self._one_per_household(fitting, said)
        if 0 < len(fitting) <= MOST_HOUSEHOLDS:
            self.persons[key] = tuple(fitting)
            self.contradictions += [(m, s) for m in fitting for s in wrong.get(m, ())]
        else:
            self.doubt(mention, TOO_MANY if fitting else NOBODY_FITS)

    def _is_an_officer(self, members: Sequence[PersonId], mention: Mention, said: Sequence[Said]) -> bool:
        """Whether a surname stands for somebody unprotected whom the text named in full before.

        Not where what is said tells of a protected person with that surname.
        """
        persons = self.people.persons
        named = [m for m in members if not persons[m].protected and self.named.get(m, mention.start) < mention.start]
        telling = [s for s in said if s.attribute in _TELLING]
        told = any(persons[m].protected and self.comparison.backs(m, s) for m in members for s in telling)
        return bool(named) and not told

    def find_by_description(self, key: str, mention: Mention, said: Sequence[Said]) -> None:
        """Settle somebody whom no name of the record shows: everybody who fits everything said."""
        pool: Iterable[PersonId] = (
            p.id for p in self.people.persons.values() if p.protected and _may_be(p, mention)
        )
        fitting = list(self.comparison.fitting(pool, said, _NAMES if mention.pseudonym else ()))
        if mention.stands_as == "carrier":
            fitting = self._of_chains_shown(fitting)
        fitting = self._one_per_household(self._by_acts(fitting, said), said)
        if 0 < len(fitting) <= MOST_HOUSEHOLDS:
            self.persons[key] = tuple(fitting)
        else:
            self.doubt(mention, TOO_MANY if fitting else NOBODY_FITS)

    def _by_acts(self, persons: Sequence[PersonId], said: Sequence[Said]) -> Sequence[PersonId]:
        """Of several, those whose household by the record suffered most of the acts said; all where it has none."""
        told = [{code.partition("/")[0] for code in s.values.codes} for s in said
                if s.attribute == "act" and isinstance(s.values, Codes)]  # fmt: skip
        suffered: dict[HouseholdId, set[str]] = {}
        for act in self.case.acts:
            suffered.setdefault(act.household, set()).add(act.kind.partition("/")[0])
        homes = {p: self.people.persons[p].household for p in persons}
        backed = {p: sum(bool(kinds & suffered.get(home, set())) for kinds in told) if home else 0
                  for p, home in homes.items()}  # fmt: skip
        most = max(backed.values(), default=0)
        return [p for p in persons if backed[p] == most]

    def _one_per_household(self, persons: Iterable[PersonId], said: Sequence[Said]) -> list[PersonId]:
        """Of each household whom the record backs most, and among equals the one who left: the household is at risk."""

        def rank(person: PersonId) -> tuple[int, int, PersonId]:
            backed = {s.attribute for s in said if self.comparison.backs(person, s)}
            return -len(backed), _RANK[self.people.persons[person].stands_as], person

        best: dict[HouseholdId | PersonId, PersonId] = {}
        for person in sorted(persons, key=rank):
            best.setdefault(self.people.persons[person].household or person, person)
        return sorted(best.values())

    def doubt(self, mention: Mention, why: str) -> None:
        """Leave a person shown in doubt."""
        self.doubts.append(Doubt(start=mention.start, end=mention.end, form=mention.label, why=why))

    def _of_chains_shown(self, carriers: list[PersonId]) -> list[PersonId]:
        """Of several carriers those who carried the news of somebody the text shows."""
        homes = {self.people.persons[p].household for found in self.persons.values() for p in found}
        acts = {a.id: a.household for a in self.case.acts}
        near: set[PersonId] = set()
        for testimony in self.case.testimonies:
            teller = self.people.persons.get(testimony.teller)
            about: set[HouseholdId | None] = {acts.get(a) for a in testimony.acts}
            if (about | {teller.household if teller else None}) & homes:
                near |= {p for link in testimony.chain for p in (link.teller, link.hearer)}
        return [c for c in carriers if c in near] or carriers

    def look_at_stranger(self, mentions: Sequence[Mention], said: Sequence[Said]) -> None:
        """A public name's short form of which is said what could be said of a person of the record: perhaps theirs."""
        short = [m for m in mentions if m.full and m.label != m.full and m.surname]
        for mention in short if any(s.attribute in _PRIVATE for s in said) else ():
            bearers = [p.id for p in self.people.persons.values() if p.protected and mention.surname in p.surnames]
            fitting = self.comparison.fitting(bearers, said, _NAMES)
            if fitting:
                self.doubt(mention, rules_record.MAY_BE.fill(ids=", ".join(fitting[:3])))


def _may_be(person: Recorded, mention: Mention) -> bool:
    return (person.stands_as == "carrier") if mention.stands_as == "carrier" else True


def _evidence(said: Sequence[Said], text: str) -> dict[str, list[Said]]:
    """By key what is said of the person, not of a relative.

    That somebody of the household left is said of the narrator too where a relative did ("her brother left"): it
    counts only where no kin word of theirs comes before it in the sentence.
    """
    found: dict[str, list[Said]] = {}
    kin: dict[str, list[Said]] = {}
    for item in said:
        if item.attribute == "kin":
            kin.setdefault(item.key, []).append(item)
        elif not item.about:
            found.setdefault(item.key, []).append(item)
    for key, relatives in kin.items():
        found[key] = [
            s for s in found.get(key, ())
            if s.attribute != "status"
            or not any(k.end <= s.start and not _SENTENCE_END.search(text, k.end, s.start) for k in relatives)
        ]  # fmt: skip
    return found


def find_targets(
    mentions: Sequence[Mention],
    said: Sequence[Said],
    *,
    case: Case,
    people: People,
    known: Known,
    comparison: Comparison,
    text: str,
    pinned: Mapping[str, PersonId],
) -> Targets:
    """Settle whom every key of a scan stands for.

    Parameters
    ----------
    mentions, said
        A scan, the names of the record included.
    case, people, known, comparison
        The record, its persons compiled, whom the text shows by name, and how persons compare with what is said.
    text : str
        Normalised text.
    pinned : mapping of str to PersonId
        Keys of which an editor said who is meant; a name that is one person's own stays that person.

    Returns
    -------
    Targets
        The same whatever the order of the persons in the case.
    """
    by_key: dict[str, list[Mention]] = {}
    for mention in sorted(mentions, key=lambda m: (m.start, m.end)):
        by_key.setdefault(mention.key, []).append(mention)
    about = _evidence(said, text)
    named: dict[PersonId, int] = {}
    for key in (k for k in by_key if k in known.exact and len(known.groups[k]) == 1):
        named[known.groups[key][0]] = by_key[key][0].start
    finder = _Finder(case, people, known, comparison, named)
    finder.find_all(by_key, about, pinned)
    return Targets(
        persons=finder.persons, dropped=frozenset(finder.dropped), contradictions=tuple(finder.contradictions),
        doubts=tuple(finder.doubts),
    )  # fmt: skip
