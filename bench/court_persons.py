"""Of what can be inferred of each person in a court case, how much is found as a claim or undecided.

The data name attributes ("OCCUPATION: lawyer"), not the words they are inferred from. The words are looked for here in
the paragraphs that show the person. Where at least half of an attribute's words stand there, it counts as found when a
passage with one of them is a claim or undecided. Where they do not stand there (an age from a date of birth, a degree
from a profession, a sex from "Mr"), it counts when the name or the description of the person itself is a claim or
undecided: nobody can be inferred about who is not shown. A surname alone stands for the person.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from court_cases import Document, Spans, covered

from bearwitness.text.particles import word_set

CERTAIN = 3
_STOP = word_set(
    "the a an of and in for with to by who was is at from on his her as or not person level degree male female mr mrs"
    " ms applicant's"
)
# How texts name these countries' people, where the data name the country.
_PEOPLE = {
    "türkiye": ("Turkey", "Turkish"), "united kingdom": ("British", "Britain", "England"), "sweden": ("Swedish",),
    "poland": ("Polish",), "germany": ("German",), "austria": ("Austrian",), "norway": ("Norwegian",),
    "france": ("French",), "united states of america": ("American",),
}  # fmt: skip


def count_found(cases: Sequence[Document], found_in: Callable[[Document], Spans]) -> Counter[str]:
    """How many attributes of certainty 3 and more there are ("all"), and are found: "stated", "inferred".

    ``stated_all`` are those stated whose words are found wherever they stand near the person.
    """
    tally: Counter[str] = Counter()
    for case in cases:
        text = case["text"]
        marks = covered(text, found_in(case))
        for subject in case["subjects"]:
            shown = list(_places(text, _words(re.split(r" - | – ", subject["description"])[0])))
            near = [p for p in re.finditer(r"[^\n]+", text) if any(p.start() <= a < p.end() for a, _ in shown)]
            decided = any(0 not in marks[a:b] for a, b in shown)
            for attribute in subject["attributes"]:
                if attribute["certainty"] >= CERTAIN:
                    tally["all"] += 1
                    stated = list(_stated(text, attribute, near))
                    if not stated:
                        tally["inferred"] += decided
                        tally["not_stated"] += 1
                        continue
                    hits = [0 not in marks[a:b] for a, b in stated]
                    tally["stated"] += any(hits)
                    tally["stated_all"] += all(hits)
    return tally


def _stated(text: str, attribute: Document, near: Sequence[re.Match[str]]) -> Iterator[tuple[int, int]]:
    """Where the words of an attribute stand near the person, if at least half of them do."""
    if attribute["tag"] == "SEX":
        return
    words = _words(attribute["keyword"])
    places = [p for p in _places(text, words) if any(m.start() <= p[0] < m.end() for m in near)]
    said = {text[a:b].casefold() for a, b in places}
    if 2 * sum(any(s.startswith(w.casefold()) for s in said) for w in words) >= len(words):
        yield from places
    people = [w for part in re.split(r"[/,]", attribute["keyword"]) for w in _PEOPLE.get(part.strip().casefold(), ())]
    yield from (p for p in _places(text, people) if any(m.start() <= p[0] < m.end() for m in near))


def _words(said: str) -> list[str]:
    """The words of a keyword or description that tell something; initials count."""
    found = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", said)
    return [w for w in found if w.casefold() not in _STOP and (len(w) > 2 or w.isupper())]


def _places(text: str, words: Sequence[str]) -> Iterator[tuple[int, int]]:
    for word in words:
        # A single letter is a name only in its own capital.
        flags = re.NOFLAG if len(word) < 3 else re.IGNORECASE
        for match in re.finditer(rf"(?<!\w){re.escape(word)}\w{{0,3}}(?!\w)", text, flags):
            yield match.span()
