"""A web page is read as a browser shows it: its blocks, its spaces, its lists, tables, notes and pictures."""

import base64

import pytest
from document_strategies import documents
from html_page import PAGE
from hypothesis import given, settings
from office_files import PIXEL

from bearwitness.documents.content import Document, Paragraph, Picture, Run, Table
from bearwitness.documents.flat import flatten
from bearwitness.documents.html_reading import MOST_DEPTH, read_html
from bearwitness.documents.html_writing import write_html
from bearwitness.documents.opening import open_document
from bearwitness.documents.producing import produce
from bearwitness.documents.verifying import is_harmless, verify_artefact
from bearwitness.errors import DocumentError


def blocks(page):
    """The blocks of a page."""
    return read_html(page.encode()).document.blocks


def said(page):
    """Kind and text of each paragraph of a page's body."""
    return [(b.kind, b.text) for b in blocks(page) if isinstance(b, Paragraph)]


def texts(page):
    """The text of each paragraph of a page's body."""
    return [text for _, text in said(page)]


@settings(max_examples=120, deadline=None)
@given(documents(tabs=True, spaces=True))
def test_what_is_written_is_read_as_it_was(document):
    """A document set as a page and read again is the same document, and carries nothing beside its page."""
    opened = read_html(write_html(document))
    assert opened.document == document
    assert [h for h in opened.hidden if not is_harmless(h, opened.document)] == []


def test_a_picture_in_an_address_comes_back():
    """A picture that is written into the page is read as the same picture, and told as one."""
    document = Document(blocks=(Picture(content=PIXEL, alternative=""), Paragraph(runs=(Run(text="so"),))))
    opened = read_html(write_html(document))
    assert opened.document == document
    assert {h.kind for h in opened.hidden} == {"image"}


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        ("<p>  a \n b\t c  </p>", ["a b c"]),
        ("<p>a<b> b</b> c</p>", ["a b c"]),
        ("<p>a <b> b</b></p>", ["a b"]),
        ("<p>a<br> b <br></p>", ["a\nb"]),
        ("<pre>\na  b\n\tc\n</pre>", ["a  b\n\tc"]),
        ("<p style='white-space:pre-wrap'> a  b</p>", [" a  b"]),
        ("<p style='white-space: pre-line'>a  b \n c</p>", ["a b\nc"]),
        ("<div>a<p>b</p>c</div>d", ["a", "b", "c", "d"]),
        ("<p>은심<b>이가</b> 왔다", ["은심이가 왔다"]),
        ("<p>Vor<!-- x -->da<wbr>ni&shy;ka", ["Vordani\u00adka"]),
        ("<div style='display:inline'>Vor</div><div style='display:inline-block'>danika</div>", ["Vordanika"]),
        ("<span style='display:block'>a</span><span style='display:flex'>b</span>", ["a", "b"]),
        ("<style>.x{display:block}</style>a<i class=x>b</i>c", ["a", "b", "c"]),
        ("a&nbsp;&nbsp;b &lt;c&gt; &#xAC00;", ["a\u00a0\u00a0b <c> 가"]),
        ("<p>a<p>b</html>late", ["a", "blate"]),
        ("<table>stray<tr><td>c</table>", ["stray"]),
        ("<noscript>n</noscript><xmp><b>x</b></xmp>", ["<b>x</b>"]),
    ],
)
def test_space_and_lines_are_those_of_a_browser(page, shown):
    """Space is folded or kept, and lines end, where a browser does so."""
    assert texts(page) == shown


def test_kinds_of_paragraphs():
    """Headings, quotations, code, captions and lists within lists are what they are."""
    page = ("<h2>t</h2><blockquote>q<p>r</p></blockquote><pre>c</pre><figure><figcaption>f</figcaption></figure>"
            "<ol><li>a<ul><li>b</li></ul></li><li><p>c</p><p>d</p></li></ol>")  # fmt: skip
    found = [(b.kind, b.level, b.ordered, b.text) for b in blocks(page)]
    assert found == [
        ("heading", 2, False, "t"), ("quote", 0, False, "q"), ("quote", 0, False, "r"), ("code", 0, False, "c"),
        ("caption", 0, False, "f"), ("list_item", 0, True, "a"), ("list_item", 1, False, "b"),
        ("list_item", 0, True, "c\nd"),
    ]  # fmt: skip


def test_looks_and_links():
    """Bold and italic come from elements and from styles; a link is kept if it leads to a page or to mail."""
    page = ("<style>.b{font-weight:700}</style><p><b>a</b><em>b</em><span class=b>c</span>"
            "<b style='font-weight:400'>d</b><a href=' HTTPS://example.org/x '>e</a><a href='javascript:f()'>f</a>"
            "<a href='g.html'>g</a>")  # fmt: skip
    (paragraph,) = blocks(page)
    assert paragraph.runs == (
        Run(text="a", bold=True), Run(text="b", italic=True), Run(text="c", bold=True), Run(text="d"),
        Run(text="e", link="HTTPS://example.org/x"), Run(text="fg"),
    )  # fmt: skip


