"""Which language a text is in, line by line, and one scan of a text that mixes two."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from bearwitness.model.claims import Language
from bearwitness.text import rules_record
from bearwitness.text.scene import Doubt, Lexicon, Mention, Said, Scan

# A Hangul syllable says about as much as this many Latin letters.
LETTERS_PER_SYLLABLE: Final = 2.5
_HANGUL = re.compile("[가-힣]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
# Words in a script that a scanner of the language does not read.
_FOREIGN: Final[Mapping[Language, re.Pattern[str]]] = {
    "en": re.compile(r"(?:(?![A-Za-z\u00c0-\u024f\u1e00-\u1eff])[^\W\d_])+"),
    "ko": re.compile(r"(?:(?![가-힣ㄱ-ㅣA-Za-z\u00c0-\u024f\u1e00-\u1eff])[^\W\d_])+"),
}
_UNREAD: Final = rules_record.FOREIGN.why_en
Scanner = Callable[..., Scan]


def detect_language(text: str) -> Language:
    """The language that most of a text is in; English where it has no letters.

    Parameters
    ----------
    text : str
        Any text, normalised or not in any way that keeps Hangul composed.
    """
    syllables = len(_HANGUL.findall(text))
    return "ko" if syllables * LETTERS_PER_SYLLABLE > len(_LATIN.findall(text)) else "en"


def scan_text(
    text: str,
    known: Sequence[Mention],
    *,
    lexicons: Mapping[Language, Lexicon],
    ordinary: Mapping[Language, frozenset[str]],
    published: date,
    lag_days: int,
) -> Scan:
    """Scan a text with the scanner of its language, and lines in the other language with the other's.

    Parameters
    ----------
    text : str
        Normalised text.
    known : sequence of Mention
        People found by name.
    lexicons, ordinary
        Per language.
    published : date
        When the text is published.
    lag_days : int
        How many days before the news of it an act may have happened.

    Returns
    -------
    Scan
        Offsets in ``text``. One person is one in both languages where the text names a surname or a full name.
        Words in a script that neither scanner reads are doubts.
    """
    main = detect_language(text)
    lines = _lines(text, main)
    found: list[Scan] = []
    for language in dict.fromkeys((main, *(lang for _, _, lang in lines))):
        own = [(a, b) for a, b, lang in lines if lang == language]
        shown = text if len(own) == len(lines) else _only(text, own)
        here = [m for m in known if any(a <= m.start < b for a, b in own)]
        scan = _scanner(language)(
            shown, here, lexicons[language], published=published, lag_days=lag_days, ordinary=ordinary[language]
        )
        scan = scan if language == main else _renamed(scan, language, {m.key for m in known})
        found.append(replace(scan, doubts=(*scan.doubts, *_unread(shown, language, here, scan))))
    return Scan(
        mentions=tuple(m for s in found for m in s.mentions), said=tuple(x for s in found for x in s.said),
        doubts=tuple(d for s in found for d in s.doubts),
    )  # fmt: skip


def _scanner(language: Language) -> Scanner:
    """The scanner of a language, loaded when a text first needs it: most texts are in one language."""
    if language == "ko":
        from bearwitness.text.korean_scan import scan_korean

        return scan_korean
    from bearwitness.text.english_scan import scan_english

    return scan_english


def _lines(text: str, main: Language) -> list[tuple[int, int, Language]]:
    """Every line with its language; one without letters has that of the text."""
    found: list[tuple[int, int, Language]] = []
    at = 0
    for line in text.splitlines(keepends=True) or [text]:
        has_letters = _HANGUL.search(line) or _LATIN.search(line)
        found.append((at, at + len(line), detect_language(line) if has_letters else main))
        at += len(line)
    return found


def _only(text: str, parts: Iterable[tuple[int, int]]) -> str:
    """The text with everything but some parts blank, so that offsets stay."""
    blank = list(re.sub(r"[^\n]", " ", text))
    for start, end in parts:
        blank[start:end] = text[start:end]
    return "".join(blank)


def _renamed(scan: Scan, language: Language, known: set[str]) -> Scan:
    """A scan whose nameless people ("someone-1") are not those of the other language."""
    nameless = {m.key for m in scan.mentions if not m.surname and not m.full and len(m.key) > 1} - known
    keys = {key: f"{language}:{key}" for key in nameless}

    def key_of(item: Mention | Said) -> str:
        return keys.get(item.key, item.key)

    return Scan(
        mentions=tuple(replace(m, key=key_of(m)) for m in scan.mentions),
        said=tuple(replace(s, key=key_of(s)) for s in scan.said), doubts=scan.doubts,
    )  # fmt: skip


def _unread(text: str, language: Language, known: Sequence[Mention], scan: Scan) -> Iterable[Doubt]:
    """Words in other scripts that nothing accounts for."""
    words = list(_FOREIGN[language].finditer(text))
    if not words:
        return
    covered = [(x.start, x.end) for x in (*known, *scan.mentions)]
    covered += [(x.start, x.end) for x in scan.said] + [(x.start, x.end) for x in scan.doubts]
    for word in words:
        if not any(a < word.end() and word.start() < b for a, b in covered):
            yield Doubt(start=word.start(), end=word.end(), form=word.group(), why=_UNREAD)
