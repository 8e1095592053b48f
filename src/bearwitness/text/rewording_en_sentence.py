"""One English sentence while it is changed: its shape, what of it has to stay, and what has gone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from bearwitness.text.rewording_en_cast import Patch
from bearwitness.text.rewording_en_units import Shape, Unit

How = Literal["drop", "say", "clause"]
Span = tuple[int, int]

BE: Final = frozenset(
    ["is", "are", "was", "were", "be", "been", "am", "being", "become", "became", "remains", "remained"]
)  # fmt: skip
NAMING: Final = frozenset(["named", "surnamed", "called", "nicknamed", "identified", "known"])


class CannotKeep(Exception):
    """The sentence does not stand without what has to go."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What is to become of one passage.

    ``how``: "say" puts ``words`` in its place, "drop" takes it out with what hangs on it, "clause" with its clause,
    "person" takes out a noun that describes a person.
    """

    start: int
    end: int
    how: How
    attribute: str
    words: str = ""
    persona: str = ""


@dataclass(slots=True)
class Sentence:
    """A sentence while it is changed: its shape, what of it has to stay, and which of its tokens are gone.

    ``must`` are passages of acts that have to stay, ``wanted`` those of other claims that may, ``changing`` those
    that are to be changed.
    """

    shape: Shape
    must: Sequence[Span]
    wanted: Sequence[Span]
    changing: Sequence[Span] = ()
    gone: set[int] = field(default_factory=set)
    said: list[Patch] = field(default_factory=list)

    @property
    def units(self) -> list[Unit]:
        """The units of the sentence."""
        return self.shape.units

    def tokens_of(self, start: int, end: int) -> list[int]:
        """The tokens that share a character with a passage."""
        return [i for i, t in enumerate(self.shape.tokens) if t.start < end and start < t.end]

    def covers(self, tokens: Iterable[int], passages: Sequence[Span]) -> bool:
        """Whether any token that is still there lies in one of the passages."""
        spans = [(self.shape.tokens[i].start, self.shape.tokens[i].end) for i in tokens if i not in self.gone]
        return any(a < q and p < b for a, b in spans for p, q in passages)

    def tokens_below(self, unit: int) -> list[int]:
        """The tokens of a unit and of what hangs on it."""
        return [t for u in self.shape.below(unit) for t in range(self.units[u].first, self.units[u].last + 1)]

    def is_gone(self, unit: int) -> bool:
        """Whether nothing of a unit is left."""
        return all(t in self.gone for t in range(self.units[unit].first, self.units[unit].last + 1))

    def word(self, unit: int) -> str:
        """The last word of a unit in lower case."""
        return self.shape.tokens[self.units[unit].last].lower

    def remove(self, tokens: Iterable[int]) -> None:
        """Take out tokens.

        Raises
        ------
        CannotKeep
            If one of them has to stay.
        """
        found = set(tokens)
        if self.covers(found, self.must):
            raise CannotKeep
        self.gone |= found
        self.said = [p for p in self.said if not self._lies_in(p, found)]

    def _lies_in(self, patch: Patch, tokens: set[int]) -> bool:
        own = self.tokens_of(patch.start, patch.end)
        return bool(own) and all(t in tokens for t in own)

    def put(self, unit: Unit, words: str, *, first: int = -1, last: int = -1) -> None:
        """Put words for a whole unit, or for some of its tokens."""
        tokens = self.shape.tokens
        start = tokens[unit.first if first < 0 else first].start
        self.said.append(Patch(start=start, end=tokens[unit.last if last < 0 else last].end, words=words))
