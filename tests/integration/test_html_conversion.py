"""A page that is written is opened by LibreOffice and says the same; a page that LibreOffice writes is read."""

from __future__ import annotations

import re

import pytest
from office_conversion import convert_all
from office_files import PIXEL

from bearwitness.documents.content import Document, Note, Opened, Paragraph, Picture, Run, Table
from bearwitness.documents.flat import flatten, paragraphs_of
from bearwitness.documents.html_reading import read_html
from bearwitness.documents.html_writing import write_html
from bearwitness.documents.odt_reading import read_odt
from bearwitness.documents.odt_writing import write_odt


def _said(text: str, **look: object) -> Paragraph:
    return Paragraph(runs=(Run(text=text),), **look)  # type: ignore[arg-type]


NOTE = "사흘 뒤에."
PAGE = Document(
    blocks=(
        # LibreOffice makes a plain paragraph, in the style of a heading, of one of the first level.
        _said("강가의 하루", kind="heading", level=2),
        Paragraph(runs=(Run(text="The ferry "), Run(text="never", bold=True), Run(text=" came "),
                        Run(text="back", italic=True), Run(text=".", note="1"))),
        _said("a basket", kind="list_item"),
        _said("of reeds", kind="list_item", level=1),
        _said("and a net", kind="list_item"),
        _said("So they told it.", kind="quote"),
        _said("first the oar", kind="list_item", ordered=True),
        Table(rows=(((_said("month"),), (_said("catch"),)), ((_said("여름"),), (_said("twelve"),))), header_rows=1),
        _said("שלום נהר"),
        Paragraph(runs=(Run(text="see "), Run(text="the page", link="https://example.org/a?b=1&c=2"))),
        Picture(content=PIXEL),
    ),
    notes=(Note(id="1", paragraphs=(_said(NOTE),)),),
    margins=(_said("River papers"),),
)  # fmt: skip


@pytest.fixture(scope="module")
def as_odt(tmp_path_factory: pytest.TempPathFactory) -> Opened:
    """What is written as a page, saved as ODT by LibreOffice."""
    made = convert_all({"a.html": write_html(PAGE)}, "odt", tmp_path_factory.mktemp("odt"))
    return read_odt(made["a.html"])


@pytest.fixture(scope="module")
def as_html(tmp_path_factory: pytest.TempPathFactory) -> Opened:
    """What is written as ODT, saved as a page by LibreOffice."""
    made = convert_all({"a.odt": write_odt(PAGE)}, "html", tmp_path_factory.mktemp("html"))
    return read_html(made["a.odt"])


def _words(document: Document) -> list[str]:
    """The words of a document; the number of the one footnote is no word."""
    return sorted(re.sub(r"(?<=\.)1\b|\b1(?=사흘)", "", flatten(document).text).split())


def test_every_word_comes_through(as_odt: Opened, as_html: Opened) -> None:
    """All words are there, with those of the footnote and the margin, wherever the other program sets them."""
    assert _words(as_odt.document) == _words(PAGE)
    assert _words(as_html.document) == _words(PAGE)


def test_the_shape_comes_through(as_odt: Opened, as_html: Opened) -> None:
    """Headings, items of lists and cells are what they were."""
    for document in (as_odt.document, as_html.document):
        for kind in ("heading", "list_item"):
            kept, given = (
                # A note stays an item of the list that notes are written as, once LibreOffice has had the page.
                [(p.text.strip(), p.level, p.ordered) for p in paragraphs_of(d) if p.kind == kind and p.text != NOTE]
                for d in (document, PAGE)
            )
            assert kept == given
        tables = [b for b in document.blocks if isinstance(b, Table)]
        assert [[[p.text for p in cell] for cell in row] for t in tables for row in t.rows] == [
            [["month"], ["catch"]], [["여름"], ["twelve"]]
        ]  # fmt: skip


def test_the_page_of_another_program_is_taken_apart(as_html: Opened) -> None:
    """Looks and links are read; the program, the times and the picture beside the page are told."""
    runs = [run for p in paragraphs_of(as_html.document) if p.kind == "paragraph" for run in p.runs]
    assert [run.text for run in runs if run.bold] == ["never"]
    assert [(run.text, run.link) for run in runs if run.link] == [("the page", "https://example.org/a?b=1&c=2")]
    kinds = {(h.kind, "LibreOffice" in h.text) for h in as_html.hidden}
    assert ("metadata", True) in kinds
    assert any(h.kind == "external" and h.text.endswith(".png") for h in as_html.hidden)
    assert not any(h.kind in ("unread_part", "hidden_text") for h in as_html.hidden)
