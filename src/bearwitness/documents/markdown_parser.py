"""Markdown as tokens: CommonMark with tables, struck-out words and footnotes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from bearwitness.documents.markdown_footnotes import add_footnotes
from bearwitness.errors import DocumentError

if TYPE_CHECKING:
    from markdown_it.token import Token

# Lists and quotes within each other, and brackets within brackets. What lies deeper is told as not understood.
_MOST_NESTED: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """Tokens, and the definitions of links: first and last line of each (from 0, the end excluded), its label."""

    tokens: tuple[Token, ...]
    definitions: tuple[tuple[int, int, str], ...]


def parse(text: str) -> Parsed:
    r"""The tokens of a text.

    Parameters
    ----------
    text : str
        Markdown, with ``\n`` as the only line break.

    Returns
    -------
    Parsed
        Addresses stand in the tokens as they are written, and links go wherever they go; tokens of links by a label
        have it in ``meta``.

    Raises
    ------
    DocumentError
        If it is nested too deep to be taken apart.
    """
    from markdown_it import MarkdownIt

    parser: Any = MarkdownIt("commonmark", {"maxNesting": _MOST_NESTED, "store_labels": True})
    parser.enable(["table", "strikethrough"])
    # An address that is encoded anew could no longer be read, and a link that is refused would pass for text.
    parser.normalizeLink = parser.normalizeLinkText = lambda address: address
    parser.validateLink = lambda _: True
    add_footnotes(parser)
    env: dict[str, Any] = {}
    try:
        tokens = tuple(parser.parse(text, env))
    except RecursionError:
        raise DocumentError("the text is nested too deep.", hint="Save it as plain text, and give that.") from None
    told = [(label, found["map"]) for label, found in env.get("references", {}).items()]
    # A label that is defined twice leads where its first definition does; the second one is used by nobody.
    told += [("", found["map"]) for found in env.get("duplicate_refs", ())]
    return Parsed(tokens=tokens, definitions=tuple(sorted((m[0], m[1], label) for label, m in told)))
