"""Where reading a page has got to: what is passed down from element to element, and the paragraph in the making."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any, Final

from bearwitness.documents.content import Block, HiddenKind, Note, Paragraph, ParagraphKind, Picture, Run
from bearwitness.documents.html_findings import Findings
from bearwitness.documents.html_lines import Piece, joined, runs_of
from bearwitness.documents.html_looks import Look

UNSEEN: Final[HiddenKind] = "hidden_text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What holds where an element stands; ``item`` is the ``id()`` of the list item it is in, ``depth`` of its list."""

    look: Look = field(default_factory=Look)
    kind: ParagraphKind = "paragraph"
    level: int = 0
    ordered: bool = False
    depth: int = -1
    item: int = 0
    link: str = ""
    unseen: tuple[HiddenKind, str] | None = None
    in_margin: bool = False


@dataclass(slots=True, kw_only=True)
class Story:
    """A page that is being read.

    ``blocks`` is where the paragraph in the making will go. ``read`` are the texts that were met, by the element's
    ``id()`` and whether they stand behind it.
    """

    findings: Findings
    styles: Mapping[int, Mapping[str, str]]
    notes: dict[str, int]
    told_notes: dict[int, Note] = field(default_factory=dict)
    blocks: list[Block] = field(default_factory=list)
    margins: list[Block] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    floats: list[Picture] = field(default_factory=list)
    now: Context = field(default_factory=Context)
    read: set[tuple[int, bool]] = field(default_factory=set)
    last_item: int = 0
    doubtful: int = 0

    def say(self, owner: Any, context: Context, *, behind: bool = False) -> None:
        """Take an element's own text, or the text behind it, into the paragraph."""
        text = owner.tail if behind else owner.text
        if not text:
            return
        self.read.add((id(owner), behind))
        self.findings.known.append(text)
        look = context.look
        unseen = context.unseen
        if unseen is None and look.is_unseen:
            unseen = (UNSEEN, "")
        self.put(
            Piece(
                text=text, bold=look.bold, italic=look.italic, link=context.link, white=look.white,
                unseen=unseen and (unseen[0], unseen[1] or f"behind {self.findings.place(owner)}" if behind
                                   else unseen[1] or self.findings.place(owner)),
            ),
            context,
        )  # fmt: skip

    def put(self, piece: Piece, context: Context) -> None:
        """Put a piece at the end of the paragraph, which is of the kind that its first piece asks for."""
        if not any(p.text.strip() or p.note for p in self.pieces):
            self.now = context
        self.pieces.append(piece)

    def close(self) -> None:
        """End the paragraph."""
        pieces, self.pieces = self.pieces, []
        runs = runs_of([p for p in pieces if not p.unseen])
        self._tell_unseen(pieces, is_mixed=bool(runs))
        if any(run.text.strip() or run.note for run in runs):
            self._end(runs, self.now)
        for picture in self.floats:
            self.blocks.append(picture)
        self.floats = []

    def _tell_unseen(self, pieces: Sequence[Piece], *, is_mixed: bool) -> None:
        """Tell what of a paragraph is not shown; who reads it without its styles reads it as one with the rest."""
        for kind in dict.fromkeys(piece.unseen[0] for piece in pieces if piece.unseen and piece.text.strip()):
            parts: list[Piece] = []
            for hides, group in groupby(pieces, key=lambda p: (p.unseen or ("",))[0] == kind):
                # What is shown between parts two words.
                parts += group if hides else [Piece(text=" ")]
            where = next(p.unseen[1] for p in parts if p.unseen and p.text.strip())
            said, whole = _text_of(parts), _text_of(pieces)
            self.findings.add(kind, where, said)
            if is_mixed and said != whole:
                self.findings.add(kind, f"{where}, with what stands around it", whole)

    def _end(self, runs: tuple[Run, ...], context: Context) -> None:
        is_item = context.kind == "list_item"
        last = self.blocks[-1] if self.blocks else None
        if is_item and context.item == self.last_item and isinstance(last, Paragraph) and last.kind == "list_item":
            # A second paragraph of one item: an item of its own would be counted.
            self.blocks[-1] = replace(last, runs=joined(last.runs, joined([Run(text="\n")], runs)))
            return
        self.last_item = context.item if is_item else 0
        self.blocks.append(Paragraph(runs=runs, kind=context.kind, level=context.level, ordered=context.ordered))

    @contextmanager
    def aside(self) -> Iterator[list[Block]]:
        """While blocks are read that go elsewhere than into the page's body: a cell, a note, a margin."""
        self.close()
        outer, last_item = self.blocks, self.last_item
        self.blocks, self.last_item = [], 0
        try:
            yield self.blocks
            self.close()
        finally:
            self.blocks, self.last_item = outer, last_item


def _text_of(pieces: Sequence[Piece]) -> str:
    return "".join(run.text for run in runs_of(pieces))
