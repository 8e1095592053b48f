"""What in an English text looks like a name, place, date, number or occupation and is accounted for by nothing."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from bearwitness.text import rules_dates, rules_names, rules_numbers, rules_occupations, rules_places, rules_record
from bearwitness.text.date_atoms import DateMention
from bearwitness.text.english_allusions import find_allusions
from bearwitness.text.english_bodies import OFFICES, is_body, named_end, reference_spans, whole_body
from bearwitness.text.english_counted import counted_end
from bearwitness.text.english_known import is_known
from bearwitness.text.english_names import Names
from bearwitness.text.english_runs import Run
from bearwitness.text.english_traits import NARROWING, NATION, find_traits, narrowing_words
from bearwitness.text.english_values import Value, find_number_words
from bearwitness.text.english_words import FUNCTION_WORDS, PERSON_VERBS, TITLES, Page, Word
from bearwitness.text.scene import Doubt, Mention

NAME: Final = rules_names.NAME.why_en
CAPITAL: Final = rules_names.CAPITAL.why_en
PLACE: Final = rules_places.PLACE.why_en
DATE: Final = rules_dates.DATE.why_en
AGE: Final = rules_numbers.AGE.why_en
AMOUNT: Final = rules_numbers.AMOUNT.why_en
NUMBER: Final = rules_numbers.NUMBER.why_en
OCCUPATION: Final = rules_occupations.OCCUPATION.why_en
AFFILIATION: Final = rules_names.AFFILIATION.why_en
UNKNOWN: Final = rules_names.UNKNOWN_WORD.why_en
SEX: Final = rules_record.SEX.why_en

_TITLE_BEFORE: Final = re.compile(rf"\b(?:{'|'.join(TITLES)}|judge|justice|sir|lord|lady|st)\.? $", re.I)
# "Mr Lewis, lawyers practising there": work told of somebody named.
_OF_NAMED: Final = re.compile(r"[^\W\d_a-z][\w'.)-]*, (?:and |both |all |an? )?$")
_BELONGS: Final = re.compile(r"(?:,| of| from| at| for| with|, (?:of|from|at|with))(?: the)? $")
_ORDINAL: Final = re.compile(r"[0-9]+(?:st|nd|rd|th)|[0-9]+s")


class Covered:
    """Passages that something accounts for, asked by overlap; offsets are those of one text."""

    def __init__(self, length: int) -> None:
        self._marks = bytearray(length)

    def add(self, spans: Iterable[tuple[int, int]]) -> None:
        """Account for passages."""
        for start, end in spans:
            self._marks[start:end] = b"\x01" * (end - start)

    def touches(self, start: int, end: int) -> bool:
        """Whether any part of a passage is accounted for."""
        return b"\x01" in self._marks[start:end]

    def includes(self, start: int, end: int) -> bool:
        """Whether the whole passage is accounted for."""
        return b"\x00" not in self._marks[start:end]


def find_doubts(
    page: Page,
    covered: Covered,
    names: Names,
    values: Sequence[Value],
    dates: Sequence[DateMention],
    *,
    public_days: Collection[date],
    ordinary: Collection[str],
    terms: Collection[str] = (),
) -> tuple[Doubt, ...]:
    """Every passage that only an editor can account for, in order, without overlap.

    Parameters
    ----------
    page : Page
        The text.
    covered : Covered
        What is said of somebody, shows somebody, or may be printed.
    names : Names
        The names found; those that stand as "named" and those that are nobody's stay in doubt.
    values : sequence of Value
        Places, ages, sums and occupations found.
    dates : sequence of DateMention
        The dates found, also those that could not be resolved.
    public_days : collection of date
        Days of public events.
    ordinary : collection of str
        Ordinary words in lower case.
    terms : collection of str
        Further known words (parts of occupations and the like).
    """
    covered.add(reference_spans(page.text))
    covered.add(names.bodies)
    found = [
        *_named(page, names.mentions),
        *_affiliations(page, names),
        *_dates(page, covered, dates, public_days),
        *_values(page, covered, values),
        *(
            _doubt(page, a.start, a.end, a.why)
            for a in (*find_allusions(page.text), *find_traits(page.text, ordinary))
            # That somebody left is a claim; for which country is none.
            if a.why == NATION or not covered.touches(a.start, a.end)
        ),
        *_runs(page, covered, names.others, ordinary),
        *_narrowing(page, covered, values),
    ]
    covered.add((d.start, d.end) for d in found)
    numbers = [
        _doubt(page, a, counted_end(page, b), NUMBER)
        for a, b in find_number_words(page)
        if not covered.touches(a, b)
    ]
    covered.add((d.start, d.end) for d in numbers)
    found += numbers
    found += _words(page, covered, ordinary, terms)
    kept: list[Doubt] = []
    for doubt in sorted(found, key=lambda d: (d.start, -d.end)):
        if not kept or doubt.start >= kept[-1].end:
            kept.append(doubt)
    return tuple(kept)


def plain_form(written: str) -> str:
    """A passage in its plainest form: single spaces, no possessive, no article."""
    return re.sub(r"'s?$", "", re.sub(r"^(?:[Tt]he|[Aa]n?) ", "", " ".join(written.split())))


def _doubt(page: Page, start: int, end: int, why: str) -> Doubt:
    return Doubt(start=start, end=end, form=plain_form(page.text[start:end]), why=why)


def _runs(page: Page, covered: Covered, runs: Sequence[Run], ordinary: Collection[str]) -> Iterator[Doubt]:
    """Names that are nobody's; a short form in brackets after a name ("(HRF)") is decided together with it."""
    short: dict[str, str] = {}
    before: Run | None = None
    for run in runs:
        written = page.text[run.start : run.end]
        if before is not None and page.text[before.end : run.start] in (" (", ", ") and written.isupper():
            short[written] = plain_form(page.text[before.start : before.end])
        before = run
        if _ordinary_run(run, ordinary) or covered.touches(run.start, run.end):
            continue
        doubt = _doubt(page, run.start, named_end(page, run.words), NAME if len(run.words) > 1 else CAPITAL)
        yield replace(doubt, form=short[written]) if written in short else doubt


