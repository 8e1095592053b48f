"""How the people of a Korean draft are shown once their names are gone, and sentences made anew of what was done."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from bearwitness.model.assessment import Rung
from bearwitness.model.claims import Claim, ClaimId, Persona, PersonaId, Reading
from bearwitness.model.values import Codes, ValueSet
from bearwitness.text.rewording_ko_words import (
    ACT_PREDICATES,
    FAMILY_WORD,
    WHO_LEFT,
    WHO_STAYED,
    WHO_TELLS,
    act_kind,
    introduce,
    recall,
    refit,
    taken_of,
    word_kin,
)

_CALLED: Final = re.compile(r"(?:탈북민|탈북자|새터민|증언자|제보자|주민|여성|남성)$")


@dataclass(slots=True, kw_only=True)
class Chosen:
    """What a draft may still say.

    Parameters
    ----------
    reading : Reading
        What it says.
    rungs : mapping of ClaimId to Rung
        Where each claim stands; a claim that is missing stays.
    """

    reading: Reading
    rungs: Mapping[ClaimId, Rung]
    _said: dict[str, list[Claim]] = field(default_factory=dict)
    _personas: dict[str, Persona] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._personas = {p.id: p for p in self.reading.personas}
        for claim in self.reading.claims:
            self._said.setdefault(claim.persona, []).append(claim)

    def people(self, ids: Iterable[str]) -> list[Persona]:
        """Personas by their ids, in a fixed order."""
        return [self._personas[i] for i in sorted(ids) if i in self._personas]

    def said_of(self, persona: str) -> Sequence[Claim]:
        """The claims about somebody."""
        return self._said.get(persona, ())

    def values(self, claim: Claim) -> ValueSet | None:
        """What a claim may still say; None for nothing."""
        rung = self.rungs.get(claim.id)
        return claim.values if rung is None else rung.values

    def is_changed(self, claim: Claim) -> bool:
        """Whether a claim may not stay as it is."""
        return self.values(claim) != claim.values

    def may_say_left(self, persona: PersonaId) -> bool:
        """Whether the draft says, and may still say, that somebody left."""
        own = [c for c in self.said_of(persona) if c.attribute == "status"]
        return bool(own) and not any(self.is_changed(c) for c in own)

    def hides(self, people: Iterable[str], attributes: Sequence[str]) -> bool:
        """Whether any of this, said of somebody, may not stay as it is."""
        return any(c.attribute in attributes and self.is_changed(c) for p in people for c in self.said_of(p))

    def noun(self, people: Iterable[str]) -> str:
        """What those are called whom a passage shows."""
        personas = self.people(people)
        if personas and all(p.stands_as == "relative" for p in personas):
            return WHO_STAYED
        return WHO_LEFT if personas and all(self.may_say_left(p.id) for p in personas) else WHO_TELLS


@dataclass(slots=True)
class Names:
    """Who has been shown so far, in the order of the changed draft."""

    chosen: Chosen
    shown: dict[frozenset[str], str] = field(default_factory=dict)
    seen: set[frozenset[str]] = field(default_factory=set)
    last: frozenset[str] = frozenset()

    def word(self, people: frozenset[str], noun: str = "") -> str:
        """The wording for somebody whose name is gone: introduced at first, taken up after that."""
        noun = noun or self.chosen.noun(people)
        known = self.shown.get(people)
        if known is None:
            words = introduce(noun, sum(1 for n in self.shown.values() if n == noun))
            self.shown[people] = noun
        else:
            words = recall("" if self.last == people else self._place(people))
        self.last = people
        self.seen.add(people)
        return words

    def _place(self, people: frozenset[str]) -> str:
        """Which of those without a name it is: the former or the latter of the last two, or an earlier one."""
        order = list(self.shown)
        at = order.index(people) - len(order)
        return {-1: "뒤의", -2: "앞의"}.get(at, "앞서 나온") if len(order) > 1 else "앞의"

    def see(self, people: frozenset[str], quote: str = "") -> None:
        """Note that somebody is shown by words that were not changed."""
        if people:
            self.last = people
            self.seen.add(people)
            match = _CALLED.search(quote)
            if match and people not in self.shown:
                changed = self.chosen.hides(people, ("sex", "status"))
                self.shown[people] = self.chosen.noun(people) if changed else match.group()


def name_left(chosen: Chosen, persona: Persona) -> str:
    """How the draft may still name somebody; empty where it may not."""
    for claim in chosen.said_of(persona.id):
        if claim.attribute != "surname" or chosen.is_changed(claim):
            continue
        quote = claim.spans[0].quote if claim.spans else ""
        codes = claim.values.codes if isinstance(claim.values, Codes) else frozenset()
        return next((f"{s} 씨" for s in sorted(codes, key=len, reverse=True) if quote.startswith(s)), "")
    return ""


def compose(
    acts: Sequence[Claim], dates: Mapping[PersonaId, str], chosen: Chosen, names: Names,
    ids: Mapping[str, frozenset[str]],
) -> str:  # fmt: skip
    """Sentences that say what was done to whom, and nothing else.

    Parameters
    ----------
    acts : sequence of Claim
        Acts that have to stay, in the order of the draft.
    dates : mapping of PersonaId to str
        When, for whose acts that may still be said.
    chosen : Chosen
        What may still be said.
    names : Names
        Who was shown before; those shown here are added.
    ids : mapping of str to frozenset of str
        By persona all those whom the same passages show.
    """
    whose: dict[tuple[tuple[str, frozenset[str]], ...], list[PersonaId]] = {}
    of: dict[PersonaId, dict[tuple[str, frozenset[str]], None]] = {}
    for claim in acts:
        values = chosen.values(claim)
        if isinstance(values, Codes):
            taken = taken_of(values) if act_kind(values.codes) == "detention" else frozenset()
            of.setdefault(claim.persona, {})[(act_kind(values.codes), taken)] = None
    for persona, done in of.items():
        whose.setdefault(tuple(done), []).append(persona)
    return " ".join(
        _sentence(done, personas, dates.get(personas[0], ""), chosen, names, ids) for done, personas in whose.items()
    )


def _sentence(
    done: Sequence[tuple[str, frozenset[str]]], personas: Sequence[PersonaId], when: str, chosen: Chosen, names: Names,
    ids: Mapping[str, frozenset[str]],
) -> str:  # fmt: skip
    who = _listed([_label(p, chosen, names) for p in dict.fromkeys(ids.get(p, frozenset({p})) for p in personas)])
    clauses: list[str] = []
    before = ""
    for index, (kind, taken) in enumerate(done):
        thing, ends, goes_on = ACT_PREDICATES.get(kind, ACT_PREDICATES["broad"])
        relative = word_kin(taken) if taken else FAMILY_WORD
        subject = f"{relative}의 {thing}" if thing else relative + refit(relative, "이")
        verb = ends if index == len(done) - 1 else goes_on
        repeated = subject == before
        before = subject
        first = f"{who} {subject}" if thing and not index else f"{who}의 {subject}" if not index else subject
        date = f"{when} " if when and not index else ""
        clauses.append(f"{first} {date}{verb}" if not repeated else verb)
    return " ".join(clauses) + "."


def _label(people: frozenset[str], chosen: Chosen, names: Names) -> str:
    personas = chosen.people(people)
    named = name_left(chosen, personas[0]) if len(personas) == 1 else ""
    if named:
        names.see(people)
        return named
    return names.word(people)


def _listed(labels: Sequence[str]) -> str:
    words = labels[0]
    for label in labels[1:]:
        words += f"{refit(words, '와')} {label}"
    return words
