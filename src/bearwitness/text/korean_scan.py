"""Read a Korean text: who is shown, what is said of them, and what nobody accounts for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from bearwitness.model.values import Codes, Paths
from bearwitness.text.date_atoms import DateMention
from bearwitness.text.dates import find_dates
from bearwitness.text.korean_claims import ActSaid, read_passage
from bearwitness.text.korean_general import definite_groups
from bearwitness.text.korean_people import MEN, SOMEONE, WOMEN, find_people, number_groups
from bearwitness.text.korean_rest import find_rest
from bearwitness.text.korean_scene import PRONOUN, Layers, Passage, lay_out
from bearwitness.text.korean_someone import fill_in, workers
from bearwitness.text.korean_state import find_state_acts
from bearwitness.text.korean_syllables import surname_forms
from bearwitness.text.korean_terms import Term, find_terms
from bearwitness.text.korean_times import date_act, read_dates
from bearwitness.text.korean_values import find_numbers, find_occupations, find_places
from bearwitness.text.korean_words import ordinary_words
from bearwitness.text.particles import word_set
from bearwitness.text.scene import Lexicon, Mention, Said, Scan

# Words that the tables of terms know and that therefore name nobody.
_OWN_WORDS: Final = word_set(
    "보위원 보위부 보위성 안전원 탈북민 탈북자 탈북 송금 브로커 통화 사사여행 사사 도강 월강 국경 두만강 압록강"
    " 가명 필명"
    " 여동생 남동생 동생 어머니 아버지 누나 언니 오빠 형님 삼촌 고모 이모 조카 사촌 남편 아내 안해 부인 딸 아들"
    " 자녀 자식"
    " 부모 형제 자매 남매 형수 제수 올케 며느리 사위 매형 매부 매제 처남 처제 처형 장인 장모"
    " 조카딸 숙부 숙모 백부 손자 손녀"
    " 시어머니 시아버지 시부모 큰아버지 작은아버지 배우자 친척 익명 누군가 옆집 앞집 뒷집 아랫집 윗집"
    " 이웃집 노부부 초반 중반 후반 강 출신 태생 고향"
)


def scan_korean(
    text: str, known: Sequence[Mention], lexicon: Lexicon, *, published: date | None, lag_days: int,
    ordinary: frozenset[str],
) -> Scan:  # fmt: skip
    """Everything a Korean text says of the people it shows, and every passage that nothing accounts for.

    Parameters
    ----------
    text : str
        Normalised text (``text.normalise``); all offsets are offsets in it.
    known : sequence of Mention
        Names of the record that the caller found; never found again, and people shown like any other.
    lexicon : Lexicon
        Places, occupations, surnames, authorities, the world abroad, public days.
    published : date or None
        When the text is published: ages count from it, and a date without a year is the latest before it.
    lag_days : int
        How many days before the news of it an act may have happened.
    ordinary : frozenset of str
        Stems of ordinary words; a predicate with 다.

    Returns
    -------
    Scan
        Mentions and what is said in the order of the text, ``known`` left out. What may be said of several is said
        of each.
    """
    words = ordinary_words(
        ordinary.union(lexicon.institutions, lexicon.world, _OWN_WORDS),
        frozenset((*lexicon.places, *lexicon.occupations)),
    )
    surnames = frozenset(s for name in lexicon.surnames for s in surname_forms(name))
    found = find_people(text, surnames, words, known)
    people = sorted((*known, *found), key=lambda m: (m.start, m.key))
    layers = _layers(text, lexicon, published, people)
    unnamed = (*workers(text, layers, people), *definite_groups(text, layers, people))
    groups = tuple(number_groups(unnamed, people))
    people = sorted((*people, *groups), key=lambda m: (m.start, m.key))
    passages, nobody = fill_in(text, lay_out(text, people, layers), people)
    people = sorted((*people, *nobody), key=lambda m: (m.start, m.key))
    said = _read_all(text, passages, lag_days)
    said += [*_surnames(found), *_titles(people), *_status_of_all(text, layers.terms, people)]
    mentions = (*found, *groups, *nobody, *_pronouns(text, passages, people))
    mentions, said = _relatives_inside(text, mentions, said)
    said = sorted(dict.fromkeys(said), key=lambda s: (s.start, s.end, s.key, s.attribute))
    scan = Scan(mentions=tuple(sorted(mentions, key=lambda m: (m.start, m.end, m.key))), said=tuple(said), doubts=())
    return replace(scan, doubts=find_rest(text, scan, known, layers, lexicon, words, surnames))


def _layers(text: str, lexicon: Lexicon, published: date | None, people: Sequence[Mention]) -> Layers:
    dates = find_dates(text, language="ko", published=published)
    numbers = find_numbers(text, dates, published)
    # A sum or an age is no date, and a year of birth is no date of an act.
    dates = tuple(d for d in dates if not any(n.start < d.end and d.start < n.end for n in numbers))
    names = [(m.start, m.end) for m in people if m.surname or m.full]
    places = tuple(p for p in find_places(text, lexicon.places) if not any(a <= p.start < b for a, b in names))
    # "이모 씨" is no aunt.
    terms = tuple(
        t for t in find_terms(text) if t.attribute == "sex" or not any(a <= t.start and t.end <= b for a, b in names)
    )
    terms = tuple(sorted((*terms, *find_state_acts(text, terms)), key=lambda t: (t.start, t.end)))
    kin = [t for t in terms if t.attribute == "kin"]
    # "배우자" is no actor.
    work = tuple(
        w for w in find_occupations(text, lexicon.occupations)
        if not any(k.start < w.end and w.start < k.end for k in kin)
    )  # fmt: skip
    return Layers(terms=terms, places=places, numbers=numbers, occupations=work, dates=dates)


def _read_all(text: str, passages: Sequence[Passage], lag_days: int) -> list[Said]:
    said: list[Said] = []
    homes: list[tuple[int, Said]] = []
    relative: Term | None = None
    undated: Sequence[ActSaid] = ()
    news: Sequence[DateMention] = ()
    for passage in passages:
        goes_on = passage.joined
        read = read_passage(text, passage, relative if goes_on else None)
        dated, fresh = read_dates(text, passage, read.acts, undated if goes_on else (), lag_days)
        is_dated = any(s.attribute == "act_date" for s in dated)
        if goes_on and read.acts and not is_dated:
            # "On the 5th she had a call. Her home had been raided.": the news is dated, the act follows.
            act = read.acts[0]
            dated += [s for mention in news for s in date_act(mention, act, act.keys, "learned", lag_days)]
        said += [*read.said, *dated]
        homes += read.homes
        undated, news = () if is_dated else read.acts, fresh
        kin = [t for t in passage.terms if t.attribute == "kin"]
        relative = kin[-1] if kin else relative if goes_on and not passage.people else None
    return [*said, *_choose_homes(homes)]


def _choose_homes(homes: Sequence[tuple[int, Said]]) -> Iterator[Said]:
    """Of places that exclude each other the one more firmly said, else the first; the rest stays in doubt."""
    chosen: dict[str, list[Said]] = {}
    for _, said in sorted(homes, key=lambda h: (-h[0], h[1].start)):
        before = chosen.setdefault(said.key, [])
        if all(_meet(said, other) for other in before):
            before.append(said)
            yield said


def _meet(one: Said, other: Said) -> bool:
    if isinstance(one.values, Paths) and isinstance(other.values, Paths):
        return not one.values.intersect(other.values).is_empty
    return False


def _surnames(mentions: Sequence[Mention]) -> Iterator[Said]:
    for mention in mentions:
        if mention.surname and not mention.full and not mention.pseudonym:
            yield Said(
                start=mention.start, end=mention.end, key=mention.key, attribute="surname",
                values=Codes(surname_forms(mention.surname)),
            )  # fmt: skip


_SEX_IN_BRACKETS: Final = re.compile(r"\([^()]*[·, ]([여남])성?[·, )]")


def _titles(people: Sequence[Mention]) -> Iterator[Said]:
    """What a title tells: "박 여인" is a woman."""
    for mention in people:
        if not mention.surname:
            continue
        bracket = _SEX_IN_BRACKETS.search(mention.label)
        female = WOMEN.search(mention.label) or (bracket and bracket[1] == "여")
        male = MEN.search(mention.label) or (bracket and bracket[1] == "남")
        sex = "female" if female else "male" if male else ""
        if sex:
            yield Said(
                start=mention.start, end=mention.end, key=mention.key, attribute="sex", values=Codes(frozenset({sex}))
            )


def _pronouns(text: str, passages: Sequence[Passage], people: Sequence[Mention]) -> Iterator[Mention]:
    """Pronouns of sentences that show nobody else, as mentions of whom they stand for."""
    first = {m.key: m for m in reversed(people)}
    for passage in passages:
        if passage.people or not passage.keys:
            continue
        for match in PRONOUN.finditer(text, passage.sentence.start, passage.sentence.end):
            for key in passage.keys:
                was = first.get(key)
                if was is not None:
                    yield replace(was, start=match.start(), end=match.end())


_COUNTED: Final = {"두": 2, "세": 3, "네": 4, "다섯": 5, "여섯": 6, "2": 2, "3": 3, "4": 4, "5": 5, "6": 6}
_COUNT_AFTER: Final = re.compile(r" ?(?P<n>[두세네2-6]|다섯|여섯) ?(?:사람|명|분|탈북민|탈북자|여성|남성)")
_COUNT_BEFORE: Final = re.compile(r"(?<![가-힣0-9])(?P<n>[두세네2-6]|다섯|여섯)(?:명의)? $")


def _status_of_all(text: str, terms: Sequence[Term], people: Sequence[Mention]) -> Iterator[Said]:
    """"Three who left told us": said of each, where the text shows just so many who may have left."""
    everybody = tuple(dict.fromkeys(m.key for m in people if m.stands_as == "left"))
    # A family of no name ("한 집") may be one of those counted, or another one.
    named = tuple(k for k in everybody if not k.startswith(SOMEONE))
    for term in terms:
        if term.attribute != "status":
            continue
        count = _COUNT_AFTER.match(text, term.end) or _COUNT_BEFORE.search(text, max(0, term.start - 6), term.start)
        if count is None:
            continue
        for keys in (everybody, named):
            if _COUNTED[count["n"]] != len(keys):
                continue
            for key in keys:
                yield Said(start=term.start, end=term.end, key=key, attribute="status", values=Codes(term.codes))


# A relative who left, and what the one who stayed is to them.
_GONE: Final = re.compile(
    r"(?:탈북한|떠난|귀순한|망명한|(?:한국|남한|남조선|남쪽|서울|해외|중국|미국)(?:에|으로|로) ?(?:간|온|있는"
    r"|사는|들어간|들어온|정착한|넘어간))"
    r" ?(?:자기 |자신의 )?$"
)
_GOING: Final = re.compile(
    r"[이가] (?:[0-9]{4}년(?:에)? )?(?:탈북[하한했]|귀순[하한했]|망명[하한했]|(?:고향|북한|조선|집)을 떠[나난났]"
    r"|(?:한국|남한|남조선|남쪽|서울)(?:에|으로|로) ?(?:가|간|갔|넘어가|넘어간|넘어갔|정착))"
)
_INVERSE: Final = {
    "elder_brother": ("younger_brother", "younger_sister"), "elder_sister": ("younger_brother", "younger_sister"),
    "younger_brother": ("elder_brother", "elder_sister"), "younger_sister": ("elder_brother", "elder_sister"),
    "father": ("son", "daughter"), "mother": ("son", "daughter"), "son": ("father", "mother"),
    "daughter": ("father", "mother"), "husband": ("wife",), "wife": ("husband",),
    "grandparent": ("other_relative",), "other_relative": ("other_relative",),
}  # fmt: skip


def _relatives_inside(
    text: str, mentions: Sequence[Mention], said: Sequence[Said]
) -> tuple[tuple[Mention, ...], list[Said]]:
    """Turn round what is said of those whose relative left: "남한에 간 딸을 둔 김 씨" is a parent of the one who left.

    Somebody of whom the text also says that they left themselves stays the one who left.
    """
    gone = {
        (s.start, s.key) for s in said
        if s.attribute == "kin" and (_GONE.search(text, max(0, s.start - 24), s.start) or _GOING.match(text, s.end))
    }  # fmt: skip
    itself = {s.key for s in said if s.attribute in ("status", "departure", "route") and not _tells(s, gone)}
    inside = {key for _, key in gone} - itself
    if not inside:
        return tuple(mentions), list(said)
    turned: list[Said] = []
    for one in said:
        if (one.start, one.key) in gone and one.key in inside and isinstance(one.values, Codes):
            if one.attribute == "kin":
                codes = frozenset(c for leaf in one.values.codes for c in _INVERSE[leaf])
                turned.append(replace(one, values=Codes(codes)))
        else:
            turned.append(one)
    kept = [replace(m, stands_as="relative") if m.key in inside and m.stands_as == "left" else m for m in mentions]
    return tuple(kept), turned


def _tells(said: Said, gone: Iterable[tuple[int, str]]) -> bool:
    """Whether a statement of leaving stands right before a relative and is theirs."""
    return any(key == said.key and -24 <= start - said.end <= 8 for start, key in gone)
