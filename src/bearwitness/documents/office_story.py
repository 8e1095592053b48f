"""Builds what a reader sees out of an office document, and keeps apart what he does not see."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from bearwitness.documents.content import Block, Hidden, HiddenKind, Paragraph, ParagraphKind, Picture, Run, Table

EMPTY_CELL = (Paragraph(runs=()),)
# Text that comes run by run.
_BY_PIECES = ("hidden_text",)


@dataclass(slots=True, kw_only=True)
class Sink:
    """Where text goes while something is read that is not shown, or shown and marked; ``label`` comes before it."""

    kind: HiddenKind
    where: str
    conceals: bool
    label: str = ""
    pieces: list[str] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Line:
    """A paragraph in the making; ``floats`` are pictures and text boxes anchored in it."""

    runs: list[Run] = field(default_factory=list)
    floats: list[Block] = field(default_factory=list)

    def add(self, text: str, *, bold: bool = False, italic: bool = False, link: str = "") -> None:
        """Put text at the end, into the last run where it looks the same."""
        if not text:
            return
        last = self.runs[-1] if self.runs else None
        if last and not last.note and (last.bold, last.italic, last.link) == (bold, italic, link):
            self.runs[-1] = Run(text=last.text + text, bold=bold, italic=italic, link=link)
        else:
            self.runs.append(Run(text=text, bold=bold, italic=italic, link=link))

    def add_note(self, note: str) -> None:
        """Let the note stand after the last run."""
        last = self.runs[-1] if self.runs else None
        if last is None or last.note:
            self.runs.append(Run(text="", note=note))
        else:
            self.runs[-1] = Run(text=last.text, bold=last.bold, italic=last.italic, link=last.link, note=note)

    def close(self, kind: ParagraphKind = "paragraph", level: int = 0, *, ordered: bool = False) -> list[Block]:
        """The paragraph, if anything is in it, and what is anchored in it after it."""
        is_empty = not any(run.text.strip() or run.note for run in self.runs)
        # Code is one look.
        made = [] if is_empty else [Paragraph(runs=tuple(self.runs), kind=kind, level=level, ordered=ordered)]
        return [*made, *self.floats]


@dataclass(slots=True, kw_only=True)
class Findings:
    """What is hidden in a file, as far as it has been read."""

    hidden: list[Hidden] = field(default_factory=list)
    sinks: list[Sink] = field(default_factory=list)

    @property
    def concealed(self) -> bool:
        """Whether what is being read is not shown."""
        return any(sink.conceals for sink in self.sinks)

    def report(self, kind: HiddenKind, where: str, text: str = "") -> None:
        """Note something hidden."""
        self.hidden.append(Hidden(kind=kind, where=where, text=text))

    def report_if(self, kind: HiddenKind, where: str, text: str) -> None:
        """Note something hidden if it says anything."""
        if text.strip():
            self.report(kind, where, text)

    def merged(self) -> tuple[Hidden, ...]:
        """What was found, with neighbours of one sort and place as one."""
        found: list[Hidden] = []
        for entry in self.hidden:
            last = found[-1] if found else None
            if last and entry.kind in _BY_PIECES and (last.kind, last.where) == (entry.kind, entry.where):
                found[-1] = Hidden(kind=entry.kind, where=entry.where, text=last.text + entry.text)
            else:
                found.append(entry)
        return tuple(found)

    def see(self, text: str) -> bool:
        """Whether text is shown; it goes into what is open at this place, shown or not."""
        if self.concealed:
            next(s for s in reversed(self.sinks) if s.conceals).pieces.append(text)
            return False
        for sink in self.sinks:
            sink.pieces.append(text)
        return True

    def see_end(self) -> None:
        """A paragraph ends."""
        for sink in self.sinks:
            if sink.pieces and not sink.pieces[-1].endswith("\n"):
                sink.pieces.append("\n")

    @contextmanager
    def aside(
        self, kind: HiddenKind, where: str, *, conceals: bool = True, label: str = "", always: bool = False
    ) -> Iterator[None]:
        """While something is read that is to be reported; ``always`` where it is to be reported without text too."""
        sink = Sink(kind=kind, where=where, conceals=conceals, label=label)
        self.sinks.append(sink)
        try:
            yield
        finally:
            # A tracked change may have begun meanwhile, and not ended.
            self.sinks = [s for s in self.sinks if s is not sink]
        text = "".join(sink.pieces).strip("\n")
        if always or text.strip() or label.strip():
            self.report(kind, where, "\n".join(filter(None, (label, text))))


def as_paragraphs(blocks: Sequence[Block]) -> tuple[Paragraph, ...]:
    """Blocks as the paragraphs of a cell, a note or a margin: tables cell by cell, pictures left out."""
    found: list[Paragraph] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            found.append(block)
        elif isinstance(block, Table):
            found += (p for row in block.rows for cell in row for p in cell if p.runs)
    return tuple(found)


def without_gap(paragraphs: tuple[Paragraph, ...]) -> tuple[Paragraph, ...]:
    """A note without what parts its number from its text."""
    if not paragraphs or not paragraphs[0].runs:
        return paragraphs
    first, *others = paragraphs[0].runs
    kept = replace(first, text=first.text.lstrip(" \t\u00a0"))
    runs = (kept, *others) if kept.text or kept.note else tuple(others)
    return (replace(paragraphs[0], runs=runs), *paragraphs[1:])


def has_text(blocks: Sequence[Block]) -> bool:
    """Whether there is anything to read or to look at."""
    return any(isinstance(block, Picture | Table) or block.runs for block in blocks)
