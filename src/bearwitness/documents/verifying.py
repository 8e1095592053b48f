"""Look at a produced file as a stranger would, who takes it apart: whatever it says anywhere, in whatever encoding.

Two looks that share nothing: the readers of documents, which tell the page and what is beside it; and a plain one that
unpacks every entry and every stream, undoes encodings, and searches. Metadata tools fail silently, so what was produced
is looked at, not trusted.
"""

from __future__ import annotations

import base64
import binascii
import html
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal
from urllib.parse import unquote

from bearwitness.documents.content import Document, Hidden, Opened, Picture
from bearwitness.documents.files import write_through
from bearwitness.documents.flat import flatten, paragraphs_of
from bearwitness.documents.media_strings import find_words
from bearwitness.documents.opening import open_document
from bearwitness.documents.verifying_parts import parts_of, texts_of
from bearwitness.errors import LeakError

# What our own writers put into a file beside the page, told by its place and by its whole text: the same words at any
# other place (a subject, a key word, an author) are somebody's.
_OWN: Final = (
    ("metadata", r"object \d+, /Lang", "ko|en|und"),
    ("unread_part", r"object \d+, /NS", r"http://iso\.org/pdf2/ssn"),
    ("unread_part", r"object \d+, /FontFamily", "NanumGothic|DejaVu Sans"),
    # Footnotes are numbered anew: nothing of what they were called is left.
    ("unread_part", r"object \d+, /Names", r"note-\d{1,4}"),
    ("comment", r"object \d+, /Contents", r"note-\d{1,4}"),
    ("link_target", r"object \d+, /Dest", r"note-\d{1,4}"),
    # Which heading a cell of a table is under: a number of the page's, its row and its column. Not so many digits that
    # the number of a telephone would do.
    ("unread_part", r"object \d+, /Headers", r"\d{1,6}-\d{1,3}-\d{1,3}"),
    # Pictures are on the page, for whoever looks at it.
    ("image", r"page \d+, \d+ pictures?", ""),
)
_TAG: Final = re.compile(r"<[^<>]*>")
_BASE64: Final = re.compile(rb"[A-Za-z0-9+/_-]{8,}={0,2}")
_HEX: Final = re.compile(rb"(?:[0-9A-Fa-f]{2}[\s]?){4,}")
# A sign that Markdown marks as text.
_MARKED: Final = re.compile(r"\\([!-/:-@\[-`{-~])")
_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_|\\u([0-9A-Fa-f]{4})")
# Characters that take no room: a word with one of them between its letters is read as the word.
_NO_ROOM: Final = dict.fromkeys((0x00AD, 0x034F, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F),
                                 *range(0x2060, 0x2070), 0xFEFF))  # fmt: skip

Find = Callable[[str], Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Leak:
    """Something in a produced file that must not leave: by what it was seen, where, and its id; never its words."""

    kind: Literal["form", "canary", "hidden"]
    where: str
    what: str


def is_harmless(hidden: Hidden, document: Document) -> bool:
    """Whether a file that we have written may carry this beside its page.

    Parameters
    ----------
    hidden : Hidden
        What was found.
    document : Document
        The page that it was found with.

    Returns
    -------
    bool
        True for the target of a link that the document itself holds, its language, and names of a form's own parts.
    """
    if any(hidden.kind == kind and re.fullmatch(where, hidden.where) and re.fullmatch(text, hidden.text)
           for kind, where, text in _OWN):  # fmt: skip
        return True
    if hidden.kind == "link_target":
        return hidden.text in {run.link for p in paragraphs_of(document) for run in p.runs if run.link}
    return hidden.kind == "image" and not hidden.text and any(isinstance(b, Picture) for b in document.blocks)


def verify_artefact(
    content: bytes, *, finds: Find, canaries: Sequence[str] = (), name: str = ""
) -> tuple[Leak, ...]:
    """Everything in a produced file that must not leave.

    Parameters
    ----------
    content : bytes
        The whole file.
    finds : callable
        Which protected things a text names, by ids; empty where none.
    canaries : sequence of str
        Words that must be nowhere in it, in no encoding.
    name : str
        What the file will be called.

    Raises
    ------
    DocumentError
        If it cannot be opened as the document it claims to be.
    """
    opened = open_document(content, name=name)
    found: list[Leak] = []
    for where, text in _told(opened):
        found += [Leak(kind="form", where=where, what=what) for what in finds(text)]
        found += [Leak(kind="canary", where=where, what=f"canary {n}") for n in _canaries_among([text], canaries)]
    found += [
        Leak(kind="hidden", where=entry.where, what=entry.kind)
        for entry in opened.hidden if not is_harmless(entry, opened.document)
    ]  # fmt: skip
    for where, part in parts_of(content):
        said = [text for text in texts_of(where, part) if text]
        found += [Leak(kind="form", where=where, what=what) for text in said for what in finds(text)]
        if canaries:
            texts = [*_decodings(part), *said]
            found += [Leak(kind="canary", where=where, what=f"canary {n}") for n in _canaries_among(texts, canaries)]
    return tuple(dict.fromkeys(found))


def _told(opened: Opened) -> Iterator[tuple[str, str]]:
    yield "the page", flatten(opened.document).text
    for entry in opened.hidden:
        if entry.text:
            yield entry.where, entry.text


def _canaries_among(texts: Sequence[str], canaries: Sequence[str]) -> Iterator[int]:
    """The numbers, from 1, of the canaries that stand in any of some texts."""
    if not canaries:
        return
    plain = [_plain(text) for text in texts]
    for number, canary in enumerate(canaries, 1):
        wanted = _plain(canary)
        if any(wanted in text for text in plain):
            yield number


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text.translate(_NO_ROOM)).casefold().split())


