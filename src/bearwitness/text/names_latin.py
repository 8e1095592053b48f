"""Names in Latin letters: every romanisation, both orders, joined, spaced or hyphenated, with initials."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from bearwitness.text.name_parts import FormKind
from bearwitness.text.name_tables import NameMatch, NameTables, make_match
from bearwitness.text.romanisation import Segments, fold_latin, syllable_spellings

_TOKEN = re.compile(r"[^\W\d_가-힣]+(?:'[^\W\d_가-힣]+)*")
# An apostrophe before the space is a mark of some systems ("Ho' Tam").
_JOINED = re.compile(r"'?\s{1,2}|-|,\s|\.?\s?|\.?-")
_SENTENCE_START = re.compile(r"(?:^|[.!?:\n][\"')\]]*\s*|[\"'(\[\u2014]\s*)$")
# What English contracts onto a word: "I'm" is no surname, "Ahn'll" is one.
_CONTRACTION = re.compile(r"'(?:s|m|d|ll|re|ve|t)$", re.IGNORECASE)
_BESIDE = re.compile(r"\s{1,2}|-|,\s|\.?\s")
_TITLES: Final = frozenset(
    ["mr", "mrs", "ms", "miss", "mister", "madam", "dr", "prof", "professor", "comrade", "officer", "nurse", "aunt",
     "uncle", "defector", "refugee", "escapee", "activist", "broker", "miner", "teacher", "soldier", "trader", "driver",
     "farmer", "worker", "doctor", "student", "witness", "captain", "lieutenant", "sergeant", "major", "pastor"]
)  # fmt: skip
# Surnames that are also English words: alone they count only with a capital inside a sentence.
_WORDS: Final = frozenset(
    ["an", "no", "so", "you", "do", "in", "on", "he", "her", "son", "sun", "young", "we", "oh", "yes", "ha", "i", "o",
    "u",
     "a", "ok", "to", "my", "go", "or", "me", "hey", "too", "see", "she", "lean", "lime", "bang", "chew", "hung", "won"]
)  # fmt: skip
MOST_WORDS: Final = 4
_SUFFIXES: Final = frozenset(["ssi", "nim", "ssie", "shi"])


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    word: str
    folded: str

    @property
    def is_capital(self) -> bool:
        return self.word[0].isupper()


def find_latin(text: str, tables: NameTables, ordinary: Container[str] = ()) -> Iterator[NameMatch]:
    """Every Latin name of the tables in normalised text; overlapping ones too.

    A capitalised word before a surname is a given name unless it is one of ``ordinary``; where no ordinary words are
    given, unless it begins a sentence.
    """
    if not tables.given and not tables.full and not tables.surnames and not tables.latin_literal:
        return
    tokens = [_token(m) for m in _TOKEN.finditer(text)]
    words = tuple({w for order in tables.latin_literal for w in order})
    useful = _Useful(tables, frozenset(words))
    for first, token in enumerate(tokens):
        if not useful.may_begin(token):
            continue
        for count in range(min(MOST_WORDS, len(tokens) - first), 0, -1):
            window = tokens[first : first + count]
            gaps = [text[a.end : b.start] for a, b in pairwise(window)]
            if not all(_JOINED.fullmatch(gap) and gap for gap in gaps):
                continue
            found = _read(window, gaps, tables)
            if found and (found[1] != "given" or not _belongs_to_another(text, tokens, first, count, tables)):
                yield make_match(text, token.start, window[-1].end, found[0], found[1], "latin")
                break
        else:
            yield from _surname(text, tokens, first, tables, ordinary)


def _token(match: re.Match[str]) -> _Token:
    word, end = match.group(), match.end()
    ending = _CONTRACTION.search(word)
    if ending:
        word, end = word[: ending.start()], end - len(ending.group())
    return _Token(match.start(), end, word, fold_latin(word))


class _Useful:
    """Which tokens can begin a name; remembered per word, since most words of a text cannot."""

    def __init__(self, tables: NameTables, literal: frozenset[str]) -> None:
        self._tables = tables
        self._literal = literal
        self._known: dict[str, bool] = {}

    def may_begin(self, token: _Token) -> bool:
        folded = token.folded
        known = self._known.get(folded)
        if known is None:
            tables = self._tables
            known = bool(
                folded in tables.surname_latin
                or folded in self._literal
                or len(folded) == 1
                or tables.speller.segments(folded)
                or _one_word(folded, tables)
            )
            self._known[folded] = known
        return known


def _read(window: Sequence[_Token], gaps: Sequence[str], tables: NameTables) -> tuple[set[str], FormKind] | None:
    """Whom the words mean, all of them together, or None."""
    folded = tuple(t.folded for t in window)
    capital = any(t.is_capital for t in window)
    if capital and folded in tables.latin_literal:
        return tables.latin_literal[folded], "full"
    dotted = any("." in gap for gap in gaps)
    if len(window) == 1:
        keys = _one_word(folded[0], tables) if len(folded[0]) >= 5 else set()
        if keys:
            return keys, "full"
    elif not dotted and (capital or "-" in gaps or len(window) == 2):
        keys = _full(window, gaps, tables)
        if keys and (capital or len(window[-1].folded) > 3):
            return keys, "full"
    keys = _initials(window, tables) if len(window) > 1 else set()
    if keys:
        return keys, "initials"
    if capital and not dotted and not any("," in gap for gap in gaps):
        cuts = [s for s in _syllables(folded, tables) if len(s) > 1]
        keys = {k for s in cuts for g in _choices(s) for k in tables.given.get(g, ())}
        # Both words of a spaced given name are written with a capital, or neither of a hyphenated one.
        if keys and all(t.is_capital or gap == "-" for t, gap in zip(window[1:], gaps, strict=True)):
            return keys, "given"
    return None


def _belongs_to_another(text: str, tokens: Sequence[_Token], first: int, count: int, tables: NameTables) -> bool:
    """Whether a surname that nobody of this given name bears stands beside it: "Kim Jong Un" is not Pak Jong Un."""
    before, after = tokens[first - 1] if first else None, tokens[first + count] if first + count < len(tokens) else None
    last = tokens[first + count - 1]
    return (
        before is not None and before.is_capital and before.folded in tables.listed_surnames
        and _BESIDE.fullmatch(text[before.end : tokens[first].start]) is not None
    ) or (
        after is not None and after.is_capital and after.folded in tables.listed_surnames
        and text[last.end : after.start] in (" ", "-", "\n")
    )  # fmt: skip


def _full(window: Sequence[_Token], gaps: Sequence[str], tables: NameTables) -> set[str]:
    """Surname first or last, the rest the given name; a comma only after a surname that stands first."""
    found: set[str] = set()
    commas = [i for i, gap in enumerate(gaps) if "," in gap]
    if commas in ([], [0]):
        found |= _look_up(window[0].folded, [t.folded for t in window[1:]], tables)
    if not commas:
        found |= _look_up(window[-1].folded, [t.folded for t in window[:-1]], tables)
    return found


def _look_up(surname: str, given: Sequence[str], tables: NameTables) -> set[str]:
    surnames = tables.surname_latin.get(surname)
    if not surnames:
        return set()
    return {
        key
        for segments in _syllables(given, tables)
        for syllables in _choices(segments)
        for s in surnames
        for key in tables.full.get((s, syllables), ())
    }


def _one_word(letters: str, tables: NameTables) -> set[str]:
    """A whole name written as one word ("Choeunsim", "EunsimChoe")."""
    found: set[str] = set()
    for at in range(1, min(len(letters), 9)):
        if letters[:at] in tables.surname_latin:
            found |= _look_up(letters[:at], [letters[at:]], tables)
        if letters[-at:] in tables.surname_latin and letters[:-at]:
            found |= _look_up(letters[-at:], [letters[:-at]], tables)
    return found


def _syllables(words: Sequence[str], tables: NameTables) -> list[Segments]:
    """Every way to read words as syllables; a word's end is a syllable's end."""
    found: list[Segments] = [()]
    for word in words:
        cuts = tables.speller.segments(word)
        found = [(*before, *cut) for before in found for cut in cuts if len(before) + len(cut) <= MOST_WORDS]
        if not found:
            return []
    return [segments for segments in found if segments]


def _choices(segments: Segments) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = [()]
    for syllables in segments:
        found = [(*before, s) for before in found for s in syllables]
    return found


def _initials(window: Sequence[_Token], tables: NameTables) -> set[str]:
    """A surname with capital initials of the given name, before or after it."""
    found: set[str] = set()
    for surname, letters in ((window[0], window[1:]), (window[-1], window[:-1])):
        surnames = tables.surname_latin.get(surname.folded)
        if not surnames or not surname.is_capital or len(surname.word) < 2:
            continue
        if any(len(t.word) > 2 or not t.word.isupper() for t in letters):
            continue
        initials = "".join(t.folded for t in letters)
        for (family, given), keys in tables.full.items():
            if family in surnames and len(initials) <= len(given) and _begin(initials, given):
                found |= keys
    return found


def _begin(initials: str, given: tuple[str, ...]) -> bool:
    return all(
        any(s.startswith(letter) for s in syllable_spellings(syllable))
        for letter, syllable in zip(initials, given, strict=False)
    )


def _surname(
    text: str, tokens: Sequence[_Token], at: int, tables: NameTables, ordinary: Container[str]
) -> Iterator[NameMatch]:
    """A surname alone: not beside another name, which would be somebody else's."""
    token = tokens[at]
    surnames = tables.surname_latin.get(token.folded)
    if not surnames or not token.is_capital:
        return
    before = tokens[at - 1] if at and re.fullmatch(r"\.?\s|-", text[tokens[at - 1].end : token.start]) else None
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    after = following if following and text[token.end : following.start] in (" ", "-", "\n") else None
    keys = {key for s in surnames for key in tables.surnames.get(s, ())}
    if after is not None and after.folded in _SUFFIXES:
        yield make_match(text, token.start, after.end, keys, "surname_title", "latin")
        return
    # "Son-hui Choe": the word before is the end of another given name.
    hyphened = before is not None and text[before.start - 1 : before.start] == "-"
    beside = hyphened or (after is not None and (after.is_capital or text[token.end] == "-"))
    if before is not None and before.folded in _TITLES and not beside:
        yield make_match(text, token.start, token.end, keys, "surname_title", "latin")
        return
    starts = _SENTENCE_START.search(text, max(0, token.start - 8), token.start) is not None
    if token.folded in _WORDS and (starts or len(token.word) < 2):
        return
    if before is not None and not starts:
        joined = text[before.end : token.start]
        begins = _SENTENCE_START.search(text, max(0, before.start - 8), before.start) is not None
        other = before.is_capital and (not begins if ordinary == () else before.folded not in ordinary)
        beside = beside or joined == "-" or (other and "." not in joined)
    if not beside:
        yield make_match(text, token.start, token.end, keys, "surname", "latin")
