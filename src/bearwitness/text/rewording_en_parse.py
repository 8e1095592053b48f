"""The shape of an English sentence: noun phrases, prepositions, verbs, and which of them hangs on which."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from bearwitness.text.rewording_en_tokens import EITHER, Token, read_tokens

Kind = Literal["np", "prep", "verb", "link", "adv", "comma", "mark"]
Role = Literal[
    "", "subject", "object", "pobj", "appos", "conj", "main", "rel", "sub", "comp", "part", "inf", "gerund", "coord",
    "adjunct", "word",
]  # fmt: skip
_SAYS: Final = frozenset(
    ["say", "says", "said", "tell", "tells", "told", "know", "knows", "knew", "believe", "believes", "believed", "fear",
     "fears", "feared", "think", "thinks", "thought", "hear", "hears", "heard", "learned", "learnt", "learn", "learns",
     "informed", "explained", "added", "recalled", "reported", "claimed", "found", "confirmed", "insisted", "hopes",
     "hoped", "warned", "advised", "saying", "telling", "remembered", "revealed", "understood", "admitted", "wrote",
     "testified", "noted", "discovered", "realised", "realized", "suggested", "adds", "explains", "recalls"]
)  # fmt: skip
# After a noun these describe it, whatever follows.
_AFTER_NOUNS: Final = frozenset(
    ["named", "surnamed", "called", "nicknamed", "identified", "known", "related", "born", "taken", "based", "aged"]
)
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
class _Frame:
    """A clause while it is being read; ``root`` is its verb (the noun of an apposition, the preposition of an aside)."""

    role: Role
    head: int
    root: int = -1
    verb: int = -1
    subject: int = -1
    comma: int = -1
    last_np: int = -1
    waiting: list[int] = field(default_factory=list)


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


def read_shape(text: str, start: int, end: int) -> Shape:
    """Cut a sentence into units and say which hangs on which.

    Parameters
    ----------
    text : str
        The text, typographic quotes made plain.
    start, end : int
        One sentence of it.

    Notes
    -----
    A shallow reading by closed classes and endings: right for the plain sentences of a report. Where it is wrong a
    change is refused or reads badly, but never says more: what has to go goes by its offsets.
    """
    tokens = read_tokens(text, start, end)
    units = _chunk(tokens)
    _Builder(tokens, units).build()
    return Shape(tokens, units)


def _chunk(tokens: Sequence[Token]) -> list[Unit]:
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
            kind = tag  # type: ignore[assignment]
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
        if tag in ("noun", "num"):
            seen_noun = True
        elif not (tag in ("det", "poss") and tokens[last].tag == "det") and not (
            tag == "adv" and not seen_noun and j + 1 < len(tokens) and tokens[j + 1].tag in ("noun", "num")
        ):
            break
        last = j
    return last


def _verb_end(tokens: Sequence[Token], i: int) -> tuple[int, bool]:
    """The last token of a verb group, and whether it can carry a clause."""
    finite = tokens[i].tag in ("verb", "past") or (tokens[i].tag == "aux" and tokens[i].lower not in ("being", "having"))
    finite = finite and not (i and tokens[i - 1].tag == "to") and tokens[i].lower not in ("been", "be")
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


class _Builder:
    """Hangs the units of a sentence on each other, from left to right."""

    def __init__(self, tokens: Sequence[Token], units: list[Unit]) -> None:
        self.tokens, self.units = tokens, units
        self.frames = [_Frame(role="main", head=-1)]
        self.cc = self.prep = self.comma = -1
        self.adverbs: list[int] = []
        self.quoted = False

    def build(self) -> None:
        for i, unit in enumerate(self.units):
            if unit.kind == "comma":
                self._comma(i)
                continue
            if unit.kind == "mark":
                self._mark(i)
                continue
            if unit.kind == "np":
                self._np(i)
            elif unit.kind == "prep":
                self._prep(i)
            elif unit.kind == "verb":
                self._verb(i)
            elif unit.kind == "adv":
                self._adv(i)
                continue
            else:
                self._link(i)
                continue
            self.comma = -1
        while len(self.frames) > 1:
            self._pop()

    def _mark(self, i: int) -> None:
        """A dateline ends at its dash; after a semicolon or a quotation a clause of its own begins."""
        written = self.tokens[self.units[i].first].text
        if written in "–—-:" and self.frames[0].verb < 0:
            self.frames = [_Frame(role="main", head=-1)]
        elif written == '"':
            self.quoted = not self.quoted
        closes = written == ";" or (written == '"' and not self.quoted and self.comma == i - 1)
        if closes and self.frames[0].verb >= 0:
            while len(self.frames) > 1:
                self._pop()
            self._push(_Frame(role="coord", head=self.frames[0].verb))
            self.cc = self.comma = self.prep = -1

    # --- pieces ----------------------------------------------------------------------------------------------

    def _hang(self, i: int, head: int, role: Role) -> None:
        self.units[i].head, self.units[i].role = head, role
        if self.cc >= 0:
            self.units[self.cc].head, self.units[self.cc].role = i, "word"
            self.cc = -1

    def _push(self, frame: _Frame) -> None:
        self.frames.append(frame)

    def _pop(self, closing: int = -1) -> None:
        frame = self.frames.pop()
        for w in frame.waiting:
            self.units[w].head = frame.head
        if frame.root >= 0 and closing >= 0:
            self.units[frame.root].closing = closing

    def _is_next(self, i: int, *kinds: Kind) -> bool:
        return i + 1 < len(self.units) and self.units[i + 1].kind in kinds

    def _word(self, i: int) -> str:
        return self.tokens[self.units[i].first].lower

    def _last_word(self, i: int) -> str:
        return self.tokens[self.units[i].last].lower

    def _comma(self, i: int) -> None:
        opened = [k for k, f in enumerate(self.frames) if f.comma >= 0]
        initial = [k for k, f in enumerate(self.frames) if f.role == "sub" and f.head == -1]
        if opened and self.frames[opened[-1]].root >= 0:
            while len(self.frames) > opened[-1]:
                self._pop(i if len(self.frames) == opened[-1] + 1 else -1)
        elif initial:
            while len(self.frames) > initial[0]:
                self._pop(i)
        elif self.frames[-1].role in ("rel", "part", "inf", "gerund") and self.frames[0].verb < 0:
            while len(self.frames) > 1:
                self._pop()
        self.comma = i
        self.prep = -1

    def _link(self, i: int) -> None:
        tag = self.tokens[self.units[i].first].tag
        frame = self.frames[-1]
        if tag == "cc":
            self.cc = i
            return
        if tag == "sub":
            self._subordinate(i)
            return
        verb = frame.verb
        if tag == "that" and verb >= 0 and (
            self._last_word(verb) in _SAYS or not (i and self.units[i - 1].kind == "np")
        ):
            new = _Frame(role="comp", head=verb)
        else:
            new = _Frame(role="rel", head=self._antecedent(i, frame.last_np), comma=self.comma)
        new.waiting.append(i)
        self.units[i].role = "word"
        if self.cc >= 0:
            new.waiting.append(self.cc)
            self.cc = -1
        if self._is_next(i, "verb", "adv"):
            new.subject = i
        self.comma = -1
        self._push(new)

    def _antecedent(self, i: int, np: int) -> int:
        """Whom "who" speaks of: in "a nurse from Hyesan who fled" the nurse."""
        while self._word(i) == "who" and np >= 0 and self.units[np].role == "pobj":
            prep = self.units[np].head
            of = self.units[prep].head
            if not self.tokens[self.units[np].last].capital or of < 0 or self.units[of].kind != "np":
                break
            np = of
        return np

    def _subordinate(self, i: int) -> None:
        frame = self.frames[-1]
        word = self._word(i)
        waits = frame.verb < 0 and frame.subject >= 0
        if word in EITHER and (waits or not self._clause_follows(i)):
            self.units[i].kind = "prep"
            self._prep(i)
            return
        new = _Frame(role="sub", head=frame.verb, comma=self.comma if frame.verb >= 0 else -1)
        new.waiting.append(i)
        self.units[i].role = "word"
        self.comma = -1
        if self._is_next(i, "verb"):
            new.subject = i
        self._push(new)

    def _clause_follows(self, i: int) -> bool:
        for unit in self.units[i + 1 :]:
            if unit.kind == "verb":
                return unit.finite
            if unit.kind in ("comma", "link", "mark"):
                return False
        return False

    def _adv(self, i: int) -> None:
        frame = self.frames[-1]
        self.units[i].role = "word"
        if self._is_next(i, "verb", "adv"):
            self.adverbs.append(i)
        elif frame.verb >= 0:
            self.units[i].head = frame.verb
        else:
            frame.waiting.append(i)

    def _np(self, i: int) -> None:
        frame = self.frames[-1]
        if self.prep >= 0:
            role: Role = "pobj" if self.cc < 0 else "conj"
            self._hang(i, self.prep if self.cc < 0 else frame.last_np, role)
            frame.last_np, self.prep = i, -1
            return
        attribution = self.comma >= 0 and self.cc < 0 and self._speaks_next(i)
        if frame.verb >= 0 and ((self.cc >= 0 and self._clause_follows(i)) or attribution):
            self._coordinate(i)
            return
        if self.comma >= 0 and self.cc < 0 and frame.last_np >= 0 and self._is_apposition(i):
            self._push(_Frame(role="appos", head=frame.last_np, root=i, comma=self.comma, last_np=i))
            self.units[i].comma = self.comma
            self._hang(i, frame.last_np, "appos")
            return
        opens = self.comma >= 0 and frame.verb < 0 and frame.subject < 0
        if frame.last_np >= 0 and not opens and (self.cc >= 0 or (self.comma >= 0 and frame.verb < 0)):
            self._hang(i, self._like(i, frame.last_np), "conj")
        elif frame.verb < 0 and frame.subject < 0 and frame.role not in ("appos", "adjunct"):
            frame.subject = i
            self.units[i].role = "subject"
            frame.waiting.append(i)
        elif frame.verb >= 0:
            self._hang(i, frame.verb, "object")
        else:
            self._hang(i, frame.root if frame.root >= 0 else frame.last_np, "adjunct")
        frame.last_np = i

    def _like(self, i: int, np: int) -> int:
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

    def _speaks_next(self, i: int) -> bool:
        """Whether the last words say who speaks: "..., Park's sibling said"."""
        return i + 1 < len(self.units) and self.units[i + 1].kind == "verb" and self._last_word(i + 1) in _SAYS

    def _is_apposition(self, i: int) -> bool:
        if self.units[self.comma - 1].kind not in ("np", "mark"):
            return False
        first = self.tokens[self.units[i].first]
        if first.tag == "num" and first.lower.isdigit():
            return True
        return first.lower in _OPENS_APPOSITION and not self._clause_follows(i)

    def _coordinate(self, i: int) -> None:
        while self.frames[-1].role not in ("main", "comp", "sub", "coord") and len(self.frames) > 1:
            self._pop()
        frame = self.frames[-1]
        new = _Frame(role="coord", head=frame.verb, subject=i, last_np=i)
        new.waiting.append(i)
        if self.cc >= 0:
            new.waiting.append(self.cc)
            self.units[self.cc].role = "word"
        self.units[i].role = "subject"
        self.cc = -1
        self._push(new)

    def _prep(self, i: int) -> None:
        frame = self.frames[-1]
        before = self.units[i - 1] if i else None
        role: Role = "adjunct"
        if self.comma >= 0 and frame.verb < 0 and frame.last_np >= 0 and frame.role == "main":
            self._push(_Frame(role="adjunct", head=frame.last_np, root=i, comma=self.comma))
            self.units[i].comma = self.comma
            self._hang(i, frame.last_np, role)
        elif before is not None and before.kind == "np" and (self._word(i) == "of" or frame.verb < 0):
            self._hang(i, i - 1, role)
        elif frame.verb >= 0:
            self._hang(i, frame.verb, role)
        elif frame.last_np >= 0:
            self._hang(i, frame.last_np, role)
        else:
            frame.waiting.append(i)
            self.units[i].role = role
        self.prep = i

    # --- verbs -----------------------------------------------------------------------------------------------

    def _verb(self, i: int) -> None:
        unit = self.units[i]
        first = self.tokens[unit.first]
        frame = self.frames[-1]
        participle = first.lower in _AFTER_NOUNS and i > 0 and self.units[i - 1].kind == "np"
        if participle and (frame.verb < 0 or self.units[i - 1].role != "subject"):
            self._open(i, "part", i - 1)
        elif first.tag == "to":
            self._open(i, "inf", frame.verb if frame.verb >= 0 else frame.last_np)
        elif not unit.finite:
            self._participle(i)
        elif self.cc >= 0 and self._joined(i):
            pass
        else:
            self._finite(i)
        for adverb in self.adverbs:
            self.units[adverb].head = i
        self.adverbs.clear()
        self.prep = -1

    def _open(self, i: int, role: Role, head: int) -> None:
        new = _Frame(role=role, head=head, root=i, verb=i, comma=self.comma)
        self.units[i].comma = self.comma
        self._hang(i, head, role)
        self._push(new)

    def _participle(self, i: int) -> None:
        frame = self.frames[-1]
        if self.prep >= 0:
            self._open(i, "gerund", self.prep)
            return
        if self.cc >= 0 and frame.verb >= 0:
            self._join(i, frame)
            return
        before = self.units[i - 1] if i else None
        head = frame.last_np if before is not None and before.kind == "np" else frame.verb
        self._open(i, "part", head if head >= 0 else frame.last_np)

    def _joined(self, i: int) -> bool:
        """A verb after "and" without a subject of its own joins the nearest one that carries a clause."""
        for k in range(len(self.frames) - 1, -1, -1):
            frame = self.frames[k]
            if frame.verb >= 0 and (self.units[frame.verb].finite or k == 0):
                while len(self.frames) > k + 1:
                    self._pop()
                self._join(i, frame)
                return True
        return False

    def _join(self, i: int, frame: _Frame) -> None:
        self._hang(i, frame.verb, "conj")
        frame.verb = i
        frame.last_np = -1

    def _finite(self, i: int) -> None:
        frame = self.frames[-1]
        before = i - 1
        while before >= 0 and self.units[before].kind == "adv":
            before -= 1
        bare = self.tokens[self.units[i].first].tag == "past"
        for k in range(len(self.frames) - 1, -1, -1):
            if self.frames[k].verb < 0 and self.frames[k].subject >= 0:
                while len(self.frames) > k + 1:
                    self._pop()
                self._assign(i)
                return
        if before >= 0 and self.units[before].kind == "np" and frame.verb >= 0:
            np = self.units[before]
            says = self._last_word(frame.verb) in _SAYS
            if bare and not says and not self._is_person(before):
                self._open(i, "part", before)
                return
            head = frame.verb if says else before - 1
            new = _Frame(role="comp" if says else "rel", head=head, subject=before, last_np=before)
            new.waiting.append(before)
            np.role = "subject"
            self._push(new)
            self._assign(i)
            return
        if frame.verb >= 0:
            self._join(i, frame)
            return
        self._assign(i)

    def _is_person(self, i: int) -> bool:
        unit = self.units[i]
        token = self.tokens[unit.first]
        return unit.first == unit.last and (token.tag == "pron" or token.capital)

    def _assign(self, i: int) -> None:
        frame = self.frames[-1]
        frame.verb = frame.root = i
        self.units[i].comma = frame.comma
        self._hang(i, frame.head, frame.role)
        for w in frame.waiting:
            self.units[w].head = i
        frame.waiting.clear()
