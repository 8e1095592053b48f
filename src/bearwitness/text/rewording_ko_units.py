"""The sentences of a Korean draft as they are reworded, and the edits that put the new ones in their place."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bearwitness.model.assessment import Edit
from bearwitness.model.claims import Reading
from bearwitness.text.korean_sentences import find_quotations, split_sentences
from bearwitness.text.normalise import Normalised
from bearwitness.text.rewording_ko_patches import Patch
from bearwitness.text.rewording_ko_sentence import Part

Span = tuple[int, int]


@dataclass(slots=True)
class Unit:
    """A sentence, or a quotation with all the sentences in it and the one that says who speaks."""

    start: int
    end: int
    line: int
    parts: list[Part] = field(default_factory=list)
    how: str = "patch"
    patches: tuple[Patch, ...] = ()
    resolved: list[tuple[int, int, str]] = field(default_factory=list)


def units_of(text: str) -> list[Unit]:
    """The sentences of normalised text; a quotation is one with all in it and with who spoke it."""
    quotations = find_quotations(text)
    units: list[Unit] = []
    for sentence in split_sentences(text):
        end = sentence.start + len(text[sentence.start : sentence.end].rstrip())
        end = _with_stop(text, end)
        before = units[-1] if units and units[-1].line == sentence.paragraph else None
        if before and _belong(text, quotations, before, sentence.start):
            before.end = end
        else:
            units.append(Unit(start=sentence.start, end=end, line=sentence.paragraph))
    return units


def _with_stop(text: str, end: int) -> int:
    while end < len(text) and text[end] in ".!?\"')":
        end += 1
    return end


def _belong(text: str, quotations: Iterable[Span], before: Unit, start: int) -> bool:
    """Whether a sentence cannot be without the one before it: one quotation, or who spoke it."""
    for a, b in quotations:
        if a < start < b and before.end > a:
            return True
        if before.start < b <= start and not text[b:start].strip() and not _speaks_before(text, before, a):
            return True
    return False


def _speaks_before(text: str, before: Unit, quotation: int) -> bool:
    return bool(text[before.start : quotation].strip())


def as_edits(normal: Normalised, units: Sequence[Unit], written: Sequence[str]) -> list[Edit]:
    """The edits of a draft, with offsets of the original.

    Parameters
    ----------
    normal : Normalised
        The draft and its normalised text.
    units : sequence of Unit
        Its sentences, with what was settled for each.
    written : sequence of str
        What each becomes; empty for one that goes. A paragraph of which nothing is left goes with its line.
    """
    text = normal.text
    found: list[tuple[int, int, str]] = []
    lines: dict[int, list[int]] = {}
    for index, unit in enumerate(units):
        lines.setdefault(unit.line, []).append(index)
    for members in lines.values():
        gone = [i for i in members if not written[i]]
        if len(gone) == len(members):
            found.append((*_whole_line(text, units[members[0]].start, units[members[-1]].end), ""))
            continue
        for i in members:
            unit = units[i]
            if not written[i]:
                start, end = unit.start, unit.end
                after = [j for j in members if j > i]
                if after:
                    end = units[i + 1].start
                else:
                    start = units[i - 1].end
                found.append((start, end, ""))
            elif unit.how == "compose":
                found.append((unit.start, unit.end, written[i]))
            elif unit.patches:
                found += unit.resolved
    return [_edit(normal, *f) for f in sorted(found)]


def _edit(normal: Normalised, start: int, end: int, instead: str) -> Edit:
    first, last = normal.original_span(start, end)
    return Edit(start=first, end=last, instead=instead)


def _whole_line(text: str, start: int, end: int) -> Span:
    """A paragraph with the line break after it, or before it where it is the last; one blank line goes with it."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    if last < 0:
        while first > 0 and text[first - 1] == "\n":
            first -= 1
        return first, len(text)
    last += 1
    if text.startswith("\n", last) and (first == 0 or text[:first].endswith("\n\n")):
        last += 1
    return first, last


def positions(normal: Normalised, reading: Reading) -> Mapping[Span, Span]:
    """Where the passages of the draft stand in normalised text."""
    starts, ends = list(normal.starts), list(normal.ends)
    found: dict[Span, Span] = {}
    spans = [s for c in reading.claims for s in c.spans] + [s for p in reading.personas for s in p.mentions]
    for span in spans:
        first = bisect_left(starts, span.start)
        if first < len(starts) and starts[first] > span.start and first and ends[first - 1] > span.start:
            first -= 1
        last = bisect_right(ends, span.end)
        found[span.start, span.end] = (first, max(last, first))
    return found
