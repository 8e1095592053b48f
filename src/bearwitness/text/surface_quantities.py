"""Ways to write a quantity: its number in digits and words, its unit as sign, word and code in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import product
from typing import Final

from bearwitness.text.english_words import NUMBER_WORDS, TENS
from bearwitness.text.korean_values import NATIVE_TENS
from bearwitness.text.surface_ages import age_forms, read_age
from bearwitness.text.surface_numbers import digit_forms, native_numbers, number_forms, read_number

# From this number on, or with a decimal part, a number identifies without its unit.
SPEAKS_ALONE: Final = 1000
_MOST_NUMBERS: Final = 3
# Codes and signs of units are written without a space too.
_SHORT: Final = 3
# "이 일" is "this matter" far more often than two days: a numeral of one syllable only before these.
_AFTER_SINO: Final = frozenset(["개월", "년", "년간", "주일"])
_SINO: Final = frozenset("일이삼사오육칠팔구")
_BEFORE, _AFTER, _KOREAN = 0, 1, 2
_Units = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]
# Signs and codes before the number, words after it, Korean counters.
_UNITS: Final[tuple[_Units, ...]] = (
    (("$", "US$", "USD"), ("dollars", "dollar", "US dollars", "USD", "American dollars"), ("달러", "딸라", "불")),
    (("€", "EUR"), ("euros", "euro", "EUR", "€"), ("유로",)),
    (("£", "GBP"), ("pounds", "pounds sterling", "pound", "GBP"), ("파운드",)),
    (("₩", "KRW", "KPW"), ("won", "KRW", "KPW", "North Korean won", "South Korean won"), ("원",)),
    (("¥", "CNY", "RMB"), ("yuan", "CNY", "RMB", "renminbi", "Chinese yuan"), ("위안", "원", "인민폐")),
    (("¥", "JPY"), ("yen", "JPY", "Japanese yen"), ("엔",)),
    (("RUB",), ("roubles", "rubles", "rouble", "ruble", "RUB"), ("루블", "루불")),
    (("CHF",), ("Swiss francs", "francs", "CHF"), ("프랑",)),
    (("FRF",), ("French francs", "francs", "FRF"), ()),
    (("DEM", "DM"), ("German marks", "Deutsche Mark", "marks", "DEM"), ("마르크",)),
    (("TRY", "TRL"), ("Turkish liras", "Turkish lira", "liras", "lira", "TRY", "TRL"), ()),
    (("PLN", "PLZ"), ("Polish zlotys", "zlotys", "zloty", "PLN", "PLZ"), ()),
    (("SEK",), ("Swedish kronor", "kronor", "krona", "SEK"), ()),
    (("NOK",), ("Norwegian kroner", "kroner", "krone", "NOK"), ()),
    (("DKK",), ("Danish kroner", "kroner", "krone", "DKK"), ()),
    (("ATS",), ("Austrian schillings", "schillings", "schilling", "ATS"), ()),
    (("HUF",), ("Hungarian forints", "forints", "forint", "HUF"), ()),
    (("CZK",), ("Czech korunas", "korunas", "koruny", "CZK"), ()),
    ((), ("kilograms", "kilogram", "kilos", "kilo", "kg"), ("킬로그램", "킬로그람", "킬로", "키로", "kg")),
    ((), ("tonnes", "tons", "tonne", "ton"), ("톤", "t")),
    ((), ("grams", "gram", "g"), ("그램", "그람", "g")),
    ((), ("kilometres", "kilometers", "kilometre", "kilometer", "km"), ("킬로미터", "킬로메터", "킬로", "km", "리")),
    ((), ("metres", "meters", "metre", "meter", "m"), ("미터", "메터", "m")),
    ((), ("litres", "liters", "litre", "liter"), ("리터",)),
    ((), ("hectares", "hectare", "ha"), ("헥타르", "정보")),
    ((), ("sacks", "bags", "sack", "bag"), ("자루", "포대", "마대")),
    ((), ("per cent", "percent", "%"), ("퍼센트", "프로", "%")),
    ((), ("years", "year"), ("년", "년간")),
    ((), ("months", "month"), ("개월", "달")),
    ((), ("weeks", "week"), ("주일", "주")),
    ((), ("days", "day"), ("일",)),
    ((), ("hours", "hour"), ("시간",)),
    ((), ("minutes", "minute"), ("분",)),
    ((), ("people", "persons", "person"), ("명", "사람", "인")),
)  # fmt: skip
_LARGE: Final = ("hundred", "thousand", "million", "billion", "dozen")
_WORDS: Final = "|".join(sorted([*NUMBER_WORDS, *TENS, *_LARGE], key=len, reverse=True))
_NATIVE: Final = "|".join(w for n in range(1, 10) for w in native_numbers(n))
_COUNTERS: Final = "|".join(w for units in _UNITS for w in units[_KOREAN] if "가" <= w[0] <= "힣")
_NUMBER: Final = re.compile(
    r"(?<![\w.,])[0-9]{1,3}(?:[,. '][0-9]{3})+(?![0-9])(?:[.,][0-9]+)?(?: (?:thousand|million|billion))?"
    r"|(?<![\w.,])[0-9]+(?:[.,][0-9]+)?(?: ?[만억](?: ?[0-9][0-9,천백]*[만]?)?| ?(?:thousand|million|billion)\b)?"
    rf"|\b(?:an? )?(?:{_WORDS})(?:(?:[ -]| and )(?:{_WORDS}))*\b"
    rf"|(?<![가-힣])(?:(?:{'|'.join(NATIVE_TENS)})(?:{_NATIVE})?|{_NATIVE})(?= ?(?:{_COUNTERS}))"
    r"|(?<![가-힣])(?:[일이삼사오육칠팔구]?[십백천만억])+[일이삼사오육칠팔구]?(?=\s?[가-힣]|$)",
    re.IGNORECASE,
)  # fmt: skip
_ABOUT: Final = re.compile(
    r"^(?:about|around|some|approximately|roughly|nearly|almost|over|more than|at least|up to|a total of|약|총) ", re.I
)


def _with_units(numbers: Iterable[str], units: _Units) -> Iterator[str]:
    """Numbers with every name of a unit, each beside numbers of its own language."""
    for said in numbers:
        korean, figures = _is_korean(said), said[0].isdigit()
        if figures and not korean:
            yield from (f"{sign}{gap}{said}" for sign in units[_BEFORE] for gap in ("", " "))
        for word in units[_AFTER] if not korean else ():
            yield f"{said} {word}"
            if figures and len(word) <= _SHORT:
                yield said + word
        for word in units[_KOREAN] if korean or figures else ():
            if said not in _SINO or word in _AFTER_SINO:
                yield from (said + word, f"{said} {word}")


def _is_korean(said: str) -> bool:
    return any("가" <= c <= "힣" for c in said)


def expand_quantity(form: str) -> tuple[str, ...]:
    """The ways in which a quantity is usually written again, the form itself first.

    Parameters
    ----------
    form : str
        "6,000 euros", "two years and six months", "만이천 원", "(approximately 3,000 euros (EUR))".

    Returns
    -------
    tuple of str
        All numbers of the form in other ways; each of them with every name of its unit; a large number, or one with
        a decimal part, also alone.
    """
    form = form.strip()
    core = _ABOUT.sub("", form.strip("()[] "))
    age = read_age(core)
    if age is not None:
        return tuple(dict.fromkeys((form, core, *age_forms(age))))
    found = [form, core]
    numbers = list(_NUMBER.finditer(core))
    if len(numbers) <= _MOST_NUMBERS:
        found += _reworded(core, numbers)
    for match in numbers:
        number = read_number(match.group())
        # Of "two years and six months" neither part says much by itself.
        if len(numbers) == 1 or number is None or number >= SPEAKS_ALONE:
            found += _measured(core, match)
    return tuple(dict.fromkeys(f for f in found if any(c.isalnum() for c in f)))


def _reworded(core: str, numbers: list[re.Match[str]]) -> Iterator[str]:
    """The form with its numbers in other ways, in words of its own language only."""
    rest, done = "", 0
    for match in numbers:
        rest, done = rest + core[done : match.start()], match.end()
    korean = _is_korean(rest + core[done:])
    ways = [
        [w for w in _number_ways(m.group()) if w[0].isdigit() or (_is_korean(w) == korean and w not in _SINO)]
        for m in numbers
    ]
    for chosen in product(*(w if len(ways) == 1 else w[:_MOST_NUMBERS] for w in ways)):
        said, done = "", 0
        for match, way in zip(numbers, chosen, strict=True):
            said, done = said + core[done : match.start()] + way, match.end()
        yield said + core[done:]


def _number_ways(said: str) -> tuple[str, ...]:
    number = read_number(said)
    if number is not None:
        ways = number_forms(number)
        # Digits and the shortest words come first where there are several numbers.
        words = [w for w in ways if not w[0].isdigit()]
        native = native_numbers(number)[-1:] if 0 < number < 100 else ()
        return tuple(dict.fromkeys((ways[0], *words[:1], *native, *ways)))
    decimal = re.fullmatch(r"([0-9][0-9,. ']*?)[.,]([0-9]+)", said)
    return digit_forms(re.sub("[^0-9]", "", decimal[1]), decimal[2]) if decimal else (said,)


def _measured(core: str, match: re.Match[str]) -> Iterator[str]:
    numbers = _number_ways(match.group())
    number = read_number(match.group())
    if number is None or number >= SPEAKS_ALONE:
        yield from numbers
    before, after = core[: match.start()], core[match.end() :]
    for units in _units_around(before, after):
        yield from _with_units(numbers, units)
        if number is not None and units[_AFTER] and units[_AFTER][0] in ("years", "months", "weeks", "days"):
            word = units[_AFTER][-1]
            yield from (f"{said}-{word}" for said in numbers if said.isascii())


def _units_around(before: str, after: str) -> Iterator[_Units]:
    left, right = before.rstrip().casefold(), re.sub(r"^[\s-]+", "", after).casefold()
    for units in _UNITS:
        words = (*units[_AFTER], *units[_KOREAN])
        if any(left.endswith(s.casefold()) for s in units[_BEFORE]) or any(_begins(right, w.casefold()) for w in words):
            yield units


def _begins(text: str, word: str) -> bool:
    rest = text[len(word) : len(word) + 1]
    return text.startswith(word) and not (rest.isascii() and rest.isalpha() and word.isascii())
