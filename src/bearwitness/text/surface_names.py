"""The names of a record as plain strings: Hangul in every spelling, with titles and masks, and likely Latin spellings.

Likely ones only: the published systems and the commonest habits. Whoever wants every spelling that a name can have
asks ``names.NameIndex``, which reads a text the other way round.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Final

from bearwitness.model.records import Name
from bearwitness.text.name_parts import TITLES, SurnameVariants, hangul_spellings, split_name
from bearwitness.text.romanisation import fold_latin, is_hangul, sounds_of, syllable_spellings
from bearwitness.text.romanisation_systems import SYSTEMS, romanise
from bearwitness.text.surface_people import latin_name_forms

# Spellings kept of a surname and of each syllable of a given name.
MOST_SURNAMES: Final = 4
MOST_SPELLINGS: Final = 4
LATIN_TITLES: Final = (
    "Mr", "Mr.", "Mrs", "Mrs.", "Ms", "Ms.", "Miss", "Dr", "Dr.", "Comrade", "Madam", "Uncle", "Aunt"
)  # fmt: skip
# Surnames that are words before a noun ("이 군", "한 양"): with a title they are a name less often than not.
_DETERMINERS: Final = frozenset("이한전신고온주공양그옥맹")
_MASKS: Final = ("○○", "OO", "XX", "**", "모씨", " 모 씨", "모 씨")
_JOINT: Final = "○OoX*"
# Habits that no system has, as replacements in the Revised spelling of one syllable; the commonest first.
_HABITS: Final = (
    ("yeo", "you"), ("yeo", "yu"), ("eo", "u"), ("eo", "o"), ("ui", "ee"), ("ui", "i"), ("si", "shi"), ("eu", "u"),
    ("u", "oo"), ("g", "k"), ("j", "ch"), ("i", "ee"),
)  # fmt: skip


def hangul_name_forms(name: Name) -> tuple[str, ...]:
    """A full Hangul name as it is written in Hangul: whole, given name alone, surname with a title, masked.

    Parameters
    ----------
    name : Name
        A name in Hangul; of a given name or nickname there is only that.
    """
    bare = name.text.replace(" ", "")
    if name.kind in ("given", "nickname"):
        return tuple(hangul_spellings(bare))
    surname, given = split_name(bare)
    surnames = _surnames(surname)
    found: list[str] = []
    for family in surnames:
        for first in hangul_spellings(given) if given else ():
            found += [family + first, f"{family} {first}"]
        found += _with_titles(family)
        found += [family + mask for mask in _MASKS if given]
        # The middle syllable alone masked: 최○심.
        found += [family + mask + given[-1] for mask in _JOINT if len(given) == 2]
    if len(given) > 1:
        found += hangul_spellings(given)
    return tuple(dict.fromkeys(found))


def _surnames(surname: str) -> tuple[str, ...]:
    """A surname as either side writes it; neither writes ㄴ where the other has ㄹ or nothing (이 and 리, not 니)."""
    sides = hangul_spellings(surname)
    return tuple(s for s in sides if s == surname or sounds_of(s[0])[0] != "ㄴ" or sounds_of(surname[0])[0] == "ㄹ")


def _with_titles(family: str) -> Iterator[str]:
    for title in TITLES:
        if len(title) > 1 or title == "씨":
            yield f"{family} {title}"
            # "이사장" is a chairman, "전대표" a former head.
            if family not in _DETERMINERS or title in ("씨", "모씨", "여사", "선생", "선생님"):
                yield family + title
        elif title in ("군", "양") and family not in _DETERMINERS:
            yield f"{family} {title}"


def given_spellings(given: str) -> tuple[tuple[str, ...], ...]:
    """The likely Latin spellings of a given name, each as its pieces, which are joined or stand apart.

    Parameters
    ----------
    given : str
        Hangul syllables.

    Returns
    -------
    tuple of tuple of str
        ("Un", "Sim") and the like, without marks; a name that the systems write as it is heard (석민, Sŏngmin) also as
        one piece.
    """
    pieces = [_syllable(s)[: MOST_SPELLINGS if len(given) < 3 else 2] for s in given]
    found = [tuple(p.capitalize() for p in way) for way in product(*pieces)]
    joined = {"".join(way).casefold() for way in found}
    for system in SYSTEMS:
        found += [(w,) for w in without_marks(romanise(given, system)) if w.casefold() not in joined]
    return tuple(dict.fromkeys(found))


def _syllable(syllable: str) -> list[str]:
    """Likely spellings of one syllable, folded, by the systems first, then by habit; all are spellings of it."""
    known = syllable_spellings(syllable)
    revised = fold_latin(romanise(syllable, "rr"))
    ways = [revised, *(fold_latin(romanise(syllable, system)) for system in ("mr", "dprk"))]
    for before, after in _HABITS:
        if before in revised and not (before == "u" and sounds_of(syllable)[1] != "ㅜ"):
            ways.append(revised.replace(before, after, 1))
    return [w for w in dict.fromkeys(ways) if w in known]


def without_marks(written: str) -> tuple[str, ...]:
    """A Latin spelling without the marks that a matcher leaves out of account: with its apostrophes, and without.

    Parameters
    ----------
    written : str
        A spelling with a capital ("Ch'ŏlsu").
    """
    folded = "'".join(fold_latin(piece) for piece in written.split("'")).capitalize()
    return tuple(dict.fromkeys((folded, folded.replace("'", ""))))


def latin_surnames(surname: str, variants: SurnameVariants) -> tuple[str, ...]:
    """The likely Latin spellings of a surname, the listed ones first.

    Parameters
    ----------
    surname : str
        In Hangul.
    variants : mapping of str to sequence of str
        Hangul surname, as the South writes it, to its usual Latin spellings.
    """
    listed = [v for form in _surnames(surname) for v in variants.get(form, ())[:MOST_SURNAMES]]
    systems = [romanise(form, system) for form in _surnames(surname) for system in SYSTEMS]
    kept = dict.fromkeys(way for written in (*listed, *systems) for way in without_marks(written))
    return tuple(v for v in kept if len(v) > 1 or not listed)


def romanised_forms(name: Name, variants: SurnameVariants) -> tuple[str, ...]:
    """A Hangul name in Latin letters: both orders, joined and apart, given name alone, surname with title, initials.

    Parameters
    ----------
    name : Name
        A name in Hangul.
    variants : mapping of str to sequence of str
        Hangul surname to its usual Latin spellings.

    Returns
    -------
    tuple of str
        Without marks; hyphens as spaces, since a matcher takes both for the same. A surname alone is left out: beside
        another given name it is somebody else's.
    """
    bare = name.text.replace(" ", "")
    if name.kind in ("given", "nickname"):
        return tuple(dict.fromkeys(_joinings(given_spellings(bare))))
    surname, given = split_name(bare)
    families = latin_surnames(surname, variants)
    pieces = given_spellings(given) if given else ()
    first = tuple(dict.fromkeys(_joinings(pieces)))
    found: list[str] = []
    for family in families:
        for written in first:
            found += [f"{family} {written}", f"{written} {family}", f"{family}, {written}"]
        found += [f"{title} {family}" for title in LATIN_TITLES]
        found += _initials(family, pieces)
    if len(given) > 1:
        found += first
    return tuple(dict.fromkeys(found))


def _joinings(pieces: Sequence[tuple[str, ...]]) -> Iterator[str]:
    for way in pieces:
        yield " ".join(way)
        yield "".join(way).capitalize()


def _initials(family: str, pieces: Sequence[tuple[str, ...]]) -> Iterator[str]:
    for way in pieces:
        letters = [p[0] for p in way]
        if len(way) < 2:
            continue
        for joint in (".", ". "):
            dotted = joint.join(letters) + "."
            yield from (f"{family} {dotted}", f"{dotted} {family}", f"{family}, {dotted}")
            yield joint.join((family[0], *letters)) + "."
        yield from (f"{family} {letters[0]}.", f"{letters[0]}. {family}", f"{family} {''.join(letters)}")
        yield family[0] + "".join(letters)


def name_surface(name: Name, variants: SurnameVariants) -> tuple[tuple[str, str], ...]:
    """Every form of one name of the record, each with where it comes from: "hangul", "romanised", "hanja", "written".

    Parameters
    ----------
    name : Name
        A name in any script.
    variants : mapping of str to sequence of str
        Hangul surname to its usual Latin spellings.
    """
    bare = name.text.replace(" ", "")
    if is_hangul(bare):
        hangul = [(form, "hangul") for form in hangul_name_forms(name)]
        return (*hangul, *((form, "romanised") for form in romanised_forms(name, variants)))
    if any(c.isascii() and c.isalpha() for c in bare):
        return tuple((form, "written") for form in latin_name_forms(name.text))
    spaced = (f"{bare[0]} {bare[1:]}",) if len(bare) > 1 else ()
    return tuple((form, "hanja") for form in dict.fromkeys((name.text, bare, *spaced)) if form)
