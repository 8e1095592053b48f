"""The sentence in which a passage stands, in either language, for showing it to people; the draft as it was written."""

from __future__ import annotations

import re
from typing import Final

# Not after a digit ("2024. 2. 5."), a capital ("J. Park") or a title ("Dr. Park"); closing marks belong to it.
_END: Final = re.compile(
    r"(?<![0-9A-Z])(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bSt)(?<!\bMrs)(?<!\bProf)[.!?…]+[\"'”’」』)\]]*(?=\s|$)|\n+"
)


def sentence_around(text: str, start: int, end: int) -> str:
    """The sentence or sentences that hold ``text[start:end]``, white space at their ends left out.

    Parameters
    ----------
    text : str
        A draft.
    start, end : int
        A passage of it, in code points, end excluded.
    """
    first = 0
    for match in _END.finditer(text):
        if match.end() <= start:
            first = match.end()
        elif match.end() >= end:
            return " ".join(text[first : match.end()].split())
    return " ".join(text[first:].split())
