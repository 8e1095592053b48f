"""Invented Korean names, how people write and mishear them, and what a record then holds of them."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import bearwitness
from bearwitness.text.name_readings import reading_keys, readings
from bearwitness.text.romanisation import canonical

DATA = Path(bearwitness.__file__).parent / "data"
# Syllables of given names by sex; any two make a name.
GIVEN = {
    "female": "은영순옥희미정선숙혜화향금복춘경연설심란현명진실애유주하서봄",
    "male": "철남성호광명용일혁진수영학국현준동강건만상석태원충근범훈길윤",
}  # fmt: skip
NICKNAMES = (
    "까치", "곰보", "키다리", "막내", "꽃님", "왕눈이", "쌀집", "안경", "배뱅이", "도토리", "돌쇠", "복덩이",
    "점박이", "깜장", "털보", "두꺼비",
)  # fmt: skip
# Surnames as the South writes them, and as the North does.
NORTHERN = {"이": "리", "임": "림", "유": "류", "노": "로", "나": "라", "여": "려", "염": "렴"}
# Initials, vowels and finals of a syllable in the order of Unicode: Revised, McCune-Reischauer without its marks, and
# the spelling used in the North.
_INITIALS = (
    "g kk n d tt r m b pp s ss - j jj ch k t p h",
    "k kk n t tt r m p pp s ss - ch tch ch k t p h",
    "k kk n t tt r m p pp s ss - j jj ch kh th ph h",
)
_VOWELS = (
    "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i",
    "a ae ya yae o e yo ye o wa wae oe yo u wo we wi yu u ui i",
    "a ae ya yae o e yo ye o wa wae oe yo u wo we wi yu u ui i",
)
_FINALS = "- k k k n n n t l k m l l l p l m p p t t ng t t k t p t"
# Vowels that sound alike on a bad line, by number.
_ALIKE = {4: 8, 8: 4, 1: 5, 5: 1, 6: 12, 12: 6, 18: 13, 13: 18, 20: 19, 19: 20, 0: 4}


@cache
def surname_shares():
    """Surnames and their shares of the population, from the frame of residents read as plain data."""
    frame = json.loads((DATA / "frames" / "residents.json").read_text(encoding="utf-8"))
    table = frame["tables"]["surname"]
    # Whatever a frame sums up under a name of several signs is left out.
    found = [(v, a) for v, a in zip(table["values"], table["alpha"][0], strict=True) if v in surname_spellings()]
    return tuple(v for v, _ in found), tuple(a for _, a in found)


@cache
def surname_spellings():
    """Surname in Hangul to its Latin spellings, the usual first."""
    known = json.loads((DATA / "surnames.json").read_text(encoding="utf-8"))
    return {surname: tuple(latin) for surname, latin in known["surnames"].items()}


def draw_surname(rng):
    """A surname by its share."""
    names, shares = surname_shares()
    return rng.choices(names, shares)[0]


def draw_given(rng, sex, shared=None):
    """A given name of two syllables; ``shared``: the syllable of the generation, which stands first."""
    return (shared or rng.choice(GIVEN[sex])) + rng.choice(GIVEN[sex])


def _letters(syllable, system):
    at = ord(syllable) - 0xAC00
    initial, vowel, final = at // 588, at % 588 // 28, at % 28
    parts = _INITIALS[system].split()[initial], _VOWELS[system].split()[vowel], _FINALS.split()[final]
    return "".join(parts).replace("-", "")


def romanise(rng, surname, given):
    """A full name in Latin letters: any system, any order, in one word or two, a surname as families spell it."""
    spellings = surname_spellings()[surname]
    family = rng.choices(spellings, [1 / (i + 1) for i in range(len(spellings))])[0]
    system = rng.randrange(3)
    parts = [_letters(s, system) for s in given]
    own = rng.choice((" ".join(p.capitalize() for p in parts), "".join(parts).capitalize(),
                      "-".join(parts).capitalize()))  # fmt: skip
    return f"{own} {family}" if rng.random() < 0.25 else f"{family} {own}"


def mishear(rng, given):
    """The given name with one syllable's vowel taken for another, or without its last consonant."""
    at = rng.randrange(len(given))
    code = ord(given[at]) - 0xAC00
    initial, vowel, final = code // 588, code % 588 // 28, code % 28
    if final and rng.random() < 0.4:
        final = 0
    else:
        vowel = _ALIKE.get(vowel, vowel)
    return given[:at] + chr(0xAC00 + initial * 588 + vowel * 28 + final) + given[at + 1 :]


@cache
def _read(written):
    return readings(written, surname_spellings()), reading_keys(written, surname_spellings())


def name_columns(mode, written):
    """What a record of a person holds of a name.

    Parameters
    ----------
    mode : {"hangul", "latin", "given", "surname", "nickname", "role"}
        How the teller named the person.
    written : tuple of (str, str)
        Surname and given name as written, in Hangul; or ("", text) for a full name in Latin letters and a nickname.
    """
    surname, given = written
    found = dict.fromkeys(("readings", "name_keys", "surnames", "givens", "family", "given"))
    if mode in ("hangul", "latin"):
        names, keys = _read(surname + given)
        whole = [n for n in names if n.surname]
        found["readings"] = tuple(sorted(f"{n.surname}/{n.given}" for n in whole)) or None
        found["name_keys"] = tuple(sorted(keys)) or None
        found["surnames"] = tuple(sorted({n.surname for n in whole})) or None
        found["givens"] = tuple(sorted({n.given for n in names})) or None
        if mode == "hangul":
            # Shares of the population are by one spelling for North and South.
            found["family"], found["given"] = "".join(map(canonical, surname)), given
    elif mode in ("given", "nickname"):
        found["givens"] = tuple(sorted({n.given for n in _read(given)[0]})) or None
    elif mode == "surname":
        found["surnames"] = ("".join(map(canonical, surname)),)
    return found
