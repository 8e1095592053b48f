"""Whom "she", "his", "they" and "my" stand for: by what a sentence is about, by sex, by number, by who is speaking."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from bearwitness.text.attribution import Anchor
from bearwitness.text.english_words import FUNCTION_WORDS, Page, Sentence, Word

PRONOUN_SEX: Final = {
    "she": "female", "her": "female", "hers": "female", "herself": "female",
    "he": "male", "him": "male", "his": "male", "himself": "male",
}  # fmt: skip
THEY: Final = frozenset(["they", "them", "their", "theirs", "themselves"])
FIRST_PERSON: Final = frozenset(
    ["i", "i'm", "i've", "i'd", "i'll", "me", "my", "mine", "myself", "we", "us", "our", "ours"]
)
_POSSESSIVE: Final = frozenset(["his", "their", "my", "our"])
_CATAPHORA: Final = frozenset(
    [
        "after", "when", "while", "before", "since", "because", "as", "although", "though", "in", "following",
        "with", "despite", "during", "until", "once", "if",
    ]
)  # fmt: skip
_OBJECT_BEFORE: Final = re.compile(
    r"\b(?:told|tells|informed|informs|to|with|by|from|of|for|about|against|asked|met|meeting|called|phoned|warned"
    r"|contacted|reached|at"
    r"|behind|between|like|than|near|via|let|joined|married|knew|helped|detained|arrested|threatened"
    r"|questioned) (?:the |an? )?$"
)
SPEECH: Final = re.compile(
    r"\b(?:said|says|told|tells|added|adds|recalled|recalls|explained|explains|asked|replied|insisted|continued"
    r"|remembered|wrote|noted"
    r"|stressed|admitted|testified|lamented|whispered|cried|according to)\b"
)
MOST_SENTENCES_BACK: Final = 6


@dataclass(slots=True, kw_only=True)
class Passage:
    """One sentence with everybody it shows as anchors, in order; ``before`` are the last sentences before it.

    ``hidden`` are its closed asides, ``owners`` where those begin who only say whose something is ("brother of Kim").
    """

    sentence: Sentence
    anchors: list[Anchor]
    groups: tuple[tuple[Anchor, ...], ...] = ()
    hidden: tuple[tuple[int, int], ...] = ()
    subordinate: bool = False
    before: tuple[Passage, ...] = ()
    owners: set[int] = field(default_factory=set)

    @property
    def people(self) -> list[Anchor]:
        """The persons shown or meant, with neither relatives nor those who only carry news."""
        return [a for a in self.anchors if a.kind in ("person", "named") and a.keys and not a.about]


def is_subject(text: str, start: int) -> bool:
    """Whether a noun can be what its clause is about: nothing before it makes it an object."""
    return _OBJECT_BEFORE.search(text, max(0, start - 24), start) is None


def is_possessive(page: Page, word: Word) -> bool:
    """Whether a pronoun says whose something is; "her" does where a noun can follow it."""
    if word.lower in _POSSESSIVE:
        return True
    if word.lower != "her":
        return False
    index = page.index_at(word.end)
    if index >= len(page.words):
        return False
    after = page.words[index]
    follows = page.text[word.end : after.start] == " "
    return follows and (
        after.lower not in FUNCTION_WORDS or after.lower in ("own", "former", "few", "first", "last", "two")
    )


def fits(anchor: Anchor, sex: str, sexes: Mapping[str, str]) -> bool:
    """Whether somebody can be "she" or "he": nothing said before tells the other sex."""
    if anchor.plural or not anchor.keys:
        return False
    known = anchor.sex or ("" if anchor.about else next((sexes[k] for k in anchor.keys if k in sexes), ""))
    return not known or not sex or known == sex


def choose_single(
    here: Passage,
    at: int,
    *,
    sex: str,
    sexes: Mapping[str, str],
    speaker: Sequence[str],
    possessive: bool,
    text: str = "",
) -> Anchor | None:
    """Whom a pronoun for one person stands for: the nearest subject that fits, else the nearest other, else earlier."""
    by_object = not possessive and sex and text[at : at + 3].lower() in ("her", "him")

    def usable(anchors: Iterable[Anchor]) -> list[Anchor]:
        return [
            a for a in anchors
            if a.kind in ("person", "carrier", "named", "kin") and fits(a, sex, sexes)
            and (a.about or not set(a.keys) & set(speaker))
        ]  # fmt: skip

    earlier = usable(a for a in here.anchors if a.end <= at)[::-1]
    if by_object:
        earlier = [
            a
            for a in earlier
            if not a.subject
            or a.possessive
            or _BETWEEN_CLAUSES.search(_LAST_WORD.sub("", _without(text, here, a.end, at)))
        ]
    found = _ranked(earlier)
    if found is not None and found.kind == "named":
        return _or_before(found, here, usable)
    if found is not None and not (possessive and found.kind == "carrier"):
        return found
    later = usable(a for a in here.anchors if a.start > at and a.kind == "person")
    if later and here.subordinate:
        return later[0]
    fallback = found
    for passage in reversed(here.before):
        found = _ranked(usable(passage.anchors))
        if found is not None and found.kind == "carrier" and possessive:
            fallback = fallback or found
            continue
        if found is not None:
            return _or_before(found, passage, usable) if found.kind == "named" else found
    if fallback is None and later:
        return later[0]
    return fallback


def _or_before(named: Anchor, here: Passage, usable: Callable[[Iterable[Anchor]], list[Anchor]]) -> Anchor:
    """Somebody named whom no record knows, and whoever of the paragraph before may be meant as well."""
    for passage in reversed(here.before):
        if passage.sentence.paragraph != here.sentence.paragraph:
            break
        found = _ranked(usable(a for a in passage.anchors if a.kind == "person"))
        if found is not None:
            return replace(named, keys=tuple(dict.fromkeys((*named.keys, *found.keys))))
    return named


def _ranked(anchors: Sequence[Anchor]) -> Anchor | None:
    """Of several the best: subjects before others, people before those who only carry news and before the named."""
    rank = {"person": 0, "kin": 0, "carrier": 2, "named": 2, "family": 3, "house": 3, "generic": 3}
    best = min(
        enumerate(anchors), key=lambda p: (rank[p[1].kind], p[1].possessive or not p[1].subject, p[0]), default=None
    )
    return best[1] if best else None


# A verb does not take its own subject as "her" or "him": "Kim has not heard from her" is somebody else.
_LAST_WORD: Final = re.compile(r"\w+ $")
_BETWEEN_CLAUSES: Final = re.compile(
    rf"{SPEECH.pattern}|[;:\"]|, |\b(?:that|because|when|while|after|before|since|if|who|whose|which|and|but|until|as"
    rf"|where)\b"
)


def _without(text: str, here: Passage, start: int, end: int) -> str:
    """A passage without the closed asides that lie in it."""
    for a, b in here.hidden:
        if start <= a and b <= end:
            return text[start:a] + " " + text[b:end]
    return text[start:end]


def subordinate_start(page: Page, sentence: Sentence) -> bool:
    """Whether a sentence begins with a clause that depends on the one after it."""
    words = page.words_in(sentence.start, min(sentence.end, sentence.start + 20))
    return bool(words) and words[0].lower in _CATAPHORA


def choose_plural(here: Passage, at: int) -> Anchor | None:
    """Whom "they" stands for: the nearest group or people in general before it, else one person."""
    plural = [a for a in here.anchors if a.end <= at and (a.kind == "generic" or (a.plural and a.keys))]
    groups = [g for g in here.groups if len(g) > 1 and g[-1].end <= at]
    if groups and (not plural or groups[-1][-1].end > plural[-1].end or plural[-1].kind == "generic"):
        return _joined(groups[-1])
    if plural:
        return plural[-1]
    single = [a for a in here.people if a.end <= at]
    if single:
        return single[-1]
    for passage in reversed(here.before[-2:]):
        groups = [g for g in passage.groups if len(g) > 1]
        if groups:
            return _joined(groups[-1])
        people = passage.people
        if people:
            return people[0]
        if any(a.kind == "generic" for a in passage.anchors):
            return None
    return None


def _joined(group: Sequence[Anchor]) -> Anchor:
    keys = tuple(dict.fromkeys(k for a in group for k in a.keys))
    return Anchor(start=group[0].start, end=group[-1].end, kind="person", keys=keys, plural=True)
