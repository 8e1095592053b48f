"""Court cases with marked mentions, and how much of them a redaction takes out.

Data: Text Anonymization Benchmark (Pilan and others 2022, MIT licence), with what can be inferred of each person in
it (SPIA, 2026). The file is looked for in ``shared/data/tab`` beside the project, or where BEARWITNESS_COURT_CASES
says; it is not part of the project. Measures as the benchmark's own script has them: an entity counts when every word
of all of its mentions is taken out; titles and words of closed classes are not counted; of the words taken out the
share that is marked is the precision.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bearwitness.text.particles import word_set

PLACE = Path(__file__).resolve().parents[2] / "shared" / "data" / "tab" / "court-cases.jsonl"
WORD = re.compile(r"\w+")
# Titles, and prepositions, conjunctions, determiners and particles: the benchmark's script leaves them out.
NOT_COUNTED = word_set(
    "mr mrs ms no nr about s in of at by for from to on with as under over after before during between into within"
    " without against through until since near per and or but nor both either the a an this that these those its his"
    " her their my our your some any each every all another not around approximately"
)
Document = dict[str, Any]
Spans = Iterable[tuple[int, int]]


def find_file() -> Path | None:
    """Where the data lie; None where they are not at hand."""
    place = Path(os.environ.get("BEARWITNESS_COURT_CASES", PLACE))
    return place if place.exists() else None


def read_cases(place: Path, split: str) -> list[Document]:
    """The documents of one part ("train" or "dev")."""
    lines = place.read_text(encoding="utf-8").splitlines()
    return [d for d in map(json.loads, lines) if d["split"] == split]


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """What a redaction of several documents took out."""

    entities: Counter[str]
    whole: Counter[str]
    words: int
    marked_words: int

    def recall(self, kind: str) -> float:
        """Share of the entities of a kind (DIRECT, QUASI) that were taken out whole."""
        return self.whole[kind] / self.entities[kind]

    @property
    def precision(self) -> float:
        """Share of the words taken out that are marked."""
        return self.marked_words / self.words


def covered(text: str, spans: Spans) -> bytearray:
    """One byte for each character of a text: 1 where a span covers it."""
    marks = bytearray(len(text))
    for start, end in spans:
        marks[start:end] = b"\x01" * (min(end, len(text)) - start)
    return marks


def entities_of(case: Document) -> dict[tuple[str, str], list[Document]]:
    """The marked mentions by entity and kind, those of NO_MASK left out."""
    found: dict[tuple[str, str], list[Document]] = defaultdict(list)
    for mention in case["mentions"]:
        if mention["identifier_type"] != "NO_MASK":
            found[mention["entity_id"], mention["identifier_type"]].append(mention)
    return found


def score(cases: Sequence[Document], redact: Callable[[Document], Spans]) -> Score:
    """How much of the marked mentions a redaction takes out, and of what it takes out how much is marked."""
    entities: Counter[str] = Counter()
    whole: Counter[str] = Counter()
    words = marked = 0
    for case in cases:
        text = case["text"]
        taken = covered(text, redact(case))
        gold = entities_of(case)
        for (_, kind), mentions in gold.items():
            entities[kind] += 1
            whole[kind] += all(
                0 not in taken[a:b] for m in mentions for a, b in counted(text, m["start_offset"], m["end_offset"])
            )
        wanted = covered(text, ((m["start_offset"], m["end_offset"]) for ms in gold.values() for m in ms))
        for start, end in counted(text, 0, len(text)):
            if 1 in taken[start:end]:
                words += 1
                marked += 1 in wanted[start:end]
    return Score(entities=entities, whole=whole, words=words, marked_words=marked)


def counted(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The words of a passage that count."""
    for word in WORD.finditer(text, start, end):
        if word.group().lower() not in NOT_COUNTED:
            yield word.span()
