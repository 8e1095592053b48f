"""Whose relatives, families and homes the nouns of a sentence speak of."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from bearwitness.text.attribution import Anchor, about_kin, kin_of_kin, nearest_before
from bearwitness.text.english_focus import Scene, default_keys, group_keys, show_unnamed, unnamed_keys
from bearwitness.text.english_nouns import POSSESSIVES, Noun
from bearwitness.text.english_pronouns import Passage, is_subject

_NAME_OF_KIN: Final = re.compile(r",? |, (?:whose name is |named |called )| (?:named|called) ")
# Who only passes on what happened to others: "residents said".
TELLERS: Final = re.compile(
    r"(?:[a-z]+ )*(?:neighbou?rs|residents|villagers|witnesses|locals|people) (?:[a-z]+ ){0,4}?"
    r"(?:said|say|told|tell|reported|report|saw|heard|recalled|recall|remember|remembered|confirmed|watched as)\b",
    re.I,
)
_AS_IF: Final = re.compile(
    r"\b(?:if|whoever|whenever|anyone|anybody|every|each|any|it (?:is|was) (?:a |an |now )*(?:crime|offen[cs]e|illegal"
    r"|forbidden|treason|dangerous))\b[^.;:]*$|\b(?:like|as) (?:if |though )?$",
    re.I,
)
_HAVING: Final = re.compile(r"\b(?:have|has|having|with) $")
_OF: Final = re.compile(r"(?: members?)? of (?:the |an? |another |one |those |all )?(?:[a-z]+ ){0,2}?$")


def place_noun(scene: Scene, passage: Passage, noun: Noun) -> None:
    """Make a noun an anchor of its sentence, with whose it is."""
    text = scene.page.text
    if noun.kind == "generic":
        passage.anchors.append(
            Anchor(
                start=noun.whole, end=noun.end, kind="generic", plural=True,
                subject=is_subject(text, noun.whole) and TELLERS.match(text, noun.start) is None,
            )
        )  # fmt: skip
        return
    owner = _owner(scene, passage, noun)
    if owner is not None and owner.kind == "generic":
        passage.anchors.append(
            Anchor(start=noun.whole, end=noun.end, kind="generic", plural=True, subject=is_subject(text, noun.whole))
        )
        return
    codes = _codes(owner, noun)
    keys = owner.keys if owner else default_keys(scene, passage, noun.whole)
    if not keys and _is_general(text, passage, noun):
        passage.anchors.append(Anchor(start=noun.whole, end=noun.end, kind="generic", plural=True))
        return
    keys = keys or unnamed_keys(scene, passage) or show_unnamed(scene, passage, noun.start, noun.end)
    named = next(
        (a for a in passage.anchors if noun.kind == "kin" and _NAME_OF_KIN.fullmatch(text, noun.end, a.start)), None
    )
    if named is not None and named.kind in ("person", "named") and not set(named.keys) & set(keys):
        # "her cousin Dong-hyun": the name is the relative's, here and wherever it comes again.
        scene.aliases |= {k: (keys, about_kin(codes), (noun.start, noun.end)) for k in named.keys}
        _rename_all(scene)
    passage.anchors.append(
        Anchor(
            start=noun.start, end=noun.end, kind=noun.kind, keys=keys, about=about_kin(codes) if codes else "",
            sex=noun.sex, root=(noun.start, noun.end), plural=noun.plural,
            subject=is_subject(text, noun.whole) and not _beside_object(text, passage, noun),
            possessive=text.startswith(("'s ", "' "), noun.end),
        )
    )  # fmt: skip


def _codes(owner: Anchor | None, noun: Noun) -> frozenset[str]:
    if noun.kind != "kin":
        return frozenset()
    if owner is not None and owner.about and owner.start == noun.whole and owner.kin == noun.codes:
        # "Whose sister fled, her sister said": the same relative once more, and no relative of hers.
        return noun.codes
    return kin_of_kin(owner.kin if owner else frozenset(), noun.codes)


def _is_general(text: str, passage: Passage, noun: Noun) -> bool:
    """Whether a noun that is nobody's speaks of people in general: many, or what anybody may have."""
    general = [a for p in (*passage.before[-2:], passage) for a in p.anchors if a.kind == "generic"]
    if noun.plural and noun.number is None and (not noun.owner or (noun.owner == "their" and general)):
        return True
    before = text[passage.sentence.start : noun.whole]
    if _AS_IF.search(before):
        return True
    return noun.owner in ("", "a", "an") and bool(general) and _HAVING.search(before) is not None


