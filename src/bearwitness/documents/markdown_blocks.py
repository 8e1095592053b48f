"""The blocks of a Markdown text: from its parser's tokens to paragraphs, tables and pictures."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from bearwitness.documents.content import Block, Paragraph, ParagraphKind, Run, Table
from bearwitness.documents.markdown_lines import Reading, read_line, tell_html

if TYPE_CHECKING:
    from markdown_it.token import Token

Cell = tuple[Paragraph, ...]


@dataclass(slots=True, kw_only=True)
class _Within:
    """A quote, list or item that is open; of an item how many blocks there were when it began."""

    kind: Literal["quote", "bullets", "numbers", "item"]
    begun: int = 0


@dataclass(slots=True, kw_only=True)
class _Story:
    """Blocks as far as they are read. ``name`` is what the paragraph that is open is: p, h1, td ..."""

    reading: Reading
    blocks: list[Block] = field(default_factory=list)
    within: list[_Within] = field(default_factory=list)
    numbers: dict[int, int] = field(default_factory=dict)
    name: str = ""
    rows: list[list[Cell]] = field(default_factory=list)
    heads: int = 0
    later: list[Block] = field(default_factory=list)


def read_blocks(reading: Reading, tokens: Iterable[Token]) -> list[Block]:
    """The blocks that some tokens make; what they hide goes to the reading.

    A quote's paragraphs are "quote", an item's first one is "list_item"; lists in quotes are lists. A picture stands
    after the paragraph or the table that it is in.
    """
    story = _Story(reading=reading)
    for token in tokens:
        _READ.get(token.type, _unknown)(story, token)
    return story.blocks


def _line_of(token: Token) -> int:
    return token.map[0] + 1 if token.map else 0


def _unknown(story: _Story, token: Token) -> None:
    if token.content:
        story.reading.tell("unread_part", f"line {_line_of(token)}", token.content)


def _pass(_: _Story, __: Token) -> None:
    """Nothing to be read."""


def _begin(kind: Literal["quote", "bullets", "numbers"]) -> Callable[[_Story, Token], None]:
    def read(story: _Story, _: Token) -> None:
        story.within.append(_Within(kind=kind))

    return read


def _end(story: _Story, _: Token) -> None:
    story.within.pop()


def _begin_item(story: _Story, token: Token) -> None:
    depth = _depth(story)
    story.within.append(_Within(kind="item", begun=len(story.blocks)))
    if not token.info:
        return
    number, line = int(token.info), _line_of(token)
    before = story.numbers.get(depth, 0)
    if number in (0, 1, before, before + 1):
        story.numbers[depth] = number
        story.reading.excuse(line, token.info)
    else:
        # It is shown where the text is read elsewhere; here and in what is written, items are counted.
        story.reading.tell("field", f"line {line}, the number of an item", token.info)


def _end_item(story: _Story, _: Token) -> None:
    item = story.within[-1]
    if item.begun == len(story.blocks):
        _add_paragraph(story, ())
    story.within.pop()


def _depth(story: _Story) -> int:
    return sum(w.kind in ("bullets", "numbers") for w in story.within)


def _kind(story: _Story) -> ParagraphKind:
    inner = story.within[-1] if story.within else None
    if inner is not None and inner.kind == "item" and inner.begun == len(story.blocks):
        return "list_item"
    return "quote" if any(w.kind == "quote" for w in story.within) else "paragraph"


def _add_paragraph(story: _Story, runs: tuple[Run, ...]) -> None:
    kind = _kind(story)
    is_item = kind == "list_item"
    ordered = is_item and story.within[-2].kind == "numbers"
    level = _depth(story) - 1 if is_item else 0
    story.blocks.append(Paragraph(runs=runs, kind=kind, level=level, ordered=ordered))


def _name(story: _Story, token: Token) -> None:
    story.name = token.tag


def _inline(story: _Story, token: Token) -> None:
    line = read_line(story.reading, token.children or (), _line_of(token))
    if story.name in ("td", "th"):
        story.rows[-1].append((Paragraph(runs=tuple(line.runs)),))
        story.later += line.pictures
        return
    if story.name == "p":
        if line.runs:
            _add_paragraph(story, tuple(line.runs))
    else:
        story.blocks.append(Paragraph(runs=tuple(line.runs), kind="heading", level=int(story.name[1:])))
    story.blocks += line.pictures


def _code(story: _Story, token: Token) -> None:
    text = token.content.removesuffix("\n")
    if token.info.strip():
        story.reading.tell("metadata", f"line {_line_of(token)}, what language a code is in", token.info.strip())
    story.blocks.append(Paragraph(runs=(Run(text=text),) if text else (), kind="code"))


def _html(story: _Story, token: Token) -> None:
    tell_html(story.reading, f"line {_line_of(token)}", token.content)


def _begin_table(story: _Story, _: Token) -> None:
    story.rows, story.heads = [], 0


def _begin_row(story: _Story, _: Token) -> None:
    story.rows.append([])


def _end_heads(story: _Story, _: Token) -> None:
    story.heads = len(story.rows)


def _end_table(story: _Story, _: Token) -> None:
    story.blocks.append(Table(rows=tuple(tuple(row) for row in story.rows), header_rows=story.heads))
    story.blocks += story.later
    story.later = []


_READ: Final[dict[str, Callable[[_Story, Token], None]]] = {
    "blockquote_open": _begin("quote"), "blockquote_close": _end,
    "bullet_list_open": _begin("bullets"), "bullet_list_close": _end,
    "ordered_list_open": _begin("numbers"), "ordered_list_close": _end,
    "list_item_open": _begin_item, "list_item_close": _end_item,
    "paragraph_open": _name, "heading_open": _name, "th_open": _name, "td_open": _name, "inline": _inline,
    "paragraph_close": _pass, "heading_close": _pass, "th_close": _pass, "td_close": _pass, "note_open": _pass,
    "fence": _code, "code_block": _code, "html_block": _html, "hr": _pass,
    "table_open": _begin_table, "thead_open": _pass, "thead_close": _end_heads, "tbody_open": _pass,
    "tbody_close": _pass, "tr_open": _begin_row, "tr_close": _pass, "table_close": _end_table,
}  # fmt: skip
