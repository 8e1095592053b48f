"""Which names and values of an office document are words of the format, and say nothing that a person wrote.

What is not known to be one is reported: a name of a style, a font, a bookmark or a field may name somebody.
"""

from __future__ import annotations

import functools
import re
from typing import Final

from bearwitness.documents.office_words import EXACT, SHORT_WORDS, WORDS

_MOST_DIGITS: Final = 6
_LEAST_LETTERS: Final = 4
_CHUNKS: Final = re.compile(r"[\s;,()|]+")
_NUMBER: Final = re.compile(
    r"[-+]?(?:\d{1,9}(?:\.\d{1,9})?|\.\d{1,9})(?:[eE]-\d{1,3})?"
    r"(?:%|pt|cm|mm|in|inch|pc|px|em|deg|fd|f)?|[-+]?\d{1,5}/\d{1,5}|(?:v|\d)\.\d{1,2}"
)
# Colours and flags in hexadecimal digits; letters alone might be a word.
_HEXADECIMAL: Final = re.compile(
    r"#?(?:(?=[0-9A-Fa-f]*\d)[0-9A-Fa-f]{2,8}|([A-Fa-f])\1([A-Fa-f])\2([A-Fa-f])\3|[fF]{2,8}|(?:0[0-9A-F]){10}|0{1,24})"
)
# How a list is counted: "%1.%2.", and the mark of a list, which is no letter.
_COUNTED: Final = re.compile(r"[(]?(?:%\d{1,2}[%.):]{0,2}-?){1,10}|[^\w\s]|[\ue000-\uf8ff]|[-–—]{1,2}")
# How LibreOffice names pictures, and a letter that stands for a direction or a way to draw.
_CALLED: Final = re.compile(r"Pictures/[0-9A-F]{32,64}\.[a-z]{3,4}|[A-Za-z]|[A-F]{2}")
_WORDS: Final = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+|[^A-Za-z\d]+")
_APART: Final = re.compile(r"[\W_]+")
# Names that programs count up for what has none: paragraph 3, a style for one table, a list, a frame.
_AUTOMATIC: Final = re.compile(
    r"(?:P|T|L|MP|MT|ML|fr|Mfr|gr|Mgr|dp|Mdp|pm|Mpm|ta|co|ro|ce|N|Sect|MSect|WWNum|WW8Num|ftn|edn|rId|R|Table|Frame"
    r"|Picture|Image|Object|Shape|LFO|S|D|TableColumn|TableRow|TableCell|image|header|footer|item|itemProps|theme)"
    r"\d{1,4}(?:z\d|[a-z]{1,2}|\.[A-Z]{1,2}\d{0,4}|\.\d{1,4})?"
)
_FORMS: Final = (_NUMBER, _HEXADECIMAL, _COUNTED, _AUTOMATIC, _CALLED)


@functools.lru_cache(maxsize=8192)
def is_plain_value(value: str) -> bool:
    """Whether a value is numbers, colours and words of the format only.

    Parameters
    ----------
    value : str
        An attribute's value, or a name.

    Returns
    -------
    bool
        False for whatever is not known to be one: a word that is not in the lists, a number of ten digits or more, a
        date with hyphens, an identifier.
    """
    return value in EXACT or all(_is_plain_chunk(chunk) for chunk in _CHUNKS.split(value) if chunk)


def is_plain_name(value: str) -> bool:
    """Whether the name of a member of an archive is one that programs give."""
    return value in EXACT or _is_plain_chunk(value)


def _is_plain_chunk(chunk: str) -> bool:
    if chunk in EXACT or chunk in SHORT_WORDS:
        return True
    if any(form.fullmatch(chunk) for form in _FORMS):
        return True
    # In a name of two parts ("position:absolute") and in an address each part is told by itself.
    words = [word for piece in _APART.split(chunk) for word in _WORDS.findall(piece)]
    letters = [word for word in words if not word.isdigit()]
    if sum(map(len, words)) - sum(map(len, letters)) > _MOST_DIGITS:
        return False
    # Short words are common in names of people: they count only beside a longer one of the format.
    known = any(len(word) >= _LEAST_LETTERS for word in letters)
    return known and all(word.lower() in (WORDS if len(word) >= _LEAST_LETTERS else SHORT_WORDS) for word in letters)
