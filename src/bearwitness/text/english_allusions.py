"""Wording that points at something without a name: the same town, a place of work."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from bearwitness.text import rules_places

SAME_PLACE: Final = rules_places.SAME_PLACE.why_en
WORKPLACE: Final = rules_places.WORKPLACE.why_en

_SAME: Final = re.compile(
    r"\b(?:[Tt]he|[Tt]hat|[Tt]his) same (?:city|town|village|county|province|district|neighbou?rhood|street|building"
    r"|school|class|factory|mine|unit|camp|prison)\b"
)
_WHERE: Final = (
    "mill|factory|plant|mine|farm|hospital|clinic|school|college|university|academy|bank|shop|store|restaurant|hotel"
    "|market|office|company|bureau|ministry|institute|station|port|shipyard|sawmill|kindergarten|nursery|laboratory"
    "|theatre|theater|orchestra|library|cooperative|co-operative|warehouse|railway|depot|prison|camp|kitchen|workshop"
    "|quarry|smelter|foundry|steelworks|ironworks|barracks|customs house|pharmacy|bakery|brewery|printing house"
)
_WORK: Final = re.compile(
    r"\b(?:works?|worked|working|employed|jobs?|posts?|position|stud(?:y|ies|ied|ying)|student|pupil|enrolled|taught"
    r"|teach(?:es|ing)?|serv(?:es|ed|ing)|trained) (?:at|in|for|with) (?P<where>(?:an?|the|one|h(?:er|is)|their|my) "
    rf"(?:[a-z0-9.-]+ ){{0,4}}?(?:{_WHERE})s?)\b"
)


class Allusion(NamedTuple):
    """A passage of normalised text and why it is in doubt."""

    start: int
    end: int
    why: str


def find_allusions(text: str) -> Iterator[Allusion]:
    """Every such passage of a normalised English text.

    Parameters
    ----------
    text : str
        Normalised text.
    """
    for match in _SAME.finditer(text):
        yield Allusion(match.start(), match.end(), SAME_PLACE)
    for match in _WORK.finditer(text):
        yield Allusion(match.start("where"), match.end("where"), WORKPLACE)
