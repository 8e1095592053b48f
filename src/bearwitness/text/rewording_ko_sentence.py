"""One Korean sentence with some of what it says taken out or said less exactly, or the news that it cannot be kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from bearwitness.text.rewording_ko_parse import VERBS, Token, below, leaning_on, leans_back, parse
from bearwitness.text.rewording_ko_words import close_sentence

# A place or a work without which the verb after it says nothing.
_NEEDS_PLACE: Final = re.compile(
    r"^(?:살|사는|산$|사던|거주|있|남[은아]|태어|나고|나서|자라|자란|지내|온$|왔|머[물무]|두고|둔$|정착)"
)
_NEEDS_WORK: Final = re.compile(r"^(?:일하|일한|일했|활동|지내|지낸|근무|살|종사|나서|나선|뛰)")
_SAYS_NOTHING: Final = re.compile(r"^(?:일하|일한|일했|살던|살다|사는|지내|머물|근무|거주|있던|있는)")
_ON_THE_WAY: Final = re.compile(r"(?:중국|국경|강[을에]|제3국|러시아|몽골|태국|라오스|베트남)")


class CannotKeep(Exception):
    """The sentence does not stand without what has to go."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What is to become of one passage.

    ``how``: "say" replaces it by ``words``, "name" by the wording of ``people``, "drop" takes it out with what hangs
    on it, "clause" with its predicate, "alone" without anything else; "anew" has the sentence made anew. ``noun`` is
    what somebody without a name is called by the draft itself ("여성").
    """

    start: int
    end: int
    how: str
    words: str = ""
    people: frozenset[str] = frozenset()
    attribute: str = ""
    noun: str = ""


@dataclass(slots=True)
class Sentence:
    """A sentence while it is changed.

    Parameters
    ----------
    text : str
        Normalised text.
    start, end : int
        The sentence in it.
    must : sequence of (int, int)
        Passages of acts that have to stay.
    wanted : sequence of (int, int)
        Passages of other claims that would better stay.
    """

    text: str
    start: int
    end: int
    must: Sequence[tuple[int, int]]
    wanted: Sequence[tuple[int, int]]
    tokens: list[Token] = field(default_factory=list)
    removed: set[int] = field(default_factory=set)
    tails: dict[int, str] = field(default_factory=dict)
    said: dict[int, list[Part]] = field(default_factory=dict)
    last: int = -1
    closing: str = ""
    dropping: set[int] = field(default_factory=set)

    def read(self, passages: Iterable[tuple[int, int]], times: Iterable[int], people: Iterable[int]) -> None:
        """Cut the sentence into tokens."""
        self.tokens = parse(self.text, self.start, self.end, passages, times, people)
        self.last = len(self.tokens) - 1

    def at(self, part: Part) -> int:
        """The token in which a passage begins.

        Raises
        ------
        CannotKeep
            If none does.
        """
        for index, token in enumerate(self.tokens):
            if token.start <= part.start < token.end or part.start <= token.start < part.end:
                return index
        raise CannotKeep

    # --- taking out ------------------------------------------------------------------------------------------

    def take_out(self, part: Part) -> None:
        """Take out a passage with what hangs on it.

        Raises
        ------
        CannotKeep
            If the sentence does not stand without it.
        """
        at = self.at(part)
        if at in self.removed:
            return
        token = self.tokens[at]
        if part.how == "anew":
            raise CannotKeep
        self.dropping.add(at)
        if part.how == "alone":
            self._take_word(at, keep_before=True)
        elif part.how == "clause":
            self._take_clause(self._predicate_of(at))
        elif token.kind in VERBS:
            self._take_clause(at)
        elif token.kind in ("object", "subject", "topic") or self._is_needed(at, part.attribute):
            self._take_clause(self._predicate_of(at))
        else:
            self._take_word(at)

    def _is_needed(self, at: int, attribute: str) -> bool:
        token = self.tokens[at]
        if token.kind != "case":
            return False
        head = self.tokens[token.head].text
        if attribute == "home":
            return _NEEDS_PLACE.match(head) is not None
        if attribute == "route":
            # "관광 비자로 중국에 나갔다": the place on the way tells the way too.
            beside = leaning_on(self.tokens, token.head)
            return any(_ON_THE_WAY.match(self.tokens[i].text) for i in beside if i != at)
        return attribute in ("occupation", "trait") and _NEEDS_WORK.match(head) is not None

    def _predicate_of(self, at: int) -> int:
        seen = at
        while self.tokens[seen].kind not in VERBS:
            if self.tokens[seen].head <= seen:
                raise CannotKeep
            seen = self.tokens[seen].head
        return seen

    def has(self, indices: Iterable[int], passages: Sequence[tuple[int, int]]) -> bool:
        """Whether any of the passages still stands in these tokens."""
        spans = [(self.tokens[i].start, self.tokens[i].end) for i in indices if i not in self.removed]
        return any(a < q and p < b for a, b in spans for p, q in passages)

    def _remove(self, indices: Iterable[int]) -> None:
        chosen = frozenset(indices)
        if self.has(chosen, self.must):
            raise CannotKeep
        self.removed |= chosen

    def _take_word(self, at: int, *, keep_before: bool = False) -> None:
        token = self.tokens[at]
        before = [i for i in leaning_on(self.tokens, at) if i not in self.removed]
        stay = (*self.wanted, *self.must)
        kept = before if keep_before else [i for i in before if self.has(below(self.tokens, i), stay)]
        if self.has([at], self.must):
            raise CannotKeep
        for i in before:
            if i not in kept:
                self._remove(below(self.tokens, i))
        tail = self.text[token.core_end : token.end]
        if token.kind == "final":
            raise CannotKeep
        if kept and token.kind != "bare":
            last = kept[-1]
            if self.tokens[last].kind == "relative":
                self.said.setdefault(at, []).append(
                    Part(start=token.start, end=token.core_end, how="say", words="사람")
                )
                return
            self.tails[last] = tail
        self.removed.add(at)
        head = token.head
        self._take_empty_verb(head)
        leans = head > at and leans_back(self.tokens, head) and token.kind in ("bare", "of")
        if leans and not kept and not [i for i in leaning_on(self.tokens, head) if i not in self.removed]:
            self._take_any(head)

    def _take_empty_verb(self, verb: int) -> None:
        """"일하다 2015년 도강한" without where and as what: the verb goes too."""
        token = self.tokens[verb]
        left = [i for i in leaning_on(self.tokens, verb) if i not in self.removed]
        if token.kind in ("link", "relative") and not left and _SAYS_NOTHING.match(token.text):
            self._take_clause(verb)

    def _take_any(self, at: int) -> None:
        if at in self.removed:
            return
        if self.tokens[at].kind in VERBS:
            self._take_clause(at)
        elif self.tokens[at].kind in ("object", "subject", "topic"):
            self._take_clause(self._predicate_of(at))
        else:
            self._take_word(at)

    def _take_clause(self, verb: int) -> None:
        if verb in self.removed:
            return
        kind = self.tokens[verb].kind
        if verb == self.last:
            self._close_before(verb)
        elif kind == "relative":
            self._remove(below(self.tokens, verb))
            head = self.tokens[verb].head
            if leans_back(self.tokens, head):
                self._take_any(head)
        elif kind == "link":
            self._take_link(verb)
        else:
            raise CannotKeep

    def _take_link(self, verb: int) -> None:
        following = self.tokens[verb].head
        theirs = [i for i in leaning_on(self.tokens, following) if i != verb]
        has_subject = any(self.tokens[i].kind in ("subject", "topic") for i in theirs)
        gone: set[int] = {verb}
        for i in leaning_on(self.tokens, verb):
            kind, whole = self.tokens[i].kind, below(self.tokens, i)
            floats = kind == "topic" or (kind == "subject" and not has_subject)
            stays = kind in ("time", "case") and not whole & self.dropping
            if stays and self.has(whole, (*self.wanted, *self.must)):
                floats = True
            if floats:
                self.tokens[i].head = following
            else:
                gone |= whole
        self._remove(gone)
        if not [i for i in leaning_on(self.tokens, following) if i not in self.removed]:
            self._stands_alone(following)

    def _stands_alone(self, verb: int) -> None:
        """A verb left without anything: nothing is lost with it where nothing hangs on it."""
        if self.tokens[verb].kind == "final" and not self.has([verb], (*self.must, *self.wanted)):
            raise CannotKeep

    def _close_before(self, verb: int) -> None:
        """Let the clause before the last one end the sentence."""
        links = [i for i in leaning_on(self.tokens, verb) if self.tokens[i].kind == "link" and i not in self.removed]
        if not links:
            raise CannotKeep
        link = links[-1]
        closed = close_sentence(self.tokens[link].text, self.tokens[verb].text)
        if not closed:
            raise CannotKeep
        self._remove(i for i in range(link + 1, verb + 1))
        for i in leaning_on(self.tokens, verb):
            if i < link:
                self.tokens[i].head = link
        self.last, self.closing = link, closed
        self.tokens[link].kind = "final"

    # --- saying otherwise ------------------------------------------------------------------------------------

    def say(self, part: Part) -> None:
        """Put other words for a passage."""
        self.said.setdefault(self.at(part), []).append(part)
