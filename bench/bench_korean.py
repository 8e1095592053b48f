"""Korean sentences with particles attached: protected mentions found, and ordinary words left alone.

``korean/sentences.txt`` has a sentence a line, what is to be protected in braces. The first 54 lines are for looking
at; the rest was split off before anything was measured, and only its totals are looked at. All people are invented.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from measuring import record

from bearwitness.model.publication import Decisions
from bearwitness.model.records import Case, Household, Name, Person
from bearwitness.services.recorded_forms import find_recorded
from bearwitness.services.world import load_world
from bearwitness.text.reading import read_draft
from bearwitness.text.rules import find_rule

FILE = Path(__file__).with_name("korean") / "sentences.txt"
SHA256 = "fe0cc9dc0ddc10b3510db5438264276806e34fff7a0f6722df04c2c9c5034d8c"
LOOKED_AT = 54
NAMES = ["최은심", "최경호", "박련희", "리명철", "류순애", "림춘식", "량하늘", "김나라", "한보람", "전옥", "남궁혁", "황보사랑", "조이슬", "오진주", "강철", "로병국"]  # noqa: E501
DAY = date(2026, 1, 1)
MARK = re.compile(r"\{([^}]*)\}")


def the_record(names: Sequence[str] = NAMES) -> Case:
    """The names that the sentences speak of, each of a household of its own."""
    persons = tuple(
        Person(id=f"p{n}", household=f"h{n}", names=(Name(text=name),)) for n, name in enumerate(names, 1)
    )
    return Case(id="case", persons=persons, households=tuple(Household(id=p.household) for p in persons))


def plain(line: str) -> tuple[str, list[tuple[int, int]]]:
    """A sentence without its braces, and where the protected mentions are."""
    text, spans, at = "", [], 0
    for match in MARK.finditer(line):
        text += line[at : match.start()]
        spans.append((len(text), len(text) + len(match[1])))
        text += match[1]
        at = match.end()
    return text + line[at:], spans


def found_in(text: str, case: Case) -> tuple[bytearray, bytearray]:
    """What is found in a sentence by claim, name or doubt, and what of it is undecided."""
    reading = read_draft(text, world=load_world(), case=case, published=DAY)
    found, undecided = bytearray(len(text)), bytearray(len(text))
    spans = [s for c in reading.claims for s in c.spans] + [s for p in reading.personas for s in p.mentions]
    for span in (*spans, *(u.span for u in reading.unresolved), *find_recorded(text, case, Decisions())):
        found[span.start : span.end] = b"\x01" * (span.end - span.start)
    # Who is meant cannot be told by one sentence alone; that is no doubt about a word.
    words = [u for u in reading.unresolved if (rule := find_rule(u.why)) is None or rule[0].theme != "people"]
    for doubt in words:
        undecided[doubt.span.start : doubt.span.end] = b"\x01" * (doubt.span.end - doubt.span.start)
    return found, undecided


def measure(
    lines: Sequence[str], *, names: Sequence[str] = NAMES, show: bool = False
) -> tuple[float, float, float, int]:
    """Share of protected mentions found, share found with every letter, share of words undecided, number of mentions.

    A mention is found when a passage touches it: of "명철 동무" the name is, and the title need not be.
    """
    case = the_record(names)
    mentions = hits = wholes = words = in_doubt = 0
    for line in lines:
        text, spans = plain(line)
        found, undecided = found_in(text, case)
        for start, end in spans:
            whole = all(found[i] for i in range(start, end) if not text[i].isspace() and text[i] not in "'.")
            touched = 1 in found[start:end]
            mentions, hits, wholes = mentions + 1, hits + touched, wholes + whole
            if show and not touched:
                print("not found:", line)
        for word in re.finditer(r"\S+", text):
            if not any(a < word.end() and word.start() < b for a, b in spans):
                doubted = 1 in undecided[word.start() : word.end()]
                words, in_doubt = words + 1, in_doubt + doubted
                if show and doubted:
                    print("in doubt:", word.group(), "|", text)
    return hits / mentions, wholes / mentions, in_doubt / words, mentions


if __name__ == "__main__":
    content = FILE.read_bytes()
    if hashlib.sha256(content).hexdigest() != SHA256:
        raise SystemExit("the sentences are not those that were split off before tuning")
    lines = content.decode("utf-8").splitlines()
    found, whole, doubted, mentions = measure(lines[LOOKED_AT:])
    record(
        "korean_sentences",
        what=f"Korean, {len(lines) - LOOKED_AT} sentences split off before tuning: protected mentions found, ordinary"
        " words undecided",
        asked="at least 0.98, at most 5 %",
        measured=f"{found:.3f} of {mentions} ({whole:.3f} with every letter), {doubted:.1%}",
        reached=found >= 0.98 and doubted <= 0.05,
    )  # fmt: skip