def _beside_object(text: str, passage: Passage, noun: Noun) -> bool:
    """Whether a noun is joined to one that is no subject: "with his wife and two sons"."""
    last = nearest_before(passage.anchors, noun.whole)
    return (
        last is not None and last.kind == "kin" and not last.subject and text[last.end : noun.whole] in (" and ", ", ")
    )


def _rename_all(scene: Scene) -> None:
    for passage in scene.passages:
        passage.anchors = [_renamed(scene, a) for a in passage.anchors]
        passage.groups = tuple(tuple(_renamed(scene, a) for a in g) for g in passage.groups)


def _renamed(scene: Scene, anchor: Anchor) -> Anchor:
    """A name that was given to somebody's relative stands for that relative."""
    if anchor.kind not in ("person", "named") or not anchor.keys or anchor.keys[0] not in scene.aliases:
        return anchor
    keys, about, root = scene.aliases[anchor.keys[0]]
    return replace(anchor, kind="kin", keys=keys, about=about, root=root)


def _owner(scene: Scene, passage: Passage, noun: Noun) -> Anchor | None:
    """Whose relative or home a noun speaks of, where its own words say so."""
    if noun.owner == "'s":
        return next((a for a in reversed(passage.anchors) if a.end == noun.owner_end), Anchor(
            start=noun.whole, end=noun.owner_end, kind="generic"
        ) if noun.kind != "kin" else None)  # fmt: skip
    if noun.owner in POSSESSIVES:
        return next((a for a in reversed(passage.anchors) if a.start == noun.whole), None) or _whose(passage, noun)
    last = nearest_before(passage.anchors, noun.whole)
    between = scene.page.text[last.end : noun.whole] if last and last.end <= noun.whole else ""
    # "her husband and son": one word says whose both are.
    if (
        last
        and last.kind in ("kin", "family")
        and not noun.owner
        and between in (" and ", ", ", ", and ", " or ", " and a ")
    ):
        owner = Anchor(start=last.start, end=last.end, kind="person", keys=last.keys)
        return owner if last.keys else last
    return None


def _whose(passage: Passage, noun: Noun) -> Anchor | None:
    before = [a for a in passage.anchors if a.end <= noun.whole and a.kind in ("person", "carrier", "named", "generic")]
    return before[-1] if noun.owner == "whose" and before else None


def link_of(text: str, passage: Passage) -> None:
    """Let what follows "of" say whose something is: "the brother of Park", "families of defectors"."""
    for i, anchor in enumerate(passage.anchors):
        if anchor.kind not in ("kin", "family", "house", "generic") or anchor.possessive:
            continue
        follower = next(
            (a for a in passage.anchors if a.start > anchor.end and not (a.possessive and a.start == anchor.end)), None
        )
        if follower is None or not _OF.fullmatch(text, anchor.end, follower.start):
            continue
        passage.owners.add(follower.start)
        if follower.kind == "generic":
            passage.anchors[i] = Anchor(
                start=anchor.start, end=anchor.end, kind="generic", plural=True, subject=anchor.subject
            )
        elif anchor.kind == "generic":
            keys = group_keys(passage, follower) if follower.kind == "person" else follower.keys
            passage.anchors[i] = replace(anchor, kind="family", keys=keys, plural=True)
        else:
            codes = kin_of_kin(follower.kin, anchor.kin) if anchor.kin else frozenset()
            passage.anchors[i] = replace(anchor, keys=follower.keys, about=about_kin(codes) if codes else "")
