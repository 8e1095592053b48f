"""Word documents as word processors make them, and ways to change a part of one. All people are invented."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

from bearwitness.documents.content import Opened
from bearwitness.documents.flat import flatten
from bearwitness.documents.zip_bounds import pack_archive

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8ffff3f0005fe02fe"
    "0def46b80000000049454e44ae426082"
)


def members_of(content: bytes) -> dict[str, bytes]:
    """What is in a zip archive."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def with_members(content: bytes, members: Mapping[str, bytes]) -> bytes:
    """An archive with members added or replaced."""
    return pack_archive(members_of(content) | dict(members))


def with_part(content: bytes, name: str, change: Callable[[Any], None]) -> bytes:
    """An archive with one XML part changed."""
    from lxml import etree

    root = etree.fromstring(members_of(content)[name])
    change(root)
    return with_members(content, {name: etree.tostring(root, encoding="utf-8", xml_declaration=True)})


def with_body(content: bytes, xml: str) -> bytes:
    """A Word document with some paragraphs, in XML, before all others."""
    from lxml import etree

    spaces = {
        "w": W, "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "v": "urn:schemas-microsoft-com:vml",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    }  # fmt: skip
    declared = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in spaces.items())

    def change(root: Any) -> None:
        for at, child in enumerate(etree.fromstring(f"<x {declared}>{xml}</x>")):
            root[0].insert(at, child)

    return with_part(content, "word/document.xml", change)


def made_docx(fill: Callable[[Any], None] = lambda _: None) -> bytes:
    """A Word document made by a library that makes them as Word does, with a template's styles, theme and thumbnail."""
    import docx

    made = docx.Document()
    fill(made)
    saved = io.BytesIO()
    made.save(saved)
    return saved.getvalue()


def fill_everything(made: Any) -> None:
    """Every feature of the library that makes the document."""
    made.add_heading("강가의 하루", 1)
    said = made.add_paragraph("The ferry ")
    said.add_run("never").bold = True
    said.add_run(" came ").italic = True
    said.add_run("back.")
    made.add_paragraph("a basket", style="List Bullet")
    made.add_paragraph("of reeds", style="List Bullet 2")
    made.add_paragraph("first the oar", style="List Number")
    made.add_paragraph("So they told it.", style="Quote")
    table = made.add_table(2, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "month", "catch"
    table.cell(1, 0).merge(table.cell(1, 1)).text = "nothing at all"
    made.add_picture(io.BytesIO(PIXEL))
    made.add_comment(said.runs, text="ask Hwang Dal-rae", author="Mok Ara", initials="MA")
    made.sections[0].header.paragraphs[0].text = "River papers"
    made.sections[0].footer.paragraphs[0].text = "page of the river"
    made.core_properties.author = "Mok Ara"
    made.core_properties.keywords = "ferry, reeds"


def seen(opened: Opened) -> str:
    """What a reader of the page sees, as one text."""
    return flatten(opened.document).text


def hidden_of(opened: Opened, *kinds: str) -> str:
    """What is hidden in a file, of some kinds or of all, as one text."""
    return "\n".join(h.text for h in opened.hidden if not kinds or h.kind in kinds)
