"""What is written is opened by LibreOffice, saved in the other format, and says the same when it is read again."""

from __future__ import annotations

import pytest
from office_conversion import convert_all
from office_files import PIXEL

from bearwitness.documents.content import Document, Note, Opened, Paragraph, Picture, Run, Table
from bearwitness.documents.docx_reading import read_docx
from bearwitness.documents.docx_writing import write_docx
from bearwitness.documents.flat import flatten, paragraphs_of
from bearwitness.documents.odt_reading import read_odt
from bearwitness.documents.odt_writing import write_odt


def _said(text: str, **look: object) -> Paragraph:
    return Paragraph(runs=(Run(text=text),), **look)  # type: ignore[arg-type]


def _cells(*rows: tuple[str, ...]) -> tuple[tuple[tuple[Paragraph, ...], ...], ...]:
    return tuple(tuple((_said(text) if text else Paragraph(runs=()),) for text in row) for row in rows)


ALL_OF_IT = Document(
    blocks=(
        _said("강가의 하루", kind="heading", level=1),
        Paragraph(runs=(Run(text="The ferry "), Run(text="never", bold=True), Run(text=" came "),
                        Run(text="back", italic=True), Run(text=".", note="1"),
                        Run(text=" 은행나무가 섰다.", note="2"))),
        _said("Part two", kind="heading", level=2),
        _said("a basket", kind="list_item"),
        _said("of reeds", kind="list_item", level=1),
        _said("and a net", kind="list_item"),
        _said("So they told it.", kind="quote"),
        _said("first the oar", kind="list_item", ordered=True),
        _said("then the boat", kind="list_item", ordered=True),
        Table(rows=_cells(("month", "catch"), ("여름", "twelve"), ("", "none")), header_rows=1),
        _said("שלום נהר"),
        Paragraph(runs=(Run(text="see "), Run(text="the page", link="https://example.org/a?b=1&c=2"))),
        _said("one\ntwo\tthree"),
        Picture(content=PIXEL, alternative="a grey square"),
        _said("The end."),
    ),
    notes=(
        Note(id="1", paragraphs=(_said("The old ferry."),)),
        Note(id="2", paragraphs=(_said("사흘 뒤에."), _said("And again."))),
    ),
    margins=(_said("River papers"),),
)  # fmt: skip


@pytest.fixture(scope="module")
def as_odt(tmp_path_factory: pytest.TempPathFactory) -> Opened:
    """What is written as DOCX, saved as ODT by LibreOffice."""
    made = convert_all({"a.docx": write_docx(ALL_OF_IT)}, "odt", tmp_path_factory.mktemp("odt"))
    return read_odt(made["a.docx"])


@pytest.fixture(scope="module")
def as_docx(tmp_path_factory: pytest.TempPathFactory) -> Opened:
    """What is written as ODT, saved as DOCX by LibreOffice."""
    made = convert_all({"a.odt": write_odt(ALL_OF_IT)}, "docx", tmp_path_factory.mktemp("docx"))
    return read_docx(made["a.odt"])


@pytest.fixture(params=["as_odt", "as_docx"])
def passed(request: pytest.FixtureRequest) -> Document:
    """The document after LibreOffice has had it."""
    opened: Opened = request.getfixturevalue(request.param)
    return opened.document


def test_every_word_comes_through_in_its_order(passed: Document) -> None:
    """The whole text is the same, with footnotes and the header."""
    assert flatten(passed).text.split() == flatten(ALL_OF_IT).text.split()


def test_headings_lists_and_quotes_come_through(passed: Document) -> None:
    """Each heading has its level, each item its depth and its sort, each quotation is one."""
    for kind in ("heading", "list_item", "quote"):
        kept, given = (
            [(p.text, p.level, p.ordered) for p in paragraphs_of(d) if p.kind == kind] for d in (passed, ALL_OF_IT)
        )
        assert kept == given


def test_tables_come_through(passed: Document) -> None:
    """The cells and the heading rows of a table are the same."""
    tables = [b for b in passed.blocks if isinstance(b, Table)]
    assert [[[" ".join(p.text for p in cell) for cell in row] for row in t.rows] for t in tables] == [
        [["month", "catch"], ["여름", "twelve"], ["", "none"]]
    ]
    assert tables[0].header_rows == 1


def test_footnotes_come_through(passed: Document) -> None:
    """Each footnote says what it said, and stands where it stood."""
    said = [[p.text for p in note.paragraphs] for note in passed.notes]
    assert said == [["The old ferry."], ["사흘 뒤에.", "And again."]]
    marked = [run.text[-1] for p in paragraphs_of(passed) for run in p.runs if run.note]
    assert marked == [".", "."]


def test_looks_links_and_pictures_come_through(passed: Document) -> None:
    """Bold words are bold, a link leads where it led, a picture has its alternative text."""
    paragraphs = [b for b in passed.blocks if isinstance(b, Paragraph) and b.kind == "paragraph"]
    runs = [run for paragraph in paragraphs for run in paragraph.runs]
    assert [run.text for run in runs if run.bold] == ["never"]
    assert [run.text for run in runs if run.italic] == ["back"]
    assert [(run.text, run.link) for run in runs if run.link] == [("the page", "https://example.org/a?b=1&c=2")]
    assert [b.alternative for b in passed.blocks if isinstance(b, Picture)] == ["a grey square"]
