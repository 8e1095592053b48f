"""An opened document as JSON and back: what a reader in a process of its own hands over, which nothing can run."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Callable
from typing import Any, Final, get_args

from bearwitness.documents.content import (
    Block,
    Document,
    DocumentForm,
    Hidden,
    HiddenKind,
    Note,
    Opened,
    Paragraph,
    ParagraphKind,
    Picture,
    Run,
    Table,
)

_FORMS: Final = frozenset(get_args(DocumentForm))
_PARAGRAPHS: Final = frozenset(get_args(ParagraphKind))
_HIDDEN: Final = frozenset(get_args(HiddenKind))
# Half of a pair, which no text in UTF-8 can hold: a damaged file may make one.
_HALVES: Final = re.compile("[\ud800-\udfff]")


def encode_opened(opened: Opened) -> bytes:
    """An opened document as JSON in ASCII."""
    document = opened.document
    plain = {
        "form": opened.form,
        "blocks": [_plain_block(block) for block in document.blocks],
        "notes": [[note.id, [_plain_paragraph(p) for p in note.paragraphs]] for note in document.notes],
        "margins": [_plain_paragraph(p) for p in document.margins],
        "hidden": [[entry.kind, entry.where, entry.text] for entry in opened.hidden],
    }
    return json.dumps(plain, separators=(",", ":")).encode("ascii")


def decode_opened(content: bytes) -> Opened:
    """What :func:`encode_opened` made.

    Raises
    ------
    ValueError
        If it is anything else: every part is checked, none is taken on trust.
    """
    try:
        plain = json.loads(content)
        if plain.keys() != {"form", "blocks", "notes", "margins", "hidden"}:
            raise ValueError("not an opened document")
        document = Document(
            blocks=tuple(_block(block) for block in _list(plain["blocks"])),
            notes=tuple(Note(id=_text(name), paragraphs=_paragraphs(said)) for name, said in _list(plain["notes"])),
            margins=_paragraphs(plain["margins"]),
        )
        hidden = tuple(
            Hidden(kind=_one_of(kind, _HIDDEN), where=_text(where), text=_text(text))
            for kind, where, text in _list(plain["hidden"])
        )
        return Opened(form=_one_of(plain["form"], _FORMS), document=document, hidden=hidden)
    except (AttributeError, KeyError, TypeError, RecursionError, binascii.Error) as error:
        raise ValueError("not an opened document") from error


def _plain_block(block: Block) -> Any:
    if isinstance(block, Paragraph):
        return _plain_paragraph(block)
    if isinstance(block, Picture):
        return {"picture": base64.b64encode(block.content).decode("ascii"), "alternative": block.alternative}
    return {"rows": [[[_plain_paragraph(p) for p in cell] for cell in row] for row in block.rows],
            "header_rows": block.header_rows}  # fmt: skip


def _plain_paragraph(paragraph: Paragraph) -> Any:
    runs = [[run.text, run.bold, run.italic, run.link, run.note] for run in paragraph.runs]
    return {"runs": runs, "kind": paragraph.kind, "level": paragraph.level, "ordered": paragraph.ordered}


def _block(plain: Any) -> Block:
    if "picture" in plain:
        content = base64.b64decode(_text(plain["picture"]), validate=True)
        return Picture(content=content, alternative=_text(plain["alternative"]))
    if "rows" in plain:
        rows = tuple(tuple(_paragraphs(cell) for cell in _list(row)) for row in _list(plain["rows"]))
        return Table(rows=rows, header_rows=_number(plain["header_rows"]))
    return _paragraph(plain)


def _paragraphs(plain: Any) -> tuple[Paragraph, ...]:
    return tuple(_paragraph(p) for p in _list(plain))


def _paragraph(plain: Any) -> Paragraph:
    return Paragraph(
        runs=tuple(
            Run(text=_text(text), bold=_flag(bold), italic=_flag(italic), link=_text(link), note=_text(note))
            for text, bold, italic, link, note in _list(plain["runs"])
        ),
        kind=_one_of(plain["kind"], _PARAGRAPHS),
        level=_number(plain["level"]),
        ordered=_flag(plain["ordered"]),
    )


def _check(is_right: Callable[[Any], bool]) -> Callable[[Any], Any]:
    def check(plain: Any) -> Any:
        if not is_right(plain):
            raise ValueError("not an opened document")
        return plain

    return check


_list: Final = _check(lambda plain: isinstance(plain, list))
_flag: Final = _check(lambda plain: isinstance(plain, bool))
_number: Final = _check(lambda plain: isinstance(plain, int) and not isinstance(plain, bool) and 0 <= plain < 1 << 20)


def _text(plain: Any) -> str:
    if not isinstance(plain, str):
        raise ValueError("not an opened document")
    return plain if plain.isascii() else _HALVES.sub("\ufffd", plain)


def _one_of(plain: Any, names: frozenset[str]) -> Any:
    if not isinstance(plain, str) or plain not in names:
        raise ValueError("not an opened document")
    return plain
