"""Days written by their distance from a holiday that has a fixed day: "태양절 사흘 전", "two days after May Day"."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import MAXYEAR, MINYEAR, date
from typing import Final

from bearwitness.text.date_words_en import HOLIDAYS as ENGLISH
from bearwitness.text.date_words_en import NUMBERS
from bearwitness.text.dates_ko import HOLIDAYS as KOREAN
from bearwitness.text.dates_ko import JUCHE_EPOCH, NATIVE_DAYS

# Beyond this nobody counts the days from a holiday.
MOST_DAYS: Final = 10
_SPACED: Final = {
    "당창건일": "당 창건일", "당창건기념일": "당 창건 기념일", "공화국창건일": "공화국 창건일",
    "정권수립일": "정권 수립일",
       "조국해방의날": "조국해방의 날", "해방기념일": "해방 기념일",
}  # fmt: skip
_NATIVE: Final = {n: word for word, n in NATIVE_DAYS.items()}
_WORDS: Final = {n: word for word, n in NUMBERS.items() if word not in ("a", "an")}


def _near(day: date, holidays: dict[str, tuple[int, int]]) -> Iterator[tuple[str, int, int]]:
    """Holidays around a day: the name, the year of the holiday, and by how many days the day comes after it."""
    for name, (month, number) in holidays.items():
        for year in range(max(day.year - 1, MINYEAR), min(day.year + 1, MAXYEAR) + 1):
            after = day.toordinal() - date(year, month, number).toordinal()
            if abs(after) <= MOST_DAYS:
                yield name, year, after


def korean_distances(day: date, *, with_year: bool = True) -> Iterator[str]:
    """A day by its distance from Korean holidays, with the holiday's year and without."""
    for name, year, after in _near(day, KOREAN):
        years = ("", f"{year}년 ", f"주체{year - JUCHE_EPOCH}년 ") if with_year and year > JUCHE_EPOCH else ("",)
        for written in dict.fromkeys((name, _SPACED.get(name, name))):
            for form in _korean(written, after):
                yield from (before + form for before in years)


def _korean(name: str, after: int) -> Iterator[str]:
    if not after:
        yield name
        return
    count = abs(after)
    words = ("전", "앞두고") if after < 0 else ("후", "뒤")
    for number in (_NATIVE[count], f"{count}일"):
        for gap in (" ", ""):
            yield from (f"{name} {number}{gap}{word}" for word in words)
    if after == -1:
        yield from (f"{name} 전날", f"{name}전날", f"{name} 하루 앞두고")
    if after == 1:
        yield from (f"{name} 이튿날", f"{name} 다음날", f"{name} 다음 날")


def english_distances(day: date, *, with_year: bool = True) -> Iterator[str]:
    """A day by its distance from holidays in English, with the holiday's year and without."""
    for name, year, after in _near(day, ENGLISH):
        years = ("", f" {year}", f", {year}", f" of {year}", f" in {year}") if with_year else ("",)
        titled = " ".join(w if w in ("of", "the") else w.capitalize() for w in name.split())
        for form in _english(titled, after):
            yield from (form + end for end in years)


def _english(name: str, after: int) -> Iterator[str]:
    if not after:
        yield name
        return
    count, side = abs(after), "before" if after < 0 else "after"
    for the in ("the ", ""):
        for number in (str(count), _WORDS[count], *(("a",) if count == 1 else ())):
            yield f"{number} day{'s' if count > 1 else ''} {side} {the}{name}"
        if count == 1:
            yield from (f"day {side} {the}{name}", *((f"eve of {the}{name}",) if after < 0 else ()))