def _decodings(part: bytes) -> Iterator[str]:
    """Some bytes as text in every encoding in which a word may hide."""
    once = [part.decode("utf-8", errors="replace"), part.decode("latin-1")]
    once += [part[start:].decode(code, errors="replace") for code in ("utf-16-le", "utf-16-be") for start in (0, 1)]
    once.append(find_words(part))
    yield from once
    readable = once[0]
    # In either order: what is no tag yet may be one once it is unescaped.
    yield html.unescape(readable)
    yield html.unescape(_TAG.sub("", readable))
    yield _TAG.sub("", html.unescape(readable))
    yield unquote(readable)
    yield _ESCAPED.sub(lambda m: chr(int(m[1] or m[2], 16)), readable)
    yield _MARKED.sub(r"\1", readable)
    # Long runs are often broken into lines.
    for whole in (part, b"".join(part.split())):
        for match in _BASE64.finditer(whole):
            yield from _unpacked(match.group())
    for match in _HEX.finditer(part):
        yield from _texts(bytes.fromhex(match.group().decode("ascii")))


def _unpacked(run: bytes) -> Iterator[str]:
    run = run.rstrip(b"=").translate(bytes.maketrans(b"-_", b"+/"))
    for start in range(4):
        piece = run[start:]
        try:
            yield from _texts(base64.b64decode(piece + b"=" * (-len(piece) % 4)))
        except (binascii.Error, ValueError):
            continue


def _texts(content: bytes) -> Iterator[str]:
    for code in ("utf-8", "utf-16-le", "utf-16-be"):
        yield content.decode(code, errors="ignore")


def write_verified(
    path: Path,
    content: bytes,
    *,
    finds: Find,
    canaries: Sequence[str] = (),
    forbidden: Sequence[Path] = (),
    replace: bool = False,
) -> None:
    """Write a produced file in which nothing is that must not leave; else write nothing.

    Parameters
    ----------
    path : Path
        Where to.
    content : bytes
        The file.
    finds, canaries
        As for :func:`verify_artefact`.
    forbidden, replace
        As ``documents.files.write_through`` has them.

    Raises
    ------
    LeakError
        If anything in it must not leave, or the disk gives back other bytes than were written.
    """
    leaks = verify_artefact(content, finds=finds, canaries=canaries, name=path.name)
    if leaks:
        places = "; ".join(dict.fromkeys(f"{leak.what} ({leak.where})" for leak in leaks[:5]))
        raise LeakError(
            f"what was produced holds {len(leaks)} things that must not leave: {places}. Nothing was written.",
            hint="Take these out of the draft by hand, or write another form of file.", where=str(path),
        )  # fmt: skip
    write_through(path, lambda file: file.write(content), forbidden=forbidden, replace=replace)
    if path.read_bytes() != content:
        path.unlink()
        raise LeakError("the disk gave back other bytes than were written; the file is gone.", hint="Check the disk.")
