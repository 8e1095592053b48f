"""One part of an OpenDocument text, and where reading it has got to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from bearwitness.documents.content import Note
from bearwitness.documents.odt_styles import Styles, long, twips
from bearwitness.documents.office_looks import Look
from bearwitness.documents.office_story import Findings, Line, Sink
from bearwitness.documents.office_xml import Element, Part

FAR_TWIPS: Final = 12_000


@dataclass(slots=True, kw_only=True)
class Book:
    """What all texts of one document share; ``regions`` are tracked changes by their ids.

    ``inline`` reads one element of a paragraph into its line, ``content`` all that is within an element.
    """

    members: dict[str, bytes]
    inline: Callable[[Story, Line, Element, Look], None]
    content: Callable[[Story, Line, Element, Look], None]
    findings: Findings = field(default_factory=Findings)
    notes: list[Note] = field(default_factory=list)
    regions: dict[str, tuple[str, str]] = field(default_factory=dict)
    masters: set[str] = field(default_factory=set)
    page_colour: str = "FFFFFF"


@dataclass(slots=True, kw_only=True)
class Story:
    """One part, and where reading it has got to; ``gap`` says whether a space would be one too many."""

    book: Book
    part: Part
    styles: Styles
    background: str = "FFFFFF"
    paragraphs: int = 0
    gap: bool = True
    list_style: str = ""
    depth: int = -1
    open_changes: dict[str, Sink] = field(default_factory=dict)

    @property
    def place(self) -> str:
        """Where reading is."""
        return f"{self.part.name}, paragraph {self.paragraphs}"


def is_far(element: Element) -> bool:
    """Whether a shape stands far from any page."""
    at = [twips(element.get(long(name)) or "") for name in ("svg:x", "svg:y")]
    return any(n is not None and not -FAR_TWIPS <= n <= 2 * FAR_TWIPS for n in at)
