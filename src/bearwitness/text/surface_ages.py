"""Ways to write an age, and the decade of life that it lies in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bearwitness.text.surface_numbers import english_numbers, korean_numbers, native_numbers, read_number

OLDEST: Final = 120
_DECADES: Final = (
    "", "teens", "twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"
)  # fmt: skip
_PARTS: Final = (
    (range(4), "early", ("초반", "초")), (range(4, 7), "mid", ("중반",)), (range(7, 10), "late", ("후반", "말"))
)  # fmt: skip
_PATTERNS: Final = tuple(
    re.compile(p, re.IGNORECASE)
    for p in (
        r"(?:an? )?(?P<n>[\w -]+?)[ -]years?[ -]old(?: [a-z]+)?", r"(?:aged|age|the age of|age of) (?P<n>[\w -]+)",
        r"(?P<n>[\w -]+?) years of age", r"(?:만 ?)?(?P<n>.+?) ?[세살]",
    )
)  # fmt: skip


def age_forms(age: int) -> tuple[str, ...]:
    """Every way to write an age in completed years, or in Korean years.

    Parameters
    ----------
    age : int
        Not negative.
    """
    found: list[str] = []
    for said in (str(age), *english_numbers(age)):
        found += [f"{said}-year-old", f"{said} years old", f"{said} year old", f"{said} years of age"]
        found += [f"aged {said}", f"age {said}", f"age of {said}"]
    sino = [n for n in korean_numbers(age) if not (0 < age < 100) or n not in native_numbers(age)]
    for said in (str(age), *sino):
        found += [said + "세", f"{said} 세", f"{said}살", f"{said} 살", f"만 {said}세", f"만{said}세"]
    if 0 < age < 100:
        found += [native + joint + "살" for native in native_numbers(age) for joint in ("", " ")]
    return tuple(dict.fromkeys(found))


def decade_forms(age: int) -> tuple[str, ...]:
    """Ways to write the decade of life of an age, with the part of it and without."""
    return tuple(dict.fromkeys(_decade(age)))


def _decade(age: int) -> Iterator[str]:
    decade = age // 10
    if not 1 <= decade < len(_DECADES):
        return
    english, korean = next((e, k) for span, e, k in _PARTS if age % 10 in span)
    for word in (_DECADES[decade], f"{decade}0s"):
        for before in ("her", "his", "their", "my"):
            yield f"in {before} {word}"
            yield from (f"in {before} {english} {word}", f"in {before} {english}-{word}")
        yield f"{english} {word}"
    if decade > 1:
        yield from (f"{english_numbers(decade * 10)[0]}-something", f"{decade}0-something")
    for number in (f"{decade}0", *(n for n in korean_numbers(decade * 10) if n not in native_numbers(decade * 10))):
        yield f"{number}대"
        yield from (f"{number}대 {part}" for part in korean)


def read_age(form: str) -> int | None:
    """The age that a form says; None where it says none."""
    for pattern in _PATTERNS:
        match = pattern.fullmatch(form.strip())
        number = read_number(match["n"]) if match else None
        if number is not None and number <= OLDEST:
            return number
    return None
