"""The characters of a web page, by the encoding that a browser would take, and without leniency."""

from __future__ import annotations

import io
from typing import Final

from bearwitness.documents.content import Hidden
from bearwitness.errors import DocumentError

_MARKS: Final = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_SAVE: Final = 'Open it in a browser, check that it reads well, and save it as a web page, encoding "UTF-8".'


def decode_page(content: bytes) -> tuple[str, tuple[Hidden, ...]]:
    """The characters of a page.

    Parameters
    ----------
    content : bytes
        The file.

    Returns
    -------
    tuple of str and tuple of Hidden
        The text, without its mark; and, where the page declares an older encoding than the one its bytes are well
        formed in, what they say in UTF-8: whoever opens it otherwise reads that.

    Raises
    ------
    DocumentError
        If any byte cannot be decoded in the encoding that its mark, its ``meta`` element or, without either, UTF-8
        stands for; if it holds zero characters, as binary data and text in UTF-16 without its mark do.
    """
    mark, encoding = next(((m, e) for m, e in _MARKS if content.startswith(m)), (b"", ""))
    name = encoding or _declared(content)
    try:
        text = content[len(mark) :].decode(name)
    except (UnicodeDecodeError, LookupError):
        raise DocumentError("the page cannot be decoded in the encoding that it declares.", hint=_SAVE) from None
    if "\0" in text:
        raise DocumentError("the page holds characters that no text holds.", hint=_SAVE)
    if name == "utf-8" or mark or content.isascii():
        return text, ()
    try:
        other = content.decode("utf-8")
    except UnicodeDecodeError:
        return text, ()
    return text, (Hidden(kind="unread_part", where="the file, read as UTF-8 and not as it declares", text=other),)


def _declared(content: bytes) -> str:
    """The Python name of the encoding that a browser finds in the first bytes of the page."""
    from tinyhtml5.inputstream import HTMLBinaryInputStream

    found = HTMLBinaryInputStream(io.BytesIO(content[:4096])).detect_encoding_meta()
    return str(found.codec_info.name) if found is not None else "utf-8"