def _named(page: Page, mentions: Sequence[Mention]) -> Iterator[Doubt]:
    """Full names nobody recorded, each with its title, which tells a sex or a calling."""
    for mention in mentions:
        if mention.stands_as == "named":
            title = _TITLE_BEFORE.search(page.text, max(0, mention.start - 12), mention.start)
            start = title.start() if title else mention.start
            yield Doubt(start=start, end=mention.end, form=mention.full, why=NAME)


def _affiliations(page: Page, names: Names) -> Iterator[Doubt]:
    """The body that somebody named belongs to: "Mr Lewis, of the Ministry of Justice"."""
    ends = {m.end: m.full or m.label for m in names.mentions if m.stands_as == "named"}
    ends |= {r.end: plain_form(page.text[r.start : r.end]) for r in names.others}
    for start, end in names.bodies:
        before = _BELONGS.search(page.text, max(0, start - 24), start)
        if before is not None and before.start() in ends:
            yield Doubt(start=start, end=whole_body(page, end), form=ends[before.start()], why=AFFILIATION)


def _dates(
    page: Page, covered: Covered, dates: Sequence[DateMention], public_days: Collection[date]
) -> Iterator[Doubt]:
    by_day = {(d.month, d.day) for d in public_days}
    for mention in dates:
        if covered.includes(mention.start, mention.end) or _is_public(page, mention, public_days, by_day):
            covered.add([(mention.start, mention.end)])
            continue
        if (
            mention.level is None
            and not re.search(
                r"\d|January|February|March|April|May|June|July|August|September|October|November"
                r"|December|day\b",
                mention.quote,
            )
            and _is_vague(mention.quote)
        ):
            continue
        yield _doubt(page, mention.start, mention.end, mention.why if mention.days is None and mention.why else DATE)


def _is_vague(quote: str) -> bool:
    """Relative wording that tells no day: "last year", "years later", "the next day" of a day that is not said."""
    return re.search(r"\b(?:several|many|some|few|couple|years|months|today|recent)\b", quote.lower()) is not None


def _is_public(page: Page, mention: DateMention, days: Collection[date], by_day: Collection[tuple[int, int]]) -> bool:
    if mention.days is None or mention.level != "day" or len(mention.days.spans) != 1:
        return False
    first, last = mention.days.spans[0]
    day = date.fromordinal(first)
    if first != last:
        return False
    said_year = re.search(r"\b\d{4}\b", page.text[mention.start : mention.end]) is not None
    return day in days if said_year else (day.month, day.day) in by_day


