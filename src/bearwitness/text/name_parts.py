"""A Korean name taken apart: its surname, its given name, and the forms it takes in writing."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final, Literal

from bearwitness.model.records import Name
from bearwitness.text.romanisation import fold_latin, is_hangul, north_south, syllable_spellings
from bearwitness.text.romanisation_sounds import heard_name

FormKind = Literal["full", "given", "surname", "surname_title", "initials"]
SurnameVariants = Mapping[str, Sequence[str]]

DOUBLE_SURNAMES: Final = frozenset(["남궁", "황보", "선우", "제갈", "독고", "사공", "서문", "동방", "망절", "어금"])
# What follows a surname that stands for a person, with or without a space.
TITLES: Final = (
    "모씨", "씨", "모", "아무개", "군", "양", "여사", "선생님", "선생", "동무", "동지", "할머니", "할아버지",
    "아주머니", "아저씨",
    "노인", "여인", "대표", "목사", "박사", "교수", "의사", "간호사", "기자", "사장", "과장", "님",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One way a name is written. ``is_pattern``: ``text`` is a regular expression over ``fold_latin`` text."""

    text: str
    kind: FormKind
    is_pattern: bool = False


def split_name(hangul: str) -> tuple[str, str]:
    """Surname and given name of a full Hangul name (a two-syllable surname only where a given name remains)."""
    bare = hangul.replace(" ", "")
    if len(bare) >= 3 and bare[:2] in DOUBLE_SURNAMES:
        return bare[:2], bare[2:]
    return bare[:1], bare[1:]


def hangul_spellings(hangul: str) -> tuple[str, ...]:
    """A Hangul name in every mix of Northern and Southern spelling of its syllables, itself first."""
    choices = [(s, *sorted(north_south(s) - {s})) for s in hangul]
    return tuple("".join(p) for p in product(*choices))


def surname_spellings(surname: str, variants: SurnameVariants) -> frozenset[str]:
    """Every Latin spelling of a surname, folded: the listed ones of either side and the systematic ones."""
    found = {fold_latin(v) for form in hangul_spellings(surname) for v in variants.get(form, ())}
    found.update("".join(p) for p in product(*(syllable_spellings(s) for s in surname)))
    return frozenset(found)


def romanisations(hangul: str) -> Callable[[str], bool]:
    """A test whether Latin text writes these Hangul syllables, in their order.

    Parameters
    ----------
    hangul : str
        One syllable or several ("은심"); a surname's habitual variants are not included (see ``name_forms``).

    Returns
    -------
    callable
        Takes text in any case, with marks or without, its syllables joined, spaced or hyphenated.
    """
    pattern = re.compile(_latin_pattern(hangul))
    return lambda text: pattern.fullmatch(fold_latin(text)) is not None


def _latin_pattern(hangul: str) -> str:
    ways = [way for way in (tuple(hangul), heard_name(hangul)) if way]
    return "(?:" + "|".join(r"[\s-]?".join(_any_of(syllable_spellings(s)) for s in way) for way in ways) + ")"


def _any_of(spellings: frozenset[str]) -> str:
    return "(?:" + "|".join(sorted(map(re.escape, spellings), key=lambda s: (-len(s), s))) + ")"


def name_forms(name: Name, surname_variants: SurnameVariants) -> tuple[Form, ...]:
    """The forms in which one name is written.

    Parameters
    ----------
    name : Name
        A name of the record; full Hangul names have the family name first.
    surname_variants : mapping of str to sequence of str
        Hangul surname to its Latin spellings (surnames.csv, column romanised_variants).

    Returns
    -------
    tuple of Form
        Hangul and other scripts as plain text, Latin forms as patterns over ``fold_latin`` text. To search a text
        for many names use ``NameIndex``, which also checks what stands around a form.
    """
    if not is_hangul(name.text.replace(" ", "")):
        return (Form(text=name.text, kind="full" if name.kind != "given" else "given"),)
    if name.kind in ("given", "nickname"):
        return _given_forms(name.text.replace(" ", ""))
    surname, given = split_name(name.text)
    family = _any_of(surname_spellings(surname, surname_variants))
    forms = [Form(text=spelling, kind="full") for spelling in hangul_spellings(surname + given)]
    forms += [Form(text=f"{s} {g}", kind="full") for s in hangul_spellings(surname) for g in hangul_spellings(given)]
    if given:
        written = _latin_pattern(given)
        forms.append(Form(text=rf"\b{family}[\s,-]*{written}\b", kind="full", is_pattern=True))
        forms.append(Form(text=rf"\b{written}[\s-]*{family}\b", kind="full", is_pattern=True))
        initials = r"[\s.-]{0,2}".join(initial_letters(s) for s in given)
        forms.append(Form(text=rf"\b{family},?\s+{initials}\b", kind="initials", is_pattern=True))
        forms.append(Form(text=rf"\b{initials}\.?\s*{family}\b", kind="initials", is_pattern=True))
    if len(given) > 1:
        forms += _given_forms(given)
    for spelling in hangul_spellings(surname):
        forms += [Form(text=spelling + space + t, kind="surname_title") for space in ("", " ") for t in TITLES]
    forms.append(Form(text=rf"\b{family}\b", kind="surname", is_pattern=True))
    return tuple(forms)


def _given_forms(given: str) -> tuple[Form, ...]:
    forms = [Form(text=spelling, kind="given") for spelling in hangul_spellings(given)]
    return (*forms, Form(text=rf"\b{_latin_pattern(given)}\b", kind="given", is_pattern=True))


def initial_letters(syllable: str) -> str:
    """A character class of the letters with which a syllable's Latin spellings begin."""
    return "[" + "".join(sorted({s[0] for s in syllable_spellings(syllable)})) + "]"
