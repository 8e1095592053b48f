"""What a Word document holds and does not show is told, by what it is; and is not part of the text."""

from __future__ import annotations

import pytest
from office_files import W, fill_everything, hidden_of, made_docx, seen, with_body, with_members, with_part

from bearwitness.documents.docx_reading import read_docx

_RUN = "<w:p><w:r><w:rPr>{}</w:rPr><w:t>under the reeds</w:t></w:r></w:p>"
_SHAPE = (
    "<w:p><w:r><w:pict><v:shape style='{}'><v:textbox><w:txbxContent><w:p><w:r><w:t>under the reeds</w:t></w:r></w:p>"
    "</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
)


@pytest.mark.parametrize(
    "look",
    [
        "<w:vanish/>", "<w:specVanish/>", '<w:color w:val="FFFFFF"/>', '<w:color w:val="FEFDFF"/>',
        '<w:color w:themeColor="background1"/>', '<w:color w:val="FFFF00"/><w:highlight w:val="yellow"/>',
        '<w:color w:val="102030"/><w:shd w:val="clear" w:fill="102030"/>', '<w:sz w:val="4"/>', '<w:sz w:val="1"/>',
        '<w:w w:val="1"/>', '<w14:textFill><w14:noFill/></w14:textFill>', '<w:rtl/><w:szCs w:val="2"/>',
    ],
)  # fmt: skip
def test_words_that_no_eye_sees_are_hidden(look: str) -> None:
    """Words that are switched off, of the colour of what is behind them, or tiny, are hidden text and not on the page."""  # noqa: E501
    opened = read_docx(with_body(made_docx(), _RUN.format(look)))
    assert "reeds" not in seen(opened)
    assert "under the reeds" in hidden_of(opened, "hidden_text")


@pytest.mark.parametrize(
    "look",
    [
        '<w:vanish w:val="0"/>', '<w:color w:val="000000"/>', '<w:color w:val="FFFFFF"/><w:highlight w:val="black"/>',
        '<w:sz w:val="16"/>', "<w:b/>", '<w:w w:val="90"/>',
    ],
)  # fmt: skip
def test_words_that_can_be_seen_are_on_the_page(look: str) -> None:
    """Words that are switched on, white on black, or small, are text of the page."""
    assert "under the reeds" in seen(read_docx(with_body(made_docx(), _RUN.format(look))))


def test_a_hidden_style_hides_what_inherits_it() -> None:
    """Words in a style that is based on a hidden one are hidden, and shown again where they say so."""

    def add_styles(root: object) -> None:
        from lxml import etree

        for name, inner in (("Off", "<w:rPr><w:vanish/></w:rPr>"), ("Child", '<w:basedOn w:val="Off"/>')):
            xml = f'<w:style xmlns:w="{W}" w:type="character" w:styleId="{name}"><w:name w:val="{name}"/>{inner}</w:style>'  # noqa: E501
            root.append(etree.fromstring(xml))  # type: ignore[attr-defined]

    content = with_part(made_docx(), "word/styles.xml", add_styles)
    hidden = with_body(content, _RUN.format('<w:rStyle w:val="Child"/>'))
    shown = with_body(content, _RUN.format('<w:rStyle w:val="Child"/><w:vanish w:val="0"/>'))
    assert "under the reeds" in hidden_of(read_docx(hidden), "hidden_text")
    assert "under the reeds" in seen(read_docx(shown))


def test_tracked_changes_are_told_with_who_made_them() -> None:
    """An insertion is on the page and told, a deletion is told only, each with its author and its date."""
    opened = read_docx(with_body(made_docx(), (
        '<w:p><w:r><w:t xml:space="preserve">the </w:t></w:r>'
        '<w:ins w:id="1" w:author="Mok Ara" w:date="2021-03-04T05:06:07Z"><w:r><w:t>grey</w:t></w:r></w:ins>'
        '<w:del w:id="2" w:author="Sim Nuri" w:date="2020-01-01T00:00:00Z"><w:r><w:delText>blue</w:delText></w:r></w:del>'  # noqa: E501
        '<w:r><w:t xml:space="preserve"> boat</w:t></w:r></w:p>'
    )))  # fmt: skip
    assert "the grey boat" in seen(opened)
    assert "blue" not in seen(opened)
    assert "Mok Ara 2021-03-04T05:06:07Z\ngrey" in hidden_of(opened, "inserted")
    assert "Sim Nuri 2020-01-01T00:00:00Z\nblue" in hidden_of(opened, "deleted")


