"""Writes a document as one web page that needs nothing but itself: no script, no font, nothing fetched."""

from __future__ import annotations

import base64
import re
import unicodedata
from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby
from typing import Final

from bearwitness.documents.binary_forms import find_media_kind
from bearwitness.documents.content import Block, Document, Paragraph, Picture, Run, Table
from bearwitness.documents.flat import flatten
from bearwitness.documents.html_style import KEPT_SPACE, NOTE_MARK, NOTE_PLACE, PAGE_CSS, UNTITLED
from bearwitness.documents.widthless import drop_widthless

_LINKS: Final = ("http://", "https://", "mailto:")
# Shown by a browser in a page; a picture of another kind has to be rebuilt as one of these first.
_PICTURES: Final = ("png", "jpeg", "gif", "webp")
_FROM_RIGHT: Final = ("R", "AL")
# Space that a browser would draw as one space or not at all.
_AWKWARD: Final = re.compile(r"\t+|(?<![^\n])[ \t]+|[ \t]{2,}|[ \t]+(?![^\n])")
# A page cannot hold these.
_FORBIDDEN: Final = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_LINE_BREAKS: Final = re.compile(r"\r\n?|[\x0b\x0c]")


def write_html(document: Document) -> bytes:
    """Set a document as a web page in UTF-8.

    Parameters
    ----------
    document : Document
        Its pictures are taken as they are: give rebuilt ones.

    Returns
    -------
    bytes
        The same for the same document: no date, no author, no program. Links lead to pages and mail only; footnotes
        are numbered in the order of ``document.notes``. Characters that take no room are left out: they can mark a
        copy, and nobody would see it.
    """
    return drop_widthless(page_of(document, css=PAGE_CSS)).encode("utf-8")


def page_of(document: Document, *, css: str, titled: bool = True) -> str:
    """A document as the text of a web page with a style sheet of one's own in its head.

    Parameters
    ----------
    document : Document
        Any document.
    css : str
        The style sheet.
    titled : bool
        Whether the page has a title: the words of its first heading, else "Document" or its Korean word.

    Raises
    ------
    ValueError
        If the style sheet would end its element.
    """
    if "</" in css or "<!" in css:
        raise ValueError("a style sheet cannot hold markup")
    numbers = {note.id: at for at, note in enumerate(document.notes, start=1)}
    language = _language_of(document)
    title = f"<title>{_clean(_title_of(document, language))}</title>\n" if titled else ""
    body = "".join([*_blocks(document.blocks, numbers), *_notes(document, numbers), *_footer(document, numbers)])
    return (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n{title}<style>\n{css}</style>\n'
        f"</head>\n<body>\n{body}</body>\n</html>\n"
    )


def _language_of(document: Document) -> str:
    """The language most of the letters are of, as far as the script tells it."""
    text = unicodedata.normalize("NFC", flatten(document).text)
    korean = sum("가" <= c <= "힣" for c in text)
    latin = sum(c.isalpha() and unicodedata.name(c, "").startswith("LATIN") for c in text)
    # A syllable of Korean is worth about two letters.
    if not korean and not latin:
        return "und"
    return "ko" if 2 * korean >= latin else "en"


def _title_of(document: Document, language: str) -> str:
    headings = (b.text for b in document.blocks if isinstance(b, Paragraph) and b.kind == "heading")
    return next((" ".join(h.split()) for h in headings if h.strip()), UNTITLED[language])


def _clean(text: str) -> str:
    """Text in a page: markup escaped, what a page cannot hold replaced."""
    return escape(_FORBIDDEN.sub("\ufffd", _LINE_BREAKS.sub("\n", text)), quote=True)


def _notes(document: Document, numbers: dict[str, int]) -> Iterator[str]:
    if not document.notes:
        return
    yield f'<section role="{NOTE_PLACE}">\n<ol>\n'
    for note in document.notes:
        inside = "".join(_blocks(note.paragraphs, numbers))
        yield f'<li id="note-{numbers[note.id]}">\n{inside}</li>\n'
    yield "</ol>\n</section>\n"


def _footer(document: Document, numbers: dict[str, int]) -> Iterator[str]:
    if document.margins:
        yield "<footer>\n"
        yield from _blocks(document.margins, numbers)
        yield "</footer>\n"


def _blocks(blocks: Sequence[Block], numbers: dict[str, int]) -> Iterator[str]:
    def is_item(block: Block) -> bool:
        return isinstance(block, Paragraph) and block.kind == "list_item"

    for in_list, together in groupby(blocks, is_item):
        if in_list:
            yield from _list([b for b in together if isinstance(b, Paragraph)], numbers)
            continue
        for block in together:
            if isinstance(block, Paragraph):
                yield _paragraph(block, numbers)
            elif isinstance(block, Table):
                yield from _table(block, numbers)
            else:
                yield _picture(block)


