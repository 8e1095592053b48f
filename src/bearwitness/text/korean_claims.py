"""What each sentence of a Korean text says of whom: clause and apposition patterns, the same for any article."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from bearwitness.model.values import Codes, Paths
from bearwitness.text.attribution import kin_of_kin
from bearwitness.text.korean_general import is_generic
from bearwitness.text.korean_owner import Anchor, anchors_of, described, speaks_of
from bearwitness.text.korean_people import describes
from bearwitness.text.korean_scene import PRONOUN, Passage
from bearwitness.text.korean_terms import ALL_KIN, FAMILY, HOUSE, Term
from bearwitness.text.korean_values import Value
from bearwitness.text.scene import Said

_HOME_AFTER: Final = re.compile(
    r"(?: ?시내?| 지역| 일대)?(?:(?:의|에 있는)? ?[가-힣]{1,6}(?:구역|동|리|읍|구))?"
    r"(?: ?출신| ?태생| 토박이|에서 (?:태어|나고|자라|자란|살|온|거주|나서|지내|일하|탈출|탈북|떠나)|에 (?:살"
    r"|사는|거주|남은|남아|남겨|두고|있는 가족|집)"
    r"|[이가] 고향|(?:의|에 있는|에 사는|에 남은|에 살던|에 남아 있는|) ?(?:[가-힣]+ )?(?:집|가족|본가|자택"
    r"|살림집|친정|부모|식구))"
)
_HOME_BEFORE: Final = re.compile(r"고향(?:인|은|이|,)? ?$|집이 있는 ?$|집은 ?$|사는 곳은 ?$")
_NOUN_STATUS: Final = re.compile(r"탈북민|탈북자|북한이탈주민|이탈주민|새터민|탈북 ?[가-힣]+|귀순자|월남자|도북자")
_PLURAL: Final = re.compile(r"들|(?:의)? ?(?:가족|단체|사회|지원)")
_DO: Final = "(?:하|되|당하|받|시키|보내|걸|잡혀가|끌려가|뒤지|가두|가|오)?"
_HYPOTHETICAL: Final = re.compile(
    rf"[을를이가]? ?(?:{_DO}지(?:는|도|를)? ?(?:않|못|말|아니)|{_DO}(?:으?면|려면|더라도|거나 하면)(?=[ ,])"
    r"|(?:할|될|받을|시킬|당할|보낼|갈|올) (?:수 (?:있|없)|것|경우|테니|거라)|[하되받]?겠다|하지 ?말|(?:하|받"
    r"|되)?라고 )"
)
_LEGAL: Final = re.compile(
    r"[가-힣]{0,4}(?:는|한|하는|받는|된) (?:것|행위|일|자|사람|경우)[^.\n]{0,40}(?:범죄|금지|처벌|반역|죄|형에|단속)"
)
# How firmly a place is said to be somebody's home.
FIRM: Final = 2
WEAK: Final = 1
# "체포된 동생", "풀려난 배 씨의 남편": between the verb and the relative it describes.
_TAKEN: Final = re.compile(r"(?:된|한|당한|되었던|됐던|돼 있는|[간난힌])? (?:[^ ]{1,6} ?씨의 |그의 |자신의 )?")
_OFFICERS: Final = re.compile(r" ?(?:의 )?(?:안전원|보위원|보안원|요원|군인|경찰|경비병|남성|남자|사람들?이 (?:들|찾))")


@dataclass(frozen=True, slots=True, kw_only=True)
class ActSaid:
    """One act with those it is said of and the codes its wording allows."""

    term: Term
    keys: tuple[str, ...]
    codes: frozenset[str]


@dataclass(slots=True, kw_only=True)
class Read:
    """What one sentence says; homes apart, each with its firmness, since a text may name several places."""

    said: list[Said] = field(default_factory=list)
    homes: list[tuple[int, Said]] = field(default_factory=list)
    acts: list[ActSaid] = field(default_factory=list)


def read_passage(text: str, passage: Passage, before: Term | None) -> Read:
    """Everything but dates that one sentence says of those it can speak of.

    Parameters
    ----------
    text : str
        Normalised text.
    passage : Passage
        One sentence of it.
    before : Term or None
        The relative spoken of last in the sentence before, for a sentence that goes on about them.
    """
    anchors = anchors_of(text, passage)
    read = Read()
    for term in passage.terms:
        if term.attribute == "act":
            act = _act(text, passage, term, before)
            if act is not None:
                read.acts.append(act[0])
                read.said += act[1]
        else:
            read.said += _READ_TERM[term.attribute](text, passage, term, anchors)
    for place in passage.places:
        read.homes += _home(text, passage, place, anchors)
    for work in passage.occupations:
        read.said += _of(described(text, passage, work.start, work.end, anchors=anchors), work, "occupation")
    for number in passage.numbers:
        read.said += _number(text, passage, number, anchors)
    return read


def _of(anchor: Anchor | None, value: Value | Term, attribute: str) -> Iterator[Said]:
    values = value.values if isinstance(value, Value) else Codes(value.codes)
    for key in anchor.keys if anchor else ():
        yield Said(
            start=value.start, end=value.end, key=key, attribute=attribute, values=values,
            about=anchor.about if anchor else "",
        )  # fmt: skip


def _each(keys: Sequence[str], term: Term, codes: frozenset[str] | None = None, attribute: str = "") -> Iterator[Said]:
    for key in keys:
        yield Said(
            start=term.start, end=term.end, key=key, attribute=attribute or term.attribute,
            values=Codes(term.codes if codes is None else codes),
        )  # fmt: skip


def _status(text: str, passage: Passage, term: Term, anchors: Sequence[Anchor]) -> Iterator[Said]:
    if _NOUN_STATUS.fullmatch(text, term.start, term.end):
        if _PLURAL.match(text, term.end):
            return
        if any(a <= term.start < b for a, b in _pronouns(text, passage)):
            yield from _each(passage.keys, term)
            return
        people = [a for a in anchors if not a.about]
        anchor = described(text, passage, term.start, term.end, anchors=people)
        yield from _each(anchor.keys if anchor else (), term)
    elif not is_generic(text, passage, term.start, subject=True):
        # "남한으로 간 동생": it is the relative who left, and the whole household is that of somebody who left.
        yield from _each(speaks_of(text, passage, term.start, term.end), term)


def _pronouns(text: str, passage: Passage) -> Iterator[tuple[int, int]]:
    """"이 탈북민", where it stands for those before and not for somebody whom the sentence shows."""
    if not passage.people:
        yield from (m.span() for m in PRONOUN.finditer(text, passage.sentence.start, passage.sentence.end))


def _sex(text: str, passage: Passage, term: Term, anchors: Sequence[Anchor]) -> Iterator[Said]:
    if text.startswith("그녀", term.start):
        if len(passage.keys) == 1:
            yield from _each(passage.keys, term)
        return
    yield from _of(described(text, passage, term.start, term.end, anchors=anchors), term, "sex")


def _kin(text: str, passage: Passage, term: Term, _: Sequence[Anchor]) -> Iterator[Said]:
    if is_generic(text, passage, term.start):
        return
    keys = speaks_of(text, passage, term.start, term.end, act=True)
    owner = next((t for t in passage.terms if t.attribute == "kin" and text[t.end : term.start] in ("의 ", " ")), None)
    yield from _each(keys, term, kin_of_kin(owner.codes, term.codes) if owner else term.codes)
    if term.ego and len(keys) == 1 and owner is None:
        yield from _each(keys, term, frozenset({term.ego}), "sex")


def _plain(text: str, passage: Passage, term: Term, _: Sequence[Anchor]) -> Iterator[Said]:
    if _is_unsaid(text, passage, term) or is_generic(text, passage, term.start, subject=True):
        return
    yield from _each(speaks_of(text, passage, term.start, term.end), term)
    if "phone" in term.codes:
        yield from _each(list(dict.fromkeys(m.key for m in passage.carriers)), term)


def _route(text: str, passage: Passage, term: Term, _: Sequence[Anchor]) -> Iterator[Said]:
    if is_generic(text, passage, term.start, subject=True):
        return
    for key in speaks_of(text, passage, term.start, term.end):
        yield Said(start=term.start, end=term.end, key=key, attribute="route", values=Paths(term.codes))


_READ_TERM: Final = {"status": _status, "sex": _sex, "kin": _kin, "trait": _plain, "route": _route}


def _is_unsaid(text: str, passage: Passage, term: Term) -> bool:
    """Whether the wording denies it, threatens with it, or speaks of what the law says."""
    # "Not released yet" is no denial of the detention.
    released = text.startswith(("풀려", "석방"), term.start)
    if _HYPOTHETICAL.match(text, term.end) and not released:
        return True
    return not passage.people and _LEGAL.match(text, term.end) is not None


def _act(text: str, passage: Passage, term: Term, before: Term | None) -> tuple[ActSaid, list[Said]] | None:
    if _is_unsaid(text, passage, term) or is_generic(text, passage, term.start):
        return None
    keys = speaks_of(text, passage, term.start, term.end, act=True)
    if not keys:
        return None
    if "detention" not in term.codes:
        return ActSaid(term=term, keys=keys, codes=term.codes), list(_each(keys, term))
    said: list[Said] = []
    every: frozenset[str] = frozenset()
    for codes, also in _victims(text, passage, term, before):
        leaves = frozenset(f"detention/{leaf}" for leaf in codes)
        every |= leaves
        said += [
            Said(start=term.start, end=term.end, key=key, attribute="act", values=Codes(leaves), also=also)
            for key in keys
        ]
    return ActSaid(term=term, keys=keys, codes=every), said


def _victims(
    text: str, passage: Passage, term: Term, before: Term | None
) -> list[tuple[frozenset[str], tuple[tuple[int, int], ...]]]:
    """Who was taken: the kin words joined right before the verb, else the one spoken of last, else any relative."""
    kin = [t for t in passage.terms if t.attribute == "kin" and t.end <= term.start]
    if kin and FAMILY.search(text, kin[-1].end, term.start) is None:
        taken = [kin[-1]]
        for earlier in reversed(kin[:-1]):
            if re.fullmatch(r"(?:와|과|하고|,|및| 및|·) ?(?:[가-힣]+ ){0,1}", text[earlier.end : taken[-1].start]):
                taken.append(earlier)
        return [(t.codes, ((t.start, t.end),)) for t in reversed(taken)]
    following = [t for t in passage.terms if t.attribute == "kin" and 0 <= t.start - term.end <= 20]
    if not kin and following and _TAKEN.fullmatch(text, term.end, following[0].start):
        return [(following[0].codes, ((following[0].start, following[0].end),))]
    if before is not None and not passage.people and FAMILY.search(text, passage.sentence.start, term.start) is None:
        return [(before.codes, ((before.start, before.end),))]
    return [(ALL_KIN, ())]


def _home(text: str, passage: Passage, place: Value, anchors: Sequence[Anchor]) -> Iterator[tuple[int, Said]]:
    after, before = text[place.end : place.end + 40], text[max(0, place.start - 12) : place.start]
    clause = text[place.end : passage.sentence.end]
    acted = any(t.attribute == "act" and t.start > place.end for t in passage.terms)
    match = _HOME_AFTER.match(after)
    firm = match or _HOME_BEFORE.search(before) or (acted and (HOUSE.search(clause) or FAMILY.search(clause)))
    if is_generic(text, passage, place.start, subject=True):
        return
    end = place.end + (match.end() if match and "출신" in match.group() else 0)
    inside = next((a for a in anchors if a.start <= place.start and place.end <= a.end), None)
    following = [a for a in anchors if a.start >= end]
    if inside is not None:
        keys = inside.keys
    elif following and describes(text, end, following[0].start):
        keys = following[0].keys
    else:
        keys = speaks_of(text, passage, place.start, place.end, act=bool(acted))
    for key in _own_place(text, passage, place, keys):
        said = Said(start=place.start, end=place.end, key=key, attribute="home", values=place.values)
        yield (FIRM if firm or inside else WEAK), said


def _number(text: str, passage: Passage, number: Value, anchors: Sequence[Anchor]) -> Iterator[Said]:
    if number.what == "birth":
        loose = number.level == "said"
        anchor = described(text, passage, number.start, number.end, anchors=anchors, loose=loose)
        yield from _of(anchor, number, "birth")
        return
    if number.what == "count" and (_OFFICERS.match(text, number.end) or _is_anaphor(text, passage, number)):
        return
    near = text[max(passage.sentence.start, number.start - 15) : min(number.end + 15, passage.sentence.end)]
    kin = any(t.attribute == "kin" and abs(t.start - number.start) <= 15 for t in passage.terms)
    if (number.what == "amount" or kin or FAMILY.search(near)) and not is_generic(text, passage, number.start):
        for key in speaks_of(text, passage, number.start, number.end, act=True):
            yield Said(start=number.start, end=number.end, key=key, attribute=number.what, values=number.values)


def _is_anaphor(text: str, passage: Passage, number: Value) -> bool:
    """"두 사람의 가족": those shown before, taken together; nothing is counted."""
    people = text.endswith(("사람", "명"), number.start, number.end) and re.match(r"의|은|에게"
                                                                               r"| 모두", text[number.end :])
    return not passage.people and bool(people) and str(len(passage.keys)) in _codes(number)


def _codes(number: Value) -> frozenset[str]:
    return number.values.codes if isinstance(number.values, Codes) else frozenset()


def _own_place(text: str, passage: Passage, place: Value, keys: Sequence[str]) -> Sequence[str]:
    """Whose place it is among several: "각각 청진과 무산 출신" gives each one, in order."""
    if len(keys) < 2 or "각각" not in text[passage.sentence.start : place.start]:
        return keys
    row = [passage.places[0]] if passage.places else []
    for other in passage.places[1:]:
        if re.fullmatch(r"(?:과|와|,|·) ?", text[row[-1].end : other.start]):
            row.append(other)
        elif place not in row:
            row = [other]
    return [keys[row.index(place)]] if place in row and len(row) == len(keys) else keys
