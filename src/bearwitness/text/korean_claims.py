"""What each sentence of a Korean text says of whom: clause and apposition patterns, the same for any article."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from bearwitness.model.claims import DateRole
from bearwitness.model.values import Codes, Days, Paths
from bearwitness.text.date_atoms import DateMention
from bearwitness.text.korean_people import describes
from bearwitness.text.korean_scene import Anchor, Passage, anchors_of, described, speaks_of
from bearwitness.text.korean_terms import ALL_KIN, FAMILY, HOUSE, Term
from bearwitness.text.korean_values import Value
from bearwitness.text.scene import Said

# News of an arrival dates the departure only backwards; most stay at most this long on the way.
DAYS_ON_THE_WAY: Final = 365

_HOME_AFTER = re.compile(
    r"(?: ?시내?| 지역| 일대)?(?: ?출신| ?태생| 토박이|에서 (?:태어|나고|자라|자란|살|온|거주|나서)|에 (?:살|사는|거주|남은|남아|남겨|두고)"
    r"|[이가] 고향|(?:의|에 있는|에 사는|에 남은|에 살던|에 남아 있는|) ?(?:[가-힣]+ )?(?:집|가족|본가|자택|살림집|친정|부모|식구))"
)
_HOME_BEFORE = re.compile(r"고향(?:인|은|이|,)? ?$|집이 있는 ?$|집은 ?$")
_DEPARTED = re.compile(r"탈북|떠나|떠났|떠난|도강|월강|(?:강|국경|분계선|휴전선)을 (?:건너|건넜|건넌|넘)|탈출|빠져나|나왔|망명|귀순")
_ARRIVED = re.compile(r"(?:입국|정착|도착|들어왔|들어온|왔다|온 )")
_LEARNED = re.compile(
    r"소식|전해 ?들|전해 ?듣|들었|듣고|들은|알게|알았|알려|통보|연락을|전화를 받|귀띔|전했|말했|밝혔"
)
_SOURCE = re.compile(r"에게서|한테서|으로부터|로부터|에게|한테|을 통해|를 통해|의 전화")
_TOPIC_BEFORE = re.compile(r"(?:은|는|,) ?(?:지난 |올해 )?$")
_SUBJECT = re.compile(r"[가-힣](?:이|가) ")
_NOUN_STATUS = re.compile(r"탈북민|탈북자|이탈주민|새터민|탈북 ?[가-힣]+|귀순자|월남자|도북자")
_PLURAL = re.compile(r"들|(?:의)? ?(?:가족|단체|사회|지원)")


def read_passage(text: str, passage: Passage, *, lag_days: int) -> tuple[Said, ...]:
    """Everything that one sentence says of those it can speak of.

    Parameters
    ----------
    text : str
        Normalised text.
    passage : Passage
        One sentence of it.
    lag_days : int
        How many days before the news of it an act may have happened.
    """
    anchors = anchors_of(text, passage)
    said: list[Said] = []
    for term in passage.terms:
        said += _READ_TERM[term.attribute](text, passage, term, anchors)
    for place in passage.places:
        said += _home(text, passage, place, anchors)
    for work in passage.occupations:
        said += _of(described(text, passage, work.start, work.end, anchors=anchors), work, "occupation")
    for number in passage.numbers:
        said += _number(text, passage, number, anchors)
    for mention in passage.dates:
        said += _date(text, passage, mention, lag_days)
    return tuple(said)


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
    quote = text[term.start : term.end]
    if _NOUN_STATUS.fullmatch(quote):
        if _PLURAL.match(text, term.end):
            return
        people = [a for a in anchors if not a.about]
        anchor = described(text, passage, term.start, term.end, anchors=people)
        yield from _each(anchor.keys if anchor else (), term)
    else:
        yield from _each(speaks_of(text, passage, term.start), term)


def _sex(text: str, passage: Passage, term: Term, anchors: Sequence[Anchor]) -> Iterator[Said]:
    if text.startswith("그녀", term.start):
        yield from _each(passage.keys[-1:], term)
        return
    yield from _of(described(text, passage, term.start, term.end, anchors=anchors), term, "sex")


def _kin(text: str, passage: Passage, term: Term, _: Sequence[Anchor]) -> Iterator[Said]:
    keys = speaks_of(text, passage, term.start)
    yield from _each(keys, term)
    if term.ego and len(keys) == 1:
        yield from _each(keys, term, frozenset({term.ego}), "sex")


def _plain(text: str, passage: Passage, term: Term, _: Sequence[Anchor]) -> Iterator[Said]:
    yield from _each(speaks_of(text, passage, term.start), term)
    if term.attribute == "trait" and "phone" in term.codes:
        yield from _each([m.key for m in passage.carriers], term)


def _route(text: str, passage: Passage, term: Term, _: Sequence[Anchor]) -> Iterator[Said]:
    for key in speaks_of(text, passage, term.start):
        yield Said(start=term.start, end=term.end, key=key, attribute="route", values=Paths(term.codes))


def _act(text: str, passage: Passage, term: Term, _: Sequence[Anchor]) -> Iterator[Said]:
    codes = term.codes
    if "detention" in codes:
        codes = frozenset(f"detention/{leaf}" for leaf in _victims(passage, term))
    yield from _each(speaks_of(text, passage, term.start), term, codes)


def _victims(passage: Passage, term: Term) -> frozenset[str]:
    """Who was taken: the kin word nearest before the verb in the sentence, else any relative."""
    kin = [t for t in passage.terms if t.attribute == "kin" and t.end <= term.start]
    return kin[-1].codes if kin else ALL_KIN


_READ_TERM: Final = {
    "status": _status, "sex": _sex, "kin": _kin, "trait": _plain, "route": _route, "act": _act,
}  # fmt: skip


def _home(text: str, passage: Passage, place: Value, anchors: Sequence[Anchor]) -> Iterator[Said]:
    after, before = text[place.end : place.end + 40], text[max(0, place.start - 12) : place.start]
    clause = text[place.end : passage.sentence.end]
    acted = any(t.attribute == "act" and t.start > place.end for t in passage.terms)
    is_home = _HOME_AFTER.match(after) or _HOME_BEFORE.search(before)
    if not is_home and not (acted and (HOUSE.search(clause) or FAMILY.search(clause))):
        return
    match = _HOME_AFTER.match(after)
    end = place.end + (match.end() if match and "출신" in match.group() else 0)
    following = [a for a in anchors if a.start >= end]
    if following and describes(text, end, following[0].start):
        keys = following[0].keys
    else:
        keys = speaks_of(text, passage, place.start)
    for key in keys:
        yield Said(start=place.start, end=place.end, key=key, attribute="home", values=place.values)


def _number(text: str, passage: Passage, number: Value, anchors: Sequence[Anchor]) -> Iterator[Said]:
    if number.what == "birth":
        loose = number.level == "said"
        yield from _of(described(text, passage, number.start, number.end, anchors=anchors, loose=loose), number, "birth")
        return
    near = text[max(passage.sentence.start, number.start - 15) : number.end + 15]
    kin = any(t.attribute == "kin" and abs(t.start - number.start) <= 15 for t in passage.terms)
    if number.what == "amount" or kin or FAMILY.search(near):
        for key in speaks_of(text, passage, number.start):
            yield Said(start=number.start, end=number.end, key=key, attribute=number.what, values=number.values)


def _date(text: str, passage: Passage, mention: DateMention, lag_days: int) -> Iterator[Said]:
    if mention.days is None:
        return
    acts = [t for t in passage.terms if t.attribute == "act"]
    end = min((t.start for t in acts if t.start > mention.end), default=passage.sentence.end)
    clause = text[mention.end : end]
    departed, arrived = _DEPARTED.search(clause), _ARRIVED.search(clause)
    if departed or arrived:
        for key in speaks_of(text, passage, mention.start):
            yield Said(
                start=mention.start, end=mention.end, key=key, attribute="departure", values=mention.days,
                lag_days=0 if departed else DAYS_ON_THE_WAY,
            )  # fmt: skip
        return
    if not acts:
        return
    act = next((t for t in acts if t.start >= mention.end), acts[-1])
    role = _role(text, passage, mention, act)
    for key in speaks_of(text, passage, mention.start):
        yield Said(
            start=mention.start, end=mention.end, key=key, attribute="act_date", values=Days(mention.days.spans),
            about="act:" + "|".join(sorted(act.codes)), role=role, lag_days=lag_days if role == "learned" else 0,
        )  # fmt: skip


def _role(text: str, passage: Passage, mention: DateMention, act: Term) -> DateRole:
    """Whether a date is that of the act or that of the news of it; the act's own where the wording leaves it open."""
    news = _LEARNED.search(text, act.end, passage.sentence.end)
    if news is None:
        return "occurred"
    if mention.start >= act.end:
        return "learned" if mention.start < news.end else "occurred"
    if mention.end > act.start:
        return "occurred"
    if _SOURCE.search(text, mention.end, act.start):
        return "learned"
    before = text[passage.sentence.start : mention.start]
    if _SOURCE.search(before) or passage.carriers:
        return "occurred"
    between = text[mention.end : act.start]
    return "learned" if _TOPIC_BEFORE.search(before) and _SUBJECT.search(between) else "occurred"
