"""Read a Markdown text: the page that it becomes, and everything in it that the page does not show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from bearwitness.documents.content import Block, Document, Note, Opened, Paragraph, Picture, Table
from bearwitness.documents.files import decode_text
from bearwitness.documents.flat import flatten
from bearwitness.documents.markdown_blocks import read_blocks
from bearwitness.documents.markdown_footnotes import note_key
from bearwitness.documents.markdown_lines import SILENT, Reading
from bearwitness.documents.markdown_parser import Parsed, parse
from bearwitness.documents.markdown_unseen import find_left, split_head
from bearwitness.documents.widthless import find_widthless
from bearwitness.errors import DocumentError

if TYPE_CHECKING:
    from markdown_it.token import Token

def read_markdown(content: bytes) -> Opened:
    """Open a Markdown text: CommonMark, tables, struck-out words, footnotes.

    Parameters
    ----------
    content : bytes
        UTF-8 or, with its mark, UTF-16.

    Returns
    -------
    Opened
        A line break within a paragraph is a space unless it is written as one. Words that are struck out are words of
        the page. Footnotes are numbered in the order they are named; their own names are told where they are others.
        Hidden is: the head with properties, raw HTML (whole; bare ``<br>``, ``<b>``, ``<i>`` and the like are read),
        where links go and their titles, pictures that are fetched and what stands instead of them, definitions of
        links that none uses, footnotes that nothing names, what language a code is in, a list's number that does not
        follow from the one before, characters without width, and, as "unread_part", any word of the text that is
        neither on the page nor told.

    Raises
    ------
    DocumentError
        If it is no text, is empty, or is nested too deep.
    """
    text = decode_text(content, where="the text", kind=DocumentError)
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    head, body = split_head(text)
    # As many lines are left empty as the head has, so that lines count in the file as it is written.
    parsed = parse("\n" * head.count("\n") + body)
    reading = Reading()
    if head:
        reading.tell("metadata", "the head of the text", head)
    document = _document(reading, parsed)
    lines = text.split("\n")
    _tell_definitions(reading, parsed, lines, flatten(document).text)
    reading.hidden += find_widthless(lines)
    told = "\n".join([flatten(document).text, *(h.text for h in reading.hidden)])
    for file in reading.files:
        text = text.replace(file, " ")
    left = find_left([SILENT.sub("<>", line) for line in text.split("\n")], told, reading.excused)
    return Opened(form="markdown", document=document, hidden=(*reading.hidden, *left))


def _document(reading: Reading, parsed: Parsed) -> Document:
    body, defined = _part_notes(parsed.tokens)
    blocks = read_blocks(reading, body)
    notes: list[Note] = []
    # A note may name further ones, which are numbered after it.
    while len(notes) < len(reading.numbers):
        key = list(reading.numbers)[len(notes)]
        inside = read_blocks(reading, defined[key].pop(0))
        notes.append(Note(id=reading.numbers[key], paragraphs=tuple(_paragraphs_in(inside))))
        blocks += (block for block in inside if isinstance(block, Picture))
    for definitions in defined.values():
        for tokens in definitions:
            _tell_unnamed(reading, tokens)
    return Document(blocks=tuple(blocks), notes=tuple(notes))


def _part_notes(tokens: Sequence[Token]) -> tuple[list[Token], dict[str, list[list[Token]]]]:
    """The tokens of the body, and those of each footnote's definitions, each begun by the token that opens it."""
    defined: dict[str, list[list[Token]]] = {}
    open_parts: list[list[Token]] = [[]]
    for token in tokens:
        if token.type == "note_open":
            open_parts.append([token])
            defined.setdefault(note_key(token.meta["label"]), []).append(open_parts[-1])
        elif token.type == "note_close":
            open_parts.pop()
        else:
            open_parts[-1].append(token)
    return open_parts[0], defined


def _tell_unnamed(reading: Reading, tokens: Sequence[Token]) -> None:
    """A footnote that nothing names, or whose label has one already: no page shows it."""
    number = (tokens[0].map or [0])[0] + 1
    aside = Reading(excused=reading.excused, labels=reading.labels)
    inside = Document(blocks=tuple(read_blocks(aside, tokens)))
    text = "\n".join(filter(None, (tokens[0].meta["label"], flatten(inside).text, *aside.numbers)))
    reading.tell("hidden_text", f"line {number}, a footnote that nothing names", text)
    reading.hidden += aside.hidden


def _paragraphs_in(blocks: Iterable[Block]) -> Iterator[Paragraph]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        elif isinstance(block, Table):
            yield from (paragraph for row in block.rows for cell in row for paragraph in cell if paragraph.runs)


def _tell_definitions(reading: Reading, parsed: Parsed, lines: Sequence[str], page: str) -> None:
    """Definitions of links that nothing uses, or whose label is said nowhere on the page."""
    said = " ".join(page.split()).casefold()
    for begin, end, label in parsed.definitions:
        text = "\n".join(lines[begin:end])
        if not label or label not in reading.labels:
            reading.tell("link_target", f"line {begin + 1}, the definition of a link that nothing uses", text)
        elif label.casefold() not in said:
            reading.tell("field", f"line {begin + 1}, what the definition of a link is called", text)
