"""Values in a Korean text that words alone do not give: places, ages, counts, sums, occupations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from bearwitness.model.values import Codes, Days, Paths, ValueSet
from bearwitness.text.date_atoms import DateMention
from bearwitness.text.particles import are_particles, word_set

NATIVE_UNITS: Final = {
    "하나": 1, "한": 1, "둘": 2, "두": 2, "셋": 3, "세": 3, "석": 3, "넷": 4, "네": 4, "넉": 4, "다섯": 5, "여섯": 6,
    "일곱": 7, "여덟": 8, "아홉": 9, "열": 10, "열한": 11, "열하나": 11, "열두": 12, "열둘": 12,
}  # fmt: skip
NATIVE_TENS: Final = {
    "열": 10, "스물": 20, "스무": 20, "서른": 30, "마흔": 40, "쉰": 50, "예순": 60, "일흔": 70, "여든": 80, "아흔": 90,
}  # fmt: skip
MOST_COUNTED: Final = 12

_TENS = "|".join(NATIVE_TENS)
_ONES = "하나|한|둘|두|셋|세|넷|네|다섯|여섯|일곱|여덟|아홉"
_AGE = re.compile(
    rf"(?<![0-9가-힣])(?:(?:만 ?)?(?P<n>[1-9][0-9]?) ?(?P<unit>세|살)(?! ?(?:때|무렵|이상|미만|이하))"
    rf"|(?P<tens>{_TENS})(?P<ones>{_ONES})? ?살|(?P<decade>[1-9])0대(?: ?(?P<part>초반|중반|후반|초|중|말))?)"
)
_AGE_IN_BRACKETS = re.compile(r"(?<=\()(?P<n>[1-9][0-9])(?=[),·])")
_BORN = re.compile(r" ?(?:생(?=[ ,.)인이으]|$)|출생|에 태어|에 출생|태생)")
_COUNT = re.compile(
    rf"(?<![0-9가-힣])(?P<n>[0-9]{{1,2}}|{'|'.join(sorted(NATIVE_UNITS, key=len, reverse=True))}) ?(?P<unit>명"
    rf"|사람|분(?=[이의은을])|형제|자매|남매"
    r"|(?:남|여)?동생|아들|딸|누나|언니|오빠|자녀|식구)"
)
_IN_WORDS = "(?=[가-힣]{0,5}[십백천만억])[일이삼사오육칠팔구십백천만억]{1,6}"
_AMOUNT = re.compile(
    r"(?<![0-9가-힣])(?:약 |한화 |미화 |현금 )?(?:[0-9][0-9,.]*|[수몇]?[십백천만억]+"
    rf"|{_IN_WORDS}(?: {_IN_WORDS})?)"
    r" ?[십백천만억]* ?(?:여 ?)?"
    r"(?:위안|원(?![가-힣]{0,1}[산인])|달러|딸라|불(?=[을이 ])|엔|유로|루블|킬로(?:그램|미터)?|키로(?:그람|그램|메터"
    r"|미터)?|㎏|kg|톤"
    r"|t(?![a-z]))"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A passage that says one value; ``what`` is an attribute, or "place" and "date" where that is still open."""

    start: int
    end: int
    what: str
    values: ValueSet
    level: str = ""


def find_places(text: str, forms: Mapping[str, frozenset[str]]) -> tuple[Value, ...]:
    """Places of the tree in a text; the longest form at each word, a particle after it not included.

    Parameters
    ----------
    text : str
        Normalised text.
    forms : mapping of str to frozenset of str
        Each way a place is written, with the paths it may mean.
    """
    longest = max(map(len, forms), default=0)
    found: list[Value] = []
    done = 0
    for match in re.finditer(r"(?<![가-힣])[가-힣]+", text):
        if match.start() < done:
            continue
        value = _place_at(text, match.start(), forms, longest)
        if value is not None:
            found.append(value)
            done = value.end
    return tuple(found)


def _place_at(text: str, start: int, forms: Mapping[str, frozenset[str]], longest: int) -> Value | None:
    for end in range(min(len(text), start + longest), start + 1, -1):
        paths = forms.get(text[start:end])
        if paths is None:
            continue
        rest = re.match(r"[가-힣]*", text[end:])
        if rest is not None and _may_follow(rest.group(), text[start:end]):
            return Value(start=start, end=end, what="place", values=Paths(paths))
    return None


_COMPOUND: Final = word_set(
    "출신 산 시내 지역 주민 일대 사람 시당 도당 광산 탄광 농장 협동농장 공장 제철소 병원 인민병원 의학대학"
    " 사범대학 공업대학 대학"
    " 학교 시장 장마당 세관 교화소 관리소 보위부 보위국 안전부 안전국 역 항 여성 남성 여자 남자 집 쪽 행"
    " 시보위부 군보위부"
    " 시안전부 군안전부"
)


