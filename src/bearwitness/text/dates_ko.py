"""Korean dates in running text."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Final

from bearwitness.model.calendar_units import merge_intervals, season_interval, third_interval
from bearwitness.model.values import Days
from bearwitness.text import date_words_ko as words
from bearwitness.text import rules_date_forms
from bearwitness.text.date_atoms import (
    LUNAR,
    OPEN_ENDED,
    RELATIVE,
    Atom,
    DateMention,
    Level,
    day_in,
    join_ranges,
    months_in,
    resolve,
    share_years,
    widen_about,
    widest,
)

NO_MONTH: Final = rules_date_forms.NO_MONTH.why_en
TWO_DIGITS: Final = rules_date_forms.TWO_DIGITS.why_en
SEASON_YEARS: Final = rules_date_forms.SEASON_YEARS.why_en
BARE_SEASON: Final = rules_date_forms.BARE_SEASON.why_en
JUCHE: Final = rules_date_forms.JUCHE.why_en
JUCHE_EPOCH: Final = 1911

HOLIDAYS: Final = {
    "태양절": (4, 15), "광명성절": (2, 16), "당창건일": (10, 10), "당창건기념일": (10, 10), "공화국창건일": (9, 9),
    "정권수립일": (9, 9), "구구절": (9, 9), "전승절": (7, 27),
    "조국해방의날": (8, 15), "해방기념일": (8, 15), "광복절": (8, 15),
    "건군절": (2, 8), "선군절": (8, 25), "국제부녀절": (3, 8), "부녀절": (3, 8), "양력설": (1, 1), "신정": (1, 1),
    "청년절": (8, 28), "어머니날": (11, 16), "헌법절": (12, 27), "국제아동절": (6, 1), "성탄절": (12, 25),
    "크리스마스": (12, 25),
}  # fmt: skip
NATIVE_DAYS: Final = {
    "하루": 1, "이틀": 2, "사흘": 3, "나흘": 4, "닷새": 5, "엿새": 6, "이레": 7, "여드레": 8, "아흐레": 9, "열흘": 10,
    "보름": 15,
}  # fmt: skip
MONTH_PARTS: Final = {"초": 0, "초순": 0, "상순": 0, "중순": 1, "말": 2, "하순": 2}
SEASONS: Final = {"봄": 0, "여름": 1, "가을": 2, "겨울": 3}

_L = r"(?<![0-9A-Za-z])"
_YEAR = (
    r"(?:(?P<y>(?:1[89]|2[01])[0-9]{2})년|'?(?P<yy>[0-9]{2})년|주체 ?(?P<j>[0-9]{1,3})년?(?: ?\("
    r"(?P<jy>[0-9]{4})년?\)년?)?)"
)
_OLDER = r"(?:(?:지난|오는) (?=[0-9]))?"
_RELATIVE_YEAR = (
    r"(?:지난해|작년|재작년|올해|금년|내년|그해|그 해|이듬해|다음해|다음 해|전해(?=에|의| ?[0-9봄여가겨])"
    r"|당해(?=에|의| )|동년|지지난해)"
)
_RELATIVE_DAY = (
    "(?:어제|그제|그저께|엊그제|엊그저께|오늘(?!날)|내일|모레|이튿날|다음 ?날|전날|당일|그날|같은 ?날|지난 ?달|이번 ?달"
        "|다음 ?달"
    "|지난 ?주|이번 ?주|다음 ?주|같은 ?달|그달|이달|얼마 전|며칠 전|며칠 뒤|며칠 후)"
)
_COUNT = (
    "(?:(?:[0-9]+|몇|수|한|두|세|네|다섯|여섯|일곱|여덟|아홉|열|일|이|삼|사|오|육|칠|팔|구|십|수십) ?"
    "(?:일|주일|주|달|개월|년|해|시간|분|주년)|" + "|".join(NATIVE_DAYS) + "|며칠)"
)  # fmt: skip
_DAYS = "(?:" + "|".join(NATIVE_DAYS) + "|[0-9]{1,2} ?일)"
_HOLIDAY = "(?:" + "|".join(" ?".join(h) for h in sorted(HOLIDAYS, key=len, reverse=True)) + ")"
_PART = r"(?:초순|상순|중순|하순|초(?![가-힣]*등)|말(?![했하한]))"
_PATTERNS: Final = {
    name: re.compile(pattern)
    for name, pattern in {
        "day": rf"{_L}{_OLDER}(?:{_YEAR},? ?)?(?P<m>[0-9]{{1,2}})월 ?(?P<d>[0-9]{{1,2}})일",
        "days": rf"{_L}(?:{_YEAR},? ?)?(?P<m>[0-9]{{1,2}})월 ?(?P<d>[0-9]{{1,2}})(?:일? ?[~-] ?|일(?:부터|에서) )"
            rf"(?P<e>[0-9]{{1,2}})일(?:까지)?",
        "points": rf"{_L}(?P<y>[0-9]{{4}})(?P<s>[.]|[-/]) ?(?P<m>[0-9]{{1,2}})(?P=s) ?(?P<d>[0-9]{{1,2}})(?:\.(?= |$"
            rf"|[가-힣]))?(?![0-9])",
        "short_points": rf"{_L}(?P<q>')?(?P<yy>[0-9]{{2}})\. ?(?P<m>[0-9]{{1,2}})\. ?(?P<d>[0-9]{{1,2}})(?:\.(?= |$"
            rf"|[가-힣]))?(?![0-9])",
        "juche_points": rf"{_L}주체 ?(?P<j>[0-9]{{1,3}})\. ?(?P<m>[0-9]{{1,2}})\. ?(?P<d>[0-9]{{1,2}})\.?(?![0-9])",
        "month_points": rf"{_L}(?P<y>(?:19|20)[0-9]{{2}})[.-] ?(?P<m>[0-9]{{1,2}})(?:\.(?= |$|[가-힣]))?(?![0-9.])",
        "part": rf"{_L}{_OLDER}(?:{_YEAR},? ?)?(?P<m>[0-9]{{1,2}})월 ?(?P<p>{_PART})",
        "month": rf"{_L}{_OLDER}(?:{_YEAR},? ?)?(?P<m>[0-9]{{1,2}})월(?! ?[0-9]+일)",
        "season": rf"{_L}(?:(?P<w>[0-9]{{4}})[~-])?{_YEAR} ?(?P<s>봄|여름|가을|겨울)",
        "bare_season": r"(?<![가-힣])(?:(?:지난|올|이번|그|지지난|오는|그해|한|초|늦|늦은|이른) ?)?(?:봄|여름|가을"
            r"|겨울)(?=에|부터|까지|이었|이던|철|쯤|경|께|[ ,.]|$)",
        "year_part": rf"{_L}{_YEAR} ?(?P<p>상반기|하반기|초반|중반|후반|초|말|[1-4]분기)",
        "year": rf"{_L}(?:(?P<y>(?:1[89]|2[01])[0-9]{{2}})년|주체 ?(?P<j>[0-9]{{1,3}})년?(?: ?\("
            rf"(?P<jy>[0-9]{{4}})년?\)년?)?|'(?P<yy>[0-9]{{2}})년)(?!대|생? ?(?:동안|간|째|만에))",
        "decade": rf"{_L}(?P<y>[0-9]{{4}}|[5-9]0)년대(?: ?(?P<p>초반|중반|후반|초|말))?",
        "day_only": rf"{_L}(?:지난 |오는 )?(?P<d>3[01]|[12][0-9]|[1-9])일(?! ?(?:동안|간|째|만에|치|분|장))",
        "lunar_day": rf"(?:음력|구력) ?(?:{_YEAR} ?)?(?:[0-9]{{1,2}}|정|동|섣달|윤[0-9]+)월?(?: ?(?:[0-9]{{1,2}}일"
            rf"|초하루|보름|그믐|초순|중순|하순))?",
        "lunar": r"(?:(?:[0-9]{4}년|지난|올해|작년|지난해) ?)?(?<![가-힣])(?:설날|음력설|구정|추석|한가위|단오|한식"
            r"|정월 ?대보름|정월|동지(?=에 |가 |날|를 |$)|섣달|설(?=에|을|이|부터| ))",
        "holiday": rf"(?:{_YEAR} ?)?(?<![가-힣])(?P<h>{_HOLIDAY})(?:을|를|의)? ?(?:(?P<n>{_DAYS}) ?(?P<w>전|앞두고"
            rf"|후|뒤)|(?P<v>전날|이튿날|다음 ?날))?",
        "day_offset": rf"{_L}(?:{_YEAR},? ?)?(?P<m>[0-9]{{1,2}})월 ?(?P<d>[0-9]{{1,2}})일(?:의|로부터|에서)? ?(?:"
            rf"(?P<n>{_DAYS}) ?(?P<w>전|후|뒤)|(?P<v>전날|이튿날|다음 ?날))",
        "relative_year": rf"(?<![가-힣]){_RELATIVE_YEAR}(?: ?(?:[0-9]{{1,2}}월(?: ?(?:[0-9]{{1,2}}일|{_PART}))?|"
            rf"(?:초|늦)?(?:봄|여름|가을|겨울)|초|말|상반기|하반기|이맘때|설|추석))?",
        "relative_day": rf"(?<![가-힣]){_RELATIVE_DAY}(?: ?[0-9]{{1,2}}일| ?{_PART}| ?[월화수목금토일]요일)?",
        "offset": rf"(?<![가-힣0-9]){_COUNT} ?(?:반 ?)?(?:전|후|뒤|만에|지나|앞서|이 지나|이 지난)(?![화체문선원역면])",
        **words.patterns(_YEAR),
        "weekday": r"(?<![가-힣])(?:(?:지난|이번|다음|오는) ?)?(?:[월화수목금토일]요일|주말)",
    }.items()
}  # fmt: skip
_CONNECTOR = re.compile(r" ?(?:[~-]|부터|에서|과|와|,|및|또는|이나|나) ?")
_BETWEEN = re.compile(r" ?(?:[~-]|부터|에서) ?")
_CLOSING = re.compile(r" ?(?:까지|사이)|")
_NO_OPENING = re.compile(r"(?!)")
_OPEN_AFTER = re.compile(r"(?:을|를)? ?(?:이전|이후|까지|전(?=에|까지|의|,| |$)|후(?=에|,| |$)|뒤(?=에|,| |$)|이래)")
_ABOUT_AFTER = re.compile(r" ?(?:무렵|경(?![가-힣])|경(?=에|부터)|께(?![서])|쯤|즈음|전후|정도)")
_SENTENCE_END = re.compile(r"(?<=[가-힣])[.!?]['\")]*\s|\n\s*\n")


def find_korean_dates(text: str, published: date | None) -> tuple[DateMention, ...]:
    """All dates in normalised Korean text (see ``text.dates.find_dates``)."""
    pivot = published.year if published else None
    atoms: list[Atom] = []
    for name, pattern in _PATTERNS.items():
        read = _READERS[name]
        atoms.extend(read(match, pivot) for match in pattern.finditer(text))
    chosen = share_years(text, widest(atoms), _CONNECTOR, forward=True)
    mentions = [resolve(text, atom, published, _years_near(text, atom, chosen)) for atom in chosen]
    ranges = join_ranges(text, mentions, _BETWEEN, _NO_OPENING, _CLOSING)
    return tuple(_in_context(text, mention) for mention in ranges)


def _years_near(text: str, atom: Atom, atoms: list[Atom]) -> frozenset[int]:
    """The years that the sentence of a date without a year names; an empty set for any other date."""
    if not atom.is_yearless:
        return frozenset()
    ends = [m.end() for m in _SENTENCE_END.finditer(text, max(0, atom.start - 300), atom.start)]
    first = ends[-1] if ends else max(0, atom.start - 300)
    after = _SENTENCE_END.search(text, atom.end)
    last = after.start() if after else len(text)
    return frozenset(
        a.year for a in atoms if a.year is not None and first <= a.start and a.end <= last and a.level != "decade"
    )


def _in_context(text: str, mention: DateMention) -> DateMention:
    """"Before", "after" and "until" leave an end open; "about" widens."""
    if mention.days is None or mention.level == "range":
        return mention
    if _OPEN_AFTER.match(text, mention.end):
        return replace(mention, days=None, resolved=False, why=OPEN_ENDED)
    if _ABOUT_AFTER.match(text, mention.end):
        return replace(mention, days=widen_about(mention.days, mention.level), level="range")
    return mention


Reader = Callable[[re.Match[str], int | None], Atom]


def _year_of(match: re.Match[str], pivot: int | None) -> tuple[int | None, str]:
    """The year that a match says, or why it cannot be told.

    Two digits mean the latest such year not after ``pivot``.
    """
    groups = match.groupdict()
    if groups.get("y"):
        return int(groups["y"]), ""
    if groups.get("j"):
        year = JUCHE_EPOCH + int(groups["j"])
        same = not groups.get("jy") or int(groups["jy"]) == year
        return (year, "") if same else (None, JUCHE)
    if groups.get("wy"):
        return words.number_in_words(groups["wy"]), ""
    if groups.get("yy"):
        short = int(groups["yy"])
        if pivot is not None:
            return pivot - (pivot - short) % 100, ""
        # Without a date of publication: nobody writes of the years before 1945 in this way, nor of those to come.
        return (2000 + short, "") if short < 30 else (1900 + short, "") if short >= 45 else (None, TWO_DIGITS)
    return None, ""


def _atom(
    match: re.Match[str], level: Level, in_year: Callable[[int], Days | None] | None, pivot: int | None
) -> Atom:
    year, why = _year_of(match, pivot)
    return Atom(start=match.start(), end=match.end(), level=level, in_year=in_year, year=year, why=why)


def _unresolved(level: Level | None, why: str) -> Reader:
    return lambda match, _: Atom(start=match.start(), end=match.end(), level=level, why=why)


def _day(match: re.Match[str], pivot: int | None) -> Atom:
    return _atom(match, "day", day_in(int(match["m"]), int(match["d"])), pivot)


def _word_day(match: re.Match[str], pivot: int | None) -> Atom:
    month, day = words.number_in_words(match["wm"]), words.number_in_words(match["wd"])
    return _atom(match, "day", day_in(month, day), pivot)


def _word_month(match: re.Match[str], pivot: int | None) -> Atom:
    return _atom(match, "month", months_in(words.number_in_words(match["wm"]), 1), pivot)


def _days(match: re.Match[str], pivot: int | None) -> Atom:
    month = int(match["m"])
    first, last = day_in(month, int(match["d"])), day_in(month, int(match["e"]))

    def in_year(year: int) -> Days | None:
        one, other = first(year), last(year)
        if one is None or other is None or one.spans[0][0] > other.spans[0][0]:
            return None
        return Days(((one.spans[0][0], other.spans[0][1]),))

    return _atom(match, "range", in_year, pivot)


def _month(match: re.Match[str], pivot: int | None) -> Atom:
    month = int(match["m"])
    return _atom(match, "month", months_in(month, 1) if 1 <= month <= 12 else None, pivot)


def _part(match: re.Match[str], pivot: int | None) -> Atom:
    month, part = int(match["m"]), MONTH_PARTS[match["p"]]
    found = (lambda y: merge_intervals([third_interval(y, month, part)])) if 1 <= month <= 12 else None
    return _atom(match, "third", found, pivot)


def _season(match: re.Match[str], pivot: int | None) -> Atom:
    season = SEASONS[match["s"]]
    atom = _atom(match, "season", lambda y: merge_intervals([season_interval(y, season)]), pivot)
    if not match["w"]:
        return atom
    first = int(match["w"])
    if season != 3 or atom.year != first + 1:
        return replace(atom, why=SEASON_YEARS)
    return replace(atom, year=first)


def _year(match: re.Match[str], pivot: int | None) -> Atom:
    return _atom(match, "year", months_in(1, 12), pivot)


def _year_part(match: re.Match[str], pivot: int | None) -> Atom:
    part = match["p"]
    thirds = {"초반": (1, 4), "초": (1, 4), "중반": (5, 4), "후반": (9, 4), "말": (9, 4)}
    halves = {"상반기": (1, 6), "하반기": (7, 6), **thirds}
    first, count = halves.get(part) or (int(part[0]) * 3 - 2, 3)
    return _atom(match, "range", months_in(first, count), pivot)


def _decade(match: re.Match[str], _: int | None) -> Atom:
    digits, part = match["y"], match["p"]
    first, count = {"초": (0, 4), "중": (4, 3), "후": (7, 3), "말": (7, 3)}.get((part or " ")[0], (0, 10))
    year = int(digits) if len(digits) == 4 else 1900 + int(digits)
    level: Level = "range" if part else "decade"
    found = months_in(1 + 12 * first, 12 * count)
    return Atom(start=match.start(), end=match.end(), level=level, in_year=found, year=year)


def _shifted(match: re.Match[str], on: Callable[[int], Days | None], pivot: int | None) -> Atom:
    """A fixed day, or so many days before or after it."""
    shift = 0
    if match["n"]:
        number = NATIVE_DAYS.get(match["n"]) or int("".join(c for c in match["n"] if c.isdigit()))
        shift = -number if match["w"] in ("전", "앞두고") else number
    elif match["v"]:
        shift = -1 if match["v"] == "전날" else 1

    def in_year(year: int) -> Days | None:
        days = on(year)
        return Days(tuple((a + shift, b + shift) for a, b in days.spans)) if days else None

    return _atom(match, "day", in_year, pivot)


def _holiday(match: re.Match[str], pivot: int | None) -> Atom:
    return _shifted(match, day_in(*HOLIDAYS[match["h"].replace(" ", "")]), pivot)


def _day_offset(match: re.Match[str], pivot: int | None) -> Atom:
    return _shifted(match, day_in(int(match["m"]), int(match["d"])), pivot)


_READERS: Final[dict[str, Reader]] = {
    "day": _day, "days": _days, "points": _day, "short_points": _day, "juche_points": _day, "month_points": _month,
    "part": _part, "month": _month, "season": _season, "bare_season": _unresolved("season", BARE_SEASON),
    "year_part": _year_part, "year": _year, "decade": _decade, "day_only": _unresolved("day", NO_MONTH),
    "lunar_day": _unresolved("day", LUNAR), "lunar": _unresolved("day", LUNAR), "holiday": _holiday,
    "day_offset": _day_offset,
    "relative_year": _unresolved(None, RELATIVE), "relative_day": _unresolved(None, RELATIVE),
    "offset": _unresolved(None, RELATIVE), "weekday": _unresolved("day", RELATIVE),
    "word_day": _word_day, "word_month": _word_month, "word_year": _year,
    "named_lunar_day": _unresolved("day", LUNAR), "feast": _unresolved("day", LUNAR),
    "era": _unresolved(None, RELATIVE),
}  # fmt: skip
