"""The words that lie between other bytes, as a search through a file would find them."""

from __future__ import annotations

import re
from typing import Final

MOST_CHARACTERS: Final = 50_000
_LEAST: Final = 4

# Printable ASCII and the letters of more than one byte, well formed.
_UTF8: Final = re.compile(
    rb"(?:[\x20-\x7e\t\r\n]|[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}){4,}"
)
# Latin letters and Hangul of two bytes each: of other scripts anything can be read into any bytes.
_PAIR_LE: Final = rb"(?:[\x20-\x7e\t\r\n\xa0-\xff]\x00|[\x00-\xff][\xac-\xd7])"
_PAIR_BE: Final = rb"(?:\x00[\x20-\x7e\t\r\n\xa0-\xff]|[\xac-\xd7][\x00-\xff])"
_UTF16_LE: Final = re.compile(_PAIR_LE + rb"{4,}", re.DOTALL)
_UTF16_BE: Final = re.compile(_PAIR_BE + rb"{4,}", re.DOTALL)
_ODD: Final = re.compile("[^\\S \n]+|[\ufffd]+")


def find_words(content: bytes) -> str:
    """What can be read in some bytes: runs of four characters or more, a line each, bounded in length.

    Parameters
    ----------
    content : bytes
        Anything.

    Returns
    -------
    str
        Runs in UTF-8, then those in UTF-16 of either order; at most ``MOST_CHARACTERS``.
    """
    found: list[str] = []
    seen: set[str] = set()
    length = 0
    patterns = ((_UTF8, "utf-8"), (_UTF16_LE, "utf-16-le"), (_UTF16_BE, "utf-16-be"))
    for pattern, encoding in patterns:
        for match in pattern.finditer(content):
            words = _ODD.sub(" ", match[0].decode(encoding, errors="replace")).strip()
            if len(words) < _LEAST or words in seen:
                continue
            seen.add(words)
            found.append(words)
            length += len(words)
            if length > MOST_CHARACTERS:
                return "\n".join(found)[:MOST_CHARACTERS]
    return "\n".join(found)
