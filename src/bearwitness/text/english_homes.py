"""Places said of people: where a family is, where somebody comes from, a place named together with them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bearwitness.model.values import Paths
from bearwitness.text.english_focus import Scene
from bearwitness.text.english_pronouns import Passage
from bearwitness.text.english_subjects import speaks_of
from bearwitness.text.english_values import Value
from bearwitness.text.scene import Said

_LIVES: Final = re.compile(
    r"\b(?:famil(?:y|ies)|home|house|relatives|brothers?|sisters?|siblings?|mother|father|parents|husband|wife|sons?"
    r"|daughters?|children"
    r"|household|hometown|home town|live[sd]?|living|based|residents?|remain(?:s|ed|ing)?|apartment|back home)"
    r"(?: (?:who |still |that |is |are |was |were |back |left |remaining |lives? |living )*(?:behind )?)?,? ?(?:in|of"
    r"|at|near|outside) (?:the )?"
    r"(?:[a-z]+ )*(?:of )?$"
)
_ORIGIN: Final = re.compile(
    r"(?:\b(?:from|native of|born in|born and raised in|raised in|grew up in|hails from|come[s]? from|came from"
    r"|originally from"
    r"|left|fled|escaped(?: from)?) (?:the )?(?:[a-z]+ )*(?:of )?)$"
)
_ORIGIN_AFTER: Final = re.compile(
    r"(?:-born|-based| native| resident|-native| woman| man| defector| family| home| house)\b"
)
_IN_CUSTODY: Final = re.compile(
    r"\b(?:camp|prison|detention|custody|jail|cent(?:er|re)|interrogation)s? (?:[a-z]+ )?(?:in|at|near"
    r"|outside) (?:the )?$"
    r"|\b(?:exiled|moved|banished|deported|sent|relocated|transferred|evicted|driven|taken) [^,;]{0,40}?\b(?:to"
    r"|into) (?:the )?"
    r"(?:[a-z]+ (?:in|near|of|outside) )?(?:[a-z]+ )*$|\b(?:camp|village|mine|farm) (?:in|near|outside|of) (?:the )?$"
)
_WEAK, _BORN_THERE, _FAMILY_THERE = 1, 2, 3


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeSaid:
    """A place said of somebody, and how firmly: 3 the family is there, 2 they come from there, 1 it is named there."""

    said: Said
    rank: int


def read_home(scene: Scene, passage: Passage, place: Value, *, acted: bool) -> Iterator[HomeSaid]:
    """A place said of those a sentence speaks of; where something was ``acted`` there it is firmly theirs."""
    text, start = scene.page.text, passage.sentence.start
    before = text[max(start, place.start - 70) : place.start]
    if not passage.anchors or _is_dateline(text, passage, place):
        return
    if _IN_CUSTODY.search(before):
        return
    rank = _WEAK
    if _LIVES.search(before) or re.match(r" (?:family|home|house)\b", text[place.end : place.end + 8]):
        rank = _FAMILY_THERE
    elif _ORIGIN.search(before) or _ORIGIN_AFTER.match(text, place.end):
        rank = _BORN_THERE
    if not passage.people and not any(a.keys for a in passage.anchors):
        return
    keys, _ = speaks_of(scene, passage, place.start, place.end)
    keys = keys or tuple(dict.fromkeys(k for a in passage.anchors for k in a.keys))
    for key in keys:
        said = Said(start=place.start, end=place.end, key=key, attribute="home", values=place.values)
        yield HomeSaid(
            said=said, rank=max(rank, _BORN_THERE) if acted and rank == _WEAK and not _is_elsewhere(before) else rank
        )


def _is_elsewhere(before: str) -> bool:
    return (
        re.search(r"\b(?:studied|met|visited|travel+ed|trained|served|via|through|to) (?:[a-z]+ )*$", before)
        is not None
    )


def _is_dateline(text: str, passage: Passage, place: Value) -> bool:
    return (
        place.start == passage.sentence.start
        and re.match(r"(?:,[^-\u2014\n]{0,30})? ?(?:\([^)\n]{1,20}\) ?)?[-\u2014]", text[place.end :]) is not None
    )


def choose_homes(homes: Sequence[HomeSaid]) -> Iterator[Said]:
    """Of places that exclude each other the one more firmly said, else the first; the rest stays in doubt."""
    chosen: dict[str, list[HomeSaid]] = {}
    for home in sorted(homes, key=lambda h: (-h.rank, h.said.start)):
        before = chosen.setdefault(home.said.key, [])
        if all(_meet(home.said, other.said) for other in before):
            before.append(home)
            yield home.said


def _meet(one: Said, other: Said) -> bool:
    if isinstance(one.values, Paths) and isinstance(other.values, Paths):
        return not one.values.intersect(other.values).is_empty
    return False
