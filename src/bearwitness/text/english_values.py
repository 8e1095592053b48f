"""Values in an English text: places, ages, counts, sums, occupations, and every number that could be one of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from bearwitness.model.values import Codes, Days, Paths, ValueSet
from bearwitness.text.date_atoms import DateMention
from bearwitness.text.english_words import LARGE_NUMBERS, NUMBER_WORDS, TENS, Page, find_forms, number_of

MOST_COUNTED: Final = 12
_TEN: Final = "|".join(TENS)
_ONE: Final = "|".join(w for w, n in NUMBER_WORDS.items() if 1 <= n <= 9)
_NUMBER: Final = rf"(?:[1-9][0-9]?|(?:{_TEN})(?:[- ](?:{_ONE}))?|{'|'.join(NUMBER_WORDS)})"
_DECADES: Final = {
    "teens": 10, "twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70,
    "eighties": 80, "nineties": 90,
}  # fmt: skip
_AGE: Final = re.compile(
    rf"(?<![\w$.,-])(?:(?P<n>{_NUMBER})[- ]years?[- ]old|(?:aged|age|(?:at )?the age of"
    rf"|age of) (?P<a>{_NUMBER})(?![\w-])"
    rf"|(?P<o>{_NUMBER}) years of age"
    r"|in (?:his|her|their|my) (?P<part>early|mid|middle|late)?[- ]?(?P<d>[1-9]0s|[1-9]0's|" + "|".join(_DECADES) + ")"
    r"|(?P<q>twenty|thirty|forty|fifty|sixty|seventy)[- ]?something)\b", re.I
)  # fmt: skip
_AGE_AFTER_NAME: Final = re.compile(
    r"(?:(?:(?<=[a-z],)|(?<=\.,)|(?<=\),)) (?P<n>[1-9][0-9])(?=[,;.)]| and\b| who\b|\n)"
    r"|(?<= \()(?:aged? )?(?P<b>[1-9][0-9])(?=\)))"
)
_BORN: Final = re.compile(
    r"\b(?:born|birth|born on|born in|b\.) (?:(?:on|in|around|about|of|the) )*$|[a-z]+-born in $", re.I
)
_MONEY: Final = (
    r"(?:yuan|won|dollars?|euros?|yen|rou?bles?|RMB|renminbi|USD|EUR|GBP|CNY|KRW|KPW|pounds?(?: sterling)?"
    r"|sterling|liras?|kron(?:or|er|a|e)"
    r"|kroner|francs?|(?:German |Deutsche )?marks?|zlot(?:y|ys|ych)|forints?|lei|leva|hryvnias?|rupees?|baht|kip"
    r"|dong|tugriks?|pesos?"
    r"|rials?|dinars?|shekels?|koruny?|korunas?|guilders?|escudos?|drachmas?|pesetas?|schillings?)"
)
_GOODS: Final = r"(?:kilograms?|kilos?|kg|tons?|tonnes?|grams?|sacks?|bags?|litres?|liters?|cartons?)"
_AMOUNT: Final = re.compile(
    r"(?<![\w.,])(?:(?:about|around|some|more than|over|nearly|almost|up to|at least|roughly|approximately) )?"
    rf"(?:(?:(?:US|HK|C|A)?[$€£¥₩]|[A-Z]{3}(?= [0-9])) ?[0-9][0-9,.]*(?: (?:hundred|thousand|million|billion))?|"
    rf"(?:[0-9][0-9,.]*|(?:a|an|{'|'.join([*NUMBER_WORDS, *TENS])}|several|a few|hundreds of|thousands of"
    rf"|tens of)(?:[- ](?:{_ONE}))?)"
    rf"(?: (?:hundred|thousand|million|billion|hundreds|thousands|dozen))*(?: of)?(?: (?:[A-Z][a-z]+(?: [A-Z][a-z]+)?"
    rf"|US))? "
    rf"(?:{_MONEY}|{_GOODS}(?: of [a-z]+)?)(?: (?:a|per) (?:month|year))?)(?![A-Za-z])"
)
_SUFFIX: Final = re.compile(r"(?: (?:[Pp]rovince|[Cc]ity|[Cc]ounty|PROVINCE|CITY|COUNTY))")
# A number word that says nothing of anybody.
_HOW_OFTEN: Final = frozenset(["twice", "thrice"])
_IDIOM: Final = re.compile(
    r"(?:number[- ]one|no\.? ?(?:1|one)\b|one (?:of|another|day|night|morning"
    r"|evening|afternoon|by one|more|thing|way|reason|that|who|was|is|can"
    r"|could|should|would|must"
    r"|account|told|said|hand|side|point|such|case)\b|no one|(?:any|some|every|each|this|that|the|last|only|loved"
    r"|which|first)[- ]one\b|one's"
    r"|for one\b|at one\b|one-(?:time|off|sided|way|party|man)|day one|two-way|one or two|zero(?:-| )tolerance"
    r"|half (?:of|the|a)|two Koreas"
    r"|both|second[- ]hand)", re.I
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A passage that says one value of an attribute; ``form`` is it in its plainest form."""

    start: int
    end: int
    what: str
    values: ValueSet
    form: str = ""


