"""What nobody accounts for in a Korean text: words that may be a name, a place, a date, a number, an occupation."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from functools import lru_cache
from typing import Final

from bearwitness.text import rules_dates, rules_names, rules_numbers, rules_occupations, rules_places, rules_record
from bearwitness.text.date_atoms import DateMention
from bearwitness.text.korean_called import find_called, find_titled_surnames
from bearwitness.text.korean_cover import Cover, doubt_at
from bearwitness.text.korean_numbers import find_counted, is_together
from bearwitness.text.korean_particulars import find_particulars
from bearwitness.text.korean_people import SOMEONE
from bearwitness.text.korean_scene import Layers
from bearwitness.text.korean_syllables import NAME_SYLLABLES, USUAL_SYLLABLES, could_be_name, is_usual_name
from bearwitness.text.korean_unknown import unknown_noun
from bearwitness.text.korean_words import OrdinaryWords
from bearwitness.text.particles import are_particles, final_of, split_particles, word_set
from bearwitness.text.scene import Doubt, Lexicon, Mention, Scan

NAMED: Final = rules_names.NAME.why_en
NAME: Final = rules_names.MAYBE_NAME.why_en
GIVEN: Final = rules_names.MAYBE_GIVEN.why_en
PLACE: Final = rules_places.PLACE.why_en
MAYBE_PLACE: Final = rules_places.MAYBE_PLACE.why_en
DATE: Final = rules_dates.DATE.why_en
NUMBER: Final = rules_numbers.NUMBER.why_en
AGE: Final = rules_numbers.AGE.why_en
AMOUNT: Final = rules_numbers.AMOUNT.why_en
OCCUPATION: Final = rules_occupations.OCCUPATION.why_en
UNKNOWN: Final = rules_names.UNKNOWN_WORD.why_en
FOREIGN: Final = rules_record.FOREIGN.why_en
SUSPECT_TITLE: Final = rules_names.TITLED.why_en
SAME_PLACE: Final = rules_places.SAME_PLACE.why_en
_WHY: Final = {"birth": AGE, "count": NUMBER, "amount": AMOUNT}

_VAGUE: Final = re.compile(
    r"(?:며칠 ?(?:뒤|후|만에|이? ?지나)|(?:몇|수|여러) ?(?:년|달|개월|주|시간|해) ?(?:전|뒤|후|만에)"
    r"|그 ?날|당일|같은 ?날|이날|당시|올해(?= [0-9]{2} ?[세살]))"
)
_OTHER_SCRIPT: Final = re.compile(
    r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff][A-Za-z0-9\u00c0-\u024f\u1e00-\u1eff@._'-]*(?:"
    r" [A-Z\u00c0-\u00de][A-Za-z\u00c0-\u024f'-]*)*"
    r"|[\u0370-\u03ff\u0400-\u052f\u0590-\u06ff\u0e00-\u0e7f]+|[\u3040-\u30ff\u3400-\u9fff]+"
)
_SAME: Final = re.compile(
    r"(?<![가-힣])같은 (?:도시|시|군|도|마을|동네|고장|지역|구역|리|거리|학교|반|공장|광산|탄광|부대|수용소|교화소)"
    r"(?=에|의|출신| 출신|[,. ]|$)"
)
_BRACKETS: Final = re.compile(r"\([^()\n]*\)")
_ONE: Final = re.compile(r"(?:한|1) ?(?:명|사람)$")
_ACRONYMS: Final = word_set("TV USB SD CCTV DMZ PC GPS SNS NGO IT DVD CD AI km m kg")
_RUN: Final = re.compile(r"[가-힣]+")
_PLACE_END: Final = re.compile(
    r"(?:구역|로동자구|노동자구|[도시군구동리읍면성촌역항]|마을|부락|벌|골|탄광|광산|농장|공장|기업소|제철소"
    r"|제련소|발전소|조선소|병원|대학|대학교|학교|중학교"
    r"|관리소|교화소|수용소|단련대|집결소|초소|부대|여단|사단|군단|연대|교회|연구소|사업소|상점|식당|호텔|려관"
    r"|여관|시장|장마당|세관|무역회사|회사|재단"
    r"|협회|연합|방송|신문|일보|통신|위원회|센터|단체)$"
)
# An unknown word before these is that of a place ("삼장 쪽으로").
_NEAR_PLACE: Final = re.compile(
    r" (?:쪽(?:에|으로)|근처|방면|일대|부근|바닷가|앞바다|산골|읍내|역전|시내|변두리|장마당|골짜기|출신|태생"
    r"|사람(?=[이은의])|나루|포구|다리(?=[를에]))"
)
_HELD_POST: Final = re.compile(r"였|이었|이던|던|라서|이라서| ?출신|까지 지|(?:으로|로) (?:일|있|근무)")
_ADNOMINAL: Final = re.compile(r"[은는던운른린진긴한된간온]$|[을를이가의도로와과고서며게지]$")
# A given name alone: two syllables and what marks it as somebody.
_GIVEN: Final = 2
# What a person's name takes; places and things take 에, 에서 and 로.
_CASES: Final = word_set(
    "이가 이는 이를 이의 이에게 이도 이와 이한테 이랑 이까지 이만 가 는 은 이 를 을 의 에게 에게서 에게도 에게는 와 과"
    " 와는 한테 한테서 도 까지 만 아 야 마저 조차 처럼 보다 께서 께 더러 하고 랑 네 네는 네가 네도 네를 한테는 "
    "한테도 한테만 에게만 밖에 부터 라도 이나 나 야말로 커녕 뿐 만큼 만은"
)
_TITLED: Final = re.compile(r" ?(?:씨|(?<= )(?:기자|특파원|통신원|앵커))(?=[은는이가를의에와과도께, .]|$)")
# How a predicate goes on after the part of it that a term is (체포|되어, 위협|했다고).
_ENDING: Final = re.compile(
    r"(?:[하한할해했되된될돼됐당받시지이였으은을는던었았고며면다라나서게도록기까니요죠자인일])[가-힣]{0,6}"
)
# What may stand right after a place or a name within one word.
_COMPOUND: Final = word_set("출신 산 시내 지역 주민 일대 사람 시당 도당 측 계 행 발 식 어 인 땅")


@lru_cache(maxsize=4)
def _printed(forms: frozenset[str]) -> re.Pattern[str]:
    """Names that may be printed, at the beginning of a word, the longest first."""
    longest_first = sorted(map(re.escape, forms), key=lambda f: (-len(f), f))
    return re.compile("(?<![가-힣A-Za-z])(?:" + "|".join(longest_first) + ")") if forms else re.compile("(?!)")


def find_rest(
    text: str, scan: Scan, known: Iterable[Mention], layers: Layers, lexicon: Lexicon, ordinary: OrdinaryWords,
    surnames: Collection[str],
) -> tuple[Doubt, ...]:  # fmt: skip
    """Every passage that looks like somebody or something particular and that nothing accounts for, in order.

    Parameters
    ----------
    text : str
        Normalised text.
    scan : Scan
        Who is shown and what is said of them.
    known : iterable of Mention
        Names of the record, found by the caller.
    layers : Layers
        Places, numbers, occupations and dates found, said of somebody or not.
    lexicon : Lexicon
        Authorities, the world abroad, public days.
    ordinary : OrdinaryWords
        Words that name nobody.
    surnames : collection of str
        Hangul surnames.
    """
    cover = Cover(len(text))
    for mention in scan.mentions:
        # A description of somebody without a name may hold a place, and a bracket after a name anything.
        if not mention.key.startswith(SOMEONE) or mention.stands_as == "carrier":
            _cover_name(text, cover, mention.start, mention.end)
        elif one := _ONE.search(text, mention.start, mention.end):
            cover.add(one.start(), one.end())
    for mention in known:
        cover.add(mention.start, mention.end)
    doubts = [
        Doubt(start=m.start, end=m.end, form=m.full, why=NAMED) for m in scan.mentions if m.stands_as == "named"
    ]
    for said in scan.said:
        for start, end in ((said.start, said.end), *said.also):
            _cover_name(text, cover, start, end)
    for match in _printed(lexicon.institutions | lexicon.world).finditer(text):
        if any("A" <= c <= "z" for c in match.group()) or " " in match.group():
            cover.add(match.start(), match.end())
    left = {m.key for m in (*scan.mentions, *known) if m.stands_as == "left"}
    shown = {len(left), len({k for k in left if not k.startswith(SOMEONE)})}
    # Each finds what those before it left, so that a date is not doubted again as a number.
    for found in (
        _same_places(text, cover), _dates(text, layers.dates, cover, lexicon.public_days),
        _values(text, layers, cover, lexicon), find_titled_surnames(text, cover, surnames), find_called(text, cover),
        find_particulars(text, cover),
        find_counted(text, cover, shown), _foreign(text, cover, lexicon), _words(text, cover, ordinary, surnames),
    ):  # fmt: skip
        for doubt in found:
            doubts.append(doubt)
            cover.add(doubt.start, doubt.end)
    return tuple(sorted(dict.fromkeys(doubts), key=lambda d: (d.start, d.end, d.form)))


def _cover_name(text: str, cover: Cover, start: int, end: int) -> None:
    """Account for a passage, but not for what stands in brackets within it."""
    at = start
    for bracket in _BRACKETS.finditer(text, start, end):
        cover.add(at, bracket.start())
        at = bracket.end()
    cover.add(at, end)


def _dates(text: str, dates: Iterable[DateMention], cover: Cover, public: Collection[date]) -> Iterator[Doubt]:
    for mention in dates:
        if cover.has(mention.start, mention.end):
            continue
        days = mention.days
        is_public = days is not None and all(a == b and date.fromordinal(a) in public for a, b in days.spans)
        if is_public or _VAGUE.match(text, mention.start):
            cover.add(mention.start, mention.end)
        else:
            yield doubt_at(text, mention.start, mention.end, mention.why if days is None and mention.why else DATE)


def _values(text: str, layers: Layers, cover: Cover, lexicon: Lexicon) -> Iterator[Doubt]:
    for number in layers.numbers:
        if not cover.has(number.start, number.end) and not is_together(text, number.start):
            yield doubt_at(text, number.start, number.end, _WHY[number.what])
    for place in layers.places:
        if not cover.has(place.start, place.end):
            yield doubt_at(text, place.start, place.end, PLACE)
    for work in layers.occupations:
        before = text[max(0, work.start - 12) : work.start].rstrip().rpartition(" ")[2]
        # "보위부 운전사였다": a post held by somebody, not an official who did something.
        held = _HELD_POST.match(text, work.end) is not None
        official = not held and (
            before in lexicon.institutions or before in ("당", "군", "현지", "담당", "국경")
        )
        if not cover.has(work.start, work.end) and not official and not text.startswith("들", work.end):
            yield doubt_at(text, work.start, work.end, OCCUPATION)


def _same_places(text: str, cover: Cover) -> Iterator[Doubt]:
    for match in _SAME.finditer(text):
        if not cover.has(match.start(), match.end()):
            yield doubt_at(text, match.start(), match.end(), SAME_PLACE)


def _foreign(text: str, cover: Cover, lexicon: Lexicon) -> Iterator[Doubt]:
    for match in _OTHER_SCRIPT.finditer(text):
        word = match.group().rstrip("._'-")
        if cover.has(match.start(), match.end()) or word in _ACRONYMS or word in lexicon.world | lexicon.institutions:
            continue
        yield doubt_at(text, match.start(), match.start() + len(word), FOREIGN)


def _words(text: str, cover: Cover, ordinary: OrdinaryWords, surnames: Collection[str]) -> Iterator[Doubt]:
    for run in _RUN.finditer(text):
        begin = cover.last(run.start(), run.end())
        word = text[begin : run.end()]
        if not word or (begin > run.start() and _follows(word, text[begin - 1], ordinary)):
            continue
        titled = begin == run.start() and (_TITLED.match(text, run.end()) or _is_titled(word))
        if titled and not ordinary.accounts_for(word):
            yield doubt_at(text, run.start(), run.end(), SUSPECT_TITLE)
        elif not ordinary.accounts_for(word):
            yield from _suspect(text, begin, word, surnames, ordinary)


def _is_titled(word: str) -> bool:
    return any(stem.endswith("씨") and len(stem) > 2 for stem, _ in split_particles(word))


def _follows(rest: str, last: str, ordinary: OrdinaryWords) -> bool:
    """Whether the end of a word whose beginning is accounted for says nothing more."""
    if are_particles(rest, after=last) or (len(rest) > 1 and ordinary.accounts_for(rest)):
        return True
    return any(rest.startswith(c) and are_particles(rest[len(c) :], after=c) for c in _COMPOUND) or _is_ending(rest)


def _is_ending(rest: str) -> bool:
    return _ENDING.fullmatch(rest) is not None


def _suspect(
    text: str, start: int, word: str, surnames: Collection[str], ordinary: OrdinaryWords
) -> Iterator[Doubt]:
    pairs = split_particles(word)
    stems = [s for s, _ in pairs if len(s) > 1]
    names = [s for s in stems if could_be_name(s, surnames)]
    usual = [s for s in stems if is_usual_name(s, surnames)]
    if names or usual:
        form = usual[-1] if usual else names[-1]
        yield doubt_at(text, start, start + len(form), NAME)
        return
    for stem, tail in pairs:
        if _is_case(stem, tail) and len(stem) == _GIVEN and all(s in USUAL_SYLLABLES for s in stem):
            yield doubt_at(text, start, start + len(stem), GIVEN)
            return
    for stem in stems:
        match = _PLACE_END.search(stem)
        # "않으면" ends like a township; the syllables before such an ending are those of a name.
        named = match and (len(match.group()) > 1 or all(s in NAME_SYLLABLES for s in stem[: match.start()]))
        # 도 after one syllable is the particle ("번도"), not an island nobody lives on.
        after_verb = match and match.group() == "도" and stem[match.start() - 1] in "아어여해려라서고지이"
        if match and named and match.start() > (match.group() == "도") and not after_verb:
            yield doubt_at(text, start, start + len(stem), MAYBE_PLACE)
            return
    # Two usual syllables without any particle: nearly always a name ("순남, 순녀 자매").
    if len(pairs) == 1 and len(word) == _GIVEN and all(s in USUAL_SYLLABLES for s in word):
        yield doubt_at(text, start, start + len(word), GIVEN)
        return
    if len(word) > 1 and _NEAR_PLACE.match(text, start + len(word)) and not _ADNOMINAL.search(word):
        yield doubt_at(text, start, start + len(word), MAYBE_PLACE)
        return
    noun = unknown_noun(pairs, ordinary)
    if noun:
        yield doubt_at(text, start, start + len(noun), UNKNOWN)


def _is_case(given: str, tail: str) -> bool:
    """Whether particles are those of a person, with the 이 that a given name takes after a consonant or without."""
    return tail in _CASES or (tail[:1] == "이" and tail[1:] in _CASES and final_of(given[-1]) != 0)
