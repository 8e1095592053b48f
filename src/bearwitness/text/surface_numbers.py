"""Ways to write a number: digits in groups, English words, Korean numerals of both kinds and mixed with digits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import product
from typing import Final

from bearwitness.text.english_words import NUMBER_WORDS, TENS
from bearwitness.text.korean_values import NATIVE_TENS

# Beyond this a number is written in digits.
MOST_IN_WORDS: Final = 10**12
_ONES: Final = {n: word for word, n in NUMBER_WORDS.items()}
_TENS: Final = {n: word for word, n in TENS.items() if word != "fourty"}
_SCALES: Final = ((10**9, "billion"), (10**6, "million"), (10**3, "thousand"))
_SCALE_OF: Final = {"hundred": 100, **{word: n for n, word in _SCALES}}
_SINO: Final = "영일이삼사오육칠팔구"
_SMALL_UNITS: Final = ((1000, "천"), (100, "백"), (10, "십"), (1, ""))
_LARGE_UNITS: Final = ((10**8, "억"), (10**4, "만"), (1, ""))
_NATIVE_ONES: Final = (
    ("",), ("하나", "한"), ("둘", "두"), ("셋", "세", "석"), ("넷", "네", "넉"), ("다섯",), ("여섯",), ("일곱",),
    ("여덟",), ("아홉",),
)  # fmt: skip
_NATIVE_TENS: Final = {n: tuple(w for w, v in NATIVE_TENS.items() if v == n) for n in range(10, 100, 10)}
_DIGITS: Final = re.compile(
    r"(?P<whole>[0-9]{1,3}(?:(?P<s>[,. '])[0-9]{3})(?:(?P=s)[0-9]{3})*|[0-9]+)(?:[.,](?P<part>[0-9]+))?"
)
_ROUND: Final = re.compile(r"(?P<n>[0-9]+(?:\.[0-9]+)?) ?(?P<s>thousand|million|billion|만|억)")
_ROUND_SCALES: Final = {**dict(_SCALES), 10**4: "만", 10**8: "억"}


def number_forms(number: int) -> tuple[str, ...]:
    """Every way a whole number is written, digits first.

    Parameters
    ----------
    number : int
        Not negative.
    """
    if number >= MOST_IN_WORDS:
        return digit_forms(str(number))
    found = (*digit_forms(str(number)), *english_numbers(number), *korean_numbers(number), *_round_forms(number))
    return tuple(dict.fromkeys(found))


def _round_forms(number: int) -> Iterator[str]:
    """12 thousand, 1.5 million, 1.2만: where two decimals say the number in full."""
    for scale, word in _ROUND_SCALES.items():
        if number >= scale and number * 100 % scale == 0:
            said = f"{Decimal(number) / scale:f}"
            yield from (f"{said} {word}",) if word.isascii() else (f"{said}{word}", f"{said} {word}")


def digit_forms(whole: str, part: str = "") -> tuple[str, ...]:
    """A number in digits: ungrouped, and in groups of three with comma, space, point or apostrophe.

    Parameters
    ----------
    whole, part : str
        The digits before and after the decimal sign.
    """
    groups = f"{int(whole):,}".split(",")
    forms = []
    for mark in ("", ",", " ", ".", "'"):
        ends = ("." + part, "," + part) if part else ("",)
        forms += [mark.join(groups) + end for end in ends if not (mark and end[:1] == mark)]
    return tuple(dict.fromkeys(forms))


def english_numbers(number: int) -> tuple[str, ...]:
    """A number in English words, with "and" and without, "one" and "a" where they say the same."""
    found = [_english(number, " and "), _english(number, " ")]
    found += [f"a{form[3:]}" for form in found if form.startswith(("one hundred", "one thousand", "one million"))]
    if number % 12 == 0 and 12 <= number <= 120:
        found.append("a dozen" if number == 12 else f"{_english(number // 12, ' ')} dozen")
    if 1000 < number < 10000 and number % 100 == 0 and number % 1000:
        found.append(f"{_english(number // 100, ' ')} hundred")
    return tuple(dict.fromkeys(found))


def _english(number: int, joint: str) -> str:
    if number < 20:
        return _ONES[number]
    if number < 100:
        return _TENS[number // 10 * 10] + ("-" + _ONES[number % 10] if number % 10 else "")
    if number < 1000:
        rest = number % 100
        return f"{_ONES[number // 100]} hundred" + (joint + _english(rest, joint) if rest else "")
    scale, word = next((s, w) for s, w in _SCALES if number >= s)
    rest = number % scale
    between = joint if rest < 100 else " "
    return f"{_english(number // scale, joint)} {word}" + (between + _english(rest, joint) if rest else "")


def korean_numbers(number: int) -> tuple[str, ...]:
    """A number in Korean: 만이천, 일만 이천, 1만 2천, 1만2000, and up to 99 also 서른셋."""
    if number >= MOST_IN_WORDS:
        return ()
    found: list[str] = []
    if 0 < number < 100:
        found += native_numbers(number)
    parts = _large_parts(number)
    if not parts:
        return ("영", *found)
    for ones in (False, True):
        words = [_small_words(n, ones=ones) + unit for n, unit in parts]
        words[0] = words[0] if ones or not words[0].startswith("일만") else words[0][1:]
        found += ["".join(words), " ".join(words)]
    if number >= 1000:
        mixed = [_mixed_small(n) + unit for n, unit in parts]
        plain = [f"{n}{unit}" for n, unit in parts]
        commas = [f"{n:,}{unit}" for n, unit in parts]
        found += [joint.join(way) for way in (mixed, plain, commas) for joint in ("", " ")]
        found += [_mixed_small(n, " ") + unit for n, unit in parts[-1:] if len(parts) == 1]
    return tuple(dict.fromkeys(found))


def native_numbers(number: int) -> tuple[str, ...]:
    """A number from 1 to 99 in native numerals, in every form before a counter (서른셋, 서른세; 스물, 스무)."""
    tens, ones = number // 10 * 10, number % 10
    heads = tuple(t for t in _NATIVE_TENS.get(tens, ("",)) if t != "스무" or not ones) or ("스물",)
    return tuple(t + o for t, o in product(heads, _NATIVE_ONES[ones]))


def _large_parts(number: int) -> list[tuple[int, str]]:
    parts = []
    for size, unit in _LARGE_UNITS:
        if number // size:
            parts.append((number // size, unit))
        number %= size
    return parts


def _small_words(number: int, *, ones: bool) -> str:
    said = ""
    for size, unit in _SMALL_UNITS:
        digit = number // size % 10
        if digit:
            said += (_SINO[digit] if digit > 1 or not unit or ones else "") + unit
    return said


def _mixed_small(number: int, joint: str = "") -> str:
    """2천5백 of 2500; the rest below a hundred in digits."""
    said = [f"{number // size % 10}{unit}" for size, unit in _SMALL_UNITS[:2] if number // size % 10]
    return joint.join([*said, str(number % 100)] if number % 100 else said)


def read_number(said: str) -> int | None:
    """A whole number as written in any of these ways; None for anything else, also for one with a decimal part.

    Parameters
    ----------
    said : str
        The number alone.
    """
    plain = said.strip().casefold()
    match = _DIGITS.fullmatch(plain)
    if match:
        return None if match["part"] else int(re.sub("[^0-9]", "", match["whole"]))
    round_one = _ROUND.fullmatch(plain)
    if round_one:
        scale = next(n for n, word in _ROUND_SCALES.items() if word == round_one["s"])
        value = Decimal(round_one["n"]) * scale
        return int(value) if value == int(value) else None
    if plain.isascii():
        return _read_english(re.split(r"[\s-]+", plain)) if plain else None
    native = _read_native(plain)
    return native if native is not None else _read_korean(plain.replace(" ", ""))


def _read_english(words: list[str]) -> int | None:
    total = current = 0
    said = False
    for word in words:
        value = NUMBER_WORDS.get(word, TENS.get(word))
        if value is not None or word in ("a", "an"):
            current += 1 if value is None else value
        elif word == "dozen":
            current = (current or 1) * 12
        elif word == "hundred":
            current = (current or 1) * 100
        elif word in _SCALE_OF:
            total, current = total + (current or 1) * _SCALE_OF[word], 0
        elif word != "and":
            return None
        said = said or word not in ("a", "an", "and")
    return total + current if said else None


def _read_native(said: str) -> int | None:
    return next((n for n in range(1, 100) if said in native_numbers(n)), None)


def _read_korean(said: str) -> int | None:
    """Digits and numerals of Chinese origin with their units."""
    total = block = 0
    number = -1
    for digits, letter in re.findall(r"([0-9][0-9,]*)|(.)", said):
        if digits:
            number = int(digits.replace(",", ""))
        elif letter in _SINO:
            number = _SINO.index(letter)
        elif letter in "십백천":
            block += (1 if number < 0 else number) * {"십": 10, "백": 100, "천": 1000}[letter]
            number = -1
        elif letter in "만억":
            block += max(number, 0)
            total += (block or 1) * (10**4 if letter == "만" else 10**8)
            block, number = 0, -1
        else:
            return None
    return total + block + max(number, 0) if said else None