def _may_follow(rest: str, stem: str) -> bool:
    return are_particles(rest, after=stem) or any(
        rest.startswith(c) and are_particles(rest[len(c) :], after=c) for c in _COMPOUND
    )


def find_numbers(text: str, dates: tuple[DateMention, ...], published: date | None) -> tuple[Value, ...]:
    """Ages and years of birth, counts of relatives and sums, outside the dates that are no year of birth."""
    found = [*_births(text, dates), *_ages(text, published), *_counts(text), *_amounts(text)]
    kept: list[Value] = []
    for value in sorted(found, key=lambda v: (v.start, -v.end)):
        if not kept or value.start >= kept[-1].end:
            kept.append(value)
    return tuple(kept)


def _births(text: str, dates: tuple[DateMention, ...]) -> Iterator[Value]:
    for mention in dates:
        after = _BORN.match(text, mention.end)
        if after and mention.days is not None:
            yield Value(start=mention.start, end=mention.end, what="birth", values=mention.days, level="said")


def _ages(text: str, published: date | None) -> Iterator[Value]:
    if published is None:
        return
    for match in (*_AGE.finditer(text), *_AGE_IN_BRACKETS.finditer(text)):
        groups = match.groupdict()
        if groups.get("decade"):
            first = int(groups["decade"]) * 10
            low, high = {"초": (0, 3), "중": (4, 6), "후": (7, 9), "말": (7, 9)}.get((groups["part"] or " ")[0], (0, 9))
            youngest, oldest = first + low, first + high
        elif groups.get("tens"):
            youngest = oldest = NATIVE_TENS[groups["tens"]] + NATIVE_UNITS.get(groups["ones"] or "", 0)
        else:
            youngest = oldest = int(match["n"])
        yield Value(start=match.start(), end=match.end(), what="birth", values=born(youngest, oldest, published))


def born(youngest: int, oldest: int, published: date) -> Days:
    """When somebody was born who is of such an age on the day of publication, by either way of counting.

    The Korean way counts the year of birth as one and adds a year each January, so a person of an age is born at
    the latest at the end of the year ``age - 1`` before publication.
    """
    try:
        first = published.replace(year=published.year - oldest - 1)
    except ValueError:
        first = date(published.year - oldest - 1, 2, 28)
    return Days.between(date.fromordinal(first.toordinal() + 1), date(published.year - max(youngest - 1, 0), 12, 31))


def _counts(text: str) -> Iterator[Value]:
    for match in _COUNT.finditer(text):
        number = NATIVE_UNITS.get(match["n"]) or (int(match["n"]) if match["n"].isdigit() else 0)
        # "가족 한 사람" is a relative, not how many there are.
        if match["n"] in ("한", "하나"):
            continue
        if 1 <= number <= MOST_COUNTED:
            end = match.end() if match["unit"] in ("명", "사람", "분") else match.start("unit")
            end = end if not text[match.start() : end].endswith(" ") else end - 1
            yield Value(start=match.start(), end=end, what="count", values=Codes(frozenset({str(number)})))


def _amounts(text: str) -> Iterator[Value]:
    for match in _AMOUNT.finditer(text):
        yield Value(
            start=match.start(), end=match.end(), what="amount", values=Codes(frozenset({match.group().strip()}))
        )


# Fields of work and the paths of those who work in them, whatever the word for such a person.
_TRADES: Final = {
    "보건": "professional/health", "의료": "professional/health", "교육": "professional/education",
    "상업": "service/trade", "운수": "worker/transport", "수송": "worker/transport", "철도": "worker/transport/railway",
    "농업": "worker/farming", "수산": "worker/fishing", "광업": "worker/mining", "임업": "worker/forestry",
    "건설": "worker/construction", "예술": "arts_sports/arts", "체육": "arts_sports/sports",
}  # fmt: skip
_WORKERS: Final = (
    "종사자", "일꾼", "일군", "계통 종사자", "계통 일꾼", "부문 종사자", "부문 일꾼", "분야 종사자", "부문 노동자",
)  # fmt: skip


def _with_trades(forms: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    more = {f"{trade} {who}": frozenset({path}) for trade, path in _TRADES.items() for who in _WORKERS}
    return more | dict(forms)


def find_occupations(text: str, forms: Mapping[str, frozenset[str]]) -> tuple[Value, ...]:
    """Occupations in a text, each the longest term at its place, at the beginning of a word."""
    if not forms:
        return ()
    forms = _with_trades(forms)
    pattern = re.compile("(?<![가-힣])(?:" + "|".join(map(re.escape, sorted(forms, key=len, reverse=True))) + ")")
    return tuple(
        Value(start=m.start(), end=m.end(), what="occupation", values=Paths(forms[m.group()]))
        for m in pattern.finditer(text)
        if not text.startswith(("들", "단", "회", "협회", "대학", "학교"), m.end())
    )
