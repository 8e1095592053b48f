"""Of which form a file is: by what is in it, never by its name alone."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Final

from bearwitness.documents.binary_forms import HEAD_BYTES, find_media_kind, name_binary
from bearwitness.documents.content import DocumentForm
from bearwitness.errors import DocumentError

_ENDINGS: Final[dict[str, DocumentForm]] = {
    "txt": "text", "text": "text", "md": "markdown", "markdown": "markdown", "htm": "html", "html": "html",
    "xhtml": "html", "docx": "docx", "docm": "docx", "dotx": "docx", "odt": "odt", "ott": "odt", "pdf": "pdf",
    "png": "image", "jpg": "image", "jpeg": "image", "jpe": "image", "gif": "image", "tif": "image", "tiff": "image",
    "webp": "image", "bmp": "image", "wav": "audio", "flac": "audio", "ogg": "audio", "oga": "audio", "opus": "audio",
    "mp3": "audio",
}  # fmt: skip
_NAMES: Final[dict[DocumentForm, str]] = {
    "text": "plain text", "markdown": "Markdown", "html": "a web page (HTML)", "docx": "a Word document (DOCX)",
    "odt": "an OpenDocument text (ODT)", "pdf": "a PDF file", "image": "an image", "audio": "a sound",
}  # fmt: skip
_PAGE: Final = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE | re.DOTALL
)
_AUDIO: Final = ("wav", "flac", "ogg", "mp3")
_PDF_WITHIN: Final = 1024
# What an archive's list says before each of its files; one of office programs holds some dozens.
_LISTED: Final = b"PK\x01\x02"
_MOST_LISTED: Final = 20_000
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
# Told by a word of what the file is.
_ADVICE: Final = (
    ("HEIC", "Convert it to JPEG or PNG, for instance by sending it to yourself as JPEG."),
    ("AVIF", "Convert it to JPEG or PNG."),
    ("JPEG ", "Convert it to JPEG or PNG."),
    ("TIFF", "Convert it to PNG."),
    ("CR3", "Convert it to JPEG or PNG."),
    ("film", "Films are not read. Take the sound out of it as WAV or MP3, or pictures of it as PNG."),
    ("sound", "Convert it to WAV, FLAC or MP3."),
    ("DOC, XLS, HWP", "Open it in the program that wrote it and save it as DOCX, ODT or PDF."),
    ("HWP", "Open it in the program that wrote it and save it as DOCX, ODT or PDF."),
    ("RTF", "Open it in a word processor and save it as DOCX or ODT."),
    ("OpenDocument", "Save it as a text document (ODT)."),
    ("Excel", "Spreadsheets are imported as tables, not read as documents."),
    ("PowerPoint", "Save it as PDF."),
    ("archive", "Unpack it where it can do no harm, and give the files in it one by one."),
    ("compressed", "Unpack it where it can do no harm, and give the files in it one by one."),
    ("encrypted", "Decrypt it first."),
    ("UTF-", 'Save it as plain text, encoding "UTF-8".'),
)
_USUAL_ADVICE: Final = "Give DOCX, ODT, PDF, a web page (HTML), Markdown, plain text or an image."


def find_form(content: bytes, *, name: str = "") -> DocumentForm:
    """Of which form a file is.

    Parameters
    ----------
    content : bytes
        The whole file.
    name : str
        Its name, of which only the ending is looked at: it tells Markdown from plain text, and must not contradict
        the content.

    Returns
    -------
    DocumentForm
        What the content is.

    Raises
    ------
    DocumentError
        If it is of no form that is read, of two at once, or of another one than its name says.
    """
    if not content:
        raise DocumentError("the file is empty.", hint="Give a file that has something in it.")
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    named = _ENDINGS.get(ending)
    found = _binary_form(content) or _text_form(content, named)
    if named is not None and named != found:
        raise DocumentError(
            f"the ending .{ending} says that the file is {_NAMES[named]}, and its content is {_NAMES[found]}.",
            hint="Find out why. If it is harmless, rename it.",
        )
    return found


def _binary_form(content: bytes) -> DocumentForm | None:
    head = content[:HEAD_BYTES]
    if head.startswith(b"PK"):
        return _packed_form(content)
    if b"%PDF-" in head[:_PDF_WITHIN]:
        return "pdf"
    media = find_media_kind(head)
    if media is not None:
        return "audio" if media in _AUDIO else "image"
    what = name_binary(head)
    if what and "DOC, XLS" in what and _ENCRYPTED in content:
        raise DocumentError(
            "the document is locked with a password.",
            hint="Open it in the program that wrote it and save it without a password; protect the file otherwise.",
        )
    if what:
        raise _refused(what)
    return None


def _packed_form(content: bytes) -> DocumentForm:
    # The list of an archive is read by this process: that of a bomb may fill its memory.
    if content.count(_LISTED) > _MOST_LISTED:
        raise DocumentError("the archive holds too many files.", hint="Give it in several smaller files.")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            is_typed = "mimetype" in names and archive.getinfo("mimetype").file_size <= HEAD_BYTES
            sort = archive.read("mimetype").strip() if is_typed else b""
    except Exception:
        # The archive may be damaged in any way; its reader is told apart by nothing then.
        raise _damaged() from None
    is_word = "[Content_Types].xml" in names and any(n.startswith("word/") for n in names)
    is_open = sort.startswith(b"application/vnd.oasis.opendocument.text")
    if is_word and is_open:
        raise DocumentError(
            "the file is a Word document and an OpenDocument text at once.",
            hint="It was made to be read in two ways. Ask who made it, and do not trust either.",
        )
    if is_word or is_open:
        return "docx" if is_word else "odt"
    what = name_binary(content[:HEAD_BYTES]) or "a zip archive"
    # Whatever begins as one and is none lacks a part.
    raise _damaged() if "DOCX" in what else _refused(what)


def _damaged() -> DocumentError:
    return DocumentError(
        "the file is a damaged archive.", hint="Ask for it again, or save it anew in the program that wrote it."
    )


def _text_form(content: bytes, named: DocumentForm | None) -> DocumentForm:
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    head = content[:HEAD_BYTES].decode(encoding, errors="replace")
    if _PAGE.match(head):
        return "html"
    # A page may lack its head, and nothing but the name tells Markdown.
    return named if named in ("markdown", "html") else "text"


def _refused(what: str) -> DocumentError:
    hint = next((advice for word, advice in _ADVICE if word in what), _USUAL_ADVICE)
    return DocumentError(f"this is {what}, which is not read.", hint=hint)
