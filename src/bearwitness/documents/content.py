"""What a document is once it is open: what a reader sees of it, in order, and what it carries besides.

Readers of all formats give these values, writers of all formats take them, so that a document can be read in one
format, changed as text, and set anew in another. Nothing of a file but what these values hold is ever written.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

DocumentForm = Literal["text", "markdown", "html", "docx", "odt", "pdf", "image", "audio"]
ParagraphKind = Literal["paragraph", "heading", "list_item", "quote", "code", "caption"]
HiddenKind = Literal[
    "comment",  # a comment or annotation, with its author
    "inserted",  # a tracked insertion: shown, and marked as somebody's change
    "deleted",  # tracked deletion: gone to the eye, still in the file
    "revision",  # an earlier version kept in the file (versions, incremental updates, revision marks)
    "hidden_text",  # text that is there and not shown: hidden style, white, tiny, behind the page, display:none
    "covered_text",  # text under a box, an image or a highlight of one colour
    "off_page",  # text outside the page's box
    "field",  # a field code, form value, merge field, bookmark or placeholder
    "alternative_text",  # alternative text, titles and tooltips of images and links
    "link_target",  # where a link goes
    "metadata",  # author, title, company, dates, template, application, custom properties, document ids
    "xmp",  # an XMP packet
    "exif",  # EXIF, IPTC, GPS or maker notes of an image; tags and chunks of a sound
    "thumbnail",  # a preview picture
    "embedded_file",  # a file within the file
    "image",  # a picture: what it shows cannot be checked by reading
    "sound",  # a sound: what is said in it cannot be checked by reading
    "script",  # a macro, script or action
    "external",  # something that is fetched from elsewhere when the file is opened
    "layer",  # an optional layer that can be switched on
    "unread_part",  # a part that this program does not understand
    "no_text_layer",  # pages that are pictures only
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Characters of one look; ``link`` is where they lead, ``note`` the id of a footnote that stands after them."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One paragraph. ``level`` is 1 to 6 for a heading, 0 and more for the depth of a list item; else 0.

    A line break within the paragraph is a newline in a run's text; a tab is a tab.
    """

    runs: tuple[Run, ...]
    kind: ParagraphKind = "paragraph"
    level: int = 0
    ordered: bool = False

    @property
    def text(self) -> str:
        """The characters of all runs."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows of cells, each cell one or more paragraphs. The first ``header_rows`` rows are headings.

    A cell that spans several columns or rows stands once, at its first place; the places it covers are empty cells.
    """

    rows: tuple[tuple[tuple[Paragraph, ...], ...], ...]
    header_rows: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture in its place, as the bytes of the file it came from; writers take only rebuilt ones."""

    content: bytes
    alternative: str = ""


Block = Paragraph | Table | Picture


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A footnote or endnote; ``id`` is what a run's ``note`` names."""

    id: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What a reader of the finished page sees, in order: body, then footnotes; ``margins`` are headers and footers."""

    blocks: tuple[Block, ...]
    notes: tuple[Note, ...] = ()
    margins: tuple[Paragraph, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hidden:
    """Something in a file that a reader of the page does not see, or that reading cannot judge.

    ``where`` is its place in words of the format ("word/comments.xml, comment 3", "page 2, under a filled box"), never
    its content. ``text`` is what it says, as far as it is text: the checker reads it as it reads the page.
    """

    kind: HiddenKind
    where: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A file, opened."""

    form: DocumentForm
    document: Document
    hidden: tuple[Hidden, ...] = ()