def cells(page):
    """The texts of a table's cells, row by row, and how many rows are headings."""
    (table,) = (b for b in blocks(page) if isinstance(b, Table))
    return [[" ".join(p.text for p in cell) for cell in row] for row in table.rows], table.header_rows


@pytest.mark.parametrize(
    ("page", "rows", "heads"),
    [
        ("<tr><th>a<th>b<tr><td>c<td>d", [["a", "b"], ["c", "d"]], 1),
        ("<thead><tr><td>a<tbody><tr><td>b", [["a"], ["b"]], 1),
        ("<tfoot><tr><td>z<tbody><tr><td>a<thead><tr><td>h", [["h"], ["a"], ["z"]], 1),
        ("<tr><td colspan=2>a<td>b<tr><td>c", [["a", "", "b"], ["c", "", ""]], 0),
        ("<tr><td rowspan=2>a<td>b<tr><td>c<tr><td>d<td>e", [["a", "b"], ["", "c"], ["d", "e"]], 0),
        ("<tr><td rowspan=0>a<td>b<tr><td>c<tr><td>d", [["a", "b"], ["", "c"], ["", "d"]], 0),
        ("<tr><td>a<table><tr><td>b<td>c</table><td>d", [["a b c", "d"]], 0),
        ("<tr><td colspan=x>a<td colspan=-3>b", [["a", "b"]], 0),
    ],
)
def test_cells_stand_where_a_browser_places_them(page, rows, heads):
    """Spans cover places, a head is on top and a foot below, and a table in a cell is its text."""
    assert cells(f"<table>{page}</table>") == (rows, heads)


def test_footnotes_of_other_programs():
    """Marks and notes by their roles are footnotes, under whatever names, and the arrow back is none of their words."""
    page = ('<p>x<a href="#fn1" id="fnref1" role="doc-noteref"><sup>1</sup></a></p><section role="doc-endnotes"><hr>'
            '<ol><li id="fn1"><p>So.<a href="#fnref1" role="doc-backlink">↩︎</a></p></li></ol></section>')  # fmt: skip
    opened = read_html(page.encode())
    assert opened.document.blocks == (Paragraph(runs=(Run(text="x", note="1"),)),)
    assert [[p.text for p in note.paragraphs] for note in opened.document.notes] == [["So."]]
    assert opened.hidden == ()


@pytest.mark.parametrize(
    "content",
    [
        "<p>강가에서".encode(), "\ufeff<p>강가에서".encode(), "<p>강가에서".encode("utf-16"),
        "<meta charset=euc-kr><p>강가에서".encode("cp949"),
        "<meta http-equiv=content-type content='text/html; charset=ks_c_5601-1987'><p>강가에서".encode("cp949"),
    ],
)  # fmt: skip
def test_the_encoding_is_the_one_that_a_browser_takes(content):
    """A mark comes before what the page declares, and UTF-8 is meant where neither is there."""
    assert flatten(read_html(content).document).text == "강가에서"


@pytest.mark.parametrize(
    "content",
    [
        "<p>강가에서".encode("cp949"), b"<meta charset=utf-8><p>\xff", "<p>강".encode("utf-16-le"), b"\xff\xfe<",
        b"<meta charset=shift_jis><p>\x81", b"<div>" * (MOST_DEPTH + 50), b"<p>" * 500_000,
        b"<table><tr>" + b"<td colspan=1000>" * 200,
    ],
)  # fmt: skip
def test_what_cannot_be_decoded_or_is_beyond_bounds_is_refused(content):
    """One error of our own, with advice."""
    with pytest.raises(DocumentError) as caught:
        read_html(content)
    assert caught.value.hint


def test_text_that_reads_otherwise_in_utf8_is_told():
    """A page that declares an old encoding and is well formed in UTF-8 too says different things to different eyes."""
    opened = read_html("<meta charset=koi8-r><p>강가의 말".encode())
    assert any(h.kind == "unread_part" and "강가의 말" in h.text for h in opened.hidden)


def test_a_page_is_opened_apart_and_a_produced_one_is_clean():
    """A page is opened as the document it is; what is produced of it holds nothing but the page."""
    address = base64.b64encode(PIXEL).decode()
    page = PAGE.replace("https://example.org/p.png", f"data:image/png;base64,{address}")
    opened = open_document(page.encode(), name="a.html")
    assert opened.form == "html"
    made = produce(opened.document, "html")
    again = open_document(made, name="a.html")
    assert flatten(again.document).text == flatten(opened.document).text
    assert sum(isinstance(b, Picture) for b in again.document.blocks) == 1
    assert verify_artefact(made, finds=lambda _: [], canaries=("somebody", "templ"), name="a.html") == ()
