"""Words of a paragraph as Markdown that says exactly these: what could be read as markup is marked as text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Container, Sequence
from dataclasses import replace
from typing import Final, Literal

from bearwitness.documents.content import Run
from bearwitness.documents.office_text import safe_link, writable
from bearwitness.documents.widthless import drop_widthless

Place = Literal["lines", "heading", "cell"]

_ALWAYS: Final = frozenset("\\`*_[]<~|")
# Words in brackets, such as a placeholder, are words as long as nothing makes a link of them.
_BRACKETED: Final = re.compile(r"(?<![!\[\]])\[(?![xX ]?\])(?:[^\W_]| )+\](?![(\[:])")
_AT_LINE_START: Final = frozenset("#>+-=")
# What a reader would take for the number of a list's item.
_NUMBER: Final = re.compile(r"^\d{1,9}([.)])(?=\s|$)", re.MULTILINE)
_REFERENCE: Final = re.compile(r"&(?=#?\w{1,32};|\Z)")
_PLAIN_ADDRESS: Final = re.compile(r"[A-Za-z0-9!#$%'+,\-./:;=?@^_&~*]+")
_IN_ADDRESS: Final = re.compile(r"[\\<>|`]|&(?=#?\w{1,32};)")


def write_runs(runs: Sequence[Run], place: Place, number: Callable[[str], str]) -> str:
    """Runs as the lines of one paragraph.

    Parameters
    ----------
    runs : sequence of Run
        Any.
    place : {"lines", "heading", "cell"}
        Whether they may take several lines.
    number : callable
        The number of a note by its id; empty where there is none.
    """
    settled = _settled(runs)
    whole = "".join(run.text for run in settled)
    texts: list[str] = []
    at = 0
    for before, run in zip((None, *settled), settled, strict=False):
        bare = {p + at for p in _bare_brackets(run, is_first=before is None, is_last=run is settled[-1])}
        after_mark = bool(before and before.note)
        texts.append(_escaped(whole, at, at + len(run.text), place, bare=bare, after_mark=after_mark))
        at += len(run.text)
    written = ""
    for index, run in enumerate(settled):
        mark = f"[^{number(run.note)}]" if run.note and number(run.note) else ""
        following = mark or _begins(settled, texts, index + 1)
        written += _looked(run, texts[index], written[-1:], following[:1]) + mark
    return written


def escape(text: str, place: Place) -> str:
    """A text without any look."""
    return write_runs([Run(text=text)], place, lambda _: "")


def _settled(runs: Sequence[Run]) -> list[Run]:
    """Runs with one sort of line break and nothing without width, joined where they look the same; none is empty but
    for a second mark in a row.
    """
    settled: list[Run] = []
    for run in runs:
        run = replace(run, text=drop_widthless(writable(run.text)), link=safe_link(run.link))
        last = settled[-1] if settled else None
        is_same = last is not None and (last.bold, last.italic, last.link) == (run.bold, run.italic, run.link)
        if last and not last.note and (is_same or not run.text):
            settled[-1] = replace(last, text=last.text + run.text, note=run.note)
        elif run.text or run.note:
            settled.append(run if run.text else Run(text="", note=run.note))
    return settled


def _bare_brackets(run: Run, *, is_first: bool, is_last: bool) -> set[int]:
    """Where brackets stand in a run that need no mark."""
    if run.link:
        return set()
    closed = is_last and not run.note
    found = [m.span() for m in _BRACKETED.finditer(run.text)]
    return {at for start, end in found if (start or is_first) and (end < len(run.text) or closed)
            for at in (start, end - 1)}  # fmt: skip


def _escaped(whole: str, begin: int, end: int, place: Place, *, bare: Container[int], after_mark: bool) -> str:
    numbers = {found.start(1) for found in _NUMBER.finditer(whole)}
    inked = [at for at, c in enumerate(whole) if not c.isspace()]
    first, last = (inked[0], inked[-1]) if inked else (len(whole), -1)
    pieces: list[str] = []
    for at in range(begin, end):
        c = whole[at]
        starts = at == 0 or whole[at - 1] == "\n"
        ends = at + 1 == len(whole) or whole[at + 1] == "\n"
        if c == "\n":
            # A break at an edge would be dropped, and is not seen anyway.
            is_edge = not first < at < last
            pieces.append("&#10;" if is_edge else "\\\n" if place == "lines" else "<br>")
        elif c.isspace() and (starts or ends):
            pieces.append(f"&#{ord(c)};")
        elif (
            (c in _ALWAYS and at not in bare)
            or (starts and c in _AT_LINE_START)
            or (c == "#" and place == "heading")
            or at in numbers
            or (c == "&" and _REFERENCE.match(whole, at))
            or (c in "&!" and at + 1 == end)
            or (after_mark and at == begin and c in "(:")
        ):
            pieces.append("\\" + c)
        else:
            pieces.append(c)
    return "".join(pieces)


def _begins(runs: Sequence[Run], texts: Sequence[str], index: int) -> str:
    """The first sign of the run with an index; nothing after the last."""
    if index == len(runs):
        return ""
    run = runs[index]
    if run.link:
        return "["
    return "*" if run.bold or run.italic else texts[index] or "["


def _looked(run: Run, text: str, before: str, after: str) -> str:
    """A run with its look and link."""
    if not text:
        return ""
    if run.link:
        before, after = "[", "]"
    if run.bold or run.italic:
        opens = _is_space(before) or before == "[" or (before.isalnum() and text[0].isalnum())
        closes = _is_space(after) or after in "[]" or (after.isalnum() and text[-1].isalnum())
        if opens and closes and not _is_space(text[0]) and not _is_space(text[-1]):
            stars = "*" * (2 * run.bold + run.italic)
            text = f"{stars}{text}{stars}"
        else:
            # Stars mean nothing where a bracket or a space meets a letter: Korean particles stand there.
            names = ["strong"] * run.bold + ["em"] * run.italic
            text = "".join(f"<{n}>" for n in names) + text + "".join(f"</{n}>" for n in reversed(names))
    return f"[{text}]({_address(run.link)})" if run.link else text


def _is_space(character: str) -> bool:
    return character in ("", " ", "\t", "\n") or unicodedata.category(character) == "Zs"


def _address(link: str) -> str:
    escaped = _IN_ADDRESS.sub(lambda m: "\\" + m.group(), link).replace("\n", "&#10;")
    return escaped if _PLAIN_ADDRESS.fullmatch(escaped) else f"<{escaped}>"
