"""Characters that take no room or turn the direction of reading: never written, always told."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from typing import Final

from bearwitness.documents.content import Hidden

# Default-ignorable code points and controls of direction. What joins or colours two signs is no letter's disguise.
_NO_WIDTH: Final = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0d"
    "\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
    "|(?<![\u00a9\u00ae\u200d\u203c-\u3299\ufe0f\U0001f000-\U0001faff])[\ufe0e\ufe0f]"
)
_JOINED: Final = re.compile(
    "(?<=[\u203c-\u3299\ufe0f\U0001f000-\U0001faff])\u200d(?=[\u203c-\u3299\U0001f000-\U0001faff])"
)
_TAGS: Final = range(0xE0020, 0xE007F)


def drop_widthless(text: str) -> str:
    """A text without characters that take no room; what joins signs such as emoji stays."""
    if text.isascii():
        return text
    joined = {m.start() for m in _JOINED.finditer(text)}
    return _NO_WIDTH.sub(lambda m: m.group() if m.start() in joined else "", text)


def find_widthless(lines: Sequence[str]) -> Iterator[Hidden]:
    """Each line's characters without width, or that turn the direction of reading; what tags of them spell."""
    for number, written in enumerate(lines, 1):
        # A character may also be written by its number.
        line = html.unescape(written) if "&" in written else written
        if line.isascii():
            continue
        joined = {m.start() for m in _JOINED.finditer(line)}
        found = [m.group() for m in _NO_WIDTH.finditer(line) if m.start() not in joined]
        if found:
            names = " ".join(dict.fromkeys(f"U+{ord(c):04X}" for c in found))
            spelled = "".join(chr(ord(c) - 0xE0000) for c in found if ord(c) in _TAGS)
            yield Hidden(kind="hidden_text", where=f"line {number}, characters without width ({names})", text=spelled)