def test_text_that_was_moved_stands_once_on_the_page() -> None:
    """What was moved is read where it is now; where it was is told as deleted."""
    opened = read_docx(with_body(made_docx(), (
        '<w:p><w:moveFrom w:id="1" w:author="Mok Ara"><w:r><w:t>old oar</w:t></w:r></w:moveFrom></w:p>'
        '<w:p><w:moveTo w:id="2" w:author="Mok Ara"><w:r><w:t>old oar</w:t></w:r></w:moveTo></w:p>'
    )))  # fmt: skip
    assert seen(opened).count("old oar") == 1
    assert "old oar" in hidden_of(opened, "deleted")
    assert "old oar" in hidden_of(opened, "inserted")


def test_a_comment_is_told_with_its_author() -> None:
    """What a comment says, its author and his initials are told, and not read as text."""
    opened = read_docx(made_docx(fill_everything))
    told = hidden_of(opened, "comment")
    assert "ask Hwang Dal-rae" in told
    assert "Mok Ara" in told
    assert "MA" in told
    assert "Hwang" not in seen(opened)


def test_a_text_box_is_read_at_its_anchor_and_a_hidden_one_is_told() -> None:
    """Text in a visible box is text of the page, after its paragraph; in an invisible one it is hidden."""
    shown = read_docx(with_body(made_docx(lambda d: d.add_paragraph("after it")), _SHAPE.format("width:9pt")))
    hidden = read_docx(with_body(made_docx(), _SHAPE.format("visibility:hidden")))
    assert seen(shown) == "under the reeds\n\nafter it"
    assert "under the reeds" in hidden_of(hidden, "hidden_text")
    assert "reeds" not in seen(hidden)


