"""A Korean draft with what it may still say: claims and people by the place where they stand."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from bearwitness.model.claims import Claim
from bearwitness.model.places import PlaceTree
from bearwitness.model.vocabulary import Vocabulary
from bearwitness.text.korean_terms import find_terms
from bearwitness.text.rewording_ko_people import Chosen

Span = tuple[int, int]
# What goes with a place: "신의주 시내", "신의주 출신 사람".
AFTER_PLACE: Final = re.compile(
    r"(?: ?(?:시내|지역|일대|인근|주변|쪽))?(?: ?(?:출신|태생|토박이)(?: ?(?:사람|주민))?)?(?=[가-힣]{0,3}(?:[ ,.)]|$))"
)
STAYED_HERE: Final = re.compile(
    r"(?<![가-힣])(?:그|이|같은) (?:도시|시|군|마을|고장|동네|읍|지방)(?=[의에은이을로]|에서|[ ,.]|$)"
)
_PRONOUN: Final = re.compile(r"그|이 |본인|자신")
_LONGEST_MENTION: Final = 60


@dataclass(slots=True, kw_only=True)
class Draft:
    """A draft with what it may still say; ``at`` gives the place in normalised text of a passage of the original."""

    text: str
    chosen: Chosen
    tree: PlaceTree
    vocabulary: Vocabulary
    published: date
    at: Mapping[Span, Span]
    hides_homes: bool = False
    _claims: list[tuple[int, int, Claim]] = field(default_factory=list)
    _mentions: list[tuple[int, int, frozenset[str]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        reading = self.chosen.reading
        self._claims = sorted(
            ((*self.at[s.start, s.end], c) for c in reading.claims for s in c.spans), key=lambda f: f[:2]
        )
        self.hides_homes = any(c.attribute == "home" and self.chosen.is_changed(c) for c in reading.claims)
        shown: dict[Span, set[str]] = {}
        for persona in reading.personas:
            for span in persona.mentions if persona.stands_as != "carrier" else ():
                shown.setdefault(self.at[span.start, span.end], set()).add(persona.id)
        self._mentions = sorted(((*span, frozenset(people)) for span, people in shown.items()), key=lambda m: m[:2])

    def claims_in(self, start: int, end: int) -> list[tuple[Claim, int, int]]:
        """Claims with their passages in a part of the text, in order."""
        first = bisect_left(self._claims, start, key=lambda f: f[0])
        last = bisect_left(self._claims, end, key=lambda f: f[0])
        return [(claim, a, b) for a, b, claim in self._claims[first:last]]

    def mentions_in(self, start: int, end: int) -> list[tuple[int, int, frozenset[str]]]:
        """Who is shown in a part of the text, in order; carriers of news left out."""
        first = bisect_left(self._mentions, start, key=lambda m: m[0])
        last = bisect_left(self._mentions, end, key=lambda m: m[0])
        return self._mentions[first:last]

    def passages(self, start: int, end: int) -> list[Span]:
        """Passages that are one token: names and whatever a claim stands on, a place with the word for a native."""
        found = {(a, b) for _, a, b in self.claims_in(start, end)}
        found |= {(a, b) for a, b, _ in self.mentions_in(start, end)}
        found |= {(a, self._native_end(b)) for c, a, b in self.claims_in(start, end) if c.attribute == "home"}
        found |= {m.span() for m in STAYED_HERE.finditer(self.text, start, end)}
        return sorted(found)

    def _native_end(self, end: int) -> int:
        match = AFTER_PLACE.match(self.text, end)
        return match.end() if match else end

    def is_act_word(self, start: int, end: int) -> bool:
        """Whether a passage of an act is what was done, not to whom."""
        return not any(t.attribute == "kin" for t in find_terms(self.text[start:end]))

    def act_words(self, start: int, end: int) -> list[Span]:
        """What was done, where it has to stay."""
        return [
            (a, b) for claim, a, b in self.claims_in(start, end)
            if claim.attribute == "act" and self.chosen.values(claim) is not None and self.is_act_word(a, b)
        ]  # fmt: skip

    def must(self, start: int, end: int) -> list[Span]:
        """What was done, where it has to stay, and those to whose families it was done."""
        whose = {c.persona for c in self.kept_acts(start, end)}
        people = [(a, b) for a, b, shown in self.mentions_in(start, end) if shown & whose and not _PRONOUN.match(
            self.text, a, b
        )]
        return [*self.act_words(start, end), *people]

    def kept_acts(self, start: int, end: int) -> list[Claim]:
        """Acts that a part of the text has to go on saying."""
        found = [
            claim for claim, a, b in self.claims_in(start, end)
            if claim.attribute == "act" and self.chosen.values(claim) is not None and self.is_act_word(a, b)
        ]  # fmt: skip
        return list({c.id: c for c in found}.values())

    def wanted(self, start: int, end: int) -> list[Span]:
        """Passages of whatever else may stay."""
        return [
            (a, b) for claim, a, b in self.claims_in(start, end)
            if claim.attribute not in ("act", "surname", "name") and self.chosen.values(claim) is not None
        ]  # fmt: skip

    def groups(self) -> dict[str, frozenset[str]]:
        """By persona all those whom the same passages show."""
        found: dict[str, frozenset[str]] = {}
        for _, _, people in self._mentions:
            for person in people:
                found.setdefault(person, people)
        return found

    def mention_around(self, start: int, end: int) -> tuple[int, int, frozenset[str]] | None:
        """The passage that shows somebody and holds another one, with those it shows."""
        near = self.mentions_in(start - _LONGEST_MENTION, start + 1)
        return next((m for m in reversed(near) if m[0] <= start and end <= m[1]), None)
