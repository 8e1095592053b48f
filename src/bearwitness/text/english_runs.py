"""Capital words that stand together in an English text, freed of what is no name."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bearwitness.text.english_words import FUNCTION_WORDS, PERSON_VERBS, TITLES, Page, Word
from bearwitness.text.romanisation import fold_latin

_INTRODUCED: Final = re.compile(
    r"(?:\b(?:named|surnamed|called|nicknamed|identified(?: only)?(?: as| by)?|known(?: only)? as|goes by|surname"
    r"|name|pseudonym|alias"
    r"|whom we (?:will )?call|us call (?:her|him)|here as)"
    r"(?: is| was| of)?,? [\"']?|\b(?:an?|another|one) |\b(?:Mr|Ms|Mrs|Miss|Madam|Dr)\.? "
    r"|\b(?:defector|escapee|refugee|native|survivor|activist) )$", re.I
)  # fmt: skip
_AGE_AFTER: Final = re.compile(r"(?:, (?:aged? )?[1-9][0-9](?=[,;.)]| and\b| years)| ?\((?:aged? )?[1-9][0-9]\))")
_KIN_AFTER: Final = re.compile(
    r"'s (?:[a-z]+ ){0,2}?(?:brothers?|sisters?|siblings?|mother|father|parents|wife|husband|sons?|daughters?"
    r"|children|uncle|aunt"
    r"|cousins?|relatives?|spouse|parent|family|home|house|grandmother|grandfather|nephew|niece)\b"
)
_APPOSITION: Final = re.compile(
    r", (?:who|whose|(?:then |now )?an? (?:[a-z-]+ ){0,3}?[a-z-]*(?:er|or|man|woman|ist|an|nurse|ee|ian|at|[0-9])\b)"
)
# Two syllables as Korean given names have them, in one word with a hyphen: "Mi-ran".
_SYLLABLE: Final = re.compile(
    r"(?:[bdghjkmnprst]|ch|kk|tt|pp|ss|jj|l)?[yw]?(?:ae|eo|eu|oe|ui|oo|ee|[aeiou])(?:ng|[nmlkptbr])?(?:h)?", re.I
)
_PREFIXES: Final = frozenset(
    ["re", "co", "un", "non", "so", "no", "in", "on", "to", "go", "do", "an", "pre", "pro", "sub", "semi", "mid", "bi",
     "de", "up", "by", "he", "she", "me", "we", "be", "too", "you", "son", "tri"]
)  # fmt: skip
_TITLE_BEFORE: Final = re.compile(r"\b(?P<t>[A-Za-z]+)\.? $")
_MADE_UP: Final = re.compile(
    r"[\"',]* ?[(,\u2014-]? ?(?:which is )?(?:not (?:her|his|their|the|a) (?:real|true|actual)? ?name|(?:a "
    r"|an )?(?:pseudonym|alias)"
    r"|(?:whose|her|his|their|the) (?:real )?name (?:has been|have been|was|is|had been) (?:changed|withheld)"
    r"|name (?:has been )?changed"
    r"|real name withheld)", re.I
)  # fmt: skip
_MADE_UP_BEFORE: Final = re.compile(
    r"\b(?:(?:pseudonym|alias)(?: of)?,?|(?:ask(?:ed|s)|wish(?:ed|es)|want(?:ed|s)|prefer(?:red|s)) to be (?:called"
    r"|known as|referred to as|named here as)|(?:we|us|I)(?: will|'ll| shall)? (?:call|name) (?:h(?:er|im)|them)"
    r"|(?:called|named) here|(?:goes|going|went) by(?: the name(?: of)?)?|(?:using|under) the (?:made-up |false )?name"
    r"(?: of)?) [\"']?$", re.I
)  # fmt: skip
# Words before a name that describe the person: not a part of the name although they have a capital.
_DESCRIBING: Final = frozenset(["defector", "escapee", "refugee", "activist", "witness", "broker", "survivor", "farmer",
                                "nurse", "teacher", "doctor", "president", "leader", "chairman", "minister", "general",
                                "journalist", "reporter", "by", "supreme", "marshal"])  # fmt: skip
# Spellings of surnames that are no surname where they are words of a sentence.
_NEVER_AT_START: Final = FUNCTION_WORDS | {"i", "o", "u", "a", "sun", "sin", "back", "pack", "bark"}
_OF_ANYTHING: Final = frozenset(
    [
        "was", "is", "were", "are", "has", "had", "did", "does", "now", "still", "also", "never", "began", "started",
        "went", "came", "kept", "made",
    ]
)  # fmt: skip
# Ordinary words that are given names: at the beginning of a sentence, before what people do, rather a name.
_GIVEN: Final = frozenset(
    [
        "grace", "rose", "hope", "faith", "joy", "dawn", "ivy", "jade", "pearl", "ruby", "will", "mark", "bill",
        "jack", "may", "june", "april", "august", "dean", "frank", "grant", "victor", "sunny", "summer", "amber",
        "daisy", "lily", "violet", "crystal", "christian", "art", "rich", "rob", "sue", "pat", "drew", "chase",
        "hunter", "mason", "iris", "carol", "gene", "ray", "miles", "max",
    ]
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Run:
    """Capital words that stand together; ``introduced`` where the wording before or after shows a person."""

    words: tuple[Word, ...]
    introduced: bool = False
    made_up: bool = False
    title: str = ""

    @property
    def start(self) -> int:
        """Where it begins."""
        return self.words[0].start

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.words[-1].end


def find_runs(
    page: Page, taken: Sequence[tuple[int, int]], spelled: Mapping[str, tuple[str, ...]], ordinary: Collection[str]
) -> Iterator[Run]:
    """The runs of capitals outside what is accounted for (``taken``), in order; one word or several."""
    blocked = sorted(taken)
    current: list[Word] = []
    inside_names = {w.lower for w in page.words if w.capital and not w.first and w.lower in spelled}
    at = 0
    for word in page.words:
        while at < len(blocked) and blocked[at][1] <= word.start:
            at += 1
        inside = at < len(blocked) and blocked[at][0] < word.end and word.start < blocked[at][1]
        gap = page.text[current[-1].end : word.start] if current else ""
        joined = bool(current) and (
            gap == "-" or (gap in (" ", ". ") and word.capital and (gap == " " or len(current[-1].raw) == 1))
        )
        usable = not inside and (word.capital or (joined and gap == "-")) and not word.raw[0].isdigit()
        if current and not (usable and joined):
            yield from _cut(page, current, inside_names, spelled, ordinary)
            current = []
        if usable:
            current.append(word)
    if current:
        yield from _cut(page, current, inside_names, spelled, ordinary)


def _cut(
    page: Page,
    words: list[Word],
    inside: Collection[str],
    spelled: Mapping[str, tuple[str, ...]],
    ordinary: Collection[str],
) -> Iterator[Run]:
    """Take off what is no name: words at the beginning of a sentence, titles, general words, words of a heading."""
    piece: list[Word] = []
    nothing = False
    shouted = len(words) > 1 and all(w.raw.isupper() for w in words)
    for i, word in enumerate(words):
        if word.joined and nothing and not word.capital:
            continue
        nothing = word.general or word.lower in TITLES or (word.lower in _DESCRIBING and not piece)
        given = i + 1 < len(words) and words[i + 1].joined and _is_given(word, words[i + 1])
        if word.first and not nothing and not given and word.lower in ordinary and not (i and word.joined):
            alone = word.lower not in spelled or (word.lower in _NEVER_AT_START and word.lower not in inside)
            grace = i + 1 < len(words) and fold_latin(words[i + 1].raw) in spelled and word.lower in _GIVEN
            heading = i > 0 or (i + 1 < len(words) and words[i + 1].first)
            nothing = (
                alone and not grace and not (not heading and word.lower in _GIVEN and acts(page, word, firmly=True))
            )
        if shouted and word.lower in ordinary and word.lower not in spelled:
            nothing = True
        if nothing:
            if piece:
                yield _run(page, piece)
            piece = []
        else:
            piece.append(word)
    if piece:
        yield _run(page, piece)


def _is_given(first: Word, second: Word) -> bool:
    """Whether two parts of a word with a hyphen are the syllables of a Korean given name."""
    both = _SYLLABLE.fullmatch(first.raw) and _SYLLABLE.fullmatch(second.raw)
    return bool(both) and first.lower not in _PREFIXES


def acts(page: Page, word: Word, *, firmly: bool = False) -> bool:
    """Whether what follows a name is what people do: a verb (``firmly``: one of people alone), or an age."""
    text = page.text
    index = page.index_at(word.end)
    after = page.words[index] if index < len(page.words) else None
    verb = after is not None and text[word.end : after.start] in (" ", ", ") and after.raw in PERSON_VERBS
    verb = verb and after is not None and not (firmly and after.raw in _OF_ANYTHING)
    if word.lower not in FUNCTION_WORDS and _APPOSITION.match(text, word.end):
        return True
    return verb or _AGE_AFTER.match(text, word.end) is not None or _KIN_AFTER.match(text, word.end) is not None


def _run(page: Page, words: Sequence[Word]) -> Run:
    text, start, end = page.text, words[0].start, words[-1].end
    before = text[max(0, start - 40) : start]
    title = _TITLE_BEFORE.search(before)
    sex_title = title["t"].lower() if title and title["t"].lower() in TITLES else ""
    introduced = _INTRODUCED.search(before) is not None or _AGE_AFTER.match(text, end) is not None or bool(sex_title)
    made_up = _MADE_UP.match(text, end) is not None or _MADE_UP_BEFORE.search(before) is not None
    return Run(tuple(words), introduced or made_up, made_up, sex_title)


def starts_ordinary(run: Run, ordinary: Collection[str]) -> bool:
    """Whether a run is an ordinary word with the capital of a beginning sentence."""
    word = run.words[0]
    return len(run.words) == 1 and word.first and word.lower in ordinary and word.lower not in _GIVEN


def is_firm(run: Run, ordinary: Collection[str]) -> bool:
    """Whether a spelling is a surname here: inside a sentence, no word at all, or introduced as a name."""
    word = run.words[0]
    return run.introduced or not word.first or word.lower not in ordinary
