"""Full Korean names that no record knows: beside a title or an office, alone on a byline, or by their shape."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Final

from bearwitness.text.korean_syllables import could_be_name, is_usual_name, surname_of
from bearwitness.text.korean_words import OrdinaryWords
from bearwitness.text.particles import split_particles
from bearwitness.text.scene import Mention

_OFFICE: Final = (
    r"(?:씨|군(?![가-힣]{2})|양(?![가-힣]{2})|님|여사|선생|동지|동무|국무위원장|국방위원장|부위원장|위원장"
    r"|제?1?부부장|부부장|총비서|비서|주석"
    r"|대통령|총리|장관|차관|사무총장|총장|이사장|회장|부대표|대표|소장|국장|부장|과장|실장|원장|단장|교수|박사"
    r"|목사|신부|선교사|수녀|스님|감독"
    r"|작가|시인|변호사|검사|판사|의원|대사|영사|특파원|기자|앵커|아나운서|피디|연구원|연구위원|선임연구원|위원"
    r"|특별보고관|보고관|대변인|장군|대장"
    r"|상장|중장|소장|대좌|중좌|소좌|선수|배우|가수|활동가|인권운동가)"
)
_WITH_OFFICE: Final = re.compile(
    rf"(?<![가-힣])(?P<name>[가-힣]{{2,4}}?)(?P<age> ?\([^()\n]{{1,25}}\))? ?(?P<title>(?:[가-힣]{{2,8}} )?{_OFFICE})"
    r"(?=[은는이가을를의에과와도께로,.)\s\"']|$)"
)
_BYLINE: Final = re.compile(
    r"(?:^|\n)[ \t]*(?:글|사진|취재|번역|편집|기자|특파원|정리)?[ =:/·|]*(?P<name>[가-힣]{2,4}?)(?: ?(?:기자"
    r"|특파원|에디터|번역|옮김|글))?"
    r"(?: ?[a-z0-9._-]+@[a-z0-9.-]+)?[ \t]*(?=\n|$)"
)
# "련상동에", "백토리에서": a place in form and use, though names can end so too.
_PLACE: Final = re.compile(r"[가-힣]+[동리구군시도읍면역](?:에|에서|에는|에도|에서는|의|으로|로|까지|부터)?")
_WORD: Final = re.compile(r"(?<![가-힣0-9])[가-힣]{3,}")


def find_full_names(text: str, surnames: Collection[str], ordinary: OrdinaryWords) -> Iterator[Mention]:
    """Full names, the surest first; passages may overlap.

    Parameters
    ----------
    text : str
        Normalised text.
    surnames : collection of str
        Hangul surnames.
    ordinary : OrdinaryWords
        Words that name nobody.
    """
    for match in _WITH_OFFICE.finditer(text):
        name = match["name"]
        if not _is_name(name, surnames) or ordinary.accounts_for(name):
            continue
        # The office is no part of the name, but "씨" is: "이소연 씨" is one passage, as "이 씨" is.
        end = match.end() if match["title"] in ("씨", "군", "양", "여사") else match.end("name")
        yield _named(text, match.start("name"), end, name, surnames)
    for match in _BYLINE.finditer(text):
        name = match["name"]
        if _is_name(name, surnames) and not ordinary.accounts_for(name):
            yield _named(text, match.start("name"), match.end("name"), name, surnames)
    for word in _WORD.finditer(text):
        if not ordinary.accounts_for(word.group()):
            yield from _shaped_like_a_name(text, word, surnames)


def _shaped_like_a_name(text: str, word: re.Match[str], surnames: Collection[str]) -> Iterator[Mention]:
    stems = [s for s, tail in split_particles(word.group()) if is_usual_name(s, surnames) and tail != "다"]
    if stems and not _PLACE.fullmatch(word.group()):
        yield _named(text, word.start(), word.start() + len(stems[-1]), stems[-1], surnames)


def _is_name(word: str, surnames: Collection[str]) -> bool:
    return could_be_name(word, surnames) or is_usual_name(word, surnames)


def _named(text: str, start: int, end: int, name: str, surnames: Collection[str]) -> Mention:
    return Mention(
        start=start, end=end, key=name, label=text[start:end], stands_as="named", full=name,
        surname=surname_of(name, surnames) or name[:1],
    )  # fmt: skip
