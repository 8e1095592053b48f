"""Look at a produced file as a stranger would, who takes it apart: whatever it says anywhere, in whatever encoding.

Two looks that share nothing: the readers of documents, which tell the page and what is beside it; and a plain one that
unpacks every entry and every stream, undoes encodings, and searches. Metadata tools fail silently, so what was produced
is looked at, not trusted.
"""

from __future__ import annotations

import base64
import binascii
import html
import io
import re
import unicodedata
import zipfile
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
from bearwitness.errors import LeakError

# Strings by which PDF files name their own parts.
_OWN: Final = re.compile(r"http://iso\.org/pdf2/ssn|\d+-\d+-\d+|NanumGothic|[a-z]{2,3}(?:-[A-Za-z]{2,8})?")
_TAG: Final = re.compile(r"<[^<>]*>")
_BREAK: Final = re.compile(
    r"</(?:\w+:)?(?:p|h|td|tc|li|div|h[1-6]|tr|list-item|table-cell)>|<(?:\w+:)?(?:br|line-break|tab)\b"
)
_ATTRIBUTE: Final = re.compile(r"=\s*(?:\"([^\"]*)\"|'([^']*)')")
_BASE64: Final = re.compile(rb"[A-Za-z0-9+/_-]{8,}={0,2}")
_HEX: Final = re.compile(rb"(?:[0-9A-Fa-f]{2}[\s]?){4,}")
_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_|\\u([0-9A-Fa-f]{4})")
_MOST_UNPACKED: Final = 300_000_000
_MOST_DEPTH: Final = 3

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
    if hidden.kind == "link_target":
        return hidden.text in {run.link for p in paragraphs_of(document) for run in p.runs if run.link}
    if hidden.kind in ("metadata", "unread_part"):
        return _OWN.fullmatch(hidden.text) is not None
    return hidden.kind == "image" and any(isinstance(block, Picture) for block in document.blocks)


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
    found += [
        Leak(kind="hidden", where=entry.where, what=entry.kind)
        for entry in opened.hidden if not is_harmless(entry, opened.document)
    ]  # fmt: skip
    for where, part in _parts(content, "the file", _MOST_DEPTH):
        if _is_markup(part):
            for text in _words_of_markup(part):
                found += [Leak(kind="form", where=where, what=what) for what in finds(text)]
        found += [Leak(kind="canary", where=where, what=f"canary {n}") for n in _canaries_in(part, canaries)]
    return tuple(dict.fromkeys(found))


def _told(opened: Opened) -> Iterator[tuple[str, str]]:
    yield "the page", flatten(opened.document).text
    for entry in opened.hidden:
        if entry.text:
            yield entry.where, entry.text


def _parts(content: bytes, where: str, depth: int) -> Iterator[tuple[str, bytes]]:
    """The bytes of a file, of every entry of an archive, of every stream of a PDF file."""
    yield where, content
    if not depth:
        return
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for number, entry in enumerate(archive.infolist(), 1):
                if entry.file_size > _MOST_UNPACKED:
                    raise LeakError("an entry of the produced file is too large to be looked at.", hint="Write less.")
                yield f"name of entry {number}", entry.filename.encode() + b" " + entry.comment + b" " + entry.extra
                yield from _parts(archive.read(entry), f"entry {number}", depth - 1)
    elif content.startswith(b"%PDF"):
        import pikepdf

        with pikepdf.open(io.BytesIO(content)) as book:
            for item in book.objects:
                if isinstance(item, pikepdf.Stream):
                    yield f"stream {item.objgen[0]}", bytes(item.read_bytes(pikepdf.StreamDecodeLevel.all))


def _is_markup(part: bytes) -> bool:
    return part.lstrip()[:1] == b"<"


def _words_of_markup(part: bytes) -> Iterator[str]:
    """The texts of an XML or HTML part without its tags, and the values of its attributes."""
    text = part.decode("utf-8", errors="replace")
    yield html.unescape(_TAG.sub("", _BREAK.sub(lambda m: "\n" + m.group(), text)))
    values = [html.unescape(a or b) for a, b in _ATTRIBUTE.findall(text)]
    yield "\n".join(values)


def _canaries_in(part: bytes, canaries: Sequence[str]) -> Iterator[int]:
    if not canaries:
        return
    texts = [_plain(text) for text in _decodings(part)]
    for number, canary in enumerate(canaries, 1):
        wanted = _plain(canary)
        if any(wanted in text for text in texts):
            yield number


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _decodings(part: bytes) -> Iterator[str]:
    """Some bytes as text in every encoding in which a word may hide."""
    once = [part.decode("utf-8", errors="replace"), part.decode("latin-1")]
    once += [part[start:].decode(code, errors="replace") for code in ("utf-16-le", "utf-16-be") for start in (0, 1)]
    once.append(find_words(part))
    yield from once
    readable = once[0]
    yield _TAG.sub("", html.unescape(readable))
    yield unquote(readable)
    yield _ESCAPED.sub(lambda m: chr(int(m[1] or m[2], 16)), readable)
    for match in _BASE64.finditer(part):
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
