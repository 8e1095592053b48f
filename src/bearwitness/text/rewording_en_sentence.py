"""One English sentence with some of what it says taken out or said less exactly, or the news that it cannot be kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from bearwitness.text.rewording_en_cast import Patch
from bearwitness.text.rewording_en_parse import Shape, Unit
from bearwitness.text.rewording_en_tokens import PARTICIPLES

How = Literal["drop", "say", "clause", "person"]
Span = tuple[int, int]

_OPTIONAL_OBJECT: Final = frozenset(["left", "fled", "leaving", "fleeing", "escaped", "escaping"])
_BE: Final = frozenset(["is", "are", "was", "were", "be", "been", "am", "being", "become", "became", "remains", "remained"])
# Verbs that say nothing without the place or work after them.
_NEEDS: Final = frozenset(
    ["lives", "lived", "live", "living", "resides", "resided", "born", "raised", "grew", "based", "hails", "hailed",
     "comes", "came", "come", "stay", "stays", "stayed", "act", "acts", "acted", "acting", "serves", "served", "serving",
     "works", "worked", "working", "work", "settled", "belongs", "spent", "located", "situated", "stands", "stood",
     "lies", "employed", "trained", "known", "live"]
)  # fmt: skip
# Nothing is done to anybody by these, so that they never lean on a "was" before them.
_NO_PASSIVE: Final = frozenset(
    ["left", "defected", "escaped", "arrived", "settled", "resettled", "lived", "worked", "moved", "crossed", "returned",
     "stayed", "traded", "studied", "served", "remained", "died", "appeared", "resided", "sailed", "waded", "walked"]
)  # fmt: skip
_NEEDED: Final = frozenset(["in", "from", "at", "near", "as", "of", "outside", "on", "up", "to"])
NAMING: Final = frozenset(["named", "surnamed", "called", "nicknamed", "identified", "known"])
_OF_A_WORK: Final = frozenset(["former", "retired", "trained", "qualified", "onetime", "ex", "working", "senior", "junior"])
_PLACE_PREPOSITIONS: Final = frozenset(["on", "in", "near", "along", "at", "by", "outside", "across", "beside"])


class CannotKeep(Exception):  # noqa: N818  (a signal inside the rewording, no error of a user)
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

    # --- where things are ------------------------------------------------------------------------------------

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

    # --- taking out ------------------------------------------------------------------------------------------

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

    def drop(self, part: Part) -> None:
        """Take out a passage with what hangs on it, as little as leaves a sentence.

        Raises
        ------
        CannotKeep
            If no sentence is left, or something that has to stay would go.
        """
        tokens = self.tokens_of(part.start, part.end)
        if not tokens:
            raise CannotKeep
        if all(t in self.gone for t in tokens):
            return
        first, last = self.shape.unit_at(tokens[0]), self.shape.unit_at(tokens[-1])
        unit = self.units[first]
        if part.how == "clause" or (unit.kind == "verb" and part.attribute != "status"):
            self.drop_clause(self._verb_of(first))
        elif unit.kind == "prep":
            self._drop_phrase(first, part.attribute)
            if last != first and not self.is_gone(last):
                self.remove(self.tokens_below(last))
        elif unit.kind == "np":
            self._drop_from_np(first, tokens, part)
        elif unit.kind == "verb" or last != first:
            verbs = [u for u in range(first, last + 1) if self.units[u].kind == "verb"]
            self.drop_clause(verbs[0] if verbs else self._verb_of(first))
        else:
            self.remove(tokens)

    def _verb_of(self, unit: int) -> int:
        seen: set[int] = set()
        while self.units[unit].kind != "verb":
            seen.add(unit)
            unit = self.units[unit].head
            if unit < 0 or unit in seen:
                raise CannotKeep
        return unit

    def _drop_from_np(self, unit: int, tokens: Sequence[int], part: Part) -> None:
        np = self.units[unit]
        if tokens[-1] < np.last:
            first = tokens[0]
            while first > np.first and self.shape.tokens[first - 1].lower in _OF_A_WORK:
                first -= 1
            self.remove(range(first, tokens[-1] + 1))
        elif np.role in ("pobj",):
            self._drop_phrase(np.head, part.attribute)
        elif np.role in ("appos", "conj", "adjunct"):
            self._drop_aside(unit)
        elif np.role == "object":
            self._drop_object(unit, part)
        elif np.role == "subject" or np.head >= 0:
            self.drop_clause(self._verb_of(unit))
        else:
            raise CannotKeep

    def _drop_object(self, unit: int, part: Part) -> None:
        verb = self.units[unit].head
        if part.attribute == "home" and self.word(verb) in _OPTIONAL_OBJECT:
            self.put(self.units[unit], "the country")
        elif part.attribute == "amount":
            self.put(self.units[unit], "money")
        else:
            self.drop_clause(verb)

    def put(self, unit: Unit, words: str) -> None:
        """Put words for a whole unit."""
        tokens = self.shape.tokens
        self.said.append(Patch(start=tokens[unit.first].start, end=tokens[unit.last].end, words=words))

    def _drop_aside(self, unit: int) -> None:
        """An apposition or a further member of a list; what follows it in the list moves up."""
        following = [c for c in self.shape.children(unit) if self.units[c].role == "conj"]
        kept = set(self.tokens_below(following[0])) if following else set()
        if following:
            self.units[following[0]].head = self.units[unit].head
        self.remove(t for t in self.tokens_below(unit) if t not in kept)

    def _drop_phrase(self, prep: int, attribute: str) -> None:
        """A preposition with its noun, and what only says more of a place."""
        head = self.units[prep].head
        if head >= 0 and self.units[head].kind == "verb" and self._needs(head, prep):
            self.drop_clause(head)
            return
        self.remove(self.tokens_below(prep))
        if attribute == "home":
            self._drop_qualifiers(prep, head)

    def _drop_qualifiers(self, prep: int, head: int) -> None:
        at = max(self.shape.below(prep)) + 1
        while at < len(self.units):
            unit = self.units[at]
            own = self.tokens_below(at)
            if (
                unit.kind != "prep" or unit.head != head or self.word(at) not in _PLACE_PREPOSITIONS
                or self.covers(own, (*self.must, *self.wanted, *self.changing)) or not self._names_place(at)
            ):  # fmt: skip
                return
            self.remove(own)
            at = max(self.shape.below(at)) + 1

    def _names_place(self, prep: int) -> bool:
        """Whether what a preposition governs is a place and no time: it has a capital or begins with "the"."""
        below = [u for u in self.shape.below(prep) if self.units[u].kind == "np"]
        return bool(below) and any(
            t.capital or t.lower in ("border", "river", "coast", "city", "town", "province", "county", "region")
            for u in below for t in self.shape.tokens[self.units[u].first : self.units[u].last + 1]
        ) and not any(t.tag == "num" for u in below for t in self.shape.tokens[self.units[u].first : self.units[u].last + 1])

    def _needs(self, verb: int, prep: int) -> bool:
        """Whether a verb says nothing without this phrase: "is from", "lives in", "works as"."""
        if self.word(prep) not in _NEEDED or not (self.word(verb) in _NEEDS or self.word(verb) in _BE):
            return False
        if self.word(prep) == "on" and self.word(verb) not in _BE:
            return False
        others = [
            c for c in self.shape.children(verb)
            if c > verb and c != prep and self.units[c].kind in ("np", "prep") and not self.is_gone(c)
            and self.units[c].role in ("adjunct", "object")
        ]  # fmt: skip
        return not others

    def drop_clause(self, verb: int) -> None:
        """Take out a verb with everything that hangs on it; a verb joined to it takes its place.

        Raises
        ------
        CannotKeep
            If nothing would be left, or something that has to stay would go.
        """
        if self.is_gone(verb):
            return
        unit = self.units[verb]
        joined = next((c for c in self.shape.children(verb) if self.units[c].role == "conj"), -1)
        if joined >= 0:
            self._promote(verb, joined)
        elif unit.role in ("conj", "rel", "sub", "part", "coord"):
            self._drop_dependent(verb)
        elif unit.role == "gerund":
            self._drop_phrase(unit.head, "")
        elif unit.role == "inf" and unit.head >= 0 and not self._is_beside(unit.head, verb):
            self.remove(self.tokens_below(verb))
        elif unit.role in ("comp", "inf") and unit.head >= 0:
            self.drop_clause(self._verb_of(unit.head))
        else:
            self._drop_main(verb)

    def _is_beside(self, head: int, verb: int) -> bool:
        between = range(self.units[head].last + 1, self.units[verb].first)
        return self.units[head].kind == "verb" and all(t in self.gone for t in between)

    def _drop_dependent(self, verb: int) -> None:
        unit = self.units[verb]
        if unit.role == "conj":
            self._close_list(verb)
        self.remove(self.tokens_below(verb))

    def _close_list(self, verb: int) -> None:
        """Let "and" stand before the new last member: of "A, B and C" without C is left "A and B"."""
        head = self.units[verb].head
        first = self.units[head].first
        comma = next((u for u in self.units if u.kind == "comma" and u.last == first - 1), None)
        if comma is not None and self.units[head].role == "conj" and not self._has_word(head, "cc"):
            self.put(comma, " and")

    def _has_word(self, unit: int, tag: str) -> bool:
        return any(self.shape.tokens[self.units[c].first].tag == tag for c in self.shape.children(unit))

    def _promote(self, verb: int, joined: int) -> None:
        unit, successor = self.units[verb], self.units[joined]
        stays = set(self.tokens_below(joined))
        for child in self.shape.children(verb):
            before = child < verb and not (self.units[child].role == "conj")
            if before or child == joined:
                self.units[child].head = verb
                stays |= set(self.tokens_below(child)) if before else set()
        for child in self.shape.children(joined):
            if self.shape.tokens[self.units[child].first].tag == "cc" and unit.role != "conj":
                stays -= set(range(self.units[child].first, self.units[child].last + 1))
        if unit.role == "conj":
            stays -= {t for c in self.shape.children(verb) if c < verb for t in self.tokens_below(c)}
        if self._shares(joined) and self.shape.tokens[unit.first].tag in ("aux", "to"):
            stays |= set(range(unit.first, unit.last))
        self.remove(t for t in self.tokens_below(verb) if t not in stays)
        for child in self.shape.children(verb):
            if child < verb:
                self.units[child].head = joined
        successor.head, successor.role, successor.comma, successor.closing = (
            unit.head, unit.role, unit.comma, unit.closing,
        )  # fmt: skip
        for u in self.units:
            if u.head == verb:
                u.head = joined

    def _shares(self, verb: int) -> bool:
        """Whether a verb joined to another needs its auxiliary: in "was taken and questioned", not "and left home"."""
        unit = self.units[verb]
        first = self.shape.tokens[unit.first]
        takes_object = any(self.units[c].role == "object" for c in self.shape.children(verb))
        if first.tag not in ("past", "ing") or (first.tag == "past" and (takes_object or first.lower in _NO_PASSIVE)):
            return False
        return first.lower.endswith(("ed", "ing")) or first.lower in PARTICIPLES

    def _drop_main(self, verb: int) -> None:
        other = next((c for c in self.shape.children(verb) if self.units[c].role == "coord"), -1)
        if other < 0:
            raise CannotKeep
        stays = set(self.tokens_below(other))
        for child in self.shape.children(other):
            if self.shape.tokens[self.units[child].first].tag == "cc":
                stays -= set(range(self.units[child].first, self.units[child].last + 1))
        self.remove(t for t in self.tokens_below(verb) if t not in stays)
        self.units[other].head, self.units[other].role = self.units[verb].head, self.units[verb].role

    def drop_work(self, part: Part, *, noun: str, renamed: bool) -> None:
        """Take out a word for somebody's work; where it is the noun that shows them, another noun stands for it.

        Parameters
        ----------
        part : Part
            The passage.
        noun : str
            What the person may be called.
        renamed : bool
            Whether their name goes too, so that this may become what introduces them.

        Raises
        ------
        CannotKeep
            If no sentence is left.
        """
        tokens = self.tokens_of(part.start, part.end)
        if not tokens or all(t in self.gone for t in tokens):
            return
        at = self.shape.unit_at(tokens[-1])
        unit = self.units[at]
        predicate = unit.role == "object" and self.word(unit.head) in _BE
        as_work = unit.role == "pobj" and self.word(unit.head) == "as"
        if unit.kind != "np" or tokens[-1] < unit.last or predicate or as_work:
            self.drop(part)
            return
        kept = [c for c in self.shape.children(at) if not self.is_gone(c) and self.units[c].role != "conj"]
        if unit.role in ("appos", "conj") and not kept:
            self._drop_aside(at)
            return
        start, end = self.shape.tokens[unit.first].start, self.shape.tokens[unit.last].end
        if not renamed and self._is_with_name(at):
            self.said.append(Patch(start=start, end=end, words=f"a {noun}"))
        else:
            self.said.append(Patch(start=start, end=end, persona=part.persona, form="plain"))

    def _is_with_name(self, np: int) -> bool:
        """Whether a noun stands beside a name: "Ahn, a nurse", "a nurse named Ahn"."""
        if self.units[np].role in ("appos", "conj"):
            return True
        return any(self.word(c) in NAMING for c in self.shape.children(np) if self.units[c].kind == "verb")

    # --- what is left ----------------------------------------------------------------------------------------

    def finish(self, parts: Iterable[Span]) -> None:
        """Take out what says nothing any more, and the commas around what has gone.

        Parameters
        ----------
        parts : iterable of (int, int)
            Every passage that was to be changed.

        Raises
        ------
        CannotKeep
            If one of them is still there unchanged, or nothing is left.
        """
        while (verb := self._emptied()) >= 0:
            self.drop_clause(verb)
        for start, end in parts:
            left = [t for t in self.tokens_of(start, end) if t not in self.gone]
            if any(not self._is_said(t) for t in left):
                raise CannotKeep
        self._drop_commas()
        verbs = [u for u in self.units if u.kind == "verb"]
        if not any(t not in self.gone for u in verbs for t in range(u.first, u.last + 1)) and verbs:
            raise CannotKeep

    def _is_said(self, token: int) -> bool:
        t = self.shape.tokens[token]
        return any(p.start < t.end and t.start < p.end for p in self.said)

    def _emptied(self) -> int:
        """A verb that has lost everything that was said with it."""
        for i, unit in enumerate(self.units):
            own = range(unit.first, unit.last + 1)
            if unit.kind != "verb" or self.is_gone(i) or self.covers(own, (*self.must, *self.wanted)):
                continue
            said = [c for c in self.shape.children(i) if self.units[c].role not in ("subject", "word", "")]
            if said and all(self.is_gone(c) for c in said):
                return i
        return -1

    def _drop_commas(self) -> None:
        tokens = self.shape.tokens
        commas = [i for i, t in enumerate(tokens) if t.tag == "comma" and i not in self.gone]
        in_list = {
            t for u in self.units if u.role == "conj" or tokens[u.first].tag == "cc" for t in range(u.first, u.last + 1)
        }
        for i in commas:
            if i + 1 < len(tokens) and i and i + 1 in self.gone and i - 1 in self.gone:
                self.gone.add(i)
        for i in commas:
            after = i + 1
            while after < len(tokens) and after in self.gone:
                after += 1
            flanked = after > i + 1 and after < len(tokens) and tokens[after].tag == "comma"
            if flanked and i not in self.gone and after + 1 not in in_list:
                self.gone |= {i, after}

    # --- saying otherwise ------------------------------------------------------------------------------------

    def say(self, part: Part) -> None:
        """Put other words for a passage; what only says more of a place goes with it."""
        tokens = self.tokens_of(part.start, part.end)
        if not tokens or all(t in self.gone for t in tokens):
            return
        start, end, words = part.start, part.end, part.words
        unit = self.units[self.shape.unit_at(tokens[-1])]
        if part.attribute == "home":
            if tokens[-1] < unit.last:
                words = words.removeprefix("a ").removeprefix("the ")
            else:
                at = self.shape.unit_at(tokens[-1])
                start = min(start, self._before_name(at, tokens[0]))
                self._drop_below_place(at)
        self.said.append(Patch(start=start, end=end, words=words))

    def _before_name(self, unit: int, token: int) -> int:
        """Where "the city of" begins before the name of a place."""
        np = self.units[unit]
        head = np.head
        if np.role == "pobj" and self.word(head) == "of":
            kind = self.units[head].head
            if kind >= 0 and self.units[kind].kind == "np" and self.word(kind) in (
                "city", "town", "county", "village", "port", "province", "district", "region"
            ):  # fmt: skip
                return self.shape.tokens[self.units[kind].first].start
        return self.shape.tokens[token].start

    def _drop_below_place(self, unit: int) -> None:
        for child in self.shape.children(unit):
            own = self.tokens_below(child)
            if child > unit and not self.covers(own, (*self.must, *self.wanted, *self.changing)) and (
                self.units[child].role != "conj"
            ):
                self.remove(own)
        if self.units[unit].role == "pobj":
            prep = self.units[unit].head
            self._drop_qualifiers(prep, self.units[prep].head)
