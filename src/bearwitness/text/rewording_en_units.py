"""The chunks of an English sentence, what hangs on what, and what the words around a chunk tell of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from bearwitness.text.date_words import MONTHS
from bearwitness.text.rewording_en_tokens import Token

Kind = Literal["np", "prep", "verb", "link", "adv", "comma", "mark"]
Role = Literal[
    "", "subject", "object", "pobj", "appos", "conj", "main", "rel", "sub", "comp", "part", "inf", "gerund", "coord",
    "adjunct", "word",
]  # fmt: skip
SAYS: Final = frozenset(
    ["say", "says", "said", "tell", "tells", "told", "know", "knows", "knew", "believe", "believes", "believed", "fear",
     "fears", "feared", "think", "thinks", "thought", "hear", "hears", "heard", "learned", "learnt", "learn", "learns",
     "informed", "explained", "added", "recalled", "reported", "claimed", "found", "confirmed", "insisted", "hopes",
     "hoped", "warned", "advised", "saying", "telling", "remembered", "revealed", "understood", "admitted", "wrote",
     "testified", "noted", "discovered", "realised", "realized", "suggested", "adds", "explains", "recalls"]
)  # fmt: skip
# After a noun these describe it, whatever follows.
AFTER_NOUNS: Final = frozenset(
    ["named", "surnamed", "called", "nicknamed", "identified", "known", "related", "born", "taken", "based", "aged"]
)
NAME_NOUNS: Final = frozenset(["surname", "name", "pseudonym"])
_OPENS_APPOSITION: Final = frozenset(["a", "an", "the", "one", "another", "both", "former", "then", "now"])


@dataclass(slots=True)
class Unit:
    """A chunk of a sentence: tokens ``first`` to ``last``, what it hangs on, and as what.

    ``comma`` is the unit of the comma that opens it as an aside, ``closing`` that of the comma that closes it; -1
    for none. ``finite`` verbs carry a clause.
    """

    kind: Kind
    first: int
    last: int
    head: int = -1
    role: Role = ""
    finite: bool = False
    comma: int = -1
    closing: int = -1


@dataclass(slots=True)
class Shape:
    """The units of a sentence over its tokens."""

    tokens: list[Token]
    units: list[Unit]

    def unit_at(self, token: int) -> int:
        """The unit that a token belongs to."""
        return next(i for i, u in enumerate(self.units) if u.first <= token <= u.last)

    def children(self, unit: int) -> list[int]:
        """What hangs on a unit directly."""
        return [i for i, u in enumerate(self.units) if u.head == unit and i != unit]

    def below(self, unit: int) -> list[int]:
        """A unit and everything that hangs on it, in order."""
        found, at = {unit}, [unit]
        while at:
            for child in self.children(at.pop()):
                if child not in found:
                    found.add(child)
                    at.append(child)
        return sorted(found)

    def words(self, unit: int) -> str:
        """The words of a unit in lower case."""
        u = self.units[unit]
        return " ".join(t.lower for t in self.tokens[u.first : u.last + 1])

    def is_next(self, i: int, *kinds: Kind) -> bool:
        """Whether the unit after one is of some kind."""
        return i + 1 < len(self.units) and self.units[i + 1].kind in kinds

    def word(self, i: int) -> str:
        """The first word of a unit in lower case."""
        return self.tokens[self.units[i].first].lower

    def last_word(self, i: int) -> str:
        """The last word of a unit in lower case."""
        return self.tokens[self.units[i].last].lower

    def antecedent(self, i: int, np: int) -> int:
        """Whom "who" speaks of: in "a nurse from Hyesan who fled" the nurse."""
        while self.word(i) == "who" and np >= 0 and self.units[np].role == "pobj":
            prep = self.units[np].head
            of = self.units[prep].head
            if not self.tokens[self.units[np].last].capital or of < 0 or self.units[of].kind != "np":
                break
            np = of
        return np

    def clause_follows(self, i: int) -> bool:
        """Whether a verb that carries a clause comes before the next mark or joining word."""
        for unit in self.units[i + 1 :]:
            if unit.kind == "verb":
                return unit.finite
            if unit.kind in ("comma", "link", "mark"):
                return False
        return False

    def clause_after_aside(self, i: int) -> bool:
        """Whether a noun follows, something about it between commas, and a verb: "after Ko, a pianist, fled"."""
        commas = [k for k in range(i + 1, len(self.units)) if self.units[k].kind == "comma"][:2]
        if len(commas) < 2 or commas[1] + 1 >= len(self.units):
            return False
        plain = all(u.kind == "np" for u in self.units[i + 1 : commas[0]])
        after = self.units[commas[1] + 1]
        return plain and after.kind == "verb" and after.finite

    def alike(self, i: int, np: int) -> int:
        """What a noun is joined to: in "a Kang from Hyesan and a Shin" the other one with an article."""
        article = self.tokens[self.units[i].first].tag in ("det", "num")
        at = np
        while article and self.tokens[self.units[at].first].tag not in ("det", "num"):
            prep = self.units[at].head
            if self.units[at].role != "pobj" or prep < 0:
                return np
            at = self.units[prep].head
            if at < 0 or self.units[at].kind != "np":
                return np
        return at

    def speaks_next(self, i: int) -> bool:
        """Whether the last words say who speaks: "..., Park's sibling said"."""
        return i + 1 < len(self.units) and self.units[i + 1].kind == "verb" and self.last_word(i + 1) in SAYS

    def is_apposition(self, i: int, comma: int) -> bool:
        """Whether a noun after a comma says who or what the one before it is."""
        if self.units[comma - 1].kind not in ("np", "mark"):
            return False
        first = self.tokens[self.units[i].first]
        if self.last_word(comma - 1) in NAME_NOUNS:
            return True
        if first.tag == "num" and first.lower.isdigit():
            return True
        return first.lower in _OPENS_APPOSITION and not self.clause_follows(i)

    def is_person(self, i: int) -> bool:
        """Whether a noun is a name or a pronoun."""
        unit = self.units[i]
        token = self.tokens[unit.first]
        return unit.first == unit.last and (token.tag == "pron" or token.capital)


def chunk(tokens: Sequence[Token]) -> list[Unit]:
    """Cut tagged words into units that hang on nothing yet."""
    units: list[Unit] = []
    i = 0
    while i < len(tokens):
        tag = tokens[i].tag
        last = i
        kind: Kind
        finite = False
        if tag in ("det", "poss", "num", "noun"):
            kind, last = "np", _np_end(tokens, i)
        elif tag == "pron":
            kind = "np"
        elif tag in ("aux", "verb", "past", "ing", "to"):
            kind = "verb"
            last, finite = _verb_end(tokens, i)
        elif tag in ("rel", "that", "sub", "cc"):
            kind = "link"
        elif tag in ("comma", "mark", "prep", "adv"):
            kind = tag
        else:
            kind = "mark"
        units.append(Unit(kind=kind, first=i, last=last, finite=finite))
        i = last + 1
    return units


def _np_end(tokens: Sequence[Token], i: int) -> int:
    seen_noun = tokens[i].tag == "noun"
    last = i
    for j in range(i + 1, len(tokens)):
        tag = tokens[j].tag
        if tag == "noun" and not tokens[j].capital and _is_date(tokens[i : last + 1]):
            break
        if tag in ("noun", "num"):
            seen_noun = True
        elif not (tag in ("det", "poss") and (tokens[last].tag == "det" or tokens[j].lower == "other")) and not (
            tag == "adv" and not seen_noun and j + 1 < len(tokens) and tokens[j + 1].tag in ("noun", "num")
        ):
            break
        last = j
    return last


def _is_date(tokens: Sequence[Token]) -> bool:
    """Whether words are a date and nothing else, so that a noun after them is another one: "in May officers came"."""
    dated = [t.text in MONTHS or (t.text.isdigit() and len(t.text) == 4) for t in tokens]
    return any(dated) and all(d or t.tag == "num" for d, t in zip(dated, tokens, strict=True))


def _verb_end(tokens: Sequence[Token], i: int) -> tuple[int, bool]:
    """The last token of a verb group, and whether it can carry a clause."""
    carries = tokens[i].tag in ("verb", "past", "aux") and tokens[i].lower not in ("being", "having", "been", "be")
    finite = carries and not (i and tokens[i - 1].tag == "to")
    last = i
    is_main = tokens[i].tag in ("verb", "past", "ing")
    for j in range(i + 1, len(tokens)):
        tag = tokens[j].tag
        if is_main:
            break
        if tag in ("verb", "past", "ing"):
            is_main, last = True, j
        elif tag == "aux":
            last = j
        elif tag != "adv":
            break
    if tokens[last].tag == "to" and last + 1 < len(tokens):
        last += 1
    return last, finite
