"""Random documents for round trips: headings, lists, tables, notes, in Korean, English and from right to left.

All of it is canonical: no empty runs, no two runs side by side of one look, notes numbered in the order they are named,
lists that go one level deeper at a time. What a format cannot hold can be left out by an argument.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from bearwitness.documents.content import Block, Document, Note, Paragraph, ParagraphKind, Run, Table

ALL_KINDS: tuple[ParagraphKind, ...] = ("paragraph", "heading", "list_item", "quote", "code", "caption")
LINKS = ("https://example.org/a?b=1&c=2", "http://example.com/", "mailto:desk@example.org")
WORDS = (
    "the", "river", "Monday", "blue", "a", "1988", "12", "O'Neill", "re-read", "café", "Ŭn", "3,5", "(so)", "end.", "x*y",  # noqa: E501
    "_so_", "<b>", "&amp;", "a|b", "#", "1.", "-", "+", "[x]", "`q`", "\\", "\"said\"", "“said”", "50 %".replace(" ", ""),  # noqa: E501
    "강가에서", "은행나무가", "사흘", "뒤에", "련상동", "집을", "떠났다.", "北", "平壤", "소년은", "말했다,", "여름",
    "שלום", "נהר", "مرحبا", "نهر", "كتاب", "Привет", "ひらがな", "𠮷", "😀", "e\u0301", "각".encode().decode(),
)  # fmt: skip


@st.composite
def _texts(draw: Any, *, most: int, spaces: bool, tabs: bool, breaks: bool) -> str:
    between = st.sampled_from([" "] * 6 + (["  ", "\u00a0"] if spaces else []) + (["\t"] if tabs else [])
                              + (["\n"] if breaks else []))  # fmt: skip
    words = draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=most))
    parts = [words[0]]
    for word in words[1:]:
        parts += [draw(between), word]
    return "".join(parts)


def _joined(pieces: Sequence[Run]) -> tuple[Run, ...]:
    """Words with a space between: the space belongs to a run without any look, as nobody marks up a space."""
    runs: list[Run] = []
    for piece in pieces:
        for run in ([Run(text=" ")] if runs else []) + [piece]:
            last = runs[-1] if runs else None
            if last and not last.note and (last.bold, last.italic, last.link) == (run.bold, run.italic, run.link):
                runs[-1] = Run(text=last.text + run.text, bold=run.bold, italic=run.italic, link=run.link, note=run.note)  # noqa: E501
            else:
                runs.append(run)
    return tuple(runs)


@st.composite
def _paragraphs(draw: Any, made: dict[str, Any], kind: ParagraphKind = "paragraph", *, level: int = 0,
                ordered: bool = False, most: int = 6, notes: list[str] | None = None) -> Paragraph:  # fmt: skip
    breaks = made["breaks"] and kind not in ("heading", "caption")
    words = _texts(most=most, spaces=made["spaces"], tabs=made["tabs"], breaks=breaks)
    if kind == "code":
        return Paragraph(runs=(Run(text=draw(words)),), kind=kind)
    pieces = []
    for _ in range(draw(st.integers(1, 3))):
        look = draw(st.sampled_from(["", "", "", "b", "i", "bi", "link"]))
        link = draw(st.sampled_from(LINKS)) if look == "link" and made["links"] else ""
        note = ""
        if notes is not None and kind != "heading" and not draw(st.integers(0, 5)):
            note = str(len(notes) + 1)
            notes.append(note)
        pieces.append(Run(text=draw(words), bold="b" in look, italic="i" in look and look != "link", link=link, note=note))  # noqa: E501
    return Paragraph(runs=_joined(pieces), kind=kind, level=level, ordered=ordered)


@st.composite
def _tables(draw: Any, made: dict[str, Any], notes: list[str] | None) -> Table:
    width, height = draw(st.integers(1, 3)), draw(st.integers(1, 3))
    inside = made | ({"breaks": False} if made["simple_tables"] else {})
    most = 1 if made["simple_tables"] else 2

    def cell() -> tuple[Paragraph, ...]:
        if not draw(st.integers(0, 4)):
            return (Paragraph(runs=()),)
        return tuple(draw(_paragraphs(inside, most=3, notes=notes)) for _ in range(draw(st.integers(1, most))))

    rows = tuple(tuple(cell() for _ in range(width)) for _ in range(height))
    heads = 1 if made["simple_tables"] else draw(st.integers(0, min(2, height)))
    return Table(rows=rows, header_rows=heads)


@st.composite
def _lists(draw: Any, made: dict[str, Any], notes: list[str] | None) -> list[Block]:
    items: list[Block] = []
    level = 0
    ordered = {}
    for at in range(draw(st.integers(1, 4))):
        level = draw(st.integers(0, min(level + 1, 3))) if at else 0
        ordered = {depth: kept for depth, kept in ordered.items() if depth <= level}
        ordered.setdefault(level, draw(st.booleans()))
        items.append(draw(_paragraphs(made, "list_item", level=level, ordered=ordered[level], most=4, notes=notes)))
    return items


@st.composite
def documents(
    draw: Any, *, kinds: Sequence[ParagraphKind] = ALL_KINDS, tables: bool = True, simple_tables: bool = False,
    notes: bool = True, margins: bool = True, links: bool = True, breaks: bool = True, tabs: bool = False,
    spaces: bool = False, most_blocks: int = 6,
) -> Document:  # fmt: skip
    """Any document, without control characters and without pictures.

    Parameters
    ----------
    kinds : sequence of str
        The kinds of paragraph that may be in it.
    tables, notes, margins, links : bool
        Whether it may have any.
    simple_tables : bool
        One heading row always, one paragraph a cell, without line breaks: what Markdown can hold.
    breaks, tabs, spaces : bool
        Whether text may hold a line break (never in a heading or a caption), a tab, two spaces or a no-break space.
    most_blocks : int
        How many blocks at most; a list counts as one.

    Returns
    -------
    Document
        Notes are "1", "2" ... in the order they are named, each named once; never from within a heading, a note or a
        margin.
    """
    made = {"links": links, "breaks": breaks, "tabs": tabs, "spaces": spaces, "simple_tables": simple_tables}
    named: list[str] | None = [] if notes else None
    blocks: list[Block] = []
    for _ in range(draw(st.integers(1, most_blocks))):
        kind = draw(st.sampled_from([*kinds, "table"] if tables else list(kinds)))
        if kind == "table":
            blocks.append(draw(_tables(made, named)))
        elif kind == "list_item":
            blocks += draw(_lists(made, named))
        else:
            level = draw(st.integers(1, 6)) if kind == "heading" else 0
            blocks.append(draw(_paragraphs(made, kind, level=level, notes=named)))
    return Document(
        blocks=tuple(blocks),
        notes=tuple(
            Note(id=at, paragraphs=tuple(draw(_paragraphs(made)) for _ in range(draw(st.integers(1, 2)))))
            for at in named or ()
        ),
        margins=tuple(draw(_paragraphs(made)) for _ in range(draw(st.integers(0, 2)))) if margins else (),
    )
