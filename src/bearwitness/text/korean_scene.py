"""A Korean text laid out for reading: its sentences, who is shown in each, and what each could be saying of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from bearwitness.text.date_atoms import DateMention
from bearwitness.text.dates import find_dates
from bearwitness.text.korean_people import Sentence, describes, split_sentences
from bearwitness.text.korean_terms import Term, find_terms
from bearwitness.text.korean_values import Value, find_numbers, find_occupations, find_places
from bearwitness.text.scene import Forms, Mention

GENERIC = re.compile(
    r"(?:탈북민|탈북자|이탈주민|주민|가족|사람|여성|남성|청년|부모|자녀)들|(?:탈북민|탈북자|이탈주민|주민)(?:의)? ?가족(?!의 집)|많은 |대부분|수많은"
)
ANAPHOR = re.compile(
    r"(?<![가-힣])(?:그(?:는|가|의|를|에게|도)|그녀|자신|본인|이 (?:여성|남성|탈북민|탈북자)|가족|식구|집(?=[은이을에의])|당시|이후|그 ?뒤|이때|그러자|결국)"
)
_JOINED = re.compile(r"(?:와|과|하고|,| 및|·| 그리고)(?= |[가-힣])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """What a description can belong to: somebody shown, or a relative of theirs (``about`` names which)."""

    start: int
    end: int
    keys: tuple[str, ...]
    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One sentence with all that was found in it; ``keys`` are those it can speak of, those it shows or before."""

    sentence: Sentence
    people: tuple[Mention, ...]
    carriers: tuple[Mention, ...]
    keys: tuple[str, ...]
    generic: bool
    terms: tuple[Term, ...]
    places: tuple[Value, ...]
    numbers: tuple[Value, ...]
    occupations: tuple[Value, ...]
    dates: tuple[DateMention, ...]


def lay_out(
    text: str, mentions: Sequence[Mention], *, places: Forms, occupations: Forms, published: date | None
) -> tuple[Passage, ...]:
    """Cut a text into sentences and say, for each, what was found in it and whom it can speak of.

    Parameters
    ----------
    text : str
        Normalised text.
    mentions : sequence of Mention
        Who is shown, in order; several with one passage where a name may mean several persons.
    places, occupations : mapping of str to frozenset of str
        Written forms, with the paths each may mean.
    published : date or None
        When the text is published; ages mean nothing without it.
    """
    dates = find_dates(text, language="ko", published=published)
    numbers = find_numbers(text, dates, published)
    # A sum or an age is no date, and a year of birth is no date of an act.
    dates = tuple(d for d in dates if not any(n.start < d.end and d.start < n.end for n in numbers))
    found = {
        "terms": find_terms(text), "places": find_places(text, places), "numbers": numbers,
        "occupations": find_occupations(text, occupations), "dates": dates,
    }  # fmt: skip
    passages: list[Passage] = []
    recent: tuple[str, ...] = ()
    paragraph = -1
    for sentence in split_sentences(text):
        inside = [m for m in mentions if sentence.start <= m.start < sentence.end]
        people = tuple(m for m in inside if m.stands_as != "carrier")
        said = text[sentence.start : sentence.end]
        generic = not people and GENERIC.search(said) is not None
        keys = tuple(dict.fromkeys(m.key for m in people))
        if not keys and not generic and (sentence.paragraph == paragraph or ANAPHOR.search(said)):
            keys = recent
        if people:
            recent = last_group(text, people)
        if keys:
            paragraph = sentence.paragraph
        passages.append(
            Passage(
                sentence=sentence, people=people, carriers=tuple(m for m in inside if m.stands_as == "carrier"),
                keys=keys, generic=generic, **{name: _within(sentence, items) for name, items in found.items()},
            )  # type: ignore[arg-type]
        )  # fmt: skip
    return tuple(passages)


def _within(sentence: Sentence, items: Sequence[Term | Value | DateMention]) -> tuple[Term | Value | DateMention, ...]:
    return tuple(i for i in items if sentence.start <= i.start < sentence.end)


def last_group(text: str, people: Sequence[Mention]) -> tuple[str, ...]:
    """Those of the last group of a sentence: people joined by "and" count together."""
    return group_of(text, people, people[-1])


def group_of(text: str, people: Sequence[Mention], member: Mention) -> tuple[str, ...]:
    """Everybody joined to one person of a sentence by "and" or commas, and all that one passage may mean."""
    groups: list[list[Mention]] = []
    for mention in people:
        before = groups[-1][-1] if groups else None
        same = before is not None and before.start == mention.start
        if before is not None and (same or (_JOINED.match(text, before.end) and mention.start - before.end <= 40)):
            groups[-1].append(mention)
        else:
            groups.append([mention])
    group = next(g for g in groups if member in g)
    return tuple(dict.fromkeys(m.key for m in group))


def speaks_of(text: str, passage: Passage, start: int) -> tuple[str, ...]:
    """Whom a predicate at ``start`` is about: the nearest people before it in the sentence, else after, else before."""
    if not passage.people:
        return passage.keys
    before = [m for m in passage.people if m.end <= start]
    return group_of(text, passage.people, before[-1] if before else passage.people[0])


def kin_anchors(text: str, passage: Passage) -> tuple[Anchor, ...]:
    """The kin words of a sentence as anchors, with those whose relatives they are."""
    return tuple(
        Anchor(start=t.start, end=t.end, keys=speaks_of(text, passage, t.start), about="kin:" + "|".join(sorted(t.codes)))
        for t in passage.terms
        if t.attribute == "kin"
    )


_PREDICATE: Final = re.compile(
    r"(?:이|가)?(?:로|으로|로서|으로서|였|이었|인(?= |데|$)|이다|이며|이고|이자|입니다|라고|으로서|이라|였던|이던|이었던| 출신)"
)


def described(
    text: str, passage: Passage, start: int, end: int, *, anchors: Sequence[Anchor], loose: bool = False
) -> Anchor | None:
    """What a description belongs to.

    The nearest person or relative after it that it can be an attribute of; else, where it is a predicate (or
    ``loose``), the nearest before it in the sentence, and without any whom the sentence can speak of.
    """
    for anchor in anchors:
        if anchor.start <= start and end <= anchor.end:
            return anchor
    after = [a for a in anchors if a.start >= end]
    if after and describes(text, end, after[0].start):
        return after[0]
    if not loose and not _PREDICATE.match(text, end):
        return None
    before = [a for a in anchors if a.end <= start]
    if before:
        # A relative's passage ends at the next topic: "정 씨의 언니는 간호사였다" speaks of the sister.
        return before[-1]
    return Anchor(start=start, end=end, keys=passage.keys) if passage.keys else None


def anchors_of(text: str, passage: Passage) -> tuple[Anchor, ...]:
    """Everybody a sentence can describe, in order: people, carriers, relatives."""
    people = [Anchor(start=m.start, end=m.end, keys=(m.key,)) for m in (*passage.people, *passage.carriers)]
    return tuple(sorted((*people, *kin_anchors(text, passage)), key=lambda a: (a.start, a.end)))