def find_places(page: Page, forms: Mapping[str, frozenset[str]]) -> tuple[Value, ...]:
    """Places of the tree in a text, the longest form at each word, with "Province", "City" or "County" after it."""
    found = []
    for start, end, form in find_forms(page, forms):
        if not page.text[start].isupper() and " " not in form:
            continue
        suffix = _SUFFIX.match(page.text, end)
        found.append(
            Value(start=start, end=suffix.end() if suffix else end, what="home", values=Paths(forms[form]), form=form)
        )
    return tuple(found)


def find_occupations(page: Page, forms: Mapping[str, frozenset[str]]) -> tuple[Value, ...]:
    """Occupations in a text, each the longest term at its place; plurals speak of people in general unless counted."""
    found = []
    lowered = {form.lower(): paths for form, paths in forms.items()}
    for start, end, form in find_forms(page, lowered, fold=True):
        word = page.words[page.index_at(start)]
        if word.capital and not word.first:
            continue
        found.append(Value(start=start, end=end, what="occupation", values=Paths(lowered[form]), form=form))
    return tuple(found)


def find_births(text: str, dates: Sequence[DateMention], published: date | None) -> tuple[Value, ...]:
    """Ages, and dates of birth, as the days on which somebody was born."""
    said = [
        Value(start=m.start, end=m.end, what="birth", values=m.days)
        for m in dates
        if m.days is not None and _BORN.search(text, max(0, m.start - 30), m.start)
    ]
    return (*_ages(text, published), *said)


def _ages(text: str, published: date | None) -> Iterator[Value]:
    if published is None:
        return
    for match in (*_AGE.finditer(text), *_AGE_AFTER_NAME.finditer(text)):
        groups = match.groupdict()
        decade = groups.get("d") or (groups.get("q") and f"{groups['q']}s".replace("ys", "ies"))
        if decade:
            first = _DECADES.get(decade.lower()) or int(decade[:2])
            low, high = {"e": (0, 3), "m": (4, 6), "l": (7, 9)}.get((groups.get("part") or " ")[0].lower(), (0, 9))
            youngest, oldest = first + low, first + high
        else:
            said = next(v for k in ("n", "a", "o", "b") if (v := groups.get(k)))
            youngest = oldest = read_number(said) or 0
        if re.match(r" (?:when|at the time)", text[match.end() : match.end() + 12]):
            continue
        start = match.start() + (1 if text[match.start()] == " " else 0)
        yield Value(start=start, end=match.end(), what="birth", values=born(youngest, oldest, published))


def read_number(said: str) -> int | None:
    """A number up to ninety-nine in digits or words; None for anything else."""
    parts = [number_of(p) for p in re.split(r"[- ]", said.lower())]
    return None if None in parts else sum(p for p in parts if p is not None)


def born(youngest: int, oldest: int, published: date) -> Days:
    """When somebody was born who is of such an age, in completed years, on the day of publication."""
    return Days.between(_years_before(published, oldest + 1, 1), _years_before(published, youngest, 0))


def _years_before(day: date, years: int, days_after: int) -> date:
    try:
        found = day.replace(year=day.year - years)
    except ValueError:
        found = date(day.year - years, 2, 28)
    return date.fromordinal(found.toordinal() + days_after)


def find_amounts(text: str) -> tuple[Value, ...]:
    """Sums of money and measures of goods."""
    return tuple(
        Value(start=m.start(), end=m.end(), what="amount", values=Codes(frozenset({m.group().lower()})))
        for m in _AMOUNT.finditer(text)
        if re.search(r"[0-9]|hundred|thousand|million|dozen", m.group()) or read_number(m.group().split(" ")[0])
    )


def count_codes(number: int) -> Codes | None:
    """A count of relatives as its code; None for a number that counts no household's members."""
    return Codes(frozenset({str(number)})) if 1 <= number <= MOST_COUNTED else None


def find_number_words(page: Page) -> Iterator[tuple[int, int]]:
    """Every passage of digits or number words, idioms left out, neighbours joined."""
    start = end = -1
    for word in page.words:
        said = word.lower
        is_number = (
            any(c.isdigit() for c in said)
            or number_of(said) is not None
            or (said in LARGE_NUMBERS and said != "half")
            or said in _HOW_OFTEN
        )
        idiom = is_number and said.isalpha() and _is_idiom(page.text, word.start, word.end)
        if is_number and not idiom:
            if start >= 0 and page.text[end : word.start] in (" ", "-", ",", ".", " and ", ":"):
                end = word.end
            else:
                if start >= 0:
                    yield start, end
                start, end = word.start, word.end
    if start >= 0:
        yield start, end


def _is_idiom(text: str, start: int, end: int) -> bool:
    return any(m.start() < end and start < m.end() for m in _IDIOM.finditer(text, max(0, start - 12), end + 12))
