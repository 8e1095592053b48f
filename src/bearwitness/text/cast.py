"""Who a text shows: one persona for each person, with the household that is at risk."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Final

from bearwitness.model.claims import HouseholdId, Persona, PersonaId, PersonId, Span
from bearwitness.text.normalise import normalise
from bearwitness.text.record_people import People
from bearwitness.text.record_targets import Targets
from bearwitness.text.scene import Mention, Said

SpanOf = Callable[[int, int], Span]

# Keys of those whom no name shows.
_NAMELESS: Final = ("someone", "carrier-")
_NAME_IN_LATIN: Final = re.compile(r"(?!(?:The|An?|One|Another|He|She|They|His|Her|Their|I|My|We|Our)\b)[^\W\d_a-z]")


class Cast:
    """The personas of a text, in the order they are shown.

    Parameters
    ----------
    targets : Targets
        Whom of the record each key of a scan stands for.
    people : People or None
        The persons of the record, where there is one.

    Attributes
    ----------
    personas : dict of PersonaId to Persona
        One for each person shown.
    of_key : dict of str to list of PersonaId
        Those that a key of the scan stands for; several where that is open.
    """

    def __init__(self, targets: Targets, people: People | None) -> None:
        self._targets = targets
        self._people = people.persons if people else {}
        self._homes = {p.household for p in self._people.values()}
        self._by_identity: dict[str, PersonaId] = {}
        self._labelled: set[PersonaId] = set()
        self._unrecorded = 0
        self.personas: dict[PersonaId, Persona] = {}
        self.of_key: dict[str, list[PersonaId]] = {}

    def add(self, mentions: Iterable[Mention], span_of: SpanOf) -> None:
        """Add everybody shown, once each; what shows somebody by name labels them, else what comes first."""
        for mention in sorted(mentions, key=lambda m: (m.start, m.end, m.key)):
            if mention.key in self._targets.dropped or self._is_named(mention):
                continue
            for person in self._targets.persons.get(mention.key, (None,)):
                persona = self._persona(mention, person)
                shown = self.personas[persona]
                span = span_of(mention.start, mention.end)
                if span not in shown.mentions:
                    shown = replace(shown, mentions=(*shown.mentions, span))
                    if _is_written_name(mention, span.quote):
                        shown = replace(shown, names=(*shown.names, span))
                if self._names(mention) and persona not in self._labelled:
                    shown = replace(shown, label=mention.label)
                    self._labelled.add(persona)
                self.personas[persona] = shown

    def _is_named(self, mention: Mention) -> bool:
        return mention.stands_as == "named" and mention.key not in self._targets.persons

    def _names(self, mention: Mention) -> bool:
        return bool(mention.surname or mention.full) or ":" in mention.key or mention.key in self._people

    def add_silent(self, said: Iterable[Said]) -> None:
        """Add those of whom something is said though no passage shows them: nothing said is said of nobody."""
        for item in said:
            if item.key not in self.of_key:
                for person in self._targets.persons.get(item.key, (None,)):
                    self._persona(Mention(start=item.start, end=item.end, key=item.key, label=item.key), person)

    def _persona(self, mention: Mention, person: PersonId | None) -> PersonaId:
        alternative = mention.key if self._is_open(mention.key) else ""
        identity = f"person {person} {alternative}" if person else f"key {mention.key}"
        persona = self._by_identity.get(identity)
        if persona is None:
            persona = self._by_identity[identity] = PersonaId(f"p{len(self.personas) + 1}")
            self.personas[persona] = replace(self._new(persona, mention, person), alternative=alternative)
        keys = self.of_key.setdefault(mention.key, [])
        if persona not in keys:
            keys.append(persona)
        return persona

    def _is_open(self, key: str) -> bool:
        """Whether it is open in whose household a key stands."""
        return len({self._people[p].household or p for p in self._targets.persons.get(key, ())}) > 1

    def _new(self, persona: PersonaId, mention: Mention, person: PersonId | None) -> Persona:
        recorded = self._people.get(person) if person else None
        if recorded is None:
            stands = "left" if mention.stands_as == "named" else mention.stands_as
            return Persona(id=persona, label=mention.label, household=self._new_household(), stands_as=stands)
        # Who is recorded without a household is one of their own, under one name in every text.
        return Persona(
            id=persona, label=mention.label, household=recorded.household or HouseholdId(f"of-{person}"),
            person=person, stands_as=recorded.stands_as, kin=recorded.kin,
        )  # fmt: skip

    def _new_household(self) -> HouseholdId:
        self._unrecorded += 1
        while (name := HouseholdId(f"cold-{self._unrecorded}")) in self._homes:
            self._unrecorded += 1
        return name


def _is_written_name(mention: Mention, quote: str) -> bool:
    """Whether a passage is somebody's name, initial or pseudonym: no pronoun ("he"), no description ("the nurse")."""
    if mention.key.startswith(_NAMELESS) or mention.label.casefold() != normalise(quote).text.casefold():
        return False
    return not any("a" <= c.lower() <= "z" for c in quote) or _NAME_IN_LATIN.match(quote) is not None
