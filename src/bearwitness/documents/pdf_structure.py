"""Everything in a PDF file besides the words of its pages: every string and every stream of every object.

The file's objects are gone through one by one, whether anything points at them or not, so that nothing stays unseen
because no rule knows where it hangs. What a string is, its key says.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any, Final

import pikepdf

from bearwitness.documents.content import Hidden, HiddenKind
from bearwitness.documents.media_strings import find_words
from bearwitness.errors import DocumentError

_MOST_OBJECTS: Final = 200_000
_MOST_STREAM: Final = 50_000_000
_MOST_ALL: Final = 300_000_000
_MOST_DEPTH: Final = 40
_HEAD_WITHIN: Final = 1024
# What the key of a string says of it.
_KINDS: Final[dict[str, HiddenKind]] = {
    "/Contents": "comment", "/T": "comment", "/RC": "comment", "/Subj": "comment", "/TU": "field", "/TM": "field",
    "/V": "field", "/DV": "field", "/Opt": "field", "/MK": "field", "/CA": "field", "/DA": "field",
    "/URI": "link_target",
    "/ActualText": "alternative_text", "/Alt": "alternative_text", "/E": "alternative_text", "/JS": "script",
    "/F": "external", "/UF": "external", "/Title": "metadata", "/Author": "metadata", "/Creator": "metadata",
    "/Producer": "metadata", "/Subject": "metadata", "/Keywords": "metadata", "/CreationDate": "metadata",
    "/ModDate": "metadata", "/M": "metadata", "/NM": "metadata", "/LastModified": "metadata", "/Lang": "metadata",
    "/P": "metadata", "/Name": "metadata", "/OC": "layer", "/Dest": "link_target", "/D": "link_target",
}  # fmt: skip
# Dictionaries that are of one kind, whatever their strings' keys are.
_WITHIN: Final[dict[str, HiddenKind]] = {
    "/EmbeddedFiles": "embedded_file", "/Filespec": "embedded_file", "/EmbeddedFile": "embedded_file", "/OCG": "layer",
    "/JavaScript": "script", "/Launch": "script", "/Sig": "metadata", "/PieceInfo": "revision", "/Outlines": "metadata",
    "/XFA": "field",
}  # fmt: skip
_SCRIPTS: Final = frozenset({"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/Rendition", "/GoToE", "/GoToR"})
# Streams that draw: what they say the pages say, or nobody can read.
_DRAWING: Final = frozenset({"/Form", "/Image"})
# What the library says where it had to look for the objects one by one, and where a mark after one is missing.
_LIST_OF_OBJECTS: Final = ("file is damaged", "xref", "cross-reference", "expected endobj")
# Strings of these keys are no words: identifiers, fonts' own tables, colours.
_NO_WORDS: Final = frozenset(
    {"/ID", "/Registry", "/Ordering", "/Panose", "/CharSet", "/Lookup", "/O", "/U", "/OE", "/UE", "/Perms", "/CheckSum"}
)


def read_structure(content: bytes) -> tuple[Hidden, ...]:
    """What a PDF file carries beside its pages.

    Parameters
    ----------
    content : bytes
        The whole file.

    Raises
    ------
    DocumentError
        If it is damaged, locked, or too large once unpacked.
    """
    found: list[Hidden] = list(_around(content))
    try:
        with pikepdf.open(io.BytesIO(content), attempt_recovery=True, suppress_warnings=True) as book:
            if len(book.objects) > _MOST_OBJECTS:
                raise DocumentError("the PDF file has too many objects.", hint="Print it to PDF anew.")
            found += _Walk(book).run()
            found += _mended(book.get_warnings())
    except pikepdf.PasswordError:
        raise DocumentError(
            "the document is locked with a password.", hint="Save it without one, and protect the file otherwise."
        ) from None
    except DocumentError:
        raise
    except (pikepdf.PdfError, RuntimeError, ValueError, TypeError, KeyError, AttributeError, OverflowError):
        raise DocumentError(
            "the PDF file is damaged.", hint="Ask for it again, or print it to PDF anew."
        ) from None
    return tuple(dict.fromkeys(found))


def _mended(warnings: Sequence[str]) -> Iterator[Hidden]:
    """What the library had to mend in order to read on: a lost list of objects is told, all else refused.

    An object or a drawing of which only a part is left would be read as if it were the whole.
    """
    if any(not any(mark in said for mark in _LIST_OF_OBJECTS) for said in map(str, warnings)):
        raise DocumentError(
            "the PDF file is damaged: a part of what it says is lost.",
            hint="Ask for it again, or print it to PDF anew.",
        )
    if warnings:
        yield Hidden(kind="unread_part", where="the file's list of its parts is damaged; others may read it otherwise")


def _around(content: bytes) -> Iterator[Hidden]:
    """What stands before the beginning of the file and after its last end."""
    head = content.find(b"%PDF-", 0, _HEAD_WITHIN)
    if head > 0:
        yield Hidden(kind="unread_part", where="before the beginning of the file", text=find_words(content[:head]))
    end = content.rfind(b"%%EOF")
    rest = content[end + 5 :] if end >= 0 else b""
    if rest.strip(b"\r\n \0"):
        yield Hidden(kind="unread_part", where="after the end of the file", text=find_words(rest))


class _Walk:
    """One pass over the objects of a file."""

    def __init__(self, book: pikepdf.Pdf) -> None:
        self._book = book
        self._size = 0
        self._drawn = {page.obj.objgen for page in book.pages}
        self._contents = set(self._page_streams())
        self.found: list[Hidden] = []

    def _page_streams(self) -> Iterator[tuple[int, int]]:
        for page in self._book.pages:
            contents = page.obj.get("/Contents")
            for part in contents if isinstance(contents, pikepdf.Array) else [contents]:
                if isinstance(part, pikepdf.Stream):
                    yield part.objgen

    def run(self) -> list[Hidden]:
        """Go through everything that the file holds."""
        self._value(self._book.trailer, "trailer", "", None, 0)
        for item in self._book.objects:
            number = f"object {item.objgen[0]}" if isinstance(item, pikepdf.Object) else "object"
            self._value(item, number, "", None, 0)
        if self._book.is_encrypted:
            self.found.append(Hidden(kind="metadata", where="the file is locked for changes, not for reading"))
        return self.found

    def _value(self, value: Any, where: str, key: str, within: HiddenKind | None, depth: int) -> None:
        if depth > _MOST_DEPTH:
            raise DocumentError("the PDF file is nested too deep.", hint="Print it to PDF anew.")
        if isinstance(value, pikepdf.Stream):
            self._stream(value, where, depth)
        elif isinstance(value, pikepdf.Dictionary):
            self._entries(value, where, within, depth)
        elif isinstance(value, pikepdf.Array):
            for part in value:
                if not (isinstance(part, pikepdf.Object) and part.is_indirect):
                    self._value(part, where, key, within, depth + 1)
        elif isinstance(value, pikepdf.String) and key not in _NO_WORDS:
            said = _said(value)
            if said.strip():
                kind = within or _KINDS.get(key, "unread_part")
                self.found.append(Hidden(kind=kind, where=f"{where}, {key or 'a string'}", text=said))

    def _entries(self, entries: Any, where: str, within: HiddenKind | None, depth: int) -> None:
        own = [str(entries.get(k)) for k in ("/Type", "/S") if isinstance(entries.get(k), pikepdf.Name)]
        within = within or next((_WITHIN[name] for name in own if name in _WITHIN), None)
        if any(name in _SCRIPTS for name in own):
            self.found.append(Hidden(kind="script", where=f"{where}, an action ({own[-1][1:]})"))
        for key, value in entries.items():
            if key == "/Thumb":
                self.found.append(Hidden(kind="thumbnail", where=where))
            if key in ("/OpenAction", "/AA") and isinstance(value, pikepdf.Dictionary):
                self.found.append(Hidden(kind="script", where=f"{where}, {key}"))
            if not (isinstance(value, pikepdf.Object) and value.is_indirect):
                self._value(value, where, key, _WITHIN.get(key, within), depth + 1)

    def _stream(self, stream: Any, where: str, depth: int) -> None:
        kind = str(stream.get("/Type", "")) or str(stream.get("/Subtype", ""))
        sub = str(stream.get("/Subtype", ""))
        if kind == "/Metadata" or sub == "/XML":
            self.found.append(Hidden(kind="xmp", where=where, text=find_words(self._bytes(stream, where))))
        elif kind == "/EmbeddedFile":
            self.found.append(Hidden(kind="embedded_file", where=where, text=find_words(self._bytes(stream, where))))
        elif sub == "/Image":
            self._image(stream, where)
        elif self._draws(stream, kind, sub):
            self._check_whole(stream, where)
        else:
            words = find_words(self._bytes(stream, where))
            if words.strip():
                self.found.append(Hidden(kind="unread_part", where=f"{where}, a stream", text=words))
        for key, value in stream.items():
            if not (isinstance(value, pikepdf.Object) and value.is_indirect):
                self._value(value, where, key, None, depth + 1)

    def _check_whole(self, stream: Any, where: str) -> None:
        """Refuse a drawing that cannot be unpacked in full: its readers show what is left of it as if it were all."""
        if not _small(stream) or str(stream.get("/Subtype", "")) == "/Image":
            return
        try:
            stream.read_bytes()
        except pikepdf.DataDecodingError:
            raise DocumentError(
                "the PDF file is damaged: a part of what it says is lost.",
                hint="Ask for it again, or print it to PDF anew.", where=where,
            ) from None
        except pikepdf.PdfError:
            # Packed in a way that this library leaves alone.
            return

    def _draws(self, stream: Any, kind: str, sub: str) -> bool:
        """Whether a stream is a page's drawing, a font, a table of a font, a colour profile, or the file's own."""
        tables = ("/FunctionType", "/ShadingType", "/PatternType", "/CMapName", "/N", "/Length1", "/Alternate")
        fonts = ("/Type1C", "/CIDFontType0C", "/OpenType")
        return (
            stream.objgen in self._contents or sub in (*_DRAWING, *fonts) or kind in ("/ObjStm", "/XRef", "/CMap")
            or any(key in stream for key in tables) or self._is_table(stream)
        )  # fmt: skip

    def _is_table(self, stream: Any) -> bool:
        """Whether a stream is a table from codes to characters, which a font points at."""
        try:
            return b"begincmap" in stream.read_bytes()[:2000] if _small(stream) else False
        except pikepdf.PdfError:
            return False

    def _image(self, stream: Any, where: str) -> None:
        """What a picture of the camera's own form carries beside its pixels."""
        filters = stream.get("/Filter")
        last = filters[-1] if isinstance(filters, pikepdf.Array) and len(filters) else filters
        if str(last) != "/DCTDecode":
            return
        from bearwitness.documents.media_images import read_image

        try:
            opened = read_image(bytes(stream.read_raw_bytes()))
        except DocumentError:
            self.found.append(Hidden(kind="unread_part", where=f"{where}, a picture that cannot be read"))
            return
        self.found += [
            Hidden(kind=h.kind, where=f"{where}, {h.where}", text=h.text) for h in opened.hidden if h.kind != "image"
        ]

    def _bytes(self, stream: Any, where: str) -> bytes:
        try:
            content = bytes(stream.read_bytes()) if _small(stream) else b""
        except pikepdf.PdfError:
            content = bytes(stream.read_raw_bytes())
        self._size += len(content)
        if len(content) > _MOST_STREAM or self._size > _MOST_ALL:
            raise DocumentError(
                "the PDF file is too large once it is unpacked.", hint="Print it to PDF anew.", where=where
            )
        return content


def _small(stream: Any) -> bool:
    return int(stream.get("/Length", 0)) <= _MOST_STREAM


def _said(value: Any) -> str:
    """The words of a string, in the encoding that its first bytes tell."""
    raw = bytes(value)
    if raw.startswith((b"\xfe\xff", b"\xff\xfe")) or not raw.isascii():
        try:
            return str(value)
        except (UnicodeDecodeError, ValueError):
            return raw.decode("utf-8", errors="replace")
    return raw.decode("ascii")
