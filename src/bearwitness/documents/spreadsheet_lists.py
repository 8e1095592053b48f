"""Several things in one cell, between semicolons; quotation marks around one that has a semicolon of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from bearwitness.model.codec.format_error import FileFormatError

# A line break in a cell, and the semicolon of Korean and Chinese keyboards, part things too.
_ITEM: Final = re.compile(r'[^\S\n]*(?:"((?:[^"]|"")*)"([^;；\n]*)|([^;；\n]*))(?:[;；\n]|\Z)')
_BETWEEN: Final = re.compile("[;；\n]")
_NEEDS_QUOTES: Final = re.compile(r'\A["\s]|[;；\n]|\s\Z')


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing of a cell: its text, whether it stood in quotation marks, and what followed them."""

    text: str
    quoted: bool = False
    rest: str = ""


def split_items(cell: str) -> list[Item]:
    """The things a cell lists, in order, without the empty ones.

    Raises
    ------
    FileFormatError
        If a quotation mark at the beginning of one is never closed.
    """
    if '"' not in cell:
        return [Item(text=text.strip()) for text in _BETWEEN.split(cell) if text.strip()]
    found = []
    at = 0
    while at < len(cell):
        match = _ITEM.match(cell, at)
        if match is None:
            raise AssertionError("every text has a next item")
        at = max(match.end(), at + 1)
        quoted, rest, bare = match[1], match[2], match[3]
        if quoted is not None:
            found.append(Item(text=quoted.replace('""', '"'), quoted=True, rest=rest.strip()))
        elif bare.startswith('"'):
            raise FileFormatError(
                "a quotation mark is opened here and never closed.",
                'Close it; write "" for a mark inside of quotation marks.',
            )
        elif bare.strip():
            found.append(Item(text=bare.strip()))
    return found


def split_texts(cell: str) -> list[str]:
    """The texts a cell lists.

    Raises
    ------
    FileFormatError
        If quotation marks do not stand around one text exactly.
    """
    items = split_items(cell)
    if any(item.rest for item in items):
        raise FileFormatError("something follows a closing quotation mark.", "Put a semicolon between.")
    return [item.text for item in items]


def quote_item(text: str, *, always: bool = False) -> str:
    """A text as one thing of a list: in quotation marks where it needs them."""
    if always or not text or _NEEDS_QUOTES.search(text):
        return '"' + text.replace('"', '""') + '"'
    return text


def join_items(items: Iterable[str]) -> str:
    """The cell of things that are quoted already where they need it."""
    return "; ".join(items)