_WHY: Final = {"home": PLACE, "birth": AGE, "amount": AMOUNT, "occupation": OCCUPATION}


def _values(page: Page, covered: Covered, values: Sequence[Value]) -> Iterator[Doubt]:
    for value in values:
        if covered.touches(value.start, value.end):
            continue
        if value.what == "occupation" and not (_is_of_named(page, value) or _in_doubt(page, value)):
            continue
        yield _doubt(page, value.start, value.end, _WHY[value.what])


def _narrowing(page: Page, covered: Covered, values: Sequence[Value]) -> Iterator[Doubt]:
    """Words before an occupation that make it one of few."""
    for value in values:
        span = narrowing_words(page.text, value.start) if value.what == "occupation" else None
        if span is not None and not covered.touches(*span):
            yield _doubt(page, *span, NARROWING)


# Whoever acts for the state, and people in general, are nobody who could be found.
_OFFICE: Final = re.compile(
    r"\b(?:officers?|officials?|agents?|guards?|police(?:m[ae]n)?|soldiers?|leader|president|minister|journalists?"
    r"|reporters?|prosecutors?|inspectors?|investigators?|editors?|authors?)\b"
)


def _is_of_named(page: Page, value: Value) -> bool:
    """Whether an occupation stands beside a name: "Mr Lewis, a lawyer"; "the nurse Ho"."""
    before = page.text[max(0, value.start - 30) : value.start]
    after = page.text[value.end : value.end + 3]
    return _OF_NAMED.search(before) is not None or re.match(r" [A-Z][a-z]", after) is not None


def _in_doubt(page: Page, value: Value) -> bool:
    """Whether an occupation is one person's: in the singular, with an article, and no office of the state."""
    form = value.form.lower()
    if _OFFICE.search(form) or (form.endswith("s") and not form.endswith("ss")) or form.endswith("men"):
        return False
    index = page.index_at(value.end)
    after = page.words[index] if index < len(page.words) else None
    if (
        after is not None
        and page.text[value.end : after.start] == " "
        and after.lower not in FUNCTION_WORDS | PERSON_VERBS
        and not after.lower.endswith(("ing", "ed"))
    ):
        # "A general offence": a word before a noun that it describes.
        return False
    before = page.text[max(0, value.start - 25) : value.start]
    return re.search(r"\b(?:an?|the|former|one|another) (?:[a-z]+ )?$", before) is not None


def _ordinary_run(run: Run, ordinary: Collection[str]) -> bool:
    return all(w.first and w.lower in ordinary for w in run.words)


def _words(page: Page, covered: Covered, ordinary: Collection[str], terms: Collection[str]) -> Iterator[Doubt]:
    """Capitals inside sentences, and words that no list knows."""
    for word in page.words:
        if covered.touches(word.start, word.end):
            continue
        lower = word.lower
        if word.general or (lower in TITLES and word.capital) or _ORDINAL.fullmatch(lower):
            if _ORDINAL.fullmatch(lower) and lower[0].isdigit():
                yield _doubt(page, word.start, word.end, NUMBER)
            continue
        if lower in ordinary and _is_shouted(page, word):
            continue
        if is_body(page, (word,)) and word.capital:
            continue
        if word.capital and (not word.first or _is_acronym(page, word)):
            end = whole_body(page, word.end) if word.lower in OFFICES else word.end
            yield _doubt(page, word.start, end, CAPITAL)
        elif not is_known(lower, ordinary) and lower not in terms and not _is_fragment(page, word):
            yield _doubt(page, word.start, word.end, CAPITAL if word.capital else UNKNOWN)


def _is_shouted(page: Page, word: Word) -> bool:
    """Whether a word stands among others that are all in capitals, so that its own say nothing."""
    index = page.index_at(word.start)
    near = [page.words[i].raw for i in (index - 1, index + 1) if 0 <= i < len(page.words)]
    return word.raw.isupper() and any(len(raw) > 1 and raw.isupper() for raw in near)


def _is_acronym(page: Page, word: Word) -> bool:
    """Whether a word in capitals alone opens a bracket or a quotation: ("EAT") is no meal."""
    return len(word.raw) > 1 and word.raw.isupper() and page.text[max(0, word.start - 1) : word.start] in ('"', "(")


def _is_fragment(page: Page, word: Word) -> bool:
    return len(word.raw) == 1 and page.text[max(0, word.start - 1) : word.start] == "'"
