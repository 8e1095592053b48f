"""Writes a document as plain text: the words of the page and nothing that was not judged with them."""

from __future__ import annotations

import re
from typing import Final

from bearwitness.documents.content import Document
from bearwitness.documents.flat import flatten

_UNWRITABLE: Final = re.compile(r"[\x00\ud800-\udfff]")


def write_plain(document: Document) -> bytes:
    """The text of a document in UTF-8.

    It is the text of ``flatten``, which is what was judged: no bullet, no number and no mark of a footnote is put in.
    Pictures, links and looks are left out. A last line break is added where there is none.

    Parameters
    ----------
    document : Document
        Any document.
    """
    text = _UNWRITABLE.sub("\ufffd", flatten(document).text)
    return (text if text.endswith("\n") else text + "\n").encode("utf-8")