def test_the_older_version_of_a_shape_is_not_read_twice() -> None:
    """A shape given in two versions with the same words is on the page once; other words of the second are hidden."""
    xml = (
        "<w:p><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx><w:txbxContent><w:p><w:r>"
        "<w:t>a heron</w:t></w:r></w:p></w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent><w:p><w:r>"  # noqa: E501
        "<w:t>{}</w:t></w:r></w:p></w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    same = read_docx(with_body(made_docx(), xml.format("a heron")))
    other = read_docx(with_body(made_docx(), xml.format("a crane")))
    assert seen(same) == seen(other) == "a heron"
    assert "crane" in hidden_of(other, "hidden_text")


def test_field_codes_and_bookmarks_are_told_and_their_results_read() -> None:
    """What a field shows is text; its code and the names of bookmarks are told."""
    opened = read_docx(with_body(made_docx(), (
        '<w:p><w:bookmarkStart w:id="1" w:name="reedhouse"/><w:bookmarkEnd w:id="1"/>'
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> AUTHOR oarsman </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>shown</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        '<w:fldSimple w:instr="FILENAME ferry.docx"><w:r><w:t> too</w:t></w:r></w:fldSimple></w:p>'
    )))  # fmt: skip
    assert seen(opened) == "shown too"
    told = hidden_of(opened, "field")
    assert "reedhouse" in told
    assert "AUTHOR oarsman" in told
    assert "FILENAME ferry.docx" in told


@pytest.mark.parametrize(
    ("name", "content", "kind", "word"),
    [
        ("word/vbaProject.bin", b"\0\x01\0Sub AutoOpen reedcutter\0\0", "script", "reedcutter"),
        ("word/embeddings/oleObject1.bin", b"\xd0\xcf\0reedcutter\0\x01", "embedded_file", "reedcutter"),
        ("word/embeddings/sheet.xlsx", made_docx(), "embedded_file", "word/document.xml"),
        ("customXml/item9.xml", b"<a><b>reedcutter</b></a>", "unread_part", "reedcutter"),
        ("word/glossary/document.xml", b"<a><b>reedcutter</b></a>", "hidden_text", "reedcutter"),
        ("docProps/custom.xml", b"<a><b name='Case'>reedcutter</b></a>", "metadata", "reedcutter"),
        ("word/people.xml", b"<a><b author='reedcutter'/></a>", "metadata", "reedcutter"),
        ("_xmlsignatures/sig1.xml", b"<a>reedcutter</a>", "metadata", "reedcutter"),
        ("word/afchunk.htm", b"\0\0reedcutter<p>\0", "embedded_file", "reedcutter"),
        ("strange/part", b"\0\xff\0reedcutter and more\0", "unread_part", "reedcutter"),
        ("reedcutter/notes.xml", b"<a/>", "metadata", "reedcutter"),
    ],
)
def test_every_other_part_is_told_by_what_it_is(name: str, content: bytes, kind: str, word: str) -> None:
    """A macro, an object, a file in the file, a property, or a part nobody knows is told, with the words in it."""
    opened = read_docx(with_members(made_docx(), {name: content}))
    assert word in hidden_of(opened, kind)
    assert "reedcutter" not in seen(opened)


def test_what_is_fetched_from_elsewhere_is_told() -> None:
    """A template or a picture that lies elsewhere is external; where a link goes is told as such."""
    kinds = {"attachedTemplate": "external", "image": "external", "hyperlink": "link_target"}
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

    def add(root: object) -> None:
        from lxml import etree

        for kind in kinds:
            target = f"https://example.org/{kind}"
            values = {"Id": f"x{kind}", "Type": f"{base}/{kind}", "Target": target, "TargetMode": "External"}
            etree.SubElement(root, root[0].tag, values)  # type: ignore[call-overload, index]

    opened = read_docx(with_part(made_docx(), "word/_rels/document.xml.rels", add))
    for kind, told in kinds.items():
        assert f"https://example.org/{kind}" in hidden_of(opened, told)


def test_a_note_that_nothing_shows_is_hidden() -> None:
    """A footnote is read where it is named; one that no text names is hidden text."""
    from bearwitness.documents.content import Document, Note, Paragraph, Run
    from bearwitness.documents.docx_writing import write_docx

    note = Note(id="1", paragraphs=(Paragraph(runs=(Run(text="the lost oar"),)),))
    content = write_docx(Document(blocks=(Paragraph(runs=(Run(text="so", note="1"),)),), notes=(note,)))

    def drop_mark(root: object) -> None:
        for mark in list(root.iter("{*}footnoteReference")):  # type: ignore[attr-defined]
            mark.getparent().remove(mark)

    opened = read_docx(with_part(content, "word/document.xml", drop_mark))
    assert read_docx(content).document.notes == (note,)
    assert opened.document.notes == ()
    assert "the lost oar" in hidden_of(opened, "hidden_text")


def test_headers_are_read_only_where_a_page_shows_them() -> None:
    """The header of every page is a margin; that of the first page is hidden until a section has one."""

    def fill(made: object, *, switched: bool) -> None:
        section = made.sections[0]  # type: ignore[attr-defined]
        section.header.paragraphs[0].text = "every page"
        section.different_first_page_header_footer = True
        section.first_page_header.paragraphs[0].text = "first page"
        section.different_first_page_header_footer = switched

    on = read_docx(made_docx(lambda made: fill(made, switched=True)))
    off = read_docx(made_docx(lambda made: fill(made, switched=False)))
    assert {p.text for p in on.document.margins} == {"every page", "first page"}
    assert [p.text for p in off.document.margins] == ["every page"]
    assert "first page" in hidden_of(off, "hidden_text")
