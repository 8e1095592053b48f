"""Find many written forms in a text at once: as words, without regard to capitals, marks, hyphens and line breaks.

Text and forms are folded alike; every match has offsets in the text that was given. Forms are as sensitive as the
record they come from: nothing here writes one down.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from bearwitness.text.form_folding import fold_text, script_of
from bearwitness.text.particles import are_particles

T = TypeVar("T")
# A Hangul form of so many syllables is found inside a word too: nothing else is written with them.
SYLLABLES_ANYWHERE: Final = 3
MANY_FORMS: Final = 100_000
# A capitalised form of one word with so few letters is found with its capital only ("An", "Do").
SHORT_WORD: Final = 3
_AS_IT_IS, _CAPITAL, _CAPITALS = 0, 1, 2
_EXTRA: Final = ("님",)


@dataclass(frozen=True, slots=True, kw_only=True)
class FormMatch(Generic[T]):
    """A passage that is written as one of the forms: offsets in code points, and what the forms stand for."""

    start: int
    end: int
    values: tuple[T, ...]


@dataclass(frozen=True, slots=True)
class _Edges:
    """What has to stand around a form: by the script of its two ends, its syllables, and its capitals."""

    left: str
    right: str
    syllables: int
    lone: bool
    group: bool
    short: bool
    capitals: int


class FormMatcher(Generic[T]):
    """Forms, ready to be found.

    Parameters
    ----------
    forms : iterable of (str, T)
        A form as it is written, and what it stands for; a form may come several times.
    ordinary : container of str
        Ordinary words in lower case. A form written with a capital that is made of such words only ("Young") is
        found with its capital only.

    Raises
    ------
    ValueError
        If a form has neither letters nor digits.

    Notes
    -----
    Letters of alphabets match at both ends of a word only. A Hangul form begins a word unless it has three syllables
    or more, and anything may follow it, since particles attach; only a form of one syllable needs nothing but
    particles after it. Digits never match inside a longer number.
    """

    __slots__ = ("_automaton", "_edges", "_values")

    def __init__(self, forms: Iterable[tuple[str, T]], ordinary: Container[str] = ()) -> None:
        from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

        at: dict[str, int] = {}
        values: list[tuple[T, ...]] = []
        edges: list[_Edges] = []
        for form, value in forms:
            folded = fold_text(form).text.strip()
            if not any(c.isalnum() for c in folded):
                raise ValueError("a form needs a letter or a digit")
            capitals = _capitals(form, folded, ordinary)
            index = at.setdefault(folded, len(values))
            if index == len(values):
                values.append((value,))
                edges.append(_edges(folded, capitals))
                continue
            if value not in values[index]:
                values[index] += (value,)
            if capitals < edges[index].capitals:
                edges[index] = _edges(folded, capitals)
        self._values = values
        self._edges = edges
        # Of many forms the table that lies in one piece is walked fastest; the library's own choice is for few.
        kind = Implementation.ContiguousNFA if len(at) > MANY_FORMS else None
        self._automaton = AhoCorasick(
            list(at), matchkind=MatchKind.Standard, store_patterns=False, implementation=kind
        ) if at else None  # fmt: skip

    def __len__(self) -> int:
        """How many different forms there are."""
        return len(self._values)

    def find(self, text: str) -> tuple[FormMatch[T], ...]:
        """The forms in a text, in order, without overlap: of two that overlap the leftmost, of those the longest.

        Parameters
        ----------
        text : str
            Normalised text (``text.normalise``).
        """
        kept: list[FormMatch[T]] = []
        for match in self.find_all(text):
            if not kept or match.start >= kept[-1].end:
                kept.append(match)
        return tuple(kept)

    def find_all(self, text: str) -> tuple[FormMatch[T], ...]:
        """Every form in a text, also those that overlap or lie within another, in order, the longer first.

        What is protected is all of these together: of "12 April 2019" and "April 2019 in Musan" neither hides the
        other.

        Parameters
        ----------
        text : str
            Normalised text (``text.normalise``).
        """
        found = sorted(self._find(text))
        return tuple(FormMatch(start=s, end=-e, values=self._values[i]) for s, e, i in found)

    def _find(self, text: str) -> Iterator[tuple[int, int, int]]:
        """Start, end with a minus so that the longer sorts first, and the number of the form."""
        if self._automaton is None:
            return
        folded = fold_text(text)
        edges = self._edges
        for index, start, end in self._automaton.find_matches_as_indexes(folded.text, overlapping=True):
            edge = edges[index]
            if _stands_alone(folded.text, start, end, edge):
                first, last = folded.original_span(start, end)
                if not edge.capitals or _has_capitals(text[first:last], edge.capitals):
                    yield first, -last, index


def find_forms(
    text: str, forms: Iterable[tuple[str, T]], ordinary: Container[str] = ()
) -> tuple[FormMatch[T], ...]:
    """Every form that stands in a text, in one call (see ``FormMatcher.find_all``).

    Parameters
    ----------
    text : str
        Normalised text.
    forms : iterable of (str, T)
        A form and what it stands for.
    ordinary : container of str
        Ordinary words in lower case.
    """
    return FormMatcher(forms, ordinary).find_all(text)


def _edges(folded: str, capitals: int) -> _Edges:
    syllables = sum("가" <= c <= "힣" for c in folded)
    head = len(folded) - len(folded.lstrip("0123456789"))
    tail = len(folded) - len(folded.rstrip("0123456789"))
    return _Edges(
        left=script_of(folded[0]), right=script_of(folded[-1]), syllables=syllables, lone=len(folded) == syllables == 1,
        group=head == 3, short=0 < tail <= 3, capitals=capitals,
    )  # fmt: skip


def _capitals(form: str, folded: str, ordinary: Container[str]) -> int:
    """Which capitals a form has to be found with: those of a short word, or of words that are ordinary ones."""
    first = form.lstrip()[:1]
    if not first.isupper():
        return _AS_IT_IS
    words = folded.replace(".", " ").split()
    if not (len(words) == 1 and len(words[0]) <= SHORT_WORD) and not all(w in ordinary for w in words):
        return _AS_IT_IS
    shouted = len(words) == 1 and len(words[0]) > 1 and form.isupper()
    return _CAPITALS if shouted else _CAPITAL


def _has_capitals(written: str, capitals: int) -> bool:
    return written.isupper() if capitals == _CAPITALS else written[:1].isupper()


def _stands_alone(text: str, start: int, end: int, edge: _Edges) -> bool:
    """Whether what stands around a passage leaves it a word, or a number, of its own."""
    before = text[start - 1] if start else ""
    after = text[end] if end < len(text) else ""
    if before and edge.left and not _may_precede(text, start, before, edge):
        return False
    if after and edge.right and not _may_follow(text, end, after, edge):
        return False
    return not edge.lone or _only_particles(text, start, end)


def _may_precede(text: str, start: int, before: str, edge: _Edges) -> bool:
    if edge.left == "hangul":
        return edge.syllables >= SYLLABLES_ANYWHERE or script_of(before) != "hangul"
    if edge.left == "digit":
        grouped = edge.group and before == "," and start > 1 and script_of(text[start - 2]) == "digit"
        return script_of(before) != "digit" and not grouped
    return script_of(before) != "letter"


def _may_follow(text: str, end: int, after: str, edge: _Edges) -> bool:
    if edge.right == "hangul":
        return True
    if edge.right == "digit":
        if script_of(after) == "digit":
            return False
        rest = text[end + 1 : end + 5]
        return not (edge.short and after == "," and rest[:3].isdigit() and len(rest) >= 3 and not rest[3:].isdigit())
    return script_of(after) != "letter"


def _only_particles(text: str, start: int, end: int) -> bool:
    stop = end
    while stop < len(text) and "가" <= text[stop] <= "힣":
        stop += 1
    rest = text[end:stop]
    return any(
        are_particles(rest.removeprefix(more), after=more or text[start:end])
        for more in ("", *(e for e in _EXTRA if rest.startswith(e)))
    )


