"""How a Hangul syllable may be written in Latin letters, by whatever system or habit (and North or South).

A token of a draft is cut into spellings of syllables and looked up; nothing is compared by likeness, so that
"Choe Son-hui" is never taken for a name that only resembles it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import product
from typing import Final

FIRST: Final = 0xAC00
LAST: Final = 0xD7A3
# Unicode's order of initial consonants, vowels and final consonants.
INITIALS: Final = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
VOWELS: Final = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
FINALS: Final = ("", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ")
# Vowels before which an initial ㄹ or ㄴ falls silent in the South (리/이, 녀/여).
IOTISED: Final = frozenset("ㅑㅒㅕㅖㅛㅠㅣ")

# Spellings seen in Revised, McCune-Reischauer (marks dropped), North Korean and passport use.
_INITIAL: Final = {
    "ㄱ": "g k gh", "ㄲ": "kk gg k g", "ㄴ": "n", "ㄷ": "d t", "ㄸ": "tt dd t d", "ㄹ": "r l rh n", "ㅁ": "m",
    "ㅂ": "b p v", "ㅃ": "pp bb p b", "ㅅ": "s sh", "ㅆ": "ss s sh", "ㅇ": "", "ㅈ": "j ch z tj jh",
    "ㅉ": "jj tch j ch", "ㅊ": "ch tch j", "ㅋ": "k kh", "ㅌ": "t th", "ㅍ": "p ph f", "ㅎ": "h",
}  # fmt: skip
_VOWEL: Final = {
    "ㅏ": "a ah aa", "ㅐ": "ae ai ay e eh", "ㅑ": "ya yah ia", "ㅒ": "yae yay ye", "ㅓ": "eo o u uh oh",
    "ㅔ": "e eh ae ey ay", "ㅕ": "yeo yo you yu yuh ye io yeou", "ㅖ": "ye yae ie yeh e ae ey", "ㅗ": "o oh oo",
    "ㅘ": "wa oa ua", "ㅙ": "wae oae we wai", "ㅚ": "oe oi oy we wae oei", "ㅛ": "yo yoh io yeo",
    "ㅜ": "u oo woo ou wu",
    "ㅝ": "wo weo uo wuh", "ㅞ": "we weh wae", "ㅟ": "wi wee ui uy we", "ㅠ": "yu yoo you iu yew u ew",
    "ㅡ": "eu u oo ou ue", "ㅢ": "ui eui yi i ee ey ie", "ㅣ": "i ee y ie yi ih",
}  # fmt: skip
_FINAL: Final = {
    "": "", "ㄱ": "k g c ck", "ㄲ": "k g", "ㄳ": "k g", "ㄴ": "n nn", "ㄷ": "t d", "ㄹ": "l r ll", "ㅁ": "m mm",
    "ㅂ": "p b", "ㅄ": "p b", "ㅅ": "t s d sh", "ㅆ": "t s d", "ㅇ": "ng g", "ㅈ": "t j", "ㅊ": "t ch", "ㅋ": "k",
    "ㅌ": "t th",
    "ㅍ": "p", "ㅎ": "h t", "ㅀ": "l", "ㄶ": "n", "ㄵ": "n", "ㄺ": "k lg", "ㄻ": "m lm", "ㄼ": "l lb", "ㄽ": "l",
    "ㄾ": "l", "ㄿ": "p",
}  # fmt: skip
# Habits that the tables do not give, as lists of real spellings show them (bench/names/SOURCES.md), and look-alikes
# of English words. Rare ones stand here and not in the tables, so that one person's choice widens one syllable.
_HABITS: Final = {
    "이": "yi lee rhee ree ri li", "리": "lee rhee ree ri li yi i ly", "우": "woo", "희": "hee hi hui heui hwi hy",
    "영": "young yung yeung", "선": "sun sunn", "승": "seung sung seong seoung", "성": "sung seung seoung seng",
    "철": "chul chol churl", "정": "jung chung jeung joung choung", "전": "jeun", "숙": "sook suk sug soog",
    "국": "kook", "현": "hyun hyon hyoun", "연": "youn yun", "경": "kyung kyoung", "원": "won weon", "일": "il ill",
    "금": "keum kum", "은": "eun un oun", "혜": "hye hae hei", "주": "joo chu", "춘": "choon", "순": "soon",
    "훈": "hoon", "식": "shick", "석": "suk seok suck seug suak", "혁": "hyuk hyok hyuck", "옥": "ok ock oak",
    "권": "kwon kweon", "률": "ryul yul", "렬": "ryol yol yul", "준": "june juhn", "병": "boung bung", "흠": "hyum",
    "계": "geh", "세": "sye sea", "의": "yee", "진": "jean", "신": "sheen", "빈": "been", "기": "ky",
    "근": "guen kuen", "미": "me", "조": "joe", "완": "woan", "배": "bea",
}  # fmt: skip
# "Whan", "Whee": ㅎ before a vowel with w is written the English way round.
_WH: Final = frozenset("ㅘㅙㅝㅞㅟ")
LONGEST_NAME: Final = 4
# Before a syllable that stands for what is heard of another one (석민 as 성민): it has its systematic spellings only.
HEARD: Final = "~"
_HEARD_VOWEL: Final = {"ㅓ": "eo o", "ㅕ": "yeo yo", "ㅝ": "wo", "ㅗ": "o", "ㅜ": "u", "ㅡ": "eu u", "ㅢ": "ui eui"}
_HEARD_INITIAL: Final = {"ㅅ": "s", "ㅂ": "b p", "ㄱ": "g k", "ㄷ": "d t", "ㅈ": "j ch", "ㅊ": "ch"}

Segments = tuple[tuple[str, ...], ...]


def is_hangul(text: str) -> bool:
    """Whether text is one or more Hangul syllables and nothing else."""
    return bool(text) and all(FIRST <= ord(c) <= LAST for c in text)


def sounds_of(syllable: str) -> tuple[str, str, str]:
    """Initial consonant, vowel and final consonant (empty for none) of a Hangul syllable."""
    code = ord(syllable) - FIRST
    return INITIALS[code // 588], VOWELS[code % 588 // 28], FINALS[code % 28]


def join_sounds(initial: str, vowel: str, final: str) -> str:
    """The Hangul syllable of an initial consonant, a vowel and a final consonant: the inverse of ``sounds_of``."""
    return chr(FIRST + INITIALS.index(initial) * 588 + VOWELS.index(vowel) * 28 + FINALS.index(final))


@lru_cache(maxsize=4096)
def north_south(syllable: str) -> frozenset[str]:
    """A syllable and its spellings on the other side of the border: 리/이, 류/유, 림/임, 량/양, 로/노, 녀/여."""
    initial, vowel, final = sounds_of(syllable)
    if vowel in IOTISED and initial in "ㄹㄴㅇ":
        return frozenset(join_sounds(i, vowel, final) for i in "ㄹㄴㅇ")
    if initial in "ㄹㄴ":
        return frozenset(join_sounds(i, vowel, final) for i in "ㄹㄴ")
    return frozenset({syllable})


@lru_cache(maxsize=4096)
def syllable_spellings(syllable: str) -> frozenset[str]:
    """Every Latin spelling of a Hangul syllable, in lower case and without marks, North and South together.

    Parameters
    ----------
    syllable : str
        One Hangul syllable; after ``HEARD`` one that is only heard, which habits do not reach.

    Returns
    -------
    frozenset of str
        For 은: eun, un, oun and others.
    """
    if syllable.startswith(HEARD):
        return _systematic(syllable[len(HEARD) :])
    found: set[str] = set()
    for form in north_south(syllable):
        initial, vowel, final = sounds_of(form)
        parts = (_INITIAL[initial].split() or [""], _VOWEL[vowel].split(), _FINAL[final].split() or [""])
        found.update("".join(p) for p in product(*parts))
        if initial == "ㅎ" and vowel in _WH:
            found.update("wh" + v[1:] + f for v, f in product(parts[1], parts[2]) if v.startswith("w"))
        found.update(_HABITS.get(form, "").split())
    return frozenset(found)


def _systematic(syllable: str) -> frozenset[str]:
    """The spellings of the published systems, marks dropped: the first of each table where none are named."""
    found: set[str] = set()
    for form in north_south(syllable):
        initial, vowel, final = sounds_of(form)
        initials = _HEARD_INITIAL.get(initial, _INITIAL[initial]).split() or [""]
        vowels = _HEARD_VOWEL.get(vowel, _VOWEL[vowel].split()[0]).split()
        found.update("".join(p) for p in product(initials, vowels, [(_FINAL[final].split() or [""])[0]]))
    return frozenset(found)


def fold_latin(text: str) -> str:
    """Lower case without diacritics and apostrophes: "Ch'oe Ŭn-sim" gives "choe un-sim"."""
    decomposed = unicodedata.normalize("NFD", text.lower())
    return "".join(c for c in decomposed if not unicodedata.combining(c) and c != "'")


@lru_cache(maxsize=4096)
def canonical(syllable: str) -> str:
    """One spelling for all of ``north_south``."""
    return min(north_south(syllable))


class Speller:
    """Cuts Latin letters into spellings of the syllables of a set of names.

    Parameters
    ----------
    syllables : iterable of str
        The Hangul syllables that can occur.
    """

    __slots__ = ("_found", "_longest", "_pieces")

    def __init__(self, syllables: Iterable[str]) -> None:
        pieces: dict[str, set[str]] = {}
        for syllable in syllables:
            for spelling in syllable_spellings(syllable):
                pieces.setdefault(spelling, set()).add(syllable)
        self._pieces: Mapping[str, tuple[str, ...]] = {s: tuple(sorted(v)) for s, v in pieces.items()}
        self._longest = max(map(len, self._pieces), default=0)
        self._found: dict[str, tuple[Segments, ...]] = {}

    def syllables(self, letters: str) -> tuple[str, ...]:
        """The syllables that folded letters may be, taken as one."""
        return self._pieces.get(letters, ())

    def segments(self, letters: str) -> tuple[Segments, ...]:
        """Every way to cut folded letters into one to four syllables, each with the syllables it may be."""
        known = self._found.get(letters)
        if known is None:
            known = self._found[letters] = tuple(self._cut(letters, LONGEST_NAME))
        return known

    def _cut(self, letters: str, most: int) -> list[Segments]:
        if not letters:
            return [()]
        if not most:
            return []
        found: list[Segments] = []
        for length in range(1, min(self._longest, len(letters)) + 1):
            syllables = self._pieces.get(letters[:length])
            if syllables:
                found.extend((syllables, *rest) for rest in self._cut(letters[length:], most - 1))
        return found
