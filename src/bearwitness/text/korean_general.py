"""What a Korean text says in general, of no family in particular, and where it only seems to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from bearwitness.text.korean_people import SOMEONE
from bearwitness.text.korean_scene import Layers, Passage
from bearwitness.text.korean_sentences import split_sentences
from bearwitness.text.korean_terms import FAMILY
from bearwitness.text.particles import final_of
from bearwitness.text.scene import Mention

GENERIC: Final = re.compile(
    r"(?:(?:다른|많은|여러|일부|모든|수많은) )?(?:탈북민|탈북자|이탈주민|도강자|주민|사람|여성|남성|청년|부모"
    r"|자녀|월남자|행불자)들(?:의)?(?: ?(?:가족|집|가정)(?:들)?)?"
    r"|(?:탈북민|탈북자|이탈주민|도강자|월남자|행불자|주민|탈북)(?:의)? ?(?:가족|가정|집)(?:들)?"
    r"|다른 (?:[가-힣]+ )?(?:가족|집)들?"
    r"|(?:많은|대부분의|수많은|모든|여러) (?:[가-힣]+ )?(?:가족|집|사람)(?:들)?|대부분(?=[은이의])"
)
_IN_PASSING: Final = re.compile(r"(?:을|를) (?:위해|위한|돕|도와|대신)|에게|한테|의 (?:돈|송금|부탁)")
_PLURAL: Final = re.compile(r"들|많은|대부분|수많은|모든|여러|일부")
_CLAUSE_END: Final = re.compile(r"(?:다고|다는|다며|라고|라는|라며|냐고|자고)(?= |,|$|\")")
_SS: Final = 20
# "있" and "겠" end in the consonant of the past and are not past.
_PRESENT: Final = frozenset("있겠")


def is_generic(text: str, passage: Passage, start: int, *, subject: bool = False) -> bool:
    """Whether what is done at ``start`` is done to people in general ("탈북민 가족들이 감시를 받는다").

    ``subject``: only where they are what the clause is about, not where they are merely served or named in passing.
    """
    first = max([passage.sentence.start, *(m.end for m in passage.people if m.end <= start)])
    for a, b, _ in passage.heard:
        first = max(first, a) if a < start < b else max(first, b) if b <= start else first
    found = list(GENERIC.finditer(text, first, start))
    if not found:
        return False
    last = found[-1]
    if _IN_PASSING.match(text, last.end()) or (subject and not re.match(r"(?:들)?[이가은는도]", text[last.end() :])):
        return False
    own = [t for t in passage.terms if t.attribute == "kin" and last.end() <= t.start < start]
    if own:
        return False
    return FAMILY.search(text, last.end(), start) is None


def definite_groups(text: str, layers: Layers, people: Sequence[Mention]) -> Iterator[Mention]:
    """Families named by a general word of which something particular is told: "탈북민 가족이 체포됐다".

    Parameters
    ----------
    text : str
        Normalised text.
    layers : Layers
        What was found in it.
    people : sequence of Mention
        Who is shown.
    """
    acts = [t for t in layers.terms if t.attribute == "act"]
    taken = [(m.start, m.end) for m in people]
    for sentence in split_sentences(text):
        for group in GENERIC.finditer(text, sentence.start, sentence.end):
            act = next((t for t in acts if group.end() <= t.start < sentence.end), None)
            if act is None or _IN_PASSING.match(text, group.end()):
                continue
            if any((a < group.end() and group.start() < b) or group.end() <= a < act.start for a, b in taken):
                continue
            stop = _CLAUSE_END.search(text, act.end, sentence.end)
            end = stop.end() if stop else sentence.end
            if not is_general(text, (sentence.start, group.start(), act.start, end), layers):
                yield Mention(start=group.start(), end=group.end(), key=SOMEONE, label=group.group())


def is_general(text: str, at: tuple[int, int, int, int], layers: Layers) -> bool:
    """Whether a clause speaks of people in general; where that is open it does not.

    Parameters
    ----------
    text : str
        Normalised text.
    at : tuple of int
        Where the sentence begins, the word for the people, what is done, and where the clause ends.
    layers : Layers
        Dates, places and counts, which make a clause one of somebody in particular.
    """
    first, start, done, end = at
    plural = _PLURAL.search(text[start:done]) is not None
    past = is_past(text[done:end])
    dated = any(first <= d.start < end and not text.startswith("부터", d.end) for d in layers.dates)
    placed = any(first <= p.start < end for p in layers.places)
    counted = any(first <= n.start < end and n.what == "count" for n in layers.numbers)
    if plural:
        return not (counted or (past and (dated or placed)))
    return not (past or dated or placed or counted)


def is_past(clause: str) -> bool:
    """Whether a clause has a verb in the past."""
    return any(final_of(c) == _SS and c not in _PRESENT for c in clause)