def _paragraph(paragraph: Paragraph, numbers: dict[str, int]) -> str:
    way = _way(paragraph)
    inside = _runs(paragraph, numbers)
    if paragraph.kind == "heading":
        level = min(max(paragraph.level, 1), 6)
        return f"<h{level}{way}>{inside}</h{level}>\n"
    if paragraph.kind == "quote":
        return f"<blockquote><p{way}>{inside}</p></blockquote>\n"
    if paragraph.kind == "code":
        return f"<pre{way}><code>{inside}</code></pre>\n"
    if paragraph.kind == "caption":
        return f"<figure><figcaption{way}>{inside}</figcaption></figure>\n"
    return f"<p{way}>{inside}</p>\n"


def _way(paragraph: Paragraph) -> str:
    from_right = any(unicodedata.bidirectional(c) in _FROM_RIGHT for c in paragraph.text)
    return ' dir="auto"' if from_right else ""


def _list(items: Sequence[Paragraph], numbers: dict[str, int]) -> Iterator[str]:
    """Lists within lists; a step over several depths opens items that have no words of their own."""
    open_lists: list[str] = []
    for item in items:
        name = "ol" if item.ordered else "ul"
        depth = max(item.level, 0) + 1
        while len(open_lists) > depth or (len(open_lists) == depth and open_lists[-1] != name):
            yield f"</li></{open_lists.pop()}>"
        if len(open_lists) == depth:
            yield "</li>\n<li>"
        while len(open_lists) < depth:
            open_lists.append(name)
            yield f"\n<{name}><li>"
        inside, way = _runs(item, numbers), _way(item)
        yield f"<span{way}>{inside}</span>" if way else inside
    while open_lists:
        yield f"</li></{open_lists.pop()}>"
    yield "\n"


def _table(table: Table, numbers: dict[str, int]) -> Iterator[str]:
    yield "<table>\n"
    for at, row in enumerate(table.rows):
        if at == 0 and table.header_rows:
            yield "<thead>\n"
        if at == table.header_rows:
            yield "<tbody>\n"
        name = "th" if at < table.header_rows else "td"
        yield "<tr>" + "".join(f"<{name}>{_cell(cell, numbers)}</{name}>" for cell in row) + "</tr>\n"
        if at == table.header_rows - 1:
            yield "</thead>\n"
    if len(table.rows) > table.header_rows:
        yield "</tbody>\n"
    yield "</table>\n"


def _cell(cell: Sequence[Paragraph], numbers: dict[str, int]) -> str:
    if len(cell) == 1 and cell[0].kind == "paragraph" and not _way(cell[0]):
        return _runs(cell[0], numbers)
    return "".join(_blocks(cell, numbers))


def _picture(picture: Picture) -> str:
    kind = find_media_kind(picture.content[:8192])
    if kind not in _PICTURES:
        raise ValueError("the picture is of no kind that a page can show; rebuild it first")
    content = base64.b64encode(picture.content).decode("ascii")
    return f'<figure><img src="data:image/{kind};base64,{content}" alt="{_clean(picture.alternative)}"></figure>\n'


def _runs(paragraph: Paragraph, numbers: dict[str, int]) -> str:
    kept = paragraph.kind == "code"
    text = _LINE_BREAKS.sub("\n", paragraph.text)
    awkward = set() if kept else {at for m in _AWKWARD.finditer(text) for at in range(*m.span())}
    pieces: list[str] = []
    at = 0
    for run in paragraph.runs:
        said = _LINE_BREAKS.sub("\n", run.text)
        inside = _clean(said) if kept else _spaced(said, at, awkward)
        at += len(said)
        pieces.append(_look(run, inside))
        if run.note:
            pieces.append(_mark(run.note, numbers))
    return "".join(pieces)


def _spaced(text: str, at: int, awkward: set[int]) -> str:
    pieces: list[str] = []
    for is_awkward, group in groupby(enumerate(text, start=at), lambda placed: placed[0] in awkward):
        part = "".join(c for _, c in group)
        escaped = _clean(part).replace("\n", "<br>")
        pieces.append(f'<span style="{KEPT_SPACE}">{escaped}</span>' if is_awkward else escaped)
    return "".join(pieces)


def _look(run: Run, inside: str) -> str:
    if not inside:
        return ""
    if run.italic:
        inside = f"<em>{inside}</em>"
    if run.bold:
        inside = f"<strong>{inside}</strong>"
    if run.link.lower().startswith(_LINKS):
        inside = f'<a href="{_clean(run.link)}">{inside}</a>'
    return inside


def _mark(note: str, numbers: dict[str, int]) -> str:
    number = numbers.get(note)
    if number is None:
        raise ValueError("a run names a note that the document does not have")
    return f'<sup><a role="{NOTE_MARK}" href="#note-{number}">{number}</a></sup>'
