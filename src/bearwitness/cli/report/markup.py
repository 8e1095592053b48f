"""HTML that is escaped by construction: text becomes markup only by passing through here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from bearwitness.cli.figures import show_passage


@dataclass(frozen=True, slots=True)
class Markup:
    """A piece of finished HTML."""

    html: str


Piece = Markup | str | None
_VOID = frozenset({"meta", "br"})


def text(value: str) -> str:
    """Text as HTML: escaped, control characters made visible."""
    return escape(show_passage(value), quote=True)


def element(tag: str, *pieces: Piece | Iterable[Piece], **attributes: str | int | float | None) -> Markup:
    """An element; text within it and in its attributes is escaped.

    Parameters
    ----------
    tag : str
        Name of the element.
    *pieces
        Text, markup, or iterables of both; None is left out.
    **attributes
        A trailing underscore is dropped (``class_``), others become hyphens (``aria_label``); None is left out,
        an empty string gives the bare attribute.
    """
    shown = "".join(
        f" {name.rstrip('_').replace('_', '-')}" + ("" if value == "" else f'="{text(str(value))}"')
        for name, value in attributes.items()
        if value is not None
    )
    if tag in _VOID:
        return Markup(f"<{tag}{shown}>")
    return Markup(f"<{tag}{shown}>{join(*pieces).html}</{tag}>")


def join(*pieces: Piece | Iterable[Piece]) -> Markup:
    """Pieces one after the other."""
    found: list[str] = []
    for piece in pieces:
        if piece is None:
            continue
        if isinstance(piece, Markup):
            found.append(piece.html)
        elif isinstance(piece, str):
            found.append(text(piece))
        else:
            found.append(join(*piece).html)
    return Markup("".join(found))
