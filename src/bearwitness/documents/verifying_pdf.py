"""The letters that a PDF file draws, by the tables of its own fonts: a second look, apart from the reader of pages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

import pikepdf

_SECTION: Final = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
_PAIR: Final = re.compile(rb"<([0-9A-Fa-f\s]*)>\s*<([0-9A-Fa-f\s]*)>")
_RANGE: Final = re.compile(rb"<([0-9A-Fa-f\s]*)>\s*<([0-9A-Fa-f\s]*)>\s*(?:<([0-9A-Fa-f\s]*)>|\[(.*?)\])", re.DOTALL)
_HEX: Final = re.compile(rb"<([0-9A-Fa-f\s]*)>")
_MOST_CODES: Final = 0x10000
_DRAWN: Final = ("Tj", "TJ", "'", '"')

_Table = tuple[Mapping[int, str], int]


def shown_texts(book: pikepdf.Pdf) -> Iterator[tuple[int, str]]:
    """What each page draws with letters, in the order of drawing, and what every form in the file draws.

    Parameters
    ----------
    book : pikepdf.Pdf
        The open file.

    Yields
    ------
    tuple of int and str
        The page's number from 1, or 0 for a form, and the letters, a line for each drawing.
    """
    for number, page in enumerate(book.pages, 1):
        yield number, _drawn(page, page.resources)
    for _, text in drawn_apart(book):
        yield 0, text


def drawn_apart(book: pikepdf.Pdf) -> Iterator[tuple[int, str]]:
    """What every form and every pattern of a file draws with letters, whether a page shows it or not.

    Yields
    ------
    tuple of int and str
        The number of the object, and the letters, a line for each drawing.
    """
    for item in book.objects:
        if isinstance(item, pikepdf.Stream) and (
            str(item.get("/Subtype", "")) == "/Form" or item.get("/PatternType") == 1
        ):
            yield item.objgen[0], _drawn(item, item.get("/Resources", pikepdf.Dictionary()))


def _drawn(target: Any, resources: Any) -> str:
    fonts = resources.get("/Font", pikepdf.Dictionary())
    tables: dict[str, _Table] = {}
    table: _Table = ({}, 1)
    lines: list[str] = []
    for instruction in pikepdf.parse_content_stream(target):
        operands, operator = instruction.operands, str(instruction.operator)
        if operator == "Tf" and operands:
            name = str(operands[0])
            if name not in tables:
                tables[name] = _table(fonts.get(name))
            table = tables[name]
        elif operator in _DRAWN and operands:
            shown = operands[-1]
            pieces = shown if isinstance(shown, pikepdf.Array) else [shown]
            lines.append("".join(_letters(bytes(p), table) for p in pieces if isinstance(p, pikepdf.String)))
    return "\n".join(lines)


def _letters(codes: bytes, table: _Table) -> str:
    letters, width = table
    found = (int.from_bytes(codes[at : at + width], "big") for at in range(0, len(codes), width))
    if letters:
        return "".join(letters.get(code, "") for code in found)
    # Without a table of its own a font draws the letters that the codes are.
    return codes.decode("latin-1")


def _table(font: Any) -> _Table:
    """From the codes of a font to letters, and how many bytes a code has."""
    if font is None:
        return {}, 1
    width = 2 if str(font.get("/Subtype", "")) == "/Type0" else 1
    mapped = font.get("/ToUnicode")
    if not isinstance(mapped, pikepdf.Stream):
        return {}, width
    letters: dict[int, str] = {}
    for sort, inside in _SECTION.findall(bytes(mapped.read_bytes())):
        if sort == b"bfchar":
            letters.update((_code(code), _said(said)) for code, said in _PAIR.findall(inside))
            continue
        for low, high, said, several in _RANGE.findall(inside):
            start, end = _code(low), min(_code(high), _code(low) + _MOST_CODES)
            if several:
                letters.update(zip(range(start, end + 1), map(_said, _HEX.findall(several)), strict=False))
            elif said := _said(said):
                letters.update(
                    (start + n, said[:-1] + chr(ord(said[-1]) + n))
                    for n in range(end - start + 1)
                    if ord(said[-1]) + n < 0x110000
                )
    return letters, width


def _code(digits: bytes) -> int:
    return int(b"".join(digits.split()) or b"0", 16)


def _said(digits: bytes) -> str:
    plain = b"".join(digits.split())
    return bytes.fromhex(plain[: len(plain) // 2 * 2].decode("ascii")).decode("utf-16-be", errors="replace")
