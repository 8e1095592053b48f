"""What names are looked up in, and what a name found in text is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from bearwitness.text.name_parts import FormKind
from bearwitness.text.romanisation import Speller

Script = Literal["hangul", "latin", "other"]
Given = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NameMatch:
    """A passage that names somebody of the record: which persons (``keys``) it may mean; no particle is included."""

    start: int
    end: int
    quote: str
    keys: tuple[str, ...]
    kind: FormKind
    script: Script


@dataclass(slots=True)
class NameTables:
    """What is looked up. Syllables of ``full``, ``given`` and ``surnames`` are canonical (see ``canonical``).

    ``listed_surnames`` are the folded Latin spellings of all surnames, of ``all_surnames`` those in Hangul: also of
    people whom the record does not know.
    """

    speller: Speller
    full: dict[tuple[str, Given], set[str]] = field(default_factory=dict)
    given: dict[Given, set[str]] = field(default_factory=dict)
    surnames: dict[str, set[str]] = field(default_factory=dict)
    surname_latin: dict[str, set[str]] = field(default_factory=dict)
    hangul_full: dict[str, set[str]] = field(default_factory=dict)
    hangul_given: dict[str, set[str]] = field(default_factory=dict)
    hangul_surnames: dict[str, set[str]] = field(default_factory=dict)
    literal: dict[str, set[str]] = field(default_factory=dict)
    latin_literal: dict[Given, set[str]] = field(default_factory=dict)
    listed_surnames: frozenset[str] = frozenset()
    all_surnames: frozenset[str] = frozenset()


def make_match(text: str, start: int, end: int, keys: Iterable[str], kind: FormKind, script: Script) -> NameMatch:
    """A match with its quotation and its keys in order."""
    return NameMatch(start=start, end=end, quote=text[start:end], keys=tuple(sorted(keys)), kind=kind, script=script)
