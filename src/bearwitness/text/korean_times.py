"""What a date in a Korean text dates: a departure, an act, or the news of one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from bearwitness.model.claims import DateRole
from bearwitness.model.values import Days
from bearwitness.text.date_atoms import DateMention
from bearwitness.text.korean_claims import ActSaid
from bearwitness.text.korean_general import is_generic
from bearwitness.text.korean_owner import speaks_of
from bearwitness.text.korean_scene import Passage
from bearwitness.text.scene import Said

# News of an arrival dates the departure only backwards; most stay at most this long on the way.
DAYS_ON_THE_WAY: Final = 365

_DEPARTED: Final = re.compile(
    r"탈북(?!민|자|단체| ?가족| ?브로커)|(?<!직장을 )(?<!회사를 )(?<!학교를 )(?:떠나|떠났|떠난)"
    r"|도강|월강|(?:강|국경|분계선|휴전선)을 (?:건너"
    r"|건넜|건넌|넘)|탈출|빠져나"
    r"|중국(?:에|으로) (?:나왔|나온|나와|넘어|갔|간)|망명|귀순|북한을 (?:나왔|나온|나와)"
)
_ARRIVED: Final = re.compile(
    r"입국|정착|(?:한국|남한|서울|남조선|미국|영국|일본|유럽|제3국)(?:에|으로|로|땅을|땅에)? ?(?:도착|들어왔"
    r"|들어온|왔|온 |와서|밟)"
)
_LEARNED: Final = re.compile(
    r"소식|전해 ?들|전해 ?듣|들었|듣고|들은|알게|알았|알려|알렸|통보|연락을|연락이|전화를 받|전화가|귀띔|편지"
)
_TOLD: Final = re.compile(r"말했|전했|밝혔|설명했|증언했|털어놓|털어놨|이야기했|얘기했|인터뷰|주장했|토로했")
_PASSED_ON: Final = re.compile(
    r"(?:다고|라고|다는|다며)[^.\n]{0,12}?(?:전했|전해|알[려렸]|말했|이야기했|얘기했|귀띔|연락)"
)
_TO_US: Final = re.compile(
    r"본지|취재진|기자에게|기자와|인터뷰|방송과|방송에|본 ?방송|매체|통화에서|전화에서|언론|신문에|우리에게"
    r"|면담|조사단|단체에"
)
_SOURCE: Final = re.compile(r"에게서|한테서|으로부터|로부터|에게|한테|을 통해|를 통해|의 전화")
_TOPIC_BEFORE: Final = re.compile(r"(?:은|는|,) ?(?:지난 |올해 )?$")
_SUBJECT: Final = re.compile(r"[가-힣](?:이|가) ")


def read_dates(
    text: str, passage: Passage, acts: Sequence[ActSaid], before: Sequence[ActSaid], lag_days: int
) -> tuple[list[Said], list[DateMention]]:
    """What the dates of a sentence date, and those that news is dated by whose act is told elsewhere.

    Parameters
    ----------
    text : str
        Normalised text.
    passage : Passage
        One sentence of it.
    acts : sequence of ActSaid
        The acts of the sentence.
    before : sequence of ActSaid
        The acts of the sentence before that no date was given for; news dated here may be of those.
    lag_days : int
        How many days before the news of it an act may have happened.
    """
    said: list[Said] = []
    pending: list[DateMention] = []
    for mention in passage.dates:
        if mention.days is None:
            continue
        departure = list(_departure(text, passage, mention, acts))
        if departure:
            said += departure
        elif acts:
            said += _act_date(text, passage, mention, acts, lag_days)
        elif _LEARNED.search(text, passage.sentence.start, passage.sentence.end) and passage.keys:
            earlier = [a for a in before if set(a.keys) & set(passage.keys)]
            if earlier:
                said += date_act(mention, earlier[0], earlier[0].keys, "learned", lag_days)
            else:
                pending.append(mention)
    return said, pending


def _departure(text: str, passage: Passage, mention: DateMention, acts: Sequence[ActSaid]) -> Iterator[Said]:
    ends = [a.term.start for a in acts if a.term.start > mention.end]
    ends += [d.start for d in passage.dates if d.start > mention.end]
    end = min(ends, default=passage.sentence.end)
    departed = _DEPARTED.search(text, mention.end, end)
    verb = departed or _ARRIVED.search(text, mention.end, end)
    if mention.days is None or verb is None or is_generic(text, passage, verb.start(), subject=True):
        return
    for key in speaks_of(text, passage, verb.start(), verb.end()):
        yield Said(
            start=mention.start, end=mention.end, key=key, attribute="departure", values=Days(mention.days.spans),
            lag_days=0 if departed else DAYS_ON_THE_WAY,
        )  # fmt: skip


def _act_date(
    text: str, passage: Passage, mention: DateMention, acts: Sequence[ActSaid], lag_days: int
) -> Iterator[Said]:
    act = next((a for a in acts if a.term.start >= mention.end), acts[-1])
    role = _role(text, passage, mention, act)
    return date_act(mention, act, act.keys, role, lag_days)


def date_act(
    mention: DateMention, act: ActSaid, keys: Sequence[str], role: DateRole, lag_days: int
) -> Iterator[Said]:
    """The date of an act, or of the news of it, for each it is said of."""
    if mention.days is None:
        return
    for key in keys:
        yield Said(
            start=mention.start, end=mention.end, key=key, attribute="act_date", values=Days(mention.days.spans),
            about="act:" + "|".join(sorted(act.codes)), role=role, lag_days=lag_days if role == "learned" else 0,
        )  # fmt: skip


def _role(text: str, passage: Passage, mention: DateMention, act: ActSaid) -> DateRole:
    """Whether a date is that of the act or that of the news of it; the act's own where the wording leaves it open."""
    sentence, term = passage.sentence, act.term
    news = _LEARNED.search(text, term.end, sentence.end)
    between, before = text[mention.end : term.start], text[sentence.start : mention.start]
    # "지인이 안 씨에게 2월 5일 보위부가 집을 뒤졌다고 전했다": somebody tells a person shown of it on that day.
    hearer = next((m for m in passage.people if re.match(r"(?:에게|한테|께) $", text[m.end : mention.start])), None)
    passed_on = _PASSED_ON.search(text, term.end, sentence.end)
    if hearer and passed_on and _SUBJECT.search(text, sentence.start, hearer.start) and _SUBJECT.search(between):
        return "learned"
    told = _TOLD.search(text, term.end, sentence.end)
    verb = news or told
    quoted = next((q for q in passage.heard if q[0] <= term.start < q[1]), None)
    if quoted and not quoted[0] <= mention.start < quoted[1]:
        return "learned" if news else "told"
    if verb is None:
        return "occurred"
    role: DateRole = "learned" if news else "told"
    if mention.start >= term.end:
        return role if mention.start < verb.end() else "occurred"
    if news is None:
        # "said on the 5th to this paper that ...": the date is that of the interview only where one is named.
        return "told" if _TO_US.search(between) and _SUBJECT.search(between) else "occurred"
    if _SOURCE.search(between) and not _SOURCE.search(before):
        return "learned"
    if _SOURCE.search(before) or (passage.carriers and passage.carriers[0].start < mention.start):
        return "occurred"
    if passage.carriers and passage.carriers[0].start < term.start:
        return "learned"
    return "learned" if _TOPIC_BEFORE.search(before) and _SUBJECT.search(between) else "occurred"
