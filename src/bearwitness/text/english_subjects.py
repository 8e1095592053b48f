"""Whom a description or a predicate of an English sentence is about."""

from __future__ import annotations

import re
from typing import Final

from bearwitness.text.attribution import Anchor, nearest_before
from bearwitness.text.english_focus import Scene, default_keys, group_keys
from bearwitness.text.english_pronouns import Passage

_BEFORE_NAME: Final = re.compile(
    r"(?:-born|-based)? ?(?:native|resident|defector|escapee|refugee|former|[a-z]+-old|man|woman"
    r"|activist)?(?: (?:named|surnamed|called"
    r"|known as|identified as))? ?(?:(?:Mr|Ms|Mrs|Miss)\.? )?"
)
_WHO: Final = re.compile(
    r"(?:,? (?:who|that|known|reported|believed|to|have|had|has|having|suspected|attempting|trying|are|were|is|was"
    r"|already))+ ?(?:to |of )?$"
)
# Between a description and the name after it: adjectives, a title, an age, "named".


def speaks_of(
    scene: Scene, passage: Passage, start: int, end: int, *, kin: bool = False, subjects: bool = False
) -> tuple[tuple[str, ...], str]:
    """Whom a description or predicate is about: the name it stands before, else the nearest subject before it."""
    text = scene.page.text
    kinds = ("person", "named", "carrier", "kin") if kin else ("person", "named", "carrier")
    everybody = [
        a for a in passage.anchors if a.kind in kinds and a.keys and (a.kind != "kin" or a.subject or not subjects)
    ]
    for anchor in everybody:
        if anchor.start <= start and end <= anchor.end:
            return anchor.keys, anchor.about
        if anchor.start >= end and (_BEFORE_NAME.fullmatch(text, end, anchor.start) or _names_after(text, end, anchor)):
            return anchor.keys, anchor.about
    if any(a.kind == "person" for a in everybody):
        everybody = [a for a in everybody if a.kind != "named" or not a.possessive]
    before = nearest_before(everybody, start, passage.hidden)
    if before is None:
        return default_keys(scene, passage, start), ""
    if before.about:
        own = [a for a in everybody if not a.about and _AND_KIN.fullmatch(text, a.end, before.start)]
        return (own[0].keys, "") if own and subjects else (before.keys, before.about)
    if before.kind == "person" and not _in_own_aside(text, passage, before, start):
        return group_keys(passage, before), ""
    return before.keys, ""


_AND_KIN: Final = re.compile(r",? and (?:h(?:er|is)|their|the) (?:[a-z]+ ){0,2}?")
_NAMES: Final = re.compile(
    r"[^,.;:\n\"]{0,60} (?:named|surnamed|called|identified (?:only )?as|known (?:only )?as) [\"']?"
)


def _names_after(text: str, end: int, anchor: Anchor) -> bool:
    """Whether a description stands before the name it belongs to: "a nurse from Hyesan named Park"."""
    return anchor.start - end < 70 and _NAMES.fullmatch(text, end, anchor.start) is not None


def _in_own_aside(text: str, passage: Passage, anchor: Anchor, start: int) -> bool:
    """Whether a passage is still within what is said of one member of a group: "and Bae, who is from Musan, said"."""
    group = next((g for g in passage.groups if anchor in g), ())
    if len(group) < 2 or (anchor is not group[-1] and anchor != group[-1]):
        return True
    own = any(text[a.end : a.end + 2] in (", ", " (") or text.startswith((" from ", " of "), a.end) for a in group[:-1])
    between = text[anchor.end : start]
    if re.match(r",? (?:both|all) ", between):
        return False
    closed = re.match(r"(?:,? (?:who|whose|from|of|an?|aged|the)\b[^,.;]*|, [0-9]{2})", between)
    return own and closed is not None and closed.end() == len(between)


def is_generic(text: str, passage: Passage, start: int) -> bool:
    """Whether this is said of people in general: "people who fled", "those known to have escaped"."""
    before = nearest_before(passage.anchors, start)
    if before is None or before.kind != "generic":
        return False
    return not passage.people or _WHO.fullmatch(text, before.end, start) is not None


def stands_before_name(text: str, passage: Passage, end: int) -> bool:
    """Whether a description that ends there stands before the name it belongs to."""
    return any(
        a.start >= end and (_names_after(text, end, a) or _BEFORE_NAME.fullmatch(text, end, a.start))
        for a in passage.anchors
    )
