"""Kinship said the other way round: "the eldest of three", "a mother of two", "a woman whose brother fled"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from bearwitness.model.values import Codes
from bearwitness.text.attribution import Anchor
from bearwitness.text.english_focus import Scene
from bearwitness.text.english_nouns import BROTHERS, SISTERS
from bearwitness.text.english_values import count_codes, read_number
from bearwitness.text.scene import Mention, Said

_NUMBER: Final = "two|three|four|five|six|seven|eight|nine|[2-9]"
_BIRTH_ORDER: Final = re.compile(
    r"\b(?P<which>eldest|oldest|youngest|middle|second|third) (?:child )?(?:of|among) "
    rf"(?P<n>{_NUMBER})(?: (?:children|siblings|brothers|sisters|daughters|sons))?\b"
)
_PARENT: Final = re.compile(rf"\b(?:mother|father|parents?) of (?P<n>{_NUMBER})\b")
_LEFT: Final = re.compile(
    r",? (?:had |has |have )?(?:once )?(?:fled|escaped|defected|left|crossed|made it|settled|resettled|went missing)\b"
)
_INVERSE: Final = {
    "son": ("mother", "father"), "daughter": ("mother", "father"), "mother": ("daughter", "son"),
    "father": ("daughter", "son"),
    "elder_brother": ("younger_sister", "younger_brother"), "elder_sister": ("younger_sister", "younger_brother"),
    "younger_brother": ("elder_sister", "elder_brother"), "younger_sister": ("elder_sister", "elder_brother"),
    "husband": ("wife", "wife"), "wife": ("husband", "husband"),
}  # fmt: skip


def read_kinship(scene: Scene) -> Iterator[Said]:
    """What birth orders and numbers of children say: which relatives there are, and how many."""
    for match in _BIRTH_ORDER.finditer(scene.page.text):
        which = match["which"]
        first = "younger" if which in ("eldest", "oldest") else "elder" if which == "youngest" else ""
        siblings = frozenset(c for c in BROTHERS | SISTERS if c.startswith(first))
        yield from _counted(scene, match, siblings, (read_number(match["n"]) or 0) - 1)
    for match in _PARENT.finditer(scene.page.text):
        yield from _counted(scene, match, frozenset({"daughter", "son"}), read_number(match["n"]) or 0)


def _counted(scene: Scene, match: re.Match[str], kin: frozenset[str], number: int) -> Iterator[Said]:
    passage = next((p for p in scene.passages if p.sentence.start <= match.start() < p.sentence.end), None)
    before = [a for a in passage.people if a.start <= match.start()] if passage else []
    count = count_codes(number)
    for key in before[-1].keys if before else ():
        yield Said(start=match.start(), end=match.end(), key=key, attribute="kin", values=Codes(kin))
        if count is not None:
            yield Said(start=match.start("n"), end=match.end("n"), key=key, attribute="count", values=count)


def find_relatives(scene: Scene) -> dict[str, Anchor]:
    """Those shown who are relatives of somebody who left, by key, with the passage that says who left."""
    found: dict[str, Anchor] = {}
    for passage in scene.passages:
        for anchor in passage.anchors:
            before = scene.page.text[max(0, anchor.start - 25) : anchor.start]
            if (
                anchor.kind == "kin"
                and re.search(r"\bwhose (?:[a-z]+ )?$", before)
                and _LEFT.match(scene.page.text, anchor.end)
            ):
                found |= dict.fromkeys(anchor.keys, anchor)
    return found


def turn_round(scene: Scene, relatives: dict[str, Anchor], said: Sequence[Said]) -> list[Said]:
    """The same statements, with the one who left at the centre: "a woman whose brother fled" is his sister."""
    turned: list[Said] = []
    for one in said:
        anchor = relatives.get(one.key)
        if anchor is None:
            turned.append(one)
        elif one.attribute == "kin" and one.values == Codes(anchor.kin):
            turned.append(replace(one, values=Codes(_inverse(anchor.kin, scene.sexes.get(one.key, "")))))
        elif one.attribute == "kin" and one.values == Codes(frozenset({"daughter", "son"})):
            turned.append(replace(one, values=Codes(BROTHERS | SISTERS)))
        else:
            turned.append(replace(one, about="") if one.about == anchor.about else one)
    return turned


def _inverse(kin: frozenset[str], sex: str) -> frozenset[str]:
    found: set[str] = set()
    for code in kin:
        female, male = _INVERSE.get(code, ("other_relative", "other_relative"))
        found |= {female} if sex == "female" else {male} if sex == "male" else {female, male}
    return frozenset(found)


def as_relatives(mentions: Sequence[Mention], relatives: dict[str, Anchor]) -> tuple[Mention, ...]:
    """The mentions, those of such relatives marked as what they are."""
    return tuple(
        replace(m, stands_as="relative") if m.key in relatives and m.stands_as == "left" else m for m in mentions
    )
