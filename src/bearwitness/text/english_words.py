"""English text cut into words, sentences, lines and quotations, and the closed classes of its words."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeVar

Item = TypeVar("Item")

FUNCTION_WORDS: Final = frozenset(
    [
        "a", "about", "above", "according", "across", "after", "again", "against", "ago", "all", "along", "already",
        "also", "although", "always", "am", "among", "an", "and", "another", "any", "anyone", "anything", "are",
        "as", "asked", "at", "away", "back", "be", "because", "been", "before", "behind", "being", "below",
        "between", "both", "but", "by", "came", "can", "could", "despite", "did", "do", "does", "doing", "down",
        "during", "each", "either", "else", "enough", "even", "ever", "every", "everyone", "everything", "few",
        "first", "followed", "following", "for", "from", "further", "get", "give", "go", "had", "has", "have",
        "having", "he", "hello", "her", "here", "hers", "herself", "him", "himself", "his", "how", "however", "i",
        "if", "in", "indeed", "inside", "instead", "into", "is", "it", "its", "itself", "last", "later", "least",
        "less", "let", "like", "many", "may", "maybe", "me", "meanwhile", "might", "more", "moreover", "most",
        "much", "must", "my", "myself", "near", "neither", "never", "nevertheless", "next", "no", "nobody", "none",
        "nor", "not", "nothing", "now", "of", "off", "often", "oh", "okay", "on", "once", "one", "only", "onto",
        "or", "other", "others", "our", "ours", "ourselves", "out", "outside", "over", "own", "per", "perhaps",
        "please", "previously", "rather", "recently", "same", "several", "shall", "she", "should", "since", "so",
        "some", "somebody", "someone", "something", "sometimes", "somewhere", "soon", "still", "such", "than",
        "thank", "that", "the", "their", "theirs", "them", "themselves", "then", "there", "therefore", "these",
        "they", "this", "those", "though", "through", "throughout", "thus", "till", "to", "today", "together",
        "tomorrow", "too", "toward", "towards", "two", "under", "unless", "unlike", "until", "up", "upon", "us",
        "very", "via", "was", "we", "well", "were", "what", "when", "whenever", "where", "whereas", "whether",
        "which", "while", "who", "whom", "whose", "why", "will", "with", "within", "without", "would", "yes",
        "yesterday", "yet", "you", "your", "yours", "yourself",
    ]
)  # fmt: skip
PERSON_VERBS: Final = frozenset(
    [
        "said", "says", "told", "tells", "recalled", "recalls", "added", "adds", "explained", "explains",
        "remembered", "remembers", "believes", "believed", "fears", "feared", "thinks", "thought", "knows", "knew",
        "hopes", "hoped", "heard", "hears", "learned", "learnt", "was", "is", "were", "are", "has", "had", "did",
        "does", "fled", "flees", "left", "escaped", "escapes", "defected", "crossed", "arrived", "now", "still",
        "also", "lives", "lived", "sends", "sent", "worked", "works", "acts", "acted", "spoke", "speaks", "called",
        "calls", "keeps", "kept", "lost", "found", "communicates", "contacted", "grew", "made", "went", "came",
        "wants", "wanted", "never", "who", "whose", "received", "receives", "used", "began", "started", "got",
        "paid", "helped", "asked", "answered", "wept", "cried", "agreed", "refused", "testified", "described",
        "reported", "noted", "stayed", "returned", "settled", "swam", "walked", "bought", "sold", "ran", "served",
        "studied", "taught", "married",
    ]
)  # fmt: skip
NUMBER_WORDS: Final[Mapping[str, int]] = {
    word: i
    for i, word in enumerate(
        [
            "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
            "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
        ]
    )
}  # fmt: skip
TENS: Final[Mapping[str, int]] = {
    word: 10 * i
    for i, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)
} | {"fourty": 40}  # fmt: skip
LARGE_NUMBERS: Final = frozenset(
    ["hundred", "hundreds", "thousand", "thousands", "million", "millions", "billion", "dozen", "dozens", "half"]
)
TITLES: Final[Mapping[str, str]] = {
    "mr": "male", "mister": "male", "ms": "female", "mrs": "female", "miss": "female", "madam": "female", "dr": "",
    "uncle": "male", "aunt": "female", "comrade": "", "professor": "", "prof": "", "pastor": "", "reverend": "",
}  # fmt: skip
# Said of the world at large: adjectives of countries and faiths, and what the two Koreas are called.
GENERAL_CAPITALS: Final = frozenset(
    [
        "i", "i'm", "i've", "i'd", "i'll", "north", "south", "korea", "korean", "koreans", "chinese", "japanese",
        "russian", "russians", "american", "americans", "european", "europeans", "western", "asian",
        "asians", "southeast", "east", "west", "god",
        "internet", "english", "covid", "dprk", "rok", "prc", "usa", "ngo", "ngos", "tv",
    ]
)  # fmt: skip
_ALL_CAPITALS: Final = frozenset(["US", "UN", "UK", "EU", "U.S", "U.N", "U.K", "AM", "PM"])

_WORD = re.compile(r"[^\W_]+(?:'(?!s\b|S\b)[^\W_]+)*")
_BOUNDARY = re.compile(r"[.!?]+[\"')\]]*[ \t]+(?=[\"'(\[]*[A-Z0-9\u00c0-\uffff])|[ \t]*\n\s*")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Rev|St|Col|Gen|Lt|Sgt|Capt|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec"
    r"|vs|approx|ca|c|e\.g|i\.e|a\.m|p\.m|U\.S|U\.N|U\.K)|(?<![A-Za-z0-9])[A-Z])\.$"
)
_STARTS = re.compile(r"(?:^|[.!?:;][\"')\]]*\s+|\n\s*|[\"(\[]|(?<![\w,])'|(?:^|\s)[-\u2014*•] ?|\u2014)[\"'(\[]*$")
_ENDS_AS_TEXT = re.compile(r"[.!?:;,][\"')\]]*$")
_QUOTE = re.compile(r'"([^"\n]{2,}?)(?:"|$(?=\n))', re.M)
_MOST_HEADING_WORDS: Final = 20
# Words all in capitals, three together or a sentence of two: their capitals say nothing.
SHOUTED: Final = re.compile(
    r"\b(?:[A-Z]{2,}|[AI])(?:,? (?:[A-Z0-9']+|\d+)){2,}\b|(?:(?<=[.!?] )|(?<=\n)|^)[A-Z]{2,} [A-Z]{2,}(?=[.!?])", re.M
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word or number. ``first``: a capital means nothing here. ``joined``: a hyphen stands directly before it."""

    start: int
    end: int
    raw: str
    lower: str
    first: bool
    joined: bool

    @property
    def general(self) -> bool:
        """Whether it is said of the world at large: a country's adjective, "the South", "the UN"."""
        return self.lower in GENERAL_CAPITALS or self.raw in _ALL_CAPITALS

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.raw[0].isupper()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence of normalised text, the number of its paragraph, and whether it is a heading or a line alone."""

    start: int
    end: int
    paragraph: int
    heading: bool


@dataclass(frozen=True, slots=True)
class Page:
    """A text with its words, sentences, and passages in quotation marks (the marks included)."""

    text: str
    words: tuple[Word, ...]
    sentences: tuple[Sentence, ...]
    quotes: tuple[tuple[int, int], ...]
    starts: tuple[int, ...]

    def index_at(self, offset: int) -> int:
        """The number of the first word that begins at or after an offset."""
        return bisect_left(self.starts, offset)

    def words_in(self, start: int, end: int) -> tuple[Word, ...]:
        """The words that begin within a passage."""
        return self.words[self.index_at(start) : self.index_at(end)]


def read_page(text: str) -> Page:
    """Cut normalised English text into words, sentences and quotations."""
    sentences = tuple(_sentences(text))
    headings = [(s.start, s.end) for s in sentences if s.heading]
    shouted = [m.span() for m in SHOUTED.finditer(text) if len(m.group()) > len("A B C")]
    words = tuple(_words(text, sorted({*headings, *_outside(shouted, headings)})))
    quotes = tuple(m.span() for m in _QUOTE.finditer(text))
    return Page(text, words, sentences, quotes, tuple(w.start for w in words))


def _outside(spans: Iterable[tuple[int, int]], others: Collection[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    return (s for s in spans if not any(a < s[1] and s[0] < b for a, b in others))


def _words(text: str, headings: Collection[tuple[int, int]]) -> Iterator[Word]:
    spans = iter([*headings, (len(text) + 1, len(text) + 1)])
    start, end = next(spans)
    for match in _WORD.finditer(text):
        while match.start() >= end and start <= len(text):
            start, end = next(spans)
        raw = match.group()
        at = match.start()
        if at and raw in ("s", "S") and text[at - 1] == "'":
            continue
        first = start <= at < end
        if not first and raw[0].isupper():
            first = _STARTS.search(text, max(0, at - 8), at) is not None and not _after_abbreviation(text, at)
        yield Word(
            start=at, end=match.end(), raw=raw, lower=raw.lower(), first=first, joined=at > 0 and text[at - 1] == "-"
        )


def _after_abbreviation(text: str, at: int) -> bool:
    before = text[max(0, at - 8) : at].rstrip()
    match = _ABBREVIATION.search(before)
    return match is not None and not _starts_anew(text, at, match.group())


def _starts_anew(text: str, at: int, abbreviation: str) -> bool:
    """After a single letter ("named A. She fled") a function word in a capital begins a sentence all the same."""
    word = _WORD.match(text, at)
    return len(abbreviation) == 2 and word is not None and word.group().lower() in FUNCTION_WORDS


def _sentences(text: str) -> Iterator[Sentence]:
    start = paragraph = 0
    for match in [*_BOUNDARY.finditer(text), None]:
        if match is not None and "\n" not in match.group():
            stop = match.start() + 1
            abbreviation = _ABBREVIATION.search(text, max(0, stop - 9), stop)
            if abbreviation and not _starts_anew(text, match.end(), abbreviation.group()):
                continue
        end = match.start() if match and "\n" in match.group() else match.end() if match else len(text)
        if text[start:end].strip():
            yield Sentence(start=start, end=end, paragraph=paragraph, heading=_is_heading(text, start, end))
        if match is None:
            return
        start = match.end()
        if "\n" in match.group():
            paragraph += 1


def _is_heading(text: str, start: int, end: int) -> bool:
    """A line of its own without a mark at its end, short, most of whose longer words are capitals."""
    line = text[start:end].strip()
    if _ENDS_AS_TEXT.search(line) or (start > 0 and text[start - 1] != "\n"):
        return False
    words = _WORD.findall(line)
    long = [w for w in words if len(w) > 3 or w[0].isupper()]
    return 0 < len(words) <= _MOST_HEADING_WORDS and 2 * sum(w[0].isupper() for w in long) > len(long)


def into_sentences(page: Page, items: Iterable[Item], start: Callable[[Item], int]) -> list[list[Item]]:
    """Items sorted into the sentences of a text by where they begin, in the order in which they come."""
    begins = [s.start for s in page.sentences]
    found: list[list[Item]] = [[] for _ in begins]
    for item in items:
        at = bisect_right(begins, start(item)) - 1
        if at >= 0 and start(item) < page.sentences[at].end:
            found[at].append(item)
    return found


def number_of(word: str) -> int | None:
    """The number that one word says: digits, or a number word up to ninety; None for any other word."""
    if word.isascii() and word.isdigit() and len(word) < 7:
        return int(word)
    return NUMBER_WORDS.get(word, TENS.get(word))


def find_forms(page: Page, forms: Collection[str], *, fold: bool = False) -> tuple[tuple[int, int, str], ...]:
    """Where forms stand in a text, the longest at each word, without overlap: (start, end, the form).

    Parameters
    ----------
    page : Page
        The text.
    forms : collection of str
        Forms of one or more words; looked up, never compiled.
    fold : bool
        Whether the forms are in lower case and capitals of the text say nothing; else only a form all in capitals
        in the text is also looked up with capitals at the beginning of its words.
    """
    # The first letters of each form's first word, folded, tell most words apart before any slice is looked up.
    most: dict[str, int] = {}
    for form in forms:
        first = form[:3].lower()
        length = form.count(" ") + form.count("-") + 1
        if most.get(first, 0) < length:
            most[first] = length
    found: list[tuple[int, int, str]] = []
    index, words, text = 0, page.words, page.text
    while index < len(words):
        start = words[index].start
        longest = most.get(text[start : start + 3].lower(), 0)
        for last in range(min(len(words), index + longest) - 1, index - 1, -1):
            form_found = _known(text[start : words[last].end], forms, fold)
            if form_found is not None:
                found.append((start, words[last].end, form_found))
                index = last
                break
        index += 1
    return tuple(found)


def _known(said: str, forms: Collection[str], fold: bool) -> str | None:
    if fold:
        said = said.lower()
        return said if said in forms else None
    if said in forms:
        return said
    if said.isupper() and said.title() in forms:
        return said.title()
    # "the Ministry", "The Ministry": an article at the beginning of a sentence.
    lowered = said[:1].lower() + said[1:]
    return lowered if lowered in forms and " " in said else None
